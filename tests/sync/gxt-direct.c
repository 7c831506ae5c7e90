/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real server core behind the client's door, in one thread: no socket, no clock of the machine. What can go wrong on
 * the way goes wrong when the test says so. Signing in is made up; everything else is the server's own services.
 */
#include "gxt-direct.h"

#include <stdio.h>
#include <string.h>

#include "gx-catalog.h"
#include "gx-json.h"
#include "gx-problem.h"
#include "gx-protocol.h"
#include "gx-note.h"
#include "gxs-audit-tree.h"
#include "gxs-feed.h"
#include "gxs-mutate.h"
#include "gxs-records.h"
#include "gxs-review.h"

const guint8 gxt_log_seed[32] = "the log of the test bank is ours";

typedef struct
{
  GxcTransport parent;
  GxtLine     *line;            /* borrowed */
} Direct;

/**
 * gxt_line_authz:
 *
 * Returns: (transfer full): what the line's person may see at this moment
 */
GxsAuthz *
gxt_line_authz (GxtLine *line)
{
  g_autoptr(GError) error = NULL;
  gint64 now = gx_clock_now (&line->bank->clock.parent);
  const GxsSignedIn who = { .login_id = line->bank->people[line->person].login, .device_id = line->bank->people[line->person].device,
                            .client_id = line->client_id, .step_up_at = now };
  GxsAuthz *authz = gxs_authz_new (line->bank->db, &who, now, &error);

  g_assert_no_error (error);
  return authz;
}

void
gxt_line_clear (GxtLine *line)
{
  g_clear_pointer (&line->old_push, g_bytes_unref);
}

