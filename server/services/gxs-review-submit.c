/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking for a reviewed change: submitting it, and submitting it again after it was returned or its base moved.
 *
 *   read the body → what it is about → may this person ask → what it may touch → does it make sense → base, evidence,
 *   signature → write request, party, revision, evidence, locks
 *
 * Everything is checked before anything is written, and what is checked is written as the guards will compare it. A base
 * that moved already is no refusal: the request comes in and is STALE at once, so that its maker can take it up again.
 */
#include "gxs-review-private.h"

#include "gx-attachment.h"
#include "gx-catalog.h"
#include "gx-check.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-entity-json.h"
#include "gx-hash.h"
#include "gx-identifier.h"
#include "gx-login.h"
#include "gx-sight.h"
#include "gx-sign.h"
#include "gx-sql.h"
#include "gx-text.h"
#include "gxs-bank-day.h"
#include "gxs-scope.h"

#include <string.h>

/**
 * Submission: one body, taken apart.
 */
typedef struct
{
  GxsBatch        *batch;       /* borrowed */
  const GxsAuthz  *authz;       /* borrowed */
  JsonObject      *body;        /* borrowed */
  GxsReview       *review;      /* borrowed: what is being filled */
  GxsReviewPolicy *policy;
  JsonNode        *after;       /* object, wire form; NULL = none */
  JsonNode        *base;        /* object */
  JsonArray       *evidence;
  const char      *signature;
  const char      *digest;
  gpointer         current;     /* the row as it is, NULL for a create */
  gpointer         proposed;    /* the row as it shall be */
  GxFieldSet       fields;      /* of after */
  GxsHolders       holders;
} Submission;

