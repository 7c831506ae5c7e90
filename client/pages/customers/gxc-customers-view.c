/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views of the customer list: seven that everybody has, and those that the person saved, which follow the person as
 * records of their own (saved_view). A built-in view whose columns or order were changed has such a record too, under a
 * screen's word of its own. Not the bar that shows them. */

#include "gxc-customers-view.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "gx-saved-view.h"
#include "gx-text.h"

#define SCREEN   "customers"
#define BUILT_IN "customers.built-in"

static const struct { const char *name, *label, *filter, *sort; gboolean descending; } built_ins[] = {
  { "all",      NC_("customers", "All"),               "{}", "name", FALSE },
  { "pinned",   NC_("customers", "Pinned"),            "{\"pinned\":\"1\"}", "name", FALSE },
  { "active",   NC_("customers", "Active"),            "{\"status\":\"ACTIVE\"}", "name", FALSE },
  { "prospect", NC_("customers", "Prospects"),         "{\"status\":\"PROSPECT\"}", "name", FALSE },
  { "rhythm",   NC_("customers", "Contact overdue"),     "{\"rhythm\":\"1\"}", "cadence_due_on", FALSE },
  { "matures",  NC_("customers", "Maturing soon"),     "{\"matures\":\"30\"}", "matures_on", FALSE },
  { "expires",  NC_("customers", "Risk grade expiring"), "{\"expires\":\"30\"}", "risk_expires_on", FALSE },
};

/* --- columns as JSON ------------------------------------------------------------------------------------------------ */

/* Who looks after other people's customers sees whose they are, where the others see what became of the assets: those he
 * does not see. */
static GPtrArray *
usual_columns (GxcDesk *desk)
{
  gboolean branch = gxc_desk_can (desk, GX_CAN_READ_BRANCH);
  GPtrArray *columns = g_ptr_array_new ();

  for (guint i = 2; i < gxc_customers_n_columns (); i++)
    {
      const GxcCustomersColumn *column = gxc_customers_column (i);

      if (branch && g_str_equal (column->name, "trend"))
        column = gxc_customers_find_column ("manager");
      if (column->usual || (branch && g_str_equal (column->name, "manager") && !g_ptr_array_find (columns, column, NULL)))
        g_ptr_array_add (columns, (gpointer) column);
    }
  return columns;
}

/* A word that it does not know is left out: the view may have been saved by a newer program. */
static GPtrArray *
read_columns (const char *json, GxcDesk *desk)
{
  g_autoptr(JsonNode) node = json ? json_from_string (json, NULL) : NULL;
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  GPtrArray *columns;

  if (!array)
    return usual_columns (desk);
  columns = g_ptr_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *word = json_array_get_element (array, i);
      const GxcCustomersColumn *column = JSON_NODE_HOLDS_VALUE (word) && json_node_get_value_type (word) == G_TYPE_STRING
                                         ? gxc_customers_find_column (json_node_get_string (word)) : NULL;

      if (column && column->title && !g_str_equal (column->name, "customer") && !g_ptr_array_find (columns, column, NULL))
        g_ptr_array_add (columns, (gpointer) column);
    }
  return columns;
}

static char *
write_columns (GPtrArray *columns)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr(JsonArray) array = json_array_new ();

  for (guint i = 0; i < columns->len; i++)
    json_array_add_string_element (array, ((const GxcCustomersColumn *) columns->pdata[i])->name);
  json_node_set_array (node, array);
  return json_to_string (node, FALSE);
}

/* --- reading -------------------------------------------------------------------------------------------------------- */

static GxcCustomersView *
view_new (const char *name, const char *label, const char *filter)
{
  GxcCustomersView *self = g_new0 (GxcCustomersView, 1);

  self->name = g_strdup (name);
  self->label = g_strdup (label);
  self->filter = gxc_customers_filter_new (filter);
  self->count = -1;
  return self;
}

static void
take_order (GxcCustomersView *self, const char *sort, gboolean descending)
{
  g_free (self->sort);
  self->sort = sort && (gx_entity_find (&gx_customer_entity, sort) || gx_entity_find (gxc_digest_entity (), sort)) ? g_strdup (sort) : NULL;
  self->descending = self->sort && descending;
}

