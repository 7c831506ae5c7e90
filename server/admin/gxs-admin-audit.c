/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `guanxi-server audit verify`: whether the audit log is the one that was written. Exit 0 clean, 1 tampered with (the first bad
 * number and what differs are printed), 2 could not be checked.
 *
 * A stopped bank is opened read-only under its lock; a running one is asked over its control socket, since no second
 * process opens the database.
 */
#include "gxs-admin-audit.h"

#include "gx-config.h"

#include "gx-json.h"
#include "gx-note.h"
#include "gxs-admin.h"
#include "gxs-audit-tree.h"
#include "gxs-audit-verify.h"
#include "gxs-control.h"
#include "gxs-keys.h"
#include "gxs-lock.h"
#include "gxs-server.h"
#include "gxs-store.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char     *data_dir;
  char     *verifier;
  gboolean  json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->data_dir);
  g_free (options->verifier);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Only two public keys can be meant: that of the log's own signer, or one that the auditor brought. */
static gboolean
find_key (const Options  *options,
          const GxsKeys  *keys,
          GxPublicKey    *out_key,
          GError        **error)
{
  g_autofree char *name = NULL;
  g_auto(GxSecretKey) secret = { 0 };

  if (options->verifier != NULL)
    return gx_note_verifier_parse (options->verifier, &name, out_key, error);

  gx_secret_key_from_seed (keys->audit_seed, &secret);
  gx_secret_key_get_public (&secret, out_key);
  return TRUE;
}

static gboolean
verify_here (const Options   *options,
             GxsAuditReport  *report,
             GError         **error)
{
  g_autoptr(GxsKeys) keys = gxs_keys_load (options->data_dir, error);
  g_autoptr(GxsBankFile) file = keys != NULL ? gxs_bank_file_new (options->data_dir, keys, error) : NULL;
  g_autoptr(GxDb) db = NULL;
  GxPublicKey key;

  if (file == NULL || !find_key (options, keys, &key, error) || !gxs_bank_file_adopt (file, error))
    return FALSE;
  db = gxs_bank_file_open (file, GX_DB_READ_ONLY, 0, error);

  return db != NULL && gxs_audit_verify (db, &key, report, error);
}

static gboolean
read_report (const char      *answer,
             GxsAuditReport  *report,
             GError         **error)
{
  g_autoptr(JsonNode) root = gx_json_parse (answer, -1, error);
  JsonObject *object = root != NULL ? gx_json_root_object (root, error) : NULL;
  const char *fault = NULL;

  if (object == NULL
      || !gx_json_get_int (object, "entries", &report->entries, error)
      || !gx_json_get_int (object, "checkpoints", &report->checkpoints, error)
      || !gx_json_get_int (object, "requests", &report->requests, error)
      || !gx_json_get_int (object, "bad_seq", &report->bad_seq, error))
    return FALSE;
  if (!JSON_NODE_HOLDS_NULL (json_object_get_member (object, "fault")) && !gx_json_get_string (object, "fault", &fault, error))
    return FALSE;

  report->fault = g_strdup (fault);
  return TRUE;
}

static gboolean
ask_server (const Options   *options,
            GxsAuditReport  *report,
            GError         **error)
{
  g_autofree char *line = g_strdup_printf ("audit verify %s", options->verifier != NULL ? options->verifier : "");
  g_autofree char *answer = gxs_control_ask (options->data_dir, g_strchomp (line), error);

  return answer != NULL && read_report (answer, report, error);
}

static gboolean
verify (const Options   *options,
        GxsAuditReport  *report,
        GError         **error)
{
  g_autofree char *location = g_build_filename (options->data_dir, GXS_STORE_FILE, NULL);
  g_autoptr(GxsLock) lock = NULL;
  g_autoptr(GError) local = NULL;

  if (!g_file_test (location, G_FILE_TEST_EXISTS))
    return gx_fail (error, GX_ERROR_NOT_FOUND, "%s: there is no bank", options->data_dir);
  lock = gxs_lock_take (options->data_dir, &local);
  if (lock != NULL)
    return verify_here (options, report, error);
  if (g_error_matches (local, GX_ERROR, GX_ERROR_IN_USE))
    return ask_server (options, report, error);

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * gxs_admin_audit_run:
 * @arguments: nothing, or the text of another key to verify with
 *
 * Returns: (transfer full) (nullable): gxs_audit_report_json()
 */
char *
gxs_admin_audit_run (gpointer     server,
                     const char  *arguments,
                     GError     **error)
{
  g_autoptr(GxDb) db = gxs_store_open_reader (gxs_server_get_services (server)->store, error);
  g_auto(GxsAuditReport) report = { 0 };
  g_autofree char *name = NULL;
  GxPublicKey key;

  if (db == NULL)
    return NULL;

  gxs_server_get_audit_key (server, &key);
  if (*arguments != '\0' && !gx_note_verifier_parse (arguments, &name, &key, error))
    return NULL;

  return gxs_audit_verify (db, &key, &report, error) ? gxs_audit_report_json (&report) : NULL;
}

static int
print_report (const Options        *options,
              const GxsAuditReport *report)
{
  g_autofree char *json = gxs_audit_report_json (report);

  if (options->json)
    g_print ("%s\n", json);
  else if (report->fault == NULL)
    g_print (_("clean: %lld entries, %lld checkpoints, %lld applied requests\n"), (long long) report->entries,
             (long long) report->checkpoints, (long long) report->requests);
  else if (report->bad_seq > 0)
    g_print (_("TAMPERED: entry %lld: %s\n"), (long long) report->bad_seq, report->fault);
  else
    g_print (_("TAMPERED: %s\n"), report->fault);

  return report->fault == NULL ? GXS_EXIT_DONE : GXS_EXIT_FAILED;
}

static gboolean
parse_options (int       argc,
               char    **argv,
               Options  *options,
               GError  **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data_dir, N_("Folder of the bank"), "DIR" },
    { "pub", 0, 0, G_OPTION_ARG_STRING, &options->verifier, N_("Key to check signatures with (name+hash+key)"), "KEY" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_("Print the findings as JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("verify");

  g_option_context_add_main_entries (context, entries, GX_GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc != 2 || strcmp (argv[1], "verify") != 0 || options->data_dir == NULL)
    return gx_fail (error, GX_ERROR_USAGE, "audit verify --data DIR [--pub KEY] [--json]");

  return TRUE;
}

/**
 * gxs_admin_audit:
 *
 * Returns: 0 clean, 1 tampered with, 2 could not be checked
 */
int
gxs_admin_audit (int   argc,
                 char *argv[])
{
  g_auto(Options) options = { 0 };
  g_auto(GxsAuditReport) report = { 0 };
  g_autoptr(GError) error = NULL;

  if (!parse_options (argc, argv, &options, &error) || !verify (&options, &report, &error))
    {
      g_printerr ("guanxi-server: %s\n", error->message);
      return GXS_EXIT_USAGE;
    }

  return print_report (&options, &report);
}
