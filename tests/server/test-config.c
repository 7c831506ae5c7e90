/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table, four sources: what each says, which one wins, and what a wrong value is told. */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "gx-error.h"
#include "gxs-config.h"

static gboolean
load (GxsConfig *config, const char *line, GError **error)
{
  g_auto(GStrv) words = NULL;
  int argc;
  char **argv;
  g_autofree char **copy = NULL;

  g_assert_true (g_shell_parse_argv (line, &argc, &words, NULL));
  copy = g_memdup2 (words, sizeof (char *) * ((gsize) argc + 1));     /* GOption moves the pointers about */
  argv = copy;
  gxs_config_init (config);
  return gxs_config_load (config, "test", &argc, &argv, error);
}

static void
test_defaults_are_those_of_the_design (void)
{
  g_auto(GxsConfig) config = { 0 };

  gxs_config_init (&config);
  g_assert_cmpstr (config.listen, ==, "127.0.0.1:8443");
  g_assert_cmpuint (config.max_connections, ==, 4096);
  g_assert_cmpuint (config.max_per_ip, ==, 256);
  g_assert_cmpint (config.timeouts.handshake, ==, 5000);
  g_assert_cmpint (config.timeouts.headers, ==, 10000);
  g_assert_cmpuint (config.timeouts.body_rate, ==, 1024);
  g_assert_cmpint (config.timeouts.idle, ==, 75000);
  g_assert_cmpuint (config.limits.max_headers, ==, 16384);
  g_assert_cmpuint (config.limits.max_body, ==, 1048576);
  g_assert_cmpuint (config.limits.max_inflated, ==, 8388608);
  g_assert_cmpuint (config.rates[GXS_RATE_SESSION].tokens, ==, 20);
  g_assert_cmpint (config.rates[GXS_RATE_SESSION].period, ==, 1000);
  g_assert_cmpuint (config.rates[GXS_RATE_SESSION].burst, ==, 60);
  g_assert_cmpint (config.rates[GXS_RATE_LOGIN].period, ==, 60000);
  g_assert_cmpint (config.session_max, ==, 12 * 3600000);
  g_assert_false (config.is_lab);
}

