/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxb-workload.h"

G_BEGIN_DECLS

/**
 * GxbTarget: one server under measurement.
 */
typedef struct
{
  GxbTargetKind kind;
  const char   *name;             /* "floor", "ours" */
  guint16       port;             /* on 127.0.0.1 */
} GxbTarget;

/**
 * GxbFigures: what one target did in one workload.
 */
typedef struct
{
  GArray *rates;                  /* (element-type double) units a second, one a round */
  GArray *times;                  /* (element-type guint32) µs, one a unit, all rounds; sorted by the runner */
  guint64 received;               /* body bytes */
} GxbFigures;

void   gxb_runner_run     (const GxbWorkload *workload, const GxbTarget *targets, guint n_targets, guint rounds,
                           double seconds, GxbFigures *out_figures);
void   gxb_figures_clear  (GxbFigures *figures);
double gxb_figures_rate   (const GxbFigures *figures);
double gxb_figures_time   (const GxbFigures *figures, double quantile);
double gxb_figures_ratio  (const GxbFigures *figures, const GxbFigures *floor, gboolean timed);

G_END_DECLS
