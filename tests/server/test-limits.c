/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decisions of the HTTP layer without a network: buckets, deadlines, admission, paths, pools, gzip, log. */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "gx-error.h"
#include "gxs-admission.h"
#include "gxs-connection.h"
#include "gxs-gzip.h"
#include "gxs-limiter.h"
#include "gxs-log.h"
#include "gxs-pool.h"
#include "gxs-route.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

/* Rate */

static void
test_bucket_gives_burst_then_rate (void)
{
  static const struct { gint64 at; gboolean granted; gint64 wait; } steps[] = {
    { 0, TRUE, 0 }, { 0, TRUE, 0 }, { 0, TRUE, 0 },         /* the burst */
    { 0, FALSE, SECOND / 2 },
    { SECOND / 4, FALSE, SECOND / 4 },
    { SECOND / 2, TRUE, 0 }, { SECOND / 2, FALSE, SECOND / 2 },
    { 100 * SECOND, TRUE, 0 }, { 100 * SECOND, TRUE, 0 }, { 100 * SECOND, TRUE, 0 }, { 100 * SECOND, FALSE, SECOND / 2 },
    { 99 * SECOND, FALSE, SECOND / 2 },                       /* time that goes back gives nothing */
  };
  const GxsRateLimit limit = { .tokens = 2, .period = 1000, .burst = 3 };
  GxsBucket bucket;

  gxs_bucket_init (&bucket, &limit, 0);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gint64 wait;

      g_test_message ("step %u", i);
      g_assert_cmpint (gxs_bucket_take (&bucket, &limit, steps[i].at, &wait), ==, steps[i].granted);
      g_assert_cmpint (wait, ==, steps[i].wait);
    }
}

static void
test_limiter_keeps_keys_and_classes_apart (void)
{
  const GxsRateLimit limits[GXS_N_RATES] = { [GXS_RATE_SESSION] = { 1, 1000, 2 }, [GXS_RATE_LOGIN] = { 5, 60000, 1 } };
  GxFakeClock clock;
  g_autoptr(GxsLimiter) limiter = NULL;
  g_autoptr(GError) error = NULL;

  gx_fake_clock_init (&clock, 1000);
  limiter = gxs_limiter_new (limits, &clock.parent);
  g_assert_true (gxs_limiter_take (limiter, GXS_RATE_SESSION, "a", NULL));
  g_assert_true (gxs_limiter_take (limiter, GXS_RATE_SESSION, "a", NULL));
  g_assert_false (gxs_limiter_take (limiter, GXS_RATE_SESSION, "a", &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_RATE);
  g_assert_cmpuint (gx_error_get_retry_after (error), ==, 1);
  g_assert_true (gxs_limiter_take (limiter, GXS_RATE_SESSION, "b", NULL));
  g_assert_true (gxs_limiter_take (limiter, GXS_RATE_LOGIN, "a", NULL));
  g_clear_error (&error);
  g_assert_false (gxs_limiter_take (limiter, GXS_RATE_LOGIN, "a", &error));
  g_assert_cmpuint (gx_error_get_retry_after (error), ==, 12);
  for (guint i = 0; i < 100; i++)
    g_assert_true (gxs_limiter_take (limiter, GXS_RATE_ADDRESS, "a", NULL));   /* 0 tokens: unlimited */

  g_assert_cmpuint (gxs_limiter_sweep (limiter), ==, 0);
  clock.now += 60000;
  g_assert_cmpuint (gxs_limiter_sweep (limiter), ==, 3);
  g_assert_true (gxs_limiter_take (limiter, GXS_RATE_LOGIN, "a", NULL));
}

/* Deadlines */

static void
test_pace_of_each_phase (void)
{
  static const GxsTimeouts timeouts = { 5000, 10000, 10000, 1024, 60000, 75000, 2000 };
  static const struct { GxsPhase phase; double age, quiet; gsize bytes; gboolean overdue; } rows[] = {
    { GXS_PHASE_HANDSHAKE, 4.9, 0, 0, FALSE }, { GXS_PHASE_HANDSHAKE, 5.1, 0, 0, TRUE },
    { GXS_PHASE_HEADERS, 9.9, 0, 100, FALSE }, { GXS_PHASE_HEADERS, 10.1, 0, 100, TRUE },
    { GXS_PHASE_BODY, 9.9, 9, 0, FALSE }, { GXS_PHASE_BODY, 10.1, 0, 0, TRUE },
    { GXS_PHASE_BODY, 20, 0, 20 * 1024, FALSE }, { GXS_PHASE_BODY, 20, 0, 20 * 1024 - 1, TRUE },
    { GXS_PHASE_HANDLER, 100000, 100000, 0, FALSE },
    { GXS_PHASE_ANSWER, 1000, 59.9, 0, FALSE }, { GXS_PHASE_ANSWER, 1000, 60.1, 0, TRUE },
    { GXS_PHASE_IDLE, 74.9, 0, 0, FALSE }, { GXS_PHASE_IDLE, 75.1, 0, 0, TRUE },
    { GXS_PHASE_LINGER, 1.9, 0, 0, FALSE }, { GXS_PHASE_LINGER, 2.1, 0, 0, TRUE },
  };
  gint64 now = 1000000 * SECOND;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GxsPace pace = { .phase = rows[i].phase, .since = now - (gint64) (rows[i].age * SECOND),
                       .progress = now - (gint64) (rows[i].quiet * SECOND), .bytes = rows[i].bytes };

      g_test_message ("row %u", i);
      g_assert_cmpint (gxs_pace_is_overdue (&pace, &timeouts, now), ==, rows[i].overdue);
    }
}

