/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GxsPoolHooks: what each thread of a pool makes for itself and takes down again, on that thread: a read-only database
 * connection, for instance. A pool whose @start fails is not made.
 */
typedef struct
{
  gpointer (*start) (gpointer user_data, guint index, GError **error);
  void     (*stop)  (gpointer user_data, gpointer thread_data);
  gpointer   user_data;
} GxsPoolHooks;

typedef void (*GxsJob) (gpointer job_data, gpointer thread_data);

typedef struct _GxsPool GxsPool;

GxsPool *gxs_pool_new    (const char *name, guint n_threads, guint max_queue, const GxsPoolHooks *hooks, GError **error);
void     gxs_pool_free   (GxsPool *pool);
gboolean gxs_pool_submit (GxsPool *pool, GxsJob job, gpointer job_data, GError **error);
guint    gxs_pool_get_queued (GxsPool *pool);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsPool, gxs_pool_free)

G_END_DECLS
