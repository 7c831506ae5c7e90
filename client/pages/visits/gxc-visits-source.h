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
  int         tier;         /* 0: none is known */
} GxcCandidate;

void       gxc_candidate_free            (GxcCandidate *candidate);

GPtrArray *gxc_visits_read_candidates    (GxcDesk *desk, GPtrArray *stops, GError **error);
GPtrArray *gxc_visits_search_candidates  (GxcDesk *desk, const char *text, GError **error);
GPtrArray *gxc_visits_by_district        (GxcDesk *desk, GPtrArray *stops);
GPtrArray *gxc_visits_by_time            (GPtrArray *stops);

G_END_DECLS
