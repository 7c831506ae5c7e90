/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_VISITS_ROW (gxc_visits_row_get_type ())
G_DECLARE_FINAL_TYPE (GxcVisitsRow, gxc_visits_row, GXC, VISITS_ROW, GtkListBoxRow)

GtkWidget *gxc_visits_row_new       (GxcDesk *desk, GxRecord *visit);
GxRecord  *gxc_visits_row_get_visit (GxcVisitsRow *self);
void       gxc_visits_row_update    (GxcVisitsRow *self, GxcDesk *desk);

G_END_DECLS
