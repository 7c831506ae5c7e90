/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-today-row.h"

G_BEGIN_DECLS

GPtrArray  *gxc_today_chosen_items (GtkListBox  *rows,
                                    GxcTodayRow *otherwise);
GHashTable *gxc_today_chosen_keys  (GtkListBox *rows);
gboolean    gxc_today_choose_again (GtkListBox *rows,
                                    GHashTable *keys);

G_END_DECLS
