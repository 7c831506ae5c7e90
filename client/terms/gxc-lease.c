/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a desk works without the server: after some days it only shows, after some more it shows nothing, until it has met
 * the server again. What was typed before stays in the queue and is sent then.
 *
 * The device's clock is its owner's, so the time of a lease is the greatest that was ever seen, and the hours in which the
 * desk is open count even where the clock stands still: a clock that is set back gives nobody another week. Values in,
 * values out; where they are kept is the store's matter.
 */
#include "gxc-lease.h"

#include <glib/gi18n.h>

#include "gx-bug.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* The nearer of two times that are not before @seen; @seen if neither is. */
static gint64
nearest_after (gint64 seen,
               gint64 one,
               gint64 other)
{
  if (one < seen)
    return other < seen ? seen : other;

  return other < seen ? one : MIN (one, other);
}

/**
 * gxc_lease_tell_time:
 * @seen: ms UTC, the greatest time so far
 * @now: ms UTC by the device's clock
 * @clock_off: ms that the server's clock was ahead of the device's when it was last heard
 * @awake: ms since @seen was noted, by a clock that nobody sets; 0 if that is not known
 *
 * A clock that was put right since the server was heard is believed as it is, one that was not is corrected.
 *
 * Returns: ms UTC, not before @seen
 */
gint64
gxc_lease_tell_time (gint64 seen,
                     gint64 now,
                     gint64 clock_off,
                     gint64 awake)
{
  return GX_BUG (GX_BUG_CLOCK) ? now : MAX (nearest_after (seen, now, now + clock_off), seen + MAX (awake, 0));
}

/**
 * gxc_lease_judge:
 * @contact: ms UTC, 0 = the server was never met: there is no lease yet
 * @now: of gxc_lease_tell_time()
 */
void
gxc_lease_judge (gint64    contact,
                 gint64    now,
                 int       read_only_days,
                 int       locked_days,
                 GxcLease *out_lease)
{
  *out_lease = (GxcLease) { GXC_LEASE_OPEN };
  if (contact == 0)
    return;

  out_lease->contact = contact;
  out_lease->now = now;
  out_lease->read_only_at = contact + read_only_days * DAY_MS;
  out_lease->locked_at = contact + MAX (locked_days, read_only_days) * DAY_MS;
  if (now >= out_lease->locked_at)
    out_lease->state = GXC_LEASE_LOCKED;
  else if (now >= out_lease->read_only_at)
    out_lease->state = GXC_LEASE_READ_ONLY;
}

static gint64
next_end (const GxcLease *lease)
{
  return lease->state == GXC_LEASE_OPEN ? lease->read_only_at : lease->locked_at;
}

/** gxc_lease_ends_soon: whether it is time to speak of it unasked; always once something is refused */
gboolean
gxc_lease_ends_soon (const GxcLease *lease)
{
  return lease->contact != 0 && (lease->state != GXC_LEASE_OPEN || lease->read_only_at - lease->now <= GXC_LEASE_SOON_DAYS * DAY_MS);
}

/** gxc_lease_days_left: until the next of its ends, the day that has begun counted */
guint
gxc_lease_days_left (const GxcLease *lease)
{
  gint64 left = next_end (lease) - lease->now;

  return left > 0 ? (guint) ((left + DAY_MS - 1) / DAY_MS) : 0;
}

static char *
day_of (gint64 ms)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (ms / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("");
}

/**
 * gxc_lease_title:
 *
 * Returns: (transfer full) (nullable): the matter in a few words; %NULL where there is none to speak of
 */
char *
gxc_lease_title (const GxcLease *lease)
{
  guint days = gxc_lease_days_left (lease);

  if (!gxc_lease_ends_soon (lease))
    return NULL;
  if (lease->state == GXC_LEASE_LOCKED)
    return g_strdup (_("Locked"));
  if (lease->state == GXC_LEASE_READ_ONLY)
    return g_strdup_printf (ngettext ("Read only, %u day until it locks", "Read only, %u days until it locks", days), days);

  return g_strdup_printf (ngettext ("%u day left without the bank", "%u days left without the bank", days), days);
}

/**
 * gxc_lease_words:
 *
 * Returns: (transfer full) (nullable): what is the matter and what to do about it; %NULL where there is nothing to speak of
 */
char *
gxc_lease_words (const GxcLease *lease)
{
  g_autofree char *met = day_of (lease->contact), *until = day_of (next_end (lease));

  if (!gxc_lease_ends_soon (lease))
    return NULL;
  if (lease->state == GXC_LEASE_LOCKED)
    return g_strdup_printf (_("Connect and sign in: this desk last reached the bank on %s, which is too long ago. It opens once it has reached it again; what waits is kept and is sent then."),
                            met);
  if (lease->state == GXC_LEASE_READ_ONLY)
    return g_strdup_printf (_("Connect and sign in: this desk last reached the bank on %s. Until it reaches it again it takes no changes, and from %s on it shows nothing; what waits is kept and is sent then."),
                            met, until);

  return g_strdup_printf (_("Connect before %s: from then on this desk takes no changes until it has reached the bank. What is typed until then is kept."), until);
}
