/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-batch.h"
#include "gxs-write.h"

G_BEGIN_DECLS

#define GXS_DEMO_PASSWORD  "guanxi-demo-2026"
#define GXS_DEMO_BANK_NAME "和安银行"
#define GXS_DEMO_BRANCHES  3
#define GXS_DEMO_RMS       12
#define GXS_DEMO_PRODUCTS  16

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
  guint           wealth_left;                  /* of rm1's customers, how many still get rm2 as wealth manager */
} GxsDemo;

/**
 * GxsDemoCustomer: what the parts of the generator need to know of a customer.
 */
typedef struct
{
  GxId     id;
  gboolean org;
  int      status;
  int      tier;
  int      stage;
  GxId     rm;
  gint32   since;                               /* first day of the relation */
  gint32   born;                                /* persons */
  guint    branch;
  char     name[64];
} GxsDemoCustomer;

/* Puts a row in and frees its struct. */
gboolean gxs_demo_put           (GxsDemo *demo, const GxEntity *entity, gpointer data, GError **error);
gboolean gxs_demo_chance        (GxsDemo *demo, guint permille);
gint64   gxs_demo_between       (GxsDemo *demo, gint64 low, gint64 high);
const char *gxs_demo_word       (GxsDemo *demo, const char *const *words);
gint64   gxs_demo_moment        (GxsDemo *demo, gint32 day);

gboolean gxs_demo_make_staff    (GxsDemo *demo, GError **error);
gboolean gxs_demo_make_products (GxsDemo *demo, GError **error);
gboolean gxs_demo_make_customer (GxsDemo *demo, guint rm, GxsDemoCustomer *out_customer, GError **error);
gboolean gxs_demo_make_holdings (GxsDemo *demo, const GxsDemoCustomer *customer, GError **error);
gboolean gxs_demo_make_life     (GxsDemo *demo, const GxsDemoCustomer *customer, GError **error);
gboolean gxs_demo_make_relation (GxsDemo *demo, const GxsDemoCustomer *a, const GxsDemoCustomer *b, GError **error);

G_END_DECLS
