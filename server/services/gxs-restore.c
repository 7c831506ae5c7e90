/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bank that was brought back from a backup has lost what came after it, and must not pretend otherwise (sync.md 1.6):
 *
 *   another epoch        every desk notices, loads anew, and offers what was acknowledged in the last days once more
 *   a later clock        its sequence numbers begin beyond all that were ever given: whatever a desk saw in the lost days is
 *                        older than any change from here on, so that nothing is written over unseen
 *   no sessions          one that was ended after the backup would live again
 *   no numbers           each client may go on at its own number, once
 *
 * Nothing here can bring back what was lost: that is the desks' matter.
 */
#include "gxs-restore.h"

#include "gxs-audit.h"

/**
 * gxs_restore_mark:
 *
 * One transaction, with its entry in the audit log.
 */
gboolean
gxs_restore_mark (GxsBatch  *batch,
                  GError   **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  g_autofree char *before = g_strdup (gxs_batch_get_epoch (batch));
  const GxsAuditEvent event = { .action = "restore", .result = "applied" };

  gxs_batch_new_epoch (batch);

  return gx_db_run (db, error, "UPDATE client SET epoch = ? WHERE epoch IS NULL", "t", before)
         && gx_db_run (db, error, "UPDATE session SET ended_at = ? WHERE ended_at IS NULL", "i", gxs_batch_get_now (batch))
         && gxs_audit_append (batch, &event, error);
}
