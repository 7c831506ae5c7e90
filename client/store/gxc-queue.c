/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue of mutations: what waits for the server, in order, as wire JSON kept verbatim (sync.md 1.4, 2).
 *
 *   append --> [ 41 42 43 44 ] --take--> sent --settle--> acked | issue
 *
 * Numbers have no gaps. What has not left this machine may still change: a later edit of the same row is put into the
 * earlier mutation, a row made and removed again leaves nothing, and the later ones move up. Once taken, a mutation is
 * fixed: nobody knows whether it arrived. No reset of what the server said ever touches the queue.
 */
#include "gxc-queue.h"

#include "gx-catalog.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gxc-meta.h"
#include "gxc-overlay.h"
#include "gxc-store-private.h"

#include <string.h>

#define ACKED_KEPT_MS (7 * 24 * 3600 * G_GINT64_CONSTANT (1000))     /* for a server that comes back from a backup */

void
gxc_mutation_free (GxcMutation *mutation)
{
  g_free (mutation->tbl);
  g_free (mutation->op);
  g_free (mutation->body);
  g_free (mutation);
}

#define SELECT_QUEUE "SELECT mid, mut_id, tbl, id, op, body, created_at, sent_at FROM queue "

static gboolean
is_sealed (const char *op,
           const char *body)
{
  g_autoptr(JsonNode) node = NULL;
  JsonObject *set;

  if (!g_str_equal (op, "cr.submit"))
    return TRUE;
  node = gx_json_parse (body, -1, NULL);
  set = node != NULL ? json_object_get_object_member (json_node_get_object (node), "set") : NULL;

  return set != NULL && json_object_has_member (set, "digest");
}

static GxcMutation *
read_mutation (GxStatement *statement)
{
  GxcMutation *mutation = g_new0 (GxcMutation, 1);

  mutation->mid = gx_statement_get_int (statement, 0);
  mutation->mut_id = gx_statement_get_id (statement, 1);
  mutation->tbl = g_strdup (gx_statement_get_text (statement, 2));
  mutation->id = gx_statement_get_id (statement, 3);
  mutation->op = g_strdup (gx_statement_get_text (statement, 4));
  mutation->body = g_strdup (gx_statement_get_text (statement, 5));
  mutation->created_at = gx_statement_get_int (statement, 6);
  mutation->sent_at = gx_statement_get_int (statement, 7);
  mutation->sealed = is_sealed (mutation->op, mutation->body);

  return mutation;
}

static GPtrArray *
load_mutations (GxStatement  *statement,
                GError      **error)
{
  g_autoptr(GPtrArray) mutations = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_mutation_free);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (gx_statement_next (statement, &local))
    g_ptr_array_add (mutations, read_mutation (statement));
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }

  return g_steal_pointer (&mutations);
}

/**
 * gxc_queue_list:
 *
 * Returns: (transfer full) (nullable) (element-type GxcMutation): all that waits, in order
 */
GPtrArray *
gxc_queue_list (GxDb    *db,
                GError **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, SELECT_QUEUE "ORDER BY mid", NULL);

  return load_mutations (statement, error);
}

gint64
gxc_queue_length (GxDb *db)
{
  gint64 n = 0;

  gx_db_query_int (db, &n, NULL, "SELECT COUNT(*) FROM queue", NULL);
  return n;
}

static int
zone_offset (gint64 now)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, now / 1000);

  return g_time_zone_get_offset (zone, interval) / 60;
}

