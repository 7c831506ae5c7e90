/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which documents' contents lie on this desk, by the reason for which they do: how many, how large, since when; and what stands in
 * the way of those that should. Read when it is made. */

#include "gxc-sync-carried.h"

#include <glib/gi18n.h>

#include "gxc-cards.h"
#include "gxc-carry-words.h"
#include "gxc-format.h"

#define UNSENT GXC_N_CARRY      /* a group of its own: it stays whatever the room */

/* @css_class: (nullable) */
static void
attach_label (GtkWidget *grid, const char *words, int column, int line, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", column == 0 ? 0.0 : 1.0, "hexpand", column == 0,
                                   "ellipsize", column == 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (GTK_GRID (grid), label, column, line, 1, 1);
}

/* "12", or "9 of 12" */
static char *
dup_number (const GxcCarrySum *sum)
{
  g_autofree char *here = gxc_format_number (sum->n_here), *all = gxc_format_number (sum->n);

  return sum->n_here == sum->n ? g_strdup (all) : g_strdup_printf (C_("carry", "%s of %s"), here, all);
}

/* Of bytes that lie here for another group's document too, that one tells. */
static char *
dup_size (const GxcCarrySum *sum)
{
  return sum->n_here && sum->bytes_here == 0 ? g_strdup (C_("carry", "counted already")) : gxc_format_size (sum->bytes_here);
}

static void
attach_group (GtkWidget *grid, GxcDesk *desk, const char *title, const GxcCarrySum *sum, int line)
{
  g_autofree char *number = dup_number (sum), *size = dup_size (sum);
  g_autofree char *age = sum->since ? gxc_format_ago (sum->since, gxc_desk_now (desk)) : g_strdup ("\u2014");

  attach_label (grid, title, 0, line, "gx-dim");
  attach_label (grid, number, 1, line, NULL);
  attach_label (grid, size, 2, line, NULL);
  attach_label (grid, age, 3, line, "gx-dim");
}

/* Of two documents with the same bytes each counts, their bytes once. */
static void
add_up (GPtrArray *carried, GxcCarrySum *groups, GxcCarrySum *wanted, GxcCarrySum *here)
{
  for (guint i = 0; i < carried->len; i++)
    {
      const GxcCarried *one = carried->pdata[i];

      gxc_carry_sum_add (&groups[one->unsent ? UNSENT : one->why], one);
      if (one->why != GXC_CARRY_NOT)
        gxc_carry_sum_add (wanted, one);
      if (one->here)
        gxc_carry_sum_add (here, one);
    }
}

static GtkWidget *
make_grid (GxcDesk *desk, const GxcCarrySum *groups)
{
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 16, "row-spacing", 6, NULL);
  int line = 1;

  attach_label (grid, "", 0, 0, "gx-caption");
  attach_label (grid, _("documents"), 1, 0, "gx-caption");
  attach_label (grid, _("size"), 2, 0, "gx-caption");
  attach_label (grid, _("oldest came"), 3, 0, "gx-caption");
  if (groups[UNSENT].n)
    attach_group (grid, desk, _("On their way to the bank"), &groups[UNSENT], line++);
  for (guint why = 1; why < GXC_N_CARRY; why++)
    if (groups[why].n)
      attach_group (grid, desk, gxc_carry_why_words (why), &groups[why], line++);
  if (groups[GXC_CARRY_NOT].n)
    attach_group (grid, desk, gxc_carry_why_words (GXC_CARRY_NOT), &groups[GXC_CARRY_NOT], line);
  return grid;
}

static void
append_problem (GtkWidget *body, GxcDesk *desk, const GxcCarrySum *wanted)
{
  const char *label, *action;
  gboolean mild;
  g_autofree char *words = gxc_carry_dup_problem (desk, wanted, &label, &action, &mild);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *text = g_object_new (GTK_TYPE_LABEL, "label", words ? words : "", "xalign", 0.0, "hexpand", TRUE, "wrap", TRUE, NULL);

  gtk_widget_add_css_class (text, mild ? "gx-dim" : "gx-amber");
  gtk_widget_add_css_class (box, "gx-card-body");
  gtk_widget_set_visible (box, words != NULL);
  gtk_box_append (GTK_BOX (box), text);
  if (label && g_str_equal (action, "win.preferences"))      /* the banner of the page has the way back to the network */
    gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_BUTTON, "label", label, "action-name", action, "valign", GTK_ALIGN_CENTER,
                                                 "css-classes", (const char *[]) { "gx-small", NULL }, NULL));
  gtk_box_append (GTK_BOX (body), box);
}

/** gxc_sync_carried_new: a card */
GtkWidget *
gxc_sync_carried_new (GxcDesk *desk)
{
  g_autoptr(GPtrArray) carried = gxc_desk_list_carried (desk, NULL, 0, NULL);
  GxcCarrySum groups[GXC_N_CARRY + 1] = { { 0 } }, wanted = { 0 }, here = { 0 };
  GtkWidget *body, *card, *grid, *button = NULL;
  g_autofree char *caption = NULL;

  if (carried)
    add_up (carried, groups, &wanted, &here);
  caption = gxc_carry_dup_total (desk, &here);
  if (gxc_desk_can (desk, GX_CAN_WRITE_TASK))
    button = g_object_new (GTK_TYPE_BUTTON, "label", _("Take along"), "action-name", "win.show-page", "action-target", g_variant_new_string ("visits#along"),
                           "css-classes", (const char *[]) { "gx-small", NULL }, NULL);
  card = gxc_card_new (_("Documents on this desk"), caption, button, &body);
  grid = make_grid (desk, groups);
  gtk_widget_add_css_class (grid, "gx-card-body");
  gtk_widget_set_visible (grid, wanted.n + here.n > 0);
  append_problem (body, desk, &wanted);
  gtk_box_append (GTK_BOX (body), grid);
  gtk_widget_set_valign (card, GTK_ALIGN_START);
  return card;
}
