/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window does everywhere, described once: the keys are bound from this table, the map of keys is made from it, and
 * the palette finds things in it. What an action does stands in gxc-window-actions.c; the keys of one page belong to the
 * page (GxcPageClass.get_keys). */

#include "gxc-commands.h"

#include <glib/gi18n.h>

#define MAP     GXC_COMMAND_MAP
#define PALETTE GXC_COMMAND_PALETTE

const GxcCommand gxc_commands[] = {
  { "win.palette", "<Ctrl>k", NC_("keys", "Find anything"), MAP },
  { "win.search", "<Ctrl>f", NC_("keys", "Search on this page"), MAP },
  { "win.show-page::customers", "<Ctrl>l", NC_("keys", "Customers"), MAP, .needs = GX_CAN_READ_OWN | GX_CAN_READ_BRANCH },
  { "win.show-section(1)", "<Ctrl>1" },
  { "win.show-section(2)", "<Ctrl>2" },
  { "win.show-section(3)", "<Ctrl>3" },
  { "win.show-section(4)", "<Ctrl>4" },
  { "win.show-section(5)", "<Ctrl>5" },
  { "win.new", "<Ctrl>n", NC_("keys", "New entry on this page"), MAP, .needs = GX_CAN_WRITE_TASK },
  { "win.new-task::", "<Ctrl>t", NC_("keys", "New task"), MAP | PALETTE, "list-add-symbolic",
    NC_("palette", "todo remind add"), GX_CAN_WRITE_TASK },
  { "win.new-interaction::", "<Ctrl>i", NC_("keys", "Log an interaction"), MAP | PALETTE, "contact-new-symbolic",
    NC_("palette", "contact call visit note add"), GX_CAN_WRITE_TASK },
  { "win.escape", "Escape", NC_("keys", "Close, then back"), MAP },
  { "win.back", "<Alt>Left", NC_("keys", "Previous page"), MAP },
  { "win.forward", "<Alt>Right", NC_("keys", "Next page"), MAP },
  { "win.neighbour(-1)", "<Alt>Up", NC_("keys", "Previous record"), MAP },
  { "win.neighbour(1)", "<Alt>Down", NC_("keys", "Next record"), MAP },
  { "win.undo", "<Ctrl>z", NC_("keys", "Undo"), MAP | PALETTE, "edit-undo-symbolic", NC_("palette", "take back"),
    .dup_what = gxc_desk_dup_undo_words },
  { "win.redo", "<Ctrl><Shift>z", NC_("keys", "Redo"), MAP | PALETTE, "edit-redo-symbolic", NC_("palette", "again"),
    .dup_what = gxc_desk_dup_redo_words },
  { "win.toggle-curtain", "<Ctrl><Shift>v", NC_("keys", "Curtain over one's own customers"), MAP | PALETTE, "view-conceal-symbolic",
    NC_("palette", "hide mask privacy counter"), GX_CAN_READ_OWN | GX_CAN_READ_BRANCH },
  { "win.sync", "F5", NC_("keys", "Refresh and sync"), MAP | PALETTE, "emblem-synchronizing-symbolic",
    NC_("palette", "synchronise reload update server") },
  { "win.guide", "F1", NC_("keys", "User's guide"), MAP | PALETTE, "help-browser-symbolic", NC_("palette", "help manual how") },
  { "win.keys", "question <Shift>question", NC_("keys", "Keyboard shortcuts"), MAP | PALETTE, "preferences-desktop-keyboard-shortcuts-symbolic",
    NC_("palette", "keyboard shortcuts map help") },
  { "win.preferences", "<Ctrl>comma", NC_("keys", "Preferences"), MAP | PALETTE, "preferences-system-symbolic",
    NC_("palette", "settings options language appearance notifications") },
  { "win.language::en", NULL, "English", PALETTE, "preferences-desktop-locale-symbolic", NC_("palette", "language switch") },
  { "win.language::zh_CN", NULL, "简体中文", PALETTE, "preferences-desktop-locale-symbolic", NC_("palette", "language switch Chinese zhongwen") },
  { "win.sign-in", NULL, NC_("keys", "Sign in again"), PALETTE, "system-users-symbolic", NC_("palette", "login password session key") },
  { "win.about", NULL, NC_("keys", "About Guanxi"), PALETTE, "help-about-symbolic", NC_("palette", "version licence") },
  { "win.theme::light", NULL, NC_("keys", "Light appearance"), PALETTE, "display-brightness-symbolic", NC_("palette", "theme colour bright day") },
  { "win.theme::dark", NULL, NC_("keys", "Dark appearance"), PALETTE, "weather-clear-night-symbolic", NC_("palette", "theme colour night") },
  { "win.theme::system", NULL, NC_("keys", "Appearance: follow the system"), PALETTE, "preferences-desktop-appearance-symbolic", NC_("palette", "theme colour automatic") },
};

