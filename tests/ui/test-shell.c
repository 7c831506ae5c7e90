/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shell on a desk of invented rows: which places there are for whom, the way back and forward, what the palette finds
 * and does, and that the map of keys tells of keys that are bound. Keys are pressed in the AT-SPI script (test-window.py):
 * GTK has no way to press one from inside. */

#include <string.h>

#include "gx-customer.h"
#include "gx-error.h"
#include "gx-task.h"
#include "gxc-commands.h"
#include "gxc-customer-page.h"
#include "gxc-customers-page.h"
#include "gxc-due.h"
#include "gxc-language.h"
#include "gxc-link.h"
#include "gxc-palette-search.h"
#include "gxc-palette.h"
#include "gxc-places.h"
#include "gxc-reminders.h"
#include "gxc-shell.h"
#include "gxc-sidebar.h"
#include "gxc-sync-indicator.h"
#include "gxc-trail.h"
#include "gxc-window.h"
#include "gxt-fake-desk.h"
#include "gxt-find.h"
#include "gxt-screenshot.h"

typedef struct
{
  GxtFakeDesk    *desk;
  GxcPreferences *preferences;
  GtkWidget      *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer role)
{
  g_autofree char *directory = g_dir_make_tmp ("guanxi-XXXXXX", NULL);

  fixture->preferences = gxc_preferences_new (directory);
  fixture->desk = gxt_fake_desk_new (role);
  gxt_fake_desk_fill (fixture->desk, 24);
  fixture->window = gxc_window_new (NULL, GXC_DESK (fixture->desk), fixture->preferences);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gxt_wait_shown (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer role)
{
  gxt_destroy (fixture->window);
  gxt_let_go (fixture->preferences);
  gxt_let_go (fixture->desk);
}

static const GxId *
customer_id (Fixture *fixture, guint index)
{
  return gx_record_get_id (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[index]);
}

static GtkWidget *
page_of (Fixture *fixture)
{
  return gxc_window_get_page (GXC_WINDOW (fixture->window));
}

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static gboolean
shows (GtkWidget *widget, const char *text)
{
  gboolean found = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = shows (child, text);
  return found;
}

/* --- places ------------------------------------------------------------------------------------------------------- */

static void
test_places (void)
{
  static const struct { const char *role, *place; gboolean sees; } table[] = {
    { "RM", "customers", TRUE }, { "RM", "status", FALSE }, { "RM", "nowhere", FALSE },
    { "SUPERVISOR", "reviews", TRUE }, { "SUPERVISOR", "customers", TRUE },
    { "AUDITOR", "customers", FALSE }, { "AUDITOR", "reviews", FALSE }, { "AUDITOR", "status", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new (table[i].role);

      g_assert_cmpint (gxc_place_find (GXC_DESK (desk), table[i].place) != NULL, ==, table[i].sees);
      g_assert_nonnull (gxc_place_first (GXC_DESK (desk)));
      gxt_fake_desk_sign_out (desk);
      g_assert_null (gxc_place_find (GXC_DESK (desk), table[i].place));
      g_assert_null (gxc_place_first (GXC_DESK (desk)));
    }
}

/* The window follows when it is idle. */
static void
become (Fixture *fixture, const char *role, const char *page)
{
  gxt_fake_desk_set_role (fixture->desk, role);
  GXT_WAIT_FOR (page_of (fixture) && g_str_equal (G_OBJECT_TYPE_NAME (page_of (fixture)), page));
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (page_of (fixture)), ==, page);
}

/* A sync tells that the person has another role: what one may not see any more is gone, also if it is being looked at. */
static void
test_other_roles (Fixture *fixture, gconstpointer role)
{
  gxc_window_show_page (GXC_WINDOW (fixture->window), "reviews");
  become (fixture, "AUDITOR", "GxcStatusPage");
  gxc_window_show_page (GXC_WINDOW (fixture->window), "reviews");
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (page_of (fixture)), ==, "GxcStatusPage");
  become (fixture, "RM", "GxcTodayPage");
  gxc_window_show_page (GXC_WINDOW (fixture->window), "customers");
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (page_of (fixture)), ==, "GxcCustomersPage");
}

static void
test_sections (void)
{
  g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new ("SUPERVISOR");
  const GxcPlace *first = gxc_place_in_section (GXC_DESK (desk), GXC_SECTION_HOME, NULL), *place = first;
  guint n = 0;

  for (GxcSection section = GXC_SECTION_HOME, last = 0; section <= GXC_LAST_SECTION; last = section, section++)
    g_assert_cmpint (section, >, last);
  g_assert_nonnull (first);
  do
    {
      g_assert_cmpint (place->section, ==, GXC_SECTION_HOME);
      place = gxc_place_in_section (GXC_DESK (desk), GXC_SECTION_HOME, place->name);
      g_assert_cmpuint (++n, <, 20);
    }
  while (place != first);       /* the same key goes round */
  g_assert_cmpstr (gxc_place_in_section (GXC_DESK (desk), GXC_SECTION_BUSINESS, "reviews")->name, ==, "customers");
  g_assert_null (gxc_place_in_section (GXC_DESK (desk), GXC_SECTION_MARKET, NULL));
}

