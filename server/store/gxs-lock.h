/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-error.h"

G_BEGIN_DECLS

/**
 * GxsLock: one process has the bank's data; whoever comes second is told the pid of the first.
 */
typedef struct _GxsLock GxsLock;

GxsLock *gxs_lock_take (const char *data_dir, GError **error);
void     gxs_lock_free (GxsLock *lock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsLock, gxs_lock_free)

G_END_DECLS
