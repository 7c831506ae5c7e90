/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents in the profile: files of its folder "blobs" under names that say nothing, each sealed with a key of its own, which
 * lies in the database under the profile's.
 *
 *   add --> WAITING --> SENT (then a cache)        hold: HELD (a cache)
 *              `-----> REFUSED
 *
 * The file is there, for good, before the row that names it. Not here: how far they are and what is kept (gxc-blob-state), the
 * sending (gxc-transfer), and what a document proves (the attachment, or the request, that names it).
 */
#include "gxc-blob-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "gx-error.h"
#include "gx-hash.h"
#include "gx-media.h"
#include "gx-protocol.h"
#include "gx-transaction.h"
#include "gxc-store-lease.h"

const char *const gxc_blob_states[GXC_N_BLOB_STATES] = { "WAITING", "REFUSED", "SENT", "HELD" };

/* What is wrong with a file, in the words of whoever chose it. */
static const struct { const char *rule, *words; } refusals[] = {
  { "media-type", N_("The bank takes PDF files, PNG and JPEG images, and plain text.") },
  { "max-pixels", N_("The image is too large: it has more than 64 million pixels.") },
  { "max-size",   N_("A document has between 1 byte and 50 MB.") },
};

void
gxc_blob_free (GxcBlob *blob)
{
  sodium_memzero (blob->key, sizeof blob->key);
  g_free (blob->sha256);
  g_free (blob->type);
  g_free (blob->name);
  g_free (blob->path);
  g_free (blob->problem);
  g_free (blob);
}

static char *
folder_of (GxcStore *store)
{
  return g_build_filename (gxc_store_get_papers (store), "blobs", NULL);
}

static char *
path_of (GxcStore   *store,
         const char *name)
{
  return g_build_filename (gxc_store_get_papers (store), "blobs", name, NULL);
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

static GBytes *
wrap_key (GxcStore      *store,
          const char    *sha256,
          const guint8  *key,
          GError       **error)
{
  guint8 profile_key[GX_SEALED_KEY_SIZE];
  GBytes *wrapped;

  if (!gxc_store_load_key (store, profile_key, error))
    return NULL;
  wrapped = gxc_blob_key_wrap (gxc_store_get_random (store), profile_key, sha256, key);
  sodium_memzero (profile_key, sizeof profile_key);

  return wrapped;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

#define SELECT_BLOB "SELECT sha256, state, size, sent, type, name, path, problem, with_place, key_wrapped FROM blob "

typedef struct
{
  const char *sql;
  const char *sha256;           /* (nullable) */
  GxcBlob    *blob;             /* (nullable): out */
  GBytes     *wrapped;          /* (nullable): out */
} FindArgs;

static gboolean
find_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  FindArgs *args = data;
  g_autoptr(GxStatement) statement = gx_db_query (gxc_store_get_db (store), error, args->sql, args->sha256 != NULL ? "t" : NULL, args->sha256);
  GError *local = NULL;
  gconstpointer wrapped;
  gsize size;

  if (statement == NULL)
    return FALSE;
  if (!gx_statement_next (statement, &local))
    {
      if (local != NULL)
        g_propagate_error (error, local);
      return local == NULL;
    }

  args->blob = g_new0 (GxcBlob, 1);
  args->blob->sha256 = g_strdup (gx_statement_get_text (statement, 0));
  for (guint i = 0; i < GXC_N_BLOB_STATES; i++)
    if (g_str_equal (gxc_blob_states[i], gx_statement_get_text (statement, 1)))
      args->blob->state = (GxcBlobState) i;
  args->blob->size = gx_statement_get_int (statement, 2);
  args->blob->sent = gx_statement_get_int (statement, 3);
  args->blob->type = g_strdup (gx_statement_get_text (statement, 4));
  args->blob->name = g_strdup (gx_statement_get_text (statement, 5));
  if (!gx_statement_is_null (statement, 6))
    args->blob->path = path_of (store, gx_statement_get_text (statement, 6));
  args->blob->problem = g_strdup (gx_statement_get_text (statement, 7));
  args->blob->with_place = gx_statement_get_int (statement, 8) != 0;
  wrapped = gx_statement_get_blob (statement, 9, &size);
  args->wrapped = wrapped != NULL && size > 0 ? g_bytes_new (wrapped, size) : NULL;

  return TRUE;
}

typedef struct
{
  const char   *sha256, *type, *name, *file;
  gint64        size;
  GxcBlobState  state;
  GBytes       *wrapped;
  char         *old;            /* (nullable): out: a file that is not needed any more */
} PutArgs;

/* The bytes are here (again); what is known of their sending stays. */
static gboolean
put_here (GxcStore  *store,
          gpointer   data,
          GError   **error)
{
  PutArgs *args = data;
  GxDb *db = gxc_store_get_db (store);
  gint64 now = gx_clock_now (gxc_store_get_clock (store));
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (db, error);

  if (transaction == NULL)
    return FALSE;
  gx_db_query_text (db, &args->old, NULL, "SELECT path FROM blob WHERE sha256=? AND path IS NOT NULL", "t", args->sha256);
  /* What was fetched and is now added as one's own is still to be sent by oneself. */
  if (!gx_db_run (db, error, "UPDATE blob SET path=?, key_wrapped=?, type=?, used_at=?, kept_at=?,"
                  " state=CASE WHEN ?='WAITING' AND state='HELD' THEN 'WAITING' ELSE state END WHERE sha256=?", "tbtiitt", args->file,
                  args->wrapped, args->type, now, now, gxc_blob_states[args->state], args->sha256)
      || (gx_db_changes (db) == 0
          && !gx_db_run (db, error, "INSERT INTO blob(sha256, size, type, name, state, path, key_wrapped, added_at, used_at, kept_at)"
                         " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "titttt" "biii", args->sha256, args->size, args->type, args->name,
                         gxc_blob_states[args->state], args->file, args->wrapped, now, now, now)))
    return FALSE;
  gxc_store_note (store, GXC_CHANGED_BLOBS);

  return gx_transaction_commit (transaction, error);
}

static gboolean
make_folder (GxcStore  *store,
             GError   **error)
{
  g_autofree char *folder = folder_of (store);

  return gx_make_folder (folder, error);
}

/* Sealed on the disk first, then told to the database. */
static gboolean
put (GxcStore    *store,
     PutArgs     *args,
     GBytes      *bytes,
     GError     **error)
{
  GxId id = gxc_store_new_id (store);
  g_autofree char *file = gx_id_to_string (&id);
  g_autofree char *path = path_of (store, file);
  guint8 key[GX_SEALED_KEY_SIZE];
  g_autoptr(GBytes) wrapped = NULL;
  gboolean ok;

  gx_random_bytes (gxc_store_get_random (store), key, sizeof key);
  args->wrapped = wrapped = wrap_key (store, args->sha256, key, error);
  args->file = file;
  ok = wrapped != NULL && make_folder (store, error) && gx_sealed_file_write (path, key, bytes, args->sha256, error);
  sodium_memzero (key, sizeof key);
  if (!ok)
    return FALSE;
  if (!gxc_store_call (store, put_here, args, error))
    {
      g_unlink (path);
      return FALSE;
    }
  if (args->old != NULL)
    {
      g_autofree char *old = path_of (store, args->old);

      g_unlink (old);
    }
  g_free (args->old);

  return TRUE;
}

/* What the first version of this program left as it was: sealed when it is met. */
static gboolean
seal_plain (GxcStore  *store,
            GxcBlob   *blob,
            GError   **error)
{
  PutArgs args = { .sha256 = blob->sha256, .size = blob->size, .name = blob->name, .state = blob->state };
  g_autoptr(GBytes) bytes = NULL;
  GxMedia media;
  char *contents;
  gsize size;

  if (!g_file_get_contents (blob->path, &contents, &size, error))
    return gx_error_adopt (error);
  bytes = g_bytes_new_take (contents, size);
  gx_media_look (bytes, &media);
  args.type = media.type != NULL ? media.type : blob->type;

  return put (store, &args, bytes, error);
}

static gboolean
look (GxcStore  *store,
      FindArgs  *args,
      GError   **error)
{
  g_clear_pointer (&args->blob, gxc_blob_free);
  g_clear_pointer (&args->wrapped, g_bytes_unref);
  return gxc_store_call (store, find_here, args, error);
}

/* Whoever brings the profile's key may have wrapped all documents' keys anew on the way: so the row is read once more. */
static gboolean
open_key (GxcStore  *store,
          FindArgs  *args,
          GError   **error)
{
  guint8 profile_key[GX_SEALED_KEY_SIZE];
  gboolean ok = gxc_store_load_key (store, profile_key, error)
                && look (store, args, error)
                && (args->wrapped == NULL
                    || gxc_blob_key_unwrap (profile_key, args->blob->sha256, args->wrapped, args->blob->key, error));

  sodium_memzero (profile_key, sizeof profile_key);
  return ok;
}

static GxcBlob *
find (GxcStore    *store,
      const char  *sql,
      const char  *sha256,
      GError     **error)
{
  FindArgs args = { .sql = sql, .sha256 = sha256 };
  gboolean ok = look (store, &args, error);

  if (ok && args.blob != NULL && args.blob->path != NULL && args.wrapped == NULL)
    ok = seal_plain (store, args.blob, error) && look (store, &args, error);
  if (ok && args.wrapped != NULL && args.blob->path != NULL)
    ok = open_key (store, &args, error);
  g_clear_pointer (&args.wrapped, g_bytes_unref);
  if (!ok)
    g_clear_pointer (&args.blob, gxc_blob_free);

  return args.blob;
}

/**
 * gxc_blob_find:
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_NOT_FOUND, %GX_ERROR_TAMPERED, those of the profile's key
 */
GxcBlob *
gxc_blob_find (GxcStore    *store,
               const char  *sha256,
               GError     **error)
{
  GError *local = NULL;
  GxcBlob *blob = find (store, SELECT_BLOB "WHERE sha256=?", sha256, &local);

  if (blob == NULL && local == NULL)
    gx_fail (error, GX_ERROR_NOT_FOUND, _("The document is not on this desk."));
  else if (local != NULL)
    g_propagate_error (error, local);

  return blob;
}

/**
 * gxc_blob_next:
 *
 * Returns: (transfer full) (nullable): the document that has waited longest to be sent; %NULL without @error set if none does
 */
GxcBlob *
gxc_blob_next (GxcStore  *store,
               GError   **error)
{
  return find (store, SELECT_BLOB "WHERE state='WAITING' ORDER BY added_at, sha256 LIMIT 1", NULL, error);
}

/* --- adding and reading ------------------------------------------------------------------------------------------- */

static gboolean
translate (GError  *local,
           GError **error)
{
  const GPtrArray *violations = gx_error_get_violations (local);
  const GxViolation *violation = violations != NULL && violations->len > 0 ? g_ptr_array_index (violations, 0) : NULL;

  for (guint i = 0; violation != NULL && i < G_N_ELEMENTS (refusals); i++)
    if (g_str_equal (violation->rule, refusals[i].rule))
      {
        gx_fail_field (error, GX_ERROR_INVALID, violation->field, violation->rule, "%s", _(refusals[i].words));
        g_error_free (local);
        return FALSE;
      }

  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
check (GBytes  *bytes,
       GError **error)
{
  gsize size = g_bytes_get_size (bytes);
  GError *local = NULL;

  if (size == 0 || size > GX_BLOB_MAX)
    gx_fail_field (&local, GX_ERROR_INVALID, "size", "max-size", "a document has between 1 and %u bytes", GX_BLOB_MAX);
  else if (gx_media_check (bytes, NULL, FALSE, &local))
    return TRUE;

  return translate (local, error);
}

/**
 * gxc_blob_add:
 * @name: (nullable): of the file it was
 *
 * Keeps @bytes until the bank has them; of a photo without where it was taken.
 *
 * Returns: (transfer full) (nullable): the SHA-256 of what is kept, hex
 *
 * Errors: %GX_ERROR_INVALID for what a bank does not take, naming the rule; %GX_ERROR_LEASE; %GX_ERROR_IO; those of the
 *   profile's key
 */
char *
gxc_blob_add (GxcStore    *store,
              GBytes      *bytes,
              const char  *name,
              GError     **error)
{
  g_autoptr(GBytes) kept = gx_media_forget_place (bytes);
  g_autofree char *sha256 = gx_sha256_hex (g_bytes_get_data (kept, NULL), (gssize) g_bytes_get_size (kept));
  PutArgs args = { .sha256 = sha256, .size = (gint64) g_bytes_get_size (kept), .name = name, .state = GXC_BLOB_WAITING };
  GxMedia media;

  if (gxc_store_get_papers (store) == NULL)
    {
      gx_fail (error, GX_ERROR_IO, "a store in memory keeps no documents");
      return NULL;
    }
  if (!check (kept, error) || !gxc_lease_check (store, error))
    return NULL;
  gx_media_look (kept, &media);
  args.type = media.type;

  return put (store, &args, kept, error) ? g_steal_pointer (&sha256) : NULL;
}

/**
 * gxc_blob_add_file:
 *
 * As gxc_blob_add() with the content of the file at @path.
 */
char *
gxc_blob_add_file (GxcStore    *store,
                   const char  *path,
                   GError     **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *contents = NULL;
  g_autoptr(GBytes) bytes = NULL;
  GStatBuf facts;
  gsize size;

  /* Somebody may drop a film. */
  if (g_stat (path, &facts) == 0 && facts.st_size > (goffset) GX_BLOB_MAX)
    {
      gx_fail_field (error, GX_ERROR_INVALID, "size", "max-size", "%s", _(refusals[2].words));
      return NULL;
    }
  if (!g_file_get_contents (path, &contents, &size, error))
    {
      gx_error_adopt (error);
      return NULL;
    }
  bytes = g_bytes_new_take (g_steal_pointer (&contents), size);

  return gxc_blob_add (store, bytes, name, error);
}

/**
 * gxc_blob_hold:
 * @bytes: fetched from the bank, and checked against @sha256
 *
 * Keeps them for the next look.
 */
gboolean
gxc_blob_hold (GxcStore    *store,
               const char  *sha256,
               GBytes      *bytes,
               GError     **error)
{
  PutArgs args = { .sha256 = sha256, .size = (gint64) g_bytes_get_size (bytes), .state = GXC_BLOB_HELD };
  GxMedia media;

  if (gxc_store_get_papers (store) == NULL)
    return TRUE;
  gx_media_look (bytes, &media);
  args.type = media.type != NULL ? media.type : GX_TYPE_BYTES;

  return put (store, &args, bytes, error);
}

static gboolean
use_here (GxcStore  *store,
          gpointer   sha256,
          GError   **error)
{
  return gx_db_run (gxc_store_get_db (store), error, "UPDATE blob SET used_at=? WHERE sha256=?", "it",
                    gx_clock_now (gxc_store_get_clock (store)), (const char *) sha256);
}

/**
 * gxc_blob_read:
 *
 * Returns: (transfer full) (nullable): the bytes
 *
 * Errors: %GX_ERROR_NOT_FOUND if they are not on this desk, %GX_ERROR_TAMPERED, those of the profile's key
 */
GBytes *
gxc_blob_read (GxcStore    *store,
               const char  *sha256,
               GError     **error)
{
  g_autoptr(GxcBlob) blob = gxc_blob_find (store, sha256, error);
  GBytes *bytes;

  if (blob == NULL)
    return NULL;
  if (blob->path == NULL)
    {
      gx_fail (error, GX_ERROR_NOT_FOUND, _("The document is not on this desk."));
      return NULL;
    }
  bytes = gx_sealed_file_read (blob->path, blob->key, blob->size, sha256, error);
  if (bytes != NULL)
    gxc_store_call (store, use_here, (gpointer) sha256, NULL);

  return bytes;
}
