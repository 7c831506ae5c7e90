/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An approved request becomes the record's new state, in the transaction of the approval that was still missing.
 *
 * The values are those of the revision that was signed for; nothing is replayed. Whether the base still holds is asked
 * here once more. What a kind changes besides its fields stands in effects[].
 */
#include "gxs-review-private.h"

#include "gx-catalog.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-delta.h"
#include "gx-json.h"
#include "gx-review-rule.h"
#include "gx-sql.h"
#include "gxs-bank-day.h"

#include <string.h>

static gboolean
load_row (GxDb             *db,
          const GxsReview  *review,
          gpointer         *out_row,
          GError          **error)
{
  return gx_sql_find (db, review->entity, &review->request->entity_id, out_row, error);
}

/* Whether any field of the request has a newer version than its maker saw. */
static gboolean
has_moved (const GxsReview  *review,
           const GxMeta     *meta,
           gboolean         *out_moved,
           GError          **error)
{
  g_autoptr(JsonNode) root = gx_json_parse (review->base_fv, -1, error);
  JsonObject *base = root != NULL ? gx_json_root_object (root, error) : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (base == NULL)
    return FALSE;

  *out_moved = FALSE;
  json_object_iter_init (&iter, base);
  while (json_object_iter_next (&iter, &name, &node))
    if (gx_fv_get (meta->fv, name, meta->v0) > json_node_get_int (node))
      *out_moved = TRUE;

  return TRUE;
}

/* A prospect's papers and contacts are free to change: whoever lets the customer in has compared them with the evidence, so
 * a change after this revision was handed in comes too late. One that is being handed in now has seen them as they are. */
static gboolean
have_papers_moved (GxDb             *db,
                   const GxsReview  *review,
                   gboolean         *out_moved,
                   GError          **error)
{
  const GxChangeRequest *request = review->request;
  gint64 asked_at = gx_fv_get (request->meta.fv, "digest", request->meta.v0);

  if (strcmp (request->kind, "customer.activate") != 0 || review->written == NULL || review->written->rev != request->rev)
    return TRUE;

  for (guint i = 0; i < gx_n_entities && !*out_moved; i++)
    {
      const GxEntity *entity = gx_entities[i];
      g_autofree char *sql = NULL;
      gint64 newest;

      if (!entity->reviewed || entity->parents[0] == NULL)
        continue;
      sql = g_strdup_printf ("SELECT COALESCE(MAX(v), 0) FROM %s WHERE %s=?", entity->name, entity->parents[0]);
      if (!gx_db_query_int (db, &newest, error, sql, "u", &request->entity_id))
        return FALSE;
      *out_moved = newest > asked_at;
    }

  return TRUE;
}

/* What the bank's own clocks write into a record (that key data are overdue, say) is nothing that a maker had to see. */
static gint64
newest_by_people (const GxEntity *entity,
                  const GxMeta   *meta)
{
  gint64 newest = meta->v0;

  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (!(field->flags & GX_SERVER) || gx_review_of_field (entity, field, FALSE) != NULL)
        newest = MAX (newest, gx_fv_get (meta->fv, field->name, meta->v0));
    }

  return newest;
}

/**
 * gxs_review_is_stale:
 * @out_stale: (out): whether the record moved under the request. None bears a change of the fields it is about; a strict
 *   one, no change that a person made of the record, a removal none at all; a new record may not be there yet, any other has to be there still
 */
gboolean
gxs_review_is_stale (GxDb             *db,
                     const GxsReview  *review,
                     gboolean         *out_stale,
                     GError          **error)
{
  gpointer row;
  const GxMeta *meta;
  gboolean done = TRUE;

  if (!load_row (db, review, &row, error))
    return FALSE;

  meta = row;
  if (strcmp (review->request->op, "create") == 0)
    *out_stale = meta != NULL;
  else if (meta == NULL || meta->del)
    *out_stale = TRUE;
  else
    {
      done = has_moved (review, meta, out_stale, error) && have_papers_moved (db, review, out_stale, error);
      if (strcmp (review->request->op, "delete") == 0)
        *out_stale = *out_stale || meta->v > review->base_v;
      else if (review->request->strict)
        *out_stale = *out_stale || newest_by_people (review->entity, meta) > review->base_v;
    }

  if (row != NULL)
    gx_entity_free (review->entity, row);
  return done;
}

/* The bank's own day where it has set one, else the wall clock's. */
static gint32
business_date (GxsBatch *batch)
{
  g_autofree char *set = NULL;
  gint32 date;

  if (gx_db_query_text (gxs_batch_get_db (batch), &set, NULL, "SELECT value FROM setting WHERE code='business_date' AND del=0", NULL)
      && gx_date_parse (set, &date))
    return date;

  return gxs_bank_day_today (batch);
}

static void
activate (GxsBatch  *batch,
          gpointer   data)
{
  GxCustomer *customer = data;

  customer->onboarded_on = business_date (batch);
  if (customer->lifecycle_stage == GX_STAGE_PROSPECT)
    customer->lifecycle_stage = GX_STAGE_NEW;
}

