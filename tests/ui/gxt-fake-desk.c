/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk without a core: rows made by hand, calls counted, failures on cue. It answers what a page asks, and nothing that
 * it answers is a proof of the core. Names and figures are invented. */

#include "gxt-fake-desk.h"
#include "gxt-fake-carry.h"

#include <string.h>

#include "gx-attachment.h"
#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-employee.h"
#include "gx-error.h"
#include "gx-holding.h"
#include "gx-interaction.h"
#include "gx-life-event.h"
#include "gx-name-keys.h"
#include "gx-org-unit.h"
#include "gx-person-profile.h"
#include "gx-pin.h"
#include "gx-product.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gxc-calendar.h"

#define DAY G_GINT64_CONSTANT (86400000)

struct _GxtFakeDesk
{
  GObject        parent_instance;

  GHashTable    *rows;      /* entity → GPtrArray of GxRecord */
  GHashTable    *by_id;     /* entity → GHashTable: GxId → GxRecord */
  GHashTable    *calls;     /* operation → count */
  GPtrArray     *queue;
  GPtrArray     *months;    /* of GxHoldingMonth */
  GxFakeClock    clock;
  gint32         today;
  GxcPerson      person;
  gboolean       signed_in;
  GxcSyncSummary summary;
  GxcSending     sending;
  gboolean       slow;
  GQueue         fetched;   /* (owned): tasks whose document comes when it is not slow any more */
  GError        *failure;   /* (nullable): of the next operation */
  GError        *unreadable;  /* (nullable): of the next reading */
  const GxEntity *broken;     /* (nullable): whose rows cannot be read until it is mended */
  GError        *unfetched;   /* (nullable): of the next request that is fetched */
  guint          seed;
};

static void desk_init (GxcDeskInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GxtFakeDesk, gxt_fake_desk, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (GXC_TYPE_DESK, desk_init))

static GxId
make_id (GxtFakeDesk *self)
{
  GxId id = { { 0 } };

  self->seed++;
  id.b[0] = 1;
  memcpy (id.b + 12, &self->seed, sizeof self->seed);
  return id;
}

/** gxt_fake_desk_roll: 0 to @sides - 1, the same in each run */
guint
gxt_fake_desk_roll (GxtFakeDesk *self, guint sides)
{
  self->seed = self->seed * 1664525u + 1013904223u;
  return (self->seed >> 10) % sides;
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

GPtrArray *
gxt_fake_desk_rows (GxtFakeDesk *self, const GxEntity *entity)
{
  GPtrArray *rows = g_hash_table_lookup (self->rows, entity);

  if (!rows)
    g_hash_table_insert (self->rows, (gpointer) entity, rows = g_ptr_array_new_with_free_func (g_object_unref));
  return rows;
}

/* A digest has its customer's id: ids are told apart by entity. */
static GHashTable *
ids_of (GxtFakeDesk *self, const GxEntity *entity)
{
  GHashTable *ids = g_hash_table_lookup (self->by_id, entity);

  if (!ids)
    g_hash_table_insert (self->by_id, (gpointer) entity, ids = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, g_object_unref));
  return ids;
}

static GxRecord *
find_row (GxtFakeDesk *self, const GxEntity *entity, const GxId *id)
{
  return g_hash_table_lookup (ids_of (self, entity), id);
}

static GxClock *
get_clock (GxcDesk *desk)
{
  return &GXT_FAKE_DESK (desk)->clock.parent;
}

static gint32
get_today (GxcDesk *desk)
{
  return GXT_FAKE_DESK (desk)->today;
}

static char *
dup_setting (GxcDesk *desk, const char *name)
{
  return g_str_equal (name, "server") ? g_strdup ("https://127.0.0.1:8443") : NULL;
}

static const GxcPerson *
get_person (GxcDesk *desk)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);

  return self->signed_in ? &self->person : NULL;
}

static void
get_summary (GxcDesk *desk, GxcSyncSummary *out_summary)
{
  *out_summary = GXT_FAKE_DESK (desk)->summary;
}

/* Not in the order of the store's texts, but good enough for a list. */
static int
compare_values (const GxField *field, gconstpointer a, gconstpointer b)
{
  g_autofree char *x = NULL, *y = NULL;

  if (field->size == sizeof (gint64) && field->kind != GX_KIND_TEXT && field->kind != GX_KIND_JSON)
    {
      gint64 m = *(gint64 *) gx_field_member (field, a), n = *(gint64 *) gx_field_member (field, b);

      return (m > n) - (m < n);
    }
  if (field->size == sizeof (int))
    {
      int m = *(int *) gx_field_member (field, a), n = *(int *) gx_field_member (field, b);

      return (m > n) - (m < n);
    }
  x = gx_field_to_text (field, a);
  y = gx_field_to_text (field, b);
  return g_strcmp0 (x, y);
}

