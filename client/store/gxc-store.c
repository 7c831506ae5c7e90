/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profile's database and the one thread that writes to it (Epiphany's history service, without its callbacks).
 *
 *   any thread --gxc_store_call()--> jobs --> store thread: func(store) --> commit --> listeners
 *
 * Not here: what is written. Whoever calls brings a function; it opens its own transaction. A profile is held by one
 * process at a time, by a lock on its file "lock".
 */
#include "gxc-store.h"

#include "gx-error.h"
#include "gx-vault.h"
#include "gxc-digest.h"
#include "gxc-migrations.h"
#include "gxc-search.h"
#include "gxc-shape.h"
#include "gxc-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHECKPOINT_FRAMES 2000          /* pages of log after which it is folded into the file */

typedef struct
{
  GxcStoreFunc    func;
  gpointer        data;
  GDestroyNotify  free_data;
  GTask          *task;                 /* (owned) (nullable): of an async call */
  GError        **error;                /* of a waiting call */
  gboolean        result;
  gboolean        done;
} Job;

typedef struct
{
  guint         id;
  GxcChangeFunc func;
  gpointer      data;
} Listener;

struct _GxcStore
{
  char        *directory;               /* (nullable) */
  char        *path;
  char        *papers;                  /* (nullable) */
  char        *vfs;                     /* (nullable): instead of the machine's files */
  GxClock     *clock;                   /* borrowed */
  GxRandom    *random;                  /* borrowed */
  int          lock_fd;
  GxVault     *vault;                   /* (nullable) */
  gboolean     threaded;
  GThread     *thread;                  /* the one that owns the database */
  GAsyncQueue *jobs;                    /* (nullable): of Job, to the store thread */
  GxcStoreKeyFunc key_func;             /* (nullable) */
  gpointer     key_data;

  struct
  {
    GMutex     lock;
    GCond      cond;                    /* some waiting job is done */
    GArray    *listeners;               /* of Listener */
    guint      last_listener;
    GxIdMaker  ids;
  } shared;

  struct                                /* touched only on the store thread */
  {
    GxDb      *db;
    GxcChange  change;
    guint      depth;                   /* of calls within calls */
    GxId       bundle;                  /* none = what is queued stands for itself */
    GxcSearchState search;
    GxcDigestState digest;
    gint64     lease_mark;              /* ms of a clock that nobody sets: when the time was last noted, 0 = not since it was opened */
  } worker;
};

static gboolean
is_here (GxcStore *store)
{
  return store->thread == g_thread_self ();
}

static void
clear_change (GxcStore *store)
{
  GArray *rows = store->worker.change.rows;

  g_array_set_size (rows, 0);
  store->worker.change = (GxcChange) { .rows = rows };
}

static void
tell_listeners (GxcStore *store)
{
  GxcChange *change = &store->worker.change;
  g_autoptr(GArray) listeners = NULL;

  if (change->entities == 0 && change->what == 0)
    return;

  g_mutex_lock (&store->shared.lock);
  listeners = g_array_copy (store->shared.listeners);
  g_mutex_unlock (&store->shared.lock);

  if (change->rows->len > GXC_CHANGE_ROWS_MAX)
    g_array_set_size (change->rows, 0);
  for (guint i = 0; i < listeners->len; i++)
    {
      const Listener *listener = &g_array_index (listeners, Listener, i);

      listener->func (change, listener->data);
    }
}

static gboolean
run_here (GxcStore      *store,
          GxcStoreFunc   func,
          gpointer       data,
          GError       **error)
{
  gboolean result;

  if (store->worker.depth++ == 0)
    clear_change (store);
  result = func (store, data, error);
  if (--store->worker.depth > 0)
    return result;

  if (result)
    tell_listeners (store);
  clear_change (store);
  /* A checkpoint that finds a reader in its way is taken the next time. */
  if (gx_db_wal_frames (store->worker.db) >= CHECKPOINT_FRAMES)
    gx_db_checkpoint (store->worker.db, FALSE, NULL);

  return result;
}

