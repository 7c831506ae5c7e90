/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the cards in which several customers are ticked have in common: a line to search by, rows with a tick that Enter toggles,
 * a foot that counts them. Who is offered, what is remembered of whom is ticked and what is done with them is each card's own. */

#include "gxc-visits-choose.h"

#include <glib/gi18n.h>

#include "gxc-keycap.h"

static GtkWidget *
check_of (GtkListBoxRow *row)
{
  return gtk_widget_get_first_child (gtk_list_box_row_get_child (row));
}

/** gxc_visits_choose_check_at: (transfer none) (nullable): the tick of the @index-th of those that are shown */
GtkWidget *
gxc_visits_choose_check_at (const GxcVisitsChoose *choose,
                            int                    index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (choose->list), index);

  return row ? check_of (row) : NULL;
}

/** gxc_visits_choose_tick: the @index-th of those that are shown, if he is there and can be ticked */
void
gxc_visits_choose_tick (const GxcVisitsChoose *choose,
                        guint                  index,
                        gboolean               ticked)
{
  GtkWidget *check = gxc_visits_choose_check_at (choose, (int) index);

  if (check && gtk_widget_get_sensitive (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), ticked);
}

static void
on_activated_cb (GtkListBox *list, GtkListBoxRow *row)
{
  GtkWidget *check = check_of (row);

  if (gtk_widget_get_sensitive (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), !gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
}

static void
on_stop_cb (GtkWidget *search)
{
  gtk_widget_activate_action (search, "win.escape", NULL);
}

static void
make_search (GxcVisitsChoose *choose)
{
  choose->search = g_object_new (GTK_TYPE_SEARCH_ENTRY, "placeholder-text", _("Name, initials, phone tail, CIF"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choose->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find a customer"), -1);
  g_signal_connect (choose->search, "stop-search", G_CALLBACK (on_stop_cb), NULL);
}

static void
make_list (GxcVisitsChoose *choose, const char *name)
{
  choose->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, NULL);
  choose->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);
  choose->nothing = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, "margin-top", 28, "margin-bottom", 28,
                                  "margin-start", 16, "margin-end", 16, NULL);
  gtk_widget_add_css_class (choose->nothing, "gx-dim");
  gtk_widget_add_css_class (choose->list, "gx-rows");
  gtk_list_box_set_placeholder (GTK_LIST_BOX (choose->list), choose->nothing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choose->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (choose->scroller), choose->list);
  g_signal_connect (choose->list, "row-activated", G_CALLBACK (on_activated_cb), NULL);
}

static void
make_foot (GxcVisitsChoose *choose, const GxcVisitsChooseNames *names)
{
  choose->foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  choose->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  choose->button = gxc_button_new (names->button, "Ctrl S", names->action);
  gtk_widget_add_css_class (choose->words, "gx-caption");
  gtk_widget_add_css_class (choose->button, "suggested-action");
  gtk_widget_add_css_class (choose->foot, "gx-filter-foot");
  gtk_box_append (GTK_BOX (choose->foot), choose->words);
  gtk_box_append (GTK_BOX (choose->foot), gxc_button_new (names->leave, NULL, names->leave_action));
  gtk_box_append (GTK_BOX (choose->foot), choose->button);
}

/** gxc_visits_choose_make: fills in all of @choose */
void
gxc_visits_choose_make (GxcVisitsChoose            *choose,
                        const GxcVisitsChooseNames *names)
{
  make_search (choose);
  make_list (choose, names->list);
  make_foot (choose, names);
}
