/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The committer: one thread, one writing connection, many jobs a transaction.
 *
 *   submit -> queue (bounded) -> BEGIN, each job in a part of its own, COMMIT -> only now the answers -> checkpoint slot
 *
 * SQLite 3.40.1 has the WAL-reset bug, so the connection that writes is the only one that checkpoints; readers are opened
 * after it and are read-only. What a job does is not known here.
 */
#include "gxs-store.h"

#include "gx-bug.h"
#include "gxs-lock.h"
#include "gxs-migrations.h"

#define MAX_BATCH 256
#define MAX_QUEUE 4096
#define CACHE_MIB 64
#define READER_CACHE_MIB 16
#define CHECKPOINT_FRAMES 2000
#define IDLE_MS 5000          /* without work, after which the log is cut */
#define RETRY_SECONDS 1

typedef struct
{
  GxsStoreWork  work;
  GxsStoreDone  done;         /* (nullable) */
  gpointer      data;
  GError       *error;        /* owned */
} Job;

struct _GxsStore
{
  GxsLock   *lock;            /* (nullable) */
  GxsBankFile *file;
  GxDb      *db;
  GxSealer  *sealer;          /* borrowed, as are clock and random */
  GxClock   *clock;
  GxRandom  *random;
  guint      max_batch;
  guint      max_queue;
  GxsStoreBetween between;    /* (nullable) */
  gpointer   between_data;
  guint      checkpointed;    /* frames of the log at the last checkpoint; committer only */

  GThread   *thread;          /* (nullable) */
  GMutex     mutex;           /* guards what follows */
  GCond      wake;
  GQueue     queue;           /* of Job */
  gboolean   stopping;
};

static gboolean
wind_clock (GxsStore  *store,
            GError   **error)
{
  g_autofree char *epoch = NULL;
  gint64 n;

  if (!gx_db_query_int (store->db, &n, error, "SELECT COUNT(*) FROM sync_clock", NULL))
    return FALSE;
  if (n > 0)
    return TRUE;

  epoch = gxs_batch_draw_epoch (store->random);
  return gx_db_run (store->db, error, "INSERT INTO sync_clock(shard, seq, epoch) VALUES(0, 0, ?)", "t", epoch);
}

/* The file is looked at only by who has the lock. */
static gboolean
take_file (GxsStore               *store,
           const GxsStoreOptions  *options,
           GError                **error)
{
  store->file = gxs_bank_file_new (options->data_dir, options->keys, error);
  if (store->file == NULL)
    return FALSE;
  if (options->data_dir == NULL)
    return TRUE;

  store->lock = gxs_lock_take (options->data_dir, error);
  if (store->lock == NULL)
    return FALSE;
  if (!options->create && !gxs_bank_file_exists (store->file))
    return gx_fail (error, GX_ERROR_NOT_FOUND, "%s: no bank here; make one with “init”", options->data_dir);

  return gxs_bank_file_adopt (store->file, error);
}

static gboolean
open_writer (GxsStore               *store,
             const GxsStoreOptions  *options,
             GError                **error)
{
  if (!take_file (store, options, error))
    return FALSE;

  store->db = gxs_bank_file_open (store->file, options->create || options->data_dir == NULL ? GX_DB_CREATE : 0, CACHE_MIB, error);
  if (store->db == NULL)
    return FALSE;

  gx_db_set_sealer (store->db, options->sealer);
  return gxs_migrate (store->db, options->clock, error) && wind_clock (store, error);
}

/**
 * gxs_store_open:
 *
 * Takes the lock of the data folder, opens the writer and brings the schema up to date. No thread runs yet: until
 * gxs_store_start() the writer belongs to the caller.
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_IN_USE, %GX_ERROR_NOT_FOUND, %GX_ERROR_FUTURE, %GX_ERROR_TAMPERED, %GX_ERROR_IO
 */
GxsStore *
gxs_store_open (const GxsStoreOptions  *options,
                GError                **error)
{
  g_autoptr(GxsStore) store = g_new0 (GxsStore, 1);

  g_mutex_init (&store->mutex);
  g_cond_init (&store->wake);
  g_queue_init (&store->queue);
  store->sealer = options->sealer;
  store->clock = options->clock;
  store->random = options->random;
  store->max_batch = options->max_batch > 0 ? options->max_batch : MAX_BATCH;
  store->max_queue = options->max_queue > 0 ? options->max_queue : MAX_QUEUE;
  if (!open_writer (store, options, error))
    return NULL;

  return g_steal_pointer (&store);
}

/**
 * gxs_store_close:
 *
 * Finishes what is queued, stops the thread, closes the writer and gives the lock back. All readers are closed by then.
 */
