/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine in its threads over a made-up server: news wake it long before its poll is due, and it ends while it waits. */
#include <string.h>

#include "gx-hash.h"
#include "gx-protocol.h"
#include "gxc-sync.h"

static struct { gint pulls, waits; } asked;

static void
answer (GxcResponse *out,
        const char  *text)
{
  out->status = 200;
  out->body = g_bytes_new (text, strlen (text));
}

static void
answer_pull (GxcResponse *out)
{
  static const char header[] = "{\"t\":\"hdr\",\"epoch\":\"e1\",\"perm_ver\":1}\n";
  g_autofree char *sha = gx_sha256_hex (header, -1);
  g_autofree char *page = g_strdup_printf ("%s{\"t\":\"end\",\"cursor\":\"%d\",\"more\":false,\"n\":1,\"sha\":\"%s\"}\n", header,
                                           7 + g_atomic_int_add (&asked.pulls, 1), sha);

  answer (out, page);
}

/* The first time there are news at once; then there are none until somebody hangs up. */
static gboolean
answer_wait (GxcResponse   *out,
             GCancellable  *cancellable,
             GError       **error)
{
  if (g_atomic_int_add (&asked.waits, 1) == 0)
    {
      answer (out, "{\"head\":1000}");
      return TRUE;
    }
  while (!g_cancellable_is_cancelled (cancellable))
    g_usleep (1000);

  return gx_fail (error, GX_ERROR_CANCELLED, "cancelled");
}

static gboolean
send (GxcTransport      *transport,
      const GxcRequest  *request,
      GxcResponse       *out,
      GCancellable      *cancellable,
      GError           **error)
{
  static const char session[] = "{\"token\":\"t\",\"login_id\":\"01a201b1-50ae-7004-a502-a23de23828bd\","
                                "\"employee_id\":\"01a201b1-50ae-7004-a502-a23de23828be\",\"name\":\"n\",\"roles\":[],\"org_path\":\"/HQ/\","
                                "\"scopes\":[],\"perm_ver\":1,\"epoch\":\"e1\",\"must_change\":true}";

  if (g_str_has_prefix (request->path, GX_PATH_WAIT))
    return answer_wait (out, cancellable, error);
  if (g_str_equal (request->path, GX_PATH_PULL))
    answer_pull (out);
  else
    answer (out, session);

  return TRUE;
}

static void
free_transport (GxcTransport *transport)
{
  g_free (transport);
}

static GxcTransport *
make_transport (const char  *server,
                const char  *ca_file,
                gpointer     data,
                GError     **error)
{
  GxcTransport *transport = g_new0 (GxcTransport, 1);

  transport->send = send;
  transport->free = free_transport;
  return transport;
}

static void
test_news_wake (void)
{
  GxcContextOptions options = { .connect = make_transport, .keyring = gxc_keyring_new_memory (), .threaded = TRUE };
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcContext) context = gxc_context_new (&options, &error);

  g_assert_no_error (error);
  gxc_context_sign_in (context, "https://bank", NULL, "login", "password", NULL, &error);
  g_assert_no_error (error);
  gxc_sync_start (gxc_context_get_sync (context));
  while (g_atomic_int_get (&asked.pulls) < 2 || g_atomic_int_get (&asked.waits) < 2)
    g_usleep (1000);
  gxc_sync_stop (gxc_context_get_sync (context));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/waker/news_wake_the_engine", test_news_wake);

  return g_test_run ();
}
