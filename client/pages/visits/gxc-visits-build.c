/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of visits is put together from: the head with its day and its orders, the stops with what to know before one
 * meets, and beside them the visit, the choice of whom to visit, or a word that there is none. It makes widgets and shows no
 * row in them. */

#include "gxc-visits-page-private.h"

#include <glib/gi18n.h>

#include "gxc-cards.h"
#include "gxc-room-layout.h"
#include "gxc-side-layout.h"
#include "gxc-visits-layout.h"
#include "gxc-widgets.h"

static GtkWidget *
icon_button (const char *icon_name, const char *action, const char *words)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "icon-name", icon_name, "action-name", action, "tooltip-text", words, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return button;
}

static GtkWidget *
make_paper_menu (void)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkWidget *button = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "document-print-symbolic", "tooltip-text", _("Print or save as PDF"), NULL);

  g_menu_append (menu, _("Print the visit…"), "visits.print");
  g_menu_append (menu, _("Print the day…"), "visits.print-day");
  g_menu_append (menu, _("Save the visit as PDF…"), "visits.save-pdf");
  g_menu_append (menu, _("Save the day as PDF…"), "visits.save-day-pdf");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Print or save as PDF"), -1);
  return button;
}

static GtkWidget *
make_head (GxcVisitsPage *self)
{
  GtkWidget *orders = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *along;
  GMenu *more = g_menu_new ();

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->date = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  self->by_district = gxc_button_new (_("By district"), "G", "visits.by-district");
  self->by_time = gxc_button_new (_("By time"), "H", "visits.by-time");
  gtk_widget_add_css_class (self->head, "gx-list-head");
  gtk_widget_add_css_class (self->date, "gx-strong");
  gtk_box_append (GTK_BOX (self->head), icon_button ("go-previous-symbolic", "visits.previous", _("Day before")));
  gtk_box_append (GTK_BOX (self->head), icon_button ("go-next-symbolic", "visits.next", _("Next day")));
  gtk_box_append (GTK_BOX (self->head), gxc_button_new (C_("tasks", "Today"), "T", "visits.today"));
  gtk_box_append (GTK_BOX (self->head), self->date);
  gtk_widget_set_layout_manager (orders, gxc_room_layout_new_of_rest (GTK_PACK_END));      /* which day it is comes first */
  gtk_widget_set_hexpand (orders, TRUE);
  gtk_widget_add_css_class (self->by_time, GXC_IF_ROOM);
  gtk_widget_add_css_class (self->by_district, GXC_IF_ROOM);
  gtk_box_append (GTK_BOX (orders), self->by_time);
  gtk_box_append (GTK_BOX (orders), self->by_district);
  g_menu_append (more, _("By time"), "visits.by-time");
  g_menu_append (more, _("By district"), "visits.by-district");
  g_menu_append (more, _("Take along"), "visits.along");
  gtk_box_append (GTK_BOX (orders), gxc_room_more_new (more, GTK_ARROW_DOWN));
  along = gxc_button_new (_("Take along"), "A", "visits.along");
  gtk_widget_add_css_class (along, GXC_IF_ROOM);
  gtk_box_append (GTK_BOX (orders), along);
  gtk_box_append (GTK_BOX (orders), gxc_button_new (_("Plan visits"), "N", "visits.plan"));
  self->on_paper = make_paper_menu ();
  gtk_box_append (GTK_BOX (self->head), orders);
  gtk_box_append (GTK_BOX (self->head), self->on_paper);
  return self->head;
}

static GtkWidget *
make_day (GxcVisitsPage *self, GxcDesk *desk)
{
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE,
                                      "propagate-natural-height", TRUE, NULL);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *stops = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->list = GXC_VISITS_LIST (gxc_visits_list_new (desk));
  self->before = gxc_card_new (_("Before you meet"), NULL, NULL, &self->before_rows);
  gtk_box_set_spacing (GTK_BOX (self->before_rows), 10);
  gtk_widget_add_css_class (self->before_rows, "gx-visit-before");
  gtk_widget_set_css_classes (stops, (const char *[]) { "gx-card", "flush", NULL });
  gtk_widget_set_overflow (stops, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (stops), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (column), stops);
  gtk_box_append (GTK_BOX (column), self->before);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column);
  g_signal_connect_object (self->list, "reordered", G_CALLBACK (gxc_visits_actions_reorder), self, G_CONNECT_SWAPPED);
  return scroller;
}

static GtkWidget *
make_side (GxcVisitsPage *self, GxcDesk *desk)
{
  GtkWidget *nothing = gxc_empty_new ("mark-location-symbolic", _("Whom do you want to see?"),
                                      _("Tasks that ask for a visit and customers you have not met for too long are offered first."),
                                      _("Plan visits"), "visits.plan", NULL);

  self->side = g_object_new (GTK_TYPE_STACK, "hexpand", TRUE, "vexpand", TRUE, NULL);
  self->stop = GXC_VISITS_STOP (gxc_visits_stop_new (desk));
  self->plan = GXC_VISITS_PLAN (gxc_visits_plan_new (desk));
  gtk_stack_add_named (self->side, nothing, "nothing");
  gtk_stack_add_named (self->side, GTK_WIDGET (self->stop), "stop");
  self->along = GXC_VISITS_ALONG (gxc_visits_along_new (desk));
  gtk_stack_add_named (self->side, GTK_WIDGET (self->plan), "plan");
  gtk_stack_add_named (self->side, GTK_WIDGET (self->along), "along");
  return GTK_WIDGET (self->side);
}

/** gxc_visits_page_build: puts the page's content in; who listens to it is the page's business */
void
gxc_visits_page_build (GxcVisitsPage *self,
                       GxcDesk       *desk)
{
  GtkWidget *main = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->content, gxc_side_layout_new ());
  self->form = g_object_new (GXC_TYPE_FORM, "visible", FALSE, NULL);
  gxc_form_set_desk (self->form, desk);
  gtk_widget_set_layout_manager (body, gxc_visits_layout_new ());
  gtk_widget_add_css_class (body, "gx-page-body");
  gtk_widget_set_vexpand (body, TRUE);
  gtk_box_append (GTK_BOX (body), make_day (self, desk));
  gtk_box_append (GTK_BOX (body), make_side (self, desk));
  gtk_box_append (GTK_BOX (main), make_head (self));
  gtk_box_append (GTK_BOX (main), body);
  gtk_widget_set_hexpand (main, TRUE);
  gtk_box_append (GTK_BOX (self->content), main);
  gtk_box_append (GTK_BOX (self->content), GTK_WIDGET (self->form));
  gxc_page_set_content (GXC_PAGE (self), self->content);
}
