/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-store.h"

G_BEGIN_DECLS

/**
 * GxsTimedJob: one row of the table of jobs: what the server does by itself, again and again.
 * @sweep: runs as any other write, on the committer's thread
 */
typedef struct
{
  const char *name;
  guint       period;       /* s */
  gboolean  (*sweep) (GxsBatch *batch, GError **error);
} GxsTimedJob;

extern const GxsTimedJob gxs_jobs[];
extern const guint  gxs_n_jobs;

typedef void (*GxsJobFailed) (const char *name, const GError *error, gpointer data);

/**
 * GxsScheduler: submits jobs when they are due, from the main context of the thread that made it.
 */
typedef struct _GxsScheduler GxsScheduler;

GxsScheduler *gxs_scheduler_new  (GxsStore *store, const GxsTimedJob *jobs, guint n_jobs, GxsJobFailed failed, gpointer data);
void          gxs_scheduler_free (GxsScheduler *scheduler);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsScheduler, gxs_scheduler_free)

G_END_DECLS