static const struct
{
  const char *kind;
  void      (*prepare) (GxsBatch *batch, gpointer data);
} effects[] = {
  { "customer.activate", activate },
};

static void
prepare (GxsBatch         *batch,
         const GxsReview  *review,
         gpointer          data)
{
  for (guint i = 0; i < G_N_ELEMENTS (effects); i++)
    if (strcmp (effects[i].kind, review->request->kind) == 0)
      effects[i].prepare (batch, data);
}

/* A customer has one primary contact of each kind: the others lose the mark under the same request. */
static gboolean
unmark_others (GxsBatch              *batch,
               const GxsActor        *actor,
               const GxContactPoint  *primary,
               GError               **error)
{
  GxDb *db = gxs_batch_get_db (batch);

  for (;;)
    {
      g_autoptr(GxStatement) statement =
        gx_db_query (db, error, "SELECT id FROM contact_point WHERE customer_id=? AND kind=? AND is_primary=1 AND del=0 AND id<>?",
                     "unu", &primary->customer_id, primary->kind, &primary->meta.id);
      GError *local = NULL;
      GxContactPoint *before, *data;
      GxId id;
      gboolean done;

      if (statement == NULL)
        return FALSE;
      if (!gx_statement_next (statement, &local))
        {
          if (local != NULL)
            g_propagate_error (error, local);
          return local == NULL;
        }
      id = gx_statement_get_id (statement, 0);
      g_clear_pointer (&statement, gx_statement_release);

      before = gx_sql_load (db, &gx_contact_point_entity, &id, error);
      if (before == NULL)
        return FALSE;
      data = gx_entity_copy (&gx_contact_point_entity, before);
      data->is_primary = FALSE;
      done = gxs_write_update (batch, actor, &gx_contact_point_entity, before, data, error);
      gx_entity_free (&gx_contact_point_entity, before);
      gx_entity_free (&gx_contact_point_entity, data);
      if (!done)
        return FALSE;
    }
}

static gboolean
write_row (GxsBatch         *batch,
           const GxsActor   *actor,
           const GxsReview  *review,
           gconstpointer     before,
           gpointer          data,
           GError          **error)
{
  const GxEntity *entity = review->entity;

  if (strcmp (review->request->op, "delete") == 0)
    return gxs_write_delete (batch, actor, entity, data, error);
  if (entity == &gx_contact_point_entity && ((GxContactPoint *) data)->is_primary
      && !unmark_others (batch, actor, data, error))
    return FALSE;
  if (before == NULL)
    return gxs_write_create (batch, actor, entity, data, error);

  prepare (batch, review, data);
  return gxs_write_update (batch, actor, entity, before, data, error);
}

static gboolean
apply_row (GxsBatch        *batch,
           const GxsActor  *actor,
           GxsReview       *review,
           GError         **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  gpointer before, data;
  GxFieldSet fields;
  gboolean done;

  if (!load_row (db, review, &before, error))
    return FALSE;

  data = before != NULL ? gx_entity_copy (review->entity, before) : gx_entity_new (review->entity);
  ((GxMeta *) data)->id = review->request->entity_id;
  done = gxs_form_read (db, review->entity, review->after_j, data, &fields, error)
         && write_row (batch, actor, review, before, data, error);
  if (done)
    review->request->applied_seq = ((GxMeta *) data)->v;

  gx_entity_free (review->entity, data);
  if (before != NULL)
    gx_entity_free (review->entity, before);
  return done;
}

/* What will be written is what was signed for: the digest once more, made of what is kept. */
static gboolean
check_digest (GxDb             *db,
              const GxsReview  *review,
              GError          **error)
{
  g_autofree char *digest = gxs_review_digest (db, review, error);

  if (digest == NULL)
    return FALSE;

  return strcmp (digest, review->request->digest) == 0
         || gx_fail (error, GX_ERROR_TAMPERED, "the request is not what was signed for");
}

/**
 * gxs_review_apply:
 * @review: PENDING, with all its approvals
 *
 * PENDING → APPROVED, the record, APPLIED, the locks: in this order, which the guards of the database want.
 */
gboolean
gxs_review_apply (GxsBatch        *batch,
                  const GxsAuthz  *authz,
                  GxsReview       *review,
                  GError         **error)
{
  GxsActor actor;
  gboolean stale;

  gxs_review_actor (authz, "cr.apply", &review->request->meta.id, &actor);
  actor.unaudited = FALSE;

  if (!check_digest (gxs_batch_get_db (batch), review, error)
      || !gxs_review_move (batch, review, "APPROVED", error)
      || !gxs_review_is_stale (gxs_batch_get_db (batch), review, &stale, error))
    return FALSE;
  if (stale)
    return gx_fail (error, GX_ERROR_STALE, "the record changed while its request was decided");

  return apply_row (batch, &actor, review, error)
         && gxs_review_move (batch, review, "APPLIED", error)
         && gxs_review_unlock (gxs_batch_get_db (batch), &review->request->meta.id, error);
}
