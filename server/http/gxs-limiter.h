/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "gx-clock.h"

G_BEGIN_DECLS

/**
 * GxsRate: the classes of requests that are counted. Every request draws from @GXS_RATE_SESSION; a route may name one
 * more.
 */
typedef enum
{
  GXS_RATE_SESSION,         /* 20 a second, burst 60, for each token; for each address without one */
  GXS_RATE_LOGIN,           /* 5 a minute for each device */
  GXS_RATE_ADDRESS,         /* 60 a minute for each address: sign-ins, whatever devices they name */
  GXS_N_RATES
} GxsRate;

/**
 * GxsRateLimit: a token bucket. @tokens are given back evenly over @period; at most @burst are kept.
 */
typedef struct
{
  guint  tokens;            /* 0 = unlimited */
  gint64 period;            /* ms */
  guint  burst;
} GxsRateLimit;

typedef struct
{
  gint64 level;             /* µ-tokens left at @at */
  gint64 at;                /* µs, monotonic */
} GxsBucket;

typedef struct _GxsLimiter GxsLimiter;

void        gxs_bucket_init   (GxsBucket *bucket, const GxsRateLimit *limit, gint64 now);
gboolean    gxs_bucket_take   (GxsBucket *bucket, const GxsRateLimit *limit, gint64 now, gint64 *out_wait);

GxsLimiter *gxs_limiter_new   (const GxsRateLimit limits[GXS_N_RATES], GxClock *clock);
void        gxs_limiter_free  (GxsLimiter *limiter);
gboolean    gxs_limiter_take  (GxsLimiter *limiter, GxsRate rate, const char *key, GError **error);
guint       gxs_limiter_sweep (GxsLimiter *limiter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsLimiter, gxs_limiter_free)

G_END_DECLS
