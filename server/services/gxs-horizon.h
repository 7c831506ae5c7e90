/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-batch.h"

G_BEGIN_DECLS

#define GXS_HORIZON_AGE (180 * G_GINT64_CONSTANT (86400000))     /* ms: who was away for longer loads everything anew */

/* The oldest cursor that is still good: what left a scope up to there is forgotten. 0 = all are. */
gboolean gxs_horizon_read  (GxDb *db, gint64 *out_seq, GError **error);

/* Of the scheduler: once a day remembers how far the feed has come, and forgets what left a scope before the horizon. */
gboolean gxs_horizon_sweep (GxsBatch *batch, GError **error);

G_END_DECLS
