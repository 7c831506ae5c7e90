/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-page.h"

G_BEGIN_DECLS

#define GXC_TYPE_TASKS_PAGE (gxc_tasks_page_get_type ())
G_DECLARE_FINAL_TYPE (GxcTasksPage, gxc_tasks_page, GXC, TASKS_PAGE, GxcPage)

GtkWidget *gxc_tasks_page_new (GxcDesk *desk);

G_END_DECLS