static void
submission_clear (Submission *submission)
{
  const GxEntity *entity = submission->review != NULL ? submission->review->entity : NULL;

  g_clear_pointer (&submission->policy, gxs_review_policy_free);
  g_clear_pointer (&submission->after, json_node_unref);
  g_clear_pointer (&submission->base, json_node_unref);
  g_clear_pointer (&submission->evidence, json_array_unref);
  if (submission->current != NULL)
    gx_entity_free (entity, submission->current);
  if (submission->proposed != NULL)
    gx_entity_free (entity, submission->proposed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Submission, submission_clear)

static gboolean
is_op (const Submission *submission,
       const char       *op)
{
  return strcmp (submission->review->request->op, op) == 0;
}

static GxDb *
db_of (const Submission *submission)
{
  return gxs_batch_get_db (submission->batch);
}

/* ---- the body ---- */

static gboolean
read_object (JsonObject  *body,
             const char  *name,
             JsonNode   **out_node,
             GError     **error)
{
  JsonObject *object = NULL;

  if (!gx_json_opt_object (body, name, &object, error))
    return FALSE;
  if (object == NULL)
    return TRUE;

  g_clear_pointer (out_node, json_node_unref);
  *out_node = json_node_init_object (json_node_alloc (), object);
  return TRUE;
}

static gboolean
read_content (Submission  *submission,
              GError     **error)
{
  GxsReview *review = submission->review;
  const char *reason = review->reason;
  JsonArray *evidence = NULL;

  if (!read_object (submission->body, "after", &submission->after, error)
      || !read_object (submission->body, "base", &submission->base, error)
      || !gx_json_opt_int (submission->body, "base_v", &review->base_v, error)
      || !gx_json_opt_string (submission->body, "reason", &reason, error)
      || !gx_json_opt_array (submission->body, "evidence", &evidence, error)
      || !gx_json_get_string (submission->body, "digest", &submission->digest, error)
      || !gx_json_get_string (submission->body, "sig", &submission->signature, error))
    return FALSE;

  gx_set_str (&review->reason, reason);
  if (evidence != NULL)
    {
      g_clear_pointer (&submission->evidence, json_array_unref);
      submission->evidence = json_array_ref (evidence);
    }
  if (submission->base == NULL)
    submission->base = json_node_init_object (json_node_alloc (), json_object_new ());
  return TRUE;
}

static gboolean
read_subject (Submission  *submission,
              GError     **error)
{
  static const char *const members[] = { "kind", "op", "tbl", "entity_id", "after", "base", "base_v", "reason", "evidence", "rev",
                                         "digest", "sig", NULL };
  GxChangeRequest *request = submission->review->request;
  const char *kind, *op, *tbl;

  if (!gx_json_allow_members (submission->body, members, error)
      || !gx_json_get_string (submission->body, "kind", &kind, error)
      || !gx_json_get_string (submission->body, "op", &op, error)
      || !gx_json_get_string (submission->body, "tbl", &tbl, error)
      || !gx_json_get_id (submission->body, "entity_id", &request->entity_id, error)
      || !gx_json_get_int (submission->body, "rev", &request->rev, error))
    return FALSE;
  if (gx_choice_find (gx_review_ops, op) <= 0)
    return gx_fail_field (error, GX_ERROR_SCHEMA, "op", "schema", "there is no operation %s", op);
  if (request->rev != 1)
    return gx_fail_field (error, GX_ERROR_INVALID, "rev", "first", "a new request is revision 1");

  request->kind = g_strdup (kind);
  request->op = g_strdup (op);
  request->tbl = g_strdup (tbl);
  submission->review->entity = gx_entity_by_name (tbl);
  if (submission->review->entity == NULL || !submission->review->entity->reviewed
      || !gx_entity_is_customer_data (submission->review->entity))
    return gx_fail_field (error, GX_ERROR_SCHEMA, "tbl", "schema", "no review of %s", tbl);

  return TRUE;
}

/* ---- what it is about ---- */

static gboolean
load_row (Submission  *submission,
          GError     **error)
{
  GxsReview *review = submission->review;
  const GxMeta *meta;

  if (!gx_sql_find (db_of (submission), review->entity, &review->request->entity_id, &submission->current, error))
    return FALSE;

  meta = submission->current;
  if (is_op (submission, "create"))
    {
      if (meta != NULL)
        return gx_fail_field (error, GX_ERROR_EXISTS, "entity_id", "new", "there is such a %s already", review->entity->name);
      submission->proposed = gx_entity_new (review->entity);
      ((GxMeta *) submission->proposed)->id = review->request->entity_id;
      return TRUE;
    }
  if (meta == NULL || meta->del)
    return gx_fail_field (error, GX_ERROR_NOT_FOUND, "entity_id", "exists", "there is no such %s", review->entity->name);

  submission->proposed = gx_entity_copy (review->entity, submission->current);
  return TRUE;
}

static gboolean
read_after (Submission  *submission,
            GError     **error)
{
  GxFieldSet meta = GX_FIELD_BIT (gx_entity_first_own (submission->review->entity)) - 1;

  if (is_op (submission, "delete"))
    {
      if (submission->after != NULL && json_object_get_size (json_node_get_object (submission->after)) > 0)
        return gx_fail_field (error, GX_ERROR_INVALID, "after", "empty", "a removal has no values");
      return TRUE;
    }
  if (submission->after == NULL)
    return gx_fail_field (error, GX_ERROR_INVALID, "after", "required", "the request asks for nothing");
  if (!gx_entity_from_json (submission->review->entity, json_node_get_object (submission->after), submission->proposed,
                            &submission->fields, error))
    return FALSE;
  if (submission->fields & meta)
    return gx_fail_field (error, GX_ERROR_FIELD, "after", "server", "a row's head is the server's");
  if (submission->fields == 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "after", "required", "the request asks for nothing");

  return TRUE;
}

/* ---- who may ask ---- */

/* What becomes of the customer as a whole is its own manager's to ask for, or the branch's; the wealth manager's is not. */
static const char *const of_its_manager[] = { "customer.transfer", "customer.wealth_mgr", "tier.change", NULL };

static gboolean
check_maker (Submission  *submission,
             GError     **error)
{
  const GxsAuthz *authz = submission->authz;
  GxsHolder *holder = &submission->holders.of[0];
  gboolean covers;

  /* Whose the customer is now, not whose it would become: nobody may ask another's customers over to himself. */
  if (!gxs_holders_load (db_of (submission), submission->review->entity,
                         submission->current != NULL ? submission->current : submission->proposed, &submission->holders, error))
    return FALSE;
  if (!holder->live)
    return gx_fail_field (error, GX_ERROR_NOT_FOUND, "entity_id", "exists", "there is no such customer");

  covers = gxs_authz_covers_path (authz, holder->org_path);
  if (!gx_role_can (authz->roles, GX_CAN_MAKE_CR) || !(covers || gxs_authz_manages (authz, &submission->holders)))
    return gx_fail (error, GX_ERROR_FORBIDDEN, "the customer is not yours to ask for");
  if (g_strv_contains (of_its_manager, submission->review->request->kind)
      && !gx_id_equal (&holder->primary_rm_id, &authz->employee_id)
      && !(covers && gx_role_can (authz->roles, GX_CAN_TRANSFER)))
    return gx_fail (error, GX_ERROR_FORBIDDEN, "only the customer's own manager or the branch's asks for that");

  return TRUE;
}

/* ---- what it may touch ---- */

static gboolean
has_field_of (const GxEntity *entity,
              const char     *kind)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (g_strcmp0 (entity->fields[i].review, kind) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
check_field (const Submission  *submission,
             const GxField     *field,
             GError           **error)
{
  const char *kind = submission->review->request->kind;
  g_autofree char *mask = NULL;

  if (field->flags & (GX_LOCAL | GX_COMPOSED)
      || (is_op (submission, "create") ? (field->flags & GX_SERVER) != 0 : g_strcmp0 (field->review, kind) != 0))
    return gx_fail_field (error, GX_ERROR_FIELD, field->name, "review", "%s is not what %s is about", field->name, kind);
  if (field->mask == NULL || submission->current == NULL || gx_field_is_none (field, submission->current))
    return TRUE;

  mask = field->mask (*(char *const *) gx_field_member (field, submission->current));
  if (!gx_field_equal (field, submission->current, submission->proposed)
      && g_strcmp0 (mask, *(char *const *) gx_field_member (field, submission->proposed)) == 0)
    return gx_fail_field (error, GX_ERROR_FIELD, field->name, "masked", "a mask is no value");

  return TRUE;
}

/* Rows come and go by review where they stand for the customer: papers and primary contacts; a removal is one wherever
 * some field is reviewed, the customer excepted. */
static gboolean
takes_op (const Submission *submission)
{
  const GxEntity *entity = submission->review->entity;

  if (is_op (submission, "create"))
    return entity == &gx_identifier_entity || entity == &gx_contact_point_entity;

  return is_op (submission, "patch") || entity != &gx_customer_entity;
}

static gboolean
check_fields (const Submission  *submission,
              GError           **error)
{
  const GxEntity *entity = submission->review->entity;

  if (!has_field_of (entity, submission->review->request->kind))
    return gx_fail_field (error, GX_ERROR_SCHEMA, "kind", "schema", "%s is not about %s", submission->review->request->kind,
                          entity->name);
  if (!takes_op (submission))
    return gx_fail_field (error, GX_ERROR_SCHEMA, "op", "schema", "%s is not done to %s by review",
                          submission->review->request->op, entity->name);

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    if ((submission->fields & GX_FIELD_BIT (i)) && !check_field (submission, gx_entity_field (entity, i), error))
      return FALSE;
  if (is_op (submission, "patch")
      && (gx_entity_diff (entity, submission->current, submission->proposed) & submission->fields) == 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "after", "changes", "nothing would change");

  return TRUE;
}

/* ---- does it make sense ---- */

static gboolean
is_of_unit (GxDb        *db,
            const GxId  *employee,
            const GxId  *unit,
            const char  *field,
            GError     **error)
{
  gint64 n;

  if (!gx_db_query_int (db, &n, error, "SELECT COUNT(*) FROM employee WHERE id=? AND org_id=? AND status=1 AND del=0", "uu",
                        employee, unit))
    return FALSE;
  if (n == 0)
    return gx_fail_field (error, GX_ERROR_INVALID, field, "R-DUAL", "must be a person at work in the customer's unit");

  return TRUE;
}

static gboolean
check_transfer (const Submission  *submission,
                GError           **error)
{
  const GxCustomer *before = submission->current, *after = submission->proposed;

  if (!gx_id_equal (&before->org_id, &after->org_id))
    return gx_fail_field (error, GX_ERROR_INVALID, "org_id", "R-DUAL", "a customer moves inside its unit only");
  if (gx_id_is_none (&after->primary_rm_id))
    return gx_fail_field (error, GX_ERROR_INVALID, "primary_rm_id", "required", "a customer has a manager");

  return is_of_unit (db_of (submission), &after->primary_rm_id, &after->org_id, "primary_rm_id", error);
}

static gboolean
check_wealth_mgr (const Submission  *submission,
                  GError           **error)
{
  const GxCustomer *after = submission->proposed;

  return gx_id_is_none (&after->wealth_mgr_id)
         || is_of_unit (db_of (submission), &after->wealth_mgr_id, &after->org_id, "wealth_mgr_id", error);
}

static gboolean
check_activate (const Submission  *submission,
                GError           **error)
{
  const GxCustomer *before = submission->current, *after = submission->proposed;

  if (before->status != GX_CUSTOMER_PROSPECT)
    return gx_fail_field (error, GX_ERROR_STATE, "status", "domain-5", "only a prospect is activated");
  if (after->status != GX_CUSTOMER_ACTIVE)
    return gx_fail_field (error, GX_ERROR_INVALID, "status", "domain-5", "a prospect becomes ACTIVE");

  return TRUE;
}

static const struct
{
  const char *kind;
  gboolean  (*check) (const Submission *submission, GError **error);
} kind_checks[] = {
  { "customer.transfer", check_transfer },
  { "customer.wealth_mgr", check_wealth_mgr },
  { "customer.activate", check_activate },
};

/* What is signed for must be what will be written, so it has to come in its normal form. */
static gboolean
check_normal (const Submission  *submission,
              GError           **error)
{
  const GxEntity *entity = submission->review->entity;
  gpointer normal = gx_entity_copy (entity, submission->proposed);
  GxFieldSet differs;

  gx_check_normalize (entity, normal);
  differs = gx_entity_diff (entity, submission->proposed, normal) & submission->fields;
  gx_entity_free (entity, normal);
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    if (differs & GX_FIELD_BIT (i))
      return gx_fail_field (error, GX_ERROR_INVALID, gx_entity_field (entity, i)->name, "normal-form",
                            "%s must come without spaces and the like", gx_entity_field (entity, i)->name);

  return TRUE;
}

/* One value has one form, so that the digest can be made again of what is kept. */
static gboolean
check_form (const Submission  *submission,
            GError           **error)
{
  g_autofree char *given = gx_json_canonical (submission->after);
  g_autofree char *kept = gxs_form_wire (submission->review->entity, submission->proposed, submission->fields);

  return strcmp (given, kept) == 0
         || gx_fail_field (error, GX_ERROR_INVALID, "after", "normal-form", "a value is not written in its one form");
}

/* What a request names must be there: a key that is looked at only at COMMIT would make it one that nobody can approve. */
static gboolean
check_references (const Submission  *submission,
                  GError           **error)
{
  const GxEntity *entity = submission->review->entity;

  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);
      const GxId *id = gx_field_member (field, submission->proposed);
      g_autofree char *sql = NULL;
      gint64 n;

      if (!(submission->fields & GX_FIELD_BIT (i)) || field->kind != GX_KIND_ID || field->entity == NULL || gx_id_is_none (id))
        continue;
      sql = g_strdup_printf ("SELECT COUNT(*) FROM %s WHERE id=? AND del=0", field->entity);
      if (!gx_db_query_int (db_of (submission), &n, error, sql, "u", id))
        return FALSE;
      if (n == 0)
        return gx_fail_field (error, GX_ERROR_INVALID, field->name, "reference", "there is no such %s", field->entity);
    }

  return TRUE;
}

