/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_VISITS_PLAN (gxc_visits_plan_get_type ())
G_DECLARE_FINAL_TYPE (GxcVisitsPlan, gxc_visits_plan, GXC, VISITS_PLAN, GtkWidget)

GtkWidget *gxc_visits_plan_new    (GxcDesk *desk);
void       gxc_visits_plan_open   (GxcVisitsPlan *self, GPtrArray *stops, const char *day);
void       gxc_visits_plan_search (GxcVisitsPlan *self, const char *text);
void       gxc_visits_plan_choose (GxcVisitsPlan *self, guint index, gboolean chosen);
GPtrArray *gxc_visits_plan_dup_wishes (GxcVisitsPlan *self);

G_END_DECLS
