/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document of unknown origin made visible: what it is by its first bytes (never by its name), and one page of it as a
 * texture. Whoever made it may mean harm: it is drawn in a thread of its own, never larger than a limit, and after a
 * patience the window goes on without it. What hangs in that thread hangs there alone. Nothing is run, opened or fetched:
 * scripts, links and forms of a PDF do not exist here. */

#include "gxc-paper.h"

#include <cairo.h>
#include <glib/gi18n.h>
#include <poppler.h>
#include <string.h>

#include "gx-error.h"
#include "gx-media.h"

static const struct { const char *magic; gsize length; GxcPaperKind kind; const char *mime, *extension; } magics[] = {
  { "%PDF-", 5, GXC_PAPER_PDF, "application/pdf", "pdf" },
  { "\x89PNG\r\n\x1a\n", 8, GXC_PAPER_IMAGE, "image/png", "png" },
  { "\xff\xd8\xff", 3, GXC_PAPER_IMAGE, "image/jpeg", "jpg" },
  { "GIF8", 4, GXC_PAPER_IMAGE, "image/gif", "gif" },
  { "II*\0", 4, GXC_PAPER_IMAGE, "image/tiff", "tif" },
  { "MM\0*", 4, GXC_PAPER_IMAGE, "image/tiff", "tif" },
};

/**
 * gxc_paper_sniff:
 * @out_mime: (out) (nullable): borrowed
 */
GxcPaperKind
gxc_paper_sniff (GBytes      *bytes,
                 const char **out_mime)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size), *mime = "application/octet-stream";
  GxcPaperKind kind = GXC_PAPER_OTHER;
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (magics) && kind == GXC_PAPER_OTHER; i++)
    if (size >= magics[i].length && memcmp (data, magics[i].magic, magics[i].length) == 0)
      {
        kind = magics[i].kind;
        mime = magics[i].mime;
      }
  if (kind == GXC_PAPER_OTHER && (text = gxc_paper_dup_text (bytes, NULL)))
    {
      kind = GXC_PAPER_TEXT;
      mime = "text/plain";
    }
  if (out_mime)
    *out_mime = mime;
  return kind;
}

/**
 * gxc_paper_extension:
 *
 * Returns: (nullable) (transfer none): how the name of a file with these bytes ends, without the dot; %NULL if they tell nothing
 */
const char *
gxc_paper_extension (GBytes *bytes)
{
  const char *mime;
  GxcPaperKind kind = gxc_paper_sniff (bytes, &mime);

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (g_str_equal (magics[i].mime, mime))
      return magics[i].extension;
  return kind == GXC_PAPER_TEXT ? "txt" : NULL;
}

/**
 * gxc_paper_dup_text:
 * @out_cut: (out) (nullable): whether there is more of it
 *
 * Returns: (transfer full) (nullable): the beginning as text, %NULL if it is none: not UTF-8, or with control characters
 */
char *
gxc_paper_dup_text (GBytes   *bytes,
                    gboolean *out_cut)
{
  gsize size, shown;
  const char *data = g_bytes_get_data (bytes, &size), *end;

  shown = MIN (size, GXC_PAPER_MAX_TEXT);
  if (out_cut)
    *out_cut = shown < size;
  if (size == 0 || memchr (data, '\0', shown))
    return NULL;
  if (!g_utf8_validate (data, shown, &end) && (shown == size || end < data + shown - 6))
    return NULL;
  for (const char *p = data; p < end; p++)
    if ((guchar) *p < 0x20 && !strchr ("\t\n\r\f", *p))
      return NULL;
  return g_strndup (data, end - data);
}

void
gxc_paper_page_free (GxcPaperPage *page)
{
  g_clear_object (&page->texture);
  g_free (page);
}

/* --- in the thread ------------------------------------------------------------------------------------------------ */

typedef struct
{
  GBytes      *bytes;
  GCancellable *patience;   /* cancelled when time is up, or the caller's was */
  guint        page, quarters;
  double       zoom;        /* 0: as large as @limit */
  guint        limit;       /* px of the longer side */
  guint        timer;
  gboolean     late;
} Drawing;

static void
drawing_free (gpointer data)
{
  Drawing *drawing = data;

  g_bytes_unref (drawing->bytes);
  g_object_unref (drawing->patience);
  g_free (drawing);
}

static GxcPaperPage *
page_new (GBytes *pixels, int width, int height, int stride, GdkMemoryFormat format, guint n_pages)
{
  GxcPaperPage *page = g_new (GxcPaperPage, 1);

  *page = (GxcPaperPage) { gdk_memory_texture_new (width, height, format, pixels, stride), n_pages };
  return page;
}

