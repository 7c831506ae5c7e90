/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-today-model.h"

G_BEGIN_DECLS

GtkWidget *gxc_today_reviews_new  (void);
void       gxc_today_reviews_show (GtkWidget *card, GxcDesk *desk, GxcTodayModel *model);
GtkWidget *gxc_today_tiers_new    (void);
void       gxc_today_tiers_show   (GtkWidget *card, const GxcBook *book);

G_END_DECLS
