/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each column of the customer list looks. Words carry and colour agrees: a change has its ▲ or ▼, a late task says so,
 * a stage has its shape. What is said is gxc-customers-words.c's. */

#include <glib/gi18n.h>
#include <math.h>

#include "gx-clock.h"
#include "gxc-customers-words.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-sparkline.h"
#include "gxc-stage-glyph.h"

#define TICK     18
#define PIN      12
#define LINE     44         /* of twelve months */
#define CADENCE  30
#define BAR      40
#define ROOM     60         /* less than that has none for a bar */
#define SOON     30         /* days before a risk assessment's end */
#define FALL     -0.1       /* a loss of assets that is looked at */
#define WHOLE    0.9995     /* a change from which on its decimal would need the line's room */
#define CALL_IT  60         /* a completeness below it is amber */

static void
fill_round (GxcPaintCell *cell, float x, float y, float width, float height, float radius, GxcToken colour)
{
  GskRoundedRect rect;

  gsk_rounded_rect_init_from_rect (&rect, &GRAPHENE_RECT_INIT (x, y, width, height), radius);
  gtk_snapshot_push_rounded_clip (cell->snapshot, &rect);
  gtk_snapshot_append_color (cell->snapshot, gxc_token_rgba (colour), &rect.bounds);
  gtk_snapshot_pop (cell->snapshot);
}

static void
outline_round (GxcPaintCell *cell, float x, float y, float width, float height, float radius, float line, GxcToken colour)
{
  const GdkRGBA *rgba = gxc_token_rgba (colour);
  GskRoundedRect rect;

  gsk_rounded_rect_init_from_rect (&rect, &GRAPHENE_RECT_INIT (x, y, width, height), radius);
  gtk_snapshot_append_border (cell->snapshot, &rect, (float[4]) { line, line, line, line },
                              (GdkRGBA[4]) { *rgba, *rgba, *rgba, *rgba });
}

void
gxc_paint_mark (GxcPaintCell *cell)
{
  float size = TICK * cell->paint->scale, x = (cell->width - size) / 2, y = roundf ((cell->height - size) / 2);
  cairo_t *cr;

  if (!cell->row->marked)
    {
      outline_round (cell, x, y, size, size, size / 3.6, 1.5, GXC_TOKEN_CHART_OTHER);
      return;
    }
  fill_round (cell, x, y, size, size, size / 3.6, GXC_TOKEN_ACCENT_FILL);
  cr = gtk_snapshot_append_cairo (cell->snapshot, &GRAPHENE_RECT_INIT (x, y, size, size));
  gdk_cairo_set_source_rgba (cr, gxc_token_rgba (GXC_TOKEN_ON_FILL));
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / 18, size / 18);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, 4.5, 9.5);
  cairo_line_to (cr, 7.5, 12.5);
  cairo_line_to (cr, 13.5, 6);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

void
gxc_paint_name (GxcPaintCell *cell)
{
  const GxCustomer *customer = gxc_customers_row_customer (cell->row);
  const char *tail = gxc_customers_cif_tail (customer);
  const GxcDigest *digest = gxc_customers_row_digest (cell->row);
  float gap = 8 * cell->paint->scale, pin = digest && digest->pinned_at ? PIN * cell->paint->scale : 0;
  float tail_width = gxc_paint_text_width (cell, GXC_PAINT_CAPTION, tail), room = cell->width - gap - tail_width - (pin > 0 ? gap + pin : 0);
  g_autofree char *name = gxc_field_to_words (cell->paint->desk, cell->row->customer, gx_entity_find (&gx_customer_entity, "name"));
  float width = gxc_paint_text (cell, GXC_PAINT_STRONG, GXC_TOKEN_FG, name, 0, MAX (room, 1));

  gxc_paint_text (cell, GXC_PAINT_CAPTION, GXC_TOKEN_DIM, tail, width + gap, MAX (cell->width - width - gap, 1));
  if (pin > 0)
    gxc_paint_pin (cell, GXC_TOKEN_ACCENT_TEXT, width + gap + tail_width + gap, pin);
}

static const GxcToken tier_tokens[] = {     /* fill; its text and its line follow it in the table of tokens */
  [GX_TIER_STANDARD] = GXC_TOKEN_TIER_STANDARD_FILL, [GX_TIER_GOLD] = GXC_TOKEN_TIER_GOLD_FILL,
  [GX_TIER_PLATINUM] = GXC_TOKEN_TIER_PLATINUM_FILL, [GX_TIER_DIAMOND] = GXC_TOKEN_TIER_DIAMOND_FILL,
  [GX_TIER_PRIVATE] = GXC_TOKEN_TIER_PRIVATE_FILL,
};

