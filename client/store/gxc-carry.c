/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which documents' contents shall be on this desk, in which order, and which of those that are here must make room.
 *
 *   taken by hand > visits of today > of tomorrow > pinned > core customers > tasks that fall due      each fits, or is left out
 *
 * What fits is kept whatever else is looked at; the rest of the budget is a cache of what was looked at, the oldest unused goes
 * first. What the bank does not have yet is neither: it stays and counts for nothing. Nothing is fetched here (gxc-ahead does).
 */
#include "gxc-carry.h"

#include "gx-customer.h"
#include "gx-task.h"
#include "gx-transaction.h"
#include "gx-visit.h"
#include "gxc-blob.h"
#include "gxc-meta.h"

#define BUDGET GXC_META_SETTINGS "carry_mb"
#define MB     G_GINT64_CONSTANT (1000000)     /* as sizes are shown */

#define DOCUMENT "a.id, a.customer_id, a.sha256, a.size, b.state, b.path IS NOT NULL, b.kept_at, t.at," \
                 " c.primary_rm_id=?1 OR COALESCE(c.wealth_mgr_id=?1, 0)"
#define BESIDE   " LEFT JOIN blob b ON b.sha256=a.sha256 LEFT JOIN carried t ON t.customer_id=a.customer_id"

/* Of one's own customers only: the bank opens no others' documents. Within a reason by its hour, then the newest document first.
 * Documents are few, a book is large: a CROSS JOIN keeps SQLite from reading all its customers at each start. */
static const char wanted_sql[] =
  "WITH reason(customer_id, why, at) AS ("
  " SELECT customer_id, 1, at FROM carried"
  " UNION ALL SELECT customer_id, CASE WHEN plan_at<?3 THEN 2 ELSE 3 END, plan_at FROM visit"
  "  WHERE owner_id=?1 AND plan_at>=?2 AND plan_at<?4 AND status IN (1, 3)"
  " UNION ALL SELECT customer_id, 4, at FROM pin WHERE employee_id=?1"
  " UNION ALL SELECT k.id, 5, 0 FROM (SELECT DISTINCT customer_id FROM attachment) p CROSS JOIN customer k ON k.id=p.customer_id"
  "  WHERE k.value_class=1 AND (k.primary_rm_id=?1 OR k.wealth_mgr_id=?1)"
  " UNION ALL SELECT customer_id, 6, due_at FROM task WHERE assignee_id=?1 AND status IN (1, 2, 3) AND due_at<?4 AND customer_id IS NOT NULL),"
  " first(customer_id, why, at) AS (SELECT customer_id, why, at FROM (SELECT customer_id, why, at,"
  "  ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY why, at) AS n FROM reason) r WHERE n=1)"
  " SELECT " DOCUMENT ", f.why FROM first f CROSS JOIN attachment a ON a.customer_id=f.customer_id CROSS JOIN customer c ON c.id=f.customer_id" BESIDE
  " WHERE c.primary_rm_id=?1 OR c.wealth_mgr_id=?1 ORDER BY f.why, f.at, f.customer_id, a.id DESC";

static const char of_customer_sql[] =
  "SELECT " DOCUMENT ", 0 FROM attachment a JOIN customer c ON c.id=a.customer_id" BESIDE " WHERE a.customer_id=?2 ORDER BY a.id DESC";

/* What is here by itself; a document may be on the desk without a row that speaks of it. */
static const char here_sql[] =
  "SELECT a.id, a.customer_id, b.sha256, b.size, b.state, 1, b.kept_at, NULL, 1, 0 FROM blob b LEFT JOIN attachment a ON a.sha256=b.sha256"
  " WHERE b.path IS NOT NULL ORDER BY b.used_at DESC, b.sha256, a.id";

typedef struct
{
  GxDb       *db;
  GxId        me;
  GPtrArray  *list;             /* of GxcCarried */
  GHashTable *rows;             /* set of GxId: attachments that are in @list */
  GHashTable *contents;         /* set of (borrowed) sha256: contents that are */
} Work;

/** gxc_carry_get_budget: bytes; 0 = nothing is kept but what the bank does not have */
gint64
gxc_carry_get_budget (GxDb *db)
{
  g_autofree char *text = gxc_meta_dup (db, BUDGET);

  return (text != NULL ? CLAMP (g_ascii_strtoll (text, NULL, 10), 0, GXC_CARRY_MB_MAX) : GXC_CARRY_MB) * MB;
}