static void
finish_task (Job      *job,
             gboolean  result,
             GError   *error)
{
  if (result)
    g_task_return_boolean (job->task, TRUE);
  else
    g_task_return_error (job->task, error);
  g_object_unref (job->task);
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

static void
run_job (GxcStore *store,
         Job      *job)
{
  GError *error = NULL;
  gboolean result;

  if (job->task != NULL)
    {
      result = run_here (store, job->func, job->data, &error);
      finish_task (job, result, error);
      return;
    }

  result = run_here (store, job->func, job->data, job->error);
  g_mutex_lock (&store->shared.lock);
  job->result = result;
  job->done = TRUE;
  g_cond_broadcast (&store->shared.cond);
  g_mutex_unlock (&store->shared.lock);
}

/* The last job has no function. */
static gpointer
store_thread (gpointer data)
{
  GxcStore *store = data;
  Job *job;

  gx_db_adopt (store->worker.db);
  while ((job = g_async_queue_pop (store->jobs))->func != NULL)
    run_job (store, job);
  g_free (job);
  g_clear_pointer (&store->worker.db, gx_db_close);

  return NULL;
}

/**
 * gxc_store_call:
 * @func: runs on the store thread; what it does should be one transaction
 *
 * Runs @func and waits for it. Called inside a @func, it runs at once.
 */
gboolean
gxc_store_call (GxcStore      *store,
                GxcStoreFunc   func,
                gpointer       data,
                GError       **error)
{
  Job job = { .func = func, .data = data, .error = error };

  if (!store->threaded || is_here (store))
    return run_here (store, func, data, error);

  g_async_queue_push (store->jobs, &job);
  g_mutex_lock (&store->shared.lock);
  while (!job.done)
    g_cond_wait (&store->shared.cond, &store->shared.lock);
  g_mutex_unlock (&store->shared.lock);

  return job.result;
}

/**
 * gxc_store_call_async:
 * @free_data: (nullable): frees @data when @func has run
 * @callback: is called in the main context of the caller
 */
void
gxc_store_call_async (GxcStore            *store,
                      GxcStoreFunc         func,
                      gpointer             data,
                      GDestroyNotify       free_data,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, gxc_store_call_async);

  if (store->threaded)
    g_async_queue_push (store->jobs, job);
  else
    run_job (store, job);
}

