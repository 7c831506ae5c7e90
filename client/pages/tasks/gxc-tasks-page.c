/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's own tasks: as a list by how near they are, or on the days of a month. What can be done to them stands at the foot and
 * is in gxc-tasks-actions.c; what is shown is read anew whenever a task, a customer or the calendar changed. */

#include "gxc-tasks-page-private.h"

#include <glib/gi18n.h>

#include "gxc-format.h"
#include "gxc-side-layout.h"
#include "gxc-widgets.h"

G_DEFINE_FINAL_TYPE (GxcTasksPage, gxc_tasks_page, GXC_TYPE_PAGE)

GxcDesk *
gxc_tasks_page_desk (GxcTasksPage *self)
{
  return gxc_page_get_desk (GXC_PAGE (self));
}

gboolean
gxc_tasks_page_is_month (GxcTasksPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "month") == 0;
}

/** gxc_tasks_page_list: the list that is acted on */
GxcTasksList *
gxc_tasks_page_list (GxcTasksPage *self)
{
  return gxc_tasks_page_is_month (self) ? self->day : self->list;
}

static gboolean
is_day_folded (GxcTasksPage *self)
{
  return gxc_tasks_page_is_month (self) && gxc_month_layout_is_folded (self->fold) && !gxc_month_layout_get_at_day (self->fold);
}

/** gxc_tasks_page_dup_targets: (transfer full): what is chosen, or stood on; nothing while it is folded away */
GPtrArray *
gxc_tasks_page_dup_targets (GxcTasksPage *self)
{
  return is_day_folded (self) ? g_ptr_array_new_with_free_func (g_object_unref) : gxc_tasks_list_dup_targets (gxc_tasks_page_list (self));
}

/** gxc_tasks_page_focus: to the task that the list stands on, or to the day of the month */
void
gxc_tasks_page_focus (GxcTasksPage *self)
{
  if (is_day_folded (self) || (!gxc_tasks_list_focus (gxc_tasks_page_list (self)) && gxc_tasks_page_is_month (self)))
    gxc_month_view_focus (self->month);
}

/** gxc_tasks_page_set_at_day: where there is no room for both, the day stands in the month's place, or the month again */
void
gxc_tasks_page_set_at_day (GxcTasksPage *self,
                           gboolean      at_day)
{
  gxc_month_layout_set_at_day (self->fold, at_day);
  gxc_tasks_page_update_bar (self);
  if (!at_day)
    gxc_month_view_focus (self->month);
  else if (!gxc_tasks_list_focus (self->day) && gxc_month_layout_is_folded (self->fold))
    gtk_widget_grab_focus (self->day_back);
}