/* --- the way ------------------------------------------------------------------------------------------------------ */

static void
test_trail (void)
{
  GxcTrail trail = { G_QUEUE_INIT, G_QUEUE_INIT };
  g_autoptr(GxcStop) a = NULL, b = NULL, again = NULL, none = NULL;

  gxc_trail_leave (&trail, gxc_stop_new ("a", NULL, "x"));
  gxc_trail_leave (&trail, gxc_stop_new ("b", NULL, NULL));
  b = gxc_trail_back (&trail, gxc_stop_new ("c", NULL, NULL));
  g_assert_cmpstr (b->page, ==, "b");
  a = gxc_trail_back (&trail, gxc_stop_new ("b", NULL, NULL));
  g_assert_cmpstr (a->page, ==, "a");
  g_assert_cmpstr (a->part, ==, "x");
  none = gxc_trail_back (&trail, gxc_stop_new ("a", NULL, NULL));
  g_assert_null (none);
  again = gxc_trail_forward (&trail, gxc_stop_new ("a", NULL, NULL));
  g_assert_cmpstr (again->page, ==, "b");
  gxc_trail_leave (&trail, gxc_stop_new ("b", NULL, NULL));
  g_assert_true (g_queue_is_empty (&trail.forward));
  gxc_trail_clear (&trail);
}

static void
test_back_and_forward (Fixture *fixture, gconstpointer role)
{
  gxc_window_show_page (GXC_WINDOW (fixture->window), "customers");
  gtk_widget_activate_action (fixture->window, "win.open-customer-tab", "(ss)", GX_ID_STR (customer_id (fixture, 2)), "timeline");
  g_assert_true (GXC_IS_CUSTOMER_PAGE (page_of (fixture)));
  gtk_widget_activate_action (fixture->window, "win.show-page", "s", "sync");
  g_assert_false (GXC_IS_CUSTOMER_PAGE (page_of (fixture)));
  gtk_widget_activate_action (fixture->window, "win.back", NULL);
  g_assert_true (GXC_IS_CUSTOMER_PAGE (page_of (fixture)));
  {
    g_autofree char *part = gxc_page_dup_part (GXC_PAGE (page_of (fixture)));

    g_assert_cmpstr (part, ==, "timeline");
  }
  gtk_widget_activate_action (fixture->window, "win.back", NULL);
  g_assert_true (GXC_IS_CUSTOMERS_PAGE (page_of (fixture)));
  gtk_widget_activate_action (fixture->window, "win.forward", NULL);
  g_assert_true (GXC_IS_CUSTOMER_PAGE (page_of (fixture)));
  gtk_widget_activate_action (fixture->window, "win.escape", NULL);
  g_assert_true (GXC_IS_CUSTOMERS_PAGE (page_of (fixture)));
  gtk_widget_activate_action (fixture->window, "win.escape", NULL);
  g_assert_true (GXC_IS_CUSTOMERS_PAGE (page_of (fixture)));      /* Esc leaves no place */
}

/* --- the palette -------------------------------------------------------------------------------------------------- */

static const GxcPaletteItem *
first_found (GPtrArray *items)
{
  g_assert_cmpuint (items->len, >, 0);
  g_assert_cmpuint (items->len, <=, GXC_PALETTE_MOST);
  return items->pdata[0];
}

static void
test_palette_finds (Fixture *fixture, gconstpointer role)
{
  static const struct { const char *typed, *action; } table[] = {
    { "sync", "win.show-page::sync" }, { "SYNC", "win.show-page::sync" }, { "custo", "win.show-page::customers" },
    { "keyboard", "win.keys" }, { "dark", "win.theme::dark" }, { "log an", "win.new-interaction::" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GPtrArray) items = gxc_palette_search (GXC_DESK (fixture->desk), table[i].typed, NULL);

      g_assert_cmpstr (first_found (items)->action, ==, table[i].action);
    }
}

static void
test_palette_finds_customers (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GPtrArray) items = gxc_palette_search (GXC_DESK (fixture->desk), "zmy", NULL);
  g_autoptr(GPtrArray) none = gxc_palette_search (GXC_DESK (fixture->desk), "no such thing anywhere", NULL);

  g_assert_cmpstr (first_found (items)->title, ==, "张明远");
  g_assert_true (g_str_has_prefix (first_found (items)->action, "win.open-customer::"));
  g_assert_cmpuint (none->len, ==, 0);
}

static guint
place_of (GPtrArray *items, const char *title)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((GxcPaletteItem *) items->pdata[i])->title, title))
      return i;
  return G_MAXUINT;
}

