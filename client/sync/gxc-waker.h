/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"

G_BEGIN_DECLS

/**
 * GxcWaker: a thread that listens to the server and kicks the engine when there are news.
 */
typedef struct _GxcWaker GxcWaker;

GxcWaker *gxc_waker_new             (GxcContext *context, GxcSync *sync);
void      gxc_waker_free            (GxcWaker *waker);
void      gxc_waker_network_changed (GxcWaker *waker);

G_END_DECLS