static gboolean
check_values (const Submission  *submission,
              GError           **error)
{
  const GxEntity *entity = submission->review->entity;
  gint32 today = gxs_bank_day_today (submission->batch);
  GxFieldSet fields = is_op (submission, "create") ? ~(GxFieldSet) 0 << gx_entity_first_own (entity) : submission->fields;

  if (is_op (submission, "delete"))
    return TRUE;
  if (!check_normal (submission, error)
      || !check_form (submission, error)
      || !check_references (submission, error)
      || !gx_entity_validate (entity, submission->proposed, fields & (GX_FIELD_BIT (gx_entity_n_fields (entity) - 1) * 2 - 1), error)
      || !gx_check_entity (entity, submission->proposed, today, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (kind_checks); i++)
    if (strcmp (kind_checks[i].kind, submission->review->request->kind) == 0 && !kind_checks[i].check (submission, error))
      return FALSE;
  return TRUE;
}

/* ---- base, evidence, signature ---- */

/* A base names the fields of the request and nothing that is not there yet: else it could never be found stale. */
static gboolean
check_base (Submission  *submission,
            GError     **error)
{
  GxsReview *review = submission->review;
  JsonObject *base = json_node_get_object (submission->base);
  gint64 v = submission->current != NULL ? ((GxMeta *) submission->current)->v : 0;

  if (review->base_v < 0 || review->base_v > v || (v > 0 && review->base_v == 0))
    return gx_fail_field (error, GX_ERROR_INVALID, "base_v", "base", "the base is no version of the record");
  if (!is_op (submission, "patch"))
    return json_object_get_size (base) == 0
           || gx_fail_field (error, GX_ERROR_INVALID, "base", "base", "only a change has bases of fields");

  for (guint i = 0; i < gx_entity_n_fields (review->entity); i++)
    {
      const char *name = gx_entity_field (review->entity, i)->name;
      gint64 seq = -1;

      if (!(submission->fields & GX_FIELD_BIT (i)))
        continue;
      if (!gx_json_get_int (base, name, &seq, error))
        return FALSE;
      if (seq < 1 || seq > v)
        return gx_fail_field (error, GX_ERROR_INVALID, name, "base", "the base is no version of the record");
    }

  g_free (review->base_fv);
  review->base_fv = gx_json_canonical (submission->base);
  return json_object_get_size (base) == (guint) __builtin_popcountll (submission->fields)
         || gx_fail_field (error, GX_ERROR_INVALID, "base", "base", "the base names other fields than the request");
}

static gboolean
read_evidence (JsonArray    *evidence,
               guint         index,
               const char  **out_sha256,
               const char  **out_kind,
               GError      **error)
{
  JsonObject *object;

  if (!gx_json_item_object (evidence, index, "evidence", &object, error)
      || !gx_json_get_string (object, "sha256", out_sha256, error)
      || !gx_json_get_string (object, "kind", out_kind, error))
    return FALSE;
  if (strlen (*out_sha256) != 64 || strspn (*out_sha256, "0123456789abcdef") != 64)
    return gx_fail_field (error, GX_ERROR_INVALID, "evidence", "sha256", "evidence is named by its SHA-256");
  if (gx_choice_find (gx_attachment_kinds, *out_kind) <= 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "evidence", "kind", "there is no evidence of kind %s", *out_kind);

  return TRUE;
}

/* Evidence is what the maker has sent, or has shown in this request before: naming somebody else's paper by its hash would
 * open it to him. */
static gboolean
is_blob_there (const Submission  *submission,
               const char        *sha256,
               GError           **error)
{
  gint64 n;

  if (!gx_db_query_int (db_of (submission), &n, error, "SELECT COUNT(*) FROM blob b WHERE b.sha256=? AND b.state='DONE' AND"
                        " (EXISTS(SELECT 1 FROM blob_ref r JOIN login l ON l.id=r.id WHERE r.sha256=b.sha256 AND r.tbl=?"
                        " AND l.employee_id=?) OR EXISTS(SELECT 1 FROM cr_evidence e WHERE e.cr_id=? AND e.sha256=b.sha256))",
                        "tnuu", sha256, (int) gx_login_entity.number, &submission->authz->employee_id,
                        &submission->review->request->meta.id))
    return FALSE;

  return n > 0 || gx_fail_field (error, GX_ERROR_EVIDENCE, "evidence", "uploaded", "the evidence was not uploaded");
}

static gboolean
check_evidence (const Submission  *submission,
                GError           **error)
{
  guint n = submission->evidence != NULL ? json_array_get_length (submission->evidence) : 0;
  g_autoptr(GHashTable) counted = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      const char *sha256, *kind;

      if (!read_evidence (submission->evidence, i, &sha256, &kind, error) || !is_blob_there (submission, sha256, error))
        return FALSE;
      if (gxs_review_policy_takes (submission->review->request->kind, kind))
        g_hash_table_add (counted, (gpointer) sha256);
    }

  return g_hash_table_size (counted) >= submission->policy->evidence_min
         || gx_fail_field (error, GX_ERROR_EVIDENCE, "evidence", "least", "%s needs evidence",
                           submission->review->request->kind);
}

