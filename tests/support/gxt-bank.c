/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small bank for tests of the server's services: written by gxs-write like any other, no server and no file needed. */
#include "gxt-bank.h"

#include "gx-address.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-device.h"
#include "gx-employee.h"
#include "gx-entity-json.h"
#include "gx-hash.h"
#include "gx-identifier.h"
#include "gx-login.h"
#include "gx-org-unit.h"
#include "gx-person-profile.h"
#include "gx-role-grant.h"
#include "gx-sql.h"
#include "gxs-migrations.h"
#include "gxs-restore.h"
#include "gxs-review.h"

#include <glib/gstdio.h>

#include <string.h>

#define NOW G_GINT64_CONSTANT (1790000000000)

static const struct
{
  const char *login;
  int         same_as;      /* person of that one */
  int         role;
  guint       unit;         /* 0 head office, 1 region, 2 and 3 branches */
} cast[GXT_N_PEOPLE] = {
  [GXT_RM1]      = { "rm1", GXT_RM1, GX_ROLE_RM, 2 },
  [GXT_RM1B]     = { "rm1b", GXT_RM1, GX_ROLE_SUPERVISOR, 2 },
  [GXT_RM2]      = { "rm2", GXT_RM2, GX_ROLE_RM, 2 },
  [GXT_SUP1]     = { "sup1", GXT_SUP1, GX_ROLE_SUPERVISOR, 2 },
  [GXT_MGR1]     = { "mgr1", GXT_MGR1, GX_ROLE_MANAGER, 2 },
  [GXT_RM3]      = { "rm3", GXT_RM3, GX_ROLE_RM, 3 },
  [GXT_SUP2]     = { "sup2", GXT_SUP2, GX_ROLE_SUPERVISOR, 3 },
  [GXT_MGR2]     = { "mgr2", GXT_MGR2, GX_ROLE_MANAGER, 3 },
  [GXT_REGION]   = { "region", GXT_REGION, GX_ROLE_SUPERVISOR, 1 },
  [GXT_HQ1]      = { "hq1", GXT_HQ1, GX_ROLE_HQ, 0 },
  [GXT_ADMIN1]   = { "admin1", GXT_ADMIN1, GX_ROLE_ADMIN, 0 },
  [GXT_AUDITOR1] = { "auditor1", GXT_AUDITOR1, GX_ROLE_AUDITOR, 0 },
};

static const GxsActor nobody = { .unaudited = TRUE };

/**
 * gxt_bank_create:
 * @data: (transfer full)
 */
GxId
gxt_bank_create (GxsBatch       *batch,
                 const GxEntity *entity,
                 gpointer        data)
{
  g_autoptr(GError) error = NULL;
  GxId id;

  gxs_write_create (batch, &nobody, entity, data, &error);
  g_assert_no_error (error);
  id = ((GxMeta *) data)->id;
  gx_entity_free (entity, data);
  return id;
}

static GxId
make_unit (GxsBatch   *batch,
           const char *code,
           const char *path,
           int         kind,
           const GxId *parent)
{
  GxOrgUnit *unit = gx_entity_new (&gx_org_unit_entity);

  unit->code = g_strdup (code);
  unit->name = g_strdup (code);
  unit->path = g_strdup (path);
  unit->kind = kind;
  unit->active = TRUE;
  if (parent != NULL)
    unit->parent_id = *parent;
  return gxt_bank_create (batch, &gx_org_unit_entity, unit);
}

static void
make_device (GxtBank   *bank,
             GxsBatch  *batch,
             GxtPerson  person)
{
  GxDevice *device = gx_entity_new (&gx_device_entity);
  GxPublicKey public;

  gx_secret_key_make (&bank->random.parent, &bank->people[person].key);
  gx_secret_key_get_public (&bank->people[person].key, &public);
  device->login_id = bank->people[person].login;
  device->pubkey_ed25519 = g_bytes_new (public.b, sizeof public.b);
  device->enrolled_at = NOW;
  device->status = GX_DEVICE_ACTIVE;
  bank->people[person].device = gxt_bank_create (batch, &gx_device_entity, device);
}

