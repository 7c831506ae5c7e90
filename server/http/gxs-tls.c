/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all TLS connections of the server have in common, over GnuTLS.
 *
 * Not GIO's TLS: that does each handshake in a thread of a small pool, so that a few hundred silent peers keep everybody
 * else out. The stream of one connection is gxs-tls-stream. Client certificates are one argument: with a client CA,
 * whoever has no certificate of it for client authentication does not get past the handshake.
 */
#include "gxs-tls.h"

#include <gnutls/x509.h>

#include "gx-error.h"
#include "gx-protocol.h"

#define MAX_HANDSHAKE (32 * 1024)       /* bytes of one handshake message */

struct _GxsTls
{
  gatomicrefcount                  refs;
  gnutls_certificate_credentials_t credentials;
  gnutls_priority_t                priority;
  gnutls_datum_t                   ticket_key;    /* GnuTLS derives rotating keys from it */
  gboolean                         wants_client;
};

static gboolean
fail_gnutls (GError     **error,
             const char  *what,
             int          code)
{
  return gx_fail (error, GX_ERROR_TLS, "%s: %s", what, gnutls_strerror (code));
}

static gnutls_datum_t
datum_of (GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return (gnutls_datum_t) { (unsigned char *) data, (unsigned int) size };
}

static gboolean
load_certificate (GxsTls  *self,
                  GBytes  *certificate_pem,
                  GBytes  *key_pem,
                  GError **error)
{
  gnutls_datum_t certificate = datum_of (certificate_pem);
  gnutls_datum_t key = datum_of (key_pem);
  int code = gnutls_certificate_set_x509_key_mem (self->credentials, &certificate, &key, GNUTLS_X509_FMT_PEM);

  return code >= 0 || fail_gnutls (error, "server certificate and key", code);
}

static gboolean
load_client_ca (GxsTls  *self,
                GBytes  *client_ca_pem,
                GError **error)
{
  gnutls_datum_t ca = datum_of (client_ca_pem);
  int code = gnutls_certificate_set_x509_trust_mem (self->credentials, &ca, GNUTLS_X509_FMT_PEM);

  if (code <= 0)
    return fail_gnutls (error, "client CA", code == 0 ? GNUTLS_E_NO_CERTIFICATE_FOUND : code);

  self->wants_client = TRUE;
  return TRUE;
}

/**
 * gxs_tls_new:
 * @certificate_pem: the server's certificate and what lies between it and its CA
 * @client_ca_pem: (nullable): with it a client certificate is required and verified
 *
 * Returns: (nullable): the settings, or %NULL with %GX_ERROR_TLS
 */
GxsTls *
gxs_tls_new (GBytes  *certificate_pem,
             GBytes  *key_pem,
             GBytes  *client_ca_pem,
             GError **error)
{
  g_autoptr(GxsTls) self = g_new0 (GxsTls, 1);
  int code;

  g_atomic_ref_count_init (&self->refs);
  if ((code = gnutls_certificate_allocate_credentials (&self->credentials)) < 0
      || (code = gnutls_priority_init (&self->priority, GX_TLS_PRIORITY, NULL)) < 0
      || (code = gnutls_session_ticket_key_generate (&self->ticket_key)) < 0)
    {
      fail_gnutls (error, "GnuTLS", code);
      return NULL;
    }
  if (!load_certificate (self, certificate_pem, key_pem, error)
      || (client_ca_pem != NULL && !load_client_ca (self, client_ca_pem, error)))
    return NULL;

  return g_steal_pointer (&self);
}

static GBytes *
read_file (const char  *path,
           GError     **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    {
      gx_error_adopt (error);
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&text), length);
}

/**
 * gxs_tls_new_for_files:
 * @client_ca_file: (nullable): see gxs_tls_new()
 */
GxsTls *
gxs_tls_new_for_files (const char  *certificate_file,
                       const char  *key_file,
                       const char  *client_ca_file,
                       GError     **error)
{
  g_autoptr(GBytes) certificate = read_file (certificate_file, error);
  g_autoptr(GBytes) key = certificate != NULL ? read_file (key_file, error) : NULL;
  g_autoptr(GBytes) client_ca = NULL;

  if (key == NULL)
    return NULL;
  if (client_ca_file != NULL && (client_ca = read_file (client_ca_file, error)) == NULL)
    return NULL;

  return gxs_tls_new (certificate, key, client_ca, error);
}

GxsTls *
gxs_tls_ref (GxsTls *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gxs_tls_unref (GxsTls *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_clear_pointer (&self->credentials, gnutls_certificate_free_credentials);
  g_clear_pointer (&self->priority, gnutls_priority_deinit);
  gnutls_memset (self->ticket_key.data, 0, self->ticket_key.size);
  gnutls_free (self->ticket_key.data);
  g_free (self);
}

static void
demand_certificate (gnutls_session_t session)
{
  static gnutls_typed_vdata_st purpose = { GNUTLS_DT_KEY_PURPOSE_OID, (unsigned char *) GNUTLS_KP_TLS_WWW_CLIENT, 0 };

  gnutls_certificate_server_set_request (session, GNUTLS_CERT_REQUIRE);
  gnutls_session_set_verify_cert2 (session, &purpose, 1, 0);
}

/**
 * gxs_tls_open_session:
 * @out_session: (out) (transfer full): a non-blocking server session without a transport
 */
gboolean
gxs_tls_open_session (GxsTls            *self,
                      gnutls_session_t  *out_session,
                      GError           **error)
{
  static const gnutls_datum_t http1 = { (unsigned char *) "http/1.1", 8 };
  gnutls_session_t session = NULL;
  int code = gnutls_init (&session, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL);

  if (code >= 0)
    code = gnutls_priority_set (session, self->priority);
  if (code >= 0)
    code = gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, self->credentials);
  if (code >= 0)
    code = gnutls_session_ticket_enable_server (session, &self->ticket_key);
  if (code >= 0)
    code = gnutls_alpn_set_protocols (session, &http1, 1, 0);
  if (code < 0)
    {
      g_clear_pointer (&session, gnutls_deinit);
      return fail_gnutls (error, "TLS session", code);
    }

  gnutls_handshake_set_max_packet_length (session, MAX_HANDSHAKE);
  if (self->wants_client)
    demand_certificate (session);
  *out_session = session;
  return TRUE;
}
