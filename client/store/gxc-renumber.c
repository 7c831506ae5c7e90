/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this desk has to say goes on under new numbers (sync.md 1.4, 1.6):
 *
 *   fork:   the profile is a copy, and its twin has used the numbers   -> another client id, the queue renumbered
 *   epoch:  the server was restored from a backup                      -> what it said is forgotten; the acknowledged of the
 *           last seven days stand in the queue once more, before the others
 *
 * Every mutation keeps its id, by which a server that knows it answers with the first result. New numbers go on after the
 * last one ever given, so that no number here means two things; the server is told where they begin. The queue only grows.
 */
#include "gxc-renumber.h"

#include "gx-bug.h"
#include "gx-catalog.h"
#include "gx-json.h"
#include "gxc-member.h"
#include "gxc-meta.h"
#include "gxc-overlay.h"
#include "gxc-queue-private.h"
#include "gxc-store-private.h"

typedef struct
{
  GxcStore   *store;
  GxDb       *db;
  GHashTable *numbers;          /* gint64* old -> gint64* new */
  const char *table;            /* of the row that the mutation in hand is about */
  GxId        id;
} Renumbering;

static gint64 *
dup_number (gint64 number)
{
  return g_memdup2 (&number, sizeof number);
}

static gint64
seq_of (GxDb   *db,
        gint64  mid)
{
  gint64 seq = 0;

  gx_db_find_int (db, &seq, NULL, "SELECT seq FROM acked WHERE mid=?", "i", mid);
  return seq;
}

/* "As my mutation N left it": under its new number, or by what it did. One that was refused did nothing: then the server
 * is to say what stands there. */
static void
map_number (Renumbering *renumbering,
            JsonObject  *base)
{
  gint64 mid = json_object_get_int_member (base, "m");
  const gint64 *number = g_hash_table_lookup (renumbering->numbers, &mid);

  if (number != NULL)
    {
      json_object_set_int_member (base, "m", *number);
      return;
    }
  json_object_remove_member (base, "m");
  json_object_set_int_member (base, "s", seq_of (renumbering->db, mid));
}

/* A version that an own mutation made, which is offered once more: it will be another version then. */
static void
map_version (Renumbering *renumbering,
             JsonObject  *base)
{
  const gint64 *number;
  gint64 mid = 0;

  gx_db_find_int (renumbering->db, &mid, NULL, "SELECT mid FROM acked WHERE tbl=? AND id=? AND seq=? ORDER BY mid DESC LIMIT 1", "tui",
                  renumbering->table, &renumbering->id, json_object_get_int_member_with_default (base, "s", 0));
  number = g_hash_table_lookup (renumbering->numbers, &mid);
  if (number == NULL)
    return;
  json_object_remove_member (base, "s");
  json_object_set_int_member (base, "m", *number);
}

static gboolean
map_base (JsonObject *base,
          gpointer    data)
{
  (json_object_has_member (base, "m") ? map_number : map_version) (data, base);
  return TRUE;
}

/* A request is signed anew when it is the head: its key or its bases are other ones now. What was resolved is a version. */
static void
unseal (Renumbering *renumbering,
        JsonObject  *mutation)
{
  JsonObject *set = json_object_get_object_member (mutation, "set");
  JsonObject *bases = json_object_get_object_member (set, "base");
  g_autoptr(GList) names = json_object_get_members (bases);

  json_object_remove_member (set, "digest");
  json_object_remove_member (set, "sig");
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (bases, l->data);
      JsonObject *base;

      if (!JSON_NODE_HOLDS_VALUE (node))
        continue;
      base = json_object_new ();
      json_object_set_int_member (base, "s", json_node_get_int (node));
      json_object_set_object_member (bases, l->data, base);
    }
  renumbering->table = json_object_get_string_member (set, "tbl");
  gx_id_parse (json_object_get_string_member (set, "entity_id"), &renumbering->id);
}

static gboolean
is_request (const GxcMutation *mutation)
{
  return g_str_equal (mutation->op, "cr.submit");
}

