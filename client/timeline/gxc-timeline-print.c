/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A timeline's way to a printer or a file: A4 landscape unless the dialog says otherwise. What is on the pages is
 * gxc-timeline-paper.c's, dialogs and files are gxc-print's. */

#include "gxc-timeline-print.h"

#include <glib/gi18n.h>

#include "gxc-print.h"

static const char *
get_job (void)
{
  return _("Life cycle");
}

static const char *
get_title (gpointer paper)
{
  return gxc_timeline_paper_get_title (paper);
}

static int
begin (gpointer paper, PangoContext *context, double width, double height)
{
  return gxc_timeline_paper_begin (paper, context, width, height);
}

static void
draw (gpointer paper, cairo_t *cr, int page)
{
  gxc_timeline_paper_draw (paper, cr, page);
}

static void
paper_free (gpointer paper)
{
  gxc_timeline_paper_free (paper);
}

static const GxcPrintOps ops = { TRUE, get_job, get_title, begin, draw, paper_free };

/** gxc_timeline_export_pdf: whether @file was written; FALSE with @error set; a paper is drawn once */
gboolean
gxc_timeline_export_pdf (GxcTimelinePaper  *paper,
                         GFile             *file,
                         GError           **error)
{
  return gxc_print_export (&ops, paper, file, error);
}

/** gxc_timeline_save_pdf: asks for a file; @paper is (transfer full); without a choice nothing happens */
void
gxc_timeline_save_pdf (GtkWidget        *widget,
                       GxcTimelinePaper *paper)
{
  gxc_print_save_pdf (widget, &ops, paper);
}

/** gxc_timeline_print: asks for a printer; @paper is (transfer full) */
void
gxc_timeline_print (GtkWidget        *widget,
                    GxcTimelinePaper *paper)
{
  gxc_print (widget, &ops, paper);
}
