/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Issues tray: mutations that the server refused, each with what the person saw, wanted and met. Nothing typed is lost
 * by a refusal; an issue ends when a person says so: here, or by keeping it (gxc-issue-keep).
 */
#include "gxc-issues-private.h"

#include "gx-catalog.h"
#include "gx-entity-json.h"
#include "gx-transaction.h"
#include "gxc-overlay.h"
#include "gxc-queue-private.h"
#include "gxc-store-lease.h"
#include "gxc-store-private.h"

#include <glib/gi18n.h>
#include <string.h>

static void
field_free (gpointer data)
{
  GxcIssueField *field = data;

  g_free (field->field);
  g_free (field->base);
  g_free (field->mine);
  g_free (field->theirs);
  g_free (field);
}

void
gxc_issue_free (GxcIssue *issue)
{
  g_free (issue->kind);
  g_free (issue->op);
  g_free (issue->code);
  g_free (issue->detail);
  g_free (issue->broken);
  g_free (issue->rule);
  g_free (issue->theirs_by);
  g_free (issue->body);
  g_free (issue->result);
  g_ptr_array_unref (issue->fields);
  g_free (issue);
}

/* The machine's word for a JSON value of @name; what cannot be read as such is shown as it came. */
static char *
value_text (const GxEntity *entity,
            const char     *name,
            JsonNode       *node)
{
  const GxField *field = entity != NULL ? gx_entity_find (entity, name) : NULL;
  gpointer row;
  char *text = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (field == NULL)
    return gx_json_canonical (node);

  row = gx_entity_new (entity);
  if (!gx_field_from_json (field, node, row, NULL))
    text = gx_json_canonical (node);
  else if (!gx_field_is_none (field, row))
    text = gx_field_to_text (field, row);
  gx_entity_free (entity, row);

  return text;
}

/** gxc_issue_member: (nullable) (transfer none) */
JsonNode *
gxc_issue_member (JsonObject *object,
                  const char *name)
{
  return object != NULL && json_object_has_member (object, name) ? json_object_get_member (object, name) : NULL;
}

/** gxc_issue_object: (nullable) (transfer none) */
JsonObject *
gxc_issue_object (JsonObject *object,
                  const char *name)
{
  JsonNode *node = gxc_issue_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
add_conflict (GxcIssueField  *field,
              const GxEntity *entity,
              JsonObject     *result)
{
  JsonNode *node = gxc_issue_member (result, "at");
  JsonArray *at = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; at != NULL && i < json_array_get_length (at); i++)
    {
      JsonObject *conflict = json_array_get_object_element (at, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (conflict, "f", ""), field->field) != 0)
        continue;
      field->conflict = TRUE;
      field->theirs = value_text (entity, field->field, gxc_issue_member (conflict, "server"));
      field->seq = json_object_get_int_member_with_default (conflict, "s", 0);
    }
}

/* Of a request, what is changed is "after"; of a create the values stand by themselves, of a patch in "v". */
static void
add_fields (GxcIssue   *issue,
            JsonObject *set,
            JsonObject *original,
            JsonObject *result)
{
  gboolean patch = g_str_equal (issue->op, "patch");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (set == NULL)
    return;
  json_object_iter_init (&iter, set);
  while (json_object_iter_next (&iter, &name, &node))
    {
      GxcIssueField *field = g_new0 (GxcIssueField, 1);

      if (patch)
        node = JSON_NODE_HOLDS_OBJECT (node) ? gxc_issue_member (json_node_get_object (node), "v") : NULL;
      field->field = g_strdup (name);
      field->mine = value_text (issue->entity, name, node);
      field->base = value_text (issue->entity, name, gxc_issue_member (original, name));
      add_conflict (field, issue->entity, result);
      g_ptr_array_add (issue->fields, field);
    }
}

static char *
node_text (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  if (node != NULL)
    gx_json_write_node (out, node);

  return g_string_free (out, FALSE);
}

