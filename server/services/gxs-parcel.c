/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a desk could not send and left to the bank in a file (client/sync/gxc-export): opened, and done as if it had been sent.
 *
 * It is a push like any other, in the client's name and with its person's rights as they are now: so a change that came before,
 * or comes again from the desk itself, is done once, and a refusal is a stored result. A person who has left has no rights: then
 * nothing is done, and the file is still there to be read. Requests for review that nobody signed are refused like any unsigned.
 */
#include "gxs-parcel.h"

#include <sodium.h>
#include <string.h>

#include "gx-error.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gxs-audit.h"
#include "gxs-authz.h"
#include "gxs-blob.h"
#include "gxs-keys.h"
#include "gxs-mutate.h"

#define AT_ONCE (GX_PUSH_MUTATIONS_MAX / 2)       /* more only if one bundle has them */

void
gxs_parcel_free (GxsParcel *parcel)
{
  g_free (parcel->login);
  g_clear_pointer (&parcel->json, json_node_unref);
  g_ptr_array_unref (parcel->papers);
  g_free (parcel);
}

/** gxs_parcel_list: (transfer none): @what: "mutations" or "issues" */
JsonArray *
gxs_parcel_list (const GxsParcel *parcel,
                 const char      *what)
{
  return json_object_get_array_member (json_node_get_object (parcel->json), what);
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  GBytes *queue, *about, *store, *log;      /* (nullable) */
} Contents;

