/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which tasks are shown: of one kind, of one customer, or all. What narrows is a chip that takes itself away. */

#include "gxc-tasks-filter-bar.h"

#include <glib/gi18n.h>

#include "gx-task.h"
#include "gxc-customer-picker.h"
#include "gxc-task-words.h"

struct _GxcTasksFilterBar
{
  GtkWidget       parent_instance;

  GtkWidget      *box;      /* (owned): the only child */
  GtkWidget      *chips;    /* (borrowed) */
  GtkWidget      *customers;  /* (borrowed): a GtkMenuButton */
  GtkWidget      *picker;   /* (borrowed) */
  GxcDesk        *desk;     /* (owned) */
  GxcTasksFilter  filter;
};

G_DEFINE_FINAL_TYPE (GxcTasksFilterBar, gxc_tasks_filter_bar, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
add_chip (GxcTasksFilterBar *self, const char *words, const char *action_name)
{
  GtkWidget *chip = gtk_button_new (), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *name = g_strdup_printf (_("Take away: %s"), words);

  gtk_box_append (GTK_BOX (line), gtk_label_new (words));
  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_IMAGE, "icon-name", "window-close-symbolic",
                                                "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_button_set_child (GTK_BUTTON (chip), line);
  gtk_widget_add_css_class (chip, "gx-chip");
  gtk_widget_add_css_class (chip, "info");
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (chip), action_name);
  gtk_box_append (GTK_BOX (self->chips), chip);
}

static void
update (GxcTasksFilterBar *self)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (self->chips)))
    gtk_box_remove (GTK_BOX (self->chips), chip);
  if (self->filter.kind)
    add_chip (self, gxc_task_kind_words (self->filter.kind), "filter.no-kind");
  if (!gx_id_is_none (&self->filter.customer_id))
    {
      g_autofree char *who = gxc_desk_dup_customer (self->desk, &self->filter.customer_id);

      add_chip (self, who, "filter.no-customer");
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/** gxc_tasks_filter_bar_set_kind: 0: all */
void
gxc_tasks_filter_bar_set_kind (GxcTasksFilterBar *self,
                               int                kind)
{
  self->filter.kind = kind;
  update (self);
}

/** gxc_tasks_filter_bar_set_customer: @id: (nullable) */
void
gxc_tasks_filter_bar_set_customer (GxcTasksFilterBar *self,
                                   const GxId        *id)
{
  self->filter.customer_id = id ? *id : GX_ID_NONE;
  update (self);
}

/** gxc_tasks_filter_bar_get: (transfer none) */
const GxcTasksFilter *
gxc_tasks_filter_bar_get (GxcTasksFilterBar *self)
{
  return &self->filter;
}

gboolean
gxc_tasks_filter_bar_is_set (GxcTasksFilterBar *self)
{
  return self->filter.kind != 0 || !gx_id_is_none (&self->filter.customer_id);
}

static void
kind_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_tasks_filter_bar_set_kind (GXC_TASKS_FILTER_BAR (widget), g_variant_get_int32 (parameter));
}

static void
no_kind_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_tasks_filter_bar_set_kind (GXC_TASKS_FILTER_BAR (widget), 0);
}

static void
no_customer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_tasks_filter_bar_set_customer (GXC_TASKS_FILTER_BAR (widget), NULL);
}

static void
on_picked_cb (GxcTasksFilterBar *self, const char *text)
{
  GxId id;

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->customers));
  gxc_customer_picker_clear (GXC_CUSTOMER_PICKER (self->picker));
  if (gx_id_parse (text, &id))
    gxc_tasks_filter_bar_set_customer (self, &id);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_tasks_filter_bar_dispose (GObject *object)
{
  GxcTasksFilterBar *self = GXC_TASKS_FILTER_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_tasks_filter_bar_parent_class)->dispose (object);
}

static void
gxc_tasks_filter_bar_class_init (GxcTasksFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_tasks_filter_bar_dispose;
  signals[CHANGED] = g_signal_new ("changed", GXC_TYPE_TASKS_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "filter.kind", "i", kind_action);
  gtk_widget_class_install_action (widget_class, "filter.no-kind", NULL, no_kind_action);
  gtk_widget_class_install_action (widget_class, "filter.no-customer", NULL, no_customer_action);
}

static GtkWidget *
make_kinds (void)
{
  g_autoptr(GMenu) menu = g_menu_new ();

  for (int kind = GX_TASK_CALL; gx_choice_code (gx_task_kinds, kind); kind++)
    {
      g_autofree char *action = g_strdup_printf ("filter.kind(%d)", kind);

      g_menu_append (menu, gxc_task_kind_words (kind), action);
    }
  return g_object_new (GTK_TYPE_MENU_BUTTON, "label", _("Kind"), "menu-model", menu, "valign", GTK_ALIGN_CENTER, NULL);
}

static void
gxc_tasks_filter_bar_init (GxcTasksFilterBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
gxc_tasks_filter_bar_new (GxcDesk *desk)
{
  GxcTasksFilterBar *self = g_object_new (GXC_TYPE_TASKS_FILTER_BAR, NULL);
  GtkWidget *popover = gtk_popover_new ();

  self->desk = g_object_ref (desk);
  self->picker = gxc_customer_picker_new (desk, NULL);
  gtk_widget_set_size_request (self->picker, 260, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), self->picker);
  self->customers = g_object_new (GTK_TYPE_MENU_BUTTON, "label", _("Customer"), "popover", popover, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_box_append (GTK_BOX (self->box), make_kinds ());
  gtk_box_append (GTK_BOX (self->box), self->customers);
  gtk_box_append (GTK_BOX (self->box), self->chips);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (on_picked_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