/* 何志强 is found by "zhi", as is 杭州… by "zhou": they come after those whose own name begins so. */
static void
test_palette_ranks (Fixture *fixture, gconstpointer role)
{
  static const struct { const char *typed, *first, *later; } table[] = {
    { "zh", "张明远", "何志强" }, { "zhi", "何志强", NULL }, { "zhou", "周思齐", "杭州启衡精密制造有限公司" }, { "zhang ming", "张明远", NULL }, { "周", "周思齐", NULL },
  };
  GxRecord *company = gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[15];
  GxCustomer *row = (gpointer) gx_record_get_data (company);

  g_free (row->name);
  g_free (row->name_pinyin);
  g_free (row->name_initials);
  row->name = g_strdup ("杭州启衡精密制造有限公司");
  row->name_pinyin = g_strdup ("hang zhou qi heng jing mi zhi zao you xian gong si");
  row->name_initials = g_strdup ("hzqhjmzzyxgs");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GPtrArray) items = gxc_palette_search (GXC_DESK (fixture->desk), table[i].typed, NULL);
      guint first = place_of (items, table[i].first);

      g_test_message ("“%s”", table[i].typed);
      g_assert_cmpuint (first, !=, G_MAXUINT);
      if (table[i].later)
        g_assert_cmpuint (first, <, place_of (items, table[i].later));
    }
}

static void
test_palette_under_the_curtain (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GPtrArray) items = NULL;

  gxc_desk_set_curtain (GXC_DESK (fixture->desk), TRUE);
  items = gxc_palette_search (GXC_DESK (fixture->desk), "zmy", NULL);
  g_assert_cmpstr (first_found (items)->title, !=, "张明远");
  g_assert_true (g_str_has_prefix (first_found (items)->title, "张"));
  g_assert_nonnull (first_found (items)->detail);       /* the number tells one 张* from another */
}

static void
test_palette_recent (Fixture *fixture, gconstpointer role)
{
  g_autofree char *action = gxc_palette_customer (customer_id (fixture, 7)), *gone = g_strdup ("win.open-customer::none");
  const char * const recent[] = { "win.sync", action, gone, NULL };
  g_autoptr(GPtrArray) items = gxc_palette_search (GXC_DESK (fixture->desk), "  ", recent);

  g_assert_cmpstr (first_found (items)->action, ==, "win.sync");
  g_assert_cmpstr (((GxcPaletteItem *) items->pdata[1])->action, ==, action);
  for (guint i = 2; i < items->len; i++)
    {
      g_assert_cmpstr (((GxcPaletteItem *) items->pdata[i])->action, !=, "win.sync");       /* listed once */
      g_assert_cmpstr (((GxcPaletteItem *) items->pdata[i])->action, !=, gone);
    }
}

static void
test_palette_offers_what_one_may (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GPtrArray) items = gxc_palette_search (GXC_DESK (fixture->desk), "", NULL);

  for (guint i = 0; i < items->len; i++)
    {
      g_assert_cmpstr (((GxcPaletteItem *) items->pdata[i])->action, !=, "win.new-task::");
      g_assert_cmpstr (((GxcPaletteItem *) items->pdata[i])->action, !=, "win.show-page::customers");
      g_assert_cmpstr (((GxcPaletteItem *) items->pdata[i])->action, !=, "win.undo");      /* nothing was done yet */
    }
}

static void
test_palette_opens_a_customer (Fixture *fixture, gconstpointer role)
{
  GtkWidget *palette, *entry;
  g_auto(GStrv) recent = NULL;

  g_assert_null (find_type (fixture->window, GXC_TYPE_PALETTE));
  gtk_widget_activate_action (fixture->window, "win.palette", NULL);
  palette = find_type (fixture->window, GXC_TYPE_PALETTE);
  entry = find_type (palette, GTK_TYPE_TEXT);
  gxt_wait_ms (50);
  GXT_WAIT_FOR (gtk_root_get_focus (GTK_ROOT (fixture->window)) == entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "zmy");
  gxt_wait_ms (50);
  GXT_WAIT_FOR (shows (palette, "张明远"));
  g_signal_emit_by_name (entry, "activate");
  gxt_wait_ms (50);
  GXT_WAIT_FOR (!gtk_widget_get_visible (palette));
  GXT_WAIT_FOR (GXC_IS_CUSTOMER_PAGE (page_of (fixture)));
  recent = gxc_preferences_get_recent (fixture->preferences);
  g_assert_true (g_str_has_prefix (recent[0], "win.open-customer::"));
}

static void
test_palette_closes (Fixture *fixture, gconstpointer role)
{
  GtkWidget *before = gtk_root_get_focus (GTK_ROOT (fixture->window)), *palette, *entry;

  gtk_widget_activate_action (fixture->window, "win.palette", NULL);
  palette = find_type (fixture->window, GXC_TYPE_PALETTE);
  entry = find_type (palette, GTK_TYPE_TEXT);
  gtk_editable_set_text (GTK_EDITABLE (entry), "no such thing anywhere");
  gxt_wait_ms (50);
  GXT_WAIT_FOR (shows (palette, "Nothing found for “no such thing anywhere”\nTry fewer letters, or another word."));
  g_signal_emit_by_name (entry, "activate");        /* nothing to do */
  g_assert_true (gtk_widget_get_visible (palette));
  gtk_widget_activate_action (fixture->window, "win.escape", NULL);
  g_assert_false (gtk_widget_get_visible (palette));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == before);
}