static void
take_record (GxcCustomersView *self, GxRecord *record, GxcDesk *desk)
{
  const GxSavedView *row = gx_record_get_data (record);

  g_set_object (&self->record, record);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  self->columns = read_columns (row->columns, desk);
  take_order (self, row->sort, row->descending);
}

static GPtrArray *
read_records (GxcDesk *desk, const char *screen)
{
  const GxcPerson *person = gxc_desk_get_person (desk);
  g_autofree char *me = person ? gx_id_to_string (&person->employee_id) : NULL;
  const GxcCondition conditions[] = { { "screen", GXC_IS, screen }, { "employee_id", GXC_IS, me } };
  const GxcQuery query = { .conditions = conditions, .n_conditions = G_N_ELEMENTS (conditions), .sort_field = "position" };
  g_autoptr(GArray) ids = me ? gxc_desk_list (desk, &gx_saved_view_entity, &query, NULL) : NULL;

  return ids && ids->len ? gxc_desk_read (desk, &gx_saved_view_entity, (const GxId *) ids->data, ids->len, NULL) : NULL;
}

static void
add_built_ins (GPtrArray *views, GxcDesk *desk)
{
  g_autoptr(GPtrArray) records = read_records (desk, BUILT_IN);

  for (guint i = 0; i < G_N_ELEMENTS (built_ins); i++)
    {
      GxcCustomersView *view = view_new (built_ins[i].name, g_dpgettext2 (NULL, "customers", built_ins[i].label), built_ins[i].filter);

      view->built_in = TRUE;
      view->columns = usual_columns (desk);
      take_order (view, built_ins[i].sort, built_ins[i].descending);
      for (guint j = 0; records && j < records->len; j++)
        if (records->pdata[j] && g_strcmp0 (((const GxSavedView *) gx_record_get_data (records->pdata[j]))->name, view->name) == 0)
          take_record (view, records->pdata[j], desk);
      g_ptr_array_add (views, view);
    }
}

/**
 * gxc_customers_views_read:
 *
 * Returns: (transfer full) (element-type GxcCustomersView): the built-in ones, then the person's own in their order; a
 *   desk that cannot read those still has the former
 */
GPtrArray *
gxc_customers_views_read (GxcDesk *desk)
{
  GPtrArray *views = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_customers_view_free);
  g_autoptr(GPtrArray) records = read_records (desk, SCREEN);

  add_built_ins (views, desk);
  for (guint i = 0; records && i < records->len; i++)
    if (records->pdata[i])
      {
        const GxSavedView *row = gx_record_get_data (records->pdata[i]);
        GxcCustomersView *view = view_new (GX_ID_STR (&row->meta.id), row->name ? row->name : "", row->filter);

        take_record (view, records->pdata[i], desk);
        g_ptr_array_add (views, view);
      }
  return views;
}

/** gxc_customers_views_find: (nullable) (transfer none) */
GxcCustomersView *
gxc_customers_views_find (GPtrArray  *views,
                          const char *name)
{
  for (guint i = 0; i < views->len; i++)
    if (g_strcmp0 (((GxcCustomersView *) views->pdata[i])->name, name) == 0)
      return views->pdata[i];
  return NULL;
}

GxcCustomersView *
gxc_customers_view_copy (const GxcCustomersView *self)
{
  GxcCustomersView *copy = g_new0 (GxcCustomersView, 1);

  copy->name = g_strdup (self->name);
  copy->label = g_strdup (self->label);
  copy->filter = gxc_customers_filter_copy (self->filter);
  copy->columns = g_ptr_array_copy (self->columns, NULL, NULL);
  copy->sort = g_strdup (self->sort);
  copy->descending = self->descending;
  g_set_object (&copy->record, self->record);
  copy->built_in = self->built_in;
  copy->count = self->count;
  return copy;
}

void
gxc_customers_view_free (GxcCustomersView *self)
{
  g_free (self->name);
  g_free (self->label);
  gxc_customers_filter_free (self->filter);
  g_ptr_array_unref (self->columns);
  g_free (self->sort);
  g_clear_object (&self->record);
  g_free (self);
}

/** gxc_customers_view_equal: whether both list the same in the same way, under whatever name */
gboolean
gxc_customers_view_equal (const GxcCustomersView *a,
                          const GxcCustomersView *b)
{
  return gxc_customers_filter_equal (a->filter, b->filter) && g_strcmp0 (a->sort, b->sort) == 0 && a->descending == b->descending
         && a->columns->len == b->columns->len
         && memcmp (a->columns->pdata, b->columns->pdata, a->columns->len * sizeof (gpointer)) == 0;
}

