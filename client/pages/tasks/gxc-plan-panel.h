/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-calendar.h"

G_BEGIN_DECLS

#define GXC_TYPE_PLAN_PANEL (gxc_plan_panel_get_type ())
G_DECLARE_FINAL_TYPE (GxcPlanPanel, gxc_plan_panel, GXC, PLAN_PANEL, GtkWidget)

GtkWidget *gxc_plan_panel_new     (GxcDesk *desk);
void       gxc_plan_panel_open    (GxcPlanPanel *self, const GxId *customer_id);
gboolean   gxc_plan_panel_close   (GxcPlanPanel *self);
gboolean   gxc_plan_panel_is_open (GxcPlanPanel *self);
void       gxc_plan_panel_choose  (GxcPlanPanel *self, guint tmpl);
void       gxc_plan_panel_start   (GxcPlanPanel *self);

G_END_DECLS
