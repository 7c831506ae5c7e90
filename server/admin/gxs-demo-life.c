/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened with one demo customer: contacts, tasks, life events, needs.
 */
#include "gxs-demo.h"

#include "gx-customer.h"
#include "gx-interaction.h"
#include "gx-life-event.h"
#include "gx-need.h"
#include "gx-task.h"

static gboolean
make_interaction (GxsDemo                *demo,
                  const GxsDemoCustomer  *customer,
                  GError                **error)
{
  static const struct { int channel, purpose; const char *subject, *notes; } kinds[] = {
    { 2, GX_PURPOSE_MAINTENANCE, "例行电话回访", "询问近期资金安排，客户表示满意。" },
    { 4, GX_PURPOSE_SALES, "微信介绍新发理财", "已发产品说明书，客户考虑中。" },
    { 1, GX_PURPOSE_RECEPTION, "来行办理业务", "陪同办理定期转存，提醒下次到期日。" },
    { 11, GX_PURPOSE_VISIT, "上门拜访", "了解企业经营情况，有扩产计划。" },
    { 2, GX_PURPOSE_PROBLEM, "咨询手机银行限额", "已指导调整限额，问题解决。" },
    { 1, GX_PURPOSE_TRANSACTION, "面签与材料补充", "补齐收入证明，资料已归档。" },
    { 12, GX_PURPOSE_MAINTENANCE, "参加健康讲座", "携家属参加，反馈良好。" },
    { 2, GX_PURPOSE_CALLBACK, "服务回访", "对上次服务评价满意。" },
  };
  guint kind = gx_random_below (demo->random, G_N_ELEMENTS (kinds));
  GxInteraction *row = gx_entity_new (&gx_interaction_entity);
  gint32 day = demo->today - (gint32) gxs_demo_between (demo, 0, CLAMP (demo->today - customer->since, 1, 720));

  row->customer_id = customer->id;
  row->channel = kinds[kind].channel;
  row->direction = gxs_demo_chance (demo, 450) ? GX_DIRECTION_IN : GX_DIRECTION_OUT;
  row->purpose = kinds[kind].purpose;
  row->subject = g_strdup (kinds[kind].subject);
  row->notes = g_strdup (kinds[kind].notes);
  row->started_at = MIN (gxs_demo_moment (demo, day), demo->now - 60000);
  row->minutes = gxs_demo_between (demo, 3, 60);
  row->ended_at = row->started_at + row->minutes * 60000;
  row->owner_id = customer->rm;
  row->confidentiality = GX_INTERACTION_PUBLIC;
  row->sentiment = gxs_demo_between (demo, -1, 2);
  row->at = row->ended_at;
  row->off = 480;
  return gxs_demo_put (demo, &gx_interaction_entity, row, error);
}

static gboolean
make_task (GxsDemo                *demo,
           const GxsDemoCustomer  *customer,
           GError                **error)
{
  static const struct { int kind; const char *title; } kinds[] = {
    { GX_TASK_CALL, "电话联系：存款到期安排" }, { GX_TASK_VISIT, "上门拜访" }, { GX_TASK_DOC, "补充身份证件影像" },
    { GX_TASK_CARE, "生日问候" }, { GX_TASK_CALLBACK, "产品使用回访" }, { GX_TASK_REFRESH, "季度信息核实" },
    { GX_TASK_RETENTION, "资金外流挽留" },
  };
  guint kind = gx_random_below (demo->random, G_N_ELEMENTS (kinds));
  gboolean done = gxs_demo_chance (demo, 400);
  gint32 day = demo->today + (gint32) (done ? gxs_demo_between (demo, -120, -1) : gxs_demo_between (demo, -3, 21));
  GxTask *row = gx_entity_new (&gx_task_entity);

  row->title = g_strdup (kinds[kind].title);
  row->customer_id = customer->id;
  row->kind = kinds[kind].kind;
  row->due_at = gxs_demo_moment (demo, day);
  row->priority = gxs_demo_between (demo, 1, 4);
  row->status = done ? GX_TASK_DONE : GX_TASK_OPEN;
  row->assignee_id = customer->rm;
  if (done)
    row->result = g_strdup ("已完成");
  row->snooze_cnt = 0;
  return gxs_demo_put (demo, &gx_task_entity, row, error);
}

static gboolean
make_event (GxsDemo                *demo,
            const GxsDemoCustomer  *customer,
            GError                **error)
{
  GxLifeEvent *row = gx_entity_new (&gx_life_event_entity);

  row->customer_id = customer->id;
  row->domain = customer->org ? GX_DOMAIN_BUSINESS : GX_DOMAIN_LIFE;
  row->type = (int) (customer->org ? gxs_demo_between (demo, GX_EVENT_FOUNDING, GX_EVENT_RELOCATION)
                                   : gxs_demo_between (demo, GX_EVENT_BIRTH, GX_EVENT_START_BUSINESS));
  row->happened_on = demo->today - (gint32) gxs_demo_between (demo, 5, 1500);
  row->source = (int) gxs_demo_between (demo, GX_EVENT_SOURCE_CUSTOMER, GX_EVENT_SOURCE_PARTNER);
  row->sensitivity = gx_life_event_is_sensitive (row->type) ? GX_SENSITIVITY_SENSITIVE : GX_SENSITIVITY_NORMAL;
  return gxs_demo_put (demo, &gx_life_event_entity, row, error);
}

static gboolean
make_need (GxsDemo                *demo,
           const GxsDemoCustomer  *customer,
           GError                **error)
{
  static const int personal[] = { GX_NEED_HOUSING, GX_NEED_CAR, GX_NEED_EDUCATION, GX_NEED_WEALTH, GX_NEED_RETIREMENT, GX_NEED_INSURANCE };
  static const int corporate[] = { GX_NEED_FINANCING, GX_NEED_TRADE, GX_NEED_SUPPLY_CHAIN, GX_NEED_CASH_MGMT, GX_NEED_PAYROLL, GX_NEED_FX };
  GxNeed *row = gx_entity_new (&gx_need_entity);
  guint draw = gx_random_below (demo->random, G_N_ELEMENTS (personal));

  row->customer_id = customer->id;
  row->category = customer->org ? corporate[draw] : personal[draw];
  row->status = gxs_demo_chance (demo, 700) ? GX_NEED_OPEN : GX_NEED_MET;
  row->due_on = demo->today + (gint32) gxs_demo_between (demo, 10, 300);
  return gxs_demo_put (demo, &gx_need_entity, row, error);
}

/**
 * gxs_demo_make_life:
 *
 * More contacts the higher the tier.
 */
gboolean
gxs_demo_make_life (GxsDemo                *demo,
                    const GxsDemoCustomer  *customer,
                    GError                **error)
{
  static const guint permille[] = { 500, 1200, 2500, 4500, 7000 };
  guint wanted = permille[customer->tier - 1];
  guint n = wanted / 1000 + (gxs_demo_chance (demo, wanted % 1000) ? 1 : 0);

  for (guint i = 0; i < n; i++)
    if (!make_interaction (demo, customer, error))
      return FALSE;

  return (!gxs_demo_chance (demo, 350) || make_task (demo, customer, error))
      && (!gxs_demo_chance (demo, 500) || make_event (demo, customer, error))
      && (!gxs_demo_chance (demo, 450) || make_need (demo, customer, error));
}
