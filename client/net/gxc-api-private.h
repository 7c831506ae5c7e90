/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-api.h"

G_BEGIN_DECLS

void    gxc_request_add_header (GxcRequest *request, const char *name, const char *value);
GBytes *gxc_api_send           (GxcApi *api, GxcRequest *request, guint *out_status, GCancellable *cancellable, GError **error);
GBytes *gxc_api_post           (GxcApi *api, const char *path, const char *json, const char *idempotency_key, GCancellable *cancellable, GError **error);
JsonNode *gxc_api_read_object  (GBytes *answer, GError **error);

G_END_DECLS
