/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the customer list's menu, bar and keys ask for: views kept, renamed, moved and removed, columns chosen, the table
 * copied or written to a file, a task for each of the ticked. Which of them can be done now follows from the view and the
 * ticks. The joining of the page's parts is gxc-customers-page.c's. */

#include <glib/gi18n.h>

#include "gxc-compat.h"
#include "gxc-customers-export.h"
#include "gxc-customers-keep.h"
#include "gxc-customers-page-private.h"
#include "gxc-page-pin.h"

static GxcDesk *
desk_of (GxcCustomersPage *self)
{
  return gxc_page_get_desk (GXC_PAGE (self));
}

static GxcCustomersMarks *
marks_of (GxcCustomersPage *self)
{
  return gxc_customers_list_get_marks (self->list);
}

/* --- views ---------------------------------------------------------------------------------------------------------- */

static void
ask_name (GxcCustomersPage *self, gboolean renaming)
{
  self->renaming = renaming;
  gxc_customers_name_popover_ask (self->naming, renaming ? _("Rename the view") : _("Save as a new view"), renaming ? self->view->label : "");
}

static void
save_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_name (GXC_CUSTOMERS_PAGE (widget), FALSE);
}

static void
rename_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_name (GXC_CUSTOMERS_PAGE (widget), TRUE);
}

/** gxc_customers_page_on_named: what the name was asked for */
void
gxc_customers_page_on_named (GxcCustomersPage *self,
                             const char       *name)
{
  if (self->renaming)
    gxc_customers_keep_rename (GTK_WIDGET (self), desk_of (self), gxc_customers_views_bar_get (self->views), name);
  else
    gxc_customers_keep_as (GTK_WIDGET (self), desk_of (self), self->views, self->view, name);
}

static void
keep_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_customers_keep (widget, desk_of (GXC_CUSTOMERS_PAGE (widget)), GXC_CUSTOMERS_PAGE (widget)->view);
}

static void
remove_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_customers_keep_remove (widget, desk_of (GXC_CUSTOMERS_PAGE (widget)), gxc_customers_views_bar_get (GXC_CUSTOMERS_PAGE (widget)->views));
}

static void
move_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (widget);

  gxc_customers_keep_move (widget, desk_of (self), gxc_customers_views_bar_get_all (self->views),
                           gxc_customers_views_bar_get (self->views), g_variant_get_int32 (parameter));
}

static void
reset_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_customers_page_take_view (GXC_CUSTOMERS_PAGE (widget));
  gxc_customers_page_list_anew (GXC_CUSTOMERS_PAGE (widget));
}

static void
columns_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (widget);

  gxc_customers_columns_popover_set (self->columns, self->view);
  gtk_popover_popup (GTK_POPOVER (self->columns));
}

/* --- the order: what a click on a head does, for keys: GTK 4.8 gives the heads no focus ------------------------------ */

static void
add_order (GxcCustomersPage *self, const GxcCustomersColumn *column)
{
  g_autofree char *title = gxc_customers_column_dup_title (column, gxc_page_get_desk (GXC_PAGE (self)));
  g_autoptr(GMenuItem) item = g_menu_item_new (title, NULL);

  if (!column->field)
    return;
  g_menu_item_set_action_and_target (item, "customers.sort", "s", column->field);
  g_menu_append_item (self->order_menu, item);
}

/** gxc_customers_page_update_order: the menu has what the view's columns can be ordered by */
void
gxc_customers_page_update_order (GxcCustomersPage *self)
{
  g_autoptr(GMenu) other = g_menu_new ();

  g_menu_remove_all (self->order_menu);
  add_order (self, gxc_customers_find_column ("customer"));
  for (guint i = 0; i < self->view->columns->len; i++)
    add_order (self, self->view->columns->pdata[i]);
  g_menu_append (other, _("_Reverse order"), "customers.reverse");
  g_menu_append_section (self->order_menu, NULL, G_MENU_MODEL (other));
}

static void
order (GxcCustomersPage *self, const char *field, gboolean descending)
{
  char *old = self->view->sort;

  self->view->sort = g_strdup (field);
  self->view->descending = descending;
  g_free (old);
  gxc_customers_list_set_view (self->list, self->view);
  gxc_customers_page_list_anew (self);
}

static void
sort_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  order (GXC_CUSTOMERS_PAGE (widget), g_variant_get_string (parameter, NULL), FALSE);
}

static void
reverse_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (widget);

  order (self, self->view->sort, !self->view->descending);
}

/* --- taking it away ------------------------------------------------------------------------------------------------- */

/* The ticked ones, or without ticks what is listed. */
static GArray *
dup_ids (GxcCustomersPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  GArray *ids;

  if (gxc_customers_marks_get_n (marks_of (self)))
    return gxc_customers_marks_dup_ids (marks_of (self));
  ids = g_array_sized_new (FALSE, FALSE, sizeof (GxId), n);
  for (guint i = 0; i < n; i++)
    g_array_append_vals (ids, gxc_record_model_get_id (self->model, i), 1);
  return ids;
}

