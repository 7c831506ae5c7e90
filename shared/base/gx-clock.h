/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GxClock GxClock;

/**
 * GxClock: where the core asks for the time, so that a test can say what it is.
 */
struct _GxClock
{
  gint64 (*now)       (GxClock *clock);       /* ms UTC since 1970 */
  gint64 (*monotonic) (GxClock *clock);       /* µs, never goes back */
};

/**
 * GxFakeClock: a clock that stands still until the test moves it.
 */
typedef struct
{
  GxClock parent;
  gint64  now;              /* ms UTC */
} GxFakeClock;

GxClock *gx_clock_system       (void);
void     gx_fake_clock_init    (GxFakeClock *clock, gint64 now);
gint64   gx_clock_now          (GxClock *clock);
gint64   gx_clock_monotonic    (GxClock *clock);

gint32   gx_date_from_time     (gint64 time, GTimeZone *zone);
gint64   gx_time_from_date     (gint32 date, GTimeZone *zone);
gint32   gx_date_from_ymd      (int year, int month, int day);
void     gx_date_to_ymd        (gint32 date, int *out_year, int *out_month, int *out_day);
gboolean gx_date_parse         (const char *text, gint32 *out_date);
char    *gx_date_format        (gint32 date);
gint32   gx_date_add_months    (gint32 date, int months);

G_END_DECLS
