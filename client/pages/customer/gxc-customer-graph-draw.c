/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the graph looks: the room that it asks for, its words cut to their boxes with the tail of the number left whole, lines
 * with an arrow and a word on each. What stands where is gxc-graph-place.c's. */

#include "gxc-customer-graph-private.h"

#include <math.h>

#include "gxc-marks.h"

#define NODE     34
#define PAD      12
#define TAIL     6          /* between the name and the tail */
#define ROW      48
#define WIDEST   260        /* of a node */
#define LEAST    72
#define GAP      76         /* the least length of a line; longer where its word is */
#define GAP_MOST 168
#define GAP_LEAST 60
#define ARROW    9
#define APART    9          /* from a line to the one the other way round, on either side */
#define POINTS   10.5
#define SMALL    9

/* --- room ----------------------------------------------------------------------------------------------------------- */

/* Its word has room on it, but where the card is narrow the names come first. */
static float
line_gap (GxcCustomerGraph *self, float width)
{
  float widest = 0, scale = gxc_look_scale (GTK_WIDGET (self));

  for (guint i = 0; i < self->edges->len; i++)
    widest = MAX (widest, gxc_marks_width (GTK_WIDGET (self), gxc_customer_graph_edge (self, i)->label, FALSE));
  return MAX (MIN (CLAMP (widest + 36 * scale, GAP * scale, GAP_MOST * scale), width * 0.2f), GAP_LEAST * scale);
}

void
gxc_customer_graph_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GxcCustomerGraph *self = GXC_CUSTOMER_GRAPH (widget);
  double scale = gxc_look_scale (widget);
  int height = gxc_graph_n_rows (self->nodes->len) * ROW + 16;

  *minimum = (orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : height) * scale;
  *natural = (orientation == GTK_ORIENTATION_HORIZONTAL ? 720 : height) * scale;
}

static int
layout_width (PangoLayout *layout)
{
  int width = 0;

  if (layout)
    pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static void
write_words (GxcCustomerGraph *self, guint i)
{
  GxcGraphNode *node = gxc_customer_graph_node (self, i);

  g_clear_object (&node->words[0]);
  g_clear_object (&node->words[1]);
  node->words[0] = gxc_look_layout (GTK_WIDGET (self), node->name, POINTS, i == 0);
  pango_layout_set_ellipsize (node->words[0], PANGO_ELLIPSIZE_END);
  if (node->tail)
    node->words[1] = gxc_look_layout (GTK_WIDGET (self), node->tail, SMALL, FALSE);
}

/* What the tail and the edges leave to the name. */
static float
beside_name (const GxcGraphNode *node, float scale)
{
  return 2 * PAD * scale + (node->words[1] ? layout_width (node->words[1]) + TAIL * scale : 0);
}

void
gxc_customer_graph_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GxcCustomerGraph *self = GXC_CUSTOMER_GRAPH (widget);
  float scale = gxc_look_scale (widget);
  const GxcGraphRoom room = { width, height, line_gap (self, width), ROW * scale, NODE * scale, LEAST * scale };

  for (guint i = 0; i < self->nodes->len; i++)
    {
      GxcGraphNode *node = gxc_customer_graph_node (self, i);

      write_words (self, i);
      self->boxes[i].size.width = MIN (ceilf (layout_width (node->words[0]) + beside_name (node, scale)), WIDEST * scale);
    }
  gxc_graph_place (self->boxes, self->nodes->len, &room);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      GxcGraphNode *node = gxc_customer_graph_node (self, i);

      pango_layout_set_width (node->words[0], MAX (self->boxes[i].size.width - beside_name (node, scale), 0) * PANGO_SCALE);
    }
}

/* --- lines ---------------------------------------------------------------------------------------------------------- */