/** gxc_customers_view_follow: its record and name are as they are kept; how it is looked at stays */
void
gxc_customers_view_follow (GxcCustomersView       *self,
                           const GxcCustomersView *kept)
{
  g_set_object (&self->record, kept->record);
  gx_set_str (&self->label, kept->label);
}

/** gxc_customers_view_count: -1 where it cannot be counted */
gint64
gxc_customers_view_count (const GxcCustomersView *self,
                          GxcDesk                *desk)
{
  g_autoptr(GxcFilterConditions) conditions = gxc_customers_filter_conditions (self->filter, desk);
  const GxcQuery query = { .conditions = (const GxcCondition *) conditions->items->data, .n_conditions = conditions->items->len };

  return gxc_desk_count (desk, &gx_customer_entity, &query, NULL);
}

gboolean
gxc_customers_view_shows (const GxcCustomersView   *self,
                          const GxcCustomersColumn *column)
{
  return g_ptr_array_find (self->columns, column, NULL);
}

/** gxc_customers_view_set_columns: @columns are copied */
void
gxc_customers_view_set_columns (GxcCustomersView *self,
                                GPtrArray        *columns)
{
  g_autoptr(GPtrArray) old = self->columns;

  self->columns = g_ptr_array_copy (columns, NULL, NULL);
}

/* --- writing -------------------------------------------------------------------------------------------------------- */

static void
fill (GxSavedView *row, const GxcCustomersView *view)
{
  g_free (row->columns);
  row->columns = write_columns (view->columns);
  gx_set_str (&row->sort, view->sort);
  row->descending = view->descending;
  if (view->built_in)
    return;
  g_free (row->filter);
  row->filter = gxc_customers_filter_to_json (view->filter);
}

static GxSavedView *
make_row (const GxcCustomersView *view, GxcDesk *desk, const char *screen, const char *name, gint64 position)
{
  GxSavedView *row = gx_entity_new (&gx_saved_view_entity);

  row->employee_id = gxc_desk_get_person (desk)->employee_id;
  gx_set_str (&row->screen, screen);
  gx_set_str (&row->name, name);
  row->position = position;
  fill (row, view);
  return row;
}

/** gxc_customers_view_keep: (transfer full): its columns and order, and of a saved one its filter, as they are now */
GxcChangeItem *
gxc_customers_view_keep (const GxcCustomersView *self,
                         GxcDesk                *desk)
{
  GxSavedView *row;

  if (!self->record)
    return gxc_change_item_create (&gx_saved_view_entity, make_row (self, desk, BUILT_IN, self->name, 0));
  row = gx_entity_copy (&gx_saved_view_entity, gx_record_get_data (self->record));
  fill (row, self);
  return gxc_change_item_patch (self->record, row, 0);
}

/** gxc_customers_view_make: (transfer full): a new saved view that lists what @self lists */
GxcChangeItem *
gxc_customers_view_make (const GxcCustomersView *self,
                         GxcDesk                *desk,
                         const char             *label,
                         gint64                  position)
{
  g_autoptr(GxcCustomersView) copy = gxc_customers_view_copy (self);

  copy->built_in = FALSE;
  return gxc_change_item_create (&gx_saved_view_entity, make_row (copy, desk, SCREEN, label, position));
}

/** gxc_customers_view_rename: (transfer full): of a saved one */
GxcChangeItem *
gxc_customers_view_rename (const GxcCustomersView *self,
                           const char             *label)
{
  GxSavedView *row = gx_entity_copy (&gx_saved_view_entity, gx_record_get_data (self->record));

  gx_set_str (&row->name, label);
  return gxc_change_item_patch (self->record, row, 0);
}

/** gxc_customers_view_place: (transfer full): of a saved one, among those of the person */
GxcChangeItem *
gxc_customers_view_place (const GxcCustomersView *self,
                          gint64                  position)
{
  GxSavedView *row = gx_entity_copy (&gx_saved_view_entity, gx_record_get_data (self->record));

  row->position = position;
  return gxc_change_item_patch (self->record, row, 0);
}
