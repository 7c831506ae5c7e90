/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The brush of the customer list: text on one baseline whatever its script, in the four styles there are. What a cell is
 * made of is in gxc-customers-paint-cells.c. One layout a style serves all cells: making one costs more than drawing it,
 * and a frame of a scroll may draw two hundred. */

#include "gxc-customers-paint.h"

#include <math.h>

#include "gxc-page-pin.h"

static const struct { double points; gboolean bold; } styles[GXC_PAINT_N_STYLES] = {
  [GXC_PAINT_BODY] = { 10.5, FALSE }, [GXC_PAINT_STRONG] = { 10.5, TRUE },
  [GXC_PAINT_CAPTION] = { 9, FALSE }, [GXC_PAINT_CAPTION_STRONG] = { 9, TRUE },
};

static PangoLayout *
make_layout (GxcCustomersPaint *self, GxcPaintStyle style)
{
  PangoLayout *layout = gxc_look_layout (self->widget, "0", styles[style].points, styles[style].bold);
  int height;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_get_size (layout, NULL, &height);
  self->layouts[style] = layout;
  self->baseline[style] = pango_layout_get_baseline (layout) - height / 2;
  return layout;
}

static PangoLayout *
get_layout (GxcCustomersPaint *self, GxcPaintStyle style, const char *text, float width)
{
  PangoLayout *layout = self->layouts[style] ? self->layouts[style] : make_layout (self, style);

  pango_layout_set_width (layout, width > 0 ? (int) (width * PANGO_SCALE) : -1);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static void
put_layout (GxcPaintCell *cell, GxcPaintStyle style, GxcToken colour, PangoLayout *layout, float x)
{
  float top = cell->height / 2 + (cell->paint->baseline[style] - pango_layout_get_baseline (layout)) / (float) PANGO_SCALE;

  gtk_snapshot_save (cell->snapshot);
  gtk_snapshot_translate (cell->snapshot, &GRAPHENE_POINT_INIT (x, roundf (top)));
  gtk_snapshot_append_layout (cell->snapshot, layout, gxc_token_rgba (colour));
  gtk_snapshot_restore (cell->snapshot);
}

static float
width_of (PangoLayout *layout)
{
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return width / (float) PANGO_SCALE;
}

/**
 * gxc_paint_text:
 * @width: px: an ellipsis ends what is wider; ≤ 0: as wide as it is
 *
 * Returns: how wide it came out, px
 */
float
gxc_paint_text (GxcPaintCell  *cell,
                GxcPaintStyle  style,
                GxcToken       colour,
                const char    *text,
                float          x,
                float          width)
{
  PangoLayout *layout = get_layout (cell->paint, style, text, width);

  put_layout (cell, style, colour, layout, x);
  return width_of (layout);
}

/** gxc_paint_pin: the sign of a pinned customer; @size: px */
void
gxc_paint_pin (GxcPaintCell *cell,
               GxcToken      colour,
               float         x,
               float         size)
{
  GtkWidget *widget = cell->paint->widget;
  GdkPaintable **pin = &cell->paint->pin;

  if (!*pin)
    *pin = GDK_PAINTABLE (gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), GXC_PIN_ICON, NULL,
                                                      (int) size, gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget),
                                                      GTK_ICON_LOOKUP_FORCE_SYMBOLIC));
  gtk_snapshot_save (cell->snapshot);
  gtk_snapshot_translate (cell->snapshot, &GRAPHENE_POINT_INIT (x, roundf ((cell->height - size) / 2)));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (*pin), cell->snapshot, size, size, gxc_token_rgba (colour), 1);
  gtk_snapshot_restore (cell->snapshot);
}

/** gxc_paint_text_width: px, without drawing */
float
gxc_paint_text_width (GxcPaintCell  *cell,
                      GxcPaintStyle  style,
                      const char    *text)
{
  return width_of (get_layout (cell->paint, style, text, 0));
}

/** gxc_paint_text_right: the same, ending at @right */
float
gxc_paint_text_right (GxcPaintCell  *cell,
                      GxcPaintStyle  style,
                      GxcToken       colour,
                      const char    *text,
                      float          right)
{
  PangoLayout *layout = get_layout (cell->paint, style, text, 0);
  float width = width_of (layout);

  put_layout (cell, style, colour, layout, right - width);
  return width;
}

/** gxc_customers_paint_update: the moment is now */
void
gxc_customers_paint_update (GxcCustomersPaint *self)
{
  self->now = gxc_desk_now (self->desk);
  self->today = gxc_desk_get_today (self->desk);
}

/** gxc_customers_paint_rescale: fonts or the text scale have changed */
void
gxc_customers_paint_rescale (GxcCustomersPaint *self)
{
  for (guint i = 0; i < GXC_PAINT_N_STYLES; i++)
    g_clear_object (&self->layouts[i]);
  g_clear_object (&self->pin);
  self->scale = gxc_look_scale (self->widget);
}

/**
 * gxc_customers_paint_new:
 * @widget: must live as long
 */
GxcCustomersPaint *
gxc_customers_paint_new (GxcDesk   *desk,
                         GtkWidget *widget)
{
  GxcCustomersPaint *self = g_new0 (GxcCustomersPaint, 1);

  self->desk = desk;
  self->widget = widget;
  self->zone = g_time_zone_new_local ();
  gxc_customers_paint_rescale (self);
  gxc_customers_paint_update (self);
  return self;
}

void
gxc_customers_paint_free (GxcCustomersPaint *self)
{
  for (guint i = 0; i < GXC_PAINT_N_STYLES; i++)
    g_clear_object (&self->layouts[i]);
  g_clear_object (&self->pin);
  g_time_zone_unref (self->zone);
  g_free (self);
}
