/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes that wait for a second person: the inbox, and of one request what is in force beside what is asked for, who asks,
 * why, and the evidence. What is decided is what was shown: the request is fetched fresh before it is shown, and the
 * decision carries its digest. Keys: a approve, n return, r reject. */

#include "gxc-reviews-page.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "gx-attachment.h"
#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-error.h"
#include "gx-json.h"
#include "gxc-customer-cards.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-widgets.h"

#define NOTE_MIN 5          /* characters, of a return or a rejection */

struct _GxcReviewsPage
{
  GxcPage       parent_instance;

  /* Template widgets */
  GtkWidget    *content;
  GtkWidget    *inbox;
  GtkWidget    *boxes;
  GtkListBox   *list;
  GtkWidget    *nothing;
  GtkStack     *detail;
  GtkWidget    *title;
  GxcStateChip *state;
  GtkWidget    *target;
  GtkWidget    *open;
  GtkWidget    *cards;
  GtkWidget    *bar;
  GtkWidget    *problem;
  GtkWidget    *note;
  GtkWidget    *password;
  GtkWidget    *verdicts;

  /* Owned References */
  GxRecord     *request;    /* (nullable): as fetched and shown */
  char         *verdict;    /* (nullable): waiting for the password */
  GxId          customer;   /* of the request, none if it is of none */

  const char   *box;
  guint         generation; /* of the list: an older answer is dropped */
  guint         changed;    /* idle */
  gboolean      busy;
};

G_DEFINE_FINAL_TYPE (GxcReviewsPage, gxc_reviews_page, GXC_TYPE_PAGE)

static const struct { const char *name, *label, *nothing; } inboxes[] = {
  { "to_check", N_("To decide"), N_("Nothing waits for you. What you may decide appears here by itself.") },
  { "mine", N_("Asked by me"), N_("You have asked for nothing yet. “Ask for a change” is on a customer's Record tab.") },
  { "done", NC_("reviews", "Done"), N_("Nothing has been decided yet.") },
};

static const struct { const char *code; GxcState state; } state_looks[] = {
  { "PENDING", GXC_STATE_WAITING }, { "RETURNED", GXC_STATE_DRAFT }, { "APPLIED", GXC_STATE_OK }, { "APPROVED", GXC_STATE_OK },
  { "REJECTED", GXC_STATE_REFUSED }, { "STALE", GXC_STATE_REFUSED },
};

static GxcDesk *
desk_of (GxcReviewsPage *self)
{
  return gxc_page_get_desk (GXC_PAGE (self));
}

static char *
words_of (GxcReviewsPage *self, GxRecord *record, const char *field)
{
  return gxc_field_to_words (desk_of (self), record, gx_entity_find (&gx_change_request_entity, field));
}

static GxcState
look_of (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_looks); i++)
    if (g_strcmp0 (state_looks[i].code, state) == 0)
      return state_looks[i].state;
  return GXC_STATE_PLAIN;
}

/* The customer that a request is about: itself, or the parent of the row. */
static GxId
find_customer (GxcReviewsPage *self, const GxChangeRequest *row)
{
  const GxEntity *entity = gx_entity_by_name (row->tbl);
  g_autoptr(GxRecord) record = NULL;
  const GxId *owner;

  if (entity == &gx_customer_entity)
    return row->entity_id;
  record = entity ? gxc_desk_read_one (desk_of (self), entity, &row->entity_id, NULL) : NULL;
  owner = record && gx_entity_find (entity, "customer_id") ? gx_entity_member (entity, gx_record_get_data (record), "customer_id") : NULL;
  return owner ? *owner : GX_ID_NONE;
}

/* Of a child row what it is: a mobile, an identity card. */
static char *
dup_kind (GxcReviewsPage *self, const GxEntity *entity, const GxId *id)
{
  const GxField *field = gx_entity_find (entity, "kind");
  g_autoptr(GxRecord) record = field ? gxc_desk_read_one (desk_of (self), entity, id, NULL) : NULL;

  return record ? gxc_field_to_words (desk_of (self), record, field) : NULL;
}

