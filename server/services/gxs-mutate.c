/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Push: a client's queue, taken in its order, each mutation once (sync.md 1.4).
 *
 *   known mid -> stored result, if the body is the same (else CLIENT_FORKED)
 *   next mid  -> effect, audit entry, result and last_mid in this one transaction; a refusal is a result too
 *   gap       -> 409, nothing done
 *
 * A transient failure ends the push where it stands: what came before keeps its results, the rest has none and is sent
 * again. What a mutation means is gxs-mutation's matter.
 */
#include "gxs-mutate.h"

#include "gx-base64.h"
#include "gx-catalog.h"
#include "gx-hash.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gxs-audit.h"
#include "gxs-mutation.h"

#include <string.h>

typedef struct
{
  GxsBatch       *batch;
  const GxsAuthz *authz;
  GxId            client_id;
  gint64          last_mid;
  gint64          ack_mid;
  JsonArray      *mutations;
  GString        *results;
} Push;

static gboolean
is_transient (const GError *error)
{
  static const GxError codes[] = {
    GX_ERROR_BUSY, GX_ERROR_IO, GX_ERROR_DATABASE, GX_ERROR_TAMPERED, GX_ERROR_CANCELLED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, GX_ERROR, (int) codes[i]))
      return TRUE;

  return error->domain != GX_ERROR;
}

static gboolean
load_client (Push    *push,
             GError **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (gxs_batch_get_db (push->batch), error, "SELECT login_id, last_mid, blocked FROM client WHERE id = ?", "u",
                 &push->client_id);
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
  if (!gx_id_equal (&login, &push->authz->login_id))
    return gx_fail (error, GX_ERROR_DEVICE, "this client belongs to another login");
  if (gx_statement_get_int (statement, 2) != 0)
    return gx_fail (error, GX_ERROR_DEVICE, "this client is blocked");

  return TRUE;
}

static gboolean
check_epoch (Push        *push,
             JsonObject  *body,
             GError     **error)
{
  const char *epoch;

  if (!gx_json_get_string (body, "epoch", &epoch, error))
    return FALSE;

  return strcmp (epoch, gxs_batch_get_epoch (push->batch)) == 0
         || gx_fail (error, GX_ERROR_EPOCH, "the server's database was restored");
}

static gboolean
check_schema (JsonObject  *body,
              GError     **error)
{
  gint64 schema;

  if (!gx_json_get_int (body, "schema", &schema, error))
    return FALSE;

  return schema == GX_SCHEMA
         || gx_fail (error, GX_ERROR_UPGRADE, "the server speaks schema %d, the client %" G_GINT64_FORMAT, GX_SCHEMA, schema);
}

