/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *gxc_format_number      (gint64      number);
char *gxc_format_figure      (gint64      minor,
                              const char *ccy,
                              char      **out_unit);
char *gxc_format_amount      (gint64      minor,
                              const char *ccy);
double gxc_format_unit       (gint64      most,
                              const char *ccy,
                              char      **out_unit);
char *gxc_format_change      (double      share);
char *gxc_format_date        (gint32      days,
                              gint32      today);
char *gxc_format_date_full   (gint32      days,
                              gint32      today);
char *gxc_format_days_ago    (gint32      days,
                              gint32      today);
char *gxc_format_month       (gint32      days);
char *gxc_format_month_word (gint32      days);
char *gxc_format_month_head (gint32      days);
char *gxc_format_day_month  (gint32      days);
char *gxc_format_moment      (gint64      ms,
                              gint64      now);
char *gxc_format_ago         (gint64      ms,
                              gint64      now);
char *gxc_format_size        (gint64      bytes);
char *gxc_format_span        (gint64      ms);

G_END_DECLS