static char *
digest_of (const Submission *submission)
{
  const GxChangeRequest *request = submission->review->request;
  guint n = submission->evidence != NULL ? json_array_get_length (submission->evidence) : 0;
  g_autoptr(GPtrArray) hashes = g_ptr_array_new ();
  GxRequestContent content = {
    .kind = request->kind, .op = request->op, .table = request->tbl, .entity = request->entity_id, .rev = request->rev,
    .reason = submission->review->reason, .after = submission->after, .base = submission->base,
  };

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (hashes, (gpointer) json_object_get_string_member (json_array_get_object_element (submission->evidence, i),
                                                                       "sha256"));
  g_ptr_array_add (hashes, NULL);
  content.evidence = (const char *const *) hashes->pdata;

  return gx_request_digest (&content);
}

static gboolean
check_signature (Submission  *submission,
                 GError     **error)
{
  GxsReview *review = submission->review;
  g_autofree char *digest = digest_of (submission);

  if (strcmp (digest, submission->digest) != 0)
    return gx_fail_field (error, GX_ERROR_SIGNATURE, "digest", "digest", "the digest is not that of the request");

  g_free (review->request->digest);
  review->request->digest = g_steal_pointer (&digest);
  gx_set_str (&review->maker_sig, submission->signature);
  return gxs_review_verify (db_of (submission), submission->authz, review->request, "submit", NULL, submission->signature, error);
}

