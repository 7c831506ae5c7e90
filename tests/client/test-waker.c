/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine in its threads over a made-up server: news wake it long before its poll is due, by a stream or, where there is none, by a
 * long poll; another network and a session that ended are noticed at once; and it ends while it waits. */
#include <string.h>

#include "gx-hash.h"
#include "gx-protocol.h"
#include "gxc-sync.h"

typedef enum
{
  STREAM_NONE,              /* none gets through */
  STREAM_NEWS,              /* news at once, then nothing */
  STREAM_SILENT,
  STREAM_ENDED,             /* as the session does */
  STREAM_REFUSED,           /* silent; and pulls are of a program that is too old */
} StreamKind;

static struct
{
  gint       pulls, waits, streams, texts;
  StreamKind kind;
} asked;

static void
answer (GxcResponse *out,
        const char  *text)
{
  out->status = 200;
  out->body = g_bytes_new (text, strlen (text));
}

static void
answer_pull (GxcResponse *out)
{
  static const char header[] = "{\"t\":\"hdr\",\"epoch\":\"e1\",\"perm_ver\":1}\n";
  static const char too_old[] = "{\"type\":\"about:blank\",\"title\":\"t\",\"status\":426,\"code\":\"UPGRADE\"}";
  g_autofree char *sha = gx_sha256_hex (header, -1);
  g_autofree char *page = g_strdup_printf ("%s{\"t\":\"end\",\"cursor\":\"%d\",\"more\":false,\"n\":1,\"sha\":\"%s\"}\n", header,
                                           7 + g_atomic_int_add (&asked.pulls, 1), sha);

  answer (out, asked.kind == STREAM_REFUSED ? too_old : page);
  out->status = asked.kind == STREAM_REFUSED ? 426 : 200;
}

/* The first time there are news at once; then there are none until somebody hangs up. */
static gboolean
answer_wait (GxcResponse   *out,
             GCancellable  *cancellable,
             GError       **error)
{
  if (g_atomic_int_add (&asked.waits, 1) == 0)
    {
      answer (out, "{\"head\":1000}");
      return TRUE;
    }
  while (!g_cancellable_is_cancelled (cancellable))
    g_usleep (1000);

  return gx_fail (error, GX_ERROR_CANCELLED, "cancelled");
}

static gboolean
send (GxcTransport      *transport,
      const GxcRequest  *request,
      GxcResponse       *out,
      GCancellable      *cancellable,
      GError           **error)
{
  static const char session[] = "{\"token\":\"t\",\"login_id\":\"01a201b1-50ae-7004-a502-a23de23828bd\","
                                "\"employee_id\":\"01a201b1-50ae-7004-a502-a23de23828be\",\"name\":\"n\",\"roles\":[],\"org_path\":\"/HQ/\","
                                "\"scopes\":[],\"perm_ver\":1,\"epoch\":\"e1\",\"must_change\":true}";

  if (g_str_has_prefix (request->path, GX_PATH_WAIT))
    return answer_wait (out, cancellable, error);
  if (g_str_equal (request->path, GX_PATH_PULL))
    answer_pull (out);
  else
    answer (out, session);

  return TRUE;
}

static gboolean
next_text (GxcStream     *stream,
           char         **out_text,
           GCancellable  *cancellable,
           GError       **error)
{
  gint n = g_atomic_int_add (&asked.texts, 1);

  if (asked.kind == STREAM_NEWS && n == 0)
    {
      *out_text = g_strdup ("{\"head\":1000}");
      return TRUE;
    }
  if (asked.kind == STREAM_ENDED && n == 0)
    {
      while (g_atomic_int_get (&asked.pulls) == 0)
        g_usleep (1000);
      return gx_fail (error, GX_ERROR_UNAUTHENTICATED, "the session ended");
    }
  while (!g_cancellable_is_cancelled (cancellable))
    g_usleep (1000);

  return gx_fail (error, GX_ERROR_CANCELLED, "cancelled");
}

static void
free_stream (GxcStream *stream)
{
  g_free (stream);
}

