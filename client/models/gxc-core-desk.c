/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk that pages see, over the real core. It adds no rule of its own: it moves calls and news between threads.
 *
 *   main loop:    reads on a connection of its own, at once
 *   GTask thread: everything that waits, i.e. the network and the store's writing thread
 *   store, sync:  their news come on their threads and are told on the main loop, gathered in one idle
 */

#include "gxc-core-desk.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-entity-json.h"
#include "gx-error.h"
#include "gx-holding.h"
#include "gx-org-unit.h"
#include "gx-setting.h"
#include "gx-txn-month.h"
#include "gxc-blob.h"
#include "gxc-context.h"
#include "gxc-edit.h"
#include "gxc-issues.h"
#include "gxc-list.h"
#include "gxc-meta.h"
#include "gxc-queue.h"
#include "gxc-review.h"
#include "gxc-sync.h"

struct _GxcCoreDesk
{
  GObject       parent_instance;

  /* Owned References */
  GxcContext   *context;
  GxDb         *reader;     /* of the main thread */
  GHashTable   *shown;      /* id of a request → JsonNode as the server gave it; a decision is on just that */
  char         *problem;    /* (nullable) why sync is not going on */

  GxcPerson     person;     /* login NULL: nobody */
  gint32        today;      /* 0: not known yet */
  GxcSyncState  state;
  guint         listener;
  gboolean      started;

  struct
  {
    GMutex       lock;
    guint        idle;
    guint64      entities;  /* one bit an entity's number */
    gboolean     status;
    GxcSyncState state;
    char        *problem;
  } shared;                 /* news from the other threads */
};

static void desk_init (GxcDeskInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GxcCoreDesk, gxc_core_desk, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (GXC_TYPE_DESK, desk_init))

/* --- news --------------------------------------------------------------------------------------------------------- */

static void read_person (GxcCoreDesk *self);

static void
tell_changed (GxcCoreDesk *self, guint64 entities)
{
  for (guint number = 0; number < 64; number++)
    {
      const GxEntity *entity = entities & (G_GUINT64_CONSTANT (1) << number) ? gx_entity_by_number (number) : NULL;

      if (entity)
        gxc_desk_emit_changed (GXC_DESK (self), entity->name);
    }
}

static gboolean
on_news_cb (gpointer data)
{
  GxcCoreDesk *self = data;
  guint64 entities;
  const guint64 ours = (G_GUINT64_CONSTANT (1) << gx_setting_entity.number) | (G_GUINT64_CONSTANT (1) << gx_org_unit_entity.number);

  g_mutex_lock (&self->shared.lock);
  entities = self->shared.entities;
  self->shared.entities = 0;
  self->shared.idle = 0;
  self->state = self->shared.state;
  g_free (self->problem);
  self->problem = g_strdup (self->shared.problem);
  g_mutex_unlock (&self->shared.lock);

  if (entities & ours)
    {
      self->today = 0;
      read_person (self);
    }
  tell_changed (self, entities);
  gxc_desk_emit_status (GXC_DESK (self));
  return G_SOURCE_REMOVE;
}

/* With the lock held. A tenth of a second gathers what one page of the feed brings. */
static void
plan_news (GxcCoreDesk *self)
{
  if (!self->shared.idle)
    self->shared.idle = g_timeout_add (100, on_news_cb, self);
}

static void
on_store_changed (const GxcChange *change, gpointer data)
{
  GxcCoreDesk *self = data;

  g_mutex_lock (&self->shared.lock);
  self->shared.entities |= change->entities;
  plan_news (self);
  g_mutex_unlock (&self->shared.lock);
}

