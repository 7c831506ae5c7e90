/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pointer and keys of every chart: they move the cursor from point to point and open the one it is on; the table goes to the
 * clipboard by chart.copy-table, Ctrl+C or a button. Where a point lies is the kind's business. */

#include "gxc-chart-private.h"

#include <glib/gi18n.h>

static void
on_motion_cb (GxcChart *self, double x, double y)
{
  guint n = gxc_chart_n_points (self);
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
  if (gxc_chart_get_cursor (self) >= 0)
    g_signal_emit_by_name (self, "activated", gxc_chart_get_cursor (self));
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
  int last = (int) gxc_chart_n_points (self) - 1, at = gxc_chart_get_cursor (self), right, down, to;

  g_variant_get (args, "(ii)", &right, &down);
  if (last < 0)
    return FALSE;
  if (ABS (right) > 1)
    to = right < 0 ? 0 : last;
  else if (at < 0)
    to = last;
  else
    to = GXC_CHART_GET_CLASS (self)->move (self, at, right, down);
  if (to == at && down != 0)
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

static void
on_copy_table (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_chart_copy_table (GXC_CHART (widget));
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
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, on_enter, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "chart.copy-table", NULL);
}

/** gxc_chart_input_install: the keys and the action of the class */
void
gxc_chart_input_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "chart.copy-table", NULL, on_copy_table);
  add_keys (widget_class);
}

/** gxc_chart_input_attach: the pointer of one chart */
void
gxc_chart_input_attach (GxcChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new (), *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_left_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_left_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
