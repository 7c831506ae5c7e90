/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two requests of rm1 that wait for a checker when the demo opens, truly signed: a device key is made and registered for
 * them and kept nowhere.
 */
#include "gxs-demo-review.h"

#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-device.h"
#include "gx-sign.h"
#include "gx-sql.h"
#include "gxs-authz.h"
#include "gxs-review.h"

typedef struct
{
  const char     *kind;
  const GxEntity *entity;
  GxId            id;
  gint64          version;
  const char     *field;
  char            value[64];        /* as JSON */
  const char     *reason;
} Wish;

static gboolean
find_login (GxsDemo  *demo,
            GxId     *out_login,
            GError  **error)
{
  g_autoptr(GxStatement) rows = gx_db_query (gxs_batch_get_db (demo->batch), error, "SELECT id FROM login WHERE login='rm1'", NULL);

  if (rows == NULL || !gx_statement_next (rows, error))
    return FALSE;

  *out_login = gx_statement_get_id (rows, 0);
  return TRUE;
}

static gboolean
register_device (GxsDemo      *demo,
                 const GxId   *login,
                 GxSecretKey  *out_key,
                 GxId         *out_device,
                 GError      **error)
{
  GxDevice *device = gx_entity_new (&gx_device_entity);
  GxPublicKey public;

  gx_secret_key_make (gx_random_system (), out_key);
  gx_secret_key_get_public (out_key, &public);
  *out_device = device->meta.id = gxs_batch_new_id (demo->batch);
  device->login_id = *login;
  device->pubkey_ed25519 = g_bytes_new (public.b, sizeof public.b);
  device->name = g_strdup ("init");
  device->enrolled_at = demo->now;
  device->status = GX_DEVICE_ACTIVE;
  return gxs_demo_put (demo, &gx_device_entity, device, error);
}

/* The first active customers of rm1: the mobile of one, the manager of another. */
static gboolean
draw_wishes (GxsDemo  *demo,
             Wish      wishes[static 2],
             GError  **error)
{
  GxDb *db = gxs_batch_get_db (demo->batch);
  g_autoptr(GxStatement) mobile =
    gx_db_query (db, error, "SELECT p.id, p.v FROM contact_point p JOIN customer c ON c.id=p.customer_id"
                            " WHERE c.primary_rm_id=? AND c.status=2 AND c.type=1 AND p.kind=1 ORDER BY c.cif_no LIMIT 1", "u", &demo->rms[0]);
  g_autoptr(GxStatement) customer =
    gx_db_query (db, error, "SELECT id, v FROM customer WHERE primary_rm_id=? AND status=2 ORDER BY cif_no DESC LIMIT 1", "u", &demo->rms[0]);

  if (mobile == NULL || customer == NULL || !gx_statement_next (mobile, error) || !gx_statement_next (customer, error))
    return FALSE;

  wishes[0] = (Wish) { .kind = "customer.contact", .entity = &gx_contact_point_entity, .id = gx_statement_get_id (mobile, 0),
                       .version = gx_statement_get_int (mobile, 1), .field = "value",
                       .reason = "客户本人来行出示证件，更换新手机号码" };
  g_snprintf (wishes[0].value, sizeof wishes[0].value, "\"139%08u\"", gx_random_below (demo->random, 100000000));
  wishes[1] = (Wish) { .kind = "customer.transfer", .entity = &gx_customer_entity, .id = gx_statement_get_id (customer, 0),
                       .version = gx_statement_get_int (customer, 1), .field = "primary_rm_id",
                       .reason = "客户搬迁至城西，就近移交给同事维护" };
  g_snprintf (wishes[1].value, sizeof wishes[1].value, "\"%s\"", GX_ID_STR (&demo->rms[2]));
  return TRUE;
}

static JsonNode *
one_member (const char *name,
            JsonNode   *value)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  json_object_set_member (json_node_get_object (node), name, value);
  return node;
}

static JsonNode *
int_node (gint64 value)
{
  return json_node_init_int (json_node_alloc (), value);
}

static gboolean
submit (GxsDemo            *demo,
        const GxsAuthz     *authz,
        const GxSecretKey  *key,
        const Wish         *wish,
        GError            **error)
{
  GxId request = gxs_batch_new_id (demo->batch), mutation = gxs_batch_new_id (demo->batch);
  g_autoptr(JsonNode) after = one_member (wish->field, json_from_string (wish->value, NULL));
  g_autoptr(JsonNode) base = one_member (wish->field, int_node (wish->version));
  GxRequestContent content = { .kind = wish->kind, .op = "patch", .table = wish->entity->name, .entity = wish->id, .rev = 1,
                               .reason = wish->reason, .after = after, .base = base };
  g_autofree char *digest = gx_request_digest (&content);
  GxDecision decision = { .request = request, .rev = 1, .digest = digest, .verdict = "submit", .person = authz->employee_id };
  g_autofree char *signature = gx_decision_sign (&decision, key);
  g_autoptr(JsonObject) set = json_object_new ();
  g_autofree char *answer = NULL;
  gint64 seq;

  json_object_set_string_member (set, "kind", wish->kind);
  json_object_set_string_member (set, "op", "patch");
  json_object_set_string_member (set, "tbl", wish->entity->name);
  json_object_set_string_member (set, "entity_id", GX_ID_STR (&wish->id));
  json_object_set_member (set, "after", json_node_copy (after));
  json_object_set_member (set, "base", json_node_copy (base));
  json_object_set_int_member (set, "base_v", wish->version);
  json_object_set_string_member (set, "reason", wish->reason);
  json_object_set_array_member (set, "evidence", json_array_new ());
  json_object_set_int_member (set, "rev", 1);
  json_object_set_string_member (set, "digest", digest);
  json_object_set_string_member (set, "sig", signature);
  return gxs_review_submit (demo->batch, authz, &request, &mutation, set, &answer, &seq, error);
}

/**
 * gxs_demo_make_requests:
 *
 * A new mobile number and a hand-over inside the branch, both waiting.
 */
gboolean
gxs_demo_make_requests (GxsDemo  *demo,
                        GError  **error)
{
  g_auto(GxSecretKey) key = { 0 };
  g_autoptr(GxsAuthz) authz = NULL;
  GxsSignedIn who = { 0 };
  Wish wishes[2];

  if (!find_login (demo, &who.login_id, error)
      || !register_device (demo, &who.login_id, &key, &who.device_id, error)
      || !draw_wishes (demo, wishes, error))
    return FALSE;

  authz = gxs_authz_new (gxs_batch_get_db (demo->batch), &who, demo->now, error);
  return authz != NULL && submit (demo, authz, &key, &wishes[0], error) && submit (demo, authz, &key, &wishes[1], error);
}
