/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who waits for news, and the thread that tells them: what comes within 200 ms of the first is told together, and whoever has
 * waited long enough is told that there is nothing.
 *
 *   committer --tell(head)--> head --200 ms--> thread: func (head) of each who knew less, and of who follows
 *
 * It asks no database and knows no session: whoever waits was let in by the gate, and learns a number.
 */
#include "gxs-news.h"

#define TOGETHER_US (200 * 1000)

typedef struct
{
  gint64      cursor;
  gint64      until;        /* µs, monotonic */
  GxsNewsFunc func;
  gpointer    data;
} Waiter;

struct _GxsNews
{
  GThread *thread;
  GMutex   lock;            /* guards what follows */
  GCond    cond;
  gint64   head;
  gint64   tell_at;         /* µs, monotonic: when what has come is told; 0 = it was */
  gboolean stopping;
  GArray  *waiters;         /* of Waiter */
  GxsNewsFunc follow;       /* (nullable) */
  gpointer follow_data;
};

/* When @waiter is to be told, as things stand. */
static gint64
due_at (const GxsNews *news,
        const Waiter  *waiter)
{
  if (news->stopping)
    return 0;

  return waiter->cursor < news->head ? MIN (waiter->until, news->tell_at) : waiter->until;
}

/* Takes out whom it is time to tell; *out_next is when it is time for the next. */
static GArray *
take_due (GxsNews *news,
          gint64  *out_next)
{
  GArray *due = g_array_new (FALSE, FALSE, sizeof (Waiter));
  gint64 now = g_get_monotonic_time ();

  *out_next = news->tell_at != 0 && news->tell_at > now ? news->tell_at : G_MAXINT64;
  for (guint i = news->waiters->len; i > 0; i--)
    {
      Waiter waiter = g_array_index (news->waiters, Waiter, i - 1);
      gint64 at = due_at (news, &waiter);

      if (at > now)
        {
          *out_next = MIN (*out_next, at);
          continue;
        }
      g_array_append_val (due, waiter);
      g_array_remove_index_fast (news->waiters, i - 1);
    }

  return due;
}

static void
tell_all (GArray *due,
          gint64  head)
{
  for (guint i = 0; i < due->len; i++)
    {
      const Waiter *waiter = &g_array_index (due, Waiter, i);

      waiter->func (head, waiter->data);
    }
}

/* Whether it is time to tell what has come: once for all that came since the first of it. */
static gboolean
take_round (GxsNews *news)
{
  if (news->tell_at == 0 || news->tell_at > g_get_monotonic_time ())
    return FALSE;

  news->tell_at = 0;
  return TRUE;
}

static gpointer
news_thread (gpointer data)
{
  GxsNews *news = data;
  gboolean go_on = TRUE;

  while (go_on)
    {
      g_autoptr(GArray) due = NULL;
      gint64 next, head;
      GxsNewsFunc follow;

      g_mutex_lock (&news->lock);
      follow = take_round (news) ? news->follow : NULL;
      due = take_due (news, &next);
      head = news->head;
      go_on = !news->stopping;
      if (due->len == 0 && follow == NULL && go_on)
        {
          if (next == G_MAXINT64)
            g_cond_wait (&news->cond, &news->lock);
          else
            g_cond_wait_until (&news->cond, &news->lock, next);
        }
      g_mutex_unlock (&news->lock);
      tell_all (due, head);
      if (follow != NULL)
        follow (head, news->follow_data);
    }

  return NULL;
}

GxsNews *
gxs_news_new (void)
{
  GxsNews *news = g_new0 (GxsNews, 1);

  g_mutex_init (&news->lock);
  g_cond_init (&news->cond);
  news->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  news->thread = g_thread_new ("news", news_thread, news);

  return news;
}

/**
 * gxs_news_stop:
 *
 * Tells everybody who waits; from here on nobody waits any more.
 */
void
gxs_news_stop (GxsNews *news)
{
  g_mutex_lock (&news->lock);
  news->stopping = TRUE;
  g_cond_signal (&news->cond);
  g_mutex_unlock (&news->lock);
  if (news->thread != NULL)
    g_thread_join (g_steal_pointer (&news->thread));
}

void
gxs_news_free (GxsNews *news)
{
  gxs_news_stop (news);
  g_array_unref (news->waiters);
  g_mutex_clear (&news->lock);
  g_cond_clear (&news->cond);
  g_free (news);
}

/** gxs_news_tell: the bank's clock has come to @head; from any thread */
void
gxs_news_tell (GxsNews *news,
               gint64   head)
{
  g_mutex_lock (&news->lock);
  if (head > news->head)
    {
      news->head = head;
      if (news->tell_at == 0)
        news->tell_at = g_get_monotonic_time () + TOGETHER_US;
      g_cond_signal (&news->cond);
    }
  g_mutex_unlock (&news->lock);
}

/**
 * gxs_news_wait:
 * @cursor: what the caller knows
 * @seconds: after which it is told all the same
 * @func: called once, on another thread; at once, on this one, when the server is about to end
 */
void
gxs_news_wait (GxsNews     *news,
               gint64       cursor,
               gint64       seconds,
               GxsNewsFunc  func,
               gpointer     data)
{
  const Waiter waiter = { cursor, g_get_monotonic_time () + seconds * G_USEC_PER_SEC, func, data };
  gboolean late;
  gint64 head;

  g_mutex_lock (&news->lock);
  late = news->stopping;
  head = news->head;
  if (!late)
    {
      g_array_append_val (news->waiters, waiter);
      g_cond_signal (&news->cond);
    }
  g_mutex_unlock (&news->lock);
  if (late)
    func (head, data);
}

/**
 * gxs_news_follow:
 * @func: called whenever there are news, on the thread that tells them; never after gxs_news_stop(). There is one.
 *
 * Returns: how far the clock has come by now
 */
gint64
gxs_news_follow (GxsNews     *news,
                 GxsNewsFunc  func,
                 gpointer     data)
{
  gint64 head;

  g_mutex_lock (&news->lock);
  news->follow = func;
  news->follow_data = data;
  head = news->head;
  g_mutex_unlock (&news->lock);

  return head;
}
