/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key that does the same as the button, written inside the button: a label with an outline. Not a shortcut by itself;
 * the action's accelerator is set where the action is. */

#include "gxc-keycap.h"

/**
 * gxc_keycap_new:
 * @keys: "Ctrl I"
 */
GtkWidget *
gxc_keycap_new (const char *keys)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", keys, "valign", GTK_ALIGN_CENTER,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (label, "gx-keycap");
  return label;
}

/**
 * gxc_button_new:
 * @label: what it does
 * @keys: (nullable): its keycap
 * @action_name: (nullable)
 */
GtkWidget *
gxc_button_new (const char *label,
                const char *keys,
                const char *action_name)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "action-name", action_name, "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (box), gtk_label_new (label));
  if (keys)
    gtk_box_append (GTK_BOX (box), gxc_keycap_new (keys));
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "text-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return button;
}

/** gxc_button_set_label: of one that gxc_button_new() made */
void
gxc_button_set_label (GtkWidget  *button,
                      const char *label)
{
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (button)))), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/** gxc_keycaps_set_shown: shows or hides all that are in @within; below 1100 wide there is no room for them */
void
gxc_keycaps_set_shown (GtkWidget *within,
                       gboolean   shown)
{
  if (gtk_widget_has_css_class (within, "gx-keycap"))
    gtk_widget_set_visible (within, shown);
  for (GtkWidget *child = gtk_widget_get_first_child (within); child; child = gtk_widget_get_next_sibling (child))
    gxc_keycaps_set_shown (child, shown);
}
