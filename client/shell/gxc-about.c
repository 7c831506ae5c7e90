/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this program is. Not an AdwAboutWindow: that speaks the language in which the process began, and not the one that was
 * chosen since. */

#include "gxc-about.h"

#include <glib/gi18n.h>

#include "gx-config.h"
#include "gxc-look.h"
#include "gxc-small-window.h"

static void
append_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "max-width-chars", 40, "justify", GTK_JUSTIFY_CENTER,
                                   "halign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

void
gxc_about_show (GtkWindow *parent)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 10, "margin-start", 28, "margin-end", 28,
                                 "margin-bottom", 28, NULL);
  GtkWidget *icon;
  g_autofree char *version = g_strdup_printf (_("Version %s"), GX_VERSION);

  gxc_look_add_icons (gtk_widget_get_display (GTK_WIDGET (parent)));
  icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", GX_APP_ID, "pixel-size", 96, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (box), icon);
  append_label (box, _("Guanxi"), "gx-figure");
  append_label (box, _("A desk for a bank's relationship managers"), "gx-dim");
  append_label (box, version, "gx-chip");
  append_label (box, "© 2026 The Guanxi project", "gx-caption");
  append_label (box, _("Free software under the GNU General Public License, version 3 or later. It comes without any warranty."), "gx-caption");
  gtk_window_present (GTK_WINDOW (gxc_small_window_new (parent, _("About Guanxi"), 400, -1, box)));
}
