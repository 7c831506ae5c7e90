/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-audit.h"

G_BEGIN_DECLS

/**
 * GxsAuditPlace: where an entry stands in the log. @seq is its number (1, 2, 3 …: leaf number seq - 1 of the tree),
 * @at never goes back.
 */
typedef struct
{
  gint64 seq;
  gint64 at;        /* ms UTC */
} GxsAuditPlace;

char *gxs_audit_entry_write (const GxsAuditEvent *event, const GxsAuditPlace *place, const guint8 *subject_key);

/**
 * GxsAuditColumn: a column of audit_log that repeats a member of its entry, so that it can be searched. It is not under
 * the leaf: `audit verify` compares the two.
 */
typedef struct
{
  const char *column;
  const char *member;
  enum { GXS_AUDIT_INT, GXS_AUDIT_TEXT, GXS_AUDIT_ID } type;
} GxsAuditColumn;

extern const GxsAuditColumn gxs_audit_columns[];
extern const guint          gxs_n_audit_columns;

G_END_DECLS
