/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One customer: header, four core tiles, a row of tabs and the tab that is open, and beside them a form that never covers
 * the name. It joins the parts and hands each the file; what they show is theirs. A tab is made when it is first opened. */

#include "gxc-customer-page.h"

#include <glib/gi18n.h>

#include "gx-need.h"
#include "gx-task.h"
#include "gxc-customer-actions.h"
#include "gxc-customer-assets.h"
#include "gxc-customer-details.h"
#include "gxc-customer-documents.h"
#include "gxc-customer-header.h"
#include "gxc-customer-keys.h"
#include "gxc-customer-history.h"
#include "gxc-customer-needs.h"
#include "gxc-customer-overview.h"
#include "gxc-customer-relations.h"
#include "gxc-customer-tab-bar.h"
#include "gxc-customer-tasks.h"
#include "gxc-customer-tiles.h"
#include "gxc-customer-timeline.h"
#include "gxc-look.h"

struct _GxcCustomerPage
{
  GxcPage            parent_instance;

  /* Template widgets */
  GtkWidget         *content;
  GxcCustomerHeader *header;
  GxcCustomerTiles  *tiles;
  GxcCustomerTabBar *tabs;
  GtkStack          *stack;
  GxcForm           *form;

  GxcCustomerFile   *file;      /* (owned) */
  gboolean           narrow;
};

G_DEFINE_FINAL_TYPE (GxcCustomerPage, gxc_customer_page, GXC_TYPE_PAGE)

static guint
count_tasks (GxcCustomerFile *file)
{
  GPtrArray *tasks = gxc_customer_file_rows (file, &gx_task_entity);
  guint n = 0;

  for (guint i = 0; i < tasks->len; i++)
    {
      int status = ((const GxTask *) gx_record_get_data (g_ptr_array_index (tasks, i)))->status;

      n += status != GX_TASK_DONE && status != GX_TASK_CANCELLED;
    }
  return n;
}

static guint
count_needs (GxcCustomerFile *file)
{
  GPtrArray *needs = gxc_customer_file_rows (file, &gx_need_entity);
  guint n = 0;

  for (guint i = 0; i < needs->len; i++)
    n += ((const GxNeed *) gx_record_get_data (g_ptr_array_index (needs, i)))->status == GX_NEED_OPEN;
  return n;
}

static const struct
{
  const char        *name;
  const char        *label;
  GxcCustomerTabMake make;
  guint            (*count) (GxcCustomerFile *file);    /* (nullable): of what is open behind it */
} tabs[] = {
  { "overview", NC_("tab", "Overview"), gxc_customer_overview_new },
  { "details", NC_("tab", "Details"), gxc_customer_details_new },
  { "timeline", NC_("tab", "Timeline"), gxc_customer_timeline_new },
  { "assets", NC_("tab", "Assets"), gxc_customer_assets_new },
  { "tasks", NC_("tab", "Tasks"), gxc_customer_tasks_new, count_tasks },
  { "relations", NC_("tab", "Relations"), gxc_customer_relations_new },
  { "needs", NC_("tab", "Needs"), gxc_customer_needs_new, count_needs },
  { "documents", NC_("tab", "Documents"), gxc_customer_documents_new },
  { "history", NC_("tab", "History"), gxc_customer_history_new },
};

/* --- showing ------------------------------------------------------------------------------------------------------ */

static void
show_title (GxcCustomerPage *self)
{
  g_autofree char *tail = gxc_customer_file_dup_tail (self->file), *name = gxc_customer_file_words (self->file, "name");
  g_autofree char *subtitle = g_strdup_printf ("› %s %s", name, tail);

  gxc_page_set_title (GXC_PAGE (self), _("Customers"), subtitle);
}

/* Beside an open form, and with large text, there is room for one column; the name comes before everything else. */
static void
update_room (GxcCustomerPage *self)
{
  gboolean form = gtk_widget_get_visible (GTK_WIDGET (self->form));     /* or what comes back pushes the window wider */
  gboolean one = form || (self->narrow && gxc_look_scale (GTK_WIDGET (self)) > 1.25);

  gxc_customer_header_set_room (self->header, self->narrow, form);
  gxc_customer_tiles_set_room (self->tiles, self->narrow, form);
  gtk_widget_set_visible (GTK_WIDGET (self->tiles), g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "timeline") != 0);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      GtkWidget *tab = gtk_stack_get_child_by_name (self->stack, tabs[i].name);

      if (tab)
        gxc_customer_tab_set_room (GXC_CUSTOMER_TAB (tab), one);
    }
}

