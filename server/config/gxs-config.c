/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of what can be configured, and where its values come from.
 *
 *   default  <  key file (--config, else DIR/server.conf if it is there)  <  environment  <  command line
 *
 * A new limit is a new row. It does not act on anything: main hands the values to the layers that hold to them.
 */
#include "gxs-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-config.h"
#include "gx-error.h"
#include "gx-protocol.h"
#include "gxs-option.h"

#define KEY_FILE_GROUP "server"
#define KEY_FILE_NAME "server.conf"
#define ENVIRONMENT_PREFIX "GUANXI_"

#define MS_MAX (365 * G_GINT64_CONSTANT (86400000))
#define QUEUE_MAX 1000000

/* A row whose member has another type than its kind does not compile. */
#define OFFSET(type, member) (_Generic (((GxsConfig *) 0)->member, type: offsetof (GxsConfig, member)))
#define TEXT(name, member, initial, arg, help)            { name, GXS_OPTION_TEXT, OFFSET (char *, member), initial, 0, 0, help, arg }
#define FLAG(name, member, help)                          { name, GXS_OPTION_FLAG, OFFSET (gboolean, member), "no", 0, 1, help, NULL }
#define COUNT(name, member, initial, min, max, help)      { name, GXS_OPTION_COUNT, OFFSET (guint, member), initial, min, max, help, "N" }
#define SIZE(name, member, initial, min, max, help)       { name, GXS_OPTION_SIZE, OFFSET (gsize, member), initial, min, max, help, "SIZE" }
#define TIME(name, member, initial, min, max, help)       { name, GXS_OPTION_TIME, OFFSET (gint64, member), initial, min, max, help, "TIME" }
#define RATE(name, member, initial, help)                 { name, GXS_OPTION_RATE, OFFSET (GxsRateLimit, member), initial, 0, 0, help, "RATE" }

static const GxsOption options[] = {
  TEXT  ("data", data_dir, NULL, "DIR", N_("Folder of the bank")),
  TEXT  ("config", config_file, NULL, "FILE", N_("Key file with these options (otherwise server.conf in the bank's folder)")),
  TEXT  ("listen", listen, "127.0.0.1:8443", "ADDRESS:PORT", N_("Where desktops reach the server")),
  TEXT  ("certificate", certificate, NULL, "FILE", N_("Server certificate (otherwise that in the bank's folder)")),
  TEXT  ("key", key, NULL, "FILE", N_("Key of the server certificate")),
  TEXT  ("client-ca", client_ca, NULL, "FILE", N_("CA whose client certificates are required")),
  TEXT  ("log", log_file, NULL, "FILE", N_("Log file (otherwise standard error)")),
  TEXT  ("accept-fork", accept_fork, NULL, "TICKET", N_("Start although the audit log does not verify, under this ticket")),
  FLAG  ("lab-no-mtls", is_lab, N_("Serve other machines without client certificates (for a laboratory)")),

  COUNT ("io-workers", io_workers, "0", 0, 64, N_("Threads for connections; 0 = one a core")),
  COUNT ("read-threads", read_threads, "3", 1, 64, N_("Threads for queries")),
  COUNT ("read-queue", read_queue, "256", 1, QUEUE_MAX, N_("Queries that may wait")),
  COUNT ("hash-threads", hash_threads, "2", 1, 16, N_("Threads for checking passwords")),
  COUNT ("hash-queue", hash_queue, "32", 1, QUEUE_MAX, N_("Password checks that may wait")),
  COUNT ("blob-threads", blob_threads, "2", 1, 64, N_("Threads for attachments")),
  COUNT ("blob-queue", blob_queue, "64", 1, QUEUE_MAX, N_("Attachment parts that may wait")),
  COUNT ("commit-batch", commit_batch, "256", 1, 4096, N_("Changes in one transaction")),
  COUNT ("commit-queue", commit_queue, "4096", 1, QUEUE_MAX, N_("Changes that may wait")),

  COUNT ("max-connections", max_connections, "4096", 1, 1000000, N_("Connections in all")),
  COUNT ("max-connections-per-ip", max_per_ip, "256", 1, 1000000, N_("Connections from one address")),
  TIME  ("handshake-timeout", timeouts.handshake, "5s", 10, MS_MAX, N_("Time for the TLS handshake")),
  TIME  ("headers-timeout", timeouts.headers, "10s", 10, MS_MAX, N_("Time for a request's headers")),
  TIME  ("body-grace", timeouts.body_grace, "10s", 10, MS_MAX, N_("Time before a body's speed is looked at")),
  COUNT ("body-rate", timeouts.body_rate, "1024", 0, 1000000000, N_("Bytes a second that a body must keep up")),
  TIME  ("stall-timeout", timeouts.stall, "60s", 10, MS_MAX, N_("Time that an answer may stand still")),
  TIME  ("idle-timeout", timeouts.idle, "75s", 10, MS_MAX, N_("Time that a connection may be idle")),
  TIME  ("ping-interval", timeouts.keepalive, "30s", 10, MS_MAX, N_("Time between two pings of a desk that listens")),
  TIME  ("linger-timeout", timeouts.linger, "2s", 10, MS_MAX, N_("Time for a refused client to read why")),
  TIME  ("sweep-interval", sweep, "1s", 1, 60000, N_("Time between two looks at the deadlines")),
  TIME  ("drain-timeout", drain, "10s", 0, MS_MAX, N_("Time for answers in the making when the server stops")),
  COUNT ("max-requests", limits.max_requests, "1000", 1, 1000000000, N_("Requests on one connection")),
  SIZE  ("max-headers", limits.max_headers, "16KiB", 1024, 65536, N_("Size of a request's headers")),
  SIZE  ("max-body", limits.max_body, "1MiB", 1024, 64 * GX_MIB, N_("Size of a request's body as sent")),
  SIZE  ("max-inflated", limits.max_inflated, "8MiB", 1024, GX_INFLATED_MAX, N_("Size of a request's body unpacked")),
  COUNT ("max-inflate-ratio", limits.max_ratio, "100", 1, 1032, N_("Unpacked size to sent size")),
  SIZE  ("max-blob", max_blob, "50MiB", 4096, 1024 * (gint64) GX_MIB, N_("Size of an attachment")),
  RATE  ("rate-session", rates[GXS_RATE_SESSION], "20/1s,60", N_("Requests of one session")),
  RATE  ("rate-login", rates[GXS_RATE_LOGIN], "5/1min,5", N_("Sign-ins from one device")),
  RATE  ("rate-address", rates[GXS_RATE_ADDRESS], "60/1min,60", N_("Sign-ins from one address")),

  TIME  ("session-idle", session_idle, "30min", 1000, MS_MAX, N_("Time without a person's action after which a session ends")),
  TIME  ("session-max", session_max, "12h", 1000, MS_MAX, N_("Time after which a session ends in any case")),
  TIME  ("step-up-age", step_up_age, "5min", 1000, MS_MAX, N_("Time for which a repeated password counts")),
};