static void
make_person (GxtBank   *bank,
             GxsBatch  *batch,
             GxtPerson  person)
{
  const GxId units[] = { bank->hq, bank->region, bank->branch1, bank->branch2 };
  GxLogin *login = gx_entity_new (&gx_login_entity);
  GxRoleGrant *grant = gx_entity_new (&gx_role_grant_entity);

  if (cast[person].same_as == (int) person)
    {
      GxEmployee *employee = gx_entity_new (&gx_employee_entity);

      employee->staff_no = g_strdup (cast[person].login);
      employee->name = g_strdup (cast[person].login);
      employee->org_id = units[cast[person].unit];
      employee->status = GX_EMPLOYEE_ACTIVE;
      bank->people[person].employee = gxt_bank_create (batch, &gx_employee_entity, employee);
    }
  else
    bank->people[person].employee = bank->people[cast[person].same_as].employee;

  login->employee_id = bank->people[person].employee;
  login->login = g_strdup (cast[person].login);
  login->status = GX_LOGIN_ACTIVE;
  bank->people[person].login = gxt_bank_create (batch, &gx_login_entity, login);
  grant->login_id = bank->people[person].login;
  grant->role = cast[person].role;
  grant->org_id = units[cast[person].unit];
  gxt_bank_create (batch, &gx_role_grant_entity, grant);
  make_device (bank, batch, person);
}

static GxId
make_contact (GxsBatch   *batch,
              const GxId *customer,
              int         kind,
              const char *value,
              gboolean    primary)
{
  GxContactPoint *contact = gx_entity_new (&gx_contact_point_entity);

  contact->customer_id = *customer;
  contact->kind = kind;
  contact->value = g_strdup (value);
  contact->is_primary = primary;
  return gxt_bank_create (batch, &gx_contact_point_entity, contact);
}

static GxCustomer *
new_customer (GxtBank    *bank,
              const char *name,
              int         status)
{
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);

  customer->type = GX_CUSTOMER_PERSON;
  customer->name = g_strdup (name);
  customer->status = status;
  customer->primary_rm_id = bank->people[GXT_RM1].employee;
  customer->org_id = bank->branch1;
  customer->first_contact_at = NOW;
  return customer;
}

static void
make_customers (GxtBank  *bank,
                GxsBatch *batch)
{
  GxIdentifier *card = gx_entity_new (&gx_identifier_entity);
  GxPersonProfile *profile = gx_entity_new (&gx_person_profile_entity);
  GxCustomer *customer = new_customer (bank, "张伟", GX_CUSTOMER_ACTIVE);
  gint32 birth;

  customer->meta.id = bank->customer = gxs_batch_new_id (batch);
  bank->mobile = make_contact (batch, &bank->customer, GX_CONTACT_MOBILE, "13800138000", TRUE);
  bank->phone = make_contact (batch, &bank->customer, GX_CONTACT_PHONE, "021-55555555", FALSE);
  card->customer_id = bank->customer;
  card->kind = GX_IDENTIFIER_ID_CARD;
  card->number = g_strdup ("110101199003070011");
  card->valid_to = gx_date_from_ymd (2036, 1, 1);
  bank->id_card = gxt_bank_create (batch, &gx_identifier_entity, card);
  profile->meta.id = profile->customer_id = bank->profile = bank->customer;
  gx_date_parse ("1990-03-07", &birth);
  profile->birth_date = birth;
  gxt_bank_create (batch, &gx_person_profile_entity, profile);
  gxt_bank_create (batch, &gx_customer_entity, customer);
  bank->prospect = gxt_bank_create (batch, &gx_customer_entity, new_customer (bank, "李娜", GX_CUSTOMER_PROSPECT));
}

GxsBatch *
gxt_bank_batch (GxtBank *bank)
{
  g_autoptr(GError) error = NULL;
  GxsBatch *batch = gxs_batch_begin (bank->db, &bank->clock.parent, &bank->random.parent, &error);

  g_assert_no_error (error);
  return batch;
}

/* Of a bank that is there already, or is made: nothing else of it changes. */
void
gxt_bank_open (GxtBank           *bank,
               const GxDbOptions *options)
{
  g_autoptr(GError) error = NULL;

  bank->db = gx_db_open (&gx_db_sqlite, options, &error);
  g_assert_no_error (error);
  gx_db_set_sealer (bank->db, &bank->sealer.parent);
}

