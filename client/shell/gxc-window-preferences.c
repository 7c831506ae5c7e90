/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person has chosen, put into effect: theme and language as actions with a state, the curtain, the window's size and
 * the page it was left at. Another language makes all that stands in the window again and shows what was looked at; the
 * choices themselves are made in gxc-preferences-window.c or the menu. */

#include "gxc-window-private.h"

#include <glib/gi18n.h>

#include "gxc-language.h"

/** gxc_window_apply_theme: light or dark, for every window of the program, also before there is one of this kind */
void
gxc_window_apply_theme (GxcPreferences *preferences)
{
  g_autofree char *theme = gxc_preferences_get (preferences, "theme", "system");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (theme, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                      : g_str_equal (theme, "light") ? ADW_COLOR_SCHEME_FORCE_LIGHT : ADW_COLOR_SCHEME_DEFAULT);
}

static void
on_theme_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GxcWindow *self = data;

  g_simple_action_set_state (action, value);
  gxc_preferences_set (self->preferences, "theme", g_variant_get_string (value, NULL));
  gxc_window_apply_theme (self->preferences);
}

/* The menu that was clicked is one of the things made again, so that happens when it has closed. */
static gboolean
on_language_idle_cb (gpointer data)
{
  GxcWindow *self = data;

  if (self->desk)
    gxc_window_remake (self);
  return G_SOURCE_REMOVE;
}

static void
on_language_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GxcWindow *self = data;
  g_autoptr(GVariant) before = g_action_get_state (G_ACTION (action));

  if (g_variant_equal (before, value))
    return;
  g_simple_action_set_state (action, value);
  gxc_preferences_set (self->preferences, "language", g_variant_get_string (value, NULL));
  gxc_language_apply (g_variant_get_string (value, NULL));
  g_idle_add_full (G_PRIORITY_DEFAULT, on_language_idle_cb, g_object_ref (self), g_object_unref);
}

static void
on_carry_room_cb (GSimpleAction *action, GVariant *mb, gpointer data)
{
  GxcWindow *self = data;

  gxc_preferences_set (self->preferences, "carry-mb", g_variant_get_string (mb, NULL));
  gxc_desk_set_carry_room (self->desk, g_ascii_strtoll (g_variant_get_string (mb, NULL), NULL, 10), NULL, NULL);
}

static void
add_actions (GxcWindow *self)
{
  static const GActionEntry entries[] = {
    { "theme", NULL, "s", "'system'", on_theme_cb },
    { "language", NULL, "s", "'system'", on_language_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), &(GActionEntry) { "carry-room", on_carry_room_cb, "s" }, 1, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autofree char *value = gxc_preferences_get (self->preferences, entries[i].name, "system");

      g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), entries[i].name)),
                                 g_variant_new_string (value));
    }
}

/* Within what a screen can have: a file may say anything. */
static void
restore_size (GxcWindow *self)
{
  g_autofree char *width = gxc_preferences_get (self->preferences, "width", "1280");
  g_autofree char *height = gxc_preferences_get (self->preferences, "height", "800");

  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (atoi (width), 720, 7680), CLAMP (atoi (height), 480, 4320));
  if (gxc_preferences_is_on (self->preferences, "maximised", FALSE))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
on_curtain_changed_cb (GxcWindow *self)
{
  GxcPage *page = gxc_window_page (self);

  if (self->frame)
    gxc_frame_update_status (self->frame);
  if (page)
    gxc_page_refresh (page);
}

/** gxc_window_apply_preferences: once, when the window has its desk and preferences */
void
gxc_window_apply_preferences (GxcWindow *self)
{
  add_actions (self);
  gxc_window_apply_theme (self->preferences);
  restore_size (self);
  if (gxc_preferences_is_on (self->preferences, "curtain", FALSE))
    gxc_desk_set_curtain (self->desk, TRUE);
  g_signal_connect_object (self->desk, "curtain-changed", G_CALLBACK (on_curtain_changed_cb), self, G_CONNECT_SWAPPED);
}

/** gxc_window_keep_state: remembers size and page for the next start */
void
gxc_window_keep_state (GxcWindow *self)
{
  g_autoptr(GxcStop) stop = gxc_window_dup_stop (self);
  g_autofree char *wide = NULL, *high = NULL;
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  wide = g_strdup_printf ("%d", width);
  high = g_strdup_printf ("%d", height);
  gxc_preferences_set (self->preferences, "width", wide);
  gxc_preferences_set (self->preferences, "height", high);
  gxc_preferences_set (self->preferences, "maximised", gtk_window_is_maximized (GTK_WINDOW (self)) ? "on" : "off");
  if (stop && !g_str_equal (stop->page, GXC_STOP_CUSTOMER))
    gxc_preferences_set (self->preferences, "page", stop->page);
  gxc_preferences_save (self->preferences);
}

/** gxc_window_dup_first_page: (transfer full) (nullable): the page that this person's window opens with */
char *
gxc_window_dup_first_page (GxcWindow *self)
{
  g_autofree char *wanted = gxc_preferences_get (self->preferences, "first-page", "role");
  g_autofree char *last = gxc_preferences_get (self->preferences, "page", "");
  const GxcPlace *place = gxc_place_find (self->desk, g_str_equal (wanted, "last") ? last : wanted);

  place = place ? place : gxc_place_first (self->desk);
  return place ? g_strdup (place->name) : NULL;
}