static char *
dup_target (GxcReviewsPage *self, const GxChangeRequest *row)
{
  const GxEntity *entity = gx_entity_by_name (row->tbl);
  GxId customer = find_customer (self, row);
  g_autofree char *words = NULL, *kind = NULL;

  if (gx_id_is_none (&customer))
    return g_strdup (entity ? _(entity->label) : row->tbl);
  words = gxc_desk_dup_customer (desk_of (self), &customer);
  kind = entity == &gx_customer_entity ? NULL : dup_kind (self, entity, &row->entity_id);
  return kind ? g_strdup_printf ("%s · %s", words, kind) : g_steal_pointer (&words);
}

/* --- before and after --------------------------------------------------------------------------------------------- */

static JsonObject *
parse_object (const char *json)
{
  g_autoptr(JsonNode) node = json ? gx_json_parse (json, -1, NULL) : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_object_ref (json_node_get_object (node)) : json_object_new ();
}

static char *
member_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (!node || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : json_to_string (node, FALSE);
}

/* What cannot be read as the field's kind (a mask, an unknown code) is shown as it came. */
static char *
value_words (GxcReviewsPage *self, const GxEntity *entity, const GxField *field, const char *text)
{
  gpointer row;
  char *words;

  if (!text || !field)
    return g_strdup (text);
  row = gx_entity_new (entity);
  words = gx_field_from_text (field, row, text, NULL) ? gxc_row_to_words (desk_of (self), field, row) : g_strdup (text);
  gx_entity_free (entity, row);
  return words;
}

static void
add_diff_card (GxcReviewsPage *self, const GxChangeRequest *row)
{
  const GxEntity *entity = gx_entity_by_name (row->tbl);
  g_autoptr(JsonObject) before = parse_object (row->before), after = parse_object (row->after);
  g_autoptr(GList) names = json_object_get_members (after);
  GtkWidget *view = gxc_diff_view_new (), *body, *card;
  g_autofree char *caption = NULL;

  for (GList *l = names; l; l = l->next)
    {
      const GxField *field = entity ? gx_entity_find (entity, l->data) : NULL;
      g_autofree char *old = member_text (before, l->data), *new = member_text (after, l->data);
      g_autofree char *old_words = value_words (self, entity, field, old), *new_words = value_words (self, entity, field, new);

      gxc_diff_view_add (GXC_DIFF_VIEW (view), field ? _(field->label) : l->data, old_words, new_words);
    }
  caption = g_strdup_printf (ngettext ("%u field changes", "%u fields change", gxc_diff_view_n_changed (GXC_DIFF_VIEW (view))),
                             gxc_diff_view_n_changed (GXC_DIFF_VIEW (view)));
  card = gxc_card_new (_("Before and after"), caption, NULL, &body);
  gtk_widget_add_css_class (body, "gx-card-body");
  gtk_box_append (GTK_BOX (body), view);
  gtk_box_append (GTK_BOX (self->cards), card);
}

/* --- who, when, why ----------------------------------------------------------------------------------------------- */

static GtkWidget *
add_line (GtkWidget *grid, int row, const char *name, const char *words)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.0, "yalign", 0.0, NULL);
  GtkWidget *value = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "hexpand", TRUE, NULL);
  g_autofree char *sentence = g_strdup_printf ("%s: %s", name, words);

  gtk_widget_add_css_class (label, "gx-dim");
  gtk_accessible_update_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  gtk_grid_attach (GTK_GRID (grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), value, 1, row, 1, 1);
  return value;
}

static char *
evidence_words (const GxChangeRequest *row)
{
  g_autoptr(JsonNode) node = row->evidence ? gx_json_parse (row->evidence, -1, NULL) : NULL;
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonObject *item = json_array_get_object_element (array, i);
      const char *sha256 = json_object_get_string_member_with_default (item, "sha256", "");

      int kind = gx_choice_find (gx_attachment_kinds, json_object_get_string_member_with_default (item, "kind", "OTHER"));

      g_string_append_printf (text, "%s%s · SHA-256 %.8s…", i ? "\n" : "", _(gx_choice_label (gx_attachment_kinds, MAX (kind, 1))), sha256);
    }
  if (text->len == 0)
    g_string_append (text, _("none"));
  return g_string_free (text, FALSE);
}

static const struct { const char *verdict, *word, *done; } verdict_words[] = {
  { "approve", NC_("verdict", "approved"), N_("Approved and signed") },
  { "return", NC_("verdict", "returned"), N_("Returned to who asked") },
  { "reject", NC_("verdict", "rejected"), N_("Rejected") },
};

