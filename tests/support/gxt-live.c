/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A real server with real sockets, TLS, pools and committer, for the tests from outside. */
#include "gxt-live.h"

#include "gx-json.h"
#include "gx-protocol.h"
#include "gxs-keys.h"
#include "gxs-password.h"
#include "gxt-certificate.h"

#include <glib/gstdio.h>
#include <string.h>

static void
save (GxtLive    *live,
      const char *name,
      GBytes     *pem,
      char      **out_path)
{
  g_autoptr(GError) error = NULL;

  *out_path = g_build_filename (live->dir, name, NULL);
  g_file_set_contents (*out_path, g_bytes_get_data (pem, NULL), (gssize) g_bytes_get_size (pem), &error);
  g_assert_no_error (error);
}

static void
make_keys (GxtLive *live)
{
  g_autoptr(GxsKeys) keys = gxs_keys_new (&live->bank->random.parent);
  g_autoptr(GxtCertificate) ca = gxt_certificate_new (GXT_CERTIFICATE_CA, NULL);
  g_autoptr(GxtCertificate) certificate = gxt_certificate_new (GXT_CERTIFICATE_SERVER, ca);
  g_autoptr(GError) error = NULL;

  /* The key that sealed what the test bank wrote. */
  memset (keys->bank, 0, sizeof keys->bank);
  memcpy (keys->bank, "test bank", strlen ("test bank"));
  gxs_keys_save (keys, live->dir, &error);
  g_assert_no_error (error);
  save (live, "ca.pem", ca->certificate, &live->ca_file);
  save (live, "server.pem", certificate->certificate, &live->config.certificate);
  save (live, "server.key", certificate->key, &live->config.key);
}

static void
set_passwords (GxtLive *live)
{
  g_autofree char *hash = gxs_password_hash (GXT_PASSWORD);
  g_autoptr(GError) error = NULL;

  gx_db_run (live->bank->db, &error, "UPDATE login SET pw_hash = ?", "t", hash);
  g_assert_no_error (error);
}

static void
configure (GxtLive *live)
{
  g_autoptr(GError) error = NULL;

  gxs_config_set (&live->config, "listen", "127.0.0.1:0", &error);
  g_assert_no_error (error);
  live->config.data_dir = g_strdup (live->dir);
  live->config.log_file = g_build_filename (live->dir, "log", NULL);
  for (guint i = 0; i < GXS_N_RATES; i++)
    live->config.rates[i].tokens = 0;
}

GxtLive *
gxt_live_new (void)
{
  GxtLive *live = g_new0 (GxtLive, 1);
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;

  live->dir = g_dir_make_tmp ("guanxi-live-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (live->dir, "bank.db", NULL);
  gxs_config_init (&live->config);
  live->bank = gxt_bank_new (path);
  configure (live);
  make_keys (live);
  set_passwords (live);
  gx_db_checkpoint (live->bank->db, TRUE, NULL);
  g_clear_pointer (&live->bank->db, gx_db_close);

  live->server = gxs_server_new (&live->config, &error);
  g_assert_no_error (error);
  live->port = gxs_server_get_port (live->server);
  live->client = gxt_bank_id (live->bank);
  return live;
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
gxt_live_free (GxtLive *live)
{
  g_clear_pointer (&live->server, gxs_server_free);
  gx_bank_sealer_clear (&live->bank->sealer);
  g_free (live->bank);
  gxs_config_clear (&live->config);
  remove_tree (live->dir);
  g_free (live->dir);
  g_free (live->token);
  g_free (live->ca_file);
  g_free (live);
}

GxtAnswer *
gxt_live_ask (GxtLive    *live,
              const char *method,
              const char *path,
              const char *body)
{
  g_autoptr(GString) headers = g_string_new ("X-Schema: 2\r\n");

  g_string_append_printf (headers, "X-Client: %s\r\n", GX_ID_STR (&live->client));
  if (live->token != NULL)
    g_string_append_printf (headers, "Authorization: Bearer %s\r\n", live->token);
  if (body != NULL)
    g_string_append (headers, "Content-Type: application/json\r\n");
  return gxt_http_ask (live->port, method, path, headers->str, body, body != NULL ? (gssize) strlen (body) : 0);
}

guint
gxt_live_status (GxtLive    *live,
                 const char *method,
                 const char *path,
                 const char *body)
{
  g_autoptr(GxtAnswer) answer = gxt_live_ask (live, method, path, body);

  return answer->status;
}

JsonObject *
gxt_live_get (GxtLive    *live,
              const char *method,
              const char *path,
              const char *body)
{
  g_autoptr(GxtAnswer) answer = gxt_live_ask (live, method, path, body);
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;

  g_test_message ("%s %s: %u", method, path, answer->status);
  g_assert_true (answer->status == 200 || answer->status == 201);
  node = gx_json_parse (gxt_answer_get_body (answer), -1, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

static const char *const names[] = { "rm1", "rm1b", "rm2", "sup1", "mgr1", "rm3", "sup2", "mgr2", "region", "hq1", "admin1", "auditor1" };
G_STATIC_ASSERT (G_N_ELEMENTS (names) == GXT_N_PEOPLE);

JsonObject *
gxt_live_sign_in (GxtLive   *live,
                  GxtPerson  person)
{
  g_autofree char *body = g_strdup_printf ("{\"login\":\"%s\",\"password\":\"%s\",\"client_id\":\"%s\"}", names[person],
                                           GXT_PASSWORD, GX_ID_STR (&live->client));
  JsonObject *answer;

  g_clear_pointer (&live->token, g_free);
  answer = gxt_live_get (live, "POST", GX_PATH_SIGN_IN, body);
  live->token = g_strdup (json_object_get_string_member (answer, "token"));
  return answer;
}

char *
gxt_live_token (GxtLive   *live,
                GxtPerson  person)
{
  GxsSessions *sessions = gxs_server_get_services (live->server)->sessions;
  char *token = gxs_token_draw (&live->bank->random.parent);
  GxsSessionInfo info = {
    .who = { .login_id = live->bank->people[person].login, .session_id = gxt_bank_id (live->bank) },
    .used_at = gx_clock_now (gx_clock_system ()),
    .expires_at = G_MAXINT64,
  };
  GxsSession *session;
  g_autoptr(GxDb) db = gxt_live_reader (live);
  g_autoptr(GxsAuthz) authz = NULL;

  gxs_token_hash (token, &info.token);
  session = gxs_sessions_add (sessions, &info);
  authz = gxs_session_dup_authz (session, db, info.used_at, NULL);
  g_assert_nonnull (authz);
  gxs_session_unref (session);
  return token;
}

GxDb *
gxt_live_reader (GxtLive *live)
{
  g_autoptr(GError) error = NULL;
  GxDb *db = gxs_store_open_reader (gxs_server_get_services (live->server)->store, &error);

  g_assert_no_error (error);
  return db;
}
