/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bar and the keys of a timeline do (timeline.*): steps and zoom, canvas or list, which lanes, print and PDF. What is
 * shown then is the timeline's, the canvas's and the list's own business. */

#include "gxc-timeline-private.h"

#include "gxc-timeline-canvas.h"
#include "gxc-timeline-list.h"
#include "gxc-timeline-print.h"

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_timeline_canvas_show_step (GXC_TIMELINE_CANVAS (GXC_TIMELINE (widget)->canvas), g_variant_get_int32 (parameter));
}

static void
zoom_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_timeline_canvas_zoom (GXC_TIMELINE_CANVAS (GXC_TIMELINE (widget)->canvas), g_variant_get_int32 (parameter) > 0 ? 1.6 : 1 / 1.6);
}

static void
fit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_timeline_canvas_fit (GXC_TIMELINE_CANVAS (GXC_TIMELINE (widget)->canvas));
}

static void
today_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_timeline_canvas_show_today (GXC_TIMELINE_CANVAS (GXC_TIMELINE (widget)->canvas));
}

static void
list_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_timeline_show_list (GXC_TIMELINE (widget), g_variant_get_boolean (parameter));
}

static void
turn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_timeline_show_list (GXC_TIMELINE (widget), !gxc_timeline_is_list (GXC_TIMELINE (widget)));
}

/* What there is nothing of is neither shown nor hidden. */
static void
filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTimeline *self = GXC_TIMELINE (widget);
  GxcTimelineGroup group = g_variant_get_int32 (parameter);

  if (!self->model || !gxc_timeline_model_has (self->model, group))
    return;
  self->groups ^= 1u << group;
  gxc_timeline_canvas_set_groups (GXC_TIMELINE_CANVAS (self->canvas), self->groups);
  gxc_timeline_list_set_model (GXC_TIMELINE_LIST (self->list), self->model, self->groups);
  gxc_timeline_list_select (GXC_TIMELINE_LIST (self->list), gxc_timeline_canvas_get_selected (GXC_TIMELINE_CANVAS (self->canvas)));
  gxc_timeline_update_bar (self);
  gxc_timeline_share_later (self);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTimeline *self = GXC_TIMELINE (widget);
  g_autofree char *title = gxc_desk_dup_customer (self->desk, &self->customer);
  const GxcTimelineScale *scale = gxc_timeline_canvas_get_scale (GXC_TIMELINE_CANVAS (self->canvas));
  const GxcPerson *person = gxc_desk_get_person (self->desk);
  const GxcTimelineHead head = { title, person ? person->bank : NULL, person ? person->name : NULL };
  GxcTimelineScale whole;

  if (!self->model || self->model->items->len == 0)
    return;
  whole = gxc_timeline_canvas_get_whole (GXC_TIMELINE_CANVAS (self->canvas));
  (g_str_equal (name, "timeline.save-pdf") ? gxc_timeline_save_pdf : gxc_timeline_print)
    (widget, gxc_timeline_paper_new (self->canvas, self->model, self->groups, scale->width > 0 ? scale : &whole, &head));
}

/* Wherever in it the keys are: on the canvas, in the list or in the bar. */
static void
bind_keys (GtkWidgetClass *widget_class)
{
  for (int i = 0; i < GXC_TIMELINE_N_GROUPS; i++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, 0, "timeline.filter", "i", i);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_1 + i, 0, "timeline.filter", "i", i);
    }
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, 0, "timeline.fit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_0, 0, "timeline.fit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, 0, "timeline.today", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, 0, "timeline.turn", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "timeline.print", NULL);
}

/** gxc_timeline_actions_install: with the keys for them */
void
gxc_timeline_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "timeline.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "timeline.zoom", "i", zoom_action);
  gtk_widget_class_install_action (widget_class, "timeline.fit", NULL, fit_action);
  gtk_widget_class_install_action (widget_class, "timeline.today", NULL, today_action);
  gtk_widget_class_install_action (widget_class, "timeline.list", "b", list_action);
  gtk_widget_class_install_action (widget_class, "timeline.turn", NULL, turn_action);
  gtk_widget_class_install_action (widget_class, "timeline.filter", "i", filter_action);
  gtk_widget_class_install_action (widget_class, "timeline.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "timeline.save-pdf", NULL, print_action);
  bind_keys (widget_class);
}
