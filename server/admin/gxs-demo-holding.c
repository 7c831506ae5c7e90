/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one demo customer has: all of it together walks month by month as the stages say, holdings take their parts of it, and
 * the current account has the rest. So a deposit that is opened moves money, it does not make any.
 */
#include "gxs-demo.h"

#include "gx-customer.h"
#include "gx-holding.h"

#define MONTHS 24
#define PARTS  8
#define YUAN   100

/* Of each manager's holdings, so many are made to end within a week, and so many within a month. */
#define SOON_WEEK  3
#define SOON_MONTH 7

typedef struct
{
  gint64         totals[MONTHS];
  guint          n_months;
  GxsDemoHolding parts[PARTS];
  guint          n;
} Book;

/* R-TIER's thresholds, in yuan: what a customer of the tier has, or had before it began to leave. */
static gint64
draw_assets (GxsDemo               *demo,
             const GxsDemoCustomer *customer)
{
  static const gint64 edges[][2] = {
    { 2000, 195000 }, { 205000, 950000 }, { 1020000, 2900000 }, { 3050000, 5900000 }, { 6100000, 25000000 },
  };
  const gint64 *edge = edges[customer->tier - 1];

  return gxs_demo_between (demo, edge[0] * YUAN, edge[1] * YUAN) * (customer->org ? 5 : 1);
}

static int
stage_on (const GxsDemoCustomer *customer,
          gint32                 day)
{
  int stage = customer->path[0].stage;

  for (guint i = 0; i < customer->n_path && customer->path[i].day <= day; i++)
    stage = customer->path[i].stage;

  return stage;
}

/* By how many thousandths a month differs from the one before. */
static gint64
draw_step (GxsDemo *demo,
           int      stage)
{
  static const int steps[][2] = {
    [GX_STAGE_PROSPECT] = { 0, 0 },      [GX_STAGE_NEW] = { 5, 55 },         [GX_STAGE_MATURE] = { -24, 36 },
    [GX_STAGE_LOYAL] = { -14, 30 },      [GX_STAGE_DECLINING] = { -140, -60 }, [GX_STAGE_LOST] = { -700, -500 },
    [GX_STAGE_WON_BACK] = { 60, 140 },
  };

  return gxs_demo_between (demo, steps[stage][0], steps[stage][1]);
}

static gboolean
has_declined (const GxsDemoCustomer *customer)
{
  return customer->stage == GX_STAGE_DECLINING || customer->stage == GX_STAGE_LOST || customer->stage == GX_STAGE_WON_BACK;
}

/* Backwards from today; whoever is leaving had at most the peak. Returns how many months there are. */
static guint
draw_totals (GxsDemo               *demo,
             const GxsDemoCustomer *customer,
             gint64                 totals[static MONTHS])
{
  gint64 peak = draw_assets (demo, customer), total = peak;
  guint n = 0;

  if (customer->stage == GX_STAGE_LOST)
    total = peak / 150;
  else if (customer->stage == GX_STAGE_DECLINING)
    total = peak / 100 * gxs_demo_between (demo, 55, 75);

  for (; n < MONTHS && gxs_demo_month (demo->today, (int) n) >= gxs_demo_month (customer->since, 0); n++)
    {
      totals[n] = total;
      total = total * 1000 / (1000 + draw_step (demo, stage_on (customer, gxs_demo_month (demo->today, (int) n))));
      if (has_declined (customer) && total > peak)
        total = peak / 1000 * gxs_demo_between (demo, 970, 1000);
    }

  return n;
}

/* How many months back @day lies. */
static guint
months_back (GxsDemo *demo,
             gint32   day)
{
  guint back = 0;

  while (gxs_demo_month (demo->today, (int) back) > gxs_demo_month (day, 0))
    back++;

  return back;
}

/* The least of all that there was since @opened: whoever takes parts of it never takes more than there is. */
static gint64
least_since (GxsDemo    *demo,
             const Book *book,
             gint32      opened)
{
  guint last = MIN (months_back (demo, opened), book->n_months - 1);
  gint64 least = book->totals[0];

  for (guint back = 1; back <= last; back++)
    least = MIN (least, book->totals[back]);

  return least;
}

