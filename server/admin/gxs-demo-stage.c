/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a demo customer came to the present stage of life, by R-STAGE's own steps, and which risk grades were found on the way.
 */
#include "gxs-demo.h"

#include "gx-customer.h"
#include "gx-risk-assessment.h"
#include "gx-stage-hist.h"

/* R-STAGE: a customer is NEW for 90 days, and LOYAL at the earliest after 24 months. */
#define NEW_DAYS   90
#define LOYAL_DAYS 730

static void
add (GxsDemoCustomer *customer,
     int              stage,
     gint32           day)
{
  g_assert (customer->n_path < G_N_ELEMENTS (customer->path));
  customer->path[customer->n_path++] = (GxsDemoStage) { stage, day };
}

/* The last steps before today of whoever went or came back, backwards in time from @today. */
static void
add_decline (GxsDemo         *demo,
             GxsDemoCustomer *customer,
             gint32           first)
{
  gint32 ago = (gint32) gxs_demo_between (demo, 6, 85), fall = (gint32) gxs_demo_between (demo, 60, 180);
  gint32 entered = MAX (first, demo->today - ago), before = MAX (first, entered - fall);

  if (customer->stage != GX_STAGE_DECLINING && before < entered)
    add (customer, GX_STAGE_DECLINING, before);
  if (customer->stage == GX_STAGE_WON_BACK && before + 40 < entered && gxs_demo_chance (demo, 300))
    add (customer, GX_STAGE_LOST, before + 40);
  add (customer, customer->stage, entered);
}

/* An old relation may have been through a crisis that is over. */
static gint32
add_crisis (GxsDemo         *demo,
            GxsDemoCustomer *customer,
            gint32           day)
{
  gint32 decline = day + (gint32) gxs_demo_between (demo, 300, 700);

  add (customer, GX_STAGE_DECLINING, decline);
  add (customer, GX_STAGE_WON_BACK, decline + 120);
  add (customer, GX_STAGE_MATURE, decline + 210);
  return decline + 210;
}

/**
 * gxs_demo_draw_path:
 * @customer: (inout): with status, stage and since
 *
 * Draws the stages since the first day, in order of time, up to the present one.
 */
void
gxs_demo_draw_path (GxsDemo         *demo,
                    GxsDemoCustomer *customer)
{
  gint32 day = customer->since;

  customer->n_path = 0;
  add (customer, customer->stage == GX_STAGE_PROSPECT ? GX_STAGE_PROSPECT : GX_STAGE_NEW, day);
  if (customer->stage == GX_STAGE_PROSPECT || customer->stage == GX_STAGE_NEW)
    return;

  day += NEW_DAYS;
  add (customer, GX_STAGE_MATURE, day);
  if (demo->today - day > 2000 && gxs_demo_chance (demo, 250))
    day = add_crisis (demo, customer, day);
  if (customer->stage == GX_STAGE_LOYAL || (demo->today - day > LOYAL_DAYS + 400 && gxs_demo_chance (demo, 300)))
    {
      day = MAX (day, customer->since + LOYAL_DAYS) + (gint32) gxs_demo_between (demo, 0, 60);
      if (customer->stage != GX_STAGE_MATURE && day < demo->today)
        add (customer, GX_STAGE_LOYAL, day);
    }
  if (customer->stage != GX_STAGE_MATURE && customer->stage != GX_STAGE_LOYAL)
    add_decline (demo, customer, day + 1);
  customer->stage = customer->path[customer->n_path - 1].stage;
}

static char *
cause_of (GxsDemo *demo,
          int      stage)
{
  switch (stage)
    {
    case GX_STAGE_PROSPECT:
      return g_strdup ("{\"fact\":\"first_contact\"}");
    case GX_STAGE_NEW:
      return g_strdup ("{\"fact\":\"first_holding\"}");
    case GX_STAGE_MATURE:
      return g_strdup ("{\"days\":90}");
    case GX_STAGE_LOYAL:
      return g_strdup_printf ("{\"loyalty\":%d,\"months\":24}", (int) gxs_demo_between (demo, 80, 94));
    case GX_STAGE_DECLINING:
      return g_strdup_printf ("{\"aum_pct\":%d}", (int) gxs_demo_between (demo, 45, 70));
    case GX_STAGE_LOST:
      return g_strdup ("{\"aum_pct\":1,\"days\":180}");
    default:
      return g_strdup_printf ("{\"aum_pct\":%d}", (int) gxs_demo_between (demo, 80, 98));
    }
}

/**
 * gxs_demo_make_stages:
 *
 * One row a change; of the present stage nothing more is told than the customer says.
 */
gboolean
gxs_demo_make_stages (GxsDemo                *demo,
                      const GxsDemoCustomer  *customer,
                      GError                **error)
{
  for (guint i = 0; i < customer->n_path; i++)
    {
      GxStageHist *row = gx_entity_new (&gx_stage_hist_entity);

      row->customer_id = customer->id;
      row->from_stage = i > 0 ? customer->path[i - 1].stage : 0;
      row->to_stage = customer->path[i].stage;
      row->at = gxs_demo_moment (demo, customer->path[i].day);
      row->at = MIN (row->at, demo->now);
      row->cause = cause_of (demo, row->to_stage);
      row->automatic = TRUE;
      if (!gxs_demo_put (demo, &gx_stage_hist_entity, row, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * gxs_demo_put_risk:
 * @score: 0 to 100; the grade follows
 */
gboolean
gxs_demo_put_risk (GxsDemo                *demo,
                   const GxsDemoCustomer  *customer,
                   gint32                  day,
                   gint64                  score,
                   GError                **error)
{
  GxRiskAssessment *row = gx_entity_new (&gx_risk_assessment_entity);

  row->customer_id = customer->id;
  row->grade = GX_GRADE_C1 + (int) MIN (score / 20, 4);
  row->score = score;
  row->at = gxs_demo_moment (demo, day);
  row->at = MIN (row->at, demo->now - 60000);
  row->by_id = customer->rm;
  row->channel = gxs_demo_chance (demo, 700) ? 1 : 8;      /* at the branch, mobile bank */
  row->expires_on = day + 365;
  row->q_ver = 1;
  return gxs_demo_put (demo, &gx_risk_assessment_entity, row, error);
}

/**
 * gxs_demo_make_risk:
 *
 * Persons who have more than a current account were asked within the last 13 months or so: some grades have expired, some
 * will within 30 days. A part was asked before.
 */
gboolean
gxs_demo_make_risk (GxsDemo                *demo,
                    const GxsDemoCustomer  *customer,
                    GError                **error)
{
  gint64 score = gxs_demo_between (demo, 8, 92), earlier = score + gxs_demo_between (demo, -15, 15);
  gint32 newest;

  if (customer->org || customer->status == GX_CUSTOMER_PROSPECT || (customer->tier == GX_TIER_STANDARD && gxs_demo_chance (demo, 650)))
    return TRUE;

  newest = demo->today - (gint32) gxs_demo_between (demo, 2, 395);
  if (newest < customer->since)
    newest = MIN (customer->since + 3, demo->today);
  if (newest - 380 > customer->since && gxs_demo_chance (demo, 300)
      && !gxs_demo_put_risk (demo, customer, newest - (gint32) gxs_demo_between (demo, 340, 380), CLAMP (earlier, 5, 95), error))
    return FALSE;

  return gxs_demo_put_risk (demo, customer, newest, score, error);
}