static GxcStream *
open_stream (GxcTransport      *transport,
             const GxcRequest  *request,
             GCancellable      *cancellable,
             GError           **error)
{
  GxcStream *stream;

  g_assert_cmpstr (request->path, ==, GX_PATH_STREAM);
  g_atomic_int_inc (&asked.streams);
  if (asked.kind == STREAM_NONE)
    {
      gx_fail (error, GX_ERROR_NOT_FOUND, "a proxy says no");
      return NULL;
    }
  stream = g_new0 (GxcStream, 1);
  stream->next = next_text;
  stream->free = free_stream;

  return stream;
}

static void
free_transport (GxcTransport *transport)
{
  g_free (transport);
}

static GxcTransport *
make_transport (const char  *server,
                const char  *ca_file,
                gpointer     data,
                GError     **error)
{
  GxcTransport *transport = g_new0 (GxcTransport, 1);

  transport->send = send;
  transport->open_stream = open_stream;
  transport->free = free_transport;
  return transport;
}

static GxcContext *
start (StreamKind kind)
{
  GxcContextOptions options = { .connect = make_transport, .keyring = gxc_keyring_new_memory (), .threaded = TRUE };
  g_autoptr(GError) error = NULL;
  GxcContext *context;

  memset (&asked, 0, sizeof asked);
  asked.kind = kind;
  context = gxc_context_new (&options, &error);
  g_assert_no_error (error);
  gxc_context_sign_in (context, "https://bank", NULL, "login", "password", NULL, &error);
  g_assert_no_error (error);
  gxc_sync_start (gxc_context_get_sync (context));

  return context;
}

static void
stop (GxcContext *context)
{
  gxc_sync_stop (gxc_context_get_sync (context));
  gxc_context_free (context);
}

/* Nothing else would make it pull a second time within a minute. */
static void
until_pulled (gint n)
{
  while (g_atomic_int_get (&asked.pulls) < n)
    g_usleep (1000);
}

static void
test_news_wake (void)
{
  GxcContext *context = start (STREAM_NEWS);

  until_pulled (2);
  while (g_atomic_int_get (&asked.texts) < 2)
    g_usleep (1000);
  stop (context);
  g_assert_cmpint (asked.streams, ==, 1);
  g_assert_cmpint (asked.waits, ==, 0);
}

static void
test_long_poll (void)
{
  GxcContext *context = start (STREAM_NONE);

  until_pulled (2);
  while (g_atomic_int_get (&asked.waits) < 2)
    g_usleep (1000);
  stop (context);
  g_assert_cmpint (asked.streams, ==, 1);       /* and is not tried again with each question */
}

static void
test_another_network (void)
{
  GxcContext *context = start (STREAM_SILENT);

  while (g_atomic_int_get (&asked.texts) < 1)
    g_usleep (1000);
  gxc_sync_network_changed (gxc_context_get_sync (context));
  while (g_atomic_int_get (&asked.texts) < 2)
    g_usleep (1000);
  stop (context);
  g_assert_cmpint (asked.streams, ==, 2);
}

static void
test_session_ended (void)
{
  GxcContext *context = start (STREAM_ENDED);

  until_pulled (2);
  stop (context);
}

/* What stops a desk may be mended at the bank, where nobody thinks of telling the desk. */
static void
test_stopped_looks_again (void)
{
  gint64 begin = gx_clock_now (gx_clock_system ()), retry_at = 0;
  GxcContext *context = start (STREAM_REFUSED);
  GxcSyncState state = GXC_SYNC_IDLE;

  while (state != GXC_SYNC_STOPPED)
    {
      g_usleep (1000);
      gxc_sync_get_status (gxc_context_get_sync (context), &state, &retry_at);
    }
  g_assert_cmpint (retry_at, >=, begin + 5 * 60 * 1000);
  g_assert_cmpint (retry_at, <=, gx_clock_now (gx_clock_system ()) + 5 * 60 * 1000);
  stop (context);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/waker/news_wake_the_engine", test_news_wake);
  g_test_add_func ("/sync/waker/without_a_stream_it_asks", test_long_poll);
  g_test_add_func ("/sync/waker/another_network_is_another_stream", test_another_network);
  g_test_add_func ("/sync/waker/a_session_that_ended_wakes_the_engine", test_session_ended);
  g_test_add_func ("/sync/waker/what_stopped_it_is_looked_at_again", test_stopped_looks_again);

  return g_test_run ();
}
