/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one error domain of the program and the one table behind it: code, slug, HTTP status, title.
 *
 * It does not format problem+json (codec/gx-problem does) and logs nothing. An error may carry the fields that broke
 * rules, a number of seconds after which to try again, and parameters as a JSON object for the client's translation.
 */
#include "gx-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

typedef struct
{
  GPtrArray *violations;    /* (nullable) (owned) of GxViolation */
  char      *params;        /* (nullable) (owned) JSON object */
  guint      retry_after;   /* seconds, 0 = not said */
} GxErrorPrivate;

static const GxErrorInfo table[] = {
  { GX_ERROR_INTERNAL,        "INTERNAL",        500, N_("The program made a mistake") },
  { GX_ERROR_USAGE,           "USAGE",           400, N_("The command cannot be understood") },
  { GX_ERROR_MALFORMED,       "MALFORMED",       400, N_("The input is malformed") },
  { GX_ERROR_INVALID,         "INVALID",         422, N_("A field breaks a rule") },
  { GX_ERROR_FIELD,           "FIELD",           422, N_("The field is kept by the server") },
  { GX_ERROR_SCHEMA,          "SCHEMA",          422, N_("Unknown entity, field or operation") },
  { GX_ERROR_NOT_FOUND,       "NOT_FOUND",       404, N_("Not found") },
  { GX_ERROR_EXISTS,          "EXISTS",          409, N_("It exists already") },
  { GX_ERROR_UNAUTHENTICATED, "UNAUTHENTICATED", 401, N_("Sign in first") },
  { GX_ERROR_STEP_UP,         "STEP_UP",         401, N_("Enter your password again") },
  { GX_ERROR_FORBIDDEN,       "FORBIDDEN",       403, N_("Not permitted for your role") },
  { GX_ERROR_FOUR_EYES,       "FOUR_EYES",       403, N_("A second person must decide") },
  { GX_ERROR_NEEDS_REVIEW,    "NEEDS_REVIEW",    422, N_("This change needs review") },
  { GX_ERROR_FIELD_LOCKED,    "FIELD_LOCKED",    409, N_("Another request for this field is open") },
  { GX_ERROR_EVIDENCE,        "EVIDENCE",        422, N_("Evidence is missing") },
  { GX_ERROR_STALE,           "STALE",           409, N_("The record changed after the request was made") },
  { GX_ERROR_CHANGED,         "CHANGED",         409, N_("The request is not the one you looked at") },
  { GX_ERROR_STATE,           "STATE",           409, N_("Not possible in its present state") },
  { GX_ERROR_CONFLICT,        "CONFLICT",        409, N_("Somebody else changed the same field") },
  { GX_ERROR_BUNDLE,          "BUNDLE",          409, N_("A change that belongs to this one was refused") },
  { GX_ERROR_GAP,             "GAP",             409, N_("A change before this one is missing") },
  { GX_ERROR_CLIENT_FORKED,   "CLIENT_FORKED",   409, N_("This profile is a copy of another") },
  { GX_ERROR_EPOCH,           "EPOCH",           409, N_("The server was restored from a backup") },
  { GX_ERROR_CURSOR_EXPIRED,  "CURSOR_EXPIRED",  410, N_("Too long offline: load again from the start") },
  { GX_ERROR_SIGNATURE,       "SIGNATURE",       422, N_("The signature does not match") },
  { GX_ERROR_DEVICE,          "DEVICE",          403, N_("This device is not registered") },
  { GX_ERROR_METHOD,          "METHOD",          405, N_("Method not allowed") },
  { GX_ERROR_LENGTH_REQUIRED, "LENGTH_REQUIRED", 411, N_("The length of the body is missing") },
  { GX_ERROR_TOO_LARGE,       "TOO_LARGE",       413, N_("Too large") },
  { GX_ERROR_MEDIA_TYPE,      "MEDIA_TYPE",      415, N_("Unsupported content type") },
  { GX_ERROR_UPGRADE,         "UPGRADE",         426, N_("This program is too old for the server") },
  { GX_ERROR_RATE,            "RATE",            429, N_("Too many requests") },
  { GX_ERROR_BUSY,            "BUSY",            503, N_("Busy, please try again") },
  { GX_ERROR_OFFLINE,         "OFFLINE",         503, N_("The server cannot be reached") },
  { GX_ERROR_TLS,             "TLS",             502, N_("The server's certificate is not trusted") },
  { GX_ERROR_KEYRING_ABSENT,  "KEYRING_ABSENT",  500, N_("There is no keyring service") },
  { GX_ERROR_KEYRING_LOCKED,  "KEYRING_LOCKED",  500, N_("The keyring stayed locked") },
  { GX_ERROR_KEYRING_ITEM,    "KEYRING_ITEM",    500, N_("The keyring has no such entry") },
  { GX_ERROR_STORE_LOCKED,    "STORE_LOCKED",    500, N_("This computer's data is locked") },
  { GX_ERROR_STORE_LOST,      "STORE_LOST",      500, N_("This computer's data cannot be opened any more") },
  { GX_ERROR_LEASE,           "LEASE",           500, N_("Too long without the bank") },
  { GX_ERROR_REVOKED,         "REVOKED",         403, N_("The bank has revoked this desk") },
  { GX_ERROR_IN_USE,          "IN_USE",          409, N_("Another program is using it") },
  { GX_ERROR_FUTURE,          "FUTURE",          500, N_("The data was written by a newer program") },
  { GX_ERROR_IO,              "IO",              500, N_("Reading or writing failed") },
  { GX_ERROR_DATABASE,        "DATABASE",        500, N_("The database failed") },
  { GX_ERROR_CONSTRAINT,      "CONSTRAINT",      409, N_("The database refused the change") },
  { GX_ERROR_TAMPERED,        "TAMPERED",        500, N_("The data was tampered with") },
  { GX_ERROR_CANCELLED,       "CANCELLED",       499, N_("Cancelled") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (table) == GX_N_ERRORS);

static void
violation_free (gpointer data)
{
  GxViolation *violation = data;

  g_free (violation->field);
  g_free (violation->rule);
  g_free (violation->detail);
  g_free (violation);
}

static void
gx_error_private_init (GxErrorPrivate *priv)
{
}

static void
gx_error_private_clear (GxErrorPrivate *priv)
{
  g_clear_pointer (&priv->violations, g_ptr_array_unref);
  g_clear_pointer (&priv->params, g_free);
}

static void
gx_error_private_copy (const GxErrorPrivate *src,
                       GxErrorPrivate       *dest)
{
  dest->violations = src->violations != NULL ? g_ptr_array_ref (src->violations) : NULL;
  dest->params = g_strdup (src->params);
  dest->retry_after = src->retry_after;
}

G_DEFINE_EXTENDED_ERROR (GxError, gx_error)

/**
 * gx_fail:
 * @error: (nullable): where to put the error
 * @code: what went wrong
 * @format: an English sentence for the log and the developer
 *
 * Returns: always %FALSE, so that callers write `return gx_fail (error, …)`
 */
gboolean
gx_fail (GError     **error,
         GxError      code,
         const char  *format,
         ...)
{
  va_list args;

  if (error != NULL)
    {
      va_start (args, format);
      g_propagate_error (error, g_error_new_valist (GX_ERROR, code, format, args));
      va_end (args);
    }

  return FALSE;
}

/**
 * gx_fail_field:
 * @field: the name of the field or row that is wrong
 * @rule: the rule that it breaks, e.g. "R-VALID"
 *
 * As gx_fail(), with one violation.
 */
gboolean
gx_fail_field (GError     **error,
               GxError      code,
               const char  *field,
               const char  *rule,
               const char  *format,
               ...)
{
  va_list args;

  if (error != NULL)
    {
      g_autofree char *detail = NULL;

      va_start (args, format);
      detail = g_strdup_vprintf (format, args);
      va_end (args);
      g_propagate_error (error, g_error_new (GX_ERROR, code, "%s: %s", field, detail));
      gx_error_add_violation (*error, field, rule, detail);
    }

  return FALSE;
}

/**
 * gx_fail_busy:
 * @retry_after: seconds after which trying again makes sense
 *
 * As gx_fail() with %GX_ERROR_BUSY.
 */
gboolean
gx_fail_busy (GError     **error,
              guint        retry_after,
              const char  *format,
              ...)
{
  va_list args;

  if (error != NULL)
    {
      va_start (args, format);
      g_propagate_error (error, g_error_new_valist (GX_ERROR, GX_ERROR_BUSY, format, args));
      va_end (args);
      gx_error_set_retry_after (*error, retry_after);
    }

  return FALSE;
}

const GxErrorInfo *
gx_error_info (GxError code)
{
  g_return_val_if_fail (code < GX_N_ERRORS, &table[GX_ERROR_INTERNAL]);
  g_assert (table[code].code == code);

  return &table[code];
}

/**
 * gx_error_info_by_slug:
 *
 * Returns: (nullable): the row of @slug, or %NULL if there is none
 */
const GxErrorInfo *
gx_error_info_by_slug (const char *slug)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (table[i].slug, slug) == 0)
      return &table[i];

  return NULL;
}

