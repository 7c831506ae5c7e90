/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the customer wants: open needs with what closes them, and those that were met, dropped or let go, folded away. */

#include "gxc-customer-needs.h"

#include <glib/gi18n.h>

#include "gx-need.h"
#include "gxc-cards.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-state-chip.h"

struct _GxcCustomerNeeds
{
  GxcCustomerTab parent_instance;
};

G_DEFINE_FINAL_TYPE (GxcCustomerNeeds, gxc_customer_needs, GXC_TYPE_CUSTOMER_TAB)

static char *
words_of (GxcDesk *desk, GxRecord *need, const char *field)
{
  return gxc_field_to_words (desk, need, gx_entity_find (&gx_need_entity, field));
}

static char *
dup_due (GxcDesk *desk, const GxNeed *row, gboolean *late)
{
  gint32 today = gxc_desk_get_today (desk);
  g_autofree char *date = row->due_on == GX_INT32_NONE ? NULL : gxc_format_date (row->due_on, today);

  *late = date && row->status == GX_NEED_OPEN && row->due_on < today;
  if (!date)
    return g_strdup ("");
  return *late ? g_strdup_printf (_("! was due %s"), date) : g_strdup_printf (_("by %s"), date);
}

static void
append_button (GtkWidget *box, const char *label, const char *action, const char *target, const char *of)
{
  GtkWidget *button = gxc_small_button (label, action, target);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, of);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (box), button);
}

static void
add_need (GtkWidget *rows, GxcDesk *desk, GxRecord *need, gboolean may)
{
  const GxNeed *row = gx_record_get_data (need);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *when;
  gboolean late = FALSE;
  g_autofree char *category = words_of (desk, need, "category"), *status = words_of (desk, need, "status");
  g_autofree char *due = dup_due (desk, row, &late), *target = g_strdup_printf ("need/%s", GX_ID_STR (&row->meta.id));
  g_autofree char *words = g_strdup_printf ("%s, %s, %s, %s", category, row->detail ? row->detail : "", status, due);

  gtk_box_append (GTK_BOX (box), gxc_two_lines (category, row->detail ? row->detail : _("no detail")));
  when = g_object_new (GTK_TYPE_LABEL, "label", due, "xalign", 1.0, NULL);
  gtk_widget_add_css_class (when, "gx-caption");
  if (late)
    gtk_widget_add_css_class (when, "gx-amber");
  gtk_box_append (GTK_BOX (box), when);
  if (row->status != GX_NEED_OPEN)
    gtk_box_append (GTK_BOX (box), gxc_state_chip_new (row->status == GX_NEED_MET ? GXC_STATE_OK : GXC_STATE_PLAIN, status));
  if (may && row->status == GX_NEED_OPEN)
    append_button (box, C_("need", "Met"), "customer.meet-need", GX_ID_STR (&row->meta.id), category);
  if (may)
    append_button (box, _("Edit"), "customer.edit", target, category);
  gxc_rows_add (rows, box, words);
}

static GtkWidget *
make_card (GxcDesk *desk, GPtrArray *needs, gboolean open, gboolean may)
{
  GtkWidget *body, *rows = gxc_rows_new (), *card;

  card = gxc_card_new (open ? _("Open needs") : _("Closed needs"), NULL, open && may ? gxc_small_button (_("New need"), "customer.add", "need") : NULL, &body);
  for (guint i = 0; i < needs->len; i++)
    if ((((const GxNeed *) gx_record_get_data (g_ptr_array_index (needs, i)))->status == GX_NEED_OPEN) == open)
      add_need (rows, desk, g_ptr_array_index (needs, i), may);
  if (!gtk_widget_get_first_child (rows))
    gxc_rows_add_words (rows, open ? _("No open need.") : _("None yet."));
  gtk_box_append (GTK_BOX (body), rows);
  return card;
}

static void
fill (GxcCustomerTab *tab)
{
  GtkWidget *body = gxc_customer_tab_get_body (tab);
  GxcDesk *desk = gxc_customer_tab_get_desk (tab);
  GPtrArray *needs = gxc_customer_file_rows (gxc_customer_tab_get_file (tab), &gx_need_entity);
  gboolean may = gxc_desk_can (desk, GX_CAN_EDIT_CUSTOMER);

  gxc_box_empty (body);
  if (needs->len == 0)
    {
      gtk_box_append (GTK_BOX (body), gxc_empty_new ("view-list-symbolic", _("No need is noted"),
                                                     _("What the customer wants, and by when, is the beginning of every good offer."),
                                                     may ? _("New need") : NULL, "customer.add", "need"));
      return;
    }
  gtk_box_append (GTK_BOX (body), make_card (desk, needs, TRUE, may));
  gtk_box_append (GTK_BOX (body), make_card (desk, needs, FALSE, may));
}

static void
gxc_customer_needs_class_init (GxcCustomerNeedsClass *klass)
{
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
}

static void
gxc_customer_needs_init (GxcCustomerNeeds *self)
{
}

GtkWidget *
gxc_customer_needs_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_NEEDS, file);
}