/* Turned by quarters about its middle, upright on white. */
static cairo_surface_t *
draw_page (PopplerPage *page, const Drawing *drawing)
{
  double width, height, scale;
  gboolean lies = drawing->quarters % 2;
  cairo_surface_t *surface;
  cairo_t *cr;

  poppler_page_get_size (page, &width, &height);
  if (!(width >= 1) || !(height >= 1))
    return NULL;
  scale = drawing->limit / MAX (width, height);
  if (drawing->zoom > 0)
    scale = MIN (drawing->zoom * 1.5, scale);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (1, (lies ? height : width) * scale), MAX (1, (lies ? width : height) * scale));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, cairo_image_surface_get_width (surface) / 2.0, cairo_image_surface_get_height (surface) / 2.0);
  cairo_rotate (cr, drawing->quarters * G_PI / 2);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -width / 2, -height / 2);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static GxcPaperPage *
page_of_surface (cairo_surface_t *surface, guint n_pages)
{
  int stride = cairo_image_surface_get_stride (surface), width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  g_autoptr(GBytes) pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), (gsize) stride * height,
                                                         (GDestroyNotify) cairo_surface_destroy, surface);

  return page_new (pixels, width, height, stride, GDK_MEMORY_DEFAULT, n_pages);
}

static GxcPaperPage *
draw_pdf (const Drawing *drawing, GError **error)
{
  PopplerDocument *document = poppler_document_new_from_bytes (drawing->bytes, NULL, error);
  PopplerPage *page;
  cairo_surface_t *surface;
  int n_pages;

  if (!document)
    return NULL;
  n_pages = poppler_document_get_n_pages (document);
  page = n_pages > 0 && drawing->page < GXC_PAPER_MAX_PAGES ? poppler_document_get_page (document, MIN ((int) drawing->page, n_pages - 1)) : NULL;
  surface = page ? draw_page (page, drawing) : NULL;
  g_clear_object (&page);
  g_object_unref (document);
  if (surface && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    return page_of_surface (surface, n_pages);
  g_clear_pointer (&surface, cairo_surface_destroy);
  gx_fail (error, GX_ERROR_INVALID, _("The document has no page that can be drawn."));
  return NULL;
}

typedef struct
{
  guint    limit;
  gboolean too_large;
} Limit;

static gboolean
has_room (gint64 width, gint64 height)
{
  return width * height <= GX_IMAGE_PIXELS_MAX;
}

static void
on_size_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Limit *limit = data;
  double share = (double) limit->limit / MAX (MAX (width, height), 1);

  if (!has_room (width, height))
    {
      limit->too_large = TRUE;
      gdk_pixbuf_loader_set_size (loader, 1, 1);
    }
  else if (share < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, width * share), MAX (1, height * share));
}

/* An image of a billion pixels is refused by its head, before the loader asks for the memory of all of them; where only the
 * loader can read the head, by what that says. */
static GdkPixbuf *
load_image (const Drawing *drawing, GError **error)
{
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  Limit limit = { drawing->limit, FALSE };
  gboolean written = FALSE;
  GdkPixbuf *pixbuf;
  GxMedia media;

  gx_media_look (drawing->bytes, &media);
  limit.too_large = !has_room (media.width, media.height);
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_cb), &limit);
  if (!limit.too_large)
    written = gdk_pixbuf_loader_write_bytes (loader, drawing->bytes, error);
  if (!gdk_pixbuf_loader_close (loader, written ? error : NULL))
    written = FALSE;
  if (limit.too_large)
    {
      g_clear_error (error);
      gx_fail (error, GX_ERROR_TOO_LARGE, _("The image has too many pixels to be shown."));
    }
  if (limit.too_large || !written)
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  return pixbuf ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

static GxcPaperPage *
draw_image (const Drawing *drawing, GError **error)
{
  static const GdkPixbufRotation rotations[] = { GDK_PIXBUF_ROTATE_NONE, GDK_PIXBUF_ROTATE_CLOCKWISE, GDK_PIXBUF_ROTATE_UPSIDEDOWN,
                                                 GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE };
  g_autoptr(GdkPixbuf) loaded = load_image (drawing, error), turned = NULL;
  g_autoptr(GBytes) pixels = NULL;

  if (!loaded)
    return error && *error ? NULL : (gx_fail (error, GX_ERROR_INVALID, _("The image cannot be read.")), NULL);
  turned = gdk_pixbuf_rotate_simple (loaded, rotations[drawing->quarters % 4]);
  pixels = gdk_pixbuf_read_pixel_bytes (turned);
  return page_new (pixels, gdk_pixbuf_get_width (turned), gdk_pixbuf_get_height (turned), gdk_pixbuf_get_rowstride (turned),
                   gdk_pixbuf_get_has_alpha (turned) ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8, 1);
}