static void
contents_clear (Contents *contents)
{
  g_clear_pointer (&contents->queue, g_bytes_unref);
  g_clear_pointer (&contents->about, g_bytes_unref);
  g_clear_pointer (&contents->store, g_bytes_unref);
  g_clear_pointer (&contents->log, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Contents, contents_clear)

static void
put_away (GxsParcel  *parcel,
          Contents   *contents,
          const char *name,
          GBytes     *content)
{
  const struct { const char *name; GBytes **where; } known[] = {
    { "queue.json", &contents->queue }, { "store.json", &contents->about }, { "store.db", &contents->store }, { "store.db-wal", &contents->log },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (name, known[i].name) && *known[i].where == NULL)
      *known[i].where = g_bytes_ref (content);
  if (g_str_has_prefix (name, "paper/"))
    g_ptr_array_add (parcel->papers, g_bytes_ref (content));
}

static gboolean
read_contents (GxsParcel           *parcel,
               const char          *path,
               const GxParcelKeys  *keys,
               Contents            *contents,
               GError             **error)
{
  g_autoptr(GxParcelReader) reader = gx_parcel_reader_open (path, keys, error);

  while (reader != NULL)
    {
      g_autofree char *name = NULL;
      g_autoptr(GBytes) content = NULL;

      if (!gx_parcel_reader_next (reader, &name, &content, error))
        return FALSE;
      if (name == NULL)
        return TRUE;
      put_away (parcel, contents, name, content);
    }

  return FALSE;
}

static JsonNode *
read_json (Contents            *contents,
           const GxParcelKeys  *keys,
           const char          *scratch,
           GError             **error)
{
  if (contents->queue != NULL)
    return gx_json_parse_sized (g_bytes_get_data (contents->queue, NULL), (gssize) g_bytes_get_size (contents->queue),
                                g_bytes_get_size (contents->queue), error);
  if (contents->about != NULL && contents->store != NULL)
    return gxs_parcel_read_store (contents->about, contents->store, contents->log, keys, scratch, error);

  gx_fail (error, GX_ERROR_MALFORMED, "there is neither a queue nor a store in it");
  return NULL;
}

static gboolean
read_head (GxsParcel  *parcel,
           GError    **error)
{
  JsonObject *object = gx_json_root_object (parcel->json, error);
  const char *login = NULL;
  JsonArray *list;

  if (object == NULL
      || !gx_json_get_id (object, "client_id", &parcel->client_id, error)
      || !gx_json_opt_string (object, "login", &login, error)
      || !gx_json_opt_int (object, "made_at", &parcel->made_at, error)
      || !gx_json_get_array (object, "mutations", &list, error)
      || !gx_json_get_array (object, "issues", &list, error))
    return FALSE;

  parcel->login = g_strdup (login);
  return TRUE;
}

/**
 * gxs_parcel_read:
 * @scratch: a folder, for a store that the desk could not open itself; nothing stays in it
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: those of gx_parcel_reader_open(), %GX_ERROR_MALFORMED
 */
GxsParcel *
gxs_parcel_read (const char          *path,
                 const GxParcelKeys  *keys,
                 const char          *scratch,
                 GError             **error)
{
  g_autoptr(GxsParcel) parcel = g_new0 (GxsParcel, 1);
  g_auto(Contents) contents = { 0 };

  parcel->papers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (!read_contents (parcel, path, keys, &contents, error)
      || !(parcel->json = read_json (&contents, keys, scratch, error))
      || !read_head (parcel, error))
    return NULL;

  return g_steal_pointer (&parcel);
}

/* --- handing in --------------------------------------------------------------------------------------------------- */

typedef struct
{
  GxsBatch        *batch;
  const GxsParcel *parcel;
  GxsAuthz        *authz;
  gint64           ack_mid;         /* up to here the desk has its results: they are not asked for again */
  GxsHandedIn     *out;
} Work;

static gboolean
find_person (Work    *work,
             GError **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (gxs_batch_get_db (work->batch), error, "SELECT login_id, device_id, ack_mid FROM client WHERE id = ?", "u", &work->parcel->client_id);
  GxsSignedIn who = { .client_id = work->parcel->client_id };
  GError *local = NULL;
  GxId device;

  if (statement == NULL)
    return FALSE;
  if (!gx_statement_next (statement, &local))
    {
      if (local == NULL)
        return gx_fail (error, GX_ERROR_DEVICE, "this desk never signed in here");
      g_propagate_error (error, local);
      return FALSE;
    }
  who.login_id = gx_statement_get_id (statement, 0);
  device = gx_statement_get_id (statement, 1);
  work->ack_mid = gx_statement_get_int (statement, 2);
  work->authz = gxs_authz_new (gxs_batch_get_db (work->batch), &who, gxs_batch_get_now (work->batch), error);
  if (work->authz == NULL)
    return FALSE;

  work->authz->device_id = device;      /* also a revoked one: its key signs nothing any more, but what it did was done on it */
  return TRUE;
}

static gboolean
put_papers (Work          *work,
            const char    *data_dir,
            GxBankSealer  *sealer,
            GError       **error)
{
  for (guint i = 0; i < work->parcel->papers->len; i++)
    {
      GError *local = NULL;
      g_autofree char *sha256 = gxs_blob_put (data_dir, sealer, work->batch, &work->authz->login_id, g_ptr_array_index (work->parcel->papers, i), &local);

      if (sha256 == NULL && !g_error_matches (local, GX_ERROR, GX_ERROR_INVALID))
        {
          g_propagate_error (error, local);
          return FALSE;
        }
      *(sha256 != NULL ? &work->out->papers : &work->out->papers_refused) += 1;
      g_clear_error (&local);
    }

  return TRUE;
}

static gboolean
count_results (Work       *work,
               GString    *answer,
               gint64      known_mid,
               GError    **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (answer->str, (gssize) answer->len, error);
  JsonObject *object = node != NULL ? gx_json_root_object (node, error) : NULL;
  JsonArray *results;

  if (object == NULL || !gx_json_get_array (object, "results", &results, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject *result = json_array_get_object_element (results, i);
      const char *st = json_object_get_string_member_with_default (result, "st", "");

      if (json_object_get_int_member_with_default (result, "mid", 0) <= known_mid)
        work->out->known++;
      else if (g_str_equal (st, "conflict") || g_str_equal (st, "rejected"))
        work->out->refused++;
      else
        work->out->taken++;
    }

  return TRUE;
}

static gint64
last_mid_of (Work *work)
{
  gint64 mid = 0;

  gx_db_query_int (gxs_batch_get_db (work->batch), &mid, NULL, "SELECT last_mid FROM client WHERE id = ?", "u", &work->parcel->client_id);
  return mid;
}

/* The bank's own epoch: a bank that was restored since takes the rest where the desk's numbers go on. */
static gboolean
push (Work       *work,
      JsonArray  *mutations,
      gint64      schema,
      GError    **error)
{
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(GString) answer = g_string_new (NULL);
  gint64 known_mid = last_mid_of (work), first;

  first = json_object_get_int_member_with_default (json_array_get_object_element (mutations, 0), "mid", 0);
  json_object_set_string_member (body, "client_id", GX_ID_STR (&work->parcel->client_id));
  json_object_set_string_member (body, "epoch", gxs_batch_get_epoch (work->batch));
  json_object_set_int_member (body, "schema", schema);
  json_object_set_int_member (body, "ack_mid", work->ack_mid);
  json_object_set_int_member (body, "from", first);
  json_object_set_array_member (body, "mutations", json_array_ref (mutations));

  return gxs_mutate_push (work->batch, work->authz, body, answer, error) && count_results (work, answer, known_mid, error);
}

static const char *
bundle_of (JsonNode *node)
{
  const char *bundle = NULL;

  return JSON_NODE_HOLDS_OBJECT (node) && gx_json_get_string (json_node_get_object (node), "bundle", &bundle, NULL) ? bundle : NULL;
}

static gint64
schema_of (Work *work,
           guint index)
{
  JsonObject *object = json_node_get_object (work->parcel->json);
  JsonArray *schemas = json_object_has_member (object, "schemas") ? json_object_get_array_member (object, "schemas") : NULL;

  return schemas != NULL && index < json_array_get_length (schemas) ? json_array_get_int_element (schemas, index) : GX_SCHEMA;
}

/* A bundle travels in one push. */
static gboolean
is_full (JsonArray *part,
         JsonNode  *next)
{
  guint n = json_array_get_length (part);

  return n >= AT_ONCE && (bundle_of (next) == NULL || g_strcmp0 (bundle_of (json_array_get_element (part, n - 1)), bundle_of (next)) != 0);
}

static gboolean
push_all (Work    *work,
          GError **error)
{
  JsonArray *mutations = gxs_parcel_list (work->parcel, "mutations");
  g_autoptr(JsonArray) part = json_array_new ();
  gint64 schema = GX_SCHEMA;

  for (guint i = 0; i < json_array_get_length (mutations); i++)
    {
      JsonNode *next = json_array_get_element (mutations, i);
      JsonObject *object;
      gint64 mid;

      if (!gx_json_item_object (mutations, i, "mutations", &object, error) || !gx_json_get_int (object, "mid", &mid, error))
        return FALSE;
      if (mid <= work->ack_mid)
        {
          work->out->known++;
          continue;
        }
      if (json_array_get_length (part) > 0 && (is_full (part, next) || schema_of (work, i) != schema))
        {
          if (!push (work, part, schema, error))
            return FALSE;
          json_array_unref (part);
          part = json_array_new ();
        }
      json_array_add_element (part, json_node_copy (next));
      schema = schema_of (work, i);
    }

  return json_array_get_length (part) == 0 || push (work, part, schema, error);
}

static gboolean
log_it (Work    *work,
        GError **error)
{
  const GxsHandedIn *out = work->out;
  g_autofree char *extra = g_strdup_printf ("{\"known\":%u,\"papers\":%u,\"refused\":%u,\"taken\":%u}", out->known, out->papers, out->refused, out->taken);
  const GxsAuditEvent event = {
    .action = "queue.import", .actor = work->authz->login_id, .device = work->authz->device_id, .result = "applied", .extra = extra,
  };

  return gxs_audit_append (work->batch, &event, error);
}

/**
 * gxs_parcel_hand_in:
 *
 * All of it in this batch. Done once more, all of it is known.
 *
 * Errors: %GX_ERROR_DEVICE for a desk that is not known here, %GX_ERROR_UNAUTHENTICATED if its person has left, %GX_ERROR_GAP if
 *   changes between the bank's last one and these are missing; then nothing was done
 */
gboolean
gxs_parcel_hand_in (GxsBatch         *batch,
                    const GxsParcel  *parcel,
                    const char       *data_dir,
                    GxBankSealer     *sealer,
                    GxsHandedIn      *out,
                    GError          **error)
{
  Work work = { .batch = batch, .parcel = parcel, .out = out };
  gboolean done;

  *out = (GxsHandedIn) { 0 };
  done = find_person (&work, error) && put_papers (&work, data_dir, sealer, error) && push_all (&work, error) && log_it (&work, error);
  g_clear_pointer (&work.authz, gxs_authz_free);

  return done;
}

typedef struct
{
  const GxsParcels *parcels;
  const GxsParcel  *parcel;
  GxsHandedIn      *out;
} TakeArgs;

static gboolean
take_in_batch (GxsBatch  *batch,
               gpointer   data,
               GError   **error)
{
  const TakeArgs *args = data;

  return gxs_parcel_hand_in (batch, args->parcel, args->parcels->data_dir, args->parcels->sealer, args->out, error);
}

/**
 * gxs_parcels_take:
 *
 * Opens the file at @path and does what is in it, all of it in one commit. Blocking.
 *
 * Errors: of gxs_parcel_read() and gxs_parcel_hand_in()
 */
gboolean
gxs_parcels_take (const GxsParcels  *parcels,
                  GxsStore          *store,
                  const char        *path,
                  GxsHandedIn       *out,
                  GError           **error)
{
  g_autoptr(GxsParcel) parcel = NULL;
  TakeArgs args = { .parcels = parcels, .out = out };
  GxParcelKeys keys;

  gxs_keys_derive_export (parcels->keys, &keys);
  args.parcel = parcel = gxs_parcel_read (path, &keys, parcels->data_dir, error);
  sodium_memzero (&keys, sizeof keys);

  return parcel != NULL && gxs_store_run (store, take_in_batch, &args, error);
}
