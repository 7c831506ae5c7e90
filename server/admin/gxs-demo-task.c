/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be done for one demo customer: what its own facts call for (a birthday, a deposit that ends, money that leaves),
 * its care plans, its share of the manager's day, and what was done before.
 */
#include "gxs-demo.h"

#include "gx-customer.h"
#include "gx-plan-tmpl.h"
#include "gx-plan.h"
#include "gx-task.h"

#define MINUTE (G_GINT64_CONSTANT (60) * 1000)

typedef struct
{
  int         kind;
  gint32      day;
  int         minutes;          /* after midnight */
  int         priority;
  gboolean    done;
  const char *title;
  const char *source;           /* JSON */
  GxId        step;             /* of a plan */
} Wish;

static gboolean
put_task (GxsDemo                *demo,
          const GxsDemoCustomer  *customer,
          const Wish             *wish,
          GError                **error)
{
  GxTask *row = gx_entity_new (&gx_task_entity);

  row->title = g_strdup (wish->title);
  row->customer_id = customer->id;
  row->kind = wish->kind;
  row->due_at = gx_time_from_date (wish->day, demo->zone) + wish->minutes * MINUTE;
  if (!wish->done && (wish->kind == GX_TASK_VISIT || wish->priority == 1))
    row->remind_at = row->due_at - 30 * MINUTE;
  row->priority = wish->priority;
  row->status = wish->done ? GX_TASK_DONE : GX_TASK_OPEN;
  row->assignee_id = customer->rm;
  row->source = g_strdup (wish->source);
  row->plan_item_id = wish->step;
  if (wish->done)
    row->result = g_strdup ("已完成");
  row->snooze_cnt = 0;
  return gxs_demo_put (demo, &gx_task_entity, row, error);
}

static int
draw_hour (GxsDemo *demo)
{
  return (int) gxs_demo_between (demo, 9 * 4, 17 * 4) * 15;
}

/* A manager's own day, in the order in which its parts are given out: the first ones count most in a small bank. Days are
 * from today; what lies further than tomorrow is counted in working days. What a company is asked is not what a person is. */
static const struct { int day, minutes, kind, priority; const char *title, *of_org; } own_day[] = {
  { 0, 14 * 60 + 30, GX_TASK_VISIT, 2, "上门走访：家庭资产配置方案", "上门走访：账户与结算方案" },
  { -1, 16 * 60, GX_TASK_DOC, 2, "补充身份证件影像", "补充营业执照影像" },
  { 0, 10 * 60, GX_TASK_CALL, 1, "答复：提前支取的利息损失", NULL },
  { 1, 10 * 60, GX_TASK_VISIT, 2, "上门走访：送达年度资产报告", "上门走访：送达年度对账报告" },
  { 0, 16 * 60, GX_TASK_CALLBACK, 2, "回访：手机银行限额问题", "回访：企业网银限额问题" },
  { 2, 9 * 60 + 30, GX_TASK_CALL, 2, "预约下周面谈", NULL },
  { 0, 11 * 60, GX_TASK_VISIT, 2, "上门走访：了解资金安排", NULL },
  { -2, 11 * 60, GX_TASK_CALL, 3, "回访：理财说明会后的意向", "回访：企业沙龙后的意向" },
  { 1, 15 * 60, GX_TASK_VISIT, 3, "上门走访：新居与家庭近况", "上门走访：新址环境与客群" },
  { 0, 17 * 60, GX_TASK_REFRESH, 3, "季度信息核实", NULL },
  { 3, 14 * 60, GX_TASK_DOC, 3, "收集收入证明", "收集财务报表" },
  { 4, 10 * 60, GX_TASK_REVIEW, 3, "检视资产配置偏离", "检视授信与结算用量" },
  { 7, 15 * 60, GX_TASK_CALL, 3, "跟进：年金保险建议", "跟进：代发工资建议" },
  { -3, 15 * 60, GX_TASK_CALLBACK, 2, "回访：服务评价偏低", NULL },
  { 12, 10 * 60 + 30, GX_TASK_VISIT, 3, "上门走访：季度维护", NULL },
};

static gboolean
make_own_day (GxsDemo                *demo,
              const GxsDemoCustomer  *customer,
              GError                **error)
{
  guint *next = &demo->planned[customer->rm_index];
  Wish wish = { .source = "{\"kind\":\"manual\"}" };
  gint32 day;

  /* Not all of it with the first customers of the list. */
  if (*next == G_N_ELEMENTS (own_day) || customer->status != GX_CUSTOMER_ACTIVE || customer->stage == GX_STAGE_LOST
      || (*next > 2 && gxs_demo_chance (demo, 600)))
    return TRUE;

  day = own_day[*next].day;
  wish.day = day <= 1 ? demo->today + day : gx_workdays_add (demo->workdays, demo->today, day);
  wish.minutes = own_day[*next].minutes;
  wish.kind = own_day[*next].kind;
  wish.priority = own_day[*next].priority;
  wish.title = customer->org && own_day[*next].of_org ? own_day[*next].of_org : own_day[*next].title;
  (*next)++;
  return put_task (demo, customer, &wish, error);
}

