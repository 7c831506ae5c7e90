/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which day it is at the bank: the batch's moment in the bank's own time zone (setting bank_tz). It is the wall clock's
 * day that dates are checked against, not the business date, which an import may have set to another century.
 */
#include "gxs-bank-day.h"

#define STATE "bank-day"
#define DEFAULT_ZONE "Asia/Shanghai"

static gint32
find_today (GxsBatch *batch)
{
  g_autofree char *name = NULL;
  g_autoptr(GTimeZone) zone = NULL;

  if (!gx_db_query_text (gxs_batch_get_db (batch), &name, NULL, "SELECT value FROM setting WHERE code = 'bank_tz' AND del = 0",
                         NULL))
    name = g_strdup (DEFAULT_ZONE);
  zone = g_time_zone_new_identifier (name);
  if (zone == NULL)
    zone = g_time_zone_new_offset (8 * 3600);

  return gx_date_from_time (gxs_batch_get_now (batch), zone);
}

/**
 * gxs_bank_day_today:
 *
 * Returns: days since 1970-01-01; found out once a batch
 */
gint32
gxs_bank_day_today (GxsBatch *batch)
{
  gint32 *today = gxs_batch_get_state (batch, STATE);

  if (today == NULL)
    {
      today = g_new (gint32, 1);
      *today = find_today (batch);
      gxs_batch_set_state (batch, STATE, today, g_free, NULL);
    }

  return *today;
}