/* --- what cannot be read ------------------------------------------------------------------------------------------ */

/* The page says so under its own title, and a way on. */
static void
test_unreadable (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GError) broken = g_error_new (GX_ERROR, GX_ERROR_DATABASE, "SQLite 1: no such table");

  gxt_fake_desk_fail_next (fixture->desk, broken);
  gxc_window_show_page (GXC_WINDOW (fixture->window), "sync");
  g_assert_cmpint (gxc_page_get_state (GXC_PAGE (page_of (fixture))), ==, GXC_PAGE_ERROR);
  g_assert_cmpstr (gxc_page_get_title (GXC_PAGE (page_of (fixture))), ==, "Sync");
  GXT_WAIT_FOR (shows (fixture->window, "This could not be read"));
  g_signal_emit_by_name (gxt_find_above (page_of (fixture), "Try again", GTK_TYPE_BUTTON), "clicked");
  g_assert_cmpint (gxc_page_get_state (GXC_PAGE (page_of (fixture))), ==, GXC_PAGE_CONTENT);
  gxt_wait_ms (100);        /* the sync that it asks for too */
}

/* Reading a damaged file again helps nobody: what is offered is what the application does about it. */
static void
test_damage_is_put_right (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GError) damaged = g_error_new (GX_ERROR, GX_ERROR_TAMPERED, "/home/rm1/store.db: page 19 is not what was written there");
  GtkWidget *button;

  gxt_fake_desk_fail_next (fixture->desk, damaged);
  gxc_window_show_page (GXC_WINDOW (fixture->window), "sync");
  GXT_WAIT_FOR (shows (fixture->window, "The data on this computer is damaged"));
  g_assert_null (gxt_find_saying (fixture->window, "store.db"));
  g_assert_null (gxt_find_saying (fixture->window, "Try again"));
  button = gxt_find_above (page_of (fixture), "Put it right…", GTK_TYPE_BUTTON);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "app.mend");
}

/* What was written for a log is not read out to who reads another language; what was translated is. */
static void
test_errors_are_read (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GError) tampered = g_error_new (GX_ERROR, GX_ERROR_TAMPERED, "/home/rm1/store.db: page 19 is not what was written there");
  g_autoptr(GError) early = NULL;
  g_autoptr(GError) own = g_error_new (GX_ERROR, GX_ERROR_INVALID, "须填写原因");
  g_autoptr(GError) ended = g_error_new (GX_ERROR, GX_ERROR_UNAUTHENTICATED, "no such session");
  g_autofree char *helps = gxc_error_words (ended);
  g_autofree char *english = gxc_error_words (tampered), *chinese = NULL, *rule = NULL, *said = NULL;

  gx_fail_field (&early, GX_ERROR_INVALID, "valid_to", "order", "lies before the beginning");
  g_assert_cmpstr (helps, ==, "Sign in first\nThe session at the bank has ended. What you type is kept on this computer.");
  g_assert_true (g_str_has_prefix (english, "The data was tampered with\nA file on this computer is not as Guanxi wrote it"));
  g_assert_null (strstr (english, "store.db"));
  gtk_widget_activate_action (fixture->window, "win.language", "s", "zh_CN");
  chinese = gxc_error_words (tampered);
  rule = gxc_error_words (early);
  said = gxc_error_words (own);
  gtk_widget_activate_action (fixture->window, "win.language", "s", "en");
  gxt_wait_ms (300);
  g_assert_true (g_str_has_prefix (chinese, "数据已被篡改\n本机上的一个文件"));
  g_assert_false (g_str_is_ascii (strchr (rule, '\n')));
  g_assert_null (strstr (rule, "valid_to"));
  g_assert_nonnull (strstr (said, "须填写原因"));
}

/* --- what is chosen ----------------------------------------------------------------------------------------------- */

static void
test_language (Fixture *fixture, gconstpointer role)
{
  gxc_window_show_page (GXC_WINDOW (fixture->window), "sync");
  gtk_widget_activate_action (fixture->window, "win.open-customer-tab", "(ss)", GX_ID_STR (customer_id (fixture, 2)), "timeline");
  GXT_WAIT_FOR (shows (fixture->window, "Customers"));
  gtk_widget_activate_action (fixture->window, "win.language", "s", "zh_CN");
  gxt_wait_ms (300);
  GXT_WAIT_FOR (shows (fixture->window, "客户"));
  GXT_WAIT_FOR (!shows (fixture->window, "Customers"));
  GXT_WAIT_FOR (GXC_IS_CUSTOMER_PAGE (page_of (fixture)));
  {
    g_autofree char *part = gxc_page_dup_part (GXC_PAGE (page_of (fixture)));

    g_assert_cmpstr (part, ==, "timeline");
  }
  gtk_widget_activate_action (fixture->window, "win.back", NULL);
  GXT_WAIT_FOR (shows (fixture->window, "同步"));
  gtk_widget_activate_action (fixture->window, "win.language", "s", "en");
  gxt_wait_ms (300);
  GXT_WAIT_FOR (shows (fixture->window, "Customers"));
  GXT_WAIT_FOR (!shows (fixture->window, "客户"));
}