static void
test_every_row_reads_what_it_writes (void)
{
  g_auto(GxsConfig) config = { 0 };
  g_auto(GxsConfig) again = { 0 };
  g_autofree const char **names = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  guint n = gxs_config_get_names (&names);

  gxs_config_init (&config);
  gxs_config_init (&again);
  g_assert_true (gxs_config_set (&config, "data", "/srv/bank", NULL));
  g_assert_true (gxs_config_set (&config, "rate-login", "off", NULL));
  text = gxs_config_to_text (&config);
  close (g_file_open_tmp ("guanxi-conf-XXXXXX", &path, NULL));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_true (gxs_config_load_file (&again, path, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *one = gxs_config_get (&config, names[i]);
      g_autofree char *two = gxs_config_get (&again, names[i]);

      g_assert_cmpstr (one, ==, two);
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (names[i], !=, names[j]);
    }
  g_unlink (path);
}

static void
test_sources_by_rank (void)
{
  g_auto(GxsConfig) config = { 0 };
  g_autofree char *dir = g_dir_make_tmp ("guanxi-conf-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "server.conf", NULL);
  g_autofree char *line = g_strdup_printf ("serve --data %s --read-threads=5 --lab-no-mtls --log l", dir);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "[server]\nread-threads=7\nhash-threads=7\nblob-threads=7\n", -1, NULL));
  g_setenv ("GUANXI_READ_THREADS", "6", TRUE);
  g_setenv ("GUANXI_HASH_THREADS", "6", TRUE);
  g_assert_true (load (&config, line, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (config.read_threads, ==, 5);      /* command line */
  g_assert_cmpuint (config.hash_threads, ==, 6);      /* environment */
  g_assert_cmpuint (config.blob_threads, ==, 7);      /* key file */
  g_assert_cmpuint (config.io_workers, ==, 0);        /* default */
  g_assert_true (config.is_lab);
  g_assert_cmpstr (config.log_file, ==, "l");
  g_unsetenv ("GUANXI_READ_THREADS");
  g_unsetenv ("GUANXI_HASH_THREADS");
  g_unlink (path);
  g_rmdir (dir);
}

static void
test_wrong_values_name_the_option (void)
{
  static const struct { const char *name, *text, *message; } rows[] = {
    { "read-threads", "0", "read-threads: \"0\" is not from 1 to 64" },
    { "read-threads", "three", "read-threads: \"three\" is not a whole number" },
    { "read-threads", "-1", "read-threads: \"-1\" is not a whole number" },
    { "read-threads", "", "read-threads: \"\" is not a whole number" },
    { "max-body", "1MB", "max-body: \"1MB\" is not a size such as 16KiB or 1MiB" },
    { "max-body", "999999999999999GiB", "max-body: \"999999999999999GiB\" is not a size such as 16KiB or 1MiB" },
    { "idle-timeout", "75", "idle-timeout: \"75\" is not a time such as 250ms, 10s, 30min or 12h" },
    { "idle-timeout", "s", "idle-timeout: \"s\" is not a time such as 250ms, 10s, 30min or 12h" },
    { "rate-session", "20", "rate-session: \"20\" is not a rate such as 20/1s, 20/1s,60 or off" },
    { "rate-session", "20,1s", "rate-session: \"20,1s\" is not a rate such as 20/1s, 20/1s,60 or off" },
    { "rate-session", "20/0s", "rate-session: \"20/0s\" is not a rate such as 20/1s, 20/1s,60 or off" },
    { "rate-session", "20/1s,0", "rate-session: \"20/1s,0\" is not a rate such as 20/1s, 20/1s,60 or off" },
    { "lab-no-mtls", "maybe", "lab-no-mtls: \"maybe\" is not yes or no" },
    { "no-such", "1", "no-such: there is no such option" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(GxsConfig) config = { 0 };
      g_autoptr(GError) error = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      gxs_config_init (&config);
      before = gxs_config_to_text (&config);
      g_assert_false (gxs_config_set (&config, rows[i].name, rows[i].text, &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_USAGE);
      g_assert_cmpstr (error->message, ==, rows[i].message);
      after = gxs_config_to_text (&config);
      g_assert_cmpstr (before, ==, after);
    }
}

static void
expect_usage (const char *line, const char *part)
{
  g_auto(GxsConfig) config = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_false (load (&config, line, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_USAGE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_wrong_sources_are_named (void)
{
  g_autofree char *path = NULL;
  g_autofree char *line = NULL;

  expect_usage ("serve --max-body 5", "max-body");
  expect_usage ("serve --no-such=5", "--no-such");
  expect_usage ("serve --config /nonexistent/guanxi.conf", "/nonexistent/guanxi.conf");

  close (g_file_open_tmp ("guanxi-conf-XXXXXX", &path, NULL));
  line = g_strdup_printf ("serve --config %s", path);
  g_assert_true (g_file_set_contents (path, "[server]\nmax-boby=5\n", -1, NULL));
  expect_usage (line, "max-boby: there is no such option");
  expect_usage (line, path);
  g_assert_true (g_file_set_contents (path, "[other]\nmax-body=5\n", -1, NULL));
  expect_usage (line, path);
  g_unlink (path);

  g_setenv ("GUANXI_MAX_BODY", "much", TRUE);
  expect_usage ("serve", "GUANXI_MAX_BODY");
  g_unsetenv ("GUANXI_MAX_BODY");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/config/defaults_are_those_of_the_design", test_defaults_are_those_of_the_design);
  g_test_add_func ("/server/config/every_row_reads_what_it_writes", test_every_row_reads_what_it_writes);
  g_test_add_func ("/server/config/sources_by_rank", test_sources_by_rank);
  g_test_add_func ("/server/config/wrong_values_name_the_option", test_wrong_values_name_the_option);
  g_test_add_func ("/server/config/wrong_sources_are_named", test_wrong_sources_are_named);
  return g_test_run ();
}
