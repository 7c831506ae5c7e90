/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxb-worker.h"

G_BEGIN_DECLS

/**
 * GxbSide: how one kind of server is asked for one workload.
 */
typedef struct
{
  void (*prepare) (GxbWorker *worker);      /* (nullable) before the clock runs: sign-in, ids */
  void (*unit)    (GxbWorker *worker);      /* what is timed: one request, or for f the whole pull */
} GxbSide;

/**
 * GxbWorkload: one row of the table in gxb-workload.c.
 */
typedef struct
{
  const char *letter;
  const char *title;
  guint       connections;
  gboolean    timed;            /* judged by the seconds of a unit, not by units a second */
  double      aim;              /* ratio to the floor: at least, or for @timed at most */
  GxbSide     sides[GXB_N_KINDS];
} GxbWorkload;

const GxbWorkload *gxb_workload_table (guint *out_n);

G_END_DECLS
