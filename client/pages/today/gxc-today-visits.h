/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *gxc_today_visits_new  (void);
gboolean   gxc_today_visits_show (GtkWidget *card, GxcDesk *desk, GError **error);

G_END_DECLS
