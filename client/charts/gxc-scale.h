/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GxcScale: an axis: where it begins and ends, and how far apart its ticks are. Values are drawn, never stored, hence double.
 */
typedef struct
{
  double low;
  double high;
  double step;
} GxcScale;

GxcScale gxc_scale_make   (double          low,
                           double          high,
                           guint           ticks);
guint    gxc_scale_decimals (const GxcScale *scale);
double   gxc_scale_place  (const GxcScale *scale,
                           double          value,
                           double          from,
                           double          to);

G_END_DECLS
