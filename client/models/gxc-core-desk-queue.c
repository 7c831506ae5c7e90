/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits on this desk and what came back refused, told to the pages as one list. What can be done about an item is the
 * store's (gxc-issues.h); here it only gets its words. */

#include "gxc-core-desk-private.h"

#include <glib/gi18n.h>

#include "gx-catalog.h"
#include "gx-customer.h"
#include "gxc-issues.h"
#include "gxc-queue.h"

/* "R-DUAL: This change needs review · Name": the rule, what it says and of which field. The sentence that the server sent
 * with it is for a log. */
static char *
refusal_words (GxcDesk *desk, const GxcIssue *issue)
{
  const GxErrorInfo *info = issue->code ? gx_error_info_by_slug (issue->code) : NULL;
  const GxField *field = issue->entity && issue->broken ? gx_entity_find (issue->entity, issue->broken) : NULL;
  g_autofree char *label = field ? gxc_desk_dup_field_label (desk, issue->entity, &issue->id, field) : NULL;
  gboolean named = issue->rule && g_str_has_prefix (issue->rule, "R-");

  if (!info)
    return g_strdup (issue->detail);
  return g_strconcat (named ? issue->rule : "", named ? ": " : "", _(info->title), label ? " · " : "", label ? label : "", NULL);
}

/* In the order of the record, not of their names; what this program does not know comes last. */
static int
compare_fields (gconstpointer a, gconstpointer b)
{
  const GxField *left = (*(GxcQueueField * const *) a)->field, *right = (*(GxcQueueField * const *) b)->field;

  if (!left || !right)
    return !left - !right;
  return left < right ? -1 : left > right;
}

/* A request says of no field what stood there when it was made: that is what is in force. */
static char *
dup_base (const GxcIssue *issue, const GxcIssueField *field, GxRecord *in_force)
{
  if (field->base || !in_force || !gx_entity_find (issue->entity, field->field))
    return g_strdup (field->base);
  return gx_record_dup_text (in_force, field->field);
}

static void
add_fields (GxcDesk *desk, GxcQueueItem *item, const GxcIssue *issue)
{
  gboolean request = issue->entity && g_strcmp0 (issue->op, "cr.submit") == 0;
  g_autoptr(GxRecord) in_force = request ? gxc_desk_read_one (desk, issue->entity, &issue->id, NULL) : NULL;

  for (guint i = 0; i < issue->fields->len; i++)
    {
      const GxcIssueField *from = g_ptr_array_index (issue->fields, i);
      GxcQueueField *field = g_new0 (GxcQueueField, 1);

      *field = (GxcQueueField) { .field = issue->entity ? gx_entity_find (issue->entity, from->field) : NULL, .name = g_strdup (from->field),
                                 .base = dup_base (issue, from, in_force), .mine = g_strdup (from->mine), .theirs = g_strdup (from->theirs),
                                 .conflict = from->conflict };
      g_ptr_array_add (item->fields, field);
      if (!from->conflict || item->field)
        continue;
      item->field = g_strdup (from->field);
      item->mine = g_strdup (from->mine);
      item->theirs = g_strdup (from->theirs);
    }
  g_ptr_array_sort (item->fields, compare_fields);
}

/* Whose it is: the row's own customer, or what the change itself says of one that is not here yet. */
static void
find_customer (GxcDesk *desk, GxcQueueItem *item)
{
  const GxField *field = item->entity ? gx_entity_find (item->entity, "customer_id") : NULL;
  g_autoptr(GxRecord) record = field ? gxc_desk_read_one (desk, item->entity, &item->id, NULL) : NULL;

  if (item->entity == &gx_customer_entity)
    item->customer_id = item->id;
  else if (record)
    item->customer_id = *(const GxId *) gx_field_member (field, gx_record_get_data (record));
  for (guint i = 0; field && !record && i < item->fields->len; i++)
    {
      const GxcQueueField *said = g_ptr_array_index (item->fields, i);

      if (said->field == field && said->mine && !gx_id_parse (said->mine, &item->customer_id))
        item->customer_id = GX_ID_NONE;
    }
  if (!gx_id_is_none (&item->customer_id))
    item->customer = gxc_desk_dup_customer (desk, &item->customer_id);
}

static GxcQueueItem *
item_of (GxcDesk *desk, const GxcIssue *issue, GxcQueueState state)
{
  GxcQueueItem *item = g_new0 (GxcQueueItem, 1);

  item->mid = issue->mid;
  item->state = state;
  item->entity = issue->entity;
  item->id = issue->id;
  item->op = g_strdup (issue->op);
  item->rule = g_strdup (issue->code);
  item->detail = refusal_words (desk, issue);
  item->at = issue->opened_at;
  item->theirs_by = g_strdup (issue->theirs_by);
  item->theirs_at = issue->theirs_at;
  item->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_queue_field_free);
  add_fields (desk, item, issue);
  find_customer (desk, item);
  return item;
}

static gboolean
add_waiting (GxcDesk *desk, const GxcMutation *mutation, GPtrArray *items, GError **error)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);
  g_autoptr(GxcIssue) told = gxc_issues_read_waiting (self->reader, mutation, error);

  if (!told)
    return FALSE;
  g_ptr_array_add (items, item_of (desk, told, mutation->sent_at && self->state == GXC_SYNC_PUSHING ? GXC_QUEUE_SENT : GXC_QUEUE_WAITING));
  return TRUE;
}

static GPtrArray *
list_queue (GxcDesk *desk, GError **error)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_queue_item_free);
  g_autoptr(GPtrArray) issues = gxc_core_desk_may_show (self, error) ? gxc_issues_list (self->reader, error) : NULL;
  g_autoptr(GPtrArray) queue = issues ? gxc_queue_list (self->reader, error) : NULL;

  if (!queue)
    return NULL;
  for (guint i = 0; i < issues->len; i++)
    {
      const GxcIssue *issue = g_ptr_array_index (issues, i);

      g_ptr_array_add (items, item_of (desk, issue, g_str_equal (issue->kind, "conflict") ? GXC_QUEUE_CONFLICT : GXC_QUEUE_REFUSED));
    }
  for (guint i = 0; i < queue->len; i++)
    if (!add_waiting (desk, g_ptr_array_index (queue, i), items, error))
      return NULL;
  return g_steal_pointer (&items);
}

void
gxc_core_desk_init_queue (GxcDeskInterface *iface)
{
  iface->queue = list_queue;
}
