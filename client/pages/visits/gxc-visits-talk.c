/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was said on a visit, as one thing to type and as the rows it stands in: the interaction of the visit's id, a need
 * that was heard in it, a task that follows from it. Saved for now and saved at the end are the same rows, so that nothing
 * is written twice. Nothing is saved here. */

#include "gxc-visits-talk.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "gx-need.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gxc-calendar.h"
#include "gxc-task-edits.h"
#include "gxc-task-words.h"
#include "gxc-visits-edits.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define SOURCE "{\"kind\":\"visit\",\"visit\":\"%s\"}"

/** gxc_talk_new: nothing said yet */
GxcTalk *
gxc_talk_new (void)
{
  GxcTalk *talk = g_new0 (GxcTalk, 1);

  *talk = (GxcTalk) { .met = g_strdup (""), .notes = g_strdup (""), .need_detail = g_strdup (""), .next = g_strdup (""),
                      .purpose = GX_PURPOSE_VISIT, .next_day = GX_INT32_NONE, .mood = GX_INT_NONE };
  return talk;
}

GxcTalk *
gxc_talk_copy (const GxcTalk *talk)
{
  GxcTalk *copy = g_memdup2 (talk, sizeof *talk);

  copy->met = g_strdup (talk->met);
  copy->notes = g_strdup (talk->notes);
  copy->need_detail = g_strdup (talk->need_detail);
  copy->next = g_strdup (talk->next);
  return copy;
}

void
gxc_talk_free (GxcTalk *talk)
{
  g_free (talk->met);
  g_free (talk->notes);
  g_free (talk->need_detail);
  g_free (talk->next);
  g_free (talk);
}

/** gxc_talk_equal: whether the same would be saved: a day without a step and an untouched template say nothing */
gboolean
gxc_talk_equal (const GxcTalk *a,
                const GxcTalk *b)
{
  const char *a_notes = gxc_talk_is_template (a->notes) ? "" : a->notes, *b_notes = gxc_talk_is_template (b->notes) ? "" : b->notes;

  return g_str_equal (a->met, b->met) && a->purpose == b->purpose && g_str_equal (a_notes, b_notes) && a->need == b->need
         && g_str_equal (a->need_detail, b->need_detail) && g_str_equal (a->next, b->next)
         && (!*a->next || a->next_day == b->next_day) && a->mood == b->mood;
}

/* --- templates ---------------------------------------------------------------------------------------------------- */

static const struct { int purpose; const char *text; } templates[] = {
  { GX_PURPOSE_RECEPTION, N_("Came about:\nTold or shown:\nAgreed:") },
  { GX_PURPOSE_TRANSACTION, N_("Business done:\nPapers seen:\nStill open:") },
  { GX_PURPOSE_PROBLEM, N_("What went wrong:\nWhat the customer expects, by when:\nWhat was promised:") },
  { GX_PURPOSE_MAINTENANCE, N_("How things are:\nChanges in family, work or firm:\nFunds in the next months:") },
  { GX_PURPOSE_SALES, N_("Need as the customer says it:\nOffered, with its risks:\nAnswer:") },
  { GX_PURPOSE_VISIT, N_("What was talked about:\nWhat is new:\nAgreed:") },
  { GX_PURPOSE_CALLBACK, N_("Asked about:\nAnswer:\nContent or not, and why:") },
  { GX_PURPOSE_SURVEY, N_("Questions:\nAnswers:\nRemarks:") },
};

/** gxc_talk_template: "" for an unknown @purpose */
const char *
gxc_talk_template (int purpose)
{
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    if (templates[i].purpose == purpose)
      return _(templates[i].text);
  return "";
}

/** gxc_talk_is_template: nobody has written a word of it */
gboolean
gxc_talk_is_template (const char *notes)
{
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    if (g_str_equal (notes, _(templates[i].text)))
      return TRUE;
  return FALSE;
}

/* --- names -------------------------------------------------------------------------------------------------------- */

/* (transfer full): by commas, Chinese ones too; may be empty */
static GPtrArray *
split_met (const char *met)
{
  g_auto(GStrv) parts = g_regex_split_simple ("[,，、;；\n]", met, 0, 0);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts && parts[i]; i++)
    if (*g_strstrip (parts[i]))
      g_ptr_array_add (names, g_strdup (parts[i]));
  return names;
}

guint
gxc_talk_n_met (const char *met)
{
  g_autoptr(GPtrArray) names = split_met (met);

  return names->len;
}

/* (transfer full) (nullable): a JSON array of names */
static char *
met_to_json (const char *met)
{
  g_autoptr(GPtrArray) names = split_met (met);
  g_autoptr(JsonArray) array = json_array_new ();
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < names->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (names, i));
  json_node_set_array (node, array);
  return names->len > 0 ? json_to_string (node, FALSE) : NULL;
}

