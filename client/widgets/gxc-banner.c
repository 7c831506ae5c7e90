/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strip under the header: what is going on in bold, what is still true after it, one button. Never red, never modal.
 * AdwBanner comes with 1.3 and GtkInfoBar goes with 4.10, so it is ours; it has two tones only. */

#include "gxc-banner.h"

struct _GxcBanner
{
  GtkWidget  parent_instance;

  /* Template widgets */
  GtkWidget *revealer;
  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *detail;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (GxcBanner, gxc_banner, GTK_TYPE_WIDGET)

static void
gxc_banner_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_BANNER);
  G_OBJECT_CLASS (gxc_banner_parent_class)->dispose (object);
}

static void
gxc_banner_class_init (GxcBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_banner_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/widgets/gxc-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, GxcBanner, box);
  gtk_widget_class_bind_template_child (widget_class, GxcBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, GxcBanner, title);
  gtk_widget_class_bind_template_child (widget_class, GxcBanner, detail);
  gtk_widget_class_bind_template_child (widget_class, GxcBanner, button);
}

static void
gxc_banner_init (GxcBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gxc_banner_new (void)
{
  return g_object_new (GXC_TYPE_BANNER, NULL);
}

/**
 * gxc_banner_show:
 * @title: what is going on, a few words
 * @detail: (nullable): what is still true
 */
void
gxc_banner_show (GxcBanner     *self,
                 GxcBannerTone  tone,
                 const char    *icon_name,
                 const char    *title,
                 const char    *detail)
{
  g_return_if_fail (GXC_IS_BANNER (self));

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->detail), detail ? detail : "");
  if (tone == GXC_BANNER_ATTENTION)
    gtk_widget_add_css_class (self->box, "amber");
  else
    gtk_widget_remove_css_class (self->box, "amber");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
}

/**
 * gxc_banner_set_action:
 * @label: (nullable): of the one button, NULL for none
 * @action_name: (nullable): what it does
 */
void
gxc_banner_set_action (GxcBanner  *self,
                       const char *label,
                       const char *action_name)
{
  g_return_if_fail (GXC_IS_BANNER (self));

  gtk_widget_set_visible (self->button, label != NULL);
  gtk_button_set_label (GTK_BUTTON (self->button), label ? label : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action_name);
}

void
gxc_banner_hide (GxcBanner *self)
{
  g_return_if_fail (GXC_IS_BANNER (self));
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
}

gboolean
gxc_banner_is_shown (GxcBanner *self)
{
  g_return_val_if_fail (GXC_IS_BANNER (self), FALSE);
  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer));
}
