/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control socket: text lines over a Unix socket with mode 0600. Who may open it is the file system's decision, made
 * before the first byte; nothing that comes in is more than a name out of the table and its arguments.
 */
#include "gxs-control.h"

#include "gx-error.h"
#include "gx-json.h"
#include "gx-problem.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define LINE_MAX_BYTES 4096
#define TIMEOUT_S 600             /* of whoever asks: verifying a long log takes a while */

struct _GxsControl
{
  char                    *path;
  GSocketService          *service;
  const GxsControlCommand *commands;
  guint                    n_commands;
  gpointer                 data;
};

static char *
path_in (const char *data_dir)
{
  return g_build_filename (data_dir, "control", NULL);
}

static char *
run_line (GxsControl  *control,
          const char  *line,
          GError     **error)
{
  for (guint i = 0; i < control->n_commands; i++)
    {
      gsize length = strlen (control->commands[i].name);

      if (strncmp (line, control->commands[i].name, length) == 0 && (line[length] == '\0' || line[length] == ' '))
        return control->commands[i].run (control->data, line[length] == ' ' ? line + length + 1 : "", error);
    }

  gx_fail (error, GX_ERROR_USAGE, "there is no such command");
  return NULL;
}

/* Runs on a thread of the service. */
static gboolean
on_run_cb (GThreadedSocketService *service,
           GSocketConnection      *connection,
           GObject                *source,
           gpointer                user_data)
{
  g_autoptr(GDataInputStream) input =
    g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree char *line = NULL;
  g_autofree char *answer = NULL;
  g_autoptr(GError) error = NULL;

  g_socket_set_timeout (g_socket_connection_get_socket (connection), 5);
  g_buffered_input_stream_set_buffer_size (G_BUFFERED_INPUT_STREAM (input), LINE_MAX_BYTES);
  line = g_data_input_stream_read_line (input, NULL, NULL, NULL);
  if (line == NULL || strlen (line) > LINE_MAX_BYTES)
    return TRUE;

  answer = run_line (user_data, line, &error);
  if (answer == NULL)
    answer = gx_problem_write (error);
  g_socket_set_timeout (g_socket_connection_get_socket (connection), TIMEOUT_S);
  if (g_output_stream_write_all (output, answer, strlen (answer), NULL, NULL, NULL))
    g_output_stream_write_all (output, "\n", 1, NULL, NULL, NULL);
  return TRUE;
}

/**
 * gxs_control_new:
 * @commands: (transfer none): outlive the socket
 *
 * Answers from the main context of the calling thread on.
 *
 * Returns: (transfer full) (nullable)
 */
GxsControl *
gxs_control_new (const char               *data_dir,
                 const GxsControlCommand  *commands,
                 guint                     n_commands,
                 gpointer                  data,
                 GError                  **error)
{
  g_autofree char *path = path_in (data_dir);
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr(GSocketService) service = g_threaded_socket_service_new (4);
  GxsControl *control;
  mode_t mask;
  gboolean bound;

  /* One that is left over belongs to a server that is gone: ours has the lock. */
  g_unlink (path);
  mask = umask (0177);
  bound = g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                         NULL, NULL, error);
  umask (mask);
  if (!bound)
    {
      gx_error_adopt (error);
      return NULL;
    }

  control = g_new0 (GxsControl, 1);
  control->path = g_steal_pointer (&path);
  control->service = g_steal_pointer (&service);
  control->commands = commands;
  control->n_commands = n_commands;
  control->data = data;
  g_signal_connect (control->service, "run", G_CALLBACK (on_run_cb), control);
  g_socket_service_start (control->service);
  return control;
}

void
gxs_control_free (GxsControl *control)
{
  g_socket_service_stop (control->service);
  g_socket_listener_close (G_SOCKET_LISTENER (control->service));
  g_object_unref (control->service);
  g_unlink (control->path);
  g_free (control->path);
  g_free (control);
}

/**
 * gxs_control_ask:
 * @line: a command and its arguments
 *
 * Asks the server that runs on @data_dir.
 *
 * Returns: (transfer full) (nullable): its answer, a line of JSON; a refusal comes as the error it was
 */
char *
gxs_control_ask (const char  *data_dir,
                 const char  *line,
                 GError     **error)
{
  g_autofree char *path = path_in (data_dir);
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  g_autoptr(GDataInputStream) input = NULL;
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  g_autofree char *answer = NULL;

  g_socket_client_set_timeout (client, TIMEOUT_S);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
  if (connection == NULL
      || !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, strlen (text), NULL, NULL,
                                     error))
    {
      gx_error_adopt (error);
      return NULL;
    }

  input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  answer = g_data_input_stream_read_line (input, NULL, NULL, NULL);
  if (answer == NULL)
    gx_fail (error, GX_ERROR_IO, "the server closed the control socket without an answer");
  else if (strstr (answer, GX_PROBLEM_TYPE_PREFIX) == NULL || gx_problem_read (400, answer, -1, error))
    return g_steal_pointer (&answer);

  return NULL;
}
