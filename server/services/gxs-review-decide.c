/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deciding a request, and taking one back. Four eyes are two people: a person is an employee, whatever login is used.
 *
 * A decision is about what its maker signed and its checker saw (rev and digest), is signed itself, and is made online by
 * somebody who has just entered the password. That the base moved is not the checker's fault: the request turns STALE and
 * the answer says so.
 */
#include "gx-bug.h"
#include "gxs-review-private.h"

#include "gx-customer.h"
#include "gx-json.h"

#include <string.h>

/**
 * Decision: one body, taken apart, on its way.
 */
typedef struct
{
  GxsBatch        *batch;       /* borrowed */
  const GxsAuthz  *authz;       /* borrowed */
  GxsReview       *review;      /* borrowed */
  GxsReviewPolicy *policy;      /* borrowed */
  const char      *verdict;
  const char      *note;        /* nullable */
  const char      *signature;
  char            *part;        /* (nullable) of this person so far */
  gint64           step;        /* that is to be decided, from 1 */
} Decision;

static gboolean
read_body (Decision    *decision,
           JsonObject  *body,
           GError     **error)
{
  static const char *const members[] = { "rev", "digest", "verdict", "note", "sig", NULL };
  const GxChangeRequest *request = decision->review->request;
  const char *digest;
  gint64 rev;

  if (!gx_json_allow_members (body, members, error)
      || !gx_json_get_int (body, "rev", &rev, error)
      || !gx_json_get_string (body, "digest", &digest, error)
      || !gx_json_get_string (body, "verdict", &decision->verdict, error)
      || !gx_json_opt_string (body, "note", &decision->note, error)
      || !gx_json_get_string (body, "sig", &decision->signature, error))
    return FALSE;
  if (strcmp (decision->verdict, "approve") != 0 && strcmp (decision->verdict, "return") != 0
      && strcmp (decision->verdict, "reject") != 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "verdict", "choice", "approve, return or reject");
  if ((rev != request->rev || strcmp (digest, request->digest) != 0) && !GX_BUG (GX_BUG_DIGEST))
    return gx_fail (error, GX_ERROR_CHANGED, "the request is at revision %" G_GINT64_FORMAT, request->rev);

  return TRUE;
}

static gboolean
check_note (const Decision  *decision,
            GError         **error)
{
  g_autofree char *note = g_strdup (decision->note != NULL ? decision->note : "");

  if (strcmp (decision->verdict, "approve") != 0 && g_utf8_strlen (g_strstrip (note), -1) < GXS_NOTE_MIN)
    return gx_fail_field (error, GX_ERROR_INVALID, "note", "R-DUAL", "a note has %d characters or more", GXS_NOTE_MIN);

  return TRUE;
}

static gboolean
check_step_up (const Decision  *decision,
               GError         **error)
{
  gint64 age = gxs_batch_get_now (decision->batch) - decision->authz->step_up_at;

  if ((decision->authz->step_up_at == 0 || age > GXS_STEP_UP_MS) && !GX_BUG (GX_BUG_STEP_UP))
    return gx_fail (error, GX_ERROR_STEP_UP, "enter the password again to decide");

  return TRUE;
}

static gboolean
check_four_eyes (Decision  *decision,
                 GError   **error)
{
  GxDb *db = gxs_batch_get_db (decision->batch);
  const GxChangeRequest *request = decision->review->request;
  const GxId *person = &decision->authz->employee_id;
  gint64 n;

  if (!gxs_review_part_of (db, &request->meta.id, person, &decision->part, error)
      || !gx_db_query_int (db, &n, error, "SELECT COUNT(*) FROM cr_decision WHERE cr_id=? AND rev=? AND person_id=?", "uiu",
                           &request->meta.id, request->rev, person))
    return FALSE;
  if (!GX_BUG (GX_BUG_FOUR_EYES)
      && (gx_id_equal (person, &request->maker_id) || (decision->part != NULL && strcmp (decision->part, "checker") != 0)))
    return gx_fail (error, GX_ERROR_FOUR_EYES, "you have a part in this request yourself");
  if (n > 0)
    return gx_fail (error, GX_ERROR_FOUR_EYES, "you have decided this already");

  return TRUE;
}

