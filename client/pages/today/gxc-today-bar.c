/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to all selected lines at once: done, next working day, another day. It slides out under the list when
 * two or more are selected, or when the key for another day is pressed; it only activates the list's actions (today.*). */

#include "gxc-today-bar.h"

#include <glib/gi18n.h>

#include "gxc-day-picker.h"
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

static GtkWidget *
make_bar (GxcTodayBar *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *done = gxc_button_new (C_("today", "Done"), "D", "today.done"), *snooze = gxc_button_new (_("Next working day"), "Z", "today.snooze");

  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  self->days = g_object_new (GTK_TYPE_MENU_BUTTON, "label", _("Another day"), NULL);
  gxc_day_picker_attach (GTK_MENU_BUTTON (self->days), self->desk, "today.move", "today.return");
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

/** gxc_today_bar_set_n: it shows itself from two on, or while lines are being chosen */
void
gxc_today_bar_set_n (GxcTodayBar *self,
                     guint        n_selected,
                     gboolean     choosing)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%u selected", "%u selected", n_selected), n_selected);

  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), n_selected > 1 || choosing);
}

/** gxc_today_bar_ask_day: opens the choice of another day, for one line or many */
void
gxc_today_bar_ask_day (GxcTodayBar *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->days));
}
