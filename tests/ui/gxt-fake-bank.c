/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An invented bank for the fake desk: people, firms, their holdings and doings, and requests that wait. The same in each run.
 * Not the demo bank, which a server owns. */

#include "gxt-fake-desk.h"

#include <string.h>

#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-employee.h"
#include "gx-holding.h"
#include "gx-interaction.h"
#include "gx-life-event.h"
#include "gx-name-keys.h"
#include "gx-org-unit.h"
#include "gx-product.h"
#include "gx-task.h"

#define DAY G_GINT64_CONSTANT (86400000)

static gint64
now_of (GxtFakeDesk *self)
{
  return gxc_desk_now (GXC_DESK (self));
}

static gint32
today_of (GxtFakeDesk *self)
{
  return gxc_desk_get_today (GXC_DESK (self));
}

static GxId
me_of (GxtFakeDesk *self)
{
  return gxc_desk_get_person (GXC_DESK (self))->employee_id;
}

static const char * const people[] = {
  "张明远", "周思齐", "李晓岚", "陈国栋", "许文静", "王建平", "赵雨桐", "何志强", "郑海燕", "吴启明", "孙丽华", "马晓东", "林子墨", "郭雅琴", "罗振宇", "梁秋实",
};
static const char * const firms[] = { "杭州澜川科技", "沐禾农业发展", "众森进出口", "启衡精密制造", "宁川物流", "云岭新材料" };

static void
add_holdings (GxtFakeDesk *self, const GxId *customer, GPtrArray *products)
{
  guint n = 1 + gxt_fake_desk_roll (self, 4);

  for (guint i = 0; i < n; i++)
    {
      GxHolding *holding = gxt_fake_desk_add (self, &gx_holding_entity);
      gint64 balance = (gint64) (5 + gxt_fake_desk_roll (self, 180)) * 1000000;

      holding->customer_id = *customer;
      holding->product_id = ((GxMeta *) gx_record_get_data (g_ptr_array_index (products, (i + gxt_fake_desk_roll (self, 2)) % products->len)))->id;
      holding->acct_no = g_strdup_printf ("6228****%04u", gxt_fake_desk_roll (self, 10000));
      holding->ccy = g_strdup ("CNY");
      holding->opened_on = today_of (self) - 60 - gxt_fake_desk_roll (self, 2400);
      holding->matures_on = i ? today_of (self) + (gint32) gxt_fake_desk_roll (self, 400) : GX_INT32_NONE;
      holding->status = 1;
      holding->balance = balance;
      holding->rate_ppm = 3500 + gxt_fake_desk_roll (self, 25000);
      holding->as_of = today_of (self) - 1;
      for (int month = 23; month >= 0; month--)
        {
          GxHoldingMonth *fact = gxt_fake_desk_add (self, &gx_holding_month_entity);

          fact->holding_id = holding->meta.id;
          fact->month = gx_date_add_months (gx_date_from_ymd (2026, 11, 1), -month);
          fact->end_balance = balance - month * (balance / 40) + (gint64) gxt_fake_desk_roll (self, 20) * (balance / 200);
          fact->avg_balance = fact->end_balance;
        }
    }
}

