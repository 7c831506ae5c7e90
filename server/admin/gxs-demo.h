/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-workday.h"
#include "gxs-batch.h"
#include "gxs-write.h"

G_BEGIN_DECLS

#define GXS_DEMO_PASSWORD  "guanxi-demo-2026"
#define GXS_DEMO_BANK_NAME "和安银行"
#define GXS_DEMO_BRANCHES  3
#define GXS_DEMO_RMS       12
#define GXS_DEMO_PRODUCTS  16
#define GXS_DEMO_PLANS     3
#define GXS_DEMO_STEPS     16
#define GXS_DEMO_MONTHS    120        /* at most, of one holding: as many as travel */

enum { GXS_DEMO_PLAN_ONBOARD, GXS_DEMO_PLAN_MATURITY, GXS_DEMO_PLAN_TIER_UP };

typedef struct { guint plan; int kind, days, counted; gboolean required; const char *title; } GxsDemoStep;

/**
 * GxsDemo: the demo bank while it is being made: what is known so far and where randomness comes from. Everything
 * follows from the seed, the day of init and the number of customers.
 */
typedef struct
{
  GxsBatch       *batch;                        /* the transaction of the moment */
  const GxsActor *actor;
  GxRandom       *random;
  GTimeZone      *zone;
  gint64          now;                          /* ms UTC */
  gint32          today;
  const char     *pw_hash;                      /* of GXS_DEMO_PASSWORD */
  GxId            hq;
  GxId            branches[GXS_DEMO_BRANCHES];
  GxId            rms[GXS_DEMO_RMS];            /* employees, four a branch */
  GxId            products[GXS_DEMO_PRODUCTS];  /* in the order of the product table */
  GxId            plans[GXS_DEMO_PLANS];        /* templates */
  GxId            steps[GXS_DEMO_STEPS];        /* in the order of gxs_demo_steps */
  GxWorkdays     *workdays;
  guint           wealth_left;                  /* of rm1's customers, how many still get rm2 as wealth manager */
  guint           birthdays[GXS_DEMO_RMS];      /* how many customers were given one in the next days */
  guint           maturing[GXS_DEMO_RMS];       /* how many holdings were made to end soon */
  guint           planned[GXS_DEMO_RMS];        /* how many tasks of the manager's day are given out */
  guint           visited[GXS_DEMO_RMS];        /* and how many visits */
} GxsDemo;

typedef struct { int stage; gint32 day; } GxsDemoStage;

/**
 * GxsDemoCustomer: what the parts of the generator need to know of a customer.
 */
typedef struct
{
  GxId         id;
  gboolean     org;
  gboolean     male;                            /* persons */
  int          status;
  int          tier;
  int          stage;
  GxsDemoStage path[12];                        /* stages since the beginning; the last is the present one */
  guint        n_path;
  guint        rm_index;
  GxId         rm;
  gint32       met;                             /* first contact */
  gint32       since;                           /* first day of the relation */
  gint32       born;                            /* persons */
  gint32       birthday;                        /* the next one, if it was put into the next days, else GX_INT32_NONE */
  gint32       matures;                         /* when the first holding ends, else GX_INT32_NONE */
  guint        branch;
  gint64       verified_at;                     /* when document and telephone were, ms UTC; 0: never */
  gint64       unknown;                         /* which of its facts nobody has asked for; most have all */
  char         name[64];
} GxsDemoCustomer;

/**
 * GxsDemoHolding: a holding with its months. ends[0] is the balance at the end of the month of today, ends[1] of the one
 * before; those before it was opened or after it was closed are not looked at.
 */
typedef struct
{
  guint   product;                              /* row of gxs_demo_make_products() */
  int     source;
  gint32  rate_ppm;
  gint64  limit;                                /* minor units, 0 = none */
  gint32  opened, matures, closed;              /* GX_INT32_NONE: does not end; is open */
  guint   n_months;                             /* of ends */
  gint64  ends[GXS_DEMO_MONTHS];                /* minor units; owed is negative */
} GxsDemoHolding;

extern const GxsDemoStep gxs_demo_steps[GXS_DEMO_STEPS];
extern const int gxs_demo_contact_days[];       /* by tier, from STANDARD on */

/* Puts a row in and frees its struct. */
gboolean gxs_demo_put           (GxsDemo *demo, const GxEntity *entity, gpointer data, GError **error);
gboolean gxs_demo_chance        (GxsDemo *demo, guint permille);
gint64   gxs_demo_between       (GxsDemo *demo, gint64 low, gint64 high);
const char *gxs_demo_word       (GxsDemo *demo, const char *const *words);
gint64   gxs_demo_moment        (GxsDemo *demo, gint32 day);

gint32   gxs_demo_month         (gint32 day, int back);

gboolean gxs_demo_make_staff    (GxsDemo *demo, GError **error);
gboolean gxs_demo_make_products (GxsDemo *demo, GError **error);
gboolean gxs_demo_make_calendar (GxsDemo *demo, GError **error);
gboolean gxs_demo_make_policy   (GxsDemo *demo, GError **error);

/* A customer in the order in which it is made: who it is, what it has, what happened, what is to be done. */
void     gxs_demo_draw_customer (GxsDemo *demo, guint rm, GxsDemoCustomer *out_customer);
gboolean gxs_demo_make_customer (GxsDemo *demo, GxsDemoCustomer *customer, GError **error);
gboolean gxs_demo_make_stages   (GxsDemo *demo, const GxsDemoCustomer *customer, GError **error);
gboolean gxs_demo_make_risk     (GxsDemo *demo, const GxsDemoCustomer *customer, GError **error);
gboolean gxs_demo_make_holdings (GxsDemo *demo, GxsDemoCustomer *customer, GError **error);
gboolean gxs_demo_make_life     (GxsDemo *demo, const GxsDemoCustomer *customer, GError **error);
gboolean gxs_demo_make_tasks    (GxsDemo *demo, const GxsDemoCustomer *customer, GError **error);
gboolean gxs_demo_make_visits   (GxsDemo *demo, const GxsDemoCustomer *customer, GError **error);
gboolean gxs_demo_judge         (GxsDemo *demo, const GxsDemoCustomer *customer, GError **error);
gboolean gxs_demo_make_relation (GxsDemo *demo, const GxsDemoCustomer *a, const GxsDemoCustomer *b, GError **error);
gboolean gxs_demo_make_story    (GxsDemo *demo, GxsDemoCustomer *out_customer, GError **error);

/* What those parts and the story of one customer have in common. */
void     gxs_demo_draw_path     (GxsDemo *demo, GxsDemoCustomer *customer);
gboolean gxs_demo_put_holding   (GxsDemo *demo, const GxsDemoCustomer *customer, const GxsDemoHolding *holding, GError **error);
gboolean gxs_demo_put_flows     (GxsDemo *demo, const GxsDemoCustomer *customer, const gint64 *totals, guint n, GError **error);
gboolean gxs_demo_put_contact   (GxsDemo *demo, const GxsDemoCustomer *customer, gint32 day, int channel, GError **error);
gboolean gxs_demo_put_event     (GxsDemo *demo, const GxsDemoCustomer *customer, int type, gint32 day, const char *note, GError **error);
gboolean gxs_demo_put_risk      (GxsDemo *demo, const GxsDemoCustomer *customer, gint32 day, gint64 score, GError **error);

G_END_DECLS
