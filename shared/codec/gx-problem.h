/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GX_PROBLEM_TYPE_PREFIX "urn:guanxi:problem:"    /* followed by the slug in lower case, '-' for '_' */

char     *gx_problem_write (const GError *error);
guint     gx_problem_status (const GError *error);
gboolean  gx_problem_read  (guint status, const char *data, gssize length, GError **error);

G_END_DECLS
