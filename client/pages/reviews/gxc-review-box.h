/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_REVIEW_BOX (gxc_review_box_get_type ())
G_DECLARE_FINAL_TYPE (GxcReviewBox, gxc_review_box, GXC, REVIEW_BOX, GObject)

GxcReviewBox *gxc_review_box_new       (GxcDesk *desk);
void          gxc_review_box_open      (GxcReviewBox *self, const char *name);
const char   *gxc_review_box_get_name  (GxcReviewBox *self);
void          gxc_review_box_read      (GxcReviewBox *self, gboolean wanted);
void          gxc_review_box_leave_out (GxcReviewBox *self, GxRecord *request);

G_END_DECLS
