/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another day for something: the next working days by a word, every other on a month that says which days are worked. Days
 * that have passed are shown and cannot be picked. It tells the day and changes nothing. */

#include "gxc-day-picker.h"

#include <glib/gi18n.h>

#include "gx-calendar-day.h"
#include "gxc-calendar.h"
#include "gxc-format.h"
#include "gxc-month-parts.h"

struct _GxcDayPicker
{
  GtkWidget    parent_instance;

  GtkWidget   *box;                     /* (owned): the only child */
  GtkWidget   *title;                   /* (borrowed) */
  GtkWidget   *grid;                    /* (borrowed) */
  GtkWidget   *days[GXC_MONTH_DAYS];    /* (borrowed): buttons */
  GxcCalendar *calendar;                /* (owned) */
  gint32       today;
  gint32       day;                     /* that the keys stand on */
  gint32       first;
};

G_DEFINE_FINAL_TYPE (GxcDayPicker, gxc_day_picker, GTK_TYPE_WIDGET)

enum { PICKED, N_SIGNALS };
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
fill_day (GxcDayPicker *self, guint i)
{
  GtkWidget *button = self->days[i], *number = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (button)));
  gint32 day = self->first + (gint32) i;
  int kind = gx_workdays_kind (gxc_calendar_get_workdays (self->calendar), day), year, month, dom;
  const char *word = gxc_month_kind_words (kind), *name = gxc_calendar_get_name (self->calendar, day);
  g_autofree char *date = gxc_format_date_full (day, self->today), *text = NULL;
  g_autofree char *words = g_strdup_printf ("%s%s%s%s%s", date, word ? ", " : "", word ? word : "", name ? ", " : "", name ? name : "");

  gx_date_to_ymd (day, &year, &month, &dom);
  text = g_strdup_printf ("%d", dom);
  gtk_label_set_text (GTK_LABEL (number), text);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (number)), word ? word : "");
  gtk_widget_set_visible (gtk_widget_get_next_sibling (number), word != NULL);
  gtk_widget_set_sensitive (button, day >= self->today);
  gtk_widget_set_focusable (button, day == self->day);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  set_class (button, "other", !gxc_month_has (self->day, day));
  set_class (button, "rest", kind == GX_DAY_REST || kind == GX_DAY_HOLIDAY);
  set_class (button, "today", day == self->today);
  set_class (button, "selected", day == self->day);
}

static void
update (GxcDayPicker *self)
{
  g_autofree char *month = gxc_format_month_head (self->day);

  self->first = gxc_month_first_shown (self->day);
  for (guint i = 0; i < GXC_MONTH_DAYS; i++)
    fill_day (self, i);
  gtk_label_set_text (GTK_LABEL (self->title), month);
}

static void
stand_on (GxcDayPicker *self, gint32 day, gboolean focus)
{
  self->day = MAX (day, self->today);
  update (self);
  if (focus)
    gtk_widget_grab_focus (self->days[self->day - self->first]);
}

static void
pick (GxcDayPicker *self, gint32 day)
{
  g_signal_emit (self, signals[PICKED], 0, day);
}

/* --- input -------------------------------------------------------------------------------------------------------- */

static void
on_day_clicked_cb (GxcDayPicker *self, GtkWidget *button)
{
  for (guint i = 0; i < GXC_MONTH_DAYS; i++)
    if (self->days[i] == button)
      pick (self, self->first + (gint32) i);
}

static void
on_word_clicked_cb (GxcDayPicker *self, GtkWidget *button)
{
  pick (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "gxc-day")));
}

/* Arrows go from word to word until the focus is on the month; Page Up and Down and Home go there. */
static gboolean
on_key_cb (GxcDayPicker *self, guint key, guint code, GdkModifierType modifiers)
{
  gboolean arrow = key == GDK_KEY_Left || key == GDK_KEY_Right || key == GDK_KEY_Up || key == GDK_KEY_Down;
  gint32 day = self->day;

  if (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK) || (arrow && !gtk_widget_get_focus_child (self->grid))
      || !gxc_month_move (key, self->today, &day))
    return FALSE;
  stand_on (self, day, TRUE);
  return TRUE;
}

/* It opens on the commonest answer. */
static void
gxc_day_picker_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gxc_day_picker_parent_class)->map (widget);
  gtk_widget_grab_focus (gtk_widget_get_first_child (GXC_DAY_PICKER (widget)->box));
}

static void
turn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcDayPicker *self = GXC_DAY_PICKER (widget);

  stand_on (self, gx_date_add_months (self->day, g_variant_get_int32 (parameter)), FALSE);
}

static void
today_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stand_on (GXC_DAY_PICKER (widget), GXC_DAY_PICKER (widget)->today, TRUE);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_day_picker_dispose (GObject *object)
{
  g_clear_pointer (&GXC_DAY_PICKER (object)->box, gtk_widget_unparent);
  g_clear_pointer (&GXC_DAY_PICKER (object)->calendar, gxc_calendar_free);
  G_OBJECT_CLASS (gxc_day_picker_parent_class)->dispose (object);
}

