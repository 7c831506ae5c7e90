/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the look can be measured: a toast covers no button and nothing shows through it, a count leaves its icon free,
 * icons are as large as the text, and what is stored is written as it is. How it looks is seen in pictures. */

#include <adwaita.h>
#include <string.h>

#include "gxc-banner.h"
#include "gxc-look.h"
#include "gxc-shell.h"
#include "gxc-sidebar.h"
#include "gxc-window.h"
#include "gxt-fake-desk.h"
#include "gxt-find.h"
#include "gxt-screenshot.h"

typedef struct
{
  GxtFakeDesk *desk;
  GtkWidget   *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer width)
{
  g_autoptr(GxcPreferences) preferences = gxc_preferences_new (g_get_user_config_dir ());

  fixture->desk = gxt_fake_desk_new ("SUPERVISOR");
  gxt_fake_desk_fill (fixture->desk, 24);
  fixture->window = gxc_window_new (NULL, GXC_DESK (fixture->desk), preferences);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), GPOINTER_TO_INT (width), 700);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gxt_wait_shown (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer width)
{
  gxt_destroy (fixture->window);
  gxt_let_go (fixture->desk);
}

/* The first mapped one, parents before children. */
static GtkWidget *
find (GtkWidget *widget, const char *css_name, const char *css_class)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (css_name ? g_str_equal (gtk_widget_get_css_name (widget), css_name) : gtk_widget_has_css_class (widget, css_class))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find (child, css_name, css_class);
  return found;
}

static graphene_rect_t
bounds_of (Fixture *fixture, GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_compute_bounds (widget, fixture->window, &bounds));
  return bounds;
}

static gboolean
stands_above (Fixture *fixture, GtkWidget *upper, GtkWidget *lower)
{
  graphene_rect_t up = bounds_of (fixture, upper), low = bounds_of (fixture, lower);

  return up.origin.y + up.size.height <= low.origin.y;
}

static GtkWidget *
say (Fixture *fixture)
{
  gtk_widget_activate_action (fixture->window, "win.toast", "s", "Checked in");
  GXT_WAIT_FOR (find (fixture->window, "toast", NULL));
  return find (fixture->window, "toast", NULL);
}

static void
test_toast_place (Fixture *fixture, gconstpointer width)
{
  GtkWidget *toast;

  gxc_window_show_page (GXC_WINDOW (fixture->window), "reviews");
  GXT_WAIT_FOR (find (fixture->window, NULL, "gx-action-bar"));
  toast = say (fixture);
  GXT_WAIT_FOR (stands_above (fixture, toast, find (fixture->window, NULL, "gx-action-bar")));
  gxc_window_show_page (GXC_WINDOW (fixture->window), "sync");
  GXT_WAIT_FOR (!find (fixture->window, NULL, "gx-action-bar"));
  GXT_WAIT_FOR (gtk_widget_get_margin_bottom (toast) == 0);
}

/* Between its edge and its words there is nothing but its colour. */
static void
test_toast_colour (Fixture *fixture, gconstpointer width)
{
  GtkWidget *toast = say (fixture);
  const GdkRGBA *wanted = gxc_token_rgba (GXC_TOKEN_TOAST);
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (toast);
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  guint32 pixel;
  int w, h;

  gxt_wait_ms (500);
  w = gtk_widget_get_width (toast);
  h = gtk_widget_get_height (toast);
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), w, h);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (fixture->window)), node, &GRAPHENE_RECT_INIT (0, 0, w, h));
  pixels = g_new (guint32, w * h);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) w * 4);
  pixel = pixels[4 * w + w / 2];
  g_assert_cmphex (pixel >> 24, ==, 0xff);
  g_assert_cmpint (pixel >> 16 & 0xff, ==, (int) (wanted->red * 255 + 0.5));
  g_assert_cmpint (pixel & 0xff, ==, (int) (wanted->blue * 255 + 0.5));
}

static void
test_rail_count (Fixture *fixture, gconstpointer width)
{
  GtkWidget *sidebar = gxt_find (fixture->window, GXC_TYPE_SIDEBAR), *row;

  GXT_WAIT_FOR (find (sidebar, NULL, "gx-count"));
  row = gtk_widget_get_ancestor (find (sidebar, NULL, "gx-count"), GTK_TYPE_LIST_BOX_ROW);
  GXT_WAIT_FOR (stands_above (fixture, find (row, "image", NULL), find (row, NULL, "gx-count")));
  g_assert_cmpint (gtk_widget_get_width (sidebar), <=, 60);
  gxc_sidebar_set_count (GXC_SIDEBAR (sidebar), "today", 123456, FALSE);
  gxt_wait_ms (100);
  GXT_WAIT_FOR (gtk_widget_get_width (sidebar) <= 60);
}

