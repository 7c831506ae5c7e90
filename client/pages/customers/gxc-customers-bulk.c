/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A task for each ticked customer from one form: all of them in one transaction or none, and one toast takes all of them
 * back. Not the form, which knows nothing of customers, and not the ticks, which stay until the tasks are written. */

#include "gxc-customers-bulk.h"

#include <glib/gi18n.h>

#include "gx-error.h"
#include "gx-task.h"
#include "gxc-calendar.h"
#include "gxc-format.h"
#include "gxc-page.h"

#define AT_MOST 500         /* tasks of one save: more is a campaign, not a to-do */

struct _GxcCustomersBulk
{
  GObject            parent_instance;

  /* Owned References */
  GxcDesk           *desk;
  GxcCustomersMarks *marks;

  GxcForm           *form;      /* (owned): a save may end after its page */
  guint              n;         /* tasks being saved */
};

G_DEFINE_FINAL_TYPE (GxcCustomersBulk, gxc_customers_bulk, G_TYPE_OBJECT)

static char *
dup_count_words (guint n)
{
  g_autofree char *number = gxc_format_number (n);

  return g_strdup_printf (ngettext ("For %s customer, one task each", "For %s customers, one task each", n), number);
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcCustomersBulk) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcUndo) undo = gxc_desk_finish_save (GXC_DESK (source), result, &error);
  g_autofree char *number = gxc_format_number (self->n);
  g_autofree char *words = g_strdup_printf (ngettext ("%s task added", "%s tasks added", self->n), number);

  if (!gtk_widget_get_root (GTK_WIDGET (self->form)))
    return;
  gxc_form_answer (self->form, error);
  if (!undo)
    return;
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->marks));
  gxc_page_toast_undo (GTK_WIDGET (self->form), words, undo);
}

static void
on_collected_cb (GxcCustomersBulk *self, const GxTask *pattern)
{
  g_autoptr(GArray) ids = gxc_customers_marks_dup_ids (self->marks);
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();

  for (guint i = 0; i < ids->len; i++)
    {
      GxTask *task = gx_entity_copy (&gx_task_entity, pattern);

      task->meta.id = gxc_desk_new_id (self->desk);
      task->customer_id = g_array_index (ids, GxId, i);
      g_ptr_array_add (changes, gxc_change_item_create (&gx_task_entity, task));
    }
  self->n = ids->len;
  gxc_desk_save (self->desk, changes, on_saved_cb, g_object_ref (self));
}

static GxcDraft *
make_draft (GxcCustomersBulk *self)
{
  GxcDraft *draft = gxc_draft_new (&gx_task_entity, NULL);
  GxTask *task = gxc_draft_get_row (draft);

  task->assignee_id = gxc_desk_get_person (self->desk)->employee_id;
  task->kind = GX_TASK_CALL;
  task->status = GX_TASK_OPEN;
  task->priority = 2;
  task->due_at = gxc_local_moment (gxc_next_working_day (self->desk), 0);
  return draft;
}

/** gxc_customers_bulk_open: FALSE if nobody is ticked; says why if too many are */
gboolean
gxc_customers_bulk_open (GxcCustomersBulk *self)
{
  static const char * const fields[] = { "title", "kind", "due_at", "priority", NULL };
  guint n = gxc_customers_marks_get_n (self->marks);
  g_autofree char *words = dup_count_words (n);
  g_autofree char *many = g_strdup_printf (_("At most %d tasks are made at once: tick fewer customers"), AT_MOST);
  g_autoptr(GxcDraft) draft = NULL;

  if (n == 0)
    return FALSE;
  if (n > AT_MOST)
    {
      gxc_page_toast (GTK_WIDGET (self->form), many);
      return TRUE;
    }
  draft = make_draft (self);
  gxc_form_open (self->form, GXC_FORM_COLLECT, N_("New task"), words, draft, fields, "");
  return TRUE;
}

/** gxc_customers_bulk_take: goes on with a form that was kept; the customers are ticked already */
void
gxc_customers_bulk_take (GxcCustomersBulk *self,
                         GxcFormKept      *kept)
{
  g_autofree char *words = dup_count_words (gxc_customers_marks_get_n (self->marks));

  gxc_form_take (self->form, kept);
  gxc_form_set_note (self->form, words);
}

static void
gxc_customers_bulk_finalize (GObject *object)
{
  g_clear_object (&GXC_CUSTOMERS_BULK (object)->desk);
  g_clear_object (&GXC_CUSTOMERS_BULK (object)->marks);
  g_clear_object (&GXC_CUSTOMERS_BULK (object)->form);
  G_OBJECT_CLASS (gxc_customers_bulk_parent_class)->finalize (object);
}

static void
gxc_customers_bulk_class_init (GxcCustomersBulkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_customers_bulk_finalize;
}

static void
gxc_customers_bulk_init (GxcCustomersBulk *self)
{
}

/** gxc_customers_bulk_new: the "collected" of @form is answered here */
GxcCustomersBulk *
gxc_customers_bulk_new (GxcDesk           *desk,
                        GxcForm           *form,
                        GxcCustomersMarks *marks)
{
  GxcCustomersBulk *self = g_object_new (GXC_TYPE_CUSTOMERS_BULK, NULL);

  self->desk = g_object_ref (desk);
  self->marks = g_object_ref (marks);
  self->form = g_object_ref (form);
  gxc_form_set_desk (form, desk);
  g_signal_connect_object (form, "collected", G_CALLBACK (on_collected_cb), self, G_CONNECT_SWAPPED);
  return self;
}
