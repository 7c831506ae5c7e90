/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planned, put in another order, moved to another day, cancelled, begun: what the page does to visits, as changes that are
 * saved together. What was said on a visit, and its end, is gxc-visits-talk.c's. Nothing is saved here. */

#include "gxc-visits-edits.h"

#include <glib/gi18n.h>

#include "gx-address.h"
#include "gx-customer.h"
#include "gx-text.h"
#include "gxc-calendar.h"

#define MINUTE    G_GINT64_CONSTANT (60000)
#define SLOT      (30 * MINUTE)
#define MINUTES   30        /* of a visit that nobody said otherwise of */

GxcStopWish *
gxc_stop_wish_copy (const GxcStopWish *wish)
{
  GxcStopWish *copy = g_memdup2 (wish, sizeof *wish);

  copy->goal = g_strdup (wish->goal);
  return copy;
}

void
gxc_stop_wish_free (GxcStopWish *wish)
{
  g_free (wish->goal);
  g_free (wish);
}

static GxFieldSet
bit (const char *field)
{
  return GX_FIELD_BIT (gx_entity_index_of (&gx_visit_entity, field));
}

/* --- planning ----------------------------------------------------------------------------------------------------- */

gint64
gxc_visit_next_position (GPtrArray *stops)
{
  gint64 last = 0;

  for (guint i = 0; i < stops->len; i++)
    {
      gint64 position = ((const GxVisit *) gx_record_get_data (g_ptr_array_index (stops, i)))->position;

      last = position == GX_INT_NONE ? last : MAX (last, position);
    }
  return MIN (last + 1, 1000);
}

/* The first half hour after the last visit of the day, not before nine, and today not before now. */
static gint64
first_slot (GxcDesk *desk, GPtrArray *stops, gint32 day)
{
  gint64 slot = gxc_local_moment (day, 0), now = gxc_desk_now (desk);

  if (gxc_local_day (now) == day)
    slot = MAX (slot, now);
  for (guint i = 0; i < stops->len; i++)
    {
      const GxVisit *visit = gx_record_get_data (g_ptr_array_index (stops, i));

      slot = MAX (slot, visit->plan_at + (visit->minutes == GX_INT_NONE ? MINUTES : visit->minutes) * MINUTE);
    }
  return (slot + SLOT - 1) / SLOT * SLOT;
}

/* Where a person is at home and a firm at work; else the first address there is. (transfer full) (nullable): also where it
 * is hidden from this session. */
static char *
dup_place (GxcDesk *desk, const GxId *customer_id)
{
  g_autoptr(GPtrArray) rows = gxc_desk_read_where (desk, &gx_address_entity, "customer_id", customer_id, NULL, FALSE, NULL);
  g_autoptr(GxRecord) customer = gxc_desk_read_one (desk, &gx_customer_entity, customer_id, NULL);
  gboolean person = customer && ((const GxCustomer *) gx_record_get_data (customer))->type == GX_CUSTOMER_PERSON;
  const GxField *line = gx_entity_find (&gx_address_entity, "line");
  const GxAddress *best = NULL;

  for (guint i = 0; rows && i < rows->len; i++)
    {
      GxRecord *record = g_ptr_array_index (rows, i);
      const GxAddress *row = record ? gx_record_get_data (record) : NULL;

      if (row && row->line && !gx_record_is_masked (record, line->name, NULL)
          && (!best || row->kind == (person ? GX_ADDRESS_HOME : GX_ADDRESS_WORK)))
        best = row;
    }
  return best ? g_strdup (best->line) : NULL;
}

static GxVisit *
make_visit (GxcDesk *desk, const GxcStopWish *wish)
{
  GxVisit *visit = gx_entity_new (&gx_visit_entity);

  visit->meta.id = gxc_desk_new_id (desk);
  visit->customer_id = wish->customer_id;
  visit->owner_id = gxc_desk_get_person (desk)->employee_id;
  visit->task_id = wish->task_id;
  visit->status = GX_VISIT_PLANNED;
  visit->minutes = MINUTES;
  visit->goal = g_strdup (wish->goal);
  visit->place = dup_place (desk, &wish->customer_id);
  visit->at = gxc_desk_now (desk);
  return visit;
}

/**
 * gxc_visit_changes_plan:
 * @stops: those that the day has already
 * @wishes: of GxcStopWish
 *
 * New visits behind those of the day, half an hour each; an hour of that day that a task names is kept.
 */
