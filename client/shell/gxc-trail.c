/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where one has been, like a browser's history: plain values without widgets. A page is not kept alive by it; it is shown
 * again by name, customer and part. */

#include "gxc-trail.h"

#define MOST 50

/** gxc_stop_new: @customer is copied, and may be %NULL */
GxcStop *
gxc_stop_new (const char *page,
              const GxId *customer,
              const char *part)
{
  GxcStop *stop = g_new0 (GxcStop, 1);

  stop->page = g_strdup (page);
  stop->part = g_strdup (part);
  if (customer)
    stop->customer = *customer;
  return stop;
}

void
gxc_stop_free (GxcStop *stop)
{
  if (!stop)
    return;
  g_free (stop->page);
  g_free (stop->part);
  g_free (stop);
}

/** gxc_stop_equal: whether it is the same page of the same customer; the part does not count */
gboolean
gxc_stop_equal (const GxcStop *a,
                const GxcStop *b)
{
  return a && b && g_str_equal (a->page, b->page) && gx_id_equal (&a->customer, &b->customer);
}

static void
push (GQueue *queue, GxcStop *stop)
{
  if (stop && !gxc_stop_equal (g_queue_peek_head (queue), stop))
    g_queue_push_head (queue, stop);
  else
    gxc_stop_free (stop);
  if (g_queue_get_length (queue) > MOST)
    gxc_stop_free (g_queue_pop_tail (queue));
}

/** gxc_trail_leave: @stop (transfer full) (nullable) is left for something new: there is no way forward any more */
void
gxc_trail_leave (GxcTrail *trail,
                 GxcStop  *stop)
{
  push (&trail->back, stop);
  g_queue_clear_full (&trail->forward, (GDestroyNotify) gxc_stop_free);
}

static GxcStop *
move (GQueue *from, GQueue *to, GxcStop *current)
{
  GxcStop *stop = g_queue_pop_head (from);

  if (stop)
    push (to, current);
  else
    gxc_stop_free (current);
  return stop;
}

/**
 * gxc_trail_back:
 * @current: (transfer full): what is looked at
 *
 * Returns: (transfer full) (nullable): what was looked at before
 */
GxcStop *
gxc_trail_back (GxcTrail *trail,
                GxcStop  *current)
{
  return move (&trail->back, &trail->forward, current);
}

/** gxc_trail_forward: (transfer full) (nullable): what one came back from; @current (transfer full) */
GxcStop *
gxc_trail_forward (GxcTrail *trail,
                   GxcStop  *current)
{
  return move (&trail->forward, &trail->back, current);
}

void
gxc_trail_clear (GxcTrail *trail)
{
  g_queue_clear_full (&trail->back, (GDestroyNotify) gxc_stop_free);
  g_queue_clear_full (&trail->forward, (GDestroyNotify) gxc_stop_free);
}
