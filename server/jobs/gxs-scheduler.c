/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of jobs and the clock that runs it. A job is an ordinary write: it waits its turn with the committer, is undone
 * alone when it fails, and is tried again when its time comes round. One that still waits is not submitted a second time.
 */
#include "gxs-scheduler.h"

#include "gxs-blob.h"
#include "gxs-entry.h"
#include "gxs-horizon.h"
#include "gxs-result.h"
#include "gxs-review.h"
#include "gxs-visit-timers.h"

const GxsTimedJob gxs_jobs[] = {
  { "review-timers", 60, gxs_review_sweep },
  { "visit-timers", 60, gxs_visit_sweep },
  { "entry-timers", 60, gxs_entry_sweep },
  { "uploads", 3600, gxs_uploads_sweep },
  { "results", 3600, gxs_result_sweep },
  { "horizon", 900, gxs_horizon_sweep },
};
const guint gxs_n_jobs = G_N_ELEMENTS (gxs_jobs);

/**
 * Timer: one job and whether it waits already.
 */
typedef struct
{
  GxsScheduler *scheduler;    /* borrowed */
  const GxsTimedJob *job;     /* borrowed */
  guint         source;
  gint          waits;        /* atomic */
} Timer;

struct _GxsScheduler
{
  GxsStore     *store;        /* borrowed */
  GxsJobFailed  failed;
  gpointer      data;
  guint         n_timers;
  Timer        *timers;
};

static gboolean
do_job (GxsBatch  *batch,
        gpointer   data,
        GError   **error)
{
  return ((Timer *) data)->job->sweep (batch, error);
}

static void
on_job_done_cb (gpointer      data,
                const GError *error)
{
  Timer *timer = data;

  if (error != NULL)
    timer->scheduler->failed (timer->job->name, error, timer->scheduler->data);
  g_atomic_int_set (&timer->waits, 0);
}

static gboolean
on_due_cb (gpointer data)
{
  Timer *timer = data;

  if (g_atomic_int_compare_and_exchange (&timer->waits, 0, 1)
      && !gxs_store_submit (timer->scheduler->store, do_job, on_job_done_cb, timer, NULL))
    g_atomic_int_set (&timer->waits, 0);      /* too much to write: the next time will do */

  return G_SOURCE_CONTINUE;
}

/**
 * gxs_scheduler_new:
 * @store: started; stopped before the scheduler is freed, so that no job still runs
 * @failed: told on the committer's thread
 *
 * Every job is done once at once: what came due while the bank was closed waits no longer.
 *
 * Returns: (transfer full)
 */
GxsScheduler *
gxs_scheduler_new (GxsStore     *store,
                   const GxsTimedJob *jobs,
                   guint         n_jobs,
                   GxsJobFailed  failed,
                   gpointer      data)
{
  GxsScheduler *scheduler = g_new0 (GxsScheduler, 1);

  scheduler->store = store;
  scheduler->failed = failed;
  scheduler->data = data;
  scheduler->n_timers = n_jobs;
  scheduler->timers = g_new0 (Timer, n_jobs);
  for (guint i = 0; i < n_jobs; i++)
    {
      scheduler->timers[i] = (Timer) { .scheduler = scheduler, .job = &jobs[i] };
      scheduler->timers[i].source = g_timeout_add_seconds (jobs[i].period, on_due_cb, &scheduler->timers[i]);
      on_due_cb (&scheduler->timers[i]);
    }

  return scheduler;
}

void
gxs_scheduler_free (GxsScheduler *scheduler)
{
  for (guint i = 0; i < scheduler->n_timers; i++)
    g_source_remove (scheduler->timers[i].source);
  g_free (scheduler->timers);
  g_free (scheduler);
}
