/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "gxs-context.h"

G_BEGIN_DECLS

/* From what a handler set (or its error) to what goes onto the wire. */
void     gxs_response_settle     (GxsContext *ctx);
gboolean gxs_response_wants_gzip (GxsContext *ctx);
void     gxs_response_gzip       (GxsContext *ctx);
void     gxs_response_apply      (GxsContext *ctx, SoupServerMessage *message, gboolean is_last);
GBytes  *gxs_response_raw        (GxsContext *ctx);

G_END_DECLS
