/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands where there is nothing to show: an icon, one bold line, what to do and a button for it; or what could not be read
 * and a way to try again. Which of them it is, is the business of who has nothing to show. */

#include "gxc-state-box.h"

#include <glib/gi18n.h>

#include "gx-error.h"

/**
 * gxc_empty_new:
 * @button: (nullable): what its button says, which activates @action with @target (nullable)
 *
 * Returns: (transfer floating): what an empty place says: icon, one bold line, what to do
 */
GtkWidget *
gxc_empty_new (const char *icon_name,
               const char *title,
               const char *what_to_do,
               const char *button,
               const char *action,
               const char *target)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 10, "valign", GTK_ALIGN_CENTER,
                                 "halign", GTK_ALIGN_CENTER, "vexpand", TRUE, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name), *bold = gtk_label_new (title);
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "label", what_to_do, "wrap", TRUE, "max-width-chars", 48, "justify", GTK_JUSTIFY_CENTER, NULL);

  gtk_widget_add_css_class (icon, "gx-state-icon");
  gtk_widget_add_css_class (bold, "gx-strong");
  gtk_widget_add_css_class (words, "gx-dim");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), bold);
  gtk_box_append (GTK_BOX (box), words);
  if (button)
    {
      GtkWidget *doing = g_object_new (GTK_TYPE_BUTTON, "label", button, "halign", GTK_ALIGN_CENTER, NULL);

      if (target)
        gtk_actionable_set_action_target (GTK_ACTIONABLE (doing), "s", target);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (doing), action);
      gtk_box_append (GTK_BOX (box), doing);
    }
  return box;
}

/**
 * gxc_error_new:
 *
 * Returns: (transfer floating): what could not be read, and why; its button refreshes the page and syncs. Of a store whose file is
 *   damaged no reading again helps: its button is the application's, which saves what was not sent and starts over
 */
GtkWidget *
gxc_error_new (const GError *error)
{
  g_autofree char *words = NULL;

  g_message ("%s", error->message);
  if (g_error_matches (error, GX_ERROR, GX_ERROR_TAMPERED))
    return gxc_empty_new ("dialog-error-symbolic", _("The data on this computer is damaged"),
                          _("The disk does not hold what Guanxi wrote there, so nothing of it is shown. What the bank has is safe and comes back with the next sign-in; what was not sent yet can be saved for the bank first."),
                          _("Put it right…"), "app.mend", NULL);
  words = gxc_error_words (error);
  return gxc_empty_new ("dialog-error-symbolic", _("This could not be read"), words, _("Try again"), "win.sync", NULL);
}
