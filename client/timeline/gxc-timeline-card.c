/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card beside the item that the pointer is over or that is chosen: what it was, when, and which key does what. Only to
 * look at: the pointer goes through it, and the screen reader hears the canvas instead. */

#include "gxc-timeline-card.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-customer.h"
#include "gxc-format.h"
#include "gxc-keycap.h"
#include "gxc-tier-badge.h"

#define WIDTH 30      /* characters */

struct _GxcTimelineCard
{
  GtkWidget  parent_instance;

  GtkWidget *box;                                       /* (owned) the only child */
  GtkWidget *title, *badge, *when, *text, *aside;       /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (GxcTimelineCard, gxc_timeline_card, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *css_class, int lines)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "max-width-chars", WIDTH, "ellipsize", PANGO_ELLIPSIZE_END,
                                   "wrap", lines > 1, "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", lines, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_keys (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  static const struct { const char *key, *words; } keys[] = { { "Enter", NC_("timeline", "open") }, { "← →", NC_("timeline", "next item") } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkWidget *words = gtk_label_new (g_dpgettext2 (NULL, "timeline", keys[i].words));

      gtk_widget_add_css_class (words, "gx-caption");
      gtk_box_append (GTK_BOX (box), gxc_keycap_new (keys[i].key));
      gtk_box_append (GTK_BOX (box), words);
    }
  return box;
}

static void
gxc_timeline_card_dispose (GObject *object)
{
  g_clear_pointer (&GXC_TIMELINE_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (gxc_timeline_card_parent_class)->dispose (object);
}

static void
gxc_timeline_card_class_init (GxcTimelineCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_timeline_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
gxc_timeline_card_init (GxcTimelineCard *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (self->box, "gx-card");
  gtk_widget_add_css_class (self->box, "gx-hover-card");
  self->title = make_label ("gx-strong", 1);
  self->badge = gxc_tier_badge_new ();
  self->when = make_label ("gx-caption", 1);
  self->text = make_label (NULL, 3);
  self->aside = make_label ("gx-caption", 1);
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (head), self->badge);
  gtk_box_append (GTK_BOX (self->box), head);
  gtk_box_append (GTK_BOX (self->box), self->when);
  gtk_box_append (GTK_BOX (self->box), self->text);
  gtk_box_append (GTK_BOX (self->box), self->aside);
  gtk_box_append (GTK_BOX (self->box), make_keys ());
}

GtkWidget *
gxc_timeline_card_new (void)
{
  return g_object_new (GXC_TYPE_TIMELINE_CARD, NULL);
}

/* What the title has said already is not said again: of a flag there is only its note. */
static const char *
text_below (const GxcTimelineItem *item)
{
  const char *text = item->text ? item->text : "";

  if (!item->brief || !g_str_has_prefix (text, item->brief))
    return text;
  text += strlen (item->brief);
  return g_str_has_prefix (text, " · ") ? text + strlen (" · ") : text;
}

void
gxc_timeline_card_set_item (GxcTimelineCard       *self,
                            const GxcTimelineItem *item,
                            gint32                 today)
{
  g_autofree char *when = gxc_format_date_full ((gint32) floor (item->at), today);
  gboolean tier = item->kind == GXC_TIMELINE_MILESTONE && item->code > 0;
  const char *text = text_below (item);

  gtk_label_set_text (GTK_LABEL (self->title), item->brief ? item->brief : item->what);
  gtk_widget_set_visible (self->badge, tier);
  if (tier)
    gxc_tier_badge_set_tier (GXC_TIER_BADGE (self->badge), gx_choice_code (gx_tiers, item->code), _(gx_choice_label (gx_tiers, item->code)));
  gtk_label_set_text (GTK_LABEL (self->when), when);
  gtk_label_set_text (GTK_LABEL (self->text), text);
  gtk_widget_set_visible (self->text, *text != '\0');
  gtk_label_set_text (GTK_LABEL (self->aside), item->aside ? item->aside : "");
  gtk_widget_set_visible (self->aside, item->aside && *item->aside);
}
