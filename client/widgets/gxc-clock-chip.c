/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time that is running out: a ring with the share that remains, and the words, which count. It reads its clock once a
 * minute, once a second only in the last two minutes. What it shows is the pure gxc_clock_read(). */

#include "gxc-clock-chip.h"

#include <glib/gi18n.h>

#include "gxc-format.h"
#include "gxc-look.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define RING   14

struct _GxcClockChip
{
  GtkWidget     parent_instance;

  GtkWidget    *box;        /* (owned) the only child */
  GtkWidget    *ring;       /* (borrowed) */
  GtkWidget    *label;      /* (borrowed) */
  GxClock      *clock;      /* (borrowed) */
  gint64        started;
  gint64        due;
  double        remaining;
  GxcClockTone  tone;
  guint         timer;
};

G_DEFINE_FINAL_TYPE (GxcClockChip, gxc_clock_chip, GTK_TYPE_WIDGET)

static gboolean
ends_today (gint64 due, gint64 now)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return gx_date_from_time (due, zone) == gx_date_from_time (now, zone);
}

/**
 * gxc_clock_read:
 * @started: ms UTC
 * @due: ms UTC
 * @out_reading: its words belong to the caller
 */
void
gxc_clock_read (gint64           started,
                gint64           due,
                gint64           now,
                GxcClockReading *out_reading)
{
  gint64 left = due - now;
  g_autofree char *span = gxc_format_span (ABS (left));

  out_reading->remaining = due > started ? CLAMP ((double) left / (due - started), 0, 1) : 0;
  out_reading->words = left < 0 ? g_strdup_printf (_("%s late"), span) : g_strdup (span);
  if (left < 30 * MINUTE)
    out_reading->tone = GXC_CLOCK_RED;
  else if (out_reading->remaining < 0.25 || ends_today (due, now))
    out_reading->tone = GXC_CLOCK_AMBER;
  else
    out_reading->tone = GXC_CLOCK_NEUTRAL;
}

static void
draw_ring (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  GxcClockChip *self = data;
  const GdkRGBA *colour = gxc_token_rgba (self->tone == GXC_CLOCK_RED ? GXC_TOKEN_ON_FILL
                                          : self->tone == GXC_CLOCK_AMBER ? GXC_TOKEN_AMBER_TEXT : GXC_TOKEN_FG);
  double radius = MIN (width, height) / 2.0 - 1.5;

  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_set_line_width (cr, 2.5);
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, 0.25);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  if (self->remaining <= 0)
    return;
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_arc (cr, 0, 0, radius, -G_PI / 2, -G_PI / 2 + 2 * G_PI * self->remaining);
  cairo_stroke (cr);
}

static void
show_reading (GxcClockChip *self, GxcClockTone tone, double remaining, const char *words)
{
  self->tone = tone;
  self->remaining = remaining;
  gtk_label_set_text (GTK_LABEL (self->label), words);
  gtk_widget_remove_css_class (self->box, "red");
  gtk_widget_remove_css_class (self->box, "amber");
  if (tone == GXC_CLOCK_RED)
    gtk_widget_add_css_class (self->box, "red");
  else if (tone == GXC_CLOCK_AMBER)
    gtk_widget_add_css_class (self->box, "amber");
  gtk_widget_queue_draw (self->ring);
}

static gboolean on_tick_cb (gpointer data);

static void
update (GxcClockChip *self)
{
  gint64 now = gx_clock_now (self->clock);
  GxcClockReading reading;

  gxc_clock_read (self->started, self->due, now, &reading);
  show_reading (self, reading.tone, reading.remaining, reading.words);
  g_free (reading.words);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->timer = g_timeout_add_seconds (ABS (self->due - now) < 2 * MINUTE ? 1 : 60, on_tick_cb, self);
}

static gboolean
on_tick_cb (gpointer data)
{
  GxcClockChip *self = data;

  self->timer = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
gxc_clock_chip_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gxc_clock_chip_parent_class)->map (widget);
  if (GXC_CLOCK_CHIP (widget)->due)
    update (GXC_CLOCK_CHIP (widget));
}

static void
gxc_clock_chip_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&GXC_CLOCK_CHIP (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (gxc_clock_chip_parent_class)->unmap (widget);
}

static void
gxc_clock_chip_dispose (GObject *object)
{
  GxcClockChip *self = GXC_CLOCK_CHIP (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (gxc_clock_chip_parent_class)->dispose (object);
}

static void
gxc_clock_chip_class_init (GxcClockChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_clock_chip_dispose;
  widget_class->map = gxc_clock_chip_map;
  widget_class->unmap = gxc_clock_chip_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TIMER);
}

static void
gxc_clock_chip_init (GxcClockChip *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->ring = g_object_new (GTK_TYPE_DRAWING_AREA, "content-width", RING, "content-height", RING,
                             "valign", GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->ring), draw_ring, self, NULL);
  self->label = gtk_label_new (NULL);
  gtk_box_append (GTK_BOX (self->box), self->ring);
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_widget_add_css_class (self->box, "gx-clock");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * gxc_clock_chip_new:
 * @clock: (transfer none): must outlive the chip
 */
GtkWidget *
gxc_clock_chip_new (GxClock *clock)
{
  GxcClockChip *self = g_object_new (GXC_TYPE_CLOCK_CHIP, NULL);

  self->clock = clock;
  return GTK_WIDGET (self);
}

/**
 * gxc_clock_chip_set_span:
 * @started: ms UTC
 * @due: ms UTC
 */
void
gxc_clock_chip_set_span (GxcClockChip *self,
                         gint64        started,
                         gint64        due)
{
  g_autofree char *moment = NULL;

  g_return_if_fail (GXC_IS_CLOCK_CHIP (self));

  self->started = started;
  self->due = due;
  moment = gxc_format_moment (due, gx_clock_now (self->clock));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), moment);
  update (self);
}

/**
 * gxc_clock_chip_set_done: it was done in time or late; the clock stands still
 */
void
gxc_clock_chip_set_done (GxcClockChip *self,
                         gint64        started,
                         gint64        done)
{
  g_autofree char *span = gxc_format_span (MAX (done - started, 0));
  g_autofree char *words = g_strdup_printf (_("done · %s"), span);

  g_return_if_fail (GXC_IS_CLOCK_CHIP (self));

  self->due = 0;
  g_clear_handle_id (&self->timer, g_source_remove);
  show_reading (self, GXC_CLOCK_NEUTRAL, 1, words);
}
