/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server from outside: signing in and what follows, over real HTTPS. */
#include "gx-hash.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gx-text.h"
#include "gxs-password.h"
#include "gxt-live.h"

#include <sodium.h>
#include <string.h>

typedef struct
{
  GxtLive *live;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->live = gxt_live_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gxt_live_free (fixture->live);
}

static char *
quote (const char *format,
       ...)
{
  va_list args;
  char *text;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_strdelimit (text, "'", '"');
  return text;
}

static void
run_sql (GxsBatch   *batch,
         const char *sql)
{
  g_autoptr(GError) error = NULL;

  gx_db_exec (gxs_batch_get_db (batch), sql, &error);
  g_assert_no_error (error);
}

static gboolean
run_sql_work (GxsBatch  *batch,
              gpointer   data,
              GError   **error)
{
  run_sql (batch, data);
  return TRUE;
}

static void
change_by_sql (GxtLive    *live,
               const char *sql)
{
  g_autoptr(GError) error = NULL;

  gxs_store_run (gxs_server_get_services (live->server)->store, run_sql_work, (gpointer) sql, &error);
  g_assert_no_error (error);
}

static guint
try_sign_in (GxtLive    *live,
             const char *login,
             const char *password)
{
  g_autofree char *body = quote ("{'login':'%s','password':'%s','client_id':'%s'}", login, password, GX_ID_STR (&live->client));

  g_clear_pointer (&live->token, g_free);
  return gxt_live_status (live, "POST", GX_PATH_SIGN_IN, body);
}

static void
test_health (Fixture       *fixture,
             gconstpointer  data)
{
  g_assert_cmpuint (gxt_live_status (fixture->live, "GET", GX_PATH_HEALTH, NULL), ==, 200);
}

static void
test_a_day (Fixture       *fixture,
            gconstpointer  data)
{
  GxtLive *live = fixture->live;
  g_autoptr(JsonObject) session = gxt_live_sign_in (live, GXT_RM1);
  GxId id = gxt_bank_id (live->bank), mut_id = gxt_bank_id (live->bank);
  g_autofree char *push = quote ("{'client_id':'%s','epoch':'%s','schema':2,'mutations':[{'mid':1,'mut_id':'%s','op':'create',"
                                 "'tbl':'need','id':'%s','set':{'customer_id':'%s','category':'CAR','status':'OPEN'}}]}",
                                 GX_ID_STR (&live->client), json_object_get_string_member (session, "epoch"), GX_ID_STR (&mut_id),
                                 GX_ID_STR (&id), GX_ID_STR (&live->bank->customer));
  g_autofree char *pull = quote ("{'client_id':'%s','schema':2,'cursor':'','have':['ow:%s']}", GX_ID_STR (&live->client),
                                 GX_ID_STR (&live->bank->people[GXT_RM1].employee));
  g_autofree char *path = g_strdup_printf (GX_PATH_RECORDS "need/%s", GX_ID_STR (&id));
  g_autofree char *list = g_strdup_printf (GX_PATH_RECORDS "need?customer_id=%s", GX_ID_STR (&live->bank->customer));
  g_autoptr(JsonObject) answer = gxt_live_get (live, "POST", GX_PATH_PUSH, push);
  g_autoptr(JsonObject) record = gxt_live_get (live, "GET", path, NULL);
  g_autoptr(JsonObject) rows = gxt_live_get (live, "GET", list, NULL);
  g_autoptr(JsonObject) found = gxt_live_get (live, "GET", GX_PATH_SEARCH "?q=%E4%BC%9F", NULL);
  g_autoptr(JsonObject) by_tail = gxt_live_get (live, "GET", GX_PATH_SEARCH "?q=8000", NULL);
  g_autoptr(GxtAnswer) feed = gxt_live_ask (live, "POST", GX_PATH_PULL, pull);

  g_assert_cmpint (json_object_get_int_member (answer, "last_mid"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (record, "tbl"), ==, "need");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (rows, "rows")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (found, "rows")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (by_tail, "rows")), ==, 1);
  g_assert_nonnull (strstr (gxt_answer_get_body (feed), GX_ID_STR (&id)));

  g_assert_cmpuint (gxt_live_status (live, "POST", GX_PATH_SIGN_OUT, NULL), ==, 204);
  g_assert_cmpuint (gxt_live_status (live, "GET", path, NULL), ==, 401);
}

