/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to the task one stands on, or to all that are chosen, at the page's foot, each with its key. It only
 * activates the page's actions (tasks.*) and says what they would act on. */

#include "gxc-tasks-bar.h"

#include <glib/gi18n.h>

#include "gx-task.h"
#include "gxc-day-picker.h"
#include "gxc-room-layout.h"
#include "gxc-task-words.h"
#include "gxc-widgets.h"

struct _GxcTasksBar
{
  GtkWidget  parent_instance;

  GtkWidget *bar;           /* (owned): the only child */
  GtkWidget *words;         /* (borrowed) */
  GtkWidget *acts;          /* (borrowed) */
  GtkWidget *repeat;        /* (borrowed): the only one that is not for open tasks alone */
  GtkWidget *days;          /* (borrowed): a GtkMenuButton */
  GxcDesk   *desk;          /* (owned) */
};

G_DEFINE_FINAL_TYPE (GxcTasksBar, gxc_tasks_bar, GTK_TYPE_WIDGET)

static GtkWidget *
menu_button (const char *label, GMenuModel *menu)
{
  return g_object_new (GTK_TYPE_MENU_BUTTON, "label", label, "menu-model", menu, "direction", GTK_ARROW_UP, NULL);
}

static GtkWidget *
make_remind (void)
{
  static const struct { const char *label; int minutes; } choices[] = {
    { N_("When it is due"), 0 }, { N_("30 minutes before"), 30 }, { N_("An hour before"), 60 }, { N_("A day before"), 1440 }, { N_("No reminder"), -1 },
  };
  g_autoptr(GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *action = g_strdup_printf ("tasks.remind(%d)", choices[i].minutes);

      g_menu_append (menu, _(choices[i].label), action);
    }
  return menu_button (_("Reminder"), G_MENU_MODEL (menu));
}

static GtkWidget *
make_repeat (void)
{
  static const struct { const char *label, *action; } choices[] = {
    { N_("A week after"), "tasks.repeat((7, 0))" }, { N_("A month after"), "tasks.repeat((0, 1))" }, { N_("A quarter after"), "tasks.repeat((0, 3))" },
  };
  g_autoptr(GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    g_menu_append (menu, _(choices[i].label), choices[i].action);
  return menu_button (_("Repeat"), G_MENU_MODEL (menu));
}

static GtkWidget *
make_days (GxcTasksBar *self)
{
  self->days = g_object_new (GTK_TYPE_MENU_BUTTON, "label", _("Another day"), "direction", GTK_ARROW_UP, NULL);
  gxc_day_picker_attach (GTK_MENU_BUTTON (self->days), self->desk, "tasks.move", "tasks.return");
  return self->days;
}

static GtkWidget *
make_button (const char *label, const char *keys, const char *action_name, int by)
{
  GtkWidget *button = gxc_button_new (label, keys, action_name);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", by);
  gtk_widget_add_css_class (button, GXC_IF_ROOM);
  return button;
}

/* What large text leaves no room for. */
static GtkWidget *
make_more (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("A day later"), "tasks.shift(1)");
  g_menu_append (menu, _("A week later"), "tasks.week(1)");
  return gxc_room_more_new (menu, GTK_ARROW_UP);
}

static void
fill (GxcTasksBar *self)
{
  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, "width-chars", 8, NULL);
  self->acts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->acts, gxc_room_layout_new ());
  self->repeat = make_repeat ();
  gtk_widget_add_css_class (self->words, "gx-caption");
  gtk_box_append (GTK_BOX (self->acts), gxc_button_new (C_("to do", "Done"), "D", "tasks.done"));
  gtk_box_append (GTK_BOX (self->acts), gxc_button_new (_("Next working day"), "Z", "tasks.snooze"));
  gtk_box_append (GTK_BOX (self->acts), make_button (_("A day later"), "+", "tasks.shift", 1));
  gtk_box_append (GTK_BOX (self->acts), make_button (_("A week later"), "W", "tasks.week", 1));
  gtk_box_append (GTK_BOX (self->acts), make_days (self));
  gtk_box_append (GTK_BOX (self->acts), make_remind ());
  gtk_box_append (GTK_BOX (self->acts), self->repeat);
  gtk_box_append (GTK_BOX (self->acts), make_more ());
  gtk_box_append (GTK_BOX (self->bar), self->words);
  gtk_box_append (GTK_BOX (self->bar), self->acts);
}

static void
gxc_tasks_bar_dispose (GObject *object)
{
  GxcTasksBar *self = GXC_TASKS_BAR (object);

  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_tasks_bar_parent_class)->dispose (object);
}

static void
gxc_tasks_bar_class_init (GxcTasksBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_tasks_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gxc_tasks_bar_init (GxcTasksBar *self)
{
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->bar, "gx-action-bar");
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
}

GtkWidget *
gxc_tasks_bar_new (GxcDesk *desk)
{
  GxcTasksBar *self = g_object_new (GXC_TYPE_TASKS_BAR, NULL);

  self->desk = g_object_ref (desk);
  fill (self);
  return GTK_WIDGET (self);
}

static gboolean
is_any_open (GPtrArray *tasks)
{
  for (guint i = 0; i < tasks->len; i++)
    if (gxc_task_is_open (gx_record_get_data (g_ptr_array_index (tasks, i))))
      return TRUE;
  return FALSE;
}

/**
 * gxc_tasks_bar_set_targets:
 * @tasks: of GxRecord; none: there is nothing to do anything to
 * @chosen: they were chosen, or it is the one the list stands on
 */
void
gxc_tasks_bar_set_targets (GxcTasksBar *self,
                           GPtrArray   *tasks,
                           gboolean     chosen)
{
  g_autofree char *words = NULL;
  gboolean open = is_any_open (tasks);

  if (tasks->len > 0 && !chosen)
    words = g_strdup (((const GxTask *) gx_record_get_data (g_ptr_array_index (tasks, 0)))->title);
  else
    words = g_strdup_printf (ngettext ("%u chosen", "%u chosen", tasks->len), tasks->len);
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_widget_set_visible (GTK_WIDGET (self), tasks->len > 0);
  for (GtkWidget *act = gtk_widget_get_first_child (self->acts); act; act = gtk_widget_get_next_sibling (act))
    gtk_widget_set_visible (act, act == self->repeat || open);
}

/** gxc_tasks_bar_ask_day: opens the choice of another day, if there is something to move */
void
gxc_tasks_bar_ask_day (GxcTasksBar *self)
{
  if (gtk_widget_get_mapped (self->days))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->days));
}