static char *
write_body (gint64          mid,
            const GxId     *mut_id,
            const GxEntity *entity,
            const GxId     *id,
            const char     *op,
            gint64          now,
            JsonObject     *set,
            JsonObject     *base)
{
  GString *out = g_string_sized_new (256);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "mid", mid);
  gx_json_writer_put_id (&writer, "mut_id", mut_id);
  gx_json_writer_put_string (&writer, "op", op);
  gx_json_writer_put_string (&writer, "tbl", entity->name);
  gx_json_writer_put_id (&writer, "id", id);
  gx_json_writer_put_int (&writer, "at", now);
  gx_json_writer_put_int (&writer, "off", zone_offset (now));
  if (base != NULL)
    {
      g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), base);

      gx_json_writer_member (&writer, "b");
      gx_json_writer_node (&writer, node);
    }
  if (set != NULL)
    {
      g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), set);

      gx_json_writer_member (&writer, "set");
      gx_json_writer_node (&writer, node);
    }
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

static char *
object_to_json (JsonObject *object)
{
  g_autoptr(JsonNode) node = NULL;
  GString *out;

  if (object == NULL)
    return NULL;
  node = json_node_init_object (json_node_alloc (), object);
  out = g_string_new (NULL);
  gx_json_write_node (out, node);

  return g_string_free (out, FALSE);
}

/* The places of a mutation where {"m":N}, "as my mutation N left it", may stand. */
typedef gboolean (*BaseFunc) (JsonObject *base, gint64 mid);

static gboolean
visit_base (JsonNode *node,
            BaseFunc  func,
            gint64    mid)
{
  JsonObject *base = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return base != NULL && json_object_has_member (base, "m") && func (base, mid);
}

static gboolean
visit_bases (JsonObject *mutation,
             BaseFunc    func,
             gint64      mid)
{
  gboolean found = visit_base (json_object_get_member (mutation, "b"), func, mid);
  gboolean submit = g_str_equal (json_object_get_string_member (mutation, "op"), "cr.submit");
  gboolean patch = g_str_equal (json_object_get_string_member (mutation, "op"), "patch");
  JsonObject *set = json_object_has_member (mutation, "set") ? json_object_get_object_member (mutation, "set") : NULL;
  JsonObject *list = submit && set != NULL && json_object_has_member (set, "base") ? json_object_get_object_member (set, "base")
                     : patch ? set : NULL;
  JsonObjectIter iter;
  JsonNode *node;

  if (list == NULL)
    return found;
  json_object_iter_init (&iter, list);
  while (json_object_iter_next (&iter, NULL, &node))
    {
      if (patch)
        node = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), "b") : NULL;
      found |= visit_base (node, func, mid);
    }

  return found;
}

static gboolean
is_based_on (JsonObject *base,
             gint64      mid)
{
  return json_object_get_int_member (base, "m") == mid;
}

static gboolean
move_up (JsonObject *base,
         gint64      dropped)
{
  gint64 m = json_object_get_int_member (base, "m");

  if (m > dropped)
    json_object_set_int_member (base, "m", m - 1);
  return m > dropped;
}

static GPtrArray *
load_after (GxDb    *db,
            gint64   mid,
            GError **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, SELECT_QUEUE "WHERE mid>? ORDER BY mid", "i", mid);

  return load_mutations (statement, error);
}

static gboolean
is_referred_to (GxDb   *db,
                gint64  mid)
{
  g_autoptr(GPtrArray) later = load_after (db, mid, NULL);

  for (guint i = 0; later != NULL && i < later->len; i++)
    {
      const GxcMutation *mutation = g_ptr_array_index (later, i);
      g_autoptr(JsonNode) node = gx_json_parse (mutation->body, -1, NULL);

      if (node == NULL || visit_bases (json_node_get_object (node), is_based_on, mid))
        return TRUE;
    }

  return later == NULL;
}

/* The last mutation of the row, if it may still be changed. */
static GxcMutation *
find_open (GxDb           *db,
           const GxEntity *entity,
           const GxId     *id)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, NULL, SELECT_QUEUE "WHERE id=? AND tbl=? ORDER BY mid DESC LIMIT 1", "ut", id,
                                                  entity->name);
  g_autoptr(GxcMutation) mutation = NULL;

  if (statement == NULL || !gx_statement_next (statement, NULL))
    return NULL;
  mutation = read_mutation (statement);
  if (mutation->sent_at != 0 || !(g_str_equal (mutation->op, "create") || g_str_equal (mutation->op, "patch")))
    return NULL;

  return is_referred_to (db, mutation->mid) ? NULL : g_steal_pointer (&mutation);
}

