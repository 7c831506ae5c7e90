/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define GXC_TYPE_PREFERENCES (gxc_preferences_get_type ())
G_DECLARE_FINAL_TYPE (GxcPreferences, gxc_preferences, GXC, PREFERENCES, GObject)

GxcPreferences *gxc_preferences_new        (const char *directory);
char           *gxc_preferences_get        (GxcPreferences *self, const char *key, const char *otherwise);
void            gxc_preferences_set        (GxcPreferences *self, const char *key, const char *value);
gboolean        gxc_preferences_is_on      (GxcPreferences *self, const char *key, gboolean otherwise);
char          **gxc_preferences_get_recent (GxcPreferences *self);
void            gxc_preferences_add_recent (GxcPreferences *self, const char *action);
void            gxc_preferences_save       (GxcPreferences *self);

G_END_DECLS
