/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handlers of /v1/cr: parameters in, gxs-review, its text out.
 *
 * An approval that finds the record moved is kept (the request turned STALE) and yet no success: it is answered 409 after
 * the commit, as the only answer here that is both.
 */
#include "gxs-review-routes.h"

#include "gx-json.h"
#include "gx-problem.h"
#include "gxs-handle.h"
#include "gxs-review.h"

#include <string.h>

static gboolean
take_answer (char    *answer,
             GString *out)
{
  g_string_append (out, answer);
  g_free (answer);
  return TRUE;
}

/* The body with the id taken out of it, since the work may run twice and the body is the request's. */
static JsonObject *
without_id (JsonObject *body)
{
  JsonObject *set = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, body);
  while (json_object_iter_next (&iter, &name, &node))
    if (strcmp (name, "id") != 0)
      json_object_set_member (set, name, json_node_copy (node));

  return set;
}

static gboolean
write_submit (GxsBatch        *batch,
              const GxsAuthz  *authz,
              GxsContext      *ctx,
              GString         *out,
              GError         **error)
{
  JsonObject *body = gxs_handle_object (ctx, error);
  g_autoptr(JsonObject) set = NULL;
  const GxId no_mutation = GX_ID_NONE;
  char *answer;
  GxId id;

  if (body == NULL || !gx_json_get_id (body, "id", &id, error))
    return FALSE;

  set = without_id (body);
  gxs_context_set_status (ctx, 201);
  return gxs_review_submit (batch, authz, &id, &no_mutation, set, &answer, NULL, error) && take_answer (answer, out);
}

typedef gboolean (*ReviewFunc) (GxsBatch *batch, const GxsAuthz *authz, const GxId *cr_id, JsonObject *body, char **out_json,
                                GError **error);

static gboolean
write_step (ReviewFunc       func,
            GxsBatch        *batch,
            const GxsAuthz  *authz,
            GxsContext      *ctx,
            GString         *out,
            GError         **error)
{
  JsonObject *body = gxs_context_get_json (ctx) != NULL ? gxs_handle_object (ctx, error) : NULL;
  char *answer;
  GxId id;

  if (gxs_context_get_json (ctx) != NULL && body == NULL)
    return FALSE;

  return gxs_handle_id_arg (ctx, 0, &id, error)
         && func (batch, authz, &id, body, &answer, error)
         && take_answer (answer, out);
}

static gboolean
has_turned_stale (const GString *answer)
{
  return strstr (answer->str, "\"state\":\"STALE\"") != NULL;
}

static void
answer_stale (GxsContext *ctx,
              GString    *out)
{
  g_autoptr(GError) stale = NULL;
  g_autofree char *problem = NULL;

  gx_fail (&stale, GX_ERROR_STALE, "the record changed after the request was made");
  problem = gx_problem_write (stale);
  g_string_assign (out, problem);
  gxs_context_set_status (ctx, gx_problem_status (stale));
}

static gboolean
write_decide (GxsBatch        *batch,
              const GxsAuthz  *authz,
              GxsContext      *ctx,
              GString         *out,
              GError         **error)
{
  gxs_context_set_status (ctx, 200);
  if (!write_step (gxs_review_decide, batch, authz, ctx, out, error))
    return FALSE;
  if (has_turned_stale (out))
    answer_stale (ctx, out);

  return TRUE;
}

static gboolean
write_withdraw (GxsBatch *batch, const GxsAuthz *authz, GxsContext *ctx, GString *out, GError **error)
{
  return write_step (gxs_review_withdraw, batch, authz, ctx, out, error);
}

static gboolean
write_rebase (GxsBatch *batch, const GxsAuthz *authz, GxsContext *ctx, GString *out, GError **error)
{
  return write_step (gxs_review_rebase, batch, authz, ctx, out, error);
}

static gboolean
write_revise (GxsBatch *batch, const GxsAuthz *authz, GxsContext *ctx, GString *out, GError **error)
{
  return write_step (gxs_review_revise, batch, authz, ctx, out, error);
}

gboolean
gxs_route_cr_submit (GxsContext  *ctx,
                     GError     **error)
{
  return gxs_handle_write (ctx, write_submit, error);
}

gboolean
gxs_route_cr_decide (GxsContext  *ctx,
                     GError     **error)
{
  return gxs_handle_write (ctx, write_decide, error);
}

gboolean
gxs_route_cr_withdraw (GxsContext  *ctx,
                       GError     **error)
{
  return gxs_handle_write (ctx, write_withdraw, error);
}

gboolean
gxs_route_cr_rebase (GxsContext  *ctx,
                     GError     **error)
{
  return gxs_handle_write (ctx, write_rebase, error);
}

gboolean
gxs_route_cr_revise (GxsContext  *ctx,
                     GError     **error)
{
  return gxs_handle_write (ctx, write_revise, error);
}

gboolean
gxs_route_cr_list (GxsContext  *ctx,
                   GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  const char *box = gxs_context_get_query (ctx, "box");
  char *answer;

  if (authz == NULL
      || !gxs_review_list (db, authz, box != NULL ? box : "to_check", gxs_context_get_query (ctx, "cursor"), &answer, error))
    return FALSE;

  gxs_handle_take_json (ctx, answer);
  return TRUE;
}

gboolean
gxs_route_cr_show (GxsContext  *ctx,
                   GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  char *answer;
  GxId id;

  if (authz == NULL || !gxs_handle_id_arg (ctx, 0, &id, error) || !gxs_review_show (db, authz, &id, &answer, error))
    return FALSE;

  gxs_handle_take_json (ctx, answer);
  return TRUE;
}