static char *
renumbered_body (Renumbering        *renumbering,
                 const GxcMutation  *mutation,
                 gint64              mid,
                 GError            **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (mutation->body, -1, error);
  JsonObject *object = node != NULL ? gx_json_root_object (node, error) : NULL;

  if (object == NULL)
    return NULL;
  json_object_set_int_member (object, "mid", mid);
  renumbering->table = mutation->tbl;
  renumbering->id = mutation->id;
  if (is_request (mutation))
    unseal (renumbering, object);
  gxc_body_visit_bases (object, map_base, renumbering);

  return gxc_body_of_object (object);
}

static gboolean
move_cover (Renumbering        *renumbering,
            const GxcMutation  *mutation,
            gint64              mid,
            GError            **error)
{
  const GxEntity *entity = gx_entity_by_name (mutation->tbl);
  g_autofree char *original = NULL;

  if (!gx_db_run (renumbering->db, error, "UPDATE cover SET mid=?, seq=NULL WHERE mid=?", "ii", mid, mutation->mid))
    return FALSE;
  if (entity == NULL)
    return TRUE;
  /* Shown anew: what is offered once more stood behind it until now. */
  if (gx_db_changes (renumbering->db) > 0)
    return GX_BUG (GX_BUG_OVER) || gxc_overlay_refresh (renumbering->store, entity, &mutation->id, error);

  /* It had been lifted: the server's row had it inside, and that row is gone. */
  gx_db_query_text (renumbering->db, &original, NULL, "SELECT original FROM acked WHERE mid=?", "i", mutation->mid);
  return gxc_overlay_cover (renumbering->store, mid, entity, &mutation->id, original, error);
}

/* A request may be sealed anew only while it counts as one that never left; anything else may have arrived, and stays as it is. */
static gboolean
move_queued (Renumbering        *renumbering,
             const GxcMutation  *mutation,
             gint64              mid,
             GError            **error)
{
  g_autofree char *body = renumbered_body (renumbering, mutation, mid, error);

  return body != NULL
         && gx_db_run (renumbering->db, error, "UPDATE queue SET mid=?, body=?, sent_at=CASE WHEN ? THEN NULL ELSE sent_at END WHERE mid=?",
                       "itni", mid, body, (int) is_request (mutation), mutation->mid)
         && move_cover (renumbering, mutation, mid, error);
}

/* What was acknowledged stands in the queue once more, as one that has left. */
static gboolean
move_acked (Renumbering        *renumbering,
            const GxcMutation  *mutation,
            gint64              mid,
            GError            **error)
{
  g_autofree char *body = renumbered_body (renumbering, mutation, mid, error);

  return body != NULL
         && gx_db_run (renumbering->db, error, "INSERT INTO queue(mid, mut_id, bundle, tbl, id, op, body, schema, created_at, sent_at)"
                       " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "iuututtnii", mid, &mutation->mut_id, &mutation->bundle, mutation->tbl,
                       &mutation->id, mutation->op, body, mutation->schema, mutation->created_at, mutation->created_at)
         && (!is_request (mutation)
             || gx_db_run (renumbering->db, error, "UPDATE queue SET sent_at=NULL WHERE mid=?", "i", mid))
         && move_cover (renumbering, mutation, mid, error);
}

/* The last thing: until then the others look up what their bases were. */
static gboolean
forget_acked (Renumbering  *renumbering,
              GPtrArray    *acked,
              GError      **error)
{
  for (guint i = 0; i < acked->len; i++)
    {
      const GxcMutation *mutation = g_ptr_array_index (acked, i);

      if (!gx_db_run (renumbering->db, error, "DELETE FROM acked WHERE mid=?", "i", mutation->mid)
          || !gx_db_run (renumbering->db, error, "DELETE FROM result WHERE mid=?", "i", mutation->mid))
        return FALSE;
    }

  return TRUE;
}

static GPtrArray *
load_acked (Renumbering  *renumbering,
            GError      **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (renumbering->db, error, "SELECT mid, mut_id, tbl, id, op, body, created_at, created_at, bundle, schema FROM acked"
                 " WHERE until>? AND op IS NOT NULL ORDER BY mid", "i", gx_clock_now (gxc_store_get_clock (renumbering->store)));

  return gxc_queue_load (statement, error);
}

