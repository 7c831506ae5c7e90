/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the maker of a request may still do with it: take it back, ask again upon the record as it is now, or change what
 * was returned and ask again. It says what is possible in this state, and of what is not what would make it so. The
 * values to change are typed into a draft that begins with what was asked for. */

#include "gxc-review-own.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-entity-json.h"
#include "gx-error.h"
#include "gx-json.h"
#include "gxc-draft.h"
#include "gxc-field-row.h"
#include "gxc-page.h"
#include "gxc-review-seen.h"
#include "gxc-widgets.h"

struct _GxcReviewOwn
{
  GtkBox     parent_instance;

  GxcDesk   *desk;          /* (owned) */
  GxRecord  *request;       /* (owned) (nullable) */
  GxcDraft  *draft;         /* (owned) (nullable): of what was returned */
  GxFieldSet fields;        /* that were asked for */
  GxcAct     act;           /* the last, or under way */
  gboolean   acting;

  /* Borrowed References */
  GtkWidget *words;
  GtkWidget *room;          /* around the editors */
  GtkWidget *editors;
  GtkWidget *reason;
  GtkWidget *problem;
  GtkWidget *buttons;

  gboolean   narrow;
};

G_DEFINE_FINAL_TYPE (GxcReviewOwn, gxc_review_own, GTK_TYPE_BOX)

static const struct { const char *state, *words; gboolean withdraw; const char *again; } states[] = {
  { "PENDING", N_("It waits for another person. To change it, take it back or have it returned."), TRUE, NULL },
  { "RETURNED", N_("It was returned. Change what the note asks for, then ask again."), TRUE, N_("Ask again") },
  { "STALE", N_("The record changed after you asked. Check the new values, then ask again."), TRUE, N_("Ask again with the new values") },
  { "APPROVED", N_("It is approved and comes into force by itself."), FALSE, NULL },
  { "APPLIED", N_("It is in force. Another change is a new request, on the customer's record."), FALSE, NULL },
  { "REJECTED", N_("It was rejected. Prepare what the note asks for, then make a new request on the customer's record."), FALSE, NULL },
  { "WITHDRAWN", N_("You took it back. You can ask again on the customer's record."), FALSE, NULL },
  { "EXPIRED", N_("Nobody decided in time. Ask again on the customer's record."), FALSE, NULL },
};

static const char * const done_words[] = {
  [GXC_ACT_WITHDRAW] = N_("Taken back"), [GXC_ACT_REBASE] = N_("Asked again"), [GXC_ACT_REVISE] = N_("Asked again"), [GXC_ACT_RESUBMIT] = N_("Asked again"),
};

static void
gxc_review_own_dispose (GObject *object)
{
  GxcReviewOwn *self = GXC_REVIEW_OWN (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->request);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (gxc_review_own_parent_class)->dispose (object);
}

/* --- acting ------------------------------------------------------------------------------------------------------- */

/** gxc_review_own_say: @words (nullable): what is wrong */
void
gxc_review_own_say (GxcReviewOwn *self,
                    const char   *words)
{
  gtk_label_set_text (GTK_LABEL (self->problem), words ? words : "");
  gtk_widget_set_visible (self->problem, words != NULL);
}

static void
say (GxcReviewOwn *self, const GError *error)
{
  g_autofree char *words = error ? gxc_error_words (error) : NULL;

  gxc_review_own_say (self, words);
}

static void
on_acted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcReviewOwn) self = data;
  g_autoptr(GError) error = NULL;
  gboolean done = gxc_desk_finish (GXC_DESK (source), result, &error);

  if (!self->desk)
    return;
  self->acting = FALSE;
  gxc_page_set_busy (GTK_WIDGET (self), FALSE);
  say (self, error);
  if (!done)
    return;
  g_clear_object (&self->draft);
  gxc_page_toast (GTK_WIDGET (self), _(done_words[self->act]));
  gtk_widget_activate_action (GTK_WIDGET (self), "reviews.to-inbox", NULL);    /* the button goes: the keys go on in the list */
  gtk_widget_activate_action (GTK_WIDGET (self), "reviews.refresh", NULL);
}

static void
act (GxcReviewOwn *self, GxcAct what, gconstpointer row, GxFieldSet fields, const char *reason)
{
  self->act = what;
  self->acting = TRUE;
  gxc_page_set_busy (GTK_WIDGET (self), TRUE);
  gxc_desk_act (self->desk, self->request, what, row, fields, reason, on_acted_cb, g_object_ref (self));
}

