/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *gxc_guide_text_new (const char *text, const char *language);

G_END_DECLS
