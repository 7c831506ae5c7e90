/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Showing requests: the row with its revision, parties and decisions, as much of the values as the viewer may see.
 *
 * In clear: to whoever may decide the step that is open and has opened the request, both sides of it; to its maker, what
 * was asked for. Everybody else who may see the request at all gets masks (gx_sight()), and so does every desk's store.
 */
#include "gxs-review-private.h"

#include "gx-entity-json.h"
#include "gx-sight.h"
#include "gx-sql.h"
#include "gx-text.h"
#include "gxs-scope.h"

#include <string.h>

#define PAGE 100

typedef struct
{
  GxDb           *db;           /* borrowed */
  const GxsAuthz *authz;        /* borrowed */
  gint64          now;
  gboolean        opened;       /* it lies before the viewer: not a row among others, nor one that a desk will keep */
  gboolean        may_decide;
  gboolean        is_maker;
  gboolean        is_owner;     /* manages the customer */
} Look;

/* Whether the open step is this session's, as far as roles go and with no part in the request yet. */
static gboolean
ask_may_decide (Look             *look,
                const GxsReview  *review,
                GError          **error)
{
  g_autoptr(GxsReviewPolicy) policy = NULL;
  g_autofree char *part = NULL;
  gint64 approvals;

  look->may_decide = FALSE;
  if (strcmp (review->request->state, "PENDING") != 0 || look->is_maker)
    return TRUE;
  policy = gxs_review_policy_load (look->db, review->request->kind, error);
  if (policy == NULL
      || !gxs_review_count_approvals (look->db, review, &approvals, error)
      || !gxs_review_part_of (look->db, &review->request->meta.id, &look->authz->employee_id, &part, error))
    return FALSE;
  if (approvals >= policy->steps->len || (part != NULL && strcmp (part, "checker") != 0))
    return TRUE;

  return gxs_review_may_decide (look->db, look->authz, g_ptr_array_index (policy->steps, approvals),
                                review->request->meta.org_path, look->now, &look->may_decide, error);
}

static gboolean
look_at (Look             *look,
         const GxsReview  *review,
         GError          **error)
{
  GxsHolders holders = { 0 };
  gpointer row = gx_entity_new (review->entity);
  GxFieldSet fields;
  gboolean done;

  ((GxMeta *) row)->id = review->request->entity_id;
  done = gxs_form_read (look->db, review->entity, review->after_j, row, &fields, error);
  if (done && strcmp (review->request->op, "create") != 0)
    {
      gx_entity_free (review->entity, row);
      done = gx_sql_find (look->db, review->entity, &review->request->entity_id, &row, error);
    }
  if (done && row != NULL)
    done = gxs_holders_load (look->db, review->entity, row, &holders, error);
  if (row != NULL)
    gx_entity_free (review->entity, row);

  look->is_maker = gx_id_equal (&review->request->maker_id, &look->authz->employee_id);
  look->is_owner = gxs_authz_manages (look->authz, &holders);
  return done && ask_may_decide (look, review, error);
}

static GxSightRelation
relation_of (const Look *look)
{
  if (look->opened && look->may_decide)
    return GX_SEES_AS_CHECKER;

  return look->is_owner ? GX_SEES_AS_OWNER : GX_SEES_AS_STRANGER;
}

/* One side of the request in the wire's words. */
static char *
write_side (const Look       *look,
            const GxsReview  *review,
            const char       *form,
            gboolean          own_words,
            GError          **error)
{
  gpointer data = gx_entity_new (review->entity);
  GxFieldSet fields;
  char *text = NULL;

  ((GxMeta *) data)->id = review->request->entity_id;
  if (gxs_form_read (look->db, review->entity, form, data, &fields, error))
    {
      const GxViewer viewer = {
        .roles = look->authz->roles, .requested = fields, .ccy = "CNY",
        .relation = relation_of (look),
      };

      if ((own_words && look->is_maker) || gx_sight_mask (&viewer, review->entity, data))
        text = gxs_form_wire (review->entity, data, fields);
      else
        text = g_strdup ("{}");
    }

  gx_entity_free (review->entity, data);
  return text;
}

typedef void (*WriteRow) (GxStatement *statement, GxJsonWriter *writer);

