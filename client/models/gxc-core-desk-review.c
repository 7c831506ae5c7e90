/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests that need a second person, as their maker and their checker meet them. A decision is online only and about just
 * what was shown, so what the server gave is kept until then. */

#include "gxc-core-desk-private.h"

#include <glib/gi18n.h>

#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-entity-json.h"
#include "gx-error.h"
#include "gx-json.h"
#include "gxc-list.h"
#include "gxc-review-seen.h"
#include "gxc-review.h"

static void
unref_if_any (gpointer object)
{
  if (object)
    g_object_unref (object);
}

static GxRecord *
record_of (JsonObject *object, GError **error)
{
  GxPut put;
  GxRecord *record;

  if (!gx_put_read (object, &put, error))
    return NULL;
  record = gx_record_new (put.entity, gx_entity_copy (put.entity, put.data));
  gx_put_clear (&put);
  return record;
}

static GPtrArray *
records_of (JsonNode *node, GError **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (unref_if_any);
  JsonArray *requests;

  if (!gx_json_get_array (json_node_get_object (node), "requests", &requests, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      GxRecord *record = record_of (json_array_get_object_element (requests, i), error);

      if (!record)
        return NULL;
      g_ptr_array_add (records, record);
    }
  return g_steal_pointer (&records);
}

static void
list_server_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GxcCall *call = data;
  GError *error = NULL;
  g_autoptr(JsonNode) node = gxc_review_list (call->context, call->text[0], cancellable, &error);
  GPtrArray *records = node ? records_of (node, &error) : NULL;

  if (records)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
is_in_box (GxcCoreDesk *self, const char *box, GxRecord *record)
{
  const GxChangeRequest *row = gx_record_get_data (record);
  gboolean mine = gx_id_equal (&row->maker_id, &self->person.employee_id);
  gboolean open = g_strcmp0 (row->state, "PENDING") == 0;

  if (g_str_equal (box, "mine"))
    return mine;
  return g_str_equal (box, "to_check") ? open && !mine : !open;
}

static GPtrArray *
list_store (GxcCoreDesk *self, const char *box, GError **error)
{
  GxcListQuery query = { .entity = &gx_change_request_entity, .sort = "submitted_at", .descending = TRUE };
  g_autoptr(GArray) ids = gxc_list_ids (self->reader, &query, error);
  g_autoptr(GPtrArray) all = ids ? gxc_list_window (self->reader, query.entity, (GxId *) (gpointer) ids->data, ids->len, error) : NULL;
  GPtrArray *found;

  if (!all)
    return NULL;
  found = g_ptr_array_new_with_free_func (unref_if_any);
  for (guint i = 0; i < all->len; i++)
    if (g_ptr_array_index (all, i) && is_in_box (self, box, g_ptr_array_index (all, i)))
      g_ptr_array_add (found, g_object_ref (g_ptr_array_index (all, i)));
  return found;
}

/* Head office has no requests in its store; and what a checker decided has left his. */
static gboolean
is_asked_for (GxcCoreDesk *self, const char *box)
{
  return (self->person.roles & GX_ROLE_BIT (GX_ROLE_HQ))
         || (g_str_equal (box, "done") && (gx_role_capabilities (self->person.roles) & (GX_CAN_DECIDE_1 | GX_CAN_DECIDE_2 | GX_CAN_DECIDE_ADMIN)));
}

static void
list_reviews (GxcDesk *desk, const char *box, GTask *task)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);
  GError *error = NULL;
  GPtrArray *records;
  GxcCall *call;

  if (is_asked_for (self, box))
    {
      call = gxc_call_new (desk, NULL);
      call->text[0] = g_strdup (box);
      gxc_call_run (task, call, list_server_thread);
      return;
    }
  records = list_store (self, box, &error);
  if (records)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

typedef struct
{
  GxcCoreDesk *self;
  GxId         id;
  JsonNode    *node;
} Shown;

static gboolean
on_shown_cb (gpointer data)
{
  Shown *shown = data;

  g_hash_table_replace (shown->self->shown, gx_id_copy (&shown->id), json_node_ref (shown->node));
  return G_SOURCE_REMOVE;
}

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_object_unref (shown->self);
  json_node_unref (shown->node);
  g_free (shown);
}

