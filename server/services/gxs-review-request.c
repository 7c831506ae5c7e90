/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request's rows: read, moved from state to state, locked, signed for, told about. No rule about who may is here.
 *
 * Every step between states hits exactly the row that was read (state, rev and lock_v), so two people deciding at once
 * cannot both succeed even without the one committer.
 */
#include "gxs-review-private.h"

#include "gx-catalog.h"
#include "gx-device.h"
#include "gx-json.h"
#include "gx-notification.h"
#include "gx-sign.h"
#include "gx-sql.h"

#include <string.h>

void
gxs_review_free (GxsReview *review)
{
  if (review->request != NULL)
    gx_entity_free (&gx_change_request_entity, review->request);
  if (review->written != NULL)
    gx_entity_free (&gx_change_request_entity, review->written);
  g_free (review->base_fv);
  g_free (review->before_j);
  g_free (review->after_j);
  g_free (review->reason);
  g_free (review->maker_sig);
  g_free (review);
}

static gboolean
load_revision (GxDb       *db,
               GxsReview  *review,
               GError    **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT base_v, base_fv, before_j, after_j, reason, maker_sig, at FROM cr_rev WHERE cr_id=? AND rev=?",
                 "ui", &review->request->meta.id, review->request->rev);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  if (!gx_statement_next (statement, &local))
    {
      if (local == NULL)
        return gx_fail (error, GX_ERROR_TAMPERED, "the request's revision is missing");
      g_propagate_error (error, local);
      return FALSE;
    }

  review->base_v = gx_statement_get_int (statement, 0);
  review->base_fv = g_strdup (gx_statement_get_text (statement, 1));
  review->before_j = g_strdup (gx_statement_get_text (statement, 2));
  review->after_j = g_strdup (gx_statement_get_text (statement, 3));
  review->reason = g_strdup (gx_statement_get_text (statement, 4));
  review->maker_sig = g_strdup (gx_statement_get_text (statement, 5));
  review->at = gx_statement_get_int (statement, 6);
  return TRUE;
}

/**
 * gxs_review_load:
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_NOT_FOUND
 */
GxsReview *
gxs_review_load (GxDb        *db,
                 const GxId  *cr_id,
                 GError     **error)
{
  g_autoptr(GxsReview) review = g_new0 (GxsReview, 1);

  review->request = gx_sql_load (db, &gx_change_request_entity, cr_id, error);
  if (review->request == NULL || !load_revision (db, review, error))
    return NULL;

  review->written = gx_entity_copy (&gx_change_request_entity, review->request);
  review->entity = gx_entity_by_name (review->request->tbl);
  if (review->entity == NULL)
    {
      gx_fail (error, GX_ERROR_SCHEMA, "%s", review->request->tbl);
      return NULL;
    }

  return g_steal_pointer (&review);
}

static gboolean
load_hashes (GxDb             *db,
             const GxsReview  *review,
             GPtrArray        *hashes,
             GError          **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT sha256 FROM cr_evidence WHERE cr_id=? AND rev=?", "ui",
                                                  &review->request->meta.id, review->request->rev);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (gx_statement_next (statement, &local))
    g_ptr_array_add (hashes, g_strdup (gx_statement_get_text (statement, 0)));
  g_ptr_array_add (hashes, NULL);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/**
 * gxs_review_digest:
 *
 * Returns: (transfer full) (nullable): the digest of the present revision, made of what the tables hold
 */
