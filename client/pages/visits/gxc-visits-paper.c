/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of visits: what is known, then room to write with a pen, in the order in which the desk asks for it afterwards.
 * A4 upright, in the light colours and the window's font. What may stand on them is gxc-visits-sheet's, which masks. */

#include "gxc-visits-paper.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-clock.h"
#include "gx-interaction.h"
#include "gxc-format.h"
#include "gxc-look.h"
#include "gxc-visits-sheet.h"

/* points */
#define CAPTION 9.0
#define BODY    10.5
#define FIGURE  16.5

/* px, of which 96 are an inch on paper */
#define HEAD    58.0
#define FOOT    34.0
#define ROW     36.0        /* of the list of a day */
#define AT_WHO  110.0
#define GAP     14.0
#define BOX     12.0        /* to tick */
#define ANSWER  62.0        /* of a short answer */
#define LEAST   120.0       /* of what was said */
#define TITLE   22.0        /* of an answer, with what is below it */
#define TICKS   24.0        /* a row of boxes to tick */

struct _GxcVisitsPaper
{
  GtkWidget    *widget;     /* (owned): for its font */
  GPtrArray    *sheets;     /* (owned) of GxcVisitSheet */
  GPtrArray    *drawn;      /* (owned) of GxcVisitSheet: those with a page of their own */
  gboolean      listed;     /* the day's list stands before them */
  char         *title, *bank, *by;      /* (owned) */
  PangoContext *context;    /* (owned) (nullable) */
  double        width, height;
  guint         n_lists;    /* pages of the list */
};

/* --- a pen ---------------------------------------------------------------------------------------------------------- */

static void
set_ink (cairo_t *cr, GxcToken token)
{
  gdk_cairo_set_source_rgba (cr, gxc_token_on_paper (token));
}

/* px: where the first line stands below its top, whatever letters are in it, so that a name and its hours stand level */
#define BASELINE(points) ((points) * 96 / 72 * 1.16)

/* @width: 0: as wide as it is; @align: 0 begins at @x, 1 ends there. Returns how high it is. */
static double
put (GxcVisitsPaper *paper, cairo_t *cr, const char *text, double points, gboolean bold, GxcToken ink, double x, double y, double width, double align)
{
  PangoLayout *layout = pango_layout_new (paper->context);
  PangoAttrList *attributes = pango_attr_list_new ();
  double down;
  int wide, high;

  pango_attr_list_insert (attributes, pango_attr_size_new (points * PANGO_SCALE));
  pango_attr_list_insert (attributes, pango_attr_weight_new (bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL));
  pango_attr_list_insert (attributes, pango_attr_font_features_new (GXC_LOOK_FEATURES));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  if (width > 0)
    {
      pango_layout_set_width (layout, width * PANGO_SCALE);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &wide, &high);
  down = MAX (0, BASELINE (points) - (double) pango_layout_get_baseline (layout) / PANGO_SCALE);
  set_ink (cr, ink);
  cairo_move_to (cr, x - align * wide, y + down);
  pango_cairo_show_layout (cr, layout);
  g_object_unref (layout);
  return down + high;
}

static void
draw_line (cairo_t *cr, GxcToken ink, double x, double y, double width)
{
  set_ink (cr, ink);
  cairo_set_line_width (cr, 0.75);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + width, y);
  cairo_stroke (cr);
}

static void
draw_box (cairo_t *cr, double x, double y, double width, double height)
{
  set_ink (cr, GXC_TOKEN_FAINT);
  cairo_set_line_width (cr, 0.75);
  cairo_rectangle (cr, x, y, width, height);
  cairo_stroke (cr);
}

/* --- what each page has --------------------------------------------------------------------------------------------- */

static guint
n_pages (GxcVisitsPaper *paper)
{
  return paper->n_lists + paper->drawn->len;
}

static void
draw_frame (GxcVisitsPaper *paper, cairo_t *cr, int page)
{
  g_autofree char *number = g_strdup_printf (_("Page %d of %d"), page + 1, (int) n_pages (paper));
  double foot = paper->height - FOOT + 8;

  put (paper, cr, paper->title, BODY, TRUE, GXC_TOKEN_FG, 0, 0, 0, 0);
  put (paper, cr, paper->bank, BODY, TRUE, GXC_TOKEN_FG, paper->width, 0, 0, 1);
  put (paper, cr, _("Names and numbers are masked; amounts, addresses and notes stay in the desk."), CAPTION, FALSE, GXC_TOKEN_DIM, 0, 22,
       paper->width * 0.66, 0);
  put (paper, cr, paper->by, CAPTION, FALSE, GXC_TOKEN_DIM, paper->width, 22, 0, 1);
  draw_line (cr, GXC_TOKEN_LINE, 0, HEAD - 6, paper->width);
  draw_line (cr, GXC_TOKEN_LINE, 0, foot - 6, paper->width);
  put (paper, cr, _("What is written here belongs into the desk the same day; then shred the sheet."), CAPTION, FALSE, GXC_TOKEN_DIM, 0, foot,
       paper->width - 110, 0);
  put (paper, cr, number, CAPTION, FALSE, GXC_TOKEN_DIM, paper->width, foot, 0, 1);
}

