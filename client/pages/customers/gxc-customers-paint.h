/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-customers-rows.h"
#include "gxc-desk.h"
#include "gxc-look.h"

G_BEGIN_DECLS

typedef enum
{
  GXC_PAINT_BODY,
  GXC_PAINT_STRONG,
  GXC_PAINT_CAPTION,
  GXC_PAINT_CAPTION_STRONG,
  GXC_PAINT_N_STYLES
} GxcPaintStyle;

/**
 * GxcCustomersPaint: what all cells of the list draw with: one text layout a style, and the moment that "3 d ago" counts
 * from. Main thread only.
 */
typedef struct
{
  GxcDesk     *desk;                            /* (borrowed) */
  GtkWidget   *widget;                          /* (borrowed): whose font and text scale count */
  PangoLayout *layouts[GXC_PAINT_N_STYLES];     /* (nullable): made when first needed */
  int          baseline[GXC_PAINT_N_STYLES];    /* from the middle of a line to its baseline, Pango units */
  GdkPaintable *pin;                            /* (nullable): made when first needed */
  double       scale;                           /* of text */
  GTimeZone   *zone;
  gint32       today;
  gint64       now;
} GxcCustomersPaint;

/**
 * GxcPaintCell: one cell while it is drawn: left to right from @x on.
 */
typedef struct
{
  GxcCustomersPaint     *paint;
  GtkSnapshot           *snapshot;
  const GxcCustomersRow *row;
  float                  width, height;
} GxcPaintCell;

GxcCustomersPaint *gxc_customers_paint_new      (GxcDesk *desk, GtkWidget *widget);
void               gxc_customers_paint_free     (GxcCustomersPaint *self);
void               gxc_customers_paint_update   (GxcCustomersPaint *self);
void               gxc_customers_paint_rescale  (GxcCustomersPaint *self);

float              gxc_paint_text               (GxcPaintCell *cell, GxcPaintStyle style, GxcToken colour, const char *text,
                                                 float x, float width);
float              gxc_paint_text_right         (GxcPaintCell *cell, GxcPaintStyle style, GxcToken colour, const char *text,
                                                 float right);
void               gxc_paint_pin                (GxcPaintCell *cell, GxcToken colour, float x, float size);
float              gxc_paint_text_width         (GxcPaintCell *cell, GxcPaintStyle style, const char *text);

void               gxc_paint_mark               (GxcPaintCell *cell);
void               gxc_paint_name               (GxcPaintCell *cell);
void               gxc_paint_tier               (GxcPaintCell *cell);
void               gxc_paint_stage              (GxcPaintCell *cell);
void               gxc_paint_value              (GxcPaintCell *cell);
void               gxc_paint_trend              (GxcPaintCell *cell);
void               gxc_paint_contact            (GxcPaintCell *cell);
void               gxc_paint_task               (GxcPaintCell *cell);
void               gxc_paint_risk               (GxcPaintCell *cell);
void               gxc_paint_quality            (GxcPaintCell *cell);

G_END_DECLS
