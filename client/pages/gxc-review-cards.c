/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of one request: what changes, who asks and why, who signed what. Each takes the request as it is shown and
 * draws it; none fetches anything, and none decides. */

#include "gxc-review-cards.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "gx-attachment.h"
#include "gx-json.h"
#include "gxc-customer-cards.h"
#include "gxc-format.h"
#include "gxc-review-words.h"
#include "gxc-widgets.h"

/** gxc_review_facts_new: a grid of names and words, for inside a card */
GtkWidget *
gxc_review_facts_new (void)
{
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 14, "row-spacing", 6, NULL);

  gtk_widget_add_css_class (grid, "gx-card-body");
  return grid;
}

/**
 * gxc_review_facts_add:
 *
 * Returns: (transfer none): the label with the words
 */
GtkWidget *
gxc_review_facts_add (GtkWidget  *facts,
                      const char *name,
                      const char *words)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.0, "yalign", 0.0, NULL);
  GtkWidget *value = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "hexpand", TRUE, "max-width-chars", 22, NULL);
  GtkWidget *last = gtk_widget_get_last_child (facts);
  g_autofree char *sentence = g_strdup_printf ("%s: %s", name, words);
  int column, row = -1, width, height;

  if (last)
    gtk_grid_query_child (GTK_GRID (facts), last, &column, &row, &width, &height);
  gtk_widget_add_css_class (label, "gx-caption");
  gtk_accessible_update_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  gtk_grid_attach (GTK_GRID (facts), label, 0, row + 1, 1, 1);
  gtk_grid_attach (GTK_GRID (facts), value, 1, row + 1, 1, 1);
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

GtkWidget *
gxc_review_changes_card (GxcDesk  *desk,
                         GxRecord *request)
{
  g_autoptr(GPtrArray) changes = gxc_review_changes (desk, gx_record_get_data (request));
  GtkWidget *view = gxc_diff_view_new ();
  g_autofree char *caption = NULL;
  guint n;

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

/* --- who, when, why ----------------------------------------------------------------------------------------------- */

static char *
dup_rule (const GxChangeRequest *row)
{
  return g_strdup_printf (ngettext ("R-DUAL: %d person decides, not the one who asks", "R-DUAL: %d persons decide, not the one who asks",
                                    (int) row->required_n), (int) row->required_n);
}

GtkWidget *
gxc_review_why_card (GxcDesk  *desk,
                     GxRecord *request)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  GtkWidget *facts = gxc_review_facts_new ();
  gint64 now = gxc_desk_now (desk);
  g_autofree char *maker = gxc_review_dup_field (desk, request, "maker_id"), *at = gxc_format_moment (row->submitted_at, now);
  g_autofree char *asked = g_strdup_printf ("%s · %s", maker, at), *due = row->due_at ? gxc_format_moment (row->due_at, now) : NULL;
  g_autofree char *rule = dup_rule (row), *revision = g_strdup_printf ("%d", (int) row->rev);

  gxc_review_facts_add (facts, _("Asked by"), asked);
  gxc_review_facts_add (facts, _("Reason"), row->reason ? row->reason : "\u2014");
  gxc_review_facts_add (facts, _("Rule"), rule);
  if (due)
    gxc_review_facts_add (facts, _("Due"), due);
  if (row->rev > 1)
    gxc_review_facts_add (facts, _("Revision"), revision);
  return card_with (_("Who, when, why"), NULL, facts);
}

/* --- evidence ----------------------------------------------------------------------------------------------------- */

static JsonArray *
parse_array (const char *json)
{
  g_autoptr(JsonNode) node = json ? gx_json_parse (json, -1, NULL) : NULL;

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_array_ref (json_node_get_array (node)) : json_array_new ();
}

static void
add_paper (GtkWidget *facts, GxcDesk *desk, JsonObject *item)
{
  int kind = gx_choice_find (gx_attachment_kinds, json_object_get_string_member_with_default (item, "kind", "OTHER"));
  g_autofree char *by = gxc_review_dup_person (desk, json_object_get_string_member_with_default (item, "added_by", NULL));
  g_autofree char *words = g_strdup_printf ("%s · SHA-256 %.8s…", by, json_object_get_string_member_with_default (item, "sha256", ""));

  gxc_review_facts_add (facts, _(gx_choice_label (gx_attachment_kinds, MAX (kind, 1))), words);
}

GtkWidget *
gxc_review_evidence_card (GxcDesk  *desk,
                          GxRecord *request)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  g_autoptr(JsonArray) papers = parse_array (row->evidence);
  guint n = json_array_get_length (papers);
  g_autofree char *caption = n ? g_strdup_printf ("%u", n) : g_strdup (_("none"));
  GtkWidget *facts = gxc_review_facts_new ();

  for (guint i = 0; i < n; i++)
    add_paper (facts, desk, json_array_get_object_element (papers, i));
  return card_with (_("Evidence"), caption, facts);
}

/* --- signatures --------------------------------------------------------------------------------------------------- */

/* Enough of a digest to compare by eye: the beginning and the end. */
static char *
short_digest (const char *digest)
{
  gsize length = digest ? strlen (digest) : 0;

  return length < 24 ? g_strdup (digest ? digest : "\u2014")
                     : g_strdup_printf ("%.4s %.4s … %.4s %.4s", digest, digest + 4, digest + length - 8, digest + length - 4);
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
  gxc_review_facts_add (facts, gxc_review_verdict_word (verdict), words->str);
}

/* The server refuses a signature that does not fit; this desk makes the digest anew from what is shown before it signs. */
GtkWidget *
gxc_review_signatures_card (GxcDesk  *desk,
                            GxRecord *request)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  g_autoptr(JsonArray) decisions = parse_array (row->decisions);
  GtkWidget *facts = gxc_review_facts_new (), *value;
  g_autofree char *digest = short_digest (row->digest), *maker = gxc_review_dup_field (desk, request, "maker_id");
  g_autofree char *at = gxc_format_moment (row->submitted_at, gxc_desk_now (desk)), *asked = g_strdup_printf ("%s · %s", maker, at);

  value = gxc_review_facts_add (facts, _("Digest"), digest);
  gtk_widget_set_tooltip_text (value, row->digest);
  gxc_review_facts_add (facts, _("asked"), asked);
  for (guint i = 0; i < json_array_get_length (decisions); i++)
    add_decision (facts, desk, json_array_get_object_element (decisions, i), row->rev);
  gxc_review_facts_add (facts, _("Checked"), _("the maker's signature, by the server; the digest again on this desk before you sign"));
  return card_with (_("Signatures"), NULL, facts);
}
