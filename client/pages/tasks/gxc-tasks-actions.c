/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of tasks does (tasks.*), and the keys for it. Everything is one save of one or many tasks, all or nothing,
 * with a toast that takes it back. */

#include "gxc-tasks-page-private.h"

#include <glib/gi18n.h>

#include "gx-task.h"
#include "gxc-task-edits.h"
#include "gxc-task-words.h"

#define HALF_HOUR G_GINT64_CONSTANT (1800000)

/* --- saving ------------------------------------------------------------------------------------------------------- */

typedef struct
{
  GxcTasksPage *self;       /* (owned) */
  char         *words;
} Saving;

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Saving *saving = data;
  g_autoptr(GxcTasksPage) self = saving->self;
  g_autofree char *words = saving->words;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcUndo) undo = gxc_desk_finish_save (GXC_DESK (source), result, &error);

  if (!gtk_widget_get_root (GTK_WIDGET (self)))
    return;
  if (undo)
    gxc_page_toast_undo (GTK_WIDGET (self), words, undo);
  else
    {
      g_autofree char *problem = gxc_error_words (error);

      gxc_page_toast (GTK_WIDGET (self), problem);
    }
}

/* @one and @many: what was done, @many with %u for the number; takes @changes. */
static void
save (GxcTasksPage *self, GPtrArray *changes, guint n, const char *one, const char *many)
{
  Saving *saving = g_new0 (Saving, 1);

  *saving = (Saving) { g_object_ref (self), n == 1 ? g_strdup (one) : g_strdup_printf (many, n) };
  gxc_tasks_list_choose_all (gxc_tasks_page_list (self), FALSE);
  gxc_desk_save (gxc_tasks_page_desk (self), changes, on_saved_cb, saving);
  g_ptr_array_unref (changes);
}

/* Those of what is chosen, or stood on, that are open, as they are now: keys are faster than the list. (transfer full)
 * (nullable): if there is none */
static GPtrArray *
dup_targets (GxcTasksPage *self)
{
  g_autoptr(GPtrArray) shown = gxc_tasks_page_dup_targets (self);
  g_autoptr(GPtrArray) targets = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < shown->len; i++)
    {
      GxRecord *task = gxc_desk_read_one (gxc_tasks_page_desk (self), &gx_task_entity, gx_record_get_id (g_ptr_array_index (shown, i)), NULL);

      if (task && gxc_task_is_open (gx_record_get_data (task)))
        g_ptr_array_add (targets, task);
      else
        g_clear_object (&task);
    }
  return targets->len > 0 ? g_steal_pointer (&targets) : NULL;
}

static void
done_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTasksPage *self = GXC_TASKS_PAGE (widget);
  g_autoptr(GPtrArray) tasks = dup_targets (self);

  if (tasks)
    save (self, gxc_task_changes_done (gxc_tasks_page_desk (self), tasks), tasks->len, _("Task done"), _("%u tasks done"));
}

static void
one_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTasksPage *self = GXC_TASKS_PAGE (widget);
  g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean done = g_str_equal (name, "tasks.done-one");
  GxRecord *task;
  GxId id;

  if (!gx_id_parse (g_variant_get_string (parameter, NULL), &id)
      || !(task = gxc_desk_read_one (gxc_tasks_page_desk (self), &gx_task_entity, &id, NULL)))
    return;
  g_ptr_array_add (tasks, task);
  save (self, done ? gxc_task_changes_done (gxc_tasks_page_desk (self), tasks) : gxc_task_changes_reopen (gxc_tasks_page_desk (self), tasks),
        1, done ? _("Task done") : _("Task is open again"), "%u");
}

static void
snooze_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTasksPage *self = GXC_TASKS_PAGE (widget);
  g_autoptr(GPtrArray) tasks = dup_targets (self);

  if (tasks)
    save (self, gxc_task_changes_snooze (gxc_tasks_page_desk (self), self->calendar, tasks), tasks->len, _("Put off to the next working day"),
          _("%u tasks put off to the next working day"));
}

