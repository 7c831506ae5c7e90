/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The common part of every handler. The rights of a session are looked up anew for each request here, and nowhere else:
 * the gate's quick refusal by role may be one request old, this is not.
 */
#include "gxs-handle.h"

#include "gx-json.h"
#include "gx-protocol.h"
#include "gxs-audit.h"

#include <string.h>

/* What a session with a one-time password may do, and what is no person's action. */
static const char *const before_change[] = { GX_PATH_PASSWORD, GX_PATH_SESSION, GX_PATH_SIGN_OUT, NULL };
static const char *const background[] = { GX_PATH_PULL, GX_PATH_BOOTSTRAP, GX_PATH_WAIT, NULL };

GxsServices *
gxs_handle_services (GxsContext *ctx)
{
  return gxs_context_get_services (ctx);
}

GxsSession *
gxs_handle_session (GxsContext *ctx)
{
  return gxs_context_get_session (ctx);
}

/**
 * gxs_handle_reader:
 *
 * Returns: (transfer none): the connection of the pool's thread
 */
GxDb *
gxs_handle_reader (GxsContext *ctx)
{
  return gxs_context_get_thread_data (ctx);
}

/* A document that a desk fetches before anybody opens it is none either: the desk says so. */
static gboolean
is_background (GxsContext *ctx)
{
  return g_strv_contains (background, gxs_context_get_route (ctx)->pattern) || gxs_context_get_query (ctx, "ahead") != NULL;
}

static gboolean
check_role (GxsContext      *ctx,
            const GxsAuthz  *authz,
            GError         **error)
{
  const GxsRoute *route = gxs_context_get_route (ctx);

  return route->roles == 0 || (route->roles & authz->roles) != 0
         || gx_fail (error, GX_ERROR_FORBIDDEN, "your role may not do that");
}

/**
 * gxs_handle_authz:
 * @db: a connection of the calling thread
 *
 * Returns: (transfer full) (nullable): the rights as they are now
 *
 * Errors: %GX_ERROR_UNAUTHENTICATED, %GX_ERROR_FORBIDDEN
 */
GxsAuthz *
gxs_handle_authz (GxsContext  *ctx,
                  GxDb        *db,
                  GError     **error)
{
  GxsServices *services = gxs_handle_services (ctx);
  GxsSession *session = gxs_handle_session (ctx);
  const char *pattern = gxs_context_get_route (ctx)->pattern;
  g_autoptr(GxsAuthz) authz = gxs_session_dup_authz (session, db, gx_clock_now (services->clock), error);

  if (authz == NULL || !check_role (ctx, authz, error))
    return NULL;
  if (gxs_session_must_change (session) && !g_strv_contains (before_change, pattern))
    {
      gx_fail (error, GX_ERROR_FORBIDDEN, "change the one-time password first");
      return NULL;
    }
  if (!is_background (ctx))
    gxs_auth_touch (&services->auth, session);

  return g_steal_pointer (&authz);
}

/**
 * gxs_handle_object:
 *
 * Returns: (transfer none) (nullable): the body, which must be an object
 */
JsonObject *
gxs_handle_object (GxsContext  *ctx,
                   GError     **error)
{
  return gx_json_root_object (gxs_context_get_json (ctx), error);
}

gboolean
gxs_handle_id_arg (GxsContext  *ctx,
                   guint        index,
                   GxId        *out_id,
                   GError     **error)
{
  return gx_id_parse (gxs_context_get_arg (ctx, index), out_id)
         || gx_fail (error, GX_ERROR_NOT_FOUND, "there is nothing with that id");
}

/**
 * gxs_handle_take_json:
 * @json: (transfer full)
 */
void
gxs_handle_take_json (GxsContext *ctx,
                      char       *json)
{
  g_autoptr(GBytes) bytes = g_bytes_new_take (json, strlen (json));

  gxs_context_set_json (ctx, bytes);
}

/**
 * gxs_handle_take_text:
 * @text: (transfer full)
 */
void
gxs_handle_take_text (GxsContext *ctx,
                      const char *content_type,
                      GString    *text)
{
  g_autoptr(GBytes) bytes = g_string_free_to_bytes (text);

  gxs_context_set_body (ctx, content_type, bytes);
}

