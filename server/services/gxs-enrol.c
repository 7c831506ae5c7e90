/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desktop registers the public half of its signing key. A client has one key: the same one again is simply told again,
 * another one is refused, unless the desktop says that it has lost the first. Then the old device is suspended, so that
 * nothing is signed by it any more, and the new one takes its place; as for a decision, the password must be fresh, or
 * whoever found a session could sign in its person's name. */
#include "gxs-auth.h"

#include "gx-device.h"
#include "gx-sign.h"
#include "gx-sql.h"
#include "gxs-review-private.h"
#include "gxs-write.h"

typedef struct
{
  GxsSession *session;
  GBytes     *pubkey;
  const char *name;         /* (nullable) */
  gboolean    replace;
  GxId        device_id;
} Enrolment;

static GxsActor
actor_of (const GxsAuthz *authz,
          const char     *action)
{
  return (GxsActor) {
    .login_id = authz->login_id, .employee_id = authz->employee_id, .session_id = authz->session_id, .action = action,
  };
}

/* The key that the client registered before, none if it is the first. */
static gboolean
find_known (GxDb        *db,
            const GxId  *client_id,
            GxId        *out_device_id,
            GBytes     **out_pubkey,
            GError     **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT d.id, d.pubkey_ed25519 FROM client c JOIN device d ON d.id = c.device_id WHERE c.id = ?", "u",
                 client_id);
  GError *local = NULL;

  *out_device_id = GX_ID_NONE;
  *out_pubkey = NULL;
  if (statement == NULL)
    return FALSE;
  if (gx_statement_next (statement, &local))
    {
      *out_device_id = gx_statement_get_id (statement, 0);
      *out_pubkey = gx_statement_dup_bytes (statement, 1);
    }
  if (local != NULL)
    g_propagate_error (error, local);

  return local == NULL;
}

static gboolean
suspend (GxsBatch        *batch,
         const GxsAuthz  *authz,
         const GxId      *device_id,
         GError         **error)
{
  const GxsActor actor = actor_of (authz, "enrol");
  GxDb *db = gxs_batch_get_db (batch);
  GxDevice *before = gx_sql_load (db, &gx_device_entity, device_id, error);
  GxDevice *device = before != NULL ? gx_entity_copy (&gx_device_entity, before) : NULL;
  gboolean done = before != NULL;

  if (done && device->status == GX_DEVICE_ACTIVE)
    {
      device->status = GX_DEVICE_SUSPENDED;
      done = gxs_write_update (batch, &actor, &gx_device_entity, before, device, error);
    }
  if (before != NULL)
    {
      gx_entity_free (&gx_device_entity, device);
      gx_entity_free (&gx_device_entity, before);
    }

  return done;
}

/* What was known gives way, or the enrolment ends here. */
static gboolean
make_way (GxsBatch         *batch,
          const Enrolment  *enrolment,
          const GxsAuthz   *authz,
          const GxId       *known_id,
          GError          **error)
{
  gint64 age = gxs_batch_get_now (batch) - authz->step_up_at;

  if (!enrolment->replace)
    return gx_fail (error, GX_ERROR_EXISTS, "this client has registered another key");
  if (authz->step_up_at == 0 || age > GXS_STEP_UP_MS)
    return gx_fail (error, GX_ERROR_STEP_UP, "enter the password again to replace a key");

  return suspend (batch, authz, known_id, error);
}

static gboolean
insert_device (GxsBatch        *batch,
               Enrolment       *enrolment,
               const GxsAuthz  *authz,
               GError         **error)
{
  const GxsActor actor = actor_of (authz, "enrol");
  GxDevice *device = gx_entity_new (&gx_device_entity);
  gboolean done;

  device->login_id = authz->login_id;
  device->pubkey_ed25519 = g_bytes_ref (enrolment->pubkey);
  device->name = g_strdup (enrolment->name);
  device->enrolled_at = gxs_batch_get_now (batch);
  device->status = GX_DEVICE_ACTIVE;
  done = gx_entity_validate (&gx_device_entity, device, GX_FIELD_BIT (gx_entity_index_of (&gx_device_entity, "name")), error)
         && gxs_write_create (batch, &actor, &gx_device_entity, device, error);
  enrolment->device_id = device->meta.id;
  gx_entity_free (&gx_device_entity, device);

  return done
         && gx_db_run (gxs_batch_get_db (batch), error, "UPDATE client SET device_id = ? WHERE id = ?", "uu", &enrolment->device_id,
                       &authz->client_id)
         && gx_db_run (gxs_batch_get_db (batch), error, "UPDATE session SET device_id = ? WHERE id = ?", "uu", &enrolment->device_id,
                       &authz->session_id);
}

static gboolean
write_enrol (GxsBatch  *batch,
             gpointer   data,
             GError   **error)
{
  Enrolment *enrolment = data;
  GxDb *db = gxs_batch_get_db (batch);
  g_autoptr(GxsAuthz) authz = gxs_session_dup_authz (enrolment->session, db, gxs_batch_get_now (batch), error);
  g_autoptr(GBytes) known = NULL;
  GxId known_id;

  if (authz == NULL || !find_known (db, &authz->client_id, &known_id, &known, error))
    return FALSE;
  if (known != NULL && g_bytes_equal (known, enrolment->pubkey))
    {
      enrolment->device_id = known_id;
      return TRUE;
    }

  return (known == NULL || make_way (batch, enrolment, authz, &known_id, error)) && insert_device (batch, enrolment, authz, error);
}

/**
 * gxs_auth_enrol:
 * @pubkey: the Ed25519 key in base64
 * @name: (nullable): of the desktop
 * @replace: whether the client has lost the key that it registered before
 *
 * Errors: %GX_ERROR_INVALID for a key that is none, %GX_ERROR_EXISTS if the client has another one and does not replace it,
 *   %GX_ERROR_STEP_UP if it does, longer after the password than a decision may be
 */
gboolean
gxs_auth_enrol (const GxsAuth  *auth,
                GxsSession     *session,
                const char     *pubkey,
                const char     *name,
                gboolean        replace,
                GxId           *out_device_id,
                GError        **error)
{
  Enrolment enrolment = { .session = session, .name = name, .replace = replace };
  g_autoptr(GBytes) bytes = NULL;
  GxPublicKey key;

  if (!gx_public_key_parse (pubkey, &key))
    return gx_fail_field (error, GX_ERROR_INVALID, "pubkey", "form", "must be an Ed25519 key in base64");

  enrolment.pubkey = bytes = g_bytes_new (key.b, sizeof key.b);
  if (!gxs_store_run (auth->store, write_enrol, &enrolment, error))
    return FALSE;

  gxs_session_set_device (session, &enrolment.device_id);
  *out_device_id = enrolment.device_id;
  return TRUE;
}