static void
test_others_do_not_see_it (Fixture       *fixture,
                           gconstpointer  data)
{
  GxtLive *live = fixture->live;
  g_autofree char *path = g_strdup_printf (GX_PATH_RECORDS "customer/%s", GX_ID_STR (&live->bank->customer));
  const struct { GxtPerson person; guint status; } rows[] = {
    { GXT_RM1, 200 }, { GXT_RM2, 404 }, { GXT_RM3, 404 }, { GXT_SUP1, 200 }, { GXT_SUP2, 404 }, { GXT_REGION, 200 },
    { GXT_HQ1, 200 }, { GXT_AUDITOR1, 200 }, { GXT_ADMIN1, 404 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GxtAnswer) answer = NULL;
      g_autofree char *token = gxt_live_token (live, rows[i].person);

      g_free (live->token);
      live->token = g_steal_pointer (&token);
      answer = gxt_live_ask (live, "GET", path, NULL);
      g_test_message ("person %d", rows[i].person);
      g_assert_cmpuint (answer->status, ==, rows[i].status);
      if (rows[i].status == 200)
        g_assert_cmpint (strstr (gxt_answer_get_body (answer), "张伟") != NULL, ==, rows[i].person == GXT_RM1);
    }
}

static void
test_lists_show_what_one_may_see (Fixture       *fixture,
                                  gconstpointer  data)
{
  GxtLive *live = fixture->live;
  const struct { GxtPerson person; guint n; } rows[] = { { GXT_RM1, 2 }, { GXT_RM2, 0 }, { GXT_SUP1, 2 }, { GXT_HQ1, 2 }, { GXT_ADMIN1, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(JsonObject) answer = NULL;
      g_autoptr(JsonObject) page = NULL;

      g_free (live->token);
      live->token = gxt_live_token (live, rows[i].person);
      answer = gxt_live_get (live, "GET", GX_PATH_RECORDS "customer?with=totals", NULL);
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "rows")), ==, rows[i].n);
      page = gxt_live_get (live, "GET", GX_PATH_RECORDS "customer?limit=1", NULL);
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "rows")), ==, MIN (rows[i].n, 1));
      g_assert_cmpint (json_object_has_member (page, "after"), ==, rows[i].n > 1);
    }
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_RECORDS "customer?name=x", NULL), ==, 422);
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_RECORDS "customer?wings=2", NULL), ==, 422);
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_RECORDS "unicorn", NULL), ==, 404);
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_RECORDS "txn_month", NULL), ==, 404);
}

static void
test_failures_cost_time (Fixture       *fixture,
                         gconstpointer  data)
{
  GxtLive *live = fixture->live;
  g_autoptr(GxtAnswer) late = NULL;
  g_autofree char *retry = NULL;
  g_autofree char *body = NULL;
  GxId stranger = gxt_bank_id (live->bank), known = live->client;

  g_assert_cmpuint (try_sign_in (live, "rm1", GXT_PASSWORD), ==, 200);
  live->client = stranger;
  g_assert_cmpuint (try_sign_in (live, "rm1", "wrong wrong wrong"), ==, 401);
  g_assert_cmpuint (try_sign_in (live, "rm1", "wrong wrong wrong"), ==, 401);
  g_assert_cmpuint (try_sign_in (live, "rm1", "wrong wrong wrong"), ==, 401);
  body = quote ("{'login':'rm1','password':'%s','client_id':'%s'}", GXT_PASSWORD, GX_ID_STR (&stranger));
  late = gxt_live_ask (live, "POST", GX_PATH_SIGN_IN, body);
  g_assert_cmpuint (late->status, ==, 429);
  retry = gxt_answer_dup_header (late, "Retry-After");
  g_assert_nonnull (retry);

  /* Strangers cannot keep the person out of the desk that is known. */
  live->client = known;
  g_assert_cmpuint (try_sign_in (live, "rm1", GXT_PASSWORD), ==, 200);
  g_assert_cmpuint (try_sign_in (live, "nobody", GXT_PASSWORD), ==, 401);

  /* And the person is told, once. */
  {
    g_autoptr(GxDb) db = gxt_live_reader (live);
    gint64 n = 0;

    g_assert_true (gx_db_query_int (db, &n, NULL, "SELECT COUNT(*) FROM notification WHERE kind = 'SIGN_IN_FAILED' AND employee_id = ?",
                                    "u", &live->bank->people[GXT_RM1].employee));
    g_assert_cmpint (n, ==, 1);
  }
}

