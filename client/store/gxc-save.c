/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several rows saved together: each by the one way of editing there is (gxc-edit.h), all in one transaction. What comes
 * back is what was really written, row by row with what stood there before: from that an undo is made.
 *
 * A new row and what else is saved with it about the same customer (a visit, its note, the next task) are a bundle: the
 * server does all of it or nothing. Any other rows stand each for itself, so that one in conflict does not hold up the rest.
 *
 * A strict save is an undo: it finds what it expects, or it is refused as a whole. A row that is to come back after its
 * removal is taken out of the queue if the removal has not left yet; after that the bank has removed it for good, and it
 * is made anew under another id. A row that no client may remove (a plan) ends, once the bank has heard of it.
 */
#include "gxc-save.h"

#include "gx-customer.h"
#include "gx-sql.h"
#include "gxc-attach.h"
#include "gxc-edit.h"
#include "gxc-list.h"
#include "gxc-queue.h"
#include "gxc-store-private.h"

#include <glib/gi18n.h>

typedef struct
{
  GPtrArray *changes;       /* of GxcChangeItem */
  gboolean   strict;
  GPtrArray *done;          /* of GxcChangeItem */
} SaveArgs;

static GxFieldSet
own_fields (const GxEntity *entity)
{
  return ~(GX_FIELD_BIT (gx_entity_first_own (entity)) - 1);
}

static GxRecord *
find_shown (GxcStore             *store,
            const GxcChangeItem  *item,
            GError              **error)
{
  return gxc_list_find (gxc_store_get_db (store), item->entity, gx_record_get_id (item->original), error);
}

/* What an undo takes back must still be there as it was left. */
static gboolean
check_expected (const GxcChangeItem  *item,
                GxRecord             *shown,
                GError              **error)
{
  GxFieldSet expected = item->fields != 0 ? item->fields : own_fields (item->entity) & ~gx_entity_with_flags (item->entity, GX_SERVER);
  GxFieldSet differ = gx_entity_diff (item->entity, gx_record_get_data (item->original), gx_record_get_data (shown)) & expected;

  for (guint i = 0; i < gx_entity_n_fields (item->entity); i++)
    if (differ & GX_FIELD_BIT (i))
      {
        const GxField *field = gx_entity_field (item->entity, i);

        return gx_fail_field (error, GX_ERROR_STATE, field->name, "undo", _("%s was changed since: it cannot be taken back."), _(field->label));
      }

  return TRUE;
}

static gboolean
keep_done (GxcStore       *store,
           SaveArgs       *args,
           GxcChangeItem  *item,
           const GxId     *id,
           GError        **error)
{
  item->row = gx_sql_load (gxc_store_get_db (store), item->entity, id, error);
  if (item->row == NULL)
    {
      gxc_change_item_free (item);
      return FALSE;
    }
  if (item->original != NULL)
    item->fields = gx_entity_diff (item->entity, gx_record_get_data (item->original), item->row) & own_fields (item->entity);
  if (item->original != NULL && item->fields == 0)
    gxc_change_item_free (item);
  else
    g_ptr_array_add (args->done, item);

  return TRUE;
}

/* --- making ------------------------------------------------------------------------------------------------------- */

/* The removal of the row, if it has not left this machine and nothing builds on it: without it the row is as it was. */
static gboolean
drop_removal (GxcStore    *store,
              const GxEntity *entity,
              const GxId  *id,
              gboolean    *out_done,
              GError     **error)
{
  GxDb *db = gxc_store_get_db (store);
  gint64 mid = 0;

  *out_done = gx_db_query_int (db, &mid, NULL, "SELECT mid FROM queue WHERE id=? AND tbl=? AND op='delete' AND sent_at IS NULL", "ut", id,
                               entity->name);

  return !*out_done || gxc_queue_drop (store, mid, error);
}

static gboolean
has_left (GxcStore       *store,
          const GxMeta   *meta,
          const GxEntity *entity)
{
  gint64 n = 0;

  return meta->v > 0
         || !gx_db_query_int (gxc_store_get_db (store), &n, NULL,
                              "SELECT (SELECT COUNT(*) FROM acked WHERE id=?1 AND tbl=?2) + (SELECT COUNT(*) FROM queue WHERE id=?1 AND tbl=?2)",
                              "ut", &meta->id, entity->name)
         || n > 0;
}

static GxMeta
meta_of_new (const GxId *id)
{
  return (GxMeta) { .id = *id };
}

/* What a person may write of the row that was; the server gives the rest anew. */
static gpointer
copy_for_new (const GxEntity *entity,
              gconstpointer   was,
              const GxId     *id)
{
  const GxFieldSet not_ours = gx_entity_with_flags (entity, GX_SERVER | GX_COMPOSED | GX_LOCAL);
  gpointer row = gx_entity_copy (entity, was);

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    if (i < gx_entity_first_own (entity) || (not_ours & GX_FIELD_BIT (i)))
      gx_field_clear (gx_entity_field (entity, i), row);
  *(GxMeta *) row = meta_of_new (id);

  return row;
}

static gboolean
create_row (GxcStore        *store,
            SaveArgs        *args,
            const GxEntity  *entity,
            gconstpointer    row,
            GError         **error)
{
  const GxcReason none = { 0 };
  GxcWritten written = { 0 };

  return gxc_store_create (store, entity, row, &none, &written, error)
         && keep_done (store, args, gxc_change_item_create (entity, NULL), &written.id, error);
}

