/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GxWorkdays: which days are worked. Dates are days since 1970-01-01. It knows nothing of where the calendar is kept.
 */
typedef struct _GxWorkdays GxWorkdays;

GxWorkdays *gx_workdays_new        (void);
void        gx_workdays_free       (GxWorkdays *workdays);
void        gx_workdays_set        (GxWorkdays *workdays, gint32 date, int kind);
gboolean    gx_workdays_is_working (GxWorkdays *workdays, gint32 date);
int         gx_workdays_kind       (GxWorkdays *workdays, gint32 date);
gint32      gx_workdays_add        (GxWorkdays *workdays, gint32 date, int days);
int         gx_workdays_between    (GxWorkdays *workdays, gint32 from, gint32 to);

int         gx_weekday             (gint32 date);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxWorkdays, gx_workdays_free)

G_END_DECLS
