/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each gives whether the bytes were taken, and fails the test where a promise is broken. */
gboolean gxt_read_json     (const char *data, gsize length);
gboolean gxt_read_problem  (const char *data, gsize length);
gboolean gxt_read_note     (const char *data, gsize length);
gboolean gxt_read_verifier (const char *data, gsize length);
gboolean gxt_read_text     (const char *data, gsize length);

G_END_DECLS