void
gxc_paint_tier (GxcPaintCell *cell)
{
  int tier = gxc_customers_row_customer (cell->row)->tier;
  float scale = cell->paint->scale, pad = 7 * scale, height = 20 * scale, y = roundf ((cell->height - height) / 2), width;
  GxcPaintStyle style = tier == GX_TIER_STANDARD ? GXC_PAINT_CAPTION : GXC_PAINT_CAPTION_STRONG;
  const char *label;

  if (tier <= 0 || tier >= (int) G_N_ELEMENTS (tier_tokens))
    return;
  label = _(gx_choice_label (gx_tiers, tier));
  width = gxc_paint_text_width (cell, style, label) + 2 * pad;
  width = MIN (width, cell->width);
  if (tier != GX_TIER_STANDARD)
    fill_round (cell, 0, y, width, height, 5 * scale, tier_tokens[tier]);
  outline_round (cell, 0, y, width, height, 5 * scale, 1, tier_tokens[tier] + 2);
  gxc_paint_text (cell, style, tier_tokens[tier] + 1, label, pad, width - 2 * pad + 1);
}

void
gxc_paint_stage (GxcPaintCell *cell)
{
  int stage = gxc_customers_row_customer (cell->row)->lifecycle_stage;
  float shape = gxc_stage_glyph_draw (cell->snapshot, gx_choice_code (gx_stages, stage), cell->paint->scale, cell->height);

  if (stage > 0)
    gxc_paint_text (cell, GXC_PAINT_BODY, GXC_TOKEN_FG, _(gx_choice_label (gx_stages, stage)), shape, cell->width - shape);
}

/* Value has no colour: weight and grey rank it. */
void
gxc_paint_value (GxcPaintCell *cell)
{
  int value = gxc_customers_row_customer (cell->row)->value_class;

  if (value > 0)
    gxc_paint_text (cell, value == GX_VALUE_CORE ? GXC_PAINT_STRONG : GXC_PAINT_BODY, value == GX_VALUE_BASIC ? GXC_TOKEN_DIM : GXC_TOKEN_FG,
                    _(gx_choice_label (gx_value_classes, value)), 0, cell->width);
}

void
gxc_paint_trend (GxcPaintCell *cell)
{
  const GxcDigest *digest = gxc_customers_row_digest (cell->row);
  double values[GXC_CUSTOMERS_MONTHS], change = gxc_customers_change (digest);
  guint n = gxc_customers_months (digest, values);
  gboolean falls = change < FALL;
  float line = LINE * cell->paint->scale;
  g_autofree char *words = NULL;

  if (n > 1)
    gxc_sparkline_draw (cell->snapshot, &GRAPHENE_RECT_INIT (0, 6, line, cell->height - 12), values, n,
                        gxc_token_rgba (falls ? GXC_TOKEN_AMBER_MARK : GXC_TOKEN_CHART_1));
  if (isnan (change))
    words = g_strdup ("\u2014");
  else
    words = g_strdup_printf ("%s %.*f", change < 0 ? "▼" : "▲", fabs (change) < WHOLE ? 1 : 0, fabs (change) * 100);
  gxc_paint_text_right (cell, falls ? GXC_PAINT_STRONG : GXC_PAINT_BODY,
                        isnan (change) ? GXC_TOKEN_DIM : falls ? GXC_TOKEN_AMBER_TEXT : change < 0 ? GXC_TOKEN_FG : GXC_TOKEN_GREEN_TEXT,
                        words, cell->width);
}

void
gxc_paint_contact (GxcPaintCell *cell)
{
  double used = gxc_customers_cadence (cell->paint, gxc_customers_row_digest (cell->row));
  float scale = cell->paint->scale, track = CADENCE * scale, middle = roundf (cell->height / 2), dot = 6 * scale;
  gboolean over = used > 1;
  GxcToken ink = over ? GXC_TOKEN_AMBER_MARK : GXC_TOKEN_CHART_MEAN;
  g_autofree char *words = gxc_customers_dup_contact (cell->paint, cell->row);
  float at = isnan (used) ? 0 : CLAMP (used, 0, 1) * (track - dot);

  gtk_snapshot_append_color (cell->snapshot, gxc_token_rgba (GXC_TOKEN_NEUTRAL_STRONG), &GRAPHENE_RECT_INIT (0, middle - 1, track, 2));
  if (!isnan (used))
    {
      gtk_snapshot_append_color (cell->snapshot, gxc_token_rgba (ink), &GRAPHENE_RECT_INIT (0, middle - 1, at + dot / 2, 2));
      fill_round (cell, at, middle - dot / 2, dot, dot, dot / 2, ink);
    }
  gxc_paint_text (cell, over ? GXC_PAINT_STRONG : GXC_PAINT_BODY, over ? GXC_TOKEN_AMBER_TEXT : GXC_TOKEN_FG, words,
                  track + 7 * scale, MAX (cell->width - track - 7 * scale, 1));
}

