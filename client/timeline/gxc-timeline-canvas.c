/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canvas: what is in sight of a timeline, drawn anew at each frame from a layout of that frame. It holds the scale and
 * the choice; pointer and keys are gxc-timeline-input.c's. A screen reader hears the chosen item, and the list beside it
 * has every item as a row. */

#include "gxc-timeline-canvas-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gxc-timeline-card.h"

#define ZOOM_MS    250

enum { SELECTED, ACTIVATED, SCALE_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GxcTimelineCanvas, gxc_timeline_canvas, GTK_TYPE_WIDGET)

static double
unit_of (GxcTimelineCanvas *self)
{
  return gxc_look_scale (GTK_WIDGET (self));
}

/** gxc_timeline_canvas_lay_out: makes the layout fit the present scale and size, unless it does already */
void
gxc_timeline_canvas_lay_out (GxcTimelineCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double gutter, width;

  if (!self->model || !self->stale || gtk_widget_get_width (widget) <= 0)
    return;
  gutter = gxc_timeline_paint_gutter (&self->paint, self->model, unit_of (self));
  width = MAX (gtk_widget_get_width (widget) - gutter, 1);
  if (self->scale.width == 0 || self->fitted)
    self->scale = gxc_timeline_canvas_whole (self, width);
  else if (self->scale.width != width)
    {
      self->scale.per_day *= width / self->scale.width;
      self->scale.width = width;
    }
  gxc_timeline_layout_update (self->layout, self->model, self->groups, &self->scale, unit_of (self), gutter,
                              gtk_widget_get_height (widget), gxc_timeline_paint_measure, &self->paint);
  self->stale = FALSE;
}

static void
touch (GxcTimelineCanvas *self)
{
  self->stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- what is chosen ------------------------------------------------------------------------------------------------ */

static void
update_words (GxcTimelineCanvas *self)
{
  g_autofree char *summary = self->model ? gxc_timeline_model_dup_words (self->model) : g_strdup ("");
  g_autofree char *sentence = self->selected ? gxc_timeline_item_dup_words (self->selected, self->model->today) : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence ? sentence : summary,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence ? summary : "", -1);
}

static void
update_card (GxcTimelineCanvas *self)
{
  const GxcTimelineItem *item = self->hovered ? self->hovered : self->selected;

  gtk_widget_set_child_visible (self->card, item != NULL);
  if (item)
    gxc_timeline_card_set_item (GXC_TIMELINE_CARD (self->card), item, self->model->today);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** gxc_timeline_canvas_get_vertical: (nullable) (transfer none): by how much it is scrolled down, if it stands in a scrolled window */
GtkAdjustment *
gxc_timeline_canvas_get_vertical (GxcTimelineCanvas *self)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  return scrolled ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)) : NULL;
}

/* Below the axis, which does not scroll. */
static void
scroll_to_lane (GxcTimelineCanvas *self)
{
  GtkAdjustment *vertical = gxc_timeline_canvas_get_vertical (self);
  const GxcTimelineSlot *row;

  gxc_timeline_canvas_lay_out (self);
  if (!vertical || self->selected->lane >= self->layout->rows->len)
    return;
  row = gxc_timeline_layout_row (self->layout, self->selected->lane);
  gtk_adjustment_clamp_page (vertical, row->top - self->layout->axis - self->layout->pad, row->top + row->height + self->layout->pad);
}

/* What is chosen comes into sight, with room on both sides, but without a desert before the first or after the last. */
static void
reveal (GxcTimelineCanvas *self)
{
  GxcTimelineScale scale = *gxc_timeline_canvas_goal (self), whole;
  double x = gxc_timeline_scale_x (&scale, self->selected->at), edge = scale.width * 0.03, last;

  if (self->scale.width == 0)
    return;
  scroll_to_lane (self);
  if (x >= edge && x <= scale.width - edge)
    return;
  whole = gxc_timeline_canvas_whole (self, scale.width);
  last = MAX (whole.from + gxc_timeline_scale_days (&whole), self->selected->at + edge / scale.per_day) - gxc_timeline_scale_days (&scale);
  scale.from = self->selected->at - gxc_timeline_scale_days (&scale) * (x < edge ? 0.3 : 0.7);
  scale.from = MAX (MIN (scale.from, last), MIN (whole.from, last));
  gxc_timeline_canvas_go (self, &scale, TRUE);
}

/** gxc_timeline_canvas_select: (nullable): an item of the model; it comes into sight */
void
gxc_timeline_canvas_select (GxcTimelineCanvas     *self,
                            const GxcTimelineItem *item)
{
  g_return_if_fail (GXC_IS_TIMELINE_CANVAS (self));

  if (self->selected == item)
    return;
  self->selected = self->paint.selected = item;
  self->hovered = self->paint.hovered = NULL;
  update_words (self);
  update_card (self);
  if (item)
    reveal (self);
  g_signal_emit (self, signals[SELECTED], 0, item);
}

