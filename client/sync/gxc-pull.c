/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pull: what changed in the session's scopes since the cursor, page by page (sync.md 1.6). */
#include "gxc-steps.h"

#include "gx-json.h"
#include "gx-protocol.h"
#include "gxc-apply.h"
#include "gxc-member.h"
#include "gxc-meta.h"

typedef struct
{
  char      *cursor;            /* (nullable) */
  char      *epoch;             /* (nullable): not known yet */
  GPtrArray *scopes;            /* of GxcScope */
  gint64     ack_mid;
} PullState;

static void
pull_state_clear (PullState *state)
{
  g_free (state->cursor);
  g_free (state->epoch);
  g_clear_pointer (&state->scopes, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PullState, pull_state_clear)

static gboolean
load_state_here (GxcStore  *store,
                 gpointer   data,
                 GError   **error)
{
  PullState *state = data;
  GxDb *db = gxc_store_get_db (store);

  state->cursor = gxc_meta_dup (db, GXC_META_CURSOR);
  state->epoch = gxc_meta_dup (db, GXC_META_EPOCH);
  state->ack_mid = gxc_meta_get_int (db, GXC_META_ACK_MID);
  state->scopes = gxc_member_scopes (db, error);

  return state->scopes != NULL;
}

/* Scopes whose first load is under way are not had yet, but the server need not announce them again either: it does, and
 * that changes nothing. */
static GBytes *
write_pull (GxcContext      *context,
            const PullState *state)
{
  GxId client_id = gxc_context_get_client_id (context);
  g_autoptr(GString) out = g_string_new (NULL);
  gsize length;
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_id (&writer, "client_id", &client_id);
  gx_json_writer_put_int (&writer, "schema", GX_SCHEMA);
  if (state->epoch != NULL)
    gx_json_writer_put_string (&writer, "epoch", state->epoch);
  if (state->cursor != NULL)
    gx_json_writer_put_string (&writer, "cursor", state->cursor);
  gx_json_writer_member (&writer, "have");
  gx_json_writer_begin_array (&writer);
  for (guint i = 0; i < state->scopes->len; i++)
    {
      const GxcScope *scope = g_ptr_array_index (state->scopes, i);

      if (scope->complete)
        gx_json_writer_string (&writer, scope->name);
    }
  gx_json_writer_end_array (&writer);
  gx_json_writer_put_int (&writer, "limit", GX_PULL_LIMIT);
  gx_json_writer_put_int (&writer, "ack_mid", state->ack_mid);
  gx_json_writer_end_object (&writer);
  length = out->len;

  return g_bytes_new_take (g_string_free (g_steal_pointer (&out), FALSE), length);
}

/**
 * gxc_pull_step:
 *
 * One page. Errors: %GX_ERROR_MALFORMED if the answer was not whole, %GX_ERROR_CURSOR_EXPIRED, %GX_ERROR_EPOCH …
 */
gboolean
gxc_pull_step (GxcContext    *context,
               GxcApi        *api,
               gboolean      *out_more,
               GCancellable  *cancellable,
               GError       **error)
{
  GxcStore *store = gxc_context_get_store (context);
  g_auto(PullState) state = { 0 };
  g_autoptr(GBytes) body = NULL;
  g_autoptr(GBytes) answer = NULL;
  g_autoptr(GxcFeedPage) page = NULL;

  if (!gxc_store_call (store, load_state_here, &state, error))
    return FALSE;
  body = write_pull (context, &state);
  answer = gxc_api_pull (api, body, cancellable, error);
  page = answer != NULL ? gxc_feed_page_parse (answer, error) : NULL;
  if (page == NULL)
    return FALSE;
  if (page->cursor == NULL)
    return gx_fail (error, GX_ERROR_MALFORMED, "a pull without a cursor");
  if (!gxc_apply_page (store, page, NULL, state.ack_mid, error))
    return FALSE;

  /* Only what is in the store has been pulled. */
  *out_more = page->more;
  return TRUE;
}
