/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pull: what a client does not know yet, in one page (sync.md 1.6): the scopes that came and went, results it may not have
 * got, and what changed in its scopes since its cursor.
 *
 * A row is sent in its present state, once, with all scopes of the session that hold it; what left a scope is "gone"
 * there, and put again at the remaining sight where another scope still holds it. Each answer is one snapshot. What left a
 * scope is forgotten after a while (gxs-horizon): a cursor from before that has expired.
 */
#include "gx-bug.h"
#include "gxs-feed-private.h"

#include "gx-json.h"
#include "gx-protocol.h"
#include "gx-transaction.h"
#include "gxs-horizon.h"
#include "gxs-mutate.h"

#include <string.h>

static gboolean
parse_cursor (GxsFeed     *feed,
              const char  *text,
              gint64      *out_cursor,
              GError     **error)
{
  *out_cursor = 0;
  if (text == NULL || *text == '\0')
    return TRUE;
  if (!g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, out_cursor, NULL))
    return gx_fail_field (error, GX_ERROR_INVALID, "cursor", "form", "is no cursor of this server");
  /* A node that lags behind: the client asks again, it never gets a smaller cursor than it has. */
  if (*out_cursor > feed->head)
    return gx_fail_busy (error, 1, "this server has not yet got so far");

  return TRUE;
}

typedef struct
{
  const char *cursor;         /* (nullable) */
  const char *epoch;          /* (nullable) */
  JsonArray  *have;
  gint64      limit;
  gint64      ack_mid;        /* -1 = not told: then no results either */
} Pull;

static gboolean
read_pull (JsonObject      *body,
           const GxsAuthz  *authz,
           Pull            *pull,
           GError         **error)
{
  static const char *const members[] = { "client_id", "schema", "epoch", "cursor", "have", "limit", "ack_mid", NULL };
  gint64 schema;
  GxId client_id;

  *pull = (Pull) { .limit = GX_PULL_LIMIT, .ack_mid = -1 };
  if (!gx_json_allow_members (body, members, error)
      || !gx_json_get_id (body, "client_id", &client_id, error)
      || !gx_json_get_int (body, "schema", &schema, error)
      || !gx_json_opt_string (body, "epoch", &pull->epoch, error)
      || !gx_json_opt_string (body, "cursor", &pull->cursor, error)
      || !gx_json_get_array (body, "have", &pull->have, error)
      || !gx_json_opt_int (body, "limit", &pull->limit, error)
      || !gx_json_opt_int (body, "ack_mid", &pull->ack_mid, error))
    return FALSE;
  if (!gx_id_equal (&client_id, &authz->client_id))
    return gx_fail (error, GX_ERROR_DEVICE, "the session is another client's");
  /* What an older program wrote is taken (gxs-mutate); it is told nothing that it could misread. */
  if (schema != GX_SCHEMA)
    return gxs_fail_schema (schema, GX_SCHEMA, error);

  pull->limit = CLAMP (pull->limit, 1, GX_PULL_LIMIT);
  return TRUE;
}

static gboolean
check_epoch (GxsFeed     *feed,
             const char  *epoch,
             GError     **error)
{
  return epoch == NULL || strcmp (epoch, feed->epoch) == 0 || GX_BUG (GX_BUG_EPOCH)
         || gx_fail (error, GX_ERROR_EPOCH, "the server's database was restored");
}

/* Of what is forgotten only those need to know who had it. */
static gboolean
check_horizon (GxsFeed  *feed,
               gint64    cursor,
               GError  **error)
{
  gint64 horizon;

  if (!gxs_horizon_read (feed->db, &horizon, error))
    return FALSE;

  return cursor >= horizon || g_ptr_array_index (feed->scopes, 0) == NULL || GX_BUG (GX_BUG_HORIZON)
         || gx_fail (error, GX_ERROR_CURSOR_EXPIRED, "too much has been forgotten since that cursor");
}

/**
 * gxs_feed_pull:
 * @db: a reader
 * @body: the request, strictly parsed
 *
 * Errors: %GX_ERROR_INVALID, %GX_ERROR_DEVICE, %GX_ERROR_UPGRADE, %GX_ERROR_BUSY; %GX_ERROR_EPOCH if the database was restored
 *   since; %GX_ERROR_CURSOR_EXPIRED if what left a scope since is forgotten
 */
gboolean
gxs_feed_pull (GxDb            *db,
               const GxsAuthz  *authz,
               JsonObject      *body,
               GString         *out,
               GError         **error)
{
  g_auto(GxsFeed) feed = { .db = db, .authz = authz, .out = out, .start = out->len };
  g_autoptr(GxTransaction) snapshot = NULL;
  gint64 cursor;
  Pull pull;

  if (!read_pull (body, authz, &pull, error))
    return FALSE;
  snapshot = gx_transaction_begin_read (db, error);
  if (snapshot == NULL
      || !gxs_feed_read_clock (&feed, error)
      || !check_epoch (&feed, pull.epoch, error)
      || !parse_cursor (&feed, pull.cursor, &cursor, error))
    return FALSE;

  gxs_feed_write_header (&feed, NULL);
  return gxs_feed_write_scopes (&feed, pull.have, error)
         && check_horizon (&feed, cursor, error)
         && (pull.ack_mid < 0 || gxs_feed_write_results (&feed, pull.ack_mid, error))
         && gxs_feed_write_changes (&feed, cursor, pull.limit, error);
}
