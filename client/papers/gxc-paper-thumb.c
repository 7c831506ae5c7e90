/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document, small: its first page or the whole image in a frame that is always of one size, before and after it is drawn.
 * Of what cannot be drawn an icon. It takes bytes and fetches nothing; what it is called stands beside it, not in it. */

#include "gxc-paper-thumb.h"

#include "gxc-look.h"
#include "gxc-paper.h"

#define WIDTH  132          /* px at 100 % text */
#define HEIGHT 76

struct _GxcPaperThumb
{
  AdwBin        parent_instance;

  GCancellable *cancellable;    /* (owned) (nullable): of the drawing under way */
  guint         n_pages;        /* 0: not known */
};

G_DEFINE_FINAL_TYPE (GxcPaperThumb, gxc_paper_thumb, ADW_TYPE_BIN)

enum { DRAWN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
stop (GxcPaperThumb *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
gxc_paper_thumb_dispose (GObject *object)
{
  stop (GXC_PAPER_THUMB (object));
  G_OBJECT_CLASS (gxc_paper_thumb_parent_class)->dispose (object);
}

static void
gxc_paper_thumb_class_init (GxcPaperThumbClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_paper_thumb_dispose;
  signals[DRAWN] = g_signal_new ("drawn", GXC_TYPE_PAPER_THUMB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_paper_thumb_init (GxcPaperThumb *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "gx-thumb");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/** gxc_paper_thumb_new: an empty frame; emits "drawn" when there is a picture in it */
GtkWidget *
gxc_paper_thumb_new (void)
{
  GtkWidget *self = g_object_new (GXC_TYPE_PAPER_THUMB, NULL);
  double scale = gxc_look_scale (self);

  gtk_widget_set_size_request (self, WIDTH * scale, HEIGHT * scale);
  return self;
}

/* Over the frame, not in it: what is drawn never makes it larger. */
static void
show_picture (GxcPaperThumb *self, GdkTexture *texture)
{
  GtkWidget *overlay = gtk_overlay_new ();

  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), g_object_new (GTK_TYPE_PICTURE, "paintable", texture, "can-shrink", TRUE, "accessible-role",
                                                                GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  adw_bin_set_child (ADW_BIN (self), overlay);
}

typedef struct
{
  GxcPaperThumb *self;
  GCancellable  *cancellable;
} Drawing;

/* One that was stopped may have been ready already. */
static void
on_drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Drawing *drawing = data;
  g_autoptr(GxcPaperThumb) self = drawing->self;
  g_autoptr(GCancellable) cancellable = drawing->cancellable;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcPaperPage) page = gxc_paper_finish_draw (result, &error);

  if (g_cancellable_is_cancelled (cancellable))
    return;
  if (!page)
    {
      gxc_paper_thumb_show_icon (self, "dialog-warning-symbolic");
      return;
    }
  self->n_pages = page->n_pages;
  show_picture (self, page->texture);
  g_signal_emit (self, signals[DRAWN], 0);
}

/** gxc_paper_thumb_show: draws @bytes, in a thread, if they are an image or a PDF; else an icon says that there is a document */
void
gxc_paper_thumb_show (GxcPaperThumb *self,
                      GBytes        *bytes)
{
  GxcPaperKind kind = gxc_paper_sniff (bytes, NULL);
  Drawing *drawing;

  stop (self);
  if (kind != GXC_PAPER_IMAGE && kind != GXC_PAPER_PDF)
    {
      gxc_paper_thumb_show_icon (self, kind == GXC_PAPER_TEXT ? "text-x-generic-symbolic" : "x-office-document-symbolic");
      return;
    }
  self->cancellable = g_cancellable_new ();
  drawing = g_new (Drawing, 1);
  *drawing = (Drawing) { g_object_ref (self), g_object_ref (self->cancellable) };
  gxc_paper_draw_small (bytes, WIDTH * gxc_look_scale (GTK_WIDGET (self)) * gtk_widget_get_scale_factor (GTK_WIDGET (self)), self->cancellable,
                        on_drawn_cb, drawing);
}

/** gxc_paper_thumb_show_icon: in the document's place */
void
gxc_paper_thumb_show_icon (GxcPaperThumb *self,
                           const char    *icon_name)
{
  stop (self);
  self->n_pages = 0;
  adw_bin_set_child (ADW_BIN (self), g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "pixel-size", 32, "accessible-role",
                                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
}

/** gxc_paper_thumb_get_n_pages: of what is drawn; 0 while nothing is */
guint
gxc_paper_thumb_get_n_pages (GxcPaperThumb *self)
{
  return self->n_pages;
}
