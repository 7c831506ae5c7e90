/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customers' figures: each against a calculation by hand, and kept up row by row the same as made from nothing.
 */
#include "gxt-desk.h"

#include "gx-customer.h"
#include "gx-holding.h"
#include "gx-interaction.h"
#include "gx-person-profile.h"
#include "gx-pin.h"
#include "gx-product.h"
#include "gx-risk-assessment.h"
#include "gx-setting.h"
#include "gx-sql.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gx-tier-policy.h"
#include "gx-txn-month.h"
#include "gxc-digest.h"
#include "gxc-overlay.h"
#include "gxc-portfolio.h"
#include "gxc-store-private.h"

#define DAY G_GINT64_CONSTANT (86400000)
#define NOON(days) ((days) * DAY + 4 * 3600000)      /* in China */

static gint32
today (void)
{
  return gx_date_from_ymd (2026, 11, 24);
}

static gpointer
new_row (GxtDesk        *desk,
         const GxEntity *entity,
         const GxId     *customer)
{
  GxMeta *meta = gx_entity_new (entity);

  meta->id = gxc_store_new_id (desk->store);
  meta->v = meta->v0 = 20;
  if (customer != NULL)
    *(GxId *) gx_entity_member (entity, meta, "customer_id") = *customer;

  return meta;
}

/* What the server would say; @row is taken. */
static GxId
put (GxtDesk        *desk,
     const GxEntity *entity,
     gpointer        row)
{
  GxId id = ((GxMeta *) row)->id;

  gxt_desk_put (desk, entity, row);
  gx_entity_free (entity, row);

  return id;
}

static void
set_day (GxtDesk *desk)
{
  GxSetting *setting = new_row (desk, &gx_setting_entity, NULL);

  gx_set_str (&setting->code, "business_date");
  gx_set_str (&setting->value, "2026-11-24");
  put (desk, &gx_setting_entity, setting);
}

static gboolean
put_here (GxcStore  *store,
          gpointer   data,
          GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction != NULL && gxc_overlay_put (store, data, error) && gxc_store_commit (store, transaction, error);
}

/* A holding with months that end in the business month; 0 stands for a month that is not there. */
static GxId
put_holding_of (GxtDesk      *desk,
                const GxId   *product,
                const GxId   *customer,
                const char   *ccy,
                gint64        balance,
                gint32        matures_on,
                int           status,
                const gint64 *months,
                guint         n_months)
{
  GxHolding *holding = new_row (desk, &gx_holding_entity, customer);
  GxPut row = { .entity = &gx_holding_entity, .data = holding, .fact = &gx_holding_month_entity };
  g_autoptr(GError) error = NULL;
  GxId id = holding->meta.id;

  gx_set_str (&holding->ccy, ccy);
  holding->product_id = product != NULL ? *product : GX_ID_NONE;
  holding->balance = balance;
  holding->matures_on = matures_on;
  holding->status = status;
  holding->opened_on = holding->as_of = today ();
  row.facts = g_ptr_array_new ();
  for (guint i = 0; i < n_months; i++)
    {
      GxHoldingMonth *month;

      if (months[i] == 0)
        continue;
      month = gx_entity_new (&gx_holding_month_entity);
      month->holding_id = id;
      month->month = gx_date_add_months (gx_date_from_ymd (2026, 11, 1), (int) i + 1 - (int) n_months);
      month->end_balance = month->avg_balance = months[i];
      g_ptr_array_add (row.facts, month);
    }
  gxc_store_call (desk->store, put_here, &row, &error);
  g_assert_no_error (error);
  gx_put_clear (&row);

  return id;
}

static GxId
put_holding (GxtDesk      *desk,
             const GxId   *customer,
             const char   *ccy,
             gint64        balance,
             gint32        matures_on,
             int           status,
             const gint64 *months,
             guint         n_months)
{
  return put_holding_of (desk, NULL, customer, ccy, balance, matures_on, status, months, n_months);
}

static GxcDigest *
load (GxtDesk    *desk,
      const GxId *customer)
{
  return gxt_desk_load (desk, gxc_digest_entity (), customer);
}

static void
digest_free (GxcDigest *digest)
{
  gx_entity_free (gxc_digest_entity (), digest);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcDigest, digest_free)

