/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the PKDD'99 bank as ours: districts as branches, clients as customers, accounts, loans and cards as holdings,
 * transactions as monthly balances and flows.
 *
 * Every id is derived from the source's number, so a second run finds what the first one wrote and changes nothing.
 * Names are never invented: a customer is 客户 and its number.
 */
#include "gxs-import-berka.h"

#include "gx-customer.h"
#include "gx-employee.h"
#include "gx-holding.h"
#include "gx-login.h"
#include "gx-org-unit.h"
#include "gx-person-profile.h"
#include "gx-product.h"
#include "gx-relationship.h"
#include "gx-role-grant.h"
#include "gx-role.h"
#include "gx-setting.h"
#include "gx-sql.h"
#include "gx-txn-month.h"
#include "gxs-audit.h"
#include "gxs-write.h"

#include <sodium.h>
#include <string.h>

/* How many customers one RM of the import looks after. */
#define CUSTOMERS_A_RM 200

/* What the source's last day is: PKDD'99 ends with 1998. */
#define BUSINESS_DATE gx_date_from_ymd (1998, 12, 31)

typedef struct
{
  GxsBerka *berka;
  GxsBatch *batch;
  GxsActor  actor;
  GxId      hq;
} Writer;

/* A UUID of version 8 (RFC 9562 5.8): the source's kind and number, hashed. */
static GxId
derive_id (const char *kind,
           gint64      number,
           gint64      part)
{
  g_autofree char *text = g_strdup_printf ("berka/%s/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, kind, number, part);
  guint8 hash[crypto_hash_sha256_BYTES];
  GxId id;

  crypto_hash_sha256 (hash, (const guint8 *) text, strlen (text));
  memcpy (id.b, hash, sizeof id.b);
  id.b[6] = 0x80 | (id.b[6] & 0x0f);
  id.b[8] = 0x80 | (id.b[8] & 0x3f);
  return id;
}

/* What the import does not know (nothing there) it does not touch. */
static gboolean
overlay (const GxEntity *entity,
         gpointer        row,
         gconstpointer   wanted)
{
  gboolean changed = FALSE;

  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (gx_field_is_none (field, wanted) || gx_field_equal (field, row, wanted))
        continue;
      gx_field_copy (field, row, wanted);
      changed = TRUE;
    }

  return changed;
}

/* Creates, updates or leaves the row alone; frees @data. The file's counters say which it was. */
static gboolean
put (Writer          *writer,
     GxsImportFile   *file,
     const GxEntity  *entity,
     gpointer         data,
     GError         **error)
{
  gpointer before = NULL;
  gpointer after = NULL;
  gboolean changed = FALSE;
  gboolean ok = gx_sql_find (gxs_batch_get_db (writer->batch), entity, &((GxMeta *) data)->id, &before, error);

  if (ok && before == NULL)
    {
      changed = TRUE;
      ok = gx_entity_validate (entity, data, ~GX_FIELD_BIT (0), error)
           && gxs_write_create (writer->batch, &writer->actor, entity, data, error);
    }
  else if (ok)
    {
      after = gx_entity_copy (entity, before);
      changed = overlay (entity, after, data);
      ok = !changed || gxs_write_update (writer->batch, &writer->actor, entity, before, after, error);
    }
  if (ok && file != NULL)
    *(changed ? &file->written : &file->unchanged) += 1;
  gx_entity_free (entity, before);
  gx_entity_free (entity, after);
  gx_entity_free (entity, data);

  return ok;
}

/* One row refused by the database is that row's matter; anything else ends the import. */
static gboolean
settle (GxsImportFile  *file,
        guint           line,
        GError         *refused,
        GError        **error)
{
  if (refused == NULL)
    return TRUE;
  if (refused->domain == GX_ERROR
      && (refused->code == GX_ERROR_INVALID || refused->code == GX_ERROR_CONSTRAINT || refused->code == GX_ERROR_NEEDS_REVIEW
          || refused->code == GX_ERROR_NOT_FOUND))
    {
      gxs_import_file_reject (file, line, refused);
      g_error_free (refused);
      return TRUE;
    }

  g_propagate_error (error, refused);
  return FALSE;
}

