/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of the feed into the store: its rows and its cursor in one transaction, or nothing (sync.md 1.6).
 *
 * A row is a member only of scopes whose load is complete, or of the one being loaded: what the feed says of a scope that
 * is not here yet would never be taken back.
 */
#include "gxc-apply.h"

#include "gx-bug.h"
#include "gx-json.h"
#include "gx-transaction.h"
#include "gxc-member.h"
#include "gxc-meta.h"
#include "gxc-overlay.h"
#include "gxc-queue.h"
#include "gxc-search.h"
#include "gxc-store-private.h"

typedef struct
{
  const GxcFeedPage *page;
  const char    *scope;         /* (nullable): being loaded; %NULL = a pull */
  gint64         acked;         /* the last mutation that had its result before the pull was asked for */
} ApplyArgs;

typedef struct
{
  GxcStore   *store;
  GHashTable *here;             /* set of the names of scopes whose rows are held */
} Applier;

static gboolean
load_scopes (Applier     *applier,
             const char  *loading,
             GError     **error)
{
  g_autoptr(GPtrArray) scopes = gxc_member_scopes (gxc_store_get_db (applier->store), error);

  if (scopes == NULL)
    return FALSE;
  for (guint i = 0; i < scopes->len; i++)
    {
      const GxcScope *scope = g_ptr_array_index (scopes, i);

      if (scope->complete || g_strcmp0 (scope->name, loading) == 0)
        g_hash_table_add (applier->here, g_strdup (scope->name));
    }

  return TRUE;
}

static gboolean
apply_put (Applier        *applier,
           const GxcLine  *line,
           GError        **error)
{
  const GxMeta *meta = line->put.data;
  gboolean held = FALSE;

  for (guint i = 0; line->scopes[i] != NULL; i++)
    if (g_hash_table_contains (applier->here, line->scopes[i]))
      {
        held = TRUE;
        if (!gxc_member_add (applier->store, line->scopes[i], line->put.entity, &meta->id, error))
          return FALSE;
      }

  return !held || gxc_overlay_put (applier->store, &line->put, error);
}

static gboolean
apply_gone (Applier        *applier,
            const GxcLine  *line,
            GError        **error)
{
  return gxc_member_gone (applier->store, line->scope, line->put.entity, &line->id, error);
}

static gboolean
apply_result (Applier        *applier,
              const GxcLine  *line,
              GError        **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (line->text, -1, error);

  return node != NULL && gxc_apply_result (applier->store, json_node_get_object (node), line->text, error);
}

static gboolean
apply_scope_added (Applier        *applier,
                   const GxcLine  *line,
                   GError        **error)
{
  return gxc_member_join (applier->store, line->scope, line->rows, error);
}

static gboolean
apply_scope_dropped (Applier        *applier,
                     const GxcLine  *line,
                     GError        **error)
{
  /* Its rows are gone: what a neighbour scope has to say of them comes with that one's new load. */
  if (!gxc_member_leave (applier->store, line->scope, error))
    return FALSE;
  g_hash_table_remove_all (applier->here);

  return load_scopes (applier, NULL, error);
}

/* Kept for the day when this program compares them (trust.md 2); a note says its own size in its second line. */
static gboolean
apply_checkpoint (Applier        *applier,
                  const GxcLine  *line,
                  GError        **error)
{
  return gxc_meta_set (applier->store, "checkpoint", line->text, error);
}

static gboolean (*const appliers[]) (Applier *applier, const GxcLine *line, GError **error) = {
  [GXC_LINE_PUT] = apply_put,
  [GXC_LINE_GONE] = apply_gone,
  [GXC_LINE_RESULT] = apply_result,
  [GXC_LINE_SCOPE_ADDED] = apply_scope_added,
  [GXC_LINE_SCOPE_DROPPED] = apply_scope_dropped,
  [GXC_LINE_CHECKPOINT] = apply_checkpoint,
};

/**
 * gxc_apply_result:
 * @result: what the server said of one mutation
 * @text: the same, as it came
 *
 * From a push or redelivered by a pull; the second time it does nothing. Inside a GxcStoreFunc and a transaction.
 */
gboolean
gxc_apply_result (GxcStore    *store,
                  JsonObject  *result,
                  const char  *text,
                  GError     **error)
{
  GxcResult told = { .text = text };

  return gx_json_get_int (result, "mid", &told.mid, error)
         && gx_json_opt_id (result, "mut_id", &told.mut_id, error)
         && gx_json_get_string (result, "st", &told.st, error)
         && gx_json_opt_int (result, "seq", &told.seq, error)
         && gxc_queue_settle (store, &told, error);
}

