/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"
#include "gxc-queue.h"

G_BEGIN_DECLS

gboolean gxc_seal_request (GxcContext *context, const GxcMutation *mutation, GError **error);
gboolean gxc_seal_revision (GxcContext *context, const GxId *cr_id, gint64 rev, JsonObject *content, GError **error);

G_END_DECLS
