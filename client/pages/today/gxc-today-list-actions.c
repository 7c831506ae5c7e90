/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to the lines of Today (today.*): done, put off, moved, opened, closed by the line's own button; d, z, m and n do what
 * the bar below the list also does. What is written goes through gxc-today-edits in one save and can be taken back from the
 * toast. */

#include "gxc-today-list-private.h"

#include <glib/gi18n.h>

#include "gxc-calendar.h"
#include "gxc-format.h"
#include "gxc-today-edits.h"
#include "gxc-today-save.h"

/* --- writing ----------------------------------------------------------------------------------------------------- */

static void
finish_tasks (GxcTodayList *self, GPtrArray *items)
{
  g_autoptr(GPtrArray) changes = gxc_today_changes_done (self->desk, items), tasks = gxc_today_tasks (items);

  gxc_today_save (GTK_WIDGET (self), self->desk, changes, g_strdup_printf (ngettext ("%u task done", "%u tasks done", tasks->len), tasks->len));
}

static void
done_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr(GPtrArray) items = gxc_today_list_chosen (GXC_TODAY_LIST (widget));

  finish_tasks (GXC_TODAY_LIST (widget), items);
}

static char *
words_of_day (GxcTodayList *self, gint32 day, guint n)
{
  g_autofree char *date = gxc_format_date (day, gxc_desk_get_today (self->desk));

  return g_strdup_printf (ngettext ("%2$u task put off to %1$s", "%2$u tasks put off to %1$s", n), date, n);
}

static void
snooze_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTodayList *self = GXC_TODAY_LIST (widget);
  g_autoptr(GPtrArray) items = gxc_today_list_chosen (self), changes = gxc_today_changes_snooze (self->desk, items);
  gint32 day = gxc_next_working_day (self->desk);

  gxc_today_save (GTK_WIDGET (self), self->desk, changes, words_of_day (self, day, changes->len));
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTodayList *self = GXC_TODAY_LIST (widget);
  gint32 day = g_variant_get_int32 (parameter);
  g_autoptr(GPtrArray) items = gxc_today_list_chosen (self), changes = gxc_today_changes_move (items, day);

  gxc_today_save (GTK_WIDGET (self), self->desk, changes, words_of_day (self, day, changes->len));
}

/* --- going somewhere --------------------------------------------------------------------------------------------- */

static void
open_part (GxcTodayList *self, const char *place, GxRecord *record)
{
  g_autofree char *target = record ? g_strdup_printf ("%s#%s", place, GX_ID_STR (gx_record_get_id (record))) : g_strdup (place);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", target);
}

/** gxc_today_list_open_item: what Enter does */
void
gxc_today_list_open_item (GxcTodayList *self,
                          GxcTodayItem *item)
{
  GxcTodayClosing closing = gxc_today_item_info (item)->closing;

  if (closing == GXC_CLOSING_REVIEW)
    open_part (self, "reviews", item->record);
  else if (closing == GXC_CLOSING_SYNC)
    open_part (self, "sync", NULL);
  else if (closing == GXC_CLOSING_VISIT)
    open_part (self, "visits", item->record);
  else if (!gx_id_is_none (&item->customer_id))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-customer-tab", "(ss)", GX_ID_STR (&item->customer_id),
                                gxc_today_item_info (item)->tab);
  else
    open_part (self, "tasks", item->record);
}

/** gxc_today_list_close_item: what the line's button does */
void
gxc_today_list_close_item (GxcTodayList *self,
                           GxcTodayItem *item)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  switch (gxc_today_item_info (item)->closing)
    {
    case GXC_CLOSING_DONE:
      g_ptr_array_add (items, item);
      finish_tasks (self, items);
      break;
    case GXC_CLOSING_PLAN:
      open_part (self, "visits#plan", NULL);
      break;
    case GXC_CLOSING_CONTACT:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.new-interaction", "s", GX_ID_STR (&item->customer_id));
      break;
    case GXC_CLOSING_PREPARE:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.new-task", "s", GX_ID_STR (&item->customer_id));
      break;
    case GXC_CLOSING_OPEN:
    case GXC_CLOSING_VISIT:
    case GXC_CLOSING_REVIEW:
    case GXC_CLOSING_SYNC:
      gxc_today_list_open_item (self, item);
      break;
    }
}

static void
new_task_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxId customer = gxc_today_list_get_customer (GXC_TODAY_LIST (widget));

  if (!gx_id_is_none (&customer))
    gtk_widget_activate_action (widget, "win.new-task", "s", GX_ID_STR (&customer));
}

/* The choice of a day takes the focus away, so that what it is for must be selected. */
static void
reschedule_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTodayList *self = GXC_TODAY_LIST (widget);
  g_autoptr(GPtrArray) items = gxc_today_list_chosen (self);

  if (items->len == 1 && gxc_today_list_focused_row (self))
    gtk_list_box_select_row (GTK_LIST_BOX (self->rows), GTK_LIST_BOX_ROW (gxc_today_list_focused_row (self)));
  gxc_today_list_remember (self);
  if (items->len > 0)
    gxc_today_bar_ask_day (self->bar);
}

static void
fold_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTodayModel *model = GXC_TODAY_LIST (widget)->model;

  gxc_today_model_set_folded (model, !gxc_today_model_get_folded (model));
}

void
gxc_today_list_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "today.done", NULL, done_action);
  gtk_widget_class_install_action (widget_class, "today.snooze", NULL, snooze_action);
  gtk_widget_class_install_action (widget_class, "today.move", "i", move_action);
  gtk_widget_class_install_action (widget_class, "today.reschedule", NULL, reschedule_action);
  gtk_widget_class_install_action (widget_class, "today.new-task", NULL, new_task_action);
  gtk_widget_class_install_action (widget_class, "today.fold", NULL, fold_action);
}
