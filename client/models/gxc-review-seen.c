/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an opened request tells beside its own row: whether its step is the viewer's, the rows it touches, who else may
 * decide. It rides on the record that the server gave; a copy from the desk's own store has none, and is not signed or
 * kept with it. */

#include "gxc-review-seen.h"

#include "gx-entity-json.h"
#include "gx-error.h"
#include "gx-json.h"

#define KEY "gxc-review-seen"

static void
seen_free (gpointer data)
{
  GxcReviewSeen *seen = data;

  g_ptr_array_unref (seen->context);
  g_array_unref (seen->reviewers);
  g_free (seen);
}

GxcReviewSeen *
gxc_review_seen_new (gboolean may_decide)
{
  GxcReviewSeen *seen = g_new (GxcReviewSeen, 1);

  seen->may_decide = may_decide;
  seen->context = g_ptr_array_new_with_free_func (g_object_unref);
  seen->reviewers = g_array_new (FALSE, FALSE, sizeof (GxId));
  return seen;
}

/**
 * gxc_review_seen_of:
 *
 * Returns: (transfer none) (nullable): %NULL if @request is not from the server
 */
const GxcReviewSeen *
gxc_review_seen_of (GxRecord *request)
{
  return g_object_get_data (G_OBJECT (request), KEY);
}

/** gxc_review_seen_give: @seen (transfer full) */
void
gxc_review_seen_give (GxRecord      *request,
                      GxcReviewSeen *seen)
{
  g_object_set_data_full (G_OBJECT (request), KEY, seen, seen_free);
}

static gboolean
read_context (GxcReviewSeen *seen, JsonArray *rows, GError **error)
{
  for (guint i = 0; rows && i < json_array_get_length (rows); i++)
    {
      JsonObject *object;
      GxPut put;

      if (!gx_json_item_object (rows, i, "context", &object, error) || !gx_put_read (object, &put, error))
        return FALSE;
      g_ptr_array_add (seen->context, gx_record_new (put.entity, gx_entity_copy (put.entity, put.data)));
      gx_put_clear (&put);
    }
  return TRUE;
}

static gboolean
read_reviewers (GxcReviewSeen *seen, JsonArray *ids, GError **error)
{
  for (guint i = 0; ids && i < json_array_get_length (ids); i++)
    {
      const char *text;
      GxId id;

      if (!gx_json_item_string (ids, i, "reviewers", &text, error))
        return FALSE;
      if (!gx_id_parse (text, &id))
        return gx_fail_field (error, GX_ERROR_INVALID, "reviewers", "form", "“%s” is no id", text);
      g_array_append_val (seen->reviewers, id);
    }
  return TRUE;
}

/**
 * gxc_review_seen_read:
 * @object: the server's answer; what it does not tell stays empty
 *
 * Errors: those of gx_put_read(); then @request has nothing
 */
gboolean
gxc_review_seen_read (GxRecord    *request,
                      JsonObject  *object,
                      GError     **error)
{
  JsonArray *context = NULL, *reviewers = NULL;
  GxcReviewSeen *seen = gxc_review_seen_new (json_object_get_boolean_member_with_default (object, "may_decide", FALSE));

  if (gx_json_opt_array (object, "context", &context, error) && gx_json_opt_array (object, "reviewers", &reviewers, error)
      && read_context (seen, context, error) && read_reviewers (seen, reviewers, error))
    {
      gxc_review_seen_give (request, seen);
      return TRUE;
    }
  seen_free (seen);
  return FALSE;
}
