/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-batch.h"

G_BEGIN_DECLS

gboolean gxs_visit_sweep (GxsBatch *batch, GError **error);

G_END_DECLS
