/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one window: sidebar, header and the page that is looked at. It holds no bank data; it joins pages to the desk and
 * to each other through actions (win.*), so that no page knows another. What a person may see follows from the roles:
 *
 *   nobody signed in → sign-in     hq → reviews     admin, auditor → status     all others → customers or reviews first
 */

#include "gxc-window.h"

#include <glib/gi18n.h>

#include "gx-config.h"
#include "gxc-customer-page.h"
#include "gxc-customers-page.h"
#include "gxc-format.h"
#include "gxc-keycap.h"
#include "gxc-look.h"
#include "gxc-reviews-page.h"
#include "gxc-sidebar.h"
#include "gxc-sign-in-page.h"
#include "gxc-status-page.h"
#include "gxc-sync-indicator.h"
#include "gxc-sync-page.h"

#define NARROW_BELOW 1100

struct _GxcWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkStack        *stages;
  GtkWidget       *sign_in_box;
  GtkWidget       *leaflet;
  GxcSidebar      *sidebar;
  GtkWidget       *content;
  GtkWidget       *back;
  GtkWidget       *title;
  GtkWidget       *subtitle;
  GtkWidget       *neighbours;
  GtkWidget       *place;
  GtkWidget       *date;
  GtkWidget       *search;
  GtkWidget       *search_box;
  GtkWidget       *progress_revealer;
  GtkWidget       *progress;
  GtkWidget       *progress_words;
  GtkStack        *pages;

  /* Borrowed References */
  GtkWidget       *indicator;
  GtkWidget       *customer;        /* (nullable): the open customer's page */

  /* Owned References */
  GxcDesk         *desk;
  GxcPreferences  *preferences;
  GQueue           history;         /* names of pages left, latest first */
  GxId             open_customer;

  gboolean         narrow;
  guint            tick;            /* once a minute: "synced 3 min ago" */
};

G_DEFINE_FINAL_TYPE (GxcWindow, gxc_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- which pages there are ---------------------------------------------------------------------------------------- */

typedef struct
{
  const char   *name;
  const char   *section;    /* (nullable): heads a new section */
  const char   *keys;       /* (nullable): of the section */
  const char   *icon_name;
  const char   *label;
  GxCapability  needs;      /* any of these; 0: everybody */
  GtkWidget  *(*make) (GxcDesk *desk);
} Place;

static const Place places[] = {
  { "reviews", NC_("section", "Home"), "Ctrl 1", "emblem-ok-symbolic", N_("Reviews"),
    GX_CAN_MAKE_CR | GX_CAN_DECIDE_1 | GX_CAN_DECIDE_2, gxc_reviews_page_new },
  { "customers", NC_("section", "Business"), "Ctrl 3", "system-users-symbolic", N_("Customers"),
    GX_CAN_READ_OWN | GX_CAN_READ_BRANCH, gxc_customers_page_new },
  { "sync", NC_("section", "Support"), "Ctrl 5", "emblem-synchronizing-symbolic", N_("Sync"),
    GX_CAN_READ_OWN | GX_CAN_READ_BRANCH, gxc_sync_page_new },
  { "status", NC_("section", "Support"), "Ctrl 5", "security-high-symbolic", N_("My work here"),
    GX_CAN_READ_AUDIT | GX_CAN_ADMIN, gxc_status_page_new },
};

static gboolean
may_see (GxcWindow *self, const Place *place)
{
  const GxcPerson *person = gxc_desk_get_person (self->desk);

  return person && (!place->needs || (gx_role_capabilities (person->roles) & place->needs));
}

static const char *
first_place (GxcWindow *self)
{
  static const guint work[] = { 1, 3 };     /* of those who decide nothing: customers, or what else they are here for */

  gboolean decides = gxc_desk_can (self->desk, GX_CAN_DECIDE_1) || gxc_desk_can (self->desk, GX_CAN_DECIDE_2);

  for (guint i = 0; i < G_N_ELEMENTS (work) && !decides; i++)
    if (may_see (self, &places[work[i]]))
      return places[work[i]].name;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (may_see (self, &places[i]))
      return places[i].name;
  return NULL;
}

/* --- the header --------------------------------------------------------------------------------------------------- */

static void
show_place_in_list (GxcWindow *self, gboolean customer)
{
  GtkWidget *list = gtk_stack_get_child_by_name (self->pages, "customers");
  g_autofree char *words = NULL;
  guint position, total;

  gtk_widget_set_visible (self->neighbours, customer && list
                          && gxc_customers_page_neighbour (GXC_CUSTOMERS_PAGE (list), &self->open_customer, 0, &position, &total));
  if (!gtk_widget_get_visible (self->neighbours))
    return;
  words = g_strdup_printf (_("%u of %u"), position + 1, total);
  gtk_label_set_text (GTK_LABEL (self->place), words);
}

static void
update_header (GxcWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);
  const char *subtitle = page ? gxc_page_get_subtitle (GXC_PAGE (page)) : NULL;
  gboolean customer = page && page == self->customer;

  if (!page)
    return;
  gtk_label_set_text (GTK_LABEL (self->title), gxc_page_get_title (GXC_PAGE (page)));
  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle ? subtitle : "");
  gtk_widget_set_visible (self->back, !g_queue_is_empty (&self->history));
  show_place_in_list (self, customer);
}