/* A pattern with the number in it. */
static void
say (GtkWidget *widget, const char *pattern, guint n)
{
  g_autofree char *words = g_strdup_printf (pattern, n);

  gxc_page_toast (widget, words);
}

static void
say_error (GtkWidget *widget, const GError *error)
{
  gxc_page_toast (widget, error->message);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (widget);
  g_autoptr(GArray) ids = dup_ids (self);
  g_autoptr(GPtrArray) columns = gxc_customers_list_dup_shown (self->list);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = gxc_customers_to_table (gxc_customers_list_get_paint (self->list), columns, (const GxId *) ids->data, ids->len, &error);

  if (!text)
    {
      say_error (widget, error);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  say (widget, ngettext ("%u customer copied as a table", "%u customers copied as a table", ids->len), ids->len);
}

typedef struct
{
  GtkWidget *page;          /* (owned) */
  char      *text;          /* (owned) */
  guint      n;
} Export;

static void
on_file_chosen_cb (gpointer data, GFile *file)
{
  Export *export = data;
  g_autoptr(GError) error = NULL;

  if (file && g_file_replace_contents (file, export->text, strlen (export->text), NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, NULL, &error))
    say (export->page, ngettext ("%u customer saved; R-EXPORT: without amounts", "%u customers saved; R-EXPORT: without amounts", export->n), export->n);
  else if (error)
    say_error (export->page, error);
  g_object_unref (export->page);
  g_free (export->text);
  g_free (export);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (widget);
  g_autoptr(GArray) ids = dup_ids (self);
  g_autoptr(GPtrArray) columns = gxc_customers_list_dup_shown (self->list);
  g_autoptr(GError) error = NULL;
  g_autofree char *date = gx_date_format (gxc_desk_get_today (desk_of (self)));
  g_autofree char *file = g_strdup_printf ("%s %s.csv", _("Customers"), date);
  char *text = gxc_customers_to_csv (gxc_customers_list_get_paint (self->list), columns, (const GxId *) ids->data, ids->len, &error);
  Export *export;

  if (!text)
    {
      say_error (widget, error);
      return;
    }
  export = g_new (Export, 1);
  *export = (Export) { g_object_ref (widget), text, ids->len };
  gxc_compat_save_file (widget, _("Save the list"), file, on_file_chosen_cb, export);
}

/* --- the ticked ----------------------------------------------------------------------------------------------------- */

static void
new_task_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_customers_bulk_open (GXC_CUSTOMERS_PAGE (widget)->bulk);
}

/* Who is ticked, else whose row one stands on. */
static void
pin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (widget);
  g_autoptr(GArray) ids = gxc_customers_marks_dup_ids (marks_of (self));
  GxId focused = gxc_customers_list_get_focused (self->list);

  if (ids->len == 0 && !gx_id_is_none (&focused))
    g_array_append_val (ids, focused);
  if (ids->len > 0)
    gxc_page_pin (widget, desk_of (self), (const GxId *) (gpointer) ids->data, ids->len);
  else
    gxc_page_toast (widget, _("Tick the customers to pin, or stand on one"));
}

static void
unselect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (marks_of (GXC_CUSTOMERS_PAGE (widget))));
}

/** gxc_customers_page_update_actions: what can be done with the view as it is */
void
gxc_customers_page_update_actions (GxcCustomersPage *self)
{
  const GxcCustomersView *kept = gxc_customers_views_bar_get (self->views);
  gboolean changed = !gxc_customers_view_equal (self->view, kept);
  gboolean keepable = changed && (!kept->built_in || gxc_customers_filter_equal (self->view->filter, kept->filter));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "customers.keep-view", keepable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "customers.reset-view", changed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "customers.rename-view", !kept->built_in);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "customers.remove-view", !kept->built_in);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "customers.move-view", !kept->built_in);
}

void
gxc_customers_page_install_actions (GtkWidgetClass *widget_class)
{
  static const struct { const char *name, *type; GtkWidgetActionActivateFunc run; } actions[] = {
    { "customers.save-view", NULL, save_view_action }, { "customers.keep-view", NULL, keep_view_action },
    { "customers.reset-view", NULL, reset_view_action }, { "customers.rename-view", NULL, rename_view_action },
    { "customers.remove-view", NULL, remove_view_action }, { "customers.move-view", "i", move_view_action },
    { "customers.columns", NULL, columns_action }, { "customers.copy", NULL, copy_action },
    { "customers.export", NULL, export_action }, { "customers.new-task", NULL, new_task_action },
    { "customers.unselect", NULL, unselect_action }, { "customers.sort", "s", sort_action },
    { "customers.reverse", NULL, reverse_action }, { "customers.pin", NULL, pin_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].run);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "customers.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "customers.pin", NULL);
}
