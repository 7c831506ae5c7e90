/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the filter's popover holds, made from the table of kinds: words of an enumeration or people as toggles, spans as a tick
 * with a number, a range of amounts as two entries, the rest as ticks; beside each a place for its count. What a change means
 * is the popover's. */

#include "gxc-customers-filter-popover-private.h"

#include <glib/gi18n.h>

#include "gx-employee.h"

#define MAX_PEOPLE 60

static void
choice_free (gpointer data)
{
  g_free (((GxcFilterChoice *) data)->word);
  g_free (data);
}

static GxcFilterChoice *
add_choice (GxcCustomersFilterPopover *self, const GxcFilterKind *kind, const char *word, GtkWidget *toggle)
{
  GxcFilterChoice *choice = g_new0 (GxcFilterChoice, 1);

  choice->kind = kind;
  choice->word = g_strdup (word);
  choice->toggle = toggle;
  choice->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (choice->count, "gx-caption");
  g_ptr_array_add (self->choices, choice);
  return choice;
}

static void
add_word (GxcCustomersFilterPopover *self, GtkWidget *flow, const GxcFilterKind *kind, const char *word, const char *label)
{
  GtkWidget *toggle = gtk_toggle_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GxcFilterChoice *choice = add_choice (self, kind, word, toggle);

  gtk_box_append (GTK_BOX (box), gtk_label_new (label));
  gtk_box_append (GTK_BOX (box), choice->count);
  gtk_button_set_child (GTK_BUTTON (toggle), box);
  gtk_widget_add_css_class (toggle, "gx-chip");
  g_signal_connect_object (toggle, "toggled", G_CALLBACK (gxc_customers_filter_popover_word_toggled), self, G_CONNECT_SWAPPED);
  gtk_flow_box_append (GTK_FLOW_BOX (flow), toggle);
  gtk_widget_set_focusable (gtk_widget_get_parent (toggle), FALSE);
}

static void
add_people (GxcCustomersFilterPopover *self, GtkWidget *flow, const GxcFilterKind *kind)
{
  const GxcQuery query = { .sort_field = "name", .limit = MAX_PEOPLE };
  g_autoptr(GArray) ids = gxc_desk_list (self->desk, &gx_employee_entity, &query, NULL);

  for (guint i = 0; ids && i < ids->len; i++)
    {
      const GxId *id = &g_array_index (ids, GxId, i);
      g_autofree char *name = gxc_desk_dup_label (self->desk, "employee", id);

      add_word (self, flow, kind, GX_ID_STR (id), name);
      gtk_widget_set_visible (gtk_widget_get_last_child (flow), FALSE);
    }
}

static void
add_words (GxcCustomersFilterPopover *self, const GxcFilterKind *kind)
{
  const GxChoice *choices = gxc_filter_choices (kind);
  GtkWidget *flow = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE, "max-children-per-line", 5, "min-children-per-line", 3,
                                  "row-spacing", 2, "column-spacing", 2, NULL);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", gxc_filter_label (kind), "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, "gx-caption");
  gtk_box_append (GTK_BOX (self->body), label);
  gtk_box_append (GTK_BOX (self->body), flow);
  for (guint i = 0; choices && choices[i].code; i++)
    add_word (self, flow, kind, choices[i].code, _(choices[i].label));
  if (kind->shape == GXC_FILTER_PEOPLE)
    add_people (self, flow, kind);
}

static void
add_tick (GxcCustomersFilterPopover *self, const GxcFilterKind *kind)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *tick = gtk_check_button_new_with_label (gxc_filter_label (kind));
  GxcFilterChoice *choice = add_choice (self, kind, NULL, tick);

  gtk_widget_set_hexpand (tick, TRUE);
  gtk_box_append (GTK_BOX (row), tick);
  if (kind->shape == GXC_FILTER_DAYS)
    {
      choice->number = gtk_spin_button_new_with_range (0, 3650, 1);
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (choice->number), kind->usual);
      gtk_accessible_update_property (GTK_ACCESSIBLE (choice->number), GTK_ACCESSIBLE_PROPERTY_LABEL, gxc_filter_label (kind), -1);
      gtk_box_append (GTK_BOX (row), choice->number);
      gtk_box_append (GTK_BOX (row), gtk_label_new (C_("filter", "days")));
      g_signal_connect_object (choice->number, "value-changed", G_CALLBACK (gxc_customers_filter_popover_tick_changed), self, G_CONNECT_SWAPPED);
    }
  gtk_label_set_width_chars (GTK_LABEL (choice->count), 7);
  gtk_label_set_xalign (GTK_LABEL (choice->count), 1);
  gtk_box_append (GTK_BOX (row), choice->count);
  gtk_box_append (GTK_BOX (self->body), row);
  g_signal_connect_object (tick, "toggled", G_CALLBACK (gxc_customers_filter_popover_tick_changed), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
make_amount (GxcCustomersFilterPopover *self, const char *name)
{
  GtkWidget *entry = g_object_new (GTK_TYPE_ENTRY, "width-chars", 8, "max-width-chars", 8, "input-purpose", GTK_INPUT_PURPOSE_DIGITS, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (gxc_customers_filter_popover_amounts_changed), self, G_CONNECT_SWAPPED);
  return entry;
}

static void
add_amounts (GxcCustomersFilterPopover *self, const GxcFilterKind *kind)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", gxc_filter_label (kind), "xalign", 0.0, "hexpand", TRUE, NULL);

  self->from = make_amount (self, _("Assets from"));
  self->to = make_amount (self, _("Assets up to"));
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), self->from);
  gtk_box_append (GTK_BOX (row), gtk_label_new ("–"));
  gtk_box_append (GTK_BOX (row), self->to);
  gtk_box_append (GTK_BOX (row), gtk_label_new (C_("filter", "× ¥10k")));
  gtk_box_append (GTK_BOX (self->body), row);
}

/** gxc_customers_filter_popover_fill: a row or a group of toggles for each kind */
void
gxc_customers_filter_popover_fill (GxcCustomersFilterPopover *self)
{
  self->choices = g_ptr_array_new_with_free_func (choice_free);
  for (guint i = 0; i < gxc_filter_n_kinds (); i++)
    {
      const GxcFilterKind *kind = gxc_filter_kind (i);

      if (kind->shape == GXC_FILTER_PEOPLE && !gxc_desk_can (self->desk, GX_CAN_READ_BRANCH))
        continue;
      if (kind->shape == GXC_FILTER_AMOUNTS)
        add_amounts (self, kind);
      else if (kind->shape == GXC_FILTER_DAYS || kind->shape == GXC_FILTER_FLAG)
        add_tick (self, kind);
      else
        add_words (self, kind);
    }
}
