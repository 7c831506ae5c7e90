/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer: settled where the handler ran, written in the worker.
 *
 * Settling turns an error into its problem+json and fills in what was left out; gzip is asked for separately, since it
 * must not run on the I/O worker or the committer. Applying only moves pointers into the SoupServerMessage.
 */
#include "gxs-response.h"

#include <string.h>

#include "gx-error.h"
#include "gx-problem.h"
#include "gx-protocol.h"
#include "gxs-context-private.h"
#include "gxs-gzip.h"
#include "gxs-range.h"

#define GZIP_MIN 1024             /* bytes; below it the packet is the same */

/* On every answer: nothing of a bank belongs into a cache or is to be guessed at by a browser. */
static const char * const fixed_headers[][2] = {
  { "Cache-Control", "no-store" },
  { "X-Content-Type-Options", "nosniff" },
  { "Strict-Transport-Security", "max-age=31536000" },
};

static void
settle_problem (GxsContext *ctx)
{
  char *text = gx_problem_write (ctx->error);
  guint retry_after = gx_error_get_retry_after (ctx->error);

  g_clear_pointer (&ctx->answer, g_bytes_unref);
  ctx->answer = g_bytes_new_take (text, strlen (text));
  ctx->content_type = GX_TYPE_PROBLEM;
  ctx->status = gx_problem_status (ctx->error);
  if (retry_after > 0)
    {
      char seconds[16];

      g_snprintf (seconds, sizeof seconds, "%u", retry_after);
      gxs_context_add_header (ctx, "Retry-After", seconds);
    }
  if (ctx->status == 401)
    gxs_context_add_header (ctx, "WWW-Authenticate", "Bearer");
}

/**
 * gxs_response_settle:
 *
 * Any thread that has the context.
 */
void
gxs_response_settle (GxsContext *ctx)
{
  if (ctx->error != NULL)
    settle_problem (ctx);
  else if (ctx->status == 0)
    ctx->status = ctx->answer != NULL ? 200 : 204;
  gxs_range_apply (ctx);
}

/**
 * gxs_response_wants_gzip:
 *
 * Returns: whether the client takes gzip and it would pay
 */
gboolean
gxs_response_wants_gzip (GxsContext *ctx)
{
  return ctx->takes_gzip && !ctx->is_encoded && ctx->answer != NULL && g_bytes_get_size (ctx->answer) > GZIP_MIN
         && (ctx->match.route == NULL || (ctx->match.route->flags & GXS_ROUTE_PLAIN) == 0);
}

void
gxs_response_gzip (GxsContext *ctx)
{
  GBytes *plain = ctx->answer;

  ctx->answer = gxs_gzip (plain);
  ctx->is_encoded = TRUE;
  g_bytes_unref (plain);
}

/**
 * gxs_response_apply:
 * @is_last: the connection is closed afterwards
 *
 * Writes the settled answer into @message. In its worker.
 */
void
gxs_response_apply (GxsContext        *ctx,
                    SoupServerMessage *message,
                    gboolean           is_last)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, ctx->status, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fixed_headers); i++)
    soup_message_headers_append (headers, fixed_headers[i][0], fixed_headers[i][1]);
  for (guint i = 0; ctx->extra != NULL && i < ctx->extra->len; i++)
    {
      GxsExtraHeader *extra = &g_array_index (ctx->extra, GxsExtraHeader, i);

      soup_message_headers_append (headers, extra->name, extra->value);
    }
  if (is_last)
    soup_message_headers_append (headers, "Connection", "close");
  if (ctx->answer == NULL)
    return;

  soup_message_headers_append (headers, "Content-Type", ctx->content_type);
  if (ctx->is_encoded)
    soup_message_headers_append (headers, "Content-Encoding", "gzip");
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), ctx->answer);
}

/**
 * gxs_response_raw:
 *
 * Returns: (transfer full): the settled answer as bytes, for a connection that is taken away from SoupServer and closed
 */
GBytes *
gxs_response_raw (GxsContext *ctx)
{
  GString *out = g_string_sized_new (512);
  gsize size = 0;
  const char *data = ctx->answer != NULL ? g_bytes_get_data (ctx->answer, &size) : NULL;

  g_string_append_printf (out, "HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                          ctx->status, soup_status_get_phrase (ctx->status), size);
  for (guint i = 0; i < G_N_ELEMENTS (fixed_headers); i++)
    g_string_append_printf (out, "%s: %s\r\n", fixed_headers[i][0], fixed_headers[i][1]);
  for (guint i = 0; ctx->extra != NULL && i < ctx->extra->len; i++)
    {
      GxsExtraHeader *extra = &g_array_index (ctx->extra, GxsExtraHeader, i);

      g_string_append_printf (out, "%s: %s\r\n", extra->name, extra->value);
    }
  if (data != NULL)
    g_string_append_printf (out, "Content-Type: %s\r\n", ctx->content_type);
  g_string_append (out, "\r\n");
  if (data != NULL)
    g_string_append_len (out, data, (gssize) size);

  return g_string_free_to_bytes (out);
}