static gboolean
check_reason (const Submission  *submission,
              GError           **error)
{
  g_autofree char *reason = g_strdup (submission->review->reason != NULL ? submission->review->reason : "");

  if (g_utf8_strlen (g_strstrip (reason), -1) < GXS_REASON_MIN)
    return gx_fail_field (error, GX_ERROR_INVALID, "reason", "R-DUAL", "a reason has %d characters or more", GXS_REASON_MIN);

  return TRUE;
}

static gboolean
check_all (Submission  *submission,
           GError     **error)
{
  return load_row (submission, error)
         && read_after (submission, error)
         && check_maker (submission, error)
         && check_fields (submission, error)
         && check_values (submission, error)
         && check_reason (submission, error)
         && check_base (submission, error)
         && check_evidence (submission, error)
         && check_signature (submission, error);
}

/* ---- writing ---- */

static gboolean
write_revision (Submission  *submission,
                GError     **error)
{
  GxsReview *review = submission->review;
  GxDb *db = db_of (submission);
  g_autofree char *before_wire = NULL;
  g_autofree char *before_sha = NULL;

  review->at = gxs_batch_get_now (submission->batch);
  g_free (review->before_j);
  g_free (review->after_j);
  review->before_j = submission->current != NULL
                     ? gxs_form_write (db, review->entity, submission->current, submission->fields) : g_strdup ("{}");
  review->after_j = gxs_form_write (db, review->entity, submission->proposed, submission->fields);
  before_wire = submission->current != NULL
                ? gxs_form_wire (review->entity, submission->current, submission->fields) : g_strdup ("{}");
  before_sha = gx_sha256_hex (before_wire, -1);

  return gx_db_run (db, error, "INSERT INTO cr_rev(cr_id, rev, base_v, base_fv, before_j, before_sha, after_j, reason, digest,"
                    " maker_sig, at) VALUES(?,?,?,?,?,?,?,?,?,?,?)", "uiittttttti", &review->request->meta.id,
                    review->request->rev, review->base_v, review->base_fv, review->before_j, before_sha, review->after_j,
                    review->reason, review->request->digest, review->maker_sig, review->at);
}

