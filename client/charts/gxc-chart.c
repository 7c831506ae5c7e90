/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every chart is: a table of places and series, a cursor that keys and pointer move from point to point, a call-out,
 * the same in words, and the table on the clipboard (chart.copy-table, Ctrl+C). How the points are drawn is a subclass's
 * business. Not a plotting library: at most six series, which is what a desk needs and an eye can tell apart. */

#include "gxc-chart.h"

#include <glib/gi18n.h>

#include "gxc-marks.h"

typedef struct
{
  GxcChartData *data;       /* (owned) */
  int           cursor;     /* -1: none */
} GxcChartPrivate;

enum { ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GxcChart, gxc_chart, GTK_TYPE_WIDGET)

#define PRIVATE(self) ((GxcChartPrivate *) gxc_chart_get_instance_private (self))

static guint
n_points (GxcChart *self)
{
  GxcChartPrivate *priv = PRIVATE (self);

  return gxc_chart_data_is_empty (priv->data) ? 0 : GXC_CHART_GET_CLASS (self)->n_points (self);
}

static void
update_words (GxcChart *self)
{
  GxcChartPrivate *priv = PRIVATE (self);
  g_autofree char *words = gxc_chart_dup_words (self);
  g_autofree char *point = priv->cursor >= 0 ? gxc_chart_dup_point (self, priv->cursor) : g_strdup ("");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, point,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- what a kind may leave as it is ------------------------------------------------------------------------------ */

static guint
real_n_points (GxcChart *self)
{
  return PRIVATE (self)->data->n_labels;
}

static char *
real_describe (GxcChart *self, guint point)
{
  return gxc_chart_data_dup_place (PRIVATE (self)->data, point);
}

static int
real_move (GxcChart *self, int point, int right, int down)
{
  return point + right;
}

/* --- drawing ----------------------------------------------------------------------------------------------------- */

static void
draw_call_out (GxcChart *self, GtkSnapshot *snapshot)
{
  g_autofree char *text = gxc_chart_dup_point (self, PRIVATE (self)->cursor);
  graphene_rect_t bounds;

  GXC_CHART_GET_CLASS (self)->locate (self, PRIVATE (self)->cursor, &bounds);
  gxc_marks_call_out (snapshot, GTK_WIDGET (self), text, &bounds);
}

static void
gxc_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcChart *self = GXC_CHART (widget);
  GxcChartPrivate *priv = PRIVATE (self);

  if (gxc_chart_data_is_empty (priv->data))
    {
      gxc_marks_caption (snapshot, widget, _("No figures yet"), FALSE, GXC_TOKEN_DIM,
                         gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0, 0.5);
      return;
    }
  GXC_CHART_GET_CLASS (self)->draw (self, snapshot);
  if (priv->cursor >= 0)
    draw_call_out (self, snapshot);
}

static void
gxc_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                   int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 180;
}

/* --- pointer and keys -------------------------------------------------------------------------------------------- */

static void
on_motion_cb (GxcChart *self, double x, double y)
{
  guint n = n_points (self);
  int point = n > 0 ? GXC_CHART_GET_CLASS (self)->point_at (self, x, y) : -1;

  gxc_chart_set_cursor (self, CLAMP (point, -1, (int) n - 1));
}

static void
on_left_cb (GxcChart *self)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    gxc_chart_set_cursor (self, -1);
}

static void
activate_cursor (GxcChart *self)
{
  if (PRIVATE (self)->cursor >= 0)
    g_signal_emit (self, signals[ACTIVATED], 0, PRIVATE (self)->cursor);
}

static void
on_released_cb (GxcChart *self, int n_press, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  on_motion_cb (self, x, y);
  activate_cursor (self);
}

static gboolean
move_cursor (GtkWidget *widget, GVariant *args, gpointer data)
{
  GxcChart *self = GXC_CHART (widget);
  GxcChartPrivate *priv = PRIVATE (self);
  int last = (int) n_points (self) - 1, right, down, to;

  g_variant_get (args, "(ii)", &right, &down);
  if (last < 0)
    return FALSE;
  if (ABS (right) > 1)
    to = right < 0 ? 0 : last;
  else if (priv->cursor < 0)
    to = last;
  else
    to = GXC_CHART_GET_CLASS (self)->move (self, priv->cursor, right, down);
  if (to == priv->cursor && down != 0)
    return FALSE;           /* nothing above or below: the keys are the page's */
  gxc_chart_set_cursor (self, CLAMP (to, 0, last));
  return TRUE;
}

