/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workloads as requests to guanxi-server, as its desktop would send them: signed in, under a client id, mutations
 * numbered and based on versions that were seen. A push of which anything was refused ends the program.
 *
 * Readers are RMs and supervisors by turns, so that both sights are measured and, between them, all customers are read. */

#include "gxb-ours-units.h"

#include "gx-protocol.h"
#include "gxb-bank.h"
#include "gxb-session.h"

#include <stdlib.h>
#include <string.h>

#define PUSH_NOTES  80
#define PUSH_EDITS  20
#define SUBJECT     "电话回访"
#define NOTES       "客户询问到期理财的续作方案，约定下周来行面谈。"

static const char *const readers[] = { "rm1", "sup1", "rm2", "sup2", "rm3", "sup3" };
static const char *const managers[] = { "rm1", "rm2", "rm3" };

/* a */

void
gxb_ours_open_reader (GxbWorker *worker)
{
  gxb_session_open (worker, readers[worker->index % G_N_ELEMENTS (readers)]);
  gxb_session_load_customers (worker, FALSE, 0, 1);
}

void
gxb_ours_read_one (GxbWorker *worker)
{
  GxbSession *session = worker->state;
  guint which = gxb_worker_random (worker, session->customers->len);

  gxb_worker_get (worker, session->headers, GX_PATH_RECORDS "customer/%s",
                  GX_ID_STR (&g_array_index (session->customers, GxbHeld, which).id));
  gxb_worker_send (worker, FALSE);
}

/* b */

void
gxb_ours_open_searcher (GxbWorker *worker)
{
  gxb_session_open (worker, readers[worker->index % G_N_ELEMENTS (readers)]);
}

void
gxb_ours_search (GxbWorker *worker)
{
  GxbSession *session = worker->state;
  const char *question = gxb_questions[gxb_worker_random (worker, G_N_ELEMENTS (gxb_questions))];
  g_autofree char *escaped = g_uri_escape_string (question, NULL, FALSE);

  gxb_worker_get (worker, session->headers, GX_PATH_SEARCH "?q=%s&limit=%d", escaped, GX_SEARCH_LIMIT);
  gxb_worker_send (worker, FALSE);
}

/* c: RMs only, since others do not see balances. The 500 begin anywhere in the RM's customers. */

void
gxb_ours_open_manager (GxbWorker *worker)
{
  gxb_session_open (worker, managers[worker->index % G_N_ELEMENTS (managers)]);
  gxb_session_load_customers (worker, TRUE, 0, 1);
}

void
gxb_ours_read_rm (GxbWorker *worker)
{
  GxbSession *session = worker->state;
  guint which = gxb_worker_random (worker, session->customers->len - GX_RECORDS_LIMIT + 1);
  const GxId *before = which > 0 ? &g_array_index (session->customers, GxbHeld, which - 1).id : &GX_ID_NONE;

  gxb_worker_get (worker, session->headers, GX_PATH_RECORDS "customer?primary_rm_id=%s&limit=%d&with=totals&after=%s",
                  GX_ID_STR (&session->person), GX_RECORDS_LIMIT, GX_ID_STR (before));
  gxb_worker_send (worker, FALSE);
}

/* d, e */

void
gxb_ours_open_writer (GxbWorker *worker)
{
  guint n = G_N_ELEMENTS (managers);

  gxb_session_open (worker, managers[worker->index % n]);
  gxb_session_load_customers (worker, TRUE, worker->index / n, 3);
}

static void
begin_push (GxbSession *session)
{
  g_string_printf (session->content,
                   "{\"client_id\":\"%s\",\"epoch\":\"%s\",\"schema\":%d,\"ack_mid\":%" G_GINT64_FORMAT ",\"mutations\":[",
                   GX_ID_STR (&session->client), session->epoch, GX_SCHEMA, session->mid);
}

static void
add_head (GxbSession *session, const char *table, const GxId *id, const char *op)
{
  GxId mut_id = gx_id_new ();
  GString *out = session->content;

  if (out->str[out->len - 1] == '}')
    g_string_append_c (out, ',');
  g_string_append_printf (out,
                          "{\"mid\":%" G_GINT64_FORMAT ",\"mut_id\":\"%s\",\"tbl\":\"%s\",\"id\":\"%s\",\"op\":\"%s\","
                          "\"at\":%" G_GINT64_FORMAT ",\"off\":480,\"set\":",
                          ++session->mid, GX_ID_STR (&mut_id), table, GX_ID_STR (id), op,
                          g_get_real_time () / 1000);
}

static GxbHeld *
next_customer (GxbSession *session)
{
  return &g_array_index (session->customers, GxbHeld, session->next++ % session->customers->len);
}