static const char *
verdict_word (const char *verdict)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdict_words); i++)
    if (g_strcmp0 (verdict_words[i].verdict, verdict) == 0)
      return g_dpgettext2 (NULL, "verdict", verdict_words[i].word);
  return verdict;
}

static char *
decision_words (GxcReviewsPage *self, const GxChangeRequest *row)
{
  g_autoptr(JsonNode) node = row->decisions ? gx_json_parse (row->decisions, -1, NULL) : NULL;
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonObject *item = json_array_get_object_element (array, i);
      const char *note = json_object_get_string_member_with_default (item, "note", "");
      g_autofree char *person = NULL;
      GxId id;

      if (gx_id_parse (json_object_get_string_member_with_default (item, "person_id", ""), &id))
        person = gxc_desk_dup_label (desk_of (self), "employee", &id);
      g_string_append_printf (text, "%s%s · %s%s%s", i ? "\n" : "", person ? person : "\u2014",
                              verdict_word (json_object_get_string_member_with_default (item, "verdict", "")), *note ? " · " : "", note);
    }
  return g_string_free (text, FALSE);
}

static void
add_why_card (GxcReviewsPage *self, const GxChangeRequest *row)
{
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 16, "row-spacing", 7, NULL), *body;
  GtkWidget *card = gxc_card_new (_("Who, when, why"), NULL, NULL, &body);
  gint64 now = gxc_desk_now (desk_of (self));
  g_autofree char *maker = words_of (self, self->request, "maker_id"), *at = gxc_format_moment (row->submitted_at, now);
  g_autofree char *asked = g_strdup_printf ("%s · %s", maker, at), *due = row->due_at ? gxc_format_moment (row->due_at, now) : NULL;
  g_autofree char *evidence = evidence_words (row), *decisions = decision_words (self, row);
  g_autofree char *needed = g_strdup_printf (ngettext ("R-DUAL: %d person decides, not the one who asks", "R-DUAL: %d persons decide, not the one who asks",
                                                       (int) row->required_n), (int) row->required_n);
  int n = 0;

  add_line (grid, n++, _("Asked by"), asked);
  add_line (grid, n++, _("Reason"), row->reason ? row->reason : "\u2014");
  add_line (grid, n++, _("Rule"), needed);
  add_line (grid, n++, _("Evidence"), evidence);
  if (due)
    add_line (grid, n++, _("Due"), due);
  if (*decisions)
    add_line (grid, n++, _("Decided"), decisions);
  gtk_widget_add_css_class (add_line (grid, n++, _("Digest"), row->digest ? row->digest : "\u2014"), "gx-caption");
  gtk_widget_add_css_class (body, "gx-card-body");
  gtk_box_append (GTK_BOX (body), grid);
  gtk_box_append (GTK_BOX (self->cards), card);
}

/* --- the request that is shown ------------------------------------------------------------------------------------ */

static void
show_problem (GxcReviewsPage *self, const char *words)
{
  gtk_label_set_text (GTK_LABEL (self->problem), words ? words : "");
  gtk_widget_set_visible (self->problem, words != NULL);
}

static gboolean
may_decide (GxcReviewsPage *self, const GxChangeRequest *row)
{
  const GxcPerson *person = gxc_desk_get_person (desk_of (self));

  return g_strcmp0 (row->state, "PENDING") == 0 && !gx_id_equal (&row->maker_id, &person->employee_id)
         && (gx_role_capabilities (person->roles) & (GX_CAN_DECIDE_1 | GX_CAN_DECIDE_2 | GX_CAN_DECIDE_ADMIN));
}

static void
show_request (GxcReviewsPage *self, GxRecord *record)
{
  const GxChangeRequest *row = gx_record_get_data (record);
  g_autofree char *kind = words_of (self, record, "kind"), *op = words_of (self, record, "op"), *state = words_of (self, record, "state");
  g_autofree char *title = g_strdup_printf ("%s · %s", kind, op), *target = dup_target (self, row);
  GtkWidget *child;

  g_set_object (&self->request, record);
  self->customer = find_customer (self, row);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gxc_state_chip_set (self->state, look_of (row->state), state);
  gtk_label_set_text (GTK_LABEL (self->target), target);
  gtk_widget_set_visible (self->open, !gx_id_is_none (&self->customer));
  while ((child = gtk_widget_get_first_child (self->cards)))
    gtk_box_remove (GTK_BOX (self->cards), child);
  add_diff_card (self, row);
  add_why_card (self, row);
  gtk_widget_set_visible (self->bar, may_decide (self, row));
  gtk_widget_set_visible (self->password, FALSE);
  show_problem (self, NULL);
  gtk_stack_set_visible_child_name (self->detail, "request");
}

