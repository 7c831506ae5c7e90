/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A paper's way to a printer or a file. What is on the pages is the paper's own business; how it went is said at the window's
 * foot. */

#include "gxc-print.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

#include "gxc-compat.h"

#define PX_PER_POINT (96.0 / 72)

/* One paper under way. */
typedef struct
{
  const GxcPrintOps *ops;
  gpointer           paper;     /* (owned by who printed, or with the job) */
  GtkWidget         *widget;    /* (owned) (nullable) */
} Job;

static Job *
job_new (const GxcPrintOps *ops, gpointer paper, GtkWidget *widget)
{
  Job *job = g_new (Job, 1);

  *job = (Job) { ops, paper, widget ? g_object_ref (widget) : NULL };
  return job;
}

static void
job_free_with_paper (gpointer data)
{
  Job *job = data;

  job->ops->free (job->paper);
  g_clear_object (&job->widget);
  g_free (job);
}

static void
on_begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  const Job *job = data;
  PangoContext *pango = gtk_print_context_create_pango_context (context);
  cairo_surface_t *surface = cairo_get_target (gtk_print_context_get_cairo_context (context));

  if (cairo_surface_get_type (surface) == CAIRO_SURFACE_TYPE_PDF)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, job->ops->get_title (job->paper));
  gtk_print_operation_set_n_pages (operation, job->ops->begin (job->paper, pango, gtk_print_context_get_width (context) * PX_PER_POINT,
                                                               gtk_print_context_get_height (context) * PX_PER_POINT));
  g_object_unref (pango);
}

static void
on_draw_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  const Job *job = data;
  cairo_t *cr = gtk_print_context_get_cairo_context (context);

  cairo_save (cr);
  cairo_scale (cr, 1 / PX_PER_POINT, 1 / PX_PER_POINT);
  job->ops->draw (job->paper, cr, page);
  cairo_restore (cr);
}

static GtkPageSetup *
make_setup (const GxcPrintOps *ops)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  g_autoptr(GtkPaperSize) size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  gtk_page_setup_set_orientation (setup, ops->landscape ? GTK_PAGE_ORIENTATION_LANDSCAPE : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_page_setup_set_top_margin (setup, 12, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, 12, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, 14, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, 14, GTK_UNIT_MM);
  return setup;
}

/* @job must live as long as the operation. */
static GtkPrintOperation *
make_operation (Job *job)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr(GtkPageSetup) setup = make_setup (job->ops);

  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, job->ops->get_job ());
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_cb), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_cb), job);
  return operation;
}

/** gxc_print_export: whether @file was written; FALSE with @error set; @paper stays the caller's and is drawn once */
gboolean
gxc_print_export (const GxcPrintOps  *ops,
                  gpointer            paper,
                  GFile              *file,
                  GError            **error)
{
  Job job = { ops, paper, NULL };
  g_autoptr(GtkPrintOperation) operation = make_operation (&job);

  gtk_print_operation_set_export_filename (operation, g_file_peek_path (file));
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, error) != GTK_PRINT_OPERATION_RESULT_ERROR;
}

/* --- by a person ---------------------------------------------------------------------------------------------------- */

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
  Job *job = data;
  g_autoptr(GError) error = NULL;

  if (file && gxc_print_export (job->ops, job->paper, file, &error))
    {
      g_autofree char *name = g_file_get_basename (file), *words = g_strdup_printf (_("Saved as “%s”"), name);

      say (job->widget, words);
    }
  else if (error)
    say_failure (job->widget, error);
  job_free_with_paper (job);
}

/** gxc_print_save_pdf: asks for a file; @paper is (transfer full); without a choice nothing happens */
void
gxc_print_save_pdf (GtkWidget         *widget,
                    const GxcPrintOps *ops,
                    gpointer           paper)
{
  g_autofree char *name = g_strdup_printf ("%s.pdf", ops->get_title (paper));

  g_strdelimit (name, "/*", '_');       /* a mask is no name of a file */
  gxc_compat_save_file (widget, _("Save as PDF"), name, on_file_cb, job_new (ops, paper, widget));
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

/** gxc_print: asks for a printer; @paper is (transfer full) */
void
gxc_print (GtkWidget         *widget,
           const GxcPrintOps *ops,
           gpointer           paper)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  Job *job = job_new (ops, paper, NULL);
  g_autoptr(GtkPrintOperation) operation = make_operation (job);

  g_object_set_data_full (G_OBJECT (operation), "gxc-job", job, job_free_with_paper);
  g_signal_connect_object (operation, "done", G_CALLBACK (on_done_cb), widget, 0);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}
