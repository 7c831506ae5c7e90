/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only ways into a synced table: sequence, field versions, path, times, scopes, name index and audit entry belong to a
 * write and are done here for every writer alike: clients' mutations, applied requests, imports.
 *
 * It decides nothing: whether somebody may write, and whether the values make sense, was settled before. What one entity
 * needs besides stands in a table of hooks at the end.
 */
#include "gxs-write.h"

#include "gx-bug.h"
#include "gx-catalog.h"
#include "gx-customer.h"
#include "gx-delta.h"
#include "gx-employee.h"
#include "gx-login.h"
#include "gx-name-keys.h"
#include "gx-org-unit.h"
#include "gx-role-grant.h"
#include "gx-sql.h"
#include "gx-text.h"
#include "gxs-audit.h"
#include "gxs-entry.h"
#include "gxs-name-index.h"
#include "gxs-scope.h"

#include <string.h>

typedef struct
{
  GxsBatch       *batch;
  const GxsActor *actor;
  const GxEntity *entity;
  gconstpointer   before;     /* (nullable) */
  gpointer        data;
  gint64          seq;
} Write;

/**
 * Hooks: what one entity needs beyond the common.
 * @prepare: gives server fields their values before the row is written
 * @follow: what must be written after it
 */
typedef struct
{
  const GxEntity *entity;
  gboolean      (*prepare) (Write *write, GError **error);
  gboolean      (*follow)  (Write *write, GError **error);
} Hooks;

static gboolean
has_name_changed (Write *write)
{
  const GxCustomer *before = write->before;
  const GxCustomer *customer = write->data;

  return before == NULL || g_strcmp0 (before->name, customer->name) != 0;
}

static gboolean
has_place_changed (Write *write)
{
  const GxCustomer *before = write->before;
  const GxCustomer *customer = write->data;

  return !gx_id_equal (&before->primary_rm_id, &customer->primary_rm_id)
         || !gx_id_equal (&before->wealth_mgr_id, &customer->wealth_mgr_id)
         || g_strcmp0 (before->meta.org_path, customer->meta.org_path) != 0;
}

static gboolean
give_cif_no (Write   *write,
             GError **error)
{
  GxCustomer *customer = write->data;
  gint64 number;

  if (customer->cif_no != NULL)
    return TRUE;
  if (!gx_db_query_int (gxs_batch_get_db (write->batch), &number, error,
                        "UPDATE counter SET value = value + 1 WHERE name = 'cif_no' RETURNING value", NULL))
    return FALSE;

  customer->cif_no = g_strdup_printf ("%010" G_GINT64_FORMAT, number);
  return TRUE;
}

static gboolean
prepare_customer (Write   *write,
                  GError **error)
{
  GxCustomer *customer = write->data;
  g_auto(GxNameKeys) keys = { 0 };

  if (has_name_changed (write) && customer->name != NULL)
    {
      gx_text_name_keys (customer->name, customer->type == GX_CUSTOMER_PERSON, &keys);
      gx_set_str (&customer->name_pinyin, keys.pinyin);
      gx_set_str (&customer->name_initials, keys.initials);
    }
  if (write->before != NULL)
    return TRUE;

  if (customer->status == 0)
    customer->status = GX_CUSTOMER_PROSPECT;
  if (customer->lifecycle_stage == 0)
    customer->lifecycle_stage = GX_STAGE_PROSPECT;
  if (customer->value_class == 0)
    customer->value_class = GX_VALUE_BASIC;
  if (customer->tier == 0)
    customer->tier = GX_TIER_STANDARD;
  gxs_entry_begin (write->actor, customer);
  return give_cif_no (write, error) && gxs_audit_new_subject (write->batch, &customer->meta.id, error);
}

static gboolean
follow_customer (Write   *write,
                 GError **error)
{
  const GxCustomer *customer = write->data;
  g_auto(GxNameKeys) keys = { 0 };

  if (customer->meta.del)
    return gxs_name_index_remove (write->batch, &customer->meta.id, error);
  if (!has_name_changed (write))
    return !has_place_changed (write) || gxs_name_index_place (write->batch, customer, error);

  gx_text_name_keys (customer->name, customer->type == GX_CUSTOMER_PERSON, &keys);
  return gxs_name_index_put (write->batch, customer, keys.search, error);
}

/* Whoever signed in with that login gets its rights anew with the next request. */
static gboolean
follow_login (Write   *write,
              GError **error)
{
  return gx_db_run (gxs_batch_get_db (write->batch), error,
                    "UPDATE login SET perm_ver = COALESCE(perm_ver, 0) + 1 WHERE id = ?", "u", &((GxMeta *) write->data)->id);
}

