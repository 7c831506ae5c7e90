/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All kinds of filter in one popover, made from their table: words of an enumeration as toggles, spans as a tick with a
 * number, the rest as ticks. Beside each stands how many customers it would leave, counted one by one when nothing else is
 * to be done, since among 100,000 each count takes some milliseconds. It holds a filter of its own and tells of changes;
 * who listens lists. */

#include "gxc-customers-filter-popover-private.h"

#include <glib/gi18n.h>

#include "gx-customer.h"
#include "gxc-format.h"

G_DEFINE_FINAL_TYPE (GxcCustomersFilterPopover, gxc_customers_filter_popover, GTK_TYPE_POPOVER)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* --- counts --------------------------------------------------------------------------------------------------------- */

static gint64
count_of (GxcCustomersFilterPopover *self, const GxcCustomersFilter *filter)
{
  g_autoptr(GxcFilterConditions) conditions = gxc_customers_filter_conditions (filter, self->desk);
  const GxcQuery query = { .conditions = (const GxcCondition *) conditions->items->data, .n_conditions = conditions->items->len };

  return gxc_desk_count (self->desk, &gx_customer_entity, &query, NULL);
}

static char *
value_of (const GxcFilterChoice *choice)
{
  if (choice->word)
    return g_strdup (choice->word);
  if (choice->number)
    return g_strdup_printf ("%d", gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (choice->number)));
  return g_strdup ("1");
}

/* What would be left with it, and with what the other kinds say. */
static void
count_choice (GxcCustomersFilterPopover *self, GxcFilterChoice *choice)
{
  g_autoptr(GxcCustomersFilter) filter = gxc_customers_filter_copy (self->filter);
  g_autofree char *value = value_of (choice), *words = NULL;
  gint64 n;

  gxc_customers_filter_set (filter, choice->kind, value);
  n = count_of (self, filter);
  words = n >= 0 ? gxc_format_number (n) : g_strdup ("");
  gtk_label_set_text (GTK_LABEL (choice->count), words);
  choice->counted = TRUE;
  if (choice->kind->shape == GXC_FILTER_PEOPLE)
    gtk_widget_set_visible (gtk_widget_get_parent (choice->toggle), n > 0 || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (choice->toggle)));
}

static gboolean
count_next (gpointer data)
{
  GxcCustomersFilterPopover *self = data;

  for (guint i = 0; i < self->choices->len; i++)
    if (!((GxcFilterChoice *) self->choices->pdata[i])->counted)
      {
        count_choice (self, self->choices->pdata[i]);
        return G_SOURCE_CONTINUE;
      }
  self->counting = 0;
  return G_SOURCE_REMOVE;
}

static void
recount (GxcCustomersFilterPopover *self)
{
  gint64 n = count_of (self, self->filter);
  g_autofree char *number = gxc_format_number (MAX (n, 0));
  g_autofree char *words = g_strdup_printf (ngettext ("%s customer", "%s customers", MAX (n, 0)), number);

  gtk_label_set_text (GTK_LABEL (self->total), n >= 0 ? words : "");
  gtk_widget_set_sensitive (self->clear, gxc_customers_filter_n (self->filter) > 0);
  for (guint i = 0; i < self->choices->len; i++)
    ((GxcFilterChoice *) self->choices->pdata[i])->counted = FALSE;
  if (!self->counting)
    self->counting = g_idle_add_full (G_PRIORITY_LOW, count_next, self, NULL);
}

/* --- setting -------------------------------------------------------------------------------------------------------- */

static void
tell (GxcCustomersFilterPopover *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
  recount (self);
}

static GxcFilterChoice *
choice_of (GxcCustomersFilterPopover *self, GtkWidget *widget)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      GxcFilterChoice *choice = self->choices->pdata[i];

      if (choice->toggle == widget || choice->number == widget)
        return choice;
    }
  return NULL;
}

void
gxc_customers_filter_popover_word_toggled (GxcCustomersFilterPopover *self, GtkToggleButton *toggle)
{
  GxcFilterChoice *choice = choice_of (self, GTK_WIDGET (toggle));

  if (self->filling || !choice)
    return;
  gxc_customers_filter_toggle (self->filter, choice->kind, choice->word, gtk_toggle_button_get_active (toggle));
  tell (self);
}

void
gxc_customers_filter_popover_tick_changed (GxcCustomersFilterPopover *self, GtkWidget *widget)
{
  GxcFilterChoice *choice = choice_of (self, widget);
  g_autofree char *value = choice ? value_of (choice) : NULL;

  if (self->filling || !choice)
    return;
  if (!gtk_check_button_get_active (GTK_CHECK_BUTTON (choice->toggle)))
    g_clear_pointer (&value, g_free);
  gxc_customers_filter_set (self->filter, choice->kind, value);
  tell (self);
}

static char *
digits_of (GtkWidget *entry)
{
  gint64 number = g_ascii_strtoll (gtk_editable_get_text (GTK_EDITABLE (entry)), NULL, 10);

  return *gtk_editable_get_text (GTK_EDITABLE (entry)) && number >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : g_strdup ("");
}

