/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gxb-floor: the bound that ours is measured against. One thread, libsoup HTTPS over SQLite (WAL, synchronous=FULL),
 * prepared statements, and none of what a bank needs: no sign-in, no scope, no masking, no audit, no versions, and a
 * request's body is received but not read.
 *
 *   gxb-floor --db FILE [--customers N]      fills FILE if it is new, prints its address, serves until it is ended
 */

#include "gxb-answer.h"
#include "gxb-bank.h"
#include "gxb-cert.h"
#include "gxb-floor-bank.h"

#include <libsoup/soup.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  sqlite3      *db;
  sqlite3_stmt *begin, *commit;
  sqlite3_stmt *one;
  sqlite3_stmt *by_name, *by_pinyin;
  sqlite3_stmt *of_rm;
  sqlite3_stmt *note, *touch;
  sqlite3_stmt *page;
  sqlite3_stmt *months;
  guint         customers;
  guint         next;             /* number of the next interaction */
  guint         touched;          /* customers changed so far */
} Floor;

#define CHUNK (128 * 1024)

static void
answer (SoupServerMessage *message, GString *body)
{
  gsize length = body->len;

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, g_string_free (body, FALSE), length);
}

static void
answer_rows (SoupServerMessage *message, sqlite3_stmt *rows, gsize size)
{
  GString *body = g_string_sized_new (size);

  g_string_append_c (body, '[');
  while (gxb_sql_step (rows))
    {
      if (body->len > 1)
        g_string_append_c (body, ',');
      gxb_answer_row (body, rows);
    }
  g_string_append_c (body, ']');
  answer (message, body);
}

/* a: GET /customer/{id} */
static void
on_one_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Floor *floor = data;
  GxId id;

  if (!gx_id_parse (path + strlen ("/customer/"), &id))
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }
  gxb_sql_bind_id (floor->one, 1, &id);
  answer_rows (message, floor->one, 1024);
}

/* b: GET /search?q= */
static void
on_search_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Floor *floor = data;
  const char *q = query != NULL ? g_hash_table_lookup (query, "q") : "";
  g_autofree char *pattern = g_strdup_printf ("%%%s%%", q);
  sqlite3_stmt *find = g_ascii_isalpha (q[0]) ? floor->by_pinyin : floor->by_name;

  sqlite3_bind_text (find, 1, pattern, -1, SQLITE_STATIC);
  answer_rows (message, find, 32 * 1024);
}

/* c: GET /rm?n= */
static void
on_rm_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Floor *floor = data;
  const char *n = query != NULL ? g_hash_table_lookup (query, "n") : "0";
  GxId rm = gxb_bank_id (GXB_RM, strtoul (n, NULL, 10) % GXB_RMS);

  gxb_sql_bind_id (floor->of_rm, 1, &rm);
  answer_rows (message, floor->of_rm, 512 * 1024);
}

static void
write_note (Floor *floor)
{
  guint number = floor->next++;
  GxId id = gxb_bank_id (GXB_INTERACTION, number);
  GxId customer = gxb_bank_id (GXB_CUSTOMER, (number * 7919u) % floor->customers);

  gxb_sql_bind_id (floor->note, 1, &id);
  gxb_sql_bind_id (floor->note, 2, &customer);
  sqlite3_bind_int64 (floor->note, 3, G_GINT64_CONSTANT (1735689600000) + number);
  gxb_sql_done (floor->note);
}

static void
touch_customer (Floor *floor)
{
  GxId customer = gxb_bank_id (GXB_CUSTOMER, (floor->touched * 104729u) % floor->customers);

  floor->touched++;
  sqlite3_bind_int (floor->touch, 1, 1 + floor->touched % 3);
  sqlite3_bind_int64 (floor->touch, 2, floor->touched);
  gxb_sql_bind_id (floor->touch, 3, &customer);
  gxb_sql_done (floor->touch);
}

/* d: POST /note, answered after commit */
static void
on_note_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Floor *floor = data;

  gxb_sql_done (floor->begin);
  write_note (floor);
  gxb_sql_done (floor->commit);
  answer (message, g_string_new ("{\"st\":\"applied\"}"));
}

/* e: POST /push: 80 new interactions and 20 customers changed, one transaction */
static void
on_push_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Floor *floor = data;

  gxb_sql_done (floor->begin);
  for (guint i = 0; i < 80; i++)
    write_note (floor);
  for (guint i = 0; i < 20; i++)
    touch_customer (floor);
  gxb_sql_done (floor->commit);
  answer (message, g_string_new ("{\"st\":\"applied\",\"n\":100}"));
}

/* f: GET /all?n=[&months=1], NDJSON in chunks, one statement walked as fast as the wire takes it */
typedef struct
{
  Floor   *floor;
  guint    left;
  gboolean with_months;
} Feed;

static void
add_months (Feed *feed, GString *chunk)
{
  sqlite3_stmt *months = feed->floor->months;

  g_string_truncate (chunk, chunk->len - 1);
  g_string_append (chunk, ",\"months\":[");
  sqlite3_bind_value (months, 1, sqlite3_column_value (feed->floor->page, 0));
  while (gxb_sql_step (months))
    {
      if (chunk->str[chunk->len - 1] == '}')
        g_string_append_c (chunk, ',');
      gxb_answer_row (chunk, months);
    }
  g_string_append (chunk, "]}");
}

