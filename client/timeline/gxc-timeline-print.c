/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A timeline on paper: A4 landscape, the canvas's own picture of what is in sight on the first page, then every item as a
 * line. Always in the light colours. What the screen hides by the curtain or by rights, the model does not hold, so paper
 * cannot show it either. */

#include "gxc-timeline-print.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-clock.h"
#include "gxc-compat.h"
#include "gxc-format.h"
#include "gxc-timeline-paint.h"

#define LINE 17.0       /* px of a list's line; px are 1/96 inch on paper */
#define HEAD 44.0
#define FOOT 24.0

typedef struct
{
  GxcTimelineModel  *model;
  guint              groups;
  GxcTimelineScale   scale;
  char              *title;
  GPtrArray         *items;       /* (element-type GxcTimelineItem) (unowned) of the list, the newest first */
  guint              per_page;
  int                n_pages;
  PangoContext      *context;
  GxcTimelinePaint   paint;
  double             width, height;
} Job;

static const GdkRGBA *
light_colour (GxcToken token)
{
  static GdkRGBA colours[GXC_N_TOKENS];
  static gboolean parsed;

  for (GxcToken i = 0; !parsed && i < GXC_N_TOKENS; i++)
    gdk_rgba_parse (&colours[i], gxc_token_colour (i, GXC_SCHEME_LIGHT));
  parsed = TRUE;
  return &colours[token];
}

static void
free_job (gpointer data)
{
  Job *job = data;

  if (job->context)
    {
      gxc_timeline_paint_clear (&job->paint);
      g_object_unref (job->context);
    }
  gxc_timeline_model_unref (job->model);
  g_ptr_array_unref (job->items);
  g_free (job->title);
  g_free (job);
}

static Job *
make_job (GxcTimelineModel *model, guint groups, const GxcTimelineScale *scale, const char *title)
{
  Job *job = g_new0 (Job, 1);

  job->model = gxc_timeline_model_ref (model);
  job->groups = groups;
  job->scale = *scale;
  job->title = g_strdup (title);
  job->items = g_ptr_array_new ();
  for (const GxcTimelineItem *item = gxc_timeline_model_step (model, groups, NULL, -1); item; item = gxc_timeline_model_step (model, groups, item, -1))
    g_ptr_array_add (job->items, (gpointer) item);
  return job;
}

static void
on_begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  Job *job = data;

  job->width = gtk_print_context_get_width (context) * 96 / 72;
  job->height = gtk_print_context_get_height (context) * 96 / 72;
  job->context = gtk_print_context_create_pango_context (context);
  pango_cairo_context_set_resolution (job->context, 96);
  gxc_timeline_paint_init (&job->paint, job->context, light_colour);
  job->per_page = MAX (1, (guint) ((job->height - HEAD - FOOT) / LINE));
  job->n_pages = 1 + (int) ((job->items->len + job->per_page - 1) / job->per_page);
  gtk_print_operation_set_n_pages (operation, job->n_pages);
}

static void
draw_frame (Job *job, cairo_t *cr, int page)
{
  g_autofree char *date = gx_date_format (job->model->today), *as_of = g_strdup_printf (_("as of %s"), date);
  g_autofree char *number = g_strdup_printf (_("Page %d of %d"), page + 1, job->n_pages);

  gxc_timeline_paint_text (&job->paint, cr, job->title, TRUE, GXC_TOKEN_FG, 0, 12, 0);
  gxc_timeline_paint_text (&job->paint, cr, _("Life cycle"), FALSE, GXC_TOKEN_DIM, 0, 29, 0);
  gxc_timeline_paint_text (&job->paint, cr, as_of, FALSE, GXC_TOKEN_DIM, job->width, 12, 1);
  gxc_timeline_paint_text (&job->paint, cr, number, FALSE, GXC_TOKEN_DIM, job->width, job->height - 8, 1);
}