static char *
met_from_json (const char *json)
{
  g_autoptr(JsonNode) node = json ? json_from_string (json, NULL) : NULL;
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  GString *met = g_string_new (NULL);

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_string_append_printf (met, "%s%s", met->len ? ", " : "", json_node_get_string (element));
    }
  return g_string_free (met, FALSE);
}

/* --- the rows it stands in ---------------------------------------------------------------------------------------- */

/* (transfer full) (nullable): the need that was heard in the visit */
static GxRecord *
find_need (GxcDesk *desk, const GxVisit *visit)
{
  const GxcCondition conditions[] = { { "source_interaction_id", GXC_IS, GX_ID_STR (&visit->meta.id) }, { "status", GXC_IS_NOT, "DROPPED" } };
  g_autoptr(GArray) ids = gxc_desk_list (desk, &gx_need_entity, &(GxcQuery) { .conditions = conditions, .n_conditions = 2, .limit = 1 }, NULL);

  return ids && ids->len > 0 ? gxc_desk_read_one (desk, &gx_need_entity, &g_array_index (ids, GxId, 0), NULL) : NULL;
}

/* (transfer full) (nullable): the task that follows from it */
static GxRecord *
find_next (GxcDesk *desk, const GxVisit *visit)
{
  g_autofree char *source = g_strdup_printf (SOURCE, GX_ID_STR (&visit->meta.id));
  g_autoptr(GPtrArray) rows = gxc_desk_read_where (desk, &gx_task_entity, "customer_id", &visit->customer_id, NULL, FALSE, NULL);

  for (guint i = 0; rows && i < rows->len; i++)
    {
      const GxTask *row = rows->pdata[i] ? gx_record_get_data (rows->pdata[i]) : NULL;

      if (row && row->status != GX_TASK_CANCELLED && g_strcmp0 (row->source, source) == 0)
        return g_object_ref (rows->pdata[i]);
    }
  return NULL;
}

static void
take_text (char **text, const char *value)
{
  gx_set_str (text, value ? value : "");
}

/** gxc_talk_read: (transfer full): as it is saved by now */
GxcTalk *
gxc_talk_read (GxcDesk       *desk,
               const GxVisit *visit)
{
  GxcTalk *talk = gxc_talk_new ();
  g_autoptr(GxRecord) interaction = gxc_desk_read_one (desk, &gx_interaction_entity, &visit->meta.id, NULL);
  g_autoptr(GxRecord) need = find_need (desk, visit), next = find_next (desk, visit);

  if (interaction)
    {
      const GxInteraction *row = gx_record_get_data (interaction);

      g_free (talk->met);
      talk->met = met_from_json (row->attendees);
      talk->purpose = row->purpose;
      talk->mood = row->sentiment;
      take_text (&talk->notes, row->notes);
    }
  if (need)
    {
      talk->need = ((const GxNeed *) gx_record_get_data (need))->category;
      take_text (&talk->need_detail, ((const GxNeed *) gx_record_get_data (need))->detail);
    }
  if (next)
    {
      talk->next_day = gxc_local_day (((const GxTask *) gx_record_get_data (next))->due_at);
      take_text (&talk->next, ((const GxTask *) gx_record_get_data (next))->title);
    }
  return talk;
}

/* Takes @row; a row that says what stands there already is left out. */
static void
add_patch (GPtrArray *changes, GxRecord *record, gpointer row)
{
  if (gx_entity_diff (gx_record_get_entity (record), gx_record_get_data (record), row))
    g_ptr_array_add (changes, gxc_change_item_patch (record, row, 0));
  else
    gx_entity_free (gx_record_get_entity (record), row);
}

static const char *
or_null (const char *text)
{
  return *text ? text : NULL;
}

static void
add_interaction (GPtrArray *changes, GxcDesk *desk, const GxVisit *visit, const GxcTalk *talk, gboolean end)
{
  g_autoptr(GxRecord) record = gxc_desk_read_one (desk, &gx_interaction_entity, &visit->meta.id, NULL);
  GxInteraction *row = record ? gx_entity_copy (&gx_interaction_entity, gx_record_get_data (record)) : gxc_visit_make_interaction (visit);

  g_free (row->attendees);
  row->attendees = met_to_json (talk->met);
  row->purpose = talk->purpose;
  row->sentiment = talk->mood;
  gx_set_str (&row->notes, gxc_talk_is_template (talk->notes) ? NULL : or_null (talk->notes));
  gx_set_str (&row->next_steps, or_null (talk->next));
  if (end)
    {
      row->ended_at = gxc_desk_now (desk);
      row->minutes = CLAMP ((row->ended_at - row->started_at) / MINUTE, 0, 1440);
    }
  if (record)
    add_patch (changes, record, row);
  else
    g_ptr_array_add (changes, gxc_change_item_create (&gx_interaction_entity, row));
}

