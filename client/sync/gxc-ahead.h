/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"

G_BEGIN_DECLS

/**
 * GxcAhead: fetches the documents that shall be on this desk before somebody opens them (gxc-carry), while nothing else is to do.
 */
typedef struct _GxcAhead GxcAhead;

GxcAhead *gxc_ahead_new        (GxcContext *context);
void      gxc_ahead_free       (GxcAhead *ahead);

/* For whoever transfers. */
gboolean  gxc_ahead_has_work   (GxcAhead *ahead, gboolean *out_work, GError **error);
gboolean  gxc_ahead_step       (GxcAhead *ahead, GxcApi *api, GCancellable *cancellable, GError **error);
void      gxc_ahead_let_go     (GxcAhead *ahead);

/* From any thread. */
void      gxc_ahead_try_again  (GxcAhead *ahead);
gboolean  gxc_ahead_is_refused (GxcAhead *ahead, const char *sha256);
gboolean  gxc_ahead_lacks_disk (GxcAhead *ahead);

G_END_DECLS