/**
 * gxt_bank_new:
 * @location: ":memory:" or a file
 */
GxtBank *
gxt_bank_new (const char *location)
{
  return gxt_bank_new_on (&(GxDbOptions) { .location = location, .flags = GX_DB_CREATE });
}

GxtBank *
gxt_bank_new_on (const GxDbOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxsBatch) batch = NULL;
  GxtBank *bank = g_new0 (GxtBank, 1);
  const guint8 key[GX_BANK_KEY_SIZE] = "test bank";

  gx_fake_clock_init (&bank->clock, NOW);
  gx_seeded_random_init (&bank->random, 7);
  gx_bank_sealer_init (&bank->sealer, key, &bank->random.parent);
  gxt_bank_open (bank, options);
  gxs_migrate (bank->db, &bank->clock.parent, &error);
  g_assert_no_error (error);
  gx_db_run (bank->db, &error, "INSERT INTO sync_clock(shard, seq, epoch) SELECT 0, 0, 'e1' WHERE NOT EXISTS (SELECT 1 FROM sync_clock)", NULL);
  g_assert_no_error (error);

  batch = gxt_bank_batch (bank);
  bank->hq = make_unit (batch, "HQ", "/HQ/", 1, NULL);
  bank->region = make_unit (batch, "N", "/HQ/N/", 2, &bank->hq);
  bank->branch1 = make_unit (batch, "NB01", "/HQ/N/NB01/", 3, &bank->region);
  bank->branch2 = make_unit (batch, "NB02", "/HQ/N/NB02/", 3, &bank->region);
  for (guint i = 0; i < GXT_N_PEOPLE; i++)
    make_person (bank, batch, i);
  make_customers (bank, batch);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);

  return bank;
}

static void
gxt_bank_forget_live (GxtBank *bank)
{
  static const char *const tails[] = { "", "-wal", "-shm" };

  for (guint i = 0; bank->live != NULL && i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *path = g_strconcat (bank->live, tails[i], NULL);

      g_unlink (path);
    }
  g_clear_pointer (&bank->live, g_free);
}

void
gxt_bank_free (GxtBank *bank)
{
  gx_db_close (bank->db);
  gxt_bank_forget_live (bank);
  gx_bank_sealer_clear (&bank->sealer);
  g_free (bank);
}

/**
 * gxt_bank_back_up:
 *
 * Returns: (transfer full): a file in which the bank is as it is now; to be unlinked
 */
char *
gxt_bank_back_up (GxtBank *bank)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *sql = NULL;
  char *path;
  int fd = g_file_open_tmp ("gxt-bank-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_unlink (path);
  sql = g_strdup_printf ("VACUUM INTO '%s'", path);
  gx_db_exec (bank->db, sql, &error);
  g_assert_no_error (error);

  return path;
}

/**
 * gxt_bank_restore:
 * @backup: of gxt_bank_back_up()
 *
 * What came after the backup is lost, and the bank is told so as the operator does it.
 */
