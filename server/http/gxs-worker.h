/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-admission.h"
#include "gxs-connection.h"
#include "gxs-gate.h"
#include "gxs-inbox.h"
#include "gxs-log.h"

G_BEGIN_DECLS

/**
 * GxsWorkerSetup: what all workers of a listener share. Everything borrowed.
 */
typedef struct
{
  GxsGate      *gate;
  GxsTls       *tls;
  GxsLog       *log;
  GxClock      *clock;
  GxsAdmission *admission;
  GxsTimeouts   timeouts;
  gint64        sweep;      /* ms between two looks at the deadlines */
  gsize         max_headers;  /* bytes */
} GxsWorkerSetup;

GxsWorker            *gxs_worker_new       (const GxsWorkerSetup *setup, guint index, GError **error);
void                  gxs_worker_take      (GxsWorker *worker, GSocket *socket);
void                  gxs_worker_broadcast (GxsWorker *worker, GBytes *frame);
void                  gxs_worker_end_streams (GxsWorker *worker, gpointer session);
void                  gxs_worker_begin_stop (GxsWorker *worker, gint64 drain);
void                  gxs_worker_free      (GxsWorker *worker);

/* In the worker's thread only */
const GxsWorkerSetup *gxs_worker_get_setup (GxsWorker *worker);
GMainContext         *gxs_worker_get_main_context (GxsWorker *worker);
GxsInbox             *gxs_worker_get_inbox (GxsWorker *worker);
gboolean              gxs_worker_is_draining (GxsWorker *worker);
gint64                gxs_worker_now       (GxsWorker *worker);
void                  gxs_worker_add       (GxsWorker *worker, GxsConnection *connection);
void                  gxs_worker_remove    (GxsWorker *worker, GxsConnection *connection);
void                  gxs_worker_serve     (GxsWorker *worker, GxsConnection *connection);
GBytes               *gxs_worker_get_latest (GxsWorker *worker);

G_END_DECLS
