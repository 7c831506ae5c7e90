/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lost or stolen desktop: its person or an administrator revokes it, with the password fresh. From that commit on none of its
 * sessions is one, nobody signs in from it, and nothing is signed by it; at its next contact it hands in what waits and wipes
 * what it has (gxs-farewell).
 *
 * One person's word is enough for it, since it takes nothing away from the bank: what waits is handed in, and the person signs
 * in on another computer.
 */
#include "gxs-auth.h"

#include "gx-device.h"
#include "gx-json.h"
#include "gx-sql.h"
#include "gxs-review-private.h"
#include "gxs-write.h"

typedef struct
{
  GxsSession *session;
  GxId        device_id;
} Revocation;

static gboolean
check_right (const GxsAuthz  *authz,
             const GxDevice  *device,
             GxsBatch        *batch,
             GError         **error)
{
  gint64 age = gxs_batch_get_now (batch) - authz->step_up_at;

  if (device->meta.del || (!gx_role_can (authz->roles, GX_CAN_ADMIN) && !gx_id_equal (&device->login_id, &authz->login_id)))
    return gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such device of yours");

  return (authz->step_up_at != 0 && age <= GXS_STEP_UP_MS) || gx_fail (error, GX_ERROR_STEP_UP, "enter the password again to revoke a device");
}

static gboolean
end_sessions (GxsBatch        *batch,
              const GxDevice  *device,
              GError         **error)
{
  GxDb *db = gxs_batch_get_db (batch);

  return gx_db_run (db, error, "UPDATE session SET ended_at = ? WHERE device_id = ? AND ended_at IS NULL", "iu", gxs_batch_get_now (batch),
                    &device->meta.id)
         /* What is on its way in a session that was found before looks its rights up again. */
         && gx_db_run (db, error, "UPDATE login SET perm_ver = COALESCE(perm_ver, 0) + 1 WHERE id = ?", "u", &device->login_id);
}

static gboolean
mark_revoked (GxsBatch         *batch,
              const GxsAuthz   *authz,
              const GxDevice   *before,
              GError          **error)
{
  const GxsActor actor = {
    .login_id = authz->login_id, .employee_id = authz->employee_id, .device_id = authz->device_id, .session_id = authz->session_id,
    .action = "device.revoke",
  };
  GxDevice *device;
  gboolean done;

  if (before->status == GX_DEVICE_WIPE_PENDING || before->status == GX_DEVICE_WIPED)
    return TRUE;
  device = gx_entity_copy (&gx_device_entity, before);
  device->status = GX_DEVICE_WIPE_PENDING;
  done = gxs_write_update (batch, &actor, &gx_device_entity, before, device, error) && end_sessions (batch, before, error);
  gx_entity_free (&gx_device_entity, device);

  return done;
}

static gboolean
write_revocation (GxsBatch  *batch,
                  gpointer   data,
                  GError   **error)
{
  Revocation *revocation = data;
  GxDb *db = gxs_batch_get_db (batch);
  g_autoptr(GxsAuthz) authz = gxs_session_dup_authz (revocation->session, db, gxs_batch_get_now (batch), error);
  gpointer device = NULL;
  gboolean done;

  if (authz == NULL || !gx_sql_find (db, &gx_device_entity, &revocation->device_id, &device, error))
    return FALSE;
  if (device == NULL)
    return gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such device of yours");
  done = check_right (authz, device, batch, error) && mark_revoked (batch, authz, device, error);
  gx_entity_free (&gx_device_entity, device);

  return done;
}

/**
 * gxs_auth_revoke:
 *
 * Errors: %GX_ERROR_NOT_FOUND for a device that is neither one's own nor an administrator's to see, %GX_ERROR_STEP_UP
 */
gboolean
gxs_auth_revoke (const GxsAuth  *auth,
                 GxsSession     *session,
                 const GxId     *device_id,
                 GError        **error)
{
  Revocation revocation = { session, *device_id };

  if (!gxs_store_run (auth->store, write_revocation, &revocation, error))
    return FALSE;

  gxs_sessions_remove_device (auth->sessions, device_id);
  return TRUE;
}

/**
 * gxs_auth_list_devices:
 *
 * Returns: (transfer full) (nullable): the devices of the session's own login, JSON
 */
char *
gxs_auth_list_devices (GxDb            *db,
                       const GxsAuthz  *authz,
                       GError         **error)
{
  g_autoptr(GxStatement) rows = gx_db_query (db, error, "SELECT id, name, enrolled_at, status FROM device WHERE login_id = ? AND del = 0 ORDER BY enrolled_at, id",
                                             "u", &authz->login_id);
  const GxChoice *statuses = gx_entity_find (&gx_device_entity, "status")->choices;
  g_autoptr(GString) out = g_string_new (NULL);
  GError *local = NULL;
  GxJsonWriter writer;

  if (rows == NULL)
    return NULL;
  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_member (&writer, "devices");
  gx_json_writer_begin_array (&writer);
  while (gx_statement_next (rows, &local))
    {
      GxId id = gx_statement_get_id (rows, 0);

      gx_json_writer_begin_object (&writer);
      gx_json_writer_put_id (&writer, "id", &id);
      gx_json_writer_put_string (&writer, "name", gx_statement_get_text (rows, 1));
      gx_json_writer_put_int (&writer, "enrolled_at", gx_statement_get_int (rows, 2));
      gx_json_writer_put_string (&writer, "status", gx_choice_code (statuses, (int) gx_statement_get_int (rows, 3)));
      gx_json_writer_put_bool (&writer, "this", gx_id_equal (&id, &authz->device_id));
      gx_json_writer_end_object (&writer);
    }
  gx_json_writer_end_array (&writer);
  gx_json_writer_end_object (&writer);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}