char *
gxs_review_digest (GxDb             *db,
                   const GxsReview  *review,
                   GError          **error)
{
  const GxChangeRequest *request = review->request;
  g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  gpointer row = gx_entity_new (review->entity);
  g_autofree char *wire = NULL;
  g_autoptr(JsonNode) after = NULL;
  g_autoptr(JsonNode) base = gx_json_parse (review->base_fv, -1, error);
  GxRequestContent content = { .kind = request->kind, .op = request->op, .table = request->tbl, .entity = request->entity_id,
                               .rev = request->rev, .reason = review->reason, .base = base };
  GxFieldSet fields;

  ((GxMeta *) row)->id = request->entity_id;
  if (base != NULL && gxs_form_read (db, review->entity, review->after_j, row, &fields, error))
    wire = gxs_form_wire (review->entity, row, fields);
  gx_entity_free (review->entity, row);
  if (wire == NULL || (after = gx_json_parse (wire, -1, error)) == NULL || !load_hashes (db, review, hashes, error))
    return NULL;

  content.after = after;
  content.evidence = (const char *const *) hashes->pdata;
  return gx_request_digest (&content);
}

/**
 * gxs_review_move:
 * @state: the next one; the same for a change of its times only
 * @review: (inout): whose rev, digest, due_at, escalated_at and applied_seq are written with the new state
 *
 * Errors: %GX_ERROR_STATE if the row is no longer as it was read
 */
gboolean
gxs_review_move (GxsBatch    *batch,
                 GxsReview   *review,
                 const char  *state,
                 GError     **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  GxChangeRequest *request = review->request;
  g_autoptr(GxStatement) statement =
    gx_db_prepare (db, "UPDATE change_request SET state=?, rev=?, digest=?, due_at=?, escalated_at=?, applied_seq=?,"
                   " lock_v=lock_v+1 WHERE id=? AND state=? AND lock_v=?", error);
  const gint64 optional[] = { request->due_at, request->escalated_at, 0 };

  if (statement == NULL)
    return FALSE;

  gx_statement_bind_text (statement, 1, state);
  gx_statement_bind_int (statement, 2, request->rev);
  gx_statement_bind_text (statement, 3, request->digest);
  for (guint i = 0; i < 2; i++)
    if (optional[i] != 0)
      gx_statement_bind_int (statement, 4 + (int) i, optional[i]);
    else
      gx_statement_bind_null (statement, 4 + (int) i);
  if (request->applied_seq != GX_INT_NONE)
    gx_statement_bind_int (statement, 6, request->applied_seq);
  else
    gx_statement_bind_null (statement, 6);
  gx_statement_bind_id (statement, 7, &request->meta.id);
  gx_statement_bind_text (statement, 8, request->state);
  gx_statement_bind_int (statement, 9, request->lock_v);
  if (!gx_statement_run (statement, error))
    return FALSE;
  if (gx_db_changes (db) != 1)
    return gx_fail (error, GX_ERROR_STATE, "somebody else moved the request");

  if (state != request->state)
    {
      g_free (request->state);
      request->state = g_strdup (state);
    }
  request->lock_v++;
  return TRUE;
}

/**
 * gxs_review_save:
 *
 * Gives the request a new version for the feed after its states were moved, or only its parts grew.
 */
gboolean
gxs_review_save (GxsBatch        *batch,
                 const GxsActor  *actor,
                 GxsReview       *review,
                 GError         **error)
{
  const GxEntity *entity = &gx_change_request_entity;
  GxFieldSet local = gx_entity_with_flags (entity, GX_LOCAL);
  gboolean done = (gx_entity_diff (entity, review->written, review->request) & ~local) != 0
                  ? gxs_write_update (batch, actor, entity, review->written, review->request, error)
                  : gxs_write_touch (batch, actor, entity, review->request, error);

  gx_entity_free (entity, review->written);
  review->written = gx_entity_copy (entity, review->request);
  return done;
}

gboolean
gxs_review_add_party (GxDb        *db,
                      const GxId  *cr_id,
                      const GxId  *person,
                      const char  *role,
                      GError     **error)
{
  return gx_db_run (db, error, "INSERT INTO cr_party(cr_id, person_id, role) VALUES(?, ?, ?)", "uut", cr_id, person, role);
}

/**
 * gxs_review_part_of:
 * @out_role: (out) (transfer full) (nullable): %NULL if the person has no part in it yet
 */
