/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The long poll: told when the bank's clock moves on, told together, told in the end; and the route from outside. */
#include "gx-protocol.h"
#include "gxs-news.h"
#include "gxt-live.h"

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
  g_test_add_func ("/server/news/the_route", test_the_route);

  return g_test_run ();
}
