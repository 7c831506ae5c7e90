/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Push and its answer over the test bank. */
#include "gxt-sync.h"

#include "gx-customer.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gx-sql.h"
#include "gxs-mutate.h"

#include <stdarg.h>
#include <string.h>

static const GxsActor generator = { .action = "generate", .unaudited = TRUE };

typedef gboolean (*WriteFunc) (GxsBatch *batch, const GxEntity *entity, gpointer data, GError **error);

static gboolean
create (GxsBatch        *batch,
        const GxEntity  *entity,
        gpointer         data,
        GError         **error)
{
  return gxs_write_create (batch, &generator, entity, data, error);
}

static gboolean
delete (GxsBatch        *batch,
        const GxEntity  *entity,
        gpointer         data,
        GError         **error)
{
  return gxs_write_delete (batch, &generator, entity, data, error);
}

static gboolean
update (GxsBatch        *batch,
        const GxEntity  *entity,
        gpointer         data,
        GError         **error)
{
  gpointer before = gx_sql_load (gxs_batch_get_db (batch), entity, &((GxMeta *) data)->id, error);
  gboolean done = before != NULL && gxs_write_update (batch, &generator, entity, before, data, error);

  gx_entity_free (entity, before);
  return done;
}

static void
run (GxtSync        *sync,
     WriteFunc       func,
     const GxEntity *entity,
     gpointer        data)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (sync->bank);
  g_autoptr(GError) error = NULL;

  func (batch, entity, data, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
  gx_entity_free (entity, data);
}

/**
 * gxt_sync_put:
 * @data: (transfer full)
 */
void
gxt_sync_put (GxtSync        *sync,
              const GxEntity *entity,
              gpointer        data)
{
  run (sync, create, entity, data);
}

/**
 * gxt_sync_update:
 * @data: (transfer full)
 */
void
gxt_sync_update (GxtSync        *sync,
                 const GxEntity *entity,
                 gpointer        data)
{
  run (sync, update, entity, data);
}

void
gxt_sync_delete (GxtSync        *sync,
                 const GxEntity *entity,
                 const GxId     *id)
{
  run (sync, delete, entity, gxt_sync_load (sync, entity, id));
}

gpointer
gxt_sync_load (GxtSync        *sync,
               const GxEntity *entity,
               const GxId     *id)
{
  g_autoptr(GError) error = NULL;
  gpointer data = gx_sql_load (sync->db, entity, id, &error);

  g_assert_no_error (error);
  return data;
}

GxId
gxt_sync_id (GxtSync *sync)
{
  return gx_id_make (&sync->ids);
}

/* The guards ask for a request; what a request does is tested elsewhere. */
static void
drop_guards (GxDb *db)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GxStatement) statement = gx_db_query (db, NULL, "SELECT name FROM sqlite_schema WHERE type = 'trigger'", NULL);

  while (gx_statement_next (statement, NULL))
    g_ptr_array_add (names, g_strdup (gx_statement_get_text (statement, 0)));
  gx_statement_rewind (statement);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP TRIGGER \"%s\"", (char *) names->pdata[i]);
      g_autoptr(GError) error = NULL;

      gx_db_exec (db, sql, &error);
      g_assert_no_error (error);
    }
}

GxtSync *
gxt_sync_new (void)
{
  return gxt_sync_new_on (&(GxDbOptions) { .location = ":memory:", .flags = GX_DB_CREATE });
}

GxtSync *
gxt_sync_new_on (const GxDbOptions *options)
{
  GxtSync *sync = g_new0 (GxtSync, 1);
  g_autoptr(GError) error = NULL;

  sync->bank = gxt_bank_new_on (options);
  sync->db = sync->bank->db;
  gx_id_maker_init (&sync->ids, &sync->bank->clock.parent, &sync->bank->random.parent);
  drop_guards (sync->db);
  for (GxtPerson person = 0; person < GXT_N_PEOPLE; person++)
    {
      sync->employee[person] = sync->bank->people[person].employee;
      sync->login[person] = sync->bank->people[person].login;
      sync->client[person] = gxt_sync_id (sync);
      gx_db_run (sync->db, &error, "INSERT INTO client(id, login_id, schema) VALUES(?, ?, 1)", "uu", &sync->client[person],
                 &sync->login[person]);
      g_assert_no_error (error);
    }
  return sync;
}

