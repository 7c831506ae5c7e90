/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customers of this desk: a search line that takes a name, pinyin, initials or a phone's tail, the person's views, and
 * the list. The store searches, filters and sorts; this page only asks, and joins its parts: what is looked at is one live
 * copy of a view, which the parts change and the page hands to the model. The ways through it by keys are
 * gxc-customers-page-ways.c's, what goes on in another language gxc-customers-page-begun.c's. */

#include "gxc-customers-page-private.h"

#include <glib/gi18n.h>

#include "gxc-customers-bar.h"
#include "gxc-format.h"
#include "gxc-side-layout.h"

#define SETTLE 250          /* ms: rows of a sync come in many pages */

G_DEFINE_FINAL_TYPE (GxcCustomersPage, gxc_customers_page, GXC_TYPE_PAGE)

static void update_state (GxcCustomersPage *self);

/* --- state -------------------------------------------------------------------------------------------------------- */

static gboolean
is_searching (GxcCustomersPage *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
}

/* Before the first customers have come there is nothing to search: how far it is stands above the page. */
static gboolean
is_first_sync (GxcCustomersPage *self)
{
  return gxc_page_is_first_sync (GXC_PAGE (self)) && !is_searching (self) && gxc_customers_filter_n (self->view->filter) == 0;
}

/* One that ended without a customer, or was stopped, leaves nothing to wait for. */
static void
on_status_cb (GxcCustomersPage *self)
{
  if (gxc_page_get_state (GXC_PAGE (self)) == GXC_PAGE_LOADING)
    update_state (self);
}

static void
show_nothing (GxcCustomersPage *self)
{
  g_autofree char *none = g_strdup_printf (_("Nothing found for “%s”"), gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gboolean filtered = gxc_customers_filter_n (self->view->filter) > 0;
  gboolean branch = gxc_desk_can (gxc_page_get_desk (GXC_PAGE (self)), GX_CAN_READ_BRANCH);
  gboolean pins = g_strcmp0 (self->view->name, "pinned") == 0 && gxc_customers_filter_n (self->view->filter) == 1 && !is_searching (self);

  gtk_label_set_text (GTK_LABEL (self->nothing_title), is_searching (self) ? none : pins ? _("Nobody is pinned yet") : filtered ? _("No customer matches this view")
                                                                                             : _("No customers here yet"));
  gtk_widget_set_visible (self->nothing_button, is_searching (self) || (filtered && !pins));
  gtk_label_set_text (GTK_LABEL (self->nothing_words),
                      is_searching (self) ? branch ? _("Only your branch's customers are on this desk. Try fewer letters, or another view.")
                                                   : _("Only your own customers are on this desk. Try fewer letters, or another view.")
                      : pins ? _("Ctrl+D in a list or on a customer's page pins whom you want at hand. Pins follow you to every desk.")
                      : filtered ? _("Remove a filter, or choose another view.")
                      : branch ? _("Your branch's customers appear here after the next sync.")
                               : _("Your customers appear here after the next sync."));
}

static void
update_state (GxcCustomersPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  const GxcPerson *person = gxc_desk_get_person (gxc_page_get_desk (GXC_PAGE (self)));
  g_autofree char *number = gxc_format_number (n);
  g_autofree char *words = g_strdup_printf (ngettext ("%s customer", "%s customers", n), number);

  gtk_label_set_text (GTK_LABEL (self->count), words);
  show_nothing (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->results), n ? "list" : "nothing");
  gxc_page_set_title (GXC_PAGE (self), _("Customers"), person ? person->name : NULL);
  gxc_page_set_state (GXC_PAGE (self), n == 0 && is_first_sync (self) ? GXC_PAGE_LOADING : GXC_PAGE_CONTENT);
}

/* Rows that cannot be read would stand there empty. */
static void
on_failed_cb (GxcCustomersPage *self, const GError *error)
{
  gxc_page_set_error (GXC_PAGE (self), error);
}

