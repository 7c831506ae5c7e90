/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxb-conn.h"

G_BEGIN_DECLS

typedef enum
{
  GXB_FLOOR,
  GXB_OURS,
  GXB_N_KINDS
} GxbTargetKind;

/**
 * GxbWorker: one connection of one workload to one server, run by one thread at a time.
 */
typedef struct
{
  GxbTargetKind kind;
  guint         index;          /* which of the connections, from 0 */
  guint64       random;         /* state of gxb_worker_random() */
  GxbConn      *conn;           /* (owned) */
  GString      *request;        /* (owned) built anew for each request */
  GString      *body;           /* (owned) of the answer, where it is looked at */
  gpointer      state;          /* (owned) what the kind's prepare made */
  GDestroyNotify free_state;
} GxbWorker;

GxbWorker *gxb_worker_new    (GxbTargetKind kind, guint16 port, guint index);
void       gxb_worker_free   (GxbWorker *worker);
guint32    gxb_worker_random (GxbWorker *worker, guint32 bound);
void       gxb_worker_get    (GxbWorker *worker, const char *headers, const char *format, ...) G_GNUC_PRINTF (3, 4);
void       gxb_worker_post   (GxbWorker *worker, const char *headers, const char *path, const GString *content);
void       gxb_worker_send   (GxbWorker *worker, gboolean keep_body);

G_END_DECLS
