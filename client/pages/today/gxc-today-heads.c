/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around the lines: the heading of each group, the sentence in the card's head, and what is said when there are
 * none. */

#include "gxc-today-heads.h"

#include <glib/gi18n.h>

#include "gxc-format.h"
#include "gxc-today-row.h"

static const struct { const char *title, *caption; } groups[GXC_TODAY_N_GROUPS] = {
  [GXC_TODAY_CLOCK] = { N_("On the clock"), N_("tasks, visits left, key data, reviews") },
  [GXC_TODAY_CARE]  = { N_("Maturities and care"), N_("products, birthdays, contacts, risk grades") },
};

/** gxc_today_update_header: a #GtkListBoxUpdateHeaderFunc */
void
gxc_today_update_header (GtkListBoxRow *row,
                         GtkListBoxRow *before,
                         gpointer       data)
{
  GxcTodayGroup group = gxc_today_item_info (gxc_today_row_get_item (GXC_TODAY_ROW (row)))->group;
  GtkWidget *box, *title, *caption;

  if (before && gxc_today_item_info (gxc_today_row_get_item (GXC_TODAY_ROW (before)))->group == group)
    {
      gtk_list_box_row_set_header (row, NULL);
      gtk_widget_remove_css_class (GTK_WIDGET (row), "gx-after-head");
      return;
    }
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  title = gtk_label_new (_(groups[group].title));
  caption = g_object_new (GTK_TYPE_LABEL, "label", _(groups[group].caption), "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (box, "gx-today-group");
  if (before)
    gtk_widget_add_css_class (box, "next");
  gtk_widget_add_css_class (GTK_WIDGET (row), "gx-after-head");
  gtk_widget_add_css_class (title, "gx-caption-strong");
  gtk_widget_add_css_class (caption, "gx-caption");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_list_box_row_set_header (row, box);
}

/**
 * gxc_today_dup_head:
 * @with_value: FALSE under the curtain: the sum may be that of one customer
 *
 * Returns: (transfer full): "9 to do · 2 late · 1 within 1 h · 82.90 万元 of assets"
 */
char *
gxc_today_dup_head (GxcTodayModel *model,
                    gboolean       with_value)
{
  GxcTodaySums sums;
  g_autoptr(GString) text = g_string_new (NULL);

  gxc_today_model_get_sums (model, &sums);
  g_string_append_printf (text, ngettext ("%u to do", "%u to do", sums.n_lines), sums.n_lines);
  if (sums.n_late)
    g_string_append_printf (text, ngettext (" · %u late", " · %u late", sums.n_late), sums.n_late);
  if (sums.n_soon)
    g_string_append_printf (text, ngettext (" · %u within 1 h", " · %u within 1 h", sums.n_soon), sums.n_soon);
  if (with_value && sums.value)
    {
      g_autofree char *amount = gxc_format_amount (sums.value, sums.ccy);

      g_string_append_printf (text, _(" · %s of assets"), amount);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/** gxc_today_nothing_new: one bold line, what to do, one button */
GtkWidget *
gxc_today_nothing_new (void)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 10, "halign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "emblem-ok-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *title = gtk_label_new (_("Nothing is due today"));
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "label", _("Plan the week: choose whom to see and call next."), "wrap", TRUE, NULL);
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", _("Customers"), "halign", GTK_ALIGN_CENTER, "action-name", "win.show-page", NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "customers");
  gtk_widget_add_css_class (box, "gx-today-nothing");
  gtk_widget_add_css_class (icon, "gx-state-icon");
  gtk_widget_add_css_class (title, "gx-strong");
  gtk_widget_add_css_class (words, "gx-dim");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}
