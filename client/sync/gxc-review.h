/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"

G_BEGIN_DECLS

/* What a maker and a checker do with a request: online only, signed with the device's key. Blocking. */
JsonNode *gxc_review_list     (GxcContext *context, const char *box, GCancellable *cancellable, GError **error);
JsonNode *gxc_review_show     (GxcContext *context, const GxId *cr_id, GCancellable *cancellable, GError **error);
gboolean  gxc_review_step_up  (GxcContext *context, const char *password, GCancellable *cancellable, GError **error);
JsonNode *gxc_review_decide   (GxcContext *context, JsonObject *shown, const char *verdict, const char *note,
                               GCancellable *cancellable, GError **error);
JsonNode *gxc_review_withdraw (GxcContext *context, JsonObject *shown, GCancellable *cancellable, GError **error);
JsonNode *gxc_review_rebase   (GxcContext *context, JsonObject *shown, GCancellable *cancellable, GError **error);
JsonNode *gxc_review_revise   (GxcContext *context, JsonObject *shown, JsonObject *after, const char *reason,
                               GCancellable *cancellable, GError **error);

G_END_DECLS