static void
test_admission_counts_by_address (void)
{
  g_autoptr(GxsAdmission) admission = gxs_admission_new (3, 2);

  g_assert_true (gxs_admission_enter (admission, "10.0.0.1"));
  g_assert_true (gxs_admission_enter (admission, "10.0.0.1"));
  g_assert_false (gxs_admission_enter (admission, "10.0.0.1"));
  g_assert_true (gxs_admission_enter (admission, "10.0.0.2"));
  g_assert_false (gxs_admission_enter (admission, "10.0.0.3"));
  gxs_admission_leave (admission, "10.0.0.1");
  g_assert_true (gxs_admission_enter (admission, "10.0.0.3"));
  g_assert_cmpuint (gxs_admission_get_total (admission), ==, 3);
}

/* Paths */

static const GxsRoute routes[] = {
  { "GET", "/v1/blobs/{sha}" }, { "GET", "/v1/blobs/u" }, { "POST", "/v1/blobs" }, { "HEAD", "/v1/blobs/u/{upload}" },
  { "PATCH", "/v1/blobs/u/{upload}" }, { "POST", "/v1/blobs/u/{upload}/done" }, { "GET", "/v1/records/{entity}/{id}" },
};

static void
test_router_prefers_the_literal (void)
{
  static const struct { const char *method, *path; int route; const char *arg, *allow; } rows[] = {
    { "GET", "/v1/blobs/u", 1, NULL, NULL },
    { "GET", "/v1/blobs/abc", 0, "abc", NULL },
    { "GET", "/v1/blobs/a%20%E5%BC%A0", 0, "a 张", NULL },
    { "GET", "/v1/blobs/a%2Fb", -1, NULL, NULL },           /* no slash by the back door */
    { "GET", "/v1/blobs/a%00b", -1, NULL, NULL },
    { "GET", "/v1/blobs/%FF", -1, NULL, NULL },
    { "GET", "/v1/blobs/", -1, NULL, NULL },
    { "GET", "/v1/blobs/u/", -1, NULL, NULL },
    { "GET", "/v1/blobs/u/1", -1, NULL, "HEAD, PATCH" },
    { "PATCH", "/v1/blobs/u/1", 4, "1", NULL },
    { "POST", "/v1/blobs/u", -1, NULL, "GET" },
    { "POST", "/v1/blobs/u/1/done", 5, "1", NULL },
    { "GET", "/v1/blobs", -1, NULL, "POST" },
    { "get", "/v1/blobs/u", -1, NULL, "GET" },
    { "GET", "/v1/records/customer/7", 6, "customer", NULL },
    { "GET", "//v1/records/customer/7", -1, NULL, NULL },
    { "GET", "/", -1, NULL, NULL }, { "GET", "", -1, NULL, NULL }, { "GET", "*", -1, NULL, NULL },
    { "GET", "/1/2/3/4/5/6/7/8/9/10", -1, NULL, NULL },
  };
  g_autoptr(GxsRouter) router = gxs_router_new (routes, G_N_ELEMENTS (routes));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(GxsMatch) match = { 0 };

      g_test_message ("%s %s", rows[i].method, rows[i].path);
      g_assert_cmpint (gxs_router_match (router, rows[i].method, rows[i].path, &match), ==, rows[i].route >= 0);
      g_assert_true (match.route == (rows[i].route >= 0 ? &routes[rows[i].route] : NULL));
      if (rows[i].route >= 0)
        g_assert_cmpstr (match.args[0], ==, rows[i].arg);
      else
        g_assert_cmpstr (match.allow, ==, rows[i].allow);
    }
}

