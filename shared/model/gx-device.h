/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_DEVICE_ACTIVE = 1, GX_DEVICE_SUSPENDED, GX_DEVICE_WIPE_PENDING, GX_DEVICE_WIPED } GxDeviceStatus;

/**
 * GxDevice: one desktop of one login and the public half of the key that signs its submissions and decisions.
 */
typedef struct
{
  GxMeta   meta;
  GxId     login_id;
  GBytes  *pubkey_ed25519;    /* 32 bytes */
  char    *cert_fp;           /* SHA-256 of the client certificate, hex */
  char    *name;
  gint64   enrolled_at;
  gint64   last_sync;
  int      status;            /* GxDeviceStatus */
} GxDevice;

extern const GxEntity gx_device_entity;

G_END_DECLS
