/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-transport.h"

G_BEGIN_DECLS

void          gxc_http_prepare (void);
GxcTransport *gxc_http_new     (const char *server, const char *ca_file, GError **error);

G_END_DECLS
