/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <gnutls/gnutls.h>

G_BEGIN_DECLS

/**
 * GxsTls: the server's side of TLS that all connections share: certificate, key, priorities, ticket key. Immutable and
 * reference counted; any thread.
 */
typedef struct _GxsTls GxsTls;

GxsTls  *gxs_tls_new          (GBytes *certificate_pem, GBytes *key_pem, GBytes *client_ca_pem, GError **error);
GxsTls  *gxs_tls_new_for_files (const char *certificate_file, const char *key_file, const char *client_ca_file,
                               GError **error);
GxsTls  *gxs_tls_ref          (GxsTls *tls);
void     gxs_tls_unref        (GxsTls *tls);
gboolean gxs_tls_open_session (GxsTls *tls, gnutls_session_t *out_session, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsTls, gxs_tls_unref)

G_END_DECLS
