/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-demo.h"

G_BEGIN_DECLS

gboolean gxs_demo_make_requests (GxsDemo *demo, GError **error);

G_END_DECLS
