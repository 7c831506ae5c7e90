/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to all selected lines at once: done, next working day, another day. It slides out under the list when
 * two or more are selected, or when the key for another day is pressed; it only activates the list's actions (today.*). */

#include "gxc-today-bar.h"

#include <glib/gi18n.h>

#include "gxc-format.h"
#include "gxc-today-edits.h"
#include "gxc-widgets.h"

struct _GxcTodayBar
{
  GtkWidget  parent_instance;

  GtkWidget *revealer;      /* (owned): the only child */
  GtkWidget *words;         /* (borrowed) */
  GtkWidget *days;          /* (borrowed): a GtkMenuButton */
  GxcDesk   *desk;          /* (owned) */
};

G_DEFINE_FINAL_TYPE (GxcTodayBar, gxc_today_bar, GTK_TYPE_WIDGET)

static void
move_to (GxcTodayBar *self, gint32 day)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->days));
  gtk_widget_activate_action (GTK_WIDGET (self), "today.move", "i", day);
}

static void
on_day_clicked_cb (GxcTodayBar *self, GtkWidget *button)
{
  move_to (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "gxc-day")));
}

static void
on_calendar_cb (GxcTodayBar *self, GtkCalendar *calendar)
{
  g_autoptr(GDateTime) date = gtk_calendar_get_date (calendar);

  move_to (self, gx_date_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date), g_date_time_get_day_of_month (date)));
}

static void
add_day (GxcTodayBar *self, GtkWidget *box, const char *label, gint32 day)
{
  g_autofree char *date = gxc_format_date (day, gxc_today_wall_date (self->desk)), *words = g_strdup_printf ("%s · %s", label, date);
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", words, "has-frame", FALSE, NULL);

  g_object_set_data (G_OBJECT (button), "gxc-day", GINT_TO_POINTER (day));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_day_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), button);
}

static void
on_closed_cb (GxcTodayBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "today.return", NULL);
}

/* Made when it is opened, since the days depend on today. */
static void
on_create_popup_cb (GtkMenuButton *button, gpointer data)
{
  GxcTodayBar *self = data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *popover = gtk_popover_new (), *calendar = gtk_calendar_new ();
  gint32 today = gxc_today_wall_date (self->desk);

  add_day (self, box, _("Next working day"), gxc_today_next_working_day (self->desk, today, 1));
  add_day (self, box, _("In two working days"), gxc_today_next_working_day (self->desk, today, 2));
  add_day (self, box, _("In a week"), gxc_today_next_working_day (self->desk, today + 6, 1));
  gtk_box_append (GTK_BOX (box), calendar);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (on_calendar_cb), self, G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_closed_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, popover);
}

static GtkWidget *
make_bar (GxcTodayBar *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *done = gxc_button_new (C_("today", "Done"), "D", "today.done"), *snooze = gxc_button_new (_("Next working day"), "Z", "today.snooze");

  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  self->days = g_object_new (GTK_TYPE_MENU_BUTTON, "label", _("Another day"), NULL);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->days), on_create_popup_cb, self, NULL);
  gtk_widget_add_css_class (self->words, "gx-caption");
  gtk_widget_add_css_class (bar, "gx-today-bar");
  gtk_box_append (GTK_BOX (bar), self->words);
  gtk_box_append (GTK_BOX (bar), done);
  gtk_box_append (GTK_BOX (bar), snooze);
  gtk_box_append (GTK_BOX (bar), self->days);
  return bar;
}

static void
gxc_today_bar_dispose (GObject *object)
{
  GxcTodayBar *self = GXC_TODAY_BAR (object);

  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_today_bar_parent_class)->dispose (object);
}

static void
gxc_today_bar_class_init (GxcTodayBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_today_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gxc_today_bar_init (GxcTodayBar *self)
{
}

GtkWidget *
gxc_today_bar_new (GxcDesk *desk)
{
  GxcTodayBar *self = g_object_new (GXC_TYPE_TODAY_BAR, NULL);

  self->desk = g_object_ref (desk);
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), make_bar (self));
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

/** gxc_today_bar_set_n: it shows itself from two on */
void
gxc_today_bar_set_n (GxcTodayBar *self,
                     guint        n_selected)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%u selected", "%u selected", n_selected), n_selected);

  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), n_selected > 1);
}

/** gxc_today_bar_ask_day: opens the choice of another day, for one line or many */
void
gxc_today_bar_ask_day (GxcTodayBar *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->days));
}
