/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a person changed to what travels: plain fields become one patch, reviewed fields one request, each with the
 * base that the person saw. All of a write is one transaction: the queue's entries and what is shown change together.
 *
 *   original, current --diff--> plain:    patch {field: {v, b}}
 *                           \-> reviewed: cr.submit {after, base, reason, evidence}   (one kind, or refused)
 *
 * Nothing here waits for the server, and nothing is queued when anything is refused. Policies (how much evidence, who
 * decides) are the server's.
 */
#include "gxc-edit.h"

#include "gx-bug.h"
#include "gx-change-request.h"
#include "gx-check.h"
#include "gx-customer.h"
#include "gx-delta.h"
#include "gx-entity-json.h"
#include "gx-review-rule.h"
#include "gx-sql.h"
#include "gx-text.h"
#include "gxc-defaults.h"
#include "gxc-overlay.h"
#include "gxc-queue.h"
#include "gxc-store-private.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GxcStore        *store;
  GxDb            *db;
  const GxEntity  *entity;
  gconstpointer    original;        /* (nullable): of an edit: what the person saw */
  gpointer         data;            /* (owned): what it shall be, in normal form */
  gpointer         shown;           /* (owned) (nullable): the row as it is now */
  const GxcReason *reason;          /* (nullable) */
  const char      *kind;            /* (nullable): of the request */
  const char      *kind_field;      /* the first field that asked for it */
  GxcWritten       out;
} Work;

typedef struct
{
  const GxEntity  *entity;
  gconstpointer    original;
  gconstpointer    data;
  const GxId      *id;
  const GxcReason *reason;
  GxcWritten      *out;             /* (nullable) */
} EditArgs;

static void
work_clear (Work *work)
{
  gx_entity_free (work->entity, work->data);
  gx_entity_free (work->entity, work->shown);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

/* A person's own fields: what stands beside them is the server's. */
static GxFieldSet
own_fields (const GxEntity *entity)
{
  GxFieldSet set = 0;

  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    set |= GX_FIELD_BIT (i);

  return set;
}

static gint32
today (GxcStore *store)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return gx_date_from_time (gx_clock_now (gxc_store_get_clock (store)), zone);
}

static gboolean
customer_is_prospect (GxDb       *db,
                      const GxId *customer_id)
{
  gint64 status = 0;

  return gx_db_query_int (db, &status, NULL, "SELECT status FROM customer WHERE id=?", "u", customer_id)
         && status == GX_CUSTOMER_PROSPECT;
}

/* Of whichever customers the row hangs on: all are prospects. */
static gboolean
is_prospect (GxDb           *db,
             const GxEntity *entity,
             gconstpointer   original,
             gconstpointer   data)
{
  gboolean any = FALSE;

  if (entity == &gx_customer_entity)
    return ((const GxCustomer *) data)->status == GX_CUSTOMER_PROSPECT
           && (original == NULL || ((const GxCustomer *) original)->status == GX_CUSTOMER_PROSPECT);

  for (guint i = 0; i < G_N_ELEMENTS (entity->parents) && entity->parents[i] != NULL; i++)
    {
      const GxId *id = gx_entity_member (entity, data, entity->parents[i]);

      if (gx_id_is_none (id))
        continue;
      if (!customer_is_prospect (db, id))
        return FALSE;
      any = TRUE;
    }

  return any;
}

/**
 * gxc_edit_review_kind:
 * @data: the row as it would be saved
 *
 * Returns: (nullable): the kind of request that a change of @field becomes, %NULL if it is a plain change
 */
const char *
gxc_edit_review_kind (GxDb           *db,
                      const GxEntity *entity,
                      gconstpointer   data,
                      const GxField  *field)
{
  return gx_review_of_field (entity, field, is_prospect (db, entity, NULL, data));
}

static JsonNode *
value_node (const GxField *field,
            gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, text);
  gx_field_write_json (field, data, &writer);

  return json_from_string (text->str, NULL);
}

