/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guanxi-cli as a script meets it: exit codes, what works without a network, what needs a keyring. The secrets are in
 * libsecret's file backend, or in none.
 */
#include "gxt-desk.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gx-customer.h"
#include "gx-sign.h"
#include "gxc-context.h"
#include "gxc-meta.h"

#define SERVER "https://127.0.0.1:1"        /* nobody listens there */
#define ME "01a2007a-64b5-7003-a0ed-c243b156f1e5"

typedef struct
{
  char     *folder;
  char     *profile;
  gboolean  keyring;
} Desk;

static void
desk_init (Desk     *desk,
           gboolean  keyring)
{
  g_autoptr(GError) error = NULL;
  GxcStoreOptions options = { 0 };
  GxcStore *store;

  desk->folder = g_dir_make_tmp ("guanxi-test-XXXXXX", &error);
  g_assert_no_error (error);
  desk->profile = g_build_filename (desk->folder, "profile", NULL);
  desk->keyring = keyring;
  options.directory = desk->profile;
  store = gxc_store_open (&options, &error);
  g_assert_no_error (error);
  gxc_meta_set (store, GXC_META_SERVER, SERVER, &error);
  gxc_meta_set (store, GXC_META_LOGIN, "rm1", &error);
  gxc_meta_set (store, GXC_META_NAME, "沈一鸣", &error);
  gxc_meta_set (store, GXC_META_CLIENT_ID, ME, &error);
  gxc_meta_set (store, GXC_META_EMPLOYEE_ID, ME, &error);
  g_assert_no_error (error);
  gxc_store_close (store);
}

