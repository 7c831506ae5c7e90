/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"

G_BEGIN_DECLS

typedef enum
{
  GXC_SYNC_IDLE,            /* nothing to do until the next poll or kick */
  GXC_SYNC_PUSHING,
  GXC_SYNC_PULLING,
  GXC_SYNC_BOOTSTRAPPING,
  GXC_SYNC_OFFLINE,         /* the server cannot be reached; it is tried again by itself */
  GXC_SYNC_SIGNED_OUT,      /* the session ended: the password again */
  GXC_SYNC_STOPPED,         /* something that trying at once does not mend; see the problem */
} GxcSyncState;

/**
 * GxcSyncStatus: what the engine is at. Counts of what waits are the store's (gxc_counts_read()).
 */
typedef struct
{
  GxcSyncState  state;
  const GError *problem;    /* (nullable): why it is offline, signed out or stopped */
  gint64        retry_at;   /* ms UTC, 0 = when kicked */
} GxcSyncStatus;

/* Called on the engine's thread whenever the status changes. */
typedef void (*GxcSyncFunc) (const GxcSyncStatus *status, gpointer data);

/* One thing at a time, straight-line: for the CLI, tests and the simulation. */
gboolean gxc_sync_step       (GxcSync *sync, gboolean *out_more, GCancellable *cancellable, GError **error);
gboolean gxc_sync_run        (GxcSync *sync, GCancellable *cancellable, GError **error);

/* In a thread of its own, for as long as the desktop runs: driven by (queue not empty AND online), and a poll. */
void     gxc_sync_start      (GxcSync *sync);
void     gxc_sync_stop       (GxcSync *sync);
void     gxc_sync_kick       (GxcSync *sync);
void     gxc_sync_network_changed (GxcSync *sync);
void     gxc_sync_set_listener (GxcSync *sync, GxcSyncFunc func, gpointer data);
void     gxc_sync_get_status (GxcSync *sync, GxcSyncState *out_state, gint64 *out_retry_at);

struct _GxcTransfer *gxc_sync_get_transfer (GxcSync *sync);

GxcSync *gxc_sync_new        (GxcContext *context);
void     gxc_sync_free       (GxcSync *sync);

G_END_DECLS
