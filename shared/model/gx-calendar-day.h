/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_DAY_WORK = 1, GX_DAY_REST, GX_DAY_HOLIDAY, GX_DAY_MAKEUP } GxDayKind;

/**
 * GxCalendarDay: one day that is not what its weekday says, or that has a name. Days without a row are as Monday to Friday
 * and Saturday and Sunday are (gx_workdays_is_working()).
 */
typedef struct
{
  GxMeta  meta;
  gint32  date;             /* days since 1970-01-01; one row a date */
  int     kind;             /* GxDayKind; WORK and MAKEUP are worked, REST and HOLIDAY are not */
  char   *name;             /* "春节" */
} GxCalendarDay;

extern const GxEntity gx_calendar_day_entity;
extern const GxChoice gx_day_kinds[];

G_END_DECLS
