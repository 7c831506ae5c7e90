/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  gxs_certs_create      (const char *data_dir, const char *bank_name, const char *host, gint64 now, GError **error);
char     *gxs_certs_fingerprint (const char *pem_path, GError **error);

G_END_DECLS