static void
test_a_client_belongs_to_one_login (Fixture       *fixture,
                                    gconstpointer  data)
{
  GxtLive *live = fixture->live;
  g_autofree char *token = NULL;

  g_assert_cmpuint (try_sign_in (live, "rm1", GXT_PASSWORD), ==, 200);
  g_assert_cmpuint (try_sign_in (live, "rm2", GXT_PASSWORD), ==, 403);

  /* Nor does a token of one client serve another. */
  json_object_unref (gxt_live_sign_in (live, GXT_RM1));
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_SESSION, NULL), ==, 200);
  live->client = gxt_bank_id (live->bank);
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_SESSION, NULL), ==, 403);
}

static void
test_a_new_sign_in_ends_the_session_before (Fixture       *fixture,
                                            gconstpointer  data)
{
  GxtLive *live = fixture->live;
  g_autofree char *first = NULL;

  json_object_unref (gxt_live_sign_in (live, GXT_RM1));
  first = g_strdup (live->token);
  json_object_unref (gxt_live_sign_in (live, GXT_RM1));
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_SESSION, NULL), ==, 200);
  gx_set_str (&live->token, first);
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_SESSION, NULL), ==, 401);
}

static void
test_a_one_time_password_must_go (Fixture       *fixture,
                                  gconstpointer  data)
{
  GxtLive *live = fixture->live;
  g_autoptr(JsonObject) session = NULL;
  g_autofree char *other = gxt_live_token (live, GXT_ADMIN1);
  g_autofree char *weak = quote ("{'old_password':'%s','new_password':'short'}", GXT_PASSWORD);
  g_autofree char *wrong = quote ("{'old_password':'not the password','new_password':'quite another one 7'}");
  g_autofree char *good = quote ("{'old_password':'%s','new_password':'quite another one 7'}", GXT_PASSWORD);

  change_by_sql (live, "UPDATE login SET pw_once = 1 WHERE login = 'admin1'");
  session = gxt_live_sign_in (live, GXT_ADMIN1);
  g_assert_true (json_object_get_boolean_member (session, "must_change"));
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_RECORDS "login", NULL), ==, 403);
  g_assert_cmpuint (gxt_live_status (live, "POST", GX_PATH_PASSWORD, weak), ==, 422);
  g_assert_cmpuint (gxt_live_status (live, "POST", GX_PATH_PASSWORD, wrong), ==, 401);
  g_assert_cmpuint (gxt_live_status (live, "POST", GX_PATH_PASSWORD, good), ==, 204);
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_RECORDS "login", NULL), ==, 200);

  /* The login's other sessions ended with the old password. */
  gx_set_str (&live->token, other);
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_SESSION, NULL), ==, 401);
  g_assert_cmpuint (try_sign_in (live, "admin1", GXT_PASSWORD), ==, 401);
  g_assert_cmpuint (try_sign_in (live, "admin1", "quite another one 7"), ==, 200);
}

static gboolean
read_hash (GxsBatch  *batch,
           gpointer   data,
           GError   **error)
{
  return gx_db_query_text (gxs_batch_get_db (batch), data, error, "SELECT pw_hash FROM login WHERE login = 'rm1'", NULL);
}

static void
test_an_old_hash_is_renewed (Fixture       *fixture,
                             gconstpointer  data)
{
  GxtLive *live = fixture->live;
  char cheap[crypto_pwhash_STRBYTES];
  g_autofree char *sql = NULL, *hash = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (crypto_pwhash_str_alg (cheap, GXT_PASSWORD, strlen (GXT_PASSWORD), 1, 8192 * 1024, crypto_pwhash_ALG_ARGON2ID13), ==, 0);
  sql = g_strdup_printf ("UPDATE login SET pw_hash = '%s' WHERE login = 'rm1'", cheap);
  change_by_sql (live, sql);
  g_assert_cmpuint (try_sign_in (live, "rm1", "not the password"), ==, 401);
  g_assert_true (gxs_store_run (gxs_server_get_services (live->server)->store, read_hash, &hash, &error));
  g_assert_cmpstr (hash, ==, cheap);
  g_assert_cmpuint (try_sign_in (live, "rm1", GXT_PASSWORD), ==, 200);
  g_clear_pointer (&hash, g_free);
  g_assert_true (gxs_store_run (gxs_server_get_services (live->server)->store, read_hash, &hash, &error));
  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=65536,t=3,"));
  g_assert_cmpuint (try_sign_in (live, "rm1", GXT_PASSWORD), ==, 200);
}

