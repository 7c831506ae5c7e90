/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `guanxi-server import berka SRC --data DIR [--dry-run] [--password-file F]`: reads a real bank into ours, prints what
 * became of every file, and changes nothing when run again. The server must be stopped.
 */
#include "gxs-admin.h"

#include "gx-config.h"

#include "gx-login.h"
#include "gx-money.h"
#include "gx-sql.h"
#include "gxs-import-berka.h"
#include "gxs-keys.h"
#include "gxs-password.h"
#include "gxs-sealer.h"
#include "gxs-store.h"
#include "gxs-write.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char     *data_dir;
  char     *password_file;
  gboolean  dry_run;
  char     *source;
} Options;

typedef struct
{
  const Options *options;
  GxsBerka      *berka;
  gboolean       written;       /* all went in; a dry run then fails on purpose, which undoes it */
} Import;

static gboolean
write_import (GxsBatch  *batch,
              gpointer   data,
              GError   **error)
{
  Import *import = data;

  import->written = gxs_berka_write (import->berka, batch, error);
  if (import->written && import->options->dry_run)
    return gx_fail (error, GX_ERROR_CANCELLED, "a dry run");

  return import->written;
}

static gboolean
set_password (GxsBatch    *batch,
              const char  *login,
              const char  *password,
              GError     **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  GxsActor actor = { .action = "password", .unaudited = FALSE };
  g_autoptr(GxStatement) rows = gx_db_query (db, error, "SELECT id FROM login WHERE login=?", "t", login);
  GxId id;
  GxLogin *before, *after;
  gboolean ok;

  if (rows == NULL)
    return FALSE;
  if (!gx_statement_next (rows, error))
    return gx_fail_field (error, GX_ERROR_NOT_FOUND, login, "login", "there is no such login");

  id = gx_statement_get_id (rows, 0);
  g_clear_pointer (&rows, gx_statement_release);
  before = gx_sql_load (db, &gx_login_entity, &id, error);
  if (before == NULL)
    return FALSE;
  after = gx_entity_copy (&gx_login_entity, before);
  g_free (after->pw_hash);
  after->pw_hash = gxs_password_hash (password);
  ok = gxs_write_update (batch, &actor, &gx_login_entity, before, after, error);
  gx_entity_free (&gx_login_entity, before);
  gx_entity_free (&gx_login_entity, after);

  return ok;
}

