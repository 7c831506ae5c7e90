/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-lease.h"
#include "gxc-store.h"

G_BEGIN_DECLS

/* Readers, see gxc-list.h. Only of a store that lies on a disk. */
void     gxc_lease_read       (GxDb *db, GxClock *clock, GxcLease *out_lease);

/* Inside a GxcStoreFunc: every writer of what a person types asks. */
gboolean gxc_lease_check      (GxcStore *store, GError **error);

/* From any thread; of a store in memory there is no lease, and it is open. */
gboolean gxc_lease_touch      (GxcStore *store, GError **error);
gboolean gxc_lease_renew      (GxcStore *store, GError **error);
void     gxc_store_read_lease (GxcStore *store, GxcLease *out_lease);
gboolean gxc_lease_may_show   (GxcStore *store, GError **error);
gboolean gxc_lease_fail       (const GxcLease *lease, GError **error);

G_END_DECLS
