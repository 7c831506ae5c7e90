/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The common part of every handler. The rights of a session are looked up anew for each request here, and nowhere else:
 * the gate's quick refusal by role may be one request old, this is not.
 */
#include "gxs-handle.h"

#include "gx-json.h"
#include "gx-protocol.h"

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
  if (!g_strv_contains (background, pattern))
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

typedef struct
{
  GxsContext    *ctx;
  GxsHandleWork  work;
  GString       *out;
} Write;

static gboolean
run_write (GxsBatch  *batch,
           gpointer   data,
           GError   **error)
{
  Write *write = data;
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (write->ctx, gxs_batch_get_db (batch), error);

  g_string_truncate (write->out, 0);
  return authz != NULL && write->work (batch, authz, write->ctx, write->out, error);
}

static void
on_written_cb (gpointer      data,
               const GError *error)
{
  Write *write = data;

  if (error == NULL && write->out->len > 0)
    gxs_handle_take_text (write->ctx, GX_TYPE_JSON, g_steal_pointer (&write->out));
  gxs_context_complete (write->ctx, error != NULL ? g_error_copy (error) : NULL);
  if (write->out != NULL)
    g_string_free (write->out, TRUE);
  g_free (write);
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