/* Pools */

typedef struct
{
  GMutex lock;
  GCond  cond;
  gint   n_done;
  gint   n_stopped;
} Shared;

static gpointer
start_member (gpointer data, guint index, GError **error)
{
  return GUINT_TO_POINTER (index + 1);
}

static gpointer
start_second_fails (gpointer data, guint index, GError **error)
{
  if (index == 1)
    {
      gx_fail (error, GX_ERROR_DATABASE, "no");
      return NULL;
    }
  return GUINT_TO_POINTER (index + 1);
}

static void
stop_member (gpointer data, gpointer thread_data)
{
  g_atomic_int_inc (&((Shared *) data)->n_stopped);
}

static void
wait_job (gpointer data, gpointer thread_data)
{
  Shared *shared = data;

  g_assert_nonnull (thread_data);
  g_mutex_lock (&shared->lock);
  shared->n_done++;
  g_mutex_unlock (&shared->lock);
}

static void
test_pool_refuses_when_full (void)
{
  Shared shared = { 0 };
  GxsPoolHooks hooks = { start_member, stop_member, &shared };
  g_autoptr(GError) error = NULL;
  GxsPool *pool = gxs_pool_new ("read", 1, 2, &hooks, NULL);
  guint accepted = 0;

  g_mutex_lock (&shared.lock);      /* the one thread will wait in its first job */
  while (gxs_pool_submit (pool, wait_job, &shared, &error))
    {
      accepted++;
      g_assert_cmpuint (accepted, <=, 3);
    }
  g_assert_error (error, GX_ERROR, GX_ERROR_BUSY);
  g_assert_cmpuint (gx_error_get_retry_after (error), ==, 1);
  g_assert_cmpuint (accepted, >=, 2);
  g_mutex_unlock (&shared.lock);

  gxs_pool_free (pool);             /* finishes what it took */
  g_assert_cmpint (shared.n_done, ==, (int) accepted);
  g_assert_cmpint (shared.n_stopped, ==, 1);
}

