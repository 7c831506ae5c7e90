/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customers of this desk: a search line that takes a name, pinyin, initials or a phone's tail, views by status, and
 * the list. The store searches and sorts; this page only asks. Enter in the search line opens the first hit, which is also
 * how a program without a pointer opens a row. */

#include "gxc-customers-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-customer.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-record-model.h"
#include "gxc-widgets.h"

struct _GxcCustomersPage
{
  GxcPage              parent_instance;

  /* Template widgets */
  GtkWidget           *content;
  GtkWidget           *views;
  GtkWidget           *search;
  GtkWidget           *count;
  GtkWidget           *hint;
  GtkWidget           *results;
  GtkWidget           *nothing_title;
  GtkColumnView       *list;

  /* Owned References */
  GxcRecordModel      *model;
  GtkSingleSelection  *selection;
  GPtrArray           *hidden_when_narrow;  /* of GtkColumnViewColumn, in their order */
  gboolean             narrow;
};

G_DEFINE_FINAL_TYPE (GxcCustomersPage, gxc_customers_page, GXC_TYPE_PAGE)

static const struct { const char *status, *label; } views[] = {
  { NULL, N_("All") },
  { "ACTIVE", NC_("customers", "Active") },
  { "PROSPECT", NC_("customers", "Prospects") },
};

/* --- state -------------------------------------------------------------------------------------------------------- */

static void
update_state (GxcCustomersPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const GxcPerson *person = gxc_desk_get_person (gxc_page_get_desk (GXC_PAGE (self)));
  g_autofree char *number = gxc_format_number (n);
  g_autofree char *words = g_strdup_printf (ngettext ("%s customer", "%s customers", n), number);
  g_autofree char *none = g_strdup_printf (_("Nothing found for “%s”"), typed);

  gtk_label_set_text (GTK_LABEL (self->count), words);
  gtk_label_set_text (GTK_LABEL (self->nothing_title), *typed ? none : _("No customers here yet"));
  gtk_stack_set_visible_child_name (GTK_STACK (self->results), n ? "list" : "nothing");
  gxc_page_set_title (GXC_PAGE (self), _("Customers"), person ? person->name : NULL);
  gxc_page_set_state (GXC_PAGE (self), GXC_PAGE_CONTENT);
}

static void
refresh (GxcPage *page)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (page);
  g_autoptr(GError) error = NULL;

  if (gxc_record_model_refresh (self->model, &error))
    update_state (self);
  else
    gxc_page_set_error (page, error);
}

/* --- cells -------------------------------------------------------------------------------------------------------- */

static const GxCustomer *
customer_of (GtkListItem *item)
{
  return gx_record_get_data (gtk_list_item_get_item (item));
}

static void
on_name_setup_cb (GtkListItemFactory *factory, GtkListItem *item, GxcCustomersPage *self)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, "single-line-mode", TRUE, NULL);

  gtk_list_item_set_child (item, label);
}

/* Never the mask alone: the tail of the customer number tells two 张* apart. */
static void
on_name_bind_cb (GtkListItemFactory *factory, GtkListItem *item, GxcCustomersPage *self)
{
  const GxCustomer *customer = customer_of (item);
  gsize length = customer->cif_no ? strlen (customer->cif_no) : 0;
  const char *tail = length > 4 ? customer->cif_no + length - 4 : length ? customer->cif_no : _("no number yet");
  g_autofree char *markup = g_markup_printf_escaped ("<b>%s</b>  <span font_size=\"9pt\" alpha=\"66%%\">%s</span>",
                                                     customer->name ? customer->name : "", tail);

  gtk_label_set_markup (GTK_LABEL (gtk_list_item_get_child (item)), markup);
}

static void
on_tier_setup_cb (GtkListItemFactory *factory, GtkListItem *item, GxcCustomersPage *self)
{
  gtk_list_item_set_child (item, gxc_tier_badge_new ());
}

static void
on_tier_bind_cb (GtkListItemFactory *factory, GtkListItem *item, GxcCustomersPage *self)
{
  int tier = customer_of (item)->tier;

  gxc_tier_badge_set_tier (GXC_TIER_BADGE (gtk_list_item_get_child (item)), gx_choice_code (gx_tiers, tier),
                           tier ? _(gx_choice_label (gx_tiers, tier)) : NULL);
}