/* A deposit is of round thousands, and no two holdings have the same amount. */
static gint64
round_amount (const Book *book,
              gint64      amount)
{
  gint64 unit = amount >= 100000 * YUAN ? 10000 * YUAN : 1000 * YUAN;
  gint64 round = amount / unit * unit;

  for (guint i = 0; i < book->n; i++)
    if (book->parts[i].ends[0] == round)
      {
        round -= unit / 2;
        i = 0;
      }

  return round;
}

/* When a holding that runs @term days was opened: the first ones of each manager end soon. */
static void
draw_term (GxsDemo               *demo,
           const GxsDemoCustomer *customer,
           gint32                 term,
           GxsDemoHolding        *part)
{
  guint *soon = &demo->maturing[customer->rm_index];
  gint32 left = (gint32) (*soon < SOON_WEEK ? gxs_demo_between (demo, 1, 7) : *soon < SOON_MONTH ? gxs_demo_between (demo, 8, 30)
                                                                         : gxs_demo_between (demo, 1, term - 1));

  part->opened = demo->today + left - term;
  if (part->opened <= customer->since)
    part->opened = customer->since + (gint32) gxs_demo_between (demo, 0, demo->today - customer->since);
  else if (left <= 30)
    (*soon)++;
  part->matures = part->opened + term;
}

static GxsDemoHolding *
add_part (Book   *book,
          guint   product,
          int     source,
          gint32  rate_ppm)
{
  GxsDemoHolding *part = &book->parts[book->n];

  g_assert (book->n < PARTS);
  *part = (GxsDemoHolding) { .product = product, .source = source, .rate_ppm = rate_ppm, .matures = GX_INT32_NONE,
                             .closed = GX_INT32_NONE, .n_months = book->n_months };
  return part;
}

/* Takes @low to @high thousandths of what there was, since it was opened; what moves does so by @wobble thousandths. */
static void
add_asset (GxsDemo               *demo,
           const GxsDemoCustomer *customer,
           Book                  *book,
           GxsDemoHolding        *part,
           gint32                 term,
           int                    low,
           int                    high,
           int                    wobble)
{
  gint64 amount;

  if (term > 0)
    draw_term (demo, customer, term, part);
  else
    part->opened = customer->since + (gint32) gxs_demo_between (demo, 0, (demo->today - customer->since) * 2 / 3);
  amount = round_amount (book, least_since (demo, book, part->opened) / 1000 * gxs_demo_between (demo, low, high));
  if (amount < 1000 * YUAN)
    return;

  for (guint back = 0; back < book->n_months && back <= months_back (demo, part->opened); back++)
    part->ends[back] = amount / 1000 * (1000 + (wobble > 0 ? gxs_demo_between (demo, -wobble, wobble) : 0));
  book->n++;
}

static void
add_mortgage (GxsDemo               *demo,
              const GxsDemoCustomer *customer,
              Book                  *book)
{
  GxsDemoHolding *part = add_part (book, 9, GX_SOURCE_CREDIT, 38500);
  gint64 owed = gxs_demo_between (demo, 200000 * YUAN, 2500000 * YUAN);

  part->opened = customer->since + (gint32) gxs_demo_between (demo, 0, demo->today - customer->since);
  part->matures = part->opened + 25 * 365;
  for (guint back = 0; back < book->n_months && back <= months_back (demo, part->opened); back++)
    part->ends[back] = -(owed + owed / 250 * back);
  book->n++;
}

static void
add_card (GxsDemo               *demo,
          const GxsDemoCustomer *customer,
          Book                  *book)
{
  GxsDemoHolding *part = add_part (book, 11, GX_SOURCE_CREDIT, 0);

  part->limit = 50000 * YUAN;
  part->opened = customer->since + (gint32) gxs_demo_between (demo, 0, demo->today - customer->since);
  for (guint back = 0; back < book->n_months && back <= months_back (demo, part->opened); back++)
    part->ends[back] = -gxs_demo_between (demo, 1, 18000 * YUAN);
  book->n++;
}