static gboolean
write_setting (Writer      *writer,
               const char  *code,
               const char  *value,
               GError     **error)
{
  GxSetting *row = gx_entity_new (&gx_setting_entity);
  g_autoptr(GxStatement) found = gx_db_query (gxs_batch_get_db (writer->batch), error, "SELECT id FROM setting WHERE code=?", "t", code);

  row->meta.id = found != NULL && gx_statement_next (found, NULL) ? gx_statement_get_id (found, 0) : derive_id (code, 0, 0);
  g_clear_pointer (&found, gx_statement_release);
  row->code = g_strdup (code);
  row->value = g_strdup (value);
  return put (writer, NULL, &gx_setting_entity, row, error);
}

static gboolean
write_branch (Writer                  *writer,
              const GxsBerkaDistrict  *district,
              GError                 **error)
{
  GxOrgUnit *row = gx_entity_new (&gx_org_unit_entity);

  row->meta.id = derive_id ("district", district->id, 0);
  row->code = g_strdup_printf ("D%02" G_GINT64_FORMAT, district->id);
  row->name = g_strdup (district->name);
  row->kind = GX_ORG_BRANCH;
  row->parent_id = writer->hq;
  row->path = g_strdup_printf ("/HQ/%s/", row->code);
  row->active = TRUE;
  return put (writer, writer->berka->files[GXS_BERKA_DISTRICT], &gx_org_unit_entity, row, error);
}

/* @part 0 is the branch's supervisor, then its RMs. */
static gboolean
write_person (Writer      *writer,
              gint64       district,
              guint        part,
              GError     **error)
{
  GxId employee_id = derive_id ("employee", district, part), login_id = derive_id ("login", district, part);
  GxEmployee *employee = gx_entity_new (&gx_employee_entity);
  GxLogin *login = gx_entity_new (&gx_login_entity);
  GxRoleGrant *grant = gx_entity_new (&gx_role_grant_entity);
  gboolean ok;

  employee->meta.id = employee_id;
  employee->staff_no = g_strdup_printf ("D%02" G_GINT64_FORMAT "-%u", district, part);
  employee->name = g_strdup_printf ("%s D%02" G_GINT64_FORMAT "-%u", part == 0 ? "主管" : "客户经理", district, part);
  employee->org_id = derive_id ("district", district, 0);
  employee->status = GX_EMPLOYEE_ACTIVE;
  login->meta.id = grant->login_id = login_id;
  login->employee_id = employee_id;
  login->login = part == 0 ? g_strdup_printf ("sup-d%02" G_GINT64_FORMAT, district)
                           : g_strdup_printf ("rm-d%02" G_GINT64_FORMAT "-%u", district, part);
  login->status = GX_LOGIN_ACTIVE;
  grant->meta.id = derive_id ("grant", district, part);
  grant->role = part == 0 ? GX_ROLE_SUPERVISOR : GX_ROLE_RM;
  grant->org_id = employee->org_id;

  ok = put (writer, NULL, &gx_employee_entity, employee, error);
  ok = ok ? put (writer, NULL, &gx_login_entity, login, error) : (gx_entity_free (&gx_login_entity, login), FALSE);
  return ok ? put (writer, NULL, &gx_role_grant_entity, grant, error) : (gx_entity_free (&gx_role_grant_entity, grant), FALSE);
}

static guint
rms_of (const GxsBerkaDistrict *district)
{
  return 1 + district->clients / CUSTOMERS_A_RM;
}

static gboolean
write_branches (Writer  *writer,
                GError **error)
{
  g_autoptr(GPtrArray) districts = gxs_berka_sorted (writer->berka, GXS_BERKA_DISTRICT);

  for (guint i = 0; i < districts->len; i++)
    {
      const GxsBerkaDistrict *district = districts->pdata[i];
      GError *refused = NULL;

      write_branch (writer, district, &refused);
      if (!settle (writer->berka->files[GXS_BERKA_DISTRICT], district->line, refused, error))
        return FALSE;
      for (guint part = 0; part <= rms_of (district); part++)
        if (!write_person (writer, district->id, part, error))
          return FALSE;
    }

  return TRUE;
}

