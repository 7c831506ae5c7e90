/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request whose evidence is still on its way to the bank waits at the end of the queue, and what does not depend on it
 * passes (sync.md 1.8):
 *
 *   41 request (scan: 3 of 9 MB)   42 visit   43 task     -->    41 visit   42 task   43 request
 *
 * With it wait what is based on it, further requests for the same record, and the rest of its bundle. Only what never left this
 * machine changes its number, and each keeps its id.
 */
#include "gxc-queue-order.h"

#include "gx-bug.h"
#include "gx-json.h"
#include "gx-transaction.h"
#include "gxc-blob.h"
#include "gxc-queue.h"
#include "gxc-store-private.h"

typedef struct
{
  GxcMutation *mutation;
  JsonNode    *node;            /* (owned): its body */
  GxId         bundle;
  gint64       new_mid;
  gboolean     held;
} Place;

static void
place_clear (gpointer data)
{
  g_clear_pointer (&((Place *) data)->node, json_node_unref);
}

static JsonObject *
member_object (JsonObject *object,
               const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonObject *
body_of (const Place *place)
{
  return json_node_get_object (place->node);
}

static JsonObject *
set_of (const Place *place)
{
  return member_object (body_of (place), "set");
}

static gboolean
is_request (const Place *place)
{
  return g_str_equal (place->mutation->op, "cr.submit");
}

static gboolean
wants_paper (GxDb        *db,
             const Place *place)
{
  JsonObject *set = is_request (place) && !place->mutation->sealed && !GX_BUG (GX_BUG_AHEAD) ? set_of (place) : NULL;
  JsonArray *evidence = set != NULL && json_object_has_member (set, "evidence") ? json_object_get_array_member (set, "evidence") : NULL;

  for (guint i = 0; evidence != NULL && i < json_array_get_length (evidence); i++)
    if (gxc_blob_is_waiting (db, json_object_get_string_member (json_array_get_object_element (evidence, i), "sha256")))
      return TRUE;

  return FALSE;
}

/* The places where {"m":N}, "as my mutation N left it", may stand. */
static GPtrArray *
list_bases (const Place *place)
{
  GPtrArray *bases = g_ptr_array_new ();
  JsonObject *set = set_of (place), *own = member_object (body_of (place), "b");
  JsonObject *list = is_request (place) ? member_object (set, "base") : g_str_equal (place->mutation->op, "patch") ? set : NULL;
  JsonObjectIter iter;
  JsonNode *node;

  if (own != NULL)
    g_ptr_array_add (bases, own);
  if (list == NULL)
    return bases;
  json_object_iter_init (&iter, list);
  while (json_object_iter_next (&iter, NULL, &node))
    {
      JsonObject *base = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (!is_request (place))
        base = member_object (base, "b");
      if (base != NULL && json_object_has_member (base, "m"))
        g_ptr_array_add (bases, base);
    }

  return bases;
}

static gboolean
is_based_on (const Place *place,
             gint64       mid)
{
  g_autoptr(GPtrArray) bases = list_bases (place);

  for (guint i = 0; i < bases->len; i++)
    if (json_object_has_member (bases->pdata[i], "m") && json_object_get_int_member (bases->pdata[i], "m") == mid)
      return TRUE;

  return FALSE;
}

static const char *
subject_of (const Place *place)
{
  JsonObject *set = is_request (place) ? set_of (place) : NULL;

  return set != NULL ? json_object_get_string_member_with_default (set, "entity_id", NULL) : NULL;
}

static gboolean
depends (const Place *later,
         const Place *held)
{
  return (is_request (later) && g_strcmp0 (subject_of (later), subject_of (held)) == 0)
         || gx_id_equal (&later->mutation->id, &held->mutation->id)
         || (!gx_id_is_none (&later->bundle) && gx_id_equal (&later->bundle, &held->bundle))
         || is_based_on (later, held->mutation->mid);
}

/* Who waits; what has left, or may have, never does. */
static guint
mark_held (GxDb   *db,
           GArray *places)
{
  guint n = 0;

  for (guint i = 0; i < places->len; i++)
    {
      Place *place = &g_array_index (places, Place, i);

      place->held = place->mutation->sent_at == 0 && wants_paper (db, place);
      for (guint j = 0; j < i && place->mutation->sent_at == 0 && !place->held; j++)
        place->held = g_array_index (places, Place, j).held && depends (place, &g_array_index (places, Place, j));
      n += place->held;
    }

  return n;
}

/* Returns whether any number changes. */
static gboolean
number_anew (GArray *places)
{
  gint64 next = g_array_index (places, Place, 0).mutation->mid;
  gboolean changed = FALSE;

  for (guint held = 0; held < 2; held++)
    for (guint i = 0; i < places->len; i++)
      {
        Place *place = &g_array_index (places, Place, i);

        if (place->held != (gboolean) held)
          continue;
        place->new_mid = next++;
        changed |= place->new_mid != place->mutation->mid;
      }

  return changed;
}

static gint64
renamed (GArray *places,
         gint64  mid)
{
  for (guint i = 0; i < places->len; i++)
    if (g_array_index (places, Place, i).mutation->mid == mid)
      return g_array_index (places, Place, i).new_mid;

  return mid;
}

/* Under a negative number first: two may not stand under one at any moment. */
static gboolean
move (GxDb    *db,
      GArray  *places,
      Place   *place,
      GError **error)
{
  g_autoptr(GPtrArray) bases = list_bases (place);
  g_autoptr(GString) body = g_string_new (NULL);

  json_object_set_int_member (body_of (place), "mid", place->new_mid);
  for (guint i = 0; i < bases->len; i++)
    if (json_object_has_member (bases->pdata[i], "m"))
      json_object_set_int_member (bases->pdata[i], "m", renamed (places, json_object_get_int_member (bases->pdata[i], "m")));
  gx_json_write_node (body, place->node);

  return gx_db_run (db, error, "UPDATE queue SET mid=?, body=? WHERE mid=?", "iti", -place->new_mid, body->str, place->mutation->mid)
         && gx_db_run (db, error, "UPDATE cover SET mid=? WHERE mid=?", "ii", -place->new_mid, place->mutation->mid);
}

static gboolean
reorder (GxcStore  *store,
         GArray    *places,
         GError   **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (db, error);

  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    {
      Place *place = &g_array_index (places, Place, i);

      if (place->new_mid != place->mutation->mid && !move (db, places, place, error))
        return FALSE;
    }
  gxc_store_note (store, GXC_CHANGED_QUEUE);

  return gx_db_run (db, error, "UPDATE queue SET mid=-mid WHERE mid<0", NULL)
         && gx_db_run (db, error, "UPDATE cover SET mid=-mid WHERE mid<0", NULL)
         && gxc_store_commit (store, transaction, error);
}

static gboolean
load_places (GxDb       *db,
             GPtrArray  *queue,
             GArray     *places,
             GError    **error)
{
  for (guint i = 0; i < queue->len; i++)
    {
      Place place = { .mutation = g_ptr_array_index (queue, i) };
      g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT bundle FROM queue WHERE mid=?", "i", place.mutation->mid);

      place.node = gx_json_parse (place.mutation->body, -1, error);
      if (place.node != NULL)
        g_array_append_val (places, place);
      if (place.node == NULL || statement == NULL)
        return FALSE;
      if (gx_statement_next (statement, NULL) && !gx_statement_is_null (statement, 0))
        g_array_index (places, Place, i).bundle = gx_statement_get_id (statement, 0);
    }

  return TRUE;
}

static gboolean
let_pass_here (GxcStore  *store,
               gpointer   data,
               GError   **error)
{
  gint64 *ready = data;
  GxDb *db = gxc_store_get_db (store);
  g_autoptr(GPtrArray) queue = NULL;
  g_autoptr(GArray) places = NULL;
  GxcBlobCounts counts;
  guint held;

  *ready = gxc_queue_length (db);
  if (*ready == 0)
    return TRUE;
  gxc_blob_count (db, &counts);
  if (counts.n_waiting == 0)
    return TRUE;

  queue = gxc_queue_list (db, error);
  places = g_array_new (FALSE, TRUE, sizeof (Place));
  g_array_set_clear_func (places, place_clear);
  if (queue == NULL || !load_places (db, queue, places, error))
    return FALSE;
  held = mark_held (db, places);
  *ready = (gint64) (places->len - held);

  return held == 0 || *ready == 0 || !number_anew (places) || reorder (store, places, error);
}

/**
 * gxc_queue_let_pass:
 * @out_ready: (out): how many mutations may go now; they are the head of the queue
 */
gboolean
gxc_queue_let_pass (GxcStore  *store,
                    gint64    *out_ready,
                    GError   **error)
{
  return gxc_store_call (store, let_pass_here, out_ready, error);
}
