/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue of mutations: what waits for the server, in order, as wire JSON kept verbatim (sync.md 1.4, 2).
 *
 *   append --> [ 41 42 43 44 ] --take--> sent --settle--> acked | issue
 *
 * Numbers have no gaps. What has not left this machine may still change: a later edit of the same row is put into the
 * earlier mutation, a row made and removed again leaves nothing, and the later ones move up. Once taken, a mutation is
 * fixed: nobody knows whether it arrived. No reset of what the server said ever touches the queue.
 */
#include "gxc-queue-private.h"

#include "gx-json.h"
#include "gx-protocol.h"
#include "gxc-meta.h"
#include "gxc-overlay.h"
#include "gxc-store-lease.h"
#include "gxc-store-private.h"

#include <string.h>

void
gxc_mutation_free (GxcMutation *mutation)
{
  g_free (mutation->tbl);
  g_free (mutation->op);
  g_free (mutation->body);
  g_free (mutation);
}

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
  mutation->bundle = gx_statement_get_id (statement, 8);
  mutation->schema = (int) gx_statement_get_int (statement, 9);
  mutation->sealed = is_sealed (mutation->op, mutation->body);

  return mutation;
}

/** gxc_queue_load: @statement: (nullable): of GXC_SELECT_QUEUE */
GPtrArray *
gxc_queue_load (GxStatement  *statement,
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
  g_autoptr(GxStatement) statement = gx_db_query (db, error, GXC_SELECT_QUEUE "ORDER BY mid", NULL);

  return gxc_queue_load (statement, error);
}

gint64
gxc_queue_length (GxDb *db)
{
  gint64 n = 0;

  gx_db_query_int (db, &n, NULL, "SELECT COUNT(*) FROM queue", NULL);
  return n;
}

GPtrArray *
gxc_queue_load_after (GxDb    *db,
                      gint64   mid,
                      GError **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, GXC_SELECT_QUEUE "WHERE mid>? ORDER BY mid", "i", mid);

  return gxc_queue_load (statement, error);
}

/**
 * gxc_queue_append:
 * @op: "create", "patch", "delete" or "cr.submit" (then @entity is change_request and @id the request's)
 * @set: (nullable): as it travels
 * @base: (nullable): of a delete
 * @original: (nullable): what the person saw in the fields that a patch changes
 *
 * Puts a mutation at the end of the queue and over its row, in the bundle that is open (gxc_store_begin_bundle()). A patch may
 * go into an earlier mutation instead.
 *
 * Returns: its number, 0 with @error set
 *
 * Errors: %GX_ERROR_LEASE if the desk was too long without the server
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
  GxcMutation mutation = { .mut_id = gxc_store_new_id (store), .tbl = (char *) entity->name, .id = *id, .op = (char *) op,
                           .created_at = gx_clock_now (gxc_store_get_clock (store)), .bundle = gxc_store_get_bundle (store) };
  g_autofree char *body = NULL;
  g_autofree char *seen = gxc_body_of_object (original);

  if (!gxc_lease_check (store, error))
    return 0;
  gxc_store_note (store, GXC_CHANGED_QUEUE);
  if (g_str_equal (op, "patch"))
    {
      gint64 mid;

      if (!gxc_queue_coalesce (store, entity, id, set, original, &mid, error))
        return 0;
      if (mid != 0)
        return mid;
    }

  mutation.mid = gxc_meta_get_int (db, GXC_META_LAST_MID) + 1;
  body = gxc_body_write (store, &mutation, set, base);
  if (!gx_db_run (db, error, "INSERT INTO queue(mid, mut_id, bundle, tbl, id, op, body, schema, created_at)"
                  " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", "iuututtni", mutation.mid, &mutation.mut_id, &mutation.bundle, entity->name, id, op,
                  body, GX_SCHEMA, mutation.created_at)
      || !gxc_meta_set_int (store, GXC_META_LAST_MID, mutation.mid, error)
      || !gxc_overlay_cover (store, mutation.mid, entity, id, seen, error))
    return 0;

  return mutation.mid;
}

static gboolean
move_up (JsonObject *base,
         gpointer    data)
{
  gint64 m = json_object_get_int_member_with_default (base, "m", 0), dropped = *(const gint64 *) data;

  if (m > dropped)
    json_object_set_int_member (base, "m", m - 1);
  return m > dropped;
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
  gxc_body_visit_bases (json_node_get_object (node), move_up, &dropped);
  body = gxc_body_of_object (json_node_get_object (node));

  return gx_db_run (db, error, "UPDATE queue SET mid=mid-1, body=? WHERE mid=?", "ti", body, mutation->mid)
         && gx_db_run (db, error, "UPDATE cover SET mid=mid-1 WHERE mid=?", "i", mutation->mid);
}

/**
 * gxc_queue_drop:
 * @mid: of a mutation that has not left this machine, and on which no later one is based
 *
 * Takes it out of the queue, as if it had never been made; later ones move up.
 *
 * Errors: %GX_ERROR_STATE if it may have left or others build on it; %GX_ERROR_LEASE
 */
