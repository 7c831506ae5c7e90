/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  GXC_PAPER_IMAGE,
  GXC_PAPER_PDF,
  GXC_PAPER_TEXT,
  GXC_PAPER_OTHER,          /* can be saved, not shown */
} GxcPaperKind;

#define GXC_PAPER_MAX_PAGES 200
#define GXC_PAPER_MAX_PX    4096        /* of a drawn side; what is larger is drawn smaller */
#define GXC_PAPER_MAX_TEXT  262144      /* bytes of a text that are shown */
#define GXC_PAPER_PATIENCE  10          /* seconds until a drawing is given up */

/**
 * GxcPaperPage: one page as it was drawn.
 */
typedef struct
{
  GdkTexture *texture;      /* (owned) */
  guint       n_pages;      /* of the paper; those over the limit are not shown */
} GxcPaperPage;

GxcPaperKind  gxc_paper_sniff       (GBytes *bytes, const char **out_mime);
const char   *gxc_paper_extension   (GBytes *bytes);
char         *gxc_paper_dup_text    (GBytes *bytes, gboolean *out_cut);
void          gxc_paper_draw        (GBytes *bytes, guint page, double zoom, guint quarters, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
void          gxc_paper_draw_small  (GBytes *bytes, guint size, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GxcPaperPage *gxc_paper_finish_draw (GAsyncResult *result, GError **error);
void          gxc_paper_page_free   (GxcPaperPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcPaperPage, gxc_paper_page_free)

G_END_DECLS
