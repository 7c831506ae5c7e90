/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the columns of the customer list say where a field's own words are not enough, and the measures behind them: how
 * far the contact rhythm is used up, how near a task's end is. The same words are read out, copied and written to a file;
 * how they look is gxc-customers-paint-cells.c's. */

#include "gxc-customers-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "gx-clock.h"
#include "gx-money.h"
#include "gxc-field-column.h"
#include "gxc-format.h"

#define HALF_AN_HOUR G_GINT64_CONSTANT (1800000)
#define MINUTE       G_GINT64_CONSTANT (60000)
#define DAY          G_GINT64_CONSTANT (86400000)
#define FORTNIGHT    15     /* days: a date farther than that is written without its weekday, for which a cell has no room */
#define NOTHING      "\u2014"

/* --- measures ------------------------------------------------------------------------------------------------------- */

/** gxc_customers_months: the last month-end assets, oldest first; returns how many there are */
guint
gxc_customers_months (const GxcDigest *digest,
                      double           values[GXC_CUSTOMERS_MONTHS])
{
  guint n = 0, first;
  g_autofree gint64 *months = digest ? gxc_digest_months (digest, &n) : NULL;

  first = n > GXC_CUSTOMERS_MONTHS ? n - GXC_CUSTOMERS_MONTHS : 0;
  for (guint i = first; i < n; i++)
    values[i - first] = months[i];
  return n - first;
}

/** gxc_customers_change: of twelve months, 0.1 for 10 %; NAN where it cannot be told */
double
gxc_customers_change (const GxcDigest *digest)
{
  return digest && digest->change_12m != GX_INT_NONE ? digest->change_12m / 10000.0 : NAN;
}

/** gxc_customers_cadence: how much of the tier's contact rhythm is used up: 1 is due today; NAN where there is no rhythm */
double
gxc_customers_cadence (const GxcCustomersPaint *paint,
                       const GxcDigest         *digest)
{
  gint32 from;

  if (!digest || digest->cadence_due_on == GX_INT32_NONE || digest->last_contact_at == 0)
    return NAN;
  from = gx_date_from_time (digest->last_contact_at, paint->zone);
  if (digest->cadence_due_on <= from)
    return NAN;
  return (double) (paint->today - from) / (digest->cadence_due_on - from);
}

/* In whole minutes, which is how often a row is looked at anew; in whole hours where there are some: the title needs the room. */
static char *
dup_span (gint64 ms)
{
  int minutes = (ms + MINUTE - 1) / MINUTE;

  return minutes < 60 ? g_strdup_printf (_("%d min"), minutes) : g_strdup_printf (_("%d h"), minutes / 60);
}

/**
 * gxc_customers_due:
 * @out_words: (out) (transfer full): "18 min", "10:30", "in 3 d", "30 Nov", "3 d late"
 */
GxcDue
gxc_customers_due (const GxcCustomersPaint *paint,
                   gint64                   at,
                   char                   **out_words)
{
  gint64 left = at - paint->now;
  gint32 day = gx_date_from_time (at, paint->zone), today = gx_date_from_time (paint->now, paint->zone);

  if (left <= -DAY)
    *out_words = g_strdup_printf (ngettext ("%d d late", "%d d late", (int) (-left / DAY)), (int) (-left / DAY));
  else if (left < HALF_AN_HOUR)
    {
      g_autofree char *span = dup_span (ABS (left));

      *out_words = left < 0 ? g_strdup_printf (_("%s late"), span) : g_steal_pointer (&span);
    }
  else if (day == today)
    *out_words = gxc_format_moment (at, paint->now);
  else if (day <= today + 7)
    *out_words = gxc_format_days_ago (day, today);
  else
    *out_words = gxc_format_date (day, MIN (today, day - FORTNIGHT));
  return left < HALF_AN_HOUR ? GXC_DUE_LATE : day == today ? GXC_DUE_TODAY : day <= today + 7 ? GXC_DUE_WEEK : GXC_DUE_FAR;
}

/** gxc_customers_risk_days: till the assessment expires, negative after; G_MAXINT where there is none */
int
gxc_customers_risk_days (const GxcCustomersPaint *paint,
                         const GxcDigest         *digest)
{
  if (!digest || digest->risk_expires_on == GX_INT32_NONE)
    return G_MAXINT;
  return digest->risk_expires_on - paint->today;
}

