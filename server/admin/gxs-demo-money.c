/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The money of one demo customer: holdings that fit the tier, 24 months of balances that walk there, monthly flows.
 */
#include "gxs-demo.h"

#include "gx-customer.h"
#include "gx-holding.h"
#include "gx-sql.h"
#include "gx-txn-month.h"
#include "gx-valid.h"

#define MONTHS 24

typedef struct
{
  guint   product;          /* row of gxs_demo_make_products() */
  gint64  balance;          /* minor units; owed is negative */
  gint64  limit;
  gint32  term;             /* days, 0 = none */
  int     source;
  gint32  rate_ppm;
} Plan;

/* R-TIER's thresholds, in yuan: what a customer of the tier has altogether. */
static gint64
draw_assets (GxsDemo               *demo,
             const GxsDemoCustomer *customer)
{
  static const gint64 edges[][2] = {
    { 500, 200000 }, { 200000, 1000000 }, { 1000000, 3000000 }, { 3000000, 6000000 }, { 6000000, 25000000 },
  };
  const gint64 *edge = edges[customer->tier - 1];

  return gxs_demo_between (demo, edge[0], edge[1]) * 100 * (customer->org ? 5 : 1);
}

static gboolean
put_month (GxsDemo        *demo,
           const GxEntity *entity,
           gpointer        data,
           GError        **error)
{
  gboolean put = gx_sql_insert (gxs_batch_get_db (demo->batch), entity, data, error);

  gx_entity_free (entity, data);
  return put;
}

static gint32
first_of_month (gint32 day,
                int    back)
{
  int year, month, dom;

  gx_date_to_ymd (day, &year, &month, &dom);
  return gx_date_add_months (gx_date_from_ymd (year, month, 1), -back);
}

/* Backwards from today's balance, so that the newest month ends where the holding stands. */
static gboolean
make_months (GxsDemo          *demo,
             const GxHolding  *holding,
             GError          **error)
{
  gint64 balance = holding->balance;

  for (int back = 0; back < MONTHS; back++)
    {
      gint64 step = balance / 1000 * gxs_demo_between (demo, -60, 45);
      GxHoldingMonth *month;

      if (first_of_month (demo->today, back) < first_of_month (holding->opened_on, 0))
        break;
      month = gx_entity_new (&gx_holding_month_entity);
      month->holding_id = holding->meta.id;
      month->month = first_of_month (demo->today, back);
      month->end_balance = balance;
      month->avg_balance = balance + step / 2;
      month->ftp_ppm = 22000;
      month->cust_ppm = holding->rate_ppm;
      if (!put_month (demo, &gx_holding_month_entity, month, error))
        return FALSE;
      balance += step;
    }

  return TRUE;
}

static char *
draw_account (GxsDemo *demo)
{
  g_autofree char *first = g_strdup_printf ("622208%02u%010u", gx_random_below (demo->random, 100),
                                            gx_random_below (demo->random, G_MAXUINT32));

  return g_strdup_printf ("%s%c", first, gx_luhn_check_digit (first));
}

static gboolean
make_holding (GxsDemo                *demo,
              const GxsDemoCustomer  *customer,
              const Plan             *plan,
              GError                **error)
{
  GxHolding *row = gx_entity_new (&gx_holding_entity);
  g_autofree GxHolding *kept = NULL;

  row->meta.id = gxs_batch_new_id (demo->batch);
  row->customer_id = customer->id;
  row->product_id = demo->products[plan->product];
  row->acct_no = draw_account (demo);
  row->ccy = g_strdup ("CNY");
  row->opened_on = customer->since + (gint32) gxs_demo_between (demo, 0, (demo->today - customer->since) / 2);
  if (plan->term > 0)
    {
      row->opened_on = MAX (row->opened_on, demo->today - (gint32) gxs_demo_between (demo, 1, plan->term - 1));
      row->matures_on = row->opened_on + plan->term;
    }
  row->status = GX_HOLDING_OPEN;
  row->balance = plan->balance;
  if (plan->limit > 0)
    row->limit_amt = plan->limit;
  row->rate_ppm = plan->rate_ppm;
  row->source_system = plan->source;
  row->as_of = demo->today;

  kept = g_memdup2 (row, sizeof *row);      /* only its numbers are read after the row is gone */
  return gxs_demo_put (demo, &gx_holding_entity, row, error) && make_months (demo, kept, error);
}

