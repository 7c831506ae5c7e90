/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-preferences.h"

G_BEGIN_DECLS

#define GXC_TYPE_APPLICATION (gxc_application_get_type ())
G_DECLARE_FINAL_TYPE (GxcApplication, gxc_application, GXC, APPLICATION, AdwApplication)

GxcApplication *gxc_application_new (const char *profile, gboolean alone, GxcPreferences *preferences);

G_END_DECLS
