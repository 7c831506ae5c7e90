/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls from other threads into a main context, many at one wake-up.
 *
 * g_main_context_invoke() would do, but makes a GSource a call, wakes the loop each time, and runs the call in the
 * sender's thread when the loop does not happen to run. Here a burst of answers costs one wake-up, and a call runs in
 * its loop or not at all.
 */
#include "gxs-inbox.h"

typedef struct
{
  GxsInboxFunc func;
  gpointer     data;
} Letter;

typedef struct
{
  GSource   parent;
  GxsInbox *inbox;          /* (borrowed) it destroys us */
} InboxSource;

struct _GxsInbox
{
  gatomicrefcount refs;
  GSource        *source;   /* (owned) */
  GArray         *read;     /* (owned) of Letter; touched only in the loop's thread */

  struct
  {
    GMutex   lock;
    GArray  *letters;       /* (owned) of Letter */
    gboolean is_closed;
  } shared;
};

static void
read_letters (GxsInbox *self)
{
  GArray *letters;

  g_mutex_lock (&self->shared.lock);
  letters = self->shared.letters;
  self->shared.letters = self->read;
  self->read = letters;
  g_mutex_unlock (&self->shared.lock);

  for (guint i = 0; i < letters->len; i++)
    {
      Letter letter = g_array_index (letters, Letter, i);

      letter.func (letter.data);
    }
  g_array_set_size (letters, 0);
}

static gboolean
dispatch (GSource     *source,
          GSourceFunc  callback,
          gpointer     user_data)
{
  g_source_set_ready_time (source, -1);
  read_letters (((InboxSource *) source)->inbox);

  return G_SOURCE_CONTINUE;
}

/**
 * gxs_inbox_new:
 * @context: the calls run where this is iterated
 */
GxsInbox *
gxs_inbox_new (GMainContext *context)
{
  static GSourceFuncs funcs = { .dispatch = dispatch };
  GxsInbox *self = g_new0 (GxsInbox, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->shared.lock);
  self->read = g_array_new (FALSE, FALSE, sizeof (Letter));
  self->shared.letters = g_array_new (FALSE, FALSE, sizeof (Letter));
  self->source = g_source_new (&funcs, sizeof (InboxSource));
  ((InboxSource *) self->source)->inbox = self;
  g_source_attach (self->source, context);

  return self;
}

GxsInbox *
gxs_inbox_ref (GxsInbox *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gxs_inbox_unref (GxsInbox *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_source_unref (self->source);
  g_array_unref (self->read);
  g_array_unref (self->shared.letters);
  g_mutex_clear (&self->shared.lock);
  g_free (self);
}

/**
 * gxs_inbox_post:
 *
 * Any thread.
 *
 * Returns: %FALSE when the inbox is closed: @func is not called then, and @data is still the caller's
 */
gboolean
gxs_inbox_post (GxsInbox     *self,
                GxsInboxFunc  func,
                gpointer      data)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);
  Letter letter = { func, data };

  if (self->shared.is_closed)
    return FALSE;

  g_array_append_val (self->shared.letters, letter);
  if (self->shared.letters->len == 1)
    g_source_set_ready_time (self->source, 0);
  return TRUE;
}

/**
 * gxs_inbox_close:
 *
 * Takes no more calls and makes those that wait. Only in the thread of the loop.
 */
void
gxs_inbox_close (GxsInbox *self)
{
  g_mutex_lock (&self->shared.lock);
  self->shared.is_closed = TRUE;
  g_mutex_unlock (&self->shared.lock);

  read_letters (self);
  g_source_destroy (self->source);
}