/** gxc_tasks_page_update_bar: a form beside the page takes the place of the bar and of the day */
void
gxc_tasks_page_update_bar (GxcTasksPage *self)
{
  g_autoptr(GPtrArray) targets = gxc_tasks_page_dup_targets (self);
  gboolean beside = gtk_widget_get_visible (GTK_WIDGET (self->form)) || gxc_plan_panel_is_open (self->plan);

  gtk_widget_set_visible (self->day_box, !beside);
  if (beside)
    g_ptr_array_set_size (targets, 0);
  gxc_tasks_bar_set_targets (self->bar, targets, gxc_tasks_list_n_chosen (gxc_tasks_page_list (self)) > 0);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static GtkWidget *
make_nothing (GxcTasksPage *self)
{
  if (gxc_tasks_filter_bar_is_set (self->filter))
    return gxc_empty_new ("system-search-symbolic", _("No task like this"), _("Take a filter away to see the others."), NULL, NULL, NULL);
  return gxc_empty_new ("emblem-ok-symbolic", _("Nothing to do"), _("Press N for a new task, P to start a plan for a customer."), _("New task"), "tasks.new", NULL);
}

static guint
count_all (const GxcTasksRead *read)
{
  guint n = 0;

  for (guint g = 0; g < GXC_TASKS_N_GROUPS; g++)
    n += read->groups[g]->len;
  return n;
}

static gboolean
fill_list (GxcTasksPage *self, GError **error)
{
  static const char * const headings[GXC_TASKS_N_GROUPS] = {
    N_("Overdue"), NC_("tasks", "Today"), N_("Next seven days"), N_("Later"), N_("Done lately"),
  };
  g_autoptr(GxcTasksRead) read = gxc_tasks_read (gxc_tasks_page_desk (self), gxc_tasks_filter_bar_get (self->filter), error);
  g_autofree char *subtitle = NULL;

  if (!read)
    return FALSE;
  gxc_tasks_list_begin (self->list);
  for (guint g = 0; g < GXC_TASKS_N_GROUPS; g++)
    gxc_tasks_list_add (self->list, g == GXC_TASKS_TODAY ? g_dpgettext2 (NULL, "tasks", headings[g]) : _(headings[g]), read->groups[g], read->customers);
  gxc_tasks_list_end (self->list, make_nothing (self));
  self->waiting = count_all (read) == 0 && !gxc_tasks_filter_bar_is_set (self->filter) && gxc_page_is_first_sync (GXC_PAGE (self));
  subtitle = g_strdup_printf (_("%u overdue · %u more today · %u in seven days"), read->groups[GXC_TASKS_OVERDUE]->len,
                              read->groups[GXC_TASKS_TODAY]->len, read->groups[GXC_TASKS_WEEK]->len);
  gxc_page_set_title (GXC_PAGE (self), _("Tasks"), self->waiting ? NULL : subtitle);
  return TRUE;
}

static GtkWidget *
make_nothing_that_day (void)
{
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "label", _("Nothing on this day. Press N for a new task."), "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, NULL);

  gtk_widget_add_css_class (words, "gx-dim");
  return words;
}

static gboolean
fill_day (GxcTasksPage *self, GError **error)
{
  gint32 day = gxc_month_view_get_day (self->month), today = gxc_local_today (gxc_tasks_page_desk (self));
  g_autoptr(GxcTasksRead) read = gxc_tasks_read_days (gxc_tasks_page_desk (self), gxc_tasks_filter_bar_get (self->filter), day, day, error);
  g_autofree char *date = gxc_format_date_full (day, today);
  const char *name = gxc_calendar_get_name (self->calendar, day);
  g_autofree char *title = name ? g_strdup_printf ("%s · %s", date, name) : g_strdup (date);

  if (!read)
    return FALSE;
  gtk_label_set_text (GTK_LABEL (self->day_title), title);
  gtk_widget_set_tooltip_text (self->day_title, title);
  gxc_tasks_list_begin (self->day);
  for (guint g = 0; g < GXC_TASKS_N_GROUPS; g++)
    gxc_tasks_list_add (self->day, NULL, read->groups[g], read->customers);
  gxc_tasks_list_end (self->day, make_nothing_that_day ());
  return TRUE;
}

static gboolean
fill_month (GxcTasksPage *self, GError **error)
{
  g_autoptr(GxcTasksRead) read = NULL;
  gint32 first, last;

  gxc_month_view_get_range (self->month, &first, &last);
  read = gxc_tasks_read_days (gxc_tasks_page_desk (self), gxc_tasks_filter_bar_get (self->filter), first, last, error);
  if (!read)
    return FALSE;
  gxc_month_view_set_items (self->month, gxc_tasks_month_items (gxc_tasks_page_desk (self), read));
  return fill_day (self, error);
}

static void
read_calendar (GxcTasksPage *self)
{
  GxcCalendar *old = self->calendar;

  self->calendar = gxc_calendar_new (gxc_tasks_page_desk (self));
  gxc_month_view_set_calendar (self->month, self->calendar, gxc_local_today (gxc_tasks_page_desk (self)));
  g_clear_pointer (&old, gxc_calendar_free);
}

static void
update_state (GxcTasksPage *self)
{
  g_autoptr(GError) error = NULL;

  read_calendar (self);
  if (!fill_list (self, &error) || (gxc_tasks_page_is_month (self) && !fill_month (self, &error)))
    gxc_page_set_error (GXC_PAGE (self), error);
  else
    gxc_page_set_state (GXC_PAGE (self), self->waiting ? GXC_PAGE_LOADING : GXC_PAGE_CONTENT);
  gxc_tasks_page_update_bar (self);
}

static void
refresh (GxcPage *page)
{
  update_state (GXC_TASKS_PAGE (page));
}

static gboolean
on_changed_idle_cb (gpointer data)
{
  GxcTasksPage *self = data;

  self->changed = 0;
  update_state (self);
  return G_SOURCE_REMOVE;
}

/* A toast that slides in must not hold it up: it comes before the next frame. */
static void
refresh_soon (GxcTasksPage *self)
{
  if (self->stack && !self->changed)
    self->changed = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_changed_idle_cb, self, NULL);
}

