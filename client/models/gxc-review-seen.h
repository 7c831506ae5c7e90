/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "gx-record.h"

G_BEGIN_DECLS

/**
 * GxcReviewSeen: what an opened request tells beside its own row.
 */
typedef struct
{
  gboolean   may_decide;    /* the open step is this person's */
  GPtrArray *context;       /* of GxRecord: rows that it touches, as far as this person sees them */
  GArray    *reviewers;     /* of GxId: employees who may decide the open step */
} GxcReviewSeen;

GxcReviewSeen       *gxc_review_seen_new  (gboolean may_decide);
const GxcReviewSeen *gxc_review_seen_of   (GxRecord *request);
void                 gxc_review_seen_give (GxRecord *request, GxcReviewSeen *seen);
gboolean             gxc_review_seen_read (GxRecord *request, JsonObject *object, GError **error);

G_END_DECLS
