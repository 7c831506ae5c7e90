/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits on this desk and what came back refused, told to the pages as one list. What can be done about an item is the
 * store's (gxc-issues.h); here it only gets its words. */

#include "gxc-core-desk-private.h"

#include <glib/gi18n.h>

#include "gx-catalog.h"
#include "gxc-issues.h"
#include "gxc-queue.h"

static GxcQueueItem *
item_of_mutation (GxcCoreDesk *self, const GxcMutation *mutation)
{
  GxcQueueItem *item = g_new0 (GxcQueueItem, 1);

  item->mid = mutation->mid;
  item->state = mutation->sent_at && self->state == GXC_SYNC_PUSHING ? GXC_QUEUE_SENT : GXC_QUEUE_WAITING;
  item->entity = gx_entity_by_name (mutation->tbl);
  item->id = mutation->id;
  item->op = g_strdup (mutation->op);
  item->at = mutation->created_at;
  return item;
}

static char *
refusal_words (const GxcIssue *issue)
{
  const GxErrorInfo *info = issue->code ? gx_error_info_by_slug (issue->code) : NULL;

  if (!info)
    return g_strdup (issue->detail);
  return issue->detail && *issue->detail ? g_strdup_printf ("%s: %s", _(info->title), issue->detail) : g_strdup (_(info->title));
}

static GxcQueueItem *
item_of_issue (const GxcIssue *issue)
{
  GxcQueueItem *item = g_new0 (GxcQueueItem, 1);
  gboolean conflict = g_str_equal (issue->kind, "conflict");

  item->mid = issue->mid;
  item->state = conflict ? GXC_QUEUE_CONFLICT : GXC_QUEUE_REFUSED;
  item->entity = issue->entity;
  item->id = issue->id;
  item->op = g_strdup (issue->op);
  item->detail = refusal_words (issue);
  item->at = issue->opened_at;
  for (guint i = 0; conflict && issue->fields && i < issue->fields->len; i++)
    {
      const GxcIssueField *field = g_ptr_array_index (issue->fields, i);

      if (!field->conflict || item->field)
        continue;
      item->field = g_strdup (field->field);
      item->mine = g_strdup (field->mine);
      item->theirs = g_strdup (field->theirs);
    }
  return item;
}

static GPtrArray *
list_queue (GxcDesk *desk, GError **error)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_queue_item_free);
  g_autoptr(GPtrArray) issues = gxc_issues_list (self->reader, error);
  g_autoptr(GPtrArray) queue = issues ? gxc_queue_list (self->reader, error) : NULL;

  if (!queue)
    return NULL;
  for (guint i = 0; i < issues->len; i++)
    g_ptr_array_add (items, item_of_issue (g_ptr_array_index (issues, i)));
  for (guint i = queue->len; i > 0; i--)
    g_ptr_array_add (items, item_of_mutation (self, g_ptr_array_index (queue, i - 1)));
  return g_steal_pointer (&items);
}

void
gxc_core_desk_init_queue (GxcDeskInterface *iface)
{
  iface->queue = list_queue;
}
