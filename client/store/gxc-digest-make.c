/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of a range of customers, from the rows as they are shown. Not when they are made, which is gxc-digest's.
 *
 * One customer is a range too, so there is one way of counting: each figure is one query over the range in the customers'
 * order, and walks beside the list of digests. A hundred thousand customers are nine passes, not a million questions.
 */
#include "gxc-digest-make.h"

#include "gx-clock.h"
#include "gx-customer.h"
#include "gx-holding.h"
#include "gx-money.h"
#include "gx-product.h"
#include "gx-task.h"
#include "gxc-book.h"

#include <string.h>

#define TIERS_MAX 16
#define YEAR      12            /* months */
#define MOST_TIMES 1e9          /* as much as a year before: farther than that is no change but a beginning */
#define DEBTS     GXC_BOOK_N_CLASSES            /* the sums by month are the classes', then what is owed */
#define N_SUMS    (GXC_BOOK_N_CLASSES + 1)
#define BALANCE   "\"balance\":"              /* in a row's map of masks; its band follows */

typedef struct
{
  GxcDigest *digest;            /* (owned) until it is handed out */
  gint64     month[N_SUMS][GXC_DIGEST_MONTHS];      /* 0 is the business date's month, 1 the one before … */
  guint32    months_there;                  /* one bit a month of @month */
  gint64     flow[GXC_DIGEST_MONTHS];
  guint32    flows_there;
  gboolean   flows_masked;
  gboolean   masked;            /* some amount is not for this session */
  gint64     low, high;         /* what the bands of the masked balances come to; high %G_MAXINT64: no end */
  GxId       last_contact;
  GxId       risk;
  gint64     risk_at;
  gint64     first_contact_at;
  int        tier;
  gboolean   kept;              /* a customer with whom contact is kept: not closed, not merged */
} Item;

typedef struct
{
  GxDb       *db;
  const GxId *from, *to;
  gint32      today;
  gint64      year_ago;         /* ms UTC */
  GTimeZone  *zone;
  GArray     *items;            /* of Item, by id */
  guint       at;               /* of the present query */
  gint64      contact_days[TIERS_MAX];      /* by tier, 0 = no rhythm */
} Work;

/* One row of a query: its first column was the customer's id. */
typedef void (*RowFunc) (Work *work, Item *item, GxStatement *row);

static void
item_clear (gpointer data)
{
  gx_entity_free (gxc_digest_entity (), ((Item *) data)->digest);
}

/* The queries' order is the items'. */
static Item *
find_item (Work       *work,
           const GxId *id)
{
  for (; work->at < work->items->len; work->at++)
    {
      Item *item = &g_array_index (work->items, Item, work->at);
      int order = gx_id_compare (&item->digest->meta.id, id);

      if (order >= 0)
        return order == 0 ? item : NULL;
    }

  return NULL;
}