static JsonNode *
parse_body (const GxcRequest *request)
{
  g_autoptr(GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (request->body, &size);
  JsonNode *node = gx_json_parse (data, (gssize) size, &error);

  g_assert_no_error (error);
  return node;
}

static const char *
header (const GxcRequest *request,
        const char       *name)
{
  for (guint i = 0; request->headers[i][0] != NULL; i++)
    if (g_str_equal (request->headers[i][0], name))
      return request->headers[i][1];

  return NULL;
}

typedef gboolean (*Handler) (GxtLine *line, const GxcRequest *request, GString *out, GError **error);

static char *
dup_log_key (GxtLine *line)
{
  g_auto(GxSecretKey) secret = { 0 };
  guint8 seed[32];
  GxPublicKey key;

  memcpy (seed, gxt_log_seed, sizeof seed);
  seed[0] ^= line->other_log_key;
  gx_secret_key_from_seed (seed, &secret);
  gx_secret_key_get_public (&secret, &key);
  return gx_note_verifier_text (GXS_AUDIT_ORIGIN, &key);
}

static gboolean
sign_in (GxtLine           *line,
         const GxcRequest  *request,
         GString           *out,
         GError           **error)
{
  g_autoptr(JsonNode) node = parse_body (request);
  g_autofree char *log_key = dup_log_key (line);
  g_autofree char *epoch = NULL;
  GxId client_id;

  if (!gx_json_get_id (json_node_get_object (node), "client_id", &client_id, error)
      || !gx_db_run (line->bank->db, error, "INSERT INTO client(id, login_id, schema) SELECT ?1, ?2, 1"
                     " WHERE NOT EXISTS (SELECT 1 FROM client WHERE id=?1)", "uu", &client_id,
                     &line->bank->people[line->person].login))
    return FALSE;
  line->client_id = client_id;
  if (!gx_db_query_text (line->bank->db, &epoch, error, "SELECT epoch FROM sync_clock", NULL))
    return FALSE;
  g_string_append_printf (out, "{\"token\":\"t\",\"login_id\":\"%s\",\"employee_id\":\"%s\",\"name\":\"n\",\"roles\":[],"
                          "\"org_path\":\"/HQ/N/NB01/\",\"scopes\":[],\"perm_ver\":1,\"epoch\":\"%s\",\"log_key\":\"%s\",\"device_id\":\"%s\"}",
                          GX_ID_STR (&line->bank->people[line->person].login), GX_ID_STR (&line->bank->people[line->person].employee),
                          epoch, log_key, GX_ID_STR (&line->bank->people[line->person].device));
  return TRUE;
}

/* The key of the person's one device is another one from here on. */
static gboolean
enrol (GxtLine           *line,
       const GxcRequest  *request,
       GString           *out,
       GError           **error)
{
  g_autoptr(JsonNode) node = parse_body (request);
  g_autoptr(GBytes) key = NULL;
  const char *pubkey;
  GxPublicKey public;

  if (!gx_json_get_string (json_node_get_object (node), "pubkey", &pubkey, error) || !gx_public_key_parse (pubkey, &public))
    return FALSE;
  key = g_bytes_new (public.b, sizeof public.b);
  g_string_append_printf (out, "{\"device_id\":\"%s\"}", GX_ID_STR (&line->bank->people[line->person].device));
  return gx_db_run (line->bank->db, error, "UPDATE device SET pubkey_ed25519=? WHERE id=?", "bu", key,
                    &line->bank->people[line->person].device);
}

static gboolean
push (GxtLine           *line,
      const GxcRequest  *request,
      GString           *out,
      GError           **error)
{
  g_autoptr(JsonNode) node = parse_body (request);
  g_autoptr(GxsAuthz) authz = gxt_line_authz (line);
  g_autoptr(GxsBatch) batch = gxt_bank_batch (line->bank);

  return gxs_mutate_push (batch, authz, json_node_get_object (node), out, error)
         && (line->fault != GXT_FAULT_CRASH || gx_fail (error, GX_ERROR_OFFLINE, "the server is gone"))
         && gxs_batch_commit (batch, error);
}

static gboolean
pull (GxtLine           *line,
      const GxcRequest  *request,
      GString           *out,
      GError           **error)
{
  g_autoptr(JsonNode) node = parse_body (request);
  g_autoptr(GxsAuthz) authz = gxt_line_authz (line);

  if (line->pull_limit > 0)
    json_object_set_int_member (json_node_get_object (node), "limit", line->pull_limit);

  return gxs_feed_pull (line->bank->db, authz, json_node_get_object (node), out, error);
}

static gboolean
bootstrap (GxtLine           *line,
           const GxcRequest  *request,
           GString           *out,
           GError           **error)
{
  g_autoptr(GHashTable) query = g_uri_parse_params (strchr (request->path, '?') + 1, -1, "&", G_URI_PARAMS_NONE, NULL);
  g_autoptr(GxsAuthz) authz = gxt_line_authz (line);

  /* Small pages, so that a load of the little bank takes several. */
  return gxs_feed_bootstrap (line->bank->db, authz, g_hash_table_lookup (query, "scope"), g_hash_table_lookup (query, "after"), 5, out,
                             error);
}

static gboolean
show_request (GxtLine           *line,
              const GxcRequest  *request,
              GString           *out,
              GError           **error)
{
  g_autoptr(GxsAuthz) authz = gxt_line_authz (line);
  g_autofree char *json = NULL;
  GxId id;

  g_assert_true (gx_id_parse (request->path + strlen (GX_PATH_REQUESTS "/"), &id));
  if (!gxs_review_show (line->bank->db, authz, &id, &json, error))
    return FALSE;
  g_string_append (out, json);

  return TRUE;
}

static gboolean
act_on_request (GxtLine           *line,
                const GxcRequest  *request,
                GString           *out,
                GError           **error)
{
  static const struct
  {
    const char *name;
    gboolean  (*act) (GxsBatch *batch, const GxsAuthz *authz, const GxId *cr_id, JsonObject *body, char **out_json, GError **error);
  } acts[] = {
    { "decide", gxs_review_decide }, { "withdraw", gxs_review_withdraw }, { "rebase", gxs_review_rebase },
    { "revise", gxs_review_revise },
  };
  g_autoptr(JsonNode) node = parse_body (request);
  g_autoptr(GxsAuthz) authz = gxt_line_authz (line);
  g_autoptr(GxsBatch) batch = gxt_bank_batch (line->bank);
  g_autofree char *json = NULL;
  g_autofree char *id_text = g_strndup (request->path + strlen (GX_PATH_REQUESTS "/"), 36);
  GxId id;

  g_assert_true (gx_id_parse (id_text, &id));
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_has_suffix (request->path, acts[i].name)
        && (!acts[i].act (batch, authz, &id, json_node_get_object (node), &json, error) || !gxs_batch_commit (batch, error)))
      return FALSE;
  g_string_append (out, json);

  return TRUE;
}

static gboolean
get_record (GxtLine           *line,
            const GxcRequest  *request,
            GString           *out,
            GError           **error)
{
  g_auto(GStrv) parts = g_strsplit (request->path + strlen (GX_PATH_RECORDS), "/", 2);
  g_autoptr(GxsAuthz) authz = gxt_line_authz (line);
  GxId id;

  g_assert_true (gx_id_parse (parts[1], &id));
  return gxs_records_get (line->bank->db, authz, gx_entity_by_name (parts[0]), &id, out, error);
}

static gboolean
get_checkpoint (GxtLine           *line,
                const GxcRequest  *request,
                GString           *out,
                GError           **error)
{
  g_autofree char *note = NULL;

  if (!gxs_audit_get_checkpoint (line->bank->db, &note, error))
    return FALSE;
  g_string_append (out, note);

  return TRUE;
}

