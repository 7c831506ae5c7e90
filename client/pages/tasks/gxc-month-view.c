/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A month on a grid of six weeks from Monday on, one day of which is selected. Arrows move by day and week, Page Up and Down
 * by month, Home goes to today, Enter opens the day. What stands on the days is given to it; it knows nothing of where from. */

#include "gxc-month-view.h"

#include "gxc-format.h"
#include "gxc-month-parts.h"

struct _GxcMonthView
{
  GtkWidget    parent_instance;

  GtkWidget   *box;         /* (owned): the only child */
  GtkWidget   *title;       /* (borrowed) */
  GxcDayCell  *cells[GXC_MONTH_DAYS]; /* (borrowed) */
  GxcCalendar *calendar;    /* (borrowed) (nullable): of the page */
  GPtrArray   *items;       /* (owned) of GxcMonthItem */
  gint32       today;
  gint32       day;         /* selected */
  gint32       first;       /* Monday of the first week shown */
};

G_DEFINE_FINAL_TYPE (GxcMonthView, gxc_month_view, GTK_TYPE_WIDGET)

enum { DAY_CHANGED, DAY_ACTIVATED, MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
fill_cell (GxcMonthView *self, guint i)
{
  GPtrArray *items = g_ptr_array_new ();
  gint32 date = self->first + (gint32) i;

  for (guint n = 0; n < self->items->len; n++)
    if (((GxcMonthItem *) g_ptr_array_index (self->items, n))->date == date)
      g_ptr_array_add (items, g_ptr_array_index (self->items, n));
  gxc_day_cell_set_date (self->cells[i], date, self->today, gxc_month_has (self->day, date));
  if (self->calendar)
    gxc_day_cell_set_kind (self->cells[i], gx_workdays_kind (gxc_calendar_get_workdays (self->calendar), date),
                           gxc_calendar_get_name (self->calendar, date));
  gxc_day_cell_set_items (self->cells[i], items);
  gxc_day_cell_set_selected (self->cells[i], date == self->day);
}

static void
update (GxcMonthView *self)
{
  g_autofree char *month = gxc_format_month_head (self->day);

  self->first = gxc_month_first_shown (self->day);
  for (guint i = 0; i < GXC_MONTH_DAYS; i++)
    fill_cell (self, i);
  gtk_label_set_text (GTK_LABEL (self->title), month);
}

/**
 * gxc_month_view_set_calendar:
 * @calendar: (transfer none): must outlive the view, or be replaced
 */
void
gxc_month_view_set_calendar (GxcMonthView *self,
                             GxcCalendar  *calendar,
                             gint32        today)
{
  self->calendar = calendar;
  self->today = today;
  if (self->day == GX_INT32_NONE)
    self->day = today;
  update (self);
}

/** gxc_month_view_set_items: @items: (transfer full) (element-type GxcMonthItem): by their time */
void
gxc_month_view_set_items (GxcMonthView *self,
                          GPtrArray    *items)
{
  g_autoptr(GPtrArray) before = self->items;        /* the cells have them until they get others */

  self->items = items;
  update (self);
}

static void
select_day (GxcMonthView *self, gint32 day, gboolean focus)
{
  self->day = day;
  update (self);
  if (focus)
    gxc_month_view_focus (self);
  g_signal_emit (self, signals[DAY_CHANGED], 0);
}

void
gxc_month_view_set_day (GxcMonthView *self,
                        gint32        day)
{
  if (day != self->day)
    select_day (self, day, FALSE);
}

gint32
gxc_month_view_get_day (GxcMonthView *self)
{
  return self->day;
}

/** gxc_month_view_get_range: the first and the last day that it shows */
void
gxc_month_view_get_range (GxcMonthView *self,
                          gint32       *out_first,
                          gint32       *out_last)
{
  *out_first = self->first;
  *out_last = self->first + GXC_MONTH_DAYS - 1;
}

void
gxc_month_view_turn (GxcMonthView *self,
                     int           months)
{
  select_day (self, gx_date_add_months (self->day, months), FALSE);
}

/** gxc_month_view_focus: the focus goes to the selected day */
void
gxc_month_view_focus (GxcMonthView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->cells[self->day - self->first]));
}

