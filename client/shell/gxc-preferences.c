/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How this person likes the window: theme, language, size, what was chosen last. A key file in the profile, so that it goes
 * where the profile goes; nothing in it matters to the bank (of customers only ids), and a file that cannot be read is as
 * good as none. It is written a moment after a change, or at the end. */

#include "gxc-preferences.h"

#define GROUP "Desktop"
#define MOST_RECENT 12
#define SAVE_AFTER  300     /* ms: several changes are one writing */

struct _GxcPreferences
{
  GObject   parent_instance;

  GKeyFile *file;           /* (owned) */
  char     *path;           /* (owned) */
  guint     saving;         /* timer; 0: nothing to write */
};

G_DEFINE_FINAL_TYPE (GxcPreferences, gxc_preferences, G_TYPE_OBJECT)

static void
gxc_preferences_finalize (GObject *object)
{
  GxcPreferences *self = GXC_PREFERENCES (object);

  gxc_preferences_save (self);
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

/** gxc_preferences_is_on: a switch; @otherwise if nobody has touched it */
gboolean
gxc_preferences_is_on (GxcPreferences *self,
                       const char     *key,
                       gboolean        otherwise)
{
  g_autofree char *value = gxc_preferences_get (self, key, otherwise ? "on" : "off");

  return g_str_equal (value, "on");
}

static gboolean
on_save_cb (gpointer data)
{
  gxc_preferences_save (data);
  return G_SOURCE_REMOVE;
}

static void
save_soon (GxcPreferences *self)
{
  if (!self->saving)
    self->saving = g_timeout_add (SAVE_AFTER, on_save_cb, self);
}

void
gxc_preferences_set (GxcPreferences *self,
                     const char     *key,
                     const char     *value)
{
  g_key_file_set_string (self->file, GROUP, key, value);
  save_soon (self);
}

/** gxc_preferences_get_recent: (transfer full): detailed action names, the latest first */
char **
gxc_preferences_get_recent (GxcPreferences *self)
{
  char **recent = g_key_file_get_string_list (self->file, GROUP, "recent", NULL, NULL);

  return recent ? recent : g_new0 (char *, 1);
}

/** gxc_preferences_add_recent: @action goes to the head of the list */
void
gxc_preferences_add_recent (GxcPreferences *self,
                            const char     *action)
{
  g_auto(GStrv) before = gxc_preferences_get_recent (self);
  const char *after[MOST_RECENT] = { action };
  gsize n = 1;

  for (guint i = 0; before[i] && n < MOST_RECENT; i++)
    if (!g_str_equal (before[i], action))
      after[n++] = before[i];
  g_key_file_set_string_list (self->file, GROUP, "recent", after, n);
  save_soon (self);
}

/** gxc_preferences_save: writes now what has changed */
void
gxc_preferences_save (GxcPreferences *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *directory = g_path_get_dirname (self->path);

  if (!self->saving)
    return;
  g_clear_handle_id (&self->saving, g_source_remove);
  g_mkdir_with_parents (directory, 0700);
  if (!g_key_file_save_to_file (self->file, self->path, &error))
    g_message ("preferences are not kept: %s", error->message);
}