static const GxsOption *
find_option (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (strcmp (options[i].name, name) == 0)
      return &options[i];

  return NULL;
}

/**
 * gxs_config_init:
 *
 * Fills @config with what holds when nothing is said.
 */
void
gxs_config_init (GxsConfig *config)
{
  memset (config, 0, sizeof *config);
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autoptr(GError) error = NULL;

      if (options[i].initial != NULL && !gxs_option_parse (&options[i], config, options[i].initial, &error))
        g_error ("%s", error->message);
    }
}

void
gxs_config_clear (GxsConfig *config)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    gxs_option_clear (&options[i], config);
}

/**
 * gxs_config_set:
 * @name: as in the table
 *
 * Returns: %FALSE with %GX_ERROR_USAGE naming the option if there is none of that name or @text is no value for it
 */
gboolean
gxs_config_set (GxsConfig   *config,
                const char  *name,
                const char  *text,
                GError     **error)
{
  const GxsOption *option = find_option (name);

  if (option == NULL)
    return gx_fail_field (error, GX_ERROR_USAGE, name, "unknown", "there is no such option");

  return gxs_option_parse (option, config, text, error);
}

/**
 * gxs_config_get:
 *
 * Returns: (transfer full) (nullable): the value of an option as it would be typed
 */
char *
gxs_config_get (const GxsConfig *config,
                const char      *name)
{
  const GxsOption *option = find_option (name);

  return option != NULL ? gxs_option_write (option, config) : NULL;
}

/**
 * gxs_config_get_names:
 * @out_names: (out) (transfer container): the names of all options, in the order of --help
 */
guint
gxs_config_get_names (const char ***out_names)
{
  *out_names = g_new0 (const char *, G_N_ELEMENTS (options) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    (*out_names)[i] = options[i].name;

  return G_N_ELEMENTS (options);
}

/**
 * gxs_config_to_text:
 *
 * Returns: (transfer full): `name=value` lines of all that is set, fit for a key file; what a bench ran with
 */
char *
gxs_config_to_text (const GxsConfig *config)
{
  GString *out = g_string_new ("[" KEY_FILE_GROUP "]\n");

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *value = gxs_option_write (&options[i], config);

      if (value != NULL)
        g_string_append_printf (out, "%s=%s\n", options[i].name, value);
    }

  return g_string_free (out, FALSE);
}

/**
 * gxs_config_load_file:
 * @path: a key file with a group [server]
 */
gboolean
gxs_config_load_file (GxsConfig   *config,
                      const char  *path,
                      GError     **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_auto(GStrv) keys = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error)
      || (keys = g_key_file_get_keys (file, KEY_FILE_GROUP, NULL, error)) == NULL)
    {
      g_autofree char *reason = g_strdup (error != NULL && *error != NULL ? (*error)->message : "");

      g_clear_error (error);
      return gx_fail (error, GX_ERROR_USAGE, "%s: %s", path, reason);
    }

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *value = g_key_file_get_string (file, KEY_FILE_GROUP, keys[i], NULL);

      if (!gxs_config_set (config, keys[i], value != NULL ? value : "", error))
        {
          g_prefix_error (error, "%s: ", path);
          return FALSE;
        }
    }

  return TRUE;
}

