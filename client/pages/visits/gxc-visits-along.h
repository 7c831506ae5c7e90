/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_VISITS_ALONG (gxc_visits_along_get_type ())
G_DECLARE_FINAL_TYPE (GxcVisitsAlong, gxc_visits_along, GXC, VISITS_ALONG, GtkWidget)

GtkWidget *gxc_visits_along_new    (GxcDesk *desk);
void       gxc_visits_along_open   (GxcVisitsAlong *self, GPtrArray *stops, const char *day);
void       gxc_visits_along_search (GxcVisitsAlong *self, const char *text);
void       gxc_visits_along_choose (GxcVisitsAlong *self, guint index, gboolean chosen);
void       gxc_visits_along_take   (GxcVisitsAlong *self);

G_END_DECLS
