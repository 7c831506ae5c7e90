/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of one request: what changes, who asks and why, who signed what. Each takes the request as it is shown and
 * draws it; none fetches anything, and none decides. */

#include "gxc-review-cards.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "gx-json.h"
#include "gxc-cards.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-review-seen.h"
#include "gxc-review-words.h"
#include "gxc-widgets.h"

#define NAMES "gxc-names"       /* of facts: the size group that its names are in */

/* A grid of names and words, for inside a card; with those of other cards in @names the words stand on one line. */
static GtkWidget *
facts_new (GtkSizeGroup *names)
{
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 14, "row-spacing", 6, NULL);

  g_object_set_data_full (G_OBJECT (grid), NAMES, g_object_ref (names), g_object_unref);
  gtk_widget_add_css_class (grid, "gx-card-body");
  return grid;
}

static void
attach_fact (GtkWidget *facts, const char *name, GtkWidget *value)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.0, "valign", GTK_ALIGN_BASELINE, NULL);
  GtkWidget *last = gtk_widget_get_last_child (facts);
  int column, row = -1, width, height;

  if (last)
    gtk_grid_query_child (GTK_GRID (facts), last, &column, &row, &width, &height);
  gtk_widget_add_css_class (label, "gx-caption");
  gtk_size_group_add_widget (g_object_get_data (G_OBJECT (facts), NAMES), label);
  gtk_grid_attach (GTK_GRID (facts), label, 0, row + 1, 1, 1);
  gtk_grid_attach (GTK_GRID (facts), value, 1, row + 1, 1, 1);
}

/** gxc_review_bone_new: the grey bar of something that is asked for; @width: px */
GtkWidget *
gxc_review_bone_new (int width)
{
  return g_object_new (GTK_TYPE_BOX, "width-request", width, "halign", GTK_ALIGN_START, "valign", GTK_ALIGN_CENTER,
                       "css-classes", (const char *[]) { "gx-bone", "gx-late", NULL }, NULL);
}

/* Returns the label with the words. */
static GtkWidget *
facts_add (GtkWidget *facts, const char *name, const char *words)
{
  GtkWidget *value = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "hexpand", TRUE, "max-width-chars", 22, "valign", GTK_ALIGN_BASELINE, NULL);
  g_autofree char *sentence = g_strdup_printf ("%s: %s", name, words);

  gtk_accessible_update_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  attach_fact (facts, name, value);
  return value;
}

static GtkWidget *
card_with (const char *title, const char *caption, GtkWidget *child)
{
  GtkWidget *body, *card = gxc_card_new (title, caption, NULL, &body);

  gtk_box_append (GTK_BOX (body), child);
  return card;
}

/* --- before and after --------------------------------------------------------------------------------------------- */

/* The row that is asked about, if it came along. */
static GxRecord *
find_touched (GxRecord *request)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  const GxcReviewSeen *seen = gxc_review_seen_of (request);

  for (guint i = 0; seen && i < seen->context->len; i++)
    if (gx_id_equal (gx_record_get_id (g_ptr_array_index (seen->context, i)), &row->entity_id))
      return g_ptr_array_index (seen->context, i);
  return NULL;
}

static gboolean
is_changed (GPtrArray *changes, const char *field)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_str_equal (((GxcReviewChange *) g_ptr_array_index (changes, i))->name, field))
      return TRUE;
  return FALSE;
}

/* What stays as it is but tells which row it is: "make primary" shows the number, not only the flag. */
static void
add_unchanged (GtkWidget *view, GxcDesk *desk, GxRecord *touched, GPtrArray *changes)
{
  const GxEntity *entity = gx_record_get_entity (touched);

  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);
      g_autofree char *words = NULL, *label = NULL;

      if (!(field->flags & GX_LISTED) || is_changed (changes, field->name))
        continue;
      words = gxc_field_to_words (desk, touched, field);
      label = gxc_desk_dup_field_label (desk, entity, gx_record_get_id (touched), field);
      gxc_diff_view_add (GXC_DIFF_VIEW (view), label, words, words);
    }
}

GtkWidget *
gxc_review_changes_card (GxcDesk  *desk,
                         GxRecord *request)
{
  g_autoptr(GPtrArray) changes = gxc_review_changes (desk, gx_record_get_data (request));
  GtkWidget *view = gxc_diff_view_new ();
  GxRecord *touched = find_touched (request);
  g_autofree char *caption = NULL;
  guint n;

  if (touched)
    add_unchanged (view, desk, touched, changes);
  for (guint i = 0; i < changes->len; i++)
    {
      const GxcReviewChange *change = g_ptr_array_index (changes, i);

      gxc_diff_view_add (GXC_DIFF_VIEW (view), change->label, change->before, change->after);
    }
  n = gxc_diff_view_n_changed (GXC_DIFF_VIEW (view));
  caption = g_strdup_printf (ngettext ("%u field changes", "%u fields change", n), n);
  gtk_widget_add_css_class (view, "gx-card-body");
  return card_with (_("Before and after"), caption, view);
}

