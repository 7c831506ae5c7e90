/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"
#include "gx-merkle.h"

G_BEGIN_DECLS

/* Origin and signer of the bank's checkpoints. */
#define GXS_AUDIT_ORIGIN "guanxi.audit"

#define GXS_CHECKPOINT_ENTRIES 1000         /* a checkpoint is due when the log grew by so many entries … */
#define GXS_CHECKPOINT_MS      (10 * 1000)  /* … or grew at all and the last one is so old, ms */

gboolean gxs_audit_checkpoint        (GxDb *db, const guint8 seed[static 32], gint64 now, gboolean force, gboolean *out_made,
                                      GError **error);

/* What may be asked of the log, for GET /v1/audit/…: each sets @out to the answer's text. */
gboolean gxs_audit_get_checkpoint    (GxDb *db, char **out_note, GError **error);
gboolean gxs_audit_list_entries      (GxDb *db, gint64 from, gint64 limit, char **out_json, GError **error);
gboolean gxs_audit_prove_inclusion   (GxDb *db, gint64 seq, gint64 size, char **out_json, GError **error);
gboolean gxs_audit_prove_consistency (GxDb *db, gint64 first, gint64 second, char **out_json, GError **error);

G_END_DECLS
