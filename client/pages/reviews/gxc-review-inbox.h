/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-review-list.h"

G_BEGIN_DECLS

#define GXC_TYPE_REVIEW_INBOX (gxc_review_inbox_get_type ())
G_DECLARE_FINAL_TYPE (GxcReviewInbox, gxc_review_inbox, GXC, REVIEW_INBOX, GtkBox)

GtkWidget *gxc_review_inbox_new        (GxcReviewList *list, gboolean decides);
gboolean   gxc_review_inbox_open       (GxcReviewInbox *self, const char *box);
void       gxc_review_inbox_focus      (GxcReviewInbox *self);
void       gxc_review_inbox_set_narrow (GxcReviewInbox *self, gboolean narrow);

G_END_DECLS
