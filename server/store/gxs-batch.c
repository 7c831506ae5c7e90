/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One write transaction: its moment, its sequence numbers, and the state that services keep for as long as it lasts.
 *
 * It starts no thread and knows no queue (gxs-store does), so a simulation can run it over :memory:. The clock row is
 * taken first and written last: on every engine with row locks the order of sequences is the order of commits.
 */
#include "gxs-batch.h"

#include "gx-transaction.h"

typedef struct
{
  const char     *key;
  gpointer        state;
  GDestroyNotify  free_state;
  GxsBatchHook    before_commit;
  GxsBatchMark    mark;
  GxsBatchRestore restore;
  GDestroyNotify  free_mark;
} State;

struct _GxsBatch
{
  GxDb          *db;            /* borrowed */
  GxRandom      *random;        /* borrowed */
  GxTransaction *transaction;   /* owned */
  GArray        *states;        /* of State, few */
  GxIdMaker      ids;
  gint64         now;
  gint64         start;         /* the clock row as it was found */
  gint64         head;
  char          *epoch;
  gboolean       new_epoch;     /* to be written back too */
  guint          depth;         /* parts that are open */
};

/* A mark frees itself: by the end of its part the state may have moved up, or be gone. */
typedef struct
{
  const char    *key;           /* of its state */
  gpointer       mark;          /* (nullable) */
  GDestroyNotify free_mark;     /* (nullable) */
} Mark;

static void
mark_clear (gpointer data)
{
  Mark *mark = data;

  if (mark->mark != NULL && mark->free_mark != NULL)
    mark->free_mark (mark->mark);
}

struct _GxsPart
{
  GxsBatch      *batch;         /* borrowed */
  GxTransaction *savepoint;     /* owned */
  GArray        *marks;         /* of Mark, one for each state there was */
  gboolean       done;
};

static gboolean
take_clock (GxsBatch  *batch,
            GError   **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (batch->db, error, "UPDATE sync_clock SET seq = seq WHERE shard = 0 RETURNING seq, epoch", NULL);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  if (!gx_statement_next (statement, &local))
    {
      if (local == NULL)
        return gx_fail (error, GX_ERROR_DATABASE, "the database has no clock row");
      g_propagate_error (error, local);
      return FALSE;
    }

  batch->start = batch->head = gx_statement_get_int (statement, 0);
  batch->epoch = g_strdup (gx_statement_get_text (statement, 1));
  return TRUE;
}

/**
 * gxs_batch_begin:
 * @db: (transfer none): the writer
 *
 * Returns: (transfer full) (nullable): a batch that holds the write lock
 */
GxsBatch *
gxs_batch_begin (GxDb      *db,
                 GxClock   *clock,
                 GxRandom  *random,
                 GError   **error)
{
  g_autoptr(GxsBatch) batch = g_new0 (GxsBatch, 1);

  batch->db = db;
  batch->random = random;
  batch->now = gx_clock_now (clock);
  batch->states = g_array_new (FALSE, TRUE, sizeof (State));
  gx_id_maker_init (&batch->ids, clock, random);
  batch->transaction = gx_transaction_begin (db, error);
  if (batch->transaction == NULL || !take_clock (batch, error))
    return NULL;

  return g_steal_pointer (&batch);
}

static gboolean
flush_state (GxsBatch  *batch,
             guint      index,
             GError   **error)
{
  State *state = &g_array_index (batch->states, State, index);

  return state->before_commit == NULL || state->before_commit (batch, state->state, error);
}

/**
 * gxs_batch_commit:
 *
 * When it fails nothing was kept; the batch is still to be freed.
 */
gboolean
gxs_batch_commit (GxsBatch  *batch,
                  GError   **error)
{
  g_assert (batch->depth == 0);

  for (guint i = 0; i < batch->states->len; i++)
    if (!flush_state (batch, i, error))
      return FALSE;
  if (batch->head != batch->start
      && !gx_db_run (batch->db, error, "UPDATE sync_clock SET seq = ? WHERE shard = 0", "i", batch->head))
    return FALSE;

  if (batch->new_epoch
      && !gx_db_run (batch->db, error, "UPDATE sync_clock SET epoch = ? WHERE shard = 0", "t", batch->epoch))
    return FALSE;

  return gx_transaction_commit (batch->transaction, error);
}

static void
drop_state (GxsBatch *batch,
            guint     index)
{
  State *state = &g_array_index (batch->states, State, index);

  if (state->free_state != NULL)
    state->free_state (state->state);
  g_array_remove_index (batch->states, index);
}

void
gxs_batch_free (GxsBatch *batch)
{
  while (batch->states->len > 0)
    drop_state (batch, batch->states->len - 1);
  g_array_unref (batch->states);
  g_clear_pointer (&batch->transaction, gx_transaction_free);
  g_free (batch->epoch);
  g_free (batch);
}

GxDb *
gxs_batch_get_db (GxsBatch *batch)
{
  return batch->db;
}

gint64
gxs_batch_get_now (GxsBatch *batch)
{
  return batch->now;
}

GxRandom *
gxs_batch_get_random (GxsBatch *batch)
{
  return batch->random;
}

const char *
gxs_batch_get_epoch (GxsBatch *batch)
{
  return batch->epoch;
}

/**
 * gxs_batch_draw_epoch:
 *
 * Returns: (transfer full): the name of a bank's past, that no other one has
 */