static void
test_money (void)
{
  static const gint64 one[] = { 100, 200, 300 }, two[] = { 1000, 0, 5000, 7000 }, owed[] = { -50, -40, -30 }, yen[] = { 9, 9 };
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GxcDigest) digest = NULL;
  GxId id;

  gxt_desk_init (&desk);
  set_day (&desk);
  id = gxt_desk_customer (&desk, "张伟", "zhang wei", GX_CUSTOMER_ACTIVE, 10);
  put_holding (&desk, &id, "CNY", 350, GX_INT32_NONE, GX_HOLDING_OPEN, one, G_N_ELEMENTS (one));
  put_holding (&desk, &id, NULL, 8000, today () + 30, GX_HOLDING_OPEN, two, G_N_ELEMENTS (two));
  put_holding (&desk, &id, "CNY", -20, today () + 5, GX_HOLDING_OPEN, owed, G_N_ELEMENTS (owed));
  put_holding (&desk, &id, "CNY", 4000, today () + 30, GX_HOLDING_CLOSED, NULL, 0);
  put_holding (&desk, &id, "CNY", 60, today () - 1, GX_HOLDING_OPEN, NULL, 0);
  put_holding (&desk, &id, "JPY", 777, today () + 1, GX_HOLDING_OPEN, yen, G_N_ELEMENTS (yen));

  digest = load (&desk, &id);
  g_assert_cmpstr (digest->ccy, ==, "CNY");
  g_assert_cmpint (digest->aum, ==, 350 + 8000 + 60);
  g_assert_cmpint (digest->debt, ==, 20);
  /* August: 1000; September: 100; October: 200 + 5000; November: 300 + 7000 */
  g_assert_cmpstr (digest->months, ==, "[1000,100,5200,7300]");
  g_assert_cmpint (digest->months_to, ==, gx_date_from_ymd (2026, 11, 1));
  g_assert_cmpint (digest->aum_before, ==, 5200);
  /* the debt that is due earlier is no money that comes free, but it is the next maturity */
  g_assert_cmpint (digest->matures_on, ==, today () + 5);
  g_assert_cmpint (digest->maturing, ==, GX_INT_NONE);
}

static void
test_maturity (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GxcDigest) digest = NULL;
  GxId id;

  gxt_desk_init (&desk);
  set_day (&desk);
  id = gxt_desk_customer (&desk, "张伟", "zhang wei", GX_CUSTOMER_ACTIVE, 10);
  put_holding (&desk, &id, "CNY", 100, today () + 9, GX_HOLDING_OPEN, NULL, 0);
  put_holding (&desk, &id, "CNY", 300, today () + 7, GX_HOLDING_OPEN, NULL, 0);
  put_holding (&desk, &id, "CNY", 400, today () + 7, GX_HOLDING_OPEN, NULL, 0);
  digest = load (&desk, &id);
  g_assert_cmpint (digest->matures_on, ==, today () + 7);
  g_assert_cmpint (digest->maturing, ==, 700);
  g_assert_null (digest->months);
  g_assert_cmpint (digest->aum_before, ==, GX_INT_NONE);
}

/* One amount that is masked masks all sums; whoever has no holdings has no figure either. */
static void
test_masked_amounts_are_nothing_there (void)
{
  static const gint64 months[] = { 5, 6 };
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GxcDigest) none = NULL;
  g_autoptr(GxcDigest) digest = NULL;
  GxHolding *holding;
  GxId id;

  gxt_desk_init (&desk);
  set_day (&desk);
  id = gxt_desk_customer (&desk, "张伟", "zhang wei", GX_CUSTOMER_ACTIVE, 10);
  none = load (&desk, &id);
  g_assert_nonnull (none);
  g_assert_cmpint (none->aum, ==, GX_INT_NONE);

  put_holding (&desk, &id, "CNY", 100, today () + 9, GX_HOLDING_OPEN, months, G_N_ELEMENTS (months));
  holding = new_row (&desk, &gx_holding_entity, &id);
  holding->status = GX_HOLDING_OPEN;
  gx_set_str (&holding->meta.masked, "{\"balance\":4}");
  put (&desk, &gx_holding_entity, holding);
  digest = load (&desk, &id);
  g_assert_cmpint (digest->aum, ==, GX_INT_NONE);
  g_assert_cmpint (digest->debt, ==, GX_INT_NONE);
  g_assert_cmpint (digest->aum_before, ==, GX_INT_NONE);
  g_assert_cmpint (digest->maturing, ==, GX_INT_NONE);
  g_assert_null (digest->months);
  g_assert_cmpint (digest->matures_on, ==, today () + 9);
}

/* What masked balances come to lies between two bands: 20 to 50 ten thousand and twice that is 60 to 150. */
static void
test_masked_amounts_leave_bands (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GxcDigest) digest = NULL;
  GxId id;

  gxt_desk_init (&desk);
  set_day (&desk);
  id = gxt_desk_customer (&desk, "张伟", "zhang wei", GX_CUSTOMER_ACTIVE, 10);
  for (guint i = 0; i < 4; i++)
    {
      GxHolding *holding = new_row (&desk, &gx_holding_entity, &id);

      holding->status = GX_HOLDING_OPEN;
      gx_set_str (&holding->meta.masked, i < 3 ? "{\"balance\":3}" : "{\"balance\":0}");      /* the last is owed */
      put (&desk, &gx_holding_entity, holding);
    }
  digest = load (&desk, &id);
  g_assert_cmpint (digest->aum, ==, GX_INT_NONE);
  g_assert_cmpstr (digest->meta.masked, ==, "{\"aum\":4,\"aum_to\":5}");
}

