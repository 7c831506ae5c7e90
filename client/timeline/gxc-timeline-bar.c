/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line above a timeline: how much of it is shown, which lanes, canvas or list, paper. Everything in
 * it is an action of the timeline around it; it only shows how things stand. */

#include "gxc-timeline-bar.h"

#include <glib/gi18n.h>

#include "gxc-timeline-scale.h"

#define SPACING 8

struct _GxcTimelineBar
{
  GtkWidget  parent_instance;

  GtkWidget *box;                               /* (owned) the only child */
  GtkWidget *line, *room, *filters;             /* (borrowed) */
  GtkWidget *moving, *zoom;                     /* (borrowed) what only the canvas needs; of it what has keys and a wheel too */
  GtkWidget *steps[GXC_N_STEPS], *chips[GXC_TIMELINE_N_GROUPS], *forms[2];      /* (borrowed) */
  gboolean   showing;                           /* a button changes because things did, not because it was pressed */
};

G_DEFINE_FINAL_TYPE (GxcTimelineBar, gxc_timeline_bar, GTK_TYPE_WIDGET)

static const char * const step_labels[GXC_N_STEPS] = {
  NC_("timeline", "Week"), NC_("timeline", "Month"), NC_("timeline", "Quarter"), NC_("timeline", "Year"), NC_("timeline", "Decade"),
};

/* --- buttons -------------------------------------------------------------------------------------------------------- */

static void
on_toggled_cb (GxcTimelineBar *self, GtkWidget *button)
{
  const char *action = g_object_get_data (G_OBJECT (button), "gxc-action");
  int value = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "gxc-value"));
  gboolean filter = g_str_equal (action, "timeline.filter");

  if (self->showing || (!filter && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button))))
    return;
  if (g_str_equal (action, "timeline.list"))
    gtk_widget_activate_action (GTK_WIDGET (self), action, "b", value);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), action, "i", value);
}

static GtkWidget *
make_toggle (GxcTimelineBar *self, const char *label, const char *action, int value)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  g_object_set_data (G_OBJECT (button), "gxc-action", (gpointer) action);
  g_object_set_data (G_OBJECT (button), "gxc-value", GINT_TO_POINTER (value));
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_flat (const char *label, const char *icon, const char *words, const char *action, GVariant *target)
{
  GtkWidget *button = label ? gtk_button_new_with_label (label) : gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "gx-small");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (target)
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_steps (GxcTimelineBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "gx-segments");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; i < GXC_N_STEPS; i++)
    {
      self->steps[i] = make_toggle (self, g_dpgettext2 (NULL, "timeline", step_labels[i]), "timeline.step", i);
      gtk_box_append (GTK_BOX (box), self->steps[i]);
    }
  return box;
}

/* What is shown has a tick, so that a colour need not say it. */
static GtkWidget *
make_chip (GxcTimelineBar *self, GxcTimelineGroup group)
{
  GtkWidget *chip = make_toggle (self, gxc_timeline_group_label (group), "timeline.filter", group);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3), *tick = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_box_append (GTK_BOX (box), tick);
  gtk_box_append (GTK_BOX (box), gtk_label_new (gxc_timeline_group_label (group)));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, gxc_timeline_group_label (group), -1);
  g_object_bind_property (chip, "active", tick, "visible", G_BINDING_SYNC_CREATE);
  gtk_widget_add_css_class (chip, "gx-chip");
  gtk_widget_add_css_class (chip, "gx-filter");
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  return chip;
}

static GtkWidget *
make_chips (GxcTimelineBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  for (guint i = 0; i < GXC_TIMELINE_N_GROUPS; i++)
    {
      self->chips[i] = make_chip (self, i);
      gtk_box_append (GTK_BOX (box), self->chips[i]);
    }
  return box;
}

static GtkWidget *
make_forms (GxcTimelineBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "gx-segments");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (int i = 0; i < 2; i++)
    {
      self->forms[i] = make_toggle (self, i ? C_("timeline", "List") : C_("timeline", "Canvas"), "timeline.list", i);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->forms[i]), i ? GTK_TOGGLE_BUTTON (self->forms[0]) : NULL);
      gtk_box_append (GTK_BOX (box), self->forms[i]);
    }
  return box;
}

static GtkWidget *
make_menu (void)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _("Print…"), "timeline.print");
  g_menu_append (menu, _("Save as PDF…"), "timeline.save-pdf");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "document-print-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Print or save as PDF"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Print or save as PDF"), -1);
  return button;
}

/* --- the widget ------------------------------------------------------------------------------------------------------ */

