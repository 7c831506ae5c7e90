/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last words of a revoked device: it proves itself by its key, hands in a parcel (gxs-parcel) with all that waited on it, and
 * is told to wipe what it has. It is told nothing else, least of all what stands in the bank; and it can do nothing else.
 *
 *   begin   (device, signature) -> a ticket, for half an hour
 *   write   the parcel, part by part, each synced before it is answered
 *   end     hash and size are right -> the changes are done, the file stays, the device is WIPED
 *
 * What cannot be done (its person has left, the parcel is of another epoch …) holds up no wipe: the parcel is kept in
 * DIR/farewell, for `guanxi-server queue show`.
 */
#include "gxs-farewell.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "gx-device.h"
#include "gx-error.h"
#include "gx-hash.h"
#include "gx-sealed-file.h"
#include "gx-sign.h"
#include "gx-sql.h"
#include "gxs-session.h"
#include "gxs-write.h"

#define TICKET_MS (30 * 60 * G_GINT64_CONSTANT (1000))
#define MOST      (G_GINT64_CONSTANT (512) * 1024 * 1024)      /* bytes of a parcel */

typedef struct
{
  GxId   device_id;
  gint64 until;             /* ms UTC */
  GMutex mutex;             /* one part at a time */
  gatomicrefcount refs;
} Ticket;

struct _GxsFarewells
{
  char       *folder;
  GxClock    *clock;        /* borrowed */
  GxRandom   *random;       /* borrowed */
  GMutex      mutex;
  GHashTable *tickets;      /* text -> Ticket */
};

static void
ticket_unref (gpointer data)
{
  Ticket *ticket = data;

  if (!g_atomic_ref_count_dec (&ticket->refs))
    return;
  g_mutex_clear (&ticket->mutex);
  g_free (ticket);
}

GxsFarewells *
gxs_farewells_new (const char *data_dir,
                   GxClock    *clock,
                   GxRandom   *random)
{
  GxsFarewells *farewells = g_new0 (GxsFarewells, 1);

  farewells->folder = g_build_filename (data_dir, "farewell", NULL);
  farewells->clock = clock;
  farewells->random = random;
  g_mutex_init (&farewells->mutex);
  farewells->tickets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, ticket_unref);

  return farewells;
}

void
gxs_farewells_free (GxsFarewells *farewells)
{
  g_hash_table_unref (farewells->tickets);
  g_mutex_clear (&farewells->mutex);
  g_free (farewells->folder);
  g_free (farewells);
}

static char *
path_of (GxsFarewells *farewells,
         const GxId   *device_id,
         const char   *end)
{
  g_autofree char *name = g_strconcat (GX_ID_STR (device_id), end, NULL);

  return g_build_filename (farewells->folder, name, NULL);
}

/* --- who it is ---------------------------------------------------------------------------------------------------- */

static gboolean
fail_unknown (GError **error)
{
  return gx_fail (error, GX_ERROR_UNAUTHENTICATED, "there is no such device");
}

static gboolean
check_signature (const GxsFarewellClaim  *claim,
                 GBytes                  *pubkey,
                 GError                 **error)
{
  g_autofree char *text = gx_farewell_text (&claim->client_id, &claim->device_id, claim->at);
  GxPublicKey key;

  if (g_bytes_get_size (pubkey) != sizeof key.b)
    return fail_unknown (error);
  memcpy (key.b, g_bytes_get_data (pubkey, NULL), sizeof key.b);

  return gx_sign_verify (&key, text, -1, claim->signature, NULL) || fail_unknown (error);
}

static gboolean
find_status (GxDb                    *db,
             const GxsFarewellClaim  *claim,
             int                     *out_status,
             GError                 **error)
{
  g_autoptr(GxStatement) rows = gx_db_query (db, error, "SELECT d.pubkey_ed25519, d.status FROM client c JOIN device d ON d.id = c.device_id"
                                             " WHERE c.id = ? AND d.id = ? AND d.del = 0", "uu", &claim->client_id, &claim->device_id);
  g_autoptr(GBytes) pubkey = NULL;
  GError *local = NULL;

  if (rows == NULL)
    return FALSE;
  if (!gx_statement_next (rows, &local))
    {
      if (local == NULL)
        return fail_unknown (error);
      g_propagate_error (error, local);
      return FALSE;
    }
  pubkey = gx_statement_dup_bytes (rows, 0);
  *out_status = (int) gx_statement_get_int (rows, 1);

  return check_signature (claim, pubkey, error);
}

