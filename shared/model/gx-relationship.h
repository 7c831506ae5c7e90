/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum
{
  GX_RELATION_SPOUSE = 1, GX_RELATION_PARENT, GX_RELATION_CHILD, GX_RELATION_SIBLING, GX_RELATION_LEGAL_REP, GX_RELATION_SIGNATORY,
  GX_RELATION_SHAREHOLDER, GX_RELATION_BENEFICIAL_OWNER, GX_RELATION_GUARANTOR, GX_RELATION_EMPLOYER, GX_RELATION_SUPPLIER,
  GX_RELATION_BUYER, GX_RELATION_GROUP_PARENT, GX_RELATION_REFERRER, GX_RELATION_OTHER
} GxRelationKind;

/**
 * GxRelationship: what one customer (from) is to another (to).
 */
typedef struct
{
  GxMeta  meta;
  GxId    from_id;      /* customer */
  GxId    to_id;        /* customer */
  int     kind;         /* GxRelationKind */
  gint32  pct;          /* share, parts a million */
  gint32  from_date;
  gint32  to_date;
  char   *source;
} GxRelationship;

extern const GxEntity gx_relationship_entity;

G_END_DECLS