static void
gxc_day_picker_class_init (GxcDayPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_day_picker_dispose;
  widget_class->map = gxc_day_picker_map;
  /** GxcDayPicker::picked: (int day): in days since 1970-01-01 */
  signals[PICKED] = g_signal_new ("picked", GXC_TYPE_DAY_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "month.turn", "i", turn_action);
  gtk_widget_class_install_action (widget_class, "month.today", NULL, today_action);
}

static void
gxc_day_picker_init (GxcDayPicker *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (self->box, "gx-day-picker");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
add_word (GxcDayPicker *self, const char *label, gint32 day)
{
  g_autofree char *date = gxc_format_date (day, self->today), *words = g_strdup_printf ("%s · %s", label, date);
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", words, "has-frame", FALSE, NULL);

  g_object_set_data (G_OBJECT (button), "gxc-day", GINT_TO_POINTER (day));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_word_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->box), button);
}

static GtkWidget *
make_day (GxcDayPicker *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *kind = gtk_label_new (NULL), *button;

  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (kind, "gx-caption");
  gtk_box_append (GTK_BOX (words), gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (words), kind);
  button = g_object_new (GTK_TYPE_BUTTON, "has-frame", FALSE, "child", words, NULL);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_day_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_month (GxcDayPicker *self)
{
  self->grid = g_object_new (GTK_TYPE_GRID, "column-homogeneous", TRUE, "accessible-role", GTK_ACCESSIBLE_ROLE_GRID, NULL);
  gxc_month_add_weekdays (GTK_GRID (self->grid), 0.5);
  for (int i = 0; i < GXC_MONTH_DAYS; i++)
    {
      self->days[i] = make_day (self);
      gtk_grid_attach (GTK_GRID (self->grid), self->days[i], i % 7, 1 + i / 7, 1, 1);
    }
  gtk_box_append (GTK_BOX (self->box), gxc_month_head_new (&self->title));
  gtk_box_append (GTK_BOX (self->box), self->grid);
}

/** gxc_day_picker_new: by the wall clock and the bank's calendar of this moment */
GtkWidget *
gxc_day_picker_new (GxcDesk *desk)
{
  GxcDayPicker *self = g_object_new (GXC_TYPE_DAY_PICKER, NULL);
  GxWorkdays *workdays;

  self->calendar = gxc_calendar_new (desk);
  self->today = gxc_local_today (desk);
  workdays = gxc_calendar_get_workdays (self->calendar);
  add_word (self, _("Next working day"), gx_workdays_add (workdays, self->today, 1));
  add_word (self, _("In two working days"), gx_workdays_add (workdays, self->today, 2));
  add_word (self, _("In a week"), gx_workdays_add (workdays, self->today + 6, 1));
  add_month (self);
  stand_on (self, self->today, FALSE);
  return GTK_WIDGET (self);
}

/* --- in a popover ------------------------------------------------------------------------------------------------- */

typedef struct
{
  GxcDesk    *desk;         /* (owned) */
  const char *picked, *closed;
} Attached;

static void
attached_free (gpointer data)
{
  g_object_unref (((Attached *) data)->desk);
  g_free (data);
}

static void
on_picked_cb (GtkMenuButton *button, int day)
{
  const Attached *attached = g_object_get_data (G_OBJECT (button), "gxc-day-picker");

  gtk_menu_button_popdown (button);
  gtk_widget_activate_action (GTK_WIDGET (button), attached->picked, "i", day);
}

static void
on_closed_cb (GtkMenuButton *button)
{
  const Attached *attached = g_object_get_data (G_OBJECT (button), "gxc-day-picker");

  gtk_widget_activate_action (GTK_WIDGET (button), attached->closed, NULL);
}

/* Made each time it is opened: the days depend on today, and on the calendar. */
static void
on_create_popup_cb (GtkMenuButton *button, gpointer data)
{
  const Attached *attached = g_object_get_data (G_OBJECT (button), "gxc-day-picker");
  GtkWidget *popover = gtk_popover_new (), *picker = gxc_day_picker_new (attached->desk);

  g_signal_connect_object (picker, "picked", G_CALLBACK (on_picked_cb), button, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_closed_cb), button, G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (popover), picker);
  gtk_menu_button_set_popover (button, popover);
}

/**
 * gxc_day_picker_attach:
 * @button: opens a picker from now on
 * @picked_action: (static): of whoever @button stands in; its target is the day, an int
 * @closed_action: (static): takes the focus back, whether a day was picked or not
 */
void
gxc_day_picker_attach (GtkMenuButton *button,
                       GxcDesk       *desk,
                       const char    *picked_action,
                       const char    *closed_action)
{
  Attached *attached = g_new0 (Attached, 1);

  *attached = (Attached) { g_object_ref (desk), picked_action, closed_action };
  g_object_set_data_full (G_OBJECT (button), "gxc-day-picker", attached, attached_free);
  gtk_menu_button_set_create_popup_func (button, on_create_popup_cb, NULL, NULL);
}
