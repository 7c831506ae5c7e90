/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How holdings, their months and the flows of a demo customer are put in. What they amount to is drawn in gxs-demo-holding.c.
 */
#include "gxs-demo.h"

#include "gx-holding.h"
#include "gx-sql.h"
#include "gx-txn-month.h"
#include "gx-valid.h"

/**
 * gxs_demo_month:
 *
 * Returns: the first day of the month that lies @back months before that of @day
 */
gint32
gxs_demo_month (gint32 day,
                int    back)
{
  int year, month, dom;

  gx_date_to_ymd (day, &year, &month, &dom);
  return gx_date_add_months (gx_date_from_ymd (year, month, 1), -back);
}

/* An account of a bank card's form. */
static char *
draw_account (GxsDemo *demo)
{
  g_autofree char *first = g_strdup_printf ("622208%02u%010u", gx_random_below (demo->random, 100),
                                            gx_random_below (demo->random, G_MAXUINT32));

  return g_strdup_printf ("%s%c", first, gx_luhn_check_digit (first));
}

static gboolean
put_fact (GxsDemo        *demo,
          const GxEntity *entity,
          gpointer        data,
          GError        **error)
{
  gboolean put = gx_sql_insert (gxs_batch_get_db (demo->batch), entity, data, error);

  gx_entity_free (entity, data);
  return put;
}

static gboolean
put_months (GxsDemo               *demo,
            const GxId            *id,
            const GxsDemoHolding  *holding,
            GError               **error)
{
  for (guint back = 0; back < holding->n_months; back++)
    {
      gint32 first = gxs_demo_month (demo->today, (int) back);
      gboolean oldest = back + 1 == holding->n_months || first <= gxs_demo_month (holding->opened, 0);
      GxHoldingMonth *row;

      if (holding->closed != GX_INT32_NONE && first > holding->closed)
        continue;
      row = gx_entity_new (&gx_holding_month_entity);
      row->holding_id = *id;
      row->month = first;
      row->end_balance = holding->ends[back];
      row->avg_balance = oldest ? row->end_balance : (row->end_balance + holding->ends[back + 1]) / 2;
      row->ftp_ppm = 22000;
      row->cust_ppm = holding->rate_ppm;
      if (!put_fact (demo, &gx_holding_month_entity, row, error))
        return FALSE;
      if (oldest)
        break;
    }

  return TRUE;
}

/**
 * gxs_demo_put_holding:
 *
 * The holding and its months. Of a closed one `as_of` is the day on which it was closed, and the balance is nil.
 */
gboolean
gxs_demo_put_holding (GxsDemo                *demo,
                      const GxsDemoCustomer  *customer,
                      const GxsDemoHolding   *holding,
                      GError                **error)
{
  gboolean closed = holding->closed != GX_INT32_NONE;
  GxHolding *row = gx_entity_new (&gx_holding_entity);
  GxId id = row->meta.id = gxs_batch_new_id (demo->batch);

  row->customer_id = customer->id;
  row->product_id = demo->products[holding->product];
  row->acct_no = draw_account (demo);
  row->ccy = g_strdup ("CNY");
  row->opened_on = holding->opened;
  row->matures_on = holding->matures;
  row->status = closed ? GX_HOLDING_CLOSED : GX_HOLDING_OPEN;
  row->balance = closed ? 0 : holding->ends[0];
  if (holding->limit > 0)
    row->limit_amt = holding->limit;
  row->rate_ppm = holding->rate_ppm;
  row->source_system = holding->source;
  row->as_of = closed ? holding->closed : demo->today;

  return gxs_demo_put (demo, &gx_holding_entity, row, error) && put_months (demo, &id, holding, error);
}

/**
 * gxs_demo_put_flows:
 * @totals: what the customer had at the end of each month, newest first; [@n] is not read
 *
 * What came in less what went out is by what the months differ.
 */
gboolean
gxs_demo_put_flows (GxsDemo                *demo,
                    const GxsDemoCustomer  *customer,
                    const gint64           *totals,
                    guint                   n,
                    GError                **error)
{
  for (guint back = 0; back < n; back++)
    {
      gint64 base = totals[back] / 1000 * gxs_demo_between (demo, 15, 90) + 250000;
      gint64 change = back + 1 < n ? totals[back] - totals[back + 1] : totals[back];
      GxTxnMonth *row = gx_entity_new (&gx_txn_month_entity);

      row->customer_id = customer->id;
      row->month = gxs_demo_month (demo->today, (int) back);
      row->in_amt = base + MAX (change, 0);
      row->out_amt = base + MAX (-change, 0);
      row->in_cnt = gxs_demo_between (demo, 1, 8);
      row->out_cnt = gxs_demo_between (demo, 2, 40);
      row->cust_initiated_cnt = row->out_cnt / 2;
      row->own_name_out_other_bank = gxs_demo_chance (demo, 100) ? row->out_amt / 2 : 0;
      row->last_txn_on = row->month + (gint32) gxs_demo_between (demo, 15, 27);
      row->last_txn_on = MIN (row->last_txn_on, demo->today);
      row->login_cnt = gxs_demo_between (demo, 0, 30);
      if (!put_fact (demo, &gx_txn_month_entity, row, error))
        return FALSE;
    }

  return TRUE;
}
