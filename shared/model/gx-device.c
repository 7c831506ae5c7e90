/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desktop and the public half of its signing key. */
#include "gx-device.h"

#include <glib/gi18n.h>

static const GxChoice statuses[] = {
  { "ACTIVE", N_("Active") }, { "SUSPENDED", N_("Suspended") }, { "WIPE_PENDING", N_("To be wiped") },
  { "WIPED", N_("Wiped") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_REF   (GxDevice, login_id,       N_("Login"),       .flags = GX_REQUIRED | GX_SERVER | GX_FIXED | GX_LISTED,
                 .entity = "login"),
  GX_FIELD_BYTES (GxDevice, pubkey_ed25519, N_("Public key"),  .flags = GX_REQUIRED | GX_SERVER | GX_FIXED, .max = 32),
  GX_FIELD_TEXT  (GxDevice, cert_fp,        N_("Certificate"), .flags = GX_SERVER, .min = 64, .max = 64),
  GX_FIELD_TEXT  (GxDevice, name,           N_("Name"),        .flags = GX_SERVER | GX_LISTED, .max = 120),
  GX_FIELD_TIME  (GxDevice, enrolled_at,    N_("Enrolled"),    .flags = GX_REQUIRED | GX_SERVER | GX_LISTED),
  GX_FIELD_TIME  (GxDevice, last_sync,      N_("Last sync"),   .flags = GX_SERVER | GX_LOCAL),
  GX_FIELD_ENUM  (GxDevice, status,         N_("Status"),      .flags = GX_REQUIRED | GX_SERVER | GX_LISTED,
                 .choices = statuses),
};

GX_DEFINE_ENTITY (gx_device_entity, GxDevice, 7, "device", N_("Device"), fields);