static void
shift_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTasksPage *self = GXC_TASKS_PAGE (widget);
  g_autoptr(GPtrArray) tasks = dup_targets (self);
  int by = g_variant_get_int32 (parameter);

  if (tasks && g_str_equal (name, "tasks.week"))
    save (self, gxc_task_changes_week (self->calendar, tasks, by), tasks->len, _("Moved by a week"), _("%u tasks moved by a week"));
  else if (tasks)
    save (self, gxc_task_changes_shift (self->calendar, tasks, by), tasks->len, _("Moved by a working day"), _("%u tasks moved by a working day"));
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTasksPage *self = GXC_TASKS_PAGE (widget);
  g_autoptr(GPtrArray) tasks = dup_targets (self);

  if (tasks)
    save (self, gxc_task_changes_move (tasks, g_variant_get_int32 (parameter)), tasks->len, _("Moved to another day"), _("%u tasks moved to another day"));
}

static void
reschedule_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_tasks_bar_ask_day (GXC_TASKS_PAGE (widget)->bar);
}

static void
return_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_tasks_page_focus (GXC_TASKS_PAGE (widget));
}

/** gxc_tasks_actions_move: what was dropped on a day; with it go the others that are chosen, if it is one of them */
void
gxc_tasks_actions_move (GxcTasksPage *self,
                        const char   *text,
                        gint32        day)
{
  g_autoptr(GPtrArray) tasks = dup_targets (self);
  gboolean chosen = gxc_tasks_list_n_chosen (gxc_tasks_page_list (self)) > 0, among = FALSE;
  GxRecord *task;
  GxId id;

  if (!gx_id_parse (text, &id) || !(task = gxc_desk_read_one (gxc_tasks_page_desk (self), &gx_task_entity, &id, NULL)))
    return;
  for (guint i = 0; chosen && tasks && i < tasks->len; i++)
    among |= gx_id_equal (gx_record_get_id (g_ptr_array_index (tasks, i)), &id);
  if (!among)
    {
      g_clear_pointer (&tasks, g_ptr_array_unref);
      tasks = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (tasks, g_object_ref (task));
    }
  g_object_unref (task);
  save (self, gxc_task_changes_move (tasks, day), tasks->len, _("Moved to another day"), _("%u tasks moved to another day"));
}

static void
remind_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTasksPage *self = GXC_TASKS_PAGE (widget);
  g_autoptr(GPtrArray) tasks = dup_targets (self);
  int minutes = g_variant_get_int32 (parameter);

  if (tasks && minutes < 0)
    save (self, gxc_task_changes_remind (tasks, minutes), tasks->len, _("No reminder any more"), _("%u tasks without a reminder"));
  else if (tasks)
    save (self, gxc_task_changes_remind (tasks, minutes), tasks->len, _("Reminder set"), _("Reminder set for %u tasks"));
}

static void
repeat (GxcTasksPage *self, int days, int months)
{
  g_autoptr(GPtrArray) tasks = gxc_tasks_page_dup_targets (self);

  if (tasks->len > 0)
    save (self, gxc_task_changes_repeat (gxc_tasks_page_desk (self), self->calendar, tasks, days, months), tasks->len,
          _("A new task like it is in the list"), _("%u new tasks are in the list"));
}

static void
repeat_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  int days, months;

  g_variant_get (parameter, "(ii)", &days, &months);
  repeat (GXC_TASKS_PAGE (widget), days, months);
}

static void
repeat_month_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  repeat (GXC_TASKS_PAGE (widget), 0, 1);
}

/* --- forms -------------------------------------------------------------------------------------------------------- */

