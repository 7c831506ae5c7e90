/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a timeline: the canvas's own picture of what is in sight on the first, then every item as a line under its
 * year. Always in the light colours and in the window's font. What the screen hides by the curtain or by rights, the model
 * does not hold, so paper cannot show it either. Dialogs and files are gxc-print's. */

#include "gxc-timeline-paper.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-clock.h"
#include "gx-customer.h"
#include "gxc-timeline-legend.h"
#include "gxc-timeline-paint.h"

/* px, of which 96 are an inch on paper */
#define LINE   18.0
#define HEAD   46.0
#define FOOT   26.0
#define SPARE  80.0         /* more than its natural height the picture's assets get */

/* Where a line's parts begin. */
#define AT_GLYPH 52.0
#define AT_WHAT  70.0
#define AT_TEXT  176.0
#define ASIDE    170.0      /* as wide as who and how much may be */

/* A line of a page: an item, or the year that it stands under. */
typedef struct
{
  const GxcTimelineItem *item;      /* (nullable) */
  int                    year;
  gboolean               again;     /* the year began on the page before */
} Line;

struct _GxcTimelinePaper
{
  GtkWidget         *widget;        /* (owned): for its font */
  GxcTimelineModel  *model;         /* (owned) */
  guint              groups;
  GxcTimelineScale   scale;
  char              *title, *aside, *below;     /* (owned) */
  GArray            *lines;         /* (owned) of Line, the newest first */
  GArray            *pages;         /* (owned) of guint: where each page of lines begins */
  PangoContext      *context;       /* (owned) (nullable) */
  GxcTimelinePaint   paint;
  double             width, height;
};

/* "as of 2026-11-24 · printed by Lin Yue" */
static char *
make_below (const GxcTimelineModel *model, const GxcTimelineHead *head)
{
  g_autofree char *date = gx_date_format (model->today), *as_of = g_strdup_printf (_("as of %s"), date);
  g_autofree char *by = head->person ? g_strdup_printf (_("printed by %s"), head->person) : NULL;

  return by ? g_strdup_printf ("%s · %s", as_of, by) : g_steal_pointer (&as_of);
}

/** gxc_timeline_paper_new: (transfer full): @scale is what of it the picture shows */
GxcTimelinePaper *
gxc_timeline_paper_new (GtkWidget              *widget,
                        GxcTimelineModel       *model,
                        guint                   groups,
                        const GxcTimelineScale *scale,
                        const GxcTimelineHead  *head)
{
  GxcTimelinePaper *paper = g_new0 (GxcTimelinePaper, 1);

  paper->widget = g_object_ref (widget);
  paper->model = gxc_timeline_model_ref (model);
  paper->groups = groups;
  paper->scale = *scale;
  paper->title = g_strdup (head->title);
  paper->aside = g_strdup (head->bank ? head->bank : "");
  paper->below = make_below (model, head);
  paper->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  paper->pages = g_array_new (FALSE, FALSE, sizeof (guint));
  return paper;
}

void
gxc_timeline_paper_free (GxcTimelinePaper *paper)
{
  if (paper->context)
    {
      gxc_timeline_paint_clear (&paper->paint);
      g_object_unref (paper->context);
    }
  gxc_timeline_model_unref (paper->model);
  g_object_unref (paper->widget);
  g_array_unref (paper->lines);
  g_array_unref (paper->pages);
  g_free (paper->title);
  g_free (paper->aside);
  g_free (paper->below);
  g_free (paper);
}

const char *
gxc_timeline_paper_get_title (GxcTimelinePaper *paper)
{
  return paper->title;
}

/* --- which line is on which page ------------------------------------------------------------------------------------ */

static int
year_of (const GxcTimelineItem *item)
{
  int year, month, day;

  gx_date_to_ymd ((gint32) floor (item->at), &year, &month, &day);
  return year;
}

static void
add_line (GxcTimelinePaper *paper, const GxcTimelineItem *item, int year, gboolean again)
{
  Line line = { item, year, again };

  g_array_append_val (paper->lines, line);
}

