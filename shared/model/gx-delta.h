/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

/* Field versions: the text of GxMeta.fv, {"field":seq,…} with sorted names; a field not named is at v0. */
gint64  gx_fv_get          (const char *fv, const char *field, gint64 v0);
char   *gx_fv_set          (const char *fv, const char *field, gint64 seq);

/**
 * GxMergeOutcome: what becomes of one field of a patch.
 * @GX_MERGE_APPLIED: the value was put in
 * @GX_MERGE_SAME: the row already had it: no version changes
 * @GX_MERGE_CONFLICT: somebody else was first, and the field's policy leaves the choice to a person
 */
typedef enum
{
  GX_MERGE_APPLIED,
  GX_MERGE_SAME,
  GX_MERGE_CONFLICT,
} GxMergeOutcome;

GxMergeOutcome gx_merge_field (const GxField *field, gpointer current, gint64 current_version,
                               gconstpointer proposed, gint64 base_version, gconstpointer base);

G_END_DECLS
