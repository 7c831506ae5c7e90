/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-hash.h"
#include "gxs-mutation.h"

G_BEGIN_DECLS

#define GXS_RESULTS_KEPT (30 * G_GINT64_CONSTANT (86400000))     /* ms, also of what the client has acknowledged */

/* Results of mutations, kept until their client has them for certain (sync.md 1.4). A result is written as it goes out:
 * {"mid":41,"st":"applied","seq":5122,…}; where it is told unasked, with "mut_id", so that a copied profile does not take
 * its twin's for its own. */
void     gxs_result_append    (GString *out, gint64 mid, const GxId *mut_id, const char *st, gint64 seq, const char *body);

gboolean gxs_result_store     (GxsBatch *batch, const GxsMutation *mutation, const GxHash *sha, const GxsOutcome *outcome,
                               GError **error);
gboolean gxs_result_find      (GxDb *db, const GxsMutation *mutation, const GxHash *sha, GString *out, gboolean *out_found,
                               GError **error);
gboolean gxs_result_find_again (GxsBatch *batch, const GxId *login_id, const GxsMutation *mutation, GString *out, gboolean *out_found,
                               GError **error);
gboolean gxs_result_find_base (GxDb *db, const GxId *client_id, gint64 mid, gint64 *out_seq, GError **error);
gboolean gxs_result_is_bundle (GxDb *db, const GxId *client_id, gint64 mid, const GxId *bundle, gboolean *out_same, GError **error);

typedef void (*GxsResultFunc) (const char *json, gpointer data);

gboolean gxs_result_foreach   (GxDb *db, const GxId *client_id, gint64 after_mid, gint64 limit, GxsResultFunc func, gpointer data,
                               GError **error);

/* Of the scheduler: what is acknowledged and old goes. */
gboolean gxs_result_sweep     (GxsBatch *batch, GError **error);

G_END_DECLS
