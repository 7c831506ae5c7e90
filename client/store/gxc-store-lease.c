/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a desk's lease is kept: when the server was last met, the greatest time ever seen, and the bank's settings. How it is
 * judged is gxc-lease's matter (client/terms).
 *
 * A store in memory has no lease: nothing of it lies on a computer that could be lost.
 */
#include "gxc-store-lease.h"

#include <stdlib.h>

#include "gx-error.h"
#include "gxc-meta.h"
#include "gxc-store-private.h"

static int
days_of (GxDb       *db,
         const char *code,
         int         otherwise)
{
  g_autofree char *text = NULL;
  int days;

  if (!gx_db_query_text (db, &text, NULL, "SELECT value FROM setting WHERE code=?", "t", code) || text == NULL)
    return otherwise;
  days = atoi (text);

  return days >= 1 && days <= GXC_LEASE_MAX_DAYS ? days : otherwise;
}

static void
judge (GxDb     *db,
       gint64    now,
       GxcLease *out_lease)
{
  gxc_lease_judge (gxc_meta_get_int (db, GXC_META_CONTACT), now, days_of (db, "lease_read_only_days", GXC_LEASE_READ_ONLY_DAYS),
                   days_of (db, "lease_locked_days", GXC_LEASE_LOCKED_DAYS), out_lease);
}

/** gxc_lease_read: of a store on a disk */
void
gxc_lease_read (GxDb     *db,
                GxClock  *clock,
                GxcLease *out_lease)
{
  judge (db, gxc_lease_tell_time (gxc_meta_get_int (db, GXC_META_SEEN), gx_clock_now (clock), gxc_meta_get_int (db, GXC_META_CLOCK_OFFSET), 0),
         out_lease);
}

static gboolean
has_lease (GxcStore *store)
{
  return gxc_store_get_directory (store) != NULL;
}

/* Notes the time; the hours since it was last noted count whatever the clock says. */
static gboolean
touch_here (GxcStore  *store,
            gpointer   data,
            GError   **error)
{
  GxDb *db = gxc_store_get_db (store);
  GxClock *clock = gxc_store_get_clock (store);
  gint64 *mark = gxc_store_get_lease_mark (store);
  gint64 ticks = gx_clock_monotonic (clock) / 1000, seen = gxc_meta_get_int (db, GXC_META_SEEN);
  gint64 now = gxc_lease_tell_time (seen, gx_clock_now (clock), gxc_meta_get_int (db, GXC_META_CLOCK_OFFSET), *mark != 0 ? ticks - *mark : 0);

  /* What an earlier program knew of the server: when it was last heard to its end. */
  if (gxc_meta_get_int (db, GXC_META_CONTACT) == 0 && gxc_meta_get_int (db, GXC_META_LAST_SYNC) != 0
      && !gxc_meta_set_int (store, GXC_META_CONTACT, gxc_meta_get_int (db, GXC_META_LAST_SYNC), error))
    return FALSE;
  *mark = ticks;

  return now == seen || gxc_meta_set_int (store, GXC_META_SEEN, now, error);
}

/**
 * gxc_lease_touch:
 *
 * Notes what time it is. To be called when a profile is opened, and now and then while it is open.
 */
gboolean
gxc_lease_touch (GxcStore  *store,
                 GError   **error)
{
  return !has_lease (store) || gxc_store_call (store, touch_here, NULL, error);
}

static gboolean
renew_here (GxcStore  *store,
            gpointer   data,
            GError   **error)
{
  GxClock *clock = gxc_store_get_clock (store);
  gint64 now = gx_clock_now (clock) + gxc_meta_get_int (gxc_store_get_db (store), GXC_META_CLOCK_OFFSET);

  *gxc_store_get_lease_mark (store) = gx_clock_monotonic (clock) / 1000;
  return gxc_meta_set_int (store, GXC_META_CONTACT, now, error) && gxc_meta_set_int (store, GXC_META_SEEN, now, error);
}

/**
 * gxc_lease_renew:
 *
 * The server has let this desk in: the days begin anew, by the server's time, and whatever the clock said before is forgotten.
 */
gboolean
gxc_lease_renew (GxcStore  *store,
                 GError   **error)
{
  return !has_lease (store) || gxc_store_call (store, renew_here, NULL, error);
}

static gboolean
read_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  gxc_lease_read (gxc_store_get_db (store), gxc_store_get_clock (store), data);
  return TRUE;
}

void
gxc_store_read_lease (GxcStore *store,
                      GxcLease *out_lease)
{
  *out_lease = (GxcLease) { GXC_LEASE_OPEN };
  if (has_lease (store))
    gxc_store_call (store, read_here, out_lease, NULL);
}

/** gxc_lease_fail: FALSE, with %GX_ERROR_LEASE and what makes it possible */
gboolean
gxc_lease_fail (const GxcLease  *lease,
                GError         **error)
{
  g_autofree char *words = gxc_lease_words (lease);

  return gx_fail (error, GX_ERROR_LEASE, "%s", words);
}

/**
 * gxc_lease_check:
 *
 * Errors: %GX_ERROR_LEASE if no changes are taken, with what makes them possible
 */
gboolean
gxc_lease_check (GxcStore  *store,
                 GError   **error)
{
  GxcLease lease;

  gxc_store_read_lease (store, &lease);
  return lease.state == GXC_LEASE_OPEN || gxc_lease_fail (&lease, error);
}

/**
 * gxc_lease_may_show:
 *
 * Errors: %GX_ERROR_LEASE if nothing is shown
 */
gboolean
gxc_lease_may_show (GxcStore  *store,
                    GError   **error)
{
  GxcLease lease;

  gxc_store_read_lease (store, &lease);
  return lease.state != GXC_LEASE_LOCKED || gxc_lease_fail (&lease, error);
}
