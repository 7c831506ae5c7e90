/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"
#include "gxc-fetcher.h"

G_BEGIN_DECLS

/* Each does one exchange with the server; *out_more tells whether there is more of the same. */
gboolean gxc_push_step      (GxcContext *context, GxcApi *api, gboolean *out_more, GCancellable *cancellable, GError **error);
gboolean gxc_pull_step      (GxcContext *context, GxcApi *api, gboolean *out_more, GCancellable *cancellable, GError **error);
gboolean gxc_bootstrap_step (GxcContext *context, GxcApi *api, GxcFetcher **fetcher, gboolean *out_more, gboolean *out_complete,
                             GCancellable *cancellable, GError **error);

/* What is made of the rows that came: no exchange. */
gboolean gxc_derive_step    (GxcContext *context, gboolean *out_more, GError **error);

/* What an exchange ended with, mended where the engine can do so by itself. */
GError  *gxc_recover_explain (GError *problem);
gboolean gxc_recover_can    (const GError *problem);
gboolean gxc_recover        (GxcContext *context, GError *problem, GError **error);

G_END_DECLS