static void
test_pool_that_cannot_start_is_not_made (void)
{
  Shared shared = { 0 };
  GxsPoolHooks hooks = { start_second_fails, stop_member, &shared };
  g_autoptr(GError) error = NULL;

  g_assert_null (gxs_pool_new ("read", 3, 2, &hooks, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_DATABASE);
  g_assert_cmpint (shared.n_stopped, ==, 2);
}

/* gzip */

static void
test_gzip_round_trip (void)
{
  for (gsize size = 0; size < 300000; size = size * 3 + 1)
    {
      g_autofree guint8 *data = g_malloc (size + 1);
      g_autoptr(GBytes) plain = NULL;
      g_autoptr(GBytes) packed = NULL;
      g_autoptr(GBytes) again = NULL;

      for (gsize i = 0; i < size; i++)
        data[i] = (guint8) (g_test_rand_int () >> 7);
      plain = g_bytes_new (data, size);
      packed = gxs_gzip (plain);
      again = gxs_gunzip (packed, 1024 * 1024, 100, NULL);
      g_assert_true (g_bytes_equal (plain, again));
    }
}

static void
expect_refused (GBytes *packed, gsize max, guint ratio, GxError code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (gxs_gunzip (packed, max, ratio, &error));
  g_assert_error (error, GX_ERROR, (int) code);
}

static void
test_gunzip_refuses_bombs_and_damage (void)
{
  g_autoptr(GBytes) zeros = g_bytes_new_take (g_malloc0 (4000000), 4000000);
  g_autoptr(GBytes) bomb = gxs_gzip (zeros);
  g_autoptr(GBytes) text = g_bytes_new_static ("{\"a\":1}", 7);
  g_autoptr(GBytes) small = gxs_gzip (text);
  g_autoptr(GBytes) cut = g_bytes_new_from_bytes (small, 0, g_bytes_get_size (small) - 3);
  g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr(GByteArray) longer = g_byte_array_new ();
  g_autoptr(GBytes) trailing = NULL;
  g_autoptr(GBytes) fits = gxs_gunzip (bomb, 4000000, 100000, NULL);

  g_byte_array_append (longer, g_bytes_get_data (small, NULL), (guint) g_bytes_get_size (small));
  g_byte_array_append (longer, (const guint8 *) "x", 1);
  trailing = g_bytes_new (longer->data, longer->len);

  g_assert_true (g_bytes_equal (fits, zeros));
  expect_refused (bomb, 3999999, 100000, GX_ERROR_TOO_LARGE);
  expect_refused (bomb, 8 * 1024 * 1024, 100, GX_ERROR_TOO_LARGE);
  expect_refused (cut, 1000, 100, GX_ERROR_MALFORMED);
  expect_refused (empty, 1000, 100, GX_ERROR_MALFORMED);
  expect_refused (text, 1000, 100, GX_ERROR_MALFORMED);
  expect_refused (trailing, 1000, 100, GX_ERROR_MALFORMED);
}

/* Log */

static void
test_log_strikes_out_values (void)
{
  static const struct { const char *code, *wanted; } rows[] = {
    { "NEEDS_REVIEW", "NEEDS_REVIEW" }, { "/v1/records/{entity}/{id}", "/v1/records/{entity}/{id}" },
    { "127.0.0.1", "127.0.0.1" }, { "port 54321 taken", "port 54321 taken" },
    { "mobile 13812345678", "mobile #" }, { "张伟", "??????" }, { "line\nbreak\"", "line?break\\\"" }, { "1234 567890", "1234 #" },
  };
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  GxFakeClock clock;
  GxsLog *log;
  GxId id;

  close (g_file_open_tmp ("guanxi-log-XXXXXX", &path, NULL));
  gx_fake_clock_init (&clock, 42);
  log = gxs_log_new (path, GXS_LOG_INFO, &clock.parent, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gxs_log (log, GXS_LOG_INFO, "test", GXS_LOG_CODE ("c", rows[i].code));
  g_assert_true (gx_id_parse ("01920000-1111-7222-8333-444444444444", &id));
  gxs_log (log, GXS_LOG_INFO, "test", GXS_LOG_ID ("id", &id), GXS_LOG_NUMBER ("n", 12345678));
  gxs_log (log, GXS_LOG_DEBUG, "unseen");
  gxs_log_free (log);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *wanted = g_strdup_printf ("{\"t\":42,\"l\":\"info\",\"e\":\"test\",\"c\":\"%s\"}", rows[i].wanted);

      g_assert_cmpstr (lines[i], ==, wanted);
    }
  g_assert_cmpstr (lines[G_N_ELEMENTS (rows)], ==,
                   "{\"t\":42,\"l\":\"info\",\"e\":\"test\",\"id\":\"01920000-1111-7222-8333-444444444444\",\"n\":12345678}");
  g_assert_cmpstr (lines[G_N_ELEMENTS (rows) + 1], ==, "");
  g_unlink (path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/limiter/bucket_gives_burst_then_rate", test_bucket_gives_burst_then_rate);
  g_test_add_func ("/server/limiter/keeps_keys_and_classes_apart", test_limiter_keeps_keys_and_classes_apart);
  g_test_add_func ("/server/connection/pace_of_each_phase", test_pace_of_each_phase);
  g_test_add_func ("/server/admission/counts_by_address", test_admission_counts_by_address);
  g_test_add_func ("/server/router/prefers_the_literal", test_router_prefers_the_literal);
  g_test_add_func ("/server/pool/refuses_when_full", test_pool_refuses_when_full);
  g_test_add_func ("/server/pool/that_cannot_start_is_not_made", test_pool_that_cannot_start_is_not_made);
  g_test_add_func ("/server/gzip/round_trip", test_gzip_round_trip);
  g_test_add_func ("/server/gzip/refuses_bombs_and_damage", test_gunzip_refuses_bombs_and_damage);
  g_test_add_func ("/server/log/strikes_out_values", test_log_strikes_out_values);
  return g_test_run ();
}