gboolean
gxs_review_part_of (GxDb        *db,
                    const GxId  *cr_id,
                    const GxId  *person,
                    char       **out_role,
                    GError     **error)
{
  return gx_db_query_text (db, out_role, error, "SELECT MAX(role) FROM cr_party WHERE cr_id=? AND person_id=?", "uu", cr_id, person);
}

gboolean
gxs_review_count_approvals (GxDb             *db,
                            const GxsReview  *review,
                            gint64           *out_n,
                            GError          **error)
{
  return gx_db_query_int (db, out_n, error, "SELECT COUNT(*) FROM cr_decision WHERE cr_id=? AND rev=? AND digest=?"
                          " AND verdict='approve'", "uit", &review->request->meta.id, review->request->rev,
                          review->request->digest);
}

/**
 * gxs_review_lock:
 * @row: the record, or the customer for what a customer has one of
 *
 * Errors: %GX_ERROR_FIELD_LOCKED if another open request holds it
 */
gboolean
gxs_review_lock (GxDb        *db,
                 const GxId  *cr_id,
                 const char  *tbl,
                 const GxId  *row,
                 const char  *field,
                 GError     **error)
{
  gint64 own, other;

  if (!gx_db_query_int (db, &other, error, "SELECT COUNT(*) FROM cr_field_lock WHERE tbl=? AND entity_id=? AND field=? AND cr_id<>?",
                        "tutu", tbl, row, field, cr_id)
      || !gx_db_query_int (db, &own, error, "SELECT COUNT(*) FROM cr_field_lock WHERE tbl=? AND entity_id=? AND field=? AND cr_id=?",
                           "tutu", tbl, row, field, cr_id))
    return FALSE;
  if (other > 0)
    return gx_fail_field (error, GX_ERROR_FIELD_LOCKED, field, "locked", "another request for this field is open");

  return own > 0
         || gx_db_run (db, error, "INSERT INTO cr_field_lock(tbl, entity_id, field, cr_id) VALUES(?, ?, ?, ?)", "tutu", tbl, row,
                       field, cr_id);
}

gboolean
gxs_review_unlock (GxDb        *db,
                   const GxId  *cr_id,
                   GError     **error)
{
  return gx_db_run (db, error, "DELETE FROM cr_field_lock WHERE cr_id=?", "u", cr_id);
}

static gboolean
load_key (GxDb            *db,
          const GxsAuthz  *authz,
          GxPublicKey     *out_key,
          GError         **error)
{
  g_autoptr(GxStatement) statement = NULL;
  GError *local = NULL;
  gconstpointer key;
  gsize length;

  if (gx_id_is_none (&authz->device_id))
    return gx_fail (error, GX_ERROR_DEVICE, "the session has no registered device");
  statement = gx_db_query (db, error, "SELECT pubkey_ed25519 FROM device WHERE id=? AND login_id=? AND status=? AND del=0", "uun",
                           &authz->device_id, &authz->login_id, GX_DEVICE_ACTIVE);
  if (statement == NULL)
    return FALSE;
  if (!gx_statement_next (statement, &local))
    {
      if (local == NULL)
        return gx_fail (error, GX_ERROR_DEVICE, "the device is not active, or not this login's");
      g_propagate_error (error, local);
      return FALSE;
    }

  key = gx_statement_get_blob (statement, 0, &length);
  if (length != sizeof out_key->b)
    return gx_fail (error, GX_ERROR_DEVICE, "the device has no key");
  memcpy (out_key->b, key, length);
  return TRUE;
}

/**
 * gxs_review_verify:
 * @request: its id, rev and digest are under the signature
 * @note: (nullable)
 *
 * Errors: %GX_ERROR_DEVICE if the session's device has no key in force, %GX_ERROR_SIGNATURE
 */
