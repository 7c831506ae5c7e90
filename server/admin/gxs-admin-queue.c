/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `guanxi-server queue show|import FILE`: what a desk could not send and left in a file (`guanxi-cli queue export`).
 *
 *   show     tells what is in it, and with --papers writes its documents into a folder; changes nothing
 *   import   does it, in its person's name; a running server is asked to, over its control socket
 *
 * It can be done as often as one likes: what is done already is not done again.
 */
#include "gxs-admin-queue.h"

#include "gx-config.h"

#include "gx-hash.h"
#include "gx-json.h"
#include "gxs-admin.h"
#include "gxs-control.h"
#include "gxs-keys.h"
#include "gxs-parcel.h"
#include "gxs-sealer.h"
#include "gxs-server.h"
#include "gxs-services.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

typedef struct
{
  char     *data_dir;
  char     *papers;         /* (nullable): folder */
  char     *file;
  gboolean  json;
  gboolean  import;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->data_dir);
  g_free (options->papers);
  g_free (options->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* --- show --------------------------------------------------------------------------------------------------------- */

static void
print_change (JsonObject *change,
              const char *state)
{
  gint64 at = json_object_get_int_member_with_default (change, "at", 0);
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (at / 1000);
  g_autofree char *when = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");

  g_print ("%6lld  %s  %-9s %-14s %s  %s\n", (long long) json_object_get_int_member_with_default (change, "mid", 0), when,
           json_object_get_string_member_with_default (change, "op", ""), json_object_get_string_member_with_default (change, "tbl", ""),
           json_object_get_string_member_with_default (change, "id", ""), state);
}

static void
print_parcel (const GxsParcel *parcel)
{
  JsonArray *mutations = gxs_parcel_list (parcel, "mutations"), *issues = gxs_parcel_list (parcel, "issues");

  g_print (_("The desk of %s: %u changes that wait, %u refused or in conflict, %u documents\n"), parcel->login != NULL ? parcel->login : "?",
           json_array_get_length (mutations), json_array_get_length (issues), parcel->papers->len);
  for (guint i = 0; i < json_array_get_length (mutations); i++)
    print_change (json_array_get_object_element (mutations, i), "");
  for (guint i = 0; i < json_array_get_length (issues); i++)
    {
      JsonObject *issue = json_array_get_object_element (issues, i);

      if (json_object_has_member (issue, "mutation"))
        print_change (json_object_get_object_member (issue, "mutation"), _("refused or in conflict"));
    }
}

static gboolean
write_papers (const GxsParcel  *parcel,
              const char       *folder,
              GError          **error)
{
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return gx_fail (error, GX_ERROR_IO, "%s: cannot be made", folder);
  for (guint i = 0; i < parcel->papers->len; i++)
    {
      GBytes *paper = g_ptr_array_index (parcel->papers, i);
      gsize size;
      const char *data = g_bytes_get_data (paper, &size);
      g_autofree char *name = gx_sha256_hex (data, (gssize) size), *path = g_build_filename (folder, name, NULL);

      if (!g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
        return gx_error_adopt (error);
    }

  return TRUE;
}

static gboolean
show (const Options  *options,
      GError        **error)
{
  g_autoptr(GxsKeys) keys = gxs_keys_load (options->data_dir, error);
  g_autoptr(GxsParcel) parcel = NULL;
  GxParcelKeys pair;

  if (keys == NULL)
    return FALSE;
  gxs_keys_derive_export (keys, &pair);
  parcel = gxs_parcel_read (options->file, &pair, options->data_dir, error);
  sodium_memzero (&pair, sizeof pair);
  if (parcel == NULL || (options->papers != NULL && !write_papers (parcel, options->papers, error)))
    return FALSE;

  if (options->json)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      gx_json_write_node (text, parcel->json);
      g_print ("%s\n", text->str);
    }
  else
    print_parcel (parcel);
  return TRUE;
}

/* --- import ------------------------------------------------------------------------------------------------------- */

static char *
describe (const GxsHandedIn *done)
{
  return g_strdup_printf ("{\"taken\":%u,\"known\":%u,\"refused\":%u,\"papers\":%u,\"papers_refused\":%u}", done->taken, done->known, done->refused,
                          done->papers, done->papers_refused);
}

/**
 * gxs_admin_queue_run:
 * @arguments: the file's path
 */
char *
gxs_admin_queue_run (gpointer     server,
                     const char  *arguments,
                     GError     **error)
{
  GxsServices *services = gxs_server_get_services (server);
  GxsHandedIn done;

  return gxs_parcels_take (&services->parcels, services->store, arguments, &done, error) ? describe (&done) : NULL;
}

static char *
import_here (const Options  *options,
             GError        **error)
{
  g_autoptr(GxsKeys) keys = gxs_keys_load (options->data_dir, error);
  g_auto(GxBankSealer) sealer = { 0 };
  g_autoptr(GxsStore) store = NULL;
  GxsParcels parcels = { options->data_dir, &sealer, keys };
  GxsHandedIn done;
  gboolean ok;

  if (keys == NULL)
    return NULL;
  gxs_sealer_init (&sealer, keys, gx_random_system ());
  store = gxs_store_open (&(GxsStoreOptions) { .data_dir = options->data_dir, .keys = keys, .sealer = &sealer.parent,
                                               .clock = gx_clock_system (), .random = gx_random_system () }, error);
  if (store == NULL)
    return NULL;
  ok = gxs_parcels_take (&parcels, store, options->file, &done, error) && gx_db_checkpoint (gxs_store_get_writer (store), TRUE, error);

  return ok ? describe (&done) : NULL;
}

static char *
import (const Options  *options,
        GError        **error)
{
  g_autoptr(GError) local = NULL;
  char *answer = import_here (options, &local);

  if (answer == NULL && g_error_matches (local, GX_ERROR, GX_ERROR_IN_USE))
    {
      g_autofree char *path = g_canonicalize_filename (options->file, NULL), *line = g_strconcat ("queue import ", path, NULL);

      return gxs_control_ask (options->data_dir, line, error);
    }
  if (answer == NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return answer;
}

static gboolean
print_import (const Options  *options,
              GError        **error)
{
  g_autofree char *answer = import (options, error);
  g_autoptr(JsonNode) node = answer != NULL ? gx_json_parse (answer, -1, error) : NULL;
  JsonObject *object = node != NULL ? gx_json_root_object (node, error) : NULL;
  gint64 taken, known, refused, papers;

  if (object == NULL
      || !gx_json_get_int (object, "taken", &taken, error) || !gx_json_get_int (object, "known", &known, error)
      || !gx_json_get_int (object, "refused", &refused, error) || !gx_json_get_int (object, "papers", &papers, error))
    return FALSE;
  if (options->json)
    g_print ("%s\n", answer);
  else
    g_print (_("%lld changes taken, %lld were known already, %lld refused (queue show tells them), %lld documents\n"), (long long) taken,
             (long long) known, (long long) refused, (long long) papers);

  return TRUE;
}

/* --- the command line --------------------------------------------------------------------------------------------- */

static gboolean
parse_options (int       argc,
               char    **argv,
               Options  *options,
               GError  **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data_dir, N_("Folder of the bank"), "DIR" },
    { "papers", 0, 0, G_OPTION_ARG_FILENAME, &options->papers, N_("Folder to write the documents into"), "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_("Print the findings as JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("show|import FILE");

  g_option_context_add_main_entries (context, entries, GX_GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc != 3 || options->data_dir == NULL || (strcmp (argv[1], "show") != 0 && strcmp (argv[1], "import") != 0))
    return gx_fail (error, GX_ERROR_USAGE, "queue show|import FILE --data DIR [--papers DIR] [--json]");

  options->import = strcmp (argv[1], "import") == 0;
  options->file = g_strdup (argv[2]);
  return TRUE;
}

/**
 * gxs_admin_queue:
 *
 * Returns: %GXS_EXIT_DONE, %GXS_EXIT_FAILED, %GXS_EXIT_USAGE
 */
int
gxs_admin_queue (int   argc,
                 char *argv[])
{
  g_auto(Options) options = { 0 };
  g_autoptr(GError) error = NULL;

  if (!parse_options (argc, argv, &options, &error))
    {
      g_printerr ("guanxi-server: %s\n", error->message);
      return GXS_EXIT_USAGE;
    }
  if (options.import ? print_import (&options, &error) : show (&options, &error))
    return GXS_EXIT_DONE;

  g_printerr ("guanxi-server: %s\n", error->message);
  return GXS_EXIT_FAILED;
}
