/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last resort of a desk that cannot sync: what it did not send, in a file that only its bank opens (shared/trust/gx-parcel).
 *
 *   open     queue.json: who, and each change, refusal and conflict as it would travel; paper/SHA256: documents that wait
 *   locked   store.json: who, and the store's key as it was sealed to the bank at sign-in; store.db, store.db-wal as they lie
 *
 * A profile whose keyring lost its half is not opened here, nor could it be: the bank can. Nothing is taken from the queue by
 * it: whatever is handed in twice is done once (server/services/gxs-parcel reads it).
 */
#include "gxc-export.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-base64.h"
#include "gx-json.h"
#include "gx-parcel.h"
#include "gxc-blob.h"
#include "gxc-issues.h"
#include "gxc-meta.h"
#include "gxc-queue.h"

#define FORMAT 1

typedef struct
{
  GString   *json;
  GPtrArray *papers;            /* of char *: SHA-256 */
  GxcExport  count;
  guint8     bank[GX_PARCEL_KEY_SIZE];
} Work;

static void
work_clear (Work *work)
{
  if (work->json != NULL)
    g_string_free (work->json, TRUE);
  g_clear_pointer (&work->papers, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
find_bank (GxDb    *db,
           guint8   out_bank[static GX_PARCEL_KEY_SIZE],
           GError **error)
{
  g_autofree char *text = gxc_meta_dup (db, GXC_META_EXPORT_KEY);
  g_autoptr(GBytes) key = text != NULL ? gx_base64_decode (text) : NULL;

  if (key == NULL || g_bytes_get_size (key) != GX_PARCEL_KEY_SIZE)
    return gx_fail (error, GX_ERROR_STATE, "%s", _("This desk does not know its bank's key yet: sign in once, then export."));

  memcpy (out_bank, g_bytes_get_data (key, NULL), GX_PARCEL_KEY_SIZE);
  return TRUE;
}

static void
put_meta (GxJsonWriter *writer,
          GxDb         *db,
          const char   *key)
{
  g_autofree char *value = gxc_meta_dup (db, key);

  if (value != NULL)
    gx_json_writer_put_string (writer, key, value);
}

static gboolean
put_changes (GxJsonWriter  *writer,
             GxDb          *db,
             GxcExport     *count,
             GError       **error)
{
  g_autoptr(GPtrArray) queue = gxc_queue_list (db, error);

  if (queue == NULL)
    return FALSE;
  gx_json_writer_member (writer, "mutations");
  gx_json_writer_begin_array (writer);
  for (guint i = 0; i < queue->len; i++)
    gx_json_writer_raw (writer, ((GxcMutation *) g_ptr_array_index (queue, i))->body, -1);
  gx_json_writer_end_array (writer);
  gx_json_writer_member (writer, "schemas");        /* that each was written in */
  gx_json_writer_begin_array (writer);
  for (guint i = 0; i < queue->len; i++)
    gx_json_writer_int (writer, ((GxcMutation *) g_ptr_array_index (queue, i))->schema);
  gx_json_writer_end_array (writer);
  count->changes = queue->len;

  return TRUE;
}

static gboolean
put_issues (GxJsonWriter  *writer,
            GxDb          *db,
            GxcExport     *count,
            GError       **error)
{
  g_autoptr(GPtrArray) issues = gxc_issues_list (db, error);

  if (issues == NULL)
    return FALSE;
  gx_json_writer_member (writer, "issues");
  gx_json_writer_begin_array (writer);
  for (guint i = 0; i < issues->len; i++)
    {
      const GxcIssue *issue = g_ptr_array_index (issues, i);

      gx_json_writer_begin_object (writer);
      gx_json_writer_put_string (writer, "kind", issue->kind);
      gx_json_writer_member (writer, "mutation");
      gx_json_writer_raw (writer, issue->body, -1);
      if (issue->result != NULL)
        {
          gx_json_writer_member (writer, "result");
          gx_json_writer_raw (writer, issue->result, -1);
        }
      gx_json_writer_end_object (writer);
    }
  gx_json_writer_end_array (writer);
  count->issues = issues->len;

  return TRUE;
}

static gboolean
list_papers (GxDb       *db,
             GPtrArray  *papers,
             GError    **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT sha256 FROM blob WHERE state='WAITING' AND path IS NOT NULL ORDER BY added_at", NULL);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (gx_statement_next (statement, &local))
    g_ptr_array_add (papers, g_strdup (gx_statement_get_text (statement, 0)));
  if (local != NULL)
    g_propagate_error (error, local);

  return local == NULL;
}

static gboolean
gather_here (GxcStore  *store,
             gpointer   data,
             GError   **error)
{
  static const char *const told[] = { GXC_META_CLIENT_ID, GXC_META_DEVICE_ID, GXC_META_LOGIN, GXC_META_LOGIN_ID, GXC_META_EPOCH, NULL };
  Work *work = data;
  GxDb *db = gxc_store_get_db (store);
  GxJsonWriter writer;

  if (!find_bank (db, work->bank, error))
    return FALSE;
  gx_json_writer_init (&writer, work->json);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "format", FORMAT);
  gx_json_writer_put_int (&writer, "made_at", gx_clock_now (gxc_store_get_clock (store)));
  for (guint i = 0; told[i] != NULL; i++)
    put_meta (&writer, db, told[i]);
  if (!put_changes (&writer, db, &work->count, error) || !put_issues (&writer, db, &work->count, error)
      || !list_papers (db, work->papers, error))
    return FALSE;
  gx_json_writer_end_object (&writer);

  return TRUE;
}

static gboolean
add_papers (GxParcelWriter  *writer,
            GxcStore        *store,
            Work            *work,
            GError         **error)
{
  for (guint i = 0; i < work->papers->len; i++)
    {
      const char *sha256 = g_ptr_array_index (work->papers, i);
      g_autofree char *name = g_strconcat ("paper/", sha256, NULL);
      g_autoptr(GBytes) bytes = gxc_blob_read (store, sha256, error);

      if (bytes == NULL || !gx_parcel_writer_add (writer, name, bytes, error))
        return FALSE;
      work->count.papers++;
    }

  return TRUE;
}

/**
 * gxc_export_write:
 * @out: (out) (optional)
 *
 * Of a profile that is open. Blocking.
 *
 * Errors: %GX_ERROR_STATE if the bank's key was never told to this desk, %GX_ERROR_IO, those of the documents' key
 */
gboolean
gxc_export_write (GxcContext  *context,
                  const char  *file,
                  GxcExport   *out,
                  GError     **error)
{
  GxcStore *store = gxc_context_get_store (context);
  g_auto(Work) work = { .json = g_string_new (NULL), .papers = g_ptr_array_new_with_free_func (g_free) };
  g_autoptr(GxParcelWriter) writer = NULL;
  g_autoptr(GBytes) json = NULL;

  if (!gxc_store_call (store, gather_here, &work, error)
      || !(writer = gx_parcel_writer_new (file, work.bank, error)))
    return FALSE;
  json = g_bytes_new (work.json->str, work.json->len);
  if (!gx_parcel_writer_add (writer, "queue.json", json, error) || !add_papers (writer, store, &work, error)
      || !gx_parcel_writer_finish (writer, error))
    return FALSE;
  if (out != NULL)
    *out = work.count;

  return TRUE;
}

/* --- without opening it -------------------------------------------------------------------------------------------- */

/** gxc_export_can_locked: whether the store's key was sealed to the bank, so that the bank can open what nobody here can */
gboolean
gxc_export_can_locked (const char *directory)
{
  g_autoptr(GxcProfileKey) key = gxc_profile_key_load (directory, NULL);

  return key != NULL && gxc_profile_key_get_escrow (key, NULL) != NULL;
}

static GBytes *
describe_locked (GxcProfileKey *key,
                 const guint8  *escrow)
{
  g_autofree char *sealed = gx_base64_encode (escrow, GX_PARCEL_SEALED_SIZE);
  GString *json = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, json);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "format", FORMAT);
  gx_json_writer_put_string (&writer, "login", gxc_profile_key_get_login (key));
  gx_json_writer_put_id (&writer, "database", gxc_profile_key_get_database (key));
  gx_json_writer_put_string (&writer, "key", sealed);
  gx_json_writer_end_object (&writer);

  return g_string_free_to_bytes (json);
}

