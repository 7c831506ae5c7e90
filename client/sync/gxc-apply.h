/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-feed-page.h"
#include "gxc-store.h"

G_BEGIN_DECLS

gboolean gxc_apply_page   (GxcStore *store, const GxcFeedPage *page, const char *scope, gint64 acked, GError **error);
gboolean gxc_apply_result (GxcStore *store, JsonObject *result, const char *text, GError **error);

G_END_DECLS
