/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the customers' figures are made: in the transaction that changes a row behind them, for the customers it touches.
 * During a first load not at all, then in bulk. What they are is gxc-digest-make's.
 *
 *   row written or removed --touch--> dirty customers --flush, before the commit--> their digests
 *   another business date, another rhythm of a tier, another product --> a new number of the making: all are made anew,
 *   in batches
 *
 * As long as each customer has a digest (meta "digest" says so), a list in the order of a figure reads that figure's index
 * alone. A digest of an earlier making is still shown until its turn comes.
 */
#include "gxc-digest.h"

#include "gx-customer.h"
#include "gx-holding.h"
#include "gx-interaction.h"
#include "gx-person-profile.h"
#include "gx-pin.h"
#include "gx-product.h"
#include "gx-risk-assessment.h"
#include "gx-setting.h"
#include "gx-sql.h"
#include "gx-task.h"
#include "gx-tier-policy.h"
#include "gxc-digest-make.h"
#include "gxc-meta.h"
#include "gxc-store-private.h"

/* The rows whose customer_id says whose figures they change. */
static const GxEntity *const behind[] = {
  &gx_holding_entity, &gx_interaction_entity, &gx_task_entity, &gx_person_profile_entity, &gx_risk_assessment_entity,
  &gx_pin_entity,
};

void
gxc_digest_state_clear (GxcDigestState *state)
{
  g_clear_pointer (&state->dirty, g_hash_table_unref);
}

static gboolean
is_behind (const GxEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (behind); i++)
    if (behind[i] == entity)
      return TRUE;

  return FALSE;
}

static void
mark (GxcStore   *store,
      const GxId *customer_id)
{
  GxcDigestState *state = gxc_store_get_digest (store);

  if (gx_id_is_none (customer_id))
    return;
  if (state->dirty == NULL)
    state->dirty = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, NULL);
  if (!g_hash_table_contains (state->dirty, customer_id))
    g_hash_table_add (state->dirty, gx_id_copy (customer_id));
}

/**
 * gxc_digest_touch:
 *
 * A row was written.
 */
void
gxc_digest_touch (GxcStore       *store,
                  const GxEntity *entity,
                  gconstpointer   data)
{
  if (entity == &gx_customer_entity)
    mark (store, &((const GxMeta *) data)->id);
  else if (is_behind (entity))
    mark (store, gx_entity_member (entity, data, "customer_id"));
  else if (entity == &gx_tier_policy_entity || entity == &gx_product_entity)
    gxc_store_get_digest (store)->all = TRUE;
  else if (entity == &gx_setting_entity)
    gxc_store_get_digest (store)->today = 0;
}

/**
 * gxc_digest_forget:
 *
 * A row is about to be removed.
 */
gboolean
gxc_digest_forget (GxcStore        *store,
                   const GxEntity  *entity,
                   const GxId      *id,
                   GError         **error)
{
  g_autofree char *sql = NULL;
  g_autoptr(GxStatement) statement = NULL;
  GxId customer_id;

  if (entity == &gx_customer_entity)
    mark (store, id);
  else if (entity == &gx_tier_policy_entity)
    gxc_store_get_digest (store)->all = TRUE;
  if (!is_behind (entity))
    return TRUE;

  sql = g_strdup_printf ("SELECT customer_id FROM %s WHERE id=?", entity->name);
  statement = gx_db_query (gxc_store_get_db (store), error, sql, "u", id);
  if (statement == NULL)
    return FALSE;
  if (gx_statement_next (statement, NULL))
    {
      customer_id = gx_statement_get_id (statement, 0);
      mark (store, &customer_id);
    }

  return TRUE;
}

/**
 * gxc_digest_defer:
 *
 * While deferred, customers that are touched lose their digest; gxc_digest_catch_up() makes them in bulk afterwards.
 */
void
gxc_digest_defer (GxcStore *store,
                  gboolean  defer)
{
  gxc_store_get_digest (store)->deferred = defer;
}

/**
 * gxc_business_date:
 *
 * Returns: the bank's business date as its settings say, else today's in China; days since 1970-01-01
 */
