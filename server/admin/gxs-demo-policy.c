/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the demo bank has decided for everybody: what it owes the customers of each tier, and its care plans.
 */
#include "gxs-demo.h"

#include "gx-customer.h"
#include "gx-plan-tmpl.h"
#include "gx-task.h"
#include "gx-tier-policy.h"

/* Days between contacts, by tier from STANDARD on. */
const int gxs_demo_contact_days[] = { 180, 90, 60, 30, 15 };

static gboolean
make_tiers (GxsDemo  *demo,
            GError  **error)
{
  static const struct { int visits, reports, customers; } tiers[] = {
    { 0, 0, 800 }, { 0, 1, 400 }, { 1, 1, 200 }, { 2, 3, 100 }, { 3, 3, 50 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tiers); i++)
    {
      GxTierPolicy *row = gx_entity_new (&gx_tier_policy_entity);

      row->tier = GX_TIER_STANDARD + (int) i;
      row->contact_days = gxs_demo_contact_days[i];
      row->visit_per_quarter = tiers[i].visits;
      row->report_per_quarter = tiers[i].reports;
      row->rm_max_customers = tiers[i].customers;
      if (!gxs_demo_put (demo, &gx_tier_policy_entity, row, error))
        return FALSE;
    }

  return TRUE;
}

static const struct { const char *code, *name; int trigger; } plans[GXS_DEMO_PLANS] = {
  [GXS_DEMO_PLAN_ONBOARD] = { "ONBOARD_90", "新客户 90 天维护", GX_TRIGGER_ACCOUNT_OPEN },
  [GXS_DEMO_PLAN_MATURITY] = { "MATURITY", "理财到期承接", GX_TRIGGER_MANUAL },
  [GXS_DEMO_PLAN_TIER_UP] = { "TIER_UP", "层级提升", GX_TRIGGER_TIER_UP },
};

const GxsDemoStep gxs_demo_steps[] = {
  { GXS_DEMO_PLAN_ONBOARD, GX_TASK_CALL, 1, GX_OFFSET_WORKDAY, TRUE, "开户次日致谢电话" },
  { GXS_DEMO_PLAN_ONBOARD, GX_TASK_ONBOARD, 3, GX_OFFSET_WORKDAY, TRUE, "协助开通手机银行和动账通知" },
  { GXS_DEMO_PLAN_ONBOARD, GX_TASK_REFRESH, 7, GX_OFFSET_WORKDAY, TRUE, "补全关键资料，完成风险测评" },
  { GXS_DEMO_PLAN_ONBOARD, GX_TASK_CALL, 30, GX_OFFSET_CALENDAR, TRUE, "首月使用回访" },
  { GXS_DEMO_PLAN_ONBOARD, GX_TASK_VISIT, 60, GX_OFFSET_CALENDAR, FALSE, "面谈资产配置" },
  { GXS_DEMO_PLAN_ONBOARD, GX_TASK_REVIEW, 90, GX_OFFSET_CALENDAR, TRUE, "90 天小结：需求与下一步" },
  { GXS_DEMO_PLAN_MATURITY, GX_TASK_REVIEW, 0, GX_OFFSET_WORKDAY, TRUE, "核对到期产品、金额与日期" },
  { GXS_DEMO_PLAN_MATURITY, GX_TASK_CALL, 1, GX_OFFSET_WORKDAY, TRUE, "电话预约续做方案" },
  { GXS_DEMO_PLAN_MATURITY, GX_TASK_VISIT, 3, GX_OFFSET_WORKDAY, FALSE, "面谈：续存或转换" },
  { GXS_DEMO_PLAN_MATURITY, GX_TASK_CALL, 5, GX_OFFSET_WORKDAY, TRUE, "到期日确认资金去向" },
  { GXS_DEMO_PLAN_MATURITY, GX_TASK_CALLBACK, 10, GX_OFFSET_WORKDAY, FALSE, "承接后回访" },
  { GXS_DEMO_PLAN_TIER_UP, GX_TASK_REVIEW, 0, GX_OFFSET_WORKDAY, TRUE, "核对日均资产是否达标" },
  { GXS_DEMO_PLAN_TIER_UP, GX_TASK_DOC, 2, GX_OFFSET_WORKDAY, TRUE, "收集资产证明或需求确认" },
  { GXS_DEMO_PLAN_TIER_UP, GX_TASK_VISIT, 5, GX_OFFSET_WORKDAY, TRUE, "面谈新层级权益与配置" },
  { GXS_DEMO_PLAN_TIER_UP, GX_TASK_OTHER, 10, GX_OFFSET_WORKDAY, TRUE, "提交层级变更申请" },
  { GXS_DEMO_PLAN_TIER_UP, GX_TASK_CALLBACK, 30, GX_OFFSET_CALENDAR, FALSE, "权益使用回访" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (gxs_demo_steps) == GXS_DEMO_STEPS);

static gboolean
make_step (GxsDemo  *demo,
           guint     step,
           gint64    seq,
           GError  **error)
{
  GxPlanItemTmpl *row = gx_entity_new (&gx_plan_item_tmpl_entity);

  demo->steps[step] = row->meta.id = gxs_batch_new_id (demo->batch);
  row->tmpl_id = demo->plans[gxs_demo_steps[step].plan];
  row->seq = seq;
  row->title = g_strdup (gxs_demo_steps[step].title);
  row->kind = gxs_demo_steps[step].kind;
  row->offset_days = gxs_demo_steps[step].days;
  row->offset_kind = gxs_demo_steps[step].counted;
  row->required = gxs_demo_steps[step].required;
  return gxs_demo_put (demo, &gx_plan_item_tmpl_entity, row, error);
}

static gboolean
make_plan (GxsDemo  *demo,
           guint     plan,
           GError  **error)
{
  GxPlanTmpl *row = gx_entity_new (&gx_plan_tmpl_entity);
  gint64 seq = 0;

  demo->plans[plan] = row->meta.id = gxs_batch_new_id (demo->batch);
  row->code = g_strdup (plans[plan].code);
  row->name = g_strdup (plans[plan].name);
  row->version = 1;
  row->status = GX_TMPL_PUBLISHED;
  row->trigger = plans[plan].trigger;
  if (!gxs_demo_put (demo, &gx_plan_tmpl_entity, row, error))
    return FALSE;

  for (guint step = 0; step < GXS_DEMO_STEPS; step++)
    if (gxs_demo_steps[step].plan == plan && !make_step (demo, step, ++seq, error))
      return FALSE;

  return TRUE;
}

/**
 * gxs_demo_make_policy:
 *
 * One row a tier, and the published plans with their steps.
 */
gboolean
gxs_demo_make_policy (GxsDemo  *demo,
                      GError  **error)
{
  if (!make_tiers (demo, error))
    return FALSE;

  for (guint plan = 0; plan < GXS_DEMO_PLANS; plan++)
    if (!make_plan (demo, plan, error))
      return FALSE;

  return TRUE;
}
