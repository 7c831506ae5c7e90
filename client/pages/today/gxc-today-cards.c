/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the small cards of rows beside the list have in common: a title with a few words, rows of two lines, and that a row opens
 * what was said when it was made. What stands in them is the cards' own business. */

#include "gxc-today-cards.h"

#include <glib/gi18n.h>

#include "gxc-cards.h"

/** gxc_today_card_rows: what stands in the card */
GtkWidget *
gxc_today_card_rows (GtkWidget *card)
{
  return gtk_widget_get_first_child (gtk_widget_get_last_child (card));
}

/** gxc_today_card_set_caption: what is said after the title */
void
gxc_today_card_set_caption (GtkWidget  *card,
                            const char *words)
{
  GtkWidget *caption = gtk_widget_get_next_sibling (gtk_widget_get_first_child (gtk_widget_get_first_child (card)));

  gtk_label_set_text (GTK_LABEL (caption), words);
}

/** gxc_today_card_clear: takes all rows out */
void
gxc_today_card_clear (GtkWidget *card)
{
  GtkListBox *rows = GTK_LIST_BOX (gxc_today_card_rows (card));
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (rows, 0)))
    gtk_list_box_remove (rows, GTK_WIDGET (row));
}

/* A row opens what its data says: an action of the window and its target. */
static void
on_activated_cb (GtkListBox *rows, GtkListBoxRow *row)
{
  const char *action = g_object_get_data (G_OBJECT (row), "gxc-action"), *target = g_object_get_data (G_OBJECT (row), "gxc-target");

  gtk_widget_activate_action (GTK_WIDGET (rows), action, "s", target);
}

/** gxc_today_card_new: @button: (nullable): at the end of its head */
GtkWidget *
gxc_today_card_new (const char *title,
                    GtkWidget  *button)
{
  GtkWidget *body, *card = gxc_card_new (title, "", button, &body), *rows = gxc_rows_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect (rows, "row-activated", G_CALLBACK (on_activated_cb), NULL);
  gtk_box_append (GTK_BOX (body), rows);
  return card;
}

/** gxc_today_open_button: to the page where all of it is; @sentence is what a screen reader says of it */
GtkWidget *
gxc_today_open_button (const char *place,
                       const char *sentence)
{
  GtkWidget *open = g_object_new (GTK_TYPE_BUTTON, "label", C_("today", "Open"), "has-frame", FALSE, "action-name", "win.show-page", NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (open), "s", place);
  gtk_widget_add_css_class (open, "gx-small");
  gtk_accessible_update_property (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  return open;
}

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  gxc_label_tip_when_cut (label);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/** gxc_today_two_lines: what, and below it why; both are cut where there is no room, the tooltip has all */
GtkWidget *
gxc_today_two_lines (const char *upper,
                     const char *lower)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "valign", GTK_ALIGN_CENTER, "hexpand", TRUE, NULL);

  gtk_box_append (GTK_BOX (box), label_new (upper, NULL));
  gtk_box_append (GTK_BOX (box), label_new (lower, "gx-caption"));
  return box;
}

/**
 * gxc_today_card_append:
 * @words: the row in a sentence
 * @action: of the window, with one string
 * @target: (transfer full): that string
 */
void
gxc_today_card_append (GtkWidget  *card,
                       GtkWidget  *line,
                       const char *words,
                       const char *action,
                       char       *target)
{
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", line, NULL);

  gtk_widget_add_css_class (line, "gx-task-row");
  g_object_set_data (G_OBJECT (row), "gxc-action", (gpointer) action);
  g_object_set_data_full (G_OBJECT (row), "gxc-target", target, g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_list_box_append (GTK_LIST_BOX (gxc_today_card_rows (card)), row);
}