static void
update_date (GxcWindow *self)
{
  gint32 today = gxc_desk_get_today (self->desk);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *date = gx_date_format (today);
  g_autofree char *words = g_strdup_printf (_("Business date %s"), date);

  gtk_label_set_text (GTK_LABEL (self->date), words);
  gtk_widget_set_visible (self->date, today != gx_date_from_time (gxc_desk_now (self->desk), zone));
}

static void
update_progress (GxcWindow *self, const GxcSyncSummary *summary)
{
  g_autofree char *done = gxc_format_number (summary->done), *total = gxc_format_number (summary->total);
  g_autofree char *words = g_strdup_printf (_("%s of %s rows · what has arrived can be used already"), done, total);

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->progress_revealer), summary->total > 0);
  if (summary->total <= 0)
    return;
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), CLAMP ((double) summary->done / summary->total, 0, 1));
  gtk_label_set_text (GTK_LABEL (self->progress_words), words);
}

static void
update_status (GxcWindow *self)
{
  GxcSyncSummary summary;

  gxc_desk_get_summary (self->desk, &summary);
  gxc_sync_indicator_update (GXC_SYNC_INDICATOR (self->indicator), &summary, gxc_desk_now (self->desk));
  gxc_sidebar_set_count (self->sidebar, "sync", summary.refused + summary.conflicts, FALSE);
  update_progress (self, &summary);
  update_date (self);
}

static gboolean
on_tick_cb (gpointer data)
{
  update_status (data);
  return G_SOURCE_CONTINUE;
}

/* --- going from page to page -------------------------------------------------------------------------------------- */

static void
switch_to (GxcWindow *self, const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, name);

  gtk_stack_set_visible_child_name (self->pages, name);
  gxc_page_set_narrow (GXC_PAGE (page), self->narrow);
  gxc_sidebar_select (self->sidebar, page == self->customer ? "customers" : name);
  update_header (self);
}

static void
remember_page (GxcWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->pages);

  if (name && g_strcmp0 (g_queue_peek_head (&self->history), name) != 0)
    g_queue_push_head (&self->history, g_strdup (name));
}

static void
add_page (GxcWindow *self, GtkWidget *page, const char *name)
{
  gtk_stack_add_named (self->pages, page, name);
  g_signal_connect_object (page, "title-changed", G_CALLBACK (update_header), self, G_CONNECT_SWAPPED);
}

/* Where typing begins: the page's search line, or the row that names the page. */
static void
focus_page (GxcWindow *self)
{
  if (!gxc_page_focus_search (GXC_PAGE (gtk_stack_get_visible_child (self->pages))))
    gxc_sidebar_focus (self->sidebar);
}

/**
 * gxc_window_show_page:
 * @name: "customers", "reviews", "sync", "status"
 *
 * A page that this person may not see is left alone.
 */
void
gxc_window_show_page (GxcWindow  *self,
                      const char *name)
{
  g_return_if_fail (GXC_IS_WINDOW (self));

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), name) == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].name, name) && may_see (self, &places[i]))
      {
        gboolean made = gtk_stack_get_child_by_name (self->pages, name) != NULL;

        g_queue_clear_full (&self->history, g_free);
        if (!made)
          add_page (self, places[i].make (self->desk), name);
        else
          gxc_page_refresh (GXC_PAGE (gtk_stack_get_child_by_name (self->pages, name)));
        switch_to (self, name);
        focus_page (self);
        return;
      }
}

