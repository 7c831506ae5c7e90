/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dual review against hand-made HTTP on a real server, then against plain SQL and a hex editor on what it leaves behind: the
 * program itself is started, nothing in it is replaced.
 */
#include "gx-catalog.h"
#include "gx-db.h"
#include "gx-db-driver.h"
#include "gx-json.h"
#include "gx-sign.h"
#include "gxs-bank-file.h"
#include "gxt-http-client.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

typedef enum { RM1, RM1B, SUP1, SUP2, N_LOGINS } Who;

static const char *const logins[N_LOGINS] = { "rm1", "rm1b", "sup1", "sup2" };

/**
 * Desk: a demo bank of its own, its server, and everybody signed in with a registered key.
 */
typedef struct
{
  char    *dir;
  GxsBankFile *file;      /* (nullable): opened by the bank's own key */
  GPid     pid;
  guint16  port;
  char    *epoch;
  GxId     customer, mobile;
  gint64   mobile_v, customer_v;
  struct { char *token; GxId client, employee; GxSecretKey key; } people[N_LOGINS];
} Desk;

static char *
program (void)
{
  return g_build_filename (g_getenv ("GUANXI_BUILD_DIR"), "server", "guanxi-server", NULL);
}

static int
run_program (const char *const *arguments,
             char             **out_text)
{
  g_autofree char *path = program ();
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  int status;

  g_ptr_array_add (argv, path);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_STDERR_TO_DEV_NULL | (out_text == NULL ? G_SPAWN_STDOUT_TO_DEV_NULL : 0),
                NULL, NULL, out_text, NULL, &status, &error);
  g_assert_no_error (error);

  return WEXITSTATUS (status);
}

static GxDb *
open_db (Desk      *desk,
         GxDbFlags  flags)
{
  g_autoptr(GxsKeys) keys = NULL;
  g_autoptr(GError) error = NULL;
  GxDb *db;

  if (desk->file == NULL)
    {
      keys = gxs_keys_load (desk->dir, &error);
      g_assert_no_error (error);
      desk->file = gxs_bank_file_new (desk->dir, keys, &error);
      g_assert_no_error (error);
    }
  db = gxs_bank_file_open (desk->file, flags, 0, &error);
  g_assert_no_error (error);
  return db;
}

/* A customer of rm1's that no request of the demo is about. */
static void
choose_customer (Desk *desk)
{
  g_autoptr(GxDb) db = open_db (desk, GX_DB_READ_ONLY);
  g_autoptr(GError) error = NULL;
  g_autoptr(GxStatement) statement =
    gx_db_query (db, &error, "SELECT c.id, c.v, p.id, p.v FROM customer c JOIN contact_point p ON p.customer_id=c.id AND p.is_primary=1"
                 " AND p.kind=1 JOIN login l ON l.employee_id=c.primary_rm_id AND l.login='rm1' WHERE c.status=2"
                 " AND NOT EXISTS (SELECT 1 FROM cr_field_lock k WHERE k.entity_id IN (c.id, p.id)) ORDER BY c.cif_no LIMIT 1", NULL);

  g_assert_true (gx_statement_next (statement, &error));
  desk->customer = gx_statement_get_id (statement, 0);
  desk->customer_v = gx_statement_get_int (statement, 1);
  desk->mobile = gx_statement_get_id (statement, 2);
  desk->mobile_v = gx_statement_get_int (statement, 3);
  g_assert_true (gx_db_query_text (db, &desk->epoch, &error, "SELECT epoch FROM sync_clock", NULL));
}

static void
start_server (Desk *desk)
{
  g_autofree char *path = program ();
  char *argv[] = { path, (char *) "serve", (char *) "--data", desk->dir, (char *) "--listen", (char *) "127.0.0.1:0", NULL };
  g_autoptr(GError) error = NULL;

  g_spawn_async (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                 &desk->pid, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 300 && desk->port == 0; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr(JsonNode) node = NULL;
      gint64 port = 0;

      g_usleep (100 * 1000);
      if (run_program ((const char *const[]) { "status", "--data", desk->dir, NULL }, &text) != 0)
        continue;
      node = gx_json_parse (g_strstrip (text), -1, &error);
      g_assert_no_error (error);
      g_assert_true (gx_json_get_int (json_node_get_object (node), "port", &port, &error));
      desk->port = (guint16) port;
    }
  g_assert_cmpuint (desk->port, >, 0);
}