static void
feed_chunk (SoupServerMessage *message, Feed *feed)
{
  GString *chunk = g_string_sized_new (CHUNK + 4096);
  gsize length;

  while (feed->left > 0 && chunk->len < CHUNK && gxb_sql_step (feed->floor->page))
    {
      gxb_answer_row (chunk, feed->floor->page);
      if (feed->with_months)
        add_months (feed, chunk);
      g_string_append_c (chunk, '\n');
      feed->left--;
    }
  if (chunk->len < CHUNK)
    feed->left = 0;
  length = chunk->len;
  soup_message_body_append_take (soup_server_message_get_response_body (message),
                                 (guchar *) g_string_free (chunk, FALSE), length);
  if (feed->left == 0)
    soup_message_body_complete (soup_server_message_get_response_body (message));
  soup_server_message_unpause (message);
}

static void
on_wrote_chunk_cb (SoupServerMessage *message, gpointer data)
{
  Feed *feed = data;

  if (feed->left > 0)
    feed_chunk (message, feed);
}

static void
on_finished_cb (SoupServerMessage *message, gpointer data)
{
  Feed *feed = data;

  sqlite3_reset (feed->floor->page);
  g_free (feed);
}

static void
on_all_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Feed *feed = g_new0 (Feed, 1);
  const char *n = query != NULL ? g_hash_table_lookup (query, "n") : "0";

  feed->floor = data;
  feed->left = strtoul (n, NULL, 10);
  feed->with_months = query != NULL && g_hash_table_contains (query, "months");
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_wrote_chunk_cb), feed);
  g_signal_connect (message, "finished", G_CALLBACK (on_finished_cb), feed);
  feed_chunk (message, feed);
}

/* g: GET /healthz */
static void
on_health_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  answer (message, g_string_new ("{\"ok\":true}"));
}

static void
prepare (Floor *floor)
{
  floor->begin = gxb_sql_prepare (floor->db, "BEGIN IMMEDIATE");
  floor->commit = gxb_sql_prepare (floor->db, "COMMIT");
  floor->one = gxb_sql_prepare (floor->db, "SELECT * FROM customer WHERE id = ?");
  floor->by_name = gxb_sql_prepare (floor->db, "SELECT * FROM customer WHERE name LIKE ? ORDER BY name LIMIT 50");
  floor->by_pinyin = gxb_sql_prepare (floor->db,
    "SELECT * FROM customer WHERE name_pinyin LIKE ? ORDER BY name LIMIT 50");
  floor->of_rm = gxb_sql_prepare (floor->db,
    "SELECT *, (SELECT sum(balance) FROM account WHERE customer_id = customer.id) AS total"
    " FROM customer WHERE primary_rm_id = ? ORDER BY id LIMIT 500");
  floor->note = gxb_sql_prepare (floor->db,
    "INSERT INTO interaction (id, customer_id, channel, subject, notes, started_at, minutes, v)"
    " VALUES (?, ?, 2, '电话回访', '客户询问到期理财的续作方案，约定下周来行面谈。', ?, 10, 1)");
  floor->touch = gxb_sql_prepare (floor->db, "UPDATE customer SET pref_channel = ?, v = ? WHERE id = ?");
  floor->page = gxb_sql_prepare (floor->db, "SELECT * FROM customer ORDER BY id");
  floor->months = gxb_sql_prepare (floor->db,
    "SELECT month, in_amt, out_amt, in_cnt, out_cnt, cust_initiated_cnt, own_name_out_other_bank, last_txn_on, login_cnt"
    " FROM txn_month WHERE customer_id = ? ORDER BY month");
}

static guint
count (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = gxb_sql_prepare (db, sql);
  guint n = 0;

  if (gxb_sql_step (statement))
    n = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return n;
}

static void
open_bank (Floor *floor, const char *file, guint customers)
{
  floor->db = gxb_sql_open (file);
  if (count (floor->db, "SELECT count(*) FROM sqlite_schema") == 0)
    gxb_floor_bank_fill (floor->db, customers);
  floor->customers = count (floor->db, "SELECT max(rowid) FROM customer");
  floor->next = count (floor->db, "SELECT max(rowid) FROM interaction");
  prepare (floor);
}

static void
serve (Floor *floor, guint port)
{
  g_autoptr (GTlsCertificate) certificate = gxb_cert_new ();
  g_autoptr (SoupServer) server = soup_server_new ("tls-certificate", certificate, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  soup_server_add_handler (server, "/customer", on_one_cb, floor, NULL);
  soup_server_add_handler (server, "/search", on_search_cb, floor, NULL);
  soup_server_add_handler (server, "/rm", on_rm_cb, floor, NULL);
  soup_server_add_handler (server, "/note", on_note_cb, floor, NULL);
  soup_server_add_handler (server, "/push", on_push_cb, floor, NULL);
  soup_server_add_handler (server, "/all", on_all_cb, floor, NULL);
  soup_server_add_handler (server, "/healthz", on_health_cb, floor, NULL);
  if (!soup_server_listen_local (server, port, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    g_error ("listen: %s", error->message);
  uris = soup_server_get_uris (server);
  g_print ("https://127.0.0.1:%d\n", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (loop);
}

int
main (int argc, char **argv)
{
  g_autofree char *file = NULL;
  int customers = 100000, port = 0;
  const GOptionEntry entries[] = {
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &file, "The floor's own database", "FILE" },
    { "customers", 0, 0, G_OPTION_ARG_INT, &customers, "How many customers a new database gets", "N" },
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "TCP port on 127.0.0.1 (0: any)", "PORT" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Floor floor = { NULL };

  setvbuf (stdout, NULL, _IOLBF, 0);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || file == NULL || customers < 1)
    {
      g_printerr ("gxb-floor: %s\n", error != NULL ? error->message : "--db FILE is needed");
      return 2;
    }
  open_bank (&floor, file, customers);
  serve (&floor, port);
  return 0;
}