static const GxEntity *
holder_of (const GxEntity *entity, const char *name)
{
  if (gx_entity_find (entity, name))
    return entity;
  g_assert_true (entity == &gx_customer_entity && gx_entity_find (gxc_digest_entity (), name));
  return gxc_digest_entity ();
}

/* (nullable): the row that has the field: the customer's own, or its digest. */
static gconstpointer
row_with (GxtFakeDesk *self, GxRecord *record, const char *name, const GxField **out_field)
{
  const GxEntity *holder = holder_of (gx_record_get_entity (record), name);

  *out_field = gx_entity_find (holder, name);
  if (holder != gx_record_get_entity (record))
    record = find_row (self, holder, gx_record_get_id (record));
  return record ? gx_record_get_data (record) : NULL;
}

static gboolean
fits (const GxEntity *holder, const GxField *field, gconstpointer row, const GxcCondition *condition)
{
  gboolean none = !row || gx_field_is_none (field, row), fit = FALSE;
  g_auto(GStrv) words = condition->op == GXC_IN ? g_strsplit (condition->text, ",", -1) : NULL;
  gpointer other;

  if (condition->op == GXC_IS_NONE || condition->op == GXC_IS_SOME)
    return none == (condition->op == GXC_IS_NONE);
  if (none)
    return FALSE;
  other = gx_entity_new (holder);
  for (guint i = 0; !fit && (words ? words[i] != NULL : i < 1); i++)
    {
      int order;

      g_assert_true (gx_field_from_text (field, other, words ? words[i] : condition->text, NULL));
      order = compare_values (field, row, other);
      fit = condition->op == GXC_IS_NOT ? order != 0 : condition->op == GXC_LESS ? order < 0 : condition->op == GXC_GREATER ? order > 0 : order == 0;
    }
  gx_entity_free (holder, other);
  return fit;
}

static gboolean
matches (GxtFakeDesk *self, GxRecord *record, const GxcQuery *query)
{
  const GxEntity *entity = gx_record_get_entity (record);

  for (guint i = 0; i < query->n_conditions; i++)
    {
      const GxField *field;
      gconstpointer row = row_with (self, record, query->conditions[i].field, &field);

      if (!fits (holder_of (entity, field->name), field, row, &query->conditions[i]))
        return FALSE;
    }
  if (!query->search || !*query->search)
    return TRUE;
  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    if (gx_entity_field (entity, i)->flags & GX_SEARCHED)
      {
        g_autofree char *text = gx_record_dup_text (record, gx_entity_field (entity, i)->name);
        g_autofree char *folded = text ? gx_text_fold (text) : NULL;

        if (folded && strstr (folded, query->search))
          return TRUE;
      }
  return FALSE;
}

typedef struct
{
  GxtFakeDesk    *self;
  const GxcQuery *query;
} Sorting;

static int
compare_records (gconstpointer a, gconstpointer b, gpointer data)
{
  const Sorting *sorting = data;
  const GxField *field;
  gconstpointer x = row_with (sorting->self, *(GxRecord **) a, sorting->query->sort_field, &field);
  gconstpointer y = row_with (sorting->self, *(GxRecord **) b, sorting->query->sort_field, &field);
  int order = x && y ? compare_values (field, x, y) : (x != NULL) - (y != NULL);

  return sorting->query->descending ? -order : order;
}

static GArray *
list (GxcDesk *desk, const GxEntity *entity, const GxcQuery *query, GError **error)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);
  g_autoptr(GPtrArray) found = g_ptr_array_new ();
  GPtrArray *rows = gxt_fake_desk_rows (self, entity);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (GxId));
  Sorting sorting = { self, query };

  for (guint i = 0; i < rows->len; i++)
    if (matches (self, g_ptr_array_index (rows, i), query))
      g_ptr_array_add (found, g_ptr_array_index (rows, i));
  if (query->sort_field)
    g_ptr_array_sort_with_data (found, compare_records, &sorting);
  for (guint i = 0; i < found->len && (query->limit == 0 || i < query->limit); i++)
    g_array_append_vals (ids, gx_record_get_id (g_ptr_array_index (found, i)), 1);
  return ids;
}

static gint64
count_rows (GxcDesk *desk, const GxEntity *entity, const GxcQuery *query, GError **error)
{
  GxcQuery all = { .search = query->search, .conditions = query->conditions, .n_conditions = query->n_conditions };
  g_autoptr(GArray) ids = list (desk, entity, &all, error);

  return ids->len;
}