static guint
plan_person (GxsDemo               *demo,
             const GxsDemoCustomer *customer,
             gint64                 assets,
             Plan                   plans[static 6])
{
  guint n = 0;
  gint64 current = assets / 100 * gxs_demo_between (demo, 8, 35);

  plans[n++] = (Plan) { 0, current, 0, 0, GX_SOURCE_DEPOSIT, 2000 };
  if (customer->tier >= GX_TIER_GOLD || gxs_demo_chance (demo, 150))
    {
      plans[n] = (Plan) { (guint) gxs_demo_between (demo, 1, 3), (assets - current) / 2, 0, 365, GX_SOURCE_DEPOSIT, 15500 };
      plans[n].term = plans[n].product == 1 ? 92 : plans[n].product == 3 ? 1096 : 365;
      n++;
    }
  if (customer->tier >= GX_TIER_PLATINUM || (customer->tier == GX_TIER_GOLD && gxs_demo_chance (demo, 400)))
    plans[n++] = (Plan) { (guint) gxs_demo_between (demo, 4, 7), (assets - current) / 2, 0, 0, GX_SOURCE_WEALTH, 31000 };
  if (gxs_demo_chance (demo, 60))
    plans[n++] = (Plan) { 9, -gxs_demo_between (demo, 200000, 2500000) * 100, 0, 9000, GX_SOURCE_CREDIT, 38500 };
  if (gxs_demo_chance (demo, 120))
    plans[n++] = (Plan) { 11, -gxs_demo_between (demo, 0, 30000) * 100, 5000000, 0, GX_SOURCE_CREDIT, 0 };

  return n;
}

static guint
plan_company (GxsDemo *demo,
              gint64   assets,
              Plan     plans[static 6])
{
  guint n = 0;

  plans[n++] = (Plan) { 12, assets / 3, 0, 0, GX_SOURCE_DEPOSIT, 2000 };
  if (gxs_demo_chance (demo, 400))
    plans[n++] = (Plan) { 13, assets / 3 * 2, 0, 0, GX_SOURCE_DEPOSIT, 8000 };
  if (gxs_demo_chance (demo, 300))
    plans[n++] = (Plan) { 14, -assets / 2, assets, 365, GX_SOURCE_CREDIT, 41000 };

  return n;
}

static gboolean
make_flows (GxsDemo                *demo,
            const GxsDemoCustomer  *customer,
            gint64                  assets,
            GError                **error)
{
  for (int back = 0; back < MONTHS; back++)
    {
      gint32 month = first_of_month (demo->today, back);
      GxTxnMonth *row;

      if (month < first_of_month (customer->since, 0))
        break;
      row = gx_entity_new (&gx_txn_month_entity);
      row->customer_id = customer->id;
      row->month = month;
      row->in_amt = assets / 1000 * gxs_demo_between (demo, 20, 120) + 300000;
      row->out_amt = assets / 1000 * gxs_demo_between (demo, 15, 110) + 250000;
      row->in_cnt = gxs_demo_between (demo, 1, 8);
      row->out_cnt = gxs_demo_between (demo, 2, 40);
      row->cust_initiated_cnt = row->out_cnt / 2;
      row->own_name_out_other_bank = gxs_demo_chance (demo, 100) ? row->out_amt / 2 : 0;
      row->last_txn_on = MIN (month + (gint32) gxs_demo_between (demo, 15, 27), demo->today);
      row->login_cnt = gxs_demo_between (demo, 0, 30);
      if (!put_month (demo, &gx_txn_month_entity, row, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * gxs_demo_make_holdings:
 *
 * A PROSPECT has none.
 */
gboolean
gxs_demo_make_holdings (GxsDemo                *demo,
                        const GxsDemoCustomer  *customer,
                        GError                **error)
{
  gint64 assets;
  Plan plans[6];
  guint n;

  if (customer->status == GX_CUSTOMER_PROSPECT)
    return TRUE;

  assets = draw_assets (demo, customer);
  n = customer->org ? plan_company (demo, assets, plans) : plan_person (demo, customer, assets, plans);
  for (guint i = 0; i < n; i++)
    if (!make_holding (demo, customer, &plans[i], error))
      return FALSE;

  return make_flows (demo, customer, assets, error);
}
