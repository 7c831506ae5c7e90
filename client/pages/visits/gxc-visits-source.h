/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-visits-edits.h"

G_BEGIN_DECLS

/**
 * GxcCandidate: somebody who could be visited, and why.
 */
typedef struct
{
  GxcStopWish wish;
  char       *who;          /* name and tail, as the screen may show it */
  char       *why;
} GxcCandidate;

void       gxc_candidate_free            (GxcCandidate *candidate);

GPtrArray *gxc_visits_read_day           (GxcDesk *desk, gint32 day, GError **error);
guint      gxc_visits_count              (GxcDesk *desk, gboolean *out_red);
GPtrArray *gxc_visits_read_candidates    (GxcDesk *desk, GPtrArray *stops, GError **error);
GPtrArray *gxc_visits_search_candidates  (GxcDesk *desk, const char *text, GError **error);
GPtrArray *gxc_visits_by_district        (GxcDesk *desk, GPtrArray *stops);
GPtrArray *gxc_visits_by_time            (GPtrArray *stops);

gboolean   gxc_visit_is_planned          (const GxVisit *visit);
gboolean   gxc_visit_has_begun           (const GxVisit *visit);
char      *gxc_visit_dup_hours           (const GxVisit *visit, char **out_until);
char      *gxc_visit_dup_state           (GxcDesk *desk, const GxVisit *visit);
char      *gxc_visit_dup_line            (const GxVisit *visit);

G_END_DECLS