static void
on_sync_changed (const GxcSyncStatus *status, gpointer data)
{
  GxcCoreDesk *self = data;

  g_mutex_lock (&self->shared.lock);
  self->shared.state = status->state;
  g_free (self->shared.problem);
  /* that the network is away needs no reason; what the resolver or the socket said is no help to a banker */
  self->shared.problem = status->problem && status->state != GXC_SYNC_OFFLINE ? g_strdup (status->problem->message) : NULL;
  plan_news (self);
  g_mutex_unlock (&self->shared.lock);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static GxClock *
get_clock (GxcDesk *desk)
{
  return gxc_store_get_clock (gxc_context_get_store (GXC_CORE_DESK (desk)->context));
}

static char *
find_value (GxcCoreDesk *self, const GxEntity *entity, const char *by, const char *text, const char *field)
{
  const GxcCondition condition = { by, GXC_IS, text };
  GxcListQuery query = { .entity = entity, .conditions = &condition, .n_conditions = 1, .limit = 1 };
  g_autoptr(GArray) ids = gxc_list_ids (self->reader, &query, NULL);
  g_autoptr(GxRecord) record = ids && ids->len ? gxc_list_find (self->reader, entity, &g_array_index (ids, GxId, 0), NULL) : NULL;

  return record ? gx_record_dup_text (record, field) : NULL;
}

static gint32
get_today (GxcDesk *desk)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);
  g_autofree char *text = NULL;
  g_autoptr(GTimeZone) zone = NULL;

  if (self->today)
    return self->today;
  text = find_value (self, &gx_setting_entity, "code", "business_date", "value");
  if (text && gx_date_parse (text, &self->today))
    return self->today;
  zone = g_time_zone_new_identifier ("Asia/Shanghai");
  return gx_date_from_time (gxc_desk_now (desk), zone);
}

static void
read_person (GxcCoreDesk *self)
{
  g_autofree char *path = gxc_meta_dup (self->reader, GXC_META_ORG_PATH);

  gxc_person_clear (&self->person);
  if (!gxc_context_has_profile (self->context))
    return;
  self->person.login = gxc_context_dup_login (self->context);
  self->person.name = gxc_context_dup_name (self->context);
  self->person.employee_id = gxc_context_get_employee (self->context);
  self->person.roles = gxc_context_get_roles (self->context);
  self->person.must_change_password = gxc_context_must_change_password (self->context);
  self->person.unit = path ? find_value (self, &gx_org_unit_entity, "path", path, "name") : NULL;
  self->person.bank = find_value (self, &gx_setting_entity, "code", "bank_name", "value");
  if (!self->person.bank)
    self->person.bank = find_value (self, &gx_org_unit_entity, "kind", "HQ", "name");
}

static const GxcPerson *
get_person (GxcDesk *desk)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);

  return self->person.login ? &self->person : NULL;
}

static char *
dup_setting (GxcDesk *desk, const char *name)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);
  const char *directory = gxc_store_get_directory (gxc_context_get_store (self->context));
  g_autofree char *path = NULL;

  if (g_str_equal (name, "server"))
    return gxc_context_dup_server (self->context);
  if (g_str_equal (name, "login"))
    return gxc_context_dup_login (self->context);
  path = directory ? g_build_filename (directory, "ca.pem", NULL) : NULL;
  return path && g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

static void
count_issues (GxcCoreDesk *self, GxcSyncSummary *summary)
{
  g_autoptr(GPtrArray) issues = gxc_issues_list (self->reader, NULL);

  for (guint i = 0; issues && i < issues->len; i++)
    if (g_str_equal (((GxcIssue *) g_ptr_array_index (issues, i))->kind, "conflict"))
      summary->conflicts++;
    else
      summary->refused++;
}

static void
get_summary (GxcDesk *desk, GxcSyncSummary *summary)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);
  GxcCounts counts = { 0 };

  gxc_counts_read (self->reader, &counts, NULL);
  summary->waiting = counts.pending;
  summary->synced_at = counts.last_sync;
  summary->online = self->state != GXC_SYNC_OFFLINE && self->state != GXC_SYNC_STOPPED;
  summary->signed_out = self->state == GXC_SYNC_SIGNED_OUT;
  summary->busy = self->state == GXC_SYNC_PUSHING || self->state == GXC_SYNC_PULLING || self->state == GXC_SYNC_BOOTSTRAPPING;
  summary->problem = self->problem;
  if (counts.scopes_complete < counts.scopes && counts.rows_expected > 0)
    {
      summary->done = MIN (counts.rows_loaded, counts.rows_expected);
      summary->total = counts.rows_expected;
    }
  if (counts.issues)
    count_issues (self, summary);
}