static gboolean
revive_row (GxcStore             *store,
            SaveArgs             *args,
            const GxcChangeItem  *item,
            GError              **error)
{
  const GxMeta *meta = item->row;
  gpointer row;
  gboolean done, left;

  if (!drop_removal (store, item->entity, &meta->id, &done, error))
    return FALSE;
  if (done)
    return keep_done (store, args, gxc_change_item_create (item->entity, NULL), &meta->id, error);

  left = has_left (store, meta, item->entity);
  if (left && item->entity->same_id)
    return gx_fail (error, GX_ERROR_STATE, _("%s was removed at the bank already: it cannot be taken back."), _(item->entity->label));
  row = copy_for_new (item->entity, meta, left ? &GX_ID_NONE : &meta->id);
  done = create_row (store, args, item->entity, row, error);
  gx_entity_free (item->entity, row);

  return done;
}

static gboolean
save_create (GxcStore             *store,
             SaveArgs             *args,
             const GxcChangeItem  *item,
             GError              **error)
{
  return args->strict ? revive_row (store, args, item, error) : create_row (store, args, item->entity, item->row, error);
}

/* --- changing and removing ---------------------------------------------------------------------------------------- */

static gboolean
save_patch (GxcStore             *store,
            SaveArgs             *args,
            const GxcChangeItem  *item,
            GError              **error)
{
  g_autoptr(GxRecord) shown = find_shown (store, item, error);
  const GxcReason none = { 0 };
  gpointer result;
  gboolean ok;

  if (shown == NULL || (args->strict && !check_expected (item, shown, error)))
    return FALSE;
  result = gxc_change_item_result (item);
  ok = gxc_store_edit (store, item->entity, gx_record_get_data (item->original), result, &none, NULL, error)
       && keep_done (store, args, gxc_change_item_patch (shown, NULL, 0), gx_record_get_id (shown), error);
  gx_entity_free (item->entity, result);

  return ok;
}

static gboolean
end_row (GxcStore  *store,
         SaveArgs  *args,
         GxRecord  *shown,
         GError   **error)
{
  const GxEntity *entity = gx_record_get_entity (shown);
  g_autoptr(GxcChangeItem) item = NULL;
  gpointer row = gx_entity_copy (entity, gx_record_get_data (shown));

  *(int *) gx_field_member (gx_entity_find (entity, entity->ended_by), row) = entity->ended;
  item = gxc_change_item_patch (shown, row, GX_FIELD_BIT (gx_entity_index_of (entity, entity->ended_by)));

  return save_patch (store, args, item, error);
}

static gboolean
save_remove (GxcStore             *store,
             SaveArgs             *args,
             const GxcChangeItem  *item,
             GError              **error)
{
  g_autoptr(GxRecord) shown = find_shown (store, item, error);
  const GxcReason none = { 0 };

  if (shown == NULL || (args->strict && !check_expected (item, shown, error)))
    return FALSE;
  if (item->entity->ended_by != NULL && !gxc_queue_may_withdraw (gxc_store_get_db (store), item->entity, gx_record_get_id (shown)))
    return end_row (store, args, shown, error);
  if (!gxc_store_delete (store, item->entity, gx_record_get_id (shown), &none, NULL, error))
    return FALSE;
  g_ptr_array_add (args->done, gxc_change_item_remove (shown));

  return TRUE;
}

#define BUNDLE_MAX 50                   /* rows; a bundle travels in one push */

static const GxId *
customer_of (const GxcChangeItem *item)
{
  gconstpointer data = item->original != NULL ? gx_record_get_data (item->original) : item->row;

  if (item->entity == &gx_customer_entity)
    return &((const GxMeta *) data)->id;

  return gx_entity_find (item->entity, "customer_id") != NULL ? gx_entity_member (item->entity, data, "customer_id") : NULL;
}

static gboolean
is_bundle (GPtrArray *changes)
{
  const GxId *first = changes->len > 1 && changes->len <= BUNDLE_MAX ? customer_of (g_ptr_array_index (changes, 0)) : NULL;
  gboolean makes = FALSE;

  if (first == NULL || gx_id_is_none (first))
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const GxcChangeItem *item = g_ptr_array_index (changes, i);
      const GxId *customer = customer_of (item);

      if (customer == NULL || !gx_id_equal (customer, first))
        return FALSE;
      makes |= item->original == NULL;
    }

  return makes;
}

static gboolean
save_all (GxcStore  *store,
          SaveArgs  *args,
          GError   **error)
{
  for (guint i = 0; i < args->changes->len; i++)
    {
      const GxcChangeItem *item = g_ptr_array_index (args->changes, i);

      if (!(item->remove ? save_remove : item->original != NULL ? save_patch : save_create) (store, args, item, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
save_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  SaveArgs *args = data;
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  gboolean ok;

  if (transaction == NULL)
    return FALSE;
  if (is_bundle (args->changes))
    gxc_store_begin_bundle (store);
  ok = save_all (store, args, error) && gxc_attach_follow (store, args->done, error);
  gxc_store_end_bundle (store);

  return ok && gxc_store_commit (store, transaction, error);
}

/**
 * gxc_store_save:
 * @changes: (element-type GxcChangeItem)
 * @strict: it is an undo: each row must be as its item expects
 *
 * Returns: (transfer full) (nullable) (element-type GxcChangeItem): what was written: made rows with their ids, changed
 * rows with what stood before and which fields differ, removed rows as they were. A change that changes nothing is not
 * among them
 *
 * Errors: those of gxc_store_create(), gxc_store_edit() and gxc_store_delete(); %GX_ERROR_STATE of a strict save
 */
GPtrArray *
gxc_store_save (GxcStore   *store,
                GPtrArray  *changes,
                gboolean    strict,
                GError    **error)
{
  SaveArgs args = { changes, strict, gxc_change_items_new () };

  if (gxc_store_call (store, save_here, &args, error))
    return args.done;

  g_ptr_array_unref (args.done);
  return NULL;
}