static void
test_state_is_kept (Fixture *fixture, gconstpointer role)
{
  GtkWidget *again;

  gxc_window_show_page (GXC_WINDOW (fixture->window), "sync");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  gtk_window_close (GTK_WINDOW (fixture->window));
  gxc_preferences_set (fixture->preferences, "first-page", "last");
  gxc_preferences_set (fixture->preferences, "curtain", "on");
  again = gxc_window_new (NULL, GXC_DESK (fixture->desk), fixture->preferences);
  {
    int width, height;

    gtk_window_get_default_size (GTK_WINDOW (again), &width, &height);
    g_assert_cmpint (width, ==, 1000);
    g_assert_cmpint (height, ==, 700);
  }
  g_assert_cmpstr (gxc_page_get_title (GXC_PAGE (gxc_window_get_page (GXC_WINDOW (again)))), ==, "Sync");
  g_assert_true (gxc_desk_get_curtain (GXC_DESK (fixture->desk)));
  gtk_widget_activate_action (again, "win.toggle-curtain", NULL);
  g_assert_false (gxc_desk_get_curtain (GXC_DESK (fixture->desk)));
  fixture->window = again;
  gtk_window_present (GTK_WINDOW (again));
}

static gboolean
is_rail (GtkWidget *widget)
{
  gboolean found = gtk_widget_has_css_class (widget, "gx-rail");

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = is_rail (child);
  return found;
}

static void
become_wide (Fixture *fixture, int width)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 700);
  GXT_WAIT_FOR (is_rail (fixture->window) == (width < 1100));
}

/* Every page, narrow, wide and narrow again; what is taken apart at the end (tear_down ()) leaves no window and no desk. */
static void
test_narrow (Fixture *fixture, gconstpointer role)
{
  static const char * const tabs[] = { "details", "timeline", "assets", "tasks", "relations", "needs", "documents", "history" };
  GxcDesk *desk = GXC_DESK (fixture->desk);

  for (const GxcPlace *place = gxc_place_next (desk, NULL); place; place = gxc_place_next (desk, place))
    {
      gxc_window_show_page (GXC_WINDOW (fixture->window), place->name);
      become_wide (fixture, 1000);
      become_wide (fixture, 1280);
      become_wide (fixture, 1000);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      gtk_widget_activate_action (fixture->window, "win.open-customer-tab", "(ss)", GX_ID_STR (customer_id (fixture, i)), tabs[i]);
      become_wide (fixture, 1280);
      become_wide (fixture, 1000);
    }
  gtk_widget_activate_action (fixture->window, "win.palette", NULL);
  gtk_widget_activate_action (fixture->window, "win.toast", "s", "narrow");
  gxt_wait_ms (100);
}

static void
test_recent_is_short (void)
{
  g_autofree char *directory = g_dir_make_tmp ("guanxi-XXXXXX", NULL);
  g_autoptr(GxcPreferences) preferences = gxc_preferences_new (directory), again = NULL;
  g_auto(GStrv) recent = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.show-page::p%u", i % 20);

      gxc_preferences_add_recent (preferences, action);
    }
  gxc_preferences_save (preferences);
  again = gxc_preferences_new (directory);
  recent = gxc_preferences_get_recent (again);
  g_assert_cmpstr (recent[0], ==, "win.show-page::p19");
  g_assert_cmpuint (g_strv_length (recent), ==, 12);
  for (guint i = 1; recent[i]; i++)
    g_assert_false (g_strv_contains ((const char * const *) recent + i, recent[i - 1]));
}

static void
test_chip_leads (Fixture *fixture, gconstpointer role)
{
  GtkActionable *chip = GTK_ACTIONABLE (find_type (fixture->window, GXC_TYPE_SYNC_INDICATOR));

  g_assert_cmpstr (gtk_actionable_get_action_name (chip), ==, "win.show-page");
  gxt_fake_desk_summary (fixture->desk)->signed_out = TRUE;
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_cmpstr (gtk_actionable_get_action_name (chip), ==, "win.sign-in");
  gxt_fake_desk_summary (fixture->desk)->signed_out = FALSE;
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_cmpstr (gtk_actionable_get_action_name (chip), ==, "win.show-page");
  g_assert_cmpstr (g_variant_get_string (gtk_actionable_get_action_target_value (chip), NULL), ==, "sync");
}

