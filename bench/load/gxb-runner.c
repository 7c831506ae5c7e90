/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs one workload against all targets in interleaved rounds: floor, ours, floor, ours … so that a noisy minute of
 * the machine falls on both. Each connection is a thread that asks, waits and asks again; it keeps its connection from
 * round to round. A ratio is the median over the rounds of the ratio within one round. */

#include "gxb-runner.h"

typedef struct
{
  GxbWorker            *worker;
  void                (*unit) (GxbWorker *worker);
  gint64                until;          /* µs, monotonic */
  GArray               *times;          /* guint32 µs */
} Lane;

static gpointer
run_lane (gpointer data)
{
  Lane *lane = data;
  gint64 before = g_get_monotonic_time ();

  do
    {
      gint64 after;
      guint32 took;

      lane->unit (lane->worker);
      after = g_get_monotonic_time ();
      took = MIN (after - before, G_MAXUINT32);
      g_array_append_val (lane->times, took);
      before = after;
    }
  while (before < lane->until);
  return NULL;
}

static void
run_round (GPtrArray *workers, const GxbSide *side, double seconds, GxbFigures *figures)
{
  g_autofree Lane *lanes = g_new0 (Lane, workers->len);
  g_autofree GThread **threads = g_new0 (GThread *, workers->len);
  gint64 start = g_get_monotonic_time ();
  guint units = 0;
  double rate;

  for (guint i = 0; i < workers->len; i++)
    {
      lanes[i] = (Lane) { g_ptr_array_index (workers, i), side->unit, start + (gint64) (seconds * G_USEC_PER_SEC),
                          g_array_new (FALSE, FALSE, sizeof (guint32)) };
      threads[i] = g_thread_new ("lane", run_lane, &lanes[i]);
    }
  for (guint i = 0; i < workers->len; i++)
    {
      g_thread_join (threads[i]);
      units += lanes[i].times->len;
      g_array_append_vals (figures->times, lanes[i].times->data, lanes[i].times->len);
      g_array_unref (lanes[i].times);
    }
  rate = units * (double) G_USEC_PER_SEC / (g_get_monotonic_time () - start);
  g_array_append_val (figures->rates, rate);
}

static GPtrArray *
open_workers (const GxbWorkload *workload, const GxbTarget *target)
{
  const GxbSide *side = &workload->sides[target->kind];
  GPtrArray *workers = g_ptr_array_new_with_free_func ((GDestroyNotify) gxb_worker_free);

  for (guint i = 0; i < workload->connections; i++)
    {
      GxbWorker *worker = gxb_worker_new (target->kind, target->port, i);

      g_ptr_array_add (workers, worker);
      if (side->prepare != NULL)
        side->prepare (worker);
      side->unit (worker);                    /* the handshake and the first statement are not the subject */
      worker->conn->received = 0;
    }
  return workers;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/**
 * gxb_runner_run:
 * @rounds: how often each target has its turn
 * @seconds: how long a turn lasts; a unit that has begun is finished
 * @out_figures: (array length=n_targets): cleared with gxb_figures_clear()
 */
void
gxb_runner_run (const GxbWorkload *workload, const GxbTarget *targets, guint n_targets, guint rounds, double seconds,
                GxbFigures *out_figures)
{
  g_autoptr (GPtrArray) workers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint t = 0; t < n_targets; t++)
    {
      out_figures[t] = (GxbFigures) { g_array_new (FALSE, FALSE, sizeof (double)),
                                      g_array_new (FALSE, FALSE, sizeof (guint32)), 0 };
      g_ptr_array_add (workers, open_workers (workload, &targets[t]));
    }
  for (guint round = 0; round < rounds; round++)
    for (guint t = 0; t < n_targets; t++)
      run_round (g_ptr_array_index (workers, t), &workload->sides[targets[t].kind], seconds, &out_figures[t]);
  for (guint t = 0; t < n_targets; t++)
    {
      GPtrArray *own = g_ptr_array_index (workers, t);

      g_array_sort (out_figures[t].times, compare_times);
      for (guint i = 0; i < own->len; i++)
        out_figures[t].received += ((GxbWorker *) g_ptr_array_index (own, i))->conn->received;
    }
}

void
gxb_figures_clear (GxbFigures *figures)
{
  g_clear_pointer (&figures->rates, g_array_unref);
  g_clear_pointer (&figures->times, g_array_unref);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (GArray *values)
{
  g_autoptr (GArray) sorted = g_array_copy (values);

  g_array_sort (sorted, compare_doubles);
  return g_array_index (sorted, double, sorted->len / 2);
}

/**
 * gxb_figures_rate:
 *
 * Returns: units a second, the median round
 */
double
gxb_figures_rate (const GxbFigures *figures)
{
  return median (figures->rates);
}

/**
 * gxb_figures_time:
 * @quantile: from 0 to 1
 *
 * Returns: ms that a unit took
 */
double
gxb_figures_time (const GxbFigures *figures, double quantile)
{
  guint last = figures->times->len - 1;

  return g_array_index (figures->times, guint32, (guint) (last * quantile)) / 1000.0;
}

/**
 * gxb_figures_ratio:
 * @timed: compare times (smaller is better) instead of rates
 *
 * Returns: ours by the floor's, the median of the rounds
 */
double
gxb_figures_ratio (const GxbFigures *figures, const GxbFigures *floor, gboolean timed)
{
  g_autoptr (GArray) ratios = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < figures->rates->len; i++)
    {
      double ratio = g_array_index (figures->rates, double, i) / g_array_index (floor->rates, double, i);

      if (timed)
        ratio = 1 / ratio;
      g_array_append_val (ratios, ratio);
    }
  return median (ratios);
}