/**
 * gx_error_slug:
 *
 * Returns: the stable code word of @error; "INTERNAL" for a foreign domain
 */
const char *
gx_error_slug (const GError *error)
{
  return gx_error_info (error->domain == GX_ERROR ? (GxError) error->code : GX_ERROR_INTERNAL)->slug;
}

void
gx_error_add_violation (GError     *error,
                        const char *field,
                        const char *rule,
                        const char *detail)
{
  GxErrorPrivate *priv;
  GxViolation *violation;

  g_return_if_fail (error != NULL && error->domain == GX_ERROR);

  priv = gx_error_get_private (error);
  if (priv->violations == NULL)
    priv->violations = g_ptr_array_new_with_free_func (violation_free);

  violation = g_new0 (GxViolation, 1);
  violation->field = g_strdup (field);
  violation->rule = g_strdup (rule);
  violation->detail = g_strdup (detail);
  g_ptr_array_add (priv->violations, violation);
}

/**
 * gx_error_get_violations:
 *
 * Returns: (nullable) (transfer none): the #GxViolation that @error carries
 */
const GPtrArray *
gx_error_get_violations (const GError *error)
{
  return error->domain == GX_ERROR ? gx_error_get_private (error)->violations : NULL;
}

guint
gx_error_get_retry_after (const GError *error)
{
  return error->domain == GX_ERROR ? gx_error_get_private (error)->retry_after : 0;
}