/* Who is asked to sign in again can go on with what lies here; who never signed in, or was too long without the bank, cannot. */
static void
test_sign_in_is_left (Fixture *fixture, gconstpointer role)
{
  GxcSyncSummary *summary = gxt_fake_desk_summary (fixture->desk);
  g_autofree char *selected = NULL;
  gint64 now = gxc_desk_now (GXC_DESK (fixture->desk));
  GtkWidget *page;

  gxc_window_show_page (GXC_WINDOW (fixture->window), "tasks");
  page = page_of (fixture);
  summary->signed_out = TRUE;
  gtk_widget_activate_action (fixture->window, "win.sign-in", NULL);
  g_assert_true (gxt_wait_saying (fixture->window, "Sign in to your bank", 1));
  g_signal_emit_by_name (gxt_find_above (fixture->window, "Back", GTK_TYPE_BUTTON), "clicked");
  g_assert_true (gxt_wait_saying (fixture->window, "Sign in to your bank", 0));
  g_assert_true (gtk_widget_get_mapped (page));
  selected = gxc_sidebar_dup_selected (GXC_SIDEBAR (gxt_find (fixture->window, GXC_TYPE_SIDEBAR)));
  g_assert_cmpstr (selected, ==, "tasks");
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "sign_in"), ==, 0);
  gxc_lease_judge (now, now + 14 * G_GINT64_CONSTANT (24 * 60 * 60 * 1000), 7, 14, &summary->lease);
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->window, "This desk is locked", 1));
  g_assert_true (gxt_wait_saying (fixture->window, "Back", 0));
  gtk_widget_activate_action (fixture->window, "win.leave-sign-in", NULL);
  gxt_wait_ms (100);
  g_assert_true (gxt_wait_saying (fixture->window, "This desk is locked", 1));
}

/* --- links and clocks --------------------------------------------------------------------------------------------- */

/* Seven days left, one day left, no changes any more, nothing to see any more, and all is well again. */
static void
test_lease (Fixture *fixture, gconstpointer role)
{
  const gint64 day = G_GINT64_CONSTANT (24 * 60 * 60 * 1000), contact = gxc_desk_now (GXC_DESK (fixture->desk));
  GxcLease *lease = &gxt_fake_desk_summary (fixture->desk)->lease;

  gxc_lease_judge (contact, contact, 7, 14, lease);
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  gxt_wait_ms (50);
  g_assert_false (shows (fixture->window, "left without the bank"));

  gxc_lease_judge (contact, contact + 6 * day, 7, 14, lease);
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  gxt_wait_ms (300);
  GXT_WAIT_FOR (shows (fixture->window, "1 day left without the bank"));

  gxc_lease_judge (contact, contact + 8 * day, 7, 14, lease);
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  gxt_wait_ms (50);
  GXT_WAIT_FOR (shows (fixture->window, "Read only, 6 days until it locks"));
  GXT_WAIT_FOR (page_of (fixture));

  gxc_lease_judge (contact, contact + 14 * day, 7, 14, lease);
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  gxt_wait_ms (300);
  GXT_WAIT_FOR (shows (fixture->window, "This desk is locked"));
  GXT_WAIT_FOR (!page_of (fixture));
  GXT_WAIT_FOR (!find_type (fixture->window, GXC_TYPE_CUSTOMERS_PAGE));

  gxc_lease_judge (contact + 14 * day, contact + 14 * day, 7, 14, lease);
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  gxt_wait_ms (300);
  GXT_WAIT_FOR (!shows (fixture->window, "This desk is locked"));
  GXT_WAIT_FOR (page_of (fixture));
}

