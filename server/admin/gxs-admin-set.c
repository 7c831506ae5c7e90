/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `guanxi-server set CODE VALUE --data DIR`: one setting of a stopped bank, among them how many days a desk may go on without
 * it. Every desk hears it with its next sync, and the log says that it was changed.
 *
 * Only what the bank has already is set: a misspelt code makes no setting that nobody reads.
 */
#include "gxs-admin.h"

#include "gx-config.h"

#include "gx-check.h"
#include "gx-setting.h"
#include "gx-sql.h"
#include "gxs-keys.h"
#include "gxs-sealer.h"
#include "gxs-store.h"
#include "gxs-write.h"

#include <glib/gi18n.h>

typedef struct
{
  char *data_dir, *code, *value;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->data_dir);
  g_free (options->code);
  g_free (options->value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
find_setting (GxDb        *db,
              const char  *code,
              GxId        *out_id,
              GError     **error)
{
  g_autoptr(GxStatement) rows = gx_db_query (db, error, "SELECT id FROM setting WHERE code = ? AND del = 0", "t", code);
  GError *local = NULL;

  if (rows == NULL)
    return FALSE;
  if (gx_statement_next (rows, &local))
    {
      *out_id = gx_statement_get_id (rows, 0);
      return TRUE;
    }
  if (local == NULL)
    return gx_fail (error, GX_ERROR_NOT_FOUND, "%s: the bank has no such setting", code);

  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
write_setting (GxsBatch  *batch,
               gpointer   data,
               GError   **error)
{
  const GxsActor actor = { .action = "setting" };
  const Options *options = data;
  GxDb *db = gxs_batch_get_db (batch);
  GxSetting *before, *after;
  gboolean done;
  GxId id;

  if (!find_setting (db, options->code, &id, error) || !(before = gx_sql_load (db, &gx_setting_entity, &id, error)))
    return FALSE;
  after = gx_entity_copy (&gx_setting_entity, before);
  g_free (after->value);
  after->value = g_strdup (options->value);
  done = gx_entity_validate (&gx_setting_entity, after, ~(GxFieldSet) 0, error)
         && gx_check_entity (&gx_setting_entity, after, 0, error)
         && gxs_write_update (batch, &actor, &gx_setting_entity, before, after, error);
  gx_entity_free (&gx_setting_entity, before);
  gx_entity_free (&gx_setting_entity, after);

  return done;
}

static gboolean
run (Options  *options,
     GError  **error)
{
  g_autoptr(GxsKeys) keys = gxs_keys_load (options->data_dir, error);
  g_auto(GxBankSealer) sealer = { 0 };
  g_autoptr(GxsStore) store = NULL;

  if (keys == NULL)
    return FALSE;
  gxs_sealer_init (&sealer, keys, gx_random_system ());
  store = gxs_store_open (&(GxsStoreOptions) { .data_dir = options->data_dir, .keys = keys, .sealer = &sealer.parent,
                                               .clock = gx_clock_system (), .random = gx_random_system () }, error);

  return store != NULL
         && gxs_store_run (store, write_setting, options, error)
         && gx_db_checkpoint (gxs_store_get_writer (store), TRUE, error);
}

static gboolean
parse_options (int       argc,
               char    **argv,
               Options  *options,
               GError  **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data_dir, N_("Folder of the bank"), "DIR" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("CODE VALUE");

  g_option_context_add_main_entries (context, entries, GX_GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (options->data_dir == NULL || argc != 3)
    return gx_fail (error, GX_ERROR_USAGE, "set CODE VALUE --data DIR");

  options->code = g_strdup (argv[1]);
  options->value = g_strdup (argv[2]);
  return TRUE;
}

/**
 * gxs_admin_set:
 *
 * Returns: %GXS_EXIT_DONE, %GXS_EXIT_FAILED, %GXS_EXIT_USAGE also if the server runs
 */
int
gxs_admin_set (int   argc,
               char *argv[])
{
  g_auto(Options) options = { 0 };
  g_autoptr(GError) error = NULL;
  int status = GXS_EXIT_DONE;

  if (!parse_options (argc, argv, &options, &error))
    status = GXS_EXIT_USAGE;
  else if (!run (&options, &error))
    status = g_error_matches (error, GX_ERROR, GX_ERROR_IN_USE) ? GXS_EXIT_USAGE : GXS_EXIT_FAILED;
  if (error != NULL)
    g_printerr ("guanxi-server: %s\n", error->message);

  return status;
}
