/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *gxc_review_empty_new   (const char *box, gboolean has_customers);
GtkWidget *gxc_review_refusal_new (const GError *error);

G_END_DECLS