static void
test_links (void)
{
  static const struct { const char *link, *action; } table[] = {
    { "guanxi://customer/01900000-0000-7000-8000-000000000001", "win.open-customer::01900000-0000-7000-8000-000000000001" },
    { "guanxi://customer/01900000-0000-7000-8000-000000000001/", "win.open-customer::01900000-0000-7000-8000-000000000001" },
    { "customer/01900000-0000-7000-8000-000000000001/tasks", "win.open-customer-tab(('01900000-0000-7000-8000-000000000001', 'tasks'))" },
    { "guanxi://page/reviews", "win.show-page::reviews" }, { "page/reviews/x-1", "win.show-page::reviews#x-1" },
    { "guanxi://customer/1", NULL }, { "guanxi://customer", NULL }, { "guanxi://", NULL }, { "", NULL },
    { "guanxi://page/Reviews", NULL }, { "guanxi://page/a/b/c", NULL }, { "guanxi://page/a'b", NULL }, { "guanxi://page/a%2fb", NULL },
    { "https://customer/01900000-0000-7000-8000-000000000001", NULL }, { "guanxi://delete/reviews", NULL },
    { "guanxi://customer/01900000-0000-7000-8000-000000000001/ta'), 'x", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *action = gxc_link_to_action (table[i].link);

      g_assert_cmpstr (action, ==, table[i].action);
    }
}

static GxTask *
add_task (Fixture *fixture, gint64 due_at, gint64 remind_at)
{
  GxTask *task = gxt_fake_desk_add (fixture->desk, &gx_task_entity);

  task->title = g_strdup ("谈续存");
  task->kind = GX_TASK_CALL;
  task->status = GX_TASK_OPEN;
  task->customer_id = *customer_id (fixture, 3);
  task->assignee_id = gxc_desk_get_person (GXC_DESK (fixture->desk))->employee_id;
  task->due_at = due_at;
  task->remind_at = remind_at;
  return task;
}

static void
drop_tasks (Fixture *fixture)
{
  g_ptr_array_set_size (gxt_fake_desk_rows (fixture->desk, &gx_task_entity), 0);
}

static void
test_due (Fixture *fixture, gconstpointer role)
{
  gint64 now = gxc_desk_now (GXC_DESK (fixture->desk));
  g_autoptr(GPtrArray) due = NULL;

  drop_tasks (fixture);
  add_task (fixture, now - 60000, 0);
  add_task (fixture, now - 600000, 0);                                          /* told before */
  add_task (fixture, now + G_GINT64_CONSTANT (864000000), now - 1000);          /* to be remembered of */
  add_task (fixture, now - 60000, 0)->status = GX_TASK_DONE;
  add_task (fixture, now - 60000, 0)->assignee_id = (GxId) { { 9 } };           /* somebody else's */
  due = gxc_due_between (GXC_DESK (fixture->desk), now - 120000, now);
  g_assert_cmpuint (due->len, ==, 2);
  g_assert_cmpint (((GxcDue *) due->pdata[0])->at, ==, now - 1000);
  g_assert_true (g_str_has_prefix (((GxcDue *) due->pdata[1])->place, "customer/"));
}

static void
on_remind_cb (GxcReminders *reminders, const char *id, const char *title, const char *body, const char *place, GString *told)
{
  g_autofree char *action = gxc_link_to_action (place);

  g_assert_nonnull (action);
  g_string_append_printf (told, "%s|%s|%s\n", id, title, body ? body : "");
}

static void
test_reminders (Fixture *fixture, gconstpointer role)
{
  gint64 now = gxc_desk_now (GXC_DESK (fixture->desk));
  g_autoptr(GxcReminders) reminders = NULL;
  g_autoptr(GString) told = g_string_new (NULL);
  g_autofree char *before = g_strdup_printf ("%" G_GINT64_FORMAT, now - 120000);
  const GxCustomer *customer = gx_record_get_data (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[3]);
  g_autofree char *words = g_strdup_printf ("|Due: Call|Customer %s", customer->cif_no + strlen (customer->cif_no) - 4);

  drop_tasks (fixture);
  reminders = gxc_reminders_new (GXC_DESK (fixture->desk), fixture->preferences);
  g_signal_connect (reminders, "remind", G_CALLBACK (on_remind_cb), told);
  gxc_reminders_check (reminders);
  g_assert_cmpstr (told->str, ==, "");
  add_task (fixture, now - 60000, 0);
  gxc_reminders_check (reminders);
  g_assert_cmpstr (told->str, ==, "");              /* before the last look */
  gxc_preferences_set (fixture->preferences, "reminded-until", before);
  gxc_reminders_check (reminders);
  g_assert_true (g_str_has_prefix (told->str, "customer/"));
  g_assert_nonnull (strstr (told->str, words));
  g_assert_null (strstr (told->str, customer->name));
  g_string_truncate (told, 0);
  gxc_reminders_check (reminders);
  g_assert_cmpstr (told->str, ==, "");              /* told once */

  for (guint i = 0; i < 5; i++)
    add_task (fixture, now - 60000 - i, 0);
  gxc_preferences_set (fixture->preferences, "reminded-until", before);
  gxc_reminders_check (reminders);
  g_assert_cmpstr (told->str, ==, "many|6 deadlines have passed|\n");
  g_string_truncate (told, 0);
  gxc_preferences_set (fixture->preferences, "reminded-until", before);
  gxc_preferences_set (fixture->preferences, "notifications", "off");
  gxc_reminders_check (reminders);
  g_assert_cmpstr (told->str, ==, "");
}

/* Quitting asks nothing, it tells. */
static void
test_farewell (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GxcReminders) reminders = gxc_reminders_new (GXC_DESK (fixture->desk), fixture->preferences);
  g_autoptr(GString) told = g_string_new (NULL);

  g_signal_connect (reminders, "remind", G_CALLBACK (on_remind_cb), told);
  gxt_fake_desk_summary (fixture->desk)->waiting = 0;
  gxc_reminders_leave (reminders);
  g_assert_cmpstr (told->str, ==, "");
  gxt_fake_desk_summary (fixture->desk)->waiting = 3;
  gxc_reminders_leave (reminders);
  g_assert_true (g_str_has_prefix (told->str, GXC_REMINDER_QUEUE "|3 changes wait on this computer|"));
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

static void
test_commands_exist (Fixture *fixture, gconstpointer role)
{
  for (guint i = 0; i < gxc_n_commands; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr(GVariant) target = NULL;
      const GVariantType *type = NULL;
      const char *owned, *its_type;
      gboolean found = FALSE;

      g_assert_true (g_action_parse_detailed_name (gxc_commands[i].action, &name, &target, NULL));
      for (guint j = 0; !found && gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (fixture->window), j, &(GType) { 0 }, &owned, &type, &its_type); j++)
        found = g_str_equal (owned, name);
      if (!found && g_action_group_query_action (G_ACTION_GROUP (fixture->window), name + strlen ("win."), NULL, &type, NULL, NULL, NULL))
        found = TRUE;
      g_assert_true (found);
      g_assert_true (target ? type && g_variant_is_of_type (target, type) : !type);
      if (gxc_commands[i].flags & GXC_COMMAND_MAP)
        g_assert_true (gxc_commands[i].keys && gxc_commands[i].label);
      if (gxc_commands[i].flags & GXC_COMMAND_PALETTE)
        g_assert_true (gxc_commands[i].icon_name && gxc_commands[i].label);
    }
}

