/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fixed number of threads behind a bounded queue.
 *
 * GThreadPool has neither a bound on its queue nor something of its own for each thread (a read-only database
 * connection), so this is it, in one lock and one condition. A full queue refuses at once: waiting for room would only
 * move the queue to where nobody can see it.
 */
#include "gxs-pool.h"

#include "gx-error.h"

typedef struct
{
  GxsJob   job;
  gpointer data;
} Item;

typedef struct
{
  GxsPool *pool;            /* (borrowed) */
  GThread *thread;          /* (owned) */
  gpointer data;            /* (owned) by the hooks */
  guint    index;
} Member;

struct _GxsPool
{
  char        *name;        /* (owned) */
  GxsPoolHooks hooks;
  guint        n_threads;
  Member      *members;     /* (owned) */

  struct
  {
    GMutex   lock;
    GCond    changed;
    Item    *ring;          /* (owned) of @capacity */
    guint    capacity;
    guint    first;
    guint    length;
    guint    n_started;     /* threads that told how their start went */
    GError  *start_error;   /* (owned) (nullable) of the first that failed */
    gboolean closing;
  } shared;
};

static void
report_start (GxsPool *self,
              GError  *error)
{
  g_mutex_lock (&self->shared.lock);
  self->shared.n_started++;
  if (error != NULL && self->shared.start_error == NULL)
    self->shared.start_error = g_steal_pointer (&error);
  g_cond_broadcast (&self->shared.changed);
  g_mutex_unlock (&self->shared.lock);
  g_clear_error (&error);
}

/* FALSE when the pool closes and everything that was promised is done. */
static gboolean
wait_for_item (GxsPool *self,
               Item    *out_item)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  while (self->shared.length == 0 && !self->shared.closing)
    g_cond_wait (&self->shared.changed, &self->shared.lock);
  if (self->shared.length == 0)
    return FALSE;

  *out_item = self->shared.ring[self->shared.first];
  self->shared.first = (self->shared.first + 1) % self->shared.capacity;
  self->shared.length--;
  return TRUE;
}

static gpointer
run_member (gpointer data)
{
  Member *member = data;
  GxsPool *self = member->pool;
  GError *error = NULL;
  Item item;

  if (self->hooks.start != NULL)
    member->data = self->hooks.start (self->hooks.user_data, member->index, &error);
  report_start (self, error);

  while (wait_for_item (self, &item))
    item.job (item.data, member->data);

  if (self->hooks.stop != NULL && member->data != NULL)
    self->hooks.stop (self->hooks.user_data, member->data);
  return NULL;
}

static void
start_members (GxsPool *self)
{
  self->members = g_new0 (Member, self->n_threads);
  for (guint i = 0; i < self->n_threads; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%u", self->name, i);

      self->members[i].pool = self;
      self->members[i].index = i;
      self->members[i].thread = g_thread_new (name, run_member, &self->members[i]);
    }
}

static GError *
wait_until_started (GxsPool *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  while (self->shared.n_started < self->n_threads)
    g_cond_wait (&self->shared.changed, &self->shared.lock);

  return g_steal_pointer (&self->shared.start_error);
}

/**
 * gxs_pool_new:
 * @name: for the names of its threads
 * @n_threads: at least 1
 * @max_queue: jobs that may wait, at least 1
 * @hooks: (nullable): copied
 *
 * Returns: (nullable): a running pool, or %NULL with the error of the thread that could not start
 */
GxsPool *
gxs_pool_new (const char          *name,
              guint                n_threads,
              guint                max_queue,
              const GxsPoolHooks  *hooks,
              GError             **error)
{
  GxsPool *self = g_new0 (GxsPool, 1);
  GError *start_error;

  g_return_val_if_fail (n_threads > 0 && max_queue > 0, NULL);

  self->name = g_strdup (name);
  self->n_threads = n_threads;
  if (hooks != NULL)
    self->hooks = *hooks;
  g_mutex_init (&self->shared.lock);
  g_cond_init (&self->shared.changed);
  self->shared.capacity = max_queue;
  self->shared.ring = g_new0 (Item, max_queue);
  start_members (self);

  start_error = wait_until_started (self);
  if (start_error != NULL)
    {
      g_propagate_error (error, start_error);
      gxs_pool_free (self);
      return NULL;
    }

  return self;
}

/**
 * gxs_pool_free:
 *
 * Takes no new jobs, finishes those that wait, and joins the threads.
 */
void
gxs_pool_free (GxsPool *self)
{
  g_mutex_lock (&self->shared.lock);
  self->shared.closing = TRUE;
  g_cond_broadcast (&self->shared.changed);
  g_mutex_unlock (&self->shared.lock);

  for (guint i = 0; i < self->n_threads; i++)
    g_thread_join (self->members[i].thread);

  g_clear_error (&self->shared.start_error);
  g_free (self->shared.ring);
  g_free (self->members);
  g_mutex_clear (&self->shared.lock);
  g_cond_clear (&self->shared.changed);
  g_free (self->name);
  g_free (self);
}

/**
 * gxs_pool_submit:
 * @job: runs once, on a thread of the pool
 *
 * Any thread.
 *
 * Returns: %FALSE with %GX_ERROR_BUSY when the queue is full or the pool is closing; @job does not run then
 */
gboolean
gxs_pool_submit (GxsPool  *self,
                 GxsJob    job,
                 gpointer  job_data,
                 GError  **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);
  guint last;

  if (self->shared.closing || self->shared.length == self->shared.capacity)
    return gx_fail_busy (error, 1, "the %s queue is full", self->name);

  last = (self->shared.first + self->shared.length) % self->shared.capacity;
  self->shared.ring[last] = (Item) { job, job_data };
  self->shared.length++;
  g_cond_signal (&self->shared.changed);
  return TRUE;
}

/**
 * gxs_pool_get_queued:
 *
 * Returns: how many jobs wait, for the status page
 */
guint
gxs_pool_get_queued (GxsPool *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  return self->shared.length;
}