/* A year never stands alone at the foot of a page, and is said again at the head of the next one. */
static void
lay_lines (GxcTimelinePaper *paper)
{
  guint per_page = MAX (3, (guint) ((paper->height - HEAD - FOOT) / LINE)), room = 0;
  int year = G_MININT;

  for (const GxcTimelineItem *item = gxc_timeline_model_step (paper->model, paper->groups, NULL, -1); item;
       item = gxc_timeline_model_step (paper->model, paper->groups, item, -1))
    {
      gboolean same = year_of (item) == year;

      if (room < (same ? 1 : 2))
        {
          g_array_append_val (paper->pages, paper->lines->len);
          room = per_page;
        }
      if (!same || room == per_page)
        {
          add_line (paper, NULL, year_of (item), same);
          room--;
        }
      year = year_of (item);
      add_line (paper, item, year, FALSE);
      room--;
    }
}

/**
 * gxc_timeline_paper_begin:
 * @context: of the printer; it gets the window's font
 * @width: of a page, px
 *
 * Returns: how many pages there are; call once
 */
int
gxc_timeline_paper_begin (GxcTimelinePaper *paper,
                          PangoContext     *context,
                          double            width,
                          double            height)
{
  PangoContext *screen = gtk_widget_get_pango_context (paper->widget);

  paper->width = width;
  paper->height = height;
  paper->context = g_object_ref (context);
  pango_context_set_font_description (context, pango_context_get_font_description (screen));
  pango_context_set_language (context, pango_context_get_language (screen));
  pango_cairo_context_set_resolution (context, 96);
  gxc_timeline_paint_init (&paper->paint, context, gxc_token_on_paper);
  lay_lines (paper);
  return 1 + paper->pages->len;
}

/* --- drawing -------------------------------------------------------------------------------------------------------- */

static void
draw_frame (GxcTimelinePaper *paper, cairo_t *cr, int page)
{
  g_autofree char *number = g_strdup_printf (_("Page %d of %d"), page + 1, 1 + paper->pages->len);
  g_autofree char *words = gxc_timeline_model_dup_words (paper->model);

  gxc_timeline_paint_text (&paper->paint, cr, paper->title, TRUE, GXC_TOKEN_FG, 0, 12, 0);
  gxc_timeline_paint_text (&paper->paint, cr, words, FALSE, GXC_TOKEN_DIM, 0, 30, 0);
  gxc_timeline_paint_text (&paper->paint, cr, paper->aside, TRUE, GXC_TOKEN_FG, paper->width, 12, 1);
  gxc_timeline_paint_text (&paper->paint, cr, paper->below, FALSE, GXC_TOKEN_DIM, paper->width, 30, 1);
  gxc_timeline_paint_text (&paper->paint, cr, number, FALSE, GXC_TOKEN_DIM, paper->width, paper->height - 8, 1);
}

static void
draw_canvas (GxcTimelinePaper *paper, cairo_t *cr)
{
  g_autoptr(GxcTimelineLayout) layout = gxc_timeline_layout_new ();
  double height = paper->height - HEAD - FOOT, least, natural = gxc_timeline_layout_natural (paper->model, paper->groups, 1, &least);
  double gutter = gxc_timeline_paint_gutter (&paper->paint, paper->model, 1);
  GxcTimelineScale scale = paper->scale;

  scale.per_day *= (paper->width - gutter) / scale.width;
  scale.width = paper->width - gutter;
  height = MIN (height, MAX (natural + (paper->model->months->len > 0 ? SPARE : 0), least));
  gxc_timeline_layout_update (layout, paper->model, paper->groups, &scale, 1, gutter, height, gxc_timeline_paint_measure, &paper->paint);
  cairo_save (cr);
  cairo_translate (cr, 0, HEAD);
  gxc_timeline_paint (&paper->paint, cr, layout);
  gxc_timeline_paint_source (&paper->paint, cr, GXC_TOKEN_LINE, 1);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, 0.5, 0.5, paper->width - 1, height - 1);
  cairo_stroke (cr);
  cairo_restore (cr);
  gxc_timeline_legend_paint (&paper->paint, cr, paper->model, 0, paper->height - 8);
}

