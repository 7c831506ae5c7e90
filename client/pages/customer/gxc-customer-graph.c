/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who belongs together, as a picture: one customer in the middle, the others on both sides, arrows with words between them.
 * Arrow keys go from node to node, Enter opens that customer. It draws what it is given (gxc-customer-graph-draw.c) and knows
 * neither desk nor relationships; its accessible label says the same in words, and the page has the list beside it. */

#include "gxc-customer-graph-private.h"

#include <glib/gi18n.h>

#include "gxc-tip.h"

G_DEFINE_FINAL_TYPE (GxcCustomerGraph, gxc_customer_graph, GTK_TYPE_WIDGET)

enum { OPENED, N_SIGNALS };
static guint signals[N_SIGNALS];

GxcGraphNode *
gxc_customer_graph_node (GxcCustomerGraph *self, guint i)
{
  return &g_array_index (self->nodes, GxcGraphNode, i);
}

GxcGraphEdge *
gxc_customer_graph_edge (GxcCustomerGraph *self, guint i)
{
  return &g_array_index (self->edges, GxcGraphEdge, i);
}

static void
clear_node (gpointer data)
{
  GxcGraphNode *node = data;

  g_free (node->name);
  g_free (node->tail);
  g_clear_object (&node->words[0]);
  g_clear_object (&node->words[1]);
}

static void
clear_edge (gpointer data)
{
  g_free (((GxcGraphEdge *) data)->label);
}

static char *
dup_node_words (const GxcGraphNode *node)
{
  return g_strdup_printf ("%s%s%s", node->name, node->tail ? " " : "", node->tail ? node->tail : "");
}

/* --- keys and pointer ----------------------------------------------------------------------------------------------- */

static int
find_node (GxcCustomerGraph *self, double x, double y)
{
  for (guint i = 0; i < self->nodes->len; i++)
    if (graphene_rect_contains_point (&self->boxes[i], &GRAPHENE_POINT_INIT (x, y)))
      return i;
  return -1;
}

static void
open_node (GxcCustomerGraph *self, int i)
{
  if (i > 0)        /* the one in the middle is open */
    g_signal_emit (self, signals[OPENED], 0, GX_ID_STR (&gxc_customer_graph_node (self, i)->id));
}

static void
set_cursor (GxcCustomerGraph *self, int i)
{
  g_autofree char *words = i >= 0 ? dup_node_words (gxc_customer_graph_node (self, i)) : NULL;

  self->cursor = i;
  if (words)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
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

/* What was cut is read in the tooltip. */
static gboolean
on_query_tooltip_cb (GxcCustomerGraph *self, int x, int y, gboolean by_keys, GtkTooltip *tooltip)
{
  int i = by_keys ? self->cursor : find_node (self, x, y);
  g_autofree char *words = NULL;

  if (i < 0 || !pango_layout_is_ellipsized (gxc_customer_graph_node (self, i)->words[0]))
    return FALSE;
  words = dup_node_words (gxc_customer_graph_node (self, i));
  gxc_tip_show (tooltip, words);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle) { self->boxes[i].origin.x, self->boxes[i].origin.y, self->boxes[i].size.width, self->boxes[i].size.height });
  return TRUE;
}

/**
 * gxc_customer_graph_move:
 * @dx: 1 right, -1 left
 * @dy: 1 down, -1 up
 *
 * To the next node in that direction, if there is one.
 */
void
gxc_customer_graph_move (GxcCustomerGraph *self,
                         int               dx,
                         int               dy)
{
  int next;

  g_return_if_fail (GXC_IS_CUSTOMER_GRAPH (self));

  if (self->nodes->len == 0)
    return;
  next = self->cursor < 0 ? 0 : gxc_graph_next (self->nodes->len, self->cursor, dx, dy);
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
  widget_class->size_allocate = gxc_customer_graph_allocate;
  /** GxcCustomerGraph::opened: the id, as text, of a node that is not the one in the middle */
  signals[OPENED] = g_signal_new ("opened", GXC_TYPE_CUSTOMER_GRAPH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gxc_customer_graph_init (GxcCustomerGraph *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new (), *motion = gtk_event_controller_motion_new ();

  self->nodes = g_array_new (FALSE, TRUE, sizeof (GxcGraphNode));
  self->edges = g_array_new (FALSE, TRUE, sizeof (GxcGraphEdge));
  g_array_set_clear_func (self->nodes, clear_node);
  g_array_set_clear_func (self->edges, clear_edge);
  self->cursor = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip_cb), NULL);
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

static int
index_of (GxcCustomerGraph *self, const GxId *id)
{
  for (guint i = 0; i < self->nodes->len; i++)
    if (gx_id_equal (&gxc_customer_graph_node (self, i)->id, id))
      return i;
  return -1;
}

/**
 * gxc_customer_graph_add_node:
 * @tail: (nullable): of the customer's number, which tells namesakes apart
 *
 * The first is the middle.
 *
 * Returns: its place, the same for the same @id; -1 where there is no room for more
 */
int
gxc_customer_graph_add_node (GxcCustomerGraph *self,
                             const GxId       *id,
                             const char       *name,
                             const char       *tail)
{
  GxcGraphNode node = { .id = *id };
  int there = index_of (self, id);

  if (there >= 0 || self->nodes->len >= GXC_GRAPH_MAX)
    return there;
  node.name = g_strdup (name);
  node.tail = g_strdup (tail);
  g_array_append_val (self->nodes, node);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return self->nodes->len - 1;
}

static GxcGraphEdge *
find_edge (GxcCustomerGraph *self, guint node, gboolean out)
{
  for (guint i = 0; i < self->edges->len; i++)
    if (gxc_customer_graph_edge (self, i)->node == node && gxc_customer_graph_edge (self, i)->out == out)
      return gxc_customer_graph_edge (self, i);
  return NULL;
}

/**
 * gxc_customer_graph_add_edge:
 * @node: not the one in the middle
 * @out: the middle is @label of @node; else @node is it of the middle
 *
 * A second one the same way between the same two is told with the first.
 */
void
gxc_customer_graph_add_edge (GxcCustomerGraph *self,
                             guint             node,
                             gboolean          out,
                             const char       *label)
{
  GxcGraphEdge *there = find_edge (self, node, out), edge = { node, out, NULL };
  g_autofree char *words = NULL;

  g_return_if_fail (node > 0 && node < self->nodes->len);

  edge.label = there ? g_strdup_printf ("%s · %s", there->label, label) : g_strdup (label);
  if (there)
    {
      g_free (there->label);
      *there = edge;
    }
  else
    g_array_append_val (self->edges, edge);
  words = gxc_customer_graph_dup_words (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
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
      const GxcGraphEdge *edge = gxc_customer_graph_edge (self, i);
      g_autofree char *middle = dup_node_words (gxc_customer_graph_node (self, 0)), *node = dup_node_words (gxc_customer_graph_node (self, edge->node));
      g_autofree char *one = gxc_relation_words (edge->out ? middle : node, edge->label, edge->out ? node : middle);

      g_string_append_printf (words, "%s%s", i ? "; " : "", one);
    }
  return g_string_free (words, FALSE);
}