void
gxs_store_close (GxsStore *store)
{
  gxs_store_stop (store);
  if (store->db != NULL)
    gx_db_checkpoint (store->db, TRUE, NULL);
  g_clear_pointer (&store->db, gx_db_close);
  g_clear_pointer (&store->file, gxs_bank_file_free);
  g_clear_pointer (&store->lock, gxs_lock_free);
  g_cond_clear (&store->wake);
  g_mutex_clear (&store->mutex);
  g_free (store);
}

/**
 * gxs_store_get_writer:
 *
 * Returns: (transfer none): the writing connection, the caller's while no thread runs
 */
GxDb *
gxs_store_get_writer (GxsStore *store)
{
  g_assert (store->thread == NULL);

  return store->db;
}

/**
 * gxs_store_open_reader:
 *
 * Returns: (transfer full) (nullable): a read-only connection for the calling thread
 */
GxDb *
gxs_store_open_reader (GxsStore  *store,
                       GError   **error)
{
  GxDb *db = gxs_bank_file_open (store->file, GX_DB_READ_ONLY, READER_CACHE_MIB, error);

  if (db != NULL)
    gx_db_set_sealer (db, store->sealer);

  return db;
}

static gboolean
do_job (GxsBatch *batch,
        Job      *job)
{
  g_autoptr(GxsPart) part = gxs_part_begin (batch, &job->error);

  return part != NULL
         && job->work (batch, job->data, &job->error)
         && gxs_part_commit (part, &job->error);
}

static gboolean
commit_jobs (GxsStore   *store,
             GPtrArray  *jobs,
             GError    **error)
{
  g_autoptr(GxsBatch) batch = gxs_batch_begin (store->db, store->clock, store->random, error);

  if (batch == NULL)
    return FALSE;
  for (guint i = 0; i < jobs->len; i++)
    do_job (batch, g_ptr_array_index (jobs, i));

  return gxs_batch_commit (batch, error);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_error (&job->error);
  g_free (job);
}

/* What broke the commit of many may be the fault of one (a key checked only at COMMIT): each is tried again alone. */
static void
retry_alone (GxsStore  *store,
             GPtrArray *jobs)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = g_ptr_array_index (jobs, i);
      g_autoptr(GPtrArray) one = g_ptr_array_new ();
      GError *error = NULL;

      g_clear_error (&job->error);
      g_ptr_array_add (one, job);
      if (commit_jobs (store, one, &error))
        continue;
      g_clear_error (&job->error);
      job->error = error;
    }
}

static void
answer (GPtrArray *jobs)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = g_ptr_array_index (jobs, i);

      if (job->done != NULL)
        job->done (job->data, job->error);
    }
}

static void
run_jobs (GxsStore  *store,
          GPtrArray *jobs)
{
  g_autoptr(GError) error = NULL;

  if (GX_BUG (GX_BUG_EARLY))
    answer (jobs);
  if (!commit_jobs (store, jobs, &error))
    retry_alone (store, jobs);
  if (!GX_BUG (GX_BUG_EARLY))
    answer (jobs);
}

static void
checkpoint (GxsStore *store,
            gboolean  idle)
{
  guint frames = gx_db_wal_frames (store->db);
  g_autoptr(GError) ignored = NULL;

  if (frames < store->checkpointed)
    store->checkpointed = 0;
  if (frames == 0 || (!idle && frames - store->checkpointed < CHECKPOINT_FRAMES))
    return;

  /* A reader in the way only delays it: the next slot tries again. */
  if (gx_db_checkpoint (store->db, idle, &ignored))
    store->checkpointed = idle ? 0 : frames;
}

/* Waits for work: TRUE with some in @jobs, FALSE when it is time to end. */
static gboolean
take_jobs (GxsStore  *store,
           GPtrArray *jobs)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&store->mutex);
  gint64 deadline = g_get_monotonic_time () + IDLE_MS * G_TIME_SPAN_MILLISECOND;
  gboolean cut = FALSE;

  while (g_queue_is_empty (&store->queue) && !store->stopping)
    {
      if (cut)
        g_cond_wait (&store->wake, &store->mutex);
      else if (!g_cond_wait_until (&store->wake, &store->mutex, deadline))
        {
          g_mutex_unlock (&store->mutex);
          if (store->between != NULL)
            store->between (store->db, store->between_data);
          checkpoint (store, TRUE);
          g_mutex_lock (&store->mutex);
          cut = TRUE;
        }
    }

  while (jobs->len < store->max_batch && !g_queue_is_empty (&store->queue))
    g_ptr_array_add (jobs, g_queue_pop_head (&store->queue));
  return jobs->len > 0;
}