static void
gxc_timeline_bar_dispose (GObject *object)
{
  g_clear_pointer (&GXC_TIMELINE_BAR (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (gxc_timeline_bar_parent_class)->dispose (object);
}

static void
gxc_timeline_bar_class_init (GxcTimelineBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_timeline_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gxc_timeline_bar_init (GxcTimelineBar *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->line = line;
  gtk_widget_add_css_class (self->box, "gx-timeline-bar");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->moving = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_box_append (GTK_BOX (self->moving), make_steps (self));
  self->zoom = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_box_append (GTK_BOX (self->zoom), make_flat (NULL, "list-remove-symbolic", _("Zoom out"), "timeline.zoom", g_variant_new_int32 (-1)));
  gtk_box_append (GTK_BOX (self->zoom), make_flat (NULL, "list-add-symbolic", _("Zoom in"), "timeline.zoom", g_variant_new_int32 (1)));
  gtk_box_append (GTK_BOX (self->moving), self->zoom);
  gtk_box_append (GTK_BOX (self->moving), make_flat (C_("timeline", "Fit"), NULL, _("The whole life"), "timeline.fit", NULL));
  gtk_box_append (GTK_BOX (self->moving), make_flat (C_("timeline", "Today"), NULL, _("Go to today"), "timeline.today", NULL));
  self->filters = make_chips (self);
  self->room = g_object_new (GTK_TYPE_BOX, "hexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (line), self->moving);
  gtk_box_append (GTK_BOX (line), self->room);
  gtk_box_append (GTK_BOX (line), self->filters);
  gtk_box_append (GTK_BOX (line), make_forms (self));
  gtk_box_append (GTK_BOX (line), make_menu ());
  gtk_box_append (GTK_BOX (self->box), line);
}

GtkWidget *
gxc_timeline_bar_new (void)
{
  return g_object_new (GXC_TYPE_TIMELINE_BAR, NULL);
}

/** gxc_timeline_bar_update: how things stand; @step is GxcTimelineStep, -1 if none; what there is nothing of has no chip */
void
gxc_timeline_bar_update (GxcTimelineBar         *self,
                         const GxcTimelineModel *model,
                         guint                   groups,
                         gboolean                list,
                         int                     step)
{
  g_return_if_fail (GXC_IS_TIMELINE_BAR (self));

  self->showing = TRUE;
  gtk_widget_set_visible (self->moving, !list);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->forms[list ? 1 : 0]), TRUE);
  for (int i = 0; i < GXC_N_STEPS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->steps[i]), i == step);
  for (guint i = 0; i < GXC_TIMELINE_N_GROUPS; i++)
    {
      gtk_widget_set_visible (self->chips[i], model && gxc_timeline_model_has (model, i) && !(list && i == GXC_TIMELINE_ASSETS));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->chips[i]), (groups & (1u << i)) != 0);
    }
  self->showing = FALSE;
}

static int
natural_width (GtkWidget *widget)
{
  int natural = 0;

  if (gtk_widget_get_visible (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* All in one line, wherever the filters are now. */
static int
line_width (GxcTimelineBar *self)
{
  int width = natural_width (self->moving) + natural_width (self->filters) + natural_width (self->room) + 4 * SPACING;

  for (GtkWidget *child = gtk_widget_get_next_sibling (self->room); child; child = gtk_widget_get_next_sibling (child))
    if (child != self->filters)
      width += natural_width (child);
  return width;
}

static void
fold (GxcTimelineBar *self, gboolean second)
{
  if ((gtk_widget_get_parent (self->filters) == self->box) == second)
    return;
  g_object_ref (self->filters);
  gtk_box_remove (GTK_BOX (second ? self->line : self->box), self->filters);
  if (second)
    gtk_box_append (GTK_BOX (self->box), self->filters);
  else
    gtk_box_insert_child_after (GTK_BOX (self->line), self->filters, self->room);
  g_object_unref (self->filters);
}

/**
 * gxc_timeline_bar_set_width:
 * @width: the room there is, px
 *
 * Where not all fits into a line, the buttons of the zoom give way, which the wheel and two keys do as well; where that is
 * not enough, the filters have a second line, and the buttons come back.
 */
void
gxc_timeline_bar_set_width (GxcTimelineBar *self,
                            int             width)
{
  gboolean narrow;

  g_return_if_fail (GXC_IS_TIMELINE_BAR (self));

  gtk_widget_set_visible (self->zoom, TRUE);
  narrow = line_width (self) > width;
  gtk_widget_set_visible (self->zoom, !narrow);
  fold (self, narrow && line_width (self) > width);
  if (gtk_widget_get_parent (self->filters) == self->box)
    gtk_widget_set_visible (self->zoom, TRUE);
}
