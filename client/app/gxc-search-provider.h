/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_SEARCH_PROVIDER (gxc_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (GxcSearchProvider, gxc_search_provider, GXC, SEARCH_PROVIDER, GObject)

GxcSearchProvider *gxc_search_provider_new      (GApplication *application);
gboolean           gxc_search_provider_export   (GxcSearchProvider *self, GDBusConnection *connection, const char *path, GError **error);
void               gxc_search_provider_unexport (GxcSearchProvider *self);
void               gxc_search_provider_set_desk (GxcSearchProvider *self, GxcDesk *desk);

G_END_DECLS