gint32
gxc_business_date (GxDb    *db,
                   GxClock *clock)
{
  g_autofree char *text = NULL;
  gint32 date;

  if (gx_db_query_text (db, &text, NULL, "SELECT value FROM setting WHERE code='business_date'", NULL) && gx_date_parse (text, &date))
    return date;

  return gx_date_from_time (gx_clock_now (clock), gxc_digest_zone ());
}

/**
 * gxc_digest_is_complete:
 *
 * Returns: whether each customer has a digest
 */
gboolean
gxc_digest_is_complete (GxDb *db)
{
  return gxc_meta_get_int (db, GXC_META_DIGEST) != 0;
}

/* --- the making --------------------------------------------------------------------------------------------------- */

/* Another day counts other contacts and maturities: all digests are of an earlier making then. */
static gboolean
refresh_day (GxcStore  *store,
             GError   **error)
{
  GxcDigestState *state = gxc_store_get_digest (store);
  GxDb *db = gxc_store_get_db (store);
  gint32 today = gxc_business_date (db, gxc_store_get_clock (store));

  state->today = today;
  if (!state->all && gxc_meta_get_int (db, GXC_META_DIGEST_DAY) == today)
    return TRUE;

  state->all = FALSE;
  state->behind = TRUE;
  state->caught_up = GX_ID_NONE;
  return gxc_meta_set_int (store, GXC_META_DIGEST_DAY, today, error)
         && gxc_meta_set_int (store, GXC_META_DIGEST_MAKING, gxc_meta_get_int (db, GXC_META_DIGEST_MAKING) + 1, error);
}

static gboolean
write_digests (GxcStore   *store,
               GPtrArray  *digests,
               GError    **error)
{
  GxDb *db = gxc_store_get_db (store);
  gint64 making = gxc_meta_get_int (db, GXC_META_DIGEST_MAKING);
  gboolean ok = TRUE;

  for (guint i = 0; i < digests->len; i++)
    {
      GxcDigest *digest = g_ptr_array_index (digests, i);

      digest->meta.v = making;
      ok = ok && gx_sql_insert (db, gxc_digest_entity (), digest, error);
      gxc_store_note_row (store, gxc_digest_entity (), &digest->meta.id);
      gx_entity_free (gxc_digest_entity (), digest);
    }

  return ok;
}

static gboolean
remake (GxcStore    *store,
        const GxId  *from,
        const GxId  *to,
        GError     **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autoptr(GPtrArray) digests = gxc_digest_make (db, from, to, gxc_store_get_digest (store)->today, error);

  return digests != NULL
         && gx_db_run (db, error, "DELETE FROM customer_digest WHERE id>=? AND id<=?", "uu", from, to)
         && write_digests (store, digests, error);
}

static gboolean
drop (GxcStore    *store,
      const GxId  *id,
      GError     **error)
{
  return gx_db_run (gxc_store_get_db (store), error, "DELETE FROM customer_digest WHERE id=?", "u", id);
}

static gboolean
set_incomplete (GxcStore  *store,
                GError   **error)
{
  gxc_store_get_digest (store)->behind = TRUE;

  return !gxc_digest_is_complete (gxc_store_get_db (store)) || gxc_meta_set (store, GXC_META_DIGEST, NULL, error);
}

/**
 * gxc_digest_flush:
 *
 * Makes the digests of the customers touched since the last flush; before the transaction's commit.
 */
gboolean
gxc_digest_flush (GxcStore  *store,
                  GError   **error)
{
  GxcDigestState *state = gxc_store_get_digest (store);
  GHashTableIter iter;
  gpointer id;

  if ((state->all || (state->today == 0 && state->dirty != NULL)) && !refresh_day (store, error))
    return FALSE;
  if (state->dirty == NULL || g_hash_table_size (state->dirty) == 0)
    return TRUE;
  if (state->deferred && !set_incomplete (store, error))
    return FALSE;

  g_hash_table_iter_init (&iter, state->dirty);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!(state->deferred ? drop (store, id, error) : remake (store, id, id, error)))
      return FALSE;
  g_hash_table_remove_all (state->dirty);

  return TRUE;
}