static void
read_subject (GxcIssue   *issue,
              JsonObject *mutation,
              JsonObject **set)
{
  const char *tbl = json_object_get_string_member_with_default (mutation, "tbl", "");
  const char *id = json_object_get_string_member_with_default (mutation, "id", "");

  *set = gxc_issue_object (mutation, "set");
  if (g_str_equal (issue->op, "cr.submit") && *set != NULL)
    {
      tbl = json_object_get_string_member_with_default (*set, "tbl", "");
      id = json_object_get_string_member_with_default (*set, "entity_id", "");
      *set = gxc_issue_object (*set, "after");
    }
  issue->entity = gx_entity_by_name (tbl);
  if (!gx_id_parse (id, &issue->id))
    issue->id = GX_ID_NONE;
}

/* Who wrote what stands in the way: of the row, so the same for each field in conflict. */
static void
read_author (GxcIssue   *issue,
             JsonObject *result)
{
  JsonArray *at = NULL;
  JsonObject *conflict;

  if (!gx_json_opt_array (result, "at", &at, NULL) || at == NULL || json_array_get_length (at) == 0
      || !gx_json_item_object (at, 0, "at", &conflict, NULL))
    return;
  issue->theirs_by = g_strdup (json_object_get_string_member_with_default (conflict, "name", NULL));
  issue->theirs_at = json_object_get_int_member_with_default (conflict, "at", 0);
}

static void
read_violation (GxcIssue   *issue,
                JsonObject *result)
{
  JsonArray *violations = NULL;
  JsonObject *first;

  if (!gx_json_opt_array (result, "violations", &violations, NULL) || violations == NULL || json_array_get_length (violations) == 0
      || !gx_json_item_object (violations, 0, "violations", &first, NULL))
    return;
  issue->broken = g_strdup (json_object_get_string_member_with_default (first, "field", NULL));
  issue->rule = g_strdup (json_object_get_string_member_with_default (first, "rule", NULL));
}

static GxcIssue *
issue_new (JsonObject *mutation,
           JsonObject *result,
           JsonObject *original)
{
  GxcIssue *issue = g_new0 (GxcIssue, 1);
  JsonObject *set;

  issue->fields = g_ptr_array_new_with_free_func (field_free);
  issue->op = g_strdup (mutation != NULL ? json_object_get_string_member_with_default (mutation, "op", "") : "");
  if (result != NULL)
    {
      issue->code = g_strdup (json_object_get_string_member_with_default (result, "code", NULL));
      issue->detail = g_strdup (json_object_get_string_member_with_default (result, "detail", NULL));
      read_violation (issue, result);
      read_author (issue, result);
    }
  if (mutation != NULL)
    {
      read_subject (issue, mutation, &set);
      add_fields (issue, set, original, result);
    }

  return issue;
}

static GxcIssue *
read_issue (GxStatement  *statement,
            GError      **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (gx_statement_get_text (statement, 2), -1, error);
  JsonObject *all = node != NULL ? gx_json_root_object (node, error) : NULL;
  GxcIssue *issue;

  if (all == NULL)
    return NULL;
  issue = issue_new (gxc_issue_object (all, "mutation"), gxc_issue_object (all, "result"), gxc_issue_object (all, "original"));
  issue->mid = gx_statement_get_int (statement, 0);
  issue->kind = g_strdup (gx_statement_get_text (statement, 1));
  issue->opened_at = gx_statement_get_int (statement, 3);
  issue->bundle = gx_statement_get_id (statement, 4);
  issue->body = node_text (gxc_issue_member (all, "mutation"));
  issue->result = node_text (gxc_issue_member (all, "result"));

  return issue;
}

/**
 * gxc_issues_read_waiting:
 *
 * Returns: (transfer full) (nullable): a mutation that still waits, told like one that was refused: its kind is "waiting",
 * it has no code, and its fields have no other side
 */
