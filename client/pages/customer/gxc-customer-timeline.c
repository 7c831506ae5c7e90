/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tab that holds the life cycle of one customer. It is only the place: what is gathered and how it is drawn is the
 * timeline's. What somebody opens there is shown where it can be edited. */

#include "gxc-customer-timeline.h"

#include "gxc-timeline.h"

struct _GxcCustomerTimeline
{
  GxcCustomerTab  parent_instance;

  GtkWidget      *timeline;   /* (borrowed) (nullable) made when it is first filled */
};

G_DEFINE_FINAL_TYPE (GxcCustomerTimeline, gxc_customer_timeline, GXC_TYPE_CUSTOMER_TAB)

static const struct { const char *entity, *tab; } places[] = {
  { "holding", "assets" }, { "task", "tasks" }, { "customer", "details" }, { "change_request", "history" }, { "stage_hist", "history" },
};

static void
on_activated_cb (GxcCustomerTimeline *self, const GxEntity *entity, const GxId *id)
{
  g_autofree char *target = g_strdup_printf ("%s/%s", entity->name, GX_ID_STR (id));

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].entity, entity->name))
      {
        gtk_widget_activate_action (GTK_WIDGET (self), "customer.show-tab", "s", places[i].tab);
        return;
      }
  if (gxc_desk_can (gxc_customer_tab_get_desk (GXC_CUSTOMER_TAB (self)), GX_CAN_WRITE_TASK))
    gtk_widget_activate_action (GTK_WIDGET (self), "customer.edit", "s", target);
}

static void
fill (GxcCustomerTab *tab)
{
  GxcCustomerTimeline *self = GXC_CUSTOMER_TIMELINE (tab);
  GxcCustomerFile *file = gxc_customer_tab_get_file (tab);

  if (!self->timeline)
    {
      self->timeline = gxc_timeline_new (gxc_customer_file_get_desk (file), gxc_customer_file_get_id (file));
      gtk_widget_add_css_class (self->timeline, "gx-tab-body");
      gxc_customer_tab_fill_with (tab, self->timeline);
      g_signal_connect_object (self->timeline, "item-activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
    }
  gxc_timeline_refresh (GXC_TIMELINE (self->timeline));
}

static gboolean
gxc_customer_timeline_grab_focus (GtkWidget *widget)
{
  GxcCustomerTimeline *self = GXC_CUSTOMER_TIMELINE (widget);

  return self->timeline && gtk_widget_grab_focus (self->timeline);
}

static void
gxc_customer_timeline_class_init (GxcCustomerTimelineClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = gxc_customer_timeline_grab_focus;
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
}

static void
gxc_customer_timeline_init (GxcCustomerTimeline *self)
{
}

GtkWidget *
gxc_customer_timeline_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_TIMELINE, file);
}
