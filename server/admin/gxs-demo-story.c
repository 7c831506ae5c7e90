/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One customer of rm1 with a life of ten years: every stage on the way, products opened and closed, three hundred contacts on
 * all channels, what happened at home. The timeline of the demo has something to show.
 *
 * It is written down, not drawn: only hours, channels and the wobble of balances come from chance.
 */
#include "gxs-demo.h"

#include "gx-customer.h"
#include "gx-holding.h"
#include "gx-life-event.h"
#include "gx-need.h"

#define MONTHS   GXS_DEMO_MONTHS
#define WAN      (G_GINT64_CONSTANT (10000) * 100)      /* ten thousand yuan */
#define CONTACTS 300
#define DAYS     3640                                   /* since the first account */

static void
write_path (GxsDemoCustomer *customer,
            gint32           today)
{
  const GxsDemoStage path[] = {
    { GX_STAGE_PROSPECT, today - DAYS - 75 }, { GX_STAGE_NEW, today - DAYS },  { GX_STAGE_MATURE, today - DAYS + 90 },
    { GX_STAGE_LOYAL, today - DAYS + 800 },   { GX_STAGE_DECLINING, today - 905 }, { GX_STAGE_WON_BACK, today - 745 },
    { GX_STAGE_MATURE, today - 655 },         { GX_STAGE_LOYAL, today - 310 },
  };

  memcpy (customer->path, path, sizeof path);
  customer->n_path = G_N_ELEMENTS (path);
}

static void
write_character (GxsDemo         *demo,
                 GxsDemoCustomer *customer)
{
  *customer = (GxsDemoCustomer) {
    .id = gxs_batch_new_id (demo->batch), .male = TRUE, .status = GX_CUSTOMER_ACTIVE, .tier = GX_TIER_DIAMOND,
    .stage = GX_STAGE_LOYAL, .rm = demo->rms[0], .met = demo->today - DAYS - 75, .since = demo->today - DAYS,
    .born = gx_date_add_months (demo->today - 40, -12 * 43), .birthday = GX_INT32_NONE, .matures = GX_INT32_NONE,
    .name = "顾云亭",
  };
  write_path (customer, demo->today);
}

/* Through these points, in ten thousand yuan, by months back. */
static void
draw_totals (GxsDemo *demo,
             gint64   totals[static MONTHS])
{
  static const struct { int back, wan; } points[] = {
    { 0, 486 }, { 10, 430 }, { 20, 390 }, { 25, 205 }, { 30, 418 }, { 60, 185 }, { 96, 62 }, { MONTHS, 18 },
  };
  guint p = 0;

  for (int back = 0; back < MONTHS; back++)
    {
      while (back >= points[p + 1].back)
        p++;
      totals[back] = (points[p].wan * WAN
                      + (points[p + 1].wan - points[p].wan) * WAN * (back - points[p].back) / (points[p + 1].back - points[p].back))
                     / 1000 * gxs_demo_between (demo, 990, 1010);
    }
}

/* Months back of the opening and, unless it is -1, of the end; what it holds in ten thousand yuan; by how many thousandths
 * it moves; by how many thousandths of it a debt is paid off a month. */
static const struct { guint product; int source, opened, closed, wan, wobble, paid, term; } products[] = {
  { 1, GX_SOURCE_DEPOSIT, 117, 114, 5, 0, 0, 92 },   { 2, GX_SOURCE_DEPOSIT, 110, 98, 12, 0, 0, 365 },
  { 11, GX_SOURCE_CREDIT, 100, -1, -1, 400, 0, 0 },  { 4, GX_SOURCE_WEALTH, 96, 90, 20, 0, 0, 182 },
  { 2, GX_SOURCE_DEPOSIT, 88, 76, 30, 0, 0, 365 },   { 7, GX_SOURCE_WEALTH, 80, 52, 15, 60, 0, 0 },
  { 9, GX_SOURCE_CREDIT, 70, -1, -126, 0, 6, 25 * 365 }, { 8, GX_SOURCE_WEALTH, 64, -1, 24, 0, 0, 0 },
  { 5, GX_SOURCE_WEALTH, 58, 34, 60, 0, 0, 730 },    { 3, GX_SOURCE_DEPOSIT, 50, 29, 100, 0, 0, 1096 },
  { 10, GX_SOURCE_CREDIT, 46, 33, -3, 0, 250, 395 }, { 4, GX_SOURCE_WEALTH, 20, -1, 120, 0, 0, 633 },
  { 3, GX_SOURCE_DEPOSIT, 18, -1, 130, 0, 0, 1096 }, { 6, GX_SOURCE_WEALTH, 12, -1, 35, 15, 0, 0 },
};

static gint64
draw_end (GxsDemo *demo,
          guint    i,
          int      back)
{
  gint64 amount = products[i].wan * WAN;
  int since_end = back - MAX (products[i].closed, 0);

  amount += amount * products[i].paid / 1000 * since_end;
  return products[i].wobble > 0 ? amount / 1000 * gxs_demo_between (demo, 1000 - products[i].wobble, 1000 + products[i].wobble) : amount;
}