static void
draw_canvas (Job *job, cairo_t *cr)
{
  g_autoptr(GxcTimelineLayout) layout = gxc_timeline_layout_new ();
  double gutter = 110, height = job->height - HEAD - FOOT, least;
  GxcTimelineScale scale = job->scale;

  scale.per_day *= (job->width - gutter) / scale.width;
  scale.width = job->width - gutter;
  height = MIN (height, MAX (gxc_timeline_layout_natural (job->model, job->groups, 1, &least) + 80, least));
  gxc_timeline_layout_update (layout, job->model, job->groups, &scale, 1, gutter, height, gxc_timeline_paint_measure, &job->paint);
  cairo_save (cr);
  cairo_translate (cr, 0, HEAD);
  gxc_timeline_paint (&job->paint, cr, layout);
  gxc_timeline_paint_source (&job->paint, cr, GXC_TOKEN_LINE, 1);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, 0.5, 0.5, job->width - 1, height - 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_lines (Job *job, cairo_t *cr, guint first)
{
  for (guint i = 0; i < job->per_page && first + i < job->items->len; i++)
    {
      const GxcTimelineItem *item = g_ptr_array_index (job->items, first + i);
      g_autofree char *date = gx_date_format ((gint32) floor (item->at));
      double y = HEAD + (i + 0.5) * LINE;

      gxc_timeline_paint_text (&job->paint, cr, date, FALSE, GXC_TOKEN_DIM, 0, y, 0);
      gxc_timeline_paint_text (&job->paint, cr, item->what, TRUE, GXC_TOKEN_FG, 84, y, 0);
      cairo_save (cr);
      cairo_rectangle (cr, 190, y - LINE, job->width - 190 - 180, 2 * LINE);
      cairo_clip (cr);
      gxc_timeline_paint_text (&job->paint, cr, item->text ? item->text : "", FALSE, GXC_TOKEN_FG, 190, y, 0);
      cairo_restore (cr);
      gxc_timeline_paint_text (&job->paint, cr, item->aside ? item->aside : "", FALSE, GXC_TOKEN_DIM, job->width, y, 1);
    }
}

static void
on_draw_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  Job *job = data;
  cairo_t *cr = gtk_print_context_get_cairo_context (context);

  cairo_save (cr);
  cairo_scale (cr, 72.0 / 96, 72.0 / 96);
  draw_frame (job, cr, page);
  if (page == 0)
    draw_canvas (job, cr);
  else
    draw_lines (job, cr, (page - 1) * job->per_page);
  cairo_restore (cr);
}

static GtkPrintOperation *
make_operation (Job *job)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr(GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr(GtkPaperSize) paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (setup, paper);
  gtk_page_setup_set_orientation (setup, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_page_setup_set_top_margin (setup, 12, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, 12, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, 14, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, 14, GTK_UNIT_MM);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, _("Life cycle"));
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_cb), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_cb), job);
  g_object_set_data_full (G_OBJECT (operation), "gxc-job", job, free_job);
  return operation;
}

/**
 * gxc_timeline_export_pdf:
 * @scale: what of it the picture shows
 * @title: whose life it is
 *
 * Returns: whether @file was written; FALSE with @error set
 */
gboolean
gxc_timeline_export_pdf (GtkWidget               *widget,
                         GxcTimelineModel        *model,
                         guint                    groups,
                         const GxcTimelineScale  *scale,
                         const char              *title,
                         GFile                   *file,
                         GError                 **error)
{
  g_autoptr(GtkPrintOperation) operation = make_operation (make_job (model, groups, scale, title));

  gtk_print_operation_set_export_filename (operation, g_file_peek_path (file));
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, error) != GTK_PRINT_OPERATION_RESULT_ERROR;
}

typedef struct
{
  GtkWidget *widget;      /* (owned) */
  Job       *job;         /* (owned) */
} Export;

static void
on_file_cb (gpointer data, GFile *file)
{
  Export *export = data;
  g_autoptr(GError) error = NULL;

  if (file && !gxc_timeline_export_pdf (export->widget, export->job->model, export->job->groups, &export->job->scale, export->job->title, file, &error))
    g_warning ("%s", error->message);
  free_job (export->job);
  g_object_unref (export->widget);
  g_free (export);
}

/**
 * gxc_timeline_print:
 * @pdf: asks for a file instead of a printer
 *
 * Without a choice of file or printer nothing happens.
 */
void
gxc_timeline_print (GtkWidget              *widget,
                    GxcTimelineModel       *model,
                    guint                   groups,
                    const GxcTimelineScale *scale,
                    const char             *title,
                    gboolean                pdf)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr(GtkPrintOperation) operation = NULL;
  Export *export;

  if (!model || scale->width <= 0)
    return;
  if (pdf)
    {
      g_autofree char *name = g_strdup_printf ("%s.pdf", title);

      export = g_new0 (Export, 1);
      export->widget = g_object_ref (widget);
      export->job = make_job (model, groups, scale, title);
      gxc_compat_save_file (widget, _("Save as PDF"), name, on_file_cb, export);
      return;
    }
  operation = make_operation (make_job (model, groups, scale, title));
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}