static void
draw_arrow (cairo_t *cr, graphene_point_t from, graphene_point_t to)
{
  double angle = atan2 (to.y - from.y, to.x - from.x);

  cairo_move_to (cr, from.x, from.y);
  cairo_line_to (cr, to.x - ARROW / 2.0 * cos (angle), to.y - ARROW / 2.0 * sin (angle));
  cairo_stroke (cr);
  cairo_move_to (cr, to.x, to.y);
  cairo_line_to (cr, to.x - ARROW * cos (angle - 0.4), to.y - ARROW * sin (angle - 0.4));
  cairo_line_to (cr, to.x - ARROW * cos (angle + 0.4), to.y - ARROW * sin (angle + 0.4));
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* Two that are something to each other have two lines. */
static gboolean
goes_both_ways (GxcCustomerGraph *self, const GxcGraphEdge *edge)
{
  for (guint i = 0; i < self->edges->len; i++)
    if (gxc_customer_graph_edge (self, i)->node == edge->node && gxc_customer_graph_edge (self, i)->out != edge->out)
      return TRUE;
  return FALSE;
}

/* From edge to edge of the two boxes; the lines to the middle fan out over its height. */
static void
find_ends (GxcCustomerGraph *self, const GxcGraphEdge *edge, graphene_point_t *middle, graphene_point_t *node)
{
  const graphene_rect_t *inner = &self->boxes[0], *outer = &self->boxes[edge->node];
  float scale = gxc_look_scale (GTK_WIDGET (self)), shift = goes_both_ways (self, edge) ? (edge->out ? -APART : APART) * scale : 0;
  float away = outer->origin.y - inner->origin.y, fan = CLAMP (away * 0.1f, -inner->size.height * 0.35f, inner->size.height * 0.35f);
  gboolean left = outer->origin.x < inner->origin.x;

  *middle = GRAPHENE_POINT_INIT (inner->origin.x + (left ? 0 : inner->size.width), inner->origin.y + inner->size.height / 2 + fan + shift);
  *node = GRAPHENE_POINT_INIT (outer->origin.x + (left ? outer->size.width : 0), outer->origin.y + outer->size.height / 2 + shift);
}

static void
draw_lines (GxcCustomerGraph *self, GtkSnapshot *snapshot, int width, int height)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  cairo_set_line_width (cr, 1.5);
  gdk_cairo_set_source_rgba (cr, gxc_token_rgba (GXC_TOKEN_CHART_MEAN));
  for (guint i = 0; i < self->edges->len; i++)
    {
      const GxcGraphEdge *edge = gxc_customer_graph_edge (self, i);
      graphene_point_t middle, node;

      find_ends (self, edge, &middle, &node);
      draw_arrow (cr, edge->out ? middle : node, edge->out ? node : middle);
    }
  cairo_destroy (cr);
}

/* Nearer to the node, where the lines are farther from each other. */
static void
draw_label (GxcCustomerGraph *self, GtkSnapshot *snapshot, const GxcGraphEdge *edge)
{
  g_autoptr(PangoLayout) layout = gxc_look_layout (GTK_WIDGET (self), edge->label, SMALL, FALSE);
  float scale = gxc_look_scale (GTK_WIDGET (self)), x, y;
  graphene_point_t middle, node;
  int width, height;

  find_ends (self, edge, &middle, &node);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, MAX (fabsf (node.x - middle.x) - 28 * scale, 0) * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, &width, &height);
  x = node.x + (middle.x - node.x) * 0.45f - width / 2.0f;
  y = node.y + (middle.y - node.y) * 0.45f - height / 2.0f;
  gxc_marks_bar (snapshot, gxc_token_rgba (GXC_TOKEN_CARD), &GRAPHENE_RECT_INIT (x - 4, y, width + 8, height), 4);
  gxc_marks_text (snapshot, layout, gxc_token_rgba (GXC_TOKEN_DIM), x, y);
}

/* --- nodes ---------------------------------------------------------------------------------------------------------- */

static void
draw_words (GtkSnapshot *snapshot, PangoLayout *layout, GxcToken token, const graphene_rect_t *box, float x)
{
  int height = pango_layout_get_baseline (layout) / PANGO_SCALE;

  /* Both stand on one line. */
  gxc_marks_text (snapshot, layout, gxc_token_rgba (token), x, roundf (box->origin.y + box->size.height * 0.65f - height));
}

static void
draw_node (GxcCustomerGraph *self, GtkSnapshot *snapshot, guint i)
{
  const GxcGraphNode *node = gxc_customer_graph_node (self, i);
  const graphene_rect_t *box = &self->boxes[i];
  gboolean chosen = (int) i == self->cursor && gtk_widget_has_focus (GTK_WIDGET (self));
  float line = chosen ? 2 : 1, scale = gxc_look_scale (GTK_WIDGET (self));
  GdkRGBA colour = *gxc_token_rgba (chosen ? GXC_TOKEN_ACCENT_FILL : GXC_TOKEN_LINE);
  GskRoundedRect outline;

  gxc_marks_bar (snapshot, gxc_token_rgba (i == 0 ? GXC_TOKEN_ACCENT_SOFT : GXC_TOKEN_PAGE), box, 8);
  gsk_rounded_rect_init_from_rect (&outline, box, 8);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { line, line, line, line }, (GdkRGBA[4]) { colour, colour, colour, colour });
  draw_words (snapshot, node->words[0], GXC_TOKEN_FG, box, box->origin.x + PAD * scale);
  if (node->words[1])
    draw_words (snapshot, node->words[1], GXC_TOKEN_DIM, box, box->origin.x + box->size.width - PAD * scale - layout_width (node->words[1]));
}

void
gxc_customer_graph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcCustomerGraph *self = GXC_CUSTOMER_GRAPH (widget);

  draw_lines (self, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  for (guint i = 0; i < self->edges->len; i++)
    draw_label (self, snapshot, gxc_customer_graph_edge (self, i));
  for (guint i = 0; i < self->nodes->len; i++)
    draw_node (self, snapshot, i);
}
