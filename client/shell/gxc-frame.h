/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-page.h"
#include "gxc-sidebar.h"

G_BEGIN_DECLS

#define GXC_TYPE_FRAME (gxc_frame_get_type ())
G_DECLARE_FINAL_TYPE (GxcFrame, gxc_frame, GXC, FRAME, GtkWidget)

GtkWidget  *gxc_frame_new           (GxcDesk *desk);
GxcSidebar *gxc_frame_get_sidebar   (GxcFrame *self);
GtkStack   *gxc_frame_get_pages     (GxcFrame *self);
void        gxc_frame_set_header    (GxcFrame *self, GxcPage *page, gboolean back, const char *place);
void        gxc_frame_update_places (GxcFrame *self);
void        gxc_frame_update_status (GxcFrame *self);
void        gxc_frame_set_narrow    (GxcFrame *self, gboolean narrow);

G_END_DECLS
