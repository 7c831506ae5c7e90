/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_REVIEW_OWN (gxc_review_own_get_type ())
G_DECLARE_FINAL_TYPE (GxcReviewOwn, gxc_review_own, GXC, REVIEW_OWN, GtkBox)

GtkWidget *gxc_review_own_new        (GxcDesk *desk);
void       gxc_review_own_show       (GxcReviewOwn *self, GxRecord *request);
void       gxc_review_own_say        (GxcReviewOwn *self, const char *words);
void       gxc_review_own_set_usable (GxcReviewOwn *self, gboolean usable);
void       gxc_review_own_set_narrow (GxcReviewOwn *self, gboolean narrow);
gboolean   gxc_review_own_enter      (GxcReviewOwn *self);
gboolean   gxc_review_own_is_in_use  (GxcReviewOwn *self);

G_END_DECLS