static void
on_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcReviewsPage) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxRecord) record = gxc_desk_finish_record (GXC_DESK (source), result, &error);

  /* without the server the list's copy stays; it can be read but not decided */
  if (record)
    show_request (self, record);
  else if (self->request && gxc_page_get_desk (GXC_PAGE (self)))
    {
      g_autofree char *words = gxc_error_words (error);

      show_problem (self, words);
    }
}

static void
on_row_selected_cb (GxcReviewsPage *self, GtkListBoxRow *row)
{
  GxRecord *record = row ? g_object_get_data (G_OBJECT (row), "gxc-record") : NULL;

  if (!record)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->note), "");
  show_request (self, record);
  gxc_desk_fetch_review (desk_of (self), gx_record_get_id (record), on_fetched_cb, g_object_ref (self));
}

/* --- deciding ----------------------------------------------------------------------------------------------------- */

static void decide (GxcReviewsPage *self, const char *verdict);

static void
say_done (GxcReviewsPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdict_words); i++)
    if (g_strcmp0 (verdict_words[i].verdict, self->verdict) == 0)
      gxc_page_toast (GTK_WIDGET (self), _(verdict_words[i].done));
}

static void
on_decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcReviewsPage) self = data;
  g_autoptr(GError) error = NULL;
  gboolean decided = gxc_desk_finish (GXC_DESK (source), result, &error);

  self->busy = FALSE;
  gxc_page_set_busy (self->bar, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  if (decided)
    {
      say_done (self);
      gtk_stack_set_visible_child_name (self->detail, "nothing");
      g_clear_object (&self->request);
      gxc_page_refresh (GXC_PAGE (self));
    }
  else if (g_error_matches (error, GX_ERROR, GX_ERROR_STEP_UP))
    {
      show_problem (self, _("A decision needs your password again; then press Enter"));
      gtk_widget_set_visible (self->password, TRUE);
      gtk_widget_grab_focus (self->password);
    }
  else
    {
      g_autofree char *words = gxc_error_words (error);

      show_problem (self, words);
    }
}

static void
decide (GxcReviewsPage *self, const char *verdict)
{
  const char *note = gtk_editable_get_text (GTK_EDITABLE (self->note));
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password));

  if (!self->request || self->busy || !gtk_widget_get_visible (self->bar))
    return;
  if (!g_str_equal (verdict, "approve") && g_utf8_strlen (note, -1) < NOTE_MIN)
    {
      show_problem (self, _("R-DUAL: who asked must learn why; write a note of at least five characters"));
      gtk_widget_grab_focus (self->note);
      return;
    }
  g_free (self->verdict);
  self->verdict = g_strdup (verdict);
  self->busy = TRUE;
  gxc_page_set_busy (self->bar, TRUE);
  show_problem (self, NULL);
  gxc_desk_decide (desk_of (self), self->request, verdict, note, *password ? password : NULL, on_decided_cb, g_object_ref (self));
}

static void
on_password_activated_cb (GxcReviewsPage *self)
{
  g_autofree char *verdict = g_strdup (self->verdict ? self->verdict : "approve");

  decide (self, verdict);
}

static void
decide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  decide (GXC_REVIEWS_PAGE (widget), name + strlen ("reviews."));
}

static void
open_customer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.open-customer", "s", GX_ID_STR (&GXC_REVIEWS_PAGE (widget)->customer));
}

