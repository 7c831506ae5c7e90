/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Certificates for tests: a fresh ECDSA key each, self-signed or signed by another, valid for a day. Nothing here is
 * fit for anything but a test on this machine.
 */
#include "gxt-certificate.h"

#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

#define DAY 86400
#define MUST(call) g_assert_cmpint ((call), >=, 0)

static GBytes *
take_datum (gnutls_datum_t *datum)
{
  GBytes *bytes = g_bytes_new (datum->data, datum->size);

  gnutls_free (datum->data);
  return bytes;
}

static gnutls_datum_t
datum_of (GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return (gnutls_datum_t) { (unsigned char *) data, (unsigned int) size };
}

static void
describe (gnutls_x509_crt_t  crt,
          GxtCertificateKind kind,
          gint64             valid_from)
{
  static const unsigned char loopback[4] = { 127, 0, 0, 1 };
  const char *name = kind == GXT_CERTIFICATE_CA ? "test CA" : kind == GXT_CERTIFICATE_SERVER ? "test server" : "test client";
  guint32 serial = g_random_int () | 1;

  MUST (gnutls_x509_crt_set_version (crt, 3));
  MUST (gnutls_x509_crt_set_serial (crt, &serial, sizeof serial));
  MUST (gnutls_x509_crt_set_activation_time (crt, valid_from));
  MUST (gnutls_x509_crt_set_expiration_time (crt, valid_from + DAY));
  MUST (gnutls_x509_crt_set_dn_by_oid (crt, GNUTLS_OID_X520_COMMON_NAME, 0, name, (unsigned int) strlen (name)));
  MUST (gnutls_x509_crt_set_basic_constraints (crt, kind == GXT_CERTIFICATE_CA, -1));
  if (kind == GXT_CERTIFICATE_CA)
    MUST (gnutls_x509_crt_set_key_usage (crt, GNUTLS_KEY_KEY_CERT_SIGN));
  else
    MUST (gnutls_x509_crt_set_key_purpose_oid (crt, kind == GXT_CERTIFICATE_SERVER ? GNUTLS_KP_TLS_WWW_SERVER
                                                                                  : GNUTLS_KP_TLS_WWW_CLIENT, 0));
  if (kind == GXT_CERTIFICATE_SERVER)
    MUST (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_IPADDRESS, loopback, sizeof loopback, GNUTLS_FSAN_SET));
}

static void
sign (gnutls_x509_crt_t     crt,
      gnutls_x509_privkey_t key,
      const GxtCertificate *issuer)
{
  gnutls_x509_crt_t ca_crt;
  gnutls_x509_privkey_t ca_key;
  gnutls_datum_t crt_pem, key_pem;

  if (issuer == NULL)
    {
      MUST (gnutls_x509_crt_sign2 (crt, crt, key, GNUTLS_DIG_SHA256, 0));
      return;
    }

  crt_pem = datum_of (issuer->certificate);
  key_pem = datum_of (issuer->key);
  MUST (gnutls_x509_crt_init (&ca_crt));
  MUST (gnutls_x509_privkey_init (&ca_key));
  MUST (gnutls_x509_crt_import (ca_crt, &crt_pem, GNUTLS_X509_FMT_PEM));
  MUST (gnutls_x509_privkey_import (ca_key, &key_pem, GNUTLS_X509_FMT_PEM));
  MUST (gnutls_x509_crt_sign2 (crt, ca_crt, ca_key, GNUTLS_DIG_SHA256, 0));
  gnutls_x509_crt_deinit (ca_crt);
  gnutls_x509_privkey_deinit (ca_key);
}

/**
 * gxt_certificate_new:
 * @issuer: (nullable): who signs; %NULL: itself
 */
GxtCertificate *
gxt_certificate_new (GxtCertificateKind    kind,
                     const GxtCertificate *issuer)
{
  return gxt_certificate_new_at (kind, issuer, time (NULL) - 3600);
}

/**
 * gxt_certificate_new_at:
 * @issuer: (nullable): who signs; %NULL: itself
 * @valid_from: s UTC, for a day
 */
GxtCertificate *
gxt_certificate_new_at (GxtCertificateKind    kind,
                        const GxtCertificate *issuer,
                        gint64                valid_from)
{
  GxtCertificate *self = g_new0 (GxtCertificate, 1);
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t crt;
  gnutls_datum_t pem;

  MUST (gnutls_x509_privkey_init (&key));
  MUST (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0));
  MUST (gnutls_x509_crt_init (&crt));
  describe (crt, kind, valid_from);
  MUST (gnutls_x509_crt_set_key (crt, key));
  sign (crt, key, issuer);

  MUST (gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_PEM, &pem));
  self->certificate = take_datum (&pem);
  MUST (gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &pem));
  self->key = take_datum (&pem);
  gnutls_x509_crt_deinit (crt);
  gnutls_x509_privkey_deinit (key);

  return self;
}

void
gxt_certificate_free (GxtCertificate *self)
{
  g_bytes_unref (self->certificate);
  g_bytes_unref (self->key);
  g_free (self);
}
