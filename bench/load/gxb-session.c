/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One client of ours: signs in, learns what it may read, and keeps the count of its mutations.
 *
 * It has no store and no queue. Everything here happens before the clock runs; the requests that are timed are in
 * gxb-ours-units.c. */

#include "gxb-session.h"

#include "gx-protocol.h"

#define PASSWORD "guanxi-demo-2026"

const char *const gxb_channels[GXB_N_CHANNELS] = { "BRANCH", "PHONE", "SMS", "WECHAT" };

static void
session_free (gpointer data)
{
  GxbSession *session = data;

  g_free (session->headers);
  g_free (session->epoch);
  g_free (session->branch);
  g_free (session->scope);
  g_array_unref (session->customers);
  g_string_free (session->content, TRUE);
  g_free (session);
}

static JsonObject *
parse_body (GxbWorker *worker)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = json_from_string (worker->body->str, &error);

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    g_error ("an answer that is no JSON object: %.200s", worker->body->str);
  return json_object_ref (json_node_get_object (root));
}

static GxId
id_member (JsonObject *object, const char *name)
{
  GxId id = GX_ID_NONE;

  if (json_object_has_member (object, name))
    gx_id_parse (json_object_get_string_member (object, name), &id);
  return id;
}

static char *
find_branch (JsonObject *answer)
{
  JsonArray *scopes = json_object_get_array_member (answer, "scopes");

  for (guint i = 0; i < json_array_get_length (scopes); i++)
    if (g_str_has_prefix (json_array_get_string_element (scopes, i), "br:"))
      return g_strdup (json_array_get_string_element (scopes, i));
  return NULL;
}

static JsonObject *
sign_in (GxbWorker *worker, GxbSession *session, const char *login)
{
  g_autofree char *headers = g_strdup_printf (GX_HEADER_CLIENT ": %s\r\n" GX_HEADER_SCHEMA ": %d\r\n",
                                              GX_ID_STR (&session->client), GX_SCHEMA);
  g_autoptr (GString) body = g_string_new (NULL);

  g_string_printf (body, "{\"login\":\"%s\",\"password\":\"" PASSWORD "\",\"client_id\":\"%s\"}", login,
                   GX_ID_STR (&session->client));
  gxb_worker_post (worker, headers, GX_PATH_SIGN_IN, body);
  gxb_worker_send (worker, TRUE);
  return parse_body (worker);
}

/**
 * gxb_session_open:
 * @login: of the demo bank
 *
 * Signs in as a new client; the session becomes the worker's state.
 */
GxbSession *
gxb_session_open (GxbWorker *worker, const char *login)
{
  GxbSession *session = g_new0 (GxbSession, 1);
  g_autoptr (JsonObject) answer = NULL;

  worker->state = session;
  worker->free_state = session_free;
  session->client = gx_id_new ();
  session->customers = g_array_new (FALSE, FALSE, sizeof (GxbHeld));
  session->content = g_string_sized_new (64 * 1024);

  answer = sign_in (worker, session, login);
  session->headers = g_strdup_printf ("Authorization: " GX_BEARER "%s\r\n" GX_HEADER_CLIENT ": %s\r\n" GX_HEADER_SCHEMA ": %d\r\n",
                                      json_object_get_string_member (answer, "token"), GX_ID_STR (&session->client),
                                      GX_SCHEMA);
  session->epoch = g_strdup (json_object_get_string_member (answer, "epoch"));
  session->person = id_member (answer, "employee_id");
  session->branch = find_branch (answer);
  return session;
}

static guint
channel_of (JsonObject *d)
{
  const char *text = json_object_get_string_member_with_default (d, "pref_channel", "");

  for (guint i = 0; i < GXB_N_CHANNELS; i++)
    if (g_str_equal (text, gxb_channels[i]))
      return i;
  return 0;
}

static void
add_rows (GxbSession *session, JsonArray *rows, guint share, guint shares, guint *number)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      JsonObject *d = json_object_get_object_member (row, "d");
      GxbHeld held = { .id = id_member (row, "id"), .rm = id_member (d, "primary_rm_id"),
                       .v = json_object_get_int_member (row, "v"), .channel = channel_of (d) };

      if ((*number)++ % shares == share)
        g_array_append_val (session->customers, held);
    }
}

/**
 * gxb_session_load_customers:
 * @own: only those of which the session's person is the primary RM
 * @share: keep every @shares-th customer only, beginning with this one: so that no two writers meet
 */
void
gxb_session_load_customers (GxbWorker *worker, gboolean own, guint share, guint shares)
{
  GxbSession *session = worker->state;
  g_autofree char *filter = own ? g_strdup_printf ("primary_rm_id=%s&", GX_ID_STR (&session->person)) : g_strdup ("");
  g_autofree char *after = g_strdup ("");
  guint number = 0;

  while (after != NULL)
    {
      g_autoptr (JsonObject) page = NULL;

      gxb_worker_get (worker, session->headers, GX_PATH_RECORDS "customer?%slimit=%d%s", filter, GX_RECORDS_LIMIT, after);
      gxb_worker_send (worker, TRUE);
      page = parse_body (worker);
      add_rows (session, json_object_get_array_member (page, "rows"), share, shares, &number);
      g_free (after);
      after = json_object_has_member (page, "after")
        ? g_strconcat ("&after=", json_object_get_string_member (page, "after"), NULL) : NULL;
    }
  if (session->customers->len < GX_RECORDS_LIMIT)
    g_error ("the bank is too small: a session of it may read %u customers", session->customers->len);
}
