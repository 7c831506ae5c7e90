/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who decides a request: the rows of review_policy against the grants in force (trust.md 1.4).
 *
 * A grant on a unit reaches every unit below it, so a supervisor above the branch may decide too. What has to be decided
 * about the maker and the checker being two people is gxs-review-decide's.
 */
#include "gxs-review-private.h"

#include "gx-json.h"

#include <string.h>

/* Which evidence proves what; a kind that is not named takes any. */
static const struct
{
  const char *kind;
  const char *evidence[3];
} proofs[] = {
  { "customer.identity", { "ID_IMAGE" } },
  { "customer.activate", { "ID_IMAGE" } },
  { "tier.change", { "ASSET_PROOF", "NEED_CONFIRMATION" } },
};

/**
 * gxs_review_policy_takes:
 *
 * Returns: whether evidence of that kind counts towards the least number for requests of @kind
 */
gboolean
gxs_review_policy_takes (const char *kind,
                         const char *evidence_kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (proofs); i++)
    if (strcmp (proofs[i].kind, kind) == 0)
      return g_strv_contains (proofs[i].evidence, evidence_kind);

  return TRUE;
}

static void
step_free (gpointer data)
{
  GxsReviewStep *step = data;

  g_free (step->unit);
  g_free (step);
}

void
gxs_review_policy_free (GxsReviewPolicy *policy)
{
  g_ptr_array_unref (policy->steps);
  g_free (policy);
}

static gboolean
read_roles (JsonArray   *names,
            GxRoleMask  *out_roles,
            GError     **error)
{
  for (guint i = 0; i < json_array_get_length (names); i++)
    {
      const char *name;
      int role;

      if (!gx_json_item_string (names, i, "roles", &name, error))
        return FALSE;
      role = gx_choice_find (gx_roles, name);
      if (role <= 0)
        return gx_fail (error, GX_ERROR_DATABASE, "a policy names the unknown role %s", name);
      *out_roles |= GX_ROLE_BIT (role);
    }

  return TRUE;
}

/* Across units no customer moves yet, so the step of the unit that takes it falls away. */
static gboolean
read_steps (const char       *json,
            GxsReviewPolicy  *policy,
            GError          **error)
{
  g_autoptr(JsonNode) root = gx_json_parse (json, -1, error);
  JsonArray *steps;

  if (root == NULL)
    return FALSE;

  steps = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *object;
      JsonArray *roles;
      const char *unit;
      GxRoleMask mask = 0;
      GxsReviewStep *step;

      if (!gx_json_item_object (steps, i, "steps_j", &object, error)
          || !gx_json_get_string (object, "unit", &unit, error)
          || !gx_json_get_array (object, "roles", &roles, error)
          || !read_roles (roles, &mask, error))
        return FALSE;
      if (strcmp (unit, "target") == 0)
        continue;
      step = g_new0 (GxsReviewStep, 1);
      step->unit = g_strdup (unit);
      step->roles = mask;
      g_ptr_array_add (policy->steps, step);
    }

  return TRUE;
}

/**
 * gxs_review_policy_load:
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_SCHEMA if there is no policy for @kind
 */
GxsReviewPolicy *
gxs_review_policy_load (GxDb        *db,
                        const char  *kind,
                        GError     **error)
{
  g_autoptr(GxsReviewPolicy) policy = g_new0 (GxsReviewPolicy, 1);
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT steps_j, evidence_min, strict, expire_h, escalate_h FROM review_policy WHERE kind=?", "t", kind);
  GError *local = NULL;

  policy->steps = g_ptr_array_new_with_free_func (step_free);
  if (statement == NULL)
    return NULL;
  if (!gx_statement_next (statement, &local))
    {
      if (local != NULL)
        g_propagate_error (error, local);
      else
        gx_fail_field (error, GX_ERROR_SCHEMA, "kind", "schema", "there is no review of kind %s", kind);
      return NULL;
    }

  policy->evidence_min = gx_statement_get_int (statement, 1);
  policy->strict = gx_statement_get_int (statement, 2) != 0;
  policy->expire_h = gx_statement_get_int (statement, 3);
  policy->escalate_h = gx_statement_get_int (statement, 4);
  if (!read_steps (gx_statement_get_text (statement, 0), policy, error))
    return NULL;

  return g_steal_pointer (&policy);
}

