/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A self-signed P-256 certificate for localhost, made anew at each start and kept nowhere. Only for the floor: our own
 * server has a private CA (init makes it). */

#include "gxb-cert.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <time.h>

static void
must (int result, const char *what)
{
  if (result < 0)
    g_error ("%s: %s", what, gnutls_strerror (result));
}

static void
sign (gnutls_x509_crt_t crt, gnutls_x509_privkey_t key)
{
  guint8 serial[] = { 1 };

  must (gnutls_x509_crt_set_version (crt, 3), "version");
  must (gnutls_x509_crt_set_serial (crt, serial, sizeof serial), "serial");
  must (gnutls_x509_crt_set_activation_time (crt, time (NULL) - 3600), "activation");
  must (gnutls_x509_crt_set_expiration_time (crt, time (NULL) + 86400), "expiration");
  must (gnutls_x509_crt_set_dn_by_oid (crt, GNUTLS_OID_X520_COMMON_NAME, 0, "localhost", 9), "name");
  must (gnutls_x509_crt_set_key (crt, key), "key");
  must (gnutls_x509_crt_sign2 (crt, crt, key, GNUTLS_DIG_SHA256, 0), "sign");
}

/**
 * gxb_cert_new:
 *
 * Returns: (transfer full): certificate and key, valid for a day
 */
GTlsCertificate *
gxb_cert_new (void)
{
  g_autoptr (GError) error = NULL;
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t crt;
  gnutls_datum_t crt_pem, key_pem;
  g_autofree char *pem = NULL;
  GTlsCertificate *certificate;

  must (gnutls_x509_privkey_init (&key), "key");
  must (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0), "key");
  must (gnutls_x509_crt_init (&crt), "certificate");
  sign (crt, key);
  must (gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_PEM, &crt_pem), "certificate");
  must (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &key_pem), "key");

  pem = g_strconcat ((const char *) crt_pem.data, (const char *) key_pem.data, NULL);
  certificate = g_tls_certificate_new_from_pem (pem, -1, &error);
  if (certificate == NULL)
    g_error ("certificate: %s", error->message);

  gnutls_free (crt_pem.data);
  gnutls_free (key_pem.data);
  gnutls_x509_crt_deinit (crt);
  gnutls_x509_privkey_deinit (key);
  return certificate;
}
