/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tasks under headings. It is filled anew with every change and then stands where it stood: on the same task, or, if that went
 * to another heading, on the one that took its place, so that a list is worked through by one key. What is done to tasks is done to those that are chosen, or else to the one it stands on. */

#include "gxc-tasks-list.h"

#include <glib/gi18n.h>

#include "gx-task.h"
#include "gxc-task-row.h"
#include "gxc-task-words.h"

/* Of one heading; more than that nobody goes through, and each row costs a millisecond of every change. */
#define MAX_SHOWN 80

struct _GxcTasksList
{
  GtkWidget   parent_instance;

  GtkWidget  *box;          /* (owned): the only child */
  GtkListBox *list;         /* (borrowed) */
  GxcDesk    *desk;         /* (owned) */
  GPtrArray  *headings;     /* (owned) of char * */
  GArray     *counts;       /* (owned) of guint: how many there are under each, shown or not */
  GHashTable *chosen;       /* (owned) (nullable): ids, while it is filled anew */
  GxId        at;           /* where it stood */
  int         at_index;
  guint       at_group;
  gboolean    had_focus;
  gboolean    filling;
  gboolean    slim;
  int         priority_width;   /* px; 0: slim */
};

G_DEFINE_FINAL_TYPE (GxcTasksList, gxc_tasks_list, GTK_TYPE_WIDGET)

enum { OPENED, CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static GxcTaskRow *
row_at (GxcTasksList *self, int index)
{
  GtkListBoxRow *row = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;

  return row ? GXC_TASK_ROW (row) : NULL;
}

static const GxTask *
task_of (GxcTaskRow *row)
{
  return gx_record_get_data (gxc_task_row_get_task (row));
}

static void
on_activated_cb (GxcTasksList *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[OPENED], 0, gxc_task_row_get_task (GXC_TASK_ROW (row)));
}

static void
on_chosen_cb (GxcTasksList *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHOSEN], 0);
}

/* --- headings ----------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_heading (GxcTasksList *self, guint group)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  guint total = g_array_index (self->counts, guint, group);
  g_autofree char *n = g_strdup_printf ("%u", total), *shown = g_strdup_printf (_("the first %u are shown"), MAX_SHOWN);
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "label", g_ptr_array_index (self->headings, group), NULL);
  GtkWidget *count = g_object_new (GTK_TYPE_LABEL, "label", n, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (words, "gx-strong");
  gtk_widget_add_css_class (count, "gx-count");
  gtk_widget_add_css_class (line, "gx-tasks-heading");
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), count);
  if (total > MAX_SHOWN)
    gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", shown, "css-classes", (const char *[]) { "gx-caption", NULL }, NULL));
  return line;
}

static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  GxcTasksList *self = data;
  guint group = gxc_task_row_get_group (GXC_TASK_ROW (row));

  if (before && gxc_task_row_get_group (GXC_TASK_ROW (before)) == group)
    gtk_list_box_row_set_header (row, NULL);
  else if (g_ptr_array_index (self->headings, group))
    gtk_list_box_row_set_header (row, make_heading (self, group));
}

/* --- filling ------------------------------------------------------------------------------------------------------ */

static void
remember (GxcTasksList *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GxcTaskRow *row;

  self->had_focus = focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
  self->at = selected ? task_of (GXC_TASK_ROW (selected))->meta.id : GX_ID_NONE;
  self->at_index = selected ? gtk_list_box_row_get_index (selected) : -1;
  self->at_group = selected ? gxc_task_row_get_group (GXC_TASK_ROW (selected)) : 0;
  self->chosen = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, NULL);
  for (int i = 0; (row = row_at (self, i)); i++)
    if (gxc_task_row_get_chosen (row))
      g_hash_table_add (self->chosen, gx_id_copy (&task_of (row)->meta.id));
}

/** gxc_tasks_list_begin: empties it, to be filled anew */
void
gxc_tasks_list_begin (GxcTasksList *self)
{
  GtkListBoxRow *row;

  self->filling = TRUE;
  self->priority_width = self->slim ? 0 : gxc_task_row_measure_priority ();
  remember (self);
  gtk_list_box_set_header_func (self->list, NULL, NULL, NULL);      /* or each row that goes makes a heading for the next */
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_ptr_array_set_size (self->headings, 0);
  g_array_set_size (self->counts, 0);
}

/**
 * gxc_tasks_list_add:
 * @heading: (nullable)
 * @tasks: of GxRecord
 * @customers: GxId → GxRecord
 */
