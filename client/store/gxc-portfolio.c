/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One person's portfolio in figures: the sums of the customers' digests, in one pass over them. The months of 6,000 holdings
 * are not counted anew each time somebody looks at the first page.
 */
#include "gxc-portfolio.h"

#include "gx-clock.h"
#include "gx-customer.h"

#define MINE "(?1 IS NULL OR c.primary_rm_id=?1 OR c.wealth_mgr_id=?1) AND c.status NOT IN (4, 5)"

G_STATIC_ASSERT (GX_CUSTOMER_CLOSED == 4 && GX_CUSTOMER_MERGED == 5);

static int
month_number (gint32 date)
{
  int year, month, day;

  gx_date_to_ymd (date, &year, &month, &day);
  return year * 12 + month;
}

/* The place of a month in the book, -1 if it is not there. */
static int
place_of (const GxcBook *book,
          gint32         date)
{
  int back = month_number (book->month[GXC_BOOK_MONTHS - 1]) - month_number (date);

  return back >= 0 && back < GXC_BOOK_MONTHS ? GXC_BOOK_MONTHS - 1 - back : -1;
}

/* Reads "[1,2,3]" as this program wrote it, and returns what stands behind it. */
static const char *
read_array (const char *text,
            gint64     *out,
            guint      *out_n)
{
  *out_n = 0;
  if (*text != '[')
    return text;
  text++;
  while (*text != '\0' && *text != ']')
    {
      char *end;
      gint64 value = g_ascii_strtoll (text, &end, 10);

      if (end == text)
        break;
      if (*out_n < GXC_BOOK_MONTHS)
        out[(*out_n)++] = value;
      text = *end == ',' ? end + 1 : end;
    }

  return *text == ']' ? text + 1 : text;
}

/* @sums: of the book's months, @step apart */
static void
add_months (const GxcBook *book,
            gint64        *sums,
            guint          step,
            const gint64  *values,
            guint          n,
            gint32         last)
{
  int place = place_of (book, last);

  for (guint i = 0; place >= 0 && i < n && place - (int) i >= 0; i++)
    sums[(guint) (place - (int) i) * step] += values[n - 1 - i];
}

static void
add_classes (GxcBook    *book,
             const char *text,
             gint32      last)
{
  gint64 values[GXC_BOOK_MONTHS];
  guint n;

  if (*text++ != '[')
    return;
  for (guint i = 0; i <= GXC_BOOK_N_CLASSES; i++)
    {
      text = read_array (text, values, &n);
      if (i < GXC_BOOK_N_CLASSES)
        add_months (book, &book->assets[0][i], GXC_BOOK_N_CLASSES, values, n, last);
      else
        add_months (book, book->debts, 1, values, n, last);
      if (*text == ',')
        text++;
    }
}

static void
add_flows (GxcBook    *book,
           const char *text,
           gint32      last)
{
  gint64 values[GXC_BOOK_MONTHS];
  guint n;

  read_array (text, values, &n);
  add_months (book, book->net_inflow, 1, values, n, last);
}

static void
add_customer (GxcBook     *book,
              GxStatement *row)
{
  gint64 tier = gx_statement_get_int (row, 0), stage = gx_statement_get_int (row, 1);
  int place = gx_statement_is_null (row, 3) ? -1 : place_of (book, (gint32) gx_statement_get_int (row, 3));

  book->n_customers++;
  if (tier >= 0 && tier < GXC_BOOK_WORDS)
    book->n_by_tier[tier]++;
  if (stage >= 0 && stage < GXC_BOOK_WORDS)
    book->n_by_stage[stage]++;
  book->n_active += gx_statement_get_int (row, 2) == GX_CUSTOMER_ACTIVE;
  if (place >= 0)
    book->n_new[place]++;
}

static void
add_figures (GxcBook     *book,
             GxStatement *row,
             gint32       today)
{
  const char *ccy = gx_statement_is_null (row, 4) ? NULL : gx_statement_get_text (row, 4);

  if (!gx_statement_is_null (row, 5))
    {
      book->n_cadence++;
      book->n_in_cadence += gx_statement_get_int (row, 5) >= today;
    }
  book->n_masked += ccy != NULL && gx_statement_get_int (row, 10) != 0;
  if (ccy != NULL && !g_str_equal (ccy, book->ccy))
    return;
  if (!gx_statement_is_null (row, 7))
    add_classes (book, gx_statement_get_text (row, 7), (gint32) gx_statement_get_int (row, 6));
  if (!gx_statement_is_null (row, 9))
    add_flows (book, gx_statement_get_text (row, 9), (gint32) gx_statement_get_int (row, 8));
}

/* Most of his customers count in it. */
static char *
find_currency (GxDb       *db,
               const GxId *employee)
{
  char *ccy = NULL;

  if (gx_db_query_text (db, &ccy, NULL, "SELECT d.ccy FROM customer c JOIN customer_digest d ON d.id=c.id WHERE d.ccy IS NOT NULL AND " MINE
                        " GROUP BY d.ccy ORDER BY COUNT(*) DESC, d.ccy LIMIT 1", "u", employee))
    return ccy;

  return g_strdup ("CNY");
}

static gboolean
manages_anybody (GxDb       *db,
                 const GxId *employee)
{
  gint64 n = 0;

  return gx_db_query_int (db, &n, NULL, "SELECT EXISTS(SELECT 1 FROM customer c WHERE " MINE ")", "u", employee) && n > 0;
}

/**
 * gxc_portfolio_read:
 * @employee: whose; for one who manages no customer, all that this desk holds are counted
 * @today: the business date
 *
 * Returns: (transfer full) (nullable): free with gxc_book_free()
 */
GxcBook *
gxc_portfolio_read (GxDb        *db,
                    const GxId  *employee,
                    gint32       today,
                    GError     **error)
{
  static const char sql[] =
    "SELECT c.tier, c.lifecycle_stage, c.status, c.onboarded_on, d.ccy, d.cadence_due_on, d.months_to, d.classes, d.flows_to, d.flows,"
    " d.aum IS NULL FROM customer c LEFT JOIN customer_digest d ON d.id=c.id WHERE " MINE;
  const GxId *whose = manages_anybody (db, employee) ? employee : NULL;
  g_autoptr(GxStatement) row = gx_db_query (db, error, sql, "u", whose);
  g_autoptr(GxcBook) book = g_new0 (GxcBook, 1);
  GError *local = NULL;
  int year, month, day;

  if (row == NULL)
    return NULL;
  book->ccy = find_currency (db, whose);
  gx_date_to_ymd (today, &year, &month, &day);
  for (int i = 0; i < GXC_BOOK_MONTHS; i++)
    book->month[i] = gx_date_add_months (gx_date_from_ymd (year, month, 1), i + 1 - GXC_BOOK_MONTHS);
  while (gx_statement_next (row, &local))
    {
      add_customer (book, row);
      add_figures (book, row, today);
    }
  if (local == NULL)
    return g_steal_pointer (&book);

  g_propagate_error (error, local);
  return NULL;
}
