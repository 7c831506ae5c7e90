/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search line, asked of the whole bank: the name index for names, blind indexes for numbers (sql.md 1.3).
 *
 * Whom the session may see is part of the query, not of what is done with its rows: so fifty hits are fifty hits that
 * one may see. The index's own language is spoken here and in gxs-name-index only.
 */
#include "gxs-search.h"

#include "gx-customer.h"
#include "gx-text.h"
#include "gx-transaction.h"
#include "gxs-row.h"

#include <string.h>

#define MAX_BRANCHES 8      /* grants of one session that are written into the query */

typedef struct
{
  GxDb           *db;
  const GxsAuthz *authz;
  gint64          limit;
  GString        *out;
  GHashTable     *seen;       /* of GxId */
} Search;

/* Whose customers: as SQL over `t`, a customer or its row of the name index, and its parameters. */
static void
append_scope (GString        *sql,
              const GxsAuthz *authz)
{
  if (gx_role_can (authz->roles, GX_CAN_READ_BANK))
    return;

  g_string_append (sql, " AND (t.primary_rm_id = ? OR t.wealth_mgr_id = ?");
  for (guint i = 0; i < MIN (authz->branch_paths->len, MAX_BRANCHES); i++)
    g_string_append (sql, " OR substr(t.org_path, 1, length(?)) = ?");
  g_string_append_c (sql, ')');
}

static int
bind_scope (GxStatement    *statement,
            int             index,
            const GxsAuthz *authz)
{
  if (gx_role_can (authz->roles, GX_CAN_READ_BANK))
    return index;

  gx_statement_bind_id (statement, index++, &authz->employee_id);
  gx_statement_bind_id (statement, index++, &authz->employee_id);
  for (guint i = 0; i < MIN (authz->branch_paths->len, MAX_BRANCHES); i++)
    {
      gx_statement_bind_text (statement, index++, g_ptr_array_index (authz->branch_paths, i));
      gx_statement_bind_text (statement, index++, g_ptr_array_index (authz->branch_paths, i));
    }

  return index;
}

static gboolean
show_hit (Search      *search,
          const GxId  *id,
          GError     **error)
{
  g_auto(GxsRow) row = { 0 };
  gsize at = search->out->len;
  GxJsonWriter writer;
  gboolean shown;

  if (g_hash_table_contains (search->seen, id) || (gint64) g_hash_table_size (search->seen) >= search->limit)
    return TRUE;
  if (!gxs_row_find (search->db, &gx_customer_entity, id, &row, error))
    return FALSE;
  if (row.data == NULL || !gxs_authz_may_read (search->authz, row.entity, row.data, &row.holders))
    return TRUE;

  if (g_hash_table_size (search->seen) > 0)
    g_string_append_c (search->out, ',');
  gx_json_writer_init (&writer, search->out);
  if (!gxs_row_show (search->db, search->authz, &row, NULL, FALSE, &writer, &shown, error))
    return FALSE;
  if (shown)
    g_hash_table_add (search->seen, gx_id_copy (id));
  else
    g_string_truncate (search->out, at);
  return TRUE;
}

/* Ids first, in the order of names; whole rows only of those that are shown. */
static gboolean
show_hits (Search       *search,
           GxStatement  *statement,
           int           index,
           GError      **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));

  index = bind_scope (statement, index, search->authz);
  gx_statement_bind_int (statement, index, search->limit);
  if (!gx_statement_collect_ids (statement, ids, error))
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (!show_hit (search, &g_array_index (ids, GxId, i), error))
      return FALSE;
  return TRUE;
}

static GxStatement *
prepare (Search      *search,
         const char  *id,
         const char  *from,
         const char  *order,
         GError     **error)
{
  g_autoptr(GString) sql = g_string_new ("SELECT ");

  g_string_append_printf (sql, "%s FROM %s", id, from);
  append_scope (sql, search->authz);
  g_string_append_printf (sql, " ORDER BY %s LIMIT ?", order);
  return gx_db_prepare (search->db, sql->str, error);
}