static char *
variable_of (const GxsOption *option)
{
  g_autofree char *upper = g_ascii_strup (option->name, -1);

  return g_strconcat (ENVIRONMENT_PREFIX, g_strdelimit (upper, "-", '_'), NULL);
}

/**
 * gxs_config_load_environment:
 * @environment: (nullable): as of g_get_environ(); %NULL: the process's own
 */
gboolean
gxs_config_load_environment (GxsConfig  *config,
                             char      **environment,
                             GError    **error)
{
  g_auto(GStrv) own = environment == NULL ? g_get_environ () : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *variable = variable_of (&options[i]);
      const char *value = g_environ_getenv (environment != NULL ? environment : own, variable);

      if (value != NULL && !gxs_option_parse (&options[i], config, value, error))
        {
          g_prefix_error (error, "%s: ", variable);
          return FALSE;
        }
    }

  return TRUE;
}

/* The command line: GOption finds the words, the table reads them; nothing is applied before all sources are known. */

typedef struct
{
  const GxsOption *option;
  char            *text;      /* (owned) */
} Given;

static void
given_clear (gpointer data)
{
  g_free (((Given *) data)->text);
}

static gboolean
on_option_cb (const char  *name,
              const char  *value,
              gpointer     data,
              GError     **error)
{
  GArray *given = data;
  Given item = { find_option (name + strlen ("--")), g_strdup (value != NULL ? value : "yes") };

  g_array_append_val (given, item);
  return TRUE;
}

static GOptionGroup *
make_group (GArray *given)
{
  g_autofree GOptionEntry *entries = g_new0 (GOptionEntry, G_N_ELEMENTS (options) + 1);
  GOptionGroup *group = g_option_group_new ("server", "", "", given, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    entries[i] = (GOptionEntry) {
      .long_name = options[i].name, .arg = G_OPTION_ARG_CALLBACK, .arg_data = (gpointer) on_option_cb,
      .flags = options[i].kind == GXS_OPTION_FLAG ? G_OPTION_FLAG_NO_ARG : 0,
      .description = options[i].help, .arg_description = options[i].arg,
    };
  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GX_GETTEXT_PACKAGE);

  return group;
}

static gboolean
apply_given (GxsConfig  *config,
             GArray     *given,
             GError    **error)
{
  for (guint i = 0; i < given->len; i++)
    {
      Given *item = &g_array_index (given, Given, i);

      if (!gxs_option_parse (item->option, config, item->text, error))
        return FALSE;
    }

  return TRUE;
}

/* The command line and the environment say which key file; then it is read under them. */
static gboolean
load_sources (GxsConfig  *config,
              GArray     *given,
              GError    **error)
{
  g_autofree char *file = NULL;

  if (!gxs_config_load_environment (config, NULL, error) || !apply_given (config, given, error))
    return FALSE;

  file = g_strdup (config->config_file);
  if (file == NULL && config->data_dir != NULL)
    {
      file = g_build_filename (config->data_dir, KEY_FILE_NAME, NULL);
      if (!g_file_test (file, G_FILE_TEST_EXISTS))
        g_clear_pointer (&file, g_free);
    }
  if (file == NULL)
    return TRUE;

  return gxs_config_load_file (config, file, error)
         && gxs_config_load_environment (config, NULL, error)
         && apply_given (config, given, error);
}

/**
 * gxs_config_load:
 * @summary: for --help
 * @argc: (inout):
 * @argv: (inout): what the table knows is taken out
 *
 * Reads all sources into an initialised @config. `--help` prints the table and exits.
 *
 * Returns: %FALSE with %GX_ERROR_USAGE naming the option, and the file or variable it came from
 */
gboolean
gxs_config_load (GxsConfig    *config,
                 const char   *summary,
                 int          *argc,
                 char       ***argv,
                 GError      **error)
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GArray) given = g_array_new (FALSE, FALSE, sizeof (Given));
  g_autoptr(GError) local = NULL;

  g_array_set_clear_func (given, given_clear);
  g_option_context_set_summary (context, summary);
  g_option_context_set_main_group (context, make_group (given));
  if (!g_option_context_parse (context, argc, argv, &local))
    return gx_fail (error, GX_ERROR_USAGE, "%s", local->message);

  return load_sources (config, given, error);
}

/**
 * gxs_config_fill_listener:
 * @out_setup: (out): the configured part of it; what does the work is added by main
 */
void
gxs_config_fill_listener (const GxsConfig  *config,
                          GxsListenerSetup *out_setup)
{
  *out_setup = (GxsListenerSetup) {
    .address = config->listen, .n_workers = config->io_workers, .max_connections = config->max_connections,
    .max_per_ip = config->max_per_ip, .sweep = config->sweep, .max_headers = config->limits.max_headers,
    .timeouts = config->timeouts,
  };
}
