/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person saw and typed in the simulation. From it two things follow: what was typed is shown, from the moment it is saved
 * until a row of the bank is here that is at least as new (nothing jumps back); and what a mutation writes over is what its person
 * saw (I6, asked in gxt-sim-writes).
 *
 * It looks at what a window would look at, and of the store's own books only at where a mutation stands.
 */
#include "gxt-sim.h"

#include "gx-catalog.h"
#include "gx-entity-json.h"
#include "gx-sql.h"

typedef struct
{
  const GxEntity *entity;
  const GxField  *field;
  GxId            id;           /* of the row */
  GxId            mut_id;
  char            text[40];     /* as it was typed */
} Typed;

static char *
dup_text (const GxField *field,
          gconstpointer  data)
{
  char *text = gx_field_to_text (field, data);

  return text != NULL ? text : g_strdup ("");
}

static GxId
mutation_of (GxDb   *db,
             gint64  mid)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, NULL, "SELECT mut_id FROM queue WHERE mid=?", "i", mid);

  return statement != NULL && gx_statement_next (statement, NULL) ? gx_statement_get_id (statement, 0) : GX_ID_NONE;
}

/**
 * gxt_sim_note_typed:
 * @before: the row as its person saw it
 * @after: as it was left
 * @mid: of the mutation that says so
 *
 * Fields that merge keep both words, so neither follows for them.
 */
void
gxt_sim_note_typed (GxtSim         *sim,
                    GxtSimClient   *client,
                    const GxEntity *entity,
                    const GxId     *id,
                    const GxField  *field,
                    gconstpointer   before,
                    gconstpointer   after,
                    gint64          mid)
{
  GxId mut_id = mutation_of (gxt_sim_db (client), mid);
  g_autofree char *key = g_strdup_printf ("%s/%s", GX_ID_STR (&mut_id), field->name);
  g_autofree char *text = dup_text (field, after);
  Typed *typed;

  if (field->merge != GX_MERGE_SURFACE || gx_id_is_none (&mut_id))
    return;
  if (sim->tells)
    {
      g_autofree char *seen = dup_text (field, before);

      g_printerr ("  %s.%s: seen as %s (%s), left as %s in %" G_GINT64_FORMAT "\n", entity->name, field->name, seen, ((const GxMeta *) before)->fv, text, mid);
    }
  /* Typed on in the same mutation: what was seen first counts, be it on a conflict's card. */
  if (!g_hash_table_contains (client->known, GX_ID_STR (&mut_id)))
    g_hash_table_insert (sim->seen, g_steal_pointer (&key), dup_text (field, before));
  for (guint i = 0; i < client->typed->len; i++)
    {
      typed = client->typed->pdata[i];
      if (typed->field == field && gx_id_equal (&typed->id, id))
        g_ptr_array_remove_index_fast (client->typed, i--);
    }
  typed = g_new0 (Typed, 1);
  *typed = (Typed) { .entity = entity, .field = field, .id = *id, .mut_id = mut_id };
  g_strlcpy (typed->text, text, sizeof typed->text);
  g_ptr_array_add (client->typed, typed);
}

/* Something else was said about the row. */
void
gxt_sim_forget_typed (GxtSimClient *client,
                      const GxId   *id)
{
  for (guint i = 0; i < client->typed->len; i++)
    if (gx_id_equal (&((Typed *) client->typed->pdata[i])->id, id))
      g_ptr_array_remove_index_fast (client->typed, i--);
}

/* Where the mutation stands: FALSE = refused, or forgotten. @out_seq: 0 = it waits. */
static gboolean
stands (GxDb       *db,
        const GxId *mut_id,
        gint64     *out_seq)
{
  gint64 n = 0;

  *out_seq = 0;
  if (gx_db_query_int (db, &n, NULL, "SELECT COUNT(*) FROM queue WHERE mut_id=?", "u", mut_id) && n > 0)
    return TRUE;
  return gx_db_query_int (db, out_seq, NULL, "SELECT seq FROM acked WHERE mut_id=?", "u", mut_id) && *out_seq > 0;
}

/* Of what the bank said of the row: beside, where something stands over it. */
static gint64
version_here (GxDb           *db,
              const GxEntity *entity,
              const GxId     *id,
              gint64          shown)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, NULL, "SELECT COALESCE(json_extract(put, '$.v'), 0) FROM covered WHERE tbl=? AND id=?", "nu",
                                                  (int) entity->number, id);

  return gx_statement_next (statement, NULL) ? gx_statement_get_int (statement, 0) : shown;
}

static gboolean
is_shown (GxtSim       *sim,
          GxtSimClient *client,
          const Typed  *typed)
{
  GxDb *db = gxt_sim_db (client);
  g_autofree char *text = NULL;
  gpointer row = NULL;
  gint64 seq;

  if (!stands (db, &typed->mut_id, &seq))
    return FALSE;
  gx_sql_find (db, typed->entity, &typed->id, &row, NULL);
  if (row == NULL)
    return TRUE;
  text = dup_text (typed->field, row);
  if (seq == 0 || version_here (db, typed->entity, &typed->id, ((GxMeta *) row)->v) < seq)
    gxt_sim_check (sim, GXT_SIM_SHOWN, g_str_equal (text, typed->text), "desk %u shows %s.%s as “%s” where “%s” was typed, at %" G_GINT64_FORMAT,
                   client->index, typed->entity->name, typed->field->name, text, typed->text, seq);
  gx_entity_free (typed->entity, row);

  return TRUE;
}

/** gxt_sim_check_shown: nothing jumps back */
void
gxt_sim_check_shown (GxtSim       *sim,
                     GxtSimClient *client)
{
  for (guint i = 0; i < client->typed->len; i++)
    if (!is_shown (sim, client, client->typed->pdata[i]))
      g_ptr_array_remove_index_fast (client->typed, i--);
}
