/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card of the details: the fields of one record, or the records of one kind that hang on the customer (contacts,
 * addresses, papers, life events), each a line that opens into its fields. Rows are made from the field table; what the
 * lines say is the one table here. */

#include "gxc-customer-group.h"

#include <glib/gi18n.h>

#include "gx-address.h"
#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-identifier.h"
#include "gx-life-event.h"
#include "gxc-cards.h"
#include "gxc-field-column.h"
#include "gxc-review-words.h"

typedef struct { const char *field; gboolean labelled; } Fact;     /* a date or a code says nothing without its label */

static const struct { const GxEntity *entity; const char *title; const char *fields[2]; Fact more[3]; } lines[] = {
  { &gx_contact_point_entity, NC_("details", "Contacts"), { "kind", "value" }, { { "label" }, { "is_primary" }, { "verified_at", TRUE } } },
  { &gx_address_entity, NC_("details", "Addresses"), { "kind", "line" }, { { "region_code", TRUE }, { "postcode", TRUE } } },
  { &gx_identifier_entity, NC_("details", "Identity documents"), { "kind", "number" }, { { "valid_to", TRUE }, { "issue_org" }, { "verified_at", TRUE } } },
  { &gx_life_event_entity, NC_("details", "Life events"), { "type", "happened_on" }, { { "source" }, { "note" } } },
};

/* --- one record ---------------------------------------------------------------------------------------------------- */

static void
on_row_activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer data);

static GtkWidget *
make_list (const char *label)
{
  GtkWidget *list = gxc_rows_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (list, "row-activated", G_CALLBACK (on_row_activated_cb), NULL);
  return list;
}

/* Before @before, or at the end. */
static void
add_fields (GtkWidget *list, GxcCustomerFile *file, GxcCustomerDrafts *drafts, GxRecord *record, int position)
{
  const GxEntity *entity = gx_record_get_entity (record);

  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (!gxc_customer_field_is_wanted (file, drafts, record, field))
        continue;
      gtk_list_box_insert (GTK_LIST_BOX (list), gxc_customer_field_new (file, drafts, record, field), position);
      position += position >= 0;
    }
}

/** gxc_customer_group_new: (transfer floating): a card of the fields of @record */
GtkWidget *
gxc_customer_group_new (GxcCustomerFile   *file,
                        GxcCustomerDrafts *drafts,
                        GxRecord          *record)
{
  const char *label = _(gx_record_get_entity (record)->label);
  GtkWidget *body, *list = make_list (label), *card = gxc_card_new (label, NULL, NULL, &body);

  add_fields (list, file, drafts, record, -1);
  gtk_box_append (GTK_BOX (body), list);
  g_object_set_data (G_OBJECT (card), "gxc-list", list);
  return card;
}

/* --- records of one kind -------------------------------------------------------------------------------------------- */

/* What a line needs to open. */
typedef struct
{
  GxcCustomerFile   *file;      /* (owned) */
  GxcCustomerDrafts *drafts;    /* (owned) */
  GxRecord          *record;    /* (owned) */
  guint              n_fields;  /* rows after it, 0 = closed */
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_object_unref (line->file);
  g_object_unref (line->drafts);
  g_object_unref (line->record);
  g_free (line);
}

static guint
count_rows (GtkListBox *list)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (list, n))
    n++;
  return n;
}

static void
toggle_line (GtkListBox *list, GtkListBoxRow *row, Line *line)
{
  int at = gtk_list_box_row_get_index (row) + 1;
  guint before = count_rows (list);

  if (line->n_fields == 0)
    {
      add_fields (GTK_WIDGET (list), line->file, line->drafts, line->record, at);
      line->n_fields = count_rows (list) - before;
    }
  else
    for (; line->n_fields; line->n_fields--)
      gtk_list_box_remove (list, GTK_WIDGET (gtk_list_box_get_row_at_index (list, at)));
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED, line->n_fields > 0, -1);
}

static void
on_row_activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  Line *line = g_object_get_data (G_OBJECT (row), "gxc-line");

  if (line)
    toggle_line (list, row, line);
  else if (GXC_IS_CUSTOMER_FIELD (row))
    gxc_customer_field_edit (GXC_CUSTOMER_FIELD (row), TRUE);
}

static gboolean
is_there (GxRecord *record, const GxField *field)
{
  if (field->kind == GX_KIND_BOOL)
    return *(const gboolean *) gx_field_member (field, gx_record_get_data (record));
  return !gx_field_is_none (field, gx_record_get_data (record)) || gx_record_is_masked (record, field->name, NULL);
}