static GArray *
list (GxcDesk *desk, const GxEntity *entity, const GxcQuery *query, GError **error)
{
  const GxcCondition condition = { query->where_field, GXC_IS, query->where_text };
  GxcListQuery core = { .entity = entity, .conditions = &condition, .n_conditions = query->where_field ? 1 : 0,
                        .search = query->search, .sort = query->sort_field, .descending = query->descending };

  return gxc_list_ids (GXC_CORE_DESK (desk)->reader, &core, error);
}

static GPtrArray *
read_rows (GxcDesk *desk, const GxEntity *entity, const GxId *ids, guint n_ids, GError **error)
{
  return gxc_list_window (GXC_CORE_DESK (desk)->reader, entity, ids, n_ids, error);
}

static void
free_holding_month (gpointer row)
{
  gx_entity_free (&gx_holding_month_entity, row);
}

static void
free_txn_month (gpointer row)
{
  gx_entity_free (&gx_txn_month_entity, row);
}

static GPtrArray *
facts (GxcDesk *desk, const GxEntity *entity, const GxId *parent, GError **error)
{
  GxPut put;
  GPtrArray *months;

  if (!gxc_list_load (GXC_CORE_DESK (desk)->reader, entity->fact_of, parent, &put, error))
    return NULL;
  months = put.facts ? g_steal_pointer (&put.facts) : g_ptr_array_new ();
  gx_put_clear (&put);
  g_ptr_array_set_free_func (months, entity == &gx_holding_month_entity ? free_holding_month : free_txn_month);
  return months;
}

/* --- the queue and what was refused ------------------------------------------------------------------------------- */

static GxcQueueItem *
item_of_mutation (GxcCoreDesk *self, const GxcMutation *mutation)
{
  GxcQueueItem *item = g_new0 (GxcQueueItem, 1);

  item->mid = mutation->mid;
  item->state = mutation->sent_at && self->state == GXC_SYNC_PUSHING ? GXC_QUEUE_SENT : GXC_QUEUE_WAITING;
  item->entity = gx_entity_by_name (mutation->tbl);
  item->id = mutation->id;
  item->op = g_strdup (mutation->op);
  item->at = mutation->created_at;
  return item;
}

static char *
refusal_words (const GxcIssue *issue)
{
  const GxErrorInfo *info = issue->code ? gx_error_info_by_slug (issue->code) : NULL;

  if (!info)
    return g_strdup (issue->detail);
  return issue->detail && *issue->detail ? g_strdup_printf ("%s: %s", _(info->title), issue->detail) : g_strdup (_(info->title));
}

static GxcQueueItem *
item_of_issue (const GxcIssue *issue)
{
  GxcQueueItem *item = g_new0 (GxcQueueItem, 1);
  gboolean conflict = g_str_equal (issue->kind, "conflict");

  item->mid = issue->mid;
  item->state = conflict ? GXC_QUEUE_CONFLICT : GXC_QUEUE_REFUSED;
  item->entity = issue->entity;
  item->id = issue->id;
  item->op = g_strdup (issue->op);
  item->detail = refusal_words (issue);
  item->at = issue->opened_at;
  for (guint i = 0; conflict && issue->fields && i < issue->fields->len; i++)
    {
      const GxcIssueField *field = g_ptr_array_index (issue->fields, i);

      if (!field->conflict || item->field)
        continue;
      item->field = g_strdup (field->field);
      item->mine = g_strdup (field->mine);
      item->theirs = g_strdup (field->theirs);
    }
  return item;
}

static GPtrArray *
list_queue (GxcDesk *desk, GError **error)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_queue_item_free);
  g_autoptr(GPtrArray) issues = gxc_issues_list (self->reader, error);
  g_autoptr(GPtrArray) queue = issues ? gxc_queue_list (self->reader, error) : NULL;

  if (!queue)
    return NULL;
  for (guint i = 0; i < issues->len; i++)
    g_ptr_array_add (items, item_of_issue (g_ptr_array_index (issues, i)));
  for (guint i = queue->len; i > 0; i--)
    g_ptr_array_add (items, item_of_mutation (self, g_ptr_array_index (queue, i - 1)));
  return g_steal_pointer (&items);
}