/* Pages of two, so that a short log takes several. */
static gboolean
list_entries (GxtLine           *line,
              const GxcRequest  *request,
              GString           *out,
              GError           **error)
{
  g_autoptr(GHashTable) query = g_uri_parse_params (strchr (request->path, '?') + 1, -1, "&", G_URI_PARAMS_NONE, NULL);
  g_autofree char *json = NULL;

  if (!gxs_audit_list_entries (line->bank->db, g_ascii_strtoll (g_hash_table_lookup (query, "from"), NULL, 10), 2, &json, error))
    return FALSE;
  g_string_append (out, json);

  return TRUE;
}

static gboolean
begin_upload (GxtLine           *line,
              const GxcRequest  *request,
              GString           *out,
              GError           **error)
{
  g_autoptr(JsonNode) node = parse_body (request);
  JsonObject *object = json_node_get_object (node);
  g_autoptr(GxsAuthz) authz = gxt_line_authz (line);
  const GxsAnnounced announced = { .sha256 = json_object_get_string_member (object, "sha256"), .size = json_object_get_int_member (object, "size"),
                                   .type = json_object_get_string_member (object, "type") };
  GxsUpload upload;

  if (!gxs_blobs_begin (line->blobs->blobs, line->bank->db, authz, &announced, &upload, error))
    return FALSE;
  if (upload.here)
    g_string_append (out, "{\"here\":true}");
  else
    g_string_append_printf (out, "{\"upload\":\"%s\",\"offset\":%" G_GINT64_FORMAT "}", GX_ID_STR (&upload.id), upload.offset);
  return TRUE;
}

static gboolean
end_upload (GxtLine           *line,
            const GxcRequest  *request,
            GString           *out,
            GError           **error)
{
  g_autofree char *id_text = g_strndup (request->path + strlen (GX_PATH_UPLOADS), 36);
  g_autoptr(GxsAuthz) authz = gxt_line_authz (line);
  g_autofree char *sha256 = NULL;
  GxId id;

  g_assert_true (gx_id_parse (id_text, &id));
  return gxs_blobs_finish (line->blobs->blobs, line->bank->db, authz, &id, &sha256, error);
}

static gboolean
write_chunk (GxtLine           *line,
             const GxcRequest  *request,
             GString           *out,
             GError           **error)
{
  g_autoptr(GxsAuthz) authz = gxt_line_authz (line);
  gint64 offset;
  GxId id;

  g_assert_true (gx_id_parse (request->path + strlen (GX_PATH_UPLOADS), &id));
  return gxs_blobs_write (line->blobs->blobs, line->bank->db, authz, &id, g_ascii_strtoll (header (request, GX_HEADER_UPLOAD_OFFSET), NULL, 10),
                          request->body, header (request, GX_HEADER_CHUNK_SHA256), &offset, error);
}