/** gxc_customers_page_list_again: asks the store for what the view says now */
void
gxc_customers_page_list_again (GxcCustomersPage *self)
{
  g_autoptr(GxcFilterConditions) conditions = gxc_customers_filter_conditions (self->view->filter, gxc_page_get_desk (GXC_PAGE (self)));
  g_autoptr(GError) error = NULL;

  gxc_record_model_set_conditions (self->model, (const GxcCondition *) conditions->items->data, conditions->items->len);
  gxc_record_model_set_sort (self->model, self->view->sort, self->view->descending);
  gxc_customers_page_update_actions (self);
  if (gxc_record_model_refresh (self->model, &error))
    update_state (self);
  else
    gxc_page_set_error (GXC_PAGE (self), error);
}

/** gxc_customers_page_list_anew: the person asked for something else, and sees it from its top */
void
gxc_customers_page_list_anew (GxcCustomersPage *self)
{
  gxc_customers_list_from_top (self->list, TRUE);
  gxc_customers_page_list_again (self);
  gxc_customers_list_from_top (self->list, FALSE);
}

static void
refresh (GxcPage *page)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (page);

  gxc_customers_list_tick (self->list);
  gxc_customers_views_bar_recount (self->views);
  gxc_customers_page_list_again (self);
}

/* --- views and order ---------------------------------------------------------------------------------------------- */

/** gxc_customers_page_take_view: the chosen view, as it is kept */
void
gxc_customers_page_take_view (GxcCustomersPage *self)
{
  g_clear_pointer (&self->view, gxc_customers_view_free);
  self->view = gxc_customers_view_copy (gxc_customers_views_bar_get (self->views));
  gxc_customers_list_set_view (self->list, self->view);
  gxc_customers_filter_bar_set (self->filter, self->view->filter);
  gxc_customers_page_update_order (self);
}

static void
on_filter_changed_cb (GxcCustomersPage *self)
{
  g_autoptr(GxcCustomersFilter) old = self->view->filter;

  self->view->filter = gxc_customers_filter_copy (gxc_customers_filter_bar_get (self->filter));
  gxc_customers_page_list_anew (self);
}

static void
on_columns_changed_cb (GxcCustomersPage *self)
{
  gxc_customers_view_set_columns (self->view, gxc_customers_columns_popover_get (self->columns));
  gxc_customers_list_set_view (self->list, self->view);
  gxc_customers_page_update_actions (self);
  gxc_customers_page_update_order (self);
}

/* A view that was saved, or went away, may be the one that is looked at; one that was not touched stays as it is. */
static void
on_views_changed_cb (GxcCustomersPage *self)
{
  gxc_customers_views_bar_refresh (self->views);
  if (g_strcmp0 (gxc_customers_views_bar_get (self->views)->name, self->view->name) != 0)
    {
      gxc_customers_page_take_view (self);
      gxc_customers_page_list_anew (self);
      return;
    }
  gxc_customers_view_follow (self->view, gxc_customers_views_bar_get (self->views));
  gxc_customers_page_update_actions (self);
}

