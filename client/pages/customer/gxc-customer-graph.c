/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who belongs together, as a picture: one customer in the middle, the others on an ellipse around, arrows with words
 * between them. Arrow keys go from node to node, Enter opens that customer. It draws what it is given and knows neither
 * desk nor relationships; its accessible label says the same in words, and the page has the list beside it. */

#include "gxc-customer-graph.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gxc-look.h"
#include "gxc-marks.h"

#define NODE_HEIGHT 34
#define NODE_PAD    14
#define NODE_WIDEST 190
#define POINTS      10.5

typedef struct
{
  GxId            id;
  char           *name;     /* (owned) */
  PangoLayout    *layout;   /* (owned) (nullable): until the first drawing */
  graphene_rect_t box;      /* of the last layout */
} Node;

typedef struct
{
  guint from, to;
  char *label;              /* (owned) */
} Edge;

struct _GxcCustomerGraph
{
  GtkWidget parent_instance;

  GArray   *nodes;          /* (owned) of Node, the first is the middle */
  GArray   *edges;          /* (owned) of Edge */
  int       cursor;         /* -1: none */
};

G_DEFINE_FINAL_TYPE (GxcCustomerGraph, gxc_customer_graph, GTK_TYPE_WIDGET)

enum { OPENED, N_SIGNALS };
static guint signals[N_SIGNALS];

static Node *
node_at (GxcCustomerGraph *self, guint i)
{
  return &g_array_index (self->nodes, Node, i);
}

static Edge *
edge_at (GxcCustomerGraph *self, guint i)
{
  return &g_array_index (self->edges, Edge, i);
}

static void
clear_node (gpointer data)
{
  Node *node = data;

  g_free (node->name);
  g_clear_object (&node->layout);
}

static void
clear_edge (gpointer data)
{
  g_free (((Edge *) data)->label);
}

/* --- where everything is ------------------------------------------------------------------------------------------- */

static void
place_node (GxcCustomerGraph *self, guint i, float x, float y)
{
  Node *node = node_at (self, i);
  double scale = gxc_look_scale (GTK_WIDGET (self));
  int width, height;

  if (!node->layout)
    {
      node->layout = gxc_look_layout (GTK_WIDGET (self), node->name, POINTS, i == 0);
      pango_layout_set_width (node->layout, NODE_WIDEST * scale * PANGO_SCALE);
      pango_layout_set_ellipsize (node->layout, PANGO_ELLIPSIZE_MIDDLE);      /* the tail of the number stays */
      pango_layout_set_height (node->layout, -1);
    }
  pango_layout_get_pixel_size (node->layout, &width, &height);
  node->box = GRAPHENE_RECT_INIT (x - width / 2.0f - NODE_PAD, y - NODE_HEIGHT * scale / 2, width + 2 * NODE_PAD, NODE_HEIGHT * scale);
}

static void
place_all (GxcCustomerGraph *self, int width, int height)
{
  double scale = gxc_look_scale (GTK_WIDGET (self));
  double rx = width / 2.0 - (NODE_WIDEST / 2.0 + NODE_PAD) * scale, ry = height / 2.0 - NODE_HEIGHT * scale;
  guint n = self->nodes->len - 1;
  double first = n <= 2 ? 0 : -G_PI / 2;        /* one or two stand beside, more stand around */

  if (n == 1)       /* a pair has the width between it */
    {
      place_node (self, 0, width / 2.0 - MAX (rx, 40), height / 2.0);
      place_node (self, 1, width / 2.0 + MAX (rx, 40), height / 2.0);
      return;
    }
  place_node (self, 0, width / 2.0, height / 2.0);
  for (guint i = 0; i < n; i++)
    {
      double angle = 2 * G_PI * i / n + first;

      place_node (self, i + 1, width / 2.0 + MAX (rx, 40) * cos (angle), height / 2.0 + ry * sin (angle));
    }
}

static graphene_point_t
middle_of (const Node *node)
{
  return GRAPHENE_POINT_INIT (node->box.origin.x + node->box.size.width / 2, node->box.origin.y + node->box.size.height / 2);
}

