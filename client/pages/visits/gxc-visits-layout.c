/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stops of a day and the one that is open, for a box of the two: beside each other where there is room, else one under the
 * other. How wide is wide counts in text, not in pixels, so that a window at 1024 with text at 150 % is not made wider. */

#include "gxc-visits-layout.h"

#include "gxc-look.h"

/* px at 100 % text */
#define GAP        14
#define TWO_FROM   760      /* below, one under the other */
#define DAY_WIDTH  368
#define DAY_SHARE  0.36     /* of the height at most, where it stands above */
#define MOST_SHARE 0.55     /* so that what stands under the stops is seen to go on */
#define PEEK       82       /* its heading and a line */

struct _GxcVisitsLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (GxcVisitsLayout, gxc_visits_layout, GTK_TYPE_LAYOUT_MANAGER)

static gboolean
has_two (GtkWidget *widget, int width)
{
  return width >= TWO_FROM * gxc_look_scale (widget);
}

static void
gxc_visits_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *day = gtk_widget_get_first_child (widget), *side = gtk_widget_get_last_child (widget);
  int least[2], most[2];
  gboolean beside = orientation == GTK_ORIENTATION_VERTICAL && (for_size < 0 || has_two (widget, for_size));

  gtk_widget_measure (day, orientation, -1, &least[0], &most[0], NULL, NULL);
  gtk_widget_measure (side, orientation, -1, &least[1], &most[1], NULL, NULL);
  *minimum = MAX (least[0], least[1]);
  *natural = MAX (most[0], most[1]);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*natural, (int) (TWO_FROM * gxc_look_scale (widget)));
  else if (!beside)
    {
      *minimum = least[0] + GAP + least[1];
      *natural = most[0] + GAP + most[1];
    }
}

/* The stops stand first in what scrolls: an edge just under them would hide that something follows. */
static int
height_of_stops (GtkWidget *day)
{
  GtkWidget *column = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (day)), *stops;
  int natural;

  if (GTK_IS_VIEWPORT (column))
    column = gtk_viewport_get_child (GTK_VIEWPORT (column));
  stops = gtk_widget_get_first_child (column);
  gtk_widget_measure (stops, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
height_of_day (GtkWidget *widget, int width, int height)
{
  GtkWidget *day = gtk_widget_get_first_child (widget);
  int least, most, share = height * DAY_SHARE, stops = height_of_stops (day), peek = stops + PEEK * gxc_look_scale (widget);

  gtk_widget_measure (day, GTK_ORIENTATION_VERTICAL, width, &least, &most, NULL, NULL);
  if (share < peek && peek <= height * MOST_SHARE)
    share = peek;
  return CLAMP (most, least, MAX (least, share));
}

static void
gxc_visits_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *day = gtk_widget_get_first_child (widget), *side = gtk_widget_get_last_child (widget);
  int least, most, room = width;

  if (has_two (widget, width))
    {
      room = DAY_WIDTH * gxc_look_scale (widget);
      gtk_widget_size_allocate (day, &(GtkAllocation) { 0, 0, room, height }, -1);
      gtk_widget_size_allocate (side, &(GtkAllocation) { room + GAP, 0, width - room - GAP, height }, -1);
      return;
    }
  room = height_of_day (widget, width, height);
  gtk_widget_size_allocate (day, &(GtkAllocation) { 0, 0, width, room }, -1);
  gtk_widget_measure (side, GTK_ORIENTATION_VERTICAL, width, &least, &most, NULL, NULL);
  gtk_widget_size_allocate (side, &(GtkAllocation) { 0, room + GAP, width, MAX (height - room - GAP, least) }, -1);
}

static void
gxc_visits_layout_class_init (GxcVisitsLayoutClass *klass)
{
  GTK_LAYOUT_MANAGER_CLASS (klass)->measure = gxc_visits_layout_measure;
  GTK_LAYOUT_MANAGER_CLASS (klass)->allocate = gxc_visits_layout_allocate;
}

static void
gxc_visits_layout_init (GxcVisitsLayout *self)
{
}

GtkLayoutManager *
gxc_visits_layout_new (void)
{
  return g_object_new (GXC_TYPE_VISITS_LAYOUT, NULL);
}
