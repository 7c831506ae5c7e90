/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

gint64   gxc_asked_at     (GxcDesk *desk);
gboolean gxc_asked_is_old (GxcDesk *desk, gint64 asked_at);

G_END_DECLS