static gboolean
write_evidence (Submission  *submission,
                GError     **error)
{
  const GxChangeRequest *request = submission->review->request;
  guint n = submission->evidence != NULL ? json_array_get_length (submission->evidence) : 0;
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      const char *sha256, *kind;

      if (!read_evidence (submission->evidence, i, &sha256, &kind, error))
        return FALSE;
      if (!g_hash_table_add (seen, (gpointer) sha256))
        continue;
      if (!gx_db_run (db_of (submission), error, "INSERT INTO cr_evidence(cr_id, rev, sha256, kind, added_by, added_role)"
                      " VALUES(?,?,?,?,?,'maker')", "uittu", &request->meta.id, request->rev, sha256, kind, &request->maker_id)
          || !gx_db_run (db_of (submission), error, "INSERT INTO blob_ref(sha256, tbl, id) SELECT ?,?,? WHERE NOT EXISTS"
                         " (SELECT 1 FROM blob_ref WHERE sha256=? AND tbl=? AND id=?)", "tnutnu", sha256,
                         (int) gx_change_request_entity.number, &request->meta.id, sha256,
                         (int) gx_change_request_entity.number, &request->meta.id))
        return FALSE;
    }

  return TRUE;
}

/* What a customer has one of is locked by the customer, so that two requests cannot both bring it. */
static gboolean
lock_group (Submission  *submission,
            GError     **error)
{
  const GxsReview *review = submission->review;
  const GxId *customer = &submission->holders.of[0].id;
  const GxField *kind = gx_entity_find (review->entity, "kind");
  g_autofree char *word = NULL;
  g_autofree char *name = NULL;

  if (review->entity != &gx_contact_point_entity && review->entity != &gx_identifier_entity)
    return TRUE;
  if (is_op (submission, "patch") && review->entity == &gx_contact_point_entity
      && !(submission->fields & GX_FIELD_BIT (gx_entity_index_of (review->entity, "is_primary"))))
    return TRUE;

  word = gx_field_to_text (kind, submission->proposed);
  name = g_strconcat (review->entity == &gx_contact_point_entity ? "primary:" : "number:", word, NULL);
  if (is_op (submission, "patch") && review->entity == &gx_identifier_entity)
    return TRUE;
  return gxs_review_lock (db_of (submission), &review->request->meta.id, review->entity->name, customer, name, error);
}

static gboolean
write_locks (Submission  *submission,
             GError     **error)
{
  const GxsReview *review = submission->review;

  if (is_op (submission, "patch"))
    for (guint i = 0; i < gx_entity_n_fields (review->entity); i++)
      if ((submission->fields & GX_FIELD_BIT (i))
          && !gxs_review_lock (db_of (submission), &review->request->meta.id, review->entity->name,
                               &review->request->entity_id, gx_entity_field (review->entity, i)->name, error))
        return FALSE;
  if (is_op (submission, "delete")
      && !gxs_review_lock (db_of (submission), &review->request->meta.id, review->entity->name, &review->request->entity_id,
                           "del", error))
    return FALSE;

  return lock_group (submission, error);
}

static void
set_times (Submission *submission)
{
  GxChangeRequest *request = submission->review->request;

  request->due_at = gxs_batch_get_now (submission->batch) + submission->policy->escalate_h * G_GINT64_CONSTANT (3600000);
  request->escalated_at = 0;
}