static void
test_keys_in_words (void)
{
  static const struct { const char *keys, *words; } table[] = {
    { "<Ctrl>t", "Ctrl T" }, { "plus minus", "+  -" }, { "question <Shift>question", "?" }, { "<Alt>Left", "Alt ←" },
    { "<Ctrl><Shift>v", "Ctrl Shift V" }, { "Escape", "Esc" }, { "<Ctrl>s <Ctrl>Return", "Ctrl S  Ctrl Enter" }, { "space", "Space" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *words = gxc_keys_to_words (table[i].keys);

      g_assert_cmpstr (words, ==, table[i].words);
    }
}

static void
test_key_map (Fixture *fixture, gconstpointer role)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint before = g_list_model_get_n_items (windows);
  g_autoptr(GtkWindow) map = NULL;

  gxc_window_open_customer (GXC_WINDOW (fixture->window), customer_id (fixture, 0));
  gtk_widget_activate_action (fixture->window, "win.keys", NULL);
  gxt_wait_ms (200);
  GXT_WAIT_FOR (g_list_model_get_n_items (windows) == before + 1);
  for (guint i = 0; i <= before && !map; i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) == GTK_WINDOW (fixture->window))
        map = g_steal_pointer (&window);
    }
  g_assert_nonnull (map);
  GXT_WAIT_FOR (shows (GTK_WIDGET (map), "Save what was typed"));      /* the page's */
  GXT_WAIT_FOR (shows (GTK_WIDGET (map), "Find anything"));            /* the window's */
  GXT_WAIT_FOR (shows (GTK_WIDGET (map), "Business"));                 /* a section's */
  gtk_window_destroy (map);
}

int
main (int argc, char **argv)
{
  gxc_language_apply ("en");
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gxc_shell_init ();

#define ADD(path, role, function) g_test_add (path, Fixture, role, set_up, function, tear_down)
  g_test_add_func ("/shell/places/follow_the_role", test_places);
  g_test_add_func ("/shell/places/a_section_goes_round", test_sections);
  g_test_add_func ("/shell/trail/leads_back_and_forward", test_trail);
  ADD ("/shell/window/finds_the_way_back_and_forward", "RM", test_back_and_forward);
  ADD ("/shell/palette/finds_pages_and_commands", "RM", test_palette_finds);
  ADD ("/shell/palette/finds_customers_by_initials", "RM", test_palette_finds_customers);
  ADD ("/shell/palette/ranks_who_begins_so_before_who_holds_it", "RM", test_palette_ranks);
  ADD ("/shell/palette/masks_names_under_the_curtain", "RM", test_palette_under_the_curtain);
  ADD ("/shell/palette/begins_with_the_recent_ones", "RM", test_palette_recent);
  ADD ("/shell/palette/offers_only_what_one_may", "AUDITOR", test_palette_offers_what_one_may);
  ADD ("/shell/palette/opens_a_customer_by_enter", "RM", test_palette_opens_a_customer);
  ADD ("/shell/palette/closes_and_gives_the_focus_back", "RM", test_palette_closes);
  ADD ("/shell/window/says_what_cannot_be_read", "RM", test_unreadable);
  ADD ("/shell/window/damaged_data_is_put_right_not_read_again", "RM", test_damage_is_put_right);
  ADD ("/shell/window/reads_errors_in_the_persons_language", "RM", test_errors_are_read);
  ADD ("/shell/window/is_made_again_in_another_language", "RM", test_language);
  ADD ("/shell/window/follows_a_grant_that_comes_or_goes", "SUPERVISOR", test_other_roles);
  ADD ("/shell/window/begins_where_it_was_left", "RM", test_state_is_kept);
  ADD ("/shell/window/is_narrow_and_leaves_nothing_behind", "RM", test_narrow);
  ADD ("/shell/window/leads_who_is_signed_out_to_the_password", "RM", test_chip_leads);
  ADD ("/shell/window/lets_go_on_without_signing_in_again", "RM", test_sign_in_is_left);
  ADD ("/shell/window/tells_of_the_days_without_the_bank", "RM", test_lease);
  g_test_add_func ("/shell/preferences/keep_a_dozen_recent_ones", test_recent_is_short);
  g_test_add_func ("/shell/links/are_taken_only_as_spelt", test_links);
  ADD ("/shell/due/is_what_ran_down_since", "RM", test_due);
  ADD ("/shell/reminders/tell_once_and_no_name", "RM", test_reminders);
  ADD ("/shell/reminders/quitting_with_a_queue_tells", "RM", test_farewell);
  ADD ("/shell/keys/are_bound_to_actions_there_are", "RM", test_commands_exist);
  ADD ("/shell/keys/have_a_map_of_page_and_window", "RM", test_key_map);
  g_test_add_func ("/shell/keys/are_said_as_printed", test_keys_in_words);
  return g_test_run ();
}