const GxcTimelineItem *
gxc_timeline_canvas_get_selected (GxcTimelineCanvas *self)
{
  return self->selected;
}

/** gxc_timeline_canvas_hover: (nullable) */
void
gxc_timeline_canvas_hover (GxcTimelineCanvas     *self,
                           const GxcTimelineItem *item)
{
  if (self->hovered == item)
    return;
  self->hovered = self->paint.hovered = item;
  update_card (self);
}

/** gxc_timeline_canvas_open: a fold is zoomed into, an item is activated */
void
gxc_timeline_canvas_open (GxcTimelineCanvas     *self,
                          const GxcTimelineMark *mark)
{
  const GxcTimelineItem *first = gxc_timeline_mark_item (self->layout, mark, 0), *last = gxc_timeline_mark_item (self->layout, mark, mark->n - 1);
  double days = MAX (last->at - first->at, GXC_TIMELINE_MIN_DAYS / 4);

  if (mark->n > 1 && gxc_timeline_scale_days (&self->scale) > 2 * GXC_TIMELINE_MIN_DAYS)
    gxc_timeline_canvas_set_range (self, first->at - days * 0.6, last->at + days * 0.6, TRUE);
  else
    g_signal_emit (self, signals[ACTIVATED], 0, self->selected ? self->selected : first);
}

/* --- the widget ---------------------------------------------------------------------------------------------------- */

static void
gxc_timeline_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcTimelineCanvas *self = GXC_TIMELINE_CANVAS (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GtkAdjustment *vertical = gxc_timeline_canvas_get_vertical (self);
  cairo_t *cr;

  if (!self->model)
    return;
  gxc_timeline_canvas_lay_out (self);
  self->paint.top = vertical ? floor (gtk_adjustment_get_value (vertical)) : 0;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gxc_timeline_paint (&self->paint, cr, self->layout);
  cairo_destroy (cr);
  gtk_widget_snapshot_child (widget, self->card, snapshot);
}

static void
gxc_timeline_canvas_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                             int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GxcTimelineCanvas *self = GXC_TIMELINE_CANVAS (widget);
  double least = 0;

  *minimum = *natural = 320;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  *natural = self->model ? ceil (gxc_timeline_layout_natural (self->model, self->groups, unit_of (self), &least)) : 0;
  *minimum = ceil (least);
}

/* Beside the item, to the right if there is room; below its lane, or below the line of assets rather than over it; above
 * where there is no room below. */
static void
place_card (GxcTimelineCanvas *self, const GxcTimelineItem *item, int width, const GtkRequisition *size, GtkAllocation *out)
{
  GtkAdjustment *vertical = gxc_timeline_canvas_get_vertical (self);
  const GxcTimelineSlot *row = gxc_timeline_layout_row (self->layout, item->lane), *assets = &self->layout->assets;
  double unit = unit_of (self), x = self->layout->gutter + gxc_timeline_scale_x (&self->scale, item->at);
  double top = (vertical ? gtk_adjustment_get_value (vertical) : 0) + self->layout->axis, y = row->top + row->height + 8 * unit;
  double bottom = vertical ? gtk_adjustment_get_value (vertical) + gtk_adjustment_get_page_size (vertical) : self->layout->height;

  if (assets->height > 0 && row->top < assets->top && assets->top + assets->height + 6 * unit + size->height <= bottom)
    y = assets->top + assets->height + 6 * unit;
  if (y + size->height > bottom)
    y = row->top - size->height - 6 * unit;
  x = x + 14 * unit + size->width <= width ? x + 14 * unit : x - 14 * unit - size->width;
  *out = (GtkAllocation) { MAX (x, 0), MAX (MIN (y, bottom - size->height), top + 4), size->width, size->height };
}

static void
gxc_timeline_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GxcTimelineCanvas *self = GXC_TIMELINE_CANVAS (widget);
  const GxcTimelineItem *item = self->hovered ? self->hovered : self->selected;
  GtkRequisition size;
  GtkAllocation place;
  double x;

  self->stale = TRUE;
  gtk_widget_get_preferred_size (self->card, NULL, &size);
  if (!item || !self->model)
    return;
  gxc_timeline_canvas_lay_out (self);
  x = gxc_timeline_scale_x (&self->scale, item->at);
  gtk_widget_set_child_visible (self->card, x >= 0 && x <= self->scale.width);
  place_card (self, item, width, &size, &place);
  gtk_widget_size_allocate (self->card, &place, -1);
}

/* Another font, or another text size: every width was measured in vain. */
static void
gxc_timeline_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GxcTimelineCanvas *self = GXC_TIMELINE_CANVAS (widget);

  GTK_WIDGET_CLASS (gxc_timeline_canvas_parent_class)->css_changed (widget, change);
  g_hash_table_remove_all (self->paint.layouts);
  self->paint.context = gtk_widget_get_pango_context (widget);
  for (guint i = 0; self->model && i < self->model->items->len; i++)
    ((GxcTimelineItem *) g_ptr_array_index (self->model->items, i))->brief_width = -1;
  touch (self);
}

