/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request and its answer, as plain data that may change threads.
 *
 * No part of the HTTP message is in here but what handlers may ask for, already checked and decoded; the message itself
 * stays in its worker. The gate makes contexts, hands them on and writes their answers; a handler only reads the first
 * half and fills in the second.
 */
#include "gxs-context-private.h"

#include "gx-error.h"

/**
 * gxs_context_new: (skip)
 *
 * For the gate.
 */
GxsContext *
gxs_context_new (GxsGate *gate)
{
  GxsContext *self = g_new0 (GxsContext, 1);

  self->gate = gate;
  return self;
}

/**
 * gxs_context_free: (skip)
 *
 * For the gate. In the worker's thread, or in any once the message is gone.
 */
void
gxs_context_free (GxsContext *self)
{
  g_clear_object (&self->worker.message);
  g_clear_pointer (&self->inbox, gxs_inbox_unref);
  gxs_match_clear (&self->match);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_free (self->accept_key);
  for (guint i = 0; i < GXS_N_HEADERS; i++)
    g_free (self->headers[i]);
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_clear_pointer (&self->extra, g_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * gxs_context_lose_connection: (skip)
 *
 * The client is gone; the answer, if one is being made, will be dropped. In the worker's thread.
 */
void
gxs_context_lose_connection (GxsContext *self)
{
  self->worker.connection = NULL;
  g_clear_object (&self->worker.message);
}

/**
 * gxs_context_get_route:
 *
 * Returns: (transfer none): the row that led here
 */
const GxsRoute *
gxs_context_get_route (GxsContext *self)
{
  return self->match.route;
}

/**
 * gxs_context_get_arg:
 * @index: of an {arg} in the pattern, from 0
 *
 * Returns: (transfer none): its decoded value, never empty
 */
const char *
gxs_context_get_arg (GxsContext *self,
                     guint       index)
{
  g_return_val_if_fail (index < GXS_ROUTE_ARGS && self->match.args[index] != NULL, "");

  return self->match.args[index];
}

/**
 * gxs_context_get_query:
 *
 * Returns: (transfer none) (nullable): the decoded value of a query parameter; of one given twice, the last
 */
const char *
gxs_context_get_query (GxsContext *self,
                       const char *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

/**
 * gxs_context_get_query_int:
 * @fallback: the value without the parameter
 *
 * Returns: %FALSE with %GX_ERROR_INVALID naming the parameter if it is no whole number from @min to @max
 */
gboolean
gxs_context_get_query_int (GxsContext  *self,
                           const char  *name,
                           gint64       min,
                           gint64       max,
                           gint64       fallback,
                           gint64      *out_value,
                           GError     **error)
{
  const char *text = gxs_context_get_query (self, name);

  *out_value = fallback;
  if (text == NULL || g_ascii_string_to_signed (text, 10, min, max, out_value, NULL))
    return TRUE;

  return gx_fail_field (error, GX_ERROR_INVALID, name, "range",
                        "must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, min, max);
}

/**
 * gxs_context_foreach_query:
 * @func: called with name and value of each query parameter
 */
void
gxs_context_foreach_query (GxsContext *self,
                           GHFunc      func,
                           gpointer    user_data)
{
  if (self->query != NULL)
    g_hash_table_foreach (self->query, func, user_data);
}

/**
 * gxs_context_get_header:
 *
 * Returns: (transfer none) (nullable): the value the client sent
 */
const char *
gxs_context_get_header (GxsContext *self,
                        GxsHeader   header)
{
  return self->headers[header];
}

/**
 * gxs_context_get_json:
 *
 * Returns: (transfer none) (nullable): the parsed body of a JSON route; %NULL only where it is optional and absent
 */
JsonNode *
gxs_context_get_json (GxsContext *self)
{
  return self->json;
}

/**
 * gxs_context_get_body:
 *
 * Returns: (transfer none) (nullable): the body of a raw route
 */
GBytes *
gxs_context_get_body (GxsContext *self)
{
  return self->body;
}

const char *
gxs_context_get_remote_ip (GxsContext *self)
{
  return self->ip;
}

/**
 * gxs_context_get_request_id:
 *
 * Returns: the number of the request, as in the log; unique since the server started
 */
guint64
gxs_context_get_request_id (GxsContext *self)
{
  return self->id;
}

/**
 * gxs_context_get_started:
 *
 * Returns: µs of the monotonic clock when its headers were read
 */
gint64
gxs_context_get_started (GxsContext *self)
{
  return self->started;
}

/**
 * gxs_context_get_session:
 *
 * Returns: (transfer none) (nullable): what GxsGateHost.authenticate gave; %NULL on a public route
 */
gpointer
gxs_context_get_session (GxsContext *self)
{
  return self->principal.session;
}

/**
 * gxs_context_get_thread_data:
 *
 * Returns: (transfer none) (nullable): what the pool's thread made for itself (GxsPoolHooks.start); %NULL outside a pool
 */
gpointer
gxs_context_get_thread_data (GxsContext *self)
{
  return self->thread_data;
}

/**
 * gxs_context_set_status:
 * @status: HTTP; without it 200 with a body and 204 without
 */
void
gxs_context_set_status (GxsContext *self,
                        guint       status)
{
  self->status = status;
}

/**
 * gxs_context_set_json:
 * @json: (transfer none): a whole JSON text
 */
void
gxs_context_set_json (GxsContext *self,
                      GBytes     *json)
{
  gxs_context_set_body (self, "application/json", json);
}

/**
 * gxs_context_set_body:
 * @content_type: for instance "application/x-ndjson"
 * @body: (transfer none): kept, not copied
 */
void
gxs_context_set_body (GxsContext *self,
                      const char *content_type,
                      GBytes     *body)
{
  g_clear_pointer (&self->answer, g_bytes_unref);
  self->answer = g_bytes_ref (body);
  self->content_type = g_intern_string (content_type);
}

static void
extra_header_clear (gpointer data)
{
  GxsExtraHeader *extra = data;

  g_free (extra->name);
  g_free (extra->value);
}

/**
 * gxs_context_add_header:
 *
 * Adds a header to the answer (also to a refusal).
 */
void
gxs_context_add_header (GxsContext *self,
                        const char *name,
                        const char *value)
{
  GxsExtraHeader extra = { g_strdup (name), g_strdup (value) };

  if (self->extra == NULL)
    {
      self->extra = g_array_new (FALSE, FALSE, sizeof (GxsExtraHeader));
      g_array_set_clear_func (self->extra, extra_header_clear);
    }
  g_array_append_val (self->extra, extra);
}

/**
 * gxs_context_complete:
 * @error: (transfer full) (nullable): with it the answer is its problem+json, whatever was set before
 *
 * Sends the answer. Exactly once, from any thread; the context belongs to the gate afterwards and must not be touched.
 */
void
gxs_context_complete (GxsContext *self,
                      GError     *error)
{
  if (g_atomic_int_add (&self->n_completed, 1) != 0)
    g_error ("request %" G_GUINT64_FORMAT " completed twice", self->id);

  self->error = error;
  self->done (self);
}
