/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-visits-talk.h"

G_BEGIN_DECLS

#define GXC_TYPE_VISITS_FORM (gxc_visits_form_get_type ())
G_DECLARE_FINAL_TYPE (GxcVisitsForm, gxc_visits_form, GXC, VISITS_FORM, GtkWidget)

GtkWidget *gxc_visits_form_new      (GxcDesk *desk);
void       gxc_visits_form_set      (GxcVisitsForm *self, const GxcTalk *talk);
GxcTalk   *gxc_visits_form_dup      (GxcVisitsForm *self);
void       gxc_visits_form_set_day  (GxcVisitsForm *self, gint32 day);
gboolean   gxc_visits_form_focus_next (GxcVisitsForm *self);

G_END_DECLS
