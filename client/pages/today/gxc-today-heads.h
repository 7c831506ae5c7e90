/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-today-model.h"

G_BEGIN_DECLS

void       gxc_today_update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data);
char      *gxc_today_dup_head      (GxcTodayModel *model, gboolean with_value);
GtkWidget *gxc_today_nothing_new   (void);

G_END_DECLS