/* --- what waits, in a thread -------------------------------------------------------------------------------------- */

/**
 * Work: the arguments of one call, all owned, whichever it needs.
 */
typedef struct
{
  GxcContext     *context;  /* (borrowed): outlives the threads, see gxc_core_desk_stop() */
  const GxEntity *entity;
  gpointer        original, current;    /* (nullable) rows */
  char           *text[5];  /* (nullable) */
  GPtrArray      *documents;            /* (nullable) of GxcDocument */
  GxId            id;
  gint64          mid;
  gboolean        flag;
  JsonNode       *node;     /* (nullable) in: as shown; out: as fetched */
} Work;

static Work *
work_new (GxcDesk *desk, const GxEntity *entity)
{
  Work *work = g_new0 (Work, 1);

  work->context = GXC_CORE_DESK (desk)->context;
  work->entity = entity;
  return work;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->original)
    gx_entity_free (work->entity, work->original);
  if (work->current)
    gx_entity_free (work->entity, work->current);
  for (guint i = 0; i < G_N_ELEMENTS (work->text); i++)
    g_free (work->text[i]);
  g_clear_pointer (&work->documents, g_ptr_array_unref);
  g_clear_pointer (&work->node, json_node_unref);
  g_free (work);
}

static void
run (GTask *task, Work *work, GTaskThreadFunc func)
{
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, func);
  g_object_unref (task);
}

static void
return_result (GTask *task, gboolean ok, GError *error)
{
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
on_signed_in_cb (gpointer data)
{
  GxcCoreDesk *self = data;

  read_person (self);
  gxc_core_desk_start (self);
  gxc_sync_kick (gxc_context_get_sync (self->context));
  return G_SOURCE_REMOVE;
}

static void
sign_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  gboolean ok = gxc_context_sign_in (work->context, work->text[0], work->text[1], work->text[2], work->text[3], cancellable, &error);

  if (ok)       /* before the answer, which is told on the main loop as well */
    g_main_context_invoke_full (NULL, G_PRIORITY_HIGH, on_signed_in_cb, g_object_ref (source), g_object_unref);
  return_result (task, ok, error);
}

static void
sign_in (GxcDesk *desk, const GxcCredentials *credentials, GTask *task)
{
  Work *work = work_new (desk, NULL);

  work->text[0] = g_strdup (credentials->url);
  work->text[1] = g_strdup (credentials->ca_file);
  work->text[2] = g_strdup (credentials->user);
  work->text[3] = g_strdup (credentials->password);
  run (task, work, sign_in_thread);
}

static void
change_password_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  gboolean ok = gxc_context_change_password (work->context, work->text[0], work->text[1], cancellable, &error);

  if (ok)
    g_main_context_invoke_full (NULL, G_PRIORITY_HIGH, on_signed_in_cb, g_object_ref (source), g_object_unref);
  return_result (task, ok, error);
}

static void
change_password (GxcDesk *desk, const char *old_password, const char *new_password, GTask *task)
{
  Work *work = work_new (desk, NULL);

  work->text[0] = g_strdup (old_password);
  work->text[1] = g_strdup (new_password);
  run (task, work, change_password_thread);
}

/* The engine says by itself how it went. */
static void
sync_now (GxcDesk *desk, GTask *task)
{
  gxc_sync_kick (gxc_context_get_sync (GXC_CORE_DESK (desk)->context));
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
finish_write (GTask *task, Work *work, gboolean ok, GError *error)
{
  if (ok)
    gxc_sync_kick (gxc_context_get_sync (work->context));
  return_result (task, ok, error);
}

static void
create_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  const GxcReason none = { 0 };
  GxcWritten written = { 0 };

  finish_write (task, work, gxc_store_create (gxc_context_get_store (work->context), work->entity, work->current, &none, &written, &error), error);
}

