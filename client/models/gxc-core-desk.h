/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-core-unlock.h"
#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_CORE_DESK (gxc_core_desk_get_type ())
G_DECLARE_FINAL_TYPE (GxcCoreDesk, gxc_core_desk, GXC, CORE_DESK, GObject)

GxcCoreDesk *gxc_core_desk_new   (const char *profile, GxcProfileKey *key, GError **error);
void         gxc_core_desk_start (GxcCoreDesk *self);
void         gxc_core_desk_stop  (GxcCoreDesk *self);

G_END_DECLS
