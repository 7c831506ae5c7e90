/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deciding a request, and taking up one's own again: online only, since a decision is about the state of this moment, and
 * signed with the device's key over exactly what was shown (rev and digest).
 */
#include "gxc-review.h"

#include "gx-delta.h"
#include "gx-entity-json.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gxc-seal.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * gxc_review_list:
 * @box: "to_check", "mine" or "done"
 *
 * Returns: (transfer full) (nullable): {"requests": […], "cursor": …}
 */
JsonNode *
gxc_review_list (GxcContext    *context,
                 const char    *box,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr(GxcApi) api = gxc_context_open_api (context, error);

  return api != NULL ? gxc_api_list_requests (api, box, NULL, cancellable, error) : NULL;
}

/**
 * gxc_review_show:
 *
 * Returns: (transfer full) (nullable): the request as it is at this moment, in clear for whoever may decide it
 */
JsonNode *
gxc_review_show (GxcContext    *context,
                 const GxId    *cr_id,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr(GxcApi) api = gxc_context_open_api (context, error);

  return api != NULL ? gxc_api_get_request (api, cr_id, cancellable, error) : NULL;
}

/**
 * gxc_review_step_up:
 *
 * The password again; good for decisions of the next five minutes.
 */
gboolean
gxc_review_step_up (GxcContext    *context,
                    const char    *password,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr(GxcApi) api = gxc_context_open_api (context, error);

  return api != NULL && gxc_api_step_up (api, password, cancellable, error);
}

typedef struct
{
  GxId        id;
  gint64      rev;
  const char *digest;
  JsonObject *d;
} Shown;

static gboolean
read_shown (JsonObject  *object,
            Shown       *out,
            GError     **error)
{
  return gx_json_get_id (object, "id", &out->id, error)
         && gx_json_get_object (object, "d", &out->d, error)
         && gx_json_get_int (out->d, "rev", &out->rev, error)
         && gx_json_get_string (out->d, "digest", &out->digest, error);
}

static JsonNode *
post (GxcContext    *context,
      const GxId    *cr_id,
      const char    *action,
      const char    *body,
      gboolean       once,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(GxcApi) api = gxc_context_open_api (context, error);
  GxId key = gxc_store_new_id (gxc_context_get_store (context));

  return api != NULL ? gxc_api_post_request (api, cr_id, action, body, once ? &key : NULL, cancellable, error) : NULL;
}

static char **
hashes_of (JsonObject *d)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *evidence = NULL;

  if (!gx_json_opt_array (d, "evidence", &evidence, NULL) || evidence == NULL)
    return g_strv_builder_end (builder);
  for (guint i = 0; i < json_array_get_length (evidence); i++)
    {
      JsonObject *item;
      const char *sha256;

      if (gx_json_item_object (evidence, i, "evidence", &item, NULL) && gx_json_get_string (item, "sha256", &sha256, NULL))
        g_strv_builder_add (builder, sha256);
    }

  return g_strv_builder_end (builder);
}

/* What is approved is what was on the screen: its digest is made here, not taken from whoever showed it. */
static gboolean
check_shown (const Shown  *request,
             GError      **error)
{
  g_auto(GStrv) hashes = hashes_of (request->d);
  GxRequestContent content = { .rev = request->rev, .evidence = (const char *const *) hashes };
  g_autofree char *digest = NULL;

  if (!gx_json_get_string (request->d, "kind", &content.kind, error)
      || !gx_json_get_string (request->d, "op", &content.op, error)
      || !gx_json_get_string (request->d, "tbl", &content.table, error)
      || !gx_json_get_id (request->d, "entity_id", &content.entity, error)
      || !gx_json_get_string (request->d, "reason", &content.reason, error))
    return FALSE;
  content.after = json_object_get_member (request->d, "after");
  content.base = json_object_get_member (request->d, "base_fv");
  digest = gx_request_digest (&content);

  return strcmp (digest, request->digest) == 0
         || gx_fail (error, GX_ERROR_CHANGED, "%s", _("What is shown is not what its maker signed: open the request again."));
}