static void
create (GxcDesk *desk, const GxEntity *entity, gpointer row, GTask *task)
{
  Work *work = work_new (desk, entity);

  work->current = row;
  run (task, work, create_thread);
}

static Work *
edit_work (GxcDesk *desk, GxRecord *original, gconstpointer current)
{
  Work *work = work_new (desk, gx_record_get_entity (original));

  work->original = gx_entity_copy (work->entity, gx_record_get_data (original));
  work->current = gx_entity_copy (work->entity, current);
  return work;
}

static void
patch_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  const GxcReason none = { 0 };
  GxcWritten written = { 0 };

  finish_write (task, work, gxc_store_edit (gxc_context_get_store (work->context), work->entity, work->original, work->current,
                                            &none, &written, &error), error);
}

static void
patch (GxcDesk *desk, GxRecord *original, gconstpointer current, GxFieldSet fields, GTask *task)
{
  run (task, edit_work (desk, original, current), patch_thread);
}

/* The documents go into the store first; a request names them by their hash. */
static gboolean
keep_documents (Work *work, GArray *evidence, GPtrArray *hashes, GError **error)
{
  for (guint i = 0; work->documents && i < work->documents->len; i++)
    {
      const GxcDocument *document = g_ptr_array_index (work->documents, i);
      char *sha256 = gxc_blob_add_file (gxc_context_get_store (work->context), document->path, error);
      GxcEvidence item = { sha256, document->kind };

      if (!sha256)
        return FALSE;
      g_ptr_array_add (hashes, sha256);
      g_array_append_val (evidence, item);
    }
  return TRUE;
}

/* Without the device's key a request could never be signed: it is not even queued. */
static gboolean
write_request (Work *work, GError **error)
{
  g_autoptr(GArray) evidence = g_array_new (FALSE, FALSE, sizeof (GxcEvidence));
  g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  GxcReason reason = { .reason = work->text[0] };
  GxcWritten written = { 0 };

  if (!gxc_context_can_sign (work->context, error) || !keep_documents (work, evidence, hashes, error))
    return FALSE;
  reason.evidence = (const GxcEvidence *) (gpointer) evidence->data;
  reason.n_evidence = evidence->len;
  return gxc_store_edit (gxc_context_get_store (work->context), work->entity, work->original, work->current, &reason, &written, error);
}

static void
request_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  finish_write (task, data, write_request (data, &error), error);
}

static GPtrArray *
copy_documents (GPtrArray *documents)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_document_free);

  for (guint i = 0; documents && i < documents->len; i++)
    {
      const GxcDocument *document = g_ptr_array_index (documents, i);

      g_ptr_array_add (copy, gxc_document_new (document->path, document->kind));
    }
  return copy;
}

static void
request (GxcDesk *desk, GxRecord *original, gconstpointer current, GxFieldSet fields, const char *reason,
         GPtrArray *evidence, GTask *task)
{
  Work *work = edit_work (desk, original, current);

  work->text[0] = g_strdup (reason);
  work->documents = copy_documents (evidence);
  run (task, work, request_thread);
}

static void
resolve_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GxcStore *store = gxc_context_get_store (work->context);
  GError *error = NULL;

  finish_write (task, work, work->flag ? gxc_issues_keep_mine (store, work->mid, &error) : gxc_issues_drop (store, work->mid, &error), error);
}

static void
resolve (GxcDesk *desk, gint64 mid, gboolean take_mine, GTask *task)
{
  Work *work = work_new (desk, NULL);

  work->mid = mid;
  work->flag = take_mine;
  run (task, work, resolve_thread);
}

/* --- reviews ------------------------------------------------------------------------------------------------------ */

static void
unref_if_any (gpointer object)
{
  if (object)
    g_object_unref (object);
}

static GxRecord *
record_of (JsonObject *object, GError **error)
{
  GxPut put;
  GxRecord *record;

  if (!gx_put_read (object, &put, error))
    return NULL;
  record = gx_record_new (put.entity, gx_entity_copy (put.entity, put.data));
  gx_put_clear (&put);
  return record;
}

