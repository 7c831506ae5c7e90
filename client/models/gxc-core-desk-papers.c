/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents: handed in here, with or without a network; looked at from here if they are here, else from the bank, then kept
 * sealed for a while; and how far they are on their way. */

#include "gxc-core-desk-private.h"

#include "gxc-attach.h"
#include "gxc-blob.h"
#include "gxc-transfer.h"

/* One thing that is told. */
typedef struct
{
  GTask  *task;         /* (owned) */
  goffset done, total;
} Progress;

/* What was told of a document last. */
typedef struct
{
  GTask  *task;
  goffset percent;
} Told;

static void
progress_free (gpointer data)
{
  g_object_unref (((Progress *) data)->task);
  g_free (data);
}

/* In the thread that asked, and never after its answer. */
static gboolean
tell_progress (gpointer data)
{
  Progress *progress = data;
  GxcCall *call = g_task_get_task_data (progress->task);

  if (!g_task_get_completed (progress->task))
    call->progress (progress->done, progress->total, g_async_result_get_user_data (G_ASYNC_RESULT (progress->task)));
  return G_SOURCE_REMOVE;
}

static void
on_progress (goffset done, goffset total, gpointer data)
{
  Told *told = data;
  GxcCall *call = g_task_get_task_data (told->task);
  goffset percent = done * 100 / total;
  Progress *progress;

  if (!call->progress || percent == told->percent)
    return;
  told->percent = percent;
  progress = g_new (Progress, 1);
  *progress = (Progress) { g_object_ref (told->task), done, total };
  g_main_context_invoke_full (g_task_get_context (told->task), g_task_get_priority (told->task), tell_progress, progress, progress_free);
}

static void
blob_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GxcCall *call = data;
  Told told = { task, 0 };
  GError *error = NULL;
  GBytes *bytes = gx_id_is_none (&call->id) ? gxc_blob_read (gxc_context_get_store (call->context), call->text[0], &error)
                                            : gxc_transfer_fetch (call->context, call->text[0], &call->id, on_progress, &told, cancellable, &error);

  if (bytes)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
fetch_blob (GxcDesk *desk, const char *sha256, const GxId *ref, GFileProgressCallback progress, GTask *task)
{
  GxcCall *call = gxc_call_new (desk, NULL);

  call->text[0] = g_strdup (sha256);
  call->id = ref ? *ref : GX_ID_NONE;
  call->progress = progress;
  gxc_call_run (task, call, blob_thread);
}

static void
attach_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GxcCall *call = data;
  const GxcAttach attach = { .customer_id = call->id, .visit_id = call->visit_id, .path = call->text[0], .bytes = call->bytes, .name = call->text[1],
                             .kind = call->text[2], .valid_to = (gint32) call->mid };
  GError *error = NULL;
  gboolean ok = gxc_attach (gxc_context_get_store (call->context), &attach, NULL, NULL, &error);

  if (ok)
    gxc_sync_kick (gxc_context_get_sync (call->context));
  gxc_call_finish (task, call, ok, error);
}

static void
attach (GxcDesk *desk, const GxId *customer_id, const GxcNewPaper *paper, GTask *task)
{
  GxcCall *call = gxc_call_new (desk, NULL);

  call->id = *customer_id;
  call->text[0] = g_strdup (paper->path);
  call->text[1] = g_strdup (paper->name);
  call->text[2] = g_strdup (paper->kind);
  call->bytes = paper->bytes ? g_bytes_ref (paper->bytes) : NULL;
  call->mid = paper->valid_to;
  call->visit_id = paper->visit_id;
  gxc_call_run (task, call, attach_thread);
}

static void
get_sending (GxcDesk *desk, const char *sha256, GxcSending *sending)
{
  GxcBlobState state;
  gint64 sent, size;

  if (!gxc_blob_look (GXC_CORE_DESK (desk)->reader, sha256, &state, &sent, &size) || state == GXC_BLOB_SENT || state == GXC_BLOB_HELD)
    return;
  *sending = (GxcSending) { state == GXC_BLOB_REFUSED ? GXC_SENDING_REFUSED : GXC_SENDING_WAITS, sent, size };
}

void
gxc_core_desk_init_papers (GxcDeskInterface *iface)
{
  iface->fetch_blob = fetch_blob;
  iface->attach = attach;
  iface->get_sending = get_sending;
}
