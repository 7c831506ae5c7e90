/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Push: a client's queue, taken in its order, each mutation once (sync.md 1.4).
 *
 *   known mid -> stored result, if the body is the same (else CLIENT_FORKED)
 *   next mid  -> effect, audit entry, result and last_mid in this one transaction; a refusal is a result too
 *   bundle    -> the next ones of one name: all of them or none
 *   gap       -> 409, nothing done; but once in an epoch a client may go on at a number of its own, "from": the server was
 *                restored, and what lies between is lost or comes again
 *
 * A transient failure ends the push where it stands: what came before keeps its results, the rest has none and is sent
 * again. How one mutation or bundle gets its result is gxs-take's matter.
 */
#include "gxs-mutate.h"

#include "gx-bug.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gx-upcast.h"
#include "gxs-push-private.h"

#include <string.h>

static gboolean
load_client (GxsPush *push,
             GError **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (gxs_batch_get_db (push->batch), error, "SELECT login_id, last_mid, blocked, epoch FROM client WHERE id = ?",
                 "u", &push->client_id);
  GError *local = NULL;
  GxId login;

  if (statement == NULL)
    return FALSE;
  if (!gx_statement_next (statement, &local))
    {
      if (local == NULL)
        return gx_fail (error, GX_ERROR_DEVICE, "this client never signed in here");
      g_propagate_error (error, local);
      return FALSE;
    }

  login = gx_statement_get_id (statement, 0);
  push->last_mid = gx_statement_get_int (statement, 1);
  push->is_new_here = g_strcmp0 (gx_statement_get_text (statement, 3), gxs_batch_get_epoch (push->batch)) != 0;
  if (!gx_id_equal (&login, &push->authz->login_id))
    return gx_fail (error, GX_ERROR_DEVICE, "this client belongs to another login");
  if (gx_statement_get_int (statement, 2) != 0)
    return gx_fail (error, GX_ERROR_DEVICE, "this client is blocked");

  return TRUE;
}

/** gxs_fail_schema: tells which schemas are spoken, so that a program knows who must be updated; always FALSE */
gboolean
gxs_fail_schema (gint64   schema,
                 int      oldest,
                 GError **error)
{
  g_autofree char *params = g_strdup_printf ("{\"from\":%d,\"to\":%d}", oldest, GX_SCHEMA);

  gx_fail (error, GX_ERROR_UPGRADE, "schemas %d to %d are spoken here, not %" G_GINT64_FORMAT, oldest, GX_SCHEMA, schema);
  if (error != NULL)
    gx_error_set_params (*error, params);
  return FALSE;
}

static gboolean
check_epoch (GxsPush     *push,
             JsonObject  *body,
             GError     **error)
{
  const char *epoch;

  if (!gx_json_get_string (body, "epoch", &epoch, error))
    return FALSE;

  return strcmp (epoch, gxs_batch_get_epoch (push->batch)) == 0 || GX_BUG (GX_BUG_EPOCH)
         || gx_fail (error, GX_ERROR_EPOCH, "the server's database was restored");
}

static gboolean
read_schema (JsonObject  *body,
             gint64      *out_schema,
             GError     **error)
{
  return gx_json_get_int (body, "schema", out_schema, error)
         && ((*out_schema >= gx_upcast_oldest () && *out_schema <= GX_SCHEMA)
             || gxs_fail_schema (*out_schema, gx_upcast_oldest (), error));
}

static gboolean
read_head (GxsPush     *push,
           JsonObject  *body,
           GError     **error)
{
  static const char *const members[] = { "client_id", "epoch", "schema", "ack_mid", "from", "mutations", NULL };

  if (!gx_json_allow_members (body, members, error)
      || !gx_json_get_id (body, "client_id", &push->client_id, error)
      || !read_schema (body, &push->schema, error)
      || !gx_json_opt_int (body, "ack_mid", &push->ack_mid, error)
      || !gx_json_opt_int (body, "from", &push->from, error)
      || !gx_json_get_array (body, "mutations", &push->mutations, error))
    return FALSE;
  if (!gx_id_equal (&push->client_id, &push->authz->client_id))
    return gx_fail (error, GX_ERROR_DEVICE, "the session is another client's");
  if (json_array_get_length (push->mutations) > GX_PUSH_MUTATIONS_MAX)
    return gx_fail (error, GX_ERROR_TOO_LARGE, "more than %d mutations at once", GX_PUSH_MUTATIONS_MAX);

  return load_client (push, error) && check_epoch (push, body, error);
}

