/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map of keys that "?" opens: those of the page that is looked at, then those that work everywhere. It is made from the
 * tables that the keys are bound from and that the pages give, so it cannot tell of a key that is not there.
 *
 * Not a GtkShortcutsWindow: that has an English title of its own where GTK is not translated, and goes away with GTK 5. */

#include "gxc-key-map.h"

#include <glib/gi18n.h>

#include "gxc-commands.h"
#include "gxc-keycap.h"
#include "gxc-places.h"
#include "gxc-small-window.h"

static void
add_row (GtkWidget *group, const char *title, const char *accelerators)
{
  g_autofree char *words = gxc_keys_to_words (accelerators);
  g_auto(GStrv) keys = g_strsplit (words, "  ", -1);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  for (guint i = 0; keys[i]; i++)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), gxc_keycap_new (keys[i]));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static GtkWidget *
add_group (GtkWidget *page, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return group;
}

static void
add_page_keys (GtkWidget *map, GxcPage *page)
{
  guint n_keys;
  const GxcKey *keys = gxc_page_get_keys (page, &n_keys);
  GtkWidget *group = n_keys ? add_group (map, gxc_page_get_title (page)) : NULL;

  for (guint i = 0; i < n_keys; i++)
    add_row (group, g_dpgettext2 (NULL, "keys", keys[i].title), keys[i].accelerator);
}

static void
add_section_keys (GtkWidget *group, GxcDesk *desk)
{
  for (GxcSection section = GXC_SECTION_HOME; section <= GXC_LAST_SECTION; section++)
    if (gxc_place_in_section (desk, section, NULL))
      {
        g_autofree char *key = g_strdup_printf ("<Ctrl>%d", section);

        add_row (group, gxc_section_title (section), key);
      }
}

static void
add_everywhere (GtkWidget *map, GxcDesk *desk)
{
  GtkWidget *group = add_group (map, _("Everywhere"));

  for (guint i = 0; i < gxc_n_commands; i++)
    if ((gxc_commands[i].flags & GXC_COMMAND_MAP) && gxc_command_is_for (&gxc_commands[i], desk))
      add_row (group, gxc_command_label (&gxc_commands[i]), gxc_commands[i].keys);
  add_section_keys (group, desk);
}

/** gxc_key_map_show: @page (nullable): the page that is looked at */
void
gxc_key_map_show (GtkWindow *parent,
                  GxcDesk   *desk,
                  GxcPage   *page)
{
  GtkWidget *map = adw_preferences_page_new ();

  if (page)
    add_page_keys (map, page);
  add_everywhere (map, desk);
  gtk_window_present (GTK_WINDOW (gxc_small_window_new (parent, _("Keys"), 460, 640, map)));
}
