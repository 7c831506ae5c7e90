/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-sign.h"
#include "gxs-config.h"
#include "gxs-services.h"

G_BEGIN_DECLS

/**
 * GxsServer: the whole server, assembled from its layers and running, until it is freed.
 */
typedef struct _GxsServer GxsServer;

GxsServer   *gxs_server_new          (const GxsConfig *config, GError **error);
void         gxs_server_free         (GxsServer *server);
guint16      gxs_server_get_port     (GxsServer *server);
GxsServices *gxs_server_get_services (GxsServer *server);
GxsLog      *gxs_server_get_log      (GxsServer *server);
void         gxs_server_get_audit_key (GxsServer *server, GxPublicKey *out_key);
char        *gxs_server_describe     (GxsServer *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsServer, gxs_server_free)

G_END_DECLS
