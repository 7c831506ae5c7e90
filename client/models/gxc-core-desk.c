/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk that pages see, over the real core. It adds no rule of its own: it moves calls and news between threads.
 *
 *   main loop:    reads on a connection of its own, at once                    gxc-core-desk-read.c, -queue.c, -book.c
 *   GTask thread: everything that waits, i.e. the network and the store's
 *                 writing thread                                               gxc-core-desk-write.c, -review.c
 *   store, sync:  their news come on their threads and are told on the main
 *                 loop, gathered in one idle                                   here, with who is signed in
 */

#include "gxc-core-desk-private.h"

#include "gx-attachment.h"
#include "gx-catalog.h"
#include "gx-org-unit.h"
#include "gx-setting.h"
#include "gxc-calendar.h"
#include "gxc-digest.h"
#include "gxc-list.h"
#include "gxc-meta.h"
#include "gxc-store-lease.h"
#include "gxc-store-private.h"

static void desk_init (GxcDeskInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GxcCoreDesk, gxc_core_desk, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (GXC_TYPE_DESK, desk_init))

/* --- news --------------------------------------------------------------------------------------------------------- */

#define DIGESTS_AT_ONCE 2000
#define KEPT_MS        1000    /* of what is asked for a thousand times a second */
#define TICK_SECONDS    600     /* how often what time it is goes into the store */
#define DAY_SECONDS      20     /* how late a new day may be seen */

static void read_person (GxcCoreDesk *self);
static void catch_up    (GxcCoreDesk *self);
static void note_day    (GxcCoreDesk *self);

static void
tell_changed (GxcCoreDesk *self, guint64 entities)
{
  for (guint number = 0; number < 64; number++)
    {
      const GxEntity *entity = entities & (G_GUINT64_CONSTANT (1) << number) ? gx_entity_by_number (number) : NULL;

      if (entity)
        gxc_desk_emit_changed (GXC_DESK (self), entity->name);
    }
  if (entities & (G_GUINT64_CONSTANT (1) << gxc_digest_entity ()->number))
    gxc_desk_emit_changed (GXC_DESK (self), gxc_digest_entity ()->name);
}

static gboolean
on_news_cb (gpointer data)
{
  GxcCoreDesk *self = data;
  guint64 entities;
  gboolean person;
  const guint64 ours = (G_GUINT64_CONSTANT (1) << gx_setting_entity.number) | (G_GUINT64_CONSTANT (1) << gx_org_unit_entity.number);

  g_mutex_lock (&self->shared.lock);
  entities = self->shared.entities;
  person = self->shared.person;
  self->shared.entities = 0;
  self->shared.person = FALSE;
  self->shared.idle = 0;
  self->state = self->shared.state;
  self->revoked = self->shared.revoked;
  g_clear_error (&self->problem);
  self->problem = self->shared.problem ? g_error_copy (self->shared.problem) : NULL;
  g_mutex_unlock (&self->shared.lock);

  if (entities & ours)
    self->today = 0;
  if (person || entities & ours)
    read_person (self);
  self->lease_at = 0;
  gxc_core_desk_note_book (self, entities);
  tell_changed (self, entities);
  gxc_desk_emit_status (GXC_DESK (self));
  note_day (self);
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
  if (change->what & (GXC_CHANGED_BLOBS | GXC_CHANGED_SENDING | GXC_CHANGED_CARRY))
    self->shared.entities |= G_GUINT64_CONSTANT (1) << gx_attachment_entity.number;
  self->shared.person |= (change->what & GXC_CHANGED_PERSON) != 0;
  plan_news (self);
  g_mutex_unlock (&self->shared.lock);
}

static void
on_sync_changed (const GxcSyncStatus *status, gpointer data)
{
  GxcCoreDesk *self = data;

  g_mutex_lock (&self->shared.lock);
  self->shared.state = status->state;
  self->shared.revoked |= g_error_matches (status->problem, GX_ERROR, GX_ERROR_REVOKED);
  g_clear_error (&self->shared.problem);
  /* that the network is away needs no reason; what the resolver or the socket said is no help to a banker */
  self->shared.problem = status->problem && status->state != GXC_SYNC_OFFLINE ? g_error_copy (status->problem) : NULL;
  plan_news (self);
  g_mutex_unlock (&self->shared.lock);
}

/* --- figures ------------------------------------------------------------------------------------------------------ */

/* The engine makes them after a first load; this is for a new day at a desk that is offline. What time it is goes with it. */
static gboolean
catch_up_here (GxcStore *store, gpointer data, GError **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction && gxc_lease_touch (store, error) && gxc_digest_catch_up (store, DIGESTS_AT_ONCE, data, error) && gxc_store_commit (store, transaction, error);
}

static void
on_caught_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GWeakRef *weak = data;
  g_autoptr(GxcCoreDesk) self = g_weak_ref_get (weak);
  g_autoptr(GError) error = NULL;

  g_weak_ref_clear (weak);
  g_free (weak);
  if (!self)
    return;
  if (!gxc_store_call_finish (gxc_context_get_store (self->context), result, &error))
    g_warning ("the customers' figures are of an earlier day: %s", error->message);
  else if (self->more_figures)
    catch_up (self);
}