/* Whoever would get the customer has a part in that, though he did not ask for it himself. */
static gboolean
check_not_for_oneself (Decision  *decision,
                       GError   **error)
{
  const GxsReview *review = decision->review;
  const GxId *person = &decision->authz->employee_id;
  GxCustomer *after;
  GxFieldSet fields;
  gboolean mine;

  if (review->entity != &gx_customer_entity)
    return TRUE;

  after = gx_entity_new (review->entity);
  if (!gxs_form_read (gxs_batch_get_db (decision->batch), review->entity, review->after_j, after, &fields, error))
    {
      gx_entity_free (review->entity, after);
      return FALSE;
    }
  mine = gx_id_equal (&after->primary_rm_id, person) || gx_id_equal (&after->wealth_mgr_id, person);
  gx_entity_free (review->entity, after);

  return !mine || gx_fail (error, GX_ERROR_FOUR_EYES, "the customer would become your own");
}

static gboolean
check_right (Decision  *decision,
             GError   **error)
{
  gint64 approvals;
  gboolean may;

  if (!gxs_review_count_approvals (gxs_batch_get_db (decision->batch), decision->review, &approvals, error))
    return FALSE;
  if (approvals >= decision->policy->steps->len)
    return gx_fail (error, GX_ERROR_STATE, "nothing is left to decide");

  decision->step = approvals + 1;
  if (!gxs_review_may_decide (gxs_batch_get_db (decision->batch), decision->authz,
                              g_ptr_array_index (decision->policy->steps, approvals), decision->review->request->meta.org_path,
                              gxs_batch_get_now (decision->batch), &may, error))
    return FALSE;

  return may || gx_fail (error, GX_ERROR_FORBIDDEN, "this step is not yours to decide");
}

static gboolean
check_all (Decision  *decision,
           GError   **error)
{
  if (strcmp (decision->review->request->state, "PENDING") != 0)
    return gx_fail (error, GX_ERROR_STATE, "the request is %s", decision->review->request->state);

  return check_note (decision, error)
         && check_four_eyes (decision, error)
         && check_not_for_oneself (decision, error)
         && check_right (decision, error)
         && check_step_up (decision, error)
         && gxs_review_verify (gxs_batch_get_db (decision->batch), decision->authz, decision->review->request,
                               decision->verdict, decision->note, decision->signature, error);
}

static gboolean
write_decision (Decision  *decision,
                GError   **error)
{
  GxDb *db = gxs_batch_get_db (decision->batch);
  const GxChangeRequest *request = decision->review->request;
  const GxId *person = &decision->authz->employee_id;

  return (decision->part != NULL || gxs_review_add_party (db, &request->meta.id, person, "checker", error))
         && gx_db_run (db, error, "INSERT INTO cr_decision(cr_id, rev, person_id, step, verdict, digest, note, step_up_at, dev_sig, at)"
                       " VALUES(?,?,?,?,?,?,?,?,?,?)", "uiuitttiti", &request->meta.id, request->rev, person, decision->step,
                       decision->verdict, request->digest, decision->note, decision->authz->step_up_at, decision->signature,
                       gxs_batch_get_now (decision->batch));
}

static gboolean
approve (Decision        *decision,
         const GxsActor  *actor,
         GError         **error)
{
  GxsReview *review = decision->review;

  if (decision->step < decision->policy->steps->len)
    return gxs_review_notify_step (decision->batch, actor, review, g_ptr_array_index (decision->policy->steps, decision->step),
                                   "CR_TO_CHECK", error);

  return gxs_review_apply (decision->batch, decision->authz, review, error)
         && gxs_review_notify (decision->batch, actor, review, &review->request->maker_id, "CR_APPLIED", error);
}

static gboolean
turn_down (Decision        *decision,
           const GxsActor  *actor,
           GError         **error)
{
  GxsReview *review = decision->review;
  gboolean final = strcmp (decision->verdict, "reject") == 0;

  return gxs_review_move (decision->batch, review, final ? "REJECTED" : "RETURNED", error)
         && (!final || gxs_review_unlock (gxs_batch_get_db (decision->batch), &review->request->meta.id, error))
         && gxs_review_notify (decision->batch, actor, review, &review->request->maker_id,
                               final ? "CR_REJECTED" : "CR_RETURNED", error);
}

static gboolean
turn_stale (Decision        *decision,
            const GxsActor  *actor,
            GError         **error)
{
  GxsReview *review = decision->review;

  return gxs_review_move (decision->batch, review, "STALE", error)
         && gxs_review_notify (decision->batch, actor, review, &review->request->maker_id, "CR_STALE", error);
}

static gboolean
carry_out (Decision        *decision,
           const GxsActor  *actor,
           GError         **error)
{
  gboolean approves = strcmp (decision->verdict, "approve") == 0;
  gboolean stale = FALSE;

  if (approves && !gxs_review_is_stale (gxs_batch_get_db (decision->batch), decision->review, &stale, error))
    return FALSE;
  if (stale)
    return turn_stale (decision, actor, error);
  if (!write_decision (decision, error))
    return FALSE;

  return approves ? approve (decision, actor, error) : turn_down (decision, actor, error);
}