/* --- the inbox ---------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_row (GxcReviewsPage *self, GxRecord *record)
{
  const GxChangeRequest *row = gx_record_get_data (record);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *clock = gxc_clock_chip_new (gxc_desk_get_clock (desk_of (self))), *list_row = gtk_list_box_row_new (), *title;
  g_autofree char *kind = words_of (self, record, "kind"), *maker = words_of (self, record, "maker_id"), *state = words_of (self, record, "state");
  g_autofree char *target = dup_target (self, row), *ago = gxc_format_ago (row->submitted_at, gxc_desk_now (desk_of (self)));
  g_autofree char *words = g_strdup_printf ("%s, %s, %s, %s", kind, target, maker, state);

  title = g_object_new (GTK_TYPE_LABEL, "label", kind, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (title, "gx-strong");
  gtk_box_append (GTK_BOX (head), title);
  if (row->due_at && g_strcmp0 (row->state, "PENDING") == 0)
    {
      gxc_clock_chip_set_span (GXC_CLOCK_CHIP (clock), row->submitted_at, row->due_at);
      gtk_box_append (GTK_BOX (head), clock);
    }
  else
    {
      g_object_unref (g_object_ref_sink (clock));
      gtk_box_append (GTK_BOX (head), gxc_state_chip_new (look_of (row->state), state));
    }
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", target, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL));
  title = g_object_new (GTK_TYPE_LABEL, "label", maker, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, "css-classes", (const char *[]) { "gx-caption", NULL }, NULL);
  gtk_box_append (GTK_BOX (foot), title);
  gtk_box_append (GTK_BOX (foot), g_object_new (GTK_TYPE_LABEL, "label", ago, "css-classes", (const char *[]) { "gx-caption", NULL }, NULL));
  gtk_box_append (GTK_BOX (box), foot);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (list_row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list_row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (list_row), "gxc-record", g_object_ref (record), g_object_unref);
  return list_row;
}

static void
update_state (GxcReviewsPage *self, GPtrArray *records)
{
  g_autofree char *subtitle = NULL;
  GtkListBoxRow *row, *same = NULL;
  GxId shown = self->request ? *gx_record_get_id (self->request) : GX_ID_NONE;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < records->len; i++)
    {
      GtkWidget *made = make_row (self, g_ptr_array_index (records, i));

      gtk_list_box_append (self->list, made);
      if (gx_id_equal (gx_record_get_id (g_ptr_array_index (records, i)), &shown))
        same = GTK_LIST_BOX_ROW (made);
    }
  for (guint i = 0; i < G_N_ELEMENTS (inboxes); i++)
    if (g_str_equal (inboxes[i].name, self->box))
      gtk_label_set_text (GTK_LABEL (self->nothing), _(inboxes[i].nothing));
  subtitle = g_strdup_printf (ngettext ("%u request", "%u requests", records->len), records->len);
  gxc_page_set_title (GXC_PAGE (self), _("Reviews"), subtitle);
  gxc_page_set_state (GXC_PAGE (self), GXC_PAGE_CONTENT);
  if (!same && records->len)
    same = gtk_list_box_get_row_at_index (self->list, 0);
  if (same)
    gtk_list_box_select_row (self->list, same);
  else
    {
      g_clear_object (&self->request);      /* what is not shown cannot be decided */
      gtk_stack_set_visible_child_name (self->detail, "nothing");
    }
}

typedef struct { GxcReviewsPage *self; guint generation; } Listing;

static void
on_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Listing *listing = data;
  g_autoptr(GxcReviewsPage) self = listing->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = gxc_desk_finish_records (GXC_DESK (source), result, &error);

  if (listing->generation != self->generation || !gxc_page_get_desk (GXC_PAGE (self)))
    return;
  if (records)
    update_state (self, records);
  else
    gxc_page_set_error (GXC_PAGE (self), error);
}

static void
refresh (GxcPage *page)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (page);
  Listing *listing = g_new (Listing, 1);

  *listing = (Listing) { g_object_ref (self), ++self->generation };
  gxc_desk_list_reviews (desk_of (self), self->box, on_listed_cb, listing);
}

static void
on_box_toggled_cb (GxcReviewsPage *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->box = g_object_get_data (G_OBJECT (button), "gxc-box");
  g_clear_object (&self->request);
  refresh (GXC_PAGE (self));
}

static gboolean
on_changed_idle_cb (gpointer data)
{
  GxcReviewsPage *self = data;

  self->changed = 0;
  refresh (GXC_PAGE (self));
  return G_SOURCE_REMOVE;
}