/* What is yes or no is its label alone. */
static void
append_words (GString *words, GxcDesk *desk, GxRecord *record, const char *name, gboolean labelled)
{
  const GxField *field = gx_entity_find (gx_record_get_entity (record), name);
  g_autofree char *value = NULL;

  if (!is_there (record, field))
    return;
  if (words->len)
    g_string_append (words, " · ");
  if (labelled || field->kind == GX_KIND_BOOL)
    g_string_append (words, _(field->label));
  if (field->kind == GX_KIND_BOOL)
    return;
  value = gxc_field_to_words (desk, record, field);
  g_string_append_printf (words, "%s%s", labelled ? " " : "", value);
}

static char *
dup_title (GxcDesk *desk, GxRecord *record, guint kind)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines[kind].fields); i++)
    append_words (words, desk, record, lines[kind].fields[i], FALSE);
  return g_string_free (words, FALSE);
}

static char *
dup_more (GxcDesk *desk, GxRecord *record, guint kind)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines[kind].more) && lines[kind].more[i].field; i++)
    append_words (words, desk, record, lines[kind].more[i].field, lines[kind].more[i].labelled);
  return g_string_free (words, FALSE);
}

/* That somebody asked to take it away, or to change something in it. */
static void
append_request (GtkWidget *box, GxcCustomerFile *file, const GxId *id)
{
  GPtrArray *requests = gxc_customer_file_requests (file);

  for (guint i = 0; i < requests->len; i++)
    {
      GxRecord *request = g_ptr_array_index (requests, i);
      const GxChangeRequest *row = gx_record_get_data (request);
      g_autofree char *state = NULL, *words = NULL;

      if (!gx_id_equal (&row->entity_id, id))
        continue;
      state = gxc_review_dup_field (gxc_customer_file_get_desk (file), request, "state");
      words = g_strcmp0 (row->op, "delete") == 0 ? g_strdup_printf (_("Removal: %s"), state) : g_strdup (state);
      gtk_box_append (GTK_BOX (box), gxc_state_chip_new (gxc_review_state_look (row->state), words));
      return;
    }
}

static void
append_remove (GtkWidget *box, GxcCustomerFile *file, GxRecord *record, const char *title)
{
  GtkWidget *button;
  g_autofree char *target = g_strdup_printf ("%s/%s", gx_record_get_entity (record)->name, GX_ID_STR (gx_record_get_id (record)));
  g_autofree char *name = g_strdup_printf (_("Remove: %s"), title);

  if (!gxc_desk_can (gxc_customer_file_get_desk (file), GX_CAN_EDIT_CUSTOMER) || gxc_customer_file_is_masked (file))
    return;
  button = g_object_new (GTK_TYPE_BUTTON, "icon-name", "user-trash-symbolic", "valign", GTK_ALIGN_CENTER, "tooltip-text", _("Remove"), NULL);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "gx-tiny");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "customer.remove");
  gtk_box_append (GTK_BOX (box), button);
}

