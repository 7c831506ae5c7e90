/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-review-box.h"

G_BEGIN_DECLS

#define GXC_TYPE_REVIEW_LIST (gxc_review_list_get_type ())
G_DECLARE_FINAL_TYPE (GxcReviewList, gxc_review_list, GXC, REVIEW_LIST, AdwBin)

GtkWidget  *gxc_review_list_new          (GxcDesk *desk, GxcReviewBox *box);
void        gxc_review_list_open         (GxcReviewList *self, const char *box);
guint       gxc_review_list_count        (GxcReviewList *self);

GxRecord   *gxc_review_list_get_selected (GxcReviewList *self);
gboolean    gxc_review_list_select       (GxcReviewList *self, const GxId *id);
void        gxc_review_list_unselect     (GxcReviewList *self);
gboolean    gxc_review_list_step         (GxcReviewList *self, int by);
void        gxc_review_list_take_out     (GxcReviewList *self, GxRecord *request);
gboolean    gxc_review_list_focus        (GxcReviewList *self);

GPtrArray  *gxc_review_list_dup_chosen   (GxcReviewList *self);
void        gxc_review_list_choose_all   (GxcReviewList *self, gboolean chosen);
void        gxc_review_list_set_narrow   (GxcReviewList *self, gboolean narrow);

G_END_DECLS