/* --- input -------------------------------------------------------------------------------------------------------- */

static gboolean
on_key_cb (GxcMonthView *self, guint key, guint code, GdkModifierType modifiers)
{
  gint32 day = self->day;

  if (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  if (gxc_month_move (key, self->today, &day))
    select_day (self, day, TRUE);
  else if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter)
    g_signal_emit (self, signals[DAY_ACTIVATED], 0);
  else
    return FALSE;
  return TRUE;
}

static void
on_pressed_cb (GxcMonthView *self, int n_press, GxcDayCell *cell)
{
  gboolean again = gxc_day_cell_get_date (cell) == self->day;

  if (!again)
    select_day (self, gxc_day_cell_get_date (cell), TRUE);
  if (n_press == 2 || again)
    g_signal_emit (self, signals[DAY_ACTIVATED], 0);
}

static void
on_dropped_cb (GxcMonthView *self, const char *id, GxcDayCell *cell)
{
  g_signal_emit (self, signals[MOVED], 0, id, gxc_day_cell_get_date (cell));
}

static void
turn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_month_view_turn (GXC_MONTH_VIEW (widget), g_variant_get_int32 (parameter));
}

static void
today_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  select_day (GXC_MONTH_VIEW (widget), GXC_MONTH_VIEW (widget)->today, TRUE);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_month_view_dispose (GObject *object)
{
  GxcMonthView *self = GXC_MONTH_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (gxc_month_view_parent_class)->dispose (object);
}

static void
gxc_month_view_class_init (GxcMonthViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_month_view_dispose;
  signals[DAY_CHANGED] = g_signal_new ("day-changed", GXC_TYPE_MONTH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** GxcMonthView::day-activated: Enter, or a click on the day that it stands on */
  signals[DAY_ACTIVATED] = g_signal_new ("day-activated", GXC_TYPE_MONTH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** GxcMonthView::moved: (char *id, int day): something was dropped on a day */
  signals[MOVED] = g_signal_new ("moved", GXC_TYPE_MONTH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "month");
  gtk_widget_class_install_action (widget_class, "month.turn", "i", turn_action);
  gtk_widget_class_install_action (widget_class, "month.today", NULL, today_action);
}

static void
add_grid (GxcMonthView *self)
{
  GtkWidget *weekdays = g_object_new (GTK_TYPE_GRID, "column-homogeneous", TRUE, NULL);
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "column-homogeneous", TRUE, "row-homogeneous", TRUE, "vexpand", TRUE,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_GRID, NULL);

  gxc_month_add_weekdays (GTK_GRID (weekdays), 0);
  for (int i = 0; i < GXC_MONTH_DAYS; i++)
    {
      GtkWidget *cell = gxc_day_cell_new ();

      self->cells[i] = GXC_DAY_CELL (cell);
      g_signal_connect_object (cell, "pressed", G_CALLBACK (on_pressed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (cell, "dropped", G_CALLBACK (on_dropped_cb), self, G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (grid), cell, i % 7, i / 7, 1, 1);
    }
  gtk_box_append (GTK_BOX (self->box), weekdays);
  gtk_box_append (GTK_BOX (self->box), g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", grid, "hscrollbar-policy", GTK_POLICY_NEVER,
                                                     "vexpand", TRUE, NULL));
}

static void
gxc_month_view_init (GxcMonthView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_month_item_free);
  self->day = GX_INT32_NONE;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), gxc_month_head_new (&self->title));
  add_grid (self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_BUBBLE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
gxc_month_view_new (void)
{
  return g_object_new (GXC_TYPE_MONTH_VIEW, NULL);
}