void
gxc_customers_filter_popover_amounts_changed (GxcCustomersFilterPopover *self)
{
  g_autofree char *from = digits_of (self->from), *to = digits_of (self->to);
  g_autofree char *value = *from || *to ? g_strdup_printf ("%s-%s", from, to) : NULL;

  if (self->filling)
    return;
  gxc_customers_filter_set (self->filter, gxc_filter_find_kind ("aum"), value);
  tell (self);
}

static void
on_clear_clicked_cb (GxcCustomersFilterPopover *self)
{
  g_autoptr(GxcCustomersFilter) none = gxc_customers_filter_new (NULL);

  gxc_customers_filter_popover_set (self, none);
  tell (self);
}

/* --- showing the filter --------------------------------------------------------------------------------------------- */

static void
show_choice (GxcCustomersFilterPopover *self, GxcFilterChoice *choice)
{
  const char *value = gxc_customers_filter_get (self->filter, choice->kind);

  if (choice->word)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (choice->toggle), gxc_customers_filter_has (self->filter, choice->kind, choice->word));
  else
    gtk_check_button_set_active (GTK_CHECK_BUTTON (choice->toggle), value != NULL);
  if (choice->number && value)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (choice->number), g_ascii_strtoll (value, NULL, 10));
}

static void
show_filter (GxcCustomersFilterPopover *self)
{
  const char *amounts = gxc_customers_filter_get (self->filter, gxc_filter_find_kind ("aum"));
  g_auto(GStrv) ends = g_strsplit (amounts ? amounts : "-", "-", 2);

  self->filling = TRUE;
  for (guint i = 0; i < self->choices->len; i++)
    show_choice (self, self->choices->pdata[i]);
  gtk_editable_set_text (GTK_EDITABLE (self->from), ends[0]);
  gtk_editable_set_text (GTK_EDITABLE (self->to), ends[1] ? ends[1] : "");
  self->filling = FALSE;
}

/* What a person seldom opens is made when it is opened. */
static void
on_map_cb (GxcCustomersFilterPopover *self)
{
  if (!self->choices)
    gxc_customers_filter_popover_fill (self);
  show_filter (self);
  recount (self);
}

static void
on_unmap_cb (GxcCustomersFilterPopover *self)
{
  g_clear_handle_id (&self->counting, g_source_remove);
}

/** gxc_customers_filter_popover_set: @filter is copied; "changed" is not emitted */
void
gxc_customers_filter_popover_set (GxcCustomersFilterPopover *self,
                                  const GxcCustomersFilter  *filter)
{
  g_autoptr(GxcCustomersFilter) old = self->filter;

  self->filter = gxc_customers_filter_copy (filter);
  if (self->choices)
    show_filter (self);
}

/** gxc_customers_filter_popover_get: (transfer none) */
const GxcCustomersFilter *
gxc_customers_filter_popover_get (GxcCustomersFilterPopover *self)
{
  return self->filter;
}

static void
gxc_customers_filter_popover_dispose (GObject *object)
{
  GxcCustomersFilterPopover *self = GXC_CUSTOMERS_FILTER_POPOVER (object);

  g_clear_handle_id (&self->counting, g_source_remove);
  g_clear_pointer (&self->filter, gxc_customers_filter_free);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_customers_filter_popover_parent_class)->dispose (object);
}

static void
gxc_customers_filter_popover_class_init (GxcCustomersFilterPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_customers_filter_popover_dispose;
  signals[CHANGED] = g_signal_new ("changed", GXC_TYPE_CUSTOMERS_FILTER_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_foot (GxcCustomersFilterPopover *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->total = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (self->total, "gx-strong");
  self->clear = gtk_button_new_with_label (C_("filter", "Clear all"));
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (on_clear_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (foot), self->total);
  gtk_box_append (GTK_BOX (foot), self->clear);
  gtk_widget_add_css_class (foot, "gx-filter-foot");
  return foot;
}

static void
gxc_customers_filter_popover_init (GxcCustomersFilterPopover *self)
{
  GtkWidget *whole = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scroller;

  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->body, "gx-filter-body");
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                           "max-content-height", 560, "min-content-width", 440, "child", self->body, NULL);
  gtk_box_append (GTK_BOX (whole), scroller);
  gtk_box_append (GTK_BOX (whole), make_foot (self));
  gtk_popover_set_child (GTK_POPOVER (self), whole);
  g_signal_connect (self, "map", G_CALLBACK (on_map_cb), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (on_unmap_cb), NULL);
}

GtkWidget *
gxc_customers_filter_popover_new (GxcDesk *desk)
{
  GxcCustomersFilterPopover *self = g_object_new (GXC_TYPE_CUSTOMERS_FILTER_POPOVER, NULL);

  self->desk = g_object_ref (desk);
  self->filter = gxc_customers_filter_new (NULL);
  return GTK_WIDGET (self);
}