/* Where the line from the middle of @node towards @other leaves its box. */
static graphene_point_t
leave_box (const Node *node, graphene_point_t other)
{
  graphene_point_t middle = middle_of (node);
  float dx = other.x - middle.x, dy = other.y - middle.y;
  float across = dx == 0 ? G_MAXFLOAT : node->box.size.width / 2 / fabsf (dx), up = dy == 0 ? G_MAXFLOAT : node->box.size.height / 2 / fabsf (dy);
  float share = MIN (MIN (across, up), 1);

  return GRAPHENE_POINT_INIT (middle.x + dx * share, middle.y + dy * share);
}

/* --- drawing ------------------------------------------------------------------------------------------------------- */

static void
draw_arrow (cairo_t *cr, graphene_point_t from, graphene_point_t to)
{
  double angle = atan2 (to.y - from.y, to.x - from.x);

  cairo_move_to (cr, from.x, from.y);
  cairo_line_to (cr, to.x, to.y);
  cairo_stroke (cr);
  cairo_move_to (cr, to.x, to.y);
  cairo_line_to (cr, to.x - 9 * cos (angle - 0.4), to.y - 9 * sin (angle - 0.4));
  cairo_line_to (cr, to.x - 9 * cos (angle + 0.4), to.y - 9 * sin (angle + 0.4));
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_lines (GxcCustomerGraph *self, GtkSnapshot *snapshot, int width, int height)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  cairo_set_line_width (cr, 1.5);
  for (guint i = 0; i < self->edges->len; i++)
    {
      const Node *from = node_at (self, edge_at (self, i)->from), *to = node_at (self, edge_at (self, i)->to);

      gdk_cairo_set_source_rgba (cr, gxc_token_rgba (GXC_TOKEN_CHART_MEAN));
      draw_arrow (cr, leave_box (from, middle_of (to)), leave_box (to, middle_of (from)));
    }
  cairo_destroy (cr);
}

static void
draw_label (GxcCustomerGraph *self, GtkSnapshot *snapshot, const Edge *edge)
{
  graphene_point_t from = leave_box (node_at (self, edge->from), middle_of (node_at (self, edge->to)));
  graphene_point_t to = leave_box (node_at (self, edge->to), middle_of (node_at (self, edge->from)));
  float x = (from.x + to.x) / 2, y = (from.y + to.y) / 2, wide = gxc_marks_width (GTK_WIDGET (self), edge->label, FALSE) + 8;

  gxc_marks_bar (snapshot, gxc_token_rgba (GXC_TOKEN_CARD), &GRAPHENE_RECT_INIT (x - wide / 2, y - 9, wide, 18), 4);
  gxc_marks_caption (snapshot, GTK_WIDGET (self), edge->label, FALSE, GXC_TOKEN_DIM, x, y, 0.5);
}

static void
draw_node (GxcCustomerGraph *self, GtkSnapshot *snapshot, guint i)
{
  Node *node = node_at (self, i);
  gboolean chosen = (int) i == self->cursor && gtk_widget_has_focus (GTK_WIDGET (self));
  GskRoundedRect outline;
  float line = chosen ? 2 : 1;
  GdkRGBA colour = *gxc_token_rgba (chosen ? GXC_TOKEN_ACCENT_FILL : GXC_TOKEN_LINE);
  int width, height;

  gxc_marks_bar (snapshot, gxc_token_rgba (i == 0 ? GXC_TOKEN_ACCENT_SOFT : GXC_TOKEN_PAGE), &node->box, 8);
  gsk_rounded_rect_init_from_rect (&outline, &node->box, 8);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { line, line, line, line }, (GdkRGBA[4]) { colour, colour, colour, colour });
  pango_layout_get_pixel_size (node->layout, &width, &height);
  gxc_marks_text (snapshot, node->layout, gxc_token_rgba (GXC_TOKEN_FG), node->box.origin.x + NODE_PAD,
                  node->box.origin.y + (node->box.size.height - height) / 2);
}

