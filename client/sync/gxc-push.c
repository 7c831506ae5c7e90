/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Push: the head of the queue to the server, one push in flight, and what it said of each mutation (sync.md 1.4).
 *
 *   take (marked as sent) -> POST -> results -> settle, all in one transaction
 *
 * An answer that never came changes nothing: the same mutations go again with the same numbers, and the server answers
 * from what it stored. A request is sealed in a step of its own, when it is the head and everything before it is settled.
 */
#include "gxc-steps.h"

#include <string.h>

#include "gx-json.h"
#include "gx-protocol.h"
#include "gx-transaction.h"
#include "gxc-apply.h"
#include "gxc-meta.h"
#include "gxc-queue.h"
#include "gxc-seal.h"
#include "gxc-store-private.h"

#define HEAD_BYTES 4096             /* of a push beside its mutations */

static GBytes *
write_push (GxcContext *context,
            GPtrArray  *mutations)
{
  GxcStore *store = gxc_context_get_store (context);
  GxId client_id = gxc_context_get_client_id (context);
  g_autofree char *epoch = gxc_store_dup_meta (store, GXC_META_EPOCH);
  g_autofree char *ack_mid = gxc_store_dup_meta (store, GXC_META_ACK_MID);
  g_autofree char *from = gxc_store_dup_meta (store, GXC_META_FROM_MID);
  g_autoptr(GString) out = g_string_sized_new (HEAD_BYTES);
  gsize length;
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_id (&writer, "client_id", &client_id);
  gx_json_writer_put_string (&writer, "epoch", epoch != NULL ? epoch : "");
  gx_json_writer_put_int (&writer, "schema", ((GxcMutation *) g_ptr_array_index (mutations, 0))->schema);
  gx_json_writer_put_int (&writer, "ack_mid", ack_mid != NULL ? g_ascii_strtoll (ack_mid, NULL, 10) : 0);
  if (from != NULL)
    gx_json_writer_put_int (&writer, "from", g_ascii_strtoll (from, NULL, 10));
  gx_json_writer_member (&writer, "mutations");
  gx_json_writer_begin_array (&writer);
  for (guint i = 0; i < mutations->len; i++)
    gx_json_writer_raw (&writer, ((GxcMutation *) g_ptr_array_index (mutations, i))->body, -1);
  gx_json_writer_end_array (&writer);
  gx_json_writer_end_object (&writer);
  length = out->len;

  return g_bytes_new_take (g_string_free (g_steal_pointer (&out), FALSE), length);
}

static gboolean
settle_here (GxcStore  *store,
             gpointer   data,
             GError   **error)
{
  JsonArray *results = data;
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      JsonObject *result;

      if (!gx_json_item_object (results, i, "results", &result, error))
        return FALSE;
      gx_json_write_node (text, json_array_get_element (results, i));
      if (!gxc_apply_result (store, result, text->str, error))
        return FALSE;
    }

  return gxc_store_commit (store, transaction, error);
}

static gboolean
read_answer (GxcContext  *context,
             GBytes      *answer,
             GError     **error)
{
  gsize size;
  const char *data = g_bytes_get_data (answer, &size);
  g_autoptr(JsonNode) node = gx_json_parse (data, (gssize) size, error);
  JsonObject *object = node != NULL ? gx_json_root_object (node, error) : NULL;
  JsonArray *results;

  if (object == NULL || !gx_json_get_array (object, "results", &results, error))
    return FALSE;
  /* A server that could do none of them now: the same again, later. */
  if (json_array_get_length (results) == 0)
    return gx_fail_busy (error, 1, "the server took nothing");

  return gxc_store_call (gxc_context_get_store (context), settle_here, results, error);
}

/**
 * gxc_push_step:
 *
 * Errors: the server's: %GX_ERROR_BUSY, %GX_ERROR_GAP, %GX_ERROR_CLIENT_FORKED, %GX_ERROR_EPOCH …; the transport's; the
 * keyring's, if a request is to be signed
 */
gboolean
gxc_push_step (GxcContext    *context,
               GxcApi        *api,
               gboolean      *out_more,
               GCancellable  *cancellable,
               GError       **error)
{
  GxcStore *store = gxc_context_get_store (context);
  g_autoptr(GPtrArray) mutations = gxc_queue_take (store, GX_PUSH_MUTATIONS_MAX, GX_PUSH_BODY_MAX - HEAD_BYTES, error);
  g_autoptr(GBytes) body = NULL;
  g_autoptr(GBytes) answer = NULL;

  if (mutations == NULL)
    return FALSE;
  *out_more = mutations->len > 0;
  if (mutations->len == 0)
    return TRUE;
  if (!((GxcMutation *) g_ptr_array_index (mutations, 0))->sealed)
    return gxc_seal_request (context, g_ptr_array_index (mutations, 0), error);

  body = write_push (context, mutations);
  answer = gxc_api_push (api, body, cancellable, error);

  return answer != NULL && read_answer (context, answer, error);
}