static GxId
put_contact (GxtDesk    *desk,
             const GxId *customer,
             gint64      at,
             int         channel)
{
  GxInteraction *row = new_row (desk, &gx_interaction_entity, customer);

  row->started_at = at;
  row->channel = channel;
  gx_set_str (&row->subject, "电话");

  return put (desk, &gx_interaction_entity, row);
}

static GxId
put_pin (GxtDesk    *desk,
         const GxId *customer,
         gint64      at)
{
  GxPin *row = new_row (desk, &gx_pin_entity, customer);

  row->at = at;

  return put (desk, &gx_pin_entity, row);
}

static void
assert_pinned (GxtDesk    *desk,
               const GxId *customer,
               gint64      at)
{
  g_autoptr(GxcDigest) digest = load (desk, customer);

  g_assert_cmpint (digest->pinned_at, ==, at);
}

static gint64
n_of (GxtDesk            *desk,
      const GxcListQuery *query)
{
  g_autoptr(GError) error = NULL;
  gint64 n = gxc_list_count (gxc_store_get_db (desk->store), query, &error);

  g_assert_no_error (error);
  return n;
}

/* Two desks may have pinned the same customer: he is pinned until both pins are gone. */
static void
test_pins (void)
{
  const GxcCondition pinned = { "pinned_at", GXC_IS_SOME, NULL };
  const GxcListQuery query = { .entity = &gx_customer_entity, .conditions = &pinned, .n_conditions = 1, .sort = "name" };
  g_auto(GxtDesk) desk = { 0 };
  GxId id, other, first, second;

  gxt_desk_init (&desk);
  set_day (&desk);
  id = gxt_desk_customer (&desk, "张伟", "zhang wei", GX_CUSTOMER_ACTIVE, 10);
  other = gxt_desk_customer (&desk, "李娜", "li na", GX_CUSTOMER_ACTIVE, 11);
  g_assert_cmpint (n_of (&desk, &query), ==, 0);
  first = put_pin (&desk, &id, NOON (today ()));
  second = put_pin (&desk, &id, NOON (today () - 1));
  assert_pinned (&desk, &id, NOON (today () - 1));
  assert_pinned (&desk, &other, 0);
  g_assert_cmpint (n_of (&desk, &query), ==, 1);

  gxt_desk_gone (&desk, &gx_pin_entity, &second);
  assert_pinned (&desk, &id, NOON (today ()));
  gxt_desk_gone (&desk, &gx_pin_entity, &first);
  assert_pinned (&desk, &id, 0);
  g_assert_cmpint (n_of (&desk, &query), ==, 0);
}

static void
test_contacts_and_cadence (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GxcDigest) before = NULL;
  g_autoptr(GxcDigest) digest = NULL;
  g_autoptr(GxcDigest) after = NULL;
  GxTierPolicy *policy;
  GxId id, last;

  gxt_desk_init (&desk);
  set_day (&desk);
  policy = new_row (&desk, &gx_tier_policy_entity, NULL);
  policy->tier = GX_TIER_STANDARD;
  policy->contact_days = 90;
  put (&desk, &gx_tier_policy_entity, policy);
  id = gxt_desk_customer (&desk, "张伟", "zhang wei", GX_CUSTOMER_ACTIVE, 10);
  before = load (&desk, &id);
  g_assert_cmpint (before->contacts_12m, ==, 0);
  g_assert_cmpint (before->last_contact_at, ==, 0);
  g_assert_cmpint (before->cadence_due_on, ==, gx_date_from_ymd (2026, 11, 21) + 90);    /* the first contact was on 11-21 */

  put_contact (&desk, &id, NOON (today () - 366), 1);
  put_contact (&desk, &id, NOON (today () - 365), 2);
  last = put_contact (&desk, &id, NOON (today () - 10), 4);
  put_contact (&desk, &id, NOON (today () - 200), 3);
  digest = load (&desk, &id);
  g_assert_cmpint (digest->contacts_12m, ==, 3);
  g_assert_cmpint (digest->last_contact_at, ==, NOON (today () - 10));
  g_assert_cmpint (digest->last_channel, ==, 4);
  g_assert_cmpint (digest->cadence_due_on, ==, today () - 10 + 90);

  gxt_desk_gone (&desk, &gx_interaction_entity, &last);
  after = load (&desk, &id);
  g_assert_cmpint (after->last_contact_at, ==, NOON (today () - 200));
  g_assert_cmpint (after->last_channel, ==, 3);
  g_assert_cmpint (after->contacts_12m, ==, 2);
}

