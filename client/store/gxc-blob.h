/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-store.h"

G_BEGIN_DECLS

/**
 * GxcBlob: the bytes of a document, named by their SHA-256, kept in the profile until the server has them.
 */
typedef struct
{
  char     *sha256;         /* hex */
  gboolean  uploaded;
  GBytes   *bytes;
  char     *type;           /* media type */
} GxcBlob;

void      gxc_blob_free     (GxcBlob *blob);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcBlob, gxc_blob_free)

char     *gxc_blob_add      (GxcStore *store, GBytes *bytes, GError **error);
char     *gxc_blob_add_file (GxcStore *store, const char *path, GError **error);
GxcBlob  *gxc_blob_load     (GxcStore *store, const char *sha256, GError **error);
gboolean  gxc_blob_uploaded (GxcStore *store, const char *sha256, GError **error);

G_END_DECLS
