/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gxb-load: one load generator for all servers. The first target is the floor of the ratios.
 *
 *   gxb-load --target floor=PORT --target ours=PORT [--only a,b] [--rounds 5] [--seconds 2] [--json]
 *
 * With two targets of one kind it measures its own noise: the ratio must be about 1. */

#include "gxb-runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TARGETS 4

static const char *const kind_names[GXB_N_KINDS] = { [GXB_FLOOR] = "floor", [GXB_OURS] = "ours" };

typedef struct
{
  char   **targets;
  char    *only;
  int      rounds;
  double   seconds;
  gboolean json;
} Options;

static gboolean
parse_target (const char *text, GxbTarget *out_target)
{
  const char *equals = strchr (text, '=');

  for (guint kind = 0; equals != NULL && kind < GXB_N_KINDS; kind++)
    if (strncmp (text, kind_names[kind], equals - text) == 0 && kind_names[kind][equals - text] == '\0')
      {
        *out_target = (GxbTarget) { kind, kind_names[kind], strtoul (equals + 1, NULL, 10) };
        return out_target->port != 0;
      }
  return FALSE;
}

static gboolean
is_wanted (const char *only, const char *letter)
{
  g_auto (GStrv) letters = only != NULL ? g_strsplit (only, ",", -1) : NULL;

  if (letters == NULL)
    return TRUE;
  for (guint i = 0; letters[i] != NULL; i++)
    if (g_str_has_prefix (letter, letters[i]))
      return TRUE;
  return FALSE;
}

static void
print_text (const GxbWorkload *workload, const GxbTarget *target, const GxbFigures *figures, const GxbFigures *floor)
{
  double rate = gxb_figures_rate (figures);

  printf ("%-2s %-40s %-6s %9.1f/s  p50 %8.2f ms  p99 %8.2f ms  %8.1f KB", workload->letter, workload->title,
          target->name, rate, gxb_figures_time (figures, 0.5), gxb_figures_time (figures, 0.99),
          figures->received / 1024.0 / figures->times->len);
  if (figures != floor)
    printf ("  ratio %.3f (aim %s %.2f)", gxb_figures_ratio (figures, floor, workload->timed),
            workload->timed ? "<=" : ">=", workload->aim);
  printf ("\n");
}

static void
print_json (const GxbWorkload *workload, const GxbTarget *target, const GxbFigures *figures, const GxbFigures *floor)
{
  printf ("{\"w\":\"%s\",\"title\":\"%s\",\"target\":\"%s\",\"timed\":%s,\"rate\":%.3f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,"
          "\"bytes\":%.0f,\"ratio\":%.4f,\"aim\":%.3f}\n",
          workload->letter, workload->title, target->name, workload->timed ? "true" : "false",
          gxb_figures_rate (figures), gxb_figures_time (figures, 0.5), gxb_figures_time (figures, 0.99),
          (double) figures->received / figures->times->len, gxb_figures_ratio (figures, floor, workload->timed),
          workload->aim);
}

static void
measure (const GxbWorkload *workload, const GxbTarget *targets, guint n, const Options *options)
{
  GxbFigures figures[MAX_TARGETS];

  gxb_runner_run (workload, targets, n, options->rounds, options->seconds, figures);
  for (guint t = 0; t < n; t++)
    (options->json ? print_json : print_text) (workload, &targets[t], &figures[t], &figures[0]);
  for (guint t = 0; t < n; t++)
    gxb_figures_clear (&figures[t]);
}

static gboolean
parse_options (int argc, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "target", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->targets, "floor or ours, on a port of 127.0.0.1", "KIND=PORT" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &options->only, "Workloads, by letter", "a,b" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &options->rounds, "Turns of each target (5)", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &options->seconds, "Length of a turn (2)", "S" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, "One JSON object a line", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, &argc, &argv, error);
}

int
main (int argc, char **argv)
{
  Options options = { .rounds = 5, .seconds = 2 };
  g_autoptr (GError) error = NULL;
  GxbTarget targets[MAX_TARGETS];
  const GxbWorkload *table;
  guint n = 0, rows;

  setvbuf (stdout, NULL, _IOLBF, 0);
  if (!parse_options (argc, argv, &options, &error))
    {
      g_printerr ("gxb-load: %s\n", error->message);
      return 2;
    }
  for (; options.targets != NULL && options.targets[n] != NULL; n++)
    if (n == MAX_TARGETS || !parse_target (options.targets[n], &targets[n]))
      {
        g_printerr ("gxb-load: --target %s is not floor=PORT or ours=PORT\n", options.targets[n]);
        return 2;
      }
  if (n == 0 || options.rounds < 1)
    {
      g_printerr ("gxb-load: at least one --target and one round\n");
      return 2;
    }
  table = gxb_workload_table (&rows);
  for (guint i = 0; i < rows; i++)
    if (is_wanted (options.only, table[i].letter))
      measure (&table[i], targets, n, &options);
  return 0;
}
