/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deterministic simulation (sync.md 4.3, T1): the real server core and four real desks, in one thread, over a line that loses, cuts,
 * garbles, repeats and delays, with clock, disks and randomness from the seed. What people do is in gxt-sim-people, what happens
 * to them in gxt-sim-trouble, what must hold in gxt-sim-oracles, -feed, -writes and -shown. The world is made once
 * (gxt-sim-world), and each schedule (gxt-sim-run) has a copy of the process to itself.
 *
 *   GUANXI_SEED=n runs one schedule, in this process; GUANXI_SCHEDULES=n runs that many, from the seed GUANXI_FIRST on, GUANXI_JOBS
 *   at a time, for no longer than GUANXI_MINUTES. A failing seed is printed, with what failed; after GUANXI_FAILURES of them (5) it
 *   ends. GUANXI_TRACE=n prints a hash of all that was said in that schedule, GUANXI_TELL=1 what was done and said. Once mended, a
 *   failing seed stays in the list of those that are always run. ./dev simulate MINUTES does as many as there is time for.
 */
#include "gxt-sim.h"

#include "gxt-environment.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define JOBS_MAX 64

/* Schedules that found something, or would find it again: bugs.py makes most of these mistakes on purpose. */
static const guint64 found[] = {
  2,      /* after a restore what was offered once more stood over what was typed last */
  5,      /* a form that showed an own change wrote over what had come under it */
  54,     /* half a bundle */
  66,     /* a scope that was lost during its first load: rows made for it stayed */
  2398,   /* no mistake of the program: after a restore a request whose document travels once more lets others pass */
  1004722,  /* nor this: a copy of a desk sends the document that the first one began to send half a minute ago */
};

/* One a job: no two write the same one. */
static GxtSimTotals *shared;

static char *program;

/* ---- a copy of the process for each ---- */

static pid_t
start (GxtSim  *sim,
       guint64  seed,
       guint    job)
{
  const struct rlimit none = { 0, 0 };
  pid_t pid;

  fflush (NULL);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid > 0)
    return pid;

  /* What a failure says is no line of TAP. */
  dup2 (STDERR_FILENO, STDOUT_FILENO);
  setrlimit (RLIMIT_CORE, &none);
  gxt_sim_totals = &shared[job];
  gxt_sim_run (sim, seed);
  gxt_sim_tidy (sim);
  _exit (0);
}

typedef struct
{
  pid_t   pid;                  /* 0 = free */
  guint64 seed;
} Job;

/* Waits for one to end, and frees its place; returns whether it went well. */
static gboolean
wait_for_one (Job   *jobs,
              guint  n_jobs)
{
  int status;
  pid_t pid = waitpid (-1, &status, 0);

  g_assert_cmpint (pid, >, 0);
  for (guint i = 0; i < n_jobs; i++)
    if (jobs[i].pid == pid)
      {
        jobs[i].pid = 0;
        if (status != 0)
          g_test_message ("seed %" G_GUINT64_FORMAT " failed", jobs[i].seed);
      }

  return status == 0;
}

static Job *
find_place (Job   *jobs,
            guint  n_jobs)
{
  for (guint i = 0; i < n_jobs; i++)
    if (jobs[i].pid == 0)
      return &jobs[i];

  return NULL;
}

/* Returns how many were run. */
static guint64
run_many (GxtSim  *sim,
          guint64  first,
          guint64  n,
          guint   *out_failures)
{
  guint n_jobs = CLAMP ((guint) gxt_environment ("GUANXI_JOBS", 1), 1, JOBS_MAX), running = 0;
  guint most = (guint) gxt_environment ("GUANXI_FAILURES", 5);
  guint64 minutes = gxt_environment ("GUANXI_MINUTES", 0);
  gint64 until = minutes > 0 ? g_get_monotonic_time () + (gint64) minutes * 60 * G_USEC_PER_SEC : G_MAXINT64;
  Job jobs[JOBS_MAX] = { 0 };
  guint64 seed = first;

  *out_failures = 0;
  for (;;)
    {
      gboolean on = seed < first + n && *out_failures < most && g_get_monotonic_time () < until;
      Job *place = on ? find_place (jobs, n_jobs) : NULL;

      if (!on && running == 0)
        break;
      if (place != NULL)
        {
          *place = (Job) { start (sim, seed, (guint) (place - jobs)), seed };
          running++;
          seed++;
          continue;
        }
      *out_failures += !wait_for_one (jobs, n_jobs);
      running--;
    }

  return seed - first;
}

/* ---- what they met ---- */

static void
add_up (GxtSimTotals *out)
{
  const gint64 *from;

  *out = (GxtSimTotals) { 0 };
  for (guint job = 0; job < JOBS_MAX; job++)
    {
      from = (const gint64 *) &shared[job];
      for (gsize i = 0; i < sizeof *out / sizeof (gint64); i++)
        ((gint64 *) out)[i] += from[i];
    }
}

