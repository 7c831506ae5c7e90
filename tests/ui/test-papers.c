/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents of unknown origin: told by their bytes, drawn within limits, refused with a reason; the window never waits. */

#include <adwaita.h>
#include <string.h>

#include "gx-error.h"
#include "gxc-paper-view.h"
#include "gxc-paper.h"
#include "gxc-shell.h"
#include "gxt-find.h"
#include "gxt-screenshot.h"

#define BYTES(text) g_bytes_new_static (text, sizeof text - 1)

static const char two_pages[] =
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj\n"
  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\n4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 90000 100]>>endobj\n"
  "trailer<</Root 1 0 R>>\n%%EOF\n";

/* A head that promises 200,000 × 200,000 pixels. */
static const char huge_png[] =
  "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x03\x0d\x40\0\x03\x0d\x40\x08\x06\0\0\0\xf9\x3b\x88\x0a\0\0\0\0IDAT\x35\xaf\x06\x1e";

static void
test_sniffs (void)
{
  static const struct { const char *bytes; gsize length; GxcPaperKind kind; const char *mime; } cases[] = {
    { two_pages, sizeof two_pages - 1, GXC_PAPER_PDF, "application/pdf" }, { huge_png, sizeof huge_png - 1, GXC_PAPER_IMAGE, "image/png" },
    { "姓名：张明远\n", 19, GXC_PAPER_TEXT, "text/plain" }, { "a\0b", 3, GXC_PAPER_OTHER, "application/octet-stream" },
    { "\x1b[31mred", 8, GXC_PAPER_OTHER, "application/octet-stream" }, { "", 0, GXC_PAPER_OTHER, "application/octet-stream" },
    { "\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe", 10, GXC_PAPER_OTHER, "application/octet-stream" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (cases[i].bytes, cases[i].length);
      const char *mime;

      g_test_message ("%u", i);
      g_assert_cmpint (gxc_paper_sniff (bytes, &mime), ==, cases[i].kind);
      g_assert_cmpstr (mime, ==, cases[i].mime);
    }
}

static void
test_long_text_is_cut (void)
{
  g_autofree char *text = g_strnfill (GXC_PAPER_MAX_TEXT + 10, 'x');
  g_autoptr(GBytes) bytes = g_bytes_new (text, GXC_PAPER_MAX_TEXT + 10);
  gboolean cut;
  g_autofree char *shown = gxc_paper_dup_text (bytes, &cut);

  g_assert_true (cut);
  g_assert_cmpuint (strlen (shown), ==, GXC_PAPER_MAX_TEXT);
}

static void
on_drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GxcPaperPage *
draw (GBytes *bytes, guint page, double zoom, guint quarters, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gxc_paper_draw (bytes, page, zoom, quarters, NULL, on_drawn_cb, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return gxc_paper_finish_draw (result, error);
}

static void
assert_size (GBytes *bytes, guint page, double zoom, guint quarters, int width, int height)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcPaperPage) drawn = draw (bytes, page, zoom, quarters, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (drawn->n_pages, ==, 2);
  g_assert_cmpint (gdk_texture_get_width (drawn->texture), ==, width);
  g_assert_cmpint (gdk_texture_get_height (drawn->texture), ==, height);
}

static void
test_draws_pages (void)
{
  g_autoptr(GBytes) bytes = BYTES (two_pages);

  assert_size (bytes, 0, 1, 0, 300, 150);
  assert_size (bytes, 0, 2, 0, 600, 300);
  assert_size (bytes, 0, 1, 1, 150, 300);                                    /* turned */
  assert_size (bytes, 1, 5, 0, GXC_PAPER_MAX_PX, 4);                         /* never larger than the limit */
  assert_size (bytes, 9, 1, 0, GXC_PAPER_MAX_PX, 4);                         /* past the end is the last */
}

static void
test_refuses (void)
{
  g_autoptr(GBytes) huge = BYTES (huge_png), broken = BYTES ("%PDF-1.7 and nothing behind it");
  g_autoptr(GError) error = NULL;

  g_assert_null (draw (huge, 0, 1, 0, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (draw (broken, 0, 1, 0, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "is damaged and cannot be shown"));
}

/* A JPEG of that size, held as @orientation says (TIFF's tag 274). */
static GBytes *
make_photograph (int width, int height, guint8 orientation)
{
  const guint8 exif[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation,
                          0, 0, 0, 0, 0, 0 };
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autofree char *jpeg = NULL;
  GByteArray *bytes = g_byte_array_new ();
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0x3584e4ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &jpeg, &size, "jpeg", NULL, NULL));
  g_byte_array_append (bytes, (guint8 *) jpeg, 2);
  g_byte_array_append (bytes, exif, sizeof exif);
  g_byte_array_append (bytes, (guint8 *) jpeg + 2, size - 2);
  return g_byte_array_free_to_bytes (bytes);
}

static void
test_photographs_stand_upright (void)
{
  for (guint8 orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr(GBytes) bytes = make_photograph (40, 20, orientation);
      g_autoptr(GError) error = NULL;
      g_autoptr(GxcPaperPage) drawn = draw (bytes, 0, 1, 0, &error);
      gboolean lies = orientation >= 5;

      g_assert_no_error (error);
      g_assert_cmpint (gdk_texture_get_width (drawn->texture), ==, lies ? 20 : 40);
      g_assert_cmpint (gdk_texture_get_height (drawn->texture), ==, lies ? 40 : 20);
    }
}

static GxcPaperPage *
draw_small (GBytes *bytes, guint size, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gxc_paper_draw_small (bytes, size, NULL, on_drawn_cb, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return gxc_paper_finish_draw (result, error);
}

static void
test_small_ones_have_their_size (void)
{
  g_autoptr(GBytes) paper = BYTES (two_pages), photograph = make_photograph (400, 200, 6), small = make_photograph (16, 8, 1), text = BYTES ("only words");
  struct { GBytes *bytes; int width, height; } cases[] = { { paper, 96, 48 }, { photograph, 48, 96 }, { small, 16, 8 } };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GxcPaperPage) drawn = draw_small (cases[i].bytes, 96, &error);

      g_assert_no_error (error);
      g_assert_cmpint (gdk_texture_get_width (drawn->texture), ==, cases[i].width);
      g_assert_cmpint (gdk_texture_get_height (drawn->texture), ==, cases[i].height);
    }
  g_assert_null (draw_small (text, 96, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
}

static void
test_cancelled_is_told (void)
{
  g_autoptr(GBytes) bytes = BYTES (two_pages);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  gxc_paper_draw (bytes, 0, 1, 0, cancellable, on_drawn_cb, &result);
  g_cancellable_cancel (cancellable);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (gxc_paper_finish_draw (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
go (GtkWidget *window, GtkWidget *view, const char *action, const char *words)
{
  gtk_widget_activate_action (view, action, NULL);
  g_assert_true (gxt_wait_saying (window, words, 1));
}

static void
test_view_says_what_it_is (void)
{
  g_autoptr(GBytes) page = BYTES (two_pages), text = BYTES ("姓名：张明远\n"), other = g_bytes_new ("PK\x03\x04\0\0", 6);
  GtkWidget *window = gtk_window_new (), *view = gxc_paper_view_new ();
  g_autofree char *state = NULL;

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  gxc_paper_view_show (GXC_PAPER_VIEW (view), "proof.pdf", page);
  g_assert_true (gxt_wait_saying (window, "page 1 of 2", 1));
  go (window, view, "paper.next", "page 2 of 2");
  go (window, view, "paper.previous", "page 1 of 2");
  go (window, view, "paper.last", "page 2 of 2");
  go (window, view, "paper.next", "page 2 of 2");         /* there is none: it stays */
  go (window, view, "paper.first", "page 1 of 2");

  gxc_paper_view_show (GXC_PAPER_VIEW (view), "note.txt", text);
  state = gxc_paper_view_dup_state (GXC_PAPER_VIEW (view));
  g_assert_cmpstr (state, ==, "text");
  gxc_paper_view_show (GXC_PAPER_VIEW (view), "papers.zip", other);
  g_free (state);
  state = gxc_paper_view_dup_state (GXC_PAPER_VIEW (view));
  g_assert_nonnull (strstr (state, "6 bytes"));
  g_assert_nonnull (strstr (state, "it is not shown here"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gxc_shell_init ();
  g_test_add_func ("/papers/sniff/by_the_bytes", test_sniffs);
  g_test_add_func ("/papers/text/long_one_is_cut", test_long_text_is_cut);
  g_test_add_func ("/papers/draw/pages_within_limits", test_draws_pages);
  g_test_add_func ("/papers/draw/refuses_with_a_reason", test_refuses);
  g_test_add_func ("/papers/draw/photographs_stand_upright", test_photographs_stand_upright);
  g_test_add_func ("/papers/draw/small_ones_have_their_size", test_small_ones_have_their_size);
  g_test_add_func ("/papers/draw/cancelled_is_told", test_cancelled_is_told);
  g_test_add_func ("/papers/view/says_what_it_is", test_view_says_what_it_is);
  return g_test_run ();
}