/* Either checkers hear of it, or its maker that it came too late. */
static gboolean
settle (Submission      *submission,
        const GxsActor  *actor,
        GError         **error)
{
  GxsReview *review = submission->review;
  gboolean stale;

  if (!gxs_review_is_stale (db_of (submission), review, &stale, error))
    return FALSE;
  if (stale)
    return gxs_review_move (submission->batch, review, "STALE", error)
           && gxs_review_notify (submission->batch, actor, review, &review->request->maker_id, "CR_STALE", error);

  return gxs_review_notify_step (submission->batch, actor, review, g_ptr_array_index (submission->policy->steps, 0),
                                 "CR_TO_CHECK", error);
}

static gboolean
write_new (Submission      *submission,
           const GxsActor  *actor,
           GError         **error)
{
  GxsReview *review = submission->review;
  GxChangeRequest *request = review->request;
  GxDb *db = db_of (submission);

  request->branch_id = submission->holders.of[0].org_id;
  request->lock_v = 1;
  request->state = g_strdup ("PENDING");
  request->maker_id = submission->authz->employee_id;
  request->maker_role = g_strdup ("maker");
  request->required_n = submission->policy->steps->len;
  request->strict = submission->policy->strict;
  set_times (submission);

  if (!gxs_write_create (submission->batch, actor, &gx_change_request_entity, request, error))
    return FALSE;
  review->written = gx_entity_copy (&gx_change_request_entity, request);

  return gxs_review_add_party (db, &request->meta.id, &request->maker_id, "maker", error)
         && write_revision (submission, error)
         && write_evidence (submission, error)
         && write_locks (submission, error)
         && settle (submission, actor, error);
}

static gboolean
is_new_id (GxDb        *db,
           const GxId  *cr_id,
           GError     **error)
{
  gint64 n;

  if (!gx_db_query_int (db, &n, error, "SELECT COUNT(*) FROM change_request WHERE id=?", "u", cr_id))
    return FALSE;

  return n == 0 || gx_fail_field (error, GX_ERROR_EXISTS, "id", "new", "there is such a request already");
}

/**
 * gxs_review_submit:
 * @mut_id: of the client's mutation, none for POST /v1/cr
 * @set: kind, op, tbl, entity_id, after, base, base_v, reason, evidence, rev = 1, digest, sig; the maker signs the verdict
 *   "submit" without a note
 * @out_json: (out) (transfer full): gxs_review_answer(); state PENDING, or STALE if the base had moved
 * @out_seq: (out) (optional): the request's version
 *
 * Errors: %GX_ERROR_SCHEMA, %GX_ERROR_FIELD, %GX_ERROR_INVALID, %GX_ERROR_NOT_FOUND, %GX_ERROR_FORBIDDEN, %GX_ERROR_EVIDENCE,
 * %GX_ERROR_FIELD_LOCKED, %GX_ERROR_DEVICE, %GX_ERROR_SIGNATURE, %GX_ERROR_STATE, %GX_ERROR_EXISTS
 */
gboolean
gxs_review_submit (GxsBatch        *batch,
                   const GxsAuthz  *authz,
                   const GxId      *cr_id,
                   const GxId      *mut_id,
                   JsonObject      *set,
                   char           **out_json,
                   gint64          *out_seq,
                   GError         **error)
{
  g_autoptr(GxsReview) review = g_new0 (GxsReview, 1);
  g_auto(Submission) submission = { .batch = batch, .authz = authz, .body = set, .review = review };
  GxsActor actor;

  review->request = gx_entity_new (&gx_change_request_entity);
  review->request->meta.id = *cr_id;
  review->base_fv = g_strdup ("{}");
  gxs_review_actor (authz, "cr.submit", cr_id, &actor);
  actor.mut_id = *mut_id;

  if (!is_new_id (gxs_batch_get_db (batch), cr_id, error)
      || !read_subject (&submission, error)
      || (submission.policy = gxs_review_policy_load (gxs_batch_get_db (batch), review->request->kind, error)) == NULL
      || !read_content (&submission, error)
      || !check_all (&submission, error)
      || !write_new (&submission, &actor, error)
      || (strcmp (review->request->state, "PENDING") != 0 && !gxs_review_save (batch, &actor, review, error))
      || !gxs_review_log (batch, &actor, review, NULL, error))
    return FALSE;

  *out_json = gxs_review_answer (review);
  if (out_seq != NULL)
    *out_seq = review->request->meta.v;
  return TRUE;
}

/* ---- once more ---- */