static void
show_head (GxcCustomerPage *self)
{
  show_title (self);
  gxc_customer_header_show (self->header, self->file);
  gxc_customer_tiles_show (self->tiles, self->file);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    if (tabs[i].count)
      gxc_customer_tab_bar_set_count (self->tabs, tabs[i].name, tabs[i].count (self->file));
}

static void
update_state (GxcCustomerPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      GtkWidget *tab = gtk_stack_get_child_by_name (self->stack, tabs[i].name);

      if (tab)
        gxc_customer_tab_refresh (GXC_CUSTOMER_TAB (tab));
    }
  update_room (self);
  gxc_page_set_state (GXC_PAGE (self), GXC_PAGE_CONTENT);
}

/* A header or a tile without its rows would say of the customer what is not so; a tab says its own errors. */
static void
refresh (GxcPage *page)
{
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (page);
  g_autoptr(GError) error = NULL, before = gxc_customer_file_take_error (self->file);

  if (gxc_customer_file_load (self->file, &error))
    {
      show_head (self);
      error = gxc_customer_file_take_error (self->file);
    }
  if (error)
    gxc_page_set_error (page, error);
  else
    update_state (self);
}

static void
on_file_changed_cb (GxcCustomerPage *self)
{
  refresh (GXC_PAGE (self));
}

static GtkWidget *
get_tab (GxcCustomerPage *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    if (g_str_equal (tabs[i].name, name) && !gtk_stack_get_child_by_name (self->stack, name))
      gtk_stack_add_named (self->stack, tabs[i].make (self->file), name);
  return gtk_stack_get_child_by_name (self->stack, name);
}

static void
on_tab_selected_cb (GxcCustomerPage *self, const char *name)
{
  get_tab (self, name);
  gtk_stack_set_visible_child_name (self->stack, name);
  update_room (self);
}

static GxcCustomerTab *
open_tab (GxcCustomerPage *self)
{
  GtkWidget *tab = gtk_stack_get_visible_child (self->stack);

  return tab ? GXC_CUSTOMER_TAB (tab) : NULL;
}

/* --- actions of the page itself ------------------------------------------------------------------------------------ */

static void
show_tab_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_customer_page_show_tab (GXC_CUSTOMER_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
step_tab_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_customer_tab_bar_step (GXC_CUSTOMER_PAGE (widget)->tabs, g_variant_get_int32 (parameter));
}

/* To what is in the open tab: to its own place for the keys if it has one. */
static void
enter_tab_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *tab = gtk_stack_get_visible_child (GXC_CUSTOMER_PAGE (widget)->stack);

  if (tab && !gtk_widget_grab_focus (tab))
    gtk_widget_child_focus (tab, GTK_DIR_TAB_FORWARD);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (widget);

  if (gxc_form_is_open (self->form))
    gxc_form_submit (self->form);
  else
    gxc_customer_tab_save (open_tab (self));
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
set_narrow (GxcPage *page, gboolean narrow)
{
  GXC_CUSTOMER_PAGE (page)->narrow = narrow;
  update_room (GXC_CUSTOMER_PAGE (page));
}

static gboolean
begin (GxcPage *page, const char *what)
{
  gboolean tasks = g_strcmp0 (gxc_customer_tab_bar_get_active (GXC_CUSTOMER_PAGE (page)->tabs), "tasks") == 0;
  g_autofree char *action = g_strconcat ("customer.new-", g_str_equal (what, "new") ? tasks ? "task" : "interaction" : what, NULL);

  return gtk_widget_activate_action (GTK_WIDGET (page), action, NULL);
}

/* First the form, then what was begun in the tab. */
static gboolean
escape (GxcPage *page)
{
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (page);

  return gxc_form_close (self->form) || (open_tab (self) && gxc_customer_tab_leave (open_tab (self)));
}

static char *
dup_part (GxcPage *page)
{
  return g_strdup (gxc_customer_tab_bar_get_active (GXC_CUSTOMER_PAGE (page)->tabs));
}

static gboolean
show_part (GxcPage *page, const char *part)
{
  return gxc_customer_page_show_tab (GXC_CUSTOMER_PAGE (page), part);
}

static GxcBegun *
keep_begun (GxcPage *page)
{
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (page);
  GtkWidget *details = gtk_stack_get_child_by_name (self->stack, "details");
  GxcBegun *begun = g_new0 (GxcBegun, 1);

  begun->form = gxc_form_keep (self->form);
  if (details)
    gxc_customer_details_keep (GXC_CUSTOMER_DETAILS (details), begun);
  return begun;
}

