/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A wealth tier in its colours. Squared where chips are round, so that the shape already tells a rank from a state; the
 * word is always there. It knows the tiers by their code words only, what they mean is the model's. */

#include "gxc-tier-badge.h"

struct _GxcTierBadge
{
  GtkWidget  parent_instance;

  GtkWidget *label;         /* (owned) the only child */
  char      *code;          /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (GxcTierBadge, gxc_tier_badge, GTK_TYPE_WIDGET)

static const struct { const char *code, *css_class; } tiers[] = {
  { "STANDARD", "standard" },
  { "GOLD",     "gold" },
  { "PLATINUM", "platinum" },
  { "DIAMOND",  "diamond" },
  { "PRIVATE",  "private" },
};

static void
gxc_tier_badge_dispose (GObject *object)
{
  GxcTierBadge *self = GXC_TIER_BADGE (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->code, g_free);
  G_OBJECT_CLASS (gxc_tier_badge_parent_class)->dispose (object);
}

static void
gxc_tier_badge_class_init (GxcTierBadgeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_tier_badge_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gxc_tier_badge_init (GxcTierBadge *self)
{
  self->label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->label, "gx-tier");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
gxc_tier_badge_new (void)
{
  return g_object_new (GXC_TYPE_TIER_BADGE, NULL);
}

/**
 * gxc_tier_badge_set_tier:
 * @code: (nullable): the tier's code word, NULL shows nothing
 * @label: (nullable): what a person reads
 */
void
gxc_tier_badge_set_tier (GxcTierBadge *self,
                         const char   *code,
                         const char   *label)
{
  g_return_if_fail (GXC_IS_TIER_BADGE (self));

  if (g_strcmp0 (self->code, code) == 0 && g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->label)), label) == 0)
    return;

  g_free (self->code);
  self->code = g_strdup (code);
  for (guint i = 0; i < G_N_ELEMENTS (tiers); i++)
    if (g_strcmp0 (tiers[i].code, code) == 0)
      gtk_widget_add_css_class (self->label, tiers[i].css_class);
    else
      gtk_widget_remove_css_class (self->label, tiers[i].css_class);
  gtk_label_set_text (GTK_LABEL (self->label), label ? label : "");
  gtk_widget_set_visible (self->label, code != NULL);
}

const char *
gxc_tier_badge_get_code (GxcTierBadge *self)
{
  g_return_val_if_fail (GXC_IS_TIER_BADGE (self), NULL);
  return self->code;
}
