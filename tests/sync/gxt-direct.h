/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-transport.h"
#include "gxt-blobs.h"

G_BEGIN_DECLS

/**
 * GxtFault: what becomes of one exchange.
 */
typedef enum
{
  GXT_FAULT_NONE,
  GXT_FAULT_LOST_REQUEST,       /* never arrived */
  GXT_FAULT_LOST_ANSWER,        /* done, but nobody heard */
  GXT_FAULT_CUT_ANSWER,         /* done, and the answer ends anywhere */
  GXT_FAULT_GARBLED,            /* done, and a byte of the answer is another; of the feed, which has a hash */
  GXT_FAULT_TWICE,              /* done, then done again: the second answer is heard */
  GXT_FAULT_CRASH,              /* the server dies before its commit */
} GxtFault;

typedef struct _GxtLine GxtLine;

/**
 * GxtWatch: who stands at the line at each exchange, before the server works and when it has answered. The former may answer
 * instead of the server, the latter put another answer in place of the server's. What becomes of it on its way is not told.
 */
typedef struct
{
  gboolean (*before) (gpointer data, GxtLine *line, const GxcRequest *request, GxcResponse *out);    /* (nullable): whether it answered */
  void     (*after)  (gpointer data, GxtLine *line, const GxcRequest *request, GxcResponse *response);   /* (nullable) */
  gpointer data;
} GxtWatch;

/**
 * GxtLine: the way of one person's client to the bank, without a network: requests go straight into the server's core.
 */
struct _GxtLine
{
  GxtBank   *bank;
  GxtPerson  person;
  GxId       client_id;         /* of X-Client, once it was said */
  GxtFault   fault;             /* of the next exchange; then none */
  guint      cut;               /* of %GXT_FAULT_CUT_ANSWER: a random number */
  GBytes    *old_push;          /* (owned) (nullable): an earlier push, to come again late */
  GxtBlobs  *blobs;             /* (nullable) (borrowed): where documents go */
  gboolean   other_log_key;     /* sign-in tells one that is not the bank's */
  guint      pull_limit;        /* entries of a page of a pull; 0 = as many as are asked for */
  const GxtWatch *watch;        /* (nullable) (borrowed) */
  guint      n_exchanges;
  guint      most;              /* of exchanges; more are an endless loop; 0 = any number */
};

extern const guint8 gxt_log_seed[32];       /* of the bank's log; gxs_audit_checkpoint () with another is a forgery */

GxcTransport *gxt_direct_connect (const char *server, const char *ca_file, gpointer line, GError **error);
void          gxt_direct_replay  (GxtLine *line);
GxsAuthz     *gxt_line_authz     (GxtLine *line);
void          gxt_line_clear     (GxtLine *line);

G_END_DECLS