static gboolean
append_count (GString    *out,
              const char *name,
              gint64      n)
{
  g_string_append_printf (out, "%s%s %" G_GINT64_FORMAT, out->len > 0 ? ", " : "", name, n);
  return n > 0;
}

/* Whether everything was met at all. */
static gboolean
print_totals (void)
{
  g_autoptr(GString) acts = g_string_new (NULL), checks = g_string_new (NULL), ends = g_string_new (NULL);
  GxtSimTotals totals;
  gboolean all = TRUE;

  add_up (&totals);
  for (guint i = 0; i < gxt_sim_n_people + gxt_sim_n_trouble; i++)
    all &= append_count (acts, i < gxt_sim_n_people ? gxt_sim_people[i].name : gxt_sim_trouble[i - gxt_sim_n_people].name, totals.acts[i]);
  for (guint i = 0; i < GXT_SIM_N_ORACLES; i++)
    all &= append_count (checks, gxt_sim_oracle_name (i), totals.checks[i]);
  all &= append_count (ends, "applied", totals.applied) & append_count (ends, "same", totals.noop)
         & append_count (ends, "conflicts", totals.conflict) & append_count (ends, "rejected", totals.rejected)
         & append_count (ends, "requests", totals.pending_review) & append_count (ends, "decisions", totals.decided)
         & append_count (ends, "bundles", totals.bundles) & append_count (ends, "documents", totals.papers)
         & append_count (ends, "exchanges", totals.exchanges);
  g_test_message ("operations: %s", acts->str);
  g_test_message ("checks: %s", checks->str);
  g_test_message ("ends: %s", ends->str);

  return all;
}

static void
test_schedules (void)
{
  guint64 one = gxt_environment ("GUANXI_SEED", 0), n = gxt_environment ("GUANXI_SCHEDULES", 100), first = gxt_environment ("GUANXI_FIRST", 1);
  GxtSim *sim = gxt_sim_new ();
  gint64 began = g_get_monotonic_time ();
  guint failures = 0;

  if (one != 0)
    {
      gxt_sim_run (sim, one);
      gxt_sim_tidy (sim);
    }
  else
    {
      n = run_many (sim, first, n, &failures);
      g_test_message ("%" G_GUINT64_FORMAT " schedules from seed %" G_GUINT64_FORMAT " in %.1f s, %u failures", n, first,
                      (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC, failures);
    }
  gxt_sim_free (sim);
  if (!print_totals () && one == 0 && n >= 100)
    g_test_fail_printf ("something of this never happened");
  g_assert_cmpuint (failures, ==, 0);
}

/* In this process: so a sanitizer sees what they leave. */
static void
test_found (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    {
      GxtSim *sim = gxt_sim_new ();

      gxt_sim_run (sim, found[i]);
      gxt_sim_tidy (sim);
      gxt_sim_free (sim);
    }
}

/* ---- a schedule is what its seed says ---- */

static char *
trace_of (guint64 seed)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  const char *const argv[] = { program, NULL };
  g_auto(GStrv) environment = g_environ_setenv (g_get_environ (), "GUANXI_TRACE", text, TRUE);
  g_autoptr(GError) error = NULL;
  char *out = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);

  return out;
}

static void
test_same_trace (void)
{
  g_autofree char *other = trace_of (1001);

  for (guint64 seed = 1; seed <= 3; seed++)
    {
      g_autofree char *first = trace_of (seed), *second = trace_of (seed);

      g_test_message ("seed %" G_GUINT64_FORMAT ": %s", seed, g_strstrip (first));
      g_assert_cmpstr (first, ==, g_strstrip (second));
      g_assert_cmpstr (first, !=, g_strstrip (other));
    }
}

static int
print_trace (guint64 seed)
{
  GxtSim *sim = gxt_sim_new ();

  gxt_sim_run (sim, seed);
  printf ("%016" G_GINT64_MODIFIER "x after %" G_GINT64_FORMAT " exchanges\n", sim->trace, gxt_sim_totals->exchanges);
  gxt_sim_tidy (sim);
  gxt_sim_free (sim);

  return 0;
}

int
main (int    argc,
      char **argv)
{
  program = g_canonicalize_filename (argv[0], NULL);     /* documents make us stand elsewhere */
  shared = mmap (NULL, JOBS_MAX * sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert (shared != MAP_FAILED);
  gxt_sim_totals = shared;
  if (g_getenv ("GUANXI_TRACE") != NULL)
    return print_trace (gxt_environment ("GUANXI_TRACE", 1));

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/simulation/what_was_once_found", test_found);
  g_test_add_func ("/sync/simulation/a_seed_says_all_that_happens", test_same_trace);
  g_test_add_func ("/sync/simulation/every_schedule_ends_with_equal_rows", test_schedules);

  return g_test_run ();
}