static void
on_stage_setup_cb (GtkListItemFactory *factory, GtkListItem *item, GxcCustomersPage *self)
{
  gtk_list_item_set_child (item, gxc_stage_glyph_new ());
}

static void
on_stage_bind_cb (GtkListItemFactory *factory, GtkListItem *item, GxcCustomersPage *self)
{
  int stage = customer_of (item)->lifecycle_stage;

  gxc_stage_glyph_set_stage (GXC_STAGE_GLYPH (gtk_list_item_get_child (item)), gx_choice_code (gx_stages, stage),
                             stage ? _(gx_choice_label (gx_stages, stage)) : NULL);
}

static void
on_quality_setup_cb (GtkListItemFactory *factory, GtkListItem *item, GxcCustomersPage *self)
{
  gtk_list_item_set_child (item, gxc_bar_new ());
}

static void
on_quality_bind_cb (GtkListItemFactory *factory, GtkListItem *item, GxcCustomersPage *self)
{
  gint64 score = customer_of (item)->dq_score;

  gxc_bar_set (GXC_BAR (gtk_list_item_get_child (item)), score == GX_INT_NONE ? -1 : (int) score,
               score >= 60 ? GXC_TOKEN_CHART_2 : GXC_TOKEN_AMBER_MARK);
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

static void
append (GxcCustomersPage *self, GtkColumnViewColumn *column, gboolean hidden_when_narrow)
{
  gtk_column_view_append_column (self->list, column);
  if (hidden_when_narrow)
    {
      guint place = g_list_model_get_n_items (gtk_column_view_get_columns (self->list)) - 1;

      g_object_set_data (G_OBJECT (column), "gxc-place", GUINT_TO_POINTER (place));
      g_ptr_array_add (self->hidden_when_narrow, g_object_ref (column));
    }
  g_object_unref (column);
}

static const GxField *
field (const char *name)
{
  return gx_entity_find (&gx_customer_entity, name);
}

static GtkColumnViewColumn *
field_column (GxcCustomersPage *self, const char *name, int width)
{
  GtkColumnViewColumn *column = gxc_field_column_new (gxc_page_get_desk (GXC_PAGE (self)), field (name));

  gtk_column_view_column_set_fixed_width (column, width);
  return column;
}

static GtkColumnViewColumn *
named (GtkColumnViewColumn *column, const char *title)
{
  gtk_column_view_column_set_title (column, title);
  return column;
}

static void
append_columns (GxcCustomersPage *self)
{
  append (self, gxc_column_new (_("Customer"), field ("name"), 0, G_CALLBACK (on_name_setup_cb), G_CALLBACK (on_name_bind_cb), self), FALSE);
  append (self, gxc_column_new (C_("short", "Tier"), field ("tier"), 92, G_CALLBACK (on_tier_setup_cb), G_CALLBACK (on_tier_bind_cb), self), FALSE);
  append (self, gxc_column_new (C_("short", "Stage"), field ("lifecycle_stage"), 108, G_CALLBACK (on_stage_setup_cb), G_CALLBACK (on_stage_bind_cb), self), FALSE);
  append (self, named (field_column (self, "value_class", 84), C_("short", "Value")), TRUE);
  append (self, field_column (self, "type", 84), TRUE);
  append (self, field_column (self, "status", 88), FALSE);
  append (self, named (field_column (self, "primary_rm_id", 104), C_("short", "Manager")), FALSE);
  append (self, field_column (self, "onboarded_on", 112), TRUE);
  append (self, gxc_column_new (_("Data quality"), field ("dq_score"), 116, G_CALLBACK (on_quality_setup_cb), G_CALLBACK (on_quality_bind_cb), self), FALSE);
}

static void
on_sort_changed_cb (GxcCustomersPage *self)
{
  gboolean descending;
  const GxField *by;

  if (!self->list)      /* columns go before their view */
    return;
  by = gxc_column_view_get_sort (self->list, &descending);
  gxc_record_model_set_sort (self->model, by ? by->name : NULL, descending);
  refresh (GXC_PAGE (self));
}

/* --- opening and moving ------------------------------------------------------------------------------------------- */

static void
open_position (GxcCustomersPage *self, guint position)
{
  const GxId *id = gxc_record_model_get_id (self->model, position);

  if (id)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-customer", "s", GX_ID_STR (id));
}

static void
on_row_activated_cb (GxcCustomersPage *self, guint position)
{
  open_position (self, position);
}

static void
on_search_changed_cb (GxcCustomersPage *self)
{
  gxc_record_model_set_search (self->model, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  refresh (GXC_PAGE (self));
}

static void
on_search_activated_cb (GxcCustomersPage *self)
{
  on_search_changed_cb (self);
  open_position (self, 0);
}

static void
on_search_stopped_cb (GxcCustomersPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_hint_closed_cb (GxcCustomersPage *self)
{
  gtk_widget_set_visible (self->hint, FALSE);
}

static void
on_view_toggled_cb (GxcCustomersPage *self, GtkToggleButton *button)
{
  const char *status = g_object_get_data (G_OBJECT (button), "gxc-status");

  if (!gtk_toggle_button_get_active (button))
    return;
  gxc_record_model_set_where (self->model, status ? "status" : NULL, status);
  refresh (GXC_PAGE (self));
}

/* Tab walks from row to row in GTK 4.8; here it leaves the list. */
static gboolean
on_list_key_cb (GxcCustomersPage *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key == GDK_KEY_ISO_Left_Tab)
    return gtk_widget_grab_focus (self->search);
  if (key == GDK_KEY_Tab)
    return gtk_widget_activate_action (GTK_WIDGET (self), "win.focus-sidebar", NULL);
  return FALSE;
}

static gboolean
focus_search (GxcPage *page)
{
  return gtk_widget_grab_focus (GXC_CUSTOMERS_PAGE (page)->search);
}

/* Columns are taken out and put back: hidden ones keep their width in the layout of GTK 4.8. */
static void
set_narrow (GxcPage *page, gboolean narrow)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (page);

  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  for (guint i = 0; i < self->hidden_when_narrow->len; i++)
    {
      GtkColumnViewColumn *column = g_ptr_array_index (self->hidden_when_narrow, i);

      if (narrow)
        gtk_column_view_remove_column (self->list, column);
      else
        gtk_column_view_insert_column (self->list, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (column), "gxc-place")), column);
    }
  gxc_column_view_align_heads (self->list);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