static gboolean
follow_role_grant (Write   *write,
                   GError **error)
{
  return gx_db_run (gxs_batch_get_db (write->batch), error,
                    "UPDATE login SET perm_ver = COALESCE(perm_ver, 0) + 1 WHERE id = ?", "u",
                    &((GxRoleGrant *) write->data)->login_id);
}

static gboolean
follow_employee (Write   *write,
                 GError **error)
{
  return gx_db_run (gxs_batch_get_db (write->batch), error,
                    "UPDATE login SET perm_ver = COALESCE(perm_ver, 0) + 1 WHERE employee_id = ?", "u",
                    &((GxMeta *) write->data)->id);
}

/* A moved or new unit changes what the grants above it cover. */
static gboolean
follow_org_unit (Write   *write,
                 GError **error)
{
  return gx_db_run (gxs_batch_get_db (write->batch), error, "UPDATE login SET perm_ver = COALESCE(perm_ver, 0) + 1", NULL);
}

static const Hooks hooks[] = {
  { &gx_customer_entity,   prepare_customer, follow_customer },
  { &gx_employee_entity,   NULL,             follow_employee },
  { &gx_login_entity,      NULL,             follow_login },
  { &gx_org_unit_entity,   NULL,             follow_org_unit },
  { &gx_role_grant_entity, NULL,             follow_role_grant },
};

static const Hooks *
hooks_of (const GxEntity *entity)
{
  static const Hooks none = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (hooks); i++)
    if (hooks[i].entity == entity)
      return &hooks[i];

  return &none;
}

static gboolean
prepare (Write   *write,
         GError **error)
{
  const Hooks *own = hooks_of (write->entity);

  return own->prepare == NULL || own->prepare (write, error);
}

static gboolean
follow (Write   *write,
        GError **error)
{
  const Hooks *own = hooks_of (write->entity);

  return own->follow == NULL || own->follow (write, error);
}

static gboolean
path_of_unit (GxDb        *db,
              const GxId  *unit_id,
              char       **out_path,
              GError     **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT path FROM org_unit WHERE id = ?", "u", unit_id);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  if (gx_statement_next (statement, &local))
    gx_set_str (out_path, gx_statement_get_text (statement, 0));
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/* The row's own unit: the first of its own fields that names one, a parent unit excepted. */
static const GxId *
unit_of (const GxEntity *entity,
         gconstpointer   data)
{
  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (field->kind == GX_KIND_ID && g_strcmp0 (field->entity, "org_unit") == 0)
        return gx_field_member (field, data);
    }

  return NULL;
}

/* Its own unit's path, else its customer's, else that of whoever owns it. */
static gboolean
give_path (Write            *write,
           const GxsHolders *holders,
           GError          **error)
{
  GxDb *db = gxs_batch_get_db (write->batch);
  GxMeta *meta = write->data;
  const GxEntity *entity = write->entity;
  const GxId *unit = unit_of (entity, write->data);

  if (entity == &gx_org_unit_entity)
    gx_set_str (&meta->org_path, ((GxOrgUnit *) write->data)->path);
  else if (unit != NULL)
    {
      const GxId *was = write->before != NULL ? unit_of (entity, write->before) : NULL;

      if (was == NULL || !gx_id_equal (unit, was) || meta->org_path == NULL)
        return path_of_unit (db, unit, &meta->org_path, error);
    }
  else if (holders->of[0].live)
    gx_set_str (&meta->org_path, holders->of[0].org_path);
  else if (entity->owner != NULL && meta->org_path == NULL)
    {
      g_autoptr(GError) ignored = NULL;

      gx_db_query_text (db, &meta->org_path, &ignored, "SELECT u.path FROM employee e JOIN org_unit u ON u.id = e.org_id"
                        " WHERE e.id = ?", "u", gx_entity_member (entity, write->data, entity->owner));
    }

  return TRUE;
}

/* An import writes what hangs on a customer before the customer (the guards want it so): now it is held. */
static gboolean
adopt_children (Write            *write,
                const GxsHolders *holders,
                GError          **error)
{
  GxsHolder nobody = { .id = holders->of[0].id };

  return write->entity != &gx_customer_entity || !write->actor->unaudited
         || gxs_scope_move_children (write->batch, &nobody, &holders->of[0], write->seq, error);
}

