/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GxcPaperOfferFunc:
 * @widget: that it was offered to
 * @file: (nullable): a file, or
 * @bytes: (nullable): what an image is as a file, and
 * @name: (nullable): what that is called
 *
 * Somebody drops or pastes something that may become a document.
 */
typedef void (*GxcPaperOfferFunc) (GtkWidget *widget, GFile *file, GBytes *bytes, const char *name);

void     gxc_paper_offer_take_drops (GtkWidget *widget, GxcPaperOfferFunc func);
gboolean gxc_paper_offer_is_there   (GtkWidget *widget);
void     gxc_paper_offer_paste      (GtkWidget *widget, GxcPaperOfferFunc func);

G_END_DECLS
