/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *gx_base64_encode      (gconstpointer data, gsize length);
GBytes   *gx_base64_decode      (const char *text);
gboolean  gx_base64_decode_into (const char *text, gpointer out, gsize length);

G_END_DECLS