static void
gxc_customer_graph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcCustomerGraph *self = GXC_CUSTOMER_GRAPH (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  if (self->nodes->len == 0)
    return;
  place_all (self, width, height);
  draw_lines (self, snapshot, width, height);
  for (guint i = 0; i < self->edges->len; i++)
    draw_label (self, snapshot, edge_at (self, i));
  for (guint i = 0; i < self->nodes->len; i++)
    draw_node (self, snapshot, i);
}

static void
gxc_customer_graph_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GxcCustomerGraph *self = GXC_CUSTOMER_GRAPH (widget);
  double scale = gxc_look_scale (widget);
  int height = self->nodes->len <= 3 ? 110 : self->nodes->len <= 6 ? 250 : 340;

  *minimum = (orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : height) * scale;
  *natural = (orientation == GTK_ORIENTATION_HORIZONTAL ? 720 : height) * scale;
}

/* --- keys and pointer ----------------------------------------------------------------------------------------------- */

static int
find_node (GxcCustomerGraph *self, double x, double y)
{
  for (guint i = 0; i < self->nodes->len; i++)
    if (graphene_rect_contains_point (&node_at (self, i)->box, &GRAPHENE_POINT_INIT (x, y)))
      return i;
  return -1;
}

static void
open_node (GxcCustomerGraph *self, int i)
{
  if (i > 0)        /* the one in the middle is open */
    g_signal_emit (self, signals[OPENED], 0, GX_ID_STR (&node_at (self, i)->id));
}

static void
set_cursor (GxcCustomerGraph *self, int i)
{
  self->cursor = i;
  if (i >= 0)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, node_at (self, i)->name, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_pressed_cb (GxcCustomerGraph *self, int n_press, double x, double y)
{
  int i = find_node (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  set_cursor (self, i);
  open_node (self, i);
}

static void
on_motion_cb (GxcCustomerGraph *self, double x, double y)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), find_node (self, x, y) > 0 ? "pointer" : NULL);
}

/**
 * gxc_customer_graph_move:
 * @dx: 1 right, -1 left
 * @dy: 1 down, -1 up
 *
 * To the nearest node in that direction, if there is one.
 */
void
gxc_customer_graph_move (GxcCustomerGraph *self,
                         int               dx,
                         int               dy)
{
  graphene_point_t from;
  float best = G_MAXFLOAT;
  int next = -1;

  g_return_if_fail (GXC_IS_CUSTOMER_GRAPH (self));

  if (self->nodes->len == 0)
    return;
  if (self->cursor < 0)
    {
      set_cursor (self, 0);
      return;
    }
  place_all (self, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  from = middle_of (node_at (self, self->cursor));
  for (guint i = 0; i < self->nodes->len; i++)
    {
      graphene_point_t at = middle_of (node_at (self, i));
      float along = (at.x - from.x) * dx + (at.y - from.y) * dy, aside = fabsf ((at.x - from.x) * dy) + fabsf ((at.y - from.y) * dx);

      if ((int) i != self->cursor && along > 1 && along + 2 * aside < best)
        {
          best = along + 2 * aside;
          next = i;
        }
    }
  if (next >= 0)
    set_cursor (self, next);
}

static gboolean
on_key_cb (GxcCustomerGraph *self, guint key, guint code, GdkModifierType modifiers)
{
  if (modifiers & (GDK_ALT_MASK | GDK_CONTROL_MASK))
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Left: gxc_customer_graph_move (self, -1, 0); return TRUE;
    case GDK_KEY_Right: gxc_customer_graph_move (self, 1, 0); return TRUE;
    case GDK_KEY_Up: gxc_customer_graph_move (self, 0, -1); return TRUE;
    case GDK_KEY_Down: gxc_customer_graph_move (self, 0, 1); return TRUE;
    case GDK_KEY_Return: case GDK_KEY_KP_Enter: case GDK_KEY_space: open_node (self, self->cursor); return TRUE;
    default: return FALSE;
    }
}

