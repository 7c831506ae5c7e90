/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"
#include "gx-sign.h"

G_BEGIN_DECLS

/**
 * GxsAuditReport: what a verification found. Clear it with gxs_audit_report_clear().
 */
typedef struct
{
  gint64 entries;         /* that were recomputed */
  gint64 checkpoints;     /* whose signature and root were checked */
  gint64 requests;        /* applied ones, with all their signatures */
  char  *fault;           /* (nullable): what differs first; NULL = clean */
  gint64 bad_seq;         /* the first entry that cannot be trusted, 0 = not one entry's matter */
} GxsAuditReport;

gboolean  gxs_audit_verify       (GxDb *db, const GxPublicKey *key, GxsAuditReport *out_report, GError **error);
gboolean  gxs_audit_verify_end   (GxDb *db, const GxPublicKey *key, GxsAuditReport *out_report, GError **error);
char     *gxs_audit_report_json  (const GxsAuditReport *report);
void      gxs_audit_report_clear (GxsAuditReport *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxsAuditReport, gxs_audit_report_clear)

G_END_DECLS
