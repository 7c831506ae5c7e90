/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a form, made from a field: its label, an editor that fits its kind, and what is wrong with what was typed.
 * It writes into the draft and nowhere else. What differs between kinds is in the one table here; the editors themselves
 * are in gxc-field-text.c and gxc-field-choice.c. */

#include "gxc-field-row-private.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (GxcFieldRow, gxc_field_row, GTK_TYPE_WIDGET)

/** gxc_field_row_member: where the value is in the draft's row */
gpointer
gxc_field_row_member (GxcFieldRow *self)
{
  return gx_field_member (self->field, gxc_draft_get_row (self->draft));
}

const GxcRowOps gxc_row_ops[GX_N_KINDS] = {
  [GX_KIND_TEXT]  = { gxc_field_editor_text },
  [GX_KIND_INT]   = { gxc_field_editor_entry },
  [GX_KIND_BOOL]  = { gxc_field_editor_bool },
  [GX_KIND_ENUM]  = { gxc_field_editor_enum },
  [GX_KIND_MONEY] = { gxc_field_editor_money },
  [GX_KIND_PPM]   = { gxc_field_editor_entry },
  [GX_KIND_DATE]  = { gxc_field_editor_date },
  [GX_KIND_TIME]  = { gxc_field_editor_time },
  [GX_KIND_ID]    = { gxc_field_editor_reference },
  [GX_KIND_JSON]  = { NULL },
  [GX_KIND_BYTES] = { NULL },
};
G_STATIC_ASSERT (G_N_ELEMENTS (gxc_row_ops) == GX_N_KINDS);

/* --- the widget ---------------------------------------------------------------------------------------------------- */

static void
on_draft_changed_cb (GxcFieldRow *self)
{
  const char *problem;

  if (!self->box)
    return;         /* an editor that goes away may still write */
  problem = gxc_draft_get_problem (self->draft, self->field);
  gtk_label_set_text (GTK_LABEL (self->problem), problem ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
  if (problem)
    gtk_widget_add_css_class (self->editor, "error");
  else
    gtk_widget_remove_css_class (self->editor, "error");
}

static void
gxc_field_row_dispose (GObject *object)
{
  GxcFieldRow *self = GXC_FIELD_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->draft);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_field_row_parent_class)->dispose (object);
}

static void
gxc_field_row_class_init (GxcFieldRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_field_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gxc_field_row_init (GxcFieldRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static const char * const chosen_by_name[] = { "employee", "org_unit", "product", NULL };

/** gxc_field_can_edit: whether a form can have a row for it; of references only those to the small common tables */
gboolean
gxc_field_can_edit (const GxField *field)
{
  return gxc_row_ops[field->kind].make && (!field->entity || g_strv_contains (chosen_by_name, field->entity))
         && (field->kind != GX_KIND_ID || field->entity);
}

static void
append_label (GxcFieldRow *self)
{
  g_autofree char *text = g_strdup_printf ("%s%s", _(self->field->label), self->field->flags & GX_REQUIRED ? " *" : "");
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "gx-caption");
  gtk_box_append (GTK_BOX (self->box), label);
}

/** gxc_field_row_new: @field must be one that gxc_row_ops can make */
GtkWidget *
gxc_field_row_new (GxcDesk       *desk,
                   GxcDraft      *draft,
                   const GxField *field)
{
  GxcFieldRow *self = g_object_new (GXC_TYPE_FIELD_ROW, NULL);

  self->desk = g_object_ref (desk);
  self->draft = g_object_ref (draft);
  self->field = field;
  append_label (self);
  self->editor = gxc_row_ops[field->kind].make (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_LABEL, _(field->label), -1);
  gtk_box_append (GTK_BOX (self->box), self->editor);
  self->problem = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->problem, "gx-caption");
  gtk_widget_add_css_class (self->problem, "gx-red");
  gtk_box_append (GTK_BOX (self->box), self->problem);
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

GtkWidget *
gxc_field_row_get_editor (GxcFieldRow *self)
{
  return self->editor;
}
