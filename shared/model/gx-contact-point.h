/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_CONTACT_MOBILE = 1, GX_CONTACT_PHONE, GX_CONTACT_EMAIL, GX_CONTACT_WECHAT, GX_CONTACT_FAX } GxContactKind;

/**
 * GxContactPoint: a number or address at which a customer is reached.
 */
typedef struct
{
  GxMeta    meta;
  GxId      customer_id;
  int       kind;             /* GxContactKind */
  char     *value;
  char     *label;
  gboolean  is_primary;
  gint64    verified_at;
  char     *verify_method;
  gboolean  opt_out;
} GxContactPoint;

extern const GxEntity gx_contact_point_entity;

G_END_DECLS
