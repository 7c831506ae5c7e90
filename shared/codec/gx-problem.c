/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GError <-> application/problem+json (RFC 9457), so that a refusal arrives at the client as the error it was.
 *
 * The code word decides, title and status follow from the table in gx-error.c. It translates nothing: the client words
 * the refusal by code and params. An error of status 500 keeps its sentence at home: it may name a path or a statement,
 * and belongs into the log.
 */
#include "gx-problem.h"

#include "gx-error.h"
#include "gx-json.h"

/* For answers without a body of ours, e.g. from something in between. */
static const struct { guint status; GxError code; } by_status[] = {
  { 400, GX_ERROR_MALFORMED },  { 401, GX_ERROR_UNAUTHENTICATED },   { 403, GX_ERROR_FORBIDDEN }, { 404, GX_ERROR_NOT_FOUND },
  { 405, GX_ERROR_METHOD },     { 409, GX_ERROR_CONFLICT },          { 410, GX_ERROR_CURSOR_EXPIRED },
  { 411, GX_ERROR_LENGTH_REQUIRED }, { 413, GX_ERROR_TOO_LARGE },    { 415, GX_ERROR_MEDIA_TYPE }, { 422, GX_ERROR_INVALID },
  { 426, GX_ERROR_UPGRADE },    { 429, GX_ERROR_RATE },              { 502, GX_ERROR_OFFLINE },   { 503, GX_ERROR_BUSY },
  { 504, GX_ERROR_OFFLINE },
};

static const GxErrorInfo *
info_of (const GError *error)
{
  return gx_error_info_by_slug (gx_error_slug (error));
}

static void
write_type (GxJsonWriter      *writer,
            const GxErrorInfo *info)
{
  g_autofree char *slug = g_ascii_strdown (info->slug, -1);
  g_autofree char *type = g_strconcat (GX_PROBLEM_TYPE_PREFIX, g_strdelimit (slug, "_", '-'), NULL);

  gx_json_writer_put_string (writer, "type", type);
}

static void
write_violations (GxJsonWriter    *writer,
                  const GPtrArray *violations)
{
  gx_json_writer_member (writer, "violations");
  gx_json_writer_begin_array (writer);
  for (guint i = 0; i < violations->len; i++)
    {
      const GxViolation *violation = g_ptr_array_index (violations, i);

      gx_json_writer_begin_object (writer);
      gx_json_writer_put_string (writer, "field", violation->field);
      gx_json_writer_put_string (writer, "rule", violation->rule);
      gx_json_writer_put_string (writer, "detail", violation->detail);
      gx_json_writer_end_object (writer);
    }
  gx_json_writer_end_array (writer);
}

/**
 * gx_problem_status:
 *
 * Returns: the HTTP status that @error is answered with; 500 for a foreign domain
 */
guint
gx_problem_status (const GError *error)
{
  return info_of (error)->status;
}

/**
 * gx_problem_write:
 * @error: of any domain; a foreign one is INTERNAL to the other side
 *
 * Returns: (transfer full): the body of a problem answer
 */
char *
gx_problem_write (const GError *error)
{
  const GxErrorInfo *info = info_of (error);
  GString *out = g_string_sized_new (256);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  write_type (&writer, info);
  gx_json_writer_put_string (&writer, "title", info->title);
  gx_json_writer_put_int (&writer, "status", info->status);
  gx_json_writer_put_string (&writer, "code", info->slug);
  if (info->status != 500)
    gx_json_writer_put_string (&writer, "detail", error->message);
  if (gx_error_get_violations (error) != NULL)
    write_violations (&writer, gx_error_get_violations (error));
  if (gx_error_get_params (error) != NULL)
    gx_json_writer_put_raw (&writer, "params", gx_error_get_params (error));
  if (gx_error_get_retry_after (error) > 0)
    gx_json_writer_put_int (&writer, "retry_after", gx_error_get_retry_after (error));
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

static GxError
code_of_status (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (by_status); i++)
    if (by_status[i].status == status)
      return by_status[i].code;

  return status >= 400 && status < 500 ? GX_ERROR_MALFORMED : GX_ERROR_INTERNAL;
}

static gboolean
read_violations (JsonObject  *object,
                 GError      *problem,
                 GError     **error)
{
  JsonArray *array = NULL;

  if (!gx_json_opt_array (object, "violations", &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *field = NULL, *rule = NULL, *detail = NULL;
      JsonObject *item;

      if (!gx_json_item_object (array, i, "violations", &item, error)
          || !gx_json_opt_string (item, "field", &field, error)
          || !gx_json_opt_string (item, "rule", &rule, error)
          || !gx_json_opt_string (item, "detail", &detail, error))
        return FALSE;
      gx_error_add_violation (problem, field, rule, detail);
    }

  return TRUE;
}

static gboolean
read_extras (JsonObject  *object,
             GError      *problem,
             GError     **error)
{
  JsonObject *params = NULL;
  gint64 retry_after = 0;

  if (!read_violations (object, problem, error)
      || !gx_json_opt_object (object, "params", &params, error)
      || !gx_json_opt_int (object, "retry_after", &retry_after, error))
    return FALSE;
  if (params != NULL)
    {
      g_autofree char *text = gx_json_canonical (json_object_get_member (object, "params"));

      gx_error_set_params (problem, text);
    }
  gx_error_set_retry_after (problem, (guint) CLAMP (retry_after, 0, G_MAXINT32));

  return TRUE;
}

static GError *
read_problem (const char  *data,
              gssize       length,
              GError     **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (data, length, error);
  g_autoptr(GError) problem = NULL;
  const char *slug, *detail = NULL;
  const GxErrorInfo *info;
  JsonObject *object;

  if (node == NULL
      || (object = gx_json_root_object (node, error)) == NULL
      || !gx_json_get_string (object, "code", &slug, error)
      || !gx_json_opt_string (object, "detail", &detail, error))
    return NULL;
  info = gx_error_info_by_slug (slug);
  if (info == NULL)
    {
      gx_fail (error, GX_ERROR_MALFORMED, "unknown problem code");
      return NULL;
    }
  problem = g_error_new_literal (GX_ERROR, info->code, detail != NULL ? detail : info->title);
  if (!read_extras (object, problem, error))
    return NULL;

  return g_steal_pointer (&problem);
}

/**
 * gx_problem_read:
 * @status: the HTTP status of the answer
 * @data: (array length=length) (nullable): its body, from outside; if that is no problem of ours, @status decides
 *
 * Returns: always %FALSE, with @error set to the error that the other side had
 */
gboolean
gx_problem_read (guint        status,
                 const char  *data,
                 gssize       length,
                 GError     **error)
{
  GError *problem = read_problem (data, length, NULL);

  if (problem == NULL)
    return gx_fail (error, code_of_status (status), "HTTP status %u", status);
  g_propagate_error (error, problem);

  return FALSE;
}