/* The answer to a decision may be lost on its way: the same person sending the same signature again is told the same. */
static gboolean
is_repeated (const Decision  *decision,
             gboolean        *out_repeated,
             GError         **error)
{
  gint64 n;

  if (!gx_db_query_int (gxs_batch_get_db (decision->batch), &n, error,
                        "SELECT COUNT(*) FROM cr_decision WHERE cr_id=? AND rev=? AND person_id=? AND verdict=? AND dev_sig=?",
                        "uiutt", &decision->review->request->meta.id, decision->review->request->rev,
                        &decision->authz->employee_id, decision->verdict, decision->signature))
    return FALSE;

  *out_repeated = n > 0;
  return TRUE;
}

static const char *
action_of (const char *verdict)
{
  return strcmp (verdict, "approve") == 0 ? "cr.approve" : strcmp (verdict, "return") == 0 ? "cr.return" : "cr.reject";
}

/**
 * gxs_review_decide:
 * @body: rev, digest, verdict (approve, return, reject), note, sig
 * @out_json: (out) (transfer full): gxs_review_answer(). After an approval the state is PENDING while steps are left,
 *   APPLIED, or STALE: then nothing was decided, since the record had moved, and the caller answers %GX_ERROR_STALE after
 *   the commit
 *
 * Errors: %GX_ERROR_NOT_FOUND, %GX_ERROR_CHANGED, %GX_ERROR_STATE, %GX_ERROR_INVALID, %GX_ERROR_FOUR_EYES,
 * %GX_ERROR_FORBIDDEN, %GX_ERROR_STEP_UP, %GX_ERROR_DEVICE, %GX_ERROR_SIGNATURE
 */
gboolean
gxs_review_decide (GxsBatch        *batch,
                   const GxsAuthz  *authz,
                   const GxId      *cr_id,
                   JsonObject      *body,
                   char           **out_json,
                   GError         **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  g_autoptr(GxsReview) review = gxs_review_load (db, cr_id, error);
  g_autoptr(GxsReviewPolicy) policy = review != NULL ? gxs_review_policy_load (db, review->request->kind, error) : NULL;
  Decision decision = { .batch = batch, .authz = authz, .review = review, .policy = policy };
  gboolean repeated, done;
  GxsActor actor;

  if (policy == NULL || !read_body (&decision, body, error) || !is_repeated (&decision, &repeated, error))
    return FALSE;
  if (repeated)
    {
      *out_json = gxs_review_answer (review);
      return TRUE;
    }

  gxs_review_actor (authz, action_of (decision.verdict), cr_id, &actor);
  done = check_all (&decision, error)
         && carry_out (&decision, &actor, error)
         && gxs_review_save (batch, &actor, review, error)
         && gxs_review_log (batch, &actor, review, NULL, error);
  g_free (decision.part);
  if (!done)
    return FALSE;

  *out_json = gxs_review_answer (review);
  return TRUE;
}

/**
 * gxs_review_withdraw:
 * @body: (nullable): nothing is read from it
 *
 * PENDING, RETURNED or STALE → WITHDRAWN, by its maker. The fields are free again.
 *
 * Errors: %GX_ERROR_NOT_FOUND, %GX_ERROR_FORBIDDEN, %GX_ERROR_STATE
 */
gboolean
gxs_review_withdraw (GxsBatch        *batch,
                     const GxsAuthz  *authz,
                     const GxId      *cr_id,
                     JsonObject      *body,
                     char           **out_json,
                     GError         **error)
{
  static const char *const from[] = { "PENDING", "RETURNED", "STALE", NULL };
  g_autoptr(GxsReview) review = gxs_review_load (gxs_batch_get_db (batch), cr_id, error);
  GxsActor actor;

  if (review == NULL)
    return FALSE;
  if (!gx_id_equal (&review->request->maker_id, &authz->employee_id))
    return gx_fail (error, GX_ERROR_FORBIDDEN, "only its maker withdraws a request");
  if (!g_strv_contains (from, review->request->state))
    return gx_fail (error, GX_ERROR_STATE, "the request is %s", review->request->state);

  gxs_review_actor (authz, "cr.withdraw", cr_id, &actor);
  if (!gxs_review_move (batch, review, "WITHDRAWN", error)
      || !gxs_review_unlock (gxs_batch_get_db (batch), cr_id, error)
      || !gxs_review_save (batch, &actor, review, error)
      || !gxs_review_log (batch, &actor, review, NULL, error))
    return FALSE;

  *out_json = gxs_review_answer (review);
  return TRUE;
}
