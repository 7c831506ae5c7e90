/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_REVIEW_ROW (gxc_review_row_get_type ())
G_DECLARE_FINAL_TYPE (GxcReviewRow, gxc_review_row, GXC, REVIEW_ROW, GtkListBoxRow)

GtkWidget *gxc_review_row_new         (GxcDesk *desk, GxRecord *request);
GxRecord  *gxc_review_row_get_request (GxcReviewRow *self);
gboolean   gxc_review_row_get_chosen  (GxcReviewRow *self);
void       gxc_review_row_set_chosen  (GxcReviewRow *self, gboolean chosen);
void       gxc_review_row_set_narrow  (GxcReviewRow *self, gboolean narrow);
gboolean   gxc_review_may_decide      (GxcDesk *desk, GxRecord *request);

G_END_DECLS