static gboolean
append_audit (Write            *write,
              const GxsHolders *holders,
              const char       *fallback,
              GError          **error)
{
  const GxsActor *actor = write->actor;
  const GxMeta *meta = write->data;
  GxsAuditEvent event = {
    .action = actor->action != NULL ? actor->action : fallback,
    .actor = actor->login_id,
    .device = actor->device_id,
    .session = actor->session_id,
    .entity = write->entity,
    .entity_id = meta->id,
    .subject = holders->of[0].id,
    .cr_id = actor->cr_id,
    .mut_id = actor->mut_id,
    .branch = holders->of[0].org_id,
    .seq = write->seq,
    .before = write->before,
    .after = write->data,
    .result = "applied",
  };

  return actor->unaudited || GX_BUG (GX_BUG_AUDIT) || gxs_audit_append (write->batch, &event, error);
}

static void
stamp (Write *write)
{
  GxMeta *meta = write->data;

  meta->v = write->seq;
  meta->updated_at = gxs_batch_get_now (write->batch);
  meta->updated_by = write->actor->login_id;
}

/* Once a customer is there, only what hangs on it changes what is known. */
static gboolean
follow_entry (Write             *write,
              const GxsHolders  *holders,
              GError           **error)
{
  return (write->entity == &gx_customer_entity && write->before != NULL)
         || gxs_entry_follow (write->batch, write->actor, &holders->of[0], error);
}

/**
 * gxs_write_create:
 * @data: (inout): without id, it gets one
 *
 * Errors: %GX_ERROR_CONSTRAINT if the table refuses the row
 */
gboolean
gxs_write_create (GxsBatch        *batch,
                  const GxsActor  *actor,
                  const GxEntity  *entity,
                  gpointer         data,
                  GError         **error)
{
  Write write = { batch, actor, entity, NULL, data, gxs_batch_next_seq (batch) };
  GxMeta *meta = data;
  GxsHolders holders;
  GxsScopeSet after;

  if (gx_id_is_none (&meta->id))
    meta->id = gxs_batch_new_id (batch);
  stamp (&write);
  meta->v0 = write.seq;
  g_clear_pointer (&meta->fv, g_free);
  meta->created_at = meta->updated_at;
  meta->created_by = meta->updated_by;
  if (entity->reviewed)
    meta->last_cr_id = actor->cr_id;

  if (!gxs_holders_load (gxs_batch_get_db (batch), entity, data, &holders, error)
      || !give_path (&write, &holders, error)
      || !prepare (&write, error)
      || !gx_sql_insert (gxs_batch_get_db (batch), entity, data, error)
      || !gxs_holders_load (gxs_batch_get_db (batch), entity, data, &holders, error))
    return FALSE;

  gxs_scopes_of (entity, data, &holders, &after);
  return gxs_scope_put (batch, entity, &meta->id, NULL, &after, write.seq, error)
         && adopt_children (&write, &holders, error)
         && follow (&write, error)
         && append_audit (&write, &holders, "create", error)
         && follow_entry (&write, &holders, error);
}

/* The versions of the fields that changed; what never travels has none. */
static void
version_fields (Write      *write,
                GxFieldSet  changed)
{
  GxMeta *meta = write->data;

  for (guint i = gx_entity_first_own (write->entity); i < gx_entity_n_fields (write->entity); i++)
    {
      const GxField *field = gx_entity_field (write->entity, i);
      char *fv;

      if (!(changed & GX_FIELD_BIT (i)) || (field->flags & GX_LOCAL))
        continue;
      fv = gx_fv_set (meta->fv, field->name, write->seq);
      g_free (meta->fv);
      meta->fv = fv;
    }
}

static GxFieldSet
meta_fields (const GxEntity *entity)
{
  GxFieldSet fields = 0;

  for (guint i = 1; i < gx_entity_first_own (entity); i++)
    fields |= GX_FIELD_BIT (i);

  return fields;
}

static GxFieldSet
own_columns (const GxEntity *entity)
{
  return gx_sql_fields (GX_SIDE_SERVER, entity) & ~meta_fields (entity) & ~GX_FIELD_BIT (0);
}

