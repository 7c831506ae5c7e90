/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *gxs_gzip   (GBytes *plain);
GBytes *gxs_gunzip (GBytes *packed, gsize max_size, guint max_ratio, GError **error);

G_END_DECLS