static void
draw_product (GxsDemo         *demo,
              guint            i,
              GxsDemoHolding  *holding)
{
  *holding = (GxsDemoHolding) { .product = products[i].product, .source = products[i].source, .rate_ppm = 25000, .n_months = MONTHS,
                                .matures = GX_INT32_NONE, .closed = GX_INT32_NONE };
  holding->opened = gxs_demo_month (demo->today, products[i].opened) + (gint32) gxs_demo_between (demo, 2, 9);
  if (products[i].wan < 0 && products[i].term == 0)
    holding->limit = 8 * WAN;
  if (products[i].term > 0)
    holding->matures = holding->opened + products[i].term;
  if (products[i].closed >= 0)
    holding->closed = gxs_demo_month (demo->today, products[i].closed) + (gint32) gxs_demo_between (demo, 10, 20);
  for (int back = MAX (products[i].closed + 1, 0); back <= products[i].opened; back++)
    holding->ends[back] = draw_end (demo, i, back);
}

static gboolean
make_products (GxsDemo          *demo,
               GxsDemoCustomer  *customer,
               GError          **error)
{
  GxsDemoHolding current = { .source = GX_SOURCE_DEPOSIT, .rate_ppm = 2000, .opened = customer->since, .matures = GX_INT32_NONE,
                             .closed = GX_INT32_NONE, .n_months = MONTHS };
  gint64 totals[MONTHS];

  draw_totals (demo, totals);
  memcpy (current.ends, totals, sizeof totals);
  for (guint i = 0; i < G_N_ELEMENTS (products); i++)
    {
      GxsDemoHolding holding;

      draw_product (demo, i, &holding);
      for (guint back = 0; back < MONTHS; back++)
        current.ends[back] -= MAX (holding.ends[back], 0);
      if (holding.closed == GX_INT32_NONE && holding.matures != GX_INT32_NONE && products[i].wan > 0)
        customer->matures = customer->matures == GX_INT32_NONE ? holding.matures : MIN (customer->matures, holding.matures);
      if (!gxs_demo_put_holding (demo, customer, &holding, error))
        return FALSE;
    }

  return gxs_demo_put_holding (demo, customer, &current, error) && gxs_demo_put_flows (demo, customer, totals, MONTHS, error);
}

static gboolean
make_contacts (GxsDemo                *demo,
               const GxsDemoCustomer  *customer,
               GError                **error)
{
  for (int i = 0; i < CONTACTS; i++)
    {
      gint32 day = customer->met + (demo->today - customer->met) * i / CONTACTS + (gint32) gxs_demo_between (demo, 0, 9);
      int channel = i % 5 == 0 ? i / 5 % 14 + 1 : 0;

      if (!gxs_demo_put_contact (demo, customer, MIN (day, demo->today - 1), channel, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
make_events (GxsDemo                *demo,
             const GxsDemoCustomer  *customer,
             GError                **error)
{
  static const struct { int type, ago; const char *note; } events[] = {
    { GX_EVENT_MARRIAGE, 3310, "与同事结婚，共同理财" }, { GX_EVENT_NEW_JOB, 2980, "入职软件公司任部门经理" },
    { GX_EVENT_BIRTH, 2650, "长子出生，关心教育金" },    { GX_EVENT_NEW_HOME, 2120, "购入学区房，在我行按揭" },
    { GX_EVENT_PROMOTION, 1700, "升任副总经理" },        { GX_EVENT_DEATH_IN_FAMILY, 930, "父亲病故，暂停投资" },
    { GX_EVENT_INHERITANCE, 750, "继承房产一处" },       { GX_EVENT_CHILD_SCHOOL, 450, "孩子上小学" },
    { GX_EVENT_START_BUSINESS, 190, "与友人合办设计公司" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (!gxs_demo_put_event (demo, customer, events[i].type, demo->today - events[i].ago, events[i].note, error))
      return FALSE;

  return TRUE;
}

static gboolean
make_needs (GxsDemo                *demo,
            const GxsDemoCustomer  *customer,
            GError                **error)
{
  static const struct { int category, status, days; const char *detail; } needs[] = {
    { GX_NEED_EDUCATION, GX_NEED_OPEN, 240, "孩子教育金，每年追加" }, { GX_NEED_FINANCING, GX_NEED_OPEN, 45, "新公司流动资金" },
    { GX_NEED_HOUSING, GX_NEED_MET, -2100, "学区房按揭" },            { GX_NEED_INSURANCE, GX_NEED_MET, -1900, "家庭保障" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      GxNeed *row = gx_entity_new (&gx_need_entity);

      row->customer_id = customer->id;
      row->category = needs[i].category;
      row->detail = g_strdup (needs[i].detail);
      row->status = needs[i].status;
      row->due_on = demo->today + needs[i].days;
      if (!gxs_demo_put (demo, &gx_need_entity, row, error))
        return FALSE;
    }

  return TRUE;
}

/* Every year anew; the last grade ends in two weeks. */
static gboolean
make_risk (GxsDemo                *demo,
           const GxsDemoCustomer  *customer,
           GError                **error)
{
  for (gint32 day = demo->today - 351, n = 0; day > customer->since; day -= 365, n++)
    if (!gxs_demo_put_risk (demo, customer, day, MAX (66 - 4 * n, 30), error))
      return FALSE;

  return TRUE;
}

/**
 * gxs_demo_make_story:
 * @out_customer: (out caller-allocates): who it is
 */
gboolean
gxs_demo_make_story (GxsDemo          *demo,
                     GxsDemoCustomer  *out_customer,
                     GError          **error)
{
  write_character (demo, out_customer);
  return gxs_demo_make_customer (demo, out_customer, error)
      && gxs_demo_make_stages (demo, out_customer, error)
      && make_risk (demo, out_customer, error)
      && make_products (demo, out_customer, error)
      && make_contacts (demo, out_customer, error)
      && make_events (demo, out_customer, error)
      && make_needs (demo, out_customer, error)
      && gxs_demo_make_tasks (demo, out_customer, error);
}