static void
add_line (GtkWidget *list, GxcCustomerFile *file, GxcCustomerDrafts *drafts, GxRecord *record, guint kind)
{
  GxcDesk *desk = gxc_customer_file_get_desk (file);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *row;
  g_autofree char *title = dup_title (desk, record, kind), *more = dup_more (desk, record, kind);
  g_autofree char *words = g_strdup_printf ("%s, %s", title, more);
  Line *line = g_new0 (Line, 1);

  *line = (Line) { g_object_ref (file), g_object_ref (drafts), g_object_ref (record), 0 };
  gtk_widget_add_css_class (box, "gx-task-row");
  gtk_box_append (GTK_BOX (box), gxc_two_lines_wrapped (title, more));
  append_request (box, file, gx_record_get_id (record));
  append_remove (box, file, record, title);
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "icon-name", "pan-down-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", box, NULL);
  g_object_set_data_full (G_OBJECT (row), "gxc-line", line, line_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

/* Rows that somebody asked to add: nobody has approved them, so they are no records yet. */
static void
add_asked (GtkWidget *list, GxcCustomerFile *file, const GxEntity *entity)
{
  GPtrArray *requests = gxc_customer_file_requests (file);

  for (guint i = 0; i < requests->len; i++)
    {
      GxRecord *request = g_ptr_array_index (requests, i);
      const GxChangeRequest *row = gx_record_get_data (request);
      g_autofree char *title = NULL, *state = NULL, *words = NULL;
      GtkWidget *box;

      if (g_strcmp0 (row->op, "create") != 0 || g_strcmp0 (row->tbl, entity->name) != 0)
        continue;
      title = gxc_review_dup_title (gxc_customer_file_get_desk (file), request);
      state = gxc_review_dup_field (gxc_customer_file_get_desk (file), request, "state");
      words = g_strdup_printf ("%s, %s", title, state);
      box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      gtk_box_append (GTK_BOX (box), gxc_two_lines (title, _("asked for, not in force")));
      gtk_box_append (GTK_BOX (box), gxc_state_chip_new (gxc_review_state_look (row->state), state));
      gxc_rows_add (list, box, words);
    }
}

/** gxc_customer_parts_new: (transfer floating): a card of the records of @entity, with a button that adds one */
GtkWidget *
gxc_customer_parts_new (GxcCustomerFile   *file,
                        GxcCustomerDrafts *drafts,
                        const GxEntity    *entity)
{
  GPtrArray *records = gxc_customer_file_rows (file, entity);
  GtkWidget *add = NULL, *body, *list, *card;
  guint kind = 0;
  const char *title;

  while (lines[kind].entity != entity)
    kind++;
  title = g_dpgettext2 (NULL, "details", lines[kind].title);
  if (gxc_desk_can (gxc_customer_file_get_desk (file), GX_CAN_EDIT_CUSTOMER) && !gxc_customer_file_is_masked (file))
    {
      g_autofree char *name = g_strdup_printf (_("Add: %s"), title);

      add = gxc_small_button (_("Add"), "customer.add", entity->name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
  list = make_list (title);
  card = gxc_card_new (title, NULL, add, &body);
  for (guint i = 0; i < records->len; i++)
    add_line (list, file, drafts, g_ptr_array_index (records, i), kind);
  add_asked (list, file, entity);
  if (!gtk_widget_get_first_child (list))
    gxc_rows_add_words (list, _("None yet."));
  gtk_box_append (GTK_BOX (body), list);
  g_object_set_data (G_OBJECT (card), "gxc-list", list);
  return card;
}

/* --- all of them --------------------------------------------------------------------------------------------------- */

/** gxc_customer_group_each: every field that has a row in the card */
void
gxc_customer_group_each (GtkWidget    *card,
                         GxcFieldFunc  func,
                         gpointer      data)
{
  GtkListBox *list = g_object_get_data (G_OBJECT (card), "gxc-list");

  for (guint i = 0; gtk_list_box_get_row_at_index (list, i); i++)
    if (GXC_IS_CUSTOMER_FIELD (gtk_list_box_get_row_at_index (list, i)))
      func (GXC_CUSTOMER_FIELD (gtk_list_box_get_row_at_index (list, i)), data);
}

/** gxc_customer_group_open: opens the line of that record, if it has one here */
void
gxc_customer_group_open (GtkWidget  *card,
                         const GxId *record)
{
  GtkListBox *list = g_object_get_data (G_OBJECT (card), "gxc-list");
  GtkListBoxRow *row;

  for (guint i = 0; (row = gtk_list_box_get_row_at_index (list, i)); i++)
    {
      Line *line = g_object_get_data (G_OBJECT (row), "gxc-line");

      if (line && !line->n_fields && gx_id_equal (gx_record_get_id (line->record), record))
        toggle_line (list, row, line);
    }
}

/** gxc_customer_group_open_drafts: opens what has a draft, and the lines around it */
void
gxc_customer_group_open_drafts (GtkWidget *card)
{
  GtkListBox *list = g_object_get_data (G_OBJECT (card), "gxc-list");
  GtkListBoxRow *row;

  for (guint i = 0; (row = gtk_list_box_get_row_at_index (list, i)); i++)
    {
      Line *line = g_object_get_data (G_OBJECT (row), "gxc-line");
      GxcDraft *draft = line ? gxc_customer_drafts_find (line->drafts, gx_record_get_id (line->record)) : NULL;

      if (draft && !line->n_fields && gxc_draft_get_changed (draft))
        toggle_line (list, row, line);
      if (GXC_IS_CUSTOMER_FIELD (row) && gxc_customer_field_has_draft (GXC_CUSTOMER_FIELD (row)))
        gxc_customer_field_edit (GXC_CUSTOMER_FIELD (row), FALSE);
    }
}
