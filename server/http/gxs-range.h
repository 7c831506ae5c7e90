/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-context.h"

G_BEGIN_DECLS

void gxs_range_apply (GxsContext *ctx);

G_END_DECLS