static const struct { GxcPaintStyle style; GxcToken colour; } dues[] = {
  [GXC_DUE_FAR]   = { GXC_PAINT_CAPTION, GXC_TOKEN_DIM },
  [GXC_DUE_WEEK]  = { GXC_PAINT_CAPTION_STRONG, GXC_TOKEN_FG },
  [GXC_DUE_TODAY] = { GXC_PAINT_CAPTION_STRONG, GXC_TOKEN_AMBER_TEXT },
  [GXC_DUE_LATE]  = { GXC_PAINT_CAPTION_STRONG, GXC_TOKEN_RED_TEXT },
};

void
gxc_paint_task (GxcPaintCell *cell)
{
  const GxTask *task = gxc_customers_row_task (cell->row);
  g_autofree char *words = NULL;
  float taken = 0;
  GxcDue due;

  if (!task)
    {
      gxc_paint_text (cell, GXC_PAINT_BODY, GXC_TOKEN_DIM, "\u2014", 0, cell->width);
      return;
    }
  if (task->due_at != 0)
    {
      due = gxc_customers_due (cell->paint, task->due_at, &words);
      taken = gxc_paint_text_right (cell, dues[due].style, dues[due].colour, words, cell->width) + 8;
    }
  gxc_paint_text (cell, GXC_PAINT_BODY, GXC_TOKEN_FG, task->title ? task->title : "", 0, MAX (cell->width - taken, 1));
}

/* The grade's code while it holds; how long it does when it ends soon, and the word when it has ended. */
void
gxc_paint_risk (GxcPaintCell *cell)
{
  const GxcDigest *digest = gxc_customers_row_digest (cell->row);
  int days = gxc_customers_risk_days (cell->paint, digest);
  const char *grade = digest ? gx_choice_code (gx_entity_find (gxc_digest_entity (), "risk_grade")->choices, digest->risk_grade) : NULL;
  g_autofree char *end = NULL;
  float width = gxc_paint_text (cell, GXC_PAINT_BODY, grade ? GXC_TOKEN_FG : GXC_TOKEN_DIM, grade ? grade : "\u2014", 0, cell->width);

  if (!grade || days > SOON)
    return;
  end = days < 0 ? g_strdup (C_("risk", "ended")) : gxc_format_days_ago (digest->risk_expires_on, cell->paint->today);
  width += 6 * cell->paint->scale;
  gxc_paint_text (cell, days < 0 ? GXC_PAINT_CAPTION_STRONG : GXC_PAINT_CAPTION, GXC_TOKEN_AMBER_TEXT, end, width, MAX (cell->width - width, 1));
}

void
gxc_paint_quality (GxcPaintCell *cell)
{
  gint64 score = gxc_customers_row_customer (cell->row)->dq_score;
  float scale = cell->paint->scale, track = MIN (BAR * scale, cell->width - 32 * scale), thick = 5 * scale, y = roundf ((cell->height - thick) / 2);
  gboolean poor = score != GX_INT_NONE && score < CALL_IT;
  char words[8] = "\u2014";

  if (cell->width >= ROOM * scale)
    fill_round (cell, 0, y, track, thick, thick / 2, GXC_TOKEN_NEUTRAL);
  if (score != GX_INT_NONE)
    g_snprintf (words, sizeof words, "%d", (int) score);
  if (score > 0 && cell->width >= ROOM * scale)
    fill_round (cell, 0, y, MAX (track * score / 100, thick), thick, thick / 2, score < CALL_IT ? GXC_TOKEN_AMBER_MARK : GXC_TOKEN_CHART_2);
  gxc_paint_text_right (cell, poor ? GXC_PAINT_STRONG : GXC_PAINT_BODY,
                        score == GX_INT_NONE ? GXC_TOKEN_DIM : poor ? GXC_TOKEN_AMBER_TEXT : GXC_TOKEN_FG, words, cell->width);
}