static gboolean
read_head (Push        *push,
           JsonObject  *body,
           GError     **error)
{
  static const char *const members[] = { "client_id", "epoch", "schema", "ack_mid", "mutations", NULL };

  if (!gx_json_allow_members (body, members, error)
      || !gx_json_get_id (body, "client_id", &push->client_id, error)
      || !check_schema (body, error)
      || !gx_json_opt_int (body, "ack_mid", &push->ack_mid, error)
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

/* Looked at before anything is done, so that a push with a gap has no effect at all. */
static gboolean
check_order (Push    *push,
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
      if (i == 0 ? mid > push->last_mid + 1 : mid != previous + 1)
        return fail_gap (i == 0 ? push->last_mid + 1 : previous + 1, error);
      previous = mid;
    }

  return TRUE;
}

static gboolean
read_mutation (Push         *push,
               JsonObject   *object,
               GxsMutation  *out,
               GError      **error)
{
  static const char *const members[] = { "mid", "mut_id", "tbl", "id", "op", "bundle", "at", "off", "set", "b", NULL };

  *out = (GxsMutation) { .client_id = push->client_id };
  return gx_json_allow_members (object, members, error)
         && gx_json_get_int (object, "mid", &out->mid, error)
         && gx_json_get_id (object, "mut_id", &out->mut_id, error)
         && gx_json_get_string (object, "op", &out->op, error)
         && gx_json_opt_string (object, "tbl", &out->table, error)
         && gx_json_get_id (object, "id", &out->id, error)
         && gx_json_opt_object (object, "set", &out->set, error)
         && gx_json_opt_object (object, "b", &out->base, error);
}

static void
add_result (Push       *push,
            gint64      mid,
            const char *st,
            gint64      seq,
            const char *body)
{
  GString *out = push->results;

  if (out->len > 0)
    g_string_append_c (out, ',');
  g_string_append_printf (out, "{\"mid\":%" G_GINT64_FORMAT ",\"st\":\"%s\"", mid, st);
  if (seq > 0)
    g_string_append_printf (out, ",\"seq\":%" G_GINT64_FORMAT, seq);
  /* The body is an object of its own: its members go on here. */
  if (body != NULL)
    {
      g_string_append_c (out, ',');
      g_string_append (out, body + 1);
    }
  else
    g_string_append_c (out, '}');
}

static void
hash_body (JsonNode *node,
           GxHash   *out_hash)
{
  g_autofree char *canonical = gx_json_canonical (node);

  gx_hash_bytes (canonical, strlen (canonical), out_hash);
}

#define SEALED '!'      /* before the base64 of a body that is sealed; no JSON begins so */

/* A conflict tells values, and some are sealed where they stand: then so is what is kept of it. */
static char *
seal_body (GxDb               *db,
           const GxsMutation  *mutation,
           const char         *body)
{
  const GxEntity *entity = mutation->table != NULL ? gx_entity_by_name (mutation->table) : NULL;
  GxSealer *sealer = gx_db_get_sealer (db);
  g_autoptr(GBytes) sealed = NULL;
  g_autofree char *text = NULL;

  if (body == NULL || sealer == NULL || entity == NULL || gx_entity_with_flags (entity, GX_SEALED) == 0)
    return g_strdup (body);

  sealed = sealer->seal (sealer, "mut_result", "body", &mutation->mut_id, body);
  text = gx_base64_encode (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  return g_strdup_printf ("%c%s", SEALED, text);
}

static gboolean
open_body (GxDb        *db,
           const GxId  *mut_id,
           const char  *kept,
           char       **out_body,
           GError     **error)
{
  GxSealer *sealer = gx_db_get_sealer (db);
  g_autoptr(GBytes) sealed = NULL;

  *out_body = NULL;
  if (kept == NULL || *kept != SEALED)
    {
      *out_body = g_strdup (kept);
      return TRUE;
    }
  sealed = gx_base64_decode (kept + 1);
  if (sealed == NULL || sealer == NULL)
    return gx_fail (error, GX_ERROR_TAMPERED, "a stored result does not open");

  *out_body = sealer->open (sealer, "mut_result", "body", mut_id, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed),
                            error);
  return *out_body != NULL;
}

/* Answers from the store of results: by mid, or by the id that a renumbered mutation kept. */
static gboolean
find_result (Push               *push,
             const GxsMutation  *mutation,
             const GxHash       *sha,
             gboolean            by_mid,
             gboolean           *out_found,
             GError            **error)
{
  GxDb *db = gxs_batch_get_db (push->batch);
  g_autoptr(GxStatement) statement = by_mid
    ? gx_db_query (db, error, "SELECT st, seq, body, body_sha FROM mut_result WHERE client_id = ? AND mid = ?", "ui",
                   &push->client_id, mutation->mid)
    : gx_db_query (db, error, "SELECT r.st, r.seq, r.body, NULL FROM mut_result r JOIN client c ON c.id = r.client_id"
                   " WHERE r.mut_id = ? AND c.login_id = ?", "uu", &mutation->mut_id, &push->authz->login_id);
  GError *local = NULL;
  g_autofree char *body = NULL;
  gconstpointer stored;
  gsize size;

  *out_found = FALSE;
  if (statement == NULL)
    return FALSE;
  if (!gx_statement_next (statement, &local))
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, local);
      return FALSE;
    }
  stored = gx_statement_get_blob (statement, 3, &size);
  if (by_mid && (size != sizeof sha->b || memcmp (stored, sha->b, size) != 0))
    return gx_fail (error, GX_ERROR_CLIENT_FORKED, "mutation %" G_GINT64_FORMAT " was another one", mutation->mid);

  if (!open_body (db, &mutation->mut_id, gx_statement_get_text (statement, 2), &body, error))
    return FALSE;

  *out_found = TRUE;
  add_result (push, mutation->mid, gx_statement_get_text (statement, 0), gx_statement_get_int (statement, 1), body);
  return TRUE;
}

