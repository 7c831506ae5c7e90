/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-store.h"

G_BEGIN_DECLS

gboolean gxc_queue_let_pass (GxcStore *store, gint64 *out_ready, GError **error);

G_END_DECLS