static void
desk_clear (Desk *desk)
{
  static const char *const names[] = { "store.db", "store.db-wal", "store.db-shm", "lock", "ca.pem" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (desk->profile, names[i], NULL);

      g_unlink (path);
    }
  {
    g_autofree char *secrets = g_build_filename (desk->folder, "secrets", NULL);

    g_unlink (secrets);
  }
  g_rmdir (desk->profile);
  g_rmdir (desk->folder);
  g_free (desk->profile);
  g_free (desk->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static GSubprocessLauncher *
launcher_of (Desk *desk)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *secrets = g_build_filename (desk->folder, "secrets", NULL);

  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  if (desk->keyring)
    {
      g_subprocess_launcher_setenv (launcher, "SECRET_BACKEND", "file", TRUE);
      g_subprocess_launcher_setenv (launcher, "SECRET_FILE_TEST_PATH", secrets, TRUE);
      g_subprocess_launcher_setenv (launcher, "SECRET_FILE_TEST_PASSWORD", "test", TRUE);
    }
  else
    g_subprocess_launcher_unsetenv (launcher, "SECRET_BACKEND");

  return launcher;
}

/* Returns the exit code; the words end with NULL. */
static int
run (Desk  *desk,
     char **out_text,
     ...)
{
  g_autoptr(GSubprocessLauncher) launcher = launcher_of (desk);
  g_autofree char *program = g_build_filename (g_getenv ("GUANXI_BUILD_DIR"), "client", "cli", "guanxi-cli", NULL);
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  g_autoptr(GSubprocess) process = NULL;
  g_autofree char *out = NULL, *err = NULL;
  g_autoptr(GError) error = NULL;
  const char *word;
  va_list args;

  g_ptr_array_add (words, program);
  g_ptr_array_add (words, (gpointer) "--profile");
  g_ptr_array_add (words, desk->profile);
  va_start (args, out_text);
  while ((word = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (words, (gpointer) word);
  va_end (args);
  g_ptr_array_add (words, NULL);

  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_test_message ("%s%s", out, err);
  if (out_text != NULL)
    *out_text = g_strconcat (out, err, NULL);

  return g_subprocess_get_exit_status (process);
}

static void
test_usage (void)
{
  g_auto(Desk) desk = { 0 };

  desk_init (&desk, FALSE);
  g_assert_cmpint (run (&desk, NULL, NULL), ==, 2);
  g_assert_cmpint (run (&desk, NULL, "fly", NULL), ==, 2);
  g_assert_cmpint (run (&desk, NULL, "list", NULL), ==, 2);
  g_assert_cmpint (run (&desk, NULL, "list", "dragon", NULL), ==, 2);
  g_assert_cmpint (run (&desk, NULL, "list", "txn_month", NULL), ==, 2);
  g_assert_cmpint (run (&desk, NULL, "list", "task", "--reason", "x", NULL), ==, 2);
  g_assert_cmpint (run (&desk, NULL, "list", "task", "--where", "title", NULL), ==, 2);
  g_assert_cmpint (run (&desk, NULL, "show", "task", "7", NULL), ==, 2);
  g_assert_cmpint (run (&desk, NULL, "review", "bless", "7", NULL), ==, 2);
  g_assert_cmpint (run (&desk, NULL, "--no-such-option", NULL), ==, 2);
}

static void
test_works_offline (void)
{
  g_auto(Desk) desk = { 0 };
  g_autofree char *made = NULL, *shown = NULL, *queue = NULL, *status = NULL;
  g_autofree char *id = NULL;

  desk_init (&desk, FALSE);
  g_assert_cmpint (run (&desk, &made, "new", "task", "title=回访", "kind=CALL", "due_at=1795223207000", NULL), ==, 0);
  id = g_strndup (made, 36);
  g_assert_cmpint (run (&desk, NULL, "set", "task", id, "status=DONE", "result=已联系", NULL), ==, 0);
  g_assert_cmpint (run (&desk, &shown, "show", "task", id, "--json", NULL), ==, 0);
  g_assert_nonnull (strstr (shown, "\"status\":\"DONE\""));
  g_assert_nonnull (strstr (shown, "\"assignee_id\":\"" ME "\""));
  g_assert_cmpint (run (&desk, &queue, "queue", "--json", NULL), ==, 0);
  g_assert_nonnull (strstr (queue, "\"mid\":1,"));
  g_assert_null (strstr (queue, "\"mid\":2,"));
  g_assert_cmpint (run (&desk, &status, "status", "--json", NULL), ==, 0);
  g_assert_nonnull (strstr (status, "\"pending\":1"));
  g_assert_cmpint (run (&desk, NULL, "set", "task", id, "due_at=x", NULL), ==, 1);
  g_assert_cmpint (run (&desk, NULL, "show", "task", ME, NULL), ==, 1);
}

static void
test_without_a_keyring (void)
{
  g_auto(Desk) desk = { 0 };
  g_autofree char *text = NULL;

  desk_init (&desk, FALSE);
  g_assert_cmpint (run (&desk, &text, "sync", "--json", NULL), ==, 1);
  g_assert_nonnull (strstr (text, "KEYRING_ABSENT"));
  g_assert_cmpint (run (&desk, NULL, "review", "approve", ME, "--note", "已核对无误", NULL), ==, 1);
}

static void
keep_secrets (Desk *desk)
{
  g_autofree char *secrets = g_build_filename (desk->folder, "secrets", NULL);
  g_autoptr(GxcKeyring) keyring = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GxSecretKey) key = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *missing = NULL;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", secrets, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  keyring = gxc_keyring_new (SERVER, "rm1");
  missing = gxc_keyring_lookup (keyring, GXC_SECRET_TOKEN, &error);
  g_assert_error (error, GX_ERROR, GX_ERROR_KEYRING_ITEM);
  g_clear_error (&error);
  gxc_keyring_store (keyring, GXC_SECRET_TOKEN, "token", &error);
  g_assert_no_error (error);
  gx_secret_key_make (gx_random_system (), &key);
  text = gx_secret_key_to_text (&key);
  gxc_keyring_store (keyring, GXC_SECRET_DEVICE, text, &error);
  g_assert_no_error (error);
}

/* A certificate that nobody uses. */
static const char some_ca[] =
  "-----BEGIN CERTIFICATE-----\n"
  "MIIBdTCCARugAwIBAgIULmvp60GbbTMYCtPvWxFqUsh4AewwCgYIKoZIzj0EAwIw\n"
  "DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjIwMDA5MjBaGA8yMTI2MTAyOTAwMDky\n"
  "MFowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAZ2\n"
  "eB66OZFexTlgfG77FpmoP2+KgQuzo0zFfRt8n+0p02qdWMd8YI0/LjEitvjZW64l\n"
  "aTbcLCinZuIy10TpQOCjUzBRMB0GA1UdDgQWBBTcEB2PK/zbl/DrhQfzibkJh4vL\n"
  "XjAfBgNVHSMEGDAWgBTcEB2PK/zbl/DrhQfzibkJh4vLXjAPBgNVHRMBAf8EBTAD\n"
  "AQH/MAoGCCqGSM49BAMCA0gAMEUCIQDaeL3bGsOkhZVNwEMTovsaBwBEyc/L8Rv2\n"
  "4V3fATPwygIgUOsBEaF9lfidPqF7DIqbq82q4jgcNd1JzyaXRWfVPOM=\n"
  "-----END CERTIFICATE-----\n";

/* With a session but without a network: 3. */
static void
test_offline (void)
{
  g_auto(Desk) desk = { 0 };
  g_autofree char *ca = NULL;
  g_autoptr(GError) error = NULL;

  desk_init (&desk, TRUE);
  keep_secrets (&desk);
  ca = g_build_filename (desk.profile, "ca.pem", NULL);
  g_file_set_contents (ca, some_ca, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run (&desk, NULL, "sync", NULL), ==, 3);
  g_assert_cmpint (run (&desk, NULL, "review", "show", ME, NULL), ==, 3);
  g_assert_cmpint (run (&desk, NULL, "sign-in", SERVER, "--user", "rm2", "--password-file", "/dev/null", NULL), ==, 1);
}

static void
test_one_at_a_time (void)
{
  g_auto(Desk) desk = { 0 };
  g_autofree char *text = NULL;
  GxcStoreOptions options = { 0 };
  g_autoptr(GError) error = NULL;
  GxcStore *store;

  desk_init (&desk, FALSE);
  options.directory = desk.profile;
  store = gxc_store_open (&options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run (&desk, &text, "status", "--json", NULL), ==, 1);
  g_assert_nonnull (strstr (text, "IN_USE"));
  gxc_store_close (store);
}

/* Many commands, one start: each has its code, and one that is wrong ends nothing. */
static void
test_batch (void)
{
  g_auto(Desk) desk = { 0 };
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autofree char *program = g_build_filename (g_getenv ("GUANXI_BUILD_DIR"), "client", "cli", "guanxi-cli", NULL);
  g_autoptr(GSubprocess) process = NULL;
  g_autofree char *out = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;

  desk_init (&desk, TRUE);
  launcher = launcher_of (&desk);
  g_subprocess_launcher_set_flags (launcher, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, "--profile", desk.profile, "batch", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, "new task 'title=给 客户 回电' kind=CALL due_at=1795223207000 --json\n\nqueue --json\nset\nbatch\nlist 'task\nsync\n",
                                 NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  g_test_message ("%s", out);
  lines = g_strsplit (out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 9);
  g_assert_nonnull (strstr (lines[0], "\"id\""));
  g_assert_cmpstr (lines[1], ==, "= 0");
  g_assert_nonnull (strstr (lines[2], "给 客户 回电"));
  g_assert_cmpstr (lines[3], ==, "= 0");
  for (guint i = 4; i < 7; i++)
    g_assert_cmpstr (lines[i], ==, "= 2");
  g_assert_cmpstr (lines[7], !=, "= 0");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/usage", test_usage);
  g_test_add_func ("/cli/works_offline", test_works_offline);
  g_test_add_func ("/cli/without_a_keyring", test_without_a_keyring);
  g_test_add_func ("/cli/offline", test_offline);
  g_test_add_func ("/cli/batch", test_batch);
  g_test_add_func ("/cli/one_at_a_time", test_one_at_a_time);

  return g_test_run ();
}