static GPtrArray *
records_of (JsonNode *node, GError **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (unref_if_any);
  JsonArray *requests;

  if (!gx_json_get_array (json_node_get_object (node), "requests", &requests, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      GxRecord *record = record_of (json_array_get_object_element (requests, i), error);

      if (!record)
        return NULL;
      g_ptr_array_add (records, record);
    }
  return g_steal_pointer (&records);
}

static void
list_server_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  g_autoptr(JsonNode) node = gxc_review_list (work->context, work->text[0], cancellable, &error);
  GPtrArray *records = node ? records_of (node, &error) : NULL;

  if (records)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
is_in_box (GxcCoreDesk *self, const char *box, GxRecord *record)
{
  const GxChangeRequest *row = gx_record_get_data (record);
  gboolean mine = gx_id_equal (&row->maker_id, &self->person.employee_id);
  gboolean open = g_strcmp0 (row->state, "PENDING") == 0;

  if (g_str_equal (box, "mine"))
    return mine;
  return g_str_equal (box, "to_check") ? open && !mine : !open;
}

static GPtrArray *
list_store (GxcCoreDesk *self, const char *box, GError **error)
{
  GxcListQuery query = { .entity = &gx_change_request_entity, .sort = "submitted_at", .descending = TRUE };
  g_autoptr(GArray) ids = gxc_list_ids (self->reader, &query, error);
  g_autoptr(GPtrArray) all = ids ? gxc_list_window (self->reader, query.entity, (GxId *) (gpointer) ids->data, ids->len, error) : NULL;
  GPtrArray *found;

  if (!all)
    return NULL;
  found = g_ptr_array_new_with_free_func (unref_if_any);
  for (guint i = 0; i < all->len; i++)
    if (g_ptr_array_index (all, i) && is_in_box (self, box, g_ptr_array_index (all, i)))
      g_ptr_array_add (found, g_object_ref (g_ptr_array_index (all, i)));
  return found;
}

/* Head office has no requests in its store. */
static void
list_reviews (GxcDesk *desk, const char *box, GTask *task)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);
  GError *error = NULL;
  GPtrArray *records;
  Work *work;

  if (self->person.roles & GX_ROLE_BIT (GX_ROLE_HQ))
    {
      work = work_new (desk, NULL);
      work->text[0] = g_strdup (box);
      run (task, work, list_server_thread);
      return;
    }
  records = list_store (self, box, &error);
  if (records)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

typedef struct
{
  GxcCoreDesk *self;
  GxId         id;
  JsonNode    *node;
} Shown;

static gboolean
on_shown_cb (gpointer data)
{
  Shown *shown = data;

  g_hash_table_replace (shown->self->shown, gx_id_copy (&shown->id), json_node_ref (shown->node));
  return G_SOURCE_REMOVE;
}

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_object_unref (shown->self);
  json_node_unref (shown->node);
  g_free (shown);
}

static void
fetch_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  g_autoptr(JsonNode) node = gxc_review_show (work->context, &work->id, cancellable, &error);
  GxRecord *record = node ? record_of (json_node_get_object (node), &error) : NULL;
  Shown *shown;

  if (!record)
    {
      g_task_return_error (task, error);
      return;
    }
  shown = g_new0 (Shown, 1);
  *shown = (Shown) { g_object_ref (source), work->id, json_node_ref (node) };
  g_main_context_invoke_full (NULL, G_PRIORITY_HIGH, on_shown_cb, shown, shown_free);
  g_task_return_pointer (task, record, g_object_unref);
}

static void
fetch_review (GxcDesk *desk, const GxId *id, GTask *task)
{
  Work *work = work_new (desk, NULL);

  work->id = *id;
  run (task, work, fetch_thread);
}

static void
decide_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  g_autoptr(JsonNode) answer = NULL;

  if (!work->text[2] || gxc_review_step_up (work->context, work->text[2], cancellable, &error))
    answer = gxc_review_decide (work->context, json_node_get_object (work->node), work->text[0], work->text[1], cancellable, &error);
  finish_write (task, work, answer != NULL, error);
}