/**
 * gxc_review_decide:
 * @shown: as gxc_review_show() gave it, and as the person saw it
 * @verdict: "approve", "return" or "reject"
 * @note: (nullable)
 *
 * Returns: (transfer full) (nullable): the server's answer
 *
 * Errors: %GX_ERROR_STEP_UP if the password was not entered within five minutes, %GX_ERROR_CHANGED if the request is not
 * the one shown any more, %GX_ERROR_FOUR_EYES, the keyring's …
 */
JsonNode *
gxc_review_decide (GxcContext    *context,
                   JsonObject    *shown,
                   const char    *verdict,
                   const char    *note,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr(GString) body = g_string_new (NULL);
  g_auto(GxSecretKey) key = { 0 };
  g_autofree char *signature = NULL;
  GxDecision decision = { .verdict = verdict, .note = note, .person = gxc_context_get_employee (context) };
  GxJsonWriter writer;
  Shown request;

  if (!read_shown (shown, &request, error)
      || (strcmp (verdict, "approve") == 0 && !check_shown (&request, error))
      || !gxc_context_load_key (context, &key, error))
    return NULL;
  decision.request = request.id;
  decision.rev = request.rev;
  decision.digest = request.digest;
  signature = gx_decision_sign (&decision, &key);

  gx_json_writer_init (&writer, body);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "rev", request.rev);
  gx_json_writer_put_string (&writer, "digest", request.digest);
  gx_json_writer_put_string (&writer, "verdict", verdict);
  if (note != NULL)
    gx_json_writer_put_string (&writer, "note", note);
  gx_json_writer_put_string (&writer, "sig", signature);
  gx_json_writer_end_object (&writer);

  return post (context, &request.id, "decide", body->str, TRUE, cancellable, error);
}

/**
 * gxc_review_withdraw:
 *
 * The maker takes the request back.
 */
JsonNode *
gxc_review_withdraw (GxcContext    *context,
                     JsonObject    *shown,
                     GCancellable  *cancellable,
                     GError       **error)
{
  Shown request;

  if (!read_shown (shown, &request, error))
    return NULL;

  return post (context, &request.id, "withdraw", "{}", TRUE, cancellable, error);
}

/* The versions of the record as it is at this moment. */
static gboolean
read_bases (GxcContext    *context,
            const char    *tbl,
            const char    *entity_id,
            JsonObject    *after,
            JsonObject    *base,
            gint64        *out_v,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GxcApi) api = gxc_context_open_api (context, error);
  g_autofree char *path = g_strdup_printf ("%s%s/%s", GX_PATH_RECORDS, tbl, entity_id);
  g_autoptr(JsonNode) node = api != NULL ? gxc_api_get_json (api, path, cancellable, error) : NULL;
  g_autoptr(GList) names = NULL;
  GxPut put;

  if (node == NULL || !gx_put_read (json_node_get_object (node), &put, error))
    return FALSE;
  *out_v = ((GxMeta *) put.data)->v;
  names = json_object_get_members (after);
  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_int_member (base, l->data,
                                gx_fv_get (((GxMeta *) put.data)->fv, l->data, ((GxMeta *) put.data)->v0));
  gx_put_clear (&put);

  return TRUE;
}

static JsonArray *
copy_evidence (JsonObject *d)
{
  JsonArray *copy = json_array_new (), *evidence;

  if (!json_object_has_member (d, "evidence"))
    return copy;
  evidence = json_object_get_array_member (d, "evidence");
  for (guint i = 0; i < json_array_get_length (evidence); i++)
    {
      JsonObject *item = json_object_new (), *seen = json_array_get_object_element (evidence, i);

      json_object_set_string_member (item, "sha256", json_object_get_string_member (seen, "sha256"));
      json_object_set_string_member (item, "kind", json_object_get_string_member (seen, "kind"));
      json_array_add_object_element (copy, item);
    }

  return copy;
}

