/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GXC_TYPE_REVIEW_BAR (gxc_review_bar_get_type ())
G_DECLARE_FINAL_TYPE (GxcReviewBar, gxc_review_bar, GXC, REVIEW_BAR, GtkBox)

GtkWidget  *gxc_review_bar_new          (void);
void        gxc_review_bar_set_count    (GxcReviewBar *self, guint n);
void        gxc_review_bar_set_narrow    (GxcReviewBar *self, gboolean narrow);
const char *gxc_review_bar_get_note     (GxcReviewBar *self);
const char *gxc_review_bar_get_password (GxcReviewBar *self);
gboolean    gxc_review_bar_check_note   (GxcReviewBar *self, const char *verdict);
void        gxc_review_bar_ask_password (GxcReviewBar *self, const char *verdict);
void        gxc_review_bar_say          (GxcReviewBar *self, const char *words);
void        gxc_review_bar_tell         (GxcReviewBar *self, const char *words);
void        gxc_review_bar_set_usable   (GxcReviewBar *self, gboolean usable);
void        gxc_review_bar_set_busy     (GxcReviewBar *self, gboolean busy);
void        gxc_review_bar_clear        (GxcReviewBar *self);

G_END_DECLS
