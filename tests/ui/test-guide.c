/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guide: whole in both languages, its links lead somewhere, each chapter becomes widgets, and it can be searched. */
#include <adwaita.h>
#include <string.h>

#include "gxc-guide-text.h"
#include "gxc-guide-window.h"
#include "gxc-guide.h"
#include "gxt-screenshot.h"

static const char *const languages[] = { "en", "zh_CN" };

static GPtrArray *
load (const char *language)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *guide = gxc_guide_load (language, &error);

  g_assert_no_error (error);
  return guide;
}

static gboolean
has_chapter (GPtrArray  *guide,
             const char *name)
{
  for (guint i = 0; i < guide->len; i++)
    if (g_str_equal (((GxcChapter *) guide->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

static void
test_both_languages_have_the_same_chapters (void)
{
  g_autoptr(GPtrArray) english = load ("en"), chinese = load ("zh_CN.UTF-8");

  g_assert_cmpuint (english->len, ==, chinese->len);
  g_assert_cmpuint (english->len, >=, 10);
  for (guint i = 0; i < english->len; i++)
    {
      GxcChapter *a = english->pdata[i], *b = chinese->pdata[i];

      g_assert_cmpstr (a->name, ==, b->name);
      g_assert_cmpstr (a->title, !=, "");
      g_assert_cmpstr (a->title, !=, b->title);
    }
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* What stands in bold and is written on keys: ASCII and arrows, no word of a language. */
static gboolean
is_key (const char *words)
{
  static const char * const names[] = { "Space", "Enter", "Esc", "Home", "End", "Page Down", "Page Up", NULL };
  gboolean short_one = g_utf8_strlen (words, -1) == 1 && (g_utf8_get_char (words) < 0x80 || strstr ("←→↑↓−", words));

  return short_one || g_strv_contains (names, words) || strchr (words, '+') || (words[0] == 'F' && g_ascii_isdigit (words[1]));
}

/* Each key of a chapter once, in order of the alphabet. */
static char *
dup_keys (const GxcChapter *chapter)
{
  g_auto(GStrv) parts = g_strsplit (chapter->text, "**", -1);
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 1; parts[0] && parts[i]; i += 2)
    if (is_key (parts[i]) && !g_ptr_array_find_with_equal_func (keys, parts[i], g_str_equal, NULL))
      g_ptr_array_add (keys, parts[i]);
  g_ptr_array_sort (keys, (GCompareFunc) compare_words);
  g_ptr_array_add (keys, NULL);
  return g_strjoinv (" ", (char **) keys->pdata);
}

/* Who changes a key in one language must change it in the other. */
static void
test_both_languages_tell_of_the_same_keys (void)
{
  g_autoptr(GPtrArray) english = load ("en"), chinese = load ("zh_CN");
  guint with_keys = 0;

  for (guint i = 0; i < english->len; i++)
    {
      g_autofree char *a = dup_keys (english->pdata[i]), *b = dup_keys (chinese->pdata[i]);

      g_test_message ("%s: %s", ((GxcChapter *) english->pdata[i])->name, a);
      g_assert_cmpstr (a, ==, b);
      with_keys += *a != '\0';
    }
  g_assert_cmpuint (with_keys, >=, 7);
}

/* Every "](x.md)" names a chapter and every "](../pictures/…)" a picture. */
static void
check_links (GPtrArray        *guide,
             const GxcChapter *chapter,
             const char       *language)
{
  for (const char *at = strstr (chapter->text, "]("); at; at = strstr (at + 2, "]("))
    {
      g_autofree char *target = g_strndup (at + 2, strcspn (at + 2, ")"));
      g_autoptr(GBytes) picture = g_str_has_suffix (target, ".png") ? gxc_guide_picture (target, language) : NULL;

      g_test_message ("%s/%s: %s", language, chapter->name, target);
      if (g_str_has_suffix (target, ".md"))
        {
          target[strlen (target) - strlen (".md")] = '\0';
          g_assert_true (has_chapter (guide, target));
        }
      else
        g_assert_nonnull (picture);
    }
}

static void
test_links_lead_somewhere (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr(GPtrArray) guide = load (languages[i]);

      for (guint c = 0; c < guide->len; c++)
        check_links (guide, guide->pdata[c], languages[i]);
    }
}

static guint
count_type (GtkWidget *widget,
            GType      type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (widget, type);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += count_type (child, type);
  return n;
}

static void
test_text_becomes_widgets (void)
{
  GtkWidget *text = g_object_ref_sink (gxc_guide_text_new ("# A & B\n\nOne **bold** [two](sync.md).\n\n- x\n- y\n\n1. z\n", "en"));
  GtkWidget *heading = gtk_widget_get_first_child (text);

  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (heading)), ==, "A & B");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_next_sibling (heading))), ==, "One bold two.");
  g_assert_cmpuint (count_type (text, GTK_TYPE_LABEL), ==, 8);      /* three lines, and a mark with each of them */
  g_assert_finalize_object (text);
}

static void
test_found_by_words (void)
{
  g_autoptr(GPtrArray) guide = load ("zh_CN");
  g_autoptr(GPtrArray) all = gxc_guide_find (guide, "");
  g_autoptr(GPtrArray) in_title = gxc_guide_find (guide, "时间线");
  g_autoptr(GPtrArray) nowhere = gxc_guide_find (guide, "xyzzy");

  g_assert_cmpuint (all->len, ==, guide->len);
  g_assert_cmpstr (((GxcChapter *) in_title->pdata[0])->name, ==, "timeline");
  g_assert_cmpuint (in_title->len, >, 1);
  g_assert_cmpuint (nowhere->len, ==, 0);
}

static void
test_opens_at_a_chapter (void)
{
  GtkWidget *window = gxc_guide_window_new (NULL, "en");

  gxc_guide_window_show (GXC_GUIDE_WINDOW (window), "sync");
  gxt_wait_shown (GTK_WINDOW (window));
  gxt_wait_ms (300);      /* what comes with a window must not lead on */
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Sync and offline");
  gtk_widget_activate_action (window, "guide.show", "s", "no such chapter");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Your first day");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/guide/both_languages_have_the_same_chapters", test_both_languages_have_the_same_chapters);
  g_test_add_func ("/ui/guide/both_languages_tell_of_the_same_keys", test_both_languages_tell_of_the_same_keys);
  g_test_add_func ("/ui/guide/links_lead_somewhere", test_links_lead_somewhere);
  g_test_add_func ("/ui/guide/text_becomes_widgets", test_text_becomes_widgets);
  g_test_add_func ("/ui/guide/found_by_words", test_found_by_words);
  g_test_add_func ("/ui/guide/opens_at_a_chapter", test_opens_at_a_chapter);
  return g_test_run ();
}
