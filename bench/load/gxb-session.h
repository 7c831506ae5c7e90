/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-id.h"
#include "gxb-worker.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * GxbHeld: a customer that the session may read, and what its next edit is based on.
 */
typedef struct
{
  GxId   id;
  GxId   rm;                    /* primary RM */
  gint64 v;                     /* version that the next edit saw */
  guint  channel;               /* index of the preferred channel it has */
} GxbHeld;

/**
 * GxbSession: one signed-in client of ours. It is the state of a worker.
 */
typedef struct
{
  char    *headers;             /* Authorization, X-Client, X-Schema: whole lines */
  GxId     client;
  GxId     person;              /* employee */
  char    *epoch;
  char    *branch;              /* (nullable): its "br:" scope */
  GArray  *customers;           /* of GxbHeld, in the order of their ids */
  gint64   mid;                 /* of the last mutation sent */
  guint    next;                /* which customer is next */
  GString *content;             /* of the push being built */
  char    *scope;               /* of a pull */
  guint    records;             /* of a pull */
} GxbSession;

extern const char *const gxb_channels[];
#define GXB_N_CHANNELS 4

GxbSession *gxb_session_open           (GxbWorker *worker, const char *login);
void        gxb_session_load_customers (GxbWorker *worker, gboolean own, guint share, guint shares);

G_END_DECLS
