/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-transaction.h"
#include "gxs-audit-verify.h"

G_BEGIN_DECLS

gboolean gxs_audit_blame           (GxsAuditReport *report, gint64 seq, const char *format, ...) G_GNUC_PRINTF (3, 4);
gboolean gxs_audit_verify_requests (GxDb *db, GxsAuditReport *report, GError **error);

G_END_DECLS