GPtrArray *
gxc_visit_changes_plan (GxcDesk   *desk,
                        GPtrArray *stops,
                        GPtrArray *wishes,
                        gint32     day)
{
  GPtrArray *changes = gxc_change_items_new ();
  gint64 slot = first_slot (desk, stops, day), position = gxc_visit_next_position (stops);

  for (guint i = 0; i < wishes->len; i++)
    {
      const GxcStopWish *wish = g_ptr_array_index (wishes, i);
      GxVisit *visit = make_visit (desk, wish);
      gboolean named = wish->due_at > gxc_desk_now (desk) && gxc_local_day (wish->due_at) == day;

      visit->position = MIN (position + i, 1000);
      visit->plan_at = named ? wish->due_at : slot;
      slot += named ? 0 : SLOT;
      g_ptr_array_add (changes, gxc_change_item_create (&gx_visit_entity, visit));
    }
  return changes;
}

/* --- the day ------------------------------------------------------------------------------------------------------ */

/* (transfer none): a copy of the visit to change; it is in @changes already */
static GxVisit *
begin (GPtrArray *changes, GxRecord *record, GxFieldSet fields)
{
  GxVisit *visit = gx_entity_copy (&gx_visit_entity, gx_record_get_data (record));

  g_ptr_array_add (changes, gxc_change_item_patch (record, visit, fields));
  return visit;
}

GPtrArray *
gxc_visit_changes_cancel (GxRecord *visit)
{
  GPtrArray *changes = gxc_change_items_new ();

  begin (changes, visit, bit ("status"))->status = GX_VISIT_CANCELLED;
  return changes;
}

/** gxc_visit_changes_move: to @day at the hour it has; what was missed is planned again */
GPtrArray *
gxc_visit_changes_move (GxRecord *visit,
                        gint32    day,
                        gint64    position)
{
  GPtrArray *changes = gxc_change_items_new ();
  GxVisit *row = begin (changes, visit, bit ("plan_at") | bit ("position") | bit ("status"));

  row->plan_at = gxc_local_moment (day, row->plan_at);
  row->position = position;
  row->status = GX_VISIT_PLANNED;
  return changes;
}

/** gxc_visit_changes_order: @stops in the order that they shall have; those that stand there already are left alone */
GPtrArray *
gxc_visit_changes_order (GPtrArray *stops)
{
  GPtrArray *changes = gxc_change_items_new ();

  for (guint i = 0; i < stops->len; i++)
    {
      GxRecord *record = g_ptr_array_index (stops, i);

      if (((const GxVisit *) gx_record_get_data (record))->position != i + 1)
        begin (changes, record, bit ("position"))->position = i + 1;
    }
  return changes;
}

/* --- checking in -------------------------------------------------------------------------------------------------- */

/** gxc_visit_make_interaction: (transfer full): it has the visit's id: what is said stands there, once */
GxInteraction *
gxc_visit_make_interaction (const GxVisit *visit)
{
  GxInteraction *row = gx_entity_new (&gx_interaction_entity);

  row->meta.id = visit->meta.id;
  row->customer_id = visit->customer_id;
  row->owner_id = visit->owner_id;
  row->channel = gx_choice_find (gx_channels, "VISIT");
  row->direction = GX_DIRECTION_OUT;
  row->purpose = GX_PURPOSE_VISIT;
  row->subject = g_strdup (visit->goal && *visit->goal ? visit->goal : _("Visit"));
  row->started_at = row->at = visit->check_in_at;
  return row;
}

/**
 * gxc_visit_changes_begin:
 * @place: (nullable): where one is, in words; where one is on earth is not asked
 */
GPtrArray *
gxc_visit_changes_begin (GxcDesk    *desk,
                         GxRecord   *visit,
                         const char *place)
{
  GPtrArray *changes = gxc_change_items_new ();
  GxVisit *row = begin (changes, visit, 0);
  GxcSyncSummary summary;

  gxc_desk_get_summary (desk, &summary);
  row->status = GX_VISIT_CHECKED_IN;
  row->check_in_at = gxc_desk_now (desk);
  row->geo_state = GX_GEO_NOT_COLLECTED;
  row->offline = !summary.online;
  if (place && *place)
    gx_set_str (&row->place, place);
  g_ptr_array_add (changes, gxc_change_item_create (&gx_interaction_entity, gxc_visit_make_interaction (row)));
  return changes;
}
