/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void gxc_tip_show (GtkTooltip *tooltip, const char *words);

G_END_DECLS
