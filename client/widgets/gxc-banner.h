/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  GXC_BANNER_INFORMATION,   /* accent: a review is waiting */
  GXC_BANNER_ATTENTION,     /* amber: offline */
} GxcBannerTone;

#define GXC_TYPE_BANNER (gxc_banner_get_type ())
G_DECLARE_FINAL_TYPE (GxcBanner, gxc_banner, GXC, BANNER, GtkWidget)

GtkWidget *gxc_banner_new        (void);
void       gxc_banner_show       (GxcBanner     *self,
                                  GxcBannerTone  tone,
                                  const char    *icon_name,
                                  const char    *title,
                                  const char    *detail);
void       gxc_banner_set_action (GxcBanner     *self,
                                  const char    *label,
                                  const char    *action_name);
void       gxc_banner_hide       (GxcBanner     *self);
gboolean   gxc_banner_is_shown   (GxcBanner     *self);

G_END_DECLS
