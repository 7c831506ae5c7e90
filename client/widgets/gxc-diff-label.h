/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-diff.h"

G_BEGIN_DECLS

GtkWidget *gxc_diff_label_new (const char *before, const char *after, GxcDiffKind side);

G_END_DECLS
