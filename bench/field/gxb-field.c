/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk's exchange with the bank and nothing else: the client core without a window, on a profile that guanxi-cli has
 * signed in. Opening the encrypted store is not timed: no rival has one.
 *
 *   gxb-field PROFILE sync             all that waits is sent, all that is new fetched
 *   gxb-field PROFILE edit N TIME      N customers' quiet hours end at TIME, each saved as a form saves it
 *   gxb-field PROFILE rows             every record of the store as JSON, one a line
 *
 * The first two print one JSON object: {"seconds":…,"cpu":…,"waiting":…,"refused":…}; what is still to be sent, and what
 * the bank did not take. The password is the first line of the file that GUANXI_PASSWORD_FILE names. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gx-catalog.h"
#include "gx-customer.h"
#include "gxc-context.h"
#include "gxc-edit.h"
#include "gxc-issues.h"
#include "gxc-list.h"
#include "gxc-queue.h"
#include "gxc-sync.h"
#include "gxc-unlock.h"

static GxDb *
db_of (GxcContext *context)
{
  return gxc_store_get_db (gxc_context_get_store (context));
}

static gboolean
edit_one (GxcContext *context, const GxId *id, const char *time, GError **error)
{
  g_autoptr(GxRecord) record = gxc_list_find (db_of (context), &gx_customer_entity, id, error);
  GxcWritten written = { 0 };
  GxCustomer *edited;
  gboolean ok;

  if (record == NULL)
    return FALSE;
  edited = gx_entity_copy (&gx_customer_entity, gx_record_get_data (record));
  g_free (edited->quiet_from);
  g_free (edited->quiet_to);
  edited->quiet_from = g_strdup ("21:00");
  edited->quiet_to = g_strdup (time);
  ok = gxc_store_edit (gxc_context_get_store (context), &gx_customer_entity, gx_record_get_data (record), edited, NULL, &written, error);
  gx_entity_free (&gx_customer_entity, edited);

  return ok;
}

static gboolean
edit (GxcContext *context, char **words, GError **error)
{
  const GxcListQuery query = { .entity = &gx_customer_entity, .limit = (guint) strtoul (words[0], NULL, 10) };
  g_autoptr(GArray) ids = gxc_list_ids (db_of (context), &query, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      if (!edit_one (context, &g_array_index (ids, GxId, i), words[1], error))
        return FALSE;
    }

  return ids != NULL && (ids->len == query.limit || gx_fail (error, GX_ERROR_NOT_FOUND, "only %u customers here", ids->len));
}

static gboolean
print_rows_of (GxcContext *context, const GxEntity *entity, GError **error)
{
  const GxcListQuery query = { .entity = entity };
  g_autoptr(GArray) ids = gxc_list_ids (db_of (context), &query, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autofree char *json = gxc_list_to_json (db_of (context), entity, &g_array_index (ids, GxId, i), error);

      if (json == NULL)
        return FALSE;
      puts (json);
    }

  return ids != NULL;
}

/* Facts (the months of a holding) travel inside their parent, here as on the wire. */
static gboolean
print_rows (GxcContext *context, GError **error)
{
  for (guint i = 0; i < gx_n_entities; i++)
    {
      if (gx_entities[i]->fact_of == NULL && !print_rows_of (context, gx_entities[i], error))
        return FALSE;
    }

  return TRUE;
}

static GxcContext *
open_profile (const char *profile, GError **error)
{
  GxcContextOptions options = { .directory = profile, .fetch_ahead = TRUE };
  g_autofree char *password = NULL;

  if (!g_file_get_contents (g_getenv ("GUANXI_PASSWORD_FILE"), &password, NULL, error))
    return NULL;
  g_strdelimit (password, "\r\n", '\0');
  options.key = gxc_unlock (profile, NULL, password, NULL, error);

  return options.key != NULL ? gxc_context_new (&options, error) : NULL;
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_autoptr(GxcContext) context = open_profile (argv[1], error);
  g_autoptr(GPtrArray) queue = NULL;
  g_autoptr(GPtrArray) issues = NULL;
  gint64 started = g_get_monotonic_time ();
  clock_t used = clock ();

  if (context == NULL)
    return FALSE;
  if (g_str_equal (argv[2], "rows"))
    return print_rows (context, error);
  if (!(argc == 5 ? edit (context, argv + 3, error) : gxc_sync_run (gxc_context_get_sync (context), NULL, error)))
    return FALSE;
  printf ("{\"seconds\":%.4f,\"cpu\":%.4f", (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC,
          (double) (clock () - used) / CLOCKS_PER_SEC);
  queue = gxc_queue_list (db_of (context), error);
  issues = queue != NULL ? gxc_issues_list (db_of (context), error) : NULL;
  if (issues != NULL)
    printf (",\"waiting\":%u,\"refused\":%u}\n", queue->len, issues->len);

  return issues != NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;

  if ((argc == 3 && (g_str_equal (argv[2], "sync") || g_str_equal (argv[2], "rows"))) || (argc == 5 && g_str_equal (argv[2], "edit")))
    {
      if (run (argc, argv, &error))
        return EXIT_SUCCESS;
      fprintf (stderr, "gxb-field: %s\n", error->message);
      return EXIT_FAILURE;
    }
  fputs ("gxb-field PROFILE sync | edit N TIME | rows\n", stderr);

  return EXIT_FAILURE;
}