/* The last revision's content stands where the body says nothing. */
static gboolean
recall_content (Submission  *submission,
                GError     **error)
{
  GxsReview *review = submission->review;
  gpointer row = gx_entity_new (review->entity);
  g_autofree char *wire = NULL;
  g_autoptr(GxStatement) statement = NULL;
  GxFieldSet fields = 0;
  GError *local = NULL;

  ((GxMeta *) row)->id = review->request->entity_id;
  if (gxs_form_read (db_of (submission), review->entity, review->after_j, row, &fields, error))
    wire = gxs_form_wire (review->entity, row, fields);
  gx_entity_free (review->entity, row);
  if (wire == NULL || (submission->after = gx_json_parse (wire, -1, error)) == NULL)
    return FALSE;

  submission->base = gx_json_parse (review->base_fv, -1, error);
  submission->evidence = json_array_new ();
  statement = gx_db_query (db_of (submission), error, "SELECT sha256, kind FROM cr_evidence WHERE cr_id=? AND rev=? ORDER BY sha256",
                           "ui", &review->request->meta.id, review->request->rev);
  if (submission->base == NULL || statement == NULL)
    return FALSE;
  while (gx_statement_next (statement, &local))
    {
      JsonObject *item = json_object_new ();

      json_object_set_string_member (item, "sha256", gx_statement_get_text (statement, 0));
      json_object_set_string_member (item, "kind", gx_statement_get_text (statement, 1));
      json_array_add_object_element (submission->evidence, item);
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
take_up (Submission  *submission,
         const char  *from,
         GError     **error)
{
  static const char *const members[] = { "after", "base", "base_v", "reason", "evidence", "rev", "digest", "sig", NULL };
  GxChangeRequest *request = submission->review->request;
  gint64 rev;

  if (!gx_id_equal (&request->maker_id, &submission->authz->employee_id))
    return gx_fail (error, GX_ERROR_FORBIDDEN, "only its maker takes a request up again");
  if (strcmp (request->state, from) != 0)
    return gx_fail (error, GX_ERROR_STATE, "the request is %s, not %s", request->state, from);
  if (!gx_json_allow_members (submission->body, members, error) || !gx_json_get_int (submission->body, "rev", &rev, error))
    return FALSE;
  if (rev != request->rev + 1)
    return gx_fail_field (error, GX_ERROR_CHANGED, "rev", "next", "the next revision is %" G_GINT64_FORMAT, request->rev + 1);
  if (!recall_content (submission, error))
    return FALSE;

  request->rev = rev;
  return read_content (submission, error) && check_all (submission, error);
}

static gboolean
resubmit (GxsBatch        *batch,
          const GxsAuthz  *authz,
          const GxId      *cr_id,
          const char      *from,
          const char      *action,
          JsonObject      *body,
          char           **out_json,
          GError         **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  g_autoptr(GxsReview) review = gxs_review_load (db, cr_id, error);
  g_auto(Submission) submission = { .batch = batch, .authz = authz, .body = body, .review = review };
  GxsActor actor;

  if (review == NULL || (submission.policy = gxs_review_policy_load (db, review->request->kind, error)) == NULL)
    return FALSE;

  gxs_review_actor (authz, action, cr_id, &actor);
  if (!take_up (&submission, from, error))
    return FALSE;
  set_times (&submission);
  if (!write_revision (&submission, error)
      || !write_evidence (&submission, error)
      || !write_locks (&submission, error)
      || !gxs_review_move (batch, review, "PENDING", error)
      || !settle (&submission, &actor, error)
      || !gxs_review_save (batch, &actor, review, error)
      || !gxs_review_log (batch, &actor, review, NULL, error))
    return FALSE;

  *out_json = gxs_review_answer (review);
  return TRUE;
}

/**
 * gxs_review_rebase:
 * @body: rev (the next), base, base_v, digest, sig; after, reason and evidence stay as they are unless they are there
 *
 * STALE → PENDING, over the record as it is now. Every approval so far is void.
 */
gboolean
gxs_review_rebase (GxsBatch        *batch,
                   const GxsAuthz  *authz,
                   const GxId      *cr_id,
                   JsonObject      *body,
                   char           **out_json,
                   GError         **error)
{
  return resubmit (batch, authz, cr_id, "STALE", "cr.rebase", body, out_json, error);
}

/**
 * gxs_review_revise:
 * @body: as of gxs_review_rebase()
 *
 * RETURNED → PENDING, with what the checker asked for.
 */
gboolean
gxs_review_revise (GxsBatch        *batch,
                   const GxsAuthz  *authz,
                   const GxId      *cr_id,
                   JsonObject      *body,
                   char           **out_json,
                   GError         **error)
{
  return resubmit (batch, authz, cr_id, "RETURNED", "cr.revise", body, out_json, error);
}