static void
test_the_password_again (Fixture       *fixture,
                         gconstpointer  data)
{
  GxtLive *live = fixture->live;
  g_autofree char *good = quote ("{'password':'%s'}", GXT_PASSWORD);

  json_object_unref (gxt_live_sign_in (live, GXT_SUP1));
  g_assert_cmpuint (gxt_live_status (live, "POST", GX_PATH_STEP_UP, "{\"password\":\"not the password\"}"), ==, 401);
  g_assert_cmpuint (gxt_live_status (live, "POST", GX_PATH_STEP_UP, good), ==, 204);
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_SESSION, NULL), ==, 200);
}

static void
test_a_key_for_each_client (Fixture       *fixture,
                            gconstpointer  data)
{
  GxtLive *live = fixture->live;
  GxSecretKey key;
  GxPublicKey public;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autoptr(JsonObject) first = NULL;
  g_autoptr(JsonObject) again = NULL;
  g_autoptr(JsonObject) session = NULL;

  json_object_unref (gxt_live_sign_in (live, GXT_RM1));
  gx_secret_key_make (&live->bank->random.parent, &key);
  gx_secret_key_get_public (&key, &public);
  one = gx_public_key_to_text (&public);
  gx_secret_key_make (&live->bank->random.parent, &key);
  gx_secret_key_get_public (&key, &public);
  two = gx_public_key_to_text (&public);
  {
    g_autofree char *body = quote ("{'pubkey':'%s','name':'desk'}", one);
    g_autofree char *other = quote ("{'pubkey':'%s','name':'desk'}", two);

    first = gxt_live_get (live, "POST", GX_PATH_ENROL, body);
    again = gxt_live_get (live, "POST", GX_PATH_ENROL, body);
    g_assert_cmpuint (gxt_live_status (live, "POST", GX_PATH_ENROL, other), ==, 409);
    g_assert_cmpuint (gxt_live_status (live, "POST", GX_PATH_ENROL, "{\"pubkey\":\"nonsense\"}"), ==, 422);
  }
  g_assert_cmpstr (json_object_get_string_member (first, "device_id"), ==, json_object_get_string_member (again, "device_id"));
  session = gxt_live_sign_in (live, GXT_RM1);
  g_assert_cmpstr (json_object_get_string_member (session, "device_id"), ==, json_object_get_string_member (first, "device_id"));
}

static void
test_sessions_survive_a_restart (Fixture       *fixture,
                                 gconstpointer  data)
{
  GxtLive *live = fixture->live;
  g_autoptr(GError) error = NULL;

  json_object_unref (gxt_live_sign_in (live, GXT_RM1));
  g_clear_pointer (&live->server, gxs_server_free);
  live->server = gxs_server_new (&live->config, &error);
  g_assert_no_error (error);
  live->port = gxs_server_get_port (live->server);
  g_assert_cmpuint (gxt_live_status (live, "GET", GX_PATH_SESSION, NULL), ==, 200);
}

static GxtAnswer *
send_part (GxtLive    *live,
           const char *upload,
           const char *bytes,
           const char *sha256)
{
  g_autofree char *path = g_strconcat (GX_PATH_UPLOADS, upload, NULL);
  g_autofree char *headers = g_strdup_printf ("X-Schema: 2\r\nX-Client: %s\r\nAuthorization: Bearer %s\r\n"
                                              "Content-Type: application/octet-stream\r\nUpload-Offset: 0\r\nChunk-Sha256: %s\r\n",
                                              GX_ID_STR (&live->client), live->token, sha256);

  return gxt_http_ask (live->port, "PATCH", path, headers, bytes, (gssize) strlen (bytes));
}