static gboolean
fail_gap (gint64   expected,
          GError **error)
{
  g_autofree char *params = g_strdup_printf ("{\"expected\":%" G_GINT64_FORMAT "}", expected);

  gx_fail (error, GX_ERROR_GAP, "mutation %" G_GINT64_FORMAT " is the next", expected);
  if (error != NULL)
    gx_error_set_params (*error, params);
  return FALSE;
}

/* The first push since the server was restored: what the client made before that is lost, or comes again under new numbers.
 * If it is not the first one, a copy of the client has gone on in its name. */
static gboolean
go_on_from (GxsPush  *push,
            gint64    first,
            GError  **error)
{
  if (first != push->from || first <= push->last_mid + 1)
    return TRUE;
  if (!push->is_new_here)
    return gx_fail (error, GX_ERROR_CLIENT_FORKED, "a copy of this client has gone on at mutation %" G_GINT64_FORMAT, push->last_mid);

  push->last_mid = first - 1;
  return TRUE;
}

/* Looked at before anything is done, so that a push with a gap has no effect at all. */
static gboolean
check_order (GxsPush *push,
             GError **error)
{
  gint64 previous = 0;

  for (guint i = 0; i < json_array_get_length (push->mutations); i++)
    {
      JsonObject *object;
      gint64 mid;

      if (!gx_json_item_object (push->mutations, i, "mutations", &object, error)
          || !gx_json_get_int (object, "mid", &mid, error))
        return FALSE;
      if (mid < 1)
        return gx_fail_field (error, GX_ERROR_INVALID, "mid", "range", "mutations are numbered from 1");
      if (i == 0 && !go_on_from (push, mid, error))
        return FALSE;
      if (!GX_BUG (GX_BUG_GAP) && (i == 0 ? mid > push->last_mid + 1 : mid != previous + 1))
        return fail_gap (i == 0 ? push->last_mid + 1 : previous + 1, error);
      previous = mid;
    }

  return TRUE;
}

static gboolean
read_mutation (GxsPush      *push,
               JsonObject   *object,
               GxsMutation  *out,
               GError      **error)
{
  static const char *const members[] = { "mid", "mut_id", "tbl", "id", "op", "bundle", "at", "off", "clk", "set", "b",
                                         NULL };

  *out = (GxsMutation) { .client_id = push->client_id };
  return gx_json_allow_members (object, members, error)
         && gx_json_get_int (object, "mid", &out->mid, error)
         && gx_json_get_id (object, "mut_id", &out->mut_id, error)
         && gx_json_get_string (object, "op", &out->op, error)
         && gx_json_opt_string (object, "tbl", &out->table, error)
         && gx_json_get_id (object, "id", &out->id, error)
         && gx_json_opt_id (object, "bundle", &out->bundle, error)
         && gx_json_opt_int (object, "at", &out->at, error)
         && gx_json_opt_int (object, "off", &out->off, error)
         && gx_json_opt_int (object, "clk", &out->clk, error)
         && gx_json_opt_object (object, "set", &out->set, error)
         && gx_json_opt_object (object, "b", &out->base, error);
}

static void
hash_body (JsonNode *node,
           GxHash   *out_hash)
{
  g_autofree char *canonical = gx_json_canonical (node);

  gx_hash_bytes (canonical, strlen (canonical), out_hash);
}

static gboolean
read_item (GxsPush  *push,
           guint     index,
           GxsItem  *out,
           GError  **error)
{
  JsonObject *object = json_array_get_object_element (push->mutations, index);

  /* As it came: it is known again by that, whatever it is read as. */
  hash_body (json_array_get_element (push->mutations, index), &out->sha);
  gx_upcast_mutation ((int) push->schema, object);

  return read_mutation (push, object, &out->mutation, error);
}

