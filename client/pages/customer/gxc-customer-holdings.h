/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

GtkWidget *gxc_holdings_view_new (GxcDesk *desk, GPtrArray *holdings, gboolean with_sums, gboolean narrow);

G_END_DECLS
