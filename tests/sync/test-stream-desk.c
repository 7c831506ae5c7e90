/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stream by the client's own means, over a real socket to the whole server: it hears, it is told when the session ends and
 * when the server does, and it lets itself be interrupted. */
#include "gx-protocol.h"
#include "gxc-api.h"
#include "gxc-http.h"
#include "gxt-live.h"

typedef struct
{
  GxtLive   *live;
  GxcApi    *api;
  GxcStream *stream;
  gint64     head;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(JsonObject) session = NULL;
  g_autofree char *server = NULL;
  g_autoptr(GError) error = NULL;
  GxcTransport *transport;

  f->live = gxt_live_new ();
  session = gxt_live_sign_in (f->live, GXT_RM1);
  server = g_strdup_printf ("https://127.0.0.1:%u", f->live->port);
  transport = gxc_http_new (server, f->live->ca_file, &error);
  g_assert_no_error (error);
  f->api = gxc_api_new (transport);
  gxc_api_set_client (f->api, &f->live->client);
  gxc_api_set_token (f->api, f->live->token);
  f->stream = gxc_api_open_stream (f->api, NULL, &error);
  g_assert_no_error (error);
  gxc_api_hear_head (f->stream, &f->head, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_clear_pointer (&f->stream, gxc_stream_free);
  gxc_api_free (f->api);
  gxt_live_free (f->live);
}

static void
test_hears (Fixture       *f,
            gconstpointer  data)
{
  GxId own = f->live->client;
  g_autofree char *token = g_steal_pointer (&f->live->token);
  g_autoptr(JsonObject) session = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *body = NULL;
  gint64 head = 0, told;

  f->live->client = gxt_bank_id (f->live->bank);
  session = gxt_live_sign_in (f->live, GXT_RM2);
  body = g_strdup_printf ("{\"client_id\":\"%s\",\"epoch\":\"%s\",\"schema\":%d,\"ack_mid\":0,\"mutations\":[{\"mid\":1,\"mut_id\":\"%s\","
                          "\"op\":\"create\",\"tbl\":\"task\",\"id\":\"%s\",\"set\":{\"title\":\"t\",\"kind\":\"CALL\",\"due_at\":1795225000000,"
                          "\"status\":\"OPEN\",\"assignee_id\":\"%s\"}}]}", GX_ID_STR (&f->live->client),
                          json_object_get_string_member (session, "epoch"), GX_SCHEMA, "01920000-0000-7000-8000-0000000000f1",
                          "01920000-0000-7000-8000-0000000000f2", json_object_get_string_member (session, "employee_id"));
  {
    g_autoptr(JsonObject) answer = gxt_live_get (f->live, "POST", GX_PATH_PUSH, body);

    told = json_object_get_int_member (answer, "head");
  }
  g_assert_cmpint (told, >, f->head);
  while (head < told)
    {
      gxc_api_hear_head (f->stream, &head, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (head, ==, told);
  f->live->client = own;
}

static void
test_session_ends (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gint64 head;

  g_assert_cmpuint (gxt_live_status (f->live, "POST", GX_PATH_SIGN_OUT, NULL), ==, 204);
  while (gxc_api_hear_head (f->stream, &head, NULL, &error))
    ;
  g_assert_error (error, GX_ERROR, GX_ERROR_UNAUTHENTICATED);
  g_clear_error (&error);
  g_clear_pointer (&f->stream, gxc_stream_free);
  g_assert_null (gxc_api_open_stream (f->api, NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_UNAUTHENTICATED);
}

static void
test_server_ends (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gint64 head;

  g_clear_pointer (&f->live->server, gxs_server_free);
  while (gxc_api_hear_head (f->stream, &head, NULL, &error))
    ;
  g_assert_error (error, GX_ERROR, GX_ERROR_OFFLINE);
  g_clear_error (&error);
  g_clear_pointer (&f->stream, gxc_stream_free);
  g_assert_null (gxc_api_open_stream (f->api, NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_OFFLINE);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (50000);
  g_cancellable_cancel (cancellable);

  return NULL;
}

static void
test_interrupted (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GThread) thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_autoptr(GError) error = NULL;
  gint64 head;

  while (gxc_api_hear_head (f->stream, &head, cancellable, &error))
    ;
  g_assert_error (error, GX_ERROR, GX_ERROR_CANCELLED);
  g_thread_join (g_steal_pointer (&thread));
}

int
main (int    argc,
      char **argv)
{
  gxc_http_prepare ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/sync/stream/hears_how_far_the_bank_has_come", test_hears);
  ADD ("/sync/stream/is_told_that_its_session_ended", test_session_ends);
  ADD ("/sync/stream/notices_that_the_server_ended", test_server_ends);
  ADD ("/sync/stream/lets_itself_be_interrupted", test_interrupted);

  return g_test_run ();
}