static void
put_id (GxStatement  *statement,
        int           column,
        const char   *name,
        GxJsonWriter *writer)
{
  GxId id = gx_statement_get_id (statement, column);

  gx_json_writer_put_id (writer, name, &id);
}

static void
write_evidence (GxStatement  *statement,
                GxJsonWriter *writer)
{
  put_id (statement, 0, "added_by", writer);
  gx_json_writer_put_string (writer, "kind", gx_statement_get_text (statement, 1));
  gx_json_writer_put_string (writer, "sha256", gx_statement_get_text (statement, 2));
}

static void
write_party (GxStatement  *statement,
             GxJsonWriter *writer)
{
  put_id (statement, 0, "person_id", writer);
  gx_json_writer_put_string (writer, "role", gx_statement_get_text (statement, 1));
}

static void
write_decision (GxStatement  *statement,
                GxJsonWriter *writer)
{
  gx_json_writer_put_int (writer, "at", gx_statement_get_int (statement, 0));
  gx_json_writer_put_string (writer, "dev_sig", gx_statement_get_text (statement, 1));
  gx_json_writer_put_string (writer, "digest", gx_statement_get_text (statement, 2));
  gx_json_writer_put_string (writer, "note", gx_statement_get_text (statement, 3));
  if (!gx_statement_is_null (statement, 4))
    put_id (statement, 4, "on_behalf_of", writer);
  put_id (statement, 5, "person_id", writer);
  gx_json_writer_put_int (writer, "rev", gx_statement_get_int (statement, 6));
  gx_json_writer_put_int (writer, "step", gx_statement_get_int (statement, 7));
  gx_json_writer_put_string (writer, "verdict", gx_statement_get_text (statement, 8));
}

static char *
write_list (GxStatement  *statement,
            WriteRow      write_row,
            GError      **error)
{
  g_autoptr(GString) out = g_string_new (NULL);
  GError *local = NULL;
  GxJsonWriter writer;

  gx_json_writer_init_canonical (&writer, out);
  gx_json_writer_begin_array (&writer);
  while (gx_statement_next (statement, &local))
    {
      gx_json_writer_begin_object (&writer);
      write_row (statement, &writer);
      gx_json_writer_end_object (&writer);
    }
  gx_json_writer_end_array (&writer);
  if (local == NULL)
    return g_string_free (g_steal_pointer (&out), FALSE);

  g_propagate_error (error, local);
  return NULL;
}

static gboolean
compose_lists (GxDb             *db,
               GxChangeRequest  *request,
               GError          **error)
{
  g_autoptr(GxStatement) evidence =
    gx_db_query (db, error, "SELECT added_by, kind, sha256 FROM cr_evidence WHERE cr_id=? AND rev=? ORDER BY sha256", "ui",
                 &request->meta.id, request->rev);
  g_autoptr(GxStatement) parties = NULL;
  g_autoptr(GxStatement) decisions = NULL;

  if (evidence == NULL || (request->evidence = write_list (evidence, write_evidence, error)) == NULL)
    return FALSE;
  parties = gx_db_query (db, error, "SELECT person_id, role FROM cr_party WHERE cr_id=? ORDER BY person_id", "u", &request->meta.id);
  if (parties == NULL || (request->parties = write_list (parties, write_party, error)) == NULL)
    return FALSE;
  decisions = gx_db_query (db, error, "SELECT at, dev_sig, digest, note, on_behalf_of, person_id, rev, step, verdict FROM cr_decision"
                           " WHERE cr_id=? ORDER BY rev, step, person_id", "u", &request->meta.id);
  return decisions != NULL && (request->decisions = write_list (decisions, write_decision, error)) != NULL;
}

static gboolean
compose (Look             *look,
         const GxsReview  *review,
         GxChangeRequest  *request,
         GError          **error)
{
  g_clear_pointer (&request->before, g_free);
  g_clear_pointer (&request->after, g_free);
  g_clear_pointer (&request->evidence, g_free);
  g_clear_pointer (&request->parties, g_free);
  g_clear_pointer (&request->decisions, g_free);
  request->base_v = review->base_v;
  request->submitted_at = review->at;
  gx_set_str (&request->base_fv, review->base_fv);
  gx_set_str (&request->reason, review->reason);
  gx_set_str (&request->maker_sig, review->maker_sig);

  return look_at (look, review, error)
         && (request->before = write_side (look, review, review->before_j, FALSE, error)) != NULL
         && (request->after = write_side (look, review, review->after_j, TRUE, error)) != NULL
         && compose_lists (look->db, request, error);
}

