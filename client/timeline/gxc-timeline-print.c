/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A timeline's way to a printer or a file: A4 landscape unless the dialog says otherwise. What is on the pages is
 * gxc-timeline-paper.c's. How it went is said at the window's foot. */

#include "gxc-timeline-print.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

#include "gxc-compat.h"

#define PX_PER_POINT (96.0 / 72)

static void
on_begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  GxcTimelinePaper *paper = data;
  PangoContext *pango = gtk_print_context_create_pango_context (context);
  cairo_surface_t *surface = cairo_get_target (gtk_print_context_get_cairo_context (context));

  if (cairo_surface_get_type (surface) == CAIRO_SURFACE_TYPE_PDF)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, gxc_timeline_paper_get_title (paper));
  gtk_print_operation_set_n_pages (operation, gxc_timeline_paper_begin (paper, pango, gtk_print_context_get_width (context) * PX_PER_POINT,
                                                                        gtk_print_context_get_height (context) * PX_PER_POINT));
  g_object_unref (pango);
}

static void
on_draw_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);

  cairo_save (cr);
  cairo_scale (cr, 1 / PX_PER_POINT, 1 / PX_PER_POINT);
  gxc_timeline_paper_draw (data, cr, page);
  cairo_restore (cr);
}

static GtkPrintOperation *
make_operation (GxcTimelinePaper *paper)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr(GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr(GtkPaperSize) size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  gtk_page_setup_set_orientation (setup, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_page_setup_set_top_margin (setup, 12, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, 12, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, 14, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, 14, GTK_UNIT_MM);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, _("Life cycle"));
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_cb), paper);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_cb), paper);
  return operation;
}

/** gxc_timeline_export_pdf: whether @file was written; FALSE with @error set; a paper is drawn once */
gboolean
gxc_timeline_export_pdf (GxcTimelinePaper  *paper,
                         GFile             *file,
                         GError           **error)
{
  g_autoptr(GtkPrintOperation) operation = make_operation (paper);

  gtk_print_operation_set_export_filename (operation, g_file_peek_path (file));
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, error) != GTK_PRINT_OPERATION_RESULT_ERROR;
}

/* --- by a person ---------------------------------------------------------------------------------------------------- */

typedef struct
{
  GtkWidget        *widget;     /* (owned) */
  GxcTimelinePaper *paper;      /* (owned) */
} Export;

static void
say (GtkWidget *widget, const char *words)
{
  if (gtk_widget_get_root (widget))
    gtk_widget_activate_action (widget, "win.toast", "s", words);
}

static void
say_failure (GtkWidget *widget, const GError *error)
{
  g_autofree char *words = g_strdup_printf (_("Not printed: %s"), error->message);

  say (widget, words);
}

static void
on_file_cb (gpointer data, GFile *file)
{
  Export *export = data;
  g_autoptr(GError) error = NULL;

  if (file && gxc_timeline_export_pdf (export->paper, file, &error))
    {
      g_autofree char *name = g_file_get_basename (file), *words = g_strdup_printf (_("Saved as “%s”"), name);

      say (export->widget, words);
    }
  else if (error)
    say_failure (export->widget, error);
  gxc_timeline_paper_free (export->paper);
  g_object_unref (export->widget);
  g_free (export);
}

/** gxc_timeline_save_pdf: asks for a file; @paper is (transfer full); without a choice nothing happens */
void
gxc_timeline_save_pdf (GtkWidget        *widget,
                       GxcTimelinePaper *paper)
{
  g_autofree char *name = g_strdup_printf ("%s.pdf", gxc_timeline_paper_get_title (paper));
  Export *export = g_new0 (Export, 1);

  export->widget = g_object_ref (widget);
  export->paper = paper;
  g_strdelimit (name, "/*", '_');       /* a mask is no name of a file */
  gxc_compat_save_file (widget, _("Save as PDF"), name, on_file_cb, export);
}

static void
on_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer widget)
{
  g_autoptr(GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  if (error)
    say_failure (widget, error);
}

/** gxc_timeline_print: asks for a printer; @paper is (transfer full) */
void
gxc_timeline_print (GtkWidget        *widget,
                    GxcTimelinePaper *paper)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr(GtkPrintOperation) operation = make_operation (paper);

  g_object_set_data_full (G_OBJECT (operation), "gxc-paper", paper, (GDestroyNotify) gxc_timeline_paper_free);
  g_signal_connect_object (operation, "done", G_CALLBACK (on_done_cb), widget, 0);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}
