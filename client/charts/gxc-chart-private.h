/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-chart.h"

G_BEGIN_DECLS

guint gxc_chart_n_points      (GxcChart *self);

void  gxc_chart_input_install (GtkWidgetClass *widget_class);
void  gxc_chart_input_attach  (GxcChart *self);

G_END_DECLS