static gint64
version_of (const GxField *field,
            gconstpointer  data)
{
  const GxMeta *meta = data;

  return gx_fv_get (meta->fv, field->name, meta->v0);
}

/* The version that the person saw. A value that the server never had at that version was an own change, refused meanwhile; the
 * server's value may have come while that change stood over it, and was not seen. While the row is being loaded anew, nobody can tell:
 * then it was not seen either. */
static gint64
version_seen (Work          *work,
              const GxField *field)
{
  gint64 version = version_of (field, work->original);
  gpointer said = gxc_overlay_find_said (work->db, work->entity, &((const GxMeta *) work->original)->id);

  if ((said == NULL || (version_of (field, said) == version && !gx_field_equal (field, said, work->original))) && !GX_BUG (GX_BUG_UNDER))
    version = MAX (version - 1, 0);
  gx_entity_free (work->entity, said);

  return version;
}

/* As the row that is shown has it, if the person saw the same value; else as what the person saw has it, and the server
 * will tell whether that matters. */
static JsonObject *
base_of (Work          *work,
         const GxField *field)
{
  JsonObject *base = json_object_new ();
  gboolean same = work->shown != NULL && (gx_field_equal (field, work->shown, work->original) || GX_BUG (GX_BUG_SEEN));
  gint64 mid = same ? gxc_overlay_mid_of (work->db, work->entity, &((const GxMeta *) work->shown)->id, field->name) : 0;

  if (mid > 0)
    json_object_set_int_member (base, "m", mid);
  else
    json_object_set_int_member (base, "s", same ? version_of (field, work->shown) : version_seen (work, field));

  return base;
}

static gboolean
is_masked (gconstpointer  data,
           const GxField *field)
{
  const char *masked = data != NULL ? ((const GxMeta *) data)->masked : NULL;
  g_autofree char *key = g_strdup_printf ("\"%s\":", field->name);

  return masked != NULL && strstr (masked, key) != NULL;
}

/* A request has one kind, since the kind decides who may approve it. */
static gboolean
set_kind (Work        *work,
          const char  *kind,
          const char  *field,
          GError     **error)
{
  if (work->kind == NULL)
    {
      work->kind = kind;
      work->kind_field = field;
    }
  if (g_str_equal (work->kind, kind))
    return TRUE;

  return gx_fail_field (error, GX_ERROR_INVALID, field, "R-DUAL",
                        _("%s belongs to a request of kind %s, and %s to one of kind %s: save one after the other"),
                        work->kind_field, work->kind, field, kind);
}

/* Whoever changes a reviewed field says why; otherwise nothing at all is saved. */
static gboolean
check_reason (Work        *work,
              const char  *field,
              GError     **error)
{
  g_autofree char *text = gx_text_trim (work->reason != NULL ? work->reason->reason : NULL);

  if (work->kind == NULL || (text != NULL && g_utf8_strlen (text, -1) >= GX_REVIEW_REASON_MIN))
    return TRUE;
  if (text != NULL)
    return gx_fail_field (error, GX_ERROR_INVALID, "reason", "min-length", _("a reason has at least %d characters"),
                          GX_REVIEW_REASON_MIN);

  return gx_fail_field (error, GX_ERROR_NEEDS_REVIEW, field, "R-DUAL", _("needs a second person's review: give a reason"));
}

