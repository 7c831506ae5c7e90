/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request touches beyond the fields it names: the papers and numbers that an activation makes binding, the row
 * behind "make this the primary one" or "remove this", and the one that loses the flag. And who may decide the open step.
 *
 * Rows go out through gx_sight() like any other: who decides the request sees in clear what it touches, everybody else who
 * may open it sees what he would see anyway. Nothing here is part of what is signed.
 */
#include "gxs-review-private.h"

#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-entity-json.h"
#include "gx-identifier.h"
#include "gx-sight.h"
#include "gx-sql.h"

#include <string.h>

#define MAX_ROWS 50
#define MAX_REVIEWERS 20

/* What tells a row from its neighbours; touched whenever the row is. */
static const struct
{
  const GxEntity *entity;
  const char     *field;
} telling[] = {
  { &gx_identifier_entity, "number" },
  { &gx_contact_point_entity, "value" },
};

static GxFieldSet
touched_fields (const GxEntity  *entity,
                const GxsReview *review,
                GxFieldSet       named)
{
  GxFieldSet fields = entity == review->entity ? named : 0;

  for (guint i = 0; i < G_N_ELEMENTS (telling); i++)
    if (telling[i].entity == entity)
      fields |= GX_FIELD_BIT (gx_entity_index_of (entity, telling[i].field));

  return fields;
}

typedef struct
{
  GxDb            *db;
  const GxsReview *review;
  GxViewer         viewer;
  GxFieldSet       named;       /* by the request */
  GxJsonWriter    *writer;
} Context;

static gboolean
write_row (Context         *context,
           const GxEntity  *entity,
           const GxId      *id,
           GError         **error)
{
  GxPut put = { .entity = entity };
  gboolean done = gx_sql_find (context->db, entity, id, &put.data, error);

  if (!done || put.data == NULL)
    return done;
  context->viewer.requested = touched_fields (entity, context->review, context->named);
  if (gx_sight_mask (&context->viewer, entity, put.data))
    gx_put_write (&put, context->writer);
  gx_entity_free (entity, put.data);

  return TRUE;
}

static gboolean
write_rows (Context         *context,
            const GxEntity  *entity,
            GxStatement     *statement,
            GError         **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));

  if (statement == NULL || !gx_statement_collect_ids (statement, ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!write_row (context, entity, &g_array_index (ids, GxId, i), error))
      return FALSE;

  return TRUE;
}

/* All that becomes binding with the customer. */
static gboolean
write_activation (Context  *context,
                  GError  **error)
{
  const GxId *customer = &context->review->request->entity_id;
  g_autoptr(GxStatement) papers = gx_db_query (context->db, error, "SELECT id FROM identifier WHERE customer_id=? AND del=0 ORDER BY id LIMIT ?",
                                               "ui", customer, (gint64) MAX_ROWS);
  g_autoptr(GxStatement) numbers = NULL;

  if (!write_rows (context, &gx_identifier_entity, papers, error))
    return FALSE;
  numbers = gx_db_query (context->db, error, "SELECT id FROM contact_point WHERE customer_id=? AND del=0 ORDER BY is_primary DESC, id LIMIT ?",
                         "ui", customer, (gint64) MAX_ROWS);
  return write_rows (context, &gx_contact_point_entity, numbers, error);
}

/* The row itself, and of contact points the primary one of its kind, which would no longer be it. */
static gboolean
write_part (Context  *context,
            GError  **error)
{
  const GxId *id = &context->review->request->entity_id;
  g_autoptr(GxStatement) others = NULL;

  if (!write_row (context, context->review->entity, id, error))
    return FALSE;
  if (context->review->entity != &gx_contact_point_entity)
    return TRUE;
  others = gx_db_query (context->db, error, "SELECT o.id FROM contact_point o JOIN contact_point t ON t.customer_id=o.customer_id AND t.kind=o.kind"
                        " WHERE t.id=? AND o.id<>t.id AND o.is_primary=1 AND o.del=0 LIMIT ?", "ui", id, (gint64) MAX_ROWS);
  return write_rows (context, &gx_contact_point_entity, others, error);
}

static gboolean
read_named (GxDb             *db,
            const GxsReview  *review,
            GxFieldSet       *out_fields,
            GError          **error)
{
  gpointer data = gx_entity_new (review->entity);
  gboolean done;

  ((GxMeta *) data)->id = review->request->entity_id;
  done = gxs_form_read (db, review->entity, review->after_j, data, out_fields, error);
  gx_entity_free (review->entity, data);
  return done;
}

/**
 * gxs_review_write_context:
 * @relation: the viewer's to the request
 * @writer: takes one array of rows as they travel
 */
gboolean
gxs_review_write_context (GxDb             *db,
                          const GxsAuthz   *authz,
                          const GxsReview  *review,
                          GxSightRelation   relation,
                          GxJsonWriter     *writer,
                          GError          **error)
{
  Context context = { .db = db, .review = review, .writer = writer, .viewer = { .roles = authz->roles, .relation = relation, .ccy = "CNY" } };
  gboolean done = TRUE;

  if (!read_named (db, review, &context.named, error))
    return FALSE;
  gx_json_writer_begin_array (writer);
  if (strcmp (review->request->kind, "customer.activate") == 0)
    done = write_activation (&context, error);
  else if (review->entity != &gx_customer_entity && strcmp (review->request->op, "create") != 0)
    done = write_part (&context, error);
  gx_json_writer_end_array (writer);

  return done;
}

/**
 * gxs_review_write_reviewers:
 * @writer: takes one array of employees' ids: who may decide the open step and has no other part in the request; none
 *   unless it waits
 */
gboolean
gxs_review_write_reviewers (GxDb             *db,
                            const GxsReview  *review,
                            gint64            now,
                            GxJsonWriter     *writer,
                            GError          **error)
{
  g_autoptr(GxsReviewPolicy) policy = gxs_review_policy_load (db, review->request->kind, error);
  g_autoptr(GxStatement) people = NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));
  gint64 approvals;

  if (policy == NULL || !gxs_review_count_approvals (db, review, &approvals, error))
    return FALSE;
  if (strcmp (review->request->state, "PENDING") == 0 && approvals < policy->steps->len)
    {
      people = gxs_review_query_step (db, review, g_ptr_array_index (policy->steps, approvals), now, MAX_REVIEWERS, error);
      if (people == NULL || !gx_statement_collect_ids (people, ids, error))
        return FALSE;
    }
  gx_json_writer_begin_array (writer);
  for (guint i = 0; i < ids->len; i++)
    gx_json_writer_id (writer, &g_array_index (ids, GxId, i));
  gx_json_writer_end_array (writer);

  return TRUE;
}
