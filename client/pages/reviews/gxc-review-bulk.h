/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_REVIEW_BULK (gxc_review_bulk_get_type ())
G_DECLARE_FINAL_TYPE (GxcReviewBulk, gxc_review_bulk, GXC, REVIEW_BULK, AdwBin)

GtkWidget *gxc_review_bulk_new         (GxcDesk *desk);
void       gxc_review_bulk_set         (GxcReviewBulk *self, GPtrArray *requests);
void       gxc_review_bulk_run         (GxcReviewBulk *self, const char *verdict, const char *note, const char *password);
gboolean   gxc_review_bulk_is_running  (GxcReviewBulk *self);
gboolean   gxc_review_bulk_has_results (GxcReviewBulk *self);
guint      gxc_review_bulk_count       (GxcReviewBulk *self, guint *out_done, guint *out_failed);
GPtrArray *gxc_review_bulk_dup_done    (GxcReviewBulk *self);

G_END_DECLS