static GxId
put_task (GxtDesk    *desk,
          const GxId *customer,
          gint64      due_at,
          int         status)
{
  GxTask *row = new_row (desk, &gx_task_entity, customer);

  gx_set_str (&row->title, "致电");
  row->due_at = due_at;
  row->status = status;
  row->kind = GX_TASK_CALL;
  row->assignee_id = desk->me;

  return put (desk, &gx_task_entity, row);
}

static void
test_tasks_birthday_and_risk (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GxcDigest) digest = NULL;
  GxPersonProfile *profile;
  GxId id, next;

  gxt_desk_init (&desk);
  set_day (&desk);
  id = gxt_desk_customer (&desk, "张伟", "zhang wei", GX_CUSTOMER_ACTIVE, 10);
  put_task (&desk, &id, NOON (today () + 3), GX_TASK_OPEN);
  next = put_task (&desk, &id, NOON (today () - 2), GX_TASK_WAITING);
  put_task (&desk, &id, NOON (today () - 9), GX_TASK_DONE);
  put_task (&desk, &id, NOON (today () - 9), GX_TASK_CANCELLED);
  profile = new_row (&desk, &gx_person_profile_entity, &id);
  profile->meta.id = id;
  profile->birth_date = gx_date_from_ymd (1984, 2, 29);
  put (&desk, &gx_person_profile_entity, profile);
  for (int i = 0; i < 2; i++)
    {
      GxRiskAssessment *risk = new_row (&desk, &gx_risk_assessment_entity, &id);

      risk->grade = i == 0 ? GX_GRADE_C4 : GX_GRADE_C2;
      risk->at = NOON (today () - (i == 0 ? 30 : 400));
      risk->expires_on = gx_date_add_months (today (), i == 0 ? 11 : -1);
      put (&desk, &gx_risk_assessment_entity, risk);
    }

  digest = load (&desk, &id);
  g_assert_cmpint (digest->open_tasks, ==, 2);
  g_assert_true (gx_id_equal (&digest->next_task_id, &next));
  g_assert_cmpint (digest->next_due_at, ==, NOON (today () - 2));
  g_assert_cmpint (digest->birthday, ==, 229);
  g_assert_cmpint (digest->risk_grade, ==, GX_GRADE_C4);
  g_assert_cmpint (digest->risk_expires_on, ==, gx_date_add_months (today (), 11));
}

/* --- kept up ------------------------------------------------------------------------------------------------------ */

static gboolean
catch_up_here (GxcStore  *store,
               gpointer   data,
               GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction != NULL && gxc_digest_catch_up (store, 3, data, error) && gxc_store_commit (store, transaction, error);
}

static void
catch_up (GxtDesk *desk)
{
  g_autoptr(GError) error = NULL;
  gboolean more = TRUE;

  while (more)
    {
      gxc_store_call (desk->store, catch_up_here, &more, &error);
      g_assert_no_error (error);
    }
}

static gboolean
drop_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  return gx_db_run (gxc_store_get_db (store), error, "DELETE FROM customer_digest", NULL)
         && gx_db_run (gxc_store_get_db (store), error, "UPDATE meta SET v='0' WHERE k='digest_day'", NULL);
}

/* All digests in one text, without the number of the making. */
static char *
dump (GxtDesk *desk)
{
  GxcListQuery query = { .entity = gxc_digest_entity () };
  g_autoptr(GArray) ids = gxc_list_ids (gxc_store_get_db (desk->store), &query, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(GxcDigest) digest = load (desk, &g_array_index (ids, GxId, i));

      for (guint f = gx_entity_first_own (query.entity); f < gx_entity_n_fields (query.entity); f++)
        {
          g_autofree char *text = gx_field_to_text (gx_entity_field (query.entity, f), digest);

          g_string_append_printf (out, "%s ", text != NULL ? text : "-");
        }
      g_string_append_printf (out, "%s\n", GX_ID_STR (&digest->meta.id));
    }

  return g_string_free (out, FALSE);
}

typedef struct
{
  GxtDesk    desk;
  GRand     *rand;
  GArray    *customers;         /* of GxId */
  GArray    *rows;              /* of GxcRow: those that may be changed or go */
} Play;

static const GxId *
any_customer (Play *play)
{
  return &g_array_index (play->customers, GxId, g_rand_int_range (play->rand, 0, (gint32) play->customers->len));
}

static void
remember (Play           *play,
          const GxEntity *entity,
          GxId            id)
{
  GxcRow row = { entity, id };

  g_array_append_val (play->rows, row);
}

