/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-batch.h"

G_BEGIN_DECLS

gint32 gxs_bank_day_today (GxsBatch *batch);
gint64 gxs_bank_day_start (GxsBatch *batch);

G_END_DECLS
