/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds which row: the one place that maps rows to scopes, and the index of latest changes (scope_row) that makes a
 * pull a walk over an index (sync.md 1.2).
 *
 * A row's scopes before and after a change are compared: where it is still held, or new, its entry takes the change's
 * sequence; where it is no longer held, the entry is marked gone. Delete, transfer and revocation are one mechanism.
 */
#include "gxs-scope.h"

#include "gx-bug.h"
#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-sql.h"

#include <string.h>

#define SCOPE_CACHE "scope-ids"

static void
add (GxsScopeSet *set,
     const char  *prefix,
     const char  *rest)
{
  char name[sizeof set->names[0]];

  g_strlcpy (name, prefix, sizeof name);
  g_strlcat (name, rest, sizeof name);
  gxs_scope_set_add (set, name);
}

static void
add_person (GxsScopeSet *set,
            const GxId  *employee_id)
{
  if (!gx_id_is_none (employee_id))
    add (set, "ow:", GX_ID_STR (employee_id));
}

/* The unit's code is the last word of its path: "/HQ/N/NB01/" -> NB01. */
static void
add_unit (GxsScopeSet *set,
          const char  *prefix,
          const char  *path)
{
  g_autofree char *trimmed = NULL;
  const char *code;

  if (path == NULL || strlen (path) < 3)
    return;

  trimmed = g_strndup (path, strlen (path) - 1);
  code = strrchr (trimmed, '/');
  if (code != NULL)
    add (set, prefix, code + 1);
}

static void
add_holder (GxsScopeSet     *set,
            const GxsHolder *holder)
{
  if (!holder->live)
    return;

  add_person (set, &holder->primary_rm_id);
  add_person (set, &holder->wealth_mgr_id);
  add_unit (set, "br:", holder->org_path);
}

typedef void (*ScopesFunc) (const GxEntity *entity, gconstpointer data, const GxsHolders *holders, GxsScopeSet *set);

static void
scopes_ref (const GxEntity   *entity,
            gconstpointer     data,
            const GxsHolders *holders,
            GxsScopeSet      *set)
{
  add (set, "ref", "");
}

static void
scopes_admin (const GxEntity   *entity,
              gconstpointer     data,
              const GxsHolders *holders,
              GxsScopeSet      *set)
{
  add (set, "adm", "");
}

/* A customer, and what hangs on one: the managers, the unit, and whoever owns the row itself. */
static void
scopes_held (const GxEntity   *entity,
             gconstpointer     data,
             const GxsHolders *holders,
             GxsScopeSet      *set)
{
  add_holder (set, &holders->of[0]);
  add_holder (set, &holders->of[1]);
  if (entity->owner != NULL)
    add_person (set, gx_entity_member (entity, data, entity->owner));
}

static gboolean
has_open_step (const GxChangeRequest *request)
{
  return g_strcmp0 (request->state, "PENDING") == 0 || g_strcmp0 (request->state, "APPROVED") == 0;
}

static void
scopes_request (const GxEntity   *entity,
                gconstpointer     data,
                const GxsHolders *holders,
                GxsScopeSet      *set)
{
  const GxChangeRequest *request = data;

  add_person (set, &request->maker_id);
  if (has_open_step (request))
    add_unit (set, "cr:", request->meta.org_path);
}

/* One line an entity, facts excepted (they travel inside their parent). */
static const struct
{
  const char *entity;
  ScopesFunc  scopes;
} rules[] = {
  { "address",         scopes_held },
  { "attachment",      scopes_held },
  { "calendar_day",    scopes_ref },
  { "change_request",  scopes_request },
  { "contact_point",   scopes_held },
  { "customer",        scopes_held },
  { "device",          scopes_admin },
  { "employee",        scopes_ref },
  { "holding",         scopes_held },
  { "identifier",      scopes_held },
  { "interaction",     scopes_held },
  { "life_event",      scopes_held },
  { "login",           scopes_admin },
  { "need",            scopes_held },
  { "notification",    scopes_held },
  { "org_profile",     scopes_held },
  { "org_unit",        scopes_ref },
  { "person_profile",  scopes_held },
  { "pin",             scopes_held },
  { "plan",            scopes_held },
  { "plan_item_tmpl",  scopes_ref },
  { "plan_tmpl",       scopes_ref },
  { "product",         scopes_ref },
  { "relationship",    scopes_held },
  { "risk_assessment", scopes_held },
  { "role_grant",      scopes_admin },
  { "saved_view",      scopes_held },
  { "setting",         scopes_ref },
  { "stage_hist",      scopes_held },
  { "task",            scopes_held },
  { "tier_policy",     scopes_ref },
  { "visit",           scopes_held },
};