static void
catch_up (GxcCoreDesk *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  gxc_store_call_async (gxc_context_get_store (self->context), catch_up_here, &self->more_figures, NULL, NULL, on_caught_up_cb, weak);
}

static gboolean
on_tick_cb (gpointer data)
{
  catch_up (data);
  return G_SOURCE_CONTINUE;
}

/* Midnight here, or the bank's word that it is another business day: the figures of the new one are made, and pages told. */
static void
note_day (GxcCoreDesk *self)
{
  GxcDesk *desk = GXC_DESK (self);
  gint32 today = gxc_desk_get_today (desk), wall = gxc_local_today (desk);

  if (today == self->told_today && wall == self->told_wall)
    return;
  self->told_today = today;
  self->told_wall = wall;
  catch_up (self);
  gxc_desk_emit_day (desk);
}

static gboolean
on_day_tick_cb (gpointer data)
{
  note_day (data);
  return G_SOURCE_CONTINUE;
}

/* --- who and when ------------------------------------------------------------------------------------------------- */

static GxClock *
get_clock (GxcDesk *desk)
{
  return gxc_store_get_clock (gxc_context_get_store (GXC_CORE_DESK (desk)->context));
}

static GxId
new_id (GxcDesk *desk)
{
  return gxc_store_new_id (gxc_context_get_store (GXC_CORE_DESK (desk)->context));
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
  gint64 now = gxc_desk_now (desk);

  /* Each date on the screen is told against it. */
  if (self->today == 0 || now < self->today_at || now - self->today_at > KEPT_MS)
    {
      self->today = gxc_business_date (self->reader, get_clock (desk));
      self->today_at = now;
    }
  return self->today;
}

/* Asked by all that reads rows. */
gboolean
gxc_core_desk_may_show (GxcCoreDesk *self, GError **error)
{
  gint64 now = gxc_desk_now (GXC_DESK (self));

  if (self->lease_at == 0 || now < self->lease_at || now - self->lease_at > KEPT_MS)
    {
      gxc_lease_read (self->reader, get_clock (GXC_DESK (self)), &self->lease);
      self->lease_at = now;
    }
  return self->lease.state != GXC_LEASE_LOCKED || gxc_lease_fail (&self->lease, error);
}

static void
read_person (GxcCoreDesk *self)
{
  g_autofree char *path = gxc_meta_dup (self->reader, GXC_META_ORG_PATH);

  gxc_person_clear (&self->person);
  self->lease_at = 0;
  if (!gxc_context_has_profile (self->context))
    return;
  self->person.login = gxc_context_dup_login (self->context);
  self->person.name = gxc_context_dup_name (self->context);
  self->person.employee_id = gxc_context_get_employee (self->context);
  self->person.roles = gxc_context_get_roles (self->context);
  self->person.must_change_password = gxc_context_must_change_password (self->context);
  self->person.unit = path ? find_value (self, &gx_org_unit_entity, "path", path, "name") : NULL;
  self->person.bank = find_value (self, &gx_setting_entity, "code", "bank_name", "value");
  self->person.ccy = find_value (self, &gx_setting_entity, "code", "ccy", "value");
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
  if (g_str_equal (name, "key-renewed"))
    return gxc_context_take_key_renewed (self->context) ? g_strdup ("yes") : NULL;
  path = directory ? g_build_filename (directory, "ca.pem", NULL) : NULL;
  return path && g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

/* --- signing in --------------------------------------------------------------------------------------------------- */

static gboolean
on_signed_in_cb (gpointer data)
{
  GxcCoreDesk *self = data;

  read_person (self);
  gxc_core_desk_start (self);
  gxc_sync_kick (gxc_context_get_sync (self->context));
  return G_SOURCE_REMOVE;
}

/* From any thread. */
static void
note_revoked (GxcCoreDesk *self, const GError *error)
{
  if (!g_error_matches (error, GX_ERROR, GX_ERROR_REVOKED))
    return;
  g_mutex_lock (&self->shared.lock);
  self->shared.revoked = TRUE;
  plan_news (self);
  g_mutex_unlock (&self->shared.lock);
}

static void
sign_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GxcCall *call = data;
  GError *error = NULL;
  gboolean ok = gxc_context_sign_in (call->context, call->text[0], call->text[1], call->text[2], call->text[3], cancellable, &error);

  if (ok)       /* before the answer, which is told on the main loop as well */
    g_main_context_invoke_full (NULL, G_PRIORITY_HIGH, on_signed_in_cb, g_object_ref (source), g_object_unref);
  else
    note_revoked (source, error);
  gxc_call_return (task, ok, error);
}

static void
sign_in (GxcDesk *desk, const GxcCredentials *credentials, GTask *task)
{
  GxcCall *call = gxc_call_new (desk, NULL);

  call->text[0] = g_strdup (credentials->url);
  call->text[1] = g_strdup (credentials->ca_file);
  call->text[2] = g_strdup (credentials->user);
  call->text[3] = g_strdup (credentials->password);
  gxc_call_run (task, call, sign_in_thread);
}

