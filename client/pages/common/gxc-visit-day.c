/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's own visits: those of a day in their order, those of earlier days that nobody ended, how many there are of each, and the
 * words for a visit wherever one is shown. Days are of the wall clock. It reads through the desk; what is done to visits is
 * their page's. */

#include "gxc-visit-day.h"

#include <glib/gi18n.h>

#include "gxc-calendar.h"
#include "gxc-format.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define SHOWN  "PLANNED,MISSED,CHECKED_IN,DONE"
#define AHEAD  "PLANNED,CHECKED_IN"         /* of today: still to be done */
#define LEFT   "PLANNED,MISSED,CHECKED_IN"  /* of an earlier day: neither done nor cancelled */

typedef struct
{
  char         owner[GX_ID_STRING_SIZE], from[24], until[24];
  GxcCondition conditions[4];
} Wanted;

static const GxVisit *
visit_of (gconstpointer record)
{
  return gx_record_get_data ((GxRecord *) record);
}

/** gxc_visit_day_start: midnight by the wall clock, ms UTC */
gint64
gxc_visit_day_start (gint32 day)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return gx_time_from_date (day, zone);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

/* One's own with a status of @statuses, planned from @from up to and without @until, ms UTC. @wanted must stay while it is asked. */
static GxcQuery
query_for (GxcDesk *desk, Wanted *wanted, gint64 from, gint64 until, const char *statuses)
{
  const GxcPerson *person = gxc_desk_get_person (desk);

  gx_id_write (person ? &person->employee_id : &GX_ID_NONE, wanted->owner);
  g_snprintf (wanted->from, sizeof wanted->from, "%" G_GINT64_FORMAT, from - 1);
  g_snprintf (wanted->until, sizeof wanted->until, "%" G_GINT64_FORMAT, until);
  wanted->conditions[0] = (GxcCondition) { "owner_id", GXC_IS, wanted->owner };
  wanted->conditions[1] = (GxcCondition) { "plan_at", GXC_GREATER, wanted->from };
  wanted->conditions[2] = (GxcCondition) { "plan_at", GXC_LESS, wanted->until };
  wanted->conditions[3] = (GxcCondition) { "status", GXC_IN, statuses };
  return (GxcQuery) { .conditions = wanted->conditions, .n_conditions = G_N_ELEMENTS (wanted->conditions), .sort_field = "plan_at" };
}

/* (transfer full) (nullable): without those that went away meanwhile */
static GPtrArray *
read_visits (GxcDesk *desk, const GxcQuery *query, GError **error)
{
  g_autoptr(GArray) ids = gxc_desk_list (desk, &gx_visit_entity, query, error);
  g_autoptr(GPtrArray) rows = ids ? gxc_desk_read (desk, &gx_visit_entity, (GxId *) (gpointer) ids->data, ids->len, error) : NULL;
  GPtrArray *visits = rows ? g_ptr_array_new_with_free_func (g_object_unref) : NULL;

  for (guint i = 0; rows && i < rows->len; i++)
    if (rows->pdata[i])
      g_ptr_array_add (visits, g_object_ref (rows->pdata[i]));
  return visits;
}

static int
compare_time (gconstpointer a, gconstpointer b)
{
  const GxVisit *x = visit_of (*(gpointer *) a), *y = visit_of (*(gpointer *) b);

  if (x->plan_at != y->plan_at)
    return x->plan_at < y->plan_at ? -1 : 1;
  return gx_id_compare (&x->meta.id, &y->meta.id);
}

/* What was never put anywhere by hand stands behind what was. */
static int
compare_position (gconstpointer a, gconstpointer b)
{
  gint64 x = visit_of (*(gpointer *) a)->position, y = visit_of (*(gpointer *) b)->position;

  x = x == GX_INT_NONE ? G_MAXINT64 : x;
  y = y == GX_INT_NONE ? G_MAXINT64 : y;
  return x != y ? (x < y ? -1 : 1) : compare_time (a, b);
}