static void
stop_server (Desk *desk)
{
  int status;

  if (desk->pid == 0)
    return;
  kill (desk->pid, SIGTERM);
  waitpid (desk->pid, &status, 0);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_spawn_close_pid (desk->pid);
  desk->pid = 0;
}

/* ---- HTTP ---- */

static GxtAnswer *
ask (Desk       *desk,
     Who         who,
     const char *method,
     const char *path,
     JsonObject *body)
{
  g_autoptr(GString) headers = g_string_new ("Content-Type: application/json\r\nX-Schema: 2\r\n");
  g_autoptr(JsonNode) node = body != NULL ? json_node_init_object (json_node_alloc (), body) : NULL;
  g_autofree char *text = node != NULL ? gx_json_canonical (node) : NULL;

  g_string_append_printf (headers, "X-Client: %s\r\n", GX_ID_STR (&desk->people[who].client));
  if (desk->people[who].token != NULL)
    g_string_append_printf (headers, "Authorization: Bearer %s\r\n", desk->people[who].token);

  return gxt_http_ask (desk->port, method, path, headers->str, text, text != NULL ? (gssize) strlen (text) : 0);
}

static void
expect (GxtAnswer  *answer,
        guint       status,
        const char *code)
{
  g_autofree char *is = status >= 400 ? gxt_answer_dup_code (answer) : NULL;

  g_test_message ("%u %s", answer->status, gxt_answer_get_body (answer));
  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpstr (is, ==, code);
}

static void
sign_in (Desk *desk,
         Who   who)
{
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(JsonObject) device = json_object_new ();
  g_autoptr(GxtAnswer) answer = NULL;
  g_autoptr(GxtAnswer) enrolled = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *public_text = NULL;
  GxPublicKey public;
  const char *token;

  desk->people[who].client = gx_id_new ();
  json_object_set_string_member (body, "login", logins[who]);
  json_object_set_string_member (body, "password", "guanxi-demo-2026");
  json_object_set_string_member (body, "client_id", GX_ID_STR (&desk->people[who].client));
  answer = ask (desk, who, "POST", "/v1/auth/sign-in", body);
  expect (answer, 200, NULL);
  node = gx_json_parse (gxt_answer_get_body (answer), -1, &error);
  g_assert_true (gx_json_get_string (json_node_get_object (node), "token", &token, &error));
  g_assert_true (gx_json_get_id (json_node_get_object (node), "employee_id", &desk->people[who].employee, &error));
  desk->people[who].token = g_strdup (token);

  gx_secret_key_make (gx_random_system (), &desk->people[who].key);
  gx_secret_key_get_public (&desk->people[who].key, &public);
  public_text = gx_public_key_to_text (&public);
  json_object_set_string_member (device, "pubkey", public_text);
  json_object_set_string_member (device, "name", "test");
  enrolled = ask (desk, who, "POST", "/v1/devices/enrol", device);
  g_assert_cmpuint (enrolled->status / 100, ==, 2);
}

static Desk *
desk_new (void)
{
  g_autoptr(GError) error = NULL;
  Desk *desk = g_new0 (Desk, 1);

  desk->dir = g_dir_make_tmp ("guanxi-four-eyes-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_cmpint (run_program ((const char *const[]) { "init", "--data", desk->dir, "--demo", "--customers", "200", NULL }, NULL), ==, 0);
  choose_customer (desk);
  start_server (desk);
  for (guint i = 0; i < N_LOGINS; i++)
    sign_in (desk, i);

  return desk;
}

static void
remove_dir (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_dir (child);
    }
  g_remove (path);
}

