/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which customers are found by what a person typed: by the index of words (names, readings, contacts, whole customer
 * numbers), and by four digits also those whose customer number ends in them. Ids only, in no order: that is the list's.
 * How the words are made is gxc-search's.
 */
#include "gxc-find.h"

#include "gx-text.h"

#include <string.h>

#define TAIL 4
#define WORDS "SELECT customer_id FROM name_fts CROSS JOIN name_row ON n=name_fts.rowid WHERE name_fts MATCH ?"
#define ENDS  "SELECT id FROM customer WHERE substr(cif_no, -4)=?"

static gboolean
is_tail (const char *typed)
{
  return strlen (typed) == TAIL && strspn (typed, "0123456789") == TAIL;
}

/** gxc_find_init: clear with gxc_find_clear() */
void
gxc_find_init (GxcFind    *find,
               const char *typed)
{
  g_autofree char *stripped = g_strstrip (g_strdup (typed));

  *find = (GxcFind) { .match = gx_text_query (typed), .tail = is_tail (stripped) ? g_steal_pointer (&stripped) : NULL };
}

void
gxc_find_clear (GxcFind *find)
{
  g_clear_pointer (&find->match, g_free);
  g_clear_pointer (&find->tail, g_free);
}

/** gxc_find_sql: (transfer none): selects the ids, each perhaps twice; for gxc_find_bind() */
const char *
gxc_find_sql (const GxcFind *find)
{
  return find->tail != NULL ? WORDS " UNION ALL " ENDS : WORDS;
}

/** gxc_find_bind: @index is the first of gxc_find_sql()'s own parameters */
void
gxc_find_bind (const GxcFind *find,
               GxStatement   *statement,
               int            index)
{
  gx_statement_bind_text (statement, index, find->match);
  if (find->tail != NULL)
    gx_statement_bind_text (statement, index + 1, find->tail);
}

/**
 * gxc_find_ids:
 *
 * Returns: (transfer full) (nullable) (element-type GxId): all who are found, in no order, each perhaps twice
 */
GArray *
gxc_find_ids (const GxcFind  *find,
              GxDb           *db,
              GError        **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));
  g_autoptr(GxStatement) statement = NULL;

  if (find->match == NULL)
    return g_steal_pointer (&ids);
  statement = gx_db_prepare (db, gxc_find_sql (find), error);
  if (statement == NULL)
    return NULL;
  gxc_find_bind (find, statement, 1);

  return gx_statement_collect_ids (statement, ids, error) ? g_steal_pointer (&ids) : NULL;
}