/* --- what else it touches ----------------------------------------------------------------------------------------- */

/* Its first listed word is what it is, the second what it says, the rest is small. */
static GtkWidget *
make_touched (GxcDesk *desk, GxRecord *record)
{
  const GxEntity *entity = gx_record_get_entity (record);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *row;
  g_autoptr(GString) sentence = g_string_new (NULL);
  guint n = 0;

  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);
      g_autofree char *words = field->flags & GX_LISTED ? gxc_field_to_words (desk, record, field) : NULL;
      g_autofree char *named = words && n >= 2 ? g_strdup_printf ("%s %s", _(field->label), words) : g_strdup (words);
      GtkWidget *label;

      if (!words)
        continue;
      label = g_object_new (GTK_TYPE_LABEL, "label", named, "xalign", 0.0, "hexpand", n == 1, "selectable", n == 1, "wrap", n == 1, NULL);
      gtk_widget_add_css_class (label, n == 0 ? "gx-dim" : n == 1 ? "gx-strong" : "gx-caption");
      gtk_box_append (GTK_BOX (box), label);
      g_string_append_printf (sentence, "%s%s", n++ ? ", " : "", named);
    }
  gtk_widget_add_css_class (box, "gx-queue-row");
  row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", box, "activatable", FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence->str, -1);
  return row;
}

/**
 * gxc_review_context_card:
 *
 * Returns: (transfer floating) (nullable): what the request touches beyond the row it is about
 */
GtkWidget *
gxc_review_context_card (GxcDesk  *desk,
                         GxRecord *request)
{
  const GxcReviewSeen *seen = gxc_review_seen_of (request);
  GxRecord *touched = find_touched (request);
  GtkWidget *rows;

  if (!seen || seen->context->len <= (touched ? 1 : 0))
    return NULL;
  rows = gxc_rows_new ();
  for (guint i = 0; i < seen->context->len; i++)
    if (g_ptr_array_index (seen->context, i) != touched)
      gtk_list_box_append (GTK_LIST_BOX (rows), make_touched (desk, g_ptr_array_index (seen->context, i)));
  return card_with (_("What it touches"), seen->may_decide ? _("in clear, since you decide it") : NULL, rows);
}

/* --- who, when, why ----------------------------------------------------------------------------------------------- */

static char *
dup_rule (const GxChangeRequest *row)
{
  return g_strdup_printf (ngettext ("R-DUAL: %d person decides, not the one who asks", "R-DUAL: %d persons decide, not the one who asks",
                                    (int) row->required_n), (int) row->required_n);
}

/* Names, without one's own. */
static char *
dup_others (GxcDesk *desk, const GxcReviewSeen *seen)
{
  const GxcPerson *person = gxc_desk_get_person (desk);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < seen->reviewers->len; i++)
    {
      const GxId *id = &g_array_index (seen->reviewers, GxId, i);

      if (!person || !gx_id_equal (id, &person->employee_id))
        g_ptr_array_add (names, gxc_desk_dup_label (desk, "employee", id));
    }
  if (!names->len)
    return g_strdup (_("nobody"));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (_(", "), (char **) names->pdata);
}

/* Who may is the bank's to say: asked for, or not to be had. */
static void
add_unknown_reviewers (GtkWidget *facts, gboolean away)
{
  if (away)
    facts_add (facts, _("Can decide"), _("needs the network"));
  else
    attach_fact (facts, _("Can decide"), gxc_review_bone_new (90));
}

static void
add_reviewers (GtkWidget *facts, GxcDesk *desk, GxRecord *request, GxcReviewAnswer answer)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  const GxcReviewSeen *seen = gxc_review_seen_of (request);
  const GxcPerson *person = gxc_desk_get_person (desk);
  g_autofree char *others = NULL;

  if (g_strcmp0 (row->state, "PENDING") != 0)
    return;
  if (!seen && answer != GXC_REVIEW_THERE)
    add_unknown_reviewers (facts, answer == GXC_REVIEW_AWAY);
  if (!seen)
    return;
  others = dup_others (desk, seen);
  facts_add (facts, seen->may_decide ? _("Can also decide") : _("Can decide"), others);
  if (!seen->may_decide && person)
    facts_add (facts, _("You"), gx_id_equal (&row->maker_id, &person->employee_id) ? _("R-DUAL: you asked for it, another person decides")
                                           : _("R-DUAL: this step is not yours, or you have a part in it already"));
}