gboolean
gxc_queue_drop (GxcStore  *store,
                gint64     mid,
                GError   **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autoptr(GPtrArray) later = gxc_queue_load_after (db, mid, error);
  gint64 sent_at;

  if (later == NULL || !gxc_lease_check (store, error)
      || !gx_db_query_int (db, &sent_at, error, "SELECT COALESCE(sent_at, 0) FROM queue WHERE mid=?", "i", mid))
    return FALSE;
  if (sent_at != 0 || gxc_queue_is_referred_to (db, mid))
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

/** gxc_queue_may_withdraw: whether the row was made here, never left, and nothing else in the queue names it */
gboolean
gxc_queue_may_withdraw (GxDb           *db,
                        const GxEntity *entity,
                        const GxId     *id)
{
  gint64 mid, n_sent = 1;

  return gx_db_query_int (db, &n_sent, NULL, "SELECT COUNT(*) FROM queue WHERE id=? AND sent_at IS NOT NULL", "u", id) && n_sent == 0
         && gx_db_query_int (db, &mid, NULL, "SELECT mid FROM queue WHERE id=? AND tbl=? AND op='create'", "ut", id, entity->name)
         && !is_named_elsewhere (db, entity, id);
}

/**
 * gxc_queue_withdraw_row:
 * @out_done: (out): whether the row left no trace
 *
 * A row that gxc_queue_may_withdraw() is taken back instead of deleted.
 */
gboolean
gxc_queue_withdraw_row (GxcStore        *store,
                        const GxEntity  *entity,
                        const GxId      *id,
                        gboolean        *out_done,
                        GError         **error)
{
  GxDb *db = gxc_store_get_db (store);
  gint64 mid;

  *out_done = FALSE;
  if (!gxc_queue_may_withdraw (db, entity, id))
    return TRUE;

  while (gx_db_query_int (db, &mid, NULL, "SELECT mid FROM queue WHERE id=? AND tbl=? ORDER BY mid DESC", "ut", id, entity->name))
    if (!gxc_queue_drop (store, mid, error))
      return FALSE;
  *out_done = TRUE;

  return TRUE;
}

static gboolean
are_one_bundle (const GxcMutation *a,
                const GxcMutation *b)
{
  return !gx_id_is_none (&a->bundle) && gx_id_equal (&a->bundle, &b->bundle);
}

/* How many of the queue's head travel in one push: within the limits, of one schema, none behind a request that is not sealed, and a bundle
 * wholly or not at all, unless it is all there is. @cut: the last one was read only to see what it belongs to. */
static guint
count_takable (GPtrArray *queue,
               gsize      max_bytes,
               gboolean   cut)
{
  const GxcMutation *first = queue->len > 0 ? g_ptr_array_index (queue, 0) : NULL;
  guint n = 0, whole = 0;
  gsize bytes = 0;

  while (n < queue->len - (cut ? 1 : 0))
    {
      const GxcMutation *next = g_ptr_array_index (queue, n);

      bytes += strlen (next->body) + 1;
      if (n > 0 && (bytes > max_bytes || !next->sealed || next->schema != first->schema))
        break;
      n++;
      if (n == queue->len || !are_one_bundle (next, g_ptr_array_index (queue, n)))
        whole = n;
      if (!next->sealed)
        break;
    }

  return whole > 0 ? whole : n;
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
  gboolean cut;
  guint n;

  if (transaction == NULL)
    return FALSE;
  {
    g_autoptr(GxStatement) statement = gx_db_query (db, error, GXC_SELECT_QUEUE "ORDER BY mid LIMIT ?", "n", (int) args->max_n + 1);

    queue = gxc_queue_load (statement, error);
  }
  if (queue == NULL)
    return FALSE;
  cut = queue->len > args->max_n;

  args->taken = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_mutation_free);
  n = count_takable (queue, args->max_bytes, cut);
  for (guint i = 0; i < n; i++)
    {
      GxcMutation *next = g_ptr_array_steal_index (queue, 0);

      if (next->sealed)
        last = next->mid;
      g_ptr_array_add (args->taken, next);
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
