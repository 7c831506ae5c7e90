/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-review-bar.h"
#include "gxc-review-detail.h"
#include "gxc-review-own.h"

G_BEGIN_DECLS

#define GXC_TYPE_REVIEW_ONE (gxc_review_one_get_type ())
G_DECLARE_FINAL_TYPE (GxcReviewOne, gxc_review_one, GXC, REVIEW_ONE, GtkBox)

GtkWidget *gxc_review_one_new         (GxcDesk *desk);
void       gxc_review_one_show        (GxcReviewOne *self, GxRecord *request);
void       gxc_review_one_clear       (GxcReviewOne *self);
GxRecord  *gxc_review_one_get_request (GxcReviewOne *self);
void       gxc_review_one_decide      (GxcReviewOne *self, const char *verdict);
gboolean   gxc_review_one_is_in_use   (GxcReviewOne *self);
gboolean   gxc_review_one_enter       (GxcReviewOne *self);
gboolean   gxc_review_one_act         (GxcReviewOne *self, const char *action_name);
gboolean   gxc_review_one_look        (GxcReviewOne *self);
gboolean   gxc_review_one_leave_paper (GxcReviewOne *self);
void       gxc_review_one_set_narrow  (GxcReviewOne *self, gboolean narrow);

G_END_DECLS