static GtkWidget *
find_role (GtkWidget *sidebar)
{
  g_autoptr(GPtrArray) labels = gxt_find_all (sidebar, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (g_str_has_suffix (gtk_label_get_text (labels->pdata[i]), "滨江支行"))
      return labels->pdata[i];
  return NULL;
}

/* Nothing is cut, and where it takes two lines, the first ends in a word. */
static void
test_role (Fixture *fixture, gconstpointer width)
{
  static const struct { GxRole role; const char *words; int lines; } rows[] = {
    { GX_ROLE_SUPERVISOR, "Supervisor · 滨江支行", 1 },
    { GX_ROLE_RM, "Relationship manager\n滨江支行", 2 },
  };
  GtkWidget *sidebar = gxt_find (fixture->window, GXC_TYPE_SIDEBAR), *role = find_role (sidebar);

  g_assert_nonnull (role);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GxcPerson person = *gxc_desk_get_person (GXC_DESK (fixture->desk));

      person.roles = GX_ROLE_BIT (rows[i].role);
      gxc_sidebar_set_person (GXC_SIDEBAR (sidebar), &person);
      gxt_wait_ms (100);
      g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (role)), ==, rows[i].words);
      g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (role))), ==, rows[i].lines);
      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (role))));
    }
}

/* What takes changes from everybody is read to its end in the smallest window. */
static void
test_lease_is_whole (Fixture *fixture, gconstpointer width)
{
  const gint64 now = gxc_desk_now (GXC_DESK (fixture->desk)), day = G_GINT64_CONSTANT (86400000);
  g_autoptr(GPtrArray) labels = NULL;
  GtkWidget *banner;
  guint n = 0;

  gxt_fake_desk_summary (fixture->desk)->lease = (GxcLease) { .state = GXC_LEASE_READ_ONLY, .contact = now - 9 * day, .now = now,
                                                              .read_only_at = now - 2 * day, .locked_at = now + 5 * day };
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  GXT_WAIT_FOR (gxt_count_saying (fixture->window, "it shows nothing; what waits is kept"));
  gxt_wait_ms (300);
  banner = gxt_find (fixture->window, GXC_TYPE_BANNER);
  labels = gxt_find_all (banner, GTK_TYPE_LABEL);
  for (guint i = 0; i < labels->len; i++)
    {
      graphene_rect_t bounds = bounds_of (fixture, labels->pdata[i]);

      n += *gtk_label_get_text (labels->pdata[i]) != '\0';
      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (labels->pdata[i])));
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (fixture->window));
    }
  g_assert_cmpuint (n, ==, 3);
}

static int
width_of_icon (int percent)
{
  GtkWidget *image = g_object_ref_sink (gtk_image_new_from_icon_name ("user-home-symbolic"));
  int width;

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * percent / 100, NULL);
  gtk_widget_measure (image, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
  g_assert_finalize_object (image);
  return width;
}

static void
test_icons (void)
{
  g_assert_cmpint (width_of_icon (100), ==, 16);
  g_assert_cmpint (width_of_icon (150), ==, 24);
}

static gboolean
find_features (PangoAttribute *attribute, gpointer out)
{
  if (attribute->klass->type == PANGO_ATTR_FONT_FEATURES)
    *(char **) out = g_strdup (((PangoAttrFontFeatures *) attribute)->features);
  return FALSE;
}

static void
test_stored_words (void)
{
  GtkWidget *window = gtk_window_new (), *label = gtk_label_new ("/tmp/photo-8x6.jpg");
  g_autofree char *features = NULL;

  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  pango_attr_list_filter (pango_layout_get_attributes (gtk_label_get_layout (GTK_LABEL (label))), find_features, &features);
  g_assert_nonnull (features);
  g_assert_nonnull (strstr (features, "tnum"));
  g_assert_nonnull (strstr (features, "calt 0"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gxc_shell_init ();
#define ADD(path, width, test) g_test_add (path, Fixture, GINT_TO_POINTER (width), set_up, test, tear_down)
  ADD ("/look/toast/stands_above_the_bar_of_a_page", 1280, test_toast_place);
  ADD ("/look/toast/lets_nothing_show_through", 1280, test_toast_colour);
  ADD ("/look/rail/a_count_leaves_its_icon_free", 1024, test_rail_count);
  ADD ("/look/banner/tells_of_the_lease_to_its_end", 1024, test_lease_is_whole);
  ADD ("/look/sidebar/tells_role_and_place_whole", 1280, test_role);
  g_test_add_func ("/look/icons/are_as_large_as_the_text", test_icons);
  g_test_add_func ("/look/text/writes_what_is_stored", test_stored_words);
  return g_test_run ();
}