static gboolean
end_load (GxcStore         *store,
          const ApplyArgs  *args,
          GError          **error)
{
  g_autofree char *cursor = gxc_meta_dup (gxc_store_get_db (store), GXC_META_CURSOR);

  if (!gxc_member_advance (store, args->scope, args->page->after, cursor, args->page->lines->len, error))
    return FALSE;

  return args->page->more || gxc_member_complete (store, args->scope, error);
}

/* A grant that came or went: what the person is shown follows with the rows, not with the next sign-in. */
static gboolean
keep_roles (GxcStore           *store,
            char *const        *roles,
            GError            **error)
{
  g_autofree char *known = gxc_meta_dup (gxc_store_get_db (store), GXC_META_ROLES);
  g_autofree char *now = roles != NULL ? g_strjoinv (",", (char **) roles) : NULL;

  if (now == NULL || g_strcmp0 (now, known) == 0)
    return TRUE;
  gxc_store_note (store, GXC_CHANGED_PERSON);

  return gxc_meta_set (store, GXC_META_ROLES, now, error);
}

/* A pull that reached the end saw all that was acknowledged before it began, unless a scope is still to be loaded. */
static gboolean
end_pull (GxcStore         *store,
          const ApplyArgs  *args,
          GError          **error)
{
  g_autoptr(GxcScope) pending = NULL;
  g_autoptr(GError) local = NULL;

  if (!gxc_meta_set (store, GXC_META_CURSOR, args->page->cursor, error)
      || !gxc_meta_set_int (store, GXC_META_PERM_VER, args->page->perm_ver, error)
      || !keep_roles (store, args->page->roles, error))
    return FALSE;
  if (args->page->more && !GX_BUG (GX_BUG_LIFT))
    return TRUE;

  pending = gxc_member_next (gxc_store_get_db (store), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if ((pending == NULL || GX_BUG (GX_BUG_LIFT)) && !gxc_overlay_lift_acked (store, args->acked, error))
    return FALSE;

  return gxc_meta_set_int (store, GXC_META_LAST_SYNC, gx_clock_now (gxc_store_get_clock (store)), error);
}

static gboolean
check_epoch (GxcStore       *store,
             const GxcFeedPage  *page,
             GError        **error)
{
  g_autofree char *epoch = gxc_meta_dup (gxc_store_get_db (store), GXC_META_EPOCH);

  if (epoch == NULL)
    return gxc_meta_set (store, GXC_META_EPOCH, page->epoch, error);

  return g_str_equal (epoch, page->epoch) || gx_fail (error, GX_ERROR_EPOCH, "the server's database was restored from a backup");
}

/* For a test of the tests: a cursor that is not in its page's transaction. */
static const ApplyArgs *
set_cursor_apart (GxcStore        *store,
                  const ApplyArgs *args)
{
  if (GX_BUG (GX_BUG_APART) && args->page->cursor != NULL)
    gxc_meta_set (store, GXC_META_CURSOR, args->page->cursor, NULL);

  return args;
}

static gboolean
apply_here (GxcStore  *store,
            gpointer   data,
            GError   **error)
{
  const ApplyArgs *args = set_cursor_apart (store, data);
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  g_autoptr(GHashTable) here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Applier applier = { store, here };

  if (transaction == NULL || !check_epoch (store, args->page, error) || !load_scopes (&applier, args->scope, error))
    return FALSE;
  for (guint i = 0; i < args->page->lines->len; i++)
    {
      const GxcLine *line = &g_array_index (args->page->lines, GxcLine, i);

      if (!appliers[line->kind] (&applier, line, error))
        return FALSE;
    }

  return (args->scope != NULL ? end_load : end_pull) (store, args, error) && gxc_store_commit (store, transaction, error);
}

/**
 * gxc_apply_page:
 * @scope: (nullable): the one being loaded; %NULL for a pull
 * @acked: of a pull: the last mutation that had its result before the pull was asked for
 */
gboolean
gxc_apply_page (GxcStore       *store,
                const GxcFeedPage  *page,
                const char     *scope,
                gint64          acked,
                GError        **error)
{
  ApplyArgs args = { page, scope, acked };

  return gxc_store_call (store, apply_here, &args, error);
}
