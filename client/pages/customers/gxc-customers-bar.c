/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar of the ticked customers: their number, how many of them are persons and companies, how many are not in the list
 * as it is shown, and the buttons. It counts once a turn of the loop, however many ticks changed. */

#include "gxc-customers-bar.h"

#include <glib/gi18n.h>

#include "gx-customer.h"
#include "gxc-format.h"
#include "gxc-keycap.h"
#include "gxc-page-pin.h"
#include "gxc-pin-edits.h"

#define LOOK_AT 500         /* above it, persons and companies are not told apart */

struct _GxcCustomersBar
{
  GtkWidget          parent_instance;

  GtkWidget         *revealer;      /* (owned) the only child */
  GtkWidget         *number;        /* (borrowed) */
  GtkWidget         *words;         /* (borrowed) */
  GtkWidget         *pin;           /* (borrowed) */
  GtkWidget         *task;          /* (borrowed) */

  /* Owned References */
  GxcDesk           *desk;
  GxcCustomersMarks *marks;

  guint              update;        /* idle */
};

G_DEFINE_FINAL_TYPE (GxcCustomersBar, gxc_customers_bar, GTK_TYPE_WIDGET)

static void
append_part (GString *text, char *words)
{
  g_string_append_printf (text, "%s%s", text->len ? " · " : "", words);
  g_free (words);
}

static void
append_kinds (GxcCustomersBar *self, GString *text)
{
  g_autoptr(GArray) ids = gxc_customers_marks_dup_ids (self->marks);
  g_autoptr(GPtrArray) records = gxc_desk_read (self->desk, &gx_customer_entity, (const GxId *) ids->data, ids->len, NULL);
  guint persons = 0, companies = 0;

  for (guint i = 0; records && i < records->len; i++)
    if (records->pdata[i])
      {
        gboolean org = ((const GxCustomer *) gx_record_get_data (records->pdata[i]))->type == GX_CUSTOMER_ORG;

        companies += org;
        persons += !org;
      }
  if (persons)
    append_part (text, g_strdup_printf (ngettext ("%u person", "%u persons", persons), persons));
  if (companies)
    append_part (text, g_strdup_printf (ngettext ("%u company", "%u companies", companies), companies));
}

/* What the key does with them. */
static void
show_pin (GxcCustomersBar *self, guint n)
{
  g_autoptr(GArray) ids = gxc_customers_marks_dup_ids (self->marks);

  gtk_widget_set_visible (self->pin, n <= GXC_PIN_MOST);
  if (n <= GXC_PIN_MOST)
    gxc_button_set_label (self->pin, gxc_pin_are_on (self->desk, (const GxId *) (gpointer) ids->data, ids->len) ? _("Take pins off") : _("Pin"));
}

static void
show_words (GxcCustomersBar *self, guint n)
{
  g_autofree char *number = gxc_format_number (n);
  g_autofree char *words = g_strdup_printf (ngettext ("%s selected", "%s selected", n), number);
  guint hidden = n - gxc_customers_marks_n_listed (self->marks);
  g_autoptr(GString) text = g_string_new (NULL);

  if (n <= LOOK_AT)
    append_kinds (self, text);
  if (hidden)
    append_part (text, g_strdup_printf (ngettext ("%u of them is not in this list", "%u of them are not in this list", hidden), hidden));
  show_pin (self, n);
  gtk_label_set_text (GTK_LABEL (self->number), words);
  gtk_label_set_text (GTK_LABEL (self->words), text->str);
}

static gboolean
on_update_cb (gpointer data)
{
  GxcCustomersBar *self = data;
  guint n = gxc_customers_marks_get_n (self->marks);

  self->update = 0;
  if (n)
    show_words (self, n);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), n > 0);
  return G_SOURCE_REMOVE;
}

static void
on_marks_changed_cb (GxcCustomersBar *self)
{
  if (!self->update)
    self->update = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, on_update_cb, self, NULL);
}

static void
on_desk_changed_cb (GxcCustomersBar *self, const char *entity)
{
  if (g_strcmp0 (entity, "pin") == 0)
    on_marks_changed_cb (self);
}

/* Rows that come and go matter only while something is ticked. */
static void
on_items_changed_cb (GxcCustomersBar *self)
{
  if (gxc_customers_marks_get_n (self->marks))
    on_marks_changed_cb (self);
}

static void
gxc_customers_bar_dispose (GObject *object)
{
  GxcCustomersBar *self = GXC_CUSTOMERS_BAR (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  g_clear_object (&self->marks);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_customers_bar_parent_class)->dispose (object);
}

static void
gxc_customers_bar_class_init (GxcCustomersBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_customers_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_buttons (GxcCustomersBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->task = gxc_button_new (_("New task"), "Ctrl T", "customers.new-task");
  gtk_widget_add_css_class (self->task, "suggested-action");
  gtk_widget_add_css_class (close, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "customers.unselect");
  gtk_widget_set_tooltip_text (close, _("Clear all ticks (Esc)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Clear all ticks (Esc)"), -1);
  self->pin = gxc_button_new (_("Pin"), "Ctrl D", "customers.pin");
  gtk_box_append (GTK_BOX (box), self->pin);
  gtk_box_append (GTK_BOX (box), gxc_button_new (_("Copy as table"), NULL, "customers.copy"));
  gtk_box_append (GTK_BOX (box), gxc_button_new (_("Save as CSV…"), NULL, "customers.export"));
  gtk_box_append (GTK_BOX (box), self->task);
  gtk_box_append (GTK_BOX (box), close);
  return box;
}

static void
gxc_customers_bar_init (GxcCustomersBar *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->number = gtk_label_new (NULL);
  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (self->number, "gx-strong");
  gtk_widget_add_css_class (self->words, "gx-dim");
  gtk_widget_add_css_class (bar, "gx-action-bar");
  gtk_box_append (GTK_BOX (bar), self->number);
  gtk_box_append (GTK_BOX (bar), self->words);
  gtk_box_append (GTK_BOX (bar), make_buttons (self));
  self->revealer = g_object_new (GTK_TYPE_REVEALER, "transition-type", GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP, "child", bar, NULL);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

/** gxc_customers_bar_new: (transfer floating): @form is what its primary button opens, and takes its place while it is open */
GtkWidget *
gxc_customers_bar_new (GxcDesk           *desk,
                       GxcCustomersMarks *marks,
                       GtkWidget         *form)
{
  GxcCustomersBar *self = g_object_new (GXC_TYPE_CUSTOMERS_BAR, NULL);

  self->desk = g_object_ref (desk);
  self->marks = g_object_ref (marks);
  g_object_bind_property (form, "visible", self->task, "visible", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (marks, "selection-changed", G_CALLBACK (on_marks_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (marks, "items-changed", G_CALLBACK (on_items_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