/* Lines "login:password"; blank ones and those that begin with # are passed over. */
static gboolean
write_passwords (GxsBatch  *batch,
                 gpointer   data,
                 GError   **error)
{
  g_auto(GStrv) lines = g_strsplit (data, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      char *colon = strchr (line, ':');

      if (*line == '\0' || *line == '#')
        continue;
      if (colon == NULL)
        return gx_fail (error, GX_ERROR_MALFORMED, "password file, line %u: is not login:password", i + 1);
      *colon = '\0';
      if (!gxs_password_check (colon + 1, error) || !set_password (batch, line, colon + 1, error))
        {
          g_prefix_error (error, "password file, line %u: ", i + 1);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
run_passwords (const Options  *options,
               GxsStore       *store,
               GError        **error)
{
  g_autofree char *text = NULL;

  if (options->password_file == NULL || options->dry_run)
    return TRUE;
  if (!g_file_get_contents (options->password_file, &text, NULL, error))
    return gx_error_adopt (error);

  return gxs_store_run (store, write_passwords, text, error);
}

static gboolean
run_import (Import  *import,
            GError **error)
{
  const Options *options = import->options;
  g_autoptr(GxsKeys) keys = NULL;
  g_autoptr(GxsStore) store = NULL;
  g_autoptr(GError) local = NULL;
  g_auto(GxBankSealer) sealer = { 0 };

  keys = gxs_keys_load (options->data_dir, error);
  if (keys == NULL)
    return FALSE;

  gxs_sealer_init (&sealer, keys, gx_random_system ());
  store = gxs_store_open (&(GxsStoreOptions) { .data_dir = options->data_dir, .keys = keys, .sealer = &sealer.parent,
                                               .clock = gx_clock_system (), .random = gx_random_system () }, error);
  if (store == NULL || (import->berka = gxs_berka_read (options->source, error)) == NULL)
    return FALSE;
  if (!gxs_store_run (store, write_import, import, &local) && !(import->written && options->dry_run))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return run_passwords (options, store, error) && gx_db_checkpoint (gxs_store_get_writer (store), TRUE, error);
}

static void
print_total (const char *label,
             gint64      amount)
{
  g_print ("  %-34s %" G_GINT64_FORMAT ".%02d\n", label, amount / 100, (int) ABS (amount % 100));
}

static void
report (const Import *import,
        gint64        elapsed)
{
  const GxsBerka *berka = import->berka;

  g_print ("%-32s %9s %9s %9s %9s\n", _("file"), _("read"), _("written"), _("unchanged"), _("rejected"));
  for (guint i = 0; i < GXS_BERKA_N_FILES; i++)
    {
      const GxsImportFile *file = berka->files[i];
      g_autofree char *name = g_path_get_basename (file->path);

      g_print ("%-32s %9u %9u %9u %9u\n", name, file->read, file->written, file->unchanged, file->rejects->len);
      for (guint j = 0; j < file->rejects->len; j++)
        g_print ("  %s\n", (char *) file->rejects->pdata[j]);
    }
  g_print ("%s\n", _("control totals (CZK)"));
  print_total (_("orders: amount"), berka->totals[GXS_BERKA_ORDER]);
  print_total (_("loans: amount"), berka->totals[GXS_BERKA_LOAN]);
  print_total (_("loans: monthly payments"), berka->payments);
  print_total (_("transactions: amount"), berka->totals[GXS_BERKA_TRANS]);
  print_total (_("transactions: credits"), berka->in);
  print_total (_("transactions: debits"), berka->out);
  print_total (_("transactions: posted balances"), berka->balances);
  g_print (import->options->dry_run ? _("dry run: nothing was written; %.1f s\n") : _("done in %.1f s\n"), (double) elapsed / 1e6);
}

static gboolean
parse_options (int       argc,
               char    **argv,
               Options  *options,
               GError  **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data_dir, N_("Folder of the bank"), "DIR" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options->dry_run, N_("Read and check everything, write nothing"), NULL },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options->password_file, N_("Lines login:password for imported logins"), "FILE" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, GX_GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (options->data_dir == NULL || argc != 3 || strcmp (argv[1], "berka") != 0)
    return gx_fail (error, GX_ERROR_USAGE, "import berka SRC --data DIR [--dry-run] [--password-file FILE]");

  options->source = g_strdup (argv[2]);
  return TRUE;
}

/**
 * gxs_admin_import:
 *
 * Returns: %GXS_EXIT_DONE even if rows were rejected (they are printed), %GXS_EXIT_FAILED, %GXS_EXIT_USAGE
 */
int
gxs_admin_import (int   argc,
                  char *argv[])
{
  Options options = { 0 };
  Import import = { .options = &options };
  g_autoptr(GError) error = NULL;
  gint64 started = g_get_monotonic_time ();
  int status = GXS_EXIT_DONE;

  if (!parse_options (argc, argv, &options, &error))
    status = GXS_EXIT_USAGE;
  else if (run_import (&import, &error))
    report (&import, g_get_monotonic_time () - started);
  else
    status = g_error_matches (error, GX_ERROR, GX_ERROR_IN_USE) ? GXS_EXIT_USAGE : GXS_EXIT_FAILED;

  if (error != NULL)
    g_printerr ("guanxi-server: %s\n", error->message);
  g_clear_pointer (&import.berka, gxs_berka_free);
  g_free (options.data_dir);
  g_free (options.password_file);
  g_free (options.source);

  return status;
}
