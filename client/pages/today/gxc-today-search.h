/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-today-item.h"

G_BEGIN_DECLS

/**
 * GxcTodaySearch: one gathering of lines, as each source sees it. For gxc-today-sources, -clocks and -care alone.
 */
typedef struct
{
  GxcDesk    *desk;         /* (borrowed) */
  GPtrArray  *items;        /* (borrowed): what was found so far */
  const GxId *me;           /* (borrowed): the employee */
  gint64      now;          /* ms UTC */
  gint32      today;        /* business date */
} GxcTodaySearch;

typedef gboolean (*GxcTodaySource) (GxcTodaySearch *search, GError **error);

GPtrArray    *gxc_today_ask (GxcTodaySearch *search, const GxEntity *entity, const GxcCondition *conditions, guint n_conditions,
                             const char *sort_field, GError **error);
GxcTodayItem *gxc_today_add (GxcTodaySearch *search, GxcTodayKind kind, const GxId *customer, char *what, char *why);

extern const GxcTodaySource gxc_today_clocks[], gxc_today_cares[];     /* each ends with NULL */

G_END_DECLS