static void
on_nothing_clicked_cb (GxcCustomersPage *self)
{
  g_autoptr(GxcCustomersFilter) none = gxc_customers_filter_new (NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gxc_customers_filter_bar_set (self->filter, none);
  gxc_record_model_set_search (self->model, "");
  on_filter_changed_cb (self);
}

static void
on_view_chosen_cb (GxcCustomersPage *self)
{
  gxc_customers_page_take_view (self);
  gxc_customers_page_list_anew (self);
}

static void
on_sorted_cb (GxcCustomersPage *self)
{
  g_free (self->view->sort);
  self->view->sort = g_strdup (gxc_customers_list_get_sort (self->list, &self->view->descending));
  gxc_customers_page_list_anew (self);
}

/* --- what changes elsewhere --------------------------------------------------------------------------------------- */

static gboolean
on_settled_cb (gpointer data)
{
  GxcCustomersPage *self = data;

  self->settling = 0;
  refresh (GXC_PAGE (self));
  return G_SOURCE_REMOVE;
}

/* The model sees customers come and go; what stands beside them is looked at again when the rows have settled. */
static void
on_desk_changed_cb (GxcCustomersPage *self, const char *entity)
{
  if (g_strcmp0 (entity, "saved_view") == 0)
    on_views_changed_cb (self);
  else if (g_strcmp0 (entity, "setting") == 0)
    gxc_customers_list_rename (self->list);
  else if (!self->settling && (g_strcmp0 (entity, "customer") == 0 || g_strcmp0 (entity, "customer_digest") == 0 || g_strcmp0 (entity, "task") == 0))
    self->settling = g_timeout_add (SETTLE, on_settled_cb, self);
}

static void
on_curtain_changed_cb (GxcCustomersPage *self)
{
  gxc_customers_list_tick (self->list);
}

/* --- what the window asks of it ----------------------------------------------------------------------------------- */

static gboolean
begin (GxcPage *page, const char *what)
{
  return g_str_equal (what, "task") && gxc_customers_bulk_open (GXC_CUSTOMERS_PAGE (page)->bulk);
}

static char *
dup_part (GxcPage *page)
{
  return g_strdup (GXC_CUSTOMERS_PAGE (page)->view->name);
}

static gboolean
show_part (GxcPage *page, const char *part)
{
  return gxc_customers_views_bar_choose (GXC_CUSTOMERS_PAGE (page)->views, part);
}

/* The views come before the word for making one. */
static void
set_narrow (GxcPage *page, gboolean narrow)
{
  gtk_widget_set_visible (GXC_CUSTOMERS_PAGE (page)->save_words, !narrow);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_customers_page_dispose (GObject *object)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (object);

  g_clear_handle_id (&self->settling, g_source_remove);
  g_clear_pointer ((GtkWidget **) &self->columns, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->naming, gtk_widget_unparent);
  g_clear_object (&self->bulk);
  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_CUSTOMERS_PAGE);
  g_clear_object (&self->model);
  g_clear_pointer (&self->view, gxc_customers_view_free);
  G_OBJECT_CLASS (gxc_customers_page_parent_class)->dispose (object);
}

static void
gxc_customers_page_class_init (GxcCustomersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_customers_page_dispose;
  GXC_PAGE_CLASS (klass)->refresh = refresh;
  GXC_PAGE_CLASS (klass)->dup_part = dup_part;
  GXC_PAGE_CLASS (klass)->show_part = show_part;
  GXC_PAGE_CLASS (klass)->begin = begin;
  GXC_PAGE_CLASS (klass)->set_narrow = set_narrow;
  GXC_PAGE_CLASS (klass)->keep_begun = gxc_customers_page_keep_begun;
  GXC_PAGE_CLASS (klass)->take_begun = gxc_customers_page_take_begun;
  gxc_customers_page_install_actions (widget_class);
  g_type_ensure (GXC_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/pages/gxc-customers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, content);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, views_box);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, save_view);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, save_words);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, search);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, filter_box);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, count);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, menu);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, order_menu);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, hint);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, hint_words);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, beside);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, results);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, nothing_title);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, nothing_words);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, form);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, nothing_button);
  gtk_widget_class_bind_template_callback (widget_class, on_nothing_clicked_cb);
  gxc_customers_page_install_ways (GXC_PAGE_CLASS (klass));
}

static void
gxc_customers_page_init (GxcCustomersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->beside, gxc_side_layout_new ());
  gxc_page_set_content (GXC_PAGE (self), self->content);
}

