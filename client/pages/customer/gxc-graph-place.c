/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the nodes of a small graph stand: one in the middle, the others in a column on either side, the left one first. In
 * columns nothing lies upon anything else, however many and however narrow, and a key's way is plain: across to the middle
 * and over, up and down the column. Only geometry; it knows no widget. */

#include "gxc-graph-place.h"

#include <math.h>

#define LONGEST 1.9     /* a line is not longer than so many of the least */

/* How many stand on the left; a single one stands on the right, where reading goes on. */
static guint
n_left (guint n_nodes)
{
  return n_nodes > 1 ? (n_nodes - 1) / 2 : 0;
}

static guint
n_right (guint n_nodes)
{
  return n_nodes > 1 ? n_nodes - 1 - n_left (n_nodes) : 0;
}

/** gxc_graph_n_rows: of the longer column, at least 1 */
guint
gxc_graph_n_rows (guint n_nodes)
{
  return MAX (n_right (n_nodes), 1);
}

/** gxc_graph_side: -1 left, 0 the middle, 1 right */
int
gxc_graph_side (guint n_nodes,
                guint i)
{
  return i == 0 ? 0 : i <= n_left (n_nodes) ? -1 : 1;
}

/* As wide as its widest, within what there is. */
static float
column_width (const graphene_rect_t *boxes, guint n_nodes, int side, float most)
{
  float widest = 0;

  for (guint i = 0; i < n_nodes; i++)
    if (gxc_graph_side (n_nodes, i) == side)
      widest = MAX (widest, MIN (boxes[i].size.width, most));
  return widest;
}

static float
row_middle (guint n_nodes, guint i, const GxcGraphRoom *room)
{
  int side = gxc_graph_side (n_nodes, i);
  guint n = side == 0 ? 1 : side < 0 ? n_left (n_nodes) : n_right (n_nodes);
  guint at = side == 0 ? 0 : side < 0 ? i - 1 : i - 1 - n_left (n_nodes);

  return room->height / 2 + (at - (n - 1) / 2.0f) * room->row;
}

/**
 * gxc_graph_place:
 * @boxes: (inout): @n_nodes, the middle first; each comes with the width that it wants
 */
void
gxc_graph_place (graphene_rect_t    *boxes,
                 guint               n_nodes,
                 const GxcGraphRoom *room)
{
  guint columns = (n_left (n_nodes) > 0) + (n_right (n_nodes) > 0);
  float most = MAX ((room->width - columns * room->gap) / (columns + 1), room->least);
  float middle = column_width (boxes, n_nodes, 0, most), left, right, gap, x;

  most = columns ? MAX ((room->width - middle - columns * room->gap) / columns, room->least) : 0;
  left = column_width (boxes, n_nodes, -1, most);
  right = column_width (boxes, n_nodes, 1, most);
  gap = columns ? CLAMP ((room->width - left - middle - right) / columns, room->gap, room->gap * LONGEST) : 0;
  x = roundf ((room->width - left - middle - right - columns * gap) / 2);
  for (guint i = 0; i < n_nodes; i++)
    {
      int side = gxc_graph_side (n_nodes, i);
      float width = MIN (boxes[i].size.width, side == 0 ? middle : most), after = left > 0 ? x + left + gap : x;

      boxes[i].origin.x = side < 0 ? x + left - width : side == 0 ? after : after + middle + gap;
      boxes[i].origin.y = roundf (row_middle (n_nodes, i, room) - room->node / 2);
      boxes[i].size = GRAPHENE_SIZE_INIT (width, room->node);
    }
}

/* The one of a column that the middle is nearest to. */
static int
middle_of_column (guint n_nodes, int side)
{
  guint n = side < 0 ? n_left (n_nodes) : n_right (n_nodes), first = side < 0 ? 1 : 1 + n_left (n_nodes);

  return n ? (int) (first + (n - 1) / 2) : -1;
}

/**
 * gxc_graph_next:
 * @dx: 1 right, -1 left
 * @dy: 1 down, -1 up
 *
 * Returns: where a key leads from @i, -1 if there is nothing
 */
int
gxc_graph_next (guint n_nodes,
                guint i,
                int   dx,
                int   dy)
{
  int side = gxc_graph_side (n_nodes, i), next = (int) i + dy;

  if (dx)
    return side == 0 ? middle_of_column (n_nodes, dx) : dx == -side ? 0 : -1;
  if (side == 0 || next < 1 || next >= (int) n_nodes || gxc_graph_side (n_nodes, next) != side)
    return -1;
  return next;
}
