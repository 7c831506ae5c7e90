/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life-cycle timeline as a page holds it: a bar of steps and filters, the canvas with its mini-map and legend, and the
 * list. One model, one filter and one choice serve both. It reads when it is told to and writes nothing. */

#include "gxc-timeline-private.h"

#include <glib/gi18n.h>

#include "gx-error.h"
#include "gxc-look.h"
#include "gxc-timeline-bar.h"
#include "gxc-timeline-canvas.h"
#include "gxc-timeline-gather.h"
#include "gxc-timeline-layout.h"
#include "gxc-timeline-legend.h"
#include "gxc-timeline-list.h"
#include "gxc-timeline-map.h"
#include "gxc-widgets.h"

/* px at 100 % text */
#define NARROW   820     /* below, it begins as a list until somebody chooses */
#define LEAST    480     /* of its width */
#define BAR_GAP  10      /* below the bar */
#define GAP      8       /* between the rest */
#define FRAME    2       /* of the card around the canvas */

#define FEW_ROWS 4       /* of products and contacts: before there are fewer, the legend goes */

enum { ITEM_ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GxcTimeline, gxc_timeline, GTK_TYPE_WIDGET)

void
gxc_timeline_update_bar (GxcTimeline *self)
{
  const GxcTimelineScale *scale = gxc_timeline_canvas_get_scale (GXC_TIMELINE_CANVAS (self->canvas));

  gxc_timeline_bar_update (GXC_TIMELINE_BAR (self->bar), self->model, self->groups, gxc_timeline_is_list (self),
                           scale->width > 0 ? (int) gxc_timeline_scale_step (scale) : -1);
}

/* --- canvas and list show the same ----------------------------------------------------------------------------------- */

static void
on_canvas_selected_cb (GxcTimeline *self, const GxcTimelineItem *item)
{
  if (self->syncing)
    return;
  self->syncing = TRUE;
  gxc_timeline_list_select (GXC_TIMELINE_LIST (self->list), item);
  self->syncing = FALSE;
}

static void
on_list_selected_cb (GxcTimeline *self, const GxcTimelineItem *item)
{
  if (self->syncing)
    return;
  self->syncing = TRUE;
  gxc_timeline_canvas_select (GXC_TIMELINE_CANVAS (self->canvas), item);
  self->syncing = FALSE;
}

static void
on_activated_cb (GxcTimeline *self, const GxcTimelineItem *item)
{
  if (item->entity)
    g_signal_emit (self, signals[ITEM_ACTIVATED], 0, item->entity, &item->id);
}

static void
replace_state (GxcTimeline *self, const char *name, GtkWidget *box)
{
  GtkWidget *old = gtk_stack_get_child_by_name (GTK_STACK (self->stack), name);

  if (old)
    gtk_stack_remove (GTK_STACK (self->stack), old);
  gtk_stack_add_named (GTK_STACK (self->stack), box, name);
}

/* Who may only look is not told to write; and during a first sync nobody knows yet. */
static GtkWidget *
make_empty (GxcTimeline *self)
{
  gboolean writes = gxc_desk_can (self->desk, GX_CAN_WRITE_TASK);
  GxcSyncSummary summary;

  gxc_desk_get_summary (self->desk, &summary);
  if (summary.total > 0 && summary.done < summary.total)
    return gxc_empty_new ("emblem-synchronizing-symbolic", _("The timeline is on its way"), _("The first sync has not brought it here yet."),
                          NULL, NULL, NULL);

  return gxc_empty_new ("x-office-calendar-symbolic", _("Nothing has happened yet"),
                        writes ? _("Ctrl+I logs the first interaction.") : _("What the customer's manager writes appears here."),
                        writes ? _("Log interaction") : NULL, "win.new-interaction", GX_ID_STR (&self->customer));
}

static void
show_form (GxcTimeline *self, gboolean list)
{
  const char *name = !self->model ? "error" : self->model->items->len == 0 ? "empty" : list ? "list" : "canvas";

  if (!gtk_stack_get_child_by_name (GTK_STACK (self->stack), name))
    return;       /* not read yet */
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), name);
  gtk_widget_set_visible (self->bar, self->model && self->model->items->len > 0);
  gxc_timeline_update_bar (self);
}

/* --- how it shares its room ------------------------------------------------------------------------------------------ */

