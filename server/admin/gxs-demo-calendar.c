/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo bank's calendar: the holidays of mainland China as the State Council announced them for 2024 (国办发明电〔2023〕7号),
 * 2025 (〔2024〕12号) and 2026 (〔2025〕7号), with the rest days that are worked for them.
 *
 * The notice for 2027 has not been given, and nobody knows which weekends it will make worked: 2027 is Monday to Friday here,
 * until a row is added.
 */
#include "gxs-demo.h"

#include "gx-calendar-day.h"

/* A run of days; a make-up day is named after what it is worked for. */
static const struct { int year, month, day, n, kind; const char *name; } notices[] = {
  { 2024, 1, 1, 1, GX_DAY_HOLIDAY, "元旦" },
  { 2024, 2, 4, 1, GX_DAY_MAKEUP, "春节调休" },
  { 2024, 2, 10, 8, GX_DAY_HOLIDAY, "春节" },
  { 2024, 2, 18, 1, GX_DAY_MAKEUP, "春节调休" },
  { 2024, 4, 4, 3, GX_DAY_HOLIDAY, "清明节" },
  { 2024, 4, 7, 1, GX_DAY_MAKEUP, "清明节调休" },
  { 2024, 4, 28, 1, GX_DAY_MAKEUP, "劳动节调休" },
  { 2024, 5, 1, 5, GX_DAY_HOLIDAY, "劳动节" },
  { 2024, 5, 11, 1, GX_DAY_MAKEUP, "劳动节调休" },
  { 2024, 6, 8, 3, GX_DAY_HOLIDAY, "端午节" },
  { 2024, 9, 14, 1, GX_DAY_MAKEUP, "中秋节调休" },
  { 2024, 9, 15, 3, GX_DAY_HOLIDAY, "中秋节" },
  { 2024, 9, 29, 1, GX_DAY_MAKEUP, "国庆节调休" },
  { 2024, 10, 1, 7, GX_DAY_HOLIDAY, "国庆节" },
  { 2024, 10, 12, 1, GX_DAY_MAKEUP, "国庆节调休" },

  { 2025, 1, 1, 1, GX_DAY_HOLIDAY, "元旦" },
  { 2025, 1, 26, 1, GX_DAY_MAKEUP, "春节调休" },
  { 2025, 1, 28, 8, GX_DAY_HOLIDAY, "春节" },
  { 2025, 2, 8, 1, GX_DAY_MAKEUP, "春节调休" },
  { 2025, 4, 4, 3, GX_DAY_HOLIDAY, "清明节" },
  { 2025, 4, 27, 1, GX_DAY_MAKEUP, "劳动节调休" },
  { 2025, 5, 1, 5, GX_DAY_HOLIDAY, "劳动节" },
  { 2025, 5, 31, 3, GX_DAY_HOLIDAY, "端午节" },
  { 2025, 9, 28, 1, GX_DAY_MAKEUP, "国庆节调休" },
  { 2025, 10, 1, 8, GX_DAY_HOLIDAY, "国庆节、中秋节" },
  { 2025, 10, 11, 1, GX_DAY_MAKEUP, "国庆节调休" },

  { 2026, 1, 1, 3, GX_DAY_HOLIDAY, "元旦" },
  { 2026, 1, 4, 1, GX_DAY_MAKEUP, "元旦调休" },
  { 2026, 2, 14, 1, GX_DAY_MAKEUP, "春节调休" },
  { 2026, 2, 15, 9, GX_DAY_HOLIDAY, "春节" },
  { 2026, 2, 28, 1, GX_DAY_MAKEUP, "春节调休" },
  { 2026, 4, 4, 3, GX_DAY_HOLIDAY, "清明节" },
  { 2026, 5, 1, 5, GX_DAY_HOLIDAY, "劳动节" },
  { 2026, 5, 9, 1, GX_DAY_MAKEUP, "劳动节调休" },
  { 2026, 6, 19, 3, GX_DAY_HOLIDAY, "端午节" },
  { 2026, 9, 20, 1, GX_DAY_MAKEUP, "国庆节调休" },
  { 2026, 9, 25, 3, GX_DAY_HOLIDAY, "中秋节" },
  { 2026, 10, 1, 7, GX_DAY_HOLIDAY, "国庆节" },
  { 2026, 10, 10, 1, GX_DAY_MAKEUP, "国庆节调休" },
};

static gboolean
make_day (GxsDemo     *demo,
          gint32       date,
          int          kind,
          const char  *name,
          GError     **error)
{
  GxCalendarDay *row = gx_entity_new (&gx_calendar_day_entity);

  row->date = date;
  row->kind = kind;
  row->name = g_strdup (name);
  gx_workdays_set (demo->workdays, date, kind);
  return gxs_demo_put (demo, &gx_calendar_day_entity, row, error);
}

/**
 * gxs_demo_make_calendar:
 *
 * Rows of the announced years; the generator itself plans by them too.
 */
gboolean
gxs_demo_make_calendar (GxsDemo  *demo,
                        GError  **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (notices); i++)
    for (int n = 0; n < notices[i].n; n++)
      if (!make_day (demo, gx_date_from_ymd (notices[i].year, notices[i].month, notices[i].day) + n, notices[i].kind,
                     notices[i].name, error))
        return FALSE;

  return TRUE;
}