static gboolean
is_anywhere (const GxsReviewStep *step)
{
  return strcmp (step->unit, "hq") == 0;
}

#define IN_FORCE "g.del=0 AND COALESCE(g.valid_from,0)<=? AND (COALESCE(g.valid_to,0)=0 OR g.valid_to>?)"
#define REACHES "(? OR substr(?,1,length(u.path))=u.path)"

/**
 * gxs_review_may_decide:
 * @org_path: of the request's branch
 * @out_may: (out): whether a grant of the session's login, in a role that is active in it, reaches the step
 */
gboolean
gxs_review_may_decide (GxDb                 *db,
                       const GxsAuthz       *authz,
                       const GxsReviewStep  *step,
                       const char           *org_path,
                       gint64                now,
                       gboolean             *out_may,
                       GError              **error)
{
  gint64 n;

  if (!gx_db_query_int (db, &n, error, "SELECT COUNT(*) FROM role_grant g JOIN org_unit u ON u.id=g.org_id"
                        " WHERE g.login_id=? AND ((1 << g.role) & ?) <> 0 AND " IN_FORCE " AND " REACHES, "uiiint",
                        &authz->login_id, (gint64) (step->roles & authz->roles), now, now, is_anywhere (step), org_path))
    return FALSE;

  *out_may = n > 0;
  return TRUE;
}

/**
 * gxs_review_query_step:
 *
 * Returns: (transfer full) (nullable): rows of employee's id and length of the unit's path: who may decide @step and is no
 * party yet, the nearest unit first
 */
GxStatement *
gxs_review_query_step (GxDb                 *db,
                       const GxsReview      *review,
                       const GxsReviewStep  *step,
                       gint64                now,
                       gint64                limit,
                       GError              **error)
{
  return gx_db_query (db, error,
                      "SELECT DISTINCT l.employee_id, length(u.path) FROM role_grant g JOIN org_unit u ON u.id=g.org_id"
                      " JOIN login l ON l.id=g.login_id WHERE ((1 << g.role) & ?) <> 0 AND " IN_FORCE " AND " REACHES
                      " AND l.employee_id NOT IN (SELECT person_id FROM cr_party WHERE cr_id=?)"
                      " ORDER BY length(u.path) DESC, l.employee_id LIMIT ?", "iiintui", (gint64) step->roles, now, now,
                      is_anywhere (step), review->request->meta.org_path, &review->request->meta.id, limit);
}

/**
 * gxs_review_notify_step:
 *
 * @kind: of the notification
 *
 * Tells those who may decide @step and are no party yet: of the units that reach the branch, the nearest that has anybody.
 */
gboolean
gxs_review_notify_step (GxsBatch             *batch,
                        const GxsActor       *actor,
                        const GxsReview      *review,
                        const GxsReviewStep  *step,
                        const char           *kind,
                        GError              **error)
{
  gint64 now = gxs_batch_get_now (batch);
  g_autoptr(GxStatement) statement = gxs_review_query_step (gxs_batch_get_db (batch), review, step, now, 20, error);
  g_autoptr(GArray) people = g_array_new (FALSE, FALSE, sizeof (GxId));
  GError *local = NULL;
  gint64 nearest = 0;

  if (statement == NULL)
    return FALSE;

  while (gx_statement_next (statement, &local) && gx_statement_get_int (statement, 1) >= nearest)
    {
      GxId person = gx_statement_get_id (statement, 0);

      nearest = gx_statement_get_int (statement, 1);
      g_array_append_val (people, person);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }

  for (guint i = 0; i < people->len; i++)
    if (!gxs_review_notify (batch, actor, review, &g_array_index (people, GxId, i), kind, error))
      return FALSE;

  return TRUE;
}