void
gxt_bank_restore (GxtBank    *bank,
                  const char *backup)
{
  g_autofree char *path = g_strconcat (backup, ".live", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GxsBatch) batch = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  gx_db_close (bank->db);
  gxt_bank_forget_live (bank);
  g_file_get_contents (backup, &bytes, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
  bank->live = g_steal_pointer (&path);
  bank->db = gx_db_open (&gx_db_sqlite, &(GxDbOptions) { .location = bank->live }, &error);
  g_assert_no_error (error);
  gx_db_set_sealer (bank->db, &bank->sealer.parent);
  gx_db_exec (bank->db, "PRAGMA synchronous=OFF", &error);
  batch = gxt_bank_batch (bank);
  gxs_restore_mark (batch, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
}

/* Signed in, with the password entered just now. */
GxsAuthz *
gxt_bank_authz (GxtBank   *bank,
                GxtPerson  person)
{
  g_autoptr(GError) error = NULL;
  const GxsSignedIn who = { .login_id = bank->people[person].login, .device_id = bank->people[person].device,
                            .step_up_at = gx_clock_now (&bank->clock.parent) };
  GxsAuthz *authz = gxs_authz_new (bank->db, &who, gx_clock_now (&bank->clock.parent), &error);

  g_assert_no_error (error);
  return authz;
}

GxId
gxt_bank_id (GxtBank *bank)
{
  static GxIdMaker maker;

  gx_id_maker_init (&maker, &bank->clock.parent, &bank->random.parent);
  return gx_id_make (&maker);
}

/* As gxs-blob leaves it: there, and named by whoever sent it. */
void
gxt_bank_upload (GxtBank    *bank,
                 GxtPerson   sender,
                 const char *sha256)
{
  g_autoptr(GError) error = NULL;

  gx_db_run (bank->db, &error, "INSERT INTO blob(sha256, size, type, state, created_at) SELECT ?, 1, 'image/png', 'DONE', 1"
             " WHERE NOT EXISTS (SELECT 1 FROM blob WHERE sha256=?)", "tt", sha256, sha256);
  g_assert_no_error (error);
  gx_db_run (bank->db, &error, "INSERT INTO blob_ref(sha256, tbl, id) SELECT ?, 5, ? WHERE NOT EXISTS"
             " (SELECT 1 FROM blob_ref WHERE sha256=? AND tbl=5 AND id=?)", "tutu", sha256, &bank->people[sender].login, sha256,
             &bank->people[sender].login);
  g_assert_no_error (error);
}

static JsonNode *
make_base (GxtBank          *bank,
           const GxtRequest *request,
           JsonNode         *after,
           gint64           *out_v)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GList) names = json_object_get_members (json_node_get_object (after));
  JsonObject *base = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  gpointer row;

  json_node_take_object (node, base);
  gx_sql_find (bank->db, request->entity, &request->id, &row, &error);
  g_assert_no_error (error);
  *out_v = row != NULL ? ((GxMeta *) row)->v : 0;
  for (GList *l = names; l != NULL && row != NULL && strcmp (request->op, "patch") == 0; l = l->next)
    json_object_set_int_member (base, l->data, *out_v);
  if (row != NULL)
    gx_entity_free (request->entity, row);

  return node;
}

/**
 * gxt_bank_sign:
 *
 * Makes digest and signature of @body anew, over what it says now.
 */
void
gxt_bank_sign (GxtBank          *bank,
               GxtPerson         maker,
               const GxId       *cr_id,
               gint64            rev,
               const GxtRequest *request,
               JsonObject       *body)
{
  g_autofree char *digest = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *sha256 = request->evidence != NULL ? gx_sha256_hex (request->evidence, -1) : NULL;
  const char *evidence[] = { sha256, NULL };
  const GxRequestContent content = {
    .kind = request->kind, .op = request->op, .table = request->entity->name, .entity = request->id, .rev = rev,
    .reason = json_object_get_string_member (body, "reason"), .after = json_object_get_member (body, "after"),
    .base = json_object_get_member (body, "base"), .evidence = evidence,
  };
  GxDecision decision = { .request = *cr_id, .rev = rev, .verdict = "submit", .person = bank->people[maker].employee };

  digest = gx_request_digest (&content);
  decision.digest = digest;
  signature = gx_decision_sign (&decision, &bank->people[maker].key);
  json_object_set_int_member (body, "rev", rev);
  json_object_set_string_member (body, "digest", digest);
  json_object_set_string_member (body, "sig", signature);
}

/**
 * gxt_bank_request:
 * @rev: 1 for a submission, the next for another try
 *
 * Returns: (transfer full): a good body over the row as it is
 */
JsonObject *
gxt_bank_request (GxtBank          *bank,
                  GxtPerson         maker,
                  const GxId       *cr_id,
                  gint64            rev,
                  const GxtRequest *request)
{
  g_autoptr(GError) error = NULL;
  JsonObject *body = json_object_new ();
  JsonNode *after = gx_json_parse (request->after, -1, &error);
  gint64 v;

  g_assert_no_error (error);
  if (rev == 1)
    {
      json_object_set_string_member (body, "kind", request->kind);
      json_object_set_string_member (body, "op", request->op);
      json_object_set_string_member (body, "tbl", request->entity->name);
      json_object_set_string_member (body, "entity_id", GX_ID_STR (&request->id));
    }
  json_object_set_member (body, "base", make_base (bank, request, after, &v));
  json_object_set_member (body, "after", after);
  json_object_set_int_member (body, "base_v", v);
  json_object_set_string_member (body, "reason", request->reason != NULL ? request->reason : "客户本人到场，证件已核对");
  if (request->evidence != NULL)
    {
      g_autofree char *sha256 = gx_sha256_hex (request->evidence, -1);
      JsonObject *item = json_object_new ();
      JsonArray *list = json_array_new ();

      gxt_bank_upload (bank, maker, sha256);
      json_object_set_string_member (item, "sha256", sha256);
      json_object_set_string_member (item, "kind", request->evidence);
      json_array_add_object_element (list, item);
      json_object_set_array_member (body, "evidence", list);
    }
  gxt_bank_sign (bank, maker, cr_id, rev, request, body);

  return body;
}

