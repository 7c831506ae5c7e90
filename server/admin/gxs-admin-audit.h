/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The command "audit verify" of a running server's control socket; @server: GxsServer */
char *gxs_admin_audit_run (gpointer server, const char *arguments, GError **error);

G_END_DECLS
