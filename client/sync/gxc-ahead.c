/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a field day needs is fetched before it begins: one document after the other in the order of gxc-carry, a piece an exchange.
 *
 *   what is missing? --> one document: piece, piece … --> kept, what has no room goes --> what is missing? …
 *
 * What is missing is asked anew for each document, so that a pin or a visit that comes meanwhile has its turn. Whoever transfers
 * stops between two pieces for what is on its way to the bank. What the bank does not give is not asked for again until somebody
 * chooses anew, or the program does.
 */
#include "gxc-ahead.h"

#include "gxc-blob.h"
#include "gxc-carry.h"
#include "gxc-download.h"
#include "gxc-partial.h"

#define DISK_LEFT (256 * G_GINT64_CONSTANT (1048576))       /* bytes that are left to others on the disk */

struct _GxcAhead
{
  GxcContext  *context;         /* borrowed */
  GxcDownload *download;        /* (nullable) */

  struct
  {
    GMutex      lock;
    GHashTable *refused;        /* set of sha256, hex */
    gboolean    no_disk;
  } shared;
};

GxcAhead *
gxc_ahead_new (GxcContext *context)
{
  GxcAhead *ahead = g_new0 (GxcAhead, 1);

  ahead->context = context;
  g_mutex_init (&ahead->shared.lock);
  ahead->shared.refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return ahead;
}

void
gxc_ahead_free (GxcAhead *ahead)
{
  gxc_ahead_let_go (ahead);
  g_hash_table_unref (ahead->shared.refused);
  g_mutex_clear (&ahead->shared.lock);
  g_free (ahead);
}

/** gxc_ahead_let_go: what came of the present document is on the disk */
void
gxc_ahead_let_go (GxcAhead *ahead)
{
  g_clear_pointer (&ahead->download, gxc_download_free);
}

/** gxc_ahead_try_again: somebody chose anew: what was refused may be given now */
void
gxc_ahead_try_again (GxcAhead *ahead)
{
  g_mutex_lock (&ahead->shared.lock);
  g_hash_table_remove_all (ahead->shared.refused);
  ahead->shared.no_disk = FALSE;
  g_mutex_unlock (&ahead->shared.lock);
}

/** gxc_ahead_is_refused: the bank does not give it, or it cannot be kept here */
gboolean
gxc_ahead_is_refused (GxcAhead   *ahead,
                      const char *sha256)
{
  gboolean refused;

  g_mutex_lock (&ahead->shared.lock);
  refused = g_hash_table_contains (ahead->shared.refused, sha256);
  g_mutex_unlock (&ahead->shared.lock);

  return refused;
}

/** gxc_ahead_lacks_disk: the disk was too full for the next one */
gboolean
gxc_ahead_lacks_disk (GxcAhead *ahead)
{
  gboolean lacks;

  g_mutex_lock (&ahead->shared.lock);
  lacks = ahead->shared.no_disk;
  g_mutex_unlock (&ahead->shared.lock);

  return lacks;
}

static void
refuse (GxcAhead   *ahead,
        const char *sha256)
{
  g_mutex_lock (&ahead->shared.lock);
  g_hash_table_add (ahead->shared.refused, g_strdup (sha256));
  g_mutex_unlock (&ahead->shared.lock);
}

/* A folder that cannot be asked has room: the writing will tell. */
static gboolean
has_disk (GxcAhead *ahead,
          gint64    size)
{
  g_autoptr(GFile) folder = g_file_new_for_path (gxc_store_get_papers (gxc_context_get_store (ahead->context)));
  g_autoptr(GFileInfo) info = g_file_query_filesystem_info (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  gboolean room = info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE)
                  || g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) >= (guint64) (size + DISK_LEFT);

  g_mutex_lock (&ahead->shared.lock);
  ahead->shared.no_disk = !room;
  g_mutex_unlock (&ahead->shared.lock);

  return room;
}

/**
 * gxc_ahead_has_work:
 * @out_work: (out): whether there is a piece to fetch
 */
gboolean
gxc_ahead_has_work (GxcAhead  *ahead,
                    gboolean  *out_work,
                    GError   **error)
{
  GxcStore *store = gxc_context_get_store (ahead->context);
  g_autoptr(GPtrArray) missing = NULL;

  *out_work = ahead->download != NULL;
  if (*out_work)
    return TRUE;
  missing = gxc_carry_missing (store, error);
  if (missing == NULL)
    return FALSE;

  for (guint i = 0; i < missing->len && ahead->download == NULL; i++)
    {
      const GxcCarried *next = g_ptr_array_index (missing, i);

      if (gxc_ahead_is_refused (ahead, next->sha256))
        continue;
      if (!has_disk (ahead, next->size))
        return TRUE;
      ahead->download = gxc_download_new (store, next->sha256, &next->id, TRUE);
    }
  *out_work = ahead->download != NULL;

  return TRUE;
}

static gboolean
note_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  gxc_store_note (store, GXC_CHANGED_SENDING);
  return TRUE;
}

/* What the bank will say again, or the disk. */
static gboolean
is_final (const GError *error)
{
  static const GxError codes[] = { GX_ERROR_NOT_FOUND, GX_ERROR_FORBIDDEN, GX_ERROR_MALFORMED, GX_ERROR_TOO_LARGE, GX_ERROR_IO };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, GX_ERROR, (int) codes[i]))
      return TRUE;

  return FALSE;
}

static gboolean
keep (GxcAhead  *ahead,
      GBytes    *bytes,
      GError   **error)
{
  GxcStore *store = gxc_context_get_store (ahead->context);
  const char *sha256 = gxc_download_get_sha256 (ahead->download);

  if (!gxc_blob_hold (store, sha256, bytes, error))
    return FALSE;
  gxc_partial_forget (store, sha256);
  gxc_ahead_let_go (ahead);

  return gxc_carry_trim (store, error);
}

/**
 * gxc_ahead_step:
 *
 * One exchange of the document at hand. Errors leave what came of it on the disk; a refusal is no error: then the next one has
 * its turn.
 */
gboolean
gxc_ahead_step (GxcAhead      *ahead,
                GxcApi        *api,
                GCancellable  *cancellable,
                GError       **error)
{
  GxcStore *store = gxc_context_get_store (ahead->context);
  g_autoptr(GBytes) bytes = NULL;
  GError *local = NULL;

  if (gxc_download_step (ahead->download, api, &bytes, cancellable, &local) && (bytes == NULL || keep (ahead, bytes, &local)))
    return bytes != NULL || gxc_store_call (store, note_here, NULL, error);

  if (is_final (local) && ahead->download != NULL)
    {
      refuse (ahead, gxc_download_get_sha256 (ahead->download));
      gxc_ahead_let_go (ahead);
      g_error_free (local);
      return gxc_store_call (store, note_here, NULL, error);
    }
  gxc_ahead_let_go (ahead);
  g_propagate_error (error, local);
  return FALSE;
}