static void
desk_free (Desk *desk)
{
  stop_server (desk);
  g_clear_pointer (&desk->file, gxs_bank_file_free);
  remove_dir (desk->dir);
  for (guint i = 0; i < N_LOGINS; i++)
    g_free (desk->people[i].token);
  g_free (desk->epoch);
  g_free (desk->dir);
  g_free (desk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

/* ---- what rm1 asks for: a new mobile ---- */

static JsonObject *
request_body (Desk       *desk,
              Who         maker,
              const GxId *id)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *base_text = g_strdup_printf ("{\"value\":%" G_GINT64_FORMAT "}", desk->mobile_v);
  JsonNode *after = gx_json_parse ("{\"value\":\"13911112222\"}", -1, &error), *base = gx_json_parse (base_text, -1, &error);
  GxRequestContent content = { .kind = "customer.contact", .op = "patch", .table = "contact_point", .entity = desk->mobile, .rev = 1,
                               .reason = "客户本人到场，证件已核对", .after = after, .base = base };
  g_autofree char *digest = gx_request_digest (&content);
  const GxDecision decision = { .request = *id, .rev = 1, .digest = digest, .verdict = "submit", .person = desk->people[maker].employee };
  g_autofree char *signature = gx_decision_sign (&decision, &desk->people[maker].key);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "id", GX_ID_STR (id));
  json_object_set_string_member (body, "kind", content.kind);
  json_object_set_string_member (body, "op", content.op);
  json_object_set_string_member (body, "tbl", content.table);
  json_object_set_string_member (body, "entity_id", GX_ID_STR (&desk->mobile));
  json_object_set_member (body, "after", after);
  json_object_set_member (body, "base", base);
  json_object_set_int_member (body, "base_v", desk->mobile_v);
  json_object_set_string_member (body, "reason", content.reason);
  json_object_set_int_member (body, "rev", 1);
  json_object_set_string_member (body, "digest", digest);
  json_object_set_string_member (body, "sig", signature);
  return body;
}

static char *
digest_of (JsonObject *request)
{
  return g_strdup (json_object_get_string_member (request, "digest"));
}

static GxtAnswer *
approve (Desk       *desk,
         Who         checker,
         const GxId *id,
         const char *digest)
{
  const GxDecision decision = { .request = *id, .rev = 1, .digest = digest, .verdict = "approve", .person = desk->people[checker].employee };
  g_autofree char *signature = gx_decision_sign (&decision, &desk->people[checker].key);
  g_autofree char *path = g_strdup_printf ("/v1/cr/%s/decide", GX_ID_STR (id));
  g_autoptr(JsonObject) body = json_object_new ();

  json_object_set_int_member (body, "rev", 1);
  json_object_set_string_member (body, "digest", digest);
  json_object_set_string_member (body, "verdict", "approve");
  json_object_set_string_member (body, "sig", signature);
  return ask (desk, checker, "POST", path, body);
}

/* What the server made of one pushed mutation. */
static char *
push (Desk       *desk,
      Who         who,
      gint64      mid,
      const char *mutation)
{
  const GxId fresh = gx_id_new ();
  g_autofree char *text = g_strdup_printf ("{\"client_id\":\"%s\",\"epoch\":\"%s\",\"schema\":2,\"ack_mid\":0,\"mutations\":[{\"mid\":%" G_GINT64_FORMAT
                                           ",\"mut_id\":\"%s\",\"at\":1,\"off\":480,%s}]}", GX_ID_STR (&desk->people[who].client), desk->epoch, mid,
                                           GX_ID_STR (&fresh), mutation);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = gx_json_parse (text, -1, &error);
  g_autoptr(GxtAnswer) answer = NULL;

  g_assert_no_error (error);
  answer = ask (desk, who, "POST", "/v1/sync/push", json_node_get_object (node));
  expect (answer, 200, NULL);
  return g_strdup (gxt_answer_get_body (answer));
}