static void
change_password_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GxcCall *call = data;
  GError *error = NULL;
  gboolean ok = gxc_context_change_password (call->context, call->text[0], call->text[1], cancellable, &error);

  if (ok)
    g_main_context_invoke_full (NULL, G_PRIORITY_HIGH, on_signed_in_cb, g_object_ref (source), g_object_unref);
  gxc_call_return (task, ok, error);
}

static void
change_password (GxcDesk *desk, const char *old_password, const char *new_password, GTask *task)
{
  GxcCall *call = gxc_call_new (desk, NULL);

  call->text[0] = g_strdup (old_password);
  call->text[1] = g_strdup (new_password);
  gxc_call_run (task, call, change_password_thread);
}

/* --- life --------------------------------------------------------------------------------------------------------- */

static void
desk_init (GxcDeskInterface *iface)
{
  iface->get_clock = get_clock;
  iface->get_today = get_today;
  iface->get_person = get_person;
  iface->dup_setting = dup_setting;
  iface->sign_in = sign_in;
  iface->change_password = change_password;
  iface->new_id = new_id;
  gxc_core_desk_init_reading (iface);
  gxc_core_desk_init_book (iface);
  gxc_core_desk_init_queue (iface);
  gxc_core_desk_init_writing (iface);
  gxc_core_desk_init_reviews (iface);
  gxc_core_desk_init_history (iface);
  gxc_core_desk_init_carry (iface);
  gxc_core_desk_init_papers (iface);
}

static void
gxc_core_desk_finalize (GObject *object)
{
  GxcCoreDesk *self = GXC_CORE_DESK (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->day_tick, g_source_remove);
  gxc_core_desk_stop (self);
  g_clear_handle_id (&self->shared.idle, g_source_remove);
  g_clear_pointer (&self->reader, gx_db_close);
  g_clear_pointer (&self->context, gxc_context_free);
  g_hash_table_unref (self->shown);
  gxc_person_clear (&self->person);
  gxc_core_desk_clear_book (self);
  gxc_list_order_clear (&self->order);
  g_clear_error (&self->problem);
  g_clear_error (&self->shared.problem);
  g_free (self->problem_words);
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
 * @key: (nullable) (transfer full): of gxc_core_unlock()
 *
 * Returns: (transfer full) (nullable): the desk, not yet syncing
 *
 * Errors: %GX_ERROR_STORE_LOCKED if it wants a password first, %GX_ERROR_STORE_LOST, %GX_ERROR_IN_USE if another program has the
 *   profile open, and those of the store
 */
GxcCoreDesk *
gxc_core_desk_new (const char     *profile,
                   GxcProfileKey  *key,
                   GError        **error)
{
  g_autoptr(GxcCoreDesk) self = g_object_new (GXC_TYPE_CORE_DESK, NULL);
  const GxcContextOptions options = { .directory = profile, .key = key, .threaded = TRUE, .fetch_ahead = TRUE };

  if (!(self->context = gxc_context_new (&options, error))
      || !(self->reader = gxc_store_open_reader (gxc_context_get_store (self->context), error)))
    return NULL;
  read_person (self);
  self->listener = gxc_store_listen (gxc_context_get_store (self->context), on_store_changed, self);
  gxc_sync_set_listener (gxc_context_get_sync (self->context), on_sync_changed, self);
  self->tick = g_timeout_add_seconds (TICK_SECONDS, on_tick_cb, self);
  self->day_tick = g_timeout_add_seconds (DAY_SECONDS, on_day_tick_cb, self);
  note_day (self);
  return g_steal_pointer (&self);
}

static void
on_network_changed_cb (GNetworkMonitor *monitor, gboolean available, GxcCoreDesk *self)
{
  if (available)
    gxc_sync_network_changed (gxc_context_get_sync (self->context));
}

/** gxc_core_desk_start: begins to sync, if somebody signed in here */
void
gxc_core_desk_start (GxcCoreDesk *self)
{
  g_return_if_fail (GXC_IS_CORE_DESK (self));

  if (self->started || !self->person.login || self->person.must_change_password)
    return;
  self->started = TRUE;
  g_signal_connect (g_network_monitor_get_default (), "network-changed", G_CALLBACK (on_network_changed_cb), self);
  gxc_sync_start (gxc_context_get_sync (self->context));
}

/** gxc_core_desk_stop: cancels what is under way and waits for the threads; what was typed is in the store already */
void
gxc_core_desk_stop (GxcCoreDesk *self)
{
  g_return_if_fail (GXC_IS_CORE_DESK (self));

  if (self->started)
    g_signal_handlers_disconnect_by_data (g_network_monitor_get_default (), self);
  if (self->started)
    gxc_sync_stop (gxc_context_get_sync (self->context));
  self->started = FALSE;
  if (self->listener)
    gxc_store_unlisten (gxc_context_get_store (self->context), self->listener);
  self->listener = 0;
}
