/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-ahead.h"
#include "gxc-context.h"

G_BEGIN_DECLS

/**
 * GxcTransfer: what sends the profile's documents to the bank, beside the queue of changes and never in its way.
 */
typedef struct _GxcTransfer GxcTransfer;

/* Called on the thread that transfers, whenever the bank has another document, or refused one. */
typedef void (*GxcTransferFunc) (gpointer data);

GxcTransfer *gxc_transfer_new   (GxcContext *context, GxcTransferFunc settled, gpointer data);
void         gxc_transfer_free  (GxcTransfer *transfer);

/* One thing at a time, straight-line: for the CLI, tests and the simulation. */
gboolean     gxc_transfer_step  (GxcTransfer *transfer, gboolean *out_more, GCancellable *cancellable, GError **error);
gboolean     gxc_transfer_run   (GxcTransfer *transfer, GCancellable *cancellable, GError **error);

gboolean     gxc_transfer_fetch_ahead (GxcTransfer *transfer, gboolean *out_more, GCancellable *cancellable, GError **error);
GxcAhead    *gxc_transfer_get_ahead (GxcTransfer *transfer);

/* In a thread of its own. */
void         gxc_transfer_start (GxcTransfer *transfer);
void         gxc_transfer_stop  (GxcTransfer *transfer);
void         gxc_transfer_kick  (GxcTransfer *transfer);

GBytes      *gxc_transfer_fetch (GxcContext *context, const char *sha256, const GxId *ref, GFileProgressCallback progress, gpointer data,
                                 GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcTransfer, gxc_transfer_free)

G_END_DECLS