/* How many of one bundle stand from @first on. */
static guint
bundle_length (GArray *items,
               guint   first)
{
  const GxId *bundle = &g_array_index (items, GxsItem, first).mutation.bundle;
  guint n = 1;

  while (!gx_id_is_none (bundle) && first + n < items->len
         && gx_id_equal (&g_array_index (items, GxsItem, first + n).mutation.bundle, bundle))
    n++;

  return n;
}

/* Takes one mutation or one bundle; *inout_index moves on behind it. */
static gboolean
take_next (GxsPush  *push,
           GArray   *items,
           guint    *inout_index,
           GError  **error)
{
  const GxsItem *item = &g_array_index (items, GxsItem, *inout_index);
  guint n = 1;
  gboolean done;

  if (item->mutation.mid <= push->last_mid && !GX_BUG (GX_BUG_TWICE))
    done = gxs_take_known (push, item, error);
  else if (gx_id_is_none (&item->mutation.bundle) || GX_BUG (GX_BUG_BUNDLE))
    done = gxs_take_new (push, item, error);
  else
    done = gxs_take_bundle (push, item, n = bundle_length (items, *inout_index), error);

  *inout_index += n;
  return done;
}

static gboolean
take_all (GxsPush *push,
          GError **error)
{
  g_autoptr(GArray) items = g_array_new (FALSE, TRUE, sizeof (GxsItem));
  guint i = 0;

  g_array_set_size (items, json_array_get_length (push->mutations));
  for (guint k = 0; k < items->len; k++)
    if (!read_item (push, k, &g_array_index (items, GxsItem, k), error))
      return FALSE;

  while (i < items->len)
    {
      GError *local = NULL;

      if (take_next (push, items, &i, &local))
        continue;
      /* Something was done already: its results go out, the rest waits for the next push. */
      if (gxs_is_transient (local) && push->results->len > 0)
        {
          g_error_free (local);
          return TRUE;
        }
      g_propagate_error (error, local);
      return FALSE;
    }

  return TRUE;
}

static gboolean
remember (GxsPush *push,
          GError **error)
{
  return gx_db_run (gxs_batch_get_db (push->batch), error,
                    "UPDATE client SET last_mid = ?, ack_mid = MAX(ack_mid, ?), schema = ?, last_seen = ?, epoch = ? WHERE id = ?",
                    "iinitu", push->last_mid, push->ack_mid, (int) push->schema, gxs_batch_get_now (push->batch),
                    gxs_batch_get_epoch (push->batch), &push->client_id);
}

static void
write_answer (GxsPush *push,
              GString *out_json)
{
  g_string_append_printf (out_json, "{\"epoch\":\"%s\",\"last_mid\":%" G_GINT64_FORMAT ",\"head\":%" G_GINT64_FORMAT
                          ",\"results\":[", gxs_batch_get_epoch (push->batch), push->last_mid,
                          gxs_batch_get_head (push->batch));
  g_string_append_len (out_json, push->results->str, (gssize) push->results->len);
  g_string_append (out_json, "]}");
}

/**
 * gxs_mutate_push:
 * @body: the request, strictly parsed
 *
 * Errors: %GX_ERROR_GAP with {"expected":n}, %GX_ERROR_CLIENT_FORKED, %GX_ERROR_EPOCH, %GX_ERROR_UPGRADE,
 *   %GX_ERROR_DEVICE, %GX_ERROR_INVALID for a body that is no push; then nothing was done
 */
gboolean
gxs_mutate_push (GxsBatch        *batch,
                 const GxsAuthz  *authz,
                 JsonObject      *body,
                 GString         *out_json,
                 GError         **error)
{
  g_autoptr(GString) results = g_string_new (NULL);
  GxsPush push = { .batch = batch, .authz = authz, .results = results };

  if (!read_head (&push, body, error)
      || !check_order (&push, error)
      || !take_all (&push, error)
      || !remember (&push, error))
    return FALSE;

  g_string_truncate (out_json, 0);
  write_answer (&push, out_json);
  return TRUE;
}
