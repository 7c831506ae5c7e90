/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GxcPrintOps: a paper: something that knows its pages. Pages are drawn with 0, 0 at their upper left and px for units, of
 * which 96 are an inch.
 * @landscape: how an A4 page lies unless the dialog says otherwise
 * @get_job: what the printer's list calls it
 * @get_title: what the document and its file are called
 * @begin: called once, before the first page; gives how many there are
 */
typedef struct
{
  gboolean       landscape;
  const char  *(*get_job)   (void);
  const char  *(*get_title) (gpointer paper);
  int          (*begin)     (gpointer paper, PangoContext *context, double width, double height);
  void         (*draw)      (gpointer paper, cairo_t *cr, int page);
  GDestroyNotify free;
} GxcPrintOps;

void     gxc_print          (GtkWidget *widget, const GxcPrintOps *ops, gpointer paper);
void     gxc_print_save_pdf (GtkWidget *widget, const GxcPrintOps *ops, gpointer paper);
gboolean gxc_print_export   (const GxcPrintOps *ops, gpointer paper, GFile *file, GError **error);

G_END_DECLS