static JsonObject *
object_or_new (JsonObject *d,
               const char *name)
{
  return json_object_has_member (d, name) ? json_object_ref (json_object_get_object_member (d, name)) : json_object_new ();
}

/* The next revision of a request: its content with @changes put in, upon the record as it is now, signed. */
static JsonObject *
next_revision (GxcContext    *context,
               const Shown   *request,
               JsonObject    *changes,
               const char    *reason,
               GCancellable  *cancellable,
               GError       **error)
{
  static const char *const members[] = { "kind", "op", "tbl", "entity_id" };
  g_autoptr(JsonObject) content = json_object_new ();
  g_autoptr(JsonObject) after = object_or_new (request->d, "after");
  g_autoptr(JsonObject) base = json_object_new ();
  gint64 base_v = 0;
  gboolean create;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text;

      if (!gx_json_get_string (request->d, members[i], &text, error))
        return NULL;
      json_object_set_string_member (content, members[i], text);
    }
  if (changes != NULL)
    {
      g_autoptr(GList) names = json_object_get_members (changes);

      for (GList *l = names; l != NULL; l = l->next)
        json_object_set_member (after, l->data, json_node_copy (json_object_get_member (changes, l->data)));
    }

  create = g_str_equal (json_object_get_string_member (content, "op"), "create");
  if (!create && !read_bases (context, json_object_get_string_member (content, "tbl"),
                              json_object_get_string_member (content, "entity_id"), after, base, &base_v, cancellable, error))
    return NULL;
  json_object_set_object_member (content, "after", json_object_ref (after));
  json_object_set_object_member (content, "base", json_object_ref (base));
  json_object_set_int_member (content, "base_v", base_v);
  json_object_set_string_member (content, "reason", reason != NULL ? reason
                                 : json_object_get_string_member_with_default (request->d, "reason", ""));
  json_object_set_array_member (content, "evidence", copy_evidence (request->d));

  return gxc_seal_revision (context, &request->id, request->rev + 1, content, error) ? g_steal_pointer (&content) : NULL;
}

static JsonNode *
resubmit (GxcContext    *context,
          JsonObject    *shown,
          const char    *action,
          JsonObject    *changes,
          const char    *reason,
          GCancellable  *cancellable,
          GError       **error)
{
  static const char *const fixed[] = { "kind", "op", "tbl", "entity_id" };
  g_autoptr(JsonObject) content = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GString) body = g_string_new (NULL);
  Shown request;

  if (!read_shown (shown, &request, error))
    return NULL;
  content = next_revision (context, &request, changes, reason, cancellable, error);
  if (content == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    json_object_remove_member (content, fixed[i]);
  node = json_node_init_object (json_node_alloc (), content);
  gx_json_write_node (body, node);

  return post (context, &request.id, action, body->str, TRUE, cancellable, error);
}

/**
 * gxc_review_rebase:
 *
 * The maker asks for the same again, upon the record as it is now (STALE to PENDING).
 */
JsonNode *
gxc_review_rebase (GxcContext    *context,
                   JsonObject    *shown,
                   GCancellable  *cancellable,
                   GError       **error)
{
  return resubmit (context, shown, "rebase", NULL, NULL, cancellable, error);
}

/**
 * gxc_review_revise:
 * @after: fields that are asked for differently
 * @reason: (nullable): a new one
 *
 * The maker changes what was returned (RETURNED to PENDING).
 */
JsonNode *
gxc_review_revise (GxcContext    *context,
                   JsonObject    *shown,
                   JsonObject    *after,
                   const char    *reason,
                   GCancellable  *cancellable,
                   GError       **error)
{
  return resubmit (context, shown, "revise", after, reason, cancellable, error);
}