/* A reference might name a row that is made by a mutation after the open one. */
static gboolean
sets_reference (const GxEntity *entity,
                JsonObject     *set)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, set);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      const GxField *field = gx_entity_find (entity, name);

      if (field != NULL && field->entity != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
merge_sets (JsonObject *open,
            gboolean    create,
            JsonObject *set)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, set);
  while (json_object_iter_next (&iter, &name, &node))
    {
      JsonNode *value = json_object_get_member (json_node_get_object (node), "v");

      if (create && JSON_NODE_HOLDS_NULL (value))
        json_object_remove_member (open, name);
      else if (create)
        json_object_set_member (open, name, json_node_copy (value));
      else if (json_object_has_member (open, name))
        json_object_set_member (json_object_get_object_member (open, name), "v", json_node_copy (value));
      else
        json_object_set_member (open, name, json_node_copy (node));
    }
}

/* What the person saw first is what a conflict will show as the base. */
static gboolean
merge_original (GxDb        *db,
                gint64       mid,
                JsonObject  *original,
                GError     **error)
{
  g_autofree char *known = gxc_overlay_dup_original (db, mid);
  g_autoptr(JsonNode) node = known != NULL ? gx_json_parse (known, -1, NULL) : NULL;
  g_autofree char *merged = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node == NULL || original == NULL)
    return TRUE;
  json_object_iter_init (&iter, original);
  while (json_object_iter_next (&iter, &name, &value))
    if (!json_object_has_member (json_node_get_object (node), name))
      json_object_set_member (json_node_get_object (node), name, json_node_copy (value));
  merged = object_to_json (json_node_get_object (node));

  return gx_db_run (db, error, "UPDATE cover SET original=? WHERE mid=?", "ti", merged, mid);
}

/* Puts a patch into an earlier mutation of the row that has not left yet; *out_mid is 0 if there is none. */
static gboolean
coalesce (GxcStore        *store,
          const GxEntity  *entity,
          const GxId      *id,
          JsonObject      *set,
          JsonObject      *original,
          gint64          *out_mid,
          GError         **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autoptr(GxcMutation) open = find_open (db, entity, id);
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *body = NULL;
  JsonObject *mutation;

  *out_mid = 0;
  if (open == NULL)
    return TRUE;
  if (open->mid != gxc_meta_get_int (db, GXC_META_LAST_MID) && sets_reference (entity, set))
    return TRUE;
  node = gx_json_parse (open->body, -1, error);
  if (node == NULL)
    return FALSE;

  mutation = json_node_get_object (node);
  merge_sets (json_object_get_object_member (mutation, "set"), g_str_equal (open->op, "create"), set);
  body = object_to_json (mutation);
  if (strlen (body) > GX_PUSH_BODY_MAX / 2)
    return TRUE;
  *out_mid = open->mid;

  return gx_db_run (db, error, "UPDATE queue SET body=? WHERE mid=?", "ti", body, open->mid)
         && merge_original (db, open->mid, original, error)
         && gxc_overlay_refresh (store, entity, id, error);
}

/**
 * gxc_queue_append:
 * @op: "create", "patch", "delete" or "cr.submit" (then @entity is change_request and @id the request's)
 * @set: (nullable): as it travels
 * @base: (nullable): of a delete
 * @original: (nullable): what the person saw in the fields that a patch changes
 *
 * Puts a mutation at the end of the queue and over its row. A patch may go into an earlier mutation instead.
 *
 * Returns: its number, 0 with @error set
 */