static void
play_holding (Play *play)
{
  static const char *const currencies[] = { "CNY", "USD", NULL };
  gint64 months[26];

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    months[i] = g_rand_int_range (play->rand, -3, 9) * 1000;
  remember (play, &gx_holding_entity,
            put_holding (&play->desk, any_customer (play), currencies[g_rand_int_range (play->rand, 0, 3)],
                         g_rand_int_range (play->rand, -900, 9000), today () + g_rand_int_range (play->rand, -20, 60),
                         g_rand_int_range (play->rand, 1, 3), months, G_N_ELEMENTS (months)));
}

static void
play_contact (Play *play)
{
  remember (play, &gx_interaction_entity,
            put_contact (&play->desk, any_customer (play), NOON (today () - g_rand_int_range (play->rand, 0, 500)),
                         g_rand_int_range (play->rand, 1, 6)));
}

static void
play_task (Play *play)
{
  remember (play, &gx_task_entity,
            put_task (&play->desk, any_customer (play), NOON (today () + g_rand_int_range (play->rand, -5, 5)),
                      g_rand_int_range (play->rand, 1, 6)));
}

/* Of a person here: it stands over the row until the server says something. */
static void
play_edit (Play *play)
{
  g_autoptr(GError) error = NULL;
  const GxcRow *row;

  if (play->rows->len == 0)
    return;
  row = &g_array_index (play->rows, GxcRow, g_rand_int_range (play->rand, 0, (gint32) play->rows->len));
  if (row->entity != &gx_task_entity)
    return;
  gxt_desk_set (&play->desk, row->entity, &row->id, "status", g_rand_boolean (play->rand) ? "DONE" : "OPEN", NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
play_gone (Play *play)
{
  guint index;
  GxcRow row;

  if (play->rows->len == 0)
    return;
  index = (guint) g_rand_int_range (play->rand, 0, (gint32) play->rows->len);
  row = g_array_index (play->rows, GxcRow, index);
  if (row.entity == &gx_task_entity)
    return;
  g_array_remove_index (play->rows, index);
  gxt_desk_gone (&play->desk, row.entity, &row.id);
}

static void
play_customer (Play *play)
{
  GxId id = gxt_desk_customer (&play->desk, "王芳", "wang fang", g_rand_int_range (play->rand, 1, 6), 10);

  g_array_append_val (play->customers, id);
}

static void
play_policy (Play *play)
{
  GxTierPolicy *policy = new_row (&play->desk, &gx_tier_policy_entity, NULL);

  policy->tier = GX_TIER_STANDARD;
  policy->contact_days = g_rand_int_range (play->rand, 10, 100);
  put (&play->desk, &gx_tier_policy_entity, policy);
}

static void
test_kept_up_as_made_from_nothing (gconstpointer data)
{
  static void (*const moves[]) (Play *) = { play_holding, play_contact, play_task, play_edit, play_gone, play_holding, play_customer };
  Play play = { .rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data)) };
  g_autofree char *kept = NULL, *made = NULL;
  g_autoptr(GError) error = NULL;

  gxt_desk_init (&play.desk);
  play.customers = g_array_new (FALSE, FALSE, sizeof (GxId));
  play.rows = g_array_new (FALSE, FALSE, sizeof (GxcRow));
  set_day (&play.desk);
  play_policy (&play);
  for (guint i = 0; i < 8; i++)
    play_customer (&play);
  catch_up (&play.desk);
  for (guint i = 0; i < 160; i++)
    moves[g_rand_int_range (play.rand, 0, G_N_ELEMENTS (moves))] (&play);

  g_assert_true (gxc_digest_is_complete (gxc_store_get_db (play.desk.store)));
  kept = dump (&play.desk);
  gxc_store_call (play.desk.store, drop_here, NULL, &error);
  g_assert_no_error (error);
  catch_up (&play.desk);
  made = dump (&play.desk);
  g_assert_cmpstr (kept, ==, made);

  g_array_unref (play.customers);
  g_array_unref (play.rows);
  g_rand_free (play.rand);
  gxt_desk_clear (&play.desk);
}

/* A first load makes no figures, and afterwards they are all there. */
static void
test_deferred (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GxcDigest) later = NULL;
  GxId ids[7];

  gxt_desk_init (&desk);
  set_day (&desk);
  gxc_digest_defer (desk.store, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      ids[i] = gxt_desk_customer (&desk, "张伟", "zhang wei", GX_CUSTOMER_ACTIVE, 10);
      put_holding (&desk, &ids[i], "CNY", 100 + i, GX_INT32_NONE, GX_HOLDING_OPEN, NULL, 0);
      g_assert_null (load (&desk, &ids[i]));
    }
  g_assert_false (gxc_digest_is_complete (gxc_store_get_db (desk.store)));
  gxc_digest_defer (desk.store, FALSE);
  catch_up (&desk);
  g_assert_true (gxc_digest_is_complete (gxc_store_get_db (desk.store)));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(GxcDigest) digest = load (&desk, &ids[i]);

      g_assert_cmpint (digest->aum, ==, 100 + i);
    }
}