/* Not while somebody is writing a note: the list would come anew under the hand. Names come with their own rows. */
static void
on_changed_cb (GxcReviewsPage *self, const char *entity)
{
  static const char * const shown[] = { "change_request", "customer", "employee", "contact_point", "identifier", NULL };

  if (g_strv_contains (shown, entity) && !self->changed && !*gtk_editable_get_text (GTK_EDITABLE (self->note)))
    self->changed = g_idle_add (on_changed_idle_cb, self);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
set_narrow (GxcPage *page, gboolean narrow)
{
  gtk_widget_set_size_request (GXC_REVIEWS_PAGE (page)->inbox, narrow ? 232 : 272, -1);
}

static void
append_boxes (GxcReviewsPage *self)
{
  const GxcPerson *person = gxc_desk_get_person (desk_of (self));
  gboolean decides = person && (gx_role_capabilities (person->roles) & (GX_CAN_DECIDE_1 | GX_CAN_DECIDE_2 | GX_CAN_DECIDE_ADMIN));
  GtkToggleButton *first = NULL;

  for (guint i = decides ? 0 : 1; i < G_N_ELEMENTS (inboxes); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (i == 2 ? g_dpgettext2 (NULL, "reviews", "Done") : _(inboxes[i].label));

      g_object_set_data (G_OBJECT (button), "gxc-box", (gpointer) inboxes[i].name);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      gtk_box_append (GTK_BOX (self->boxes), button);
      if (!first)
        {
          first = GTK_TOGGLE_BUTTON (button);
          self->box = inboxes[i].name;
          gtk_toggle_button_set_active (first, TRUE);
        }
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_box_toggled_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
append_verdicts (GxcReviewsPage *self)
{
  GtkWidget *reject = gxc_button_new (_("Reject"), "R", "reviews.reject"), *approve = gxc_button_new (_("Approve and sign"), "A", "reviews.approve");

  gtk_widget_add_css_class (reject, "destructive-action");
  gtk_widget_add_css_class (approve, "suggested-action");
  gtk_box_append (GTK_BOX (self->verdicts), reject);
  gtk_box_append (GTK_BOX (self->verdicts), gxc_button_new (_("Return"), "N", "reviews.return"));
  gtk_box_append (GTK_BOX (self->verdicts), approve);
}

static void
gxc_reviews_page_dispose (GObject *object)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (object);

  g_clear_handle_id (&self->changed, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_REVIEWS_PAGE);
  g_clear_object (&self->request);
  g_clear_pointer (&self->verdict, g_free);
  G_OBJECT_CLASS (gxc_reviews_page_parent_class)->dispose (object);
}

static void
gxc_reviews_page_class_init (GxcReviewsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_reviews_page_dispose;
  GXC_PAGE_CLASS (klass)->refresh = refresh;
  GXC_PAGE_CLASS (klass)->set_narrow = set_narrow;
  g_type_ensure (GXC_TYPE_STATE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/pages/gxc-reviews-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, content);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, inbox);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, boxes);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, list);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, detail);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, title);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, state);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, target);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, open);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, cards);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, problem);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, note);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, password);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, verdicts);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_password_activated_cb);
  gtk_widget_class_install_action (widget_class, "reviews.approve", NULL, decide_action);
  gtk_widget_class_install_action (widget_class, "reviews.return", NULL, decide_action);
  gtk_widget_class_install_action (widget_class, "reviews.reject", NULL, decide_action);
  gtk_widget_class_install_action (widget_class, "reviews.open-customer", NULL, open_customer_action);
}

static gboolean
on_key_cb (GtkWidget *widget, GVariant *arguments, gpointer action_name)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_activate_action (widget, action_name, NULL);
}

/* Wherever the focus is, or nowhere; an entry takes its letters first. */
static void
add_keys (GxcReviewsPage *self)
{
  static const struct { guint key; const char *action_name; } keys[] = {
    { GDK_KEY_a, "reviews.approve" }, { GDK_KEY_n, "reviews.return" }, { GDK_KEY_r, "reviews.reject" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                                                            gtk_callback_action_new (on_key_cb, (gpointer) keys[i].action_name, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
gxc_reviews_page_init (GxcReviewsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (self);
  gxc_page_set_content (GXC_PAGE (self), self->content);
  set_narrow (GXC_PAGE (self), FALSE);
}

GtkWidget *
gxc_reviews_page_new (GxcDesk *desk)
{
  GxcReviewsPage *self = g_object_new (GXC_TYPE_REVIEWS_PAGE, NULL);

  gxc_page_set_desk (GXC_PAGE (self), desk);
  append_verdicts (self);
  append_boxes (self);
  gxc_page_set_title (GXC_PAGE (self), _("Reviews"), NULL);
  gxc_page_set_state (GXC_PAGE (self), GXC_PAGE_LOADING);
  refresh (GXC_PAGE (self));
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
