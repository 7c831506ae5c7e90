/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one looks at before one meets a customer: the last contact, what is to be done, what matures, what the customer
 * wants, which requests wait. All of it is read from the desk; what the desk has not is not said. Each line also has a form
 * without amounts and handwritten words, for paper. */

#include "gxc-visits-before.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-change-request.h"
#include "gx-interaction.h"
#include "gx-need.h"
#include "gx-task.h"
#include "gxc-digest-entity.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-review-words.h"
#include "gxc-task-words.h"

#define MOST_NEEDS 3
#define MOST_TASKS 3

void
gxc_before_line_free (GxcBeforeLine *line)
{
  g_free (line->words);
  g_free (line->paper);
  g_free (line);
}

/* Takes @words and @paper. */
static void
add_line (GPtrArray *lines, const char *icon_name, char *words, char *paper)
{
  GxcBeforeLine *line = g_new0 (GxcBeforeLine, 1);

  *line = (GxcBeforeLine) { icon_name, words, paper };
  g_ptr_array_add (lines, line);
}

/* (transfer full): of the customer, @status (nullable) among the codes; may be empty */
static GPtrArray *
read_rows (GxcDesk *desk, const GxEntity *entity, const GxVisit *visit, const char *status, const char *sort_field, gboolean descending)
{
  const GxcCondition conditions[] = { { "customer_id", GXC_IS, GX_ID_STR (&visit->customer_id) }, { "status", GXC_IN, status } };
  const GxcQuery query = { .conditions = conditions, .n_conditions = status ? 2 : 1, .sort_field = sort_field, .descending = descending, .limit = 20 };
  g_autoptr(GArray) ids = gxc_desk_list (desk, entity, &query, NULL);
  g_autoptr(GPtrArray) rows = ids ? gxc_desk_read (desk, entity, (GxId *) (gpointer) ids->data, ids->len, NULL) : NULL;
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; rows && i < rows->len; i++)
    if (rows->pdata[i])
      g_ptr_array_add (found, g_object_ref (rows->pdata[i]));
  return found;
}

static char *
words_of (GxcDesk *desk, GxRecord *record, const char *field)
{
  return gxc_field_to_words (desk, record, gx_entity_find (gx_record_get_entity (record), field));
}

/* This visit's own interaction is not the last one. */
static void
add_contact (GPtrArray *lines, GxcDesk *desk, const GxVisit *visit)
{
  g_autoptr(GPtrArray) rows = read_rows (desk, &gx_interaction_entity, visit, NULL, "started_at", TRUE);

  for (guint i = 0; i < rows->len; i++)
    {
      const GxInteraction *row = gx_record_get_data (rows->pdata[i]);
      g_autofree char *channel = words_of (desk, rows->pdata[i], "channel"), *when = gxc_format_ago (row->started_at, gxc_desk_now (desk));

      if (gx_id_equal (&row->meta.id, &visit->meta.id))
        continue;
      add_line (lines, "document-open-recent-symbolic", g_strdup_printf (_("Last contact %s · %s · %s"), when, channel, row->subject),
                g_strdup_printf (_("Last contact %s · %s"), when, channel));
      return;
    }
}

/* The one that asked for the visit is its goal already. */
static void
add_tasks (GPtrArray *lines, GxcDesk *desk, const GxVisit *visit)
{
  g_autoptr(GPtrArray) rows = read_rows (desk, &gx_task_entity, visit, "OPEN,DOING,WAITING", "due_at", FALSE);
  guint n = 0;

  for (guint i = 0; i < rows->len && n < MOST_TASKS; i++)
    {
      const GxTask *row = gx_record_get_data (rows->pdata[i]);
      g_autofree char *due = gxc_format_moment (row->due_at, gxc_desk_now (desk));

      if (gx_id_equal (&row->meta.id, &visit->task_id))
        continue;
      add_line (lines, gxc_task_icon (row->kind), g_strdup_printf (_("To do: %s · due %s"), row->title, due),
                g_strdup_printf (_("To do: %s · due %s"), gxc_task_kind_words (row->kind), due));
      n++;
    }
}

static void
add_maturity (GPtrArray *lines, GxcDesk *desk, const GxVisit *visit)
{
  g_autoptr(GxRecord) record = gxc_desk_read_one (desk, gxc_digest_entity (), &visit->customer_id, NULL);
  const GxcDigest *digest = record ? gx_record_get_data (record) : NULL;
  g_autofree char *date = NULL, *amount = NULL;

  if (!digest || digest->matures_on == GX_INT32_NONE)
    return;
  date = gxc_format_date (digest->matures_on, gxc_desk_get_today (desk));
  amount = words_of (desk, record, "maturing");
  add_line (lines, "x-office-calendar-symbolic", amount && *amount ? g_strdup_printf (_("Matures %s · %s"), date, amount) : g_strdup_printf (_("Matures %s"), date),
            g_strdup_printf (_("Matures %s"), date));
}

static void
add_needs (GPtrArray *lines, GxcDesk *desk, const GxVisit *visit)
{
  g_autoptr(GPtrArray) rows = read_rows (desk, &gx_need_entity, visit, "OPEN", "due_on", FALSE);

  for (guint i = 0; i < MIN (rows->len, MOST_NEEDS); i++)
    {
      const GxNeed *row = gx_record_get_data (rows->pdata[i]);
      g_autofree char *category = words_of (desk, rows->pdata[i], "category");

      add_line (lines, "starred-symbolic",
                row->detail ? g_strdup_printf (_("Wants: %s · %s"), category, row->detail) : g_strdup_printf (_("Wants: %s"), category),
                g_strdup_printf (_("Wants: %s"), category));
    }
}

static void
add_requests (GPtrArray *lines, GxcDesk *desk, const GxVisit *visit)
{
  const GxcCondition waiting = { "state", GXC_IS, "PENDING" };
  g_autoptr(GArray) ids = gxc_desk_list (desk, &gx_change_request_entity, &(GxcQuery) { .conditions = &waiting, .n_conditions = 1 }, NULL);
  g_autoptr(GPtrArray) rows = ids ? gxc_desk_read (desk, &gx_change_request_entity, (GxId *) (gpointer) ids->data, ids->len, NULL) : NULL;

  for (guint i = 0; rows && i < rows->len; i++)
    {
      const GxChangeRequest *row = rows->pdata[i] ? gx_record_get_data (rows->pdata[i]) : NULL;
      GxId customer = row ? gxc_review_customer (desk, row) : GX_ID_NONE;
      g_autofree char *kind = NULL;

      if (!row || !gx_id_equal (&customer, &visit->customer_id))
        continue;
      kind = words_of (desk, rows->pdata[i], "kind");
      add_line (lines, "changes-prevent-symbolic", g_strdup_printf (_("Waits for review: %s"), kind), g_strdup_printf (_("Waits for review: %s"), kind));
    }
}

/** gxc_visits_before_read: (transfer full): of GxcBeforeLine; empty where there is nothing to know */
GPtrArray *
gxc_visits_before_read (GxcDesk       *desk,
                        const GxVisit *visit)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_before_line_free);

  add_contact (lines, desk, visit);
  add_tasks (lines, desk, visit);
  add_maturity (lines, desk, visit);
  add_needs (lines, desk, visit);
  add_requests (lines, desk, visit);
  return lines;
}