static gboolean
store_result (Push               *push,
              const GxsMutation  *mutation,
              const GxHash       *sha,
              const GxsOutcome   *outcome,
              GError            **error)
{
  GxDb *db = gxs_batch_get_db (push->batch);
  g_autoptr(GBytes) body_sha = g_bytes_new_static (sha->b, sizeof sha->b);
  g_autofree char *body = seal_body (db, mutation, outcome->body);

  return gx_db_run (db, error,
                    "INSERT INTO mut_result(client_id, mid, mut_id, st, seq, body, at, body_sha) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                    "uiutitib", &push->client_id, mutation->mid, &mutation->mut_id, outcome->st, outcome->seq, body,
                    gxs_batch_get_now (push->batch), body_sha);
}

/* gxs-write logs what was written; here goes what had no effect. */
static gboolean
log_result (Push               *push,
            const GxsMutation  *mutation,
            const char         *action,
            const char         *result,
            GError            **error)
{
  const GxsAuditEvent event = {
    .action = action,
    .actor = push->authz->login_id,
    .device = push->authz->device_id,
    .session = push->authz->session_id,
    .entity = mutation->table != NULL ? gx_entity_by_name (mutation->table) : NULL,
    .entity_id = mutation->id,
    .mut_id = mutation->mut_id,
    .result = result,
  };

  return gxs_audit_append (push->batch, &event, error);
}

static gboolean
log_outcome (Push               *push,
             const GxsMutation  *mutation,
             const GxsOutcome   *outcome,
             GError            **error)
{
  if (strcmp (outcome->st, "noop") == 0)
    return log_result (push, mutation, mutation->op, "noop", error);
  if (strcmp (outcome->st, "conflict") == 0)
    return log_result (push, mutation, "refused", "CONFLICT", error);

  return TRUE;
}

static char *
describe_refusal (const GError *refusal)
{
  const GPtrArray *violations = gx_error_get_violations (refusal);
  GString *out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "code", gx_error_slug (refusal));
  gx_json_writer_put_string (&writer, "detail", refusal->message);
  if (violations != NULL && violations->len > 0)
    {
      gx_json_writer_member (&writer, "violations");
      gx_json_writer_begin_array (&writer);
      for (guint i = 0; i < violations->len; i++)
        {
          const GxViolation *violation = g_ptr_array_index (violations, i);

          gx_json_writer_begin_object (&writer);
          gx_json_writer_put_string (&writer, "field", violation->field);
          gx_json_writer_put_string (&writer, "rule", violation->rule);
          gx_json_writer_put_string (&writer, "detail", violation->detail);
          gx_json_writer_end_object (&writer);
        }
      gx_json_writer_end_array (&writer);
    }
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

/* The effect and its result in one part: both or neither. */
static gboolean
try_effect (Push               *push,
            const GxsMutation  *mutation,
            const GxHash       *sha,
            GxsOutcome         *outcome,
            gboolean           *out_twice,
            GError            **error)
{
  g_autoptr(GxsPart) part = gxs_part_begin (push->batch, error);

  *out_twice = FALSE;
  if (part == NULL
      || !gxs_mutation_run (push->batch, push->authz, mutation, outcome, error)
      || !log_outcome (push, mutation, outcome, error))
    return FALSE;
  if (!store_result (push, mutation, sha, outcome, error))
    {
      *out_twice = error != NULL && g_error_matches (*error, GX_ERROR, GX_ERROR_CONSTRAINT);
      return FALSE;
    }

  return gxs_part_commit (part, error);
}