static void
gxc_timeline_canvas_state_flags_changed (GtkWidget *widget, GtkStateFlags before)
{
  if ((gtk_widget_get_state_flags (widget) ^ before) & GTK_STATE_FLAG_FOCUSED)
    gtk_widget_queue_draw (widget);
}

static void
gxc_timeline_canvas_dispose (GObject *object)
{
  GxcTimelineCanvas *self = GXC_TIMELINE_CANVAS (object);

  if (self->animation)
    gxc_timeline_canvas_stop (self);
  g_clear_object (&self->animation);
  g_clear_pointer (&self->card, gtk_widget_unparent);
  g_clear_pointer (&self->model, gxc_timeline_model_unref);
  G_OBJECT_CLASS (gxc_timeline_canvas_parent_class)->dispose (object);
}

static void
gxc_timeline_canvas_finalize (GObject *object)
{
  GxcTimelineCanvas *self = GXC_TIMELINE_CANVAS (object);

  gxc_timeline_layout_free (self->layout);
  gxc_timeline_paint_clear (&self->paint);
  G_OBJECT_CLASS (gxc_timeline_canvas_parent_class)->finalize (object);
}

static void
gxc_timeline_canvas_class_init (GxcTimelineCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = gxc_timeline_canvas_dispose;
  object_class->finalize = gxc_timeline_canvas_finalize;
  widget_class->snapshot = gxc_timeline_canvas_snapshot;
  widget_class->measure = gxc_timeline_canvas_measure;
  widget_class->size_allocate = gxc_timeline_canvas_size_allocate;
  widget_class->css_changed = gxc_timeline_canvas_css_changed;
  widget_class->state_flags_changed = gxc_timeline_canvas_state_flags_changed;
  signals[SELECTED] = g_signal_new ("selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ACTIVATED] = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SCALE_CHANGED] = g_signal_new ("scale-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gxc_timeline_canvas_bind_keys (widget_class);
}

static void
gxc_timeline_canvas_init (GxcTimelineCanvas *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (gxc_timeline_canvas_animate, self, NULL);

  self->layout = gxc_timeline_layout_new ();
  self->groups = GXC_TIMELINE_ALL;
  self->fitted = self->stale = TRUE;
  self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, ZOOM_MS, target);
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->animation), ADW_EASE_OUT_CUBIC);
  gxc_timeline_paint_init (&self->paint, gtk_widget_get_pango_context (GTK_WIDGET (self)), gxc_token_rgba);
  self->card = gxc_timeline_card_new ();
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->card, FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gxc_timeline_canvas_add_input (self);
}

GtkWidget *
gxc_timeline_canvas_new (void)
{
  return g_object_new (GXC_TYPE_TIMELINE_CANVAS, NULL);
}

/** gxc_timeline_canvas_set_model: what was chosen stays chosen if its record is still there, and so does the scale */
void
gxc_timeline_canvas_set_model (GxcTimelineCanvas *self,
                               GxcTimelineModel  *model)
{
  const GxcTimelineItem *selected = NULL;

  g_return_if_fail (GXC_IS_TIMELINE_CANVAS (self));

  if (self->selected)
    selected = gxc_timeline_model_find (model, self->selected);
  gxc_timeline_canvas_stop (self);
  self->selected = self->hovered = self->paint.selected = self->paint.hovered = NULL;
  gxc_timeline_model_ref (model);
  g_clear_pointer (&self->model, gxc_timeline_model_unref);
  self->model = model;
  self->selected = self->paint.selected = selected;
  update_words (self);
  update_card (self);
  self->stale = TRUE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/** gxc_timeline_canvas_set_groups: bits by GxcTimelineGroup: which lanes are shown */
void
gxc_timeline_canvas_set_groups (GxcTimelineCanvas *self,
                                guint              groups)
{
  g_return_if_fail (GXC_IS_TIMELINE_CANVAS (self));

  self->groups = groups;
  if (self->selected && !(groups & (1u << gxc_timeline_kind_group (self->selected->kind))))
    gxc_timeline_canvas_select (self, NULL);
  gxc_timeline_canvas_hover (self, NULL);
  self->stale = TRUE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

const GxcTimelineScale *
gxc_timeline_canvas_get_scale (GxcTimelineCanvas *self)
{
  gxc_timeline_canvas_lay_out (self);
  return &self->scale;
}

/** gxc_timeline_canvas_get_layout: (transfer none): of the present scale */
const GxcTimelineLayout *
gxc_timeline_canvas_get_layout (GxcTimelineCanvas *self)
{
  gxc_timeline_canvas_lay_out (self);
  return self->layout;
}
