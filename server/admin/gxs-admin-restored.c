/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `guanxi-server restored --data DIR`: after the files of a backup were put back, and before the bank is served again: says to
 * every desktop that the bank's past is another one now, so that they offer what was lost once more.
 *
 * It copies no files. Run once too often it costs each desktop a first load, and nothing else.
 */
#include "gxs-admin.h"

#include "gx-config.h"

#include "gxs-keys.h"
#include "gxs-restore.h"
#include "gxs-sealer.h"
#include "gxs-store.h"

#include <glib/gi18n.h>

static gboolean
write_mark (GxsBatch  *batch,
            gpointer   data,
            GError   **error)
{
  char **epoch = data;

  if (!gxs_restore_mark (batch, error))
    return FALSE;

  g_free (*epoch);
  *epoch = g_strdup (gxs_batch_get_epoch (batch));
  return TRUE;
}

static gboolean
run (const char  *data_dir,
     char       **out_epoch,
     GError     **error)
{
  g_autoptr(GxsKeys) keys = gxs_keys_load (data_dir, error);
  g_auto(GxBankSealer) sealer = { 0 };
  g_autoptr(GxsStore) store = NULL;

  if (keys == NULL)
    return FALSE;

  gxs_sealer_init (&sealer, keys, gx_random_system ());
  store = gxs_store_open (&(GxsStoreOptions) { .data_dir = data_dir, .keys = keys, .sealer = &sealer.parent,
                                               .clock = gx_clock_system (), .random = gx_random_system () }, error);

  return store != NULL
         && gxs_store_run (store, write_mark, out_epoch, error)
         && gx_db_checkpoint (gxs_store_get_writer (store), TRUE, error);
}

static gboolean
parse_options (int       argc,
               char    **argv,
               char    **out_data_dir,
               GError  **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, out_data_dir, N_("Folder of the bank"), "DIR" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, GX_GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;

  return (*out_data_dir != NULL && argc == 1) || gx_fail (error, GX_ERROR_USAGE, "restored --data DIR");
}

/**
 * gxs_admin_restored:
 *
 * Returns: %GXS_EXIT_DONE, %GXS_EXIT_FAILED, %GXS_EXIT_USAGE also if the server runs
 */
int
gxs_admin_restored (int   argc,
                    char *argv[])
{
  g_autofree char *data_dir = NULL;
  g_autofree char *epoch = NULL;
  g_autoptr(GError) error = NULL;
  int status = GXS_EXIT_DONE;

  if (!parse_options (argc, argv, &data_dir, &error))
    status = GXS_EXIT_USAGE;
  else if (run (data_dir, &epoch, &error))
    g_print (_("The bank goes on as epoch %s. Everybody signs in again; each desktop then offers its last seven days once more.\n"), epoch);
  else
    status = g_error_matches (error, GX_ERROR, GX_ERROR_IN_USE) ? GXS_EXIT_USAGE : GXS_EXIT_FAILED;

  if (error != NULL)
    g_printerr ("guanxi-server: %s\n", error->message);

  return status;
}