/* Up to then the session's grants stay as they are, so any moment before is as good as the present one. */
static gint64
now_of (const GxsAuthz *authz)
{
  return authz->valid_until - 1;
}

/**
 * gxs_review_compose:
 * @change_request: (inout): a row of the table; its composed members are filled for @authz
 */
gboolean
gxs_review_compose (GxDb            *db,
                    const GxsAuthz  *authz,
                    gpointer         change_request,
                    GError         **error)
{
  GxChangeRequest *request = change_request;
  g_autoptr(GxsReview) review = gxs_review_load (db, &request->meta.id, error);
  Look look = { .db = db, .authz = authz, .now = now_of (authz) };

  return review != NULL && compose (&look, review, request, error);
}

static gboolean
may_see (const Look       *look,
         const GxsReview  *review,
         gboolean         *out_may,
         GError          **error)
{
  g_autofree char *part = NULL;
  const GxsHolders nobody = { 0 };

  if (!gxs_review_part_of (look->db, &review->request->meta.id, &look->authz->employee_id, &part, error))
    return FALSE;

  *out_may = part != NULL || look->may_decide
             || gxs_authz_covers_path (look->authz, review->request->meta.org_path)
             || gxs_authz_may_read (look->authz, &gx_change_request_entity, review->request, &nobody);
  return TRUE;
}

/* What only an opened request tells: the rows it touches, and who may decide it. */
static gboolean
write_opened (Look             *look,
              const GxsReview  *review,
              GString          *out,
              GError          **error)
{
  GxJsonWriter writer;

  g_string_append (out, "\"context\":");
  gx_json_writer_init (&writer, out);
  if (!gxs_review_write_context (look->db, look->authz, review, relation_of (look), &writer, error))
    return FALSE;
  g_string_append (out, ",\"reviewers\":");
  gx_json_writer_init (&writer, out);
  if (!gxs_review_write_reviewers (look->db, review, look->now, &writer, error))
    return FALSE;
  g_string_append_c (out, ',');

  return TRUE;
}

/* The row as it travels, and whether its open step is the viewer's. */
static gboolean
write_request (Look          *look,
               const GxId    *cr_id,
               GxJsonWriter  *writer,
               GError       **error)
{
  g_autoptr(GxsReview) review = gxs_review_load (look->db, cr_id, error);
  g_autoptr(GString) put_text = g_string_new (NULL), all = g_string_new ("{");
  GxJsonWriter put_writer;
  GxPut put = { .entity = &gx_change_request_entity };
  gboolean may;

  if (review == NULL || !compose (look, review, review->request, error) || !may_see (look, review, &may, error))
    return FALSE;
  if (!may)
    return gx_fail (error, GX_ERROR_NOT_FOUND, "change_request %s", GX_ID_STR (cr_id));

  put.data = review->request;
  gx_json_writer_init (&put_writer, put_text);
  gx_put_write (&put, &put_writer);
  if (look->opened && !write_opened (look, review, all, error))
    return FALSE;
  g_string_append_printf (all, "\"may_decide\":%s,%s", look->may_decide ? "true" : "false", put_text->str + 1);
  gx_json_writer_raw (writer, all->str, all->len);
  return TRUE;
}

/**
 * gxs_review_show:
 * @out_json: (out) (transfer full): the request as it travels, with "may_decide", "context" (rows that it touches, as they
 *   travel) and "reviewers" (employees' ids) beside "d"
 *
 * Errors: %GX_ERROR_NOT_FOUND if there is none that the session may see
 */
