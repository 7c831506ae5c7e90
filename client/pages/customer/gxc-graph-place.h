/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <graphene.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * GxcGraphRoom: what a graph is placed in; all in px.
 * @gap: the least length of a line, with room for its words
 * @row: from one node of a column to the next
 * @node: how high a node is
 * @least: how narrow a node may become
 */
typedef struct
{
  float width, height;
  float gap, row, node, least;
} GxcGraphRoom;

guint gxc_graph_n_rows (guint n_nodes);
int   gxc_graph_side   (guint n_nodes, guint i);
void  gxc_graph_place  (graphene_rect_t *boxes, guint n_nodes, const GxcGraphRoom *room);
int   gxc_graph_next   (guint n_nodes, guint i, int dx, int dy);

G_END_DECLS