static void
refuse_by_http (Desk       *desk,
                const GxId *id)
{
  g_autoptr(JsonObject) request = request_body (desk, RM1, id);
  g_autoptr(JsonObject) applied = request_body (desk, RM1, id);
  g_autofree char *digest = digest_of (request);
  g_autofree char *other = g_strnfill (64, '0');
  g_autoptr(GxtAnswer) born = NULL, foreign = NULL, submitted = NULL, maker = NULL, second = NULL, branch = NULL, stale = NULL,
                       entries = NULL, rows = NULL;
  g_autoptr(JsonObject) stranger = request_body (desk, SUP2, id);

  json_object_set_string_member (applied, "state", "APPLIED");
  born = ask (desk, RM1, "POST", "/v1/cr", applied);
  expect (born, 422, "INVALID");
  foreign = ask (desk, SUP2, "POST", "/v1/cr", stranger);
  expect (foreign, 403, "FORBIDDEN");

  submitted = ask (desk, RM1, "POST", "/v1/cr", request);
  expect (submitted, 201, NULL);
  maker = approve (desk, RM1, id, digest);
  expect (maker, 403, "FOUR_EYES");
  second = approve (desk, RM1B, id, digest);
  expect (second, 403, "FOUR_EYES");
  branch = approve (desk, SUP2, id, digest);
  expect (branch, 403, "FORBIDDEN");
  stale = approve (desk, SUP1, id, other);
  expect (stale, 409, "CHANGED");
  entries = ask (desk, RM1, "GET", "/v1/audit/entries", NULL);
  expect (entries, 403, "FORBIDDEN");
  rows = ask (desk, RM1, "GET", "/v1/sync/bootstrap?scope=br:HZ01", NULL);
  expect (rows, 403, "FORBIDDEN");
}

static void
refuse_by_push (Desk *desk)
{
  const GxId fresh = gx_id_new ();
  g_autofree char *patch = g_strdup_printf ("\"op\":\"patch\",\"tbl\":\"contact_point\",\"id\":\"%s\",\"set\":{\"value\":{\"v\":\"13911113333\",\"b\":{\"s\":%"
                                            G_GINT64_FORMAT "}}}", GX_ID_STR (&desk->mobile), desk->mobile_v);
  g_autofree char *create = g_strdup_printf ("\"op\":\"create\",\"tbl\":\"contact_point\",\"id\":\"%s\",\"set\":{\"customer_id\":\"%s\",\"kind\":\"MOBILE\","
                                             "\"value\":\"13911114444\",\"is_primary\":true}", GX_ID_STR (&fresh), GX_ID_STR (&desk->customer));
  g_autofree char *patched = push (desk, RM1, 1, patch);
  g_autofree char *created = push (desk, RM1, 2, create);

  g_assert_nonnull (strstr (patched, "\"NEEDS_REVIEW\""));
  g_assert_nonnull (strstr (created, "\"NEEDS_REVIEW\""));
}

/* ---- with the server stopped ---- */

static void
refuse_sql (GxDb       *db,
            const char *format,
            const GxId *id)
{
  g_autoptr(GString) hex = g_string_new (NULL);
  g_autofree char *sql = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < sizeof id->b; i++)
    g_string_append_printf (hex, "%02x", id->b[i]);
  sql = g_strdup_printf (format, hex->str, hex->str);
  g_test_message ("%s", sql);
  g_assert_false (gx_db_exec (db, sql, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_CONSTRAINT);
  gx_db_exec (db, "ROLLBACK", NULL);
}

static void
refuse_by_sql (Desk       *desk,
               const GxId *waiting)
{
  g_autoptr(GxDb) db = open_db (desk, 0);
  g_autoptr(GError) error = NULL;

  gx_db_exec (db, "PRAGMA foreign_keys=OFF; PRAGMA recursive_triggers=OFF", &error);
  g_assert_no_error (error);
  refuse_sql (db, "UPDATE change_request SET state='APPROVED' WHERE id=x'%s'", waiting);
  refuse_sql (db, "UPDATE change_request SET state='APPLIED', applied_seq=1 WHERE id=x'%s'", waiting);
  refuse_sql (db, "INSERT INTO cr_party SELECT cr_id, person_id, 'checker' FROM cr_party WHERE cr_id=x'%s'", waiting);
  refuse_sql (db, "REPLACE INTO cr_party SELECT cr_id, person_id, 'checker' FROM cr_party WHERE cr_id=x'%s'", waiting);
  refuse_sql (db, "UPDATE contact_point SET value_bi=x'00' WHERE id=x'%s'", &desk->mobile);
  refuse_sql (db, "UPDATE contact_point SET is_primary=0 WHERE id=x'%s'", &desk->mobile);
  refuse_sql (db, "UPDATE customer SET name='x' WHERE id=x'%s'", &desk->customer);
  refuse_sql (db, "REPLACE INTO customer SELECT * FROM customer WHERE id=x'%s'", &desk->customer);
  refuse_sql (db, "BEGIN; DELETE FROM customer WHERE id=x'%s'; INSERT INTO customer SELECT * FROM customer WHERE id=x'%s'", &desk->customer);
}

