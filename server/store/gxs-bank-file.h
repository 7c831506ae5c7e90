/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"
#include "gx-vault.h"
#include "gxs-keys.h"

G_BEGIN_DECLS

#define GXS_STORE_FILE "bank.db"      /* in the data folder */

/**
 * GxsBankFile: the bank's database as a file: where it is, and the vault that it lies in.
 */
typedef struct _GxsBankFile GxsBankFile;

GxVault     *gxs_bank_vault_new   (const GxsKeys *keys, GError **error);

GxsBankFile *gxs_bank_file_new    (const char *data_dir, const GxsKeys *keys, GError **error);
void         gxs_bank_file_free   (GxsBankFile *file);
gboolean     gxs_bank_file_exists (GxsBankFile *file);
gboolean     gxs_bank_file_adopt  (GxsBankFile *file, GError **error);
GxDb        *gxs_bank_file_open   (GxsBankFile *file, GxDbFlags flags, guint cache_mib, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsBankFile, gxs_bank_file_free)

G_END_DECLS