static const GxChangeRequest *
row_of (GxcReviewOwn *self)
{
  return gx_record_get_data (self->request);
}

/* Of what was asked for, which is wanted differently now. */
static GxFieldSet
find_revised (GxcReviewOwn *self)
{
  const GxEntity *entity = gxc_draft_get_entity (self->draft);
  gpointer row = gxc_draft_get_row (self->draft);
  g_autoptr(JsonNode) node = gx_json_parse (row_of (self)->after, -1, NULL);
  GxFieldSet revised = 0;

  for (guint i = 0; node && i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);
      gpointer asked;

      if (!(self->fields & GX_FIELD_BIT (i)))
        continue;
      asked = gx_entity_new (entity);
      if (!gx_field_from_json (field, json_object_get_member (json_node_get_object (node), field->name), asked, NULL)
          || !gx_field_equal (field, asked, row))
        revised |= GX_FIELD_BIT (i);
      gx_entity_free (entity, asked);
    }
  return revised;
}

static void
ask_again (GxcReviewOwn *self)
{
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason));
  const char *new_reason = g_strcmp0 (reason, row_of (self)->reason) != 0 ? reason : NULL;
  g_autoptr(GError) error = NULL;
  GxFieldSet revised;

  if (g_strcmp0 (row_of (self)->state, "STALE") == 0)
    {
      act (self, GXC_ACT_REBASE, NULL, 0, NULL);
      return;
    }
  if (self->draft && !gxc_draft_validate (self->draft, self->fields, &error))
    {
      say (self, error);
      return;
    }
  revised = self->draft ? find_revised (self) : 0;
  if (revised)
    act (self, GXC_ACT_REVISE, gxc_draft_get_row (self->draft), revised, new_reason);
  else
    act (self, GXC_ACT_RESUBMIT, NULL, 0, new_reason);
}

static void
again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_again (GXC_REVIEW_OWN (widget));
}

static void
withdraw_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  act (GXC_REVIEW_OWN (widget), GXC_ACT_WITHDRAW, NULL, 0, NULL);
}

/* Out of the values and back to the list; what was typed stays. */
static gboolean
on_escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return gtk_widget_activate_action (widget, "reviews.to-inbox", NULL);
}

static void
gxc_review_own_class_init (GxcReviewOwnClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_review_own_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "own.again", NULL, again_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "own.withdraw", NULL, withdraw_action);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, on_escape_cb, NULL);
}

/* --- what is shown ------------------------------------------------------------------------------------------------ */

static GtkWidget *
label_new (const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
gxc_review_own_init (GxcReviewOwn *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *room;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_widget_add_css_class (GTK_WIDGET (self), "gx-action-bar");
  self->words = label_new ("gx-strong");
  gtk_widget_set_hexpand (self->words, TRUE);
  self->problem = label_new ("gx-caption");
  gtk_widget_add_css_class (self->problem, "gx-red");
  gtk_widget_set_visible (self->problem, FALSE);
  self->editors = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->room = room = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", self->editors, "propagate-natural-height", TRUE, "max-content-height", 240,
                           "hscrollbar-policy", GTK_POLICY_NEVER, NULL);
  self->reason = g_object_new (GTK_TYPE_ENTRY, "placeholder-text", _("Reason"), "max-length", 2000, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reason), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reason"), -1);
  self->buttons = g_object_new (GTK_TYPE_BOX, "spacing", 8, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_box_append (GTK_BOX (line), self->words);
  gtk_box_append (GTK_BOX (line), self->buttons);
  gtk_box_append (GTK_BOX (self), room);
  gtk_box_append (GTK_BOX (self), self->reason);
  gtk_box_append (GTK_BOX (self), self->problem);
  gtk_box_append (GTK_BOX (self), line);
}

GtkWidget *
gxc_review_own_new (GxcDesk *desk)
{
  GxcReviewOwn *self = g_object_new (GXC_TYPE_REVIEW_OWN, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)))
    gtk_box_remove (GTK_BOX (box), child);
}

