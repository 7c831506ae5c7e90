/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a desk keeps of having met the server: how wrong its own clock is, which goes with what is written from now on, and
 * that it was let in, from which its lease runs. Not here: what either is used for (gxc-queue-body, gxc-store-lease).
 */
#include "gxc-clock.h"

#include "gxc-meta.h"
#include "gxc-store-lease.h"

#define CLOCK_STEP_MS 2000      /* the server tells its time in whole seconds */

static gboolean
keep_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  gint64 offset = *(gint64 *) data, known = gxc_meta_get_int (gxc_store_get_db (store), GXC_META_CLOCK_OFFSET);

  if (ABS (offset) < CLOCK_STEP_MS)
    offset = 0;

  return ABS (offset - known) < CLOCK_STEP_MS || gxc_meta_set_int (store, GXC_META_CLOCK_OFFSET, offset, error);
}

/**
 * gxc_clock_keep:
 * @api: over which the server has just let this desk in
 */
gboolean
gxc_clock_keep (GxcStore  *store,
                GxcApi    *api,
                GError   **error)
{
  gint64 offset;

  return (!gxc_api_hear_clock (api, gx_clock_now (gxc_store_get_clock (store)), &offset)
          || gxc_store_call (store, keep_here, &offset, error))
         && gxc_lease_renew (store, error);
}
