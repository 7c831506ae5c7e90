/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A state in words, with an icon and a soft colour that agree with them. Not a button; the sync indicator, which is one,
 * shares this table. */

#include "gxc-state-chip.h"

struct _GxcStateChip
{
  GtkWidget  parent_instance;

  GtkWidget *box;           /* (owned) the only child */
  GtkWidget *icon;          /* (borrowed) */
  GtkWidget *label;         /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (GxcStateChip, gxc_state_chip, GTK_TYPE_WIDGET)

static const struct { const char *css_class, *icon; } states[GXC_N_STATES] = {
  [GXC_STATE_PLAIN]   = { "plain",   NULL },
  [GXC_STATE_OK]      = { "ok",      "emblem-ok-symbolic" },
  [GXC_STATE_WAITING] = { "waiting", "changes-prevent-symbolic" },
  [GXC_STATE_REFUSED] = { "refused", "dialog-error-symbolic" },
  [GXC_STATE_QUEUED]  = { "queued",  "document-send-symbolic" },
  [GXC_STATE_DRAFT]   = { "draft",   "document-edit-symbolic" },
  [GXC_STATE_INFO]    = { "info",    NULL },
  [GXC_STATE_SOON]    = { "waiting", NULL },
  [GXC_STATE_LATE]    = { "refused", NULL },
};

const char *
gxc_state_css_class (GxcState state)
{
  return states[state].css_class;
}

/**
 * gxc_state_icon:
 *
 * Returns: (nullable): the icon's name
 */
const char *
gxc_state_icon (GxcState state)
{
  return states[state].icon;
}

static void
gxc_state_chip_dispose (GObject *object)
{
  g_clear_pointer (&GXC_STATE_CHIP (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (gxc_state_chip_parent_class)->dispose (object);
}

static void
gxc_state_chip_class_init (GxcStateChipClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_state_chip_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gxc_state_chip_init (GxcStateChip *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->label = gtk_label_new (NULL);
  gtk_box_append (GTK_BOX (self->box), self->icon);
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_widget_add_css_class (self->box, "gx-chip");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
gxc_state_chip_new (GxcState    state,
                    const char *words)
{
  GxcStateChip *self = g_object_new (GXC_TYPE_STATE_CHIP, NULL);

  gxc_state_chip_set (self, state, words);
  return GTK_WIDGET (self);
}

void
gxc_state_chip_set (GxcStateChip *self,
                    GxcState      state,
                    const char   *words)
{
  g_return_if_fail (GXC_IS_STATE_CHIP (self));
  g_return_if_fail (state < GXC_N_STATES);

  for (guint i = 0; i < GXC_N_STATES; i++)
    gtk_widget_remove_css_class (self->box, states[i].css_class);
  gtk_widget_add_css_class (self->box, states[state].css_class);
  gtk_widget_set_visible (self->icon, states[state].icon != NULL);
  if (states[state].icon)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), states[state].icon);
  gtk_label_set_text (GTK_LABEL (self->label), words);
}