/* What was asked for, in a row of its entity; in clear only as the server gave it. */
static void
begin_draft (GxcReviewOwn *self)
{
  const GxChangeRequest *request = row_of (self);
  const GxEntity *entity = gx_entity_by_name (request->tbl);
  g_autoptr(JsonNode) node = request->after ? gx_json_parse (request->after, -1, NULL) : NULL;
  g_autoptr(GxRecord) record = entity ? gxc_desk_read_one (self->desk, entity, &request->entity_id, NULL) : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!entity || !node || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  self->draft = gxc_draft_new (entity, record);
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      const GxField *field = gx_entity_find (entity, name);

      if (!field || !gxc_field_can_edit (field) || !gx_field_from_json (field, value, gxc_draft_get_row (self->draft), NULL))
        continue;
      self->fields |= GX_FIELD_BIT (gx_entity_index_of (entity, name));
      gtk_box_append (GTK_BOX (self->editors), gxc_field_row_new (self->desk, self->draft, field));
    }
}

static void
append_button (GxcReviewOwn *self, const char *label, const char *keys, const char *action, const char *css_class)
{
  GtkWidget *button = gxc_button_new (label, keys, action);

  gtk_widget_add_css_class (button, css_class);
  gtk_box_append (GTK_BOX (self->buttons), button);
}

/* What the last person who decided wrote. */
static char *
dup_note (const GxChangeRequest *row)
{
  g_autoptr(JsonNode) node = row->decisions ? gx_json_parse (row->decisions, -1, NULL) : NULL;
  JsonArray *decisions = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = decisions ? json_array_get_length (decisions) : 0;
  const char *note = n ? json_object_get_string_member_with_default (json_array_get_object_element (decisions, n - 1), "note", NULL) : NULL;

  return note && *note ? g_strdup_printf ("“%s” ", note) : g_strdup ("");
}

/** gxc_review_own_show: @request: one's own; while its values are being typed the same one is not drawn anew */
void
gxc_review_own_show (GxcReviewOwn *self,
                     GxRecord     *request)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  gboolean returned = g_strcmp0 (row->state, "RETURNED") == 0;

  g_set_object (&self->request, request);
  gxc_review_own_set_usable (self, TRUE);
  g_clear_object (&self->draft);
  self->fields = 0;
  empty_box (self->editors);
  empty_box (self->buttons);
  say (self, NULL);
  gtk_widget_set_visible (self->reason, returned);
  gtk_editable_set_text (GTK_EDITABLE (self->reason), row->reason ? row->reason : "");
  if (returned && gxc_review_seen_of (request))
    begin_draft (self);
  gtk_widget_set_visible (self->room, gtk_widget_get_first_child (self->editors) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "own.withdraw", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "own.again", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].state, row->state) == 0)
      {
        g_autofree char *note = returned ? dup_note (row) : g_strdup (""), *words = g_strconcat (note, _(states[i].words), NULL);

        gtk_label_set_text (GTK_LABEL (self->words), words);
        gtk_widget_action_set_enabled (GTK_WIDGET (self), "own.withdraw", states[i].withdraw);
        gtk_widget_action_set_enabled (GTK_WIDGET (self), "own.again", states[i].again != NULL);
        if (states[i].withdraw)
          append_button (self, _("Take it back"), "W", "own.withdraw", "destructive-action");
        if (states[i].again)
          append_button (self, _(states[i].again), "Ctrl S", "own.again", "suggested-action");
        gxc_review_own_set_narrow (self, self->narrow);
      }
}

/** gxc_review_own_set_usable: whether the bank is there to do anything with it; of another request it is anew */
void
gxc_review_own_set_usable (GxcReviewOwn *self,
                           gboolean      usable)
{
  if (!usable && gtk_widget_get_focus_child (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "reviews.to-inbox", NULL);
  gxc_page_set_busy (self->room, !usable || self->acting);
  gxc_page_set_busy (self->reason, !usable || self->acting);
  gxc_page_set_busy (self->buttons, !usable || self->acting);
}

/** gxc_review_own_set_narrow: there is no room to say each button's key */
void
gxc_review_own_set_narrow (GxcReviewOwn *self,
                           gboolean      narrow)
{
  self->narrow = narrow;
  for (GtkWidget *button = gtk_widget_get_first_child (self->buttons); button; button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_visible (gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (button))), !narrow);
}

/** gxc_review_own_enter: puts the keys on the first value or button; FALSE if there is nothing to do */
gboolean
gxc_review_own_enter (GxcReviewOwn *self)
{
  return gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/** gxc_review_own_is_in_use: whether something is typed or under way that a new list would disturb */
gboolean
gxc_review_own_is_in_use (GxcReviewOwn *self)
{
  return self->draft && gtk_widget_get_mapped (GTK_WIDGET (self)) && find_revised (self);
}
