/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_VISITS_LIST (gxc_visits_list_get_type ())
G_DECLARE_FINAL_TYPE (GxcVisitsList, gxc_visits_list, GXC, VISITS_LIST, GtkWidget)

GtkWidget *gxc_visits_list_new    (GxcDesk *desk);
void       gxc_visits_list_show   (GxcVisitsList *self, GPtrArray *stops, const char *nothing);
void       gxc_visits_list_tick   (GxcVisitsList *self);
GPtrArray *gxc_visits_list_get    (GxcVisitsList *self);
GxRecord  *gxc_visits_list_get_at (GxcVisitsList *self);
void       gxc_visits_list_set_at (GxcVisitsList *self, const GxId *id);
gboolean   gxc_visits_list_step   (GxcVisitsList *self, int by);
gboolean   gxc_visits_list_focus  (GxcVisitsList *self);
GPtrArray *gxc_visits_list_dup_moved (GxcVisitsList *self, const GxId *id, int to);

G_END_DECLS
