/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handlers of /v1/sync, /v1/records and /v1/search: parameters in, a service, its text out. */
#include "gxs-data-routes.h"

#include "gx-catalog.h"
#include "gx-protocol.h"
#include "gxs-feed.h"
#include "gxs-handle.h"
#include "gxs-history.h"
#include "gxs-mutate.h"
#include "gxs-records.h"
#include "gxs-search.h"

#include <string.h>

gboolean
gxs_route_health (GxsContext  *ctx,
                  GError     **error)
{
  gxs_handle_take_json (ctx, g_strdup ("{\"status\":\"ok\"}"));
  return TRUE;
}

static gboolean
write_push (GxsBatch        *batch,
            const GxsAuthz  *authz,
            GxsContext      *ctx,
            GString         *out,
            GError         **error)
{
  JsonObject *body = gxs_handle_object (ctx, error);

  return body != NULL && gxs_mutate_push (batch, authz, body, out, error);
}

gboolean
gxs_route_push (GxsContext  *ctx,
                GError     **error)
{
  return gxs_handle_write (ctx, write_push, error);
}

gboolean
gxs_route_pull (GxsContext  *ctx,
                GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  JsonObject *body = authz != NULL ? gxs_handle_object (ctx, error) : NULL;
  g_autoptr(GString) out = g_string_new (NULL);

  if (body == NULL || !gxs_feed_pull (db, authz, body, out, error))
    return FALSE;

  gxs_handle_take_text (ctx, GX_TYPE_NDJSON, g_steal_pointer (&out));
  return TRUE;
}

gboolean
gxs_route_bootstrap (GxsContext  *ctx,
                     GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  const char *scope = gxs_context_get_query (ctx, "scope");
  g_autoptr(GString) out = g_string_new (NULL);
  gint64 limit;

  if (authz == NULL
      || !gxs_context_get_query_int (ctx, "limit", 1, GX_BOOTSTRAP_LIMIT, GX_BOOTSTRAP_LIMIT, &limit, error))
    return FALSE;
  if (scope == NULL)
    return gx_fail_field (error, GX_ERROR_INVALID, "scope", "required", "which scope?");
  if (!gxs_feed_bootstrap (db, authz, scope, gxs_context_get_query (ctx, "after"), limit, out, error))
    return FALSE;

  gxs_handle_take_text (ctx, GX_TYPE_NDJSON, g_steal_pointer (&out));
  return TRUE;
}

static void
on_news_cb (gint64   head,
            gpointer ctx)
{
  gxs_handle_take_json (ctx, g_strdup_printf ("{\"head\":%" G_GINT64_FORMAT "}", head));
  gxs_context_complete (ctx, NULL);
}

gboolean
gxs_route_wait (GxsContext  *ctx,
                GError     **error)
{
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, gxs_handle_reader (ctx), error);
  gint64 cursor, seconds;

  if (authz == NULL
      || !gxs_context_get_query_int (ctx, "cursor", 0, G_MAXINT64, -1, &cursor, error)
      || !gxs_context_get_query_int (ctx, "t", 1, GX_WAIT_SECONDS, GX_WAIT_SECONDS, &seconds, error))
    return FALSE;
  if (cursor < 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "cursor", "required", "since when?");

  gxs_news_wait (gxs_handle_services (ctx)->news, cursor, seconds, on_news_cb, ctx);
  return TRUE;
}

/* Whoever may ask may listen; what is said, a number, is said to all (gxs-server). */
gboolean
gxs_route_stream (GxsContext  *ctx,
                  GError     **error)
{
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, gxs_handle_reader (ctx), error);

  return authz != NULL;
}

static const GxEntity *
entity_arg (GxsContext  *ctx,
            GError     **error)
{
  const GxEntity *entity = gx_entity_by_name (gxs_context_get_arg (ctx, 0));

  if (entity == NULL || entity->fact_of != NULL)
    {
      gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such entity");
      return NULL;
    }

  return entity;
}