static int
measure_height (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* The rows of products and contacts that there is room for in @height besides assets with their due. */
static int
rows_in (GxcTimeline *self, int height)
{
  return gxc_timeline_layout_room (self->model, self->groups, gxc_look_scale (GTK_WIDGET (self)), height);
}

/* Lanes that have no room share a row; where that leaves too few rows the legend goes, and then some of the map. */
static void
share_height (GxcTimeline *self)
{
  GxcTimelineMap *map = GXC_TIMELINE_MAP (self->map);
  int full = gxc_timeline_map_get_height (map, FALSE), room = self->height - measure_height (self->bar) - full - BAR_GAP - GAP - FRAME, legend;
  int least = MIN (FEW_ROWS, gxc_timeline_model_count_rows (self->model, self->groups));

  gtk_widget_set_visible (self->legend, TRUE);      /* what is hidden has no height */
  legend = measure_height (self->legend) + GAP;
  gtk_widget_set_visible (self->legend, rows_in (self, room - legend) >= least);
  gxc_timeline_map_set_low (map, rows_in (self, room) < least);
  if (gtk_widget_get_visible (self->legend))
    room -= legend;
  else if (rows_in (self, room) < least)
    room += full - gxc_timeline_map_get_height (map, TRUE);
  self->n_rows = MAX (rows_in (self, room), 0);
  if (gxc_timeline_model_share_lanes (self->model, self->groups, self->n_rows))
    gxc_timeline_canvas_set_model (GXC_TIMELINE_CANVAS (self->canvas), self->model);
}

static void
share (GxcTimeline *self)
{
  if (!self->chosen)
    show_form (self, self->width / gxc_look_scale (GTK_WIDGET (self)) < NARROW);
  else
    gxc_timeline_update_bar (self);
  gxc_timeline_bar_set_width (GXC_TIMELINE_BAR (self->bar), self->width);
  if (!self->model)
    return;
  gxc_timeline_legend_update (self->legend, self->model);
  share_height (self);
}

/* Outside the allocation, in which nothing may change its size; and once more with the next frame, for what has just come
 * into sight has its font only then. */
static gboolean
on_frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GxcTimeline *self = GXC_TIMELINE (widget);

  share (self);
  if (self->frame++ == 0)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

void
gxc_timeline_share_later (GxcTimeline *self)
{
  self->frame = 0;
  if (!self->tick && self->width > 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame_cb, NULL, NULL);
}

/* --- what it shows ---------------------------------------------------------------------------------------------------- */

/** gxc_timeline_show_list: as a list, or as a canvas again; the keys go on there */
void
gxc_timeline_show_list (GxcTimeline *self,
                        gboolean     list)
{
  gboolean focus;

  g_return_if_fail (GXC_IS_TIMELINE (self));

  focus = gtk_widget_get_focus_child (self->stack) != NULL;
  self->chosen = TRUE;
  show_form (self, list);
  gxc_timeline_share_later (self);
  if (focus)
    gtk_widget_grab_focus (list ? self->list : self->canvas);
}

gboolean
gxc_timeline_is_list (GxcTimeline *self)
{
  g_return_val_if_fail (GXC_IS_TIMELINE (self), FALSE);
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "list") == 0;
}

GtkWidget *
gxc_timeline_get_canvas (GxcTimeline *self)
{
  return self->canvas;
}

/* Of what cannot be read nothing stays in sight that may be wrong by now. */
static void
show_model (GxcTimeline *self, GxcTimelineModel *model)
{
  gxc_timeline_canvas_set_model (GXC_TIMELINE_CANVAS (self->canvas), model);
  gxc_timeline_map_set_model (GXC_TIMELINE_MAP (self->map), model);
  gxc_timeline_list_set_model (GXC_TIMELINE_LIST (self->list), model, self->groups);
  gxc_timeline_list_select (GXC_TIMELINE_LIST (self->list), gxc_timeline_canvas_get_selected (GXC_TIMELINE_CANVAS (self->canvas)));
}

static GxcTimelineModel *
make_nothing (GxcTimeline *self)
{
  GxcTimelineModel *model = gxc_timeline_model_new (gxc_desk_get_today (self->desk));

  gxc_timeline_model_finish (model);
  return model;
}