/** gxc_visits_sort_by_time: @stops: of GxRecord */
void
gxc_visits_sort_by_time (GPtrArray *stops)
{
  g_ptr_array_sort (stops, compare_time);
}

/** gxc_visits_read_day: (transfer full) (nullable): of GxRecord: one's own visits of the day in their order, without what was cancelled */
GPtrArray *
gxc_visits_read_day (GxcDesk  *desk,
                     gint32    day,
                     GError  **error)
{
  Wanted wanted;
  const GxcQuery query = query_for (desk, &wanted, gxc_visit_day_start (day), gxc_visit_day_start (day + 1), SHOWN);
  GPtrArray *stops = read_visits (desk, &query, error);

  if (stops)
    g_ptr_array_sort (stops, compare_position);
  return stops;
}

static GxcQuery
query_for_left (GxcDesk *desk, Wanted *wanted)
{
  return query_for (desk, wanted, 0, gxc_visit_day_start (gxc_local_today (desk)), LEFT);
}

/**
 * gxc_visits_read_left:
 *
 * Returns: (transfer full) (nullable): of GxRecord: one's own of earlier days that somebody still has to end, to plan again or
 *   to cancel, the oldest first
 */
GPtrArray *
gxc_visits_read_left (GxcDesk  *desk,
                      guint     limit,
                      GError  **error)
{
  Wanted wanted;
  GxcQuery query = query_for_left (desk, &wanted);

  query.limit = limit;
  return read_visits (desk, &query, error);
}

/** gxc_visits_count_left: how many gxc_visits_read_left() would find without a limit */
guint
gxc_visits_count_left (GxcDesk *desk)
{
  Wanted wanted;
  const GxcQuery query = query_for_left (desk, &wanted);

  return (guint) MAX (gxc_desk_count (desk, &gx_visit_entity, &query, NULL), 0);
}

/** gxc_visits_count: how many of today's are still to be done; never red: it is what is to be made, late or not */
guint
gxc_visits_count (GxcDesk  *desk,
                  gboolean *out_red)
{
  gint32 today = gxc_local_today (desk);
  Wanted wanted;
  const GxcQuery query = query_for (desk, &wanted, gxc_visit_day_start (today), gxc_visit_day_start (today + 1), AHEAD);

  return (guint) MAX (gxc_desk_count (desk, &gx_visit_entity, &query, NULL), 0);
}

/** gxc_visit_is_planned_for: whether a visit that the task asked for is planned or under way, on whatever day */
gboolean
gxc_visit_is_planned_for (GxcDesk    *desk,
                          const GxId *task_id)
{
  const GxcCondition conditions[] = { { "task_id", GXC_IS, GX_ID_STR (task_id) }, { "status", GXC_IN, AHEAD } };

  return gxc_desk_count (desk, &gx_visit_entity, &(GxcQuery) { .conditions = conditions, .n_conditions = 2 }, NULL) > 0;
}

/* --- words -------------------------------------------------------------------------------------------------------- */

/** gxc_visit_is_planned: it has not begun; it may still be moved and cancelled */
gboolean
gxc_visit_is_planned (const GxVisit *visit)
{
  return visit->status == GX_VISIT_PLANNED || (visit->status == GX_VISIT_MISSED && visit->check_in_at == 0);
}

/** gxc_visit_has_begun: somebody is there; one that nobody ended by the next day still waits for its end */
gboolean
gxc_visit_has_begun (const GxVisit *visit)
{
  return visit->check_in_at != 0 && (visit->status == GX_VISIT_CHECKED_IN || visit->status == GX_VISIT_MISSED);
}

/** gxc_visit_end: when it ended, else when it was to end; ms UTC */
gint64
gxc_visit_end (const GxVisit *visit)
{
  gint64 from = visit->check_in_at ? visit->check_in_at : visit->plan_at;

  return visit->check_out_at ? visit->check_out_at : from + MAX (visit->minutes, 0) * MINUTE;
}

