/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"

G_BEGIN_DECLS

gboolean gxc_audit_verify (GxcContext *context, gint64 *out_size, char **out_root, gint64 *out_seen, GCancellable *cancellable, GError **error);

G_END_DECLS