/** gxc_timeline_refresh: reads the customer's rows anew; says so where there is nothing, or where it could not be read */
void
gxc_timeline_refresh (GxcTimeline *self)
{
  g_autoptr(GxcTimelineModel) model = NULL;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (GXC_IS_TIMELINE (self));

  model = gxc_timeline_gather (self->desk, &self->customer, &error);
  if (!model)
    model = make_nothing (self);
  gxc_timeline_model_share_lanes (model, self->groups, self->n_rows);
  show_model (self, model);
  g_clear_pointer (&self->model, gxc_timeline_model_unref);
  if (error && !g_error_matches (error, GX_ERROR, GX_ERROR_NOT_FOUND))      /* of who is not on this desk there is nothing */
    replace_state (self, "error", gxc_error_new (error));
  else
    {
      self->model = g_steal_pointer (&model);
      replace_state (self, "empty", make_empty (self));
    }
  show_form (self, gxc_timeline_is_list (self));
  gxc_timeline_share_later (self);
}

/* --- the widget ------------------------------------------------------------------------------------------------------ */

static GtkWidget *
make_card (GtkWidget *child)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (card, "gx-card");
  gtk_widget_add_css_class (card, "flush");
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_vexpand (child, TRUE);
  gtk_box_append (GTK_BOX (card), child);
  return card;
}

static GtkWidget *
make_canvas (GxcTimeline *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP), *scrolled = gtk_scrolled_window_new ();

  self->canvas = gxc_timeline_canvas_new ();
  self->map = gxc_timeline_map_new (GXC_TIMELINE_CANVAS (self->canvas));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->canvas);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), "value-changed",
                           G_CALLBACK (gtk_widget_queue_draw), self->canvas, G_CONNECT_SWAPPED);    /* the axis stays where it is */
  gtk_box_append (GTK_BOX (box), make_card (scrolled));
  gtk_box_append (GTK_BOX (box), self->map);
  self->legend = gxc_timeline_legend_new ();
  gtk_box_append (GTK_BOX (box), self->legend);
  return box;
}

/* What the bar needs in the line that it has now. It has two as soon as it is told, so the window need not fold for it. */
static int
least_width (GxcTimeline *self)
{
  int least;

  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

static void
gxc_timeline_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GxcTimeline *self = GXC_TIMELINE (widget);

  gtk_widget_size_allocate (self->box, &(GtkAllocation) { 0, 0, MAX (width, least_width (self)), height }, baseline);
  if (width == self->width && height == self->height)
    return;
  self->width = width;
  self->height = height;
  gxc_timeline_share_later (self);
}

static void
gxc_timeline_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                      int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GxcTimeline *self = GXC_TIMELINE (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = MAX (for_size, least_width (self));
  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, LEAST * gxc_look_scale (widget));
}

static gboolean
gxc_timeline_grab_focus (GtkWidget *widget)
{
  GxcTimeline *self = GXC_TIMELINE (widget);

  return gtk_widget_grab_focus (gxc_timeline_is_list (self) ? self->list : self->canvas);
}

static void
gxc_timeline_dispose (GObject *object)
{
  GxcTimeline *self = GXC_TIMELINE (object);

  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (object), self->tick);
  self->tick = 0;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->model, gxc_timeline_model_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_timeline_parent_class)->dispose (object);
}

static void
gxc_timeline_class_init (GxcTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_timeline_dispose;
  widget_class->size_allocate = gxc_timeline_size_allocate;
  widget_class->measure = gxc_timeline_measure;
  widget_class->grab_focus = gxc_timeline_grab_focus;
  signals[ITEM_ACTIVATED] = g_signal_new ("item-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);
  gxc_timeline_actions_install (widget_class);
}

static void
connect_parts (GxcTimeline *self)
{
  g_signal_connect_object (self->canvas, "selected", G_CALLBACK (on_canvas_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "scale-changed", G_CALLBACK (gxc_timeline_update_bar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "selected", G_CALLBACK (on_list_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
}

static void
gxc_timeline_init (GxcTimeline *self)
{
  GtkWidget *list_card;

  self->groups = GXC_TIMELINE_ALL;
  self->n_rows = G_MAXUINT;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, BAR_GAP);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->bar = gxc_timeline_bar_new ();
  self->stack = gtk_stack_new ();
  self->list = gxc_timeline_list_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), make_canvas (self), "canvas");
  list_card = make_card (self->list);
  gtk_stack_add_named (GTK_STACK (self->stack), list_card, "list");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->bar);
  gtk_box_append (GTK_BOX (self->box), self->stack);
  connect_parts (self);
}

/** gxc_timeline_new: (transfer floating): empty until gxc_timeline_refresh() */
GtkWidget *
gxc_timeline_new (GxcDesk    *desk,
                  const GxId *customer)
{
  GxcTimeline *self = g_object_new (GXC_TYPE_TIMELINE, NULL);

  self->desk = g_object_ref (desk);
  self->customer = *customer;
  return GTK_WIDGET (self);
}