gboolean
gxs_route_record (GxsContext  *ctx,
                  GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  const GxEntity *entity = authz != NULL ? entity_arg (ctx, error) : NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  GxId id;

  if (entity == NULL
      || !gxs_handle_id_arg (ctx, 1, &id, error)
      || !gxs_records_get (db, authz, entity, &id, out, error))
    return FALSE;

  gxs_handle_take_text (ctx, GX_TYPE_JSON, g_steal_pointer (&out));
  return TRUE;
}

gboolean
gxs_route_history (GxsContext  *ctx,
                   GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  GxsHistoryQuery query = { .entity = authz != NULL ? entity_arg (ctx, error) : NULL };
  g_autoptr(GString) out = g_string_new (NULL);

  if (query.entity == NULL
      || !gxs_handle_id_arg (ctx, 1, &query.id, error)
      || !gxs_context_get_query_int (ctx, "limit", 1, GX_HISTORY_LIMIT, GX_HISTORY_LIMIT, &query.limit, error)
      || !gxs_context_get_query_int (ctx, "before", 1, G_MAXINT64, G_MAXINT64, &query.before, error)
      || !gxs_history (db, authz, &query, out, error))
    return FALSE;

  gxs_handle_take_text (ctx, GX_TYPE_JSON, g_steal_pointer (&out));
  return TRUE;
}

typedef struct
{
  GxsRecordsQuery *query;
  GError          *error;
} Filter;

/* Every parameter but these is a field to ask by; one of them. */
static void
read_filter (gpointer key,
             gpointer value,
             gpointer user_data)
{
  static const char *const others[] = { "after", "limit", "with", NULL };
  Filter *filter = user_data;

  if (filter->error != NULL || g_strv_contains (others, key))
    return;
  if (filter->query->field != NULL)
    {
      gx_fail_field (&filter->error, GX_ERROR_INVALID, key, "query", "one field at a time");
      return;
    }

  filter->query->field = gx_entity_find (filter->query->entity, key);
  filter->query->value = value;
  if (filter->query->field == NULL)
    gx_fail_field (&filter->error, GX_ERROR_INVALID, key, "query", "%s has no such field", filter->query->entity->name);
}

static gboolean
read_query (GxsContext       *ctx,
            GxsRecordsQuery  *query,
            GError          **error)
{
  const char *after = gxs_context_get_query (ctx, "after");
  const char *with = gxs_context_get_query (ctx, "with");
  Filter filter = { .query = query };

  if (!gxs_context_get_query_int (ctx, "limit", 1, GX_RECORDS_LIMIT, GX_RECORDS_LIMIT, &query->limit, error))
    return FALSE;
  if (after != NULL && !gx_id_parse (after, &query->after))
    return gx_fail_field (error, GX_ERROR_INVALID, "after", "form", "must be an id");
  if (with != NULL && strcmp (with, "totals") != 0 && strcmp (with, "months") != 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "with", "form", "can only be “totals” or “months”");

  query->with_totals = with != NULL && *with == 't';
  query->with_months = with != NULL && *with == 'm';
  gxs_context_foreach_query (ctx, read_filter, &filter);
  if (filter.error == NULL)
    return TRUE;

  g_propagate_error (error, filter.error);
  return FALSE;
}

gboolean
gxs_route_records (GxsContext  *ctx,
                   GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  GxsRecordsQuery query = { .entity = authz != NULL ? entity_arg (ctx, error) : NULL };
  g_autoptr(GString) out = g_string_new (NULL);

  if (query.entity == NULL || !read_query (ctx, &query, error) || !gxs_records_list (db, authz, &query, out, error))
    return FALSE;

  gxs_handle_take_text (ctx, GX_TYPE_JSON, g_steal_pointer (&out));
  return TRUE;
}

gboolean
gxs_route_search (GxsContext  *ctx,
                  GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  g_autoptr(GString) out = g_string_new (NULL);
  gint64 limit;

  if (authz == NULL
      || !gxs_context_get_query_int (ctx, "limit", 1, GX_SEARCH_LIMIT, GX_SEARCH_LIMIT, &limit, error)
      || !gxs_search (db, authz, gxs_context_get_query (ctx, "q"), limit, out, error))
    return FALSE;

  gxs_handle_take_text (ctx, GX_TYPE_JSON, g_steal_pointer (&out));
  return TRUE;
}