static void
close_customer (GxcWindow *self)
{
  if (self->customer)
    gtk_stack_remove (self->pages, self->customer);
  self->customer = NULL;
}

/** gxc_window_open_customer: over the page that is shown; Esc goes back to it */
void
gxc_window_open_customer (GxcWindow  *self,
                          const GxId *id)
{
  GxId copy = *id;

  g_return_if_fail (GXC_IS_WINDOW (self));

  if (!self->customer || gtk_stack_get_visible_child (self->pages) != self->customer)
    remember_page (self);
  close_customer (self);
  self->open_customer = copy;
  self->customer = gxc_customer_page_new (self->desk, &copy);
  add_page (self, self->customer, "customer");
  switch_to (self, "customer");
  gtk_widget_grab_focus (self->customer);
}

/** gxc_window_get_page: (transfer none) (nullable): the page that is looked at */
GtkWidget *
gxc_window_get_page (GxcWindow *self)
{
  return gtk_stack_get_visible_child (self->pages);
}

static void
open_desk (GxcWindow *self)
{
  const char *section = NULL;

  gxc_sidebar_clear (self->sidebar);
  gxc_sidebar_set_person (self->sidebar, gxc_desk_get_person (self->desk));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (may_see (self, &places[i]))
      {
        if (g_strcmp0 (section, places[i].section) != 0)
          gxc_sidebar_add_section (self->sidebar, g_dpgettext2 (NULL, "section", places[i].section), places[i].keys);
        section = places[i].section;
        gxc_sidebar_add (self->sidebar, places[i].name, places[i].icon_name, _(places[i].label));
      }
  gtk_widget_set_visible (self->search, may_see (self, &places[1]));
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->content);
  gtk_stack_set_visible_child_name (self->stages, "desk");
  if (first_place (self))
    gxc_window_show_page (self, first_place (self));
  update_status (self);
}

static gboolean
on_signed_in_idle_cb (gpointer data)
{
  GxcWindow *self = data;
  GtkWidget *page = gtk_widget_get_last_child (self->sign_in_box);

  if (GXC_IS_SIGN_IN_PAGE (page))
    gtk_box_remove (GTK_BOX (self->sign_in_box), page);
  open_desk (self);
  return G_SOURCE_REMOVE;
}

/* The page says so in the midst of its own work, so it is taken away later. */
static void
on_signed_in_cb (GxcWindow *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, on_signed_in_idle_cb, g_object_ref (self), g_object_unref);
}

static void
open_sign_in (GxcWindow *self)
{
  GtkWidget *page = gtk_widget_get_last_child (self->sign_in_box);

  gtk_stack_set_visible_child_name (self->stages, "sign-in");
  if (GXC_IS_SIGN_IN_PAGE (page))
    return;
  page = gxc_sign_in_page_new (self->desk);
  gtk_widget_set_vexpand (page, TRUE);
  g_signal_connect_object (page, "done", G_CALLBACK (on_signed_in_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->sign_in_box), page);
}

static void
sign_in_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_sign_in (GXC_WINDOW (widget));
}

static void
on_status_changed_cb (GxcWindow *self)
{
  if (g_str_equal (gtk_stack_get_visible_child_name (self->stages), "sign-in"))
    return;
  gxc_sidebar_set_person (self->sidebar, gxc_desk_get_person (self->desk));
  update_status (self);
}

static void
on_sidebar_selected_cb (GxcWindow *self, const char *name)
{
  gxc_window_show_page (self, name);
}

/* --- actions ------------------------------------------------------------------------------------------------------ */

static void
show_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_window_show_page (GXC_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
open_customer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxId id;

  if (gx_id_parse (g_variant_get_string (parameter, NULL), &id))
    gxc_window_open_customer (GXC_WINDOW (widget), &id);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);
  g_autofree char *last = NULL;

  if (self->customer && gtk_stack_get_visible_child (self->pages) == self->customer
      && gxc_customer_page_close_form (GXC_CUSTOMER_PAGE (self->customer)))
    return;
  last = g_queue_pop_head (&self->history);
  if (!last)
    return;
  gxc_page_refresh (GXC_PAGE (gtk_stack_get_child_by_name (self->pages, last)));
  switch_to (self, last);
  close_customer (self);
  if (!gxc_page_focus_search (GXC_PAGE (gtk_stack_get_visible_child (self->pages))))
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->pages), GTK_DIR_TAB_FORWARD);
}

