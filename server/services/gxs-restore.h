/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-batch.h"

G_BEGIN_DECLS

/* Of a database that was brought back from a backup, before it is served. */
gboolean gxs_restore_mark (GxsBatch *batch, GError **error);

G_END_DECLS