/* Commits if all went well, else keeps nothing; the error's code, or GXT_OK. */
static GxError
finish (GxsBatch   *batch,
        gboolean    done,
        char       *answer,
        GError     *failure,
        char      **out_state)
{
  g_autoptr(GError) error = NULL;
  GxError code = failure != NULL ? (GxError) failure->code : GXT_OK;

  g_assert_true (done == (failure == NULL));
  if (failure != NULL)
    g_test_message ("%s: %s", gx_error_slug (failure), failure->message);
  if (done)
    {
      g_autoptr(JsonNode) node = gx_json_parse (answer, -1, &error);

      g_assert_no_error (error);
      if (out_state != NULL)
        *out_state = g_strdup (json_object_get_string_member (json_node_get_object (node), "state"));
      gxs_batch_commit (batch, &error);
      g_assert_no_error (error);
    }
  g_free (answer);
  g_clear_error (&failure);
  return code;
}

GxError
gxt_bank_submit (GxtBank     *bank,
                 GxtPerson    maker,
                 const GxId  *cr_id,
                 JsonObject  *body,
                 char       **out_state)
{
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (bank, maker);
  g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);
  const GxId none = GX_ID_NONE;
  GError *error = NULL;
  char *answer = NULL;
  gboolean done = gxs_review_submit (batch, authz, cr_id, &none, body, &answer, NULL, &error);

  return finish (batch, done, answer, error, out_state);
}

/**
 * gxt_bank_decision:
 *
 * Returns: (transfer full): a good body about the request as it is
 */
JsonObject *
gxt_bank_decision (GxtBank     *bank,
                   GxtPerson    checker,
                   const GxId  *cr_id,
                   const char  *verdict,
                   const char  *note)
{
  g_autoptr(GError) error = NULL;
  JsonObject *body = json_object_new ();
  GxDecision decision = { .request = *cr_id, .verdict = verdict, .note = note, .person = bank->people[checker].employee };
  g_autofree char *digest = NULL;
  g_autofree char *signature = NULL;

  g_assert_true (gx_db_query_text (bank->db, &digest, &error, "SELECT digest FROM change_request WHERE id=?", "u", cr_id));
  g_assert_true (gx_db_query_int (bank->db, &decision.rev, &error, "SELECT rev FROM change_request WHERE id=?", "u", cr_id));
  decision.digest = digest;
  signature = gx_decision_sign (&decision, &bank->people[checker].key);
  json_object_set_int_member (body, "rev", decision.rev);
  json_object_set_string_member (body, "digest", digest);
  json_object_set_string_member (body, "verdict", verdict);
  if (note != NULL)
    json_object_set_string_member (body, "note", note);
  json_object_set_string_member (body, "sig", signature);

  return body;
}

GxError
gxt_bank_decide (GxtBank     *bank,
                 GxtPerson    checker,
                 const GxId  *cr_id,
                 JsonObject  *body,
                 char       **out_state)
{
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (bank, checker);
  g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);
  GError *error = NULL;
  char *answer = NULL;
  gboolean done = gxs_review_decide (batch, authz, cr_id, body, &answer, &error);

  return finish (batch, done, answer, error, out_state);
}

char *
gxt_bank_state (GxtBank    *bank,
                const GxId *cr_id)
{
  g_autoptr(GError) error = NULL;
  char *state;

  g_assert_true (gx_db_query_text (bank->db, &state, &error, "SELECT state FROM change_request WHERE id=?", "u", cr_id));
  return state;
}