/* Where a client belongs: the branch of the account; counted so that each branch gets its RMs. */
static void
deal_out (GxsBerka *berka)
{
  g_autoptr(GPtrArray) clients = gxs_berka_sorted (berka, GXS_BERKA_CLIENT);

  for (guint i = 0; i < clients->len; i++)
    {
      GxsBerkaClient *client = clients->pdata[i];
      const GxsBerkaAccount *account = g_hash_table_lookup (berka->tables[GXS_BERKA_ACCOUNT], &client->account);
      GxsBerkaDistrict *district;

      if (account == NULL)
        continue;
      district = g_hash_table_lookup (berka->tables[GXS_BERKA_DISTRICT], &account->district);
      client->district = account->district;
      client->rm = 1 + district->clients++ / CUSTOMERS_A_RM;
    }
}

static gboolean
write_customer (Writer                *writer,
                const GxsBerkaClient  *client,
                GError               **error)
{
  GxCustomer *row = gx_entity_new (&gx_customer_entity);
  GxPersonProfile *profile;

  row->meta.id = derive_id ("client", client->id, 0);
  row->type = GX_CUSTOMER_PERSON;
  row->name = g_strdup_printf ("客户 %" G_GINT64_FORMAT, client->id);
  row->status = GX_CUSTOMER_ACTIVE;
  row->tier = GX_TIER_STANDARD;
  row->lifecycle_stage = BUSINESS_DATE - client->since < 180 ? GX_STAGE_NEW : GX_STAGE_MATURE;
  row->value_class = GX_VALUE_BASIC;
  row->primary_rm_id = derive_id ("employee", client->district, client->rm);
  row->org_id = derive_id ("district", client->district, 0);
  row->first_contact_at = (gint64) client->since * 86400 * 1000;
  row->onboarded_on = client->since;
  if (!put (writer, writer->berka->files[GXS_BERKA_CLIENT], &gx_customer_entity, row, error))
    return FALSE;

  profile = gx_entity_new (&gx_person_profile_entity);
  profile->meta.id = profile->customer_id = derive_id ("client", client->id, 0);
  profile->gender = g_strdup (client->woman ? "2" : "1");
  profile->birth_date = client->born;
  return put (writer, NULL, &gx_person_profile_entity, profile, error);
}

