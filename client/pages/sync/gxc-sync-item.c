/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of what waits or was refused: its state, what it is about, what was typed; of a refused one the rule, what to do,
 * and the buttons that do it. */

#include "gxc-sync-item.h"

#include <glib/gi18n.h>

#include "gxc-format.h"
#include "gxc-look.h"
#include "gxc-sync-words.h"

static void
append_line (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, css_class);
  if (g_str_equal (css_class, "gx-red"))
    gtk_widget_add_css_class (label, "gx-caption");
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
make_words (GxcDesk *desk, const GxcQueueItem *item, const char *title)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "hexpand", TRUE, "valign", GTK_ALIGN_CENTER, NULL);
  g_autofree char *typed = gxc_sync_dup_detail (desk, item);

  append_line (box, title, "gx-strong");
  if (item->state == GXC_QUEUE_REFUSED && item->detail)
    append_line (box, item->detail, "gx-red");
  if (typed)
    append_line (box, typed, "gx-caption");
  if (item->state == GXC_QUEUE_REFUSED)
    append_line (box, gxc_sync_advice (item), "gx-caption");
  else if (g_strcmp0 (item->op, "cr.submit") == 0)
    append_line (box, _("R-DUAL: the old value stays in force until another person decides"), "gx-caption");
  return box;
}

static GtkWidget *
make_button (const char *label, const char *action_name, GVariant *target, gboolean drops)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", label, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_widget_add_css_class (button, "gx-small");
  if (drops)
    gtk_widget_add_css_class (button, "destructive-action");
  return button;
}

static void
append_buttons (GtkWidget *box, const GxcQueueItem *item)
{
  const char *id = GX_ID_STR (&item->customer_id);

  if (item->state != GXC_QUEUE_REFUSED)
    return;
  if (!gx_id_is_none (&item->customer_id) && g_strcmp0 (item->rule, "NEEDS_REVIEW") == 0)
    gtk_box_append (GTK_BOX (box), make_button (_("Ask for a change"), "win.open-customer-tab", g_variant_new ("(ss)", id, "record"), FALSE));
  else if (!gx_id_is_none (&item->customer_id))
    gtk_box_append (GTK_BOX (box), make_button (_("Open the customer"), "win.open-customer", g_variant_new_string (id), FALSE));
  gtk_box_append (GTK_BOX (box), make_button (_("Drop"), "sync.drop", g_variant_new_int64 (item->mid), TRUE));
}

/** gxc_sync_item_dup_shown: (transfer full): all that a row tells; equal where a row need not be made again */
char *
gxc_sync_item_dup_shown (GxcDesk            *desk,
                         const GxcQueueItem *item)
{
  g_autofree char *title = gxc_sync_dup_title (desk, item), *typed = gxc_sync_dup_detail (desk, item);

  return g_strdup_printf ("%" G_GINT64_FORMAT "\n%d\n%s\n%s\n%s\n%s", item->mid, item->state, title, typed ? typed : "",
                          item->rule ? item->rule : "", item->detail ? item->detail : "");
}

/** gxc_sync_item_get_shown: (nullable): of a row of gxc_sync_item_new(); NULL of another */
const char *
gxc_sync_item_get_shown (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "gxc-shown");
}

/**
 * gxc_sync_item_new:
 *
 * Returns: (transfer floating): a GtkListBoxRow; its buttons are the window's and the page's actions
 */
GtkWidget *
gxc_sync_item_new (GxcDesk            *desk,
                   const GxcQueueItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *slot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *row;
  g_autofree char *title = gxc_sync_dup_title (desk, item), *at = gxc_format_moment (item->at, gxc_desk_now (desk)), *spoken = NULL;
  const char *state_words;
  GxcState state = gxc_sync_state_look (item->state, &state_words);

  gtk_widget_set_size_request (slot, 92 * gxc_look_scale (slot), -1);
  gtk_box_append (GTK_BOX (slot), gxc_state_chip_new (state, state_words));
  gtk_box_append (GTK_BOX (box), slot);
  gtk_box_append (GTK_BOX (box), make_words (desk, item, title));
  append_buttons (box, item);
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", at, "css-classes", (const char *[]) { "gx-caption", NULL }, NULL));
  gtk_widget_add_css_class (box, "gx-bulk-row");
  row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", box, "activatable", FALSE, NULL);
  spoken = g_strdup_printf ("%s, %s", title, state_words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (row), "gxc-shown", gxc_sync_item_dup_shown (desk, item), g_free);
  return row;
}