/* --- words ---------------------------------------------------------------------------------------------------------- */

/** gxc_customers_cif_tail: never the mask alone: the tail of the customer number tells two 张* apart */
const char *
gxc_customers_cif_tail (const GxCustomer *customer)
{
  const char *tail = gx_customer_tail (customer);

  return tail ? tail : _("no number yet");
}

static char *
words_of (GxcCustomersPaint *paint, GxRecord *record, const char *name)
{
  return gxc_field_to_words (paint->desk, record, gx_entity_find (gx_record_get_entity (record), name));
}

char *
gxc_customers_dup_name (GxcCustomersPaint     *paint,
                        const GxcCustomersRow *row)
{
  g_autofree char *name = words_of (paint, row->customer, "name");

  return g_strdup_printf ("%s %s", name, gxc_customers_cif_tail (gxc_customers_row_customer (row)));
}

char *
gxc_customers_dup_mark (GxcCustomersPaint     *paint,
                        const GxcCustomersRow *row)
{
  return g_strdup (row->marked ? C_("customers", "Selected") : C_("customers", "Not selected"));
}

/** gxc_customers_home: the bank's own currency, which the heads name: the yuan, as long as nothing else was heard */
const char *
gxc_customers_home (GxcDesk *desk)
{
  const GxcPerson *person = gxc_desk_get_person (desk);

  return person && person->ccy ? person->ccy : "CNY";
}

/**
 * gxc_customers_own_units: whether each amount has its own unit, and the head none
 *
 * Who sees other people's customers sees bands, of thousands and of millions. Myriads have room for both.
 */
gboolean
gxc_customers_own_units (GxcDesk *desk)
{
  return gx_money_units () != GX_MONEY_MYRIADS && gxc_desk_can (desk, GX_CAN_READ_BRANCH);
}

/* The head has the unit of the bank's own currency; any other is told with its amount. */
static char *
with_currency (GxcCustomersPaint *paint, char *figure, const char *ccy)
{
  g_autofree char *words = figure;

  return g_strcmp0 (ccy, gxc_customers_home (paint->desk)) == 0 ? g_steal_pointer (&words) : g_strdup_printf ("%s %s", words, ccy);
}

static char *
dup_edge (gint64 amount, gint64 unit)
{
  return amount % unit ? g_strdup_printf ("%.1f", amount / (double) unit) : gxc_format_number (amount / unit);
}

/* (nullable): from the one band to the other, "300–600" or "¥3–6 m"; NULL where there is no such band */
static char *
dup_bands (GxcCustomersPaint *paint, int from, int to, const char *ccy)
{
  gboolean myriads = gx_money_units () == GX_MONEY_MYRIADS, open;
  gint64 scale = gx_money_scale (ccy), low, high, none, unit;
  const char *before = myriads || g_strcmp0 (ccy, "CNY") != 0 ? "" : "¥", *after;
  g_autofree char *least = NULL, *most = NULL;

  if (!gx_money_band_edges (MAX (from, 0), ccy, &low, &none) || !gx_money_band_edges (MAX (to, 0), ccy, &none, &high))
    return NULL;
  low = MAX (low, 0);
  open = high == G_MAXINT64;
  unit = scale * (myriads ? 10000 : (open ? low : high) >= scale * 1000000 ? 1000000 : 1000);
  after = myriads ? "" : unit == scale * 1000 ? " k" : " m";
  least = dup_edge (low, unit);
  most = open ? NULL : dup_edge (high, unit);
  return with_currency (paint, open ? g_strdup_printf ("\u2265 %s%s%s", before, least, after)
                                    : g_strdup_printf ("%s%s\u2013%s%s", before, least, most, after), ccy);
}

/* Behind a mask, or the curtain: NULL where the figure itself may be seen. */
static char *
dup_covered (GxcCustomersPaint *paint, const GxcCustomersRow *row, const GxcDigest *digest)
{
  int from = -1, to = -1, band;

  if (gx_record_is_masked (row->digest, "aum", &from))
    return dup_bands (paint, from, gx_record_is_masked (row->digest, "aum_to", &to) ? to : from, digest->ccy);
  if (!gxc_desk_get_curtain (paint->desk) || digest->aum == GX_INT_NONE)
    return NULL;
  band = (int) gx_money_band (digest->aum, digest->ccy);
  return dup_bands (paint, band, band, digest->ccy);
}