typedef gboolean (*MoveFunc) (Renumbering *renumbering, const GxcMutation *mutation, gint64 mid, GError **error);

static gboolean
move_all (Renumbering  *renumbering,
          GPtrArray    *mutations,
          MoveFunc      move,
          GError      **error)
{
  for (guint i = 0; i < mutations->len; i++)
    {
      const GxcMutation *mutation = g_ptr_array_index (mutations, i);
      const gint64 *mid = g_hash_table_lookup (renumbering->numbers, &mutation->mid);

      if (!move (renumbering, mutation, *mid, error))
        return FALSE;
    }

  return TRUE;
}

static void
give_numbers (Renumbering *renumbering,
              GPtrArray   *mutations,
              gint64      *last)
{
  for (guint i = 0; i < mutations->len; i++)
    {
      const GxcMutation *mutation = g_ptr_array_index (mutations, i);

      g_hash_table_insert (renumbering->numbers, dup_number (mutation->mid), dup_number (++*last));
    }
}

/* @acked: what stands in the queue once more, before what stands there. */
static gboolean
renumber (Renumbering  *renumbering,
          GPtrArray    *acked,
          GError      **error)
{
  g_autoptr(GPtrArray) queue = gxc_queue_list (renumbering->db, error);
  gint64 last = gxc_meta_get_int (renumbering->db, GXC_META_LAST_MID), first = last + 1;

  if (queue == NULL)
    return FALSE;
  give_numbers (renumbering, acked, &last);
  give_numbers (renumbering, queue, &last);
  gxc_store_note (renumbering->store, GXC_CHANGED_QUEUE);

  return move_all (renumbering, acked, move_acked, error)
         && move_all (renumbering, queue, move_queued, error)
         && forget_acked (renumbering, acked, error)
         && gxc_meta_set_int (renumbering->store, GXC_META_LAST_MID, last, error)
         && gxc_meta_set_int (renumbering->store, GXC_META_ACK_MID, first - 1, error)
         && gxc_meta_set_int (renumbering->store, GXC_META_FROM_MID, first, error);
}

static gboolean
run (GxcStore  *store,
     gboolean   again,
     GError   **error)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  Renumbering renumbering = { .store = store, .db = gxc_store_get_db (store), .numbers = numbers };
  g_autoptr(GPtrArray) acked = again && !GX_BUG (GX_BUG_OFFER) ? load_acked (&renumbering, error) : g_ptr_array_new ();

  return acked != NULL && renumber (&renumbering, acked, error);
}

/**
 * gxc_renumber_fork:
 *
 * This profile becomes a client of its own. What the server said of its scopes still holds; the key that it signs with is
 * its twin's, so a new one is due, and somebody has to sign in.
 */
gboolean
gxc_renumber_fork (GxcStore  *store,
                   GError   **error)
{
  GxId client_id = gxc_store_new_id (store);

  return (!GX_BUG (GX_BUG_COPY) || gx_db_exec (gxc_store_get_db (store), "DELETE FROM queue", error))
         && run (store, FALSE, error)
         && gxc_meta_set (store, GXC_META_CLIENT_ID, GX_ID_STR (&client_id), error)
         && gxc_meta_set (store, GXC_META_DEVICE_ID, NULL, error)
         && gxc_meta_set (store, GXC_META_DEVICE_KEY, "", error);
}

/**
 * gxc_renumber_epoch:
 *
 * The server's past is another one from here on. Its epoch is what the next pull says. Documents that are still here are offered
 * once more as well.
 */
gboolean
gxc_renumber_epoch (GxcStore  *store,
                    GError   **error)
{
  return gxc_member_reset (store, error)
         && run (store, TRUE, error)
         && gx_db_run (gxc_store_get_db (store), error, "UPDATE blob SET state='WAITING', sent=0 WHERE state='SENT' AND path IS NOT NULL",
                       NULL)
         && gxc_meta_set (store, GXC_META_EPOCH, NULL, error);
}
