/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scheduler: jobs come round, one that fails too, and none is queued behind itself. */
#include "gxs-scheduler.h"

static gint runs, fails;

static gboolean
good_work (GxsBatch  *batch,
           GError   **error)
{
  g_atomic_int_inc (&runs);
  return TRUE;
}

static gboolean
bad_work (GxsBatch  *batch,
          GError   **error)
{
  return gx_fail (error, GX_ERROR_INTERNAL, "on cue");
}

static void
on_failed_cb (const char   *name,
              const GError *error,
              gpointer      data)
{
  g_assert_cmpstr (name, ==, "bad");
  g_assert_error (error, GX_ERROR, GX_ERROR_INTERNAL);
  g_atomic_int_inc (&fails);
}

static void
test_jobs_come_round (void)
{
  static const GxsTimedJob jobs[] = { { "good", 0, good_work }, { "bad", 0, bad_work } };
  g_autoptr(GError) error = NULL;
  g_autoptr(GxsStore) store = gxs_store_open (&(GxsStoreOptions) { .create = TRUE, .clock = gx_clock_system (),
                                                                   .random = gx_random_system () }, &error);
  GxsScheduler *scheduler;

  g_assert_no_error (error);
  gxs_store_start (store);
  scheduler = gxs_scheduler_new (store, jobs, G_N_ELEMENTS (jobs), on_failed_cb, NULL);
  while (g_atomic_int_get (&runs) < 3 || g_atomic_int_get (&fails) < 3)
    {
      g_main_context_iteration (NULL, FALSE);
      g_assert_cmpuint (gxs_store_get_queued (store), <=, G_N_ELEMENTS (jobs));
    }
  gxs_store_stop (store);
  gxs_scheduler_free (scheduler);
}

static void
test_the_table_is_sound (void)
{
  for (guint i = 0; i < gxs_n_jobs; i++)
    {
      g_assert_nonnull (gxs_jobs[i].name);
      g_assert_nonnull (gxs_jobs[i].sweep);
      g_assert_cmpuint (gxs_jobs[i].period, >, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/jobs/come_round", test_jobs_come_round);
  g_test_add_func ("/server/jobs/table_is_sound", test_the_table_is_sound);
  return g_test_run ();
}