static ScopesFunc
rule_of (const GxEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strcmp (rules[i].entity, entity->name) == 0)
      return rules[i].scopes;

  return NULL;
}

/**
 * gxs_scope_is_mapped:
 *
 * Returns: whether there is a line for @entity
 */
gboolean
gxs_scope_is_mapped (const GxEntity *entity)
{
  return rule_of (entity) != NULL;
}

void
gxs_scope_set_add (GxsScopeSet *set,
                   const char  *name)
{
  if (gxs_scope_set_has (set, name))
    return;

  g_assert (set->n < GXS_SCOPES_MAX);
  g_strlcpy (set->names[set->n++], name, sizeof set->names[0]);
}

gboolean
gxs_scope_set_has (const GxsScopeSet *set,
                   const char        *name)
{
  for (guint i = 0; i < set->n; i++)
    if (strcmp (set->names[i], name) == 0)
      return TRUE;

  return FALSE;
}

/**
 * gxs_scopes_of:
 * @data: struct of @entity
 * @holders: the customers it hangs on, as gxs_holders_load() finds them
 *
 * Tells which scopes hold the row: none if it is removed.
 */
void
gxs_scopes_of (const GxEntity   *entity,
               gconstpointer     data,
               const GxsHolders *holders,
               GxsScopeSet      *out_set)
{
  out_set->n = 0;
  if (!((const GxMeta *) data)->del)
    rule_of (entity) (entity, data, holders, out_set);
}

gboolean
gxs_holder_is_managed_by (const GxsHolder *holder,
                          const GxId      *employee_id)
{
  return holder->live && !gx_id_is_none (employee_id)
         && (gx_id_equal (&holder->primary_rm_id, employee_id) || gx_id_equal (&holder->wealth_mgr_id, employee_id));
}

/**
 * gxs_holder_load:
 * @out_holder: not live if there is no such customer
 */
