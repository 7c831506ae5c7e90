/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A GxsControlCommand of a running server. */
char *gxs_admin_queue_run (gpointer server, const char *arguments, GError **error);

G_END_DECLS
