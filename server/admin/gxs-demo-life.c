/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened with one demo customer: contacts, life events, needs. What is to be done is gxs-demo-task.c.
 */
#include "gxs-demo.h"

#include "gx-customer.h"
#include "gx-interaction.h"
#include "gx-life-event.h"
#include "gx-need.h"

/* By channel: a contact without a purpose of its own is of the channel's. Companies have no family and no card of their own. */
static const struct { int channel, purpose; const char *subject, *notes, *org_subject, *org_notes; } contacts[] = {
  { 1, GX_PURPOSE_RECEPTION, "来行办理业务", "陪同办理定期转存，提醒下次到期日。", NULL, NULL },
  { 1, GX_PURPOSE_TRANSACTION, "面签与材料补充", "补齐收入证明，资料已归档。", NULL, "补齐财务报表，资料已归档。" },
  { 2, GX_PURPOSE_MAINTENANCE, "例行电话回访", "询问近期资金安排，客户表示满意。", NULL, NULL },
  { 2, GX_PURPOSE_PROBLEM, "咨询手机银行限额", "已指导调整限额，问题解决。", "咨询企业网银限额", NULL },
  { 2, GX_PURPOSE_CALLBACK, "服务回访", "对上次服务评价满意。", NULL, NULL },
  { 3, GX_PURPOSE_MAINTENANCE, "到期提醒短信", "客户回复已知悉。", NULL, NULL },
  { 4, GX_PURPOSE_SALES, "微信介绍新发理财", "已发产品说明书，客户考虑中。", NULL, NULL },
  { 4, GX_PURPOSE_MAINTENANCE, "微信问候", "客户咨询近期利率，已答复。", NULL, NULL },
  { 5, GX_PURPOSE_MAINTENANCE, "发送季度资产报告", "邮件已送达。", "发送季度账户报告", NULL },
  { 6, GX_PURPOSE_TRANSACTION, "传真对账回执", "回执已收，金额相符。", NULL, NULL },
  { 7, GX_PURPOSE_TRANSACTION, "网银咨询转账", "指导网银大额转账预约。", NULL, NULL },
  { 8, GX_PURPOSE_TRANSACTION, "手机银行购买理财", "客户自助购买，次日电话确认。", "企业手机银行购买理财", "财务自助购买，次日电话确认。" },
  { 9, GX_PURPOSE_SALES, "视频讲解产品", "远程讲解风险等级，客户要看说明书。", NULL, NULL },
  { 10, GX_PURPOSE_TRANSACTION, "自助机办卡", "厅堂协助完成。", "自助机打印回单", NULL },
  { 11, GX_PURPOSE_VISIT, "上门走访", "了解近况与资金用途。", NULL, "了解经营近况与资金用途。" },
  { 12, GX_PURPOSE_MAINTENANCE, "参加健康讲座", "携家属参加，反馈良好。", "参加企业沙龙", "负责人到场，关注结算与汇率。" },
  { 13, GX_PURPOSE_PROBLEM, "社交平台留言", "已转私信处理。", NULL, NULL },
  { 14, GX_PURPOSE_MAINTENANCE, "寄送节日贺卡", "客户来电致谢。", NULL, NULL },
};

/* The ways on which most goes, as rows of the table. */
static const guint8 usual[] = { 0, 1, 2, 2, 2, 3, 4, 4, 6, 6, 7, 7, 8, 11, 12, 14, 14, 15 };

static guint
draw_contact (GxsDemo *demo,
              int      channel)
{
  guint kind = usual[gx_random_below (demo->random, G_N_ELEMENTS (usual))];

  for (guint i = 0; channel != 0 && i < G_N_ELEMENTS (contacts); i++)
    if (contacts[i].channel == channel)
      kind = i;

  return kind;
}

/**
 * gxs_demo_put_contact:
 * @day: not after today
 * @channel: of gx_channels; 0 = any
 */
gboolean
gxs_demo_put_contact (GxsDemo                *demo,
                      const GxsDemoCustomer  *customer,
                      gint32                  day,
                      int                     channel,
                      GError                **error)
{
  guint kind = draw_contact (demo, channel);
  GxInteraction *row = gx_entity_new (&gx_interaction_entity);

  row->customer_id = customer->id;
  row->channel = contacts[kind].channel;
  row->direction = gxs_demo_chance (demo, 450) ? GX_DIRECTION_IN : GX_DIRECTION_OUT;
  row->purpose = contacts[kind].purpose;
  row->subject = g_strdup (customer->org && contacts[kind].org_subject ? contacts[kind].org_subject : contacts[kind].subject);
  row->notes = g_strdup (customer->org && contacts[kind].org_notes ? contacts[kind].org_notes : contacts[kind].notes);
  row->minutes = gxs_demo_between (demo, 3, 60);
  row->started_at = gxs_demo_moment (demo, day);
  row->started_at = MIN (row->started_at, demo->now - 3600000);
  row->ended_at = row->started_at + row->minutes * 60000;
  row->owner_id = customer->rm;
  row->confidentiality = GX_INTERACTION_PUBLIC;
  row->sentiment = gxs_demo_between (demo, -1, 2);
  row->at = row->ended_at;
  row->off = 480;
  return gxs_demo_put (demo, &gx_interaction_entity, row, error);
}