static GxId
new_id (GxcDesk *desk)
{
  return make_id (GXT_FAKE_DESK (desk));
}

static void
unref_nullable (gpointer object)
{
  if (object)
    g_object_unref (object);
}

static gboolean
is_broken (GxtFakeDesk *self, const GxEntity *entity, GError **error)
{
  if (self->broken && self->broken == entity)
    g_set_error_literal (error, GX_ERROR, GX_ERROR_DATABASE, "database disk image is malformed");
  return self->broken && self->broken == entity;
}

static GPtrArray *
read_rows (GxcDesk *desk, const GxEntity *entity, const GxId *ids, guint n_ids, GError **error)
{
  GPtrArray *records;

  if (GXT_FAKE_DESK (desk)->unreadable)
    {
      g_propagate_error (error, g_steal_pointer (&GXT_FAKE_DESK (desk)->unreadable));
      return NULL;
    }
  if (is_broken (GXT_FAKE_DESK (desk), entity, error))
    return NULL;
  records = g_ptr_array_new_with_free_func (unref_nullable);

  for (guint i = 0; i < n_ids; i++)
    {
      GxRecord *record = find_row (GXT_FAKE_DESK (desk), entity, &ids[i]);

      g_ptr_array_add (records, record ? g_object_ref (record) : NULL);
    }
  return records;
}

static void
free_month (gpointer month)
{
  gx_entity_free (&gx_holding_month_entity, month);
}

static GPtrArray *
facts (GxcDesk *desk, const GxEntity *entity, const GxId *parent, GError **error)
{
  GPtrArray *months = GXT_FAKE_DESK (desk)->months, *found = g_ptr_array_new_with_free_func (free_month);

  for (guint i = 0; i < months->len; i++)
    if (gx_id_equal (&((GxHoldingMonth *) g_ptr_array_index (months, i))->holding_id, parent))
      g_ptr_array_add (found, gx_entity_copy (entity, g_ptr_array_index (months, i)));
  return found;
}

static GxcQueueItem *
copy_item (const GxcQueueItem *item)
{
  GxcQueueItem *copy = g_memdup2 (item, sizeof *item);

  copy->op = g_strdup (item->op);
  copy->field = g_strdup (item->field);
  copy->detail = g_strdup (item->detail);
  copy->mine = g_strdup (item->mine);
  copy->theirs = g_strdup (item->theirs);
  copy->customer = g_strdup (item->customer);
  copy->rule = g_strdup (item->rule);
  copy->theirs_by = g_strdup (item->theirs_by);
  copy->fields = item->fields ? g_ptr_array_ref (item->fields) : g_ptr_array_new ();
  return copy;
}

static GPtrArray *
list_queue (GxcDesk *desk, GError **error)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);
  GPtrArray *queue = self->queue, *items;

  /* The store's own failures; others are of what is done. */
  if (g_error_matches (self->failure, GX_ERROR, GX_ERROR_TAMPERED) || g_error_matches (self->failure, GX_ERROR, GX_ERROR_DATABASE))
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return NULL;
    }
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_queue_item_free);
  for (guint i = 0; i < queue->len; i++)
    g_ptr_array_add (items, copy_item (g_ptr_array_index (queue, i)));
  return items;
}

/* Every figure by the rows themselves; the demo bank has only yuan. */
static GxcBook *
book (GxcDesk *desk, GError **error)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);
  GPtrArray *customers = gxt_fake_desk_rows (self, &gx_customer_entity);
  GxcBook *figures = g_new0 (GxcBook, 1);

  figures->ccy = g_strdup ("CNY");
  for (guint m = 0; m < GXC_BOOK_MONTHS; m++)
    figures->month[m] = gx_date_add_months (gx_date_from_ymd (2026, 11, 1), (int) m - GXC_BOOK_MONTHS + 1);
  for (guint i = 0; i < customers->len; i++)
    {
      const GxCustomer *row = gx_record_get_data (g_ptr_array_index (customers, i));

      figures->n_customers++;
      figures->n_by_tier[row->tier]++;
      figures->n_by_stage[row->lifecycle_stage]++;
      figures->n_active += row->status == GX_CUSTOMER_ACTIVE;
    }
  for (guint i = 0; i < self->months->len; i++)
    {
      const GxHoldingMonth *fact = g_ptr_array_index (self->months, i);

      for (guint m = 0; m < GXC_BOOK_MONTHS; m++)
        if (fact->month == figures->month[m] && fact->end_balance > 0)
          figures->assets[m][i % GXC_BOOK_N_CLASSES] += fact->end_balance;
    }
  return figures;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static void
