/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-visits-form.h"

G_BEGIN_DECLS

#define GXC_TYPE_VISITS_STOP (gxc_visits_stop_get_type ())
G_DECLARE_FINAL_TYPE (GxcVisitsStop, gxc_visits_stop, GXC, VISITS_STOP, GtkWidget)

GtkWidget     *gxc_visits_stop_new       (GxcDesk *desk);
void           gxc_visits_stop_show      (GxcVisitsStop *self, GxRecord *visit, const GxcTalk *typed);
void           gxc_visits_stop_set_primary (GxcVisitsStop *self, gboolean primary);
void           gxc_visits_stop_tick      (GxcVisitsStop *self);
GxcVisitsForm *gxc_visits_stop_get_form  (GxcVisitsStop *self);
const char    *gxc_visits_stop_get_place (GxcVisitsStop *self);
void           gxc_visits_stop_ask_day   (GxcVisitsStop *self);
gboolean       gxc_visits_stop_focus     (GxcVisitsStop *self);

G_END_DECLS