/* What the HTTP layer does with a Range. */
static void
cut_range (const GxcRequest *request,
           GxcResponse      *out,
           GString          *text)
{
  const char *range = header (request, "Range");
  guint64 from, to;

  if (range == NULL || out->status != 200 || sscanf (range, "bytes=%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, &from, &to) != 2)
    return;
  out->status = from < text->len ? 206 : 416;
  if (to + 1 < text->len)
    g_string_truncate (text, (gsize) to + 1);
  g_string_erase (text, 0, (gssize) MIN (from, text->len));
}

static gboolean
read_blob (GxtLine           *line,
           const GxcRequest  *request,
           GString           *out,
           GError           **error)
{
  g_autofree char *sha256 = g_strndup (request->path + strlen (GX_PATH_BLOBS "/"), 64);
  g_autoptr(GxsAuthz) authz = gxt_line_authz (line);
  g_autofree char *type = NULL, *id = g_strndup (strchr (request->path, '=') + 1, 36);
  g_autoptr(GBytes) bytes = NULL;
  GxId ref;

  g_assert_true (gx_id_parse (id, &ref));
  bytes = gxs_blobs_read (line->blobs->blobs, line->bank->db, authz, sha256, &ref, &type, error);
  if (bytes != NULL)
    g_string_append_len (out, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  return bytes != NULL;
}

static const struct { const char *method, *prefix; Handler handler; } routes[] = {
  { "POST", GX_PATH_UPLOADS, end_upload },
  { "POST", GX_PATH_BLOBS, begin_upload },
  { "PATCH", GX_PATH_UPLOADS, write_chunk },
  { "GET", GX_PATH_BLOBS "/", read_blob },
  { "GET", GX_PATH_AUDIT_CHECKPOINT, get_checkpoint },
  { "GET", GX_PATH_AUDIT_ENTRIES, list_entries },
  { "POST", GX_PATH_SIGN_IN, sign_in },
  { "POST", GX_PATH_ENROL, enrol },
  { "POST", GX_PATH_PUSH, push },
  { "POST", GX_PATH_PULL, pull },
  { "GET", GX_PATH_BOOTSTRAP, bootstrap },
  { "GET", GX_PATH_REQUESTS "/", show_request },
  { "POST", GX_PATH_REQUESTS "/", act_on_request },
  { "GET", GX_PATH_RECORDS, get_record },
};

static void
handle (GxtLine          *line,
        const GxcRequest *request,
        GxcResponse      *out)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (!g_str_equal (routes[i].method, request->method) || !g_str_has_prefix (request->path, routes[i].prefix))
        continue;
      g_clear_pointer (&out->body, g_bytes_unref);
      out->status = 200;
      out->date = gx_clock_now (&line->bank->clock.parent) / 1000 * 1000;
      if (!routes[i].handler (line, request, text, &error))
        {
          g_autofree char *problem = gx_problem_write (error);

          out->status = gx_problem_status (error);
          g_string_assign (text, problem);
        }
      cut_range (request, out, text);
      out->body = g_bytes_new (text->str, text->len);
      return;
    }
  g_assert_not_reached ();
}

static void
answer (GxtLine          *line,
        const GxcRequest *request,
        GxcResponse      *out)
{
  const GxtWatch *watch = line->watch;

  if (watch != NULL && watch->before != NULL && watch->before (watch->data, line, request, out))
    return;
  handle (line, request, out);
  if (watch != NULL && watch->after != NULL)
    watch->after (watch->data, line, request, out);
}

static gboolean
is_feed (const GxcRequest *request)
{
  return g_str_equal (request->path, GX_PATH_PULL) || g_str_has_prefix (request->path, GX_PATH_BOOTSTRAP);
}

/* One bit of one byte, of those that the hash in the last line is about. */
static void
garble (GxcResponse *response,
        guint        where)
{
  gsize size;
  guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&response->body), &size);
  const char *last = g_strrstr_len ((const char *) bytes, (gssize) size, "{\"t\":\"end\"");

  if (last != NULL && last > (const char *) bytes)
    bytes[where % (gsize) (last - (const char *) bytes)] ^= 1;
  response->body = g_bytes_new_take (bytes, size);
}

static gboolean
direct_send (GxcTransport      *transport,
             const GxcRequest  *request,
             GxcResponse       *out,
             GCancellable      *cancellable,
             GError           **error)
{
  GxtLine *line = ((Direct *) transport)->line;
  GxtFault fault = line->fault;

  line->n_exchanges++;
  if (line->most != 0 && line->n_exchanges > line->most)
    g_error ("person %u: %s again and again", line->person, request->path);
  g_assert_nonnull (header (request, GX_HEADER_CLIENT));
  if (fault == GXT_FAULT_LOST_REQUEST)
    {
      line->fault = GXT_FAULT_NONE;
      return gx_fail (error, GX_ERROR_OFFLINE, "the request was lost");
    }
  if (g_str_equal (request->path, GX_PATH_PUSH) && line->old_push == NULL)
    line->old_push = g_bytes_ref (request->body);
  answer (line, request, out);
  line->fault = GXT_FAULT_NONE;
  if (fault == GXT_FAULT_TWICE)
    answer (line, request, out);
  if (fault == GXT_FAULT_LOST_ANSWER || fault == GXT_FAULT_CRASH)
    return gx_fail (error, GX_ERROR_OFFLINE, "the answer was lost");
  if (fault == GXT_FAULT_GARBLED && is_feed (request))
    garble (out, line->cut);
  if (fault == GXT_FAULT_CUT_ANSWER && g_bytes_get_size (out->body) > 0)
    {
      GBytes *whole = out->body;

      out->body = g_bytes_new_from_bytes (whole, 0, line->cut % g_bytes_get_size (whole));
      g_bytes_unref (whole);
    }

  return TRUE;
}

static void
direct_free (GxcTransport *transport)
{
  g_free (transport);
}

/**
 * gxt_direct_connect:
 * @line: a GxtLine
 *
 * A GxcConnectFunc.
 */
GxcTransport *
gxt_direct_connect (const char  *server,
                    const char  *ca_file,
                    gpointer     line,
                    GError     **error)
{
  Direct *direct = g_new0 (Direct, 1);

  direct->parent.send = direct_send;
  direct->parent.free = direct_free;
  direct->line = line;

  return &direct->parent;
}

/**
 * gxt_direct_replay:
 *
 * A push of long ago arrives once more; nobody hears the answer.
 */
void
gxt_direct_replay (GxtLine *line)
{
  GxcRequest request = { .method = "POST", .path = GX_PATH_PUSH, .body = line->old_push };
  g_auto(GxcResponse) response = { 0 };

  if (line->old_push == NULL)
    return;
  answer (line, &request, &response);
  g_clear_pointer (&line->old_push, g_bytes_unref);
}
