/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-visit.h"
#include "gxc-desk.h"
#include "gxc-state-chip.h"

G_BEGIN_DECLS

GPtrArray *gxc_visits_read_day     (GxcDesk *desk, gint32 day, GError **error);
GPtrArray *gxc_visits_read_left    (GxcDesk *desk, guint limit, GError **error);
guint      gxc_visits_count        (GxcDesk *desk, gboolean *out_red);
guint      gxc_visits_count_left   (GxcDesk *desk);
void       gxc_visits_sort_by_time (GPtrArray *stops);
gboolean   gxc_visit_is_planned_for (GxcDesk *desk, const GxId *task_id);
gint64     gxc_visit_day_start     (gint32 day);

gboolean   gxc_visit_is_planned    (const GxVisit *visit);
gboolean   gxc_visit_has_begun     (const GxVisit *visit);
gint64     gxc_visit_end           (const GxVisit *visit);
char      *gxc_visit_dup_hours     (const GxVisit *visit, char **out_until);
char      *gxc_visit_dup_plan      (const GxVisit *visit, char **out_until);
gboolean   gxc_visit_is_late       (GxcDesk *desk, const GxVisit *visit);
GxcState   gxc_visit_state         (GxcDesk *desk, const GxVisit *visit);
char      *gxc_visit_dup_state     (GxcDesk *desk, const GxVisit *visit);
char      *gxc_visit_dup_when      (GxcDesk *desk, const GxVisit *visit);
char      *gxc_visit_dup_line      (const GxVisit *visit);

G_END_DECLS
