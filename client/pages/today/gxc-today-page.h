/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-page.h"

G_BEGIN_DECLS

#define GXC_TYPE_TODAY_PAGE (gxc_today_page_get_type ())
G_DECLARE_FINAL_TYPE (GxcTodayPage, gxc_today_page, GXC, TODAY_PAGE, GxcPage)

GtkWidget *gxc_today_page_new (GxcDesk *desk);

G_END_DECLS
