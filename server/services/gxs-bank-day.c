/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which day it is at the bank: the batch's moment in the bank's own time zone (setting bank_tz). It is the wall clock's
 * day that dates are checked against, not the business date, which an import may have set to another century.
 */
#include "gxs-bank-day.h"

#define STATE "bank-day"
#define DEFAULT_ZONE "Asia/Shanghai"

typedef struct
{
  gint32 date;
  gint64 start;
} BankDay;

static BankDay *
find_day (GxsBatch *batch)
{
  g_autofree char *name = NULL;
  g_autoptr(GTimeZone) zone = NULL;
  BankDay *day = g_new (BankDay, 1);

  if (!gx_db_query_text (gxs_batch_get_db (batch), &name, NULL, "SELECT value FROM setting WHERE code = 'bank_tz' AND del = 0",
                         NULL))
    name = g_strdup (DEFAULT_ZONE);
  zone = g_time_zone_new_identifier (name);
  if (zone == NULL)
    zone = g_time_zone_new_offset (8 * 3600);

  day->date = gx_date_from_time (gxs_batch_get_now (batch), zone);
  day->start = gx_time_from_date (day->date, zone);
  return day;
}

/* Found out once a batch. */
static const BankDay *
get_day (GxsBatch *batch)
{
  BankDay *day = gxs_batch_get_state (batch, STATE);

  if (day == NULL)
    {
      day = find_day (batch);
      gxs_batch_set_state (batch, STATE, day, g_free, NULL);
    }

  return day;
}

/**
 * gxs_bank_day_today:
 *
 * Returns: days since 1970-01-01
 */
gint32
gxs_bank_day_today (GxsBatch *batch)
{
  return get_day (batch)->date;
}

/**
 * gxs_bank_day_start:
 *
 * Returns: when today began, ms UTC
 */
gint64
gxs_bank_day_start (GxsBatch *batch)
{
  return get_day (batch)->start;
}
