/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "gxs-admission.h"
#include "gxs-context.h"
#include "gxs-gate.h"
#include "gxs-inbox.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;               /* (owned) */
  char *value;              /* (owned) */
} GxsExtraHeader;

/* How an answer gets back; the gate fills it in. */
typedef void (*GxsContextDone) (GxsContext *ctx);

struct _GxsContext
{
  /* touched only in the worker's thread */
  struct
  {
    SoupServerMessage *message;     /* (owned) (nullable) gone with the connection */
    gpointer           connection;  /* (borrowed) (nullable) GxsConnection */
    gboolean           is_pending;  /* a pool (or the committer) has it */
    gboolean           is_dispatching;
    gboolean           is_answered_inline;
    gboolean           is_misframed;    /* nobody knows where the request ends */
  } worker;

  /* set in the worker before the context is handed on, constant from then */
  GxsGate       *gate;              /* (borrowed) */
  GxsInbox      *inbox;             /* (owned) of the worker */
  GThread       *thread;            /* (borrowed) the worker's */
  GxsContextDone done;              /* how to come back; any thread */
  guint64        id;
  gint64         started;           /* µs, monotonic */
  GxsMatch       match;
  GHashTable    *query;             /* (nullable) (owned) */
  char          *headers[GXS_N_HEADERS];    /* (nullable) (owned) */
  GxsPrincipal   principal;
  gboolean       has_principal;
  gboolean       is_gzip;           /* the request's body */
  gboolean       takes_gzip;
  gsize          bytes_in;
  char          *accept_key;        /* (nullable) (owned): of a WebSocket's handshake */
  char           ip[GXS_IP_SIZE];

  /* belongs to the thread that has the context */
  JsonNode      *json;              /* (nullable) (owned) */
  GBytes        *body;              /* (nullable) (owned) */
  gpointer       thread_data;       /* (borrowed) */
  guint          status;
  const char    *content_type;      /* (nullable) static or interned */
  GBytes        *answer;            /* (nullable) (owned) */
  GArray        *extra;             /* (nullable) (owned) of GxsExtraHeader */
  GError        *error;             /* (nullable) (owned) */
  gboolean       is_encoded;        /* answer is gzip */
  gint           n_completed;       /* atomic */
};

GxsContext *gxs_context_new             (GxsGate *gate);
void        gxs_context_free            (GxsContext *ctx);
void        gxs_context_lose_connection (GxsContext *ctx);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsContext, gxs_context_free)

G_END_DECLS