count (GxtFakeDesk *self, const char *operation)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->calls, operation));

  g_hash_table_insert (self->calls, (char *) g_intern_string (operation), GUINT_TO_POINTER (n + 1));
}

/* Takes the task: with the failure on cue, else with TRUE. */
static gboolean
answer (GxtFakeDesk *self, const char *operation, GTask *task)
{
  gboolean failed = self->failure != NULL;

  count (self, operation);
  if (failed)
    g_task_return_error (task, g_steal_pointer (&self->failure));
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
  return !failed;
}

/* The one figure of a customer that a page changes by itself and looks at again. */
static void
follow_pin (GxtFakeDesk *self, const GxPin *pin, gint64 at)
{
  GxRecord *digest = find_row (self, gxc_digest_entity (), &pin->customer_id);

  if (digest)
    ((GxcDigest *) gx_record_get_data (digest))->pinned_at = at;
}

/** gxt_fake_desk_put: @row (transfer full): stands where one of its id stood, or is new */
void
gxt_fake_desk_put (GxtFakeDesk *self, const GxEntity *entity, gpointer row)
{
  GPtrArray *rows = gxt_fake_desk_rows (self, entity);
  GxRecord *record = gx_record_new (entity, row), *old = find_row (self, entity, gx_record_get_id (record));
  guint position;

  if (entity == &gx_pin_entity)
    follow_pin (self, row, ((GxPin *) row)->at);
  if (old && g_ptr_array_find (rows, old, &position))
    {
      g_object_unref (rows->pdata[position]);
      rows->pdata[position] = g_object_ref (record);
    }
  else
    g_ptr_array_add (rows, g_object_ref (record));
  g_hash_table_replace (ids_of (self, entity), gx_id_copy (gx_record_get_id (record)), record);
}

static void
sign_in (GxcDesk *desk, const GxcCredentials *credentials, GTask *task)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);

  if (answer (self, "sign_in", task))
    {
      self->signed_in = TRUE;
      gxc_desk_emit_status (desk);
    }
}

static void
change_password (GxcDesk *desk, const char *old_password, const char *new_password, GTask *task)
{
  answer (GXT_FAKE_DESK (desk), "change_password", task);
}

static void
sync_now (GxcDesk *desk, GTask *task)
{
  answer (GXT_FAKE_DESK (desk), "sync", task);
}

static void
create (GxcDesk *desk, const GxEntity *entity, gpointer row, GTask *task)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);

  if (!answer (self, "create", task))
    {
      gx_entity_free (entity, row);
      return;
    }
  ((GxMeta *) row)->id = make_id (self);
  ((GxMeta *) row)->created_at = self->clock.now;
  gxt_fake_desk_put (self, entity, row);
  self->summary.waiting++;
  gxc_desk_emit_changed (desk, entity->name);
  gxc_desk_emit_status (desk);
}

static void
patch (GxcDesk *desk, GxRecord *original, gconstpointer current, GxFieldSet fields, GTask *task)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);
  const GxEntity *entity = gx_record_get_entity (original);

  if (!answer (self, "patch", task))
    return;
  gxt_fake_desk_put (self, entity, gx_entity_copy (entity, current));
  gxc_desk_emit_changed (desk, entity->name);
}

static void
take_out (GxtFakeDesk *self, const GxEntity *entity, const GxId *id)
{
  g_autoptr(GxRecord) record = g_object_ref (find_row (self, entity, id));

  if (entity == &gx_pin_entity)
    follow_pin (self, gx_record_get_data (record), 0);

  g_ptr_array_remove (gxt_fake_desk_rows (self, entity), record);
  g_hash_table_remove (ids_of (self, entity), id);
}

/* What was done, as the store would tell it. */
static GxcChangeItem *
save_one (GxtFakeDesk *self, const GxcChangeItem *item)
{
  gpointer row = gxc_change_item_result (item);
  GxcChangeItem *done;

  if (item->remove)
    {
      done = gxc_change_item_remove (find_row (self, item->entity, gx_record_get_id (item->original)));
      take_out (self, item->entity, gx_record_get_id (item->original));
      return done;
    }
  if (item->original)
    done = gxc_change_item_patch (find_row (self, item->entity, gx_record_get_id (item->original)), gx_entity_copy (item->entity, row), 0);
  else
    {
      if (gx_id_is_none (&((GxMeta *) row)->id))
        ((GxMeta *) row)->id = make_id (self);
      done = gxc_change_item_create (item->entity, gx_entity_copy (item->entity, row));
    }
  if (item->original)
    done->fields = gx_entity_diff (item->entity, gx_record_get_data (done->original), done->row);
  gxt_fake_desk_put (self, item->entity, row);
  return done;
}