static gboolean
sort_field (Work           *work,
            guint           index,
            gboolean        prospect,
            GxFieldSet     *plain,
            GxFieldSet     *reviewed,
            GError        **error)
{
  const GxField *field = gx_entity_field (work->entity, index);
  const char *kind = gx_review_of_field (work->entity, field, prospect);

  if (is_masked (work->original, field))
    return gx_fail_field (error, GX_ERROR_FIELD, field->name, "masked", _("is masked for you"));
  if (kind == NULL && (field->flags & (GX_SERVER | GX_COMPOSED | GX_LOCAL)))
    return gx_fail_field (error, GX_ERROR_FIELD, field->name, "server", _("is set by the server"));
  if (field->flags & GX_FIXED)
    return gx_fail_field (error, GX_ERROR_FIELD, field->name, "fixed", _("cannot be changed any more"));
  if (kind == NULL)
    {
      *plain |= GX_FIELD_BIT (index);
      return TRUE;
    }

  *reviewed |= GX_FIELD_BIT (index);
  return set_kind (work, kind, field->name, error) && check_reason (work, field->name, error);
}

static gboolean
sort_fields (Work        *work,
             GxFieldSet  *plain,
             GxFieldSet  *reviewed,
             GError     **error)
{
  GxFieldSet changed = gx_entity_diff (work->entity, work->original, work->data) & own_fields (work->entity);
  gboolean prospect = is_prospect (work->db, work->entity, work->original, work->data);

  *plain = *reviewed = 0;
  for (guint i = 0; i < gx_entity_n_fields (work->entity); i++)
    if ((changed & GX_FIELD_BIT (i)) && !sort_field (work, i, prospect, plain, reviewed, error))
      return FALSE;

  return TRUE;
}

static gboolean
concerns (const GxEntity *entity,
          const GError   *error,
          GxFieldSet      fields)
{
  const GPtrArray *violations = gx_error_get_violations (error);

  if (violations == NULL || violations->len == 0)
    return TRUE;
  for (guint i = 0; i < violations->len; i++)
    {
      const GxViolation *violation = g_ptr_array_index (violations, i);
      int index = gx_entity_index_of (entity, violation->field);

      if (index >= 0 && (fields & GX_FIELD_BIT (index)))
        return TRUE;
    }

  return FALSE;
}

/* A rule that an old value breaks does not stand in the way of changing another one. */
static gboolean
check_rules (Work        *work,
             GxFieldSet   fields,
             GError     **error)
{
  GError *local = NULL;

  if (!gx_entity_validate (work->entity, work->data, fields, error))
    return FALSE;
  if (gx_check_entity (work->entity, work->data, today (work->store), &local))
    return TRUE;
  if (concerns (work->entity, local, fields))
    {
      g_propagate_error (error, local);
      return FALSE;
    }

  g_error_free (local);
  return TRUE;
}

static gboolean
queue_patch (Work        *work,
             GxFieldSet   fields,
             GError     **error)
{
  g_autoptr(JsonObject) set = json_object_new ();
  g_autoptr(JsonObject) original = json_object_new ();

  for (guint i = 0; i < gx_entity_n_fields (work->entity); i++)
    {
      const GxField *field = gx_entity_field (work->entity, i);
      JsonObject *change, *base;

      if (!(fields & GX_FIELD_BIT (i)))
        continue;
      base = base_of (work, field);
      if (field->merge == GX_MERGE_SET || field->merge == GX_MERGE_APPEND)
        json_object_set_member (base, "v", value_node (field, work->original));
      change = json_object_new ();
      json_object_set_member (change, "v", value_node (field, work->data));
      json_object_set_object_member (change, "b", base);
      json_object_set_object_member (set, field->name, change);
      json_object_set_member (original, field->name, value_node (field, work->original));
    }
  work->out.mid = gxc_queue_append (work->store, work->entity, &work->out.id, "patch", set, NULL, original, error);

  return work->out.mid != 0;
}

/* A patch a group: a conflict in one does not hold up the others. In a bundle all stands or falls together anyway. */
static gboolean
queue_patches (Work        *work,
               GxFieldSet   fields,
               GError     **error)
{
  GxId bundle = gxc_store_get_bundle (work->store);
  gboolean whole = !gx_id_is_none (&bundle) || GX_BUG (GX_BUG_GROUPS);

  while (fields != 0)
    {
      GxFieldSet together = whole ? fields : fields & gx_entity_group (work->entity, fields);

      if (!queue_patch (work, together, error))
        return FALSE;
      fields &= ~together;
    }

  return TRUE;
}