/* --- catching up -------------------------------------------------------------------------------------------------- */

/* The next customers without a digest of the present making. */
static GArray *
load_missing (GxcStore  *store,
              guint      max_rows,
              GError   **error)
{
  static const char sql[] =
    "SELECT c.id FROM customer c LEFT JOIN customer_digest d ON d.id=c.id WHERE (?1 IS NULL OR c.id>?1)"
    " AND (d.v IS NULL OR d.v<>?2) ORDER BY c.id LIMIT ?3";
  GxcDigestState *state = gxc_store_get_digest (store);
  GxDb *db = gxc_store_get_db (store);
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (GxId));
  g_autoptr(GxStatement) statement = gx_db_query (db, error, sql, "uin", gx_id_is_none (&state->caught_up) ? NULL : &state->caught_up,
                                                  gxc_meta_get_int (db, GXC_META_DIGEST_MAKING), (int) max_rows);

  return statement != NULL && gx_statement_collect_ids (statement, found, error) ? g_steal_pointer (&found) : NULL;
}

/* That all is well is told by counting in two indexes; to join 100,000 customers with their digests for it took a start half
 * a second of a second processor, and as much memory as the connection may keep. */
static gboolean
is_all_made (GxDb *db)
{
  static const char sql[] =
    "SELECT (SELECT COUNT(*) FROM customer)=(SELECT COUNT(*) FROM customer_digest)"
    " AND NOT EXISTS(SELECT 1 FROM customer_digest WHERE v<?1) AND NOT EXISTS(SELECT 1 FROM customer_digest WHERE v>?1)";
  gint64 yes = 0;

  return gxc_digest_is_complete (db) && gx_db_query_int (db, &yes, NULL, sql, "i", gxc_meta_get_int (db, GXC_META_DIGEST_MAKING)) && yes;
}

/* A run of neighbours is one pass, even if some of them are not missing. A few that stand far apart are made one by one. */
static gboolean
remake_all (GxcStore  *store,
            GArray    *ids,
            GError   **error)
{
  const GxId *id = (const GxId *) (gpointer) ids->data;
  gint64 n_between = 0;

  if (ids->len > 1
      && !gx_db_query_int (gxc_store_get_db (store), &n_between, error, "SELECT COUNT(*) FROM customer WHERE id>=? AND id<=?", "uu", &id[0],
                           &id[ids->len - 1]))
    return FALSE;
  if (n_between > 0 && n_between <= 4 * (gint64) ids->len)
    return remake (store, &id[0], &id[ids->len - 1], error);
  for (guint i = 0; i < ids->len; i++)
    if (!remake (store, &id[i], &id[i], error))
      return FALSE;

  return TRUE;
}

/**
 * gxc_digest_catch_up:
 * @max_rows: how many customers at most
 * @out_more: (out): whether some are still without the digest of the present making
 *
 * Makes what is missing or of an earlier making; next to nothing to do where all is well, and nothing while a first load
 * is under way. In a transaction.
 */
gboolean
gxc_digest_catch_up (GxcStore  *store,
                     guint      max_rows,
                     gboolean  *out_more,
                     GError   **error)
{
  GxcDigestState *state = gxc_store_get_digest (store);
  g_autoptr(GArray) ids = NULL;

  *out_more = FALSE;
  if (state->deferred)
    return TRUE;
  if (!refresh_day (store, error))
    return FALSE;
  if (state->behind && gx_id_is_none (&state->caught_up) && is_all_made (gxc_store_get_db (store)))
    state->behind = FALSE;
  if (!state->behind)
    return TRUE;

  ids = load_missing (store, max_rows, error);
  if (ids == NULL || !remake_all (store, ids, error))
    return FALSE;
  *out_more = ids->len == max_rows;
  if (*out_more)
    {
      state->caught_up = g_array_index (ids, GxId, ids->len - 1);
      return TRUE;
    }

  state->behind = FALSE;
  state->caught_up = GX_ID_NONE;
  return gxc_meta_set_int (store, GXC_META_DIGEST, 1, error);
}
