/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request at the head of the queue, whose documents are at the bank: its bases become numbers, and it is signed.
 *
 *   {"m":41} --result of 41--> 5122,   digest = SHA-256 (canonical content),   sig = Ed25519 (decision "submit")
 *
 * Only here are the results of all earlier mutations known, so a request that was made offline upon changes that were
 * made offline has a true base. If such a change was refused, the base stays what it is: the server refuses the request,
 * and it can be read in the Issues tray.
 */
#include "gxc-seal.h"

#include "gx-catalog.h"
#include "gx-json.h"

typedef struct
{
  JsonObject *set;              /* of the request, changed in place */
  gint64      mid;
} ResolveArgs;

static gint64
seq_of_result (GxDb   *db,
               gint64  mid)
{
  gint64 seq = 0;

  return gx_db_query_int (db, &seq, NULL, "SELECT COALESCE(a.seq, 0) FROM result r JOIN acked a ON a.mid=r.mid WHERE r.mid=?", "i",
                          mid) ? seq : 0;
}

static void
resolve_bases (GxDb       *db,
               JsonObject *base)
{
  g_autoptr(GList) names = json_object_get_members (base);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (base, l->data);
      JsonObject *object;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      object = json_node_get_object (node);
      if (json_object_has_member (object, "s"))
        json_object_set_int_member (base, l->data, json_object_get_int_member (object, "s"));
      else
        {
          gint64 seq = seq_of_result (db, json_object_get_int_member (object, "m"));

          if (seq > 0)
            json_object_set_int_member (base, l->data, seq);
        }
    }
}

/* Upon which version of the row a mutation was done, -1 if its result does not tell. A row is made upon nothing. */
static gint64
version_before (GxStatement *statement)
{
  g_autoptr(JsonNode) node = gx_json_parse (gx_statement_get_text (statement, 1), -1, NULL);
  JsonObject *result = node != NULL ? gx_json_root_object (node, NULL) : NULL;

  if (result != NULL && json_object_has_member (result, "was"))
    return json_object_get_int_member (result, "was");

  return gx_statement_get_int (statement, 2) != 0 ? 0 : -1;
}

/* The row's version as its maker knew it: his own changes that came before do not make the request stale. They count as far
 * as each was done upon what he knew; where somebody else's change stands in between, he did not see that one. */
static gint64
own_version (GxDb       *db,
             const char *tbl,
             const char *entity_id,
             gint64      mid,
             gint64      base_v)
{
  static const char sql[] = "SELECT a.seq, r.body, json_extract(a.body, '$.op')='create' FROM acked a JOIN result r ON r.mid=a.mid"
                            " WHERE a.id=? AND a.tbl=? AND a.mid<? AND a.seq>? ORDER BY a.mid";
  g_autoptr(GxStatement) statement = NULL;
  GxId id;

  if (!gx_id_parse (entity_id, &id))
    return base_v;
  statement = gx_db_query (db, NULL, sql, "utii", &id, tbl, mid, base_v);
  while (statement != NULL && gx_statement_next (statement, NULL))
    {
      gint64 was = version_before (statement);

      if (was < 0 || was > base_v)
        break;
      base_v = MAX (base_v, gx_statement_get_int (statement, 0));
    }

  return base_v;
}

static gboolean
resolve_here (GxcStore  *store,
              gpointer   data,
              GError   **error)
{
  const ResolveArgs *args = data;
  GxDb *db = gxc_store_get_db (store);
  const char *op = json_object_get_string_member (args->set, "op");

  resolve_bases (db, json_object_get_object_member (args->set, "base"));
  if (!g_str_equal (op, "create"))
    json_object_set_int_member (args->set, "base_v",
                                own_version (db, json_object_get_string_member (args->set, "tbl"),
                                             json_object_get_string_member (args->set, "entity_id"), args->mid,
                                             json_object_get_int_member (args->set, "base_v")));

  return TRUE;
}

static char **
evidence_hashes (JsonArray *evidence)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (evidence); i++)
    g_strv_builder_add (builder, json_object_get_string_member (json_array_get_object_element (evidence, i), "sha256"));

  return g_strv_builder_end (builder);
}

/**
 * gxc_seal_revision:
 * @content: (inout): kind, op, tbl, entity_id, after, base, reason, evidence; gets rev, digest and sig
 *
 * Digests the content and signs it as its maker.
 *
 * Errors: the keyring's
 */
gboolean
gxc_seal_revision (GxcContext   *context,
                   const GxId   *cr_id,
                   gint64        rev,
                   JsonObject   *content,
                   GError      **error)
{
  g_auto(GStrv) hashes = evidence_hashes (json_object_get_array_member (content, "evidence"));
  GxRequestContent request = {
    .kind = json_object_get_string_member (content, "kind"),
    .op = json_object_get_string_member (content, "op"),
    .table = json_object_get_string_member (content, "tbl"),
    .rev = rev,
    .reason = json_object_get_string_member (content, "reason"),
    .after = json_object_get_member (content, "after"),
    .base = json_object_get_member (content, "base"),
    .evidence = (const char *const *) hashes,
  };
  GxDecision decision = { .request = *cr_id, .rev = rev, .verdict = "submit", .person = gxc_context_get_employee (context) };
  g_auto(GxSecretKey) key = { 0 };
  g_autofree char *digest = NULL;
  g_autofree char *signature = NULL;

  if (!gx_id_parse (json_object_get_string_member (content, "entity_id"), &request.entity))
    return gx_fail_field (error, GX_ERROR_MALFORMED, "entity_id", "form", "is no id");
  if (!gxc_context_load_key (context, &key, error))
    return FALSE;
  digest = gx_request_digest (&request);
  decision.digest = digest;
  signature = gx_decision_sign (&decision, &key);

  json_object_set_int_member (content, "rev", rev);
  json_object_set_string_member (content, "digest", digest);
  json_object_set_string_member (content, "sig", signature);

  return TRUE;
}

/**
 * gxc_seal_request:
 * @mutation: the head of the queue, a request that is not sealed
 *
 * Errors: the keyring's; nothing is changed then
 */
gboolean
gxc_seal_request (GxcContext         *context,
                  const GxcMutation  *mutation,
                  GError            **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (mutation->body, -1, error);
  ResolveArgs args = { .mid = mutation->mid };
  g_autoptr(GString) body = g_string_new (NULL);

  if (node == NULL)
    return FALSE;
  args.set = json_object_get_object_member (json_node_get_object (node), "set");
  if (!gxc_store_call (gxc_context_get_store (context), resolve_here, &args, error)
      || !gxc_seal_revision (context, &mutation->id, 1, args.set, error))
    return FALSE;
  gx_json_write_node (body, node);

  return gxc_queue_seal (gxc_context_get_store (context), mutation->mid, body->str, error);
}
