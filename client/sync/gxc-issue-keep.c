/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Keep mine": a new mutation upon the server's present version, of all fields that travelled together: the refused one had no
 * effect at all. A bundle is kept as a bundle. What a rule refused is not kept this way, nor is a request: it is made again
 * from its text.
 */
#include "gxc-issues-private.h"

#include "gx-json.h"
#include "gx-transaction.h"
#include "gxc-queue-private.h"
#include "gxc-store-private.h"

#include <glib/gi18n.h>

static JsonObject *
originals_of (const GxcIssue *issue,
              JsonObject     *set)
{
  JsonObject *original = json_object_new ();

  for (guint i = 0; i < issue->fields->len; i++)
    {
      const GxcIssueField *field = g_ptr_array_index (issue->fields, i);
      JsonObject *base = gxc_issue_object (gxc_issue_object (set, field->field), "b");

      if (base != NULL && json_object_has_member (base, "v"))
        json_object_set_member (original, field->field, json_node_copy (json_object_get_member (base, "v")));
    }

  return original;
}

/* Fields in conflict are now based on what the server has; the others keep their base. */
static JsonObject *
rebase_set (const GxcIssue *issue,
            JsonObject     *set)
{
  for (guint i = 0; i < issue->fields->len; i++)
    {
      const GxcIssueField *field = g_ptr_array_index (issue->fields, i);
      JsonObject *change = gxc_issue_object (set, field->field), *base;

      if (change == NULL || !field->conflict)
        continue;
      base = json_object_new ();
      json_object_set_int_member (base, "s", field->seq);
      json_object_set_object_member (change, "b", base);
    }

  return set;
}

/* A later one of a bundle may be based on an earlier one of it, which has a new number now. */
static gboolean
map_base (JsonObject *base,
          gpointer    data)
{
  const gint64 *number;
  gint64 mid = json_object_get_int_member_with_default (base, "m", 0);

  number = g_hash_table_lookup (data, &mid);
  if (number != NULL)
    json_object_set_int_member (base, "m", *number);

  return number != NULL;
}

static gint64
keep_create (GxcStore        *store,
             const GxcIssue  *issue,
             JsonObject      *mutation,
             GError         **error)
{
  return gxc_queue_append (store, issue->entity, &issue->id, "create", gxc_issue_object (mutation, "set"), NULL, NULL, error);
}

static gint64
keep_patch (GxcStore        *store,
            const GxcIssue  *issue,
            JsonObject      *mutation,
            GError         **error)
{
  JsonObject *set = gxc_issue_object (mutation, "set");
  g_autoptr(JsonObject) original = originals_of (issue, set);

  return gxc_queue_append (store, issue->entity, &issue->id, "patch", rebase_set (issue, set), NULL, original, error);
}

/* Upon what stands there now, where the refusal told. */
static gint64
keep_delete (GxcStore        *store,
             const GxcIssue  *issue,
             JsonObject      *mutation,
             GError         **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (issue->result, -1, error);
  JsonObject *base = gxc_issue_object (mutation, "b"), *first;
  JsonArray *at = NULL;
  gint64 seq;

  if (node == NULL)
    return 0;
  if (g_str_equal (issue->kind, "conflict")
      && (!gx_json_get_array (json_node_get_object (node), "at", &at, error)
          || !gx_json_item_object (at, 0, "at", &first, error)
          || !gx_json_get_int (first, "s", &seq, error)))
    return 0;
  if (at != NULL)
    {
      json_object_remove_member (base, "m");
      json_object_set_int_member (base, "s", seq);
    }

  return gxc_queue_append (store, issue->entity, &issue->id, "delete", NULL, base, NULL, error);
}

static const struct
{
  const char *op;
  gint64    (*keep) (GxcStore *store, const GxcIssue *issue, JsonObject *mutation, GError **error);
} keepers[] = {
  { "create", keep_create },
  { "patch",  keep_patch },
  { "delete", keep_delete },
};

static gboolean
can_be_kept (const GxcIssue  *issue,
             GError         **error)
{
  if (issue->entity != NULL && (g_str_equal (issue->kind, "conflict") || g_strcmp0 (issue->code, "BUNDLE") == 0))
    for (guint i = 0; i < G_N_ELEMENTS (keepers); i++)
      if (g_str_equal (keepers[i].op, issue->op))
        return TRUE;

  return gx_fail (error, GX_ERROR_STATE, _("Only a conflict can be kept; this was refused: make the change again."));
}

static gboolean
keep_one (GxcStore        *store,
          const GxcIssue  *issue,
          GHashTable      *numbers,
          GError         **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (issue->body, -1, error);
  gint64 mid = 0;

  if (node == NULL)
    return FALSE;
  gxc_body_visit_bases (json_node_get_object (node), map_base, numbers);
  for (guint i = 0; i < G_N_ELEMENTS (keepers); i++)
    if (g_str_equal (keepers[i].op, issue->op))
      mid = keepers[i].keep (store, issue, json_node_get_object (node), error);
  if (mid == 0)
    return FALSE;

  g_hash_table_insert (numbers, g_memdup2 (&issue->mid, sizeof mid), g_memdup2 (&mid, sizeof mid));
  return gxc_issue_close (store, issue->mid, error);
}

static gboolean
keep_all (GxcStore   *store,
          GPtrArray  *issues,
          GError    **error)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  for (guint i = 0; i < issues->len; i++)
    if (!can_be_kept (g_ptr_array_index (issues, i), error))
      return FALSE;
  for (guint i = 0; i < issues->len; i++)
    if (!keep_one (store, g_ptr_array_index (issues, i), numbers, error))
      return FALSE;

  return TRUE;
}

/* The issue, and what belongs to it. */
static GPtrArray *
find_all (GxDb    *db,
          gint64   mid,
          GError **error)
{
  g_autoptr(GxcIssue) issue = gxc_issues_find (db, mid, error);
  GPtrArray *alone;

  if (issue == NULL)
    return NULL;
  if (!gx_id_is_none (&issue->bundle))
    return gxc_issues_of_bundle (db, &issue->bundle, error);

  alone = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_issue_free);
  g_ptr_array_add (alone, g_steal_pointer (&issue));
  return alone;
}

static gboolean
keep_mine_here (GxcStore  *store,
                gpointer   data,
                GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  g_autoptr(GPtrArray) issues = transaction != NULL ? find_all (gxc_store_get_db (store), *(gint64 *) data, error) : NULL;
  gboolean ok;

  if (issues == NULL)
    return FALSE;
  if (issues->len > 1)
    gxc_store_begin_bundle (store);
  ok = keep_all (store, issues, error);
  gxc_store_end_bundle (store);

  return ok && gxc_store_commit (store, transaction, error);
}

/**
 * gxc_issues_keep_mine:
 *
 * Asks again for what was asked for, now upon the server's present version, and closes the issue. What belonged to it is asked
 * for again with it.
 *
 * Errors: %GX_ERROR_STATE if it is no conflict, %GX_ERROR_NOT_FOUND
 */
gboolean
gxc_issues_keep_mine (GxcStore  *store,
                      gint64     mid,
                      GError   **error)
{
  return gxc_store_call (store, keep_mine_here, &mid, error);
}
