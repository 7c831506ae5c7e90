/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_SIDEBAR (gxc_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (GxcSidebar, gxc_sidebar, GXC, SIDEBAR, GtkWidget)

void  gxc_sidebar_clear        (GxcSidebar *self);
void  gxc_sidebar_add_section  (GxcSidebar *self, const char *title, const char *keys);
void  gxc_sidebar_add          (GxcSidebar *self, const char *name, const char *icon_name, const char *label);
void  gxc_sidebar_set_count    (GxcSidebar *self, const char *name, guint count, gboolean red);
void  gxc_sidebar_select       (GxcSidebar *self, const char *name);
char *gxc_sidebar_dup_selected (GxcSidebar *self);
void  gxc_sidebar_set_rail     (GxcSidebar *self, gboolean rail);
void  gxc_sidebar_set_person   (GxcSidebar *self, const GxcPerson *person);
void  gxc_sidebar_focus        (GxcSidebar *self);

G_END_DECLS
