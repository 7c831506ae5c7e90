/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page and the form that opens beside it, for a box of the two. A box would ask for the room of both, which at 1024 with
 * text at 150 % is more than the window has: then the form stands where the page stood, until it is closed. It decides over
 * room alone; what is open is the page's to say. */

#include "gxc-side-layout.h"

struct _GxcSideLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (GxcSideLayout, gxc_side_layout, GTK_TYPE_LAYOUT_MANAGER)

static void
measure_width (GtkWidget *child, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  if (child)
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
}

/* The widest: while one folds away and another comes there are two. */
static GtkWidget *
find_side (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget), *side = NULL;
  int widest = -1, minimum, natural;

  while ((child = gtk_widget_get_next_sibling (child)))
    {
      if (!gtk_widget_should_layout (child))
        continue;
      measure_width (child, &minimum, &natural);
      if (natural > widest)
        side = child;
      widest = MAX (widest, natural);
    }
  return side;
}

/* How wide what is beside becomes; all of @width where the page has no room. */
static int
side_width (GtkWidget *widget, int width)
{
  int page, side, natural;

  measure_width (gtk_widget_get_first_child (widget), &page, &natural);
  measure_width (find_side (widget), &side, &natural);
  return page + side > width ? width : CLAMP (natural, side, width - page);
}

static GtkSizeRequestMode
gxc_side_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_height (GtkWidget *child, int width, int *minimum, int *natural)
{
  int least, most;

  if (!child || width == 0)
    return;
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &least, &most, NULL, NULL);
  *minimum = MAX (*minimum, least);
  *natural = MAX (*natural, most);
}

static void
gxc_side_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                         int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *page = gtk_widget_get_first_child (widget), *side = find_side (widget);
  int beside = side && for_size >= 0 ? side_width (widget, for_size) : -1, least, most;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      measure_height (side, beside, minimum, natural);
      measure_height (page, beside < 0 ? for_size : for_size - beside, minimum, natural);
      return;
    }
  measure_width (page, minimum, natural);
  measure_width (side, &least, &most);
  *minimum = MAX (*minimum, least);
  *natural += most;
}

static void
gxc_side_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *page = gtk_widget_get_first_child (widget), *side = find_side (widget);
  int beside = side ? side_width (widget, width) : 0;

  gtk_widget_set_child_visible (page, beside < width);
  if (beside < width)
    gtk_widget_size_allocate (page, &(GtkAllocation) { 0, 0, width - beside, height }, -1);
  for (GtkWidget *child = gtk_widget_get_next_sibling (page); child; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_child_visible (child, child == side);
  if (side)
    gtk_widget_size_allocate (side, &(GtkAllocation) { width - beside, 0, beside, height }, -1);
}

static void
gxc_side_layout_class_init (GxcSideLayoutClass *klass)
{
  GTK_LAYOUT_MANAGER_CLASS (klass)->get_request_mode = gxc_side_layout_get_request_mode;
  GTK_LAYOUT_MANAGER_CLASS (klass)->measure = gxc_side_layout_measure;
  GTK_LAYOUT_MANAGER_CLASS (klass)->allocate = gxc_side_layout_allocate;
}

static void
gxc_side_layout_init (GxcSideLayout *self)
{
}

GtkLayoutManager *
gxc_side_layout_new (void)
{
  return g_object_new (GXC_TYPE_SIDE_LAYOUT, NULL);
}