gint64
gxc_queue_append (GxcStore        *store,
                  const GxEntity  *entity,
                  const GxId      *id,
                  const char      *op,
                  JsonObject      *set,
                  JsonObject      *base,
                  JsonObject      *original,
                  GError         **error)
{
  GxDb *db = gxc_store_get_db (store);
  gint64 now = gx_clock_now (gxc_store_get_clock (store));
  GxId mut_id = gxc_store_new_id (store);
  g_autofree char *body = NULL;
  g_autofree char *seen = object_to_json (original);
  gint64 mid;

  gxc_store_note (store, GXC_CHANGED_QUEUE);
  if (g_str_equal (op, "patch"))
    {
      if (!coalesce (store, entity, id, set, original, &mid, error))
        return 0;
      if (mid != 0)
        return mid;
    }

  mid = gxc_meta_get_int (db, GXC_META_LAST_MID) + 1;
  body = write_body (mid, &mut_id, entity, id, op, now, set, base);
  if (!gx_db_run (db, error, "INSERT INTO queue(mid, mut_id, tbl, id, op, body, schema, created_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                  "iututtni", mid, &mut_id, entity->name, id, op, body, GX_SCHEMA, now)
      || !gxc_meta_set_int (store, GXC_META_LAST_MID, mid, error)
      || !gxc_overlay_cover (store, mid, entity, id, seen, error))
    return 0;

  return mid;
}

static gboolean
move_one_up (GxDb         *db,
             GxcMutation  *mutation,
             gint64        dropped,
             GError      **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (mutation->body, -1, error);
  g_autofree char *body = NULL;

  if (node == NULL)
    return FALSE;
  json_object_set_int_member (json_node_get_object (node), "mid", mutation->mid - 1);
  visit_bases (json_node_get_object (node), move_up, dropped);
  body = object_to_json (json_node_get_object (node));

  return gx_db_run (db, error, "UPDATE queue SET mid=mid-1, body=? WHERE mid=?", "ti", body, mutation->mid)
         && gx_db_run (db, error, "UPDATE cover SET mid=mid-1 WHERE mid=?", "i", mutation->mid);
}

/**
 * gxc_queue_drop:
 * @mid: of a mutation that has not left this machine, and on which no later one is based
 *
 * Takes it out of the queue, as if it had never been made; later ones move up.
 *
 * Errors: %GX_ERROR_STATE if it may have left or others build on it
 */
gboolean
gxc_queue_drop (GxcStore  *store,
                gint64     mid,
                GError   **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autoptr(GPtrArray) later = load_after (db, mid, error);
  gint64 sent_at;

  if (later == NULL
      || !gx_db_query_int (db, &sent_at, error, "SELECT COALESCE(sent_at, 0) FROM queue WHERE mid=?", "i", mid))
    return FALSE;
  if (sent_at != 0 || is_referred_to (db, mid))
    return gx_fail (error, GX_ERROR_STATE, "mutation %" G_GINT64_FORMAT " cannot be taken back any more", mid);

  gxc_store_note (store, GXC_CHANGED_QUEUE);
  if (!gx_db_run (db, error, "DELETE FROM queue WHERE mid=?", "i", mid) || !gxc_overlay_lift (store, mid, error))
    return FALSE;
  for (guint i = 0; i < later->len; i++)
    if (!move_one_up (db, g_ptr_array_index (later, i), mid, error))
      return FALSE;

  return gxc_meta_set_int (store, GXC_META_LAST_MID, gxc_meta_get_int (db, GXC_META_LAST_MID) - 1, error);
}

static gboolean
is_named_elsewhere (GxDb           *db,
                    const GxEntity *entity,
                    const GxId     *id)
{
  g_autofree char *pattern = g_strdup_printf ("%%%s%%", GX_ID_STR (id));
  gint64 n = 1;

  gx_db_query_int (db, &n, NULL, "SELECT COUNT(*) FROM queue WHERE (id<>? OR tbl<>?) AND body LIKE ?", "utt", id, entity->name, pattern);
  return n > 0;
}

/**
 * gxc_queue_withdraw_row:
 * @out_done: (out): whether the row left no trace
 *
 * A row that was made here and never left, and that nothing else in the queue names, is taken back instead of deleted.
 */
gboolean
gxc_queue_withdraw_row (GxcStore        *store,
                        const GxEntity  *entity,
                        const GxId      *id,
                        gboolean        *out_done,
                        GError         **error)
{
  GxDb *db = gxc_store_get_db (store);
  gint64 mid, n_sent;

  *out_done = FALSE;
  if (!gx_db_query_int (db, &n_sent, error, "SELECT COUNT(*) FROM queue WHERE id=? AND sent_at IS NOT NULL", "u", id))
    return FALSE;
  if (n_sent > 0
      || !gx_db_query_int (db, &mid, NULL, "SELECT mid FROM queue WHERE id=? AND tbl=? AND op='create'", "ut", id, entity->name)
      || is_named_elsewhere (db, entity, id))
    return TRUE;

  while (gx_db_query_int (db, &mid, NULL, "SELECT mid FROM queue WHERE id=? AND tbl=? ORDER BY mid DESC", "ut", id, entity->name))
    if (!gxc_queue_drop (store, mid, error))
      return FALSE;
  *out_done = TRUE;

  return TRUE;
}

typedef struct
{
  guint      max_n;
  gsize      max_bytes;
  GPtrArray *taken;
} TakeArgs;

static gboolean
take_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  TakeArgs *args = data;
  GxDb *db = gxc_store_get_db (store);
  gint64 now = gx_clock_now (gxc_store_get_clock (store)), last = 0;
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (db, error);
  g_autoptr(GPtrArray) queue = NULL;
  gsize bytes = 0;

  if (transaction == NULL)
    return FALSE;
  {
    g_autoptr(GxStatement) statement = gx_db_query (db, error, SELECT_QUEUE "ORDER BY mid LIMIT ?", "n", (int) args->max_n);

    queue = load_mutations (statement, error);
  }
  if (queue == NULL)
    return FALSE;

  args->taken = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_mutation_free);
  while (queue->len > 0)
    {
      const GxcMutation *next = g_ptr_array_index (queue, 0);

      bytes += strlen (next->body) + 1;
      if (args->taken->len > 0 && (bytes > args->max_bytes || !next->sealed))
        break;
      if (next->sealed)
        last = next->mid;
      g_ptr_array_add (args->taken, g_ptr_array_steal_index (queue, 0));
      if (last == 0)
        break;
    }

  return gx_db_run (db, error, "UPDATE queue SET sent_at=? WHERE mid<=? AND sent_at IS NULL", "ii", now, last)
         && gxc_store_commit (store, transaction, error);
}