/* A birthday, an end, an outflow: the customer's own facts. */
static gboolean
make_called_for (GxsDemo                *demo,
                 const GxsDemoCustomer  *customer,
                 GError                **error)
{
  const Wish care = { GX_TASK_CARE, customer->birthday, 9 * 60 + 30, 3, FALSE, "生日问候", "{\"kind\":\"care\"}", GX_ID_NONE };
  gboolean ends = customer->matures != GX_INT32_NONE && customer->matures - demo->today <= 7;
  const Wish call = { GX_TASK_CALL, ends ? MAX (demo->today, customer->matures - 2) : demo->today, 10 * 60 + 30, 1, FALSE, "到期前确认续存意向",
                      "{\"kind\":\"maturity\"}", GX_ID_NONE };
  const Wish keep = { GX_TASK_RETENTION, gx_workdays_add (demo->workdays, demo->today, (int) gxs_demo_between (demo, 0, 3)), 15 * 60, 1,
                      FALSE, "资金外流：了解原因并挽留", "{\"kind\":\"churn\"}", GX_ID_NONE };

  if (customer->birthday != GX_INT32_NONE && !put_task (demo, customer, &care, error))
    return FALSE;
  if (ends && !put_task (demo, customer, &call, error))
    return FALSE;

  return customer->stage != GX_STAGE_DECLINING || customer->tier < GX_TIER_GOLD || !gxs_demo_chance (demo, 250)
         || put_task (demo, customer, &keep, error);
}

static gint32
day_of_step (GxsDemo           *demo,
             const GxsDemoStep *step,
             gint32             started)
{
  if (step->counted == GX_OFFSET_WORKDAY)
    return gx_workdays_add (demo->workdays, started, step->days);

  return gx_workdays_add (demo->workdays, started + step->days, 0);
}

static guint
pct_done (GxsDemo *demo,
          guint    plan,
          gint32   started)
{
  guint all = 0, done = 0;

  for (guint i = 0; i < GXS_DEMO_STEPS; i++)
    if (gxs_demo_steps[i].plan == plan)
      {
        all++;
        done += day_of_step (demo, &gxs_demo_steps[i], started) < demo->today ? 1 : 0;
      }

  return done * 100 / all;
}

static gboolean
put_plan (GxsDemo                *demo,
          const GxsDemoCustomer  *customer,
          guint                   plan,
          gint32                  started,
          GError                **error)
{
  GxPlan *row = gx_entity_new (&gx_plan_entity);
  GxId id = row->meta.id = gxs_batch_new_id (demo->batch);
  g_autofree char *source = g_strdup_printf ("{\"kind\":\"plan\",\"plan\":\"%s\"}", GX_ID_STR (&id));

  row->tmpl_id = demo->plans[plan];
  row->customer_id = customer->id;
  row->started_on = started;
  row->pct = pct_done (demo, plan, started);
  row->status = row->pct == 100 ? GX_PLAN_DONE : GX_PLAN_RUNNING;
  if (!gxs_demo_put (demo, &gx_plan_entity, row, error))
    return FALSE;

  for (guint i = 0; i < GXS_DEMO_STEPS; i++)
    {
      const GxsDemoStep *step = &gxs_demo_steps[i];
      gint32 day = day_of_step (demo, step, started);
      const Wish wish = { step->kind, day, draw_hour (demo), step->required ? 2 : 3, day < demo->today, step->title, source, demo->steps[i] };

      if (step->plan == plan && !put_task (demo, customer, &wish, error))
        return FALSE;
    }

  return TRUE;
}

/* Who is new is in the plan for that; where something larger ends soon, or there is much more than the tier needs, some are. */
static gboolean
make_plans (GxsDemo                *demo,
            const GxsDemoCustomer  *customer,
            GError                **error)
{
  if (customer->stage == GX_STAGE_NEW)
    return put_plan (demo, customer, GXS_DEMO_PLAN_ONBOARD, customer->since, error);
  if (customer->matures != GX_INT32_NONE && customer->matures - demo->today <= 12 && customer->tier >= GX_TIER_PLATINUM)
    return put_plan (demo, customer, GXS_DEMO_PLAN_MATURITY, MIN (demo->today, customer->matures - 7), error);
  if (customer->tier == GX_TIER_GOLD && customer->stage == GX_STAGE_LOYAL && gxs_demo_chance (demo, 60))
    return put_plan (demo, customer, GXS_DEMO_PLAN_TIER_UP, demo->today - (gint32) gxs_demo_between (demo, 3, 60), error);

  return TRUE;
}

static gboolean
make_other (GxsDemo                *demo,
            const GxsDemoCustomer  *customer,
            GError                **error)
{
  static const struct { int kind; const char *title, *of_org; } kinds[] = {
    { GX_TASK_CALL, "电话联系：存款到期安排", NULL }, { GX_TASK_VISIT, "上门走访", NULL }, { GX_TASK_DOC, "补充身份证件影像", "补充营业执照影像" },
    { GX_TASK_CARE, "节日问候", NULL }, { GX_TASK_CALLBACK, "产品使用回访", NULL }, { GX_TASK_REFRESH, "季度信息核实", NULL },
  };
  guint kind = gx_random_below (demo->random, G_N_ELEMENTS (kinds));
  gboolean done = !gxs_demo_chance (demo, 300);
  gint32 day = done ? demo->today - (gint32) gxs_demo_between (demo, 1, 120) : demo->today + (gint32) gxs_demo_between (demo, 3, 40);
  const Wish wish = { kinds[kind].kind, gx_workdays_add (demo->workdays, day, done ? -1 : 0), draw_hour (demo),
                      (int) gxs_demo_between (demo, 2, 4), done,
                      customer->org && kinds[kind].of_org ? kinds[kind].of_org : kinds[kind].title, "{\"kind\":\"manual\"}", GX_ID_NONE };

  return put_task (demo, customer, &wish, error);
}

/**
 * gxs_demo_make_tasks:
 */
gboolean
gxs_demo_make_tasks (GxsDemo                *demo,
                     const GxsDemoCustomer  *customer,
                     GError                **error)
{
  return make_called_for (demo, customer, error)
      && make_plans (demo, customer, error)
      && make_own_day (demo, customer, error)
      && (!gxs_demo_chance (demo, 300) || make_other (demo, customer, error));
}