/* Another day, or another rhythm, and the figures are made anew. */
static void
test_another_day (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GxcDigest) before = NULL;
  g_autoptr(GxcDigest) after = NULL;
  g_autoptr(GxcDigest) slower = NULL;
  GxTierPolicy *policy;
  GxSetting *setting;
  GxId id;

  gxt_desk_init (&desk);
  setting = new_row (&desk, &gx_setting_entity, NULL);
  gx_set_str (&setting->code, "business_date");
  gx_set_str (&setting->value, "2026-11-24");
  gxt_desk_put (&desk, &gx_setting_entity, setting);
  id = gxt_desk_customer (&desk, "张伟", "zhang wei", GX_CUSTOMER_ACTIVE, 10);
  put_contact (&desk, &id, NOON (today () - 365), 2);
  put_holding (&desk, &id, "CNY", 100, today (), GX_HOLDING_OPEN, NULL, 0);
  catch_up (&desk);
  before = load (&desk, &id);
  g_assert_cmpint (before->contacts_12m, ==, 1);
  g_assert_cmpint (before->matures_on, ==, today ());
  g_assert_cmpint (before->cadence_due_on, ==, GX_INT32_NONE);

  gx_set_str (&setting->value, "2026-11-25");
  setting->meta.v = 21;
  put (&desk, &gx_setting_entity, setting);
  catch_up (&desk);
  after = load (&desk, &id);
  g_assert_cmpint (after->contacts_12m, ==, 0);
  g_assert_cmpint (after->matures_on, ==, GX_INT32_NONE);

  policy = new_row (&desk, &gx_tier_policy_entity, NULL);
  policy->tier = GX_TIER_STANDARD;
  policy->contact_days = 30;
  put (&desk, &gx_tier_policy_entity, policy);
  catch_up (&desk);
  slower = load (&desk, &id);
  g_assert_cmpint (slower->cadence_due_on, ==, today () - 365 + 30);
}

/* --- the portfolio ------------------------------------------------------------------------------------------------ */

static GxId
put_product (GxtDesk *desk,
             int      family)
{
  GxProduct *product = new_row (desk, &gx_product_entity, NULL);

  gx_set_str (&product->code, "P");
  gx_set_str (&product->name, "产品");
  product->family = family;

  return put (desk, &gx_product_entity, product);
}

/* The customer again, with the money that came and went in October. */
static void
put_flow (GxtDesk    *desk,
          const GxId *id,
          gint64      in,
          gint64      out)
{
  GxCustomer *customer = gxt_desk_load (desk, &gx_customer_entity, id);
  GxTxnMonth *month = gx_entity_new (&gx_txn_month_entity);
  GxPut row = { .entity = &gx_customer_entity, .data = customer, .fact = &gx_txn_month_entity, .facts = g_ptr_array_new () };
  g_autoptr(GError) error = NULL;

  customer->meta.v++;
  customer->onboarded_on = gx_date_from_ymd (2026, 10, 9);
  month->customer_id = *id;
  month->month = gx_date_from_ymd (2026, 10, 1);
  month->in_amt = in;
  month->out_amt = out;
  g_ptr_array_add (row.facts, month);
  gxc_store_call (desk->store, put_here, &row, &error);
  g_assert_no_error (error);
  gx_put_clear (&row);
}