/** gxc_tasks_actions_new: of the customer that the list is narrowed to; on the day that the month stands on */
void
gxc_tasks_actions_new (GxcTasksPage *self)
{
  static const char * const fields[] = { "title", "kind", "due_at", "remind_at", "priority", NULL };
  const GxcTasksFilter *filter = gxc_tasks_filter_bar_get (self->filter);
  g_autoptr(GxcDraft) draft = gxc_draft_new (&gx_task_entity, NULL);
  GxTask *row = gxc_draft_get_row (draft);
  gint64 now = gxc_desk_now (gxc_tasks_page_desk (self));
  gint32 day = gxc_tasks_page_is_month (self) ? gxc_month_view_get_day (self->month) : gxc_local_day (now);
  g_autofree char *who = gx_id_is_none (&filter->customer_id) ? NULL : gxc_desk_dup_customer (gxc_tasks_page_desk (self), &filter->customer_id);

  row->customer_id = filter->customer_id;
  row->assignee_id = gxc_desk_get_person (gxc_tasks_page_desk (self))->employee_id;
  row->kind = filter->kind ? filter->kind : GX_TASK_CALL;
  row->status = GX_TASK_OPEN;
  row->priority = 3;
  row->due_at = day == gxc_local_day (now) ? (now / HALF_HOUR + 2) * HALF_HOUR : gxc_local_moment (day, 0);
  gxc_plan_panel_close (self->plan);
  gxc_form_open (self->form, GXC_FORM_CREATE, N_("New task"), who ? who : N_("Of no customer: choose one above the list first"), draft, fields,
                 N_("Task added"));
}

/** gxc_tasks_actions_open: a task in the form beside the list */
void
gxc_tasks_actions_open (GxcTasksPage *self,
                        GxRecord     *task)
{
  static const char * const fields[] = { "title", "kind", "due_at", "remind_at", "priority", "status", "result", NULL };
  const GxTask *row = gx_record_get_data (task);
  g_autoptr(GxcDraft) draft = gxc_draft_new (&gx_task_entity, task);
  g_autofree char *who = gx_id_is_none (&row->customer_id) ? NULL : gxc_desk_dup_customer (gxc_tasks_page_desk (self), &row->customer_id);

  gxc_plan_panel_close (self->plan);
  gxc_form_open (self->form, GXC_FORM_PATCH, N_("Task"), who, draft, fields, N_("Task saved"));
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_tasks_actions_new (GXC_TASKS_PAGE (widget));
}

static void
plan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTasksPage *self = GXC_TASKS_PAGE (widget);
  const GxcTasksFilter *filter = gxc_tasks_filter_bar_get (self->filter);
  g_autoptr(GPtrArray) tasks = gxc_tasks_page_dup_targets (self);
  const GxId *customer = gx_id_is_none (&filter->customer_id) ? NULL : &filter->customer_id;

  if (!customer && tasks->len > 0)
    customer = &((const GxTask *) gx_record_get_data (g_ptr_array_index (tasks, 0)))->customer_id;
  gxc_form_close (self->form);
  gxc_plan_panel_open (self->plan, customer && !gx_id_is_none (customer) ? customer : NULL);
}

static void
open_customer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr(GPtrArray) tasks = gxc_tasks_page_dup_targets (GXC_TASKS_PAGE (widget));
  const GxTask *task = tasks->len > 0 ? gx_record_get_data (g_ptr_array_index (tasks, 0)) : NULL;

  if (task && !gx_id_is_none (&task->customer_id))
    gtk_widget_activate_action (widget, "win.open-customer", "s", GX_ID_STR (&task->customer_id));
}

static void
choose_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTasksList *list = gxc_tasks_page_list (GXC_TASKS_PAGE (widget));

  gxc_tasks_list_choose_all (list, gxc_tasks_list_n_chosen (list) < 2);
}

static void
view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_tasks_page_show_view (GXC_TASKS_PAGE (widget), gxc_tasks_page_is_month (GXC_TASKS_PAGE (widget)) ? "list" : "month");
}

static void
month_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_tasks_page_set_at_day (GXC_TASKS_PAGE (widget), FALSE);
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

