/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum
{
  GX_IDENTIFIER_ID_CARD = 1, GX_IDENTIFIER_PASSPORT, GX_IDENTIFIER_HKMO_PERMIT, GX_IDENTIFIER_TW_PERMIT, GX_IDENTIFIER_FOREIGN_PR,
  GX_IDENTIFIER_MILITARY, GX_IDENTIFIER_USCC, GX_IDENTIFIER_ORG_CODE, GX_IDENTIFIER_OTHER
} GxIdentifierKind;

/**
 * GxIdentifier: an official document's number. Not unique: a duplicate is accepted and flagged.
 */
typedef struct
{
  GxMeta  meta;
  GxId    customer_id;
  int     kind;             /* GxIdentifierKind */
  char   *number;
  char   *issue_org;
  gint32  valid_from;
  gint32  valid_to;         /* 9999-12-31 = for ever */
  gint64  verified_at;
  char   *verify_method;
  GxId    image_att;        /* attachment */
} GxIdentifier;

extern const GxEntity gx_identifier_entity;

G_END_DECLS