static void
add_list (GxcCustomersPage *self, GxcDesk *desk)
{
  self->list = GXC_CUSTOMERS_LIST (gxc_customers_list_new (desk, self->model));
  gtk_widget_set_vexpand (GTK_WIDGET (self->list), TRUE);
  gtk_box_append (GTK_BOX (self->list_box), GTK_WIDGET (self->list));
  g_signal_connect_object (self->list, "sorted", G_CALLBACK (on_sorted_cb), self, G_CONNECT_SWAPPED);
  gxc_customers_page_watch_ways (self);
}

static void
add_parts (GxcCustomersPage *self, GxcDesk *desk)
{
  GxcCustomersMarks *marks = gxc_customers_list_get_marks (self->list);

  self->views = GXC_CUSTOMERS_VIEWS_BAR (gxc_customers_views_bar_new (desk));
  gtk_box_prepend (GTK_BOX (self->views_box), GTK_WIDGET (self->views));
  self->filter = GXC_CUSTOMERS_FILTER_BAR (gxc_customers_filter_bar_new (desk));
  gtk_box_append (GTK_BOX (self->filter_box), GTK_WIDGET (self->filter));
  gtk_box_append (GTK_BOX (self->list_box), gxc_customers_bar_new (desk, marks, GTK_WIDGET (self->form)));
  self->columns = GXC_CUSTOMERS_COLUMNS_POPOVER (gxc_customers_columns_popover_new (desk));
  gtk_widget_set_parent (GTK_WIDGET (self->columns), self->menu);
  self->naming = GXC_CUSTOMERS_NAME_POPOVER (gxc_customers_name_popover_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->naming), self->save_view);
  self->bulk = gxc_customers_bulk_new (desk, self->form, marks);
  g_signal_connect_object (self->views, "chosen", G_CALLBACK (on_view_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (on_filter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "changed", G_CALLBACK (on_columns_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->naming, "named", G_CALLBACK (gxc_customers_page_on_named), self, G_CONNECT_SWAPPED);
}

/* Other people's customers have masked names here and no readings: then only what is found is promised. */
static void
promise_what_is_found (GxcCustomersPage *self, GxcDesk *desk)
{
  if (gxc_desk_can (desk, GX_CAN_READ_OWN))
    return;

  g_object_set (self->search, "placeholder-text", _("First character, phone tail, CIF"), NULL);
  gtk_label_set_text (GTK_LABEL (self->hint_words),
                      _("Names are masked: “张” finds by the first character, “5678” by the tail of a phone or CIF; Enter opens the first"));
}

GtkWidget *
gxc_customers_page_new (GxcDesk *desk)
{
  GxcCustomersPage *self = g_object_new (GXC_TYPE_CUSTOMERS_PAGE, NULL);

  gxc_page_set_desk (GXC_PAGE (self), desk);
  self->model = gxc_record_model_new (desk, &gx_customer_entity);
  add_list (self, desk);
  add_parts (self, desk);
  promise_what_is_found (self, desk);
  gxc_customers_page_take_view (self);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "failed", G_CALLBACK (on_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "status-changed", G_CALLBACK (on_status_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "curtain-changed", G_CALLBACK (on_curtain_changed_cb), self, G_CONNECT_SWAPPED);
  gxc_customers_page_list_again (self);
  return GTK_WIDGET (self);
}

/**
 * gxc_customers_page_neighbour:
 * @by: -1 or 1; 0 for the place of @id itself
 * @out_position: (out): of the answer, 0 first
 *
 * Returns: (nullable): the customer before or after @id in the list as it is shown
 */
const GxId *
gxc_customers_page_neighbour (GxcCustomersPage *self,
                              const GxId       *id,
                              int               by,
                              guint            *out_position,
                              guint            *out_total)
{
  guint position = gxc_record_model_find (self->model, id);

  *out_total = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  if (position == G_MAXUINT || (by < 0 && position == 0))
    return NULL;
  *out_position = position + by;
  return gxc_record_model_get_id (self->model, *out_position);
}