static void
add_doings (GxtFakeDesk *self, const GxId *customer)
{
  static const char * const subjects[] = { "理财到期提醒，约 11-27 后面谈", "女儿 2027 入学，关注外币与留学贷款", "咨询大额存单利率", "季度资产报告已读", "柜面办理转账，顺带问候" };
  static const char * const titles[] = { "到期承接", "风险测评", "生日致电", "升级材料", "季度核验" };
  guint n = 2 + gxt_fake_desk_roll (self, 5);

  for (guint i = 0; i < n; i++)
    {
      GxInteraction *interaction = gxt_fake_desk_add (self, &gx_interaction_entity);

      interaction->customer_id = *customer;
      interaction->channel = 1 + gxt_fake_desk_roll (self, 12);
      interaction->direction = 1 + gxt_fake_desk_roll (self, 2);
      interaction->purpose = 1 + gxt_fake_desk_roll (self, 8);
      interaction->subject = g_strdup (subjects[gxt_fake_desk_roll (self, G_N_ELEMENTS (subjects))]);
      interaction->started_at = now_of (self) - (gint64) gxt_fake_desk_roll (self, 700) * DAY;
      interaction->minutes = 5 + gxt_fake_desk_roll (self, 40);
      interaction->owner_id = me_of (self);
    }
  for (guint i = 0; i < 2; i++)
    {
      GxTask *task = gxt_fake_desk_add (self, &gx_task_entity);

      task->customer_id = *customer;
      task->title = g_strdup (titles[gxt_fake_desk_roll (self, G_N_ELEMENTS (titles))]);
      task->kind = 1 + gxt_fake_desk_roll (self, 9);
      task->due_at = now_of (self) + (gint64) (gxt_fake_desk_roll (self, 200)) * 3600000 - 3600000;
      task->meta.created_at = now_of (self) - 2 * DAY;
      task->priority = 1 + gxt_fake_desk_roll (self, 4);
      task->status = 1;
      task->assignee_id = me_of (self);
    }
  for (guint i = 0; i < 2; i++)
    {
      GxLifeEvent *event = gxt_fake_desk_add (self, &gx_life_event_entity);

      event->customer_id = *customer;
      event->domain = 1;
      event->type = 1 + gxt_fake_desk_roll (self, 12);
      event->happened_on = today_of (self) - (gint32) gxt_fake_desk_roll (self, 2000);
      event->source = 1;
      event->note = g_strdup ("客户自述");
    }
}

static gint64
month_total (GxtFakeDesk *self, GHashTable *holdings, gint32 month)
{
  gint64 total = 0;

  for (guint i = 0; i < gxt_fake_desk_months (self)->len; i++)
    {
      const GxHoldingMonth *fact = g_ptr_array_index (gxt_fake_desk_months (self), i);

      if (fact->month == month && g_hash_table_contains (holdings, &fact->holding_id))
        total += MAX (fact->end_balance, 0);
    }
  return total;
}

static void
add_figures_of_holdings (GxtFakeDesk *self, GxcDigest *digest)
{
  GPtrArray *rows = gxt_fake_desk_rows (self, &gx_holding_entity);
  g_autoptr(GHashTable) holdings = g_hash_table_new (gx_id_hash, gx_id_equal);
  g_autoptr(GString) months = g_string_new ("[");
  gint64 before;

  digest->aum = digest->debt = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const GxHolding *row = gx_record_get_data (g_ptr_array_index (rows, i));

      if (!gx_id_equal (&row->customer_id, &digest->meta.id))
        continue;
      g_hash_table_add (holdings, (gpointer) &row->meta.id);
      digest->aum += row->balance;
      if (row->matures_on >= today_of (self) && (digest->matures_on == GX_INT32_NONE || row->matures_on < digest->matures_on))
        {
          digest->matures_on = row->matures_on;
          digest->maturing = row->balance;
        }
    }
  digest->months_to = gx_date_from_ymd (2026, 11, 1);
  for (int back = GXC_DIGEST_MONTHS - 1; back >= 0; back--)
    g_string_append_printf (months, "%s%" G_GINT64_FORMAT, months->len > 1 ? "," : "",
                            month_total (self, holdings, gx_date_add_months (digest->months_to, -back)));
  digest->months = g_strconcat (months->str, "]", NULL);
  digest->aum_before = month_total (self, holdings, gx_date_add_months (digest->months_to, -1));
  before = month_total (self, holdings, gx_date_add_months (digest->months_to, -12));
  digest->change_12m = before > 0 ? (month_total (self, holdings, digest->months_to) - before) * 10000 / before : GX_INT_NONE;
}

