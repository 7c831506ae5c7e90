/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One day of a month: its number, what the calendar calls it, and the first of its tasks, in as many lines as there is room
 * for: where a day has few, what does not fit into a line goes on in the next. A task can be dropped on it. That a day is
 * worked or free is said in words; colour only agrees. */

#include "gxc-day-cell.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-calendar-day.h"
#include "gx-clock.h"
#include "gxc-day-lines.h"
#include "gxc-format.h"
#include "gxc-look.h"
#include "gxc-month-parts.h"
#include "gxc-task-row.h"

/* As many lines as a cell of the smallest window has room for, besides the number. */
#define LEAST_LINES 3

struct _GxcDayCell
{
  GtkWidget  parent_instance;

  GtkWidget *box;           /* (owned): the only child */
  GtkWidget *number;        /* (borrowed) */
  GtkWidget *word;          /* (borrowed) */
  GtkWidget *lines;         /* (borrowed) */
  gint32     date;
  gint32     today;
  GPtrArray *items;         /* (owned) of GxcMonthItem, which are the month's */
  guint      n_late;
  guint      n_lines;       /* that there is room for */
  int        width;         /* px, of a line */
  guint      told;          /* idle: nothing may change its size while sizes are given */
};

G_DEFINE_FINAL_TYPE (GxcDayCell, gxc_day_cell, GTK_TYPE_WIDGET)