void
gxc_tasks_list_add (GxcTasksList *self,
                    const char   *heading,
                    GPtrArray    *tasks,
                    GHashTable   *customers)
{
  guint group = self->headings->len;

  g_ptr_array_add (self->headings, g_strdup (heading));
  g_array_append_val (self->counts, tasks->len);
  for (guint i = 0; i < MIN (tasks->len, MAX_SHOWN); i++)
    {
      GxRecord *record = g_ptr_array_index (tasks, i);
      const GxTask *task = gx_record_get_data (record);
      GtkWidget *row = gxc_task_row_new (self->desk, record, g_hash_table_lookup (customers, &task->customer_id), group, self->priority_width);

      gxc_task_row_set_chosen (GXC_TASK_ROW (row), g_hash_table_contains (self->chosen, &task->meta.id));
      g_signal_connect_object (row, "chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, row);
    }
}

static GxcTaskRow *
find_same (GxcTasksList *self)
{
  GxcTaskRow *row;
  int n = 0;

  for (; (row = row_at (self, n)); n++)
    if (gx_id_equal (&task_of (row)->meta.id, &self->at) && gxc_task_row_get_group (row) == self->at_group)
      return row;
  return row_at (self, CLAMP (self->at_index, 0, MAX (n - 1, 0)));
}

/** gxc_tasks_list_end: @nothing: (transfer floating): what stands there if there is none */
void
gxc_tasks_list_end (GxcTasksList *self,
                    GtkWidget    *nothing)
{
  GxcTaskRow *row = find_same (self);

  gtk_widget_set_margin_top (nothing, 40);
  gtk_widget_set_margin_bottom (nothing, 40);
  gtk_list_box_set_placeholder (self->list, nothing);
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  self->filling = FALSE;
  if (row)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  if (row && self->had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  if (!self->slim && row_at (self, 0) && gxc_task_is_open (task_of (row_at (self, 0))))
    gxc_task_row_set_primary (row_at (self, 0));
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* --- what it stands on -------------------------------------------------------------------------------------------- */

guint
gxc_tasks_list_n_chosen (GxcTasksList *self)
{
  guint n = 0;

  for (int i = 0; row_at (self, i); i++)
    n += gxc_task_row_get_chosen (row_at (self, i));
  return n;
}

/** gxc_tasks_list_dup_targets: (transfer full): of GxRecord: the chosen ones, else the one it stands on, else none */
GPtrArray *
gxc_tasks_list_dup_targets (GxcTasksList *self)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func (g_object_unref);
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  GxcTaskRow *row;

  for (int i = 0; (row = row_at (self, i)); i++)
    if (gxc_task_row_get_chosen (row))
      g_ptr_array_add (targets, g_object_ref (gxc_task_row_get_task (row)));
  if (!targets->len && selected)
    g_ptr_array_add (targets, g_object_ref (gxc_task_row_get_task (GXC_TASK_ROW (selected))));
  return targets;
}

void
gxc_tasks_list_choose_all (GxcTasksList *self,
                           gboolean      chosen)
{
  for (int i = 0; row_at (self, i); i++)
    gxc_task_row_set_chosen (row_at (self, i), chosen);
}

/** gxc_tasks_list_step: to the task @by further; FALSE at the end */
gboolean
gxc_tasks_list_step (GxcTasksList *self,
                     int           by)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  GxcTaskRow *row = row_at (self, selected ? gtk_list_box_row_get_index (selected) + by : 0);

  if (!row)
    return FALSE;
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return TRUE;
}

/** gxc_tasks_list_focus: to the task it stands on; FALSE if there is none */
gboolean
gxc_tasks_list_focus (GxcTasksList *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);

  return selected && gtk_widget_grab_focus (GTK_WIDGET (selected));
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_tasks_list_dispose (GObject *object)
{
  GxcTasksList *self = GXC_TASKS_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->headings, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_array_unref);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  G_OBJECT_CLASS (gxc_tasks_list_parent_class)->dispose (object);
}

static void
gxc_tasks_list_class_init (GxcTasksListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_tasks_list_dispose;
  /** GxcTasksList::opened: (GxRecord task): Enter, or a click */
  signals[OPENED] = g_signal_new ("opened", GXC_TYPE_TASKS_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, GX_TYPE_RECORD);
  /** GxcTasksList::chosen: others are chosen than before */
  signals[CHOSEN] = g_signal_new ("chosen", GXC_TYPE_TASKS_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gxc_tasks_list_init (GxcTasksList *self)
{
  self->headings = g_ptr_array_new_with_free_func (g_free);
  self->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->box = gtk_scrolled_window_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "gx-rows");
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Tasks"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->box), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->box), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (self->box, TRUE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/** gxc_tasks_list_new: @slim: for a narrow column */
GtkWidget *
gxc_tasks_list_new (GxcDesk  *desk,
                    gboolean  slim)
{
  GxcTasksList *self = g_object_new (GXC_TYPE_TASKS_LIST, NULL);

  self->desk = g_object_ref (desk);
  self->slim = slim;
  return GTK_WIDGET (self);
}