static void
add_figures_of_doings (GxtFakeDesk *self, GxcDigest *digest)
{
  GPtrArray *contacts = gxt_fake_desk_rows (self, &gx_interaction_entity), *tasks = gxt_fake_desk_rows (self, &gx_task_entity);

  digest->contacts_12m = digest->open_tasks = 0;
  for (guint i = 0; i < contacts->len; i++)
    {
      const GxInteraction *row = gx_record_get_data (g_ptr_array_index (contacts, i));

      if (!gx_id_equal (&row->customer_id, &digest->meta.id))
        continue;
      digest->contacts_12m += row->started_at >= now_of (self) - 365 * DAY;
      if (row->started_at > digest->last_contact_at)
        {
          digest->last_contact_at = row->started_at;
          digest->last_channel = row->channel;
        }
    }
  for (guint i = 0; i < tasks->len; i++)
    {
      const GxTask *row = gx_record_get_data (g_ptr_array_index (tasks, i));

      if (!gx_id_equal (&row->customer_id, &digest->meta.id) || row->status >= GX_TASK_DONE)
        continue;
      if (digest->open_tasks++ == 0 || row->due_at < digest->next_due_at)
        {
          digest->next_due_at = row->due_at;
          digest->next_task_id = row->meta.id;
        }
    }
}

static void
add_digest (GxtFakeDesk *self, const GxId *customer, gboolean with_rows)
{
  GxcDigest *digest = gx_entity_new (gxc_digest_entity ());

  digest->meta.id = *customer;
  digest->ccy = g_strdup ("CNY");
  if (with_rows)
    {
      add_figures_of_holdings (self, digest);
      add_figures_of_doings (self, digest);
      digest->cadence_due_on = today_of (self) - 20 + (gint32) gxt_fake_desk_roll (self, 60);
      digest->birthday = (1 + (gint64) gxt_fake_desk_roll (self, 12)) * 100 + 1 + gxt_fake_desk_roll (self, 28);
      digest->risk_grade = 1 + gxt_fake_desk_roll (self, 5);
      digest->risk_expires_on = today_of (self) - 10 + (gint32) gxt_fake_desk_roll (self, 400);
    }
  gxt_fake_desk_put (self, gxc_digest_entity (), digest);
}

static void
add_customer (GxtFakeDesk *self, guint i, GPtrArray *products)
{
  GxCustomer *customer = gxt_fake_desk_add (self, &gx_customer_entity);
  gboolean firm = i % 4 == 2;
  GxNameKeys keys;

  customer->type = firm ? 2 : 1;
  customer->name = g_strdup (firm ? firms[(i / 4) % G_N_ELEMENTS (firms)] : people[(i * 7 / 4) % G_N_ELEMENTS (people)]);
  gx_text_name_keys (customer->name, !firm, &keys);
  customer->name_pinyin = g_strdup (keys.pinyin);
  customer->name_initials = g_strdup (keys.initials);
  gx_name_keys_clear (&keys);
  customer->cif_no = g_strdup_printf ("33%08u", 10000 + i * 37);
  customer->status = i % 9 == 8 ? 1 : 2;
  customer->lifecycle_stage = 1 + gxt_fake_desk_roll (self, 7);
  customer->value_class = 1 + gxt_fake_desk_roll (self, 3);
  customer->tier = i % 11 == 3 ? 5 : 1 + gxt_fake_desk_roll (self, 4);
  customer->primary_rm_id = me_of (self);
  customer->org_id = *gx_record_get_id (gxt_fake_desk_rows (self, &gx_org_unit_entity)->pdata[0]);
  customer->onboarded_on = today_of (self) - 200 - (gint32) gxt_fake_desk_roll (self, 3000);
  customer->dq_score = 40 + gxt_fake_desk_roll (self, 60);
  customer->first_contact_at = now_of (self) - 400 * DAY;
  if (i < 40)
    {
      add_holdings (self, &customer->meta.id, products);
      add_doings (self, &customer->meta.id);
    }
  add_digest (self, &customer->meta.id, i < 40);
}