/* A row that another one changed or removed meanwhile refuses an undo, as the store would. */
static gboolean
is_expected (GxtFakeDesk *self, const GxcChangeItem *item)
{
  GxRecord *shown = item->original ? find_row (self, item->entity, gx_record_get_id (item->original)) : NULL;

  return !item->original
         || (shown && !(gx_entity_diff (item->entity, gx_record_get_data (item->original), gx_record_get_data (shown))
                        & (item->fields ? item->fields : ~G_GUINT64_CONSTANT (0))));
}

static void
save (GxcDesk *desk, GPtrArray *changes, gboolean strict, GTask *task)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);
  GPtrArray *done;

  count (self, strict ? "undo" : "save");
  for (guint i = 0; strict && !self->failure && i < changes->len; i++)
    if (!is_expected (self, g_ptr_array_index (changes, i)))
      gx_fail (&self->failure, GX_ERROR_STATE, "changed since");
  if (self->failure)
    {
      g_task_return_error (task, g_steal_pointer (&self->failure));
      g_object_unref (task);
      return;
    }
  done = gxc_change_items_new ();
  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (done, save_one (self, g_ptr_array_index (changes, i)));
  for (guint i = 0; i < done->len; i++)
    {
      const GxEntity *entity = ((GxcChangeItem *) g_ptr_array_index (done, i))->entity;

      gxc_desk_emit_changed (desk, entity->name);
      if (entity == &gx_pin_entity)
        gxc_desk_emit_changed (desk, gxc_digest_entity ()->name);
    }
  self->summary.waiting += done->len;
  gxc_desk_emit_status (desk);
  g_task_return_pointer (task, done, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
request (GxcDesk *desk, GxcChangeItem *item, const char *reason, GPtrArray *evidence, GTask *task)
{
  count (GXT_FAKE_DESK (desk), item->remove ? "request-remove" : item->original ? "request-change" : "request-add");
  gxc_change_item_free (item);
  answer (GXT_FAKE_DESK (desk), "request", task);
}

static void
list_reviews (GxcDesk *desk, const char *box, GTask *task)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);
  GPtrArray *rows = gxt_fake_desk_rows (self, &gx_change_request_entity), *found = g_ptr_array_new_with_free_func (g_object_unref);

  count (self, "list_reviews");
  for (guint i = 0; i < rows->len; i++)
    {
      const GxChangeRequest *row = gx_record_get_data (g_ptr_array_index (rows, i));
      gboolean mine = gx_id_equal (&row->maker_id, &self->person.employee_id);
      gboolean open = g_strcmp0 (row->state, "PENDING") == 0;

      if ((g_str_equal (box, "mine") && mine) || (g_str_equal (box, "to_check") && open && !mine) || (g_str_equal (box, "done") && !open))
        g_ptr_array_add (found, g_object_ref (g_ptr_array_index (rows, i)));
    }
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
fetch_review (GxcDesk *desk, const GxId *id, GTask *task)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);

  count (self, "fetch_review");
  if (self->unfetched)
    g_task_return_error (task, g_steal_pointer (&self->unfetched));
  else
    g_task_return_pointer (task, g_object_ref (find_row (self, &gx_change_request_entity, id)), g_object_unref);
  g_object_unref (task);
}

static void
decide (GxcDesk *desk, GxRecord *record, const char *verdict, const char *note, const char *password, GTask *task)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);
  GxChangeRequest *row;

  if (!answer (self, verdict, task))
    return;
  row = gx_entity_copy (&gx_change_request_entity, gx_record_get_data (record));
  gx_set_str (&row->state, g_str_equal (verdict, "approve") ? "APPLIED" : g_str_equal (verdict, "return") ? "RETURNED" : "REJECTED");
  gxt_fake_desk_put (self, &gx_change_request_entity, row);
  gxc_desk_emit_changed (desk, "change_request");
}

static void
resolve (GxcDesk *desk, gint64 mid, gboolean take_mine, GTask *task)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);

  if (!answer (self, take_mine ? "take_mine" : "take_theirs", task))
    return;
  for (guint i = self->queue->len; i > 0; i--)
    if (((GxcQueueItem *) g_ptr_array_index (self->queue, i - 1))->mid == mid)
      g_ptr_array_remove_index (self->queue, i - 1);
  gxc_desk_emit_status (desk);
}