static void
on_changed_cb (GxcTasksPage *self, const char *entity)
{
  static const char * const shown[] = { "task", "customer", "calendar_day", NULL };

  if (g_strv_contains (shown, entity))
    refresh_soon (self);
}

/* The first sync may end without a task. */
static void
on_status_cb (GxcTasksPage *self)
{
  if (self->waiting && !gxc_page_is_first_sync (GXC_PAGE (self)))
    refresh_soon (self);
}

/* --- what is looked at -------------------------------------------------------------------------------------------- */

/** gxc_tasks_page_show_view: "list" or "month" */
void
gxc_tasks_page_show_view (GxcTasksPage *self,
                          const char   *view)
{
  for (GtkWidget *button = gtk_widget_get_first_child (self->views); button; button = gtk_widget_get_next_sibling (button))
    if (g_str_equal (g_object_get_data (G_OBJECT (button), "gxc-view"), view))
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static void
on_view_toggled_cb (GxcTasksPage *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  gtk_stack_set_visible_child_name (self->stack, g_object_get_data (G_OBJECT (button), "gxc-view"));
  update_state (self);
  if (gxc_tasks_page_is_month (self))
    gxc_tasks_page_set_at_day (self, FALSE);
  else
    gxc_tasks_list_focus (self->list);
}

static void
on_day_changed_cb (GxcTasksPage *self)
{
  g_autoptr(GError) error = NULL;

  if (!fill_month (self, &error))
    gxc_page_set_error (GXC_PAGE (self), error);
  gxc_tasks_page_update_bar (self);
}

static void
on_day_activated_cb (GxcTasksPage *self)
{
  gxc_tasks_page_set_at_day (self, TRUE);
}

static void
on_folded_cb (GxcTasksPage *self)
{
  gtk_widget_set_visible (self->day_back, gxc_month_layout_is_folded (self->fold));
  gxc_tasks_page_update_bar (self);
}

static gboolean
step (GxcPage *page, int by)
{
  return !is_day_folded (GXC_TASKS_PAGE (page)) && gxc_tasks_list_step (gxc_tasks_page_list (GXC_TASKS_PAGE (page)), by);
}

static gboolean
begin (GxcPage *page, const char *what)
{
  if (!g_str_equal (what, "task"))
    return FALSE;
  gxc_tasks_actions_new (GXC_TASKS_PAGE (page));
  return TRUE;
}

/* First what stands open, then what is chosen, then the day in the month's place, then the page. */
static gboolean
escape (GxcPage *page)
{
  GxcTasksPage *self = GXC_TASKS_PAGE (page);

  if (gxc_form_close (self->form) || gxc_plan_panel_close (self->plan))
    return TRUE;
  if (gxc_tasks_list_n_chosen (gxc_tasks_page_list (self)) > 0)
    gxc_tasks_list_choose_all (gxc_tasks_page_list (self), FALSE);
  else if (gxc_tasks_page_is_month (self) && gxc_month_layout_is_folded (self->fold) && gxc_month_layout_get_at_day (self->fold))
    gxc_tasks_page_set_at_day (self, FALSE);
  else
    return FALSE;
  return TRUE;
}

/* Nothing is typed here; the arrows begin at the task that the list stands on. */
static gboolean
focus_search (GxcPage *page)
{
  gxc_tasks_page_focus (GXC_TASKS_PAGE (page));
  return TRUE;
}

static void
set_narrow (GxcPage *page, gboolean narrow)
{
  gxc_keycaps_set_shown (GXC_TASKS_PAGE (page)->content, !narrow);
}

static char *
dup_part (GxcPage *page)
{
  return g_strdup (gxc_tasks_page_is_month (GXC_TASKS_PAGE (page)) ? "month" : "list");
}

static gboolean
show_part (GxcPage *page, const char *part)
{
  gxc_tasks_page_show_view (GXC_TASKS_PAGE (page), part);
  return g_str_equal (part, "list") || g_str_equal (part, "month");
}

static const GxcKey *
get_keys (GxcPage *page, guint *out_n_keys)
{
  return gxc_tasks_actions_keys (out_n_keys);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_tasks_page_dispose (GObject *object)
{
  GxcTasksPage *self = GXC_TASKS_PAGE (object);

  g_clear_handle_id (&self->changed, g_source_remove);
  self->stack = NULL;
  G_OBJECT_CLASS (gxc_tasks_page_parent_class)->dispose (object);
  g_clear_pointer (&self->calendar, gxc_calendar_free);
}

static GxcBegun *
keep_begun (GxcPage *page)
{
  GxcBegun *begun = g_new0 (GxcBegun, 1);

  begun->form = gxc_form_keep (GXC_TASKS_PAGE (page)->form);
  return begun;
}

static void
take_begun (GxcPage *page, GxcBegun *begun)
{
  if (begun->form)
    gxc_form_take (GXC_TASKS_PAGE (page)->form, begun->form);
}

static void
gxc_tasks_page_class_init (GxcTasksPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GxcPageClass *page_class = GXC_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_tasks_page_dispose;
  page_class->refresh = refresh;
  page_class->step = step;
  page_class->begin = begin;
  page_class->escape = escape;
  page_class->keep_begun = keep_begun;
  page_class->take_begun = take_begun;
  page_class->focus_search = focus_search;
  page_class->set_narrow = set_narrow;
  page_class->dup_part = dup_part;
  page_class->show_part = show_part;
  page_class->get_keys = get_keys;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/pages/gxc-tasks-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcTasksPage, content);
  gtk_widget_class_bind_template_child (widget_class, GxcTasksPage, head);
  gtk_widget_class_bind_template_child (widget_class, GxcTasksPage, views);
  gtk_widget_class_bind_template_child (widget_class, GxcTasksPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GxcTasksPage, foot);
  gtk_widget_class_bind_template_child (widget_class, GxcTasksPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, GxcTasksPage, month_box);
  gtk_widget_class_bind_template_child (widget_class, GxcTasksPage, day_box);
  gtk_widget_class_bind_template_child (widget_class, GxcTasksPage, day_title);
  gtk_widget_class_bind_template_child (widget_class, GxcTasksPage, day_back);
  gxc_tasks_actions_install (widget_class);
}

static void
gxc_tasks_page_init (GxcTasksPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gxc_page_set_content (GXC_PAGE (self), self->content);
}

static void
append_views (GxcTasksPage *self)
{
  static const struct { const char *name, *label; } views[] = { { "list", NC_("tasks", "List") }, { "month", NC_("tasks", "Month") } };
  GtkWidget *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (g_dpgettext2 (NULL, "tasks", views[i].label));

      g_object_set_data (G_OBJECT (button), "gxc-view", (gpointer) views[i].name);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), i == 0);
      first = first ? first : button;
      gtk_box_append (GTK_BOX (self->views), button);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_view_toggled_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