/**
 * Write: one request that writes, until it is answered. Nothing of a refused one remains, so its entry in the log is
 * written by a job of its own; the answer waits for that too.
 */
typedef struct
{
  GxsContext    *ctx;
  GxsHandleWork  work;
  GString       *out;
  GxId           device_id;     /* none until the rights were looked up */
  GError        *refusal;       /* (nullable) (owned) */
} Write;

static gboolean
run_write (GxsBatch  *batch,
           gpointer   data,
           GError   **error)
{
  Write *write = data;
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (write->ctx, gxs_batch_get_db (batch), error);

  g_string_truncate (write->out, 0);
  if (authz != NULL)
    write->device_id = authz->device_id;

  return authz != NULL && write->work (batch, authz, write->ctx, write->out, error);
}

static void
finish_write (Write  *write,
              GError *error)
{
  if (error == NULL && write->out->len > 0)
    gxs_handle_take_text (write->ctx, GX_TYPE_JSON, g_steal_pointer (&write->out));
  gxs_context_complete (write->ctx, error);
  if (write->out != NULL)
    g_string_free (write->out, TRUE);
  g_free (write);
}

/* What was asked for and not granted; not what only comes too early, or in another version of the protocol. */
static gboolean
is_refusal (const GError *error)
{
  static const GxError others[] = { GX_ERROR_GAP, GX_ERROR_EPOCH, GX_ERROR_UPGRADE, GX_ERROR_MALFORMED, GX_ERROR_UNAUTHENTICATED };

  if (error == NULL || error->domain != GX_ERROR || gx_error_info ((GxError) error->code)->status >= 429)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (error->code == (int) others[i])
      return FALSE;

  return TRUE;
}

static gboolean
write_refusal (GxsBatch  *batch,
               gpointer   data,
               GError   **error)
{
  Write *write = data;
  GxsSession *session = gxs_handle_session (write->ctx);
  const char *pattern = gxs_context_get_route (write->ctx)->pattern;
  gboolean review = g_str_has_prefix (pattern, GX_PATH_REQUESTS);
  GxsAuditEvent event = {
    .action = review ? "cr.refused" : "refused",
    .actor = *gxs_session_get_login_id (session),
    .session = *gxs_session_get_id (session),
    .device = write->device_id,
    .result = gx_error_slug (write->refusal),
  };

  if (review && strchr (pattern, '{') != NULL && !gxs_handle_id_arg (write->ctx, 0, &event.cr_id, NULL))
    event.cr_id = GX_ID_NONE;

  return gxs_audit_append (batch, &event, error);
}

/* Whoever cannot be told so in the log is told to come again, not what stood against it. */
static void
on_refusal_written_cb (gpointer      data,
                       const GError *error)
{
  Write *write = data;
  GError *refusal = g_steal_pointer (&write->refusal);

  if (error != NULL)
    {
      g_error_free (refusal);
      refusal = g_error_copy (error);
    }
  finish_write (write, refusal);
}

static void
on_written_cb (gpointer      data,
               const GError *error)
{
  Write *write = data;
  GError *local = NULL;

  if (!is_refusal (error))
    {
      finish_write (write, error != NULL ? g_error_copy (error) : NULL);
      return;
    }

  write->refusal = g_error_copy (error);
  if (!gxs_store_submit (gxs_handle_services (write->ctx)->store, write_refusal, on_refusal_written_cb, write, &local))
    {
      on_refusal_written_cb (write, local);
      g_error_free (local);
    }
}

/**
 * gxs_handle_write:
 *
 * Errors: %GX_ERROR_BUSY when too much waits to be written
 */
gboolean
gxs_handle_write (GxsContext     *ctx,
                  GxsHandleWork   work,
                  GError        **error)
{
  GxsServices *services = gxs_handle_services (ctx);
  Write *write = g_new0 (Write, 1);

  write->ctx = ctx;
  write->work = work;
  write->out = g_string_new (NULL);
  if (gxs_store_submit (services->store, run_write, on_written_cb, write, error))
    return TRUE;

  g_string_free (write->out, TRUE);
  g_free (write);
  return FALSE;
}