static gpointer
commit_loop (gpointer data)
{
  GxsStore *store = data;

  gx_db_adopt (store->db);
  for (;;)
    {
      g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func (job_free);

      if (!take_jobs (store, jobs))
        return NULL;
      run_jobs (store, jobs);
      if (store->between != NULL)
        store->between (store->db, store->between_data);
      checkpoint (store, FALSE);
    }
}

/**
 * gxs_store_set_between:
 * @between: called after each batch, and before the log is cut when nothing happened for a while
 *
 * To be set before the committer starts.
 */
void
gxs_store_set_between (GxsStore        *store,
                       GxsStoreBetween  between,
                       gpointer         data)
{
  g_assert (store->thread == NULL);

  store->between = between;
  store->between_data = data;
}

/**
 * gxs_store_start:
 *
 * Starts the committer; the writer is its own from here on.
 */
void
gxs_store_start (GxsStore *store)
{
  g_assert (store->thread == NULL);

  store->stopping = FALSE;
  store->thread = g_thread_new ("committer", commit_loop, store);
}

/**
 * gxs_store_stop:
 *
 * Lets the committer finish what is queued and end; the writer is the caller's again.
 */
void
gxs_store_stop (GxsStore *store)
{
  if (store->thread == NULL)
    return;

  g_mutex_lock (&store->mutex);
  store->stopping = TRUE;
  g_cond_signal (&store->wake);
  g_mutex_unlock (&store->mutex);
  g_thread_join (g_steal_pointer (&store->thread));
  gx_db_adopt (store->db);
}

static Job *
job_new (GxsStoreWork work,
         GxsStoreDone done,
         gpointer     data)
{
  Job *job = g_new0 (Job, 1);

  job->work = work;
  job->done = done;
  job->data = data;
  return job;
}

/**
 * gxs_store_submit:
 * @work: what to write
 * @done: (nullable): told after the commit
 *
 * Errors: %GX_ERROR_BUSY when the queue is full or the store is stopping; then neither function runs
 */
gboolean
gxs_store_submit (GxsStore      *store,
                  GxsStoreWork   work,
                  GxsStoreDone   done,
                  gpointer       data,
                  GError       **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&store->mutex);

  g_assert (store->thread != NULL);

  if (store->stopping || g_queue_get_length (&store->queue) >= store->max_queue)
    return gx_fail_busy (error, RETRY_SECONDS, "the server has more to write than it can");

  g_queue_push_tail (&store->queue, job_new (work, done, data));
  g_cond_signal (&store->wake);
  return TRUE;
}

typedef struct
{
  GxsStoreWork  work;
  gpointer      data;
  GMutex        mutex;
  GCond         cond;
  gboolean      done;
  GError       *error;
} Wait;

static gboolean
run_waited (GxsBatch  *batch,
            gpointer   data,
            GError   **error)
{
  Wait *wait = data;

  return wait->work (batch, wait->data, error);
}

static void
on_waited_done_cb (gpointer      data,
                   const GError *error)
{
  Wait *wait = data;

  g_mutex_lock (&wait->mutex);
  wait->error = error != NULL ? g_error_copy (error) : NULL;
  wait->done = TRUE;
  g_cond_signal (&wait->cond);
  g_mutex_unlock (&wait->mutex);
}

static gboolean
wait_for (GxsStore  *store,
          Wait      *wait,
          GError   **error)
{
  if (!gxs_store_submit (store, run_waited, on_waited_done_cb, wait, error))
    return FALSE;

  g_mutex_lock (&wait->mutex);
  while (!wait->done)
    g_cond_wait (&wait->cond, &wait->mutex);
  g_mutex_unlock (&wait->mutex);
  if (wait->error == NULL)
    return TRUE;

  g_propagate_error (error, wait->error);
  return FALSE;
}

/**
 * gxs_store_run:
 *
 * Writes and waits for the commit. Without a running committer it is done here and now, on the caller's thread.
 */
gboolean
gxs_store_run (GxsStore      *store,
               GxsStoreWork   work,
               gpointer       data,
               GError       **error)
{
  if (store->thread == NULL)
    {
      g_autoptr(GxsBatch) batch = gxs_batch_begin (store->db, store->clock, store->random, error);

      return batch != NULL && work (batch, data, error) && gxs_batch_commit (batch, error);
    }
  else
    {
      Wait wait = { .work = work, .data = data };
      gboolean done;

      g_mutex_init (&wait.mutex);
      g_cond_init (&wait.cond);
      done = wait_for (store, &wait, error);
      g_cond_clear (&wait.cond);
      g_mutex_clear (&wait.mutex);
      return done;
    }
}

guint
gxs_store_get_queued (GxsStore *store)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&store->mutex);

  return g_queue_get_length (&store->queue);
}