static void
take_begun (GxcPage *page, GxcBegun *begun)
{
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (page);

  if (begun->edits)
    gxc_customer_details_take (GXC_CUSTOMER_DETAILS (get_tab (self, "details")), begun);
  if (begun->form)
    gxc_form_take (self->form, begun->form);
}

static const GxcKey *
get_keys (GxcPage *page, guint *out_n_keys)
{
  return gxc_customer_keys (gxc_customer_tab_bar_get_active (GXC_CUSTOMER_PAGE (page)->tabs), out_n_keys);
}

/* Where the keys begin: the tab that is open, arrows lead to the others. */
static gboolean
gxc_customer_page_grab_focus (GtkWidget *widget)
{
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (widget);

  gxc_customer_tab_bar_step (self->tabs, 0);
  return TRUE;
}

static void
gxc_customer_page_dispose (GObject *object)
{
  GxcCustomerPage *self = GXC_CUSTOMER_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_CUSTOMER_PAGE);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (gxc_customer_page_parent_class)->dispose (object);
}

static void
install_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "customer.show-tab", "s", show_tab_action);
  gtk_widget_class_install_action (widget_class, "customer.step-tab", "i", step_tab_action);
  gtk_widget_class_install_action (widget_class, "customer.enter-tab", NULL, enter_tab_action);
  gtk_widget_class_install_action (widget_class, "customer.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK, "customer.step-tab", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK, "customer.step-tab", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "customer.pin", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "customer.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "customer.save", NULL);
}

static void
gxc_customer_page_class_init (GxcCustomerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_customer_page_dispose;
  widget_class->grab_focus = gxc_customer_page_grab_focus;
  GXC_PAGE_CLASS (klass)->refresh = refresh;
  GXC_PAGE_CLASS (klass)->set_narrow = set_narrow;
  GXC_PAGE_CLASS (klass)->begin = begin;
  GXC_PAGE_CLASS (klass)->escape = escape;
  GXC_PAGE_CLASS (klass)->dup_part = dup_part;
  GXC_PAGE_CLASS (klass)->show_part = show_part;
  GXC_PAGE_CLASS (klass)->keep_begun = keep_begun;
  GXC_PAGE_CLASS (klass)->take_begun = take_begun;
  GXC_PAGE_CLASS (klass)->get_keys = get_keys;
  g_type_ensure (GXC_TYPE_CUSTOMER_HEADER);
  g_type_ensure (GXC_TYPE_CUSTOMER_TAB_BAR);
  g_type_ensure (GXC_TYPE_CUSTOMER_TILES);
  g_type_ensure (GXC_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/pages/gxc-customer-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, content);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, header);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, tiles);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, tabs);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomerPage, form);
  install_keys (widget_class);
  gxc_customer_actions_install (widget_class);
}

static void
gxc_customer_page_init (GxcCustomerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gxc_page_set_content (GXC_PAGE (self), self->content);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    gxc_customer_tab_bar_add (self->tabs, tabs[i].name, g_dpgettext2 (NULL, "tab", tabs[i].label));
}

/** gxc_customer_page_new: a customer that is not on this desk is an error page */
GtkWidget *
gxc_customer_page_new (GxcDesk    *desk,
                       const GxId *id)
{
  GxcCustomerPage *self = g_object_new (GXC_TYPE_CUSTOMER_PAGE, NULL);

  self->file = gxc_customer_file_new (desk, id);
  gxc_page_set_desk (GXC_PAGE (self), desk);
  gxc_form_set_desk (self->form, desk);
  g_signal_connect_object (self->form, "shown", G_CALLBACK (update_room), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tabs, "selected", G_CALLBACK (on_tab_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->file, "changed", G_CALLBACK (on_file_changed_cb), self, G_CONNECT_SWAPPED);
  refresh (GXC_PAGE (self));
  gxc_customer_tab_bar_select (self->tabs, "overview");
  return GTK_WIDGET (self);
}

/** gxc_customer_page_show_tab: whether there is a tab of that name: "overview", "details", "timeline", "assets", "tasks" … */
gboolean
gxc_customer_page_show_tab (GxcCustomerPage *self,
                            const char      *name)
{
  g_return_val_if_fail (GXC_IS_CUSTOMER_PAGE (self), FALSE);
  return gxc_customer_tab_bar_select (self->tabs, name);
}

/** gxc_customer_page_get_form: (transfer none): the form beside the tabs */
GxcForm *
gxc_customer_page_get_form (GxcCustomerPage *self)
{
  return self->form;
}

GxcCustomerFile *
gxc_customer_page_get_file (GxcCustomerPage *self)
{
  return self->file;
}
