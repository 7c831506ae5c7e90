/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buttons in a row, at its end, or what has only what others leave of a line. Of those that can also be reached otherwise
 * (GXC_IF_ROOM) the last are left out when there is no room for all, so that a window at 1024 with text at 150 % is not made wider
 * by them; then a menu with them stands there (gxc_room_more_new()). It hides nothing else. */

#include "gxc-room-layout.h"

#include <glib/gi18n.h>

#define GAP 8

struct _GxcRoomLayout
{
  GtkLayoutManager parent_instance;

  gboolean         of_rest;
  GtkPackType      end;           /* where the row stands in its room */
};

G_DEFINE_FINAL_TYPE (GxcRoomLayout, gxc_room_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
width_of (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static guint
count_optional (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_should_layout (child) && gtk_widget_has_css_class (child, GXC_IF_ROOM);
  return n;
}

/* How wide the row is with the first @n_optional of those that can be left out. */
static int
width_with (GtkWidget *widget, guint n_optional)
{
  gboolean cut = n_optional < count_optional (widget);
  int width = -GAP;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      gboolean optional = gtk_widget_has_css_class (child, GXC_IF_ROOM);

      if (!gtk_widget_should_layout (child) || (optional && n_optional == 0) || (!cut && gtk_widget_has_css_class (child, GXC_IF_CUT)))
        continue;
      n_optional -= optional;
      width += width_of (child) + GAP;
    }
  return MAX (width, 0);
}

static void
gxc_room_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                         int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = width_with (widget, 0);
      *natural = GXC_ROOM_LAYOUT (manager)->of_rest ? *minimum : width_with (widget, count_optional (widget));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      int least, most;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, -1, &least, &most, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, most);
    }
}

static void
gxc_room_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  guint n = count_optional (widget), all = n;
  gboolean cut;
  int x;

  while (n > 0 && width_with (widget, n) > width)
    n--;
  cut = n < all;
  x = GXC_ROOM_LAYOUT (manager)->end == GTK_PACK_START ? 0 : width - width_with (widget, n);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      gboolean optional = gtk_widget_has_css_class (child, GXC_IF_ROOM);
      gboolean shown = gtk_widget_has_css_class (child, GXC_IF_CUT) ? cut : !optional || n > 0;
      int wide;

      if (!gtk_widget_should_layout (child))
        continue;
      n -= optional && n > 0;
      gtk_widget_set_child_visible (child, shown);
      if (!shown)
        continue;
      wide = width_of (child);
      gtk_widget_size_allocate (child, &(GtkAllocation) { x, 0, wide, height }, -1);
      x += wide + GAP;
    }
}

static void
gxc_room_layout_class_init (GxcRoomLayoutClass *klass)
{
  GTK_LAYOUT_MANAGER_CLASS (klass)->measure = gxc_room_layout_measure;
  GTK_LAYOUT_MANAGER_CLASS (klass)->allocate = gxc_room_layout_allocate;
}

static void
gxc_room_layout_init (GxcRoomLayout *self)
{
  self->end = GTK_PACK_END;
}

GtkLayoutManager *
gxc_room_layout_new (void)
{
  return g_object_new (GXC_TYPE_ROOM_LAYOUT, NULL);
}

/** gxc_room_layout_new_of_rest: asks for no room, so that its neighbours have all they want before it; its widget expands, and the row
 * stands at @end of what there is */
GtkLayoutManager *
gxc_room_layout_new_of_rest (GtkPackType end)
{
  GxcRoomLayout *self = g_object_new (GXC_TYPE_ROOM_LAYOUT, NULL);

  self->of_rest = TRUE;
  self->end = end;
  return GTK_LAYOUT_MANAGER (self);
}

/**
 * gxc_room_more_new:
 * @menu: (transfer full): what those do that can be left out
 *
 * Returns: (transfer floating): a button for the row, which shows only while one of them is
 */
GtkWidget *
gxc_room_more_new (GMenu        *menu,
                   GtkArrowType  direction)
{
  GtkWidget *button = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "view-more-horizontal-symbolic", "menu-model", menu, "direction", direction,
                                    "tooltip-text", _("More"), NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("More"), -1);
  gtk_widget_add_css_class (button, GXC_IF_CUT);
  g_object_unref (menu);
  return button;
}
