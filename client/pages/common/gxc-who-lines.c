/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom a row is about, and below it what for: the name, which is cut where there is no room, and the tail of the number, which never is, since it
 * tells two masked names apart. How it stands may follow what for, so that the name has the whole line. */

#include "gxc-who-lines.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-customer.h"
#include "gxc-cards.h"
#include "gxc-tier-badge.h"

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gxc_label_tip_when_cut (label);
  return label;
}

/**
 * gxc_who_lines_new:
 * @who: as gxc_desk_dup_customer() gives it: a name, and after a space the tail if there is a number
 * @what: the second line
 */
GtkWidget *
gxc_who_lines_new (const char *who,
                   gboolean    strong,
                   const char *what)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "hexpand", TRUE, "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *upper = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *lower = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *tail;
  const char *space = strrchr (who, ' ');
  gsize length = space && g_ascii_isdigit (space[1]) ? (gsize) (space - who) : strlen (who);
  g_autofree char *name = g_strndup (who, length);

  tail = gtk_label_new (who[length] ? who + length + 1 : "");
  gtk_widget_set_visible (tail, who[length] != '\0');
  gtk_widget_add_css_class (tail, "gx-dim");
  gtk_box_append (GTK_BOX (upper), make_label (name, strong ? "gx-strong" : NULL));
  gtk_box_append (GTK_BOX (upper), tail);
  gtk_box_append (GTK_BOX (box), upper);
  gtk_box_append (GTK_BOX (lower), make_label (what, "gx-caption"));
  gtk_widget_set_hexpand (gtk_widget_get_first_child (lower), TRUE);
  gtk_box_append (GTK_BOX (box), lower);
  return box;
}

/** gxc_who_lines_set_tier: a badge behind the number; @tier: 0: none */
void
gxc_who_lines_set_tier (GtkWidget *lines,
                        int        tier)
{
  GtkWidget *badge;

  if (!tier)
    return;
  badge = gxc_tier_badge_new ();
  gxc_tier_badge_set_tier (GXC_TIER_BADGE (badge), gx_choice_code (gx_tiers, tier), _(gx_choice_label (gx_tiers, tier)));
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (gtk_widget_get_first_child (lines)), badge);
}

/** gxc_who_lines_set_what: another second line */
void
gxc_who_lines_set_what (GtkWidget  *lines,
                        const char *what)
{
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (gtk_widget_get_last_child (lines))), what);
}

/** gxc_who_lines_append: @state at the end of the second line */
void
gxc_who_lines_append (GtkWidget *lines,
                      GtkWidget *state)
{
  gtk_widget_set_valign (state, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (gtk_widget_get_last_child (lines)), state);
}
