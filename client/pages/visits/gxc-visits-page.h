/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-page.h"

G_BEGIN_DECLS

#define GXC_TYPE_VISITS_PAGE (gxc_visits_page_get_type ())
G_DECLARE_FINAL_TYPE (GxcVisitsPage, gxc_visits_page, GXC, VISITS_PAGE, GxcPage)

GtkWidget *gxc_visits_page_new     (GxcDesk *desk);
void       gxc_visits_page_set_day (GxcVisitsPage *self, gint32 day);

G_END_DECLS
