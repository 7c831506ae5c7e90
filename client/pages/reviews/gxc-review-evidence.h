/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_REVIEW_EVIDENCE (gxc_review_evidence_get_type ())
G_DECLARE_FINAL_TYPE (GxcReviewEvidence, gxc_review_evidence, GXC, REVIEW_EVIDENCE, AdwBin)

GtkWidget *gxc_review_evidence_new   (GxcDesk *desk, GxRecord *request);
gboolean   gxc_review_evidence_is_of (GxcReviewEvidence *self, GxRecord *request);
void       gxc_review_evidence_fetch (GxcReviewEvidence *self);
guint      gxc_review_evidence_count (GxcReviewEvidence *self);
gboolean   gxc_review_evidence_look  (GxcReviewEvidence *self);
gboolean   gxc_review_evidence_focus (GxcReviewEvidence *self);

G_END_DECLS
