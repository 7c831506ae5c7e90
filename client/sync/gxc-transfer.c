/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents to the bank, one after the other, a chunk an exchange (sync.md 1.8):
 *
 *   next --> begin --offset--> chunk, chunk … --> end --> SENT | REFUSED --> next
 *              ^                 |
 *              `--- elsewhere ---'       where it stands is always the bank's word
 *
 * Nothing of a transfer is kept but the document itself and how far it is, for the eye: whoever is killed begins again and is
 * told where. It has a connection and a thread of its own, so that a large scan holds up no change; a request whose evidence
 * is still on its way waits for it in the queue (gxc-queue-order), and the others pass. When there is nothing to send, the same
 * thread fetches what shall be here before somebody opens it (gxc-ahead).
 */
#include "gxc-transfer.h"

#include "gx-attachment.h"
#include "gx-customer.h"
#include "gx-json.h"
#include "gx-pin.h"
#include "gx-protocol.h"
#include "gx-task.h"
#include "gx-visit.h"
#include "gxc-backoff.h"
#include "gxc-blob.h"
#include "gxc-carry.h"
#include "gxc-download.h"
#include "gxc-partial.h"

#define LOOK_MS   600000    /* a new day wants other documents */
#define BREATH_US 100000    /* between two pieces that nobody waits for */

struct _GxcTransfer
{
  GxcContext      *context;         /* borrowed */
  GxcAhead        *ahead;           /* (owned): what is fetched when there is nothing to send */
  GxcTransferFunc  settled;
  gpointer         data;
  GThread         *thread;          /* (nullable): while started */
  guint            listener;

  struct                            /* touched only by whoever transfers */
  {
    GxcApi         *api;            /* (nullable) */
    GxcBlob        *blob;           /* (nullable): the one that is on its way */
    GxSealedReader *reader;         /* (nullable) */
    char           *upload;         /* (nullable) */
    gboolean        again;          /* this document was begun once more: see begin_again() */
    guint           attempts;       /* that failed in a row */
  } engine;

  struct
  {
    GMutex        lock;
    GCond         cond;
    gboolean      kicked;
    gboolean      stopping;
    GCancellable *cancellable;
  } shared;
};

#define BIT(entity) (G_GUINT64_CONSTANT (1) << (entity).number)

/* A new document is reason enough, and what somebody wants to have here. Its own progress is not: that is told by the thread that
 * makes it. */
static void
on_store_changed (const GxcChange *change,
                  gpointer         data)
{
  GxcTransfer *transfer = data;
  const guint64 wants = BIT (gx_attachment_entity) | BIT (gx_customer_entity) | BIT (gx_pin_entity) | BIT (gx_task_entity) | BIT (gx_visit_entity);

  if (change->what & GXC_CHANGED_CARRY)
    gxc_ahead_try_again (transfer->ahead);
  if (change->what & (GXC_CHANGED_BLOBS | GXC_CHANGED_CARRY) || change->entities & wants)
    gxc_transfer_kick (transfer);
}

GxcTransfer *
gxc_transfer_new (GxcContext      *context,
                  GxcTransferFunc  settled,
                  gpointer         data)
{
  GxcTransfer *transfer = g_new0 (GxcTransfer, 1);

  transfer->context = context;
  transfer->ahead = gxc_ahead_new (context);
  transfer->settled = settled;
  transfer->data = data;
  transfer->shared.cancellable = g_cancellable_new ();
  g_mutex_init (&transfer->shared.lock);
  g_cond_init (&transfer->shared.cond);

  return transfer;
}

static void
let_go (GxcTransfer *transfer)
{
  g_clear_pointer (&transfer->engine.blob, gxc_blob_free);
  g_clear_pointer (&transfer->engine.reader, gx_sealed_reader_free);
  g_clear_pointer (&transfer->engine.upload, g_free);
  transfer->engine.again = FALSE;
}

void
gxc_transfer_free (GxcTransfer *transfer)
{
  gxc_transfer_stop (transfer);
  let_go (transfer);
  gxc_ahead_free (transfer->ahead);
  g_clear_pointer (&transfer->engine.api, gxc_api_free);
  g_clear_object (&transfer->shared.cancellable);
  g_mutex_clear (&transfer->shared.lock);
  g_cond_clear (&transfer->shared.cond);
  g_free (transfer);
}

/* --- one document ------------------------------------------------------------------------------------------------- */

static gboolean
settle (GxcTransfer   *transfer,
        GxcBlobState   state,
        const char    *problem,
        GError       **error)
{
  GxcStore *store = gxc_context_get_store (transfer->context);

  if (!gxc_blob_settle (store, transfer->engine.blob->sha256, state, problem, error))
    return FALSE;
  let_go (transfer);
  if (state == GXC_BLOB_SENT && !gxc_carry_trim (store, error))
    return FALSE;
  transfer->settled (transfer->data);

  return TRUE;
}

/* What the bank will say again to the same bytes. What went wrong with a part on its way is none of it. */
static gboolean
is_final (const GError *error)
{
  static const char *const fields[] = { "sha256", "size", "type", "width", "location", NULL };
  const GPtrArray *violations = gx_error_get_violations (error);

  if (g_error_matches (error, GX_ERROR, GX_ERROR_FORBIDDEN) || g_error_matches (error, GX_ERROR, GX_ERROR_TOO_LARGE))
    return TRUE;

  return g_error_matches (error, GX_ERROR, GX_ERROR_INVALID) && violations != NULL && violations->len > 0
         && g_strv_contains (fields, ((const GxViolation *) violations->pdata[0])->field);
}

/* The file itself is lost or spoilt: nobody can send it. */
static gboolean
is_lost (const GError *error)
{
  return g_error_matches (error, GX_ERROR, GX_ERROR_NOT_FOUND) || g_error_matches (error, GX_ERROR, GX_ERROR_TAMPERED)
         || g_error_matches (error, GX_ERROR, GX_ERROR_IO);
}

/* Ends the transfer for good if @local says that there is no use, else hands @local on. Takes @local. */
static gboolean
give_up_or_fail (GxcTransfer  *transfer,
                 gboolean      final,
                 GError       *local,
                 GError      **error)
{
  gboolean settled;

  if (!final)
    {
      let_go (transfer);
      g_propagate_error (error, local);
      return FALSE;
    }
  settled = settle (transfer, GXC_BLOB_REFUSED, local->message, error);
  g_error_free (local);

  return settled;
}

/* The reader only goes forward. */
static gboolean
go_to (GxcTransfer  *transfer,
       gint64        offset,
       GError      **error)
{
  const GxcBlob *blob = transfer->engine.blob;

  if (transfer->engine.reader != NULL && gx_sealed_reader_get_offset (transfer->engine.reader) > offset)
    g_clear_pointer (&transfer->engine.reader, gx_sealed_reader_free);
  if (transfer->engine.reader == NULL)
    transfer->engine.reader = gx_sealed_reader_open (blob->path, blob->key, blob->size, blob->sha256, error);
  if (transfer->engine.reader == NULL)
    return FALSE;
  while (gx_sealed_reader_get_offset (transfer->engine.reader) < offset)
    {
      g_autoptr(GBytes) passed = gx_sealed_reader_next (transfer->engine.reader, error);

      if (passed == NULL)
        return FALSE;
    }

  return gx_sealed_reader_get_offset (transfer->engine.reader) == offset
         || gx_fail (error, GX_ERROR_MALFORMED, "the server's upload stands at %" G_GINT64_FORMAT ", which is between two chunks", offset);
}

static gboolean
begin (GxcTransfer   *transfer,
       GCancellable  *cancellable,
       GError       **error)
{
  const GxcBlob *blob = transfer->engine.blob;
  GError *local = NULL;
  gint64 offset;

  if (blob->path == NULL)
    return settle (transfer, GXC_BLOB_REFUSED, "the file is lost", error);
  if (!go_to (transfer, 0, &local))
    return give_up_or_fail (transfer, is_lost (local), local, error);
  if (!gxc_api_begin_upload (transfer->engine.api, blob->sha256, blob->size, blob->type, blob->with_place, &transfer->engine.upload, &offset,
                             cancellable, &local))
    return give_up_or_fail (transfer, is_final (local), local, error);
  if (transfer->engine.upload == NULL)
    return settle (transfer, GXC_BLOB_SENT, NULL, error);
  if (!go_to (transfer, offset, &local))
    return give_up_or_fail (transfer, is_lost (local), local, error);

  return gxc_blob_set_sent (gxc_context_get_store (transfer->context), blob->sha256, offset, error);
}

/* A bank that was restored, or swept, knows the upload no more: it is announced once more, and only once. */
static gboolean
begin_again (GxcTransfer  *transfer,
             const GError *error)
{
  if (!g_error_matches (error, GX_ERROR, GX_ERROR_NOT_FOUND) || transfer->engine.again)
    return FALSE;

  g_clear_pointer (&transfer->engine.upload, g_free);
  transfer->engine.again = TRUE;
  return TRUE;
}

/* Where the server says it stands, -1 = it does not say. */
static gint64
told_offset (const GError *error)
{
  g_autoptr(JsonNode) node = NULL;
  gint64 offset = -1;

  if (!g_error_matches (error, GX_ERROR, GX_ERROR_STATE) || gx_error_get_params (error) == NULL)
    return -1;
  node = gx_json_parse (gx_error_get_params (error), -1, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) || !gx_json_opt_int (json_node_get_object (node), "offset", &offset, NULL))
    return -1;

  return offset;
}

static gboolean
send_chunk (GxcTransfer   *transfer,
            GCancellable  *cancellable,
            GError       **error)
{
  const GxcBlob *blob = transfer->engine.blob;
  gint64 at = gx_sealed_reader_get_offset (transfer->engine.reader), told;
  GError *local = NULL;
  g_autoptr(GBytes) chunk = gx_sealed_reader_next (transfer->engine.reader, &local);

  if (chunk == NULL)
    return give_up_or_fail (transfer, is_lost (local), local, error);
  if (gxc_api_send_chunk (transfer->engine.api, transfer->engine.upload, at, chunk, cancellable, &local))
    return gxc_blob_set_sent (gxc_context_get_store (transfer->context), blob->sha256,
                              gx_sealed_reader_get_offset (transfer->engine.reader), error);

  told = told_offset (local);
  if (begin_again (transfer, local))
    {
      g_error_free (local);
      return TRUE;
    }
  if (told < 0 || told == at)
    return give_up_or_fail (transfer, is_final (local), local, error);
  g_clear_error (&local);
  if (!go_to (transfer, told, &local))
    return give_up_or_fail (transfer, is_lost (local), local, error);

  return TRUE;
}

static gboolean
end (GxcTransfer   *transfer,
     GCancellable  *cancellable,
     GError       **error)
{
  GError *local = NULL;

  if (gxc_api_end_upload (transfer->engine.api, transfer->engine.upload, cancellable, &local))
    return settle (transfer, GXC_BLOB_SENT, NULL, error);
  if (begin_again (transfer, local))
    {
      g_error_free (local);
      return TRUE;
    }

  return give_up_or_fail (transfer, is_final (local), local, error);
}

/* --- the engine --------------------------------------------------------------------------------------------------- */

static gboolean
find_work (GxcTransfer  *transfer,
           GError      **error)
{
  GxcStore *store = gxc_context_get_store (transfer->context);
  g_autoptr(GError) local = NULL;

  if (transfer->engine.blob == NULL)
    transfer->engine.blob = gxc_blob_next (store, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
open_connection (GxcTransfer  *transfer,
                 GError      **error)
{
  if (transfer->engine.api == NULL)
    transfer->engine.api = gxc_context_open_api (transfer->context, error);

  return transfer->engine.api != NULL;
}

static void
give_way (GxcTransfer *transfer)
{
  let_go (transfer);
  gxc_ahead_let_go (transfer->ahead);
  g_clear_pointer (&transfer->engine.api, gxc_api_free);
}

/**
 * gxc_transfer_step:
 * @out_more: (out): whether there is more to do at once
 *
 * One exchange with the server. Errors leave the document waiting.
 */
gboolean
gxc_transfer_step (GxcTransfer   *transfer,
                   gboolean      *out_more,
                   GCancellable  *cancellable,
                   GError       **error)
{
  *out_more = FALSE;
  if (!find_work (transfer, error))
    return FALSE;
  if (transfer->engine.blob == NULL)
    return TRUE;
  if (!open_connection (transfer, error))
    return FALSE;

  *out_more = TRUE;
  if (transfer->engine.upload == NULL)
    return begin (transfer, cancellable, error);
  if (gx_sealed_reader_get_offset (transfer->engine.reader) < transfer->engine.blob->size)
    return send_chunk (transfer, cancellable, error);

  return end (transfer, cancellable, error);
}

/**
 * gxc_transfer_run:
 *
 * Sends all there is.
 */
gboolean
gxc_transfer_run (GxcTransfer   *transfer,
                  GCancellable  *cancellable,
                  GError       **error)
{
  gboolean more = TRUE;

  while (more)
    if (!gxc_transfer_step (transfer, &more, cancellable, error))
      {
        give_way (transfer);
        return FALSE;
      }

  return TRUE;
}

/**
 * gxc_transfer_fetch_ahead:
 * @out_more: (out): whether there is more to do at once
 *
 * One piece of what shall be on this desk and is not. Not part of gxc_transfer_run(): whoever does one thing at a time says when.
 */
gboolean
gxc_transfer_fetch_ahead (GxcTransfer   *transfer,
                          gboolean      *out_more,
                          GCancellable  *cancellable,
                          GError       **error)
{
  if (gxc_ahead_has_work (transfer->ahead, out_more, error)
      && (!*out_more || (open_connection (transfer, error) && gxc_ahead_step (transfer->ahead, transfer->engine.api, cancellable, error))))
    return TRUE;

  give_way (transfer);
  return FALSE;
}

/* The bank hears so many requests a second from one session, and most of them are to be the person's own. */
static gboolean
take_breath (GxcTransfer *transfer)
{
  gint64 until = g_get_monotonic_time () + BREATH_US;
  gboolean go_on;

  transfer->engine.attempts = 0;
  g_mutex_lock (&transfer->shared.lock);
  while (!transfer->shared.stopping && g_cond_wait_until (&transfer->shared.cond, &transfer->shared.lock, until))
    ;
  go_on = !transfer->shared.stopping;
  g_mutex_unlock (&transfer->shared.lock);

  return go_on;
}

/* What is on its way to the bank goes before each piece of what is fetched ahead. */
static gboolean
run_all (GxcTransfer  *transfer,
         GError      **error)
{
  GCancellable *cancellable = transfer->shared.cancellable;
  gboolean more = TRUE;

  while (more)
    {
      if (!gxc_transfer_run (transfer, cancellable, error) || !gxc_transfer_fetch_ahead (transfer, &more, cancellable, error))
        return FALSE;
      more = more && take_breath (transfer);
    }

  return TRUE;
}

/* What waiting does not mend: somebody must do something first. */
static gboolean
is_hopeless (const GError *error)
{
  static const GxError codes[] = {
    GX_ERROR_UNAUTHENTICATED, GX_ERROR_KEYRING_ABSENT, GX_ERROR_KEYRING_LOCKED, GX_ERROR_KEYRING_ITEM, GX_ERROR_DEVICE, GX_ERROR_UPGRADE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, GX_ERROR, (int) codes[i]))
      return TRUE;

  return FALSE;
}

/* Returns how long to wait, ms; -1 = until kicked. */
static gint64
run_once (GxcTransfer *transfer)
{
  GxRandom *random = gxc_store_get_random (gxc_context_get_store (transfer->context));
  g_autoptr(GError) error = NULL;

  if (run_all (transfer, &error))
    {
      transfer->engine.attempts = 0;
      /* Until the next document the server need not keep a connection. */
      g_clear_pointer (&transfer->engine.api, gxc_api_free);
      return LOOK_MS;
    }
  if (is_hopeless (error))
    return -1;

  return gxc_backoff_delay (++transfer->engine.attempts, (gint64) gx_error_get_retry_after (error) * 1000, (guint32) gx_random_uint64 (random));
}

/* Returns whether to go on. */
static gboolean
wait_for_work (GxcTransfer *transfer,
               gint64       delay)
{
  gint64 until = g_get_monotonic_time () + delay * 1000;
  gboolean go_on;

  g_mutex_lock (&transfer->shared.lock);
  while (!transfer->shared.kicked && !transfer->shared.stopping)
    if (delay < 0)
      g_cond_wait (&transfer->shared.cond, &transfer->shared.lock);
    else if (!g_cond_wait_until (&transfer->shared.cond, &transfer->shared.lock, until))
      break;
  transfer->shared.kicked = FALSE;
  go_on = !transfer->shared.stopping;
  g_mutex_unlock (&transfer->shared.lock);

  return go_on;
}

static gpointer
transfer_thread (gpointer data)
{
  GxcTransfer *transfer = data;

  while (wait_for_work (transfer, run_once (transfer)))
    ;
  give_way (transfer);

  return NULL;
}

void
gxc_transfer_start (GxcTransfer *transfer)
{
  if (transfer->thread != NULL)
    {
      gxc_transfer_kick (transfer);
      return;
    }
  transfer->shared.stopping = FALSE;
  g_cancellable_reset (transfer->shared.cancellable);
  transfer->listener = gxc_store_listen (gxc_context_get_store (transfer->context), on_store_changed, transfer);
  transfer->thread = g_thread_new ("transfer", transfer_thread, transfer);
}

/**
 * gxc_transfer_stop:
 *
 * Cancels what is on its way and waits for the thread.
 */
void
gxc_transfer_stop (GxcTransfer *transfer)
{
  if (transfer->thread == NULL)
    return;

  g_mutex_lock (&transfer->shared.lock);
  transfer->shared.stopping = TRUE;
  g_cond_broadcast (&transfer->shared.cond);
  g_mutex_unlock (&transfer->shared.lock);
  g_cancellable_cancel (transfer->shared.cancellable);
  g_thread_join (g_steal_pointer (&transfer->thread));
  gxc_store_unlisten (gxc_context_get_store (transfer->context), transfer->listener);
}

/**
 * gxc_transfer_kick:
 *
 * There is something to send, or the network is back, or somebody signed in. From any thread.
 */
void
gxc_transfer_kick (GxcTransfer *transfer)
{
  g_mutex_lock (&transfer->shared.lock);
  transfer->shared.kicked = TRUE;
  g_cond_broadcast (&transfer->shared.cond);
  g_mutex_unlock (&transfer->shared.lock);
}

/** gxc_transfer_get_ahead: (transfer none): from any thread */
GxcAhead *
gxc_transfer_get_ahead (GxcTransfer *transfer)
{
  return transfer->ahead;
}

/* --- the other way ------------------------------------------------------------------------------------------------ */

/**
 * gxc_transfer_fetch:
 * @ref: the request or attachment that names the document
 * @progress: (nullable): told how much of it is here, in this thread, while it comes from the bank
 *
 * The document from this desk, else from the bank, from where an earlier attempt ended; then it is kept here, as far as there is room.
 * Blocking.
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_NOT_FOUND also for what one may not see, %GX_ERROR_MALFORMED if it is not what its name says
 */
GBytes *
gxc_transfer_fetch (GxcContext             *context,
                    const char             *sha256,
                    const GxId             *ref,
                    GFileProgressCallback   progress,
                    gpointer                data,
                    GCancellable           *cancellable,
                    GError                **error)
{
  GxcStore *store = gxc_context_get_store (context);
  g_autoptr(GBytes) bytes = gxc_blob_read (store, sha256, NULL);
  g_autoptr(GxcApi) api = NULL;

  if (bytes != NULL)
    return g_steal_pointer (&bytes);
  api = gxc_context_open_api (context, error);
  if (api == NULL)
    return NULL;
  gxc_api_set_progress (api, progress, data);
  bytes = gxc_download (store, api, sha256, ref, cancellable, error);
  /* Without a key, or room on the disk, it is looked at all the same. */
  if (bytes != NULL && gxc_blob_hold (store, sha256, bytes, NULL))
    {
      gxc_partial_forget (store, sha256);
      gxc_carry_trim (store, NULL);
    }

  return g_steal_pointer (&bytes);
}
