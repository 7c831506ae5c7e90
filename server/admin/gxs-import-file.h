/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GxsImportFile: one file of a source folder, and what became of its rows.
 */
typedef struct
{
  char      *path;
  GBytes    *bytes;         /* uncompressed */
  char       sha256[65];    /* of the file as it lies on the disk */
  guint      read;          /* rows, without the head line */
  guint      written;       /* of its rows, new or changed in the database */
  guint      unchanged;
  guint      first_line, last_line;
  GPtrArray *rejects;       /* of char*: "line 7: account_id: …" */
} GxsImportFile;

/**
 * GxsImportRow: handles one row; @fields are in the order of the columns asked for. FALSE with @error rejects the row.
 */
typedef gboolean (*GxsImportRow) (gpointer user_data, guint line, const char *const *fields, GError **error);

GxsImportFile *gxs_import_file_open   (const char *dir, const char *const *stems, GError **error);
void           gxs_import_file_free   (GxsImportFile *file);
gboolean       gxs_import_file_each   (GxsImportFile *file, const char *const *columns, GxsImportRow row, gpointer user_data,
                                       GError **error);
void           gxs_import_file_reject (GxsImportFile *file, guint line, const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsImportFile, gxs_import_file_free)

G_END_DECLS