static void
on_focus_cb (GxcCustomerGraph *self)
{
  if (self->cursor < 0 && gtk_widget_has_focus (GTK_WIDGET (self)) && self->nodes->len)
    set_cursor (self, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- the widget ----------------------------------------------------------------------------------------------------- */

static void
gxc_customer_graph_finalize (GObject *object)
{
  GxcCustomerGraph *self = GXC_CUSTOMER_GRAPH (object);

  g_array_unref (self->nodes);
  g_array_unref (self->edges);
  G_OBJECT_CLASS (gxc_customer_graph_parent_class)->finalize (object);
}

static void
gxc_customer_graph_class_init (GxcCustomerGraphClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gxc_customer_graph_finalize;
  widget_class->snapshot = gxc_customer_graph_snapshot;
  widget_class->measure = gxc_customer_graph_measure;
  /** GxcCustomerGraph::opened: the id, as text, of a node that is not the one in the middle */
  signals[OPENED] = g_signal_new ("opened", GXC_TYPE_CUSTOMER_GRAPH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gxc_customer_graph_init (GxcCustomerGraph *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new (), *motion = gtk_event_controller_motion_new ();

  self->nodes = g_array_new (FALSE, TRUE, sizeof (Node));
  self->edges = g_array_new (FALSE, TRUE, sizeof (Edge));
  g_array_set_clear_func (self->nodes, clear_node);
  g_array_set_clear_func (self->edges, clear_edge);
  self->cursor = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (on_focus_cb), NULL);
}

GtkWidget *
gxc_customer_graph_new (void)
{
  return g_object_new (GXC_TYPE_CUSTOMER_GRAPH, NULL);
}

void
gxc_customer_graph_clear (GxcCustomerGraph *self)
{
  g_array_set_size (self->nodes, 0);
  g_array_set_size (self->edges, 0);
  self->cursor = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static int
index_of (GxcCustomerGraph *self, const GxId *id)
{
  for (guint i = 0; i < self->nodes->len; i++)
    if (gx_id_equal (&node_at (self, i)->id, id))
      return i;
  return -1;
}

/**
 * gxc_customer_graph_add_node:
 *
 * Returns: its place, the same for the same @id; -1 where there is no room for more
 */
int
gxc_customer_graph_add_node (GxcCustomerGraph *self,
                             const GxId       *id,
                             const char       *name)
{
  Node node = { .id = *id };
  int there = index_of (self, id);

  if (there >= 0 || self->nodes->len >= GXC_GRAPH_MAX)
    return there;
  node.name = g_strdup (name);
  g_array_append_val (self->nodes, node);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return self->nodes->len - 1;
}

/** gxc_customer_graph_add_edge: an arrow between two nodes; a second one between the same two is told with the first */
void
gxc_customer_graph_add_edge (GxcCustomerGraph *self,
                             guint             from,
                             guint             to,
                             const char       *label)
{
  Edge edge = { from, to, NULL };
  g_autofree char *words = NULL;

  g_return_if_fail (from < self->nodes->len && to < self->nodes->len);

  for (guint i = 0; i < self->edges->len; i++)
    if (edge_at (self, i)->from == from && edge_at (self, i)->to == to)
      {
        char *both = g_strdup_printf ("%s · %s", edge_at (self, i)->label, label);

        g_free (edge_at (self, i)->label);
        edge_at (self, i)->label = both;
        return;
      }
  edge.label = g_strdup (label);
  g_array_append_val (self->edges, edge);
  words = gxc_customer_graph_dup_words (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** gxc_customer_graph_get_cursor: the node that the keys are on, -1 if none */
int
gxc_customer_graph_get_cursor (GxcCustomerGraph *self)
{
  return self->cursor;
}

/** gxc_relation_words: (transfer full): "张明远 is legal representative of 澜川科技" */
char *
gxc_relation_words (const char *from,
                    const char *kind,
                    const char *to)
{
  return g_strdup_printf (_("%1$s is %2$s of %3$s"), from, kind, to);
}

/** gxc_customer_graph_dup_words: (transfer full): every arrow in words, for a screen reader */
char *
gxc_customer_graph_dup_words (GxcCustomerGraph *self)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < self->edges->len; i++)
    {
      g_autofree char *one = gxc_relation_words (node_at (self, edge_at (self, i)->from)->name, edge_at (self, i)->label,
                                                 node_at (self, edge_at (self, i)->to)->name);

      g_string_append_printf (words, "%s%s", i ? "; " : "", one);
    }
  return g_string_free (words, FALSE);
}
