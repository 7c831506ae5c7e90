/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "gx-vault-page.h"

G_BEGIN_DECLS

/* An open file of a vault: ours, and behind it in the same memory the one of the file layer below. */
int gx_vault_file_size (sqlite3_vfs *below);
int gx_vault_file_open (const GxVaultKeys *keys, sqlite3_vfs *below, const char *name, sqlite3_file *file, int flags, int *out_flags);

const char *gx_vault_file_fault (void);

G_END_DECLS
