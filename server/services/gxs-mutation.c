/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One mutation: decided field by field against what the writer saw, and written if nothing stands against it
 * (sync.md 1.5).
 *
 *   entity, rights -> values -> row, holders -> review -> merge -> validators -> references -> gxs-write
 *
 * Nothing touches the database before the last step, so a refusal costs no write. It knows nothing of mids, stored results
 * and batches of mutations: that is gxs-mutate.
 */
#include "gxs-mutation.h"

#include "gx-bug.h"
#include "gx-catalog.h"
#include "gx-check.h"
#include "gx-customer.h"
#include "gx-delta.h"
#include "gx-entity-json.h"
#include "gx-sql.h"
#include "gxs-bank-day.h"
#include "gxs-paper.h"
#include "gxs-result.h"
#include "gxs-review.h"
#include "gxs-rights.h"
#include "gxs-write.h"

#include <string.h>

typedef struct
{
  GxsBatch          *batch;
  const GxsAuthz    *authz;
  const GxsMutation *mutation;
  const GxEntity    *entity;
  gpointer           before;      /* (nullable) (owned): the row as it is */
  gpointer           data;        /* (nullable) (owned): as it shall be */
  gpointer           proposed;    /* (nullable) (owned): of a patch, what the writer wants */
  gpointer           base;        /* (nullable) (owned): of a patch, what the writer saw, where it says so */
  GxsHolders         holders;
  GString           *conflicts;   /* (nullable) (owned) */
} Work;