append_views (GxcCustomersPage *self)
{
  GtkToggleButton *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (i ? g_dpgettext2 (NULL, "customers", views[i].label) : _(views[i].label));

      g_object_set_data (G_OBJECT (button), "gxc-status", (gpointer) views[i].status);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "gx-view");
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      first = first ? first : GTK_TOGGLE_BUTTON (button);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), i == 0);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_view_toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->views), button);
    }
}

static void
on_list_realized_cb (GxcCustomersPage *self)
{
  gxc_column_view_scale (self->list);
  gxc_column_view_align_heads (self->list);
}

static void
gxc_customers_page_dispose (GObject *object)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (object);

  if (self->list)
    gtk_column_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_CUSTOMERS_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_pointer (&self->hidden_when_narrow, g_ptr_array_unref);
  G_OBJECT_CLASS (gxc_customers_page_parent_class)->dispose (object);
}

static void
gxc_customers_page_class_init (GxcCustomersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_customers_page_dispose;
  GXC_PAGE_CLASS (klass)->refresh = refresh;
  GXC_PAGE_CLASS (klass)->focus_search = focus_search;
  GXC_PAGE_CLASS (klass)->set_narrow = set_narrow;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/pages/gxc-customers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, content);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, views);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, search);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, count);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, hint);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, results);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, nothing_title);
  gtk_widget_class_bind_template_child (widget_class, GxcCustomersPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_hint_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_list_realized_cb);
}

static void
gxc_customers_page_init (GxcCustomersPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gxc_page_set_content (GXC_PAGE (self), self->content);
  self->hidden_when_narrow = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_list_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

GtkWidget *
gxc_customers_page_new (GxcDesk *desk)
{
  GxcCustomersPage *self = g_object_new (GXC_TYPE_CUSTOMERS_PAGE, NULL);

  gxc_page_set_desk (GXC_PAGE (self), desk);
  self->model = gxc_record_model_new (desk, &gx_customer_entity);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  append_columns (self);
  append_views (self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->list), "changed", G_CALLBACK (on_sort_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  refresh (GXC_PAGE (self));
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