static gboolean
is_late (gpointer key,
         gpointer value,
         gpointer now)
{
  return ((Ticket *) value)->until <= *(gint64 *) now;
}

static char *
draw_ticket (GxsFarewells *farewells,
             const GxId   *device_id)
{
  gint64 now = gx_clock_now (farewells->clock);
  Ticket *ticket = g_new0 (Ticket, 1);
  char *text = gxs_token_draw (farewells->random);

  ticket->device_id = *device_id;
  ticket->until = now + TICKET_MS;
  g_mutex_init (&ticket->mutex);
  g_atomic_ref_count_init (&ticket->refs);
  g_mutex_lock (&farewells->mutex);
  g_hash_table_foreach_remove (farewells->tickets, is_late, &now);
  g_hash_table_replace (farewells->tickets, g_strdup (text), ticket);
  g_mutex_unlock (&farewells->mutex);

  return text;
}

static Ticket *
take_ticket (GxsFarewells  *farewells,
             const char    *text,
             GError       **error)
{
  gint64 now = gx_clock_now (farewells->clock);
  Ticket *ticket;

  g_mutex_lock (&farewells->mutex);
  g_hash_table_foreach_remove (farewells->tickets, is_late, &now);
  ticket = g_hash_table_lookup (farewells->tickets, text);
  if (ticket != NULL)
    g_atomic_ref_count_inc (&ticket->refs);
  g_mutex_unlock (&farewells->mutex);
  if (ticket == NULL)
    gx_fail (error, GX_ERROR_UNAUTHENTICATED, "there is no such ticket");

  return ticket;
}

static gint64
size_of (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : 0;
}

/**
 * gxs_farewells_begin:
 * @out: its ticket is to be freed
 *
 * Errors: %GX_ERROR_UNAUTHENTICATED for whoever is not that device
 */
gboolean
gxs_farewells_begin (GxsFarewells            *farewells,
                     GxDb                    *db,
                     const GxsFarewellClaim  *claim,
                     GxsFarewell             *out,
                     GError                 **error)
{
  static const char *const states[] = {
    [GX_DEVICE_ACTIVE] = "active", [GX_DEVICE_SUSPENDED] = "suspended", [GX_DEVICE_WIPE_PENDING] = "revoked", [GX_DEVICE_WIPED] = "wiped",
  };
  int status = 0;

  *out = (GxsFarewell) { 0 };
  if (!find_status (db, claim, &status, error))
    return FALSE;
  out->state = status > 0 && status < (int) G_N_ELEMENTS (states) ? states[status] : "suspended";
  if (status != GX_DEVICE_WIPE_PENDING)
    return TRUE;

  out->ticket = draw_ticket (farewells, &claim->device_id);
  return TRUE;
}

/* --- handing in --------------------------------------------------------------------------------------------------- */