gboolean
gxs_review_show (GxDb            *db,
                 const GxsAuthz  *authz,
                 const GxId      *cr_id,
                 char           **out_json,
                 GError         **error)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Look look = { .db = db, .authz = authz, .now = now_of (authz), .opened = TRUE };
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  if (!write_request (&look, cr_id, &writer, error))
    return FALSE;

  *out_json = g_string_free (g_steal_pointer (&out), FALSE);
  return TRUE;
}

/* What waits is shown from its oldest, what is past from its newest. */
static const struct { const char *box; gboolean newest_first; const char *sql; } boxes[] = {
  { "to_check", FALSE, "SELECT id FROM change_request WHERE state='PENDING' AND maker_id<>? AND id>? ORDER BY id" },
  { "mine", TRUE, "SELECT id FROM change_request WHERE maker_id=? AND id<? ORDER BY id DESC" },
  { "done", TRUE, "SELECT r.id FROM change_request r WHERE EXISTS(SELECT 1 FROM cr_decision d WHERE d.cr_id=r.id AND d.person_id=?)"
                  " AND r.id<? ORDER BY r.id DESC" },
};

static gboolean
is_wanted (Look        *look,
           const char  *box,
           const GxId  *cr_id,
           gboolean    *out_wanted,
           GError     **error)
{
  g_autoptr(GxsReview) review = NULL;

  *out_wanted = TRUE;
  if (strcmp (box, "to_check") != 0)
    return TRUE;

  review = gxs_review_load (look->db, cr_id, error);
  if (review == NULL || !ask_may_decide (look, review, error))
    return FALSE;

  *out_wanted = look->may_decide;
  return TRUE;
}

static gboolean
write_box (Look          *look,
           const char    *box,
           GxStatement   *statement,
           GxJsonWriter  *writer,
           GxId          *out_last,
           GError       **error)
{
  GError *local = NULL;
  guint n = 0;

  while (n < PAGE && gx_statement_next (statement, &local))
    {
      GxId id = gx_statement_get_id (statement, 0);
      gboolean wanted;

      look->is_maker = FALSE;
      if (!is_wanted (look, box, &id, &wanted, error))
        return FALSE;
      if (!wanted)
        continue;
      if (!write_request (look, &id, writer, error))
        return FALSE;
      if (++n == PAGE)
        *out_last = id;
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/**
 * gxs_review_list:
 * @box: "to_check", "mine" or "done"
 * @cursor: (nullable): of the page before
 * @out_json: (out) (transfer full): {"requests":[…as gxs_review_show()…],"cursor":…}; the cursor is null on the last page
 *
 * Errors: %GX_ERROR_INVALID for another box or cursor
 */
gboolean
gxs_review_list (GxDb            *db,
                 const GxsAuthz  *authz,
                 const char      *box,
                 const char      *cursor,
                 char           **out_json,
                 GError         **error)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Look look = { .db = db, .authz = authz, .now = now_of (authz) };
  GxId after = GX_ID_NONE, last = GX_ID_NONE;
  GxJsonWriter writer;

  if (cursor != NULL && !gx_id_parse (cursor, &after))
    return gx_fail_field (error, GX_ERROR_INVALID, "cursor", "form", "no cursor of ours");

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      g_autoptr(GxStatement) statement = NULL;
      g_autoptr(GBytes) after_bytes = NULL;

      if (g_strcmp0 (boxes[i].box, box) != 0)
        continue;
      if (cursor == NULL && boxes[i].newest_first)
        memset (&after, 0xff, sizeof after);
      after_bytes = g_bytes_new (&after, sizeof after);
      statement = gx_db_query (db, error, boxes[i].sql, "ub", &authz->employee_id, after_bytes);
      gx_json_writer_init (&writer, out);
      gx_json_writer_begin_object (&writer);
      gx_json_writer_member (&writer, "requests");
      gx_json_writer_begin_array (&writer);
      if (statement == NULL || !write_box (&look, box, statement, &writer, &last, error))
        return FALSE;
      gx_json_writer_end_array (&writer);
      gx_json_writer_put_id (&writer, "cursor", &last);
      gx_json_writer_end_object (&writer);
      *out_json = g_string_free (g_steal_pointer (&out), FALSE);
      return TRUE;
    }

  return gx_fail_field (error, GX_ERROR_INVALID, "box", "choice", "to_check, mine or done");
}