static void
act (GxcDesk *desk, GxRecord *record, GxcAct what, gconstpointer current, GxFieldSet fields, const char *reason, GTask *task)
{
  static const char * const operations[] = { [GXC_ACT_WITHDRAW] = "withdraw", [GXC_ACT_REBASE] = "rebase", [GXC_ACT_REVISE] = "revise",
                                             [GXC_ACT_RESUBMIT] = "resubmit" };
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);
  GxChangeRequest *row;

  if (!answer (self, operations[what], task))
    return;
  row = gx_entity_copy (&gx_change_request_entity, gx_record_get_data (record));
  gx_set_str (&row->state, what == GXC_ACT_WITHDRAW ? "WITHDRAWN" : "PENDING");
  gxt_fake_desk_put (self, &gx_change_request_entity, row);
  gxc_desk_emit_changed (desk, "change_request");
}

/* Two entries of any record: it was made, and a field of it was changed. */
static void
fetch_history (GxcDesk *desk, const GxEntity *entity, const GxId *id, GTask *task)
{
  static const char * const actions[] = { "patch", "create" };
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);
  GPtrArray *items;

  count (self, "fetch_history");
  if (self->failure)
    {
      g_task_return_error (task, g_steal_pointer (&self->failure));
      g_object_unref (task);
      return;
    }
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_history_item_free);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GxcHistoryItem *item = g_new0 (GxcHistoryItem, 1);

      *item = (GxcHistoryItem) { .at = self->clock.now - (i + 1) * DAY, .actor = g_strdup ("林悦"), .action = g_strdup (actions[i]),
                                 .entity = entity, .id = *id, .v = 2 - i, .fields = g_new0 (char *, 2) };
      item->fields[0] = g_strdup (gx_entity_field (entity, gx_entity_first_own (entity))->name);
      g_ptr_array_add (items, item);
    }
  g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static const char paper[] =
  "%PDF-1.4\n"
  "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
  "2 0 obj<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>endobj\n"
  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
  "4 0 obj<</Length 150>>stream\n"
  "BT /F1 20 Tf 40 520 Td (Proof of assets) Tj ET\n"
  "BT /F1 12 Tf 40 480 Td (Average of 30 days: CNY 3,127,500.00) Tj ET\n"
  "1 0 0 RG 2 w 230 474 110 18 re S\n"
  "endstream endobj\n"
  "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
  "6 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 420]>>endobj\n"
  "trailer<</Root 1 0 R>>\n%%EOF\n";

/** gxt_fake_desk_paper: (transfer full): the one document there is: a PDF of two pages */
GBytes *
gxt_fake_desk_paper (void)
{
  return g_bytes_new_static (paper, sizeof paper - 1);
}

/* As from the bank, over a slow line: half of it is told. */
static void
fetch_blob (GxcDesk *desk, const char *sha256, const GxId *request_id, GFileProgressCallback progress, GTask *task)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);
  g_autoptr(GBytes) bytes = gxt_fake_desk_paper ();

  count (self, request_id ? "fetch_blob" : "peek_blob");
  if (self->slow && progress)
    {
      progress (2000000, 4000000, g_async_result_get_user_data (G_ASYNC_RESULT (task)));
      g_queue_push_tail (&self->fetched, task);
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&bytes), (GDestroyNotify) g_bytes_unref);
  g_object_unref (task);
}

/** gxt_fake_desk_set_slow: whether documents come half way only; what waited is there when it is quick again */
void
gxt_fake_desk_set_slow (GxtFakeDesk *self,
                        gboolean     slow)
{
  GTask *task;

  self->slow = slow;
  while (!slow && (task = g_queue_pop_head (&self->fetched)))
    {
      g_task_return_pointer (task, gxt_fake_desk_paper (), (GDestroyNotify) g_bytes_unref);
      g_object_unref (task);
    }
}

/* As the store does it: the row is there at once, and its bytes wait to be sent. */
static void
attach (GxcDesk *desk, const GxId *customer_id, const GxcNewPaper *new_paper, GTask *task)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);
  GxAttachment *row;

  if (!answer (self, "attach", task))
    return;
  row = gxt_fake_desk_add (self, &gx_attachment_entity);
  row->customer_id = *customer_id;
  row->sha256 = g_strnfill (64, 'd');
  row->name = new_paper->path ? g_path_get_basename (new_paper->path) : g_strdup (new_paper->name);
  row->mime = g_strdup (new_paper->bytes ? "image/png" : "application/pdf");
  row->size = new_paper->bytes ? (gint64) g_bytes_get_size (new_paper->bytes) : 3 * 1024 * 1024;
  row->kind = gx_choice_find (gx_attachment_kinds, new_paper->kind);
  row->valid_to = new_paper->valid_to;
  row->visit_id = new_paper->visit_id;
  row->added_by = gxc_desk_get_person (desk)->employee_id;
  row->meta.created_at = self->clock.now;
  self->summary.papers++;
  self->sending = (GxcSending) { GXC_SENDING_WAITS, 1024 * 1024, row->size };
  gxc_desk_emit_changed (desk, "attachment");
  gxc_desk_emit_status (desk);
}