enum { PRESSED, DROPPED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
set_class (GtkWidget *widget, const char *css_class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
update_words (GxcDayCell *self)
{
  g_autofree char *date = gxc_format_date_full (self->date, self->today);
  const char *word = gtk_label_get_text (GTK_LABEL (self->word));
  GString *words = g_string_new (date);

  if (*word)
    g_string_append_printf (words, ", %s", word);
  g_string_append (words, ", ");
  g_string_append_printf (words, ngettext ("%u task", "%u tasks", self->items->len), self->items->len);
  if (self->n_late)
    {
      g_string_append (words, ", ");
      g_string_append_printf (words, ngettext ("%u late", "%u late", self->n_late), self->n_late);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
  g_string_free (words, TRUE);
}

/** gxc_day_cell_set_date: @in_month: or of the month before or after */
void
gxc_day_cell_set_date (GxcDayCell *self,
                       gint32      date,
                       gint32      today,
                       gboolean    in_month)
{
  g_autofree char *text = NULL;
  int year, month, day;

  gx_date_to_ymd (date, &year, &month, &day);
  text = day == 1 ? gxc_format_day_month (date) : g_strdup_printf ("%d", day);
  self->date = date;
  self->today = today;
  gtk_label_set_text (GTK_LABEL (self->number), text);
  set_class (GTK_WIDGET (self), "today", date == today);
  set_class (GTK_WIDGET (self), "other", !in_month);
}

/**
 * gxc_day_cell_set_kind:
 * @kind: a #GxDayKind
 * @name: (nullable): what the calendar calls it
 */
void
gxc_day_cell_set_kind (GxcDayCell *self,
                       int         kind,
                       const char *name)
{
  const char *word = gxc_month_kind_words (kind);
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *all = NULL;

  if (self->date == self->today)
    g_ptr_array_add (parts, (gpointer) _("today"));
  if (word)
    g_ptr_array_add (parts, (gpointer) word);
  if (name)
    g_ptr_array_add (parts, (gpointer) name);
  g_ptr_array_add (parts, NULL);
  all = g_strjoinv (" ", (char **) parts->pdata);
  gtk_label_set_text (GTK_LABEL (self->word), all);
  gtk_widget_set_tooltip_text (self->word, *all ? all : NULL);
  gtk_widget_set_visible (self->word, *all != 0);
  set_class (GTK_WIDGET (self), "rest", kind == GX_DAY_REST || kind == GX_DAY_HOLIDAY);
  set_class (self->word, "gx-accent", self->date == self->today);
  update_words (self);
}

/** gxc_day_cell_set_items: @items: (transfer full) (element-type GxcMonthItem): of that day, in its order; they live as long as they are shown */
void
gxc_day_cell_set_items (GxcDayCell *self,
                        GPtrArray  *items)
{
  g_ptr_array_unref (self->items);
  self->items = items;
  self->n_late = 0;
  for (guint i = 0; i < items->len; i++)
    self->n_late += ((GxcMonthItem *) g_ptr_array_index (items, i))->late;
  gxc_day_lines_fill (self->lines, self->items, self->n_lines, self->width);
  update_words (self);
}

void
gxc_day_cell_set_selected (GxcDayCell *self,
                           gboolean    selected)
{
  set_class (GTK_WIDGET (self), "selected", selected);
}

gint32
gxc_day_cell_get_date (GxcDayCell *self)
{
  return self->date;
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
on_pressed_cb (GxcDayCell *self, int n_press)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit (self, signals[PRESSED], 0, n_press);
}

static gboolean
on_drop_cb (GxcDayCell *self, const GValue *value)
{
  const char *text = g_value_get_string (value);

  if (!text || !g_str_has_prefix (text, GXC_TASK_DRAG))
    return FALSE;
  g_signal_emit (self, signals[DROPPED], 0, text + strlen (GXC_TASK_DRAG));
  return TRUE;
}

static int
line_height (GxcDayCell *self)
{
  g_autoptr(PangoLayout) layout = gxc_look_layout (GTK_WIDGET (self), "日g", GXC_DAY_LINE_POINTS, FALSE);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  return MAX (height, 1);
}

static int
head_height (GxcDayCell *self)
{
  int height;

  gtk_widget_measure (gtk_widget_get_first_child (self->box), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

/* As high as the least of its lines, however many are shown: a low window may take room away again. */
static void
gxc_day_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                      int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GxcDayCell *self = GXC_DAY_CELL (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  else
    *minimum = *natural = head_height (self) + LEAST_LINES * line_height (self);
}

static gboolean
on_told_cb (gpointer data)
{
  GxcDayCell *self = data;

  self->told = 0;
  gxc_day_lines_fill (self->lines, self->items, self->n_lines, self->width);
  return G_SOURCE_REMOVE;
}

static void
gxc_day_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GxcDayCell *self = GXC_DAY_CELL (widget);
  guint n_lines = MAX (LEAST_LINES, (height - head_height (self)) / line_height (self));
  int least;

  gtk_widget_measure (self->box, GTK_ORIENTATION_VERTICAL, width, &least, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->box, &(GtkAllocation) { 0, 0, width, MAX (height, least) }, baseline);
  if (n_lines == self->n_lines && width == self->width)
    return;
  self->n_lines = n_lines;
  self->width = width;
  if (!self->told)
    self->told = g_idle_add (on_told_cb, self);
}

static void
gxc_day_cell_dispose (GObject *object)
{
  GxcDayCell *self = GXC_DAY_CELL (object);

  g_clear_handle_id (&self->told, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (gxc_day_cell_parent_class)->dispose (object);
}

static void
gxc_day_cell_class_init (GxcDayCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_day_cell_dispose;
  /** GxcDayCell::pressed: (int n): it was clicked so many times */
  signals[PRESSED] = g_signal_new ("pressed", GXC_TYPE_DAY_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  /** GxcDayCell::dropped: (char *id): a task was dropped on it */
  signals[DROPPED] = g_signal_new ("dropped", GXC_TYPE_DAY_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  widget_class->measure = gxc_day_cell_measure;
  widget_class->size_allocate = gxc_day_cell_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "day");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
add_controllers (GxcDayCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);

  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
gxc_day_cell_init (GxcDayCell *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->items = g_ptr_array_new ();
  self->n_lines = LEAST_LINES;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  /* Two digits always; of a month's name what there is room for, or seven cells of large text fold the sidebar away. */
  self->number = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, "width-chars", 2, NULL);
  self->word = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->number, "gx-day-number");
  gtk_widget_add_css_class (self->word, "gx-caption");
  gtk_box_append (GTK_BOX (head), self->number);
  gtk_box_append (GTK_BOX (head), self->word);
  gtk_box_append (GTK_BOX (self->box), head);
  gtk_box_append (GTK_BOX (self->box), self->lines);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  add_controllers (self);
}

GtkWidget *
gxc_day_cell_new (void)
{
  return g_object_new (GXC_TYPE_DAY_CELL, "hexpand", TRUE, "vexpand", TRUE, NULL);
}