/* --- the day's list ------------------------------------------------------------------------------------------------- */

static guint
rows_per_page (GxcVisitsPaper *paper)
{
  return MAX (1, (guint) ((paper->height - HEAD - FOOT) / ROW));
}

static void
draw_list (GxcVisitsPaper *paper, cairo_t *cr, guint page)
{
  guint first = page * rows_per_page (paper), end = MIN (first + rows_per_page (paper), paper->sheets->len);

  for (guint i = first; i < end; i++)
    {
      const GxcVisitSheet *sheet = g_ptr_array_index (paper->sheets, i);
      double y = HEAD + (i - first) * ROW + 8;
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      put (paper, cr, number, BODY, FALSE, GXC_TOKEN_DIM, 0, y, 0, 0);
      put (paper, cr, sheet->hours, BODY, TRUE, GXC_TOKEN_FG, 24, y, 0, 0);
      put (paper, cr, sheet->who, BODY, TRUE, GXC_TOKEN_FG, 24 + AT_WHO, y, 0, 0);
      put (paper, cr, sheet->about, BODY, FALSE, GXC_TOKEN_DIM, paper->width, y, 0, 1);
      draw_line (cr, GXC_TOKEN_GRID, 0, y - 8 + ROW, paper->width);
    }
}

/* --- a sheet -------------------------------------------------------------------------------------------------------- */

/* Room to write under a name. Returns where it ends. */
static double
draw_answer (GxcVisitsPaper *paper, cairo_t *cr, const char *title, double x, double y, double width, double height)
{
  put (paper, cr, title, BODY, TRUE, GXC_TOKEN_FG, x, y, 0, 0);
  draw_box (cr, x, y + TITLE + 2, width, height);
  return y + TITLE + 2 + height + GAP;
}

/* Words with boxes to tick, in a row or more. Returns where they end. */
static double
draw_ticks (GxcVisitsPaper *paper, cairo_t *cr, const char *title, const char * const *words, guint n, double y)
{
  guint columns = MIN (n, 5);
  double width = paper->width / columns, top = y + TITLE + 2;

  put (paper, cr, title, BODY, TRUE, GXC_TOKEN_FG, 0, y, 0, 0);
  for (guint i = 0; i < n; i++)
    {
      double x = (i % columns) * width, at = top + (i / columns) * TICKS;

      draw_box (cr, x + 0.5, at + 4.5, BOX, BOX);
      put (paper, cr, words[i], BODY, FALSE, GXC_TOKEN_FG, x + BOX + 8, at, 0, 0);
    }
  return top + ((n - 1) / columns + 1) * TICKS + GAP - 6;
}

static double
draw_purposes (GxcVisitsPaper *paper, cairo_t *cr, double y)
{
  const char *words[16];
  guint n = 0;

  for (const GxChoice *choice = gx_entity_find (&gx_interaction_entity, "purpose")->choices; choice->code && n < G_N_ELEMENTS (words); choice++)
    words[n++] = _(choice->label);
  return draw_ticks (paper, cr, _("Purpose"), words, n, y);
}

/* What the desk asks for after the visit, in its order. */
static void
draw_form (GxcVisitsPaper *paper, cairo_t *cr, double y)
{
  static const char * const moods[] = { "\u22122", "\u22121", "0", "+1", "+2" };
  double half = (paper->width - 20) / 2, said;

  y = draw_answer (paper, cr, _("Whom I met"), 0, y, paper->width, 40);
  y = draw_purposes (paper, cr, y);
  said = paper->height - FOOT - y - 3 * (TITLE + 2) - 2 * GAP - ANSWER - TICKS - 6;
  y = draw_answer (paper, cr, _("What was said"), 0, y, paper->width, MAX (said, LEAST));
  draw_answer (paper, cr, _("Need"), 0, y, half, ANSWER);
  y = draw_answer (paper, cr, _("Next step, and by when"), half + 20, y, half, ANSWER);
  draw_ticks (paper, cr, _("How it felt"), moods, G_N_ELEMENTS (moods), y);
}