gboolean
gxc_store_call_finish (GxcStore      *store,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gxc_store_call_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
take_lock (GxcStore  *store,
           GError   **error)
{
  g_autofree char *path = g_build_filename (store->directory, "lock", NULL);

  store->lock_fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (store->lock_fd < 0)
    return gx_fail (error, GX_ERROR_IO, "%s: %s", path, g_strerror (errno));
  if (flock (store->lock_fd, LOCK_EX | LOCK_NB) != 0)
    return gx_fail (error, GX_ERROR_IN_USE, "another program has this profile open: %s", store->directory);

  return TRUE;
}

/* Nobody else on this machine reads it, whatever the umask; its log takes the same mode. */
static gboolean
make_private (GxcStore  *store,
              GError   **error)
{
  int fd;

  if (store->directory == NULL)
    return TRUE;
  fd = g_open (store->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || fchmod (fd, 0600) != 0)
    {
      int saved = errno;

      if (fd >= 0)
        close (fd);
      return gx_fail (error, GX_ERROR_IO, "%s: %s", store->path, g_strerror (saved));
    }

  close (fd);
  return TRUE;
}

/* A store of before there was a vault is taken into it, with its queue. */
static gboolean
make_vault (GxcStore       *store,
            GxcProfileKey  *key,
            GError        **error)
{
  if (!gxc_profile_key_begin (key, error))
    return FALSE;
  store->vault = gx_vault_new (gxc_profile_key_get_key (key), gxc_profile_key_get_database (key), NULL, error);

  return store->vault != NULL && gx_vault_adopt (store->vault, store->path, error);
}

static GxDb *
connect_database (GxcStore   *store,
                  GxDbFlags   flags,
                  guint       cache_mib,
                  GError    **error)
{
  GxDbOptions options = { .location = store->path, .vfs = store->vault != NULL ? gx_vault_get_vfs (store->vault) : store->vfs, .flags = flags,
                          .side = GX_SIDE_CLIENT, .cache_mib = cache_mib };

  return gx_db_open (&gx_db_sqlite, &options, error);
}

static gboolean
open_database (GxcStore  *store,
               GError   **error)
{
  store->worker.db = connect_database (store, GX_DB_CREATE, 32, error);

  return store->worker.db != NULL && gxc_migrate (store->worker.db, store->clock, error) && gxc_shape_check (store, error);
}

/**
 * gxc_store_open:
 *
 * Returns: (transfer full) (nullable): the store, brought to this program's schema
 *
 * Errors: %GX_ERROR_IN_USE if another process has the profile, %GX_ERROR_FUTURE if a newer program wrote it,
 *   %GX_ERROR_TAMPERED if a page is not what was written, %GX_ERROR_IO
 */
GxcStore *
gxc_store_open (const GxcStoreOptions  *options,
                GError                **error)
{
  g_autoptr(GxcStore) store = g_new0 (GxcStore, 1);

  store->directory = g_strdup (options->directory);
  store->vfs = options->directory == NULL ? g_strdup (options->vfs) : NULL;
  store->path = options->directory != NULL ? gxc_profile_path (options->directory) : g_strdup (store->vfs != NULL ? "store.db" : ":memory:");
  store->papers = g_strdup (options->directory != NULL ? options->directory : options->papers);
  store->clock = options->clock != NULL ? options->clock : gx_clock_system ();
  store->random = options->random != NULL ? options->random : gx_random_system ();
  store->lock_fd = -1;
  store->thread = g_thread_self ();
  store->shared.listeners = g_array_new (FALSE, FALSE, sizeof (Listener));
  store->worker.change.rows = g_array_new (FALSE, FALSE, sizeof (GxcRow));
  store->worker.digest.behind = TRUE;
  g_mutex_init (&store->shared.lock);
  g_cond_init (&store->shared.cond);
  gx_id_maker_init (&store->shared.ids, store->clock, store->random);

  if (store->directory != NULL && g_mkdir_with_parents (store->directory, 0700) != 0)
    {
      gx_fail (error, GX_ERROR_IO, "%s: %s", store->directory, g_strerror (errno));
      return NULL;
    }
  if (store->directory != NULL && !take_lock (store, error))
    return NULL;
  if (options->key != NULL && !make_vault (store, options->key, error))
    return NULL;
  if (!make_private (store, error) || !open_database (store, error))
    return NULL;

  if (options->threaded)
    {
      store->threaded = TRUE;
      store->jobs = g_async_queue_new ();
      store->thread = g_thread_new ("store", store_thread, store);
    }

  return g_steal_pointer (&store);
}

/**
 * gxc_store_close:
 *
 * Finishes what was asked for, then closes. Nobody may be inside a call, and all readers must be closed.
 */
void
gxc_store_close (GxcStore *store)
{
  if (store->threaded)
    {
      g_async_queue_push (store->jobs, g_new0 (Job, 1));
      g_thread_join (store->thread);
      g_async_queue_unref (store->jobs);
    }
  g_clear_pointer (&store->worker.db, gx_db_close);
  g_clear_pointer (&store->vault, gx_vault_free);
  if (store->lock_fd >= 0)
    close (store->lock_fd);

  gxc_search_state_clear (&store->worker.search);
  gxc_digest_state_clear (&store->worker.digest);
  g_array_unref (store->worker.change.rows);
  g_array_unref (store->shared.listeners);
  g_mutex_clear (&store->shared.lock);
  g_cond_clear (&store->shared.cond);
  g_free (store->vfs);
  g_free (store->papers);
  g_free (store->path);
  g_free (store->directory);
  g_free (store);
}

/**
 * gxc_store_open_reader:
 *
 * Returns: (transfer full) (nullable): a read-only connection for the calling thread; close it before the store
 *
 * Errors: %GX_ERROR_IO for a store in memory, which has no second connection
 */
GxDb *
gxc_store_open_reader (GxcStore  *store,
                       GError   **error)
{
  if (store->directory == NULL)
    {
      gx_fail (error, GX_ERROR_IO, "a store in memory has one connection");
      return NULL;
    }

  return connect_database (store, GX_DB_READ_ONLY, 8, error);
}

/**
 * gxc_store_listen:
 * @func: called on the store thread after each commit that changed something
 *
 * Returns: for gxc_store_unlisten()
 */
guint
gxc_store_listen (GxcStore      *store,
                  GxcChangeFunc  func,
                  gpointer       data)
{
  Listener listener = { .func = func, .data = data };

  g_mutex_lock (&store->shared.lock);
  listener.id = ++store->shared.last_listener;
  g_array_append_val (store->shared.listeners, listener);
  g_mutex_unlock (&store->shared.lock);

  return listener.id;
}

void
gxc_store_unlisten (GxcStore *store,
                    guint     listener)
{
  g_mutex_lock (&store->shared.lock);
  for (guint i = 0; i < store->shared.listeners->len; i++)
    if (g_array_index (store->shared.listeners, Listener, i).id == listener)
      {
        g_array_remove_index (store->shared.listeners, i);
        break;
      }
  g_mutex_unlock (&store->shared.lock);
}

GxDb *
gxc_store_get_db (GxcStore *store)
{
  g_assert (is_here (store));

  return store->worker.db;
}

/**
 * gxc_store_commit:
 *
 * Makes the search words and the customers' figures of the rows that were written, then commits.
 */
gboolean
gxc_store_commit (GxcStore       *store,
                  GxTransaction  *transaction,
                  GError        **error)
{
  return gxc_search_flush (store, error) && gxc_digest_flush (store, error) && gx_transaction_commit (transaction, error);
}

/**
 * gxc_store_begin_bundle:
 *
 * Until gxc_store_end_bundle(), which also ends the one of a call that failed.
 */
void
gxc_store_begin_bundle (GxcStore *store)
{
  g_assert (is_here (store));

  store->worker.bundle = gxc_store_new_id (store);
}

void
gxc_store_end_bundle (GxcStore *store)
{
  g_assert (is_here (store));

  store->worker.bundle = GX_ID_NONE;
}

/** gxc_store_get_bundle: none = what is queued now stands for itself */
GxId
gxc_store_get_bundle (GxcStore *store)
{
  return store->worker.bundle;
}

GxcDigestState *
gxc_store_get_digest (GxcStore *store)
{
  g_assert (is_here (store));

  return &store->worker.digest;
}

gint64 *
gxc_store_get_lease_mark (GxcStore *store)
{
  g_assert (is_here (store));

  return &store->worker.lease_mark;
}

GxcSearchState *
gxc_store_get_search (GxcStore *store)
{
  g_assert (is_here (store));

  return &store->worker.search;
}

void
gxc_store_note (GxcStore   *store,
                GxcChanged  what)
{
  g_assert (is_here (store));

  store->worker.change.what |= what;
}

void
gxc_store_note_row (GxcStore       *store,
                    const GxEntity *entity,
                    const GxId     *id)
{
  GxcRow row = { entity, *id };

  g_assert (is_here (store));

  store->worker.change.entities |= G_GUINT64_CONSTANT (1) << entity->number;
  /* One more than the limit says that there were too many. */
  if (store->worker.change.rows->len <= GXC_CHANGE_ROWS_MAX)
    g_array_append_val (store->worker.change.rows, row);
}

/**
 * gxc_store_set_key_func:
 *
 * To be called before the store is used by another thread.
 */
void
gxc_store_set_key_func (GxcStore        *store,
                        GxcStoreKeyFunc  func,
                        gpointer         data)
{
  store->key_func = func;
  store->key_data = data;
}

/**
 * gxc_store_load_key:
 *
 * Errors: %GX_ERROR_KEYRING_ITEM if nobody brought a key, or those of whoever did
 */
gboolean
gxc_store_load_key (GxcStore  *store,
                    guint8    *out_key,
                    GError   **error)
{
  if (store->key_func == NULL)
    return gx_fail (error, GX_ERROR_KEYRING_ITEM, "the profile has no key for documents");

  return store->key_func (store->key_data, out_key, error);
}

/**
 * gxc_store_get_directory:
 *
 * Returns: (nullable): of the profile
 */
const char *
gxc_store_get_directory (GxcStore *store)
{
  return store->directory;
}

/**
 * gxc_store_get_papers:
 *
 * Returns: (nullable): the folder in whose "blobs" documents lie
 */
const char *
gxc_store_get_papers (GxcStore *store)
{
  return store->papers;
}

GxClock *
gxc_store_get_clock (GxcStore *store)
{
  return store->clock;
}

GxRandom *
gxc_store_get_random (GxcStore *store)
{
  return store->random;
}

GxId
gxc_store_new_id (GxcStore *store)
{
  GxId id;

  g_mutex_lock (&store->shared.lock);
  id = gx_id_make (&store->shared.ids);
  g_mutex_unlock (&store->shared.lock);

  return id;
}
