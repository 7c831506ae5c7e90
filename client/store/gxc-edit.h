/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-store.h"

G_BEGIN_DECLS

/**
 * GxcEvidence: a document that belongs to a request; its bytes are in the store already (gxc_blob_add()).
 */
typedef struct
{
  const char *sha256;       /* hex */
  const char *kind;         /* (nullable): a code of gx_attachment_kinds; %NULL = OTHER */
} GxcEvidence;

/**
 * GxcReason: what goes with a change that needs review.
 */
typedef struct
{
  const char        *reason;        /* (nullable) */
  const GxcEvidence *evidence;      /* (nullable) */
  guint              n_evidence;
} GxcReason;

/**
 * GxcWritten: what became of a write; a number or id is 0 or none where there was nothing of the kind.
 */
typedef struct
{
  GxId   id;                /* the row's */
  gint64 mid;               /* of the plain mutation, the last one */
  gint64 request_mid;       /* of the request */
  GxId   cr_id;             /* the request's */
} GxcWritten;

gboolean gxc_store_create (GxcStore *store, const GxEntity *entity, gconstpointer data, const GxcReason *reason,
                           GxcWritten *out, GError **error);
gboolean gxc_store_edit   (GxcStore *store, const GxEntity *entity, gconstpointer original, gconstpointer current,
                           const GxcReason *reason, GxcWritten *out, GError **error);
gboolean gxc_store_delete (GxcStore *store, const GxEntity *entity, const GxId *id, const GxcReason *reason,
                           GxcWritten *out, GError **error);

/* What a form must know before it saves: the kind of request the change will become, %NULL if none. */
const char *gxc_edit_review_kind (GxDb *db, const GxEntity *entity, gconstpointer data, const GxField *field);

G_END_DECLS
