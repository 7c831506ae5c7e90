/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum
{
  GX_ATTACHMENT_ASSET_PROOF = 1, GX_ATTACHMENT_NEED_CONFIRMATION, GX_ATTACHMENT_ID_IMAGE, GX_ATTACHMENT_CONTRACT,
  GX_ATTACHMENT_POLICY, GX_ATTACHMENT_PHOTO, GX_ATTACHMENT_RECORDING, GX_ATTACHMENT_MINUTES, GX_ATTACHMENT_NDA,
  GX_ATTACHMENT_CONSENT, GX_ATTACHMENT_OTHER
} GxAttachmentKind;

/**
 * GxAttachment: a typed document; its bytes are the blob of that hash.
 */
typedef struct
{
  GxMeta  meta;
  char   *sha256;         /* hex */
  char   *name;
  char   *mime;
  gint64  size;           /* bytes */
  int     kind;           /* GxAttachmentKind */
  gint32  valid_to;
  char   *enc_key_id;
  gint64  ref_count;
  GxId    cr_id;          /* the request it was handed in for, if that was known */
  GxId    customer_id;    /* whose document it is: its scopes are the customer's */
  GxId    added_by;       /* who handed it in */
  GxId    visit_id;       /* the visit it was made on, if on one: of the same customer */
} GxAttachment;

extern const GxEntity gx_attachment_entity;
extern const GxChoice gx_attachment_kinds[];

G_END_DECLS