static void
test_book (void)
{
  static const gint64 one[] = { 100, 200, 300 }, two[] = { 10, 20 }, owed[] = { -5, -4 };
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GxcBook) book = NULL;
  g_autoptr(GxcBook) all = NULL;
  g_autoptr(GError) error = NULL;
  GxId a, b, current, fund, stranger;
  const guint last = GXC_BOOK_MONTHS - 1;

  gxt_desk_init (&desk);
  set_day (&desk);
  current = put_product (&desk, GX_FAMILY_DEPOSIT_CURRENT);
  fund = put_product (&desk, GX_FAMILY_MONEY_FUND);
  a = gxt_desk_customer (&desk, "张伟", "zhang wei", GX_CUSTOMER_ACTIVE, 10);
  b = gxt_desk_customer (&desk, "王芳", "wang fang", GX_CUSTOMER_PROSPECT, 10);
  gxt_desk_customer (&desk, "李娜", "li na", GX_CUSTOMER_CLOSED, 10);
  put_holding_of (&desk, &current, &a, "CNY", 350, GX_INT32_NONE, GX_HOLDING_OPEN, one, G_N_ELEMENTS (one));
  put_holding_of (&desk, &fund, &a, "CNY", 25, GX_INT32_NONE, GX_HOLDING_OPEN, two, G_N_ELEMENTS (two));
  put_holding_of (&desk, &current, &b, "CNY", 20, GX_INT32_NONE, GX_HOLDING_OPEN, two, G_N_ELEMENTS (two));
  put_holding (&desk, &b, "CNY", -4, GX_INT32_NONE, GX_HOLDING_OPEN, owed, G_N_ELEMENTS (owed));
  put_flow (&desk, &a, 900, 500);
  put_flow (&desk, &b, 1, 100);
  catch_up (&desk);

  book = gxc_portfolio_read (gxc_store_get_db (desk.store), &desk.me, today (), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (book->ccy, ==, "CNY");
  g_assert_cmpuint (book->n_customers, ==, 2);
  g_assert_cmpuint (book->n_active, ==, 1);
  g_assert_cmpuint (book->n_by_tier[GX_TIER_STANDARD], ==, 2);
  g_assert_cmpuint (book->n_by_stage[GX_STAGE_NEW], ==, 2);
  g_assert_cmpuint (book->n_masked, ==, 0);
  g_assert_cmpint (book->month[last], ==, gx_date_from_ymd (2026, 11, 1));
  g_assert_cmpint (book->assets[last][GXC_BOOK_CURRENT], ==, 300 + 20);
  g_assert_cmpint (book->assets[last - 1][GXC_BOOK_CURRENT], ==, 200 + 10);
  g_assert_cmpint (book->assets[last - 2][GXC_BOOK_CURRENT], ==, 100);
  g_assert_cmpint (book->assets[last - 3][GXC_BOOK_CURRENT], ==, 0);
  g_assert_cmpint (book->assets[last][GXC_BOOK_FUND], ==, 20);
  g_assert_cmpint (book->assets[last][GXC_BOOK_OTHER], ==, 0);
  g_assert_cmpint (gxc_book_total (book, last), ==, 340);
  g_assert_cmpint (book->debts[last], ==, 4);
  g_assert_cmpint (book->debts[last - 1], ==, 5);
  g_assert_cmpint (book->net_inflow[last - 1], ==, 400 - 99);
  g_assert_cmpint (book->net_inflow[last], ==, 0);
  g_assert_cmpuint (book->n_new[last - 1], ==, 2);

  /* who manages nobody sees the sums of the desk */
  stranger = gxc_store_new_id (desk.store);
  all = gxc_portfolio_read (gxc_store_get_db (desk.store), &stranger, today (), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->n_customers, ==, 2);
  g_assert_cmpint (gxc_book_total (all, last), ==, 340);
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

static char *
names (GxtDesk            *desk,
       const GxcListQuery *query)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = gxc_list_ids (gxc_store_get_db (desk->store), query, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *name = gxt_desk_text (desk, &gx_customer_entity, &g_array_index (ids, GxId, i), "name");

      g_string_append (out, name);
    }

  return g_string_free (out, FALSE);
}

/* Of the last month-end on the thirteenth before it; what is masked, or was nothing then, has none, and comes last. */
static void
test_change_in_a_year (void)
{
  static const gint64 months[][13] = {
    { 4000, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 5001 }, { 3000, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 1000 },
    { 0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9 }, { 100, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 900 },
  };
  static const gint64 expected[] = { 2503, -6667, GX_INT_NONE, GX_INT_NONE };
  static const char * const names_of[] = { "甲", "乙", "丙", "丁" };
  GxcListQuery query = { .entity = &gx_customer_entity, .sort = "change_12m" };
  g_autofree char *up = NULL, *down = NULL;
  g_auto(GxtDesk) desk = { 0 };

  gxt_desk_init (&desk);
  set_day (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      GxId id = gxt_desk_customer (&desk, names_of[i], "x", GX_CUSTOMER_ACTIVE, 10);
      g_autoptr(GxcDigest) digest = NULL;

      put_holding (&desk, &id, "CNY", 5000, GX_INT32_NONE, GX_HOLDING_OPEN, months[i], 13);
      if (i == 3)
        {
          GxHolding *holding = new_row (&desk, &gx_holding_entity, &id);

          holding->status = GX_HOLDING_OPEN;
          gx_set_str (&holding->meta.masked, "{\"balance\":4}");
          put (&desk, &gx_holding_entity, holding);
        }
      digest = load (&desk, &id);
      g_assert_cmpint (digest->change_12m, ==, expected[i]);
    }
  up = names (&desk, &query);
  g_assert_true (g_str_has_prefix (up, "乙甲"));
  query.descending = TRUE;
  down = names (&desk, &query);
  g_assert_true (g_str_has_prefix (down, "甲乙"));
}

static const struct { const char *name, *pinyin; int status; gint64 aum; } people[] = {
  { "丁", "ding", GX_CUSTOMER_ACTIVE, 0 }, { "甲", "jia", GX_CUSTOMER_ACTIVE, 100 },
  { "乙", "yi", GX_CUSTOMER_PROSPECT, 200 }, { "丙", "bing", GX_CUSTOMER_DORMANT, 300 },
};