/* --- the list ----------------------------------------------------------------------------------------------------- */

static void
take_state (GxcCarried  *carried,
            GxStatement *row)
{
  const char *state = gx_statement_is_null (row, 4) ? "" : gx_statement_get_text (row, 4);

  carried->here = gx_statement_get_int (row, 5) != 0;
  carried->unsent = carried->here && (g_str_equal (state, "WAITING") || g_str_equal (state, "REFUSED"));
  carried->since = carried->here ? gx_statement_get_int (row, 6) : 0;
}

static void
add_row (Work        *work,
         GxStatement *row)
{
  GxId id = gx_statement_get_id (row, 0);
  GxcCarried *carried;

  if (!gx_id_is_none (&id) && g_hash_table_contains (work->rows, &id))
    return;

  carried = g_new0 (GxcCarried, 1);
  carried->id = id;
  carried->customer_id = gx_statement_get_id (row, 1);
  carried->sha256 = g_strdup (gx_statement_get_text (row, 2));
  carried->size = gx_statement_get_int (row, 3);
  take_state (carried, row);
  carried->taken_at = gx_statement_get_int (row, 7);
  carried->allowed = gx_statement_get_int (row, 8) != 0;
  carried->why = (GxcCarryWhy) gx_statement_get_int (row, 9);
  carried->again = !g_hash_table_add (work->contents, carried->sha256);
  g_hash_table_add (work->rows, gx_id_copy (&id));
  g_ptr_array_add (work->list, carried);
}

static gboolean
add_rows (Work         *work,
          GxStatement  *rows,
          GError      **error)
{
  GError *local = NULL;

  if (rows == NULL)
    return FALSE;
  while (gx_statement_next (rows, &local))
    add_row (work, rows);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
add_wanted (Work     *work,
            GxClock  *clock,
            GError  **error)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  gint32 today = gx_date_from_time (gx_clock_now (clock), zone);
  g_autoptr(GxStatement) rows = gx_db_query (work->db, error, wanted_sql, "uiii", &work->me, gx_time_from_date (today, zone),
                                             gx_time_from_date (today + 1, zone), gx_time_from_date (today + 2, zone));

  G_STATIC_ASSERT (GX_VISIT_PLANNED == 1 && GX_VISIT_CHECKED_IN == 3 && GX_VALUE_CORE == 1);
  G_STATIC_ASSERT (GX_TASK_OPEN == 1 && GX_TASK_DOING == 2 && GX_TASK_WAITING == 3);
  G_STATIC_ASSERT (GXC_CARRY_TAKEN == 1 && GXC_CARRY_TODAY == 2 && GXC_CARRY_TASK == 6);
  return add_rows (work, rows, error);
}

/* One too large for what is left does not keep a smaller one behind it out. */
static void
share_out (GPtrArray *list,
           gint64     budget)
{
  gint64 left = budget;

  for (guint i = 0; i < list->len; i++)
    {
      GxcCarried *carried = g_ptr_array_index (list, i);

      carried->fits = carried->again || carried->unsent || carried->size <= left;
      if (carried->fits && !carried->again && !carried->unsent)
        left -= carried->size;
    }
}

