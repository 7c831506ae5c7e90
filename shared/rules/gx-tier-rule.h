/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 gx_tier_threshold (int tier, gboolean org);

G_END_DECLS
