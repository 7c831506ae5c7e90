/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-hash.h"

G_BEGIN_DECLS

#define GX_FRONTIER_MAX 64

/**
 * GxFrontier: what must be known of a tree to append to it: the roots of its full subtrees, largest first. A plain
 * value: copy it to try something.
 */
typedef struct
{
  guint64 size;             /* leaves */
  guint   n;                /* roots: the number of bits set in size */
  GxHash  roots[GX_FRONTIER_MAX];
} GxFrontier;

/**
 * GxLeafReader: gives the leaf hash at @index. Within one subtree indices come in rising order.
 */
typedef gboolean (*GxLeafReader) (guint64 index, GxHash *out_leaf, gpointer data, GError **error);

void      gx_merkle_leaf               (gconstpointer entry, gsize length, GxHash *out_leaf);
void      gx_merkle_node               (const GxHash *left, const GxHash *right, GxHash *out_node);

void      gx_frontier_init             (GxFrontier *frontier);
void      gx_frontier_append           (GxFrontier *frontier, const GxHash *leaf);
void      gx_frontier_get_root         (const GxFrontier *frontier, GxHash *out_root);
GBytes   *gx_frontier_to_bytes         (const GxFrontier *frontier);
gboolean  gx_frontier_parse            (guint64 size, gconstpointer data, gsize length, GxFrontier *out_frontier, GError **error);

gboolean  gx_merkle_root               (guint64 size, GxLeafReader reader, gpointer data, GxHash *out_root, GError **error);
GArray   *gx_merkle_prove_inclusion    (guint64 index, guint64 size, GxLeafReader reader, gpointer data, GError **error);
GArray   *gx_merkle_prove_consistency  (guint64 first, guint64 second, GxLeafReader reader, gpointer data, GError **error);
gboolean  gx_merkle_verify_inclusion   (const GxHash *leaf, guint64 index, guint64 size, const GArray *proof,
                                        const GxHash *root, GError **error);
gboolean  gx_merkle_verify_consistency (guint64 first, guint64 second, const GxHash *first_root, const GxHash *second_root,
                                        const GArray *proof, GError **error);

G_END_DECLS