static const struct { guint key; GdkModifierType modifiers; const char *action; } bindings[] = {
  { GDK_KEY_d, 0, "tasks.done" },            { GDK_KEY_z, 0, "tasks.snooze" },
  { GDK_KEY_plus, 0, "tasks.shift(1)" },     { GDK_KEY_KP_Add, 0, "tasks.shift(1)" },
  { GDK_KEY_minus, 0, "tasks.shift(-1)" },   { GDK_KEY_KP_Subtract, 0, "tasks.shift(-1)" },
  { GDK_KEY_w, 0, "tasks.week(1)" },         { GDK_KEY_n, 0, "tasks.new" },
  { GDK_KEY_m, 0, "tasks.reschedule" },
  { GDK_KEY_r, 0, "tasks.repeat-month" },    { GDK_KEY_p, 0, "tasks.plan" },
  { GDK_KEY_o, 0, "tasks.open-customer" },   { GDK_KEY_v, 0, "tasks.view" },
  { GDK_KEY_a, GDK_CONTROL_MASK, "tasks.choose-all" },
};

/** gxc_tasks_actions_keys: for the map of keys */
const GxcKey *
gxc_tasks_actions_keys (guint *out_n_keys)
{
  static const GxcKey keys[] = {
    { "d", NC_("keys", "Done") }, { "z", NC_("keys", "Put off to the next working day") },
    { "plus minus", NC_("keys", "A working day later, earlier") }, { "w", NC_("keys", "A week later") },
    { "m", NC_("keys", "Put off to another day") },
    { "n", NC_("keys", "New task") }, { "r", NC_("keys", "The same again in a month") }, { "p", NC_("keys", "Start a plan") },
    { "o", NC_("keys", "Open the customer") }, { "v", NC_("keys", "List or month") },
    { "space", NC_("keys", "Choose, to do something to several at once") }, { "<Ctrl>a", NC_("keys", "Choose all, or none") },
    { "Page_Up Page_Down", NC_("keys", "In the month: month before, next month") },
    GXC_FORM_KEYS,
  };

  *out_n_keys = G_N_ELEMENTS (keys);
  return keys;
}

static gboolean
on_key_cb (GtkWidget *widget, GVariant *arguments, gpointer detailed)
{
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  if (!gtk_widget_get_mapped (GXC_TASKS_PAGE (widget)->content) || !g_action_parse_detailed_name (detailed, &name, &target, NULL))
    return FALSE;
  return gtk_widget_activate_action_variant (widget, name, target);
}

/** gxc_tasks_actions_add_keys: they work wherever the focus is, or nowhere; an entry takes its letters first */
void
gxc_tasks_actions_add_keys (GxcTasksPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (bindings[i].key, bindings[i].modifiers),
                                                            gtk_callback_action_new (on_key_cb, (gpointer) bindings[i].action, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
gxc_tasks_actions_install (GtkWidgetClass *widget_class)
{
  static const struct { const char *name, *type; GtkWidgetActionActivateFunc activate; } actions[] = {
    { "tasks.done", NULL, done_action },          { "tasks.done-one", "s", one_action },       { "tasks.reopen-one", "s", one_action },
    { "tasks.snooze", NULL, snooze_action },      { "tasks.shift", "i", shift_action },        { "tasks.week", "i", shift_action },
    { "tasks.move", "i", move_action },           { "tasks.remind", "i", remind_action },      { "tasks.repeat", "(ii)", repeat_action },
    { "tasks.reschedule", NULL, reschedule_action }, { "tasks.return", NULL, return_action },
    { "tasks.repeat-month", NULL, repeat_month_action }, { "tasks.new", NULL, new_action },    { "tasks.plan", NULL, plan_action },
    { "tasks.open-customer", NULL, open_customer_action }, { "tasks.choose-all", NULL, choose_all_action }, { "tasks.view", NULL, view_action },
    { "tasks.month", NULL, month_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].activate);
}
