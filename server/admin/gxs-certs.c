/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bank's private certificate authority and the server's certificate, made once by `init` with GnuTLS.
 *
 * Desktops pin ca.pem and nothing else: no public authority can stand in for the bank.
 */
#include "gxs-certs.h"

#include "gx-error.h"
#include "gxs-keys.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#define YEAR (365 * G_GINT64_CONSTANT (86400))

typedef struct
{
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t     crt;
} Pair;

static void
pair_clear (Pair *pair)
{
  g_clear_pointer (&pair->crt, gnutls_x509_crt_deinit);
  g_clear_pointer (&pair->key, gnutls_x509_privkey_deinit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static gboolean
check (int          rc,
       const char  *what,
       GError     **error)
{
  return rc >= 0 || gx_fail (error, GX_ERROR_TLS, "%s: %s", what, gnutls_strerror (rc));
}

/* What both certificates have: a key, a name, a serial number, a span. */
static gboolean
pair_init (Pair        *pair,
           const char  *organization,
           const char  *common_name,
           gint64       now,
           gint64       seconds,
           GError     **error)
{
  guint8 serial[16];

  gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial);
  serial[0] = (serial[0] & 0x7f) | 1;

  return check (gnutls_x509_privkey_init (&pair->key), "key", error)
      && check (gnutls_x509_privkey_generate (pair->key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0), "key", error)
      && check (gnutls_x509_crt_init (&pair->crt), "certificate", error)
      && check (gnutls_x509_crt_set_version (pair->crt, 3), "version", error)
      && check (gnutls_x509_crt_set_serial (pair->crt, serial, sizeof serial), "serial", error)
      && check (gnutls_x509_crt_set_dn_by_oid (pair->crt, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, organization, strlen (organization)), "organization", error)
      && check (gnutls_x509_crt_set_dn_by_oid (pair->crt, GNUTLS_OID_X520_COMMON_NAME, 0, common_name, strlen (common_name)), "name", error)
      && check (gnutls_x509_crt_set_activation_time (pair->crt, now / 1000 - 3600), "span", error)
      && check (gnutls_x509_crt_set_expiration_time (pair->crt, now / 1000 + seconds), "span", error)
      && check (gnutls_x509_crt_set_key (pair->crt, pair->key), "key", error);
}

static gboolean
make_authority (Pair        *pair,
                const char  *bank_name,
                gint64       now,
                GError     **error)
{
  return pair_init (pair, bank_name, "Guanxi server CA", now, 10 * YEAR, error)
      && check (gnutls_x509_crt_set_basic_constraints (pair->crt, 1, 0), "constraints", error)
      && check (gnutls_x509_crt_set_key_usage (pair->crt, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN), "usage", error)
      && check (gnutls_x509_crt_sign2 (pair->crt, pair->crt, pair->key, GNUTLS_DIG_SHA256, 0), "signature", error);
}

static gboolean
name_host (gnutls_x509_crt_t   crt,
           const char         *host,
           GError            **error)
{
  static const guint8 loopback4[] = { 127, 0, 0, 1 };
  static const guint8 loopback6[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };

  return check (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_DNSNAME, host, strlen (host), GNUTLS_FSAN_SET), "host", error)
      && check (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_IPADDRESS, loopback4, sizeof loopback4, GNUTLS_FSAN_APPEND), "host", error)
      && check (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_IPADDRESS, loopback6, sizeof loopback6, GNUTLS_FSAN_APPEND), "host", error);
}

static gboolean
make_server (Pair        *pair,
             const Pair  *authority,
             const char  *bank_name,
             const char  *host,
             gint64       now,
             GError     **error)
{
  return pair_init (pair, bank_name, host, now, 2 * YEAR, error)
      && name_host (pair->crt, host, error)
      && check (gnutls_x509_crt_set_basic_constraints (pair->crt, 0, -1), "constraints", error)
      && check (gnutls_x509_crt_set_key_usage (pair->crt, GNUTLS_KEY_DIGITAL_SIGNATURE), "usage", error)
      && check (gnutls_x509_crt_set_key_purpose_oid (pair->crt, GNUTLS_KP_TLS_WWW_SERVER, 0), "purpose", error)
      && check (gnutls_x509_crt_sign2 (pair->crt, authority->crt, authority->key, GNUTLS_DIG_SHA256, 0), "signature", error);
}

static gboolean
save_pair (const Pair  *pair,
           const char  *data_dir,
           const char  *key_name,
           const char  *crt_name,
           GError     **error)
{
  gnutls_datum_t key = { NULL, 0 }, crt = { NULL, 0 };
  gboolean saved;

  saved = check (gnutls_x509_privkey_export2 (pair->key, GNUTLS_X509_FMT_PEM, &key), "key", error)
       && check (gnutls_x509_crt_export2 (pair->crt, GNUTLS_X509_FMT_PEM, &crt), "certificate", error)
       && gxs_keys_write (data_dir, key_name, (const char *) key.data, error)
       && gxs_keys_write (data_dir, crt_name, (const char *) crt.data, error);
  gnutls_memset (key.data, 0, key.size);
  gnutls_free (key.data);
  gnutls_free (crt.data);

  return saved;
}

/**
 * gxs_certs_create:
 * @bank_name: the organization in both certificates
 * @host: the name by which desktops reach the server; loopback addresses are always named too
 * @now: ms UTC
 *
 * Writes DIR/keys/{ca,server}.{key,pem}: the authority for 10 years, the server for 2.
 */
gboolean
gxs_certs_create (const char  *data_dir,
                  const char  *bank_name,
                  const char  *host,
                  gint64       now,
                  GError     **error)
{
  g_auto(Pair) authority = { NULL, NULL };
  g_auto(Pair) server = { NULL, NULL };

  return make_authority (&authority, bank_name, now, error)
      && make_server (&server, &authority, bank_name, host, now, error)
      && save_pair (&authority, data_dir, "ca.key", "ca.pem", error)
      && save_pair (&server, data_dir, "server.key", "server.pem", error);
}

/**
 * gxs_certs_fingerprint:
 *
 * Returns: (transfer full) (nullable): the SHA-256 of the certificate in @pem_path, as people compare it
 */
char *
gxs_certs_fingerprint (const char  *pem_path,
                       GError     **error)
{
  g_auto(Pair) pair = { NULL, NULL };
  g_autofree char *pem = NULL;
  gnutls_datum_t datum;
  guint8 hash[32];
  size_t size = sizeof hash;
  gsize length;
  GString *text;

  if (!g_file_get_contents (pem_path, &pem, &length, error))
    {
      gx_error_adopt (error);
      return NULL;
    }

  datum.data = (guint8 *) pem;
  datum.size = (unsigned) length;
  if (!check (gnutls_x509_crt_init (&pair.crt), "certificate", error)
      || !check (gnutls_x509_crt_import (pair.crt, &datum, GNUTLS_X509_FMT_PEM), pem_path, error)
      || !check (gnutls_x509_crt_get_fingerprint (pair.crt, GNUTLS_DIG_SHA256, hash, &size), pem_path, error))
    return NULL;

  text = g_string_new (NULL);
  for (guint i = 0; i < size; i++)
    g_string_append_printf (text, "%s%02X", i > 0 ? ":" : "", hash[i]);

  return g_string_free (text, FALSE);
}