static void
neighbour_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);
  GtkWidget *list = gtk_stack_get_child_by_name (self->pages, "customers");
  const GxId *id = NULL;
  guint position, total;

  if (list && self->customer)
    id = gxc_customers_page_neighbour (GXC_CUSTOMERS_PAGE (list), &self->open_customer, g_variant_get_int32 (parameter), &position, &total);
  if (id)
    gxc_window_open_customer (self, id);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  if (page && gxc_page_focus_search (GXC_PAGE (page)))
    return;
  gxc_window_show_page (self, "customers");
  if ((page = gtk_stack_get_visible_child (self->pages)))
    gxc_page_focus_search (GXC_PAGE (page));
}

static void
on_synced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcWindow) self = data;
  g_autoptr(GError) error = NULL;

  if (!gxc_desk_finish (GXC_DESK (source), result, &error))
    {
      g_autofree char *words = gxc_error_words (error);

      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (words));
    }
}

static void
sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  if (page)
    gxc_page_refresh (GXC_PAGE (page));
  if (gxc_desk_get_person (self->desk))
    gxc_desk_sync (self->desk, on_synced_cb, g_object_ref (self));
}

static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwToast *toast = adw_toast_new (g_variant_get_string (parameter, NULL));

  adw_toast_set_timeout (toast, 5);
  adw_toast_overlay_add_toast (GXC_WINDOW (widget)->toasts, toast);
}

static void
focus_sidebar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_sidebar_focus (GXC_WINDOW (widget)->sidebar);
}

/* The customer page's own actions, so that their keys work wherever the focus is. */
static void
customer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);

  if (self->customer && gtk_stack_get_visible_child (self->pages) == self->customer)
    gtk_widget_activate_action (self->customer, g_str_equal (name, "win.new-task") ? "customer.new-task" : "customer.new-interaction", NULL);
  else
    gtk_widget_activate_action (widget, "win.toast", "s", _("Open a customer first"));
}

static void
about_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_show_about_window (GTK_WINDOW (widget),
                         "application-name", _("Guanxi"),
                         "application-icon", GX_APP_ID,
                         "version", GX_VERSION,
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("A desk for a bank's relationship managers"),
                         NULL);
}

static void
apply_theme (GxcWindow *self)
{
  g_autofree char *theme = gxc_preferences_get (self->preferences, "theme", "system");

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
  apply_theme (self);
}

static void
on_language_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GxcWindow *self = data;

  g_simple_action_set_state (action, value);
  gxc_preferences_set (self->preferences, "language", g_variant_get_string (value, NULL));
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("The language changes with the next start")));
}

static void
add_preference_actions (GxcWindow *self)
{
  static const GActionEntry entries[] = {
    { "theme", NULL, "s", "'system'", on_theme_cb },
    { "language", NULL, "s", "'system'", on_language_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autofree char *value = gxc_preferences_get (self->preferences, entries[i].name, "system");

      g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), entries[i].name)),
                                 g_variant_new_string (value));
    }
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
update_narrow (GxcWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  gxc_sidebar_set_rail (self->sidebar, self->narrow);
  for (GtkWidget *child = gtk_widget_get_last_child (self->search_box); child; child = gtk_widget_get_prev_sibling (child))
    if (GTK_IS_LABEL (child))
      gtk_widget_set_visible (child, !self->narrow);
  if (page)
    gxc_page_set_narrow (GXC_PAGE (page), self->narrow);
}

static gboolean
on_narrow_idle_cb (gpointer data)
{
  update_narrow (data);
  return G_SOURCE_REMOVE;
}

static void
gxc_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GxcWindow *self = GXC_WINDOW (widget);
  gboolean narrow = width / gxc_look_scale (widget) < NARROW_BELOW;

  GTK_WIDGET_CLASS (gxc_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_narrow_idle_cb, g_object_ref (self), g_object_unref);
}

