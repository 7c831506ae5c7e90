/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gathers what happened with one customer into one ordered list: contacts, life events, products opened and closed, tasks
 * finished. In words, newest first: what a screen reader reads and what the list shows. The canvas will draw the same
 * items. */

#include "gxc-timeline.h"

#include <glib/gi18n.h>

#include "gx-customer.h"
#include "gx-holding.h"
#include "gx-interaction.h"
#include "gx-life-event.h"
#include "gx-task.h"
#include "gxc-field-column.h"
#include "gxc-format.h"

G_DEFINE_FINAL_TYPE (GxcTimelineItem, gxc_timeline_item, G_TYPE_OBJECT)

static void
gxc_timeline_item_finalize (GObject *object)
{
  GxcTimelineItem *self = GXC_TIMELINE_ITEM (object);

  g_free (self->when);
  g_free (self->what);
  g_free (self->text);
  g_free (self->aside);
  G_OBJECT_CLASS (gxc_timeline_item_parent_class)->finalize (object);
}

static void
gxc_timeline_item_class_init (GxcTimelineItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_timeline_item_finalize;
}

static void
gxc_timeline_item_init (GxcTimelineItem *self)
{
}

static GxcTimelineItem *
add (GPtrArray *items, GxcTimelineKind kind, gint32 date)
{
  GxcTimelineItem *item = g_object_new (GXC_TYPE_TIMELINE_ITEM, NULL);
  int year, month, day;

  gx_date_to_ymd (date, &year, &month, &day);
  item->kind = kind;
  item->date = date;
  item->when = g_strdup_printf ("%02d-%02d", month, day);
  g_ptr_array_add (items, item);
  return item;
}

static char *
words_of (GxcDesk *desk, GxRecord *record, const char *field)
{
  return gxc_field_to_words (desk, record, gx_entity_find (gx_record_get_entity (record), field));
}

static void
add_interaction (GxcDesk *desk, GPtrArray *items, GxRecord *record)
{
  const GxInteraction *row = gx_record_get_data (record);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  GxcTimelineItem *item = add (items, row->direction == GX_DIRECTION_OUT ? GXC_TIMELINE_OUT : GXC_TIMELINE_IN,
                               gx_date_from_time (row->started_at, zone));
  g_autofree char *owner = words_of (desk, record, "owner_id");

  item->what = words_of (desk, record, "channel");
  item->text = g_strdup (row->subject);
  item->aside = row->minutes > 0 ? g_strdup_printf (_("%s · %d min"), owner, (int) row->minutes) : g_steal_pointer (&owner);
}

static void
add_life_event (GxcDesk *desk, GPtrArray *items, GxRecord *record)
{
  const GxLifeEvent *row = gx_record_get_data (record);
  GxcTimelineItem *item = add (items, GXC_TIMELINE_EVENT, row->happened_on);
  g_autofree char *type = words_of (desk, record, "type");

  item->what = g_strdup (C_("timeline", "Event"));
  item->text = row->note ? g_strdup_printf ("%s · %s", type, row->note) : g_steal_pointer (&type);
  item->aside = words_of (desk, record, "source");
}

static void
add_holding (GxcDesk *desk, GPtrArray *items, GxRecord *record)
{
  const GxHolding *row = gx_record_get_data (record);
  g_autofree char *product = words_of (desk, record, "product_id");
  GxcTimelineItem *item = add (items, GXC_TIMELINE_OPENED, row->opened_on);

  item->what = g_strdup (C_("timeline", "Product"));
  item->text = g_strdup_printf (_("Opened %s"), product);
  item->aside = words_of (desk, record, "balance");
}

static void
add_task (GxcDesk *desk, GPtrArray *items, GxRecord *record)
{
  const GxTask *row = gx_record_get_data (record);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  GxcTimelineItem *item;

  if (row->status != GX_TASK_DONE)
    return;
  item = add (items, GXC_TIMELINE_DONE, gx_date_from_time (row->meta.updated_at ? row->meta.updated_at : row->due_at, zone));
  item->what = g_strdup (C_("timeline", "Task done"));
  item->text = row->result ? g_strdup_printf ("%s · %s", row->title, row->result) : g_strdup (row->title);
  item->aside = words_of (desk, record, "assignee_id");
}

static const struct
{
  const GxEntity *entity;
  void          (*add) (GxcDesk *desk, GPtrArray *items, GxRecord *record);
} sources[] = {
  { &gx_interaction_entity, add_interaction },
  { &gx_life_event_entity, add_life_event },
  { &gx_holding_entity, add_holding },
  { &gx_task_entity, add_task },
};

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const GxcTimelineItem *x = *(GxcTimelineItem **) a, *y = *(GxcTimelineItem **) b;

  return (y->date > x->date) - (y->date < x->date);
}

/**
 * gxc_timeline_read:
 *
 * Returns: (transfer full) (element-type GxcTimelineItem): newest first, without headings
 */
GPtrArray *
gxc_timeline_read (GxcDesk     *desk,
                   const GxId  *customer,
                   GError     **error)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr(GPtrArray) records = gxc_desk_read_where (desk, sources[i].entity, "customer_id", customer, NULL, FALSE, error);

      if (!records)
        return NULL;
      for (guint j = 0; j < records->len; j++)
        if (g_ptr_array_index (records, j))
          sources[i].add (desk, items, g_ptr_array_index (records, j));
    }
  g_ptr_array_sort (items, compare_newest_first);
  return g_steal_pointer (&items);
}

/**
 * gxc_timeline_with_headings:
 * @items: as gxc_timeline_read() gives them
 *
 * Returns: (transfer full): the same with a heading before each year, which says how many it holds
 */
GPtrArray *
gxc_timeline_with_headings (GPtrArray *items)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  GxcTimelineItem *heading = NULL;
  int last = G_MAXINT;
  guint count = 0;

  for (guint i = 0; i < items->len; i++)
    {
      GxcTimelineItem *item = g_ptr_array_index (items, i);
      int year, month, day;

      gx_date_to_ymd (item->date, &year, &month, &day);
      if (year != last)
        {
          heading = add (all, GXC_TIMELINE_YEAR, item->date);
          g_free (heading->when);
          heading->when = g_strdup_printf ("%d", year);
          last = year;
          count = 0;
        }
      count++;
      g_free (heading->aside);
      heading->aside = g_strdup_printf (ngettext ("%u item", "%u items", count), count);
      g_ptr_array_add (all, g_object_ref (item));
    }
  return all;
}
