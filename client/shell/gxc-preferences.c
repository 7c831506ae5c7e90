/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How this person likes the window: theme, language, size. A key file in the profile, so that it goes where the profile
 * goes; nothing in it matters to the bank, and a file that cannot be read is as good as none. */

#include "gxc-preferences.h"

#define GROUP "Desktop"

struct _GxcPreferences
{
  GObject   parent_instance;

  GKeyFile *file;           /* (owned) */
  char     *path;           /* (owned) */
};

G_DEFINE_FINAL_TYPE (GxcPreferences, gxc_preferences, G_TYPE_OBJECT)

static void
gxc_preferences_finalize (GObject *object)
{
  GxcPreferences *self = GXC_PREFERENCES (object);

  g_key_file_unref (self->file);
  g_free (self->path);
  G_OBJECT_CLASS (gxc_preferences_parent_class)->finalize (object);
}

static void
gxc_preferences_class_init (GxcPreferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_preferences_finalize;
}

static void
gxc_preferences_init (GxcPreferences *self)
{
  self->file = g_key_file_new ();
}

/** gxc_preferences_new: @directory is the profile; it need not exist yet */
GxcPreferences *
gxc_preferences_new (const char *directory)
{
  GxcPreferences *self = g_object_new (GXC_TYPE_PREFERENCES, NULL);

  self->path = g_build_filename (directory, "desktop.ini", NULL);
  g_key_file_load_from_file (self->file, self->path, G_KEY_FILE_NONE, NULL);
  return self;
}

/** gxc_preferences_get: (transfer full) */
char *
gxc_preferences_get (GxcPreferences *self,
                     const char     *key,
                     const char     *otherwise)
{
  char *value = g_key_file_get_string (self->file, GROUP, key, NULL);

  return value ? value : g_strdup (otherwise);
}

void
gxc_preferences_set (GxcPreferences *self,
                     const char     *key,
                     const char     *value)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *directory = NULL;

  directory = g_path_get_dirname (self->path);
  g_mkdir_with_parents (directory, 0700);
  g_key_file_set_string (self->file, GROUP, key, value);
  if (!g_key_file_save_to_file (self->file, self->path, &error))
    g_message ("preferences are not kept: %s", error->message);
}