/* The one document there is, and one whose fingerprint is another's. */
static char *
dup_evidence (const GxId *maker)
{
  g_autoptr(GBytes) paper = gxt_fake_desk_paper ();
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, paper);

  return g_strdup_printf ("[{\"sha256\":\"%s\",\"kind\":\"ASSET_PROOF\",\"added_by\":\"%s\"},"
                          "{\"sha256\":\"77aa3f0c77aa3f0c77aa3f0c77aa3f0c77aa3f0c77aa3f0c77aa3f0c77aa3f0c\",\"kind\":\"NEED_CONFIRMATION\"}]",
                          sha256, GX_ID_STR (maker));
}

static void
add_requests (GxtFakeDesk *self)
{
  static const struct { const char *kind, *before, *after, *reason; } asked[] = {
    { "tier.change", "{\"tier\":\"PLATINUM\"}", "{\"tier\":\"DIAMOND\"}", "30 日均资产连续 9 日超过 300 万，客户确认留存，需要跨境与私募咨询。" },
    { "customer.identity", "{\"name\":\"孙丽华\"}", "{\"name\":\"孙莉华\"}", "身份证姓名更正，原件已核对。" },
    { "customer.transfer", "{\"primary_rm_id\":null}", "{\"primary_rm_id\":null}", "客户迁居，改由就近经理服务。" },
  };
  GPtrArray *customers = gxt_fake_desk_rows (self, &gx_customer_entity);
  const GxId *maker = gx_record_get_id (g_ptr_array_index (gxt_fake_desk_rows (self, &gx_employee_entity), 1));

  for (guint i = 0; i < G_N_ELEMENTS (asked) && 2 * i < customers->len; i++)
    {
      GxChangeRequest *row = gxt_fake_desk_add (self, &gx_change_request_entity);

      row->kind = g_strdup (asked[i].kind);
      row->op = g_strdup ("patch");
      row->tbl = g_strdup ("customer");
      row->entity_id = *gx_record_get_id (g_ptr_array_index (customers, i * 2));
      row->rev = 1;
      row->digest = g_strdup ("9f3c71adb2417c0e4f2a9d6e35c8b0a14f6f0c27de51a3b8c9e208f455b1e7d0");
      row->state = g_strdup ("PENDING");
      row->maker_id = *maker;
      row->required_n = 1;
      row->due_at = now_of (self) + (gint64) (i * 70 + 7) * 3600000;
      row->submitted_at = now_of (self) - (gint64) (i * 20 + 2) * 3600000;
      row->reason = g_strdup (asked[i].reason);
      row->before = g_strdup (asked[i].before);
      row->after = g_strdup (asked[i].after);
      row->evidence = i ? g_strdup ("[]") : dup_evidence (maker);
    }
}

/** gxt_fake_desk_fill: a bank of @n_customers; the first forty have holdings and a history */
void
gxt_fake_desk_fill (GxtFakeDesk *self, guint n_customers)
{
  static const struct { const char *name; int family, line; } goods[] = {
    { "活期存款", 1, 1 }, { "大额存单 3 年", 4, 1 }, { "稳享理财 R2", 14, 4 }, { "债券基金", 18, 4 }, { "终身寿险", 19, 6 },
  };
  GPtrArray *products = gxt_fake_desk_rows (self, &gx_product_entity);

  for (guint i = 0; i < G_N_ELEMENTS (goods); i++)
    {
      GxProduct *product = gxt_fake_desk_add (self, &gx_product_entity);

      product->name = g_strdup (goods[i].name);
      product->family = goods[i].family;
      product->line = goods[i].line;
    }
  for (guint i = 0; i < n_customers; i++)
    add_customer (self, i, products);
  add_requests (self);
}