gboolean
gxs_holder_load (GxDb        *db,
                 const GxId  *customer_id,
                 GxsHolder   *out_holder,
                 GError     **error)
{
  g_autoptr(GxStatement) statement = NULL;
  GError *local = NULL;

  memset (out_holder, 0, sizeof *out_holder);
  if (gx_id_is_none (customer_id))
    return TRUE;

  statement = gx_db_query (db, error, "SELECT primary_rm_id, wealth_mgr_id, org_id, org_path, status, del,"
                           " entry_due_at IS NOT NULL AND entry_done_at IS NULL FROM customer"
                           " WHERE id = ?", "u", customer_id);
  if (statement == NULL)
    return FALSE;
  if (gx_statement_next (statement, &local))
    {
      const char *path = gx_statement_get_text (statement, 3);

      out_holder->id = *customer_id;
      out_holder->primary_rm_id = gx_statement_get_id (statement, 0);
      out_holder->wealth_mgr_id = gx_statement_get_id (statement, 1);
      out_holder->org_id = gx_statement_get_id (statement, 2);
      g_strlcpy (out_holder->org_path, path != NULL ? path : "", sizeof out_holder->org_path);
      out_holder->status = (int) gx_statement_get_int (statement, 4);
      out_holder->live = gx_statement_get_int (statement, 5) == 0;
      out_holder->entry_runs = gx_statement_get_int (statement, 6) != 0;
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

static void
holder_from_customer (const GxCustomer *customer,
                      GxsHolder        *holder)
{
  holder->live = !customer->meta.del;
  holder->id = customer->meta.id;
  holder->primary_rm_id = customer->primary_rm_id;
  holder->wealth_mgr_id = customer->wealth_mgr_id;
  holder->org_id = customer->org_id;
  holder->status = customer->status;
  holder->entry_runs = customer->entry_due_at != 0 && customer->entry_done_at == 0;
  g_strlcpy (holder->org_path, customer->meta.org_path != NULL ? customer->meta.org_path : "", sizeof holder->org_path);
}

/**
 * gxs_holders_load:
 * @data: struct of @entity
 *
 * Finds the customers that the row hangs on; of a customer, what @data itself says.
 */
gboolean
gxs_holders_load (GxDb            *db,
                  const GxEntity  *entity,
                  gconstpointer    data,
                  GxsHolders      *out_holders,
                  GError         **error)
{
  memset (out_holders, 0, sizeof *out_holders);
  if (entity == &gx_customer_entity)
    holder_from_customer (data, &out_holders->of[0]);

  for (guint i = 0; i < G_N_ELEMENTS (out_holders->of) && entity->parents[i] != NULL; i++)
    if (!gxs_holder_load (db, gx_entity_member (entity, data, entity->parents[i]), &out_holders->of[i], error))
      return FALSE;

  return TRUE;
}

/**
 * gxs_scope_find:
 * @out_id: 0 if nothing was ever in that scope
 */
gboolean
gxs_scope_find (GxDb        *db,
                const char  *name,
                gint64      *out_id,
                GError     **error)
{
  *out_id = 0;

  return gx_db_find_int (db, out_id, error, "SELECT id FROM scope WHERE name = ?", "t", name);
}

static gboolean
make_scope (GxDb        *db,
            const char  *name,
            gint64      *out_id,
            GError     **error)
{
  return gxs_scope_find (db, name, out_id, error)
         && (*out_id != 0
             || gx_db_query_int (db, out_id, error, "INSERT INTO scope(shard, name) VALUES(0, ?) RETURNING id", "t", name));
}

/* Ids are looked up once a batch. The cache has no marks, so an undone part forgets it with the scopes it made. */
static gboolean
scope_id (GxsBatch    *batch,
          const char  *name,
          gint64      *out_id,
          GError     **error)
{
  GHashTable *cache = gxs_batch_get_state (batch, SCOPE_CACHE);
  gpointer known;

  if (cache == NULL)
    {
      cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      gxs_batch_set_state (batch, SCOPE_CACHE, cache, (GDestroyNotify) g_hash_table_unref, NULL);
    }
  known = g_hash_table_lookup (cache, name);
  if (known != NULL)
    {
      *out_id = GPOINTER_TO_SIZE (known);
      return TRUE;
    }
  if (!make_scope (gxs_batch_get_db (batch), name, out_id, error))
    return FALSE;

  g_hash_table_insert (cache, g_strdup (name), GSIZE_TO_POINTER (*out_id));
  return TRUE;
}

static gboolean
set_entry (GxsBatch        *batch,
           const char      *scope,
           const GxEntity  *entity,
           const GxId      *row_id,
           gint64           seq,
           gboolean         known,
           gboolean         gone,
           GError         **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  gint64 id;

  if (!scope_id (batch, scope, &id, error))
    return FALSE;
  if (known)
    {
      if (!gx_db_run (db, error, "UPDATE scope_row SET seq = ?, gone = ? WHERE scope = ? AND tbl = ? AND row_id = ?", "iniiu",
                      seq, (int) gone, id, (gint64) entity->number, row_id))
        return FALSE;
      if (gx_db_changes (db) > 0)
        return TRUE;
    }

  return gx_db_run (db, error, "INSERT INTO scope_row(scope, tbl, row_id, seq, gone) VALUES(?, ?, ?, ?, ?)", "iiuin",
                    id, (gint64) entity->number, row_id, seq, (int) gone);
}

/**
 * gxs_scope_put:
 * @before: (nullable): scopes before the change; %NULL for a row that is new and was never in any
 * @after: scopes after it
 * @seq: of the change
 */
gboolean
gxs_scope_put (GxsBatch           *batch,
               const GxEntity     *entity,
               const GxId         *row_id,
               const GxsScopeSet  *before,
               const GxsScopeSet  *after,
               gint64              seq,
               GError            **error)
{
  for (guint i = 0; before != NULL && i < before->n; i++)
    if (!gxs_scope_set_has (after, before->names[i])
        && !set_entry (batch, before->names[i], entity, row_id, seq, TRUE, TRUE, error))
      return FALSE;

  for (guint i = 0; i < after->n; i++)
    if (!set_entry (batch, after->names[i], entity, row_id, seq, before != NULL, FALSE, error))
      return FALSE;

  return TRUE;
}

static gboolean
holders_differ (const GxsHolder *a,
                const GxsHolder *b)
{
  return a->live != b->live || !gx_id_equal (&a->primary_rm_id, &b->primary_rm_id)
         || !gx_id_equal (&a->wealth_mgr_id, &b->wealth_mgr_id) || strcmp (a->org_path, b->org_path) != 0;
}

/* The child's path is its first parent's. */
static gboolean
move_path (GxsBatch         *batch,
           const GxEntity   *entity,
           const GxMeta     *meta,
           const GxsHolders *holders,
           gint64            seq,
           GError          **error)
{
  g_autofree char *sql = NULL;

  if (!holders->of[0].live || g_strcmp0 (meta->org_path, holders->of[0].org_path) == 0)
    return TRUE;

  sql = g_strdup_printf ("UPDATE %s SET org_path = ?, v = ? WHERE id = ?", entity->name);
  return gx_db_run (gxs_batch_get_db (batch), error, sql, "tiu", holders->of[0].org_path, seq, &meta->id);
}

static gboolean
move_child (GxsBatch         *batch,
            const GxEntity   *entity,
            gconstpointer     data,
            guint             slot,
            const GxsHolder  *before,
            const GxsHolder  *after,
            gint64            seq,
            GError          **error)
{
  const GxMeta *meta = data;
  GxsHolders holders;
  GxsScopeSet old_set, new_set;

  if (!gxs_holders_load (gxs_batch_get_db (batch), entity, data, &holders, error))
    return FALSE;
  holders.of[slot] = *before;
  gxs_scopes_of (entity, data, &holders, &old_set);
  holders.of[slot] = *after;
  gxs_scopes_of (entity, data, &holders, &new_set);

  return gxs_scope_put (batch, entity, &meta->id, &old_set, &new_set, seq, error)
         && move_path (batch, entity, meta, &holders, seq, error);
}

static gboolean
move_children_of (GxsBatch         *batch,
                  const GxEntity   *entity,
                  guint             slot,
                  const GxsHolder  *before,
                  const GxsHolder  *after,
                  gint64            seq,
                  GError          **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  g_autofree char *columns = gx_sql_columns (db, entity, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE %s = ? AND del = 0", columns, entity->name,
                                          entity->parents[slot]);
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();
  g_autoptr(GxStatement) statement = gx_db_query (db, error, sql, "u", &after->id);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  /* Read first: a row moved while the statement walks could come by again. */
  while (gx_statement_next (statement, &local))
    {
      gpointer data = gx_sql_read (statement, entity, 0, &local);

      if (data == NULL)
        break;
      g_ptr_array_add (rows, data);
    }
  gx_statement_rewind (statement);

  for (guint i = 0; i < rows->len; i++)
    {
      if (local == NULL)
        move_child (batch, entity, g_ptr_array_index (rows, i), slot, before, after, seq, &local);
      gx_entity_free (entity, g_ptr_array_index (rows, i));
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/**
 * gxs_scope_move_children:
 * @before: the customer as it was
 * @after: as it is now, already written
 *
 * Gives all that hangs on a customer its new scopes, where the customer's moved.
 */
gboolean
gxs_scope_move_children (GxsBatch         *batch,
                         const GxsHolder  *before,
                         const GxsHolder  *after,
                         gint64            seq,
                         GError          **error)
{
  if (!holders_differ (before, after) || GX_BUG (GX_BUG_CHILDREN))
    return TRUE;

  for (guint i = 0; i < gx_n_entities; i++)
    for (guint slot = 0; slot < G_N_ELEMENTS (gx_entities[i]->parents) && gx_entities[i]->parents[slot] != NULL; slot++)
      if (gx_entities[i]->fact_of == NULL
          && !move_children_of (batch, gx_entities[i], slot, before, after, seq, error))
        return FALSE;

  return TRUE;
}
