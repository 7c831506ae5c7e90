/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_REVIEW_SEVERAL (gxc_review_several_get_type ())
G_DECLARE_FINAL_TYPE (GxcReviewSeveral, gxc_review_several, GXC, REVIEW_SEVERAL, GtkBox)

GtkWidget *gxc_review_several_new         (GxcDesk *desk);
void       gxc_review_several_set         (GxcReviewSeveral *self, GPtrArray *requests);
void       gxc_review_several_decide      (GxcReviewSeveral *self, const char *verdict);
gboolean   gxc_review_several_is_running  (GxcReviewSeveral *self);
gboolean   gxc_review_several_has_results (GxcReviewSeveral *self);
GPtrArray *gxc_review_several_dup_done    (GxcReviewSeveral *self);
void       gxc_review_several_set_narrow  (GxcReviewSeveral *self, gboolean narrow);
void       gxc_review_several_offer_next  (GxcReviewSeveral *self, gboolean offered);

G_END_DECLS
