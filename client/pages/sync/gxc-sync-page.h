/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-page.h"

G_BEGIN_DECLS

#define GXC_TYPE_SYNC_PAGE (gxc_sync_page_get_type ())
G_DECLARE_FINAL_TYPE (GxcSyncPage, gxc_sync_page, GXC, SYNC_PAGE, GxcPage)

GtkWidget *gxc_sync_page_new (GxcDesk *desk);

G_END_DECLS