gboolean
gxs_review_verify (GxDb                   *db,
                   const GxsAuthz         *authz,
                   const GxChangeRequest  *request,
                   const char             *verdict,
                   const char             *note,
                   const char             *signature,
                   GError                **error)
{
  const GxDecision decision = { .request = request->meta.id, .rev = request->rev, .digest = request->digest,
                                .verdict = verdict, .note = note, .person = authz->employee_id };
  GxPublicKey key;

  return load_key (db, authz, &key, error) && gx_decision_verify (&decision, &key, signature, error);
}

/**
 * gxs_review_notify:
 *
 * Leaves a word for @employee: a code and the request, never a customer's data.
 */
gboolean
gxs_review_notify (GxsBatch         *batch,
                   const GxsActor   *actor,
                   const GxsReview  *review,
                   const GxId       *employee,
                   const char       *kind,
                   GError          **error)
{
  GxNotification *notification = gx_entity_new (&gx_notification_entity);
  gboolean done;

  notification->employee_id = *employee;
  notification->kind = g_strdup (kind);
  notification->params = g_strdup_printf ("{\"kind\":\"%s\"}", review->request->kind);
  notification->link = g_strdup_printf ("change_request/%s", GX_ID_STR (&review->request->meta.id));
  done = gxs_write_create (batch, actor, &gx_notification_entity, notification, error);

  gx_entity_free (&gx_notification_entity, notification);
  return done;
}

/**
 * gxs_review_log:
 * @note_code: (nullable): a word of ours about the step, never what somebody wrote
 *
 * The audit entry of one step: @actor's action, the state it led to, and what was signed.
 */
gboolean
gxs_review_log (GxsBatch         *batch,
                const GxsActor   *actor,
                const GxsReview  *review,
                const char       *note_code,
                GError          **error)
{
  const GxChangeRequest *request = review->request;
  g_autoptr(GString) extra = g_string_new (NULL);
  GxJsonWriter writer;
  GxsAuditEvent event = {
    .action = actor->action, .actor = actor->login_id, .device = actor->device_id, .session = actor->session_id,
    .entity = review->entity, .entity_id = request->entity_id, .cr_id = request->meta.id, .mut_id = actor->mut_id,
    .branch = request->branch_id, .seq = request->meta.v, .result = request->state,
  };

  gx_json_writer_init_canonical (&writer, extra);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "digest", request->digest);
  gx_json_writer_put_string (&writer, "kind", request->kind);
  if (note_code != NULL)
    gx_json_writer_put_string (&writer, "note", note_code);
  gx_json_writer_put_id (&writer, "person", &actor->employee_id);
  gx_json_writer_put_int (&writer, "rev", request->rev);
  gx_json_writer_end_object (&writer);
  event.extra = extra->str;

  return gxs_audit_append (batch, &event, error);
}

/**
 * gxs_review_answer:
 *
 * Returns: (transfer full): {"cr","digest","rev","state","v"}
 */
char *
gxs_review_answer (const GxsReview *review)
{
  GString *out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init_canonical (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_id (&writer, "cr", &review->request->meta.id);
  gx_json_writer_put_string (&writer, "digest", review->request->digest);
  gx_json_writer_put_int (&writer, "rev", review->request->rev);
  gx_json_writer_put_string (&writer, "state", review->request->state);
  gx_json_writer_put_int (&writer, "v", review->request->meta.v);
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

/**
 * gxs_review_actor:
 *
 * Writes of a request's own rows are told by one entry of gxs_review_log(), not one each.
 */
void
gxs_review_actor (const GxsAuthz *authz,
                  const char     *action,
                  const GxId     *cr_id,
                  GxsActor       *out_actor)
{
  *out_actor = (GxsActor) {
    .login_id = authz->login_id, .employee_id = authz->employee_id, .device_id = authz->device_id,
    .session_id = authz->session_id, .action = action, .cr_id = *cr_id, .unaudited = TRUE,
  };
}
