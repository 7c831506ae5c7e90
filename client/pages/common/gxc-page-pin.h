/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_PIN_ICON "view-pin-symbolic"
#define GXC_PIN_MOST 500        /* customers that are pinned at once: who pins more has pinned nobody */

void gxc_page_pin (GtkWidget *widget, GxcDesk *desk, const GxId *customers, guint n);

G_END_DECLS
