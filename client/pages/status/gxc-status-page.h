/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-page.h"

G_BEGIN_DECLS

#define GXC_TYPE_STATUS_PAGE (gxc_status_page_get_type ())
G_DECLARE_FINAL_TYPE (GxcStatusPage, gxc_status_page, GXC, STATUS_PAGE, GxcPage)

GtkWidget *gxc_status_page_new (GxcDesk *desk);

G_END_DECLS
