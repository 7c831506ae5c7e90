/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long to wait before trying again: full jitter, so that a thousand desks do not come back in the same second. Pure. */
#include "gxc-backoff.h"

/**
 * gxc_backoff_delay:
 * @attempts: how many have failed in a row, from 1
 * @retry_after_ms: what the server asked for, 0 = nothing
 * @jitter: a random number
 *
 * Returns: ms from now: evenly between 0 and 1 s, 2 s, 4 s … 5 min, and never before @retry_after_ms
 */
gint64
gxc_backoff_delay (guint   attempts,
                   gint64  retry_after_ms,
                   guint32 jitter)
{
  gint64 ceiling = GXC_BACKOFF_FIRST_MS;

  for (guint i = 1; i < attempts && ceiling < GXC_BACKOFF_LAST_MS; i++)
    ceiling *= 2;
  ceiling = MIN (ceiling, GXC_BACKOFF_LAST_MS);

  return MAX (retry_after_ms, 0) + (gint64) ((guint64) ceiling * jitter / G_MAXUINT32);
}
