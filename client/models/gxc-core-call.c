/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One call of the desk that waits: its arguments, a GTask thread for it, and its end. The store has its writing thread and
 * the network its own time; the main loop waits for neither. */

#include "gxc-core-desk-private.h"

#include <string.h>

GxcCall *
gxc_call_new (GxcDesk *desk, const GxEntity *entity)
{
  GxcCall *call = g_new0 (GxcCall, 1);

  call->context = GXC_CORE_DESK (desk)->context;
  call->entity = entity;
  return call;
}

static void
call_free (gpointer data)
{
  GxcCall *call = data;

  if (call->original)
    gx_entity_free (call->entity, call->original);
  if (call->current)
    gx_entity_free (call->entity, call->current);
  for (guint i = 0; i < G_N_ELEMENTS (call->text); i++)
    {
      if (call->text[i])        /* one of them may be a password */
        explicit_bzero (call->text[i], strlen (call->text[i]));
      g_free (call->text[i]);
    }
  g_clear_pointer (&call->bytes, g_bytes_unref);
  g_clear_pointer (&call->documents, g_ptr_array_unref);
  g_clear_pointer (&call->changes, g_ptr_array_unref);
  g_clear_pointer (&call->node, json_node_unref);
  g_free (call);
}

/** gxc_call_run_data: @task and @data are taken */
void
gxc_call_run_data (GTask *task, gpointer data, GDestroyNotify free_data, GTaskThreadFunc func)
{
  g_task_set_task_data (task, data, free_data);
  g_task_run_in_thread (task, func);
  g_object_unref (task);
}

/** gxc_call_run: @task and @call are taken */
void
gxc_call_run (GTask *task, GxcCall *call, GTaskThreadFunc func)
{
  gxc_call_run_data (task, call, call_free, func);
}

/** gxc_call_return: @error is taken */
void
gxc_call_return (GTask *task, gboolean ok, GError *error)
{
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/** gxc_call_finish: of a write: what was written is sent at once */
void
gxc_call_finish (GTask *task, GxcCall *call, gboolean ok, GError *error)
{
  if (ok)
    gxc_sync_kick (gxc_context_get_sync (call->context));
  gxc_call_return (task, ok, error);
}