static void
work_clear (Work *work)
{
  gx_entity_free (work->entity, work->before);
  gx_entity_free (work->entity, work->data);
  gx_entity_free (work->entity, work->proposed);
  gx_entity_free (work->entity, work->base);
  if (work->conflicts != NULL)
    g_string_free (work->conflicts, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

void
gxs_outcome_clear (GxsOutcome *outcome)
{
  g_clear_pointer (&outcome->body, g_free);
}

static GxsActor
actor_of (Work *work)
{
  return (GxsActor) {
    .login_id = work->authz->login_id,
    .employee_id = work->authz->employee_id,
    .device_id = work->authz->device_id,
    .session_id = work->authz->session_id,
    .action = work->mutation->op,
    .mut_id = work->mutation->mut_id,
    .at = work->mutation->at,
    .clk = work->mutation->clk,
  };
}

static gboolean
row_exists (GxDb        *db,
            const char  *table,
            const GxId  *id,
            gboolean     removed_too,
            gboolean    *out_exists,
            GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s WHERE id = ?%s", table, removed_too ? "" : " AND del = 0");
  g_autoptr(GxStatement) statement = gx_db_query (db, error, sql, "u", id);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  *out_exists = gx_statement_next (statement, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
is_known_reference (Work          *work,
                    const GxField *field,
                    const GxId    *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (work->entity->parents) && work->entity->parents[i] != NULL; i++)
    if (strcmp (work->entity->parents[i], field->name) == 0)
      return TRUE;

  return gx_id_equal (id, &work->authz->employee_id) || gx_id_equal (id, &work->authz->org_id);
}

/* Keys are deferred to COMMIT, where a bad one would fail everybody's batch: so they are looked at here. */
static gboolean
check_references (Work        *work,
                  GxFieldSet   fields,
                  GError     **error)
{
  for (guint i = gx_entity_first_own (work->entity); i < gx_entity_n_fields (work->entity); i++)
    {
      const GxField *field = gx_entity_field (work->entity, i);
      const GxId *id = gx_field_member (field, work->data);
      gboolean exists;

      if (!(fields & GX_FIELD_BIT (i)) || field->kind != GX_KIND_ID || field->entity == NULL || gx_id_is_none (id)
          || is_known_reference (work, field, id))
        continue;
      if (!row_exists (gxs_batch_get_db (work->batch), field->entity, id, FALSE, &exists, error))
        return FALSE;
      if (!exists)
        return gx_fail_field (error, GX_ERROR_INVALID, field->name, "reference", "there is no such %s", field->entity);
    }

  return TRUE;
}

static GxFieldSet
client_fields (const GxEntity *entity)
{
  GxFieldSet all = 0;

  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    all |= GX_FIELD_BIT (i);

  return all & ~gx_entity_with_flags (entity, GX_SERVER | GX_COMPOSED | GX_LOCAL);
}

static gboolean
need_set (Work    *work,
          GError **error)
{
  return work->mutation->set != NULL
         || gx_fail_field (error, GX_ERROR_INVALID, "set", "required", "a %s says what it sets", work->mutation->op);
}

static gboolean
refuse_server_fields (Work        *work,
                      GxFieldSet   fields,
                      GError     **error)
{
  GxFieldSet wrong = fields & ~client_fields (work->entity);

  for (guint i = 0; i < gx_entity_n_fields (work->entity); i++)
    if (wrong & GX_FIELD_BIT (i))
      return gx_fail_field (error, GX_ERROR_FIELD, gx_entity_field (work->entity, i)->name, "server",
                            "the server gives it, no client");

  return TRUE;
}

/* What a client may leave out of a new customer: whose it is, and that it is a prospect. */
static gboolean
complete_customer (Work    *work,
                   GError **error)
{
  GxCustomer *customer = work->data;

  if (work->entity != &gx_customer_entity)
    return TRUE;

  if (customer->status == 0)
    customer->status = GX_CUSTOMER_PROSPECT;
  if (gx_id_is_none (&customer->primary_rm_id))
    customer->primary_rm_id = work->authz->employee_id;
  if (gx_id_is_none (&customer->org_id))
    customer->org_id = work->authz->org_id;
  return customer->status == GX_CUSTOMER_PROSPECT
         || gx_fail_field (error, GX_ERROR_NEEDS_REVIEW, "status", "R-DUAL", "a customer is born a prospect");
}

static gboolean
load_holders (Work    *work,
              GError **error)
{
  return gxs_holders_load (gxs_batch_get_db (work->batch), work->entity, work->data, &work->holders, error);
}

static gboolean
check (Work        *work,
       GxFieldSet   fields,
       GError     **error)
{
  return gx_entity_validate (work->entity, work->data, fields, error)
         && gx_check_entity (work->entity, work->data, gxs_bank_day_today (work->batch), error);
}

/* Only what changes takes its one form: the rest is none of this mutation's business. */
static void
normalize (Work       *work,
           GxFieldSet  changed)
{
  gx_check_normalize (work->entity, work->data);
  for (guint i = gx_entity_first_own (work->entity); i < gx_entity_n_fields (work->entity); i++)
    if (!(changed & GX_FIELD_BIT (i)))
      gx_field_copy (gx_entity_field (work->entity, i), work->data, work->before);
}

static gboolean
read_new (Work    *work,
          GError **error)
{
  GxFieldSet fields;

  work->data = gx_entity_new (work->entity);
  ((GxMeta *) work->data)->id = work->mutation->id;
  if (!need_set (work, error)
      || !gx_entity_from_json (work->entity, work->mutation->set, work->data, &fields, error)
      || !refuse_server_fields (work, fields, error)
      || !complete_customer (work, error))
    return FALSE;

  gx_check_normalize (work->entity, work->data);
  return check (work, client_fields (work->entity), error);
}

/* What was done, upon which version of the row: so its writer can tell whether somebody else was there in between. */
static void
set_effect (GxsOutcome *outcome,
            const char *st,
            gint64      was,
            gint64      seq)
{
  outcome->st = st;
  outcome->seq = seq;
  outcome->body = g_strdup_printf ("{\"was\":%" G_GINT64_FORMAT "}", was);
}

static gboolean
run_create (Work        *work,
            GxsOutcome  *outcome,
            GError     **error)
{
  const GxsActor actor = actor_of (work);
  gboolean exists;

  if (!read_new (work, error)
      || !row_exists (gxs_batch_get_db (work->batch), work->entity->name, &work->mutation->id, TRUE, &exists, error))
    return FALSE;
  if (exists)
    return gx_fail (error, GX_ERROR_EXISTS, "there is or was a %s with that id", work->entity->name);
  if (!load_holders (work, error)
      || !gxs_rights_over_new (work->authz, work->entity, work->data, &work->holders, error)
      || !gxs_rights_review_row (work->entity, GXS_OP_CREATE, work->data, &work->holders, error)
      || !check_references (work, client_fields (work->entity), error)
      || !gxs_paper_may_come (gxs_batch_get_db (work->batch), work->entity, work->data, error)
      || !gxs_write_create (work->batch, &actor, work->entity, work->data, error))
    return FALSE;

  set_effect (outcome, "applied", 0, ((GxMeta *) work->data)->v);
  return TRUE;
}

/* What is gone is told apart from what was never there only to whoever could see it. */
static gboolean
load_row (Work      *work,
          gboolean  *out_gone,
          GError   **error)
{
  *out_gone = FALSE;
  if (!gx_sql_find (gxs_batch_get_db (work->batch), work->entity, &work->mutation->id, &work->before, error))
    return FALSE;
  if (work->before != NULL && GX_BUG (GX_BUG_REVIVE))
    ((GxMeta *) work->before)->del = FALSE;
  if (work->before == NULL || ((GxMeta *) work->before)->del)
    {
      *out_gone = TRUE;
      return TRUE;
    }

  work->data = gx_entity_copy (work->entity, work->before);
  return load_holders (work, error)
         && gxs_rights_over_row (work->authz, work->entity, work->before, &work->holders, error);
}

static void
write_value (const GxField *field,
             gconstpointer  data,
             const char    *name,
             GxJsonWriter  *writer)
{
  gx_json_writer_member (writer, name);
  gx_field_write_json (field, data, writer);
}

/* Who wrote the other value, for the person who is to choose: names of colleagues are everybody's to see. */
static void
write_author (Work         *work,
              const GxId   *login,
              GxJsonWriter *writer)
{
  g_autofree char *name = NULL;

  if (gx_db_query_text (gxs_batch_get_db (work->batch), &name, NULL,
                        "SELECT p.name FROM login l JOIN employee p ON p.id = l.employee_id WHERE l.id = ?", "u", login) && name != NULL)
    gx_json_writer_put_string (writer, "name", name);
}

/* The server's value goes back as the session may see it. */
static void
add_conflict (Work          *work,
              const GxField *field,
              gint64         version,
              gint64         depends)
{
  const GxMeta *meta = work->before;
  gpointer shown = gx_entity_copy (work->entity, work->before);
  GxViewer viewer;
  GxJsonWriter writer;

  gxs_rights_viewer (work->authz, work->entity, work->before, &work->holders, &viewer);
  gx_sight_mask (&viewer, work->entity, shown);
  if (work->conflicts == NULL)
    work->conflicts = g_string_new (NULL);
  else
    g_string_append_c (work->conflicts, ',');

  gx_json_writer_init (&writer, work->conflicts);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "at", meta->updated_at);
  gx_json_writer_put_id (&writer, "by", &meta->updated_by);
  if (depends > 0)
    gx_json_writer_put_int (&writer, "depends", depends);
  gx_json_writer_put_string (&writer, "f", field->name);
  write_author (work, &meta->updated_by, &writer);
  gx_json_writer_put_int (&writer, "s", version);
  write_value (field, shown, "server", &writer);
  write_value (field, work->proposed, "yours", &writer);
  gx_json_writer_end_object (&writer);
  gx_entity_free (work->entity, shown);
}

static gboolean
read_base (Work        *work,
           JsonObject  *change,
           const char  *name,
           gint64      *out_seq,
           gint64      *out_depends,
           GError     **error)
{
  JsonObject *base;

  *out_depends = 0;
  if (!gx_json_get_object (change, "b", &base, error))
    return FALSE;
  if (json_object_has_member (base, "s"))
    return gx_json_get_int (base, "s", out_seq, error);
  if (!gx_json_get_int (base, "m", out_depends, error))
    return FALSE;
  if (*out_depends >= work->mutation->mid)
    return gx_fail_field (error, GX_ERROR_INVALID, name, "base", "mutation %" G_GINT64_FORMAT " is not an earlier one",
                          *out_depends);

  return gxs_result_find_base (gxs_batch_get_db (work->batch), &work->mutation->client_id, *out_depends, out_seq, error);
}

/* A value that the session sees masked comes back as its mask only from a form that did not look. */
static gboolean
refuse_mask (Work           *work,
             const GxField  *field,
             GError        **error)
{
  gpointer shown;
  GxViewer viewer;
  gboolean came_back;

  if (!(field->flags & (GX_MASKED | GX_HIDDEN)) || gx_field_is_none (field, work->before))
    return TRUE;
  gxs_rights_viewer (work->authz, work->entity, work->before, &work->holders, &viewer);
  if (gx_sight (viewer.roles, viewer.relation, work->entity, field) == GX_SIGHT_CLEAR)
    return TRUE;

  shown = gx_entity_copy (work->entity, work->before);
  gx_sight_mask (&viewer, work->entity, shown);
  came_back = gx_field_equal (field, shown, work->proposed);
  gx_entity_free (work->entity, shown);
  return !came_back || gx_fail_field (error, GX_ERROR_FIELD, field->name, "masked", "a masked value came back");
}

/* What the writer saw, for the policies that merge: beside "s" or "m", where it says so. */
static gboolean
read_base_value (Work           *work,
                 const GxField  *field,
                 JsonObject     *change,
                 gpointer       *out_base,
                 GError        **error)
{
  JsonObject *base = json_object_get_object_member (change, "b");

  *out_base = NULL;
  if (!json_object_has_member (base, "v"))
    return TRUE;
  if (work->base == NULL)
    work->base = gx_entity_new (work->entity);
  *out_base = work->base;
  return gx_field_from_json (field, json_object_get_member (base, "v"), work->base, error);
}

static gboolean
merge_field (Work           *work,
             guint           index,
             JsonObject     *change,
             GxFieldSet     *changed,
             GError        **error)
{
  const GxField *field = gx_entity_field (work->entity, index);
  const GxMeta *meta = work->before;
  gint64 version = gx_fv_get (meta->fv, field->name, meta->v0);
  gint64 base_seq, depends;
  gpointer base;

  if (!read_base (work, change, field->name, &base_seq, &depends, error)
      || !read_base_value (work, field, change, &base, error)
      || !gx_field_from_json (field, json_object_get_member (change, "v"), work->proposed, error)
      || !refuse_mask (work, field, error))
    return FALSE;
  if (depends > 0 && base_seq == 0)
    {
      add_conflict (work, field, version, depends);
      return TRUE;
    }

  switch (gx_merge_field (field, work->data, version, work->proposed, base_seq, base))
    {
    case GX_MERGE_APPLIED:
      *changed |= GX_FIELD_BIT (index);
      break;
    case GX_MERGE_CONFLICT:
      add_conflict (work, field, version, 0);
      break;
    case GX_MERGE_SAME:
      break;
    }
  return TRUE;
}

static gboolean
find_field (Work        *work,
            const char  *name,
            guint       *out_index,
            GError     **error)
{
  int index = gx_entity_index_of (work->entity, name);

  if (index < 0 || (gx_entity_field (work->entity, (guint) index)->flags & GX_LOCAL))
    return gx_fail_field (error, GX_ERROR_SCHEMA, name, "schema", "%s has no such field", work->entity->name);

  *out_index = (guint) index;
  return TRUE;
}

static gboolean
merge_all (Work        *work,
           GxFieldSet  *changed,
           GError     **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  guint index = 0;

  *changed = 0;
  work->proposed = gx_entity_new (work->entity);
  json_object_iter_init (&iter, work->mutation->set);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (!find_field (work, name, &index, error)
          || !gxs_rights_review_field (work->entity, gx_entity_field (work->entity, index), &work->holders, error)
          || !gxs_rights_over_field (work->authz, work->entity, gx_entity_field (work->entity, index), &work->holders, error))
        return FALSE;
      if (!JSON_NODE_HOLDS_OBJECT (node) || !json_object_has_member (json_node_get_object (node), "v"))
        return gx_fail_field (error, GX_ERROR_INVALID, name, "patch", "must be {\"v\":value,\"b\":base}");
      if (!merge_field (work, index, json_node_get_object (node), changed, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
stays_prospect (Work    *work,
                GError **error)
{
  return work->entity != &gx_customer_entity
         || ((GxCustomer *) work->data)->status == ((GxCustomer *) work->before)->status
         || gx_fail_field (error, GX_ERROR_NEEDS_REVIEW, "status", "R-DUAL", "changes by request only");
}

static void
set_conflict (Work       *work,
              GxsOutcome *outcome)
{
  outcome->st = "conflict";
  outcome->body = g_strdup_printf ("{\"at\":[%s]}", work->conflicts->str);
}

static gboolean
run_patch (Work        *work,
           GxsOutcome  *outcome,
           GError     **error)
{
  const GxsActor actor = actor_of (work);
  GxFieldSet changed;
  gboolean gone;

  if (!need_set (work, error) || !load_row (work, &gone, error))
    return FALSE;
  if (gone)
    return gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such %s", work->entity->name);
  if (!merge_all (work, &changed, error) || !stays_prospect (work, error))
    return FALSE;
  if (work->conflicts != NULL)
    {
      set_conflict (work, outcome);
      return TRUE;
    }
  if (changed == 0)
    {
      /* Not the head: what others change from now on, also in this batch, is not what the writer saw. */
      set_effect (outcome, "noop", ((GxMeta *) work->before)->v, ((GxMeta *) work->before)->v);
      return TRUE;
    }

  normalize (work, changed);
  if (!check (work, changed, error)
      || !check_references (work, changed, error)
      || !gxs_write_update (work->batch, &actor, work->entity, work->before, work->data, error))
    return FALSE;
  set_effect (outcome, "applied", ((GxMeta *) work->before)->v, ((GxMeta *) work->data)->v);
  return TRUE;
}

/* Somebody changed the row that shall go: told like a conflict of the field that marks removed rows. */
static void
set_delete_conflict (Work       *work,
                     GxsOutcome *outcome)
{
  const GxMeta *meta = work->before;

  outcome->st = "conflict";
  outcome->body = g_strdup_printf ("{\"at\":[{\"by\":\"%s\",\"f\":\"del\",\"s\":%" G_GINT64_FORMAT
                                   ",\"server\":false,\"yours\":true}]}", GX_ID_STR (&meta->updated_by), meta->v);
}

static gboolean
read_delete_base (Work    *work,
                  gint64  *out_seq,
                  GError **error)
{
  gint64 mid;

  if (work->mutation->base == NULL)
    return gx_fail_field (error, GX_ERROR_INVALID, "b", "required", "a delete says which version it saw");
  if (json_object_has_member (work->mutation->base, "s"))
    return gx_json_get_int (work->mutation->base, "s", out_seq, error);

  return gx_json_get_int (work->mutation->base, "m", &mid, error)
         && gxs_result_find_base (gxs_batch_get_db (work->batch), &work->mutation->client_id, mid, out_seq, error);
}

static gboolean
run_delete (Work        *work,
            GxsOutcome  *outcome,
            GError     **error)
{
  const GxsActor actor = actor_of (work);
  gint64 seen;
  gboolean gone;

  if (!read_delete_base (work, &seen, error) || !load_row (work, &gone, error))
    return FALSE;
  if (gone)
    {
      outcome->st = "noop";
      outcome->seq = gxs_batch_get_head (work->batch);
      return TRUE;
    }
  if (((GxMeta *) work->before)->v > seen && !GX_BUG (GX_BUG_DELETE))
    {
      set_delete_conflict (work, outcome);
      return TRUE;
    }
  if (!gxs_rights_review_row (work->entity, GXS_OP_DELETE, work->before, &work->holders, error)
      || !gxs_paper_may_go (gxs_batch_get_db (work->batch), work->authz, work->entity, work->before, error)
      || !gxs_write_delete (work->batch, &actor, work->entity, work->data, error))
    return FALSE;

  outcome->st = "applied";
  outcome->seq = ((GxMeta *) work->data)->v;
  return TRUE;
}

static const struct
{
  const char  *name;
  GxsOp        op;
  gboolean   (*run) (Work *work, GxsOutcome *outcome, GError **error);
} ops[] = {
  { "create", GXS_OP_CREATE, run_create },
  { "patch",  GXS_OP_PATCH,  run_patch },
  { "delete", GXS_OP_DELETE, run_delete },
};

static gboolean
run_on_entity (Work        *work,
               GxsOutcome  *outcome,
               GError     **error)
{
  work->entity = work->mutation->table != NULL ? gx_entity_by_name (work->mutation->table) : NULL;
  if (work->entity == NULL || work->entity->fact_of != NULL)
    return gx_fail_field (error, GX_ERROR_SCHEMA, "tbl", "schema", "there is no such entity");

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    if (strcmp (ops[i].name, work->mutation->op) == 0)
      return gxs_rights_may (work->authz, work->entity, ops[i].op, error) && ops[i].run (work, outcome, error);

  return gx_fail_field (error, GX_ERROR_SCHEMA, "op", "schema", "there is no such operation");
}

static gboolean
run_submit (GxsBatch           *batch,
            const GxsAuthz     *authz,
            const GxsMutation  *mutation,
            GxsOutcome         *outcome,
            GError            **error)
{
  g_autofree char *answer = NULL;

  if (mutation->set == NULL)
    return gx_fail_field (error, GX_ERROR_INVALID, "set", "required", "a request says what it asks for");
  if (!gxs_review_submit (batch, authz, &mutation->id, &mutation->mut_id, mutation->set, &answer, &outcome->seq, error))
    return FALSE;

  outcome->st = "pending_review";
  outcome->body = g_strdup_printf ("{\"cr\":\"%s\"}", GX_ID_STR (&mutation->id));
  return TRUE;
}

/**
 * gxs_mutation_run:
 * @batch: a part of it is open, which the caller undoes if this fails
 *
 * Errors: whatever stands against the mutation for good (its result will be "rejected"), or %GX_ERROR_BUSY,
 *   %GX_ERROR_IO, %GX_ERROR_DATABASE and the like, which say nothing about it
 */
gboolean
gxs_mutation_run (GxsBatch           *batch,
                  const GxsAuthz     *authz,
                  const GxsMutation  *mutation,
                  GxsOutcome         *out_outcome,
                  GError            **error)
{
  g_auto(Work) work = { .batch = batch, .authz = authz, .mutation = mutation };

  if (strcmp (mutation->op, "cr.submit") == 0)
    return run_submit (batch, authz, mutation, out_outcome, error);

  return run_on_entity (&work, out_outcome, error);
}