/* Of what was handed in here. */
static void
get_sending (GxcDesk *desk, const char *sha256, GxcSending *sending)
{
  if (*sha256 == 'd')
    *sending = GXT_FAKE_DESK (desk)->sending;
}

/** gxt_fake_desk_sending: (transfer none): of the documents that were handed in here */
GxcSending *
gxt_fake_desk_sending (GxtFakeDesk *self)
{
  return &self->sending;
}

/* A log of a thousand entries, or the failure on cue. */
static void
verify_audit (GxcDesk *desk, GTask *task)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (desk);
  GxcAuditReport *report;

  count (self, "verify_audit");
  if (self->failure)
    g_task_return_error (task, g_steal_pointer (&self->failure));
  else
    {
      report = g_new0 (GxcAuditReport, 1);
      *report = (GxcAuditReport) { .size = 1000, .seen = 900, .root = g_strdup ("9f3c71adb2417c0e4f2a9d6e35c8b0a14f6f0c27de51a3b8c9e208f455b1e7d0") };
      g_task_return_pointer (task, report, (GDestroyNotify) gxc_audit_report_free);
    }
  g_object_unref (task);
}

static void
desk_init (GxcDeskInterface *iface)
{
  gxt_fake_carry_init (iface);
  iface->verify_audit = verify_audit;
  iface->book = book;
  iface->act = act;
  iface->fetch_history = fetch_history;
  iface->fetch_blob = fetch_blob;
  iface->attach = attach;
  iface->get_sending = get_sending;
  iface->get_clock = get_clock;
  iface->get_today = get_today;
  iface->get_person = get_person;
  iface->dup_setting = dup_setting;
  iface->change_password = change_password;
  iface->get_summary = get_summary;
  iface->list = list;
  iface->count = count_rows;
  iface->new_id = new_id;
  iface->save = save;
  iface->read = read_rows;
  iface->facts = facts;
  iface->queue = list_queue;
  iface->sign_in = sign_in;
  iface->sync = sync_now;
  iface->create = create;
  iface->patch = patch;
  iface->request = request;
  iface->list_reviews = list_reviews;
  iface->fetch_review = fetch_review;
  iface->decide = decide;
  iface->resolve = resolve;
}

static void
gxt_fake_desk_finalize (GObject *object)
{
  GxtFakeDesk *self = GXT_FAKE_DESK (object);

  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->calls);
  g_ptr_array_unref (self->queue);
  g_ptr_array_unref (self->months);
  gxc_person_clear (&self->person);
  g_clear_error (&self->failure);
  g_clear_error (&self->unreadable);
  g_clear_error (&self->unfetched);
  G_OBJECT_CLASS (gxt_fake_desk_parent_class)->finalize (object);
}

static void
gxt_fake_desk_class_init (GxtFakeDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxt_fake_desk_finalize;
}

static void
gxt_fake_desk_init (GxtFakeDesk *self)
{
  self->rows = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->by_id = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  self->calls = g_hash_table_new (g_str_hash, g_str_equal);
  self->months = g_ptr_array_new_with_free_func (free_month);
  self->queue = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_queue_item_free);
}

/* --- making a bank ------------------------------------------------------------------------------------------------ */

/**
 * gxt_fake_desk_new:
 * @role: code of the one role the person has, "RM"
 */
GxtFakeDesk *
gxt_fake_desk_new (const char *role)
{
  GxtFakeDesk *self = g_object_new (GXT_TYPE_FAKE_DESK, NULL);
  const char *roles[] = { role, NULL };
  GxEmployee *employee;
  GxOrgUnit *unit;

  gx_fake_clock_init (&self->clock, G_GINT64_CONSTANT (1795486920000));      /* 2026-11-24 10:22 in Shanghai */
  self->today = gx_date_from_ymd (2026, 11, 24);
  self->person = (GxcPerson) { .login = g_strdup ("rm1"), .name = g_strdup ("林悦"), .unit = g_strdup ("滨江支行"),
                               .bank = g_strdup ("东澜银行"), .roles = gx_role_mask_from_codes (roles) };
  unit = gxt_fake_desk_add (self, &gx_org_unit_entity);
  unit->name = g_strdup ("滨江支行");
  employee = gxt_fake_desk_add (self, &gx_employee_entity);
  employee->name = g_strdup ("林悦");
  employee->org_id = unit->meta.id;
  self->person.employee_id = employee->meta.id;
  employee = gxt_fake_desk_add (self, &gx_employee_entity);
  employee->name = g_strdup ("何静");
  employee->org_id = unit->meta.id;
  self->signed_in = TRUE;
  self->summary = (GxcSyncSummary) { .online = TRUE, .synced_at = self->clock.now - 90000 };
  return self;
}

