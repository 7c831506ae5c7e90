/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the people whose own pages come later, administrators and auditors: what their role may do, and where it is done
 * today. It promises nothing: every line names a command that exists. */

#include "gxc-status-page.h"

#include <glib/gi18n.h>

#include "gxc-customer-cards.h"

struct _GxcStatusPage
{
  GxcPage    parent_instance;

  GtkWidget *cards;         /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (GxcStatusPage, gxc_status_page, GXC_TYPE_PAGE)

static const struct { GxCapability needs; const char *what, *where; } lines[] = {
  { GX_CAN_READ_AUDIT, N_("Check the audit log from first entry to last"), "guanxi-server audit verify --data DIR" },
  { GX_CAN_ADMIN, N_("Start and stop the bank's server"), "guanxi-server serve --data DIR" },
  { GX_CAN_ADMIN, N_("Bring in the bank's files"), "guanxi-server import berka SRC --data DIR --dry-run" },
};

static void
add_line (GtkWidget *rows, const char *what, const char *where)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *left = g_object_new (GTK_TYPE_LABEL, "label", what, "xalign", 0.0, "hexpand", TRUE, "wrap", TRUE, NULL);
  GtkWidget *right = g_object_new (GTK_TYPE_LABEL, "label", where, "xalign", 1.0, "selectable", TRUE, "ellipsize", PANGO_ELLIPSIZE_END,
                                   "max-width-chars", 60, NULL);

  gtk_widget_add_css_class (right, "gx-caption");
  gtk_widget_add_css_class (box, "gx-queue-row");
  gtk_box_append (GTK_BOX (box), left);
  gtk_box_append (GTK_BOX (box), right);
  gtk_list_box_append (GTK_LIST_BOX (rows), g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", box, "activatable", FALSE, NULL));
}

static void
gxc_status_page_class_init (GxcStatusPageClass *klass)
{
}

static void
gxc_status_page_init (GxcStatusPage *self)
{
  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->cards, "gx-page-body");
  gxc_page_set_content (GXC_PAGE (self), self->cards);
}

GtkWidget *
gxc_status_page_new (GxcDesk *desk)
{
  GxcStatusPage *self = g_object_new (GXC_TYPE_STATUS_PAGE, NULL);
  GtkWidget *body, *rows = gxc_rows_new ();

  gxc_page_set_desk (GXC_PAGE (self), desk);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (gx_role_capabilities (gxc_desk_get_person (desk)->roles) & lines[i].needs)
      add_line (rows, _(lines[i].what), lines[i].where);
  gtk_box_append (GTK_BOX (self->cards), gxc_card_new (_("What you can do so far"), _("customers are not shown to this role"), NULL, &body));
  gtk_box_append (GTK_BOX (body), rows);
  gxc_page_set_title (GXC_PAGE (self), _("My work here"), NULL);
  return GTK_WIDGET (self);
}
