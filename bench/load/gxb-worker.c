/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A worker: a connection, a stream of random numbers and the buffers of its requests.
 *
 * It knows HTTP's text but no workload and no server; those are gxb-floor-units and gxb-ours-units. */

#include "gxb-worker.h"

GxbWorker *
gxb_worker_new (GxbTargetKind kind, guint16 port, guint index)
{
  GxbWorker *worker = g_new0 (GxbWorker, 1);

  worker->kind = kind;
  worker->index = index;
  worker->random = 0x9e3779b97f4a7c15u * (index + 1);
  worker->conn = gxb_conn_new (port);
  worker->request = g_string_sized_new (64 * 1024);
  worker->body = g_string_sized_new (64 * 1024);
  return worker;
}

void
gxb_worker_free (GxbWorker *worker)
{
  if (worker->free_state != NULL)
    worker->free_state (worker->state);
  gxb_conn_free (worker->conn);
  g_string_free (worker->request, TRUE);
  g_string_free (worker->body, TRUE);
  g_free (worker);
}

/**
 * gxb_worker_random:
 *
 * Returns: a number below @bound, of a stream that is the same in every run
 */
guint32
gxb_worker_random (GxbWorker *worker, guint32 bound)
{
  worker->random ^= worker->random << 13;
  worker->random ^= worker->random >> 7;
  worker->random ^= worker->random << 17;
  return (guint32) (worker->random >> 32) % bound;
}

/**
 * gxb_worker_get:
 * @headers: whole lines, each with its CR LF; "" for none
 * @format: path and query
 *
 * Builds a GET.
 */
void
gxb_worker_get (GxbWorker *worker, const char *headers, const char *format, ...)
{
  va_list args;

  g_string_assign (worker->request, "GET ");
  va_start (args, format);
  g_string_append_vprintf (worker->request, format, args);
  va_end (args);
  g_string_append_printf (worker->request, " HTTP/1.1\r\nHost: localhost\r\n%s\r\n", headers);
}

/**
 * gxb_worker_post:
 *
 * Builds a POST of JSON.
 */
void
gxb_worker_post (GxbWorker *worker, const char *headers, const char *path, const GString *content)
{
  g_string_printf (worker->request,
                   "POST %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
                   path, headers, content->len);
  g_string_append_len (worker->request, content->str, content->len);
}

/**
 * gxb_worker_send:
 * @keep_body: whether the whole body of the answer is to stand in worker->body
 *
 * Sends what was built. Any status but 200 and 201 ends the program: a refused request must not count as a fast one.
 */
void
gxb_worker_send (GxbWorker *worker, gboolean keep_body)
{
  guint status = gxb_conn_ask (worker->conn, worker->request, worker->body, keep_body ? G_MAXSIZE : 1024);

  if (status != 200 && status != 201)
    {
      g_autofree char *line = g_strndup (worker->request->str, 160);

      g_error ("%u for %s\n%.400s", status, line, worker->body->str);
    }
}
