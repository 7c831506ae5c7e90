/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies on this desk: how much of what a person knows by name, how much room it takes, how old it is; and what works without the network. Two
 * cards that say something even when nothing waits. Counted when asked; a page asks when it is looked at. */

#include "gxc-sync-overview.h"

#include <glib/gi18n.h>

#include "gx-catalog.h"
#include "gxc-cards.h"
#include "gxc-format.h"

#define COLUMNS 2

/* What a person knows of, in the order in which it is looked for; of the last one is all that no other names. */
static const struct { const char *label; const char *entities[10]; } groups[] = {
  { N_("Customers"), { "customer" } },
  { N_("Facts about customers"), { "person_profile", "org_profile", "identifier", "contact_point", "address", "relationship", "risk_assessment",
                                   "life_event", "stage_hist" } },
  { N_("Products held"), { "holding" } },
  { N_("Contacts"), { "interaction" } },
  { N_("Tasks and plans"), { "task", "plan" } },
  { N_("Visits"), { "visit" } },
  { N_("Needs"), { "need" } },
  { N_("Requests for review"), { "change_request" } },
  { N_("Documents"), { "attachment" } },
  { N_("Reference data of the bank"), { NULL } },
};

static guint
group_of (const GxEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (guint at = 0; groups[i].entities[at]; at++)
      if (g_str_equal (groups[i].entities[at], entity->name))
        return i;
  return G_N_ELEMENTS (groups) - 1;
}

/* Facts lie inside their parents and are not counted by themselves. */
static void
count_held (GxcDesk *desk, gint64 *out_held)
{
  const GxcQuery all = { 0 };

  for (guint number = 0; number < 64; number++)
    {
      const GxEntity *entity = gx_entity_by_number (number);

      if (entity && !entity->fact_of)
        out_held[group_of (entity)] += MAX (gxc_desk_count (desk, entity, &all, NULL), 0);
    }
}

static void
attach_held (GtkWidget *grid, const char *words, gint64 rows, guint at)
{
  g_autofree char *count = gxc_format_number (rows), *spoken = g_strdup_printf ("%s %s", words, count);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "hexpand", TRUE, "valign", GTK_ALIGN_BASELINE, NULL);
  GtkWidget *value = g_object_new (GTK_TYPE_LABEL, "label", count, "xalign", 1.0, "valign", GTK_ALIGN_BASELINE, NULL);

  gtk_widget_add_css_class (label, "gx-dim");
  gtk_accessible_update_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_grid_attach (GTK_GRID (grid), label, (at % COLUMNS) * 3, at / COLUMNS, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), value, (at % COLUMNS) * 3 + 1, at / COLUMNS, 1, 1);
  if (at % COLUMNS == 0)
    gtk_grid_attach (GTK_GRID (grid), g_object_new (GTK_TYPE_BOX, "width-request", 28, NULL), 2, at / COLUMNS, 1, 1);
}

static char *
dup_caption (GxcDesk *desk)
{
  GxcSyncSummary summary;
  g_autofree char *ago = NULL, *size = NULL;

  gxc_desk_get_summary (desk, &summary);
  ago = summary.synced_at ? gxc_format_ago (summary.synced_at, gxc_desk_now (desk)) : g_strdup (_("never"));
  size = summary.store_bytes ? gxc_format_size (summary.store_bytes) : NULL;
  return size ? g_strdup_printf (_("%s · synced %s"), size, ago) : g_strdup_printf (_("synced %s"), ago);
}

static void
append_words (GtkWidget *box, const char *words, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

/* How far the documents are that go from here to the bank, and whether it does not take some. */
static void
append_papers (GtkWidget *body, GxcDesk *desk)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *bar;
  g_autofree char *done = NULL, *total = NULL, *words = NULL, *refused = NULL;
  GxcSyncSummary summary;

  gxc_desk_get_summary (desk, &summary);
  done = gxc_format_size (summary.papers_done);
  total = gxc_format_size (summary.papers_total);
  words = g_strdup_printf (ngettext ("%u document is on its way to the bank: %s of %s", "%u documents are on their way to the bank: %s of %s",
                                     summary.papers), summary.papers, done, total);
  refused = g_strdup_printf (ngettext ("The bank did not accept %u document", "The bank did not accept %u documents", summary.papers_refused),
                             summary.papers_refused);
  if (summary.papers)
    {
      append_words (box, words, NULL);
      bar = g_object_new (GTK_TYPE_PROGRESS_BAR, "fraction", (double) summary.papers_done / MAX (summary.papers_total, 1), NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
      gtk_box_append (GTK_BOX (box), bar);
    }
  if (summary.papers_refused)
    append_words (box, refused, "gx-amber");
  gtk_widget_add_css_class (box, "gx-card-body");
  gtk_widget_set_visible (box, summary.papers || summary.papers_refused);
  gtk_box_append (GTK_BOX (body), box);
}

/** gxc_sync_overview_new: how much of what there is on this desk, and how old it is */
GtkWidget *
gxc_sync_overview_new (GxcDesk *desk)
{
  gint64 held[G_N_ELEMENTS (groups)] = { 0 };
  g_autofree char *caption = dup_caption (desk);
  GtkWidget *body, *card = gxc_card_new (_("On this desk"), caption, NULL, &body);
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 8, "row-spacing", 6, NULL);
  guint n = 0;

  append_papers (body, desk);
  count_held (desk, held);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (held[i] > 0)
      attach_held (grid, _(groups[i].label), held[i], n++);
  gtk_widget_add_css_class (grid, "gx-card-body");
  gtk_box_append (GTK_BOX (body), n ? grid : gtk_label_new (_("Nothing yet: the first sync brings it.")));
  if (!n)
    g_object_unref (g_object_ref_sink (grid));
  return card;
}

/* The icon stands on the first line of the words, whose height is the language's. */
static void
append_ability (GtkWidget *box, const char *icon_name, const char *words)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "valign", GTK_ALIGN_BASELINE, "accessible-role",
                                                GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE, "hexpand", TRUE, "valign",
                                                GTK_ALIGN_BASELINE, NULL));
  gtk_box_append (GTK_BOX (box), line);
}

/** gxc_sync_offline_new: what works without the network, and what does not */
GtkWidget *
gxc_sync_offline_new (GxcDesk *desk)
{
  GtkWidget *body, *card = gxc_card_new (_("Without the network"), NULL, NULL, &body), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  append_ability (box, "emblem-ok-symbolic", _("Find, read and sort everything on this desk"));
  append_ability (box, "emblem-ok-symbolic", _("Log contacts, make and finish tasks, change what needs no second person"));
  append_ability (box, "emblem-ok-symbolic", _("Ask for reviewed changes and add documents: they are sent when the network is back"));
  append_ability (box, "network-offline-symbolic", _("Needs the network: deciding requests, documents that are not on this desk, a record's history, other people's customers"));
  gtk_widget_add_css_class (box, "gx-card-body");
  gtk_box_append (GTK_BOX (body), box);
  return card;
}
