/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desk answers at once, from its reader of the store: lists, windows of rows, months. Each
 * is a few milliseconds on the main loop; whatever may take longer is none of this file's. */

#include "gxc-core-desk-private.h"

#include <glib/gstdio.h>

#include "gx-holding.h"
#include "gx-txn-month.h"
#include "gxc-blob.h"
#include "gxc-error-words.h"
#include "gxc-issues.h"
#include "gxc-list.h"
#include "gxc-meta.h"
#include "gxc-store-lease.h"

static void
count_issues (GxcCoreDesk *self, GxcSyncSummary *summary)
{
  g_autoptr(GPtrArray) issues = gxc_issues_list (self->reader, NULL);

  for (guint i = 0; issues && i < issues->len; i++)
    if (g_str_equal (((GxcIssue *) g_ptr_array_index (issues, i))->kind, "conflict"))
      summary->conflicts++;
    else
      summary->refused++;
}

/* Of the store's own files: the database and its log. */
static gint64
measure_store (GxcCoreDesk *self)
{
  static const char * const names[] = { "store.db", "store.db-wal" };
  const char *directory = gxc_store_get_directory (gxc_context_get_store (self->context));
  gint64 bytes = 0;

  for (guint i = 0; directory && i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (directory, names[i], NULL);
      GStatBuf about;

      if (g_stat (path, &about) == 0)
        bytes += about.st_size;
    }
  return bytes;
}

/* Not at a desk that nobody signed in at: there nothing is on its way. */
static gboolean
is_coming (GxcCoreDesk *self, const GxcCounts *counts)
{
  gboolean known = counts->scopes > 0 || counts->last_sync > 0;

  return self->person.login && (!known || counts->scopes_complete < counts->scopes || !counts->has_figures);
}

static void
get_summary (GxcDesk *desk, GxcSyncSummary *summary)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);
  GxcCounts counts = { 0 };
  GxcBlobCounts papers;

  gxc_counts_read (self->reader, &counts, NULL);
  summary->waiting = counts.pending;
  summary->synced_at = counts.last_sync;
  summary->clock_off = counts.clock_off;
  summary->online = self->state != GXC_SYNC_OFFLINE && self->state != GXC_SYNC_STOPPED;
  summary->signed_out = self->state == GXC_SYNC_SIGNED_OUT;
  summary->busy = self->state == GXC_SYNC_PUSHING || self->state == GXC_SYNC_PULLING || self->state == GXC_SYNC_BOOTSTRAPPING;
  summary->revoked = self->revoked;
  gxc_lease_read (self->reader, gxc_desk_get_clock (desk), &summary->lease);
  g_free (self->problem_words);
  self->problem_words = self->problem ? gxc_error_words (self->problem) : NULL;     /* in the language of now */
  summary->problem = self->problem_words;
  summary->store_bytes = measure_store (self);
  gxc_blob_count (self->reader, &papers);
  summary->papers = (guint) papers.n_waiting;
  summary->papers_refused = (guint) papers.n_refused;
  summary->papers_done = papers.done;
  summary->papers_total = papers.total;
  summary->coming = is_coming (self, &counts);
  if (summary->coming && counts.rows_expected > 0)
    {
      summary->done = MIN (counts.rows_loaded, counts.rows_expected);
      summary->total = counts.rows_expected;
    }
  if (counts.issues)
    count_issues (self, summary);
}

static GxcListQuery
core_query (const GxEntity *entity, const GxcQuery *query)
{
  return (GxcListQuery) { .entity = entity, .conditions = query->conditions, .n_conditions = query->n_conditions,
                          .search = query->search, .sort = query->sort_field, .descending = query->descending, .limit = query->limit };
}

static GArray *
list (GxcDesk *desk, const GxEntity *entity, const GxcQuery *query, GError **error)
{
  const GxcListQuery core = core_query (entity, query);

  if (!gxc_core_desk_may_show (GXC_CORE_DESK (desk), error))
    return NULL;
  return gxc_list_ids_again (GXC_CORE_DESK (desk)->reader, &core, &GXC_CORE_DESK (desk)->order, error);
}

static gint64
count (GxcDesk *desk, const GxEntity *entity, const GxcQuery *query, GError **error)
{
  const GxcListQuery core = core_query (entity, query);

  return !gxc_core_desk_may_show (GXC_CORE_DESK (desk), error) ? -1 : gxc_list_count (GXC_CORE_DESK (desk)->reader, &core, error);
}

static GPtrArray *
read_rows (GxcDesk *desk, const GxEntity *entity, const GxId *ids, guint n_ids, GError **error)
{
  return !gxc_core_desk_may_show (GXC_CORE_DESK (desk), error) ? NULL : gxc_list_window (GXC_CORE_DESK (desk)->reader, entity, ids, n_ids, error);
}

static void
free_holding_month (gpointer row)
{
  gx_entity_free (&gx_holding_month_entity, row);
}

static void
free_txn_month (gpointer row)
{
  gx_entity_free (&gx_txn_month_entity, row);
}

static GPtrArray *
facts (GxcDesk *desk, const GxEntity *entity, const GxId *parent, GError **error)
{
  GxPut put;
  GPtrArray *months;

  if (!gxc_core_desk_may_show (GXC_CORE_DESK (desk), error) || !gxc_list_load (GXC_CORE_DESK (desk)->reader, entity->fact_of, parent, &put, error))
    return NULL;
  months = put.facts ? g_steal_pointer (&put.facts) : g_ptr_array_new ();
  gx_put_clear (&put);
  g_ptr_array_set_free_func (months, entity == &gx_holding_month_entity ? free_holding_month : free_txn_month);
  return months;
}

void
gxc_core_desk_init_reading (GxcDeskInterface *iface)
{
  iface->get_summary = get_summary;
  iface->list = list;
  iface->count = count;
  iface->read = read_rows;
  iface->facts = facts;
}