static char *
hour_of (gint64 ms)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local (ms / 1000);

  return g_date_time_format (moment, "%H:%M");
}

/** gxc_visit_dup_hours: (transfer full): from when; @out_until: (out) (transfer full): until when. As it was, else as planned */
char *
gxc_visit_dup_hours (const GxVisit  *visit,
                     char          **out_until)
{
  *out_until = hour_of (gxc_visit_end (visit));
  return hour_of (visit->check_in_at ? visit->check_in_at : visit->plan_at);
}

/** gxc_visit_dup_plan: (transfer full): from when it is planned, by which the day is in order; @out_until: (out) (transfer full) */
char *
gxc_visit_dup_plan (const GxVisit  *visit,
                    char          **out_until)
{
  *out_until = hour_of (visit->plan_at + MAX (visit->minutes, 0) * MINUTE);
  return hour_of (visit->plan_at);
}

/** gxc_visit_is_late: its hour has passed and nobody is there */
gboolean
gxc_visit_is_late (GxcDesk       *desk,
                   const GxVisit *visit)
{
  return visit->status == GX_VISIT_PLANNED && visit->plan_at < gxc_desk_now (desk);
}

/** gxc_visit_state: how its chip looks */
GxcState
gxc_visit_state (GxcDesk       *desk,
                 const GxVisit *visit)
{
  static const GxcState states[] = {
    [GX_VISIT_PLANNED] = GXC_STATE_PLAIN,   [GX_VISIT_MISSED] = GXC_STATE_LATE,  [GX_VISIT_CHECKED_IN] = GXC_STATE_INFO,
    [GX_VISIT_CANCELLED] = GXC_STATE_PLAIN, [GX_VISIT_DONE] = GXC_STATE_OK,
  };

  return gxc_visit_is_late (desk, visit) ? GXC_STATE_LATE : states[visit->status];
}

/** gxc_visit_dup_state: (transfer full): what its chip says */
char *
gxc_visit_dup_state (GxcDesk       *desk,
                     const GxVisit *visit)
{
  gint64 minutes = (gxc_desk_now (desk) - visit->check_in_at) / MINUTE;

  switch (visit->status)
    {
    case GX_VISIT_DONE: return g_strdup (C_("visit", "done"));
    case GX_VISIT_CHECKED_IN:
      if (minutes < 1)
        return g_strdup (C_("visit", "just begun"));
      /* Longer than a day is no figure for a chip. */
      return minutes < 1440 ? g_strdup_printf (_("%d min so far"), (int) minutes) : g_strdup (C_("visit", "not ended"));
    case GX_VISIT_MISSED: return g_strdup (visit->check_in_at ? C_("visit", "not ended") : C_("visit", "missed"));
    case GX_VISIT_CANCELLED: return g_strdup (C_("visit", "cancelled"));
    default: return g_strdup (C_("visit", "planned"));
    }
}

/** gxc_visit_dup_when: (transfer full): how far one of today is that is still to be made, how late one is whose hour has passed, else how it stands */
char *
gxc_visit_dup_when (GxcDesk       *desk,
                    const GxVisit *visit)
{
  gint64 left = visit->plan_at - gxc_desk_now (desk);
  g_autofree char *span = gxc_format_span (ABS (left));

  if (gxc_visit_is_late (desk, visit))
    return g_strdup_printf (_("%s late"), span);
  if (visit->status != GX_VISIT_PLANNED || gxc_local_day (visit->plan_at) != gxc_local_today (desk))
    return gxc_visit_dup_state (desk, visit);
  return g_strdup_printf (_("in %s"), span);
}

/** gxc_visit_dup_line: (transfer full): goal and place, what there is of them */
char *
gxc_visit_dup_line (const GxVisit *visit)
{
  gboolean goal = visit->goal && *visit->goal, place = visit->place && *visit->place;

  return g_strdup_printf ("%s%s%s", goal ? visit->goal : "", goal && place ? " · " : "", place ? visit->place : "");
}