static void
add_credit_line (GxsDemo               *demo,
                 const GxsDemoCustomer *customer,
                 Book                  *book)
{
  GxsDemoHolding *part = add_part (book, 14, GX_SOURCE_CREDIT, 41000);
  gint64 owed = book->totals[0] / 10000 / YUAN * gxs_demo_between (demo, 3000, 6000) * YUAN + 50000 * YUAN;

  draw_term (demo, customer, 365, part);
  part->limit = owed * 2;
  for (guint back = 0; back < book->n_months && back <= months_back (demo, part->opened); back++)
    part->ends[back] = -owed;
  book->n++;
}

static void
draw_person (GxsDemo               *demo,
             const GxsDemoCustomer *customer,
             Book                  *book)
{
  static const gint32 terms[] = { 92, 365, 1096 };
  gboolean rich = customer->tier >= GX_TIER_PLATINUM, lost = customer->stage == GX_STAGE_LOST;
  guint term = (guint) gxs_demo_between (demo, 0, 2);

  if (!lost && (customer->tier >= GX_TIER_GOLD || gxs_demo_chance (demo, 150)))
    add_asset (demo, customer, book, add_part (book, 1 + term, GX_SOURCE_DEPOSIT, 13500 + 3500 * (gint32) term), terms[term], 220, 380, 0);
  if (!lost && (rich || (customer->tier == GX_TIER_GOLD && gxs_demo_chance (demo, 400))))
    add_asset (demo, customer, book, add_part (book, (guint) gxs_demo_between (demo, 4, 5), GX_SOURCE_WEALTH, 31000), 182, 150, 280, 0);
  if (!lost && rich && gxs_demo_chance (demo, 600))
    add_asset (demo, customer, book, add_part (book, (guint) gxs_demo_between (demo, 6, 7), GX_SOURCE_WEALTH, 0), 0, 50, 120, 35);
  if (!lost && rich && gxs_demo_chance (demo, 350))
    add_asset (demo, customer, book, add_part (book, 8, GX_SOURCE_WEALTH, 25000), 0, 40, 90, 0);
  if (gxs_demo_chance (demo, 60))
    add_mortgage (demo, customer, book);
  if (gxs_demo_chance (demo, 120))
    add_card (demo, customer, book);
}

static void
draw_company (GxsDemo               *demo,
              const GxsDemoCustomer *customer,
              Book                  *book)
{
  if (customer->stage != GX_STAGE_LOST && gxs_demo_chance (demo, 450))
    add_asset (demo, customer, book, add_part (book, 13, GX_SOURCE_DEPOSIT, 8000), 0, 300, 550, 0);
  if (customer->stage != GX_STAGE_LOST && gxs_demo_chance (demo, 300))
    add_credit_line (demo, customer, book);
}

/* What nothing else holds. */
static void
draw_current (const GxsDemoCustomer *customer,
              Book                  *book)
{
  GxsDemoHolding *current = add_part (book, customer->org ? 12 : 0, GX_SOURCE_DEPOSIT, 2000);

  current->opened = customer->since;
  for (guint back = 0; back < book->n_months; back++)
    {
      current->ends[back] = book->totals[back];
      for (guint i = 0; i < book->n; i++)
        current->ends[back] -= MAX (book->parts[i].ends[back], 0);
    }
  book->n++;
}

/**
 * gxs_demo_make_holdings:
 * @customer: (inout): learns when its first holding ends
 *
 * A PROSPECT has none.
 */
gboolean
gxs_demo_make_holdings (GxsDemo          *demo,
                        GxsDemoCustomer  *customer,
                        GError          **error)
{
  Book book = { 0 };

  if (customer->status == GX_CUSTOMER_PROSPECT)
    return TRUE;

  book.n_months = draw_totals (demo, customer, book.totals);
  (customer->org ? draw_company : draw_person) (demo, customer, &book);
  draw_current (customer, &book);
  for (guint i = 0; i < book.n; i++)
    {
      if (book.parts[i].matures != GX_INT32_NONE && book.parts[i].ends[0] > 0)
        customer->matures = customer->matures == GX_INT32_NONE ? book.parts[i].matures : MIN (customer->matures, book.parts[i].matures);
      if (!gxs_demo_put_holding (demo, customer, &book.parts[i], error))
        return FALSE;
    }

  return gxs_demo_put_flows (demo, customer, book.totals, book.n_months, error);
}
