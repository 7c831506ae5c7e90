/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tasks about one customer: what is open, next first, each with what closes it or puts it off; and what was done. */

#include "gxc-customer-tasks.h"

#include <glib/gi18n.h>

#include "gx-task.h"
#include "gxc-cards.h"

struct _GxcCustomerTasks
{
  GxcCustomerTab parent_instance;
};

G_DEFINE_FINAL_TYPE (GxcCustomerTasks, gxc_customer_tasks, GXC_TYPE_CUSTOMER_TAB)

static gboolean
is_open (GxRecord *record)
{
  int status = ((const GxTask *) gx_record_get_data (record))->status;

  return status != GX_TASK_DONE && status != GX_TASK_CANCELLED;
}

static GtkWidget *
make_card (GxcDesk *desk, GPtrArray *tasks, gboolean open, GtkWidget *button)
{
  GtkWidget *body, *rows = gxc_rows_new ();
  GtkWidget *card = gxc_card_new (open ? _("Open") : C_("task", "Done"), open ? _("soonest first") : _("latest first"), button, &body);
  guint n = 0;

  for (guint i = 0; i < tasks->len; i++)
    {
      GxRecord *task = g_ptr_array_index (tasks, open ? i : tasks->len - 1 - i);

      if (is_open (task) != open)
        continue;
      gxc_rows_add_task (rows, desk, task, open && gxc_desk_can (desk, GX_CAN_WRITE_TASK) ? GXC_TASK_ALL : GXC_TASK_NOTHING);
      n++;
    }
  if (n == 0)
    gxc_rows_add_words (rows, open ? _("No open task. Ctrl+T makes one.") : _("Nothing was finished yet."));
  gtk_box_append (GTK_BOX (body), rows);
  return card;
}

static void
fill (GxcCustomerTab *tab)
{
  GtkWidget *body = gxc_customer_tab_get_body (tab), *button = NULL;
  GxcDesk *desk = gxc_customer_tab_get_desk (tab);
  GPtrArray *tasks = gxc_customer_file_rows (gxc_customer_tab_get_file (tab), &gx_task_entity);

  gxc_box_empty (body);
  if (gxc_desk_can (desk, GX_CAN_WRITE_TASK))
    button = gxc_small_button (_("Add task"), "customer.new-task", NULL);
  gtk_box_append (GTK_BOX (body), make_card (desk, tasks, TRUE, button));
  gtk_box_append (GTK_BOX (body), make_card (desk, tasks, FALSE, NULL));
}

static void
gxc_customer_tasks_class_init (GxcCustomerTasksClass *klass)
{
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
}

static void
gxc_customer_tasks_init (GxcCustomerTasks *self)
{
}

GtkWidget *
gxc_customer_tasks_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_TASKS, file);
}
