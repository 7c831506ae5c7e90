/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gx-clock.h"

G_BEGIN_DECLS

typedef enum
{
  GXC_CLOCK_NEUTRAL,
  GXC_CLOCK_AMBER,          /* past three quarters of its span, or ends today */
  GXC_CLOCK_RED,            /* late, or under 30 minutes */
} GxcClockTone;

/**
 * GxcClockReading: what a clock chip shows at one moment.
 */
typedef struct
{
  GxcClockTone tone;
  double       remaining;   /* share of the span, 0 to 1 */
  char        *words;       /* (owned) */
} GxcClockReading;

void       gxc_clock_read           (gint64           started,
                                     gint64           due,
                                     gint64           now,
                                     GxcClockReading *out_reading);

/* px at 100 % text: what the longest words need ("20 h 36 min late"), so that what stands beside clocks is in one line */
#define GXC_CLOCK_CHIP_WIDTH 132

#define GXC_TYPE_CLOCK_CHIP (gxc_clock_chip_get_type ())
G_DECLARE_FINAL_TYPE (GxcClockChip, gxc_clock_chip, GXC, CLOCK_CHIP, GtkWidget)

GtkWidget *gxc_clock_chip_new       (GxClock      *clock);
void       gxc_clock_chip_set_span  (GxcClockChip *self,
                                     gint64        started,
                                     gint64        due);
void       gxc_clock_chip_set_done  (GxcClockChip *self,
                                     gint64        started,
                                     gint64        done);

G_END_DECLS
