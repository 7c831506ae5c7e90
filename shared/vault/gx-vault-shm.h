/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * GxVaultShm: one connection's part in the index of a database's log, which the connections of this process share.
 */
typedef struct _GxVaultShm GxVaultShm;

GxVaultShm *gx_vault_shm_join  (sqlite3_vfs *below, const char *name);
void        gx_vault_shm_leave (GxVaultShm *shm);
int         gx_vault_shm_map   (GxVaultShm *shm, int region, int size, gboolean extend, void volatile **out);
int         gx_vault_shm_lock  (GxVaultShm *shm, int offset, int n, int flags);

G_END_DECLS
