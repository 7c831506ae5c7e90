/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bank's calendar: holidays, and the rest days that are worked for them. Everybody reads it; no client writes it. */
#include "gx-calendar-day.h"

#include <glib/gi18n.h>

const GxChoice gx_day_kinds[] = {
  { "WORK", N_("Working day") }, { "REST", N_("Rest day") }, { "HOLIDAY", N_("Holiday") },
  { "MAKEUP", N_("Make-up working day") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_DATE (GxCalendarDay, date, N_("Date"), .flags = GX_REQUIRED | GX_SERVER | GX_LISTED),
  GX_FIELD_ENUM (GxCalendarDay, kind, N_("Kind"), .flags = GX_REQUIRED | GX_SERVER | GX_LISTED, .choices = gx_day_kinds),
  GX_FIELD_TEXT (GxCalendarDay, name, N_("Name"), .flags = GX_SERVER | GX_LISTED, .max = 60),
};

GX_DEFINE_ENTITY (gx_calendar_day_entity, GxCalendarDay, 25, "calendar_day", N_("Calendar day"), fields);
