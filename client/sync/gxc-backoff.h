/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GXC_BACKOFF_FIRST_MS (1000)
#define GXC_BACKOFF_LAST_MS  (5 * 60 * 1000)

gint64 gxc_backoff_delay (guint attempts, gint64 retry_after_ms, guint32 jitter);

G_END_DECLS
