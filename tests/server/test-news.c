/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who waits for the bank's clock is told when it moves on, told together, told in the end; and both routes from outside. */
#include "gx-protocol.h"
#include "gxs-news.h"
#include "gxt-live.h"
#include "gxt-websocket.h"

#include <string.h>

/* What one waiter was told; -1 = nothing yet. */
static void
on_told_cb (gint64   head,
            gpointer told)
{
  g_atomic_pointer_set ((gpointer *) told, GSIZE_TO_POINTER ((gsize) head));
}

#define NOTHING GSIZE_TO_POINTER ((gsize) -1)

static gint64
wait_for (gpointer *told)
{
  while (g_atomic_pointer_get (told) == NOTHING)
    g_usleep (1000);

  return (gint64) GPOINTER_TO_SIZE (g_atomic_pointer_get (told));
}

static void
test_told_together (void)
{
  g_autoptr(GxsNews) news = gxs_news_new ();
  gpointer a = NOTHING, b = NOTHING, later = NOTHING;

  gxs_news_tell (news, 10);
  gxs_news_wait (news, 10, GX_WAIT_SECONDS, on_told_cb, &a);
  gxs_news_wait (news, 10, GX_WAIT_SECONDS, on_told_cb, &b);
  gxs_news_wait (news, 12, GX_WAIT_SECONDS, on_told_cb, &later);
  gxs_news_tell (news, 11);
  gxs_news_tell (news, 12);
  g_assert_cmpint (wait_for (&a), ==, 12);
  g_assert_cmpint (wait_for (&b), ==, 12);
  g_assert_true (g_atomic_pointer_get (&later) == NOTHING);
  gxs_news_tell (news, 13);
  g_assert_cmpint (wait_for (&later), ==, 13);
}

static void
test_told_in_the_end (void)
{
  GxsNews *news = gxs_news_new ();
  gpointer patient = NOTHING, waits = NOTHING, late = NOTHING;

  gxs_news_tell (news, 10);
  gxs_news_wait (news, 10, 1, on_told_cb, &patient);
  g_assert_cmpint (wait_for (&patient), ==, 10);
  gxs_news_wait (news, 10, GX_WAIT_SECONDS, on_told_cb, &waits);
  gxs_news_stop (news);
  g_assert_cmpint (wait_for (&waits), ==, 10);
  gxs_news_wait (news, 10, GX_WAIT_SECONDS, on_told_cb, &late);
  g_assert_cmpint (wait_for (&late), ==, 10);
  gxs_news_free (news);
}

/* A bank that is never quiet for 200 ms still has news. */
static void
test_told_though_it_never_pauses (void)
{
  g_autoptr(GxsNews) news = gxs_news_new ();
  gpointer told = NOTHING;

  gxs_news_wait (news, 0, 3600, on_told_cb, &told);
  for (gint64 head = 1; g_atomic_pointer_get (&told) == NOTHING; head++)
    {
      gxs_news_tell (news, head);
      g_usleep (20000);
    }
  g_assert_cmpint (wait_for (&told), >, 0);
}

/* Each round once, with the newest. */
static void
test_followed (void)
{
  g_autoptr(GxsNews) news = gxs_news_new ();
  gpointer told = NOTHING;

  gxs_news_tell (news, 5);
  g_assert_cmpint (gxs_news_follow (news, on_told_cb, &told), ==, 5);
  gxs_news_tell (news, 6);
  gxs_news_tell (news, 7);
  while (g_atomic_pointer_get (&told) != GSIZE_TO_POINTER (7))
    g_usleep (1000);
  gxs_news_tell (news, 7);          /* nothing new */
  gxs_news_stop (news);
  g_assert_cmpint (wait_for (&told), ==, 7);
}

static GIOStream *
listen_to (GxtLive *live)
{
  g_autofree char *headers = g_strdup_printf ("X-Schema: %d\r\nX-Client: %s\r\nAuthorization: Bearer %s\r\n", GX_SCHEMA,
                                              GX_ID_STR (&live->client), live->token);
  guint status;
  GIOStream *stream = gxt_websocket_open (live->port, GX_PATH_STREAM, headers, &status);

  g_assert_cmpuint (status, ==, 101);
  return stream;
}

static gint64
next_head (GIOStream *stream)
{
  g_autofree char *text = gxt_websocket_text (stream, NULL);

  g_assert_nonnull (text);
  g_assert_true (g_str_has_prefix (text, "{\"head\":"));
  return g_ascii_strtoll (text + strlen ("{\"head\":"), NULL, 10);
}

/* A desk that listens hears what another one wrote; signed out, it hears nothing any more, at once. */
static void
test_the_stream (void)
{
  g_autoptr(GxtLive) live = gxt_live_new ();
  g_autoptr(JsonObject) session = gxt_live_sign_in (live, GXT_RM1);
  g_autoptr(GIOStream) stream = listen_to (live), other = NULL;
  g_autoptr(JsonObject) again = NULL;
  g_autofree char *text = NULL;
  gint64 before = next_head (stream);
  guint code = 0;

  g_clear_pointer (&session, json_object_unref);
  live->client = gxt_bank_id (live->bank);
  again = gxt_live_sign_in (live, GXT_RM2);          /* its audit entry moves the clock on */
  other = listen_to (live);
  g_assert_cmpuint (gxt_live_status (live, "POST", GX_PATH_SIGN_OUT, NULL), ==, 204);
  while ((text = gxt_websocket_text (other, &code)) != NULL)
    g_clear_pointer (&text, g_free);
  g_assert_cmpuint (code, ==, 1008);
  g_assert_cmpint (before, >, 0);
}

static void
test_the_route (void)
{
  g_autoptr(GxtLive) live = gxt_live_new ();
  g_autoptr(JsonObject) session = gxt_live_sign_in (live, GXT_RM1);
  g_autoptr(JsonObject) behind = NULL;
  g_autoptr(JsonObject) level = NULL;
  g_autofree char *path = NULL;
  gint64 head;

  behind = gxt_live_get (live, "GET", GX_PATH_WAIT "?cursor=0", NULL);
  head = json_object_get_int_member (behind, "head");
  g_assert_cmpint (head, >, 0);
  path = g_strdup_printf (GX_PATH_WAIT "?cursor=%" G_GINT64_FORMAT "&t=1", head);
  level = gxt_live_get (live, "GET", path, NULL);
  g_assert_cmpint (json_object_get_int_member (level, "head"), ==, head);
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_WAIT, NULL), ==, 422);
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_WAIT "?cursor=0&t=51", NULL), ==, 422);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/news/told_together", test_told_together);
  g_test_add_func ("/server/news/told_in_the_end", test_told_in_the_end);
  g_test_add_func ("/server/news/told_though_it_never_pauses", test_told_though_it_never_pauses);
  g_test_add_func ("/server/news/followed", test_followed);
  g_test_add_func ("/server/news/the_route", test_the_route);
  g_test_add_func ("/server/news/the_stream", test_the_stream);

  return g_test_run ();
}
