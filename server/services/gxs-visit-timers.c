/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A visit that nobody ended is MISSED the next day (domain.md 5), by the bank's own day.
 *
 * A laptop may have done it without a network: that is no matter, since of two statuses written without knowing of each
 * other DONE outlives MISSED (gx-visit.h).
 */
#include "gxs-visit-timers.h"

#include "gx-visit.h"
#include "gxs-bank-day.h"
#include "gxs-row.h"
#include "gxs-write.h"

/* At once; the rest comes with the next sweep. */
#define AT_ONCE 200

static gboolean
miss (GxsBatch    *batch,
      const GxId  *id,
      GError     **error)
{
  const GxsActor actor = { .action = "visit.missed" };
  g_auto(GxsRow) before = { NULL }, row = { NULL };

  if (!gxs_row_find (gxs_batch_get_db (batch), &gx_visit_entity, id, &before, error)
      || !gxs_row_find (gxs_batch_get_db (batch), &gx_visit_entity, id, &row, error))
    return FALSE;

  ((GxVisit *) row.data)->status = GX_VISIT_MISSED;
  return gxs_write_update (batch, &actor, &gx_visit_entity, before.data, row.data, error);
}

/**
 * gxs_visit_sweep:
 *
 * Marks the visits planned for an earlier day that were neither done nor cancelled.
 */
gboolean
gxs_visit_sweep (GxsBatch  *batch,
                 GError   **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (gxs_batch_get_db (batch), error, "SELECT id FROM visit WHERE status IN (?, ?) AND plan_at < ? AND del = 0"
                 " ORDER BY status, plan_at LIMIT ?", "iiii", (gint64) GX_VISIT_PLANNED, (gint64) GX_VISIT_CHECKED_IN,
                 gxs_bank_day_start (batch), (gint64) AT_ONCE);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));

  if (statement == NULL || !gx_statement_collect_ids (statement, ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!miss (batch, &g_array_index (ids, GxId, i), error))
      return FALSE;

  return TRUE;
}