static gboolean
walk (Work        *work,
      const char  *sql,
      RowFunc      func,
      GError     **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (work->db, error, sql, "uu", work->from, work->to);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  work->at = 0;
  while (gx_statement_next (statement, &local))
    {
      GxId id = gx_statement_get_id (statement, 0);
      Item *item = find_item (work, &id);

      if (item != NULL)
        func (work, item, statement);
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

static gint64
int_or_none (GxStatement *row,
             int          column)
{
  return gx_statement_is_null (row, column) ? GX_INT_NONE : gx_statement_get_int (row, column);
}

static void
add_to (gint64 *sum,
        gint64  amount)
{
  if (*sum == GX_INT_NONE)
    *sum = 0;
  *sum += amount;
}

/* --- customers ---------------------------------------------------------------------------------------------------- */

static gboolean
load_customers (Work    *work,
                GError **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (work->db, error, "SELECT id, tier, status, first_contact_at FROM customer WHERE id>=? AND id<=? ORDER BY id", "uu",
                 work->from, work->to);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (gx_statement_next (statement, &local))
    {
      gint64 status = gx_statement_get_int (statement, 2);
      Item item = { .digest = gx_entity_new (gxc_digest_entity ()), .tier = (int) gx_statement_get_int (statement, 1) };

      item.digest->meta.id = gx_statement_get_id (statement, 0);
      item.digest->contacts_12m = item.digest->open_tasks = 0;
      item.first_contact_at = gx_statement_get_int (statement, 3);
      item.kept = status != GX_CUSTOMER_CLOSED && status != GX_CUSTOMER_MERGED;
      g_array_append_val (work->items, item);
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

static void
read_birthday (Work        *work,
               Item        *item,
               GxStatement *row)
{
  int year, month, day;

  gx_date_to_ymd ((gint32) gx_statement_get_int (row, 1), &year, &month, &day);
  item->digest->birthday = month * 100 + day;
}

/* --- money -------------------------------------------------------------------------------------------------------- */

/* The currencies come by how many open holdings they have: the first is the customer's. */
static void
read_currency (Work        *work,
               Item        *item,
               GxStatement *row)
{
  if (item->digest->ccy == NULL)
    item->digest->ccy = g_strdup (gx_statement_get_text (row, 1));
}

static gboolean
is_in_currency (const Item  *item,
                GxStatement *row,
                int          column)
{
  return g_strcmp0 (gx_statement_get_text (row, column), item->digest->ccy) == 0;
}

static void
read_maturity (Work       *work,
               GxcDigest  *digest,
               gint32      matures_on,
               gint64      balance)
{
  if (matures_on < work->today || (digest->matures_on != GX_INT32_NONE && matures_on > digest->matures_on))
    return;
  if (matures_on != digest->matures_on)
    digest->maturing = GX_INT_NONE;
  digest->matures_on = matures_on;
  if (balance != GX_INT_NONE && balance > 0)
    add_to (&digest->maturing, balance);
}

/* What is owed is in the lowest band, and counts for nothing here. */
static void
add_band (Item *item,
          guint band)
{
  gint64 low, high;

  item->masked = TRUE;
  if (band == 0 || !gx_money_band_edges (band, item->digest->ccy, &low, &high))
    return;
  if (!gx_money_add (item->low, low, &item->low) || !gx_money_add (item->high, high, &item->high))
    item->high = G_MAXINT64;
}

static void
read_masked (Item        *item,
             GxStatement *row,
             int          column)
{
  const char *masked = gx_statement_is_null (row, column) ? NULL : gx_statement_get_text (row, column);
  const char *found = masked != NULL ? strstr (masked, BALANCE) : NULL;

  if (found != NULL)
    add_band (item, (guint) g_ascii_strtoull (found + strlen (BALANCE), NULL, 10));
}

static void
read_holding (Work        *work,
              Item        *item,
              GxStatement *row)
{
  GxcDigest *digest = item->digest;
  gint64 balance = int_or_none (row, 2);

  if (!is_in_currency (item, row, 1))
    return;
  if (digest->aum == GX_INT_NONE)
    digest->aum = digest->debt = 0;
  if (balance == GX_INT_NONE)
    read_masked (item, row, 4);
  else if (balance >= 0)
    digest->aum += balance;
  else
    digest->debt -= balance;
  if (!gx_statement_is_null (row, 3))
    read_maturity (work, digest, (gint32) gx_statement_get_int (row, 3), balance);
}

/* What a product of a family is counted as; whatever is not here, and what this desk does not know, is "other". */
static const guint8 class_of_family[] = {
  [GX_FAMILY_DEPOSIT_CURRENT] = GXC_BOOK_CURRENT + 1, [GX_FAMILY_SETTLEMENT] = GXC_BOOK_CURRENT + 1,
  [GX_FAMILY_PAYROLL] = GXC_BOOK_CURRENT + 1,         [GX_FAMILY_DEPOSIT_TIME] = GXC_BOOK_TIME + 1,
  [GX_FAMILY_DEPOSIT_NOTICE] = GXC_BOOK_TIME + 1,     [GX_FAMILY_LARGE_CD] = GXC_BOOK_TIME + 1,
  [GX_FAMILY_WM_FIXED] = GXC_BOOK_WEALTH + 1,         [GX_FAMILY_WM_EQUITY] = GXC_BOOK_WEALTH + 1,
  [GX_FAMILY_WM_MIXED] = GXC_BOOK_WEALTH + 1,         [GX_FAMILY_MONEY_FUND] = GXC_BOOK_FUND + 1,
  [GX_FAMILY_FUND] = GXC_BOOK_FUND + 1,               [GX_FAMILY_INSURANCE] = GXC_BOOK_INSURANCE + 1,
};

static GxcBookClass
book_class (gint64 family)
{
  guint8 found = family > 0 && family < (gint64) G_N_ELEMENTS (class_of_family) ? class_of_family[family] : 0;

  return found > 0 ? (GxcBookClass) (found - 1) : GXC_BOOK_OTHER;
}

static int
month_number (gint32 date)
{
  int year, month, day;

  gx_date_to_ymd (date, &year, &month, &day);
  return year * 12 + month;
}

static void
read_month (Work        *work,
            Item        *item,
            GxStatement *row)
{
  int back = month_number (work->today) - month_number ((gint32) gx_statement_get_int (row, 2));

  if (back < 0 || back >= GXC_DIGEST_MONTHS || !is_in_currency (item, row, 1))
    return;
  if (gx_statement_is_null (row, 3))
    item->masked = TRUE;
  item->months_there |= 1u << back;
  if (gx_statement_get_int (row, 3) < 0)
    item->month[DEBTS][back] -= gx_statement_get_int (row, 3);
  else
    item->month[book_class (gx_statement_get_int (row, 4))][back] += gx_statement_get_int (row, 3);
}

static void
read_flow (Work        *work,
           Item        *item,
           GxStatement *row)
{
  int back = month_number (work->today) - month_number ((gint32) gx_statement_get_int (row, 1));

  if (back < 0 || back >= GXC_DIGEST_MONTHS)
    return;
  item->flows_masked |= gx_statement_is_null (row, 2) || gx_statement_is_null (row, 3);
  item->flows_there |= 1u << back;
  item->flow[back] += gx_statement_get_int (row, 2) - gx_statement_get_int (row, 3);
}

/* The oldest month first, from the first that is there to the last. */
static void
write_array (GString      *out,
             const gint64 *sums,
             int           oldest,
             int           newest)
{
  g_string_append_c (out, '[');
  for (int back = oldest; back >= newest; back--)
    g_string_append_printf (out, "%s%" G_GINT64_FORMAT, back < oldest ? "," : "", sums[back]);
  g_string_append_c (out, ']');
}

static gint32
month_before (Work *work,
              int   back)
{
  int year, month, day;

  gx_date_to_ymd (work->today, &year, &month, &day);
  return gx_date_add_months (gx_date_from_ymd (year, month, 1), -back);
}

static gboolean
is_all_zero (const gint64 *sums)
{
  for (guint i = 0; i < GXC_DIGEST_MONTHS; i++)
    if (sums[i] != 0)
      return FALSE;

  return TRUE;
}

static char *
write_classes (const Item *item,
               int         oldest,
               int         newest)
{
  GString *out = g_string_new ("[");

  for (guint i = 0; i < N_SUMS; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      if (is_all_zero (item->month[i]))
        g_string_append (out, "[]");
      else
        write_array (out, item->month[i], oldest, newest);
    }
  g_string_append_c (out, ']');

  return g_string_free (out, FALSE);
}

/* In hundredths of a percent; nothing where there was nothing, or nobody knows. */
static gint64
change_of (gint64 before,
           gint64 now)
{
  double times = before > 0 ? (double) now / (double) before : MOST_TIMES;

  return times < MOST_TIMES ? (gint64) (times * 10000 + 0.5) - 10000 : GX_INT_NONE;
}

static void
write_months (Work *work,
              Item *item)
{
  GxcDigest *digest = item->digest;
  gint64 assets[GXC_DIGEST_MONTHS] = { 0 };
  GString *out = g_string_new (NULL);
  int newest = g_bit_nth_lsf (item->months_there, -1), oldest = g_bit_nth_msf (item->months_there, -1);

  for (guint i = 0; i < GXC_BOOK_N_CLASSES; i++)
    for (guint back = 0; back < GXC_DIGEST_MONTHS; back++)
      assets[back] += item->month[i][back];
  write_array (out, assets, oldest, newest);
  digest->months = g_string_free (out, FALSE);
  digest->classes = write_classes (item, oldest, newest);
  digest->months_to = month_before (work, newest);
  if (item->months_there & (1u << 1))
    digest->aum_before = assets[1];
  if (newest + YEAR <= oldest)
    digest->change_12m = change_of (assets[newest + YEAR], assets[newest]);
}

static void
write_flows (Work *work,
             Item *item)
{
  GString *out = g_string_new (NULL);
  int newest = g_bit_nth_lsf (item->flows_there, -1), oldest = g_bit_nth_msf (item->flows_there, -1);

  write_array (out, item->flow, oldest, newest);
  item->digest->flows = g_string_free (out, FALSE);
  item->digest->flows_to = month_before (work, newest);
}

/* Instead of the sum the bands that it lies between, as a mask says them: from "aum" to "aum_to". */
static void
write_bands (Item *item)
{
  GxcDigest *digest = item->digest;
  gint64 low, high;

  if (item->high == 0 || !gx_money_add (item->low, MAX (digest->aum, 0), &low) || !gx_money_add (item->high, MAX (digest->aum, 0), &high))
    return;
  digest->meta.masked = g_strdup_printf ("{\"aum\":%u,\"aum_to\":%u}", gx_money_band (low, digest->ccy), gx_money_band (high - 1, digest->ccy));
}

static void
hide_amounts (GxcDigest *digest)
{
  digest->aum = digest->debt = digest->aum_before = digest->maturing = digest->change_12m = GX_INT_NONE;
  g_clear_pointer (&digest->months, g_free);
  g_clear_pointer (&digest->classes, g_free);
  digest->months_to = GX_INT32_NONE;
}

/* --- contacts, tasks, risk ---------------------------------------------------------------------------------------- */

static void
read_contact (Work        *work,
              Item        *item,
              GxStatement *row)
{
  GxcDigest *digest = item->digest;
  gint64 at = gx_statement_get_int (row, 1);
  GxId id = gx_statement_get_id (row, 3);

  if (at >= work->year_ago)
    digest->contacts_12m++;
  if (at < digest->last_contact_at || (at == digest->last_contact_at && gx_id_compare (&id, &item->last_contact) < 0))
    return;
  digest->last_contact_at = at;
  digest->last_channel = (int) gx_statement_get_int (row, 2);
  item->last_contact = id;
}

static void
read_task (Work        *work,
           Item        *item,
           GxStatement *row)
{
  GxcDigest *digest = item->digest;
  gint64 due_at = gx_statement_get_int (row, 1);
  GxId id = gx_statement_get_id (row, 2);

  if (digest->open_tasks++ > 0
      && (due_at > digest->next_due_at || (due_at == digest->next_due_at && gx_id_compare (&id, &digest->next_task_id) > 0)))
    return;
  digest->next_due_at = due_at;
  digest->next_task_id = id;
}

static void
read_risk (Work        *work,
           Item        *item,
           GxStatement *row)
{
  gint64 at = gx_statement_get_int (row, 1);
  GxId id = gx_statement_get_id (row, 4);

  if (at < item->risk_at || (at == item->risk_at && gx_id_compare (&id, &item->risk) < 0))
    return;
  item->risk_at = at;
  item->risk = id;
  item->digest->risk_grade = (int) gx_statement_get_int (row, 2);
  item->digest->risk_expires_on = (gint32) gx_statement_get_int (row, 3);
}

/* Two desks may have pinned him: the first counts. */
static void
read_pin (Work        *work,
          Item        *item,
          GxStatement *row)
{
  gint64 at = gx_statement_get_int (row, 1);

  if (item->digest->pinned_at == 0 || at < item->digest->pinned_at)
    item->digest->pinned_at = at;
}

static gboolean
load_policies (Work    *work,
               GError **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (work->db, error, "SELECT tier, contact_days FROM tier_policy", NULL);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (gx_statement_next (statement, &local))
    {
      gint64 tier = gx_statement_get_int (statement, 0);

      if (tier >= 0 && tier < TIERS_MAX)
        work->contact_days[tier] = gx_statement_get_int (statement, 1);
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

static void
set_cadence (Work *work,
             Item *item)
{
  gint64 since = item->digest->last_contact_at != 0 ? item->digest->last_contact_at : item->first_contact_at;
  gint64 days = item->tier > 0 && item->tier < TIERS_MAX ? work->contact_days[item->tier] : 0;

  if (item->kept && since != 0 && days > 0)
    item->digest->cadence_due_on = gx_date_from_time (since, work->zone) + (gint32) days;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static gboolean
read_figures (Work    *work,
              GError **error)
{
  static const struct { const char *sql; RowFunc func; } queries[] = {
    { "SELECT customer_id, birth_date FROM person_profile WHERE customer_id>=? AND customer_id<=? AND birth_date IS NOT NULL"
      " ORDER BY customer_id", read_birthday },
    { "SELECT customer_id, COALESCE(ccy, 'CNY') AS c FROM holding WHERE customer_id>=? AND customer_id<=? GROUP BY customer_id, c"
      " ORDER BY customer_id, SUM(status=1) DESC, COUNT(*) DESC, c", read_currency },
    { "SELECT customer_id, COALESCE(ccy, 'CNY'), balance, matures_on, masked FROM holding WHERE customer_id>=? AND customer_id<=?"
      " AND status=1 ORDER BY customer_id", read_holding },
    { "SELECT h.customer_id, COALESCE(h.ccy, 'CNY'), m.month, m.end_balance, p.family FROM holding h LEFT JOIN product p ON p.id=h.product_id"
      " CROSS JOIN holding_month m WHERE m.holding_id=h.id AND h.customer_id>=? AND h.customer_id<=? ORDER BY h.customer_id", read_month },
    { "SELECT customer_id, month, in_amt, out_amt FROM txn_month WHERE customer_id>=? AND customer_id<=? ORDER BY customer_id", read_flow },
    { "SELECT customer_id, started_at, channel, id FROM interaction WHERE customer_id>=? AND customer_id<=?"
      " AND started_at IS NOT NULL ORDER BY customer_id", read_contact },
    { "SELECT customer_id, due_at, id FROM task WHERE customer_id>=? AND customer_id<=? AND status IN (1, 2, 3)"
      " ORDER BY customer_id", read_task },
    { "SELECT customer_id, at, grade, expires_on, id FROM risk_assessment WHERE customer_id>=? AND customer_id<=?"
      " ORDER BY customer_id", read_risk },
    { "SELECT customer_id, at FROM pin WHERE customer_id>=? AND customer_id<=? ORDER BY customer_id", read_pin },
  };

  G_STATIC_ASSERT (GX_HOLDING_OPEN == 1 && GX_TASK_OPEN == 1 && GX_TASK_DOING == 2 && GX_TASK_WAITING == 3);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    if (!walk (work, queries[i].sql, queries[i].func, error))
      return FALSE;

  return TRUE;
}

static GPtrArray *
settle (Work *work)
{
  GPtrArray *digests = g_ptr_array_sized_new (work->items->len);

  for (guint i = 0; i < work->items->len; i++)
    {
      Item *item = &g_array_index (work->items, Item, i);

      if (item->months_there != 0)
        write_months (work, item);
      if (item->flows_there != 0 && !item->flows_masked)
        write_flows (work, item);
      if (item->masked)
        {
          write_bands (item);
          hide_amounts (item->digest);
        }
      set_cadence (work, item);
      g_ptr_array_add (digests, g_steal_pointer (&item->digest));
    }

  return digests;
}

/**
 * gxc_digest_zone:
 *
 * Returns: (transfer none): in which the bank's days begin
 */
GTimeZone *
gxc_digest_zone (void)
{
  static gsize zone;

  if (g_once_init_enter (&zone))
    g_once_init_leave (&zone, (gsize) g_time_zone_new_identifier ("Asia/Shanghai"));

  return (GTimeZone *) zone;
}

/**
 * gxc_digest_make:
 * @from, @to: the first and the last id of the range; both belong to it
 * @today: the business date
 *
 * Returns: (transfer full) (nullable) (element-type GxcDigest): one for each customer of the range, by id; each is freed
 * with gx_entity_free()
 */
GPtrArray *
gxc_digest_make (GxDb       *db,
                 const GxId *from,
                 const GxId *to,
                 gint32      today,
                 GError    **error)
{
  GTimeZone *zone = gxc_digest_zone ();
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  Work work = { .db = db, .from = from, .to = to, .today = today, .zone = zone, .items = items,
                .year_ago = gx_time_from_date (today - 365, zone) };

  g_array_set_clear_func (items, item_clear);
  if (!load_customers (&work, error) || !load_policies (&work, error) || !read_figures (&work, error))
    return NULL;

  return settle (&work);
}