static int
verify (Desk  *desk,
        char **out_text)
{
  return run_program ((const char *const[]) { "audit", "verify", "--data", desk->dir, NULL }, out_text);
}

static void
tamper (Desk       *desk,
        const char *sql)
{
  g_autoptr(GxDb) db = open_db (desk, 0);
  g_autoptr(GError) error = NULL;

  gx_db_exec (db, sql, &error);
  g_assert_no_error (error);
  g_assert_true (gx_db_checkpoint (db, TRUE, &error));
}

static void
test_everything_is_refused (void)
{
  g_autoptr(Desk) desk = desk_new ();
  g_autofree char *clean = NULL, *running = NULL, *flipped = NULL, *cut = NULL, *absent = NULL;
  g_autoptr(JsonObject) request = NULL;
  g_autoptr(GxtAnswer) approved = NULL;
  g_autofree char *digest = NULL, *where = NULL;
  GxId id = gx_id_new ();
  gint64 size = 0;

  refuse_by_http (desk, &id);
  refuse_by_push (desk);
  stop_server (desk);
  refuse_by_sql (desk, &id);
  {
    g_autoptr(GxDb) db = open_db (desk, GX_DB_READ_ONLY);

    /* All six attempts are known: of the maker, of his other login, of the other branch, with another digest; and both
     * requests that never were. */
    g_assert_true (gx_db_query_int (db, &size, NULL, "SELECT COUNT(*) FROM audit_log WHERE action='cr.refused'", NULL));
    g_assert_cmpint (size, ==, 6);
    /* So is who asked for the log, and for another's scope. */
    g_assert_true (gx_db_query_int (db, &size, NULL, "SELECT COUNT(*) FROM audit_log WHERE action='refused' AND actor IS NOT NULL"
                                    " AND tbl IS NULL AND CAST(entry AS TEXT) LIKE '%FORBIDDEN%'", NULL));
    g_assert_cmpint (size, ==, 2);
  }

  desk->port = 0;
  start_server (desk);
  request = request_body (desk, RM1, &id);
  digest = digest_of (request);
  for (guint i = 0; i < N_LOGINS; i++)      /* sessions may have ended with the server */
    g_clear_pointer (&desk->people[i].token, g_free);
  sign_in (desk, SUP1);
  approved = approve (desk, SUP1, &id, digest);
  expect (approved, 200, NULL);
  g_assert_nonnull (strstr (gxt_answer_get_body (approved), "\"APPLIED\""));
  g_assert_cmpint (verify (desk, &running), ==, 0);         /* over the control socket */
  stop_server (desk);

  g_assert_cmpint (verify (desk, &clean), ==, 0);
  g_assert_nonnull (strstr (clean, "1 "));
  {
    g_autoptr(GxDb) db = open_db (desk, GX_DB_READ_ONLY);
    g_assert_true (gx_db_query_int (db, &size, NULL, "SELECT size FROM audit_head", NULL));
  }
  tamper (desk, "CREATE TABLE kept AS SELECT * FROM audit_log; UPDATE audit_log SET entry=CAST(substr(entry,1,20) || 'x' || substr(entry,22) AS BLOB) WHERE seq=3");
  g_assert_cmpint (verify (desk, &flipped), ==, 1);
  g_assert_nonnull (strstr (flipped, " 3"));
  tamper (desk, "UPDATE audit_log SET entry=(SELECT entry FROM kept WHERE kept.seq=3) WHERE seq=3; DROP TABLE kept;"
                "DELETE FROM audit_log WHERE seq>(SELECT size FROM audit_head)-5");
  g_assert_cmpint (verify (desk, &cut), ==, 1);
  where = g_strdup_printf (" %" G_GINT64_FORMAT, size - 4);
  g_assert_nonnull (strstr (cut, where));
  {
    g_autofree char *nowhere = g_build_filename (desk->dir, "nowhere", NULL);

    g_assert_cmpint (run_program ((const char *const[]) { "audit", "verify", "--data", nowhere, NULL }, &absent), ==, 2);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/four-eyes-http/everything_is_refused", test_everything_is_refused);
  return g_test_run ();
}