static gboolean
on_enter (GtkWidget *widget, GVariant *args, gpointer data)
{
  activate_cursor (GXC_CHART (widget));
  return TRUE;
}

static void
on_copy_table (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_chart_copy_table (GXC_CHART (widget));
}

static void
gxc_chart_finalize (GObject *object)
{
  gxc_chart_data_free (PRIVATE (GXC_CHART (object))->data);
  G_OBJECT_CLASS (gxc_chart_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key; int right, down; } keys[] = {
    { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Up, 0, -1 }, { GDK_KEY_Down, 0, 1 },
    { GDK_KEY_Home, -G_MAXINT, 0 }, { GDK_KEY_End, G_MAXINT, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, 0, move_cursor, "(ii)", keys[i].right, keys[i].down);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, on_enter, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "chart.copy-table", NULL);
}

static void
gxc_chart_class_init (GxcChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gxc_chart_finalize;
  widget_class->snapshot = gxc_chart_snapshot;
  widget_class->measure = gxc_chart_measure;
  klass->n_points = real_n_points;
  klass->describe = real_describe;
  klass->move = real_move;
  signals[ACTIVATED] = g_signal_new ("activated", GXC_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_install_action (widget_class, "chart.copy-table", NULL, on_copy_table);
  add_keys (widget_class);
}

static void
gxc_chart_init (GxcChart *self)
{
  GxcChartPrivate *priv = PRIVATE (self);
  GtkEventController *motion = gtk_event_controller_motion_new (), *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  priv->data = gxc_chart_data_new ();
  priv->cursor = -1;

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_left_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_left_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* --- public ------------------------------------------------------------------------------------------------------ */

/** gxc_chart_get_data: (transfer none): for the subclasses */
const GxcChartData *
gxc_chart_get_data (GxcChart *self)
{
  return PRIVATE (self)->data;
}

/**
 * gxc_chart_token:
 *
 * Returns: the colour of a series: its place in the palette; the sixth is "other", a reference is grey
 */
GxcToken
gxc_chart_token (GxcChart *self,
                 guint     series)
{
  const GxcChartData *data = PRIVATE (self)->data;
  guint place = 0;

  if (gxc_chart_data_series (data, series)->reference)
    return GXC_TOKEN_CHART_MEAN;
  for (guint i = 0; i < series; i++)
    place += !gxc_chart_data_series (data, i)->reference;
  return GXC_TOKEN_CHART_1 + MIN (place, GXC_CHART_MAX_SERIES - 1);
}

/**
 * gxc_chart_set_title:
 * @title: (nullable): what it is of, for the screen reader and the copied table; nothing draws it
 * @unit: (nullable): of the values
 */
void
gxc_chart_set_title (GxcChart   *self,
                     const char *title,
                     const char *unit)
{
  GxcChartData *data;

  g_return_if_fail (GXC_IS_CHART (self));

  data = PRIVATE (self)->data;
  g_free (data->title);
  g_free (data->unit);
  data->title = g_strdup (title);
  data->unit = g_strdup (unit);
  update_words (self);
}

/**
 * gxc_chart_clear: takes out axis, series and thresholds
 */
void
gxc_chart_clear (GxcChart *self)
{
  g_return_if_fail (GXC_IS_CHART (self));

  gxc_chart_data_empty (PRIVATE (self)->data);
  PRIVATE (self)->cursor = -1;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  update_words (self);
}

static GStrv
copy_labels (const char * const *labels, guint n_labels)
{
  GStrv copy = g_new0 (char *, n_labels + 1);

  for (guint i = 0; i < n_labels; i++)
    copy[i] = g_strdup (labels[i]);
  return copy;
}

/**
 * gxc_chart_set_axis:
 * @labels: (array length=n_labels): the places, as short as an axis needs; clears the series
 */
void
gxc_chart_set_axis (GxcChart           *self,
                    const char * const *labels,
                    guint               n_labels)
{
  g_return_if_fail (GXC_IS_CHART (self));

  gxc_chart_clear (self);
  PRIVATE (self)->data->labels = copy_labels (labels, n_labels);
  PRIVATE (self)->data->n_labels = n_labels;
}

/**
 * gxc_chart_set_full_labels:
 * @labels: (array): as many as the axis has; what the call-out, the table and the screen reader say ("2026-03")
 */
void
gxc_chart_set_full_labels (GxcChart           *self,
                           const char * const *labels)
{
  GxcChartData *data;

  g_return_if_fail (GXC_IS_CHART (self));

  data = PRIVATE (self)->data;
  g_strfreev (data->full_labels);
  data->full_labels = copy_labels (labels, data->n_labels);
}

static void
add_series (GxcChart *self, const char *name, const double *values, gboolean reference)
{
  GxcChartData *data = PRIVATE (self)->data;
  GxcChartSeries series = { g_strdup (name), g_memdup2 (values, data->n_labels * sizeof *values), reference };

  g_array_append_val (data->series, series);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  update_words (self);
}

/**
 * gxc_chart_add_series:
 * @values: (array): as many as the axis has places, NAN where one is missing
 *
 * At most six, the last of them "other": more colours would not be told apart. Sum the rest up first.
 */
void
gxc_chart_add_series (GxcChart     *self,
                      const char   *name,
                      const double *values)
{
  g_return_if_fail (GXC_IS_CHART (self));

  add_series (self, name, values, FALSE);
}

/** gxc_chart_add_reference: what the others are held against: a target, a mean, last year; grey */
void
gxc_chart_add_reference (GxcChart     *self,
                         const char   *name,
                         const double *values)
{
  g_return_if_fail (GXC_IS_CHART (self));

  add_series (self, name, values, TRUE);
}

/**
 * gxc_chart_add_threshold: a dashed line, with its label in the gutter where there are no figures
 */
void
gxc_chart_add_threshold (GxcChart   *self,
                         const char *label,
                         double      value)
{
  GxcChartThreshold threshold = { g_strdup (label), value };

  g_return_if_fail (GXC_IS_CHART (self));

  g_array_append_val (PRIVATE (self)->data->thresholds, threshold);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** gxc_chart_set_figures: FALSE where only thresholds may be read off, not values */
void
gxc_chart_set_figures (GxcChart *self,
                       gboolean  figures)
{
  g_return_if_fail (GXC_IS_CHART (self));

  PRIVATE (self)->data->figures = figures;
  update_words (self);
}

/**
 * gxc_chart_set_cursor:
 * @point: what the call-out and the screen reader tell of, -1 for none
 */
void
gxc_chart_set_cursor (GxcChart *self,
                      int       point)
{
  g_return_if_fail (GXC_IS_CHART (self));
  g_return_if_fail (point >= -1 && point < MAX (1, (int) n_points (self)));

  if (point == PRIVATE (self)->cursor)
    return;
  PRIVATE (self)->cursor = point;
  update_words (self);
}

int
gxc_chart_get_cursor (GxcChart *self)
{
  g_return_val_if_fail (GXC_IS_CHART (self), -1);
  return PRIVATE (self)->cursor;
}

/** gxc_chart_dup_words: (transfer full): the chart in a sentence, for a screen reader */
char *
gxc_chart_dup_words (GxcChart *self)
{
  g_return_val_if_fail (GXC_IS_CHART (self), NULL);
  return gxc_chart_data_dup_words (PRIVATE (self)->data, GXC_CHART_GET_CLASS (self)->stacked);
}

/** gxc_chart_dup_point: (transfer full): one point in words, as the call-out has it */
char *
gxc_chart_dup_point (GxcChart *self,
                     guint     point)
{
  g_return_val_if_fail (GXC_IS_CHART (self) && point < n_points (self), NULL);
  return GXC_CHART_GET_CLASS (self)->describe (self, point);
}

/** gxc_chart_dup_table: (transfer full): tab-separated, a line a place, as a spreadsheet takes it */
char *
gxc_chart_dup_table (GxcChart *self)
{
  g_return_val_if_fail (GXC_IS_CHART (self), NULL);
  return gxc_chart_data_dup_table (PRIVATE (self)->data);
}

/** gxc_chart_copy_table: puts gxc_chart_dup_table() on the clipboard, and says so where there is a window to */
void
gxc_chart_copy_table (GxcChart *self)
{
  g_autofree char *table = gxc_chart_dup_table (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), table);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Copied as a table"));
}

/** gxc_chart_copy_button_new: a button for the head of the card the chart is in */
GtkWidget *
gxc_chart_copy_button_new (GxcChart *self)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "icon-name", "edit-copy-symbolic", "has-frame", FALSE,
                                    "tooltip-text", _("Copy as table"), NULL);

  gtk_widget_add_css_class (button, "gx-tiny");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy as table"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (gxc_chart_copy_table), self, G_CONNECT_SWAPPED);
  return button;
}
