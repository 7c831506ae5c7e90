/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only the server has: the history of a record from the bank's audit log, and the log itself. Fetched when somebody looks,
 * and not kept: who may see it is decided anew each time. */

#include "gxc-core-desk-private.h"

#include <glib/gi18n.h>

#include "gx-catalog.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gxc-audit.h"

#define HISTORY_MAX 1000        /* items; a longer history is read at the bank */

static char **
read_names (JsonObject *object)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = NULL;

  if (gx_json_opt_array (object, "fields", &array, NULL) && array)
    for (guint i = 0; i < json_array_get_length (array); i++)
      {
        const char *name;

        if (gx_json_item_string (array, i, "fields", &name, NULL))
          g_strv_builder_add (builder, name);
      }
  return g_strv_builder_end (builder);
}

static GxcHistoryItem *
read_item (JsonObject *object, GError **error)
{
  const char *actor = NULL, *action = NULL, *table = NULL, *state = NULL;
  GxcHistoryItem item = { 0 };

  if (!gx_json_get_int (object, "at", &item.at, error)
      || !gx_json_get_string (object, "action", &action, error)
      || !gx_json_opt_string (object, "actor_name", &actor, error)
      || !gx_json_opt_string (object, "entity", &table, error)
      || !gx_json_opt_string (object, "state", &state, error)
      || !gx_json_opt_id (object, "id", &item.id, error)
      || !gx_json_opt_id (object, "cr_id", &item.cr_id, error)
      || !gx_json_opt_int (object, "v", &item.v, error))
    return NULL;
  item.actor = g_strdup (actor);
  item.action = g_strdup (action);
  item.state = g_strdup (state);
  item.entity = table ? gx_entity_by_name (table) : NULL;
  item.fields = read_names (object);
  return g_memdup2 (&item, sizeof item);
}

/* One page; *before is where the next one begins, 0 = this was the last. */
static gboolean
read_page (JsonNode *node, GPtrArray *items, gint64 *before, GError **error)
{
  JsonObject *object = gx_json_root_object (node, error);
  JsonArray *array;

  *before = 0;
  if (!object || !gx_json_get_array (object, "items", &array, error) || !gx_json_opt_int (object, "next", before, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *one;
      GxcHistoryItem *item = gx_json_item_object (array, i, "items", &one, error) ? read_item (one, error) : NULL;

      if (!item)
        return FALSE;
      g_ptr_array_add (items, item);
    }
  return TRUE;
}

static gboolean
fetch_pages (GxcCall *call, GPtrArray *items, GCancellable *cancellable, GError **error)
{
  g_autoptr(GxcApi) api = gxc_context_open_api (call->context, error);
  gint64 before = G_MAXINT64;

  while (api && before > 0 && items->len < HISTORY_MAX)
    {
      g_autofree char *path = g_strdup_printf ("%s%s/%s/history?limit=%d&before=%" G_GINT64_FORMAT, GX_PATH_RECORDS, call->entity->name,
                                               GX_ID_STR (&call->id), GX_HISTORY_LIMIT, before);
      g_autoptr(JsonNode) node = gxc_api_get_json (api, path, cancellable, error);

      if (!node || !read_page (node, items, &before, error))
        return FALSE;
    }
  return api != NULL;
}

static void
history_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_history_item_free);
  GError *error = NULL;

  if (fetch_pages (data, items, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&items), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
fetch_history (GxcDesk *desk, const GxEntity *entity, const GxId *id, GTask *task)
{
  GxcCall *call = gxc_call_new (desk, entity);

  call->id = *id;
  gxc_call_run (task, call, history_thread);
}

/* --- the audit log ------------------------------------------------------------------------------------------------ */

static void
audit_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GxcAuditReport *report = g_new0 (GxcAuditReport, 1);
  GError *error = NULL;

  if (gxc_audit_verify (((GxcCall *) data)->context, &report->size, &report->root, &report->seen, cancellable, &error))
    {
      g_task_return_pointer (task, report, (GDestroyNotify) gxc_audit_report_free);
      return;
    }
  gxc_audit_report_free (report);
  g_task_return_error (task, error);
}

static void
verify_audit (GxcDesk *desk, GTask *task)
{
  gxc_call_run (task, gxc_call_new (desk, NULL), audit_thread);
}

void
gxc_core_desk_init_history (GxcDeskInterface *iface)
{
  iface->verify_audit = verify_audit;
  iface->fetch_history = fetch_history;
}
