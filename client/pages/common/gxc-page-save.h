/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

void gxc_page_save (GtkWidget *widget, GxcDesk *desk, GPtrArray *changes, char *words);

G_END_DECLS
