/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-review-cards.h"

G_BEGIN_DECLS

#define GXC_TYPE_REVIEW_DETAIL (gxc_review_detail_get_type ())
G_DECLARE_FINAL_TYPE (GxcReviewDetail, gxc_review_detail, GXC, REVIEW_DETAIL, AdwBin)

GtkWidget *gxc_review_detail_new        (GxcDesk *desk);
void       gxc_review_detail_show       (GxcReviewDetail *self, GxRecord *request, GxcReviewAnswer answer);
gboolean   gxc_review_detail_look       (GxcReviewDetail *self);
gboolean   gxc_review_detail_leave_paper (GxcReviewDetail *self);
void       gxc_review_detail_show_copy   (GxcReviewDetail *self, GxRecord *request, const char *why);
void       gxc_review_detail_set_narrow (GxcReviewDetail *self, gboolean narrow);

G_END_DECLS
