/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GxcDayPicker: a day from today on, chosen by a word or on a month.
 */
#define GXC_TYPE_DAY_PICKER (gxc_day_picker_get_type ())
G_DECLARE_FINAL_TYPE (GxcDayPicker, gxc_day_picker, GXC, DAY_PICKER, GtkWidget)

GtkWidget *gxc_day_picker_new    (GxcDesk *desk);
void       gxc_day_picker_attach (GtkMenuButton *button,
                                  GxcDesk       *desk,
                                  const char    *picked_action,
                                  const char    *closed_action);

G_END_DECLS
