/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the cards of the Today page stand. The children come in the order in which one column has them: list, tiles, visits,
 * reviews, tiers, chart. With room there are two columns: list and chart at the left, the chart taking what height is left, and the
 * others at the right. How wide is wide counts in text, not in pixels (DESIGN.md 12). */

#include "gxc-today-layout.h"

#include "gxc-look.h"

#define GAP        14
#define TWO_FROM   800        /* px at 100 % text: below, one column */
#define SIDE_LEAST 300
#define SIDE_MOST  400
#define SIDE_SHARE 0.386

struct _GxcTodayLayout
{
  GtkLayoutManager parent_instance;
};

typedef struct
{
  gboolean two;
  int      x[2], width[2];
} Columns;

G_DEFINE_FINAL_TYPE (GxcTodayLayout, gxc_today_layout, GTK_TYPE_LAYOUT_MANAGER)

static Columns
columns_of (GtkWidget *widget, int width)
{
  double scale = gxc_look_scale (widget);
  int side = CLAMP (width * SIDE_SHARE, SIDE_LEAST * scale, SIDE_MOST * scale);

  if (width < TWO_FROM * scale)
    return (Columns) { FALSE, { 0, 0 }, { width, width } };
  return (Columns) { TRUE, { 0, width - side }, { width - side - GAP, side } };
}

/* The first child and the last stand at the left. */
static int
column_of (GtkWidget *child)
{
  return gtk_widget_get_prev_sibling (child) && gtk_widget_get_next_sibling (child) ? 1 : 0;
}

static int
height_of (GtkWidget *child, const Columns *columns)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, columns->width[column_of (child)], NULL, &natural, NULL, NULL);
  return natural;
}

static int
measure_height (GtkWidget *widget, int width)
{
  Columns columns = columns_of (widget, width);
  int heights[2] = { 0, 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      int *height = &heights[columns.two ? column_of (child) : 0];

      if (gtk_widget_should_layout (child))
        *height += height_of (child, &columns) + (*height ? GAP : 0);
    }
  return MAX (heights[0], heights[1]);
}

static void
gxc_today_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                          int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  int width = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      int least;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      width = MAX (width, least);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = width;
  else
    *minimum = *natural = measure_height (widget, for_size < 0 ? (int) (TWO_FROM * gxc_look_scale (widget)) : MAX (for_size, width));
}

static void
gxc_today_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  Columns columns = columns_of (widget, width);
  int y[2] = { 0, 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      int column = columns.two ? column_of (child) : 0, tall;

      if (!gtk_widget_should_layout (child))
        continue;
      tall = height_of (child, &columns);
      if (!gtk_widget_get_next_sibling (child))
        tall = MAX (tall, height - y[column]);
      gtk_widget_size_allocate (child, &(GtkAllocation) { columns.x[column], y[column], columns.width[column], tall }, -1);
      y[column] += tall + GAP;
    }
}

static GtkSizeRequestMode
gxc_today_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
gxc_today_layout_class_init (GxcTodayLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->measure = gxc_today_layout_measure;
  manager_class->allocate = gxc_today_layout_allocate;
  manager_class->get_request_mode = gxc_today_layout_get_request_mode;
}

static void
gxc_today_layout_init (GxcTodayLayout *self)
{
}

GtkLayoutManager *
gxc_today_layout_new (void)
{
  return g_object_new (GXC_TYPE_TODAY_LAYOUT, NULL);
}