static gboolean
store_refusal (Push               *push,
               const GxsMutation  *mutation,
               const GxHash       *sha,
               const GError       *refusal,
               GError            **error)
{
  g_auto(GxsOutcome) outcome = { .st = "rejected", .body = describe_refusal (refusal) };
  g_autoptr(GxsPart) part = gxs_part_begin (push->batch, error);

  if (part == NULL
      || !store_result (push, mutation, sha, &outcome, error)
      || !log_result (push, mutation, "refused", gx_error_slug (refusal), error)
      || !gxs_part_commit (part, error))
    return FALSE;

  add_result (push, mutation->mid, outcome.st, 0, outcome.body);
  return TRUE;
}

/* The id was used before: by this person from another client (a renumbered queue) its result is the answer. */
static gboolean
answer_twice (Push               *push,
              const GxsMutation  *mutation,
              GError            **error)
{
  gboolean found;

  if (!find_result (push, mutation, NULL, FALSE, &found, error))
    return FALSE;

  return found || gx_fail_field (error, GX_ERROR_INVALID, "mut_id", "unique", "the mutation's id is in use");
}

static gboolean
take_new (Push               *push,
          const GxsMutation  *mutation,
          const GxHash       *sha,
          GError            **error)
{
  g_auto(GxsOutcome) outcome = { 0 };
  g_autoptr(GError) refusal = NULL;
  gboolean twice, done = TRUE;

  if (try_effect (push, mutation, sha, &outcome, &twice, &refusal))
    add_result (push, mutation->mid, outcome.st, outcome.seq, outcome.body);
  else if (twice)
    done = answer_twice (push, mutation, error);
  else if (is_transient (refusal))
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  else
    {
      GError *local = NULL;

      /* A refused mutation may carry a used id as well: then the first use is the answer. */
      done = store_refusal (push, mutation, sha, refusal, &local);
      if (!done && g_error_matches (local, GX_ERROR, GX_ERROR_CONSTRAINT))
        {
          g_clear_error (&local);
          done = answer_twice (push, mutation, error);
        }
      else if (!done)
        g_propagate_error (error, local);
    }

  if (done)
    push->last_mid = mutation->mid;
  return done;
}

static gboolean
take_known (Push               *push,
            const GxsMutation  *mutation,
            const GxHash       *sha,
            GError            **error)
{
  gboolean found;

  if (!find_result (push, mutation, sha, TRUE, &found, error))
    return FALSE;

  return found || answer_twice (push, mutation, error);
}

static gboolean
take_one (Push    *push,
          guint    index,
          GError **error)
{
  GxsMutation mutation;
  GxHash sha;

  if (!read_mutation (push, json_array_get_object_element (push->mutations, index), &mutation, error))
    return FALSE;

  hash_body (json_array_get_element (push->mutations, index), &sha);
  return mutation.mid <= push->last_mid ? take_known (push, &mutation, &sha, error)
                                        : take_new (push, &mutation, &sha, error);
}

static gboolean
take_all (Push    *push,
          GError **error)
{
  for (guint i = 0; i < json_array_get_length (push->mutations); i++)
    {
      GError *local = NULL;

      if (take_one (push, i, &local))
        continue;
      /* Something was done already: its results go out, the rest waits for the next push. */
      if (is_transient (local) && push->results->len > 0)
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
remember (Push    *push,
          GError **error)
{
  return gx_db_run (gxs_batch_get_db (push->batch), error,
                    "UPDATE client SET last_mid = ?, ack_mid = MAX(ack_mid, ?), schema = ?, last_seen = ? WHERE id = ?", "iiniu",
                    push->last_mid, push->ack_mid, GX_SCHEMA, gxs_batch_get_now (push->batch), &push->client_id);
}

static void
write_answer (Push    *push,
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
  Push push = { .batch = batch, .authz = authz, .results = results };

  if (!read_head (&push, body, error)
      || !check_order (&push, error)
      || !take_all (&push, error)
      || !remember (&push, error))
    return FALSE;

  g_string_truncate (out_json, 0);
  write_answer (&push, out_json);
  return TRUE;
}