char *
gxs_batch_draw_epoch (GxRandom *random)
{
  GString *epoch = g_string_new (NULL);
  guint8 bytes[8];

  gx_random_bytes (random, bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (epoch, "%02x", bytes[i]);

  return g_string_free (epoch, FALSE);
}

/**
 * gxs_batch_new_epoch:
 *
 * The database was brought back from a backup: another epoch, and sequence numbers beyond all that the lost one can have
 * given: they begin at the second in which it is done, a million for each.
 */
void
gxs_batch_new_epoch (GxsBatch *batch)
{
  g_free (batch->epoch);
  batch->epoch = gxs_batch_draw_epoch (batch->random);
  batch->new_epoch = TRUE;
  batch->head = MAX (batch->head + 1, (batch->now / 1000) << 20);
}

gint64
gxs_batch_get_head (GxsBatch *batch)
{
  return batch->head;
}

/**
 * gxs_batch_next_seq:
 *
 * Returns: the next sequence number; one that is not used in the end leaves a gap, which is legal
 */
gint64
gxs_batch_next_seq (GxsBatch *batch)
{
  return ++batch->head;
}

GxId
gxs_batch_new_id (GxsBatch *batch)
{
  return gx_id_make (&batch->ids);
}

static State *
find_state (GxsBatch   *batch,
            const char *key)
{
  for (guint i = 0; i < batch->states->len; i++)
    if (g_str_equal (g_array_index (batch->states, State, i).key, key))
      return &g_array_index (batch->states, State, i);

  return NULL;
}

/**
 * gxs_batch_get_state:
 *
 * Returns: (nullable) (transfer none)
 */
gpointer
gxs_batch_get_state (GxsBatch   *batch,
                     const char *key)
{
  State *state = find_state (batch, key);

  return state != NULL ? state->state : NULL;
}

/**
 * gxs_batch_set_state:
 * @key: a literal that lives as long as the program; not yet in use in this batch
 * @state: (transfer full)
 * @before_commit: (nullable): runs inside the transaction before the clock row is written; may run more than once
 */
void
gxs_batch_set_state (GxsBatch       *batch,
                     const char     *key,
                     gpointer        state,
                     GDestroyNotify  free_state,
                     GxsBatchHook    before_commit)
{
  const State row = { .key = key, .state = state, .free_state = free_state, .before_commit = before_commit };

  g_assert (find_state (batch, key) == NULL);

  g_array_append_val (batch->states, row);
}

/**
 * gxs_batch_set_marks:
 * @mark: returns what @restore needs to bring the state back to where it is now
 * @restore: brings it back; @free_mark frees the mark in any case
 */
void
gxs_batch_set_marks (GxsBatch        *batch,
                     const char      *key,
                     GxsBatchMark     mark,
                     GxsBatchRestore  restore,
                     GDestroyNotify   free_mark)
{
  State *state = find_state (batch, key);

  g_assert (state != NULL);
  state->mark = mark;
  state->restore = restore;
  state->free_mark = free_mark;
}

/**
 * gxs_part_begin:
 *
 * Returns: (transfer full) (nullable)
 */
GxsPart *
gxs_part_begin (GxsBatch  *batch,
                GError   **error)
{
  GxsPart *part;
  GxTransaction *savepoint;

  for (guint i = 0; i < batch->states->len; i++)
    if (g_array_index (batch->states, State, i).mark == NULL && !flush_state (batch, i, error))
      return NULL;
  savepoint = gx_transaction_begin (batch->db, error);
  if (savepoint == NULL)
    return NULL;

  part = g_new0 (GxsPart, 1);
  part->batch = batch;
  part->savepoint = savepoint;
  part->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_array_set_clear_func (part->marks, mark_clear);
  for (guint i = 0; i < batch->states->len; i++)
    {
      const State *state = &g_array_index (batch->states, State, i);
      const Mark mark = { state->key, state->mark != NULL ? state->mark (state->state) : NULL, state->free_mark };

      g_array_append_val (part->marks, mark);
    }
  batch->depth++;
  return part;
}

gboolean
gxs_part_commit (GxsPart  *part,
                 GError  **error)
{
  if (!gx_transaction_commit (part->savepoint, error))
    return FALSE;

  part->done = TRUE;
  return TRUE;
}

static gpointer
find_mark (GxsPart    *part,
           const char *key)
{
  for (guint i = 0; i < part->marks->len; i++)
    if (g_str_equal (g_array_index (part->marks, Mark, i).key, key))
      return g_array_index (part->marks, Mark, i).mark;

  return NULL;
}

/* States that came after the part began know only what is undone: forgotten, like those without marks. A part within it may
 * have forgotten some before. */
static void
restore_states (GxsPart *part)
{
  GxsBatch *batch = part->batch;

  for (guint i = batch->states->len; i > 0; i--)
    {
      State *state = &g_array_index (batch->states, State, i - 1);

      gpointer mark = state->mark != NULL ? find_mark (part, state->key) : NULL;

      if (mark != NULL)
        state->restore (state->state, mark);
      else
        drop_state (batch, i - 1);
    }
}

void
gxs_part_free (GxsPart *part)
{
  gx_transaction_free (part->savepoint);
  if (!part->done)
    restore_states (part);
  g_array_unref (part->marks);
  part->batch->depth--;
  g_free (part);
}
