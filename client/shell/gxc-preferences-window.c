/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person may choose about the window. Each row is one key of the preferences, written when it is touched; what must
 * happen at once (theme, language) is an action of the window it belongs to. Contrast and text size are the desktop's own
 * settings, followed and not repeated here: they are only said. */

#include "gxc-preferences-window.h"

#include <glib/gi18n.h>

#include "gxc-look.h"
#include "gxc-places.h"

#define MB G_GINT64_CONSTANT (1000000)

typedef struct
{
  GtkWindow      *parent;           /* (borrowed): the window outlives its dialog */
  GxcPreferences *preferences;      /* (owned) */
  const char     *key;
  const char     *action;           /* (nullable): of @parent, with the code */
  GPtrArray      *codes;            /* (owned) of char * */
} Choice;

static void
choice_free (gpointer data, GClosure *closure)
{
  Choice *choice = data;

  g_object_unref (choice->preferences);
  g_ptr_array_unref (choice->codes);
  g_free (choice);
}

static void
on_selected_cb (AdwComboRow *row, GParamSpec *pspec, Choice *choice)
{
  const char *code = choice->codes->pdata[adw_combo_row_get_selected (row)];

  if (choice->action)
    gtk_widget_activate_action (GTK_WIDGET (choice->parent), choice->action, "s", code);
  else
    gxc_preferences_set (choice->preferences, choice->key, code);
}

/* One of several: @codes are what is kept, @labels what is read. */
static GtkWidget *
make_choice (Choice *choice, const char *title, GtkStringList *labels)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autofree char *now = gxc_preferences_get (choice->preferences, choice->key, choice->codes->pdata[0]);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  for (guint i = 0; i < choice->codes->len; i++)
    if (g_str_equal (choice->codes->pdata[i], now))
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
  g_signal_connect_data (row, "notify::selected", G_CALLBACK (on_selected_cb), choice, choice_free, 0);
  return row;
}

static Choice *
new_choice (GtkWindow *parent, GxcPreferences *preferences, const char *key, const char *action)
{
  Choice *choice = g_new0 (Choice, 1);

  *choice = (Choice) { parent, g_object_ref (preferences), key, action, g_ptr_array_new_with_free_func (g_free) };
  return choice;
}

static void
add_code (Choice *choice, GtkStringList *labels, const char *code, const char *label)
{
  g_ptr_array_add (choice->codes, g_strdup (code));
  gtk_string_list_append (labels, label);
}

static GtkWidget *
make_language (GtkWindow *parent, GxcPreferences *preferences)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  Choice *choice = new_choice (parent, preferences, "language", "win.language");

  add_code (choice, labels, "system", _("Follow the system"));
  add_code (choice, labels, "en", "English");
  add_code (choice, labels, "zh_CN", "简体中文");
  return make_choice (choice, _("Language"), labels);
}

static GtkWidget *
make_theme (GtkWindow *parent, GxcPreferences *preferences)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  Choice *choice = new_choice (parent, preferences, "theme", "win.theme");

  add_code (choice, labels, "system", _("Follow the system"));
  add_code (choice, labels, "light", _("Light"));
  add_code (choice, labels, "dark", _("Dark"));
  return make_choice (choice, _("Appearance"), labels);
}

static GtkWidget *
make_first_page (GtkWindow *parent, GxcDesk *desk, GxcPreferences *preferences)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  Choice *choice = new_choice (parent, preferences, "first-page", NULL);

  add_code (choice, labels, "role", _("By my role"));
  add_code (choice, labels, "last", _("Where I left off"));
  for (const GxcPlace *place = gxc_place_next (desk, NULL); place; place = gxc_place_next (desk, place))
    add_code (choice, labels, place->name, gxc_place_label (place));
  return make_choice (choice, _("Start with"), labels);
}