/* Most are contacted as the tier's policy wants it, an eighth is late; who is lost has not been heard of for long. */
static gboolean
make_contacts (GxsDemo                *demo,
               const GxsDemoCustomer  *customer,
               GError                **error)
{
  static const guint permille[] = { 300, 800, 1800, 3500, 6000 };
  int days = gxs_demo_contact_days[customer->tier - 1];
  gint32 known = MAX (demo->today - customer->since, 1), ago = (gint32) gxs_demo_between (demo, 1, days - 1);
  guint wanted = permille[customer->tier - 1], more = wanted / 1000 + (gxs_demo_chance (demo, wanted % 1000) ? 1 : 0);

  if (customer->stage == GX_STAGE_LOST)
    ago = (gint32) gxs_demo_between (demo, 190, 420);
  else if (gxs_demo_chance (demo, 125))
    ago = days + (gint32) gxs_demo_between (demo, 1, days / 2);
  ago = MIN (ago, known);
  if (!gxs_demo_put_contact (demo, customer, demo->today - ago, 0, error))
    return FALSE;

  for (guint i = 0; i < more && ago < known; i++)
    if (!gxs_demo_put_contact (demo, customer, demo->today - (gint32) gxs_demo_between (demo, ago, CLAMP (known, ago, 720 + ago)), 0, error))
      return FALSE;

  return TRUE;
}

/**
 * gxs_demo_put_event:
 * @note: (nullable)
 */
gboolean
gxs_demo_put_event (GxsDemo                *demo,
                    const GxsDemoCustomer  *customer,
                    int                     type,
                    gint32                  day,
                    const char             *note,
                    GError                **error)
{
  GxLifeEvent *row = gx_entity_new (&gx_life_event_entity);

  row->customer_id = customer->id;
  row->domain = customer->org ? GX_DOMAIN_BUSINESS : GX_DOMAIN_LIFE;
  row->type = type;
  row->happened_on = day;
  row->source = (int) gxs_demo_between (demo, GX_EVENT_SOURCE_CUSTOMER, GX_EVENT_SOURCE_PARTNER);
  row->sensitivity = gx_life_event_is_sensitive (row->type) ? GX_SENSITIVITY_SENSITIVE : GX_SENSITIVITY_NORMAL;
  row->note = g_strdup (note);
  return gxs_demo_put (demo, &gx_life_event_entity, row, error);
}

static gboolean
make_event (GxsDemo                *demo,
            const GxsDemoCustomer  *customer,
            GError                **error)
{
  int type = (int) (customer->org ? gxs_demo_between (demo, GX_EVENT_FOUNDING, GX_EVENT_RELOCATION)
                                  : gxs_demo_between (demo, GX_EVENT_BIRTH, GX_EVENT_START_BUSINESS));

  return gxs_demo_put_event (demo, customer, type, demo->today - (gint32) gxs_demo_between (demo, 5, 1500), NULL, error);
}

static gboolean
make_need (GxsDemo                *demo,
           const GxsDemoCustomer  *customer,
           GError                **error)
{
  static const struct { int category; const char *detail; } personal[] = {
    { GX_NEED_HOUSING, "改善住房，考虑按揭" }, { GX_NEED_CAR, "年内换车" }, { GX_NEED_EDUCATION, "孩子教育金" },
    { GX_NEED_WEALTH, "闲置资金稳健增值" }, { GX_NEED_RETIREMENT, "养老资金安排" }, { GX_NEED_INSURANCE, "家庭保障缺口" },
  };
  static const struct { int category; const char *detail; } corporate[] = {
    { GX_NEED_FINANCING, "旺季备货流动资金" }, { GX_NEED_TRADE, "进口信用证" }, { GX_NEED_SUPPLY_CHAIN, "上游供应商账期" },
    { GX_NEED_CASH_MGMT, "多账户归集" }, { GX_NEED_PAYROLL, "代发工资" }, { GX_NEED_FX, "美元收汇避险" },
  };
  guint draw = gx_random_below (demo->random, G_N_ELEMENTS (personal));
  GxNeed *row = gx_entity_new (&gx_need_entity);

  row->customer_id = customer->id;
  row->category = customer->org ? corporate[draw].category : personal[draw].category;
  row->detail = g_strdup (customer->org ? corporate[draw].detail : personal[draw].detail);
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
  return make_contacts (demo, customer, error)
      && (!gxs_demo_chance (demo, 500) || make_event (demo, customer, error))
      && (!gxs_demo_chance (demo, 450) || make_need (demo, customer, error));
}