static void
decide (GxcDesk *desk, GxRecord *record, const char *verdict, const char *note, const char *password, GTask *task)
{
  JsonNode *node = g_hash_table_lookup (GXC_CORE_DESK (desk)->shown, gx_record_get_id (record));
  Work *work;

  if (!node)
    {
      g_task_return_new_error (task, GX_ERROR, GX_ERROR_OFFLINE, "%s", _("A request can only be decided as the server has it now."));
      g_object_unref (task);
      return;
    }
  work = work_new (desk, NULL);
  work->node = json_node_ref (node);
  work->text[0] = g_strdup (verdict);
  work->text[1] = note && *note ? g_strdup (note) : NULL;
  work->text[2] = g_strdup (password);
  run (task, work, decide_thread);
}

/* --- life --------------------------------------------------------------------------------------------------------- */

static void
desk_init (GxcDeskInterface *iface)
{
  iface->get_clock = get_clock;
  iface->get_today = get_today;
  iface->get_person = get_person;
  iface->dup_setting = dup_setting;
  iface->get_summary = get_summary;
  iface->list = list;
  iface->read = read_rows;
  iface->facts = facts;
  iface->queue = list_queue;
  iface->sign_in = sign_in;
  iface->change_password = change_password;
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
gxc_core_desk_finalize (GObject *object)
{
  GxcCoreDesk *self = GXC_CORE_DESK (object);

  gxc_core_desk_stop (self);
  g_clear_handle_id (&self->shared.idle, g_source_remove);
  g_clear_pointer (&self->reader, gx_db_close);
  g_clear_pointer (&self->context, gxc_context_free);
  g_hash_table_unref (self->shown);
  gxc_person_clear (&self->person);
  g_free (self->problem);
  g_free (self->shared.problem);
  g_mutex_clear (&self->shared.lock);
  G_OBJECT_CLASS (gxc_core_desk_parent_class)->finalize (object);
}

static void
gxc_core_desk_class_init (GxcCoreDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_core_desk_finalize;
}

static void
gxc_core_desk_init (GxcCoreDesk *self)
{
  g_mutex_init (&self->shared.lock);
  self->shown = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, (GDestroyNotify) json_node_unref);
}

/**
 * gxc_core_desk_new:
 * @profile: the folder of the profile, made if missing
 *
 * Returns: (transfer full) (nullable): the desk, not yet syncing
 *
 * Errors: %GX_ERROR_IN_USE if another program has the profile open, and those of the store
 */
GxcCoreDesk *
gxc_core_desk_new (const char  *profile,
                   GError     **error)
{
  g_autoptr(GxcCoreDesk) self = g_object_new (GXC_TYPE_CORE_DESK, NULL);
  const GxcContextOptions options = { .directory = profile, .threaded = TRUE };

  if (!(self->context = gxc_context_new (&options, error))
      || !(self->reader = gxc_store_open_reader (gxc_context_get_store (self->context), error)))
    return NULL;
  read_person (self);
  self->listener = gxc_store_listen (gxc_context_get_store (self->context), on_store_changed, self);
  gxc_sync_set_listener (gxc_context_get_sync (self->context), on_sync_changed, self);
  return g_steal_pointer (&self);
}

/** gxc_core_desk_start: begins to sync, if somebody signed in here */
void
gxc_core_desk_start (GxcCoreDesk *self)
{
  g_return_if_fail (GXC_IS_CORE_DESK (self));

  if (self->started || !self->person.login || self->person.must_change_password)
    return;
  self->started = TRUE;
  gxc_sync_start (gxc_context_get_sync (self->context));
}

/** gxc_core_desk_stop: cancels what is under way and waits for the threads; what was typed is in the store already */
void
gxc_core_desk_stop (GxcCoreDesk *self)
{
  g_return_if_fail (GXC_IS_CORE_DESK (self));

  if (self->started)
    gxc_sync_stop (gxc_context_get_sync (self->context));
  self->started = FALSE;
  if (self->listener)
    gxc_store_unlisten (gxc_context_get_store (self->context), self->listener);
  self->listener = 0;
}