static gboolean
write_customers (Writer  *writer,
                 GError **error)
{
  GxsImportFile *file = writer->berka->files[GXS_BERKA_CLIENT];
  g_autoptr(GPtrArray) clients = gxs_berka_sorted (writer->berka, GXS_BERKA_CLIENT);

  for (guint i = 0; i < clients->len; i++)
    {
      const GxsBerkaClient *client = clients->pdata[i];
      GError *refused = NULL;

      if (client->account == 0)
        gx_fail_field (&refused, GX_ERROR_INVALID, "client_id", "reference", "no disposition ties the client to an account");
      else
        write_customer (writer, client, &refused);
      if (!settle (file, client->line, refused, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_signatories (Writer  *writer,
                   GError **error)
{
  GxsImportFile *file = writer->berka->files[GXS_BERKA_DISP];
  g_autoptr(GPtrArray) disps = gxs_berka_sorted (writer->berka, GXS_BERKA_DISP);

  for (guint i = 0; i < disps->len; i++)
    {
      const GxsBerkaDisp *disp = disps->pdata[i];
      const GxsBerkaAccount *account = g_hash_table_lookup (writer->berka->tables[GXS_BERKA_ACCOUNT], &disp->account);
      GError *refused = NULL;
      GxRelationship *row;

      if (disp->owner)
        continue;
      row = gx_entity_new (&gx_relationship_entity);
      row->meta.id = derive_id ("disp", disp->id, 0);
      row->from_id = derive_id ("client", disp->client, 0);
      row->to_id = derive_id ("client", account->owner, 0);
      row->kind = GX_RELATION_SIGNATORY;
      row->from_date = account->opened;
      row->source = g_strdup ("IMPORT");
      if (account->owner == 0)
        {
          gx_fail_field (&refused, GX_ERROR_INVALID, "account_id", "one-owner", "the account has no owner");
          gx_entity_free (&gx_relationship_entity, row);
        }
      else
        put (writer, file, &gx_relationship_entity, row, &refused);
      if (!settle (file, disp->line, refused, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_product (Writer      *writer,
               const char  *code,
               const char  *name,
               int          family,
               int          line,
               GError     **error)
{
  GxProduct *row = gx_entity_new (&gx_product_entity);

  row->meta.id = derive_id (code, 0, 0);
  row->code = g_strdup (code);
  row->name = g_strdup (name);
  row->family = family;
  row->line = line;
  row->status = GX_PRODUCT_ON_SALE;
  return put (writer, NULL, &gx_product_entity, row, error);
}

static gboolean
write_products (Writer  *writer,
                GError **error)
{
  return write_product (writer, "BERKA-ACCOUNT", "活期账户", GX_FAMILY_DEPOSIT_CURRENT, GX_LINE_DEPOSIT, error)
      && write_product (writer, "BERKA-LOAN", "消费贷款", GX_FAMILY_CONSUMER_LOAN, GX_LINE_LOAN, error)
      && write_product (writer, "BERKA-CARD-classic", "普通卡", GX_FAMILY_CREDIT_CARD, GX_LINE_CARD, error)
      && write_product (writer, "BERKA-CARD-junior", "青年卡", GX_FAMILY_CREDIT_CARD, GX_LINE_CARD, error)
      && write_product (writer, "BERKA-CARD-gold", "金卡", GX_FAMILY_CREDIT_CARD, GX_LINE_CARD, error);
}

static GxHolding *
new_holding (const char *kind,
             gint64      number,
             gint64      owner,
             const char *product)
{
  GxHolding *row = gx_entity_new (&gx_holding_entity);

  row->meta.id = derive_id (kind, number, 0);
  row->customer_id = derive_id ("client", owner, 0);
  row->product_id = derive_id (product, 0, 0);
  row->acct_no = g_strdup_printf ("%s-%" G_GINT64_FORMAT, kind, number);
  row->ccy = g_strdup ("CZK");
  row->status = GX_HOLDING_OPEN;
  row->as_of = BUSINESS_DATE;
  return row;
}

/* Facts have no version of their own: they are compared as a whole and, if they differ, written anew and their parent
 * touched. */
static gboolean
put_facts (Writer          *writer,
           const GxEntity  *entity,
           const GxId      *parent,
           GPtrArray       *facts,
           GError         **error)
{
  GxDb *db = gxs_batch_get_db (writer->batch);
  g_autofree char *columns = gx_sql_columns (db, entity, NULL);
  g_autofree char *select = g_strdup_printf ("SELECT %s FROM %s WHERE %s=? ORDER BY month", columns, entity->name, entity->fact_key);
  g_autofree char *remove = g_strdup_printf ("DELETE FROM %s WHERE %s=?", entity->name, entity->fact_key);
  g_autoptr(GxStatement) rows = gx_db_query (db, error, select, "u", parent);
  gpointer owner;
  gboolean same = TRUE, any = FALSE, ok;
  guint n = 0;

  if (rows == NULL)
    return FALSE;
  while (gx_statement_next (rows, NULL))
    {
      gpointer row = gx_sql_read (rows, entity, 0, error);

      any = TRUE;
      same = same && n < facts->len && gx_entity_equal (entity, row, facts->pdata[n++]);
      gx_entity_free (entity, row);
    }
  g_clear_pointer (&rows, gx_statement_release);
  if (same && n == facts->len)
    return TRUE;

  ok = !any || gx_db_run (db, error, remove, "u", parent);
  for (guint i = 0; ok && i < facts->len; i++)
    ok = gx_sql_insert (db, entity, facts->pdata[i], error);
  if (!ok || (owner = gx_sql_load (db, entity->fact_of, parent, error)) == NULL)
    return FALSE;

  ok = gxs_write_touch (writer->batch, &writer->actor, entity->fact_of, owner, error);
  gx_entity_free (entity->fact_of, owner);
  return ok;
}

static void
free_holding_month (gpointer data)
{
  gx_entity_free (&gx_holding_month_entity, data);
}

static void
free_txn_month (gpointer data)
{
  gx_entity_free (&gx_txn_month_entity, data);
}

static gboolean
write_balances (Writer                 *writer,
                const GxsBerkaAccount  *account,
                const GxId             *holding,
                GError                **error)
{
  g_autoptr(GPtrArray) facts = g_ptr_array_new_with_free_func (free_holding_month);

  for (guint i = 0; i < account->months->len; i++)
    {
      const GxsBerkaMonth *month = &g_array_index (account->months, GxsBerkaMonth, i);
      GxHoldingMonth *fact = gx_entity_new (&gx_holding_month_entity);

      fact->holding_id = *holding;
      fact->month = month->month;
      fact->end_balance = month->end_balance;
      fact->avg_balance = month->sum_balance / (gint64) (month->n_in + month->n_out);
      g_ptr_array_add (facts, fact);
    }

  return put_facts (writer, &gx_holding_month_entity, holding, facts, error);
}

static gboolean
write_flows (Writer                 *writer,
             const GxsBerkaAccount  *account,
             GError                **error)
{
  GxId customer = derive_id ("client", account->owner, 0);
  g_autoptr(GPtrArray) facts = g_ptr_array_new_with_free_func (free_txn_month);

  for (guint i = 0; i < account->months->len; i++)
    {
      const GxsBerkaMonth *month = &g_array_index (account->months, GxsBerkaMonth, i);
      GxTxnMonth *fact = gx_entity_new (&gx_txn_month_entity);

      fact->customer_id = customer;
      fact->month = month->month;
      fact->in_amt = month->in;
      fact->out_amt = month->out;
      fact->in_cnt = month->n_in;
      fact->out_cnt = month->n_out;
      fact->cust_initiated_cnt = month->n_cash;
      fact->last_txn_on = month->last_on;
      g_ptr_array_add (facts, fact);
    }

  return put_facts (writer, &gx_txn_month_entity, &customer, facts, error);
}

static gboolean
write_account (Writer                 *writer,
               const GxsBerkaAccount  *account,
               GError                **error)
{
  GxHolding *row;
  GxId id = derive_id ("account", account->id, 0);

  if (account->owner == 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "account_id", "one-owner", "the account has no owner");

  row = new_holding ("account", account->id, account->owner, "BERKA-ACCOUNT");
  row->opened_on = account->opened;
  row->source_system = GX_SOURCE_DEPOSIT;
  row->balance = account->months->len > 0 ? g_array_index (account->months, GxsBerkaMonth, account->months->len - 1).end_balance : 0;
  return put (writer, writer->berka->files[GXS_BERKA_ACCOUNT], &gx_holding_entity, row, error)
      && write_balances (writer, account, &id, error)
      && write_flows (writer, account, error);
}

static gboolean
write_accounts (Writer  *writer,
                GError **error)
{
  g_autoptr(GPtrArray) accounts = gxs_berka_sorted (writer->berka, GXS_BERKA_ACCOUNT);

  for (guint i = 0; i < accounts->len; i++)
    {
      const GxsBerkaAccount *account = accounts->pdata[i];
      GError *refused = NULL;

      write_account (writer, account, &refused);
      if (!settle (writer->berka->files[GXS_BERKA_ACCOUNT], account->line, refused, error))
        return FALSE;
    }

  return TRUE;
}

/* What is still owed on the business date: the payments to come. Finished contracts owe nothing. */
static gint64
owed_on (const GxsBerkaLoan *loan,
         gint32              date)
{
  int elapsed = 0;

  if (loan->status == 'A' || loan->status == 'B')
    return 0;
  while (elapsed < loan->duration && gx_date_add_months (loan->date, elapsed + 1) <= date)
    elapsed++;

  return loan->amount - loan->payments * elapsed;
}

static gboolean
write_loans (Writer  *writer,
             GError **error)
{
  g_autoptr(GPtrArray) loans = gxs_berka_sorted (writer->berka, GXS_BERKA_LOAN);

  for (guint i = 0; i < loans->len; i++)
    {
      const GxsBerkaLoan *loan = loans->pdata[i];
      const GxsBerkaAccount *account = g_hash_table_lookup (writer->berka->tables[GXS_BERKA_ACCOUNT], &loan->account);
      GxHolding *row = new_holding ("loan", loan->id, account->owner, "BERKA-LOAN");
      GError *refused = NULL;

      row->opened_on = loan->date;
      row->matures_on = gx_date_add_months (loan->date, loan->duration);
      row->status = loan->status == 'A' || loan->status == 'B' ? GX_HOLDING_CLOSED : GX_HOLDING_OPEN;
      row->balance = -owed_on (loan, BUSINESS_DATE);
      row->limit_amt = loan->amount;
      row->source_system = GX_SOURCE_CREDIT;
      put (writer, writer->berka->files[GXS_BERKA_LOAN], &gx_holding_entity, row, &refused);
      if (!settle (writer->berka->files[GXS_BERKA_LOAN], loan->line, refused, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_cards (Writer  *writer,
             GError **error)
{
  g_autoptr(GPtrArray) cards = gxs_berka_sorted (writer->berka, GXS_BERKA_CARD);

  for (guint i = 0; i < cards->len; i++)
    {
      const GxsBerkaCard *card = cards->pdata[i];
      const GxsBerkaDisp *disp = g_hash_table_lookup (writer->berka->tables[GXS_BERKA_DISP], &card->disp);
      g_autofree char *product = g_strconcat ("BERKA-CARD-", card->type, NULL);
      GxHolding *row = new_holding ("card", card->id, disp->client, product);
      GError *refused = NULL;

      row->opened_on = card->issued;
      row->source_system = GX_SOURCE_CREDIT;
      put (writer, writer->berka->files[GXS_BERKA_CARD], &gx_holding_entity, row, &refused);
      if (!settle (writer->berka->files[GXS_BERKA_CARD], card->line, refused, error))
        return FALSE;
    }

  return TRUE;
}

/* One entry a file: which file, which rows, and a digest that binds them: never a value. */
static gboolean
log_files (Writer  *writer,
           GError **error)
{
  for (guint i = 0; i < GXS_BERKA_N_FILES; i++)
    {
      const GxsImportFile *file = writer->berka->files[i];
      g_autofree char *name = g_path_get_basename (file->path);
      gsize size;
      gconstpointer bytes = g_bytes_get_data (file->bytes, &size);
      g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, size);
      g_autofree char *extra =
        g_strdup_printf ("{\"digest\":\"%s\",\"file\":\"%s\",\"first\":%u,\"last\":%u,\"read\":%u,\"rejected\":%u,\"sha256\":\"%s\",\"written\":%u}",
                         digest, name, file->first_line, file->last_line, file->read, file->rejects->len, file->sha256, file->written);
      GxsAuditEvent event = { .action = "import", .seq = gxs_batch_get_head (writer->batch), .result = "applied", .extra = extra };

      if (!gxs_audit_append (writer->batch, &event, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * gxs_berka_write:
 * @batch: in which all is written; without its commit nothing is
 *
 * Counts what was written, left alone and refused into the files of @berka. The audit log gets entries only if
 * something changed.
 */
gboolean
gxs_berka_write (GxsBerka  *berka,
                 GxsBatch  *batch,
                 GError   **error)
{
  Writer writer = { .berka = berka, .batch = batch, .actor = { .action = "import", .unaudited = TRUE } };
  g_autoptr(GxStatement) hq = gx_db_query (gxs_batch_get_db (batch), error, "SELECT id FROM org_unit WHERE code='HQ'", NULL);
  gint64 head = gxs_batch_get_head (batch);

  if (hq == NULL)
    return FALSE;
  if (!gx_statement_next (hq, NULL))
    return gx_fail (error, GX_ERROR_STATE, "the database has no head office; run `guanxi-server init` first");
  writer.hq = gx_statement_get_id (hq, 0);
  g_clear_pointer (&hq, gx_statement_release);

  deal_out (berka);
  return write_setting (&writer, "business_date", "1998-12-31", error)
      && write_setting (&writer, "ccy", "CZK", error)
      && write_branches (&writer, error)
      && write_products (&writer, error)
      && write_customers (&writer, error)
      && write_signatories (&writer, error)
      && write_accounts (&writer, error)
      && write_loans (&writer, error)
      && write_cards (&writer, error)
      && (gxs_batch_get_head (batch) == head || log_files (&writer, error));
}