void
gxt_sync_free (GxtSync *sync)
{
  gxt_bank_free (sync->bank);
  g_free (sync);
}

GxsAuthz *
gxt_sync_authz (GxtSync   *sync,
                GxtPerson  person)
{
  g_autoptr(GError) error = NULL;
  const GxsSignedIn who = { .login_id = sync->login[person], .client_id = sync->client[person] };
  GxsAuthz *authz = gxs_authz_new (sync->db, &who, sync->bank->clock.now, &error);

  g_assert_no_error (error);
  return authz;
}

/* Of the branch that its manager is in. */
GxId
gxt_sync_customer (GxtSync    *sync,
                   GxtPerson   rm,
                   GxtPerson   wealth,
                   const char *name,
                   int         status)
{
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);
  GxId id = gxt_sync_id (sync);

  customer->meta.id = id;
  customer->type = GX_CUSTOMER_PERSON;
  customer->name = g_strdup (name);
  customer->status = status;
  customer->primary_rm_id = sync->employee[rm];
  if (wealth != GXT_NOBODY)
    customer->wealth_mgr_id = sync->employee[wealth];
  customer->org_id = rm == GXT_RM3 ? sync->bank->branch2 : sync->bank->branch1;
  customer->first_contact_at = sync->bank->clock.now;
  gxt_sync_put (sync, &gx_customer_entity, customer);
  return id;
}

char *
gxt_json (const char *format,
          ...)
{
  va_list args;
  char *text;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_strdelimit (text, "'", '"');
  return text;
}

/**
 * gxt_sync_push:
 *
 * Returns: (transfer full) (nullable): the answer
 */
JsonObject *
gxt_sync_push (GxtSync     *sync,
               GxtPerson    person,
               const char  *mutations,
               GError     **error)
{
  g_autoptr(GxsAuthz) authz = gxt_sync_authz (sync, person);
  g_autofree char *epoch = NULL;
  g_autofree char *from = NULL;
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(JsonNode) answer = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GxsBatch) batch = NULL;

  g_assert_true (gx_db_query_text (sync->db, &epoch, NULL, "SELECT epoch FROM sync_clock", NULL));
  if (sync->from != 0)
    from = g_strdup_printf ("\"from\":%" G_GINT64_FORMAT ",", sync->from);
  text = g_strdup_printf ("{\"client_id\":\"%s\",\"epoch\":\"%s\",\"schema\":%d,\"ack_mid\":%" G_GINT64_FORMAT ",%s\"mutations\":[%s]}",
                          GX_ID_STR (&sync->client[person]), epoch, sync->schema != 0 ? sync->schema : GX_SCHEMA, sync->ack_mid, from != NULL ? from : "", mutations);
  node = gx_json_parse (text, -1, error);
  g_assert_nonnull (node);
  batch = gxt_bank_batch (sync->bank);
  if (!gxs_mutate_push (batch, authz, json_node_get_object (node), out, error) || !gxs_batch_commit (batch, error))
    return NULL;

  answer = gx_json_parse (out->str, -1, error);
  g_assert_nonnull (answer);
  return json_object_ref (json_node_get_object (answer));
}

const char *
gxt_sync_mutate (GxtSync     *sync,
                 GxtPerson    person,
                 const char  *op,
                 const char  *table,
                 const GxId  *id,
                 const char  *rest,
                 JsonObject **out_result)
{
  GxId mut_id = gxt_sync_id (sync);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = NULL;
  g_autofree char *mutation =
    gxt_json ("{'mid':%" G_GINT64_FORMAT ",'mut_id':'%s','op':'%s','tbl':'%s','id':'%s','at':%" G_GINT64_FORMAT ",'off':480%s%s}",
              ++sync->mid[person], GX_ID_STR (&mut_id), op, table, GX_ID_STR (id), sync->bank->clock.now,
              rest != NULL ? "," : "", rest != NULL ? rest : "");
  JsonObject *result;

  answer = gxt_sync_push (sync, person, mutation, &error);
  g_assert_no_error (error);
  result = json_array_get_object_element (json_object_get_array_member (answer, "results"), 0);
  if (out_result != NULL)
    *out_result = json_object_ref (result);

  return g_intern_string (json_object_get_string_member (result, "st"));
}