static gboolean
move_scopes (Write             *write,
             const GxsHolders  *holders,
             GError           **error)
{
  GxsHolders was;
  GxsScopeSet before, after;
  const GxMeta *meta = write->data;

  /* A child's customer never changes, so only the row's own words can differ. */
  was = *holders;
  if (write->entity == &gx_customer_entity
      && !gxs_holders_load (gxs_batch_get_db (write->batch), write->entity, write->before, &was, error))
    return FALSE;
  gxs_scopes_of (write->entity, write->before, &was, &before);
  gxs_scopes_of (write->entity, write->data, holders, &after);

  return gxs_scope_put (write->batch, write->entity, &meta->id, &before, &after, write->seq, error)
         && (write->entity != &gx_customer_entity
             || gxs_scope_move_children (write->batch, &was.of[0], &holders->of[0], write->seq, error));
}

/* Writes what differs: @columns are those of the head that changed with it. */
static gboolean
write_changed (Write       *write,
               GxFieldSet   changed,
               const char  *action,
               GError     **error)
{
  GxsBatch *batch = write->batch;
  GxFieldSet fields = changed | gx_entity_diff (write->entity, write->before, write->data);
  GxsHolders holders;

  return gx_sql_update (gxs_batch_get_db (batch), write->entity, write->data, fields, error)
         && gxs_holders_load (gxs_batch_get_db (batch), write->entity, write->data, &holders, error)
         && move_scopes (write, &holders, error)
         && follow (write, error)
         && append_audit (write, &holders, action, error)
         && follow_entry (write, &holders, error);
}

/* What never leaves the server makes no new version. */
static gboolean
write_local (Write       *write,
             GxFieldSet   changed,
             GError     **error)
{
  GxsHolders holders = { 0 };

  write->seq = 0;
  return gx_sql_update (gxs_batch_get_db (write->batch), write->entity, write->data, changed, error)
         && append_audit (write, &holders, "patch", error);
}

/**
 * gxs_write_update:
 * @before: the row as the database has it
 * @data: (inout): the row as it shall be
 *
 * Writes the fields in which they differ; nothing happens if there are none.
 *
 * Errors: %GX_ERROR_CONSTRAINT if a key, check or guard of the table refuses
 */
gboolean
gxs_write_update (GxsBatch        *batch,
                  const GxsActor  *actor,
                  const GxEntity  *entity,
                  gconstpointer    before,
                  gpointer         data,
                  GError         **error)
{
  Write write = { batch, actor, entity, before, data, 0 };
  GxFieldSet columns = own_columns (entity);
  GxFieldSet local = gx_entity_with_flags (entity, GX_LOCAL);
  GxFieldSet changed = gx_entity_diff (entity, before, data) & columns;
  GxsHolders holders;

  if (changed == 0)
    return TRUE;
  if ((changed & ~local) == 0)
    return write_local (&write, changed, error);

  write.seq = gxs_batch_next_seq (batch);
  stamp (&write);
  if (entity->reviewed && !gx_id_is_none (&actor->cr_id))
    ((GxMeta *) data)->last_cr_id = actor->cr_id;
  if (!prepare (&write, error)
      || !gxs_holders_load (gxs_batch_get_db (batch), entity, data, &holders, error)
      || !give_path (&write, &holders, error))
    return FALSE;

  changed = gx_entity_diff (entity, before, data) & columns;
  version_fields (&write, changed);
  return write_changed (&write, changed, "patch", error);
}

/**
 * gxs_write_delete:
 * @data: (inout): the row as the database has it
 *
 * Takes the row out of every scope; it stays in its table for ever.
 */
gboolean
gxs_write_delete (GxsBatch        *batch,
                  const GxsActor  *actor,
                  const GxEntity  *entity,
                  gpointer         data,
                  GError         **error)
{
  gpointer before = gx_entity_copy (entity, data);
  Write write = { batch, actor, entity, before, data, gxs_batch_next_seq (batch) };
  gboolean done;

  stamp (&write);
  ((GxMeta *) data)->del = TRUE;
  if (entity->reviewed && !gx_id_is_none (&actor->cr_id))
    ((GxMeta *) data)->last_cr_id = actor->cr_id;
  done = write_changed (&write, 0, "delete", error);

  gx_entity_free (entity, before);
  return done;
}

/**
 * gxs_write_touch:
 *
 * Gives the row a new sequence because of what travels inside it.
 */
gboolean
gxs_write_touch (GxsBatch        *batch,
                 const GxsActor  *actor,
                 const GxEntity  *entity,
                 gpointer         data,
                 GError         **error)
{
  gpointer before = gx_entity_copy (entity, data);
  Write write = { batch, actor, entity, before, data, gxs_batch_next_seq (batch) };
  gboolean done;

  stamp (&write);
  done = write_changed (&write, 0, "touch", error);

  gx_entity_free (entity, before);
  return done;
}