static void
add_need (GPtrArray *changes, GxcDesk *desk, const GxVisit *visit, const GxcTalk *talk)
{
  g_autoptr(GxRecord) record = find_need (desk, visit);
  gboolean wanted = talk->need || *talk->need_detail;
  GxNeed *row;

  if (!record && !wanted)
    return;
  row = record ? gx_entity_copy (&gx_need_entity, gx_record_get_data (record)) : gx_entity_new (&gx_need_entity);
  row->customer_id = visit->customer_id;
  row->source_interaction_id = visit->meta.id;
  if (wanted)
    {
      row->category = talk->need ? talk->need : GX_NEED_OTHER;
      row->status = row->status ? row->status : GX_NEED_OPEN;
      gx_set_str (&row->detail, or_null (talk->need_detail));
    }
  else
    row->status = GX_NEED_DROPPED;
  if (record)
    add_patch (changes, record, row);
  else
    g_ptr_array_add (changes, gxc_change_item_create (&gx_need_entity, row));
}

static GxTask *
make_next (GxcDesk *desk, const GxVisit *visit)
{
  GxTask *row = gx_entity_new (&gx_task_entity);

  row->customer_id = visit->customer_id;
  row->assignee_id = gxc_desk_get_person (desk)->employee_id;
  row->kind = GX_TASK_OTHER;
  row->priority = 2;
  row->status = GX_TASK_OPEN;
  row->source = g_strdup_printf (SOURCE, GX_ID_STR (&visit->meta.id));
  return row;
}

static void
add_next (GPtrArray *changes, GxcDesk *desk, const GxVisit *visit, const GxcTalk *talk)
{
  g_autoptr(GxRecord) record = find_next (desk, visit);
  gint32 day = talk->next_day != GX_INT32_NONE ? talk->next_day : gxc_local_today (desk);
  GxTask *row;

  if (!record && !*talk->next)
    return;
  row = record ? gx_entity_copy (&gx_task_entity, gx_record_get_data (record)) : make_next (desk, visit);
  if (!*talk->next)
    row->status = GX_TASK_CANCELLED;
  else
    gx_set_str (&row->title, talk->next);
  if (!record || gxc_local_day (row->due_at) != day)
    row->due_at = gxc_local_moment (day, row->due_at);
  if (record)
    add_patch (changes, record, row);
  else
    g_ptr_array_add (changes, gxc_change_item_create (&gx_task_entity, row));
}

/* --- the end ------------------------------------------------------------------------------------------------------ */

/* (transfer full) (nullable): what came of it, in one line */
static char *
dup_result (const GxcTalk *talk)
{
  if (!*talk->need_detail && !*talk->next)
    return NULL;
  return g_strdup_printf ("%s%s%s", talk->need_detail, *talk->need_detail && *talk->next ? "; " : "", talk->next);
}

static void
add_end (GPtrArray *changes, GxcDesk *desk, GxRecord *record, const GxcTalk *talk)
{
  GxVisit *row = gx_entity_copy (&gx_visit_entity, gx_record_get_data (record));

  row->status = GX_VISIT_DONE;
  row->check_out_at = gxc_desk_now (desk);
  g_free (row->result);
  row->result = dup_result (talk);
  g_ptr_array_add (changes, gxc_change_item_patch (record, row, 0));
}

/* What plans that task belongs to goes on by it. */
static void
add_asked_task (GPtrArray *changes, GxcDesk *desk, const GxVisit *visit)
{
  g_autoptr(GxRecord) task = gx_id_is_none (&visit->task_id) ? NULL : gxc_desk_read_one (desk, &gx_task_entity, &visit->task_id, NULL);
  g_autoptr(GPtrArray) tasks = g_ptr_array_new (), done = NULL;

  if (!task || !gxc_task_is_open (gx_record_get_data (task)))
    return;
  g_ptr_array_add (tasks, task);
  done = gxc_task_changes_done (desk, tasks);
  g_ptr_array_extend_and_steal (changes, g_steal_pointer (&done));
}

/**
 * gxc_talk_changes:
 * @end: the visit is over, and so is the task that asked for it
 *
 * Returns: (transfer full) (element-type GxcChangeItem): to be saved together; empty if all of it is saved
 */
GPtrArray *
gxc_talk_changes (GxcDesk       *desk,
                  GxRecord      *visit,
                  const GxcTalk *talk,
                  gboolean       end)
{
  const GxVisit *row = gx_record_get_data (visit);
  GPtrArray *changes = gxc_change_items_new ();

  if (end)
    add_end (changes, desk, visit, talk);
  add_interaction (changes, desk, row, talk, end);
  if (gxc_desk_can (desk, GX_CAN_EDIT_CUSTOMER))
    add_need (changes, desk, row, talk);
  add_next (changes, desk, row, talk);
  if (end)
    add_asked_task (changes, desk, row);
  return changes;
}