append_head (GxcTasksPage *self, GxcDesk *desk)
{
  GtkWidget *gap = g_object_new (GTK_TYPE_BOX, "hexpand", TRUE, NULL);

  append_views (self);
  self->filter = GXC_TASKS_FILTER_BAR (gxc_tasks_filter_bar_new (desk));
  gtk_box_append (GTK_BOX (self->head), GTK_WIDGET (self->filter));
  gtk_box_append (GTK_BOX (self->head), gap);
  gtk_box_append (GTK_BOX (self->head), gxc_button_new (_("Start a plan"), "P", "tasks.plan"));
  gtk_box_append (GTK_BOX (self->head), gxc_button_new (_("New task"), "N", "tasks.new"));
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
}

static GxcTasksList *
add_list (GxcTasksPage *self, GtkWidget *box, gboolean slim)
{
  GtkWidget *list = gxc_tasks_list_new (gxc_tasks_page_desk (self), slim);

  gtk_widget_set_hexpand (list, TRUE);
  gtk_widget_set_vexpand (list, TRUE);
  if (!slim)
    gtk_widget_set_css_classes (list, (const char *[]) { "gx-card", "flush", NULL });
  gtk_box_append (GTK_BOX (box), list);
  g_signal_connect_object (list, "opened", G_CALLBACK (gxc_tasks_actions_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "chosen", G_CALLBACK (gxc_tasks_page_update_bar), self, G_CONNECT_SWAPPED);
  return GXC_TASKS_LIST (list);
}

static void
append_month (GxcTasksPage *self)
{
  self->month = GXC_MONTH_VIEW (gxc_month_view_new ());
  self->day = add_list (self, self->day_box, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->month), TRUE);
  gtk_widget_set_hexpand (self->day_box, FALSE);
  gtk_box_prepend (GTK_BOX (self->month_box), GTK_WIDGET (self->month));
  self->fold = GXC_MONTH_LAYOUT (gxc_month_layout_new ());
  gtk_widget_set_layout_manager (self->month_box, GTK_LAYOUT_MANAGER (self->fold));
  g_signal_connect_object (self->fold, "folded", G_CALLBACK (on_folded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->month, "day-changed", G_CALLBACK (on_day_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->month, "day-activated", G_CALLBACK (on_day_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->month, "moved", G_CALLBACK (gxc_tasks_actions_move), self, G_CONNECT_SWAPPED);
}

/* What folds away gives the focus back to the task one stood on. */
static void
on_side_shown_cb (GxcTasksPage *self)
{
  gxc_tasks_page_update_bar (self);
  if (!gxc_form_is_open (self->form) && !gxc_plan_panel_is_open (self->plan) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gxc_tasks_page_focus (self);
}

static void
append_sides (GxcTasksPage *self, GxcDesk *desk)
{
  self->bar = GXC_TASKS_BAR (gxc_tasks_bar_new (desk));
  self->form = g_object_new (GXC_TYPE_FORM, "visible", FALSE, NULL);
  self->plan = GXC_PLAN_PANEL (gxc_plan_panel_new (desk));
  gxc_form_set_desk (self->form, desk);
  gtk_box_append (GTK_BOX (self->foot), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (self->content), GTK_WIDGET (self->form));
  gtk_box_append (GTK_BOX (self->content), GTK_WIDGET (self->plan));
  gtk_widget_set_layout_manager (self->content, gxc_side_layout_new ());
  g_signal_connect_object (self->form, "shown", G_CALLBACK (on_side_shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plan, "shown", G_CALLBACK (on_side_shown_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
gxc_tasks_page_new (GxcDesk *desk)
{
  GxcTasksPage *self = g_object_new (GXC_TYPE_TASKS_PAGE, NULL);

  gxc_page_set_desk (GXC_PAGE (self), desk);
  append_sides (self, desk);
  append_head (self, desk);
  self->list = add_list (self, self->list_box, FALSE);
  append_month (self);
  gxc_tasks_actions_add_keys (self);
  gxc_page_set_title (GXC_PAGE (self), _("Tasks"), NULL);
  update_state (self);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "curtain-changed", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "status-changed", G_CALLBACK (on_status_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
