/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person writes on this desk: it is in the store when the call ends, and on its way to the server. Whether a change
 * is plain or needs review is not decided here but in the store (gxc-edit.h). */

#include "gxc-core-desk-private.h"

#include "gx-customer.h"
#include "gxc-attach.h"
#include "gxc-edit.h"
#include "gxc-issues.h"
#include "gxc-save.h"

/* The engine says by itself how it went. */
static void
sync_now (GxcDesk *desk, GTask *task)
{
  gxc_sync_kick (gxc_context_get_sync (GXC_CORE_DESK (desk)->context));
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static GPtrArray *
save_in_store (GxcCall *call, GError **error)
{
  return gxc_store_save (gxc_context_get_store (call->context), call->changes, call->flag, error);
}

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GxcCall *call = data;
  GError *error = NULL;
  GPtrArray *done = save_in_store (call, &error);

  if (!done)
    {
      g_task_return_error (task, error);
      return;
    }
  gxc_sync_kick (gxc_context_get_sync (call->context));
  g_task_return_pointer (task, done, (GDestroyNotify) g_ptr_array_unref);
}

static GxcCall *
save_call (GxcDesk *desk, GPtrArray *changes)
{
  GxcCall *call = gxc_call_new (desk, NULL);

  call->changes = changes;
  return call;
}

static void
save (GxcDesk *desk, GPtrArray *changes, gboolean strict, GTask *task)
{
  GxcCall *call = save_call (desk, g_ptr_array_ref (changes));

  call->flag = strict;
  gxc_call_run (task, call, save_thread);
}

/* The same for one row, whose caller wants no more than yes or no. */
static void
save_one_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr(GPtrArray) done = save_in_store (data, &error);

  gxc_call_finish (task, data, done != NULL, error);
}

static void
create (GxcDesk *desk, const GxEntity *entity, gpointer row, GTask *task)
{
  GxcCall *call = save_call (desk, gxc_change_items_new ());

  g_ptr_array_add (call->changes, gxc_change_item_create (entity, row));
  gxc_call_run (task, call, save_one_thread);
}

static void
patch (GxcDesk *desk, GxRecord *original, gconstpointer current, GxFieldSet fields, GTask *task)
{
  const GxEntity *entity = gx_record_get_entity (original);
  GxcCall *call = save_call (desk, gxc_change_items_new ());

  g_ptr_array_add (call->changes, gxc_change_item_patch (original, gx_entity_copy (entity, current), fields));
  gxc_call_run (task, call, save_one_thread);
}

/* Whose change it is. */
static GxId
customer_of (const GxcChangeItem *item)
{
  gconstpointer row = item->row ? item->row : gx_record_get_data (item->original);
  const GxId *id = item->entity->parents[0] ? gx_entity_member (item->entity, row, item->entity->parents[0]) : NULL;

  if (item->entity == &gx_customer_entity)
    return item->original ? *gx_record_get_id (item->original) : ((const GxMeta *) row)->id;
  return id ? *id : GX_ID_NONE;
}

/* The documents go into the store first, as the customer's own; a request names them by their hash. */
static gboolean
keep_documents (GxcCall *call, GArray *evidence, GPtrArray *hashes, GError **error)
{
  GxcAttach attach = { .customer_id = customer_of (g_ptr_array_index (call->changes, 0)), .valid_to = GX_INT32_NONE };

  for (guint i = 0; call->documents && i < call->documents->len; i++)
    {
      const GxcDocument *document = g_ptr_array_index (call->documents, i);
      GxcEvidence item = { NULL, document->kind };
      char *sha256;

      attach.path = document->path;
      attach.kind = document->kind;
      if (!gxc_attach (gxc_context_get_store (call->context), &attach, NULL, &sha256, error))
        return FALSE;
      item.sha256 = sha256;
      g_ptr_array_add (hashes, sha256);
      g_array_append_val (evidence, item);
    }
  return TRUE;
}

static gboolean
ask_for (GxcStore *store, const GxcChangeItem *item, const GxcReason *reason, GError **error)
{
  gpointer row = gxc_change_item_result (item);
  GxcWritten written = { 0 };
  gboolean ok;

  if (item->remove)
    ok = gxc_store_delete (store, item->entity, gx_record_get_id (item->original), reason, &written, error);
  else if (item->original)
    ok = gxc_store_edit (store, item->entity, gx_record_get_data (item->original), row, reason, &written, error);
  else
    ok = gxc_store_create (store, item->entity, row, reason, &written, error);
  if (row)
    gx_entity_free (item->entity, row);
  return ok;
}

/* Without the device's key a request could never be signed: it is not even queued. */
static gboolean
write_request (GxcCall *call, GError **error)
{
  g_autoptr(GArray) evidence = g_array_new (FALSE, FALSE, sizeof (GxcEvidence));
  g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  GxcReason reason = { .reason = call->text[0] };

  if (!gxc_context_can_sign (call->context, error) || !keep_documents (call, evidence, hashes, error))
    return FALSE;
  reason.evidence = (const GxcEvidence *) (gpointer) evidence->data;
  reason.n_evidence = evidence->len;
  return ask_for (gxc_context_get_store (call->context), g_ptr_array_index (call->changes, 0), &reason, error);
}

static void
request_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  gxc_call_finish (task, data, write_request (data, &error), error);
}

static GPtrArray *
copy_documents (GPtrArray *documents)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_document_free);

  for (guint i = 0; documents && i < documents->len; i++)
    {
      const GxcDocument *document = g_ptr_array_index (documents, i);

      g_ptr_array_add (copy, gxc_document_new (document->path, document->kind));
    }
  return copy;
}

static void
request (GxcDesk *desk, GxcChangeItem *item, const char *reason, GPtrArray *evidence, GTask *task)
{
  GxcCall *call = save_call (desk, gxc_change_items_new ());

  g_ptr_array_add (call->changes, item);
  call->text[0] = g_strdup (reason);
  call->documents = copy_documents (evidence);
  gxc_call_run (task, call, request_thread);
}

static void
resolve_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GxcCall *call = data;
  GxcStore *store = gxc_context_get_store (call->context);
  GError *error = NULL;

  gxc_call_finish (task, call, call->flag ? gxc_issues_keep_mine (store, call->mid, &error) : gxc_issues_drop (store, call->mid, &error), error);
}

static void
resolve (GxcDesk *desk, gint64 mid, gboolean take_mine, GTask *task)
{
  GxcCall *call = gxc_call_new (desk, NULL);

  call->mid = mid;
  call->flag = take_mine;
  gxc_call_run (task, call, resolve_thread);
}

void
gxc_core_desk_init_writing (GxcDeskInterface *iface)
{
  iface->sync = sync_now;
  iface->save = save;
  iface->create = create;
  iface->patch = patch;
  iface->request = request;
  iface->resolve = resolve;
}
