/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-today-item.h"

G_BEGIN_DECLS

#define GXC_TYPE_TODAY_MODEL (gxc_today_model_get_type ())
G_DECLARE_FINAL_TYPE (GxcTodayModel, gxc_today_model, GXC, TODAY_MODEL, GObject)

/**
 * GxcTodaySums: what the head of the page says of its lines.
 */
typedef struct
{
  guint       n_lines;
  guint       n_by_group[GXC_TODAY_N_GROUPS];
  guint       n_late;
  guint       n_soon;       /* due within an hour */
  gint64      value;        /* of the customers concerned, each once; minor units of @ccy */
  const char *ccy;          /* (nullable) (borrowed from the lines): of the most; others are not in the sum */
} GxcTodaySums;

GxcTodayModel *gxc_today_model_new          (GxcDesk *desk);
gboolean       gxc_today_model_refresh      (GxcTodayModel *self, GError **error);
void           gxc_today_model_set_by_value (GxcTodayModel *self, gboolean by_value);
gboolean       gxc_today_model_get_by_value (GxcTodayModel *self);
void           gxc_today_model_set_folded   (GxcTodayModel *self, gboolean folded);
gboolean       gxc_today_model_get_folded   (GxcTodayModel *self);
guint          gxc_today_model_n_folded     (GxcTodayModel *self);
GPtrArray     *gxc_today_model_get_kind     (GxcTodayModel *self, GxcTodayKind kind);
void           gxc_today_model_get_sums     (GxcTodayModel *self, GxcTodaySums *out_sums);

G_END_DECLS