/**
 * gxc_queue_take:
 *
 * The head of the queue for one push, marked as sent before it leaves. A request that is not sealed ends the list; if it
 * is the head itself it is the only one, and is not marked.
 *
 * Returns: (transfer full) (nullable) (element-type GxcMutation)
 */
GPtrArray *
gxc_queue_take (GxcStore  *store,
                guint      max_n,
                gsize      max_bytes,
                GError   **error)
{
  TakeArgs args = { max_n, max_bytes };

  if (gxc_store_call (store, take_here, &args, error))
    return args.taken;

  g_clear_pointer (&args.taken, g_ptr_array_unref);
  return NULL;
}

typedef struct
{
  gint64      mid;
  const char *body;
} SealArgs;

static gboolean
seal_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  SealArgs *args = data;

  return gx_db_run (gxc_store_get_db (store), error, "UPDATE queue SET body=? WHERE mid=? AND sent_at IS NULL", "ti", args->body,
                    args->mid);
}

/**
 * gxc_queue_seal:
 * @body: the request with its bases resolved, its digest and signature
 */
gboolean
gxc_queue_seal (GxcStore    *store,
                gint64       mid,
                const char  *body,
                GError     **error)
{
  SealArgs args = { mid, body };

  return gxc_store_call (store, seal_here, &args, error);
}

