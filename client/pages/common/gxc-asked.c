/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When something that only the bank has is worth being asked for again. A window that opens may ask before it is signed in,
 * or with a session that its own sign-in ends a moment later: both are refused, and both are over with the next sync. */

#include "gxc-asked.h"

/** gxc_asked_at: what to remember when something is asked for: the last sync of then */
gint64
gxc_asked_at (GxcDesk *desk)
{
  GxcSyncSummary summary;

  gxc_desk_get_summary (desk, &summary);
  return summary.synced_at;
}

/** gxc_asked_is_old: whether a sync went through since, and the bank is there */
gboolean
gxc_asked_is_old (GxcDesk *desk,
                  gint64   asked_at)
{
  GxcSyncSummary summary;

  gxc_desk_get_summary (desk, &summary);
  return summary.online && summary.synced_at != asked_at;
}
