/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GxtCertificate: a key and a certificate for 127.0.0.1, made on the spot.
 */
typedef struct
{
  GBytes *certificate;      /* (owned) PEM */
  GBytes *key;              /* (owned) PEM */
} GxtCertificate;

typedef enum
{
  GXT_CERTIFICATE_CA,
  GXT_CERTIFICATE_SERVER,
  GXT_CERTIFICATE_CLIENT,
} GxtCertificateKind;

GxtCertificate *gxt_certificate_new  (GxtCertificateKind kind, const GxtCertificate *issuer);
GxtCertificate *gxt_certificate_new_at (GxtCertificateKind kind, const GxtCertificate *issuer, gint64 valid_from);
void            gxt_certificate_free (GxtCertificate *certificate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxtCertificate, gxt_certificate_free)

G_END_DECLS