/* In the head's unit: 万元, or thousands. What is masked is the bands that it lies between. */
char *
gxc_customers_dup_money (GxcCustomersPaint     *paint,
                         const GxcCustomersRow *row)
{
  const GxcDigest *digest = gxc_customers_row_digest (row);
  g_autofree char *number = NULL, *covered = digest ? dup_covered (paint, row, digest) : NULL;
  gboolean myriads = gx_money_units () == GX_MONEY_MYRIADS;
  gint64 unit, whole;

  if (covered)
    return g_steal_pointer (&covered);
  if (!digest || digest->aum == GX_INT_NONE)
    return g_strdup (NOTHING);
  unit = gx_money_scale (digest->ccy) * 1000;
  whole = (digest->aum + (digest->aum < 0 ? -unit : unit) / 2) / unit;
  number = gxc_format_number (myriads ? whole / 10 : whole);
  if (!myriads)
    return with_currency (paint, gxc_customers_own_units (paint->desk) ? g_strdup_printf ("%s%s k", g_strcmp0 (digest->ccy, "CNY") == 0 ? "¥" : "", number)
                                                                       : g_steal_pointer (&number), digest->ccy);
  return with_currency (paint, g_strdup_printf ("%s%s.%d", whole < 0 && whole > -10 ? "\u2212" : "", number, (int) ABS (whole % 10)), digest->ccy);
}

char *
gxc_customers_dup_trend (GxcCustomersPaint     *paint,
                         const GxcCustomersRow *row)
{
  return gxc_format_change (gxc_customers_change (gxc_customers_row_digest (row)));
}

char *
gxc_customers_dup_contact (GxcCustomersPaint     *paint,
                           const GxcCustomersRow *row)
{
  const GxcDigest *digest = gxc_customers_row_digest (row);

  if (!digest || digest->last_contact_at == 0)
    return g_strdup (NOTHING);
  return gxc_format_days_ago (gx_date_from_time (digest->last_contact_at, paint->zone), paint->today);
}

char *
gxc_customers_dup_task (GxcCustomersPaint     *paint,
                        const GxcCustomersRow *row)
{
  const GxTask *task = gxc_customers_row_task (row);
  g_autofree char *due = NULL;

  if (!task || task->due_at == 0)
    return g_strdup (task && task->title ? task->title : NOTHING);
  gxc_customers_due (paint, task->due_at, &due);
  return g_strdup_printf ("%s · %s", task->title ? task->title : "", due);
}

char *
gxc_customers_dup_risk (GxcCustomersPaint     *paint,
                        const GxcCustomersRow *row)
{
  const GxcDigest *digest = gxc_customers_row_digest (row);
  g_autofree char *grade = digest ? words_of (paint, row->digest, "risk_grade") : NULL, *date = NULL;

  if (!digest || gxc_customers_risk_days (paint, digest) == G_MAXINT)
    return g_strdup (grade ? grade : NOTHING);
  date = gx_date_format (digest->risk_expires_on);
  return gxc_customers_risk_days (paint, digest) < 0 ? g_strdup_printf (_("%s, expired %s"), grade, date)
                                                     : g_strdup_printf (_("%s until %s"), grade, date);
}

char *
gxc_customers_dup_quality (GxcCustomersPaint     *paint,
                           const GxcCustomersRow *row)
{
  gint64 score = gxc_customers_row_customer (row)->dq_score;

  return score == GX_INT_NONE ? g_strdup (NOTHING) : g_strdup_printf ("%d %%", (int) score);
}

char *
gxc_customers_dup_birthday (GxcCustomersPaint     *paint,
                            const GxcCustomersRow *row)
{
  const GxcDigest *digest = gxc_customers_row_digest (row);

  if (!digest || digest->birthday == GX_INT_NONE)
    return g_strdup (NOTHING);
  return g_strdup_printf ("%02d-%02d", (int) (digest->birthday / 100), (int) (digest->birthday % 100));
}