/* What the desk has is what counts: another program of the profile may have chosen. */
static GtkWidget *
make_carry_room (GtkWindow *parent, GxcDesk *desk, GxcPreferences *preferences)
{
  static const gint64 choices[] = { 0, 64, 128, 256, 512, 1000, 2000, 4000 };
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  Choice *choice = new_choice (parent, preferences, "carry-mb", "win.carry-room");
  GxcCarryRoom room;
  g_autofree char *now = NULL;
  GtkWidget *row;

  gxc_desk_get_carry_room (desk, &room);
  now = g_strdup_printf ("%" G_GINT64_FORMAT, room.budget / MB);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *code = g_strdup_printf ("%" G_GINT64_FORMAT, choices[i]), *size = g_strconcat (code, " MB", NULL);

      add_code (choice, labels, code, choices[i] ? size : _("None"));
    }
  gxc_preferences_set (preferences, "carry-mb", now);
  row = make_choice (choice, _("Room for documents"), labels);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("For visits, pinned and core customers, due tasks"));
  return row;
}

/* --- switches ----------------------------------------------------------------------------------------------------- */

static void
on_switched_cb (GtkSwitch *button, GParamSpec *pspec, GxcPreferences *preferences)
{
  gxc_preferences_set (preferences, g_object_get_data (G_OBJECT (button), "gxc-key"), gtk_switch_get_active (button) ? "on" : "off");
}

/* @key is a string of the program's. */
static GtkWidget *
make_switch (GxcPreferences *preferences, const char *key, gboolean otherwise, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (button), gxc_preferences_is_on (preferences, key, otherwise));
  g_object_set_data (G_OBJECT (button), "gxc-key", (gpointer) key);
  g_signal_connect_object (button, "notify::active", G_CALLBACK (on_switched_cb), preferences, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

static GtkWidget *
make_text_size (GtkWindow *parent)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *size = g_strdup_printf (_("%.0f %%"), 100 * gxc_look_scale (GTK_WIDGET (parent)));
  GtkWidget *label = gtk_label_new (size);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Text size"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Text size and high contrast follow the desktop's accessibility settings."));
  gtk_widget_add_css_class (label, "gx-dim");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static void
add_group (GtkWidget *page, const char *title, GtkWidget * const *rows)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (; *rows; rows++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), *rows);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
}

static GtkWidget *
make_page (GtkWindow *parent, GxcDesk *desk, GxcPreferences *preferences)
{
  GtkWidget *page = adw_preferences_page_new ();

  add_group (page, _("Window"), (GtkWidget *[]) {
    make_language (parent, preferences), make_theme (parent, preferences), make_text_size (parent),
    make_first_page (parent, desk, preferences), NULL });
  add_group (page, _("Without the network"), (GtkWidget *[]) { make_carry_room (parent, desk, preferences), NULL });
  add_group (page, _("Privacy"), (GtkWidget *[]) {
    make_switch (preferences, "curtain", FALSE, _("Start with the curtain closed"),
                 _("Masks names and shows amounts as ranges, for places where others can see the screen. Ctrl+Shift+V opens and closes it.")),
    NULL });
  add_group (page, _("Notifications"), (GtkWidget *[]) {
    make_switch (preferences, "notifications", TRUE, _("Remind me when time runs out"),
                 _("Tasks and reviews that fall due. A notification never says a customer's name.")),
    NULL });
  return page;
}

/**
 * gxc_preferences_window_show:
 * @parent: a window with the actions win.language and win.theme
 *
 * Returns: (transfer none): the window of preferences; it closes with @parent
 */
GtkWindow *
gxc_preferences_window_show (GtkWindow      *parent,
                             GxcDesk        *desk,
                             GxcPreferences *preferences)
{
  AdwPreferencesWindow *window = g_object_new (ADW_TYPE_PREFERENCES_WINDOW, "title", _("Preferences"), "transient-for", parent,
                                               "modal", TRUE, "default-height", 600, "destroy-with-parent", TRUE, "search-enabled", FALSE, NULL);

  adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (make_page (parent, desk, preferences)));
  gtk_window_present (GTK_WINDOW (window));
  return GTK_WINDOW (window);
}