static void
add_note (GxbSession *session)
{
  GxId id = gx_id_new ();

  add_head (session, "interaction", &id, "create");
  g_string_append_printf (session->content,
                          "{\"customer_id\":\"%s\",\"channel\":\"PHONE\",\"direction\":\"OUT\",\"purpose\":\"MAINTENANCE\","
                          "\"subject\":\"" SUBJECT "\",\"notes\":\"" NOTES "\",\"started_at\":%" G_GINT64_FORMAT ","
                          "\"minutes\":10,\"owner_id\":\"%s\"}}",
                          GX_ID_STR (&next_customer (session)->id), g_get_real_time () / 1000,
                          GX_ID_STR (&session->person));
}

static void
add_edit (GxbSession *session, GxbHeld *customer)
{
  customer->channel = (customer->channel + 1) % GXB_N_CHANNELS;
  add_head (session, "customer", &customer->id, "patch");
  g_string_append_printf (session->content,
                          "{\"pref_channel\":{\"v\":\"%s\",\"b\":{\"s\":%" G_GINT64_FORMAT "}}}}",
                          gxb_channels[customer->channel], customer->v);
}

static void
send_push (GxbWorker *worker)
{
  GxbSession *session = worker->state;

  g_string_append (session->content, "]}");
  gxb_worker_post (worker, session->headers, GX_PATH_PUSH, session->content);
  gxb_worker_send (worker, TRUE);
}

/* The sequence of the next result, which must have been applied. */
static gint64
take_result (const char **at)
{
  static const char st[] = "\"st\":\"applied\"", seq[] = "\"seq\":";
  const char *result = strstr (*at, "\"mid\":");
  const char *applied = result != NULL ? strstr (result, st) : NULL;
  const char *end = result != NULL ? strchr (result, '}') : NULL;

  if (applied == NULL || applied > end || (*at = strstr (applied, seq)) == NULL)
    g_error ("a mutation was not applied: %.300s", result != NULL ? result : *at);
  *at += strlen (seq);
  return g_ascii_strtoll (*at, NULL, 10);
}

void
gxb_ours_note (GxbWorker *worker)
{
  GxbSession *session = worker->state;
  const char *results;

  begin_push (session);
  add_note (session);
  send_push (worker);
  results = strstr (worker->body->str, "\"results\"");
  take_result (&results);
}

void
gxb_ours_push (GxbWorker *worker)
{
  GxbSession *session = worker->state;
  GxbHeld *edited[PUSH_EDITS];
  const char *results;

  begin_push (session);
  for (guint i = 0; i < PUSH_NOTES; i++)
    add_note (session);
  for (guint i = 0; i < PUSH_EDITS; i++)
    add_edit (session, edited[i] = next_customer (session));
  send_push (worker);

  results = strstr (worker->body->str, "\"results\"");
  for (guint i = 0; i < PUSH_NOTES; i++)
    take_result (&results);
  for (guint i = 0; i < PUSH_EDITS; i++)
    edited[i]->v = take_result (&results);
}

/* f */

void
gxb_ours_open_puller_rm (GxbWorker *worker)
{
  GxbSession *session = gxb_session_open (worker, "rm1");

  session->scope = g_strdup_printf ("ow:%s", GX_ID_STR (&session->person));
  session->records = GXB_RM_PULL;
}

void
gxb_ours_open_puller_branch (GxbWorker *worker)
{
  GxbSession *session = gxb_session_open (worker, "sup1");

  session->scope = g_strdup (session->branch);
  session->records = GXB_BRANCH_PULL;
}

/* The page's trailer is its last line. */
static char *
find_after (GxbWorker *worker)
{
  const char *trailer = g_strrstr (worker->body->str, "\"t\":\"end\"");
  const char *after = trailer != NULL ? strstr (trailer, "\"after\":\"") : NULL;

  if (trailer == NULL)
    g_error ("a page without an end: %.200s", worker->body->str);
  if (after == NULL)
    return NULL;
  after += strlen ("\"after\":\"");
  return g_strndup (after, strchr (after, '"') - after);
}

void
gxb_ours_pull (GxbWorker *worker)
{
  GxbSession *session = worker->state;
  g_autofree char *after = g_strdup ("");
  guint left = session->records;

  while (left > 0)
    {
      guint limit = MIN (left, GX_BOOTSTRAP_LIMIT);

      gxb_worker_get (worker, session->headers, GX_PATH_BOOTSTRAP "?scope=%s&limit=%u&after=%s", session->scope, limit, after);
      gxb_worker_send (worker, TRUE);
      left -= limit;
      g_free (after);
      after = find_after (worker);
      if (after == NULL && left > 0)
        g_error ("the scope holds fewer than %u records", session->records);
    }
}
