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

#include "gx-json.h"
#include "gxs-audit.h"

/* Which backup it was: without that, whoever looks later cannot tell a log that was put back from one that was cut. */
static gboolean
write_backup (GxsBatch  *batch,
              GString   *out,
              GError   **error)
{
  GxJsonWriter writer;
  gint64 size, signed_to;

  if (!gx_db_query_int (gxs_batch_get_db (batch), &size, error, "SELECT size FROM audit_head WHERE id=1", NULL)
      || !gx_db_query_int (gxs_batch_get_db (batch), &signed_to, error, "SELECT COALESCE(MAX(size), 0) FROM audit_sth", NULL))
    return FALSE;

  gx_json_writer_init_canonical (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "entries", size);
  gx_json_writer_put_string (&writer, "epoch", gxs_batch_get_epoch (batch));
  gx_json_writer_put_int (&writer, "head", gxs_batch_get_head (batch));
  gx_json_writer_put_int (&writer, "signed", signed_to);
  gx_json_writer_end_object (&writer);
  return TRUE;
}

/**
 * gxs_restore_mark:
 *
 * One transaction, with its entry in the audit log: it names the backup by its epoch, its clock, its entries and how many of these
 * its last checkpoint signed.
 */
gboolean
gxs_restore_mark (GxsBatch  *batch,
                  GError   **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  g_autofree char *before = g_strdup (gxs_batch_get_epoch (batch));
  g_autoptr(GString) extra = g_string_new (NULL);
  GxsAuditEvent event = { .action = "restore", .result = "applied" };

  if (!write_backup (batch, extra, error))
    return FALSE;
  event.extra = extra->str;
  gxs_batch_new_epoch (batch);

  return gx_db_run (db, error, "UPDATE client SET epoch = ? WHERE epoch IS NULL", "t", before)
         && gx_db_run (db, error, "UPDATE session SET ended_at = ? WHERE ended_at IS NULL", "i", gxs_batch_get_now (batch))
         && gxs_audit_append (batch, &event, error);
}
