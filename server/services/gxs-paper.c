/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents of a visit: they are the visit's customer's, and whoever handed one in may take it back until the visit is done.
 * Any other document stays: it may prove something to somebody.
 *
 * Whether the customer is the session's to write about is gxs-rights' matter, for these as for all rows.
 */
#include "gxs-paper.h"

#include "gx-attachment.h"
#include "gx-visit.h"
#include "gxs-row.h"

static gboolean
load_visit (GxDb        *db,
            const GxId  *id,
            GxsRow      *row,
            GError     **error)
{
  return gxs_row_find (db, &gx_visit_entity, id, row, error);
}

/**
 * gxs_paper_may_come:
 * @data: a new row of @entity; one that is no document may
 *
 * Errors: %GX_ERROR_INVALID naming visit_id
 */
gboolean
gxs_paper_may_come (GxDb            *db,
                    const GxEntity  *entity,
                    gconstpointer    data,
                    GError         **error)
{
  const GxAttachment *paper = data;
  g_auto(GxsRow) row = { 0 };

  if (entity != &gx_attachment_entity || gx_id_is_none (&paper->visit_id))
    return TRUE;
  if (!load_visit (db, &paper->visit_id, &row, error))
    return FALSE;

  return (row.data != NULL && gx_id_equal (&((const GxVisit *) row.data)->customer_id, &paper->customer_id))
         || gx_fail_field (error, GX_ERROR_INVALID, "visit_id", "reference", "the customer has no such visit");
}

/**
 * gxs_paper_may_go:
 * @data: a row of @entity that shall be removed; one that is no document may
 *
 * Errors: %GX_ERROR_FORBIDDEN
 */
gboolean
gxs_paper_may_go (GxDb            *db,
                  const GxsAuthz  *authz,
                  const GxEntity  *entity,
                  gconstpointer    data,
                  GError         **error)
{
  const GxAttachment *paper = data;
  g_auto(GxsRow) row = { 0 };

  if (entity != &gx_attachment_entity)
    return TRUE;
  if (gx_id_is_none (&paper->visit_id))
    return gx_fail (error, GX_ERROR_FORBIDDEN, "a document stays, unless it belongs to a visit that goes on");
  if (!gx_id_equal (&paper->added_by, &authz->employee_id))
    return gx_fail (error, GX_ERROR_FORBIDDEN, "only who handed the document in takes it back");
  if (!load_visit (db, &paper->visit_id, &row, error))
    return FALSE;

  return row.data == NULL || ((const GxVisit *) row.data)->status != GX_VISIT_DONE
         || gx_fail (error, GX_ERROR_FORBIDDEN, "the visit is done: its documents stay");
}
