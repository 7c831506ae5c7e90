/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-store.h"

G_BEGIN_DECLS

/* A queue goes on under new numbers, with the ids its mutations have. Inside a GxcStoreFunc and a transaction. */
gboolean gxc_renumber_fork  (GxcStore *store, GError **error);
gboolean gxc_renumber_epoch (GxcStore *store, GError **error);

G_END_DECLS
