/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a form, made from a field: its label, an editor that fits its kind, and what is wrong with what was typed.
 * It writes into the draft and nowhere else. What differs between kinds is in the one table at the end. */

#include "gxc-field-row.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "gx-catalog.h"
#include "gx-money.h"
#include "gxc-field-column.h"

#define LONG_TEXT 300       /* characters from which on a text gets several lines */

struct _GxcFieldRow
{
  GtkWidget      parent_instance;

  GtkWidget     *box;       /* (owned) the only child */
  GtkWidget     *editor;    /* (borrowed) */
  GtkWidget     *problem;   /* (borrowed) */
  GxcDesk       *desk;      /* (owned) */
  GxcDraft      *draft;     /* (owned) */
  const GxField *field;     /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (GxcFieldRow, gxc_field_row, GTK_TYPE_WIDGET)

static gpointer
member_of (GxcFieldRow *self)
{
  return gx_field_member (self->field, gxc_draft_get_row (self->draft));
}

/* --- text and everything that is typed as text ------------------------------------------------------------------- */

static void
take_text (GxcFieldRow *self, const char *text, gboolean (*parse) (GxcFieldRow *, const char *, GError **))
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autoptr(GError) error = NULL;

  gx_field_clear (self->field, gxc_draft_get_row (self->draft));
  if (*trimmed)
    parse (self, trimmed, &error);
  gxc_draft_touch (self->draft, self->field, error ? error->message : NULL);
}

static gboolean
parse_any (GxcFieldRow *self, const char *text, GError **error)
{
  return gx_field_from_text (self->field, gxc_draft_get_row (self->draft), text, error);
}

static gboolean
parse_money (GxcFieldRow *self, const char *text, GError **error)
{
  return gx_money_parse (text, NULL, self->field->name, member_of (self), error);
}

static gboolean
parse_time (GxcFieldRow *self, const char *text, GError **error)
{
  g_autofree char *iso = g_strdup_printf ("%s:00", text);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (g_strdelimit (iso, " ", 'T'), zone);

  if (!time)
    return gx_fail_field (error, GX_ERROR_INVALID, self->field->name, "time", _("write it as 2026-11-24 09:30"));
  *(gint64 *) member_of (self) = g_date_time_to_unix (time) * 1000;
  return TRUE;
}

static void
on_entry_changed_cb (GxcFieldRow *self, GtkEditable *editable)
{
  take_text (self, gtk_editable_get_text (editable), parse_any);
}

static void
on_money_changed_cb (GxcFieldRow *self, GtkEditable *editable)
{
  take_text (self, gtk_editable_get_text (editable), parse_money);
}

static void
on_time_changed_cb (GxcFieldRow *self, GtkEditable *editable)
{
  take_text (self, gtk_editable_get_text (editable), parse_time);
}

static void
on_buffer_changed_cb (GxcFieldRow *self, GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  take_text (self, text, parse_any);
}

static GtkWidget *
make_entry_with (GxcFieldRow *self, const char *text, GCallback on_changed)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), text ? text : "");
  g_signal_connect_object (entry, "changed", on_changed, self, G_CONNECT_SWAPPED);
  return entry;
}

static char *
machine_text (GxcFieldRow *self)
{
  gconstpointer row = gxc_draft_get_row (self->draft);

  return gx_field_is_none (self->field, row) ? g_strdup ("") : gx_field_to_text (self->field, row);
}

static GtkWidget *
make_entry (GxcFieldRow *self)
{
  g_autofree char *text = machine_text (self);

  return make_entry_with (self, text, G_CALLBACK (on_entry_changed_cb));
}

static GtkWidget *
make_text_view (GxcFieldRow *self)
{
  g_autofree char *text = machine_text (self);
  GtkWidget *view = gtk_text_view_new (), *scrolled = gtk_scrolled_window_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _(self->field->label), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 72);
  gtk_widget_add_css_class (scrolled, "gx-text");
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_buffer_changed_cb), self, G_CONNECT_SWAPPED);
  return scrolled;
}

static GtkWidget *make_text_choice (GxcFieldRow *self);

static GtkWidget *
make_text (GxcFieldRow *self)
{
  if (self->field->choices)
    return make_text_choice (self);
  return self->field->max == 0 || self->field->max > LONG_TEXT ? make_text_view (self) : make_entry (self);
}

static GtkWidget *
make_money (GxcFieldRow *self)
{
  gconstpointer row = gxc_draft_get_row (self->draft);
  g_autofree char *text = gx_field_is_none (self->field, row) ? g_strdup ("") : gx_money_format (*(gint64 *) member_of (self), NULL);

  return make_entry_with (self, text, G_CALLBACK (on_money_changed_cb));
}

static GtkWidget *
make_time (GxcFieldRow *self)
{
  gint64 ms = *(gint64 *) member_of (self);
  g_autoptr(GDateTime) time = ms ? g_date_time_new_from_unix_local (ms / 1000) : NULL;
  g_autofree char *text = time ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");

  return make_entry_with (self, text, G_CALLBACK (on_time_changed_cb));
}

/* --- dates: typed, or moved with + − w m y = ---------------------------------------------------------------------- */