static JsonArray *
write_evidence (const GxcReason *reason)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < reason->n_evidence; i++)
    {
      JsonObject *item = json_object_new ();
      const char *kind = reason->evidence[i].kind;

      json_object_set_string_member (item, "sha256", reason->evidence[i].sha256);
      json_object_set_string_member (item, "kind", kind != NULL ? kind : "OTHER");
      json_array_add_object_element (array, item);
    }

  return array;
}

/* The request as it waits: bases may still be "as my mutation N left it", digest and signature come when it is sealed. */
static gboolean
queue_submit (Work        *work,
              const char  *op,
              JsonObject  *after,
              JsonObject  *base,
              gint64       base_v,
              GError     **error)
{
  g_autoptr(JsonObject) set = json_object_new ();
  g_autofree char *reason = gx_text_trim (work->reason->reason);

  work->out.cr_id = gxc_store_new_id (work->store);
  json_object_set_string_member (set, "kind", work->kind);
  json_object_set_string_member (set, "op", op);
  json_object_set_string_member (set, "tbl", work->entity->name);
  json_object_set_string_member (set, "entity_id", GX_ID_STR (&work->out.id));
  json_object_set_object_member (set, "after", json_object_ref (after));
  json_object_set_object_member (set, "base", json_object_ref (base));
  json_object_set_int_member (set, "base_v", base_v);
  json_object_set_string_member (set, "reason", reason);
  json_object_set_array_member (set, "evidence", write_evidence (work->reason));
  json_object_set_int_member (set, "rev", 1);
  work->out.request_mid = gxc_queue_append (work->store, &gx_change_request_entity, &work->out.cr_id, "cr.submit", set, NULL, NULL,
                                            error);

  return work->out.request_mid != 0;
}

static gboolean
queue_request (Work        *work,
               GxFieldSet   fields,
               GError     **error)
{
  g_autoptr(JsonObject) after = json_object_new ();
  g_autoptr(JsonObject) base = json_object_new ();

  for (guint i = 0; i < gx_entity_n_fields (work->entity); i++)
    {
      const GxField *field = gx_entity_field (work->entity, i);

      if (!(fields & GX_FIELD_BIT (i)))
        continue;
      json_object_set_member (after, field->name, value_node (field, work->data));
      json_object_set_object_member (base, field->name, base_of (work, field));
    }

  return queue_submit (work, "patch", after, base, ((const GxMeta *) work->original)->v, error);
}

static gboolean
work_begin (Work            *work,
            GxcStore        *store,
            const EditArgs  *args,
            const GxId      *id,
            GError         **error)
{
  work->store = store;
  work->db = gxc_store_get_db (store);
  work->entity = args->entity;
  work->original = args->original;
  work->reason = args->reason;
  work->out.id = *id;
  if (args->data != NULL)
    {
      work->data = gx_entity_copy (args->entity, args->data);
      ((GxMeta *) work->data)->id = *id;
      gx_check_normalize (args->entity, work->data);
    }

  return gx_sql_find (work->db, args->entity, id, &work->shown, error);
}

static gboolean
work_end (Work           *work,
          GxTransaction  *transaction,
          GxcWritten     *out,
          GError        **error)
{
  if (!gxc_store_commit (work->store, transaction, error))
    return FALSE;
  if (out != NULL)
    *out = work->out;

  return TRUE;
}

static gboolean
edit_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  const EditArgs *args = data;
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  g_auto(Work) work = { 0 };
  GxFieldSet plain, reviewed;

  if (transaction == NULL
      || !work_begin (&work, store, args, &((const GxMeta *) args->original)->id, error)
      || !sort_fields (&work, &plain, &reviewed, error)
      || !check_rules (&work, plain | reviewed, error))
    return FALSE;

  if (!queue_patches (&work, plain, error))
    return FALSE;
  if (reviewed != 0 && !queue_request (&work, reviewed, error))
    return FALSE;

  return work_end (&work, transaction, args->out, error);
}

