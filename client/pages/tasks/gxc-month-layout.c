/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A month and the day that it stands on, for a box of the two: beside each other where a cell still has room for a name, else
 * folded, the one or the other. How wide is wide counts in text, not in pixels: at 1024 with text at 150 % a cell beside the
 * day would show one letter. Which of the two stands there while folded is the page's to say. */

#include "gxc-month-layout.h"

#include "gxc-look.h"

/* px at 100 % text */
#define GAP        14
#define TWO_FROM   700      /* below, folded */

struct _GxcMonthLayout
{
  GtkLayoutManager parent_instance;

  gboolean folded;      /* as it was laid out last */
  gboolean at_day;      /* while folded */
  guint    told;        /* idle: nothing may change its size while sizes are given */
};

enum { FOLDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GxcMonthLayout, gxc_month_layout, GTK_TYPE_LAYOUT_MANAGER)

static gboolean
on_folded_cb (gpointer data)
{
  GxcMonthLayout *self = data;

  self->told = 0;
  g_signal_emit (self, signals[FOLDED], 0);
  return G_SOURCE_REMOVE;
}

static void
gxc_month_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                          int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      int least, most;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, -1, &least, &most, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = orientation == GTK_ORIENTATION_HORIZONTAL && *natural > 0 ? *natural + GAP + most : MAX (*natural, most);
    }
}

static void
place_two (GtkWidget *month, GtkWidget *day, int width, int height)
{
  int room;

  gtk_widget_measure (day, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &room, NULL, NULL);
  gtk_widget_size_allocate (month, &(GtkAllocation) { 0, 0, width - room - GAP, height }, -1);
  gtk_widget_size_allocate (day, &(GtkAllocation) { width - room, 0, room, height }, -1);
}

static void
gxc_month_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  GxcMonthLayout *self = GXC_MONTH_LAYOUT (manager);
  GtkWidget *month = gtk_widget_get_first_child (widget), *day = gtk_widget_get_last_child (widget);
  gboolean has_day = gtk_widget_get_visible (day), folded = width < TWO_FROM * gxc_look_scale (widget);

  gtk_widget_set_child_visible (month, !folded || !self->at_day || !has_day);
  gtk_widget_set_child_visible (day, !folded || self->at_day);
  if (!folded && has_day)
    place_two (month, day, width, height);
  else
    gtk_widget_size_allocate (gtk_widget_get_child_visible (month) ? month : day, &(GtkAllocation) { 0, 0, width, height }, -1);
  if (folded != self->folded && !self->told)
    self->told = g_idle_add (on_folded_cb, self);
  self->folded = folded;
}

static void
gxc_month_layout_dispose (GObject *object)
{
  g_clear_handle_id (&GXC_MONTH_LAYOUT (object)->told, g_source_remove);
  G_OBJECT_CLASS (gxc_month_layout_parent_class)->dispose (object);
}

static void
gxc_month_layout_class_init (GxcMonthLayoutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_month_layout_dispose;
  GTK_LAYOUT_MANAGER_CLASS (klass)->measure = gxc_month_layout_measure;
  GTK_LAYOUT_MANAGER_CLASS (klass)->allocate = gxc_month_layout_allocate;
  /** GxcMonthLayout::folded: it folded, or unfolded */
  signals[FOLDED] = g_signal_new ("folded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_month_layout_init (GxcMonthLayout *self)
{
}

GtkLayoutManager *
gxc_month_layout_new (void)
{
  return g_object_new (GXC_TYPE_MONTH_LAYOUT, NULL);
}

gboolean
gxc_month_layout_is_folded (GxcMonthLayout *self)
{
  return self->folded;
}

/** gxc_month_layout_set_at_day: while folded the day stands there, or the month; at once, so that the focus can go there */
void
gxc_month_layout_set_at_day (GxcMonthLayout *self,
                             gboolean        at_day)
{
  GtkWidget *widget = gtk_layout_manager_get_widget (GTK_LAYOUT_MANAGER (self));

  self->at_day = at_day;
  if (self->folded)
    {
      gtk_widget_set_child_visible (gtk_widget_get_first_child (widget), !at_day);
      gtk_widget_set_child_visible (gtk_widget_get_last_child (widget), at_day);
    }
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

gboolean
gxc_month_layout_get_at_day (GxcMonthLayout *self)
{
  return self->at_day;
}
