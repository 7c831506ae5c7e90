/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-id.h"

G_BEGIN_DECLS

#define GX_VAULT_KEY_SIZE 32      /* bytes */
#define GX_VAULT_PAGE     4096    /* bytes: the only page size there is in a vault */
#define GX_VAULT_TAIL     40      /* bytes at a page's end: nonce and tag */

/**
 * GxVault: a file layer for SQLite that keeps every page of a database and of its write-ahead log encrypted and
 * authenticated, with one key for one database (sync.md 3.2). A connection uses it by name (GxDbOptions.vfs).
 *
 * It protects what lies on a disk that somebody carries away. It does not see that a whole file was replaced by an older
 * one; the server does (the client's numbers go back).
 */
typedef struct _GxVault GxVault;

GxVault    *gx_vault_new          (const guint8 key[static GX_VAULT_KEY_SIZE], const GxId *database, const char *below, GError **error);
void        gx_vault_free         (GxVault *vault);
const char *gx_vault_get_vfs      (GxVault *vault);

gboolean    gx_vault_adopt        (GxVault *vault, const char *path, GError **error);
gboolean    gx_vault_is_clear     (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxVault, gx_vault_free)

G_END_DECLS