/**
 * gxc_store_edit:
 * @original: what the person saw when the form was opened
 * @current: what it shall be
 * @reason: (nullable): for the fields that need review
 * @out: (out) (optional): what was queued; nothing, if nothing differs
 *
 * Plain fields become a patch for each group of them, reviewed fields one request, together or not at all.
 *
 * Errors: %GX_ERROR_INVALID naming the fields and rules, also for reviewed fields of two kinds; %GX_ERROR_NEEDS_REVIEW
 * without a reason; %GX_ERROR_FIELD for what nobody may change here
 */
gboolean
gxc_store_edit (GxcStore         *store,
                const GxEntity   *entity,
                gconstpointer     original,
                gconstpointer     current,
                const GxcReason  *reason,
                GxcWritten       *out,
                GError          **error)
{
  EditArgs args = { .entity = entity, .original = original, .data = current, .reason = reason, .out = out };

  return gxc_store_call (store, edit_here, &args, error);
}

static GxFieldSet
client_fields (const GxEntity *entity)
{
  return own_fields (entity) & ~gx_entity_with_flags (entity, GX_SERVER | GX_COMPOSED | GX_LOCAL);
}

static gboolean
refuse_server_values (Work    *work,
                      GError **error)
{
  for (guint i = gx_entity_first_own (work->entity); i < gx_entity_n_fields (work->entity); i++)
    {
      const GxField *field = gx_entity_field (work->entity, i);

      if (!(client_fields (work->entity) & GX_FIELD_BIT (i)) && field->kind != GX_KIND_BOOL
          && !gx_field_is_none (field, work->data))
        return gx_fail_field (error, GX_ERROR_FIELD, field->name, "server", _("is set by the server"));
    }

  return TRUE;
}

static JsonObject *
write_new (Work *work)
{
  JsonObject *set = json_object_new ();

  for (guint i = 0; i < gx_entity_n_fields (work->entity); i++)
    {
      const GxField *field = gx_entity_field (work->entity, i);

      if ((client_fields (work->entity) & GX_FIELD_BIT (i)) && !gx_field_is_none (field, work->data))
        json_object_set_member (set, field->name, value_node (field, work->data));
    }

  return set;
}

static gboolean
check_born (Work    *work,
            GError **error)
{
  if (work->shown != NULL)
    return gx_fail (error, GX_ERROR_EXISTS, _("This record exists already."));
  if (work->entity == &gx_customer_entity && ((const GxCustomer *) work->data)->status != GX_CUSTOMER_PROSPECT)
    return gx_fail_field (error, GX_ERROR_NEEDS_REVIEW, "status", "R-DUAL", _("a new customer starts as a prospect"));

  return refuse_server_values (work, error) && check_rules (work, client_fields (work->entity), error);
}

static GxId
id_of_new (GxcStore       *store,
           const GxEntity *entity,
           gconstpointer   data)
{
  const GxId *id = &((const GxMeta *) data)->id;

  if (!gx_id_is_none (id))
    return *id;

  return entity->same_id ? *(const GxId *) gx_entity_member (entity, data, entity->parents[0]) : gxc_store_new_id (store);
}

static gboolean
create_here (GxcStore  *store,
             gpointer   data,
             GError   **error)
{
  EditArgs *args = data;
  GxId id = id_of_new (store, args->entity, args->data);
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  g_auto(Work) work = { 0 };
  g_autoptr(JsonObject) set = NULL;

  if (transaction == NULL || !work_begin (&work, store, args, &id, error))
    return FALSE;
  gxc_defaults_fill (store, work.entity, work.data);
  if (!check_born (&work, error))
    return FALSE;

  set = write_new (&work);
  work.kind = gx_review_of_create (work.entity, work.data, work.entity == &gx_customer_entity
                                                           || is_prospect (work.db, work.entity, NULL, work.data));
  if (work.kind == NULL)
    {
      work.out.mid = gxc_queue_append (store, work.entity, &id, "create", set, NULL, NULL, error);
      return work.out.mid != 0 && work_end (&work, transaction, args->out, error);
    }

  {
    g_autoptr(JsonObject) base = json_object_new ();

    return check_reason (&work, work.entity->name, error)
           && queue_submit (&work, "create", set, base, 0, error)
           && work_end (&work, transaction, args->out, error);
  }
}