/** gxt_fake_desk_set_role: as if a sync had told that the person has another one now */
void
gxt_fake_desk_set_role (GxtFakeDesk *self, const char *role)
{
  const char *roles[] = { role, NULL };

  self->person.roles = gx_role_mask_from_codes (roles);
  gxc_desk_emit_status (GXC_DESK (self));
}

/** gxt_fake_desk_months: (transfer none) (element-type GxHoldingMonth) */
GPtrArray *
gxt_fake_desk_months (GxtFakeDesk *self)
{
  return self->months;
}

/** gxt_fake_desk_add: (transfer none): a row to fill in; facts need their key filled in too */
gpointer
gxt_fake_desk_add (GxtFakeDesk *self, const GxEntity *entity)
{
  gpointer row = gx_entity_new (entity);

  if (entity->fact_of)
    {
      g_ptr_array_add (self->months, row);
      return row;
    }
  ((GxMeta *) row)->id = make_id (self);
  ((GxMeta *) row)->v = 1;
  gxt_fake_desk_put (self, entity, row);
  return row;
}

GxcSyncSummary *
gxt_fake_desk_summary (GxtFakeDesk *self)
{
  return &self->summary;
}

void
gxt_fake_desk_fail_next (GxtFakeDesk *self, const GError *error)
{
  g_clear_error (&self->failure);
  self->failure = g_error_copy (error);
}

void
gxt_fake_desk_fail_reading (GxtFakeDesk *self, const GError *error)
{
  g_clear_error (&self->unreadable);
  self->unreadable = g_error_copy (error);
}

/** gxt_fake_desk_break: the rows of @entity (nullable: all are whole again) are listed, but cannot be read */
void
gxt_fake_desk_break (GxtFakeDesk *self, const GxEntity *entity)
{
  self->broken = entity;
}

void
gxt_fake_desk_fail_fetching (GxtFakeDesk  *self,
                             const GError *error)
{
  g_clear_error (&self->unfetched);
  self->unfetched = g_error_copy (error);
}

guint
gxt_fake_desk_n_calls (GxtFakeDesk *self, const char *operation)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->calls, operation));
}

void
gxt_fake_desk_sign_out (GxtFakeDesk *self)
{
  self->signed_in = FALSE;
}

/** gxt_fake_desk_queue: (transfer none): a thing that waits, to be filled in further */
GxcQueueItem *
gxt_fake_desk_queue (GxtFakeDesk *self, GxcQueueState state, const GxEntity *entity, const GxId *id,
                     const char *op, const char *detail)
{
  GxcQueueItem *item = g_new0 (GxcQueueItem, 1);

  *item = (GxcQueueItem) { .mid = self->queue->len + 1, .state = state, .entity = entity, .id = *id, .op = g_strdup (op),
                           .detail = g_strdup (detail), .at = self->clock.now - self->queue->len * 600000 };
  item->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_queue_field_free);
  if (entity == &gx_customer_entity)
    {
      item->customer_id = *id;
      item->customer = gxc_desk_dup_customer (GXC_DESK (self), id);
    }
  g_ptr_array_add (self->queue, item);
  return item;
}

/** gxt_fake_desk_queue_field: one field of it; @theirs (nullable): it is in conflict if there is one */
void
gxt_fake_desk_queue_field (GxcQueueItem *item, const char *name, const char *base, const char *mine, const char *theirs)
{
  GxcQueueField *field = g_new0 (GxcQueueField, 1);

  *field = (GxcQueueField) { .field = gx_entity_find (item->entity, name), .name = g_strdup (name), .base = g_strdup (base),
                             .mine = g_strdup (mine), .theirs = g_strdup (theirs), .conflict = theirs != NULL };
  g_ptr_array_add (item->fields, field);
}

/** gxt_fake_desk_set_now: @ms UTC; on another day of Shanghai that is the business date, and is told as the core tells it */
void
gxt_fake_desk_set_now (GxtFakeDesk *self, gint64 ms)
{
  gint32 day = gxc_local_day (ms);
  gboolean is_new = day != gxc_local_day (self->clock.now);

  self->clock.now = ms;
  self->today = is_new ? day : self->today;
  if (is_new)
    gxc_desk_emit_day (GXC_DESK (self));
}

/** gxt_fake_desk_set_today: the business date; the wall clock stays */
void
gxt_fake_desk_set_today (GxtFakeDesk *self, gint32 today)
{
  self->today = today;
}
