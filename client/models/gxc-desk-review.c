/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desk asks of the server about requests, records and documents: the calls that need the network, and the structs
 * in which their answers and the queue's are told. Nothing is decided here. */

#include "gxc-desk-private.h"

#define IFACE(self) GXC_DESK_GET_IFACE (self)

/** gxc_desk_list_reviews: @box is "to_check", "mine" or "done"; ends in gxc_desk_finish_records() */
void
gxc_desk_list_reviews (GxcDesk             *self,
                       const char          *box,
                       GAsyncReadyCallback  callback,
                       gpointer             data)
{
  IFACE (self)->list_reviews (self, box, gxc_desk_new_task (self, gxc_desk_list_reviews, callback, data));
}

/** gxc_desk_fetch_review: the request as the server has it now, in clear for a checker; ends in gxc_desk_finish_record() */
void
gxc_desk_fetch_review (GxcDesk             *self,
                       const GxId          *id,
                       GAsyncReadyCallback  callback,
                       gpointer             data)
{
  IFACE (self)->fetch_review (self, id, gxc_desk_new_task (self, gxc_desk_fetch_review, callback, data));
}

/**
 * gxc_desk_decide:
 * @request: as it was fetched and shown; the decision is bound to its digest
 * @verdict: "approve", "return" or "reject"
 * @password: (nullable): the step-up, where the server wants one
 */
void
gxc_desk_decide (GxcDesk             *self,
                 GxRecord            *request,
                 const char          *verdict,
                 const char          *note,
                 const char          *password,
                 GAsyncReadyCallback  callback,
                 gpointer             data)
{
  IFACE (self)->decide (self, request, verdict, note, password, gxc_desk_new_task (self, gxc_desk_decide, callback, data));
}

/**
 * gxc_desk_act:
 * @request: one's own
 * @row: (nullable): of the entity that the request is about, with the new values; of %GXC_ACT_REVISE only
 * @fields: which of them are asked for differently
 * @reason: (nullable): a new one
 *
 * Online only; ends in gxc_desk_finish().
 *
 * Errors: %GX_ERROR_STATE where the request is not in a state that allows it
 */
void
gxc_desk_act (GxcDesk             *self,
              GxRecord            *request,
              GxcAct               act,
              gconstpointer        row,
              GxFieldSet           fields,
              const char          *reason,
              GAsyncReadyCallback  callback,
              gpointer             data)
{
  IFACE (self)->act (self, request, act, row, fields, reason, gxc_desk_new_task (self, gxc_desk_act, callback, data));
}

/** gxc_desk_fetch_history: of a row, and of a customer with all that hangs on it; online only */
void
gxc_desk_fetch_history (GxcDesk             *self,
                        const GxEntity      *entity,
                        const GxId          *id,
                        GAsyncReadyCallback  callback,
                        gpointer             data)
{
  IFACE (self)->fetch_history (self, entity, id, gxc_desk_new_task (self, gxc_desk_fetch_history, callback, data));
}

/** gxc_desk_finish_history: (transfer full) (nullable) (element-type GxcHistoryItem): newest first, a thousand at most */
GPtrArray *
gxc_desk_finish_history (GxcDesk       *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * gxc_desk_fetch_blob:
 * @sha256: of the document, hex
 * @ref: (nullable): the request or attachment that names it, and by which one may see it; %NULL: only if it is here
 * @progress: (nullable): how many bytes of how many are here, told with @data while it comes, and never after @callback
 *
 * From this desk if it is here, else from the server.
 */
void
gxc_desk_fetch_blob (GxcDesk               *self,
                     const char            *sha256,
                     const GxId            *ref,
                     GFileProgressCallback  progress,
                     GAsyncReadyCallback    callback,
                     gpointer               data)
{
  IFACE (self)->fetch_blob (self, sha256, ref, progress, gxc_desk_new_task (self, gxc_desk_fetch_blob, callback, data));
}

/**
 * gxc_desk_attach:
 *
 * The file is in the desk's store when it ends (gxc_desk_finish()), and on its way to the bank; also without a network.
 *
 * Errors: %GX_ERROR_INVALID for what a bank does not take
 */
void
gxc_desk_attach (GxcDesk             *self,
                 const GxId          *customer_id,
                 const GxcNewPaper   *paper,
                 GAsyncReadyCallback  callback,
                 gpointer             data)
{
  IFACE (self)->attach (self, customer_id, paper, gxc_desk_new_task (self, gxc_desk_attach, callback, data));
}

/** gxc_desk_get_sending: how far the document is on its way to the bank */
void
gxc_desk_get_sending (GxcDesk    *self,
                      const char *sha256,
                      GxcSending *out_sending)
{
  *out_sending = (GxcSending) { GXC_SENDING_NOT, 0, 0 };
  IFACE (self)->get_sending (self, sha256, out_sending);
}

/**
 * gxc_desk_verify_audit:
 *
 * Checks the bank's log from its first entry; an auditor's, online. Ends in gxc_desk_finish_audit().
 */
void
gxc_desk_verify_audit (GxcDesk             *self,
                       GAsyncReadyCallback  callback,
                       gpointer             data)
{
  IFACE (self)->verify_audit (self, gxc_desk_new_task (self, gxc_desk_verify_audit, callback, data));
}

/** gxc_desk_finish_audit: (transfer full) (nullable); %GX_ERROR_TAMPERED if the log is not what it was */
GxcAuditReport *
gxc_desk_finish_audit (GxcDesk       *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gxc_audit_report_free (GxcAuditReport *report)
{
  g_free (report->root);
  g_free (report);
}

/** gxc_desk_finish_blob: (transfer full) (nullable): the document's bytes */
GBytes *
gxc_desk_finish_blob (GxcDesk       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gxc_queue_field_free (GxcQueueField *field)
{
  g_free (field->name);
  g_free (field->base);
  g_free (field->mine);
  g_free (field->theirs);
  g_free (field);
}

void
gxc_queue_item_free (GxcQueueItem *item)
{
  g_clear_pointer (&item->fields, g_ptr_array_unref);
  g_free (item->customer);
  g_free (item->rule);
  g_free (item->theirs_by);
  g_free (item->op);
  g_free (item->field);
  g_free (item->detail);
  g_free (item->mine);
  g_free (item->theirs);
  g_free (item);
}

GxcDocument *
gxc_document_new (const char *path,
                  const char *kind)
{
  GxcDocument *evidence = g_new (GxcDocument, 1);

  evidence->path = g_strdup (path);
  evidence->kind = g_strdup (kind);
  return evidence;
}

void
gxc_document_free (GxcDocument *evidence)
{
  g_free (evidence->path);
  g_free (evidence->kind);
  g_free (evidence);
}

void
gxc_history_item_free (GxcHistoryItem *item)
{
  g_free (item->actor);
  g_free (item->action);
  g_free (item->state);
  g_strfreev (item->fields);
  g_free (item);
}