static gboolean
append (const char  *path,
        GBytes      *part,
        GError     **error)
{
  gsize size;
  const char *data = g_bytes_get_data (part, &size);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  gboolean written = fd >= 0 && write (fd, data, size) == (gssize) size && fsync (fd) == 0;

  if (!written)
    gx_fail (error, GX_ERROR_IO, "%s: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);

  return written;
}

static gboolean
fail_offset (gint64   offset,
             GError **error)
{
  g_autofree char *params = g_strdup_printf ("{\"offset\":%" G_GINT64_FORMAT "}", offset);

  gx_fail (error, GX_ERROR_STATE, "the parcel stands at %" G_GINT64_FORMAT, offset);
  if (error != NULL)
    gx_error_set_params (*error, params);
  return FALSE;
}

/**
 * gxs_farewells_write:
 * @offset: 0 begins it anew
 *
 * Errors: %GX_ERROR_UNAUTHENTICATED, %GX_ERROR_STATE with {"offset":n} where it stands elsewhere, %GX_ERROR_TOO_LARGE
 */
gboolean
gxs_farewells_write (GxsFarewells  *farewells,
                     const char    *ticket,
                     gint64         offset,
                     GBytes        *part,
                     gint64        *out_offset,
                     GError       **error)
{
  Ticket *holder = take_ticket (farewells, ticket, error);
  g_autofree char *path = NULL;
  gboolean done = FALSE;

  if (holder == NULL)
    return FALSE;
  path = path_of (farewells, &holder->device_id, ".part");
  g_mutex_lock (&holder->mutex);
  if (offset == 0)
    g_unlink (path);
  if (offset != size_of (path))
    fail_offset (size_of (path), error);
  else if (offset + (gint64) g_bytes_get_size (part) > MOST)
    gx_fail (error, GX_ERROR_TOO_LARGE, "a parcel has at most %" G_GINT64_FORMAT " bytes", MOST);
  else
    done = gx_make_folder (farewells->folder, error) && append (path, part, error);
  *out_offset = size_of (path);
  g_mutex_unlock (&holder->mutex);
  ticket_unref (holder);

  return done;
}

static gboolean
is_whole (const char *path,
          gint64      size,
          const char *sha256)
{
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autofree char *hash = NULL;

  if (file == NULL || (gint64) g_mapped_file_get_length (file) != size)
    return FALSE;
  hash = gx_sha256_hex (g_mapped_file_get_contents (file), (gssize) size);

  return strcmp (hash, sha256) == 0;
}

typedef struct
{
  GxId device_id;
} WipeArgs;

static gboolean
write_wiped (GxsBatch  *batch,
             gpointer   data,
             GError   **error)
{
  const WipeArgs *args = data;
  GxsActor actor = { .action = "device.wiped", .device_id = args->device_id };
  GxDevice *before = gx_sql_load (gxs_batch_get_db (batch), &gx_device_entity, &args->device_id, error);
  GxDevice *device;
  gboolean done;

  if (before == NULL)
    return FALSE;
  device = gx_entity_copy (&gx_device_entity, before);
  actor.login_id = before->login_id;
  device->status = GX_DEVICE_WIPED;
  done = before->status == GX_DEVICE_WIPED || gxs_write_update (batch, &actor, &gx_device_entity, before, device, error);
  gx_entity_free (&gx_device_entity, device);
  gx_entity_free (&gx_device_entity, before);

  return done;
}

/* What says that the bank itself is in trouble: then the device is to come again. */
static gboolean
is_transient (const GError *error)
{
  return g_error_matches (error, GX_ERROR, GX_ERROR_BUSY) || g_error_matches (error, GX_ERROR, GX_ERROR_IO)
         || g_error_matches (error, GX_ERROR, GX_ERROR_DATABASE);
}

static gboolean
take_in (GxsFarewells      *farewells,
         GxsStore          *store,
         const GxsParcels  *parcels,
         const GxId        *device_id,
         GxsHandedIn       *out,
         gboolean          *out_done,
         GError           **error)
{
  g_autofree char *part = path_of (farewells, device_id, ".part"), *whole = path_of (farewells, device_id, ".parcel");
  WipeArgs args = { *device_id };
  GError *local = NULL;

  if (g_rename (part, whole) != 0)
    return gx_fail (error, GX_ERROR_IO, "%s: %s", whole, g_strerror (errno));
  if (!gx_sync_folder (farewells->folder, error))
    return FALSE;
  *out_done = gxs_parcels_take (parcels, store, whole, out, &local);
  if (local != NULL && is_transient (local))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_clear_error (&local);

  return gxs_store_run (store, write_wiped, &args, error);
}

/**
 * gxs_farewells_end:
 * @out_done: (out): whether the changes are done; otherwise the parcel is kept for somebody to look at
 *
 * Errors: %GX_ERROR_UNAUTHENTICATED, %GX_ERROR_STATE if the parcel is not the one that is told: begin it anew
 */
gboolean
gxs_farewells_end (GxsFarewells      *farewells,
                   GxsStore          *store,
                   const GxsParcels  *parcels,
                   const char        *ticket,
                   gint64             size,
                   const char        *sha256,
                   GxsHandedIn       *out,
                   gboolean          *out_done,
                   GError           **error)
{
  Ticket *holder = take_ticket (farewells, ticket, error);
  g_autofree char *part = NULL, *whole = NULL;
  gboolean done;

  *out = (GxsHandedIn) { 0 };
  *out_done = FALSE;
  if (holder == NULL)
    return FALSE;
  part = path_of (farewells, &holder->device_id, ".part");
  whole = path_of (farewells, &holder->device_id, ".parcel");
  g_mutex_lock (&holder->mutex);
  /* Its answer may have been lost: then it is whole already. */
  if (!is_whole (part, size, sha256) && is_whole (whole, size, sha256))
    g_rename (whole, part);
  done = is_whole (part, size, sha256) ? take_in (farewells, store, parcels, &holder->device_id, out, out_done, error) : fail_offset (0, error);
  g_mutex_unlock (&holder->mutex);
  ticket_unref (holder);

  return done;
}
