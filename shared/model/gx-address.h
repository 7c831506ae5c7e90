/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_ADDRESS_HOME = 1, GX_ADDRESS_WORK, GX_ADDRESS_REG, GX_ADDRESS_MAIL } GxAddressKind;

/**
 * GxAddress: where a customer lives, works or is registered.
 */
typedef struct
{
  GxMeta  meta;
  GxId    customer_id;
  int     kind;             /* GxAddressKind */
  char   *region_code;      /* GB/T 2260, 6 digits */
  char   *line;
  char   *postcode;
  gint64  lat, lon;         /* 1e-6 degree */
} GxAddress;

extern const GxEntity gx_address_entity;

G_END_DECLS