/* What a reader says of a broken file is for its programmers, and in their language. */
static GError *
say_plainly (GError *error)
{
  GError *plain = NULL;

  if (error->domain == GX_ERROR)
    return error;
  if (g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    gx_fail (&plain, GX_ERROR_INVALID, _("The document is locked with a password. It can be saved, but not shown here."));
  else
    gx_fail (&plain, GX_ERROR_INVALID, _("The document is damaged and cannot be shown. Ask for it again; what there is of it can be saved."));
  g_error_free (error);
  return plain;
}

static void
draw_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  const Drawing *drawing = data;
  GxcPaperPage *page = gxc_paper_sniff (drawing->bytes, NULL) == GXC_PAPER_PDF ? draw_pdf (drawing, &error) : draw_image (drawing, &error);

  if (page)
    g_task_return_pointer (task, page, (GDestroyNotify) gxc_paper_page_free);
  else
    g_task_return_error (task, say_plainly (error));
}

/* --- from the window ---------------------------------------------------------------------------------------------- */

static gboolean
on_time_up_cb (gpointer task)
{
  Drawing *drawing = g_task_get_task_data (task);

  drawing->timer = 0;
  drawing->late = TRUE;
  g_cancellable_cancel (drawing->patience);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled_cb (GCancellable *cancellable, GCancellable *patience)
{
  g_cancellable_cancel (patience);
}

/* The timer goes with the answer, or the thread would keep it. */
static void
on_completed_cb (GTask *task)
{
  Drawing *drawing = g_task_get_task_data (task);

  g_clear_handle_id (&drawing->timer, g_source_remove);
}

static void
begin_drawing (Drawing *drawing, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(GTask) task = NULL;

  drawing->patience = g_cancellable_new ();
  task = g_task_new (NULL, drawing->patience, callback, data);
  g_task_set_task_data (task, drawing, drawing_free);
  g_task_set_return_on_cancel (task, TRUE);
  if (cancellable)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled_cb), drawing->patience, 0);
  g_signal_connect (task, "notify::completed", G_CALLBACK (on_completed_cb), NULL);
  drawing->timer = g_timeout_add_seconds (GXC_PAPER_PATIENCE, on_time_up_cb, task);
  g_task_run_in_thread (task, draw_thread);
}

/**
 * gxc_paper_draw:
 * @bytes: an image or a PDF
 * @page: from 0; a page past the end is the last
 * @zoom: > 0; 1 is 100 %; of an image it is all the same
 * @quarters: turns to the right
 * @cancellable: (nullable)
 *
 * Draws in a thread; answers within %GXC_PAPER_PATIENCE seconds. An image stands as its camera was held.
 */
void
gxc_paper_draw (GBytes              *bytes,
                guint                page,
                double               zoom,
                guint                quarters,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             data)
{
  Drawing *drawing = g_new0 (Drawing, 1);

  *drawing = (Drawing) { .bytes = g_bytes_ref (bytes), .page = page, .quarters = quarters, .zoom = zoom, .limit = GXC_PAPER_MAX_PX };
  begin_drawing (drawing, cancellable, callback, data);
}

/**
 * gxc_paper_draw_small:
 * @bytes: an image or a PDF; of anything else there is none
 * @size: px of the longer side; an image that is smaller stays so
 * @cancellable: (nullable)
 *
 * Draws a thumbnail, the first page or the whole image, in a thread and within the limits of gxc_paper_draw(). It ends in
 * gxc_paper_finish_draw() too.
 */
void
gxc_paper_draw_small (GBytes              *bytes,
                      guint                size,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             data)
{
  Drawing *drawing = g_new0 (Drawing, 1);

  *drawing = (Drawing) { .bytes = g_bytes_ref (bytes), .limit = CLAMP (size, 1, GXC_PAPER_MAX_PX) };
  begin_drawing (drawing, cancellable, callback, data);
}

/**
 * gxc_paper_finish_draw:
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_TOO_LARGE, %GX_ERROR_INVALID, %GX_ERROR_BUSY if it took too long, G_IO_ERROR_CANCELLED, and those of the
 * readers
 */
GxcPaperPage *
gxc_paper_finish_draw (GAsyncResult  *result,
                       GError       **error)
{
  const Drawing *drawing = g_task_get_task_data (G_TASK (result));
  GError *local = NULL;
  GxcPaperPage *page = g_task_propagate_pointer (G_TASK (result), &local);

  if (page)
    return page;
  if (drawing->late)
    {
      g_error_free (local);
      gx_fail (error, GX_ERROR_BUSY, _("Drawing it takes too long. Save it and look at it elsewhere, with care."));
    }
  else
    g_propagate_error (error, local);
  return NULL;
}