static gboolean
add_file (GxParcelWriter  *writer,
          const char      *directory,
          const char      *name,
          gboolean         needed,
          GError         **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr(GMappedFile) mapped = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (!needed && !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  mapped = g_mapped_file_new (path, FALSE, error);
  if (mapped == NULL)
    return gx_error_adopt (error);
  bytes = g_mapped_file_get_bytes (mapped);

  return gx_parcel_writer_add (writer, name, bytes, error);
}

/**
 * gxc_export_write_locked:
 *
 * Of a profile that nobody here can open any more: its files as they lie, for the bank to open. Nobody may have it open.
 *
 * Errors: %GX_ERROR_STATE if its key was never sealed to the bank, %GX_ERROR_IO
 */
gboolean
gxc_export_write_locked (const char  *directory,
                         const char  *file,
                         GError     **error)
{
  g_autoptr(GxcProfileKey) key = gxc_profile_key_load (directory, error);
  g_autoptr(GxParcelWriter) writer = NULL;
  g_autoptr(GBytes) json = NULL;
  const guint8 *escrow, *bank;

  if (key == NULL)
    return FALSE;
  escrow = gxc_profile_key_get_escrow (key, &bank);
  if (escrow == NULL)
    return gx_fail (error, GX_ERROR_STATE, "%s", _("This desk was last signed in to by an earlier program, which left its bank no way to open it."));
  writer = gx_parcel_writer_new (file, bank, error);
  json = describe_locked (key, escrow);

  return writer != NULL
         && gx_parcel_writer_add (writer, "store.json", json, error)
         && add_file (writer, directory, "store.db", TRUE, error)
         && add_file (writer, directory, "store.db-wal", FALSE, error)
         && gx_parcel_writer_finish (writer, error);
}