static gboolean
add_customers (Work        *work,
               const GxId  *customers,
               guint        n_customers,
               GError     **error)
{
  for (guint i = 0; i < n_customers; i++)
    {
      g_autoptr(GxStatement) rows = gx_db_query (work->db, error, of_customer_sql, "uu", &work->me, &customers[i]);

      if (!add_rows (work, rows, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_here (Work    *work,
          GError **error)
{
  g_autoptr(GxStatement) rows = gx_db_query (work->db, error, here_sql, NULL);

  return add_rows (work, rows, error);
}

/**
 * gxc_carry_list:
 * @customers: whose documents are told of too, whether anything wants them or not
 *
 * What is wanted comes first, in the order in which it is fetched; then the documents of @customers; then what else is here.
 *
 * Returns: (transfer full) (nullable) (element-type GxcCarried)
 */
GPtrArray *
gxc_carry_list (GxDb        *db,
                GxClock     *clock,
                const GxId  *customers,
                guint        n_customers,
                GError     **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_carried_free);
  g_autoptr(GHashTable) rows = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, NULL);
  g_autoptr(GHashTable) contents = g_hash_table_new (g_str_hash, g_str_equal);
  Work work = { db, gxc_meta_get_id (db, GXC_META_EMPLOYEE_ID), list, rows, contents };

  if (!add_wanted (&work, clock, error))
    return NULL;
  share_out (list, gxc_carry_get_budget (db));

  return add_customers (&work, customers, n_customers, error) && add_here (&work, error) ? g_steal_pointer (&list) : NULL;
}

/* --- for whoever fetches ------------------------------------------------------------------------------------------ */

static gboolean
list_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  GPtrArray **list = data;

  *list = gxc_carry_list (gxc_store_get_db (store), gxc_store_get_clock (store), NULL, 0, error);
  return *list != NULL;
}

/**
 * gxc_carry_missing:
 *
 * Returns: (transfer full) (nullable) (element-type GxcCarried): what shall be here and is not, in the order of fetching
 */
GPtrArray *
gxc_carry_missing (GxcStore  *store,
                   GError   **error)
{
  GPtrArray *list = NULL;

  if (gxc_store_get_papers (store) == NULL)
    return g_ptr_array_new ();
  if (!gxc_store_call (store, list_here, &list, error))
    return NULL;
  for (guint i = list->len; i > 0; i--)
    {
      const GxcCarried *carried = g_ptr_array_index (list, i - 1);

      if (carried->why == GXC_CARRY_NOT || carried->here || carried->again || !carried->fits)
        g_ptr_array_remove_index (list, i - 1);
    }

  return list;
}

/* --- what a person chooses ---------------------------------------------------------------------------------------- */

typedef struct
{
  const GxId *customers;
  guint       n;
  gboolean    take;
} TakeArgs;

static gboolean
take_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  const TakeArgs *args = data;
  GxDb *db = gxc_store_get_db (store);
  gint64 now = gx_clock_now (gxc_store_get_clock (store));
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (db, error);
  gboolean ok = transaction != NULL;

  for (guint i = 0; ok && i < args->n; i++)
    if (args->take)
      ok = gx_db_run (db, error, "INSERT INTO carried(customer_id, at) VALUES(?, ?) ON CONFLICT(customer_id) DO NOTHING", "ui",
                      &args->customers[i], now);
    else
      ok = gx_db_run (db, error, "DELETE FROM carried WHERE customer_id=?", "u", &args->customers[i]);
  gxc_store_note (store, GXC_CHANGED_CARRY);

  return ok && gx_transaction_commit (transaction, error);
}

/**
 * gxc_carry_take:
 * @take: or they are left behind again: what is here of them becomes a cache
 *
 * A mark of this desk, not of the person: another desk takes others along. It holds until it is taken off.
 */
gboolean
gxc_carry_take (GxcStore    *store,
                const GxId  *customers,
                guint        n,
                gboolean     take,
                GError     **error)
{
  TakeArgs args = { customers, n, take };

  return gxc_store_call (store, take_here, &args, error);
}

static gboolean
set_budget_here (GxcStore  *store,
                 gpointer   mb,
                 GError   **error)
{
  gxc_store_note (store, GXC_CHANGED_CARRY);
  return gxc_meta_set_int (store, BUDGET, *(gint64 *) mb, error);
}

/**
 * gxc_carry_set_budget:
 * @mb: 0 to %GXC_CARRY_MB_MAX; what is here and has no room any more goes at once
 */
gboolean
gxc_carry_set_budget (GxcStore  *store,
                      gint64     mb,
                      GError   **error)
{
  gint64 chosen = CLAMP (mb, 0, GXC_CARRY_MB_MAX);

  return gxc_store_call (store, set_budget_here, &chosen, error) && gxc_carry_trim (store, error);
}

static gboolean
budget_here (GxcStore  *store,
             gpointer   bytes,
             GError   **error)
{
  *(gint64 *) bytes = gxc_carry_get_budget (gxc_store_get_db (store));
  return TRUE;
}

/**
 * gxc_carry_trim:
 *
 * Removes what has no room: never what is wanted and fits, never what the bank does not have.
 */
gboolean
gxc_carry_trim (GxcStore  *store,
                GError   **error)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) list = NULL;
  gint64 budget = 0;

  if (gxc_store_get_papers (store) == NULL)
    return TRUE;
  if (!gxc_store_call (store, list_here, &list, error) || !gxc_store_call (store, budget_here, &budget, error))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const GxcCarried *carried = g_ptr_array_index (list, i);

      if (carried->why != GXC_CARRY_NOT && carried->fits)
        g_hash_table_add (wanted, carried->sha256);
    }

  return gxc_blob_trim (store, budget, wanted, error);
}
