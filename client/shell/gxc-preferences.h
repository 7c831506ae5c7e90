/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define GXC_TYPE_PREFERENCES (gxc_preferences_get_type ())
G_DECLARE_FINAL_TYPE (GxcPreferences, gxc_preferences, GXC, PREFERENCES, GObject)

GxcPreferences *gxc_preferences_new (const char *directory);
char           *gxc_preferences_get (GxcPreferences *self, const char *key, const char *otherwise);
void            gxc_preferences_set (GxcPreferences *self, const char *key, const char *value);

G_END_DECLS
