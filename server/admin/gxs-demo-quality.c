/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How good what the demo bank knows of a customer is: R-DQ over the rows that were just made. A customer is judged last, when
 * all there is of it stands.
 */
#include "gxs-demo.h"

#include "gx-customer.h"
#include "gx-quality-rule.h"
#include "gxs-row.h"

/* In the order of the bits of GxQualityPart, then when something was verified last. */
#define PARTS \
  "SELECT EXISTS (SELECT 1 FROM identifier i WHERE i.customer_id=c.id AND i.del=0)," \
  " EXISTS (SELECT 1 FROM contact_point m WHERE m.customer_id=c.id AND m.del=0)," \
  " COALESCE(p.occupation, o.industry) IS NOT NULL, COALESCE(p.annual_income, o.annual_revenue) IS NOT NULL," \
  " COALESCE(p.marital, o.group_name) IS NOT NULL," \
  " EXISTS (SELECT 1 FROM risk_assessment r WHERE r.customer_id=c.id AND r.del=0)," \
  " EXISTS (SELECT 1 FROM need n WHERE n.customer_id=c.id AND n.del=0)," \
  " COALESCE((SELECT MAX(verified_at) FROM identifier i WHERE i.customer_id=c.id AND i.del=0), 0)," \
  " COALESCE((SELECT MAX(verified_at) FROM contact_point m WHERE m.customer_id=c.id AND m.del=0), 0)" \
  " FROM customer c LEFT JOIN person_profile p ON p.id=c.id AND p.del=0 LEFT JOIN org_profile o ON o.id=c.id AND o.del=0 WHERE c.id=?"
#define N_PARTS 7

static gboolean
read_score (GxsDemo     *demo,
            const GxId  *customer_id,
            gint64      *out_score,
            GError     **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (gxs_batch_get_db (demo->batch), error, PARTS, "u", customer_id);
  gint64 verified_at;
  guint there = 0;

  if (statement == NULL || !gx_statement_next (statement, error))
    return FALSE;
  for (guint i = 0; i < N_PARTS; i++)
    there |= gx_statement_get_int (statement, (int) i) != 0 ? 1u << i : 0;
  verified_at = MAX (gx_statement_get_int (statement, N_PARTS), gx_statement_get_int (statement, N_PARTS + 1));
  *out_score = gx_quality_score (there, 0, 0, verified_at > 0 ? demo->today - gx_date_from_time (verified_at, demo->zone) : GX_INT32_NONE);
  return TRUE;
}

/**
 * gxs_demo_judge:
 * @customer: with all its rows
 */
gboolean
gxs_demo_judge (GxsDemo                *demo,
                const GxsDemoCustomer  *customer,
                GError                **error)
{
  g_auto(GxsRow) before = { NULL }, row = { NULL };
  GxDb *db = gxs_batch_get_db (demo->batch);
  gint64 score;

  if (!read_score (demo, &customer->id, &score, error)
      || !gxs_row_find (db, &gx_customer_entity, &customer->id, &before, error)
      || !gxs_row_find (db, &gx_customer_entity, &customer->id, &row, error))
    return FALSE;

  ((GxCustomer *) row.data)->dq_score = score;
  return gxs_write_update (demo->batch, demo->actor, &gx_customer_entity, before.data, row.data, error);
}