static void
fetch_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GxcCall *call = data;
  GError *error = NULL;
  g_autoptr(JsonNode) node = gxc_review_show (call->context, &call->id, cancellable, &error);
  GxRecord *record = node ? record_of (json_node_get_object (node), &error) : NULL;
  Shown *shown;

  if (!record || !gxc_review_seen_read (record, json_node_get_object (node), &error))
    {
      g_clear_object (&record);
      g_task_return_error (task, error);
      return;
    }
  shown = g_new0 (Shown, 1);
  *shown = (Shown) { g_object_ref (source), call->id, json_node_ref (node) };
  g_main_context_invoke_full (NULL, G_PRIORITY_HIGH, on_shown_cb, shown, shown_free);
  g_task_return_pointer (task, record, g_object_unref);
}

static void
fetch_review (GxcDesk *desk, const GxId *id, GTask *task)
{
  GxcCall *call = gxc_call_new (desk, NULL);

  call->id = *id;
  gxc_call_run (task, call, fetch_thread);
}

static void
decide_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GxcCall *call = data;
  GError *error = NULL;
  g_autoptr(JsonNode) answer = NULL;

  if (!call->text[2] || gxc_review_step_up (call->context, call->text[2], cancellable, &error))
    answer = gxc_review_decide (call->context, json_node_get_object (call->node), call->text[0], call->text[1], cancellable, &error);
  gxc_call_finish (task, call, answer != NULL, error);
}

static void
decide (GxcDesk *desk, GxRecord *record, const char *verdict, const char *note, const char *password, GTask *task)
{
  JsonNode *node = g_hash_table_lookup (GXC_CORE_DESK (desk)->shown, gx_record_get_id (record));
  GxcCall *call;

  if (!node)
    {
      g_task_return_new_error (task, GX_ERROR, GX_ERROR_OFFLINE, "%s", _("A request can only be decided as the server has it now."));
      g_object_unref (task);
      return;
    }
  call = gxc_call_new (desk, NULL);
  call->node = json_node_ref (node);
  call->text[0] = g_strdup (verdict);
  call->text[1] = note && *note ? g_strdup (note) : NULL;
  call->text[2] = g_strdup (password);
  gxc_call_run (task, call, decide_thread);
}

/* --- one's own requests ------------------------------------------------------------------------------------------- */

static JsonObject *
changes_of (GxcCall *call)
{
  JsonObject *after = json_object_new ();

  for (guint i = 0; call->current && i < gx_entity_n_fields (call->entity); i++)
    {
      const GxField *field = gx_entity_field (call->entity, i);
      g_autoptr(GString) text = g_string_new (NULL);
      GxJsonWriter writer;

      if (!(call->fields & GX_FIELD_BIT (i)))
        continue;
      gx_json_writer_init (&writer, text);
      gx_field_write_json (field, call->current, &writer);
      json_object_set_member (after, field->name, json_from_string (text->str, NULL));
    }
  return after;
}

static JsonNode *
act_on (GxcCall *call, JsonObject *shown, GCancellable *cancellable, GError **error)
{
  g_autoptr(JsonObject) after = NULL;

  switch ((GxcAct) call->mid)
    {
    case GXC_ACT_WITHDRAW:
      return gxc_review_withdraw (call->context, shown, cancellable, error);
    case GXC_ACT_REBASE:
      return gxc_review_rebase (call->context, shown, cancellable, error);
    case GXC_ACT_REVISE:
    case GXC_ACT_RESUBMIT:
    default:
      after = changes_of (call);
      return gxc_review_revise (call->context, shown, after, call->text[0], cancellable, error);
    }
}

static void
act_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GxcCall *call = data;
  GError *error = NULL;
  g_autoptr(JsonNode) shown = gxc_review_show (call->context, &call->id, cancellable, &error);
  g_autoptr(JsonNode) answer = shown ? act_on (call, json_node_get_object (shown), cancellable, &error) : NULL;

  gxc_call_finish (task, call, answer != NULL, error);
}

static void
act (GxcDesk *desk, GxRecord *record, GxcAct what, gconstpointer row, GxFieldSet fields, const char *reason, GTask *task)
{
  const GxChangeRequest *request = gx_record_get_data (record);
  GxcCall *call = gxc_call_new (desk, gx_entity_by_name (request->tbl));

  call->id = request->meta.id;
  call->mid = what;
  call->fields = fields;
  call->current = row && call->entity && what == GXC_ACT_REVISE ? gx_entity_copy (call->entity, row) : NULL;
  call->text[0] = reason && *reason ? g_strdup (reason) : NULL;
  gxc_call_run (task, call, act_thread);
}

void
gxc_core_desk_init_reviews (GxcDeskInterface *iface)
{
  iface->list_reviews = list_reviews;
  iface->fetch_review = fetch_review;
  iface->decide = decide;
  iface->act = act;
}