static gboolean
move_date (GxcFieldRow *self, guint key, gint32 *date)
{
  gint32 from = *date == GX_INT32_NONE ? gxc_desk_get_today (self->desk) : *date;

  switch (key)
    {
    case GDK_KEY_plus: case GDK_KEY_KP_Add: *date = from + 1; return TRUE;
    case GDK_KEY_minus: case GDK_KEY_KP_Subtract: *date = from - 1; return TRUE;
    case GDK_KEY_w: *date = from + 7; return TRUE;
    case GDK_KEY_m: *date = gx_date_add_months (from, 1); return TRUE;
    case GDK_KEY_y: *date = gx_date_add_months (from, 12); return TRUE;
    case GDK_KEY_equal: *date = gxc_desk_get_today (self->desk); return TRUE;
    default: return FALSE;
    }
}

static gboolean
on_date_key_cb (GxcFieldRow *self, guint key, guint code, GdkModifierType modifiers)
{
  gint32 date = *(gint32 *) member_of (self);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->editor));
  g_autofree char *text = NULL;

  /* a minus inside a date that is being typed is a minus */
  if (key == GDK_KEY_minus && *typed && date == GX_INT32_NONE)
    return FALSE;
  if (!move_date (self, key, &date))
    return FALSE;
  text = gx_date_format (date);
  gtk_editable_set_text (GTK_EDITABLE (self->editor), text);
  gtk_editable_set_position (GTK_EDITABLE (self->editor), -1);
  return TRUE;
}

static GtkWidget *
make_date (GxcFieldRow *self)
{
  GtkWidget *entry = make_entry (self);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_date_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, keys);
  gtk_widget_set_tooltip_text (entry, _("+ and − a day, w a week, m a month, y a year on, = today"));
  return entry;
}

/* --- choices ------------------------------------------------------------------------------------------------------ */

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
  *(int *) member_of (self) = gtk_drop_down_get_selected (drop_down);
  gxc_draft_touch (self->draft, self->field, NULL);
}

static GtkWidget *
make_enum (GxcFieldRow *self)
{
  return make_drop_down (self, *(int *) member_of (self), G_CALLBACK (on_enum_selected_cb));
}

static void
on_code_selected_cb (GxcFieldRow *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  const char *code = gx_choice_code (self->field->choices, gtk_drop_down_get_selected (drop_down));

  take_text (self, code ? code : "", parse_any);
}

static GtkWidget *
make_text_choice (GxcFieldRow *self)
{
  const char *code = *(char **) member_of (self);

  return make_drop_down (self, code ? MAX (gx_choice_find (self->field->choices, code), 0) : 0, G_CALLBACK (on_code_selected_cb));
}

static void
on_number_selected_cb (GxcFieldRow *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  guint selected = gtk_drop_down_get_selected (drop_down);

  *(gint64 *) member_of (self) = selected > 0 ? (gint64) selected : GX_INT_NONE;
  gxc_draft_touch (self->draft, self->field, NULL);
}

/* A number whose values have words is chosen by them. */
static GtkWidget *
make_int (GxcFieldRow *self)
{
  gint64 number = *(gint64 *) member_of (self);

  if (!self->field->choices)
    return make_entry (self);
  return make_drop_down (self, number > 0 && gx_choice_code (self->field->choices, number) ? number : 0, G_CALLBACK (on_number_selected_cb));
}

static void
on_switch_toggled_cb (GxcFieldRow *self, GParamSpec *pspec, GtkSwitch *toggle)
{
  *(gboolean *) member_of (self) = gtk_switch_get_active (toggle);
  gxc_draft_touch (self->draft, self->field, NULL);
}

static GtkWidget *
make_bool (GxcFieldRow *self)
{
  GtkWidget *toggle = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (toggle), *(gboolean *) member_of (self));
  gtk_widget_set_halign (toggle, GTK_ALIGN_START);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (on_switch_toggled_cb), self, G_CONNECT_SWAPPED);
  return toggle;
}

/* --- another record: chosen by name, from the small tables that every desk has -------------------------------------- */

#define MAX_CHOICES 2000

static const char * const chosen_by_name[] = { "employee", "org_unit", "product", NULL };

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
      if (gx_id_equal (&g_array_index (choices->ids, GxId, i), member_of (self)))
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

  *(GxId *) member_of (self) = selected > 0 && selected <= choices->ids->len ? g_array_index (choices->ids, GxId, selected - 1) : GX_ID_NONE;
  gxc_draft_touch (self->draft, self->field, NULL);
}

static GtkWidget *
make_reference (GxcFieldRow *self)
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

const GxcRowOps gxc_row_ops[GX_N_KINDS] = {
  [GX_KIND_TEXT]  = { make_text },
  [GX_KIND_INT]   = { make_int },
  [GX_KIND_BOOL]  = { make_bool },
  [GX_KIND_ENUM]  = { make_enum },
  [GX_KIND_MONEY] = { make_money },
  [GX_KIND_PPM]   = { make_entry },
  [GX_KIND_DATE]  = { make_date },
  [GX_KIND_TIME]  = { make_time },
  [GX_KIND_ID]    = { make_reference },
  [GX_KIND_JSON]  = { NULL },
  [GX_KIND_BYTES] = { NULL },
};
G_STATIC_ASSERT (G_N_ELEMENTS (gxc_row_ops) == GX_N_KINDS);

/* --- the widget ---------------------------------------------------------------------------------------------------- */

static void
on_draft_changed_cb (GxcFieldRow *self)
{
  const char *problem = gxc_draft_get_problem (self->draft, self->field);

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