void
gx_error_set_retry_after (GError *error,
                          guint   seconds)
{
  g_return_if_fail (error != NULL && error->domain == GX_ERROR);

  gx_error_get_private (error)->retry_after = seconds;
}

/**
 * gx_error_get_params:
 *
 * Returns: (nullable): a JSON object with what the client needs to word the refusal, e.g. `{"expected":12}`
 */
const char *
gx_error_get_params (const GError *error)
{
  return error->domain == GX_ERROR ? gx_error_get_private (error)->params : NULL;
}

void
gx_error_set_params (GError     *error,
                     const char *json)
{
  GxErrorPrivate *priv;

  g_return_if_fail (error != NULL && error->domain == GX_ERROR);

  priv = gx_error_get_private (error);
  g_free (priv->params);
  priv->params = g_strdup (json);
}

static GxError
code_of_foreign (const GError *error)
{
  if (error->domain == G_TLS_ERROR)
    return GX_ERROR_TLS;
  if (error->domain == G_RESOLVER_ERROR)
    return GX_ERROR_OFFLINE;
  if (error->domain == G_FILE_ERROR)
    return error->code == G_FILE_ERROR_NOENT ? GX_ERROR_NOT_FOUND : GX_ERROR_IO;
  if (error->domain != G_IO_ERROR)
    return GX_ERROR_INTERNAL;

  switch (error->code)
    {
    case G_IO_ERROR_NOT_FOUND:
      return GX_ERROR_NOT_FOUND;
    case G_IO_ERROR_CANCELLED:
      return GX_ERROR_CANCELLED;
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_TIMED_OUT:
    case G_IO_ERROR_PARTIAL_INPUT:
    case G_IO_ERROR_CONNECTION_CLOSED:
    case G_IO_ERROR_NOT_CONNECTED:
      return GX_ERROR_OFFLINE;
    default:
      return GX_ERROR_IO;
    }
}

/**
 * gx_error_adopt:
 * @error: (inout): an error of any domain
 *
 * Replaces an error of a foreign domain by the one of ours that means the same. Called at the border where a foreign
 * library is called, once.
 *
 * Returns: always %FALSE
 */
gboolean
gx_error_adopt (GError **error)
{
  if (error != NULL && *error != NULL && (*error)->domain != GX_ERROR)
    {
      GError *foreign = g_steal_pointer (error);

      *error = g_error_new_literal (GX_ERROR, code_of_foreign (foreign), foreign->message);
      g_error_free (foreign);
    }

  return FALSE;
}