static GxStatement *
prepare_numbers (Search      *search,
                 const char  *from,
                 GError     **error)
{
  return prepare (search, "t.id", from, "t.name_pinyin, t.id", error);
}

/* The index is numbered in the order of names: it stops at the limit. */
static gboolean
search_names (Search      *search,
              const char  *text,
              GError     **error)
{
  g_autofree char *question = gx_text_query (text);
  g_autoptr(GxStatement) statement = NULL;

  if (question == NULL)
    return TRUE;

  statement = prepare (search, "t.customer_id", "name_fts f CROSS JOIN name_row t ON t.n = f.rowid WHERE name_fts MATCH ?",
                       "f.rowid", error);
  if (statement == NULL)
    return FALSE;

  gx_statement_bind_text (statement, 1, question);
  return show_hits (search, statement, 2, error);
}

static gboolean
search_cif_no (Search      *search,
               const char  *digits,
               GError     **error)
{
  g_autoptr(GxStatement) statement = prepare_numbers (search, "customer t WHERE t.del = 0 AND t.cif_no LIKE '%' || ?", error);

  if (statement == NULL)
    return FALSE;

  gx_statement_bind_text (statement, 1, digits);
  return show_hits (search, statement, 2, error);
}

/* Found without being read: the question's blind index is looked up. */
static gboolean
search_blind (Search      *search,
              const char  *table,
              const char  *column,
              const char  *index_column,
              const char  *value,
              GError     **error)
{
  GxSealer *sealer = gx_db_get_sealer (search->db);
  g_autofree char *from = g_strdup_printf ("%s k CROSS JOIN customer t ON t.id = k.customer_id WHERE k.del = 0 AND t.del = 0 AND k.%s = ?",
                                           table, index_column);
  g_autoptr(GxStatement) statement = NULL;
  g_autoptr(GBytes) blind = NULL;

  if (sealer == NULL)
    return TRUE;
  statement = prepare_numbers (search, from, error);
  if (statement == NULL)
    return FALSE;

  blind = sealer->blind (sealer, table, column, value);
  gx_statement_bind_bytes (statement, 1, blind);
  return show_hits (search, statement, 2, error);
}

static gboolean
search_numbers (Search      *search,
                const char  *text,
                GError     **error)
{
  gsize length = strlen (text);
  gboolean digits = length >= 4 && strspn (text, "0123456789") == length;

  if (digits && length <= 10 && !search_cif_no (search, text, error))
    return FALSE;
  if (digits && length == 4 && !search_blind (search, "contact_point", "value_tail", "value_tail", text, error))
    return FALSE;

  return length < 6 || (search_blind (search, "contact_point", "value", "value_bi", text, error)
                        && search_blind (search, "identifier", "number", "number_bi", text, error));
}

/**
 * gxs_search:
 *
 * Errors: %GX_ERROR_INVALID for a question that is empty or too long
 */
gboolean
gxs_search (GxDb            *db,
            const GxsAuthz  *authz,
            const char      *text,
            gint64           limit,
            GString         *out,
            GError         **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, NULL);
  Search search = { .db = db, .authz = authz, .limit = limit, .out = out, .seen = seen };
  g_autofree char *trimmed = text != NULL ? gx_text_trim (text) : NULL;
  g_autoptr(GxTransaction) snapshot = NULL;

  if (trimmed == NULL || *trimmed == '\0' || g_utf8_strlen (trimmed, -1) > GXS_SEARCH_TEXT_MAX)
    return gx_fail_field (error, GX_ERROR_INVALID, "q", "range", "must have 1 to %d characters", GXS_SEARCH_TEXT_MAX);
  snapshot = gx_transaction_begin_read (db, error);
  if (snapshot == NULL)
    return FALSE;

  g_string_append (out, "{\"rows\":[");
  if (!search_names (&search, trimmed, error) || !search_numbers (&search, trimmed, error))
    return FALSE;
  g_string_append (out, "]}");
  return TRUE;
}