static void
check_lists (GxtDesk *desk)
{
  static const GxcCondition rich[] = { { "aum", GXC_GREATER, "150" } }, both[] = { { "aum", GXC_GREATER, "150" }, { "status", GXC_IN, "ACTIVE,DORMANT" } },
                            bare[] = { { "aum", GXC_IS_NONE, NULL } },
                            wide[] = { { "aum", GXC_IS_SOME, NULL }, { "status", GXC_IS_NOT, "PROSPECT" } };
  const struct { GxcListQuery query; const char *names; } cases[] = {
    { { .sort = "aum" }, "甲乙丙丁" },
    { { .sort = "aum", .descending = TRUE }, "丙乙甲丁" },
    { { .sort = "aum", .descending = TRUE, .limit = 2 }, "丙乙" },
    { { .conditions = rich, .n_conditions = 1, .sort = "aum" }, "乙丙" },
    { { .conditions = rich, .n_conditions = 1, .sort = "name", .descending = TRUE }, "乙丙" },
    { { .conditions = both, .n_conditions = 2, .sort = "aum" }, "丙" },
    { { .conditions = both, .n_conditions = 2, .sort = "status", .descending = TRUE }, "丙" },
    { { .conditions = wide, .n_conditions = 2, .sort = "aum", .limit = 1 }, "甲" },
    { { .conditions = wide, .n_conditions = 2, .sort = "name", .limit = 1 }, "丙" },
    { { .conditions = wide, .n_conditions = 2, .search = "丙", .sort = "aum", .limit = 1 }, "丙" },
    { { .conditions = wide, .n_conditions = 2, .sort = "aum", .descending = TRUE }, "丙甲" },
    { { .conditions = wide, .n_conditions = 2, .sort = "name" }, "丙甲" },
    { { .conditions = wide, .n_conditions = 2, .search = "甲", .sort = "aum" }, "甲" },
    { { .conditions = bare, .n_conditions = 1 }, "丁" },
    { { .search = "丙", .sort = "aum" }, "丙" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GxcListQuery query = cases[i].query;
      g_autofree char *found = NULL;
      gint64 n;

      query.entity = &gx_customer_entity;
      found = names (desk, &query);
      g_assert_cmpstr (found, ==, cases[i].names);
      query.limit = 0;
      n = gxc_list_count (gxc_store_get_db (desk->store), &query, NULL);
      if (cases[i].query.limit == 0)
        g_assert_cmpint (n, ==, g_utf8_strlen (found, -1));
      else
        g_assert_cmpint (n, >, g_utf8_strlen (found, -1) - 1);
    }
}

/* The same whether each customer has a digest or some are still to be made. */
static void
test_lists_by_figures (void)
{
  g_auto(GxtDesk) desk = { 0 };

  gxt_desk_init (&desk);
  set_day (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      GxId id = gxt_desk_customer (&desk, people[i].name, people[i].pinyin, people[i].status, 10);

      if (people[i].aum > 0)
        put_holding (&desk, &id, "CNY", people[i].aum, GX_INT32_NONE, GX_HOLDING_OPEN, NULL, 0);
    }
  g_assert_false (gxc_digest_is_complete (gxc_store_get_db (desk.store)));
  check_lists (&desk);
  catch_up (&desk);
  g_assert_true (gxc_digest_is_complete (gxc_store_get_db (desk.store)));
  check_lists (&desk);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/digest/money", test_money);
  g_test_add_func ("/client/digest/maturity", test_maturity);
  g_test_add_func ("/client/digest/masked_amounts_are_nothing_there", test_masked_amounts_are_nothing_there);
  g_test_add_func ("/client/digest/masked_amounts_leave_bands", test_masked_amounts_leave_bands);
  g_test_add_func ("/client/digest/change_in_a_year", test_change_in_a_year);
  g_test_add_func ("/client/digest/contacts_and_cadence", test_contacts_and_cadence);
  g_test_add_func ("/client/digest/tasks_birthday_and_risk", test_tasks_birthday_and_risk);
  g_test_add_func ("/client/digest/pins", test_pins);
  g_test_add_func ("/client/digest/deferred", test_deferred);
  g_test_add_func ("/client/digest/another_day", test_another_day);
  g_test_add_func ("/client/digest/lists_by_figures", test_lists_by_figures);
  g_test_add_func ("/client/digest/book", test_book);
  for (guint seed = 1; seed <= 12; seed++)
    {
      g_autofree char *name = g_strdup_printf ("/client/digest/kept_up_as_made_from_nothing/%u", seed);

      g_test_add_data_func (name, GUINT_TO_POINTER (seed), test_kept_up_as_made_from_nothing);
    }

  return g_test_run ();
}