const guint gxc_n_commands = G_N_ELEMENTS (gxc_commands);

/** gxc_command_find: (nullable) */
const GxcCommand *
gxc_command_find (const char *action)
{
  for (guint i = 0; i < gxc_n_commands; i++)
    if (g_str_equal (gxc_commands[i].action, action))
      return &gxc_commands[i];
  return NULL;
}

const char *
gxc_command_label (const GxcCommand *command)
{
  return g_dpgettext2 (NULL, "keys", command->label);
}

/** gxc_command_is_for: whether the person who is signed in can do that at all */
gboolean
gxc_command_is_for (const GxcCommand *command,
                    GxcDesk          *desk)
{
  const GxcPerson *person = gxc_desk_get_person (desk);

  return !command->needs || (person && (gx_role_capabilities (person->roles) & command->needs));
}

static void
add_key (GtkWidgetClass *widget_class, const char *accelerator, const char *action, GVariant *target)
{
  GdkModifierType modifiers;
  guint key;
  GtkShortcut *shortcut;

  if (!gtk_accelerator_parse (accelerator, &key, &modifiers))
    g_error ("%s is no key", accelerator);
  shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers), gtk_named_action_new (action));
  gtk_shortcut_set_arguments (shortcut, target);
  gtk_widget_class_add_shortcut (widget_class, shortcut);
  g_object_unref (shortcut);
}

/** gxc_commands_add_keys: binds all keys; once, in the class that has the actions */
void
gxc_commands_add_keys (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < gxc_n_commands; i++)
    {
      g_auto(GStrv) accelerators = g_strsplit (gxc_commands[i].keys ? gxc_commands[i].keys : "", " ", -1);
      g_autoptr(GVariant) target = NULL;
      g_autofree char *action = NULL;

      if (!g_action_parse_detailed_name (gxc_commands[i].action, &action, &target, NULL))
        g_error ("%s is no action", gxc_commands[i].action);
      for (guint j = 0; accelerators[j] && *accelerators[j]; j++)
        add_key (widget_class, accelerators[j], action, target);
    }
}

/* What is printed on the key; GTK calls some otherwise. */
static char *
label_of_key (guint key)
{
  static const struct { guint key; const char *printed; } others[] = {
    { GDK_KEY_Escape, "Esc" }, { GDK_KEY_Return, "Enter" },
    { GDK_KEY_Left, "←" }, { GDK_KEY_Right, "→" }, { GDK_KEY_Up, "↑" }, { GDK_KEY_Down, "↓" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i].key == key)
      return g_strdup (others[i].printed);
  return gtk_accelerator_get_label (key, 0);
}

/* In the order in which they are named everywhere: GTK says "Shift Ctrl V". */
static char *
key_to_words (guint key, GdkModifierType modifiers)
{
  static const struct { GdkModifierType modifier; const char *name; } names[] = {
    { GDK_CONTROL_MASK, "Ctrl " }, { GDK_ALT_MASK, "Alt " }, { GDK_SHIFT_MASK, "Shift " },
  };
  g_autofree char *label = label_of_key (key);
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (modifiers & names[i].modifier)
      g_string_append (words, names[i].name);
  g_string_append (words, label);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * gxc_keys_to_words:
 * @accelerators: "<Ctrl>t", "plus minus"
 *
 * Returns: (transfer full): as they are printed on the keys: "Ctrl T", "+ −"; a second way to write the same key is left out
 */
char *
gxc_keys_to_words (const char *accelerators)
{
  g_auto(GStrv) keys = g_strsplit (accelerators, " ", -1);
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 0; keys[i]; i++)
    {
      GdkModifierType modifiers;
      guint key;
      g_autofree char *label = NULL;

      if (!gtk_accelerator_parse (keys[i], &key, &modifiers) || (key == GDK_KEY_question && modifiers))
        continue;
      label = key_to_words (key, modifiers);
      g_string_append_printf (words, "%s%s", words->len ? "  " : "", label);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}
