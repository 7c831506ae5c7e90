/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editors of a form's row that are chosen from: the words of an enumeration or of a number, yes and no, and the
 * records of the small tables that every desk has, by name. */

#include "gxc-field-row-private.h"

#include <glib/gi18n.h>

#include "gx-catalog.h"
#include "gxc-field-column.h"

static GtkWidget *
make_drop_down (GxcFieldRow *self, guint selected, GCallback on_selected)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();
  GtkWidget *drop_down;

  g_ptr_array_add (labels, (gpointer) "\u2014");
  for (const GxChoice *choice = self->field->choices; choice->code; choice++)
    g_ptr_array_add (labels, (gpointer) _(choice->label));
  g_ptr_array_add (labels, NULL);

  drop_down = gtk_drop_down_new_from_strings ((const char * const *) labels->pdata);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  g_signal_connect_object (drop_down, "notify::selected", on_selected, self, G_CONNECT_SWAPPED);
  return drop_down;
}

static void
on_enum_selected_cb (GxcFieldRow *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  *(int *) gxc_field_row_member (self) = gtk_drop_down_get_selected (drop_down);
  gxc_draft_touch (self->draft, self->field, NULL);
}

GtkWidget *
gxc_field_editor_enum (GxcFieldRow *self)
{
  return make_drop_down (self, *(int *) gxc_field_row_member (self), G_CALLBACK (on_enum_selected_cb));
}

static void
on_code_selected_cb (GxcFieldRow *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  const char *code = gx_choice_code (self->field->choices, gtk_drop_down_get_selected (drop_down));

  gxc_field_row_take_text (self, code ? code : "");
}

GtkWidget *
gxc_field_editor_text_choice (GxcFieldRow *self)
{
  const char *code = *(char **) gxc_field_row_member (self);

  return make_drop_down (self, code ? MAX (gx_choice_find (self->field->choices, code), 0) : 0, G_CALLBACK (on_code_selected_cb));
}

static void
on_switch_toggled_cb (GxcFieldRow *self, GParamSpec *pspec, GtkSwitch *toggle)
{
  *(gboolean *) gxc_field_row_member (self) = gtk_switch_get_active (toggle);
  gxc_draft_touch (self->draft, self->field, NULL);
}

GtkWidget *
gxc_field_editor_bool (GxcFieldRow *self)
{
  GtkWidget *toggle = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (toggle), *(gboolean *) gxc_field_row_member (self));
  gtk_widget_set_halign (toggle, GTK_ALIGN_START);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (on_switch_toggled_cb), self, G_CONNECT_SWAPPED);
  return toggle;
}

/* --- another record: chosen by name, from the small tables that every desk has -------------------------------------- */

#define MAX_CHOICES 2000

typedef struct
{
  GArray     *ids;          /* of GxId, in the order of the labels after the first */
  GPtrArray  *labels;       /* the first is "none" */
  guint       selected;
} Choices;

static void
choices_free (gpointer data)
{
  Choices *choices = data;

  g_array_unref (choices->ids);
  g_ptr_array_unref (choices->labels);
  g_free (choices);
}

/* An employee is told with the unit: two branches may have a 王伟 each. */
static char *
dup_choice_label (GxcFieldRow *self, GxRecord *record)
{
  const GxEntity *entity = gx_record_get_entity (record);
  g_autofree char *name = gx_record_dup_text (record, "name"), *unit = NULL;
  const GxField *field = gx_entity_find (entity, "org_id");

  if (!field)
    return g_steal_pointer (&name);
  unit = gxc_field_to_words (self->desk, record, field);
  return g_strdup_printf ("%s · %s", name ? name : "", unit);
}

static Choices *
read_choices (GxcFieldRow *self)
{
  const GxcQuery query = { .sort_field = "name" };
  const GxEntity *entity = gx_entity_by_name (self->field->entity);
  Choices *choices = g_new0 (Choices, 1);
  g_autoptr(GPtrArray) records = NULL;

  choices->labels = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (choices->labels, g_strdup ("\u2014"));
  choices->ids = gxc_desk_list (self->desk, entity, &query, NULL);
  if (!choices->ids)
    choices->ids = g_array_new (FALSE, FALSE, sizeof (GxId));
  g_array_set_size (choices->ids, MIN (choices->ids->len, MAX_CHOICES));
  records = gxc_desk_read (self->desk, entity, (GxId *) (gpointer) choices->ids->data, choices->ids->len, NULL);
  for (guint i = 0; i < choices->ids->len; i++)
    {
      GxRecord *record = records ? g_ptr_array_index (records, i) : NULL;

      g_ptr_array_add (choices->labels, record ? dup_choice_label (self, record) : g_strdup ("\u2014"));
      if (gx_id_equal (&g_array_index (choices->ids, GxId, i), gxc_field_row_member (self)))
        choices->selected = i + 1;
    }
  g_ptr_array_add (choices->labels, NULL);
  return choices;
}

static void
on_record_selected_cb (GxcFieldRow *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  Choices *choices = g_object_get_data (G_OBJECT (drop_down), "gxc-choices");
  guint selected = gtk_drop_down_get_selected (drop_down);

  *(GxId *) gxc_field_row_member (self) = selected > 0 && selected <= choices->ids->len ? g_array_index (choices->ids, GxId, selected - 1) : GX_ID_NONE;
  gxc_draft_touch (self->draft, self->field, NULL);
}

GtkWidget *
gxc_field_editor_reference (GxcFieldRow *self)
{
  Choices *choices = read_choices (self);
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkStringList *model = gtk_string_list_new ((const char * const *) choices->labels->pdata);
  GtkWidget *drop_down = gtk_drop_down_new (G_LIST_MODEL (model), expression);

  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop_down), TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), choices->selected);
  g_object_set_data_full (G_OBJECT (drop_down), "gxc-choices", choices, choices_free);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (on_record_selected_cb), self, G_CONNECT_SWAPPED);
  return drop_down;
}