static void
draw_sheet (GxcVisitsPaper *paper, cairo_t *cr, const GxcVisitSheet *sheet)
{
  double y = HEAD + 6;

  put (paper, cr, sheet->hours, FIGURE, TRUE, GXC_TOKEN_FG, paper->width, y, 0, 1);
  y += put (paper, cr, sheet->who, FIGURE, TRUE, GXC_TOKEN_FG, 0, y, paper->width - 150, 0);
  y += put (paper, cr, sheet->about, BODY, FALSE, GXC_TOKEN_DIM, 0, y, paper->width, 0) + GAP;
  if (sheet->facts->len > 0)
    y += put (paper, cr, sheet->over ? _("What came of it") : _("Before you meet"), BODY, TRUE, GXC_TOKEN_FG, 0, y, 0, 0) + 4;
  for (guint i = 0; i < sheet->facts->len; i++)
    {
      put (paper, cr, "\u2022", BODY, FALSE, GXC_TOKEN_DIM, 2, y, 0, 0);
      y += put (paper, cr, g_ptr_array_index (sheet->facts, i), BODY, FALSE, GXC_TOKEN_FG, 16, y, paper->width - 16, 0) + 3;
    }
  if (!sheet->over)
    draw_form (paper, cr, y + GAP);
}

/* --- as a paper ----------------------------------------------------------------------------------------------------- */

static const char *
get_job (void)
{
  return C_("place", "Visits");
}

static const char *
get_title (gpointer data)
{
  return ((const GxcVisitsPaper *) data)->title;
}

static int
begin (gpointer data, PangoContext *context, double width, double height)
{
  GxcVisitsPaper *paper = data;
  PangoContext *screen = gtk_widget_get_pango_context (paper->widget);

  paper->width = width;
  paper->height = height;
  g_set_object (&paper->context, context);
  pango_context_set_font_description (context, pango_context_get_font_description (screen));
  pango_context_set_language (context, pango_context_get_language (screen));
  pango_cairo_context_set_resolution (context, 96);
  paper->n_lists = paper->listed ? (paper->sheets->len + rows_per_page (paper) - 1) / rows_per_page (paper) : 0;
  return n_pages (paper);
}

static void
draw (gpointer data, cairo_t *cr, int page)
{
  GxcVisitsPaper *paper = data;

  draw_frame (paper, cr, page);
  if ((guint) page < paper->n_lists)
    draw_list (paper, cr, page);
  else
    draw_sheet (paper, cr, g_ptr_array_index (paper->drawn, page - paper->n_lists));
}

static void
paper_free (gpointer data)
{
  gxc_visits_paper_free (data);
}

const GxcPrintOps gxc_visits_paper_ops = { FALSE, get_job, get_title, begin, draw, paper_free };

/* "2026-11-24 17:20 · printed by Lin Yue" */
static char *
make_by (GxcDesk *desk)
{
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_local (gxc_desk_now (desk) / 1000);
  g_autofree char *at = g_date_time_format (now, "%Y-%m-%d %H:%M");
  g_autofree char *by = g_strdup_printf (_("printed by %s"), gxc_desk_get_person (desk)->name);

  return g_strdup_printf ("%s · %s", at, by);
}

/* Of a day's visits that are over there is the line in the list: nobody takes their sheets along. Takes @sheet. */
static void
add_sheet (GxcVisitsPaper *paper, GxcVisitSheet *sheet, gboolean whole_day)
{
  g_ptr_array_add (paper->sheets, sheet);
  if (!whole_day || !sheet->over)
    g_ptr_array_add (paper->drawn, sheet);
}

/**
 * gxc_visits_paper_new:
 * @widget: in whose font
 * @stops: of GxRecord, at least one
 * @whole_day: a page lists all of them, and those that are not over have a sheet each
 *
 * Returns: (transfer full)
 */
GxcVisitsPaper *
gxc_visits_paper_new (GtkWidget *widget,
                      GxcDesk   *desk,
                      GPtrArray *stops,
                      gint32     day,
                      gboolean   whole_day)
{
  GxcVisitsPaper *paper = g_new0 (GxcVisitsPaper, 1);
  g_autofree char *date = gx_date_format (day);

  paper->widget = g_object_ref (widget);
  paper->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_visit_sheet_free);
  paper->drawn = g_ptr_array_new ();
  for (guint i = 0; i < stops->len; i++)
    add_sheet (paper, gxc_visit_sheet_read (desk, gx_record_get_data (stops->pdata[i])), whole_day);
  paper->listed = whole_day;
  paper->title = g_strdup_printf (_("Visits on %s"), date);
  paper->bank = g_strdup (gxc_desk_get_person (desk)->bank ? gxc_desk_get_person (desk)->bank : "");
  paper->by = make_by (desk);
  return paper;
}

void
gxc_visits_paper_free (GxcVisitsPaper *paper)
{
  g_clear_object (&paper->context);
  g_ptr_array_unref (paper->drawn);
  g_ptr_array_unref (paper->sheets);
  g_object_unref (paper->widget);
  g_free (paper->title);
  g_free (paper->bank);
  g_free (paper->by);
  g_free (paper);
}