GxcIssue *
gxc_issues_read_waiting (GxDb               *db,
                         const GxcMutation  *mutation,
                         GError            **error)
{
  g_autoptr(JsonNode) node = gxc_body_read (mutation->body, mutation->schema, error);
  g_autofree char *seen = gxc_overlay_dup_original (db, mutation->mid);
  g_autoptr(JsonNode) original = seen != NULL ? gx_json_parse (seen, -1, NULL) : NULL;
  JsonObject *body = node != NULL ? json_node_get_object (node) : NULL;
  GxcIssue *issue;

  if (body == NULL)
    return NULL;
  issue = issue_new (body, NULL, original != NULL && JSON_NODE_HOLDS_OBJECT (original) ? json_node_get_object (original) : NULL);
  issue->mid = mutation->mid;
  issue->kind = g_strdup ("waiting");
  issue->opened_at = mutation->created_at;
  issue->body = g_strdup (mutation->body);

  return issue;
}

#define SELECT_ISSUE "SELECT mid, kind, body, opened_at, bundle FROM issue WHERE closed_at IS NULL "

static GPtrArray *
load_issues (GxStatement  *statement,
             GError      **error)
{
  g_autoptr(GPtrArray) issues = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_issue_free);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (gx_statement_next (statement, &local))
    {
      GxcIssue *issue = read_issue (statement, error);

      if (issue == NULL)
        return NULL;
      g_ptr_array_add (issues, issue);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }

  return g_steal_pointer (&issues);
}

/**
 * gxc_issues_list:
 *
 * Returns: (transfer full) (nullable) (element-type GxcIssue): the open ones, the oldest first
 */
GPtrArray *
gxc_issues_list (GxDb    *db,
                 GError **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, SELECT_ISSUE "ORDER BY mid", NULL);

  return load_issues (statement, error);
}

/** gxc_issues_of_bundle: (transfer full) (nullable): the open ones that belong together, in the order they were made */
GPtrArray *
gxc_issues_of_bundle (GxDb        *db,
                      const GxId  *bundle,
                      GError     **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, SELECT_ISSUE "AND bundle=? ORDER BY mid", "u", bundle);

  return load_issues (statement, error);
}

/**
 * gxc_issues_find:
 *
 * Errors: %GX_ERROR_NOT_FOUND if there is no open issue of that number
 */
GxcIssue *
gxc_issues_find (GxDb    *db,
                 gint64   mid,
                 GError **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, SELECT_ISSUE "AND mid=?", "i", mid);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  if (gx_statement_next (statement, &local))
    return read_issue (statement, error);
  if (local != NULL)
    g_propagate_error (error, local);
  else
    gx_fail (error, GX_ERROR_NOT_FOUND, _("There is no open issue %ld."), (long) mid);

  return NULL;
}

/** gxc_issue_close: the person has said what becomes of it; its text stays */
gboolean
gxc_issue_close (GxcStore  *store,
                 gint64     mid,
                 GError   **error)
{
  GxDb *db = gxc_store_get_db (store);

  if (!gxc_lease_check (store, error))
    return FALSE;
  gxc_store_note (store, GXC_CHANGED_ISSUES);
  if (!gx_db_run (db, error, "UPDATE issue SET closed_at=? WHERE mid=? AND closed_at IS NULL", "ii",
                  gx_clock_now (gxc_store_get_clock (store)), mid))
    return FALSE;

  return gx_db_changes (db) > 0 || gx_fail (error, GX_ERROR_NOT_FOUND, _("There is no open issue %ld."), (long) mid);
}

static gboolean
drop_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction != NULL && gxc_issue_close (store, *(gint64 *) data, error) && gxc_store_commit (store, transaction, error);
}

/**
 * gxc_issues_drop:
 *
 * The person takes what the server has. The text stays in the store, closed.
 */
gboolean
gxc_issues_drop (GxcStore  *store,
                 gint64     mid,
                 GError   **error)
{
  return gxc_store_call (store, drop_here, &mid, error);
}
