/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-calendar.h"

G_BEGIN_DECLS

/* Care plans: their templates, starting one for a customer, and how far one has come. */
GPtrArray *gxc_plan_list_templates (GxcDesk *desk, GError **error);
GPtrArray *gxc_plan_list_steps     (GxcDesk *desk, const GxId *tmpl_id, GError **error);
gint32     gxc_plan_step_day       (GxcCalendar *calendar, GxRecord *step, gint32 first);
gboolean   gxc_plan_is_running     (GxcDesk *desk, const GxId *tmpl_id, const GxId *customer_id);
GPtrArray *gxc_plan_changes_start  (GxcDesk *desk, GxcCalendar *calendar, GxRecord *tmpl, const GxId *customer_id, gint32 first,
                                    GError **error);
void       gxc_plan_add_progress   (GxcDesk *desk, GPtrArray *changes);

G_END_DECLS
