/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk's store beside the bank's rows. It asks the two databases and no code that is under test but the two that write a
 * row as JSON.
 */
#include "gxt-same.h"

#include "gx-catalog.h"
#include "gxc-list.h"
#include "gxs-records.h"

static GHashTable *
rows_at_bank (GxtLine        *line,
              const GxsAuthz *authz,
              const GxEntity *entity)
{
  GHashTable *ids = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; authz->scopes[i] != NULL; i++)
    {
      g_autoptr(GxStatement) statement =
        gx_db_query (line->bank->db, &error, "SELECT r.row_id FROM scope_row r JOIN scope s ON s.id=r.scope WHERE r.gone=0 AND r.tbl=? AND s.name=?",
                     "nt", (int) entity->number, authz->scopes[i]);

      g_assert_no_error (error);
      while (gx_statement_next (statement, &error))
        {
          GxId id = gx_statement_get_id (statement, 0);

          g_hash_table_add (ids, gx_id_copy (&id));
        }
      g_assert_no_error (error);
    }

  return ids;
}

static guint
compare (GxtLine        *line,
         GxDb           *store,
         const GxsAuthz *authz,
         const GxEntity *entity)
{
  g_autoptr(GHashTable) there = rows_at_bank (line, authz, entity);
  GxcListQuery query = { .entity = entity };
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) here = gxc_list_ids (store, &query, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < here->len; i++)
    {
      const GxId *id = &g_array_index (here, GxId, i);
      g_autofree char *mine = gxc_list_to_json (store, entity, id, &error);
      g_autoptr(GString) theirs = g_string_new (NULL);

      g_assert_no_error (error);
      if (!g_hash_table_contains (there, id))
        g_error ("person %u holds a row that is not in scope: %s", line->person, mine);
      gxs_records_get (line->bank->db, authz, entity, id, theirs, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (mine, ==, theirs->str);
    }
  if (here->len != g_hash_table_size (there))
    g_error ("person %u has %u of %u rows of %s", line->person, here->len, g_hash_table_size (there), entity->name);

  return here->len;
}

guint
gxt_same_rows (GxtLine *line,
               GxDb    *store)
{
  g_autoptr(GxsAuthz) authz = gxt_line_authz (line);
  guint n = 0;

  for (guint i = 0; i < gx_n_entities; i++)
    if (gx_entities[i]->fact_of == NULL)
      n += compare (line, store, authz, gx_entities[i]);

  return n;
}