/* What was asked, what came back, and what the person saw before: all that the Issues tray shows. */
static char *
write_issue (const char *body,
             const char *result,
             const char *original)
{
  GString *out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_raw (&writer, "mutation", body);
  gx_json_writer_put_raw (&writer, "result", result);
  if (original != NULL)
    gx_json_writer_put_raw (&writer, "original", original);
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

static gboolean
open_issue (GxcStore           *store,
            const GxcMutation  *mutation,
            const char         *st,
            const char         *result,
            GError            **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autofree char *original = gxc_overlay_dup_original (db, mutation->mid);
  g_autofree char *body = write_issue (mutation->body, result, original);

  gxc_store_note (store, GXC_CHANGED_ISSUES);

  return gx_db_run (db, error, "INSERT INTO issue(mid, kind, body, opened_at) VALUES(?, ?, ?, ?)", "itti", mutation->mid, st, body,
                    gx_clock_now (gxc_store_get_clock (store)))
         && gx_db_run (db, error, "DELETE FROM queue WHERE mid=?", "i", mutation->mid)
         && gxc_overlay_lift (store, mutation->mid, error);
}

static gboolean
keep_acked (GxcStore           *store,
            const GxcMutation  *mutation,
            gint64              seq,
            GError            **error)
{
  GxDb *db = gxc_store_get_db (store);
  gint64 now = gx_clock_now (gxc_store_get_clock (store));

  return gx_db_run (db, error, "INSERT INTO acked(mid, mut_id, tbl, id, seq, body, until) VALUES(?, ?, ?, ?, ?, ?, ?)", "iutuiti",
                    mutation->mid, &mutation->mut_id, mutation->tbl, &mutation->id, seq, mutation->body, now + ACKED_KEPT_MS)
         && gx_db_run (db, error, "DELETE FROM queue WHERE mid=?", "i", mutation->mid)
         && gx_db_run (db, error, "DELETE FROM acked WHERE until<? AND mid NOT IN (SELECT mid FROM cover)", "i", now)
         && gxc_overlay_acknowledge (store, mutation->mid, seq, error);
}

static gboolean
find_mutation (GxDb          *db,
               gint64         mid,
               GxcMutation  **out,
               GError       **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, SELECT_QUEUE "WHERE mid=?", "i", mid);
  g_autoptr(GPtrArray) found = load_mutations (statement, error);

  if (found == NULL)
    return FALSE;
  *out = found->len > 0 ? g_ptr_array_steal_index (found, 0) : NULL;

  return TRUE;
}

/**
 * gxc_queue_settle:
 * @st: what the server said: applied, noop, pending_review; conflict, rejected
 * @seq: of the effect, 0 if it said none
 * @result: its whole answer, JSON
 *
 * The mutation has its result: it leaves the queue. If it was refused, all of it goes to the Issues tray. Told twice, the
 * second time does nothing. Inside a GxcStoreFunc and a transaction.
 */
gboolean
gxc_queue_settle (GxcStore    *store,
                  gint64       mid,
                  const char  *st,
                  gint64       seq,
                  const char  *result,
                  GError     **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autoptr(GxcMutation) mutation = NULL;
  gboolean refused = g_str_equal (st, "conflict") || g_str_equal (st, "rejected");

  if (!find_mutation (db, mid, &mutation, error))
    return FALSE;
  if (mutation == NULL)
    return TRUE;

  gxc_store_note (store, GXC_CHANGED_QUEUE);

  return gx_db_run (db, error, "INSERT INTO result(mid, st, body) VALUES(?, ?, ?)", "itt", mid, st, result)
         && (refused ? open_issue (store, mutation, st, result, error) : keep_acked (store, mutation, seq, error))
         && gxc_meta_set_int (store, GXC_META_ACK_MID, mid, error);
}