GtkWidget *
gxc_review_why_card (GxcDesk         *desk,
                     GxRecord        *request,
                     GxcReviewAnswer  answer,
                     GtkSizeGroup    *names)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  GtkWidget *facts = facts_new (names);
  gint64 now = gxc_desk_now (desk);
  g_autofree char *maker = gxc_review_dup_field (desk, request, "maker_id"), *at = gxc_format_moment (row->submitted_at, now);
  g_autofree char *asked = g_strdup_printf ("%s · %s", maker, at), *due = row->due_at ? gxc_format_moment (row->due_at, now) : NULL;
  g_autofree char *rule = dup_rule (row), *revision = g_strdup_printf ("%d", (int) row->rev);

  facts_add (facts, _("Asked by"), asked);
  facts_add (facts, _("Reason"), row->reason ? row->reason : "\u2014");
  facts_add (facts, _("Rule"), rule);
  add_reviewers (facts, desk, request, answer);
  if (due)
    facts_add (facts, _("Due"), due);
  if (row->rev > 1)
    facts_add (facts, _("Revision"), revision);
  return card_with (_("Who, when, why"), NULL, facts);
}

/* --- signatures --------------------------------------------------------------------------------------------------- */

/** gxc_review_short_digest: (transfer full): enough of it to compare by eye: the beginning and the end */
char *
gxc_review_short_digest (const char *digest)
{
  gsize length = digest ? strlen (digest) : 0;

  return length < 24 ? g_strdup (digest ? digest : "\u2014")
                     : g_strdup_printf ("%.4s %.4s … %.4s %.4s", digest, digest + 4, digest + length - 8, digest + length - 4);
}

/** gxc_review_parse_array: (transfer full): empty if @json (nullable) is none */
JsonArray *
gxc_review_parse_array (const char *json)
{
  g_autoptr(JsonNode) node = json ? gx_json_parse (json, -1, NULL) : NULL;

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_array_ref (json_node_get_array (node)) : json_array_new ();
}

static void
add_decision (GtkWidget *facts, GxcDesk *desk, JsonObject *item, gint64 rev)
{
  const char *verdict = json_object_get_string_member_with_default (item, "verdict", "");
  const char *note = json_object_get_string_member_with_default (item, "note", "");
  gint64 at = json_object_get_int_member_with_default (item, "at", 0), of = json_object_get_int_member_with_default (item, "rev", 0);
  g_autofree char *person = gxc_review_dup_person (desk, json_object_get_string_member_with_default (item, "person_id", NULL));
  g_autofree char *moment = at ? gxc_format_moment (at, gxc_desk_now (desk)) : g_strdup ("\u2014");
  g_autoptr(GString) words = g_string_new (person);

  g_string_append_printf (words, " · %s", moment);
  if (of != rev)
    g_string_append_printf (words, _(" · on revision %d"), (int) of);
  if (note && *note)
    g_string_append_printf (words, "\n“%s”", note);
  facts_add (facts, gxc_review_verdict_word (verdict), words->str);
}

/* The server refuses a signature that does not fit; this desk makes the digest anew from what is shown before it signs. */
GtkWidget *
gxc_review_signatures_card (GxcDesk      *desk,
                            GxRecord     *request,
                            GtkSizeGroup *names)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  const GxcReviewSeen *seen = gxc_review_seen_of (request);
  g_autoptr(JsonArray) decisions = gxc_review_parse_array (row->decisions);
  GtkWidget *facts = facts_new (names), *value;
  g_autofree char *digest = gxc_review_short_digest (row->digest), *maker = gxc_review_dup_field (desk, request, "maker_id");
  g_autofree char *at = gxc_format_moment (row->submitted_at, gxc_desk_now (desk)), *asked = g_strdup_printf ("%s · %s", maker, at);

  value = facts_add (facts, _("Digest"), digest);
  gtk_widget_set_tooltip_text (value, row->digest);
  facts_add (facts, _("Asked"), asked);
  for (guint i = 0; i < json_array_get_length (decisions); i++)
    add_decision (facts, desk, json_array_get_object_element (decisions, i), row->rev);
  facts_add (facts, _("Checked"), seen && seen->may_decide
                                             ? _("The maker's signature was checked by the server; this desk computes the digest again before you sign")
                                             : _("The signatures were checked by the server"));
  return card_with (_("Signatures"), NULL, facts);
}
