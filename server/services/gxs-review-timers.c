/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to a request that nobody decides: its branch's manager is told, and in the end it expires (trust.md 1.2, 1.4).
 *
 * By the server's clock only, inside an ordinary batch; whoever schedules it may do so as often as he likes.
 */
#include "gxs-review-private.h"

#include "gx-role.h"

/* The rows first, then the work: moving one changes what the query walks over. */
static GArray *
list_due (GxsBatch    *batch,
          const char  *sql,
          GError     **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (gxs_batch_get_db (batch), error, sql, "i", gxs_batch_get_now (batch));
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));

  return statement != NULL && gx_statement_collect_ids (statement, ids, error) ? g_steal_pointer (&ids) : NULL;
}

static gboolean
finish (GxsBatch        *batch,
        const GxsActor  *actor,
        GxsReview       *review,
        GError         **error)
{
  return gxs_review_save (batch, actor, review, error) && gxs_review_log (batch, actor, review, NULL, error);
}

static gboolean
expire (GxsBatch        *batch,
        const GxsActor  *actor,
        GxsReview       *review,
        GError         **error)
{
  return gxs_review_move (batch, review, "EXPIRED", error)
         && gxs_review_unlock (gxs_batch_get_db (batch), &review->request->meta.id, error)
         && gxs_review_notify (batch, actor, review, &review->request->maker_id, "CR_EXPIRED", error)
         && finish (batch, actor, review, error);
}

/* Who runs the branch, or the next unit above that somebody runs. */
static gboolean
escalate (GxsBatch        *batch,
          const GxsActor  *actor,
          GxsReview       *review,
          GError         **error)
{
  const GxsReviewStep managers = { .unit = (char *) "branch", .roles = GX_ROLE_BIT (GX_ROLE_MANAGER) };

  review->request->escalated_at = gxs_batch_get_now (batch);
  return gxs_review_move (batch, review, review->request->state, error)
         && gxs_review_notify_step (batch, actor, review, &managers, "CR_ESCALATED", error)
         && finish (batch, actor, review, error);
}

typedef gboolean (*Step) (GxsBatch *batch, const GxsActor *actor, GxsReview *review, GError **error);

static const struct
{
  const char *action;
  const char *sql;
  Step        step;
} timers[] = {
  { "cr.expire", "SELECT r.id FROM change_request r JOIN review_policy p ON p.kind=r.kind JOIN cr_rev x ON x.cr_id=r.id AND x.rev=r.rev"
                 " WHERE r.state='PENDING' AND x.at + p.expire_h * 3600000 < ? ORDER BY r.id LIMIT 100", expire },
  { "cr.escalate", "SELECT id FROM change_request WHERE state='PENDING' AND due_at < ? AND escalated_at IS NULL ORDER BY id LIMIT 100",
    escalate },
};

/**
 * gxs_review_sweep:
 *
 * Escalates what is overdue and expires what is past that; at most a hundred of each at once.
 */
gboolean
gxs_review_sweep (GxsBatch  *batch,
                  GError   **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (timers); i++)
    {
      g_autoptr(GArray) ids = list_due (batch, timers[i].sql, error);

      if (ids == NULL)
        return FALSE;
      for (guint j = 0; j < ids->len; j++)
        {
          const GxId *id = &g_array_index (ids, GxId, j);
          g_autoptr(GxsReview) review = gxs_review_load (gxs_batch_get_db (batch), id, error);
          const GxsActor actor = { .action = timers[i].action, .cr_id = *id, .unaudited = TRUE };

          if (review == NULL || !timers[i].step (batch, &actor, review, error))
            return FALSE;
        }
    }

  return TRUE;
}
