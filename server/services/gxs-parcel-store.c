/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk's store that nobody at the desk could open any more, because its keyring lost its half of the key: the key was sealed to
 * the bank at sign-in, so the bank opens it and takes the queue out.
 *
 * This is the one place where the server knows tables of a client: meta, queue and issue, by the columns it needs. The queue's
 * column "body" is the change as it would have travelled.
 */
#include "gxs-parcel.h"

#include <glib/gstdio.h>
#include <sodium.h>

#include "gx-base64.h"
#include "gx-db.h"
#include "gx-error.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gx-vault.h"

typedef struct
{
  GxId    database;
  guint8  key[GX_VAULT_KEY_SIZE];
} About;

G_STATIC_ASSERT (GX_VAULT_KEY_SIZE == GX_PARCEL_KEY_SIZE);

static gboolean
read_about (GBytes              *json,
            const GxParcelKeys  *keys,
            About               *out,
            GError             **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (g_bytes_get_data (json, NULL), (gssize) g_bytes_get_size (json), error);
  JsonObject *object = node != NULL ? gx_json_root_object (node, error) : NULL;
  g_autoptr(GBytes) sealed = NULL;
  const char *text;

  if (object == NULL || !gx_json_get_id (object, "database", &out->database, error) || !gx_json_get_string (object, "key", &text, error))
    return FALSE;
  sealed = gx_base64_decode (text);

  return (sealed != NULL && g_bytes_get_size (sealed) == GX_PARCEL_SEALED_SIZE
          && gx_parcel_open_key (keys, g_bytes_get_data (sealed, NULL), out->key))
         || gx_fail (error, GX_ERROR_SIGNATURE, "the store's key was sealed for another bank");
}

static gboolean
put_list (GxJsonWriter  *writer,
          GxDb          *db,
          const char    *name,
          const char    *sql,
          GError       **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, sql, NULL);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  gx_json_writer_member (writer, name);
  gx_json_writer_begin_array (writer);
  while (gx_statement_next (statement, &local))
    gx_json_writer_raw (writer, gx_statement_get_text (statement, 0), -1);
  gx_json_writer_end_array (writer);
  if (local != NULL)
    g_propagate_error (error, local);

  return local == NULL;
}

static JsonNode *
read_tables (GxDb    *db,
             GError **error)
{
  g_autoptr(GString) json = g_string_new (NULL);
  g_autofree char *client = NULL, *login = NULL;
  GxJsonWriter writer;

  if (!gx_db_query_text (db, &client, error, "SELECT v FROM meta WHERE k = 'client_id'", NULL)
      || !gx_db_query_text (db, &login, error, "SELECT v FROM meta WHERE k = 'login'", NULL))
    return NULL;
  gx_json_writer_init (&writer, json);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "client_id", client);
  gx_json_writer_put_string (&writer, "login", login);
  if (!put_list (&writer, db, "mutations", "SELECT body FROM queue ORDER BY mid", error)
      || !put_list (&writer, db, "schemas", "SELECT CAST(schema AS TEXT) FROM queue ORDER BY mid", error)
      || !put_list (&writer, db, "issues", "SELECT body FROM issue WHERE closed_at IS NULL ORDER BY mid", error))
    return NULL;
  gx_json_writer_end_object (&writer);

  return gx_json_parse_sized (json->str, (gssize) json->len, json->len, error);
}

static JsonNode *
read_database (const char   *path,
               const About  *about,
               GError      **error)
{
  g_autoptr(GxVault) vault = gx_vault_new (about->key, &about->database, NULL, error);
  g_autoptr(GxDb) db = NULL;

  if (vault == NULL)
    return NULL;
  db = gx_db_open (&gx_db_sqlite, &(GxDbOptions) { .location = path, .vfs = gx_vault_get_vfs (vault), .side = GX_SIDE_CLIENT }, error);

  return db != NULL ? read_tables (db, error) : NULL;
}

static gboolean
write_file (const char  *path,
            GBytes      *content,
            GError     **error)
{
  return g_file_set_contents_full (path, g_bytes_get_data (content, NULL), (gssize) g_bytes_get_size (content), G_FILE_SET_CONTENTS_NONE, 0600, error)
         || gx_error_adopt (error);
}

/**
 * gxs_parcel_read_store:
 * @log: (nullable): what was written last and not yet folded in
 *
 * Returns: (transfer full) (nullable): as the queue of an open one tells it
 *
 * Errors: %GX_ERROR_SIGNATURE for another bank's, %GX_ERROR_TAMPERED
 */
JsonNode *
gxs_parcel_read_store (GBytes              *json,
                       GBytes              *store,
                       GBytes              *log,
                       const GxParcelKeys  *keys,
                       const char          *scratch,
                       GError             **error)
{
  g_autofree char *folder = g_build_filename (scratch, ".parcel-XXXXXX", NULL);
  g_autofree char *path = NULL, *log_path = NULL;
  JsonNode *node = NULL;
  About about;

  if (!read_about (json, keys, &about, error))
    return NULL;
  if (g_mkdtemp (folder) == NULL)
    {
      gx_fail (error, GX_ERROR_IO, "%s: cannot be made", folder);
      return NULL;
    }
  path = g_build_filename (folder, "store.db", NULL);
  log_path = g_build_filename (folder, "store.db-wal", NULL);
  if (write_file (path, store, error) && (log == NULL || write_file (log_path, log, error)))
    node = read_database (path, &about, error);
  sodium_memzero (&about, sizeof about);
  g_unlink (path);
  g_unlink (log_path);
  g_rmdir (folder);

  return node;
}
