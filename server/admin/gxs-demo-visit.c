/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits of the first four managers: one that is done and noted, two that are still to come today, one of yesterday that
 * nobody made. They go to the first customers that a manager sees at all, by no chance, so that the rest of the bank is what
 * it was without them.
 */
#include "gxs-demo.h"

#include "gx-customer.h"
#include "gx-interaction.h"
#include "gx-visit.h"

#define MINUTE   (G_GINT64_CONSTANT (60) * 1000)
#define MANAGERS 4

/* A company is visited at its office, a person at home or at work. */
static const struct { int status, day, minutes; const char *goal, *place, *of_org, *org_place; } visits[] = {
  { GX_VISIT_DONE, 0, 9 * 60, "上门走访：季度资产报告", "客户家中", "上门走访：季度账户报告", "公司会议室" },
  { GX_VISIT_PLANNED, 0, 15 * 60 + 30, "面谈：理财到期后的安排", "客户工作单位", "面谈：理财到期后的安排", "公司财务部" },
  { GX_VISIT_MISSED, -1, 16 * 60, "上门走访：核实联系方式", "客户家中", "上门走访：核实经营地址", "公司办公室" },
  { GX_VISIT_PLANNED, 0, 16 * 60 + 30, "上门走访：了解资金安排", "客户工作单位", "上门走访：了解资金安排", "公司办公室" },
};

/* What was talked about has the visit's id. */
static gboolean
put_talk (GxsDemo        *demo,
          const GxVisit  *visit,
          gboolean        org,
          GError        **error)
{
  GxInteraction *row = gx_entity_new (&gx_interaction_entity);

  row->meta.id = visit->meta.id;
  row->customer_id = visit->customer_id;
  row->owner_id = visit->owner_id;
  row->channel = gx_choice_find (gx_channels, "VISIT");
  row->direction = GX_DIRECTION_OUT;
  row->purpose = GX_PURPOSE_MAINTENANCE;
  row->subject = g_strdup (visit->goal);
  row->notes = g_strdup (org ? "近况：订单平稳\n家庭、工作或企业的变化：明年添置一条产线\n近几个月的资金：年底有一笔货款回笼"
                             : "近况：一切平稳\n家庭、工作或企业的变化：子女明年升学\n近几个月的资金：年底有一笔奖金到账");
  row->attendees = g_strdup (org ? "[\"财务负责人\"]" : "[\"本人\"]");
  row->started_at = visit->check_in_at;
  row->ended_at = visit->check_out_at;
  row->minutes = (visit->check_out_at - visit->check_in_at) / MINUTE;
  row->confidentiality = GX_INTERACTION_PUBLIC;
  row->sentiment = 1;
  row->at = row->ended_at;
  row->off = 480;
  return gxs_demo_put (demo, &gx_interaction_entity, row, error);
}

/* A bank that is made early in the morning has its done visit before that. */
static void
end_visit (GxsDemo  *demo,
           GxVisit  *visit,
           gboolean  org)
{
  visit->check_out_at = MIN (visit->plan_at + 40 * MINUTE, demo->now - 5 * MINUTE);
  visit->check_in_at = visit->check_out_at - 38 * MINUTE;
  visit->plan_at = MIN (visit->plan_at, visit->check_in_at);
  visit->geo_state = GX_GEO_NOT_COLLECTED;
  visit->result = g_strdup (org ? "年底货款回笼后再谈配置" : "年底奖金到账后再谈配置");
}

/**
 * gxs_demo_make_visits:
 */
gboolean
gxs_demo_make_visits (GxsDemo                *demo,
                      const GxsDemoCustomer  *customer,
                      GError                **error)
{
  guint n = customer->rm_index < MANAGERS ? demo->visited[customer->rm_index] : G_N_ELEMENTS (visits);
  GxVisit *row;

  if (n == G_N_ELEMENTS (visits) || customer->status != GX_CUSTOMER_ACTIVE || customer->stage == GX_STAGE_LOST)
    return TRUE;

  demo->visited[customer->rm_index]++;
  row = gx_entity_new (&gx_visit_entity);
  row->meta.id = gxs_batch_new_id (demo->batch);
  row->customer_id = customer->id;
  row->owner_id = customer->rm;
  row->plan_at = gx_time_from_date (demo->today + visits[n].day, demo->zone) + visits[n].minutes * MINUTE;
  row->minutes = 40;
  row->position = n + 1;
  row->status = visits[n].status;
  row->goal = g_strdup (customer->org ? visits[n].of_org : visits[n].goal);
  row->place = g_strdup (customer->org ? visits[n].org_place : visits[n].place);
  row->at = demo->now;
  row->off = 480;
  if (row->status == GX_VISIT_DONE)
    {
      end_visit (demo, row, customer->org);
      if (!put_talk (demo, row, customer->org, error))
        {
          gx_entity_free (&gx_visit_entity, row);
          return FALSE;
        }
    }
  return gxs_demo_put (demo, &gx_visit_entity, row, error);
}
