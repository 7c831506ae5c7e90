/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"

G_BEGIN_DECLS

gboolean gxc_paper_key_load (gpointer context, guint8 *out_key, GError **error);

G_END_DECLS