/* Cut with "…" rather than run into what stands beside it. */
static void
draw_cut (GxcTimelinePaper *paper, cairo_t *cr, const char *text, double x, double width, double middle)
{
  double full, height;
  PangoLayout *layout = pango_layout_copy (gxc_timeline_paint_layout (&paper->paint, text, FALSE, &full, &height));

  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  gxc_timeline_paint_source (&paper->paint, cr, GXC_TOKEN_FG, 1);
  cairo_move_to (cr, x, round (middle - height / 2));
  pango_cairo_show_layout (cr, layout);
  g_object_unref (layout);
}

static void
draw_year (GxcTimelinePaper *paper, cairo_t *cr, const Line *line, double y)
{
  int stage = 0;
  g_autofree char *number = g_strdup_printf ("%d", line->year), *stages = gxc_timeline_model_dup_stages (paper->model, line->year, &stage);
  g_autofree char *words = line->again ? g_strdup_printf (_("%s (continued)"), stages) : g_steal_pointer (&stages);

  gxc_timeline_paint_text (&paper->paint, cr, number, TRUE, GXC_TOKEN_FG, 0, y, 0);
  gxc_timeline_paint_text (&paper->paint, cr, words, FALSE, GXC_TOKEN_DIM, AT_GLYPH - 6, y, 0);
}

static void
draw_item (GxcTimelinePaper *paper, cairo_t *cr, const GxcTimelineItem *item, double y)
{
  g_autofree char *date = gx_date_format ((gint32) floor (item->at));
  int stage = item->kind == GXC_TIMELINE_STAGE ? item->code : 0;

  gxc_timeline_paint_text (&paper->paint, cr, date + strlen ("2026-"), FALSE, GXC_TOKEN_DIM, 0, y, 0);
  cairo_save (cr);
  cairo_translate (cr, AT_GLYPH, y);
  gxc_timeline_paint_source (&paper->paint, cr, gxc_timeline_kind_token (item->kind, stage), 1);
  gxc_timeline_paint_glyph (cr, item->kind, gx_choice_code (gx_stages, stage), 0.85);
  cairo_restore (cr);
  gxc_timeline_paint_text (&paper->paint, cr, item->what, TRUE, GXC_TOKEN_FG, AT_WHAT, y, 0);
  draw_cut (paper, cr, item->text ? item->text : "", AT_TEXT, paper->width - AT_TEXT - ASIDE, y);
  gxc_timeline_paint_text (&paper->paint, cr, item->aside ? item->aside : "", FALSE, GXC_TOKEN_DIM, paper->width, y, 1);
}

static void
draw_lines (GxcTimelinePaper *paper, cairo_t *cr, guint page)
{
  guint first = g_array_index (paper->pages, guint, page);
  guint end = page + 1 < paper->pages->len ? g_array_index (paper->pages, guint, page + 1) : paper->lines->len;

  for (guint i = first; i < end; i++)
    {
      const Line *line = &g_array_index (paper->lines, Line, i);
      double top = HEAD + (i - first) * LINE;

      if (line->item)
        draw_item (paper, cr, line->item, top + LINE / 2);
      else
        draw_year (paper, cr, line, top + LINE / 2);
      cairo_set_line_width (cr, 0.75);
      cairo_move_to (cr, 0, top + LINE);
      cairo_line_to (cr, paper->width, top + LINE);
      gxc_timeline_paint_source (&paper->paint, cr, GXC_TOKEN_GRID, 1);
      cairo_stroke (cr);
    }
}

/** gxc_timeline_paper_draw: @page from 0, with 0, 0 at its upper left and px for units */
void
gxc_timeline_paper_draw (GxcTimelinePaper *paper,
                         cairo_t          *cr,
                         int               page)
{
  draw_frame (paper, cr, page);
  if (page == 0)
    draw_canvas (paper, cr);
  else
    draw_lines (paper, cr, page - 1);
}