static void
gxc_window_dispose (GObject *object)
{
  GxcWindow *self = GXC_WINDOW (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_queue_clear_full (&self->history, g_free);
  g_clear_object (&self->desk);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (gxc_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct { const char *name, *type; GtkWidgetActionActivateFunc run; } actions[] = {
    { "win.show-page", "s", show_page_action }, { "win.open-customer", "s", open_customer_action },
    { "win.back", NULL, back_action }, { "win.neighbour", "i", neighbour_action }, { "win.search", NULL, search_action },
    { "win.sync", NULL, sync_action }, { "win.toast", "s", toast_action }, { "win.focus-sidebar", NULL, focus_sidebar_action },
    { "win.new-task", NULL, customer_action }, { "win.new-interaction", NULL, customer_action }, { "win.about", NULL, about_action },
    { "win.sign-in", NULL, sign_in_action },
  };
  static const struct { guint key; GdkModifierType modifiers; const char *action, *type; const char *text; int number; } keys[] = {
    { GDK_KEY_f, GDK_CONTROL_MASK, "win.search" },
    { GDK_KEY_l, GDK_CONTROL_MASK, "win.show-page", "s", "customers" },
    { GDK_KEY_1, GDK_CONTROL_MASK, "win.show-page", "s", "reviews" },
    { GDK_KEY_3, GDK_CONTROL_MASK, "win.show-page", "s", "customers" },
    { GDK_KEY_5, GDK_CONTROL_MASK, "win.show-page", "s", "sync" },
    { GDK_KEY_t, GDK_CONTROL_MASK, "win.new-task" },
    { GDK_KEY_i, GDK_CONTROL_MASK, "win.new-interaction" },
    { GDK_KEY_Escape, 0, "win.back" },
    { GDK_KEY_Left, GDK_ALT_MASK, "win.back" },
    { GDK_KEY_Up, GDK_ALT_MASK, "win.neighbour", "i", NULL, -1 },
    { GDK_KEY_Down, GDK_ALT_MASK, "win.neighbour", "i", NULL, 1 },
    { GDK_KEY_F5, 0, "win.sync" },
    { GDK_KEY_question, 0, "win.show-help-overlay" },
    { GDK_KEY_question, GDK_SHIFT_MASK, "win.show-help-overlay" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].run);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].text)
      gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, keys[i].type, keys[i].text);
    else
      gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, keys[i].type, keys[i].number);
}

static void
gxc_window_class_init (GxcWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_window_dispose;
  widget_class->size_allocate = gxc_window_size_allocate;
  g_type_ensure (GXC_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/shell/gxc-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, stages);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, sign_in_box);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, content);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, back);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, title);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, neighbours);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, place);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, date);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, search);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, search_box);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, progress_revealer);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, progress_words);
  gtk_widget_class_bind_template_child (widget_class, GxcWindow, pages);
  install_actions (widget_class);
}

static void
gxc_window_init (GxcWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_queue_init (&self->history);
  gtk_box_append (GTK_BOX (self->search_box), gxc_keycap_new ("Ctrl F"));
  self->indicator = gxc_sync_indicator_new ();
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->indicator), "win.show-page");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->indicator), "s", "sync");
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (self->search)), self->indicator);
  g_signal_connect_object (self->sidebar, "selected", G_CALLBACK (on_sidebar_selected_cb), self, G_CONNECT_SWAPPED);
}

/** gxc_window_new: signed in or not is the desk's to say */
GtkWidget *
gxc_window_new (GtkApplication *application,
                GxcDesk        *desk,
                GxcPreferences *preferences)
{
  GxcWindow *self = g_object_new (GXC_TYPE_WINDOW, "application", application, "title", _("Guanxi"), NULL);

  self->desk = g_object_ref (desk);
  self->preferences = g_object_ref (preferences);
  add_preference_actions (self);
  apply_theme (self);
  g_signal_connect_object (desk, "status-changed", G_CALLBACK (on_status_changed_cb), self, G_CONNECT_SWAPPED);
  self->tick = g_timeout_add_seconds (60, on_tick_cb, self);
  if (gxc_desk_get_person (desk))
    open_desk (self);
  else
    open_sign_in (self);
  return GTK_WIDGET (self);
}