static void
test_an_attachment (Fixture       *fixture,
                    gconstpointer  data)
{
  GxtLive *live = fixture->live;
  const char *bytes = "a paper that nobody may read";
  g_autofree char *sha = gx_sha256_hex (bytes, -1);
  g_autofree char *body = quote ("{'sha256':'%s','size':%zu,'type':'text/plain','name':'x.txt'}", sha, strlen (bytes));
  g_autofree char *file = g_build_filename (live->dir, "blobs", sha, NULL);
  g_autofree char *stored = NULL;
  g_autofree char *done = NULL;
  g_autofree char *read = g_strdup_printf (GX_PATH_BLOBS "/%s?ref=%s", sha, GX_ID_STR (&live->bank->customer));
  g_autoptr(JsonObject) begun = NULL;
  g_autoptr(GxtAnswer) wrong = NULL;
  g_autoptr(GxtAnswer) sent = NULL;
  g_autoptr(JsonObject) finished = NULL;
  const char *upload;
  gsize size;

  json_object_unref (gxt_live_sign_in (live, GXT_RM1));
  begun = gxt_live_get (live, "POST", GX_PATH_BLOBS, body);
  upload = json_object_get_string_member (begun, "upload");
  done = g_strconcat (GX_PATH_UPLOADS, upload, "/done", NULL);
  g_assert_cmpuint (gxt_live_status (live, "POST", done, NULL), ==, 409);
  wrong = send_part (live, upload, bytes, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpuint (wrong->status, ==, 422);
  sent = send_part (live, upload, bytes, sha);
  g_assert_cmpuint (sent->status, ==, 204);
  finished = gxt_live_get (live, "POST", done, NULL);
  g_assert_cmpstr (json_object_get_string_member (finished, "sha256"), ==, sha);

  g_assert_true (g_file_get_contents (file, &stored, &size, NULL));
  g_assert_null (g_strstr_len (stored, (gssize) size, "paper"));
  /* Evidence of no request: nobody may read it. */
  g_assert_cmpuint (gxt_live_status (live, "GET", read, NULL), ==, 404);
}

static void
test_sessions_end_by_the_clock (void)
{
  GxFakeClock clock;
  g_autoptr(GxsSessions) sessions = NULL;
  GxsSessionInfo info = { .who = { .session_id = { { 1 } } }, .used_at = 1000, .expires_at = 100000 };
  g_autoptr(GxsSession) session = NULL;
  g_autoptr(GError) error = NULL;

  gx_fake_clock_init (&clock, 1000);
  sessions = gxs_sessions_new (&clock.parent, 30000, 99000);
  gxs_token_hash ("token", &info.token);
  session = gxs_sessions_add (sessions, &info);
  clock.now = 30999;
  gxs_session_unref (gxs_sessions_find (sessions, "token", NULL, &error));
  g_assert_no_error (error);
  for (clock.now = 30000; clock.now < 100000; clock.now += 20000)
    {
      GxsSession *found = gxs_sessions_find (sessions, "token", NULL, &error);

      g_assert_no_error (error);
      gxs_session_touch (found, clock.now);
      gxs_session_unref (found);
    }
  clock.now = 100000;
  g_assert_null (gxs_sessions_find (sessions, "token", NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_UNAUTHENTICATED);
  g_clear_error (&error);

  info.used_at = 100000;
  info.expires_at = 1000000;
  gxs_session_unref (gxs_sessions_add (sessions, &info));
  clock.now = 130000;
  g_assert_null (gxs_sessions_find (sessions, "token", NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_UNAUTHENTICATED);
}

static const struct { const char *name; void (*func) (Fixture *fixture, gconstpointer data); } tests[] = {
  { "health_needs_no_token", test_health },
  { "sign_in_push_read_search_pull_sign_out", test_a_day },
  { "each_person_sees_what_is_theirs", test_others_do_not_see_it },
  { "lists_show_what_one_may_see", test_lists_show_what_one_may_see },
  { "failures_cost_time_but_not_the_known_desk", test_failures_cost_time },
  { "a_client_belongs_to_one_login", test_a_client_belongs_to_one_login },
  { "a_new_sign_in_ends_the_session_before", test_a_new_sign_in_ends_the_session_before },
  { "a_one_time_password_must_go_first", test_a_one_time_password_must_go },
  { "an_old_hash_is_renewed_at_the_sign_in", test_an_old_hash_is_renewed },
  { "the_password_again", test_the_password_again },
  { "a_key_for_each_client", test_a_key_for_each_client },
  { "sessions_survive_a_restart", test_sessions_survive_a_restart },
  { "an_attachment_is_sealed_and_nobodys", test_an_attachment },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/session/ends_by_the_clock", test_sessions_end_by_the_clock);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/server/live/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }

  return g_test_run ();
}