/**
 * gxc_store_create:
 * @data: the new row; without an id it is given one. What is left out is filled in where this desk knows it
 *
 * Errors: as of gxc_store_edit()
 */
gboolean
gxc_store_create (GxcStore         *store,
                  const GxEntity   *entity,
                  gconstpointer     data,
                  const GxcReason  *reason,
                  GxcWritten       *out,
                  GError          **error)
{
  EditArgs args = { .entity = entity, .data = data, .reason = reason, .out = out };

  return gxc_store_call (store, create_here, &args, error);
}

static gint64
last_mid_of_row (GxDb           *db,
                 const GxEntity *entity,
                 const GxId     *id)
{
  gint64 mid = 0;

  return gx_db_query_int (db, &mid, NULL, "SELECT mid FROM cover WHERE tbl=? AND id=? ORDER BY mid DESC LIMIT 1", "nu",
                          (int) entity->number, id) ? mid : 0;
}

static gboolean
queue_delete (Work    *work,
              GError **error)
{
  g_autoptr(JsonObject) base = json_object_new ();
  gint64 mid = last_mid_of_row (work->db, work->entity, &work->out.id);
  gboolean done;

  if (!gxc_queue_withdraw_row (work->store, work->entity, &work->out.id, &done, error))
    return FALSE;
  if (done)
    return TRUE;

  if (mid > 0)
    json_object_set_int_member (base, "m", mid);
  else
    json_object_set_int_member (base, "s", ((const GxMeta *) work->shown)->v);
  work->out.mid = gxc_queue_append (work->store, work->entity, &work->out.id, "delete", NULL, base, NULL, error);

  return work->out.mid != 0;
}

static gboolean
delete_here (GxcStore  *store,
             gpointer   data,
             GError   **error)
{
  EditArgs *args = data;
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  g_auto(Work) work = { 0 };

  if (transaction == NULL || !work_begin (&work, store, args, args->id, error))
    return FALSE;
  if (work.shown == NULL)
    return gx_fail (error, GX_ERROR_NOT_FOUND, _("There is no such record."));
  if (work.entity == &gx_customer_entity)
    return gx_fail (error, GX_ERROR_STATE, _("A customer is never deleted."));

  work.kind = gx_review_of_delete (work.entity, work.shown, is_prospect (work.db, work.entity, NULL, work.shown));
  if (work.kind == NULL)
    return queue_delete (&work, error) && work_end (&work, transaction, args->out, error);

  {
    g_autoptr(JsonObject) after = json_object_new ();
    g_autoptr(JsonObject) base = json_object_new ();

    return check_reason (&work, work.entity->name, error)
           && queue_submit (&work, "delete", after, base, ((const GxMeta *) work.shown)->v, error)
           && work_end (&work, transaction, args->out, error);
  }
}

/**
 * gxc_store_delete:
 *
 * Errors: %GX_ERROR_NOT_FOUND, %GX_ERROR_NEEDS_REVIEW without a reason
 */
gboolean
gxc_store_delete (GxcStore         *store,
                  const GxEntity   *entity,
                  const GxId       *id,
                  const GxcReason  *reason,
                  GxcWritten       *out,
                  GError          **error)
{
  EditArgs args = { .entity = entity, .id = id, .reason = reason, .out = out };

  return gxc_store_call (store, delete_here, &args, error);
}
