/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the PKDD'99 bank: every row is checked against the rows it refers to, and rejected by itself.
 *
 * Nothing is written here. Dates are YYMMDD of the 1900s; a woman's birth month has 50 added; amounts have two
 * decimals. Standing orders are checked and totalled only: they are intentions, not flows.
 */
#include "gxs-import-berka.h"

#include "gx-clock.h"
#include "gx-error.h"
#include "gx-money.h"

#include <string.h>

static gboolean
read_number (const char  *text,
             const char  *column,
             gint64      *out_value,
             GError     **error)
{
  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, out_value, NULL))
    return gx_fail_field (error, GX_ERROR_INVALID, column, "integer", "“%s” is not a number above 0", text);

  return TRUE;
}

static gboolean
read_amount (const char  *text,
             const char  *column,
             gint64      *out_value,
             GError     **error)
{
  return gx_money_parse (text, "CZK", column, out_value, error);
}

static gboolean
read_date (const char  *text,
           const char  *column,
           gboolean     birth,
           gboolean    *out_woman,
           gint32      *out_date,
           GError     **error)
{
  gint64 number;
  int year, month, day, y, m, d;

  if (strlen (text) != 6 || !g_ascii_string_to_signed (text, 10, 0, 999999, &number, NULL))
    return gx_fail_field (error, GX_ERROR_INVALID, column, "date", "“%s” is not of the form YYMMDD", text);

  year = 1900 + (int) (number / 10000);
  month = (int) (number / 100 % 100);
  day = (int) (number % 100);
  if (birth && month > 50)
    {
      *out_woman = TRUE;
      month -= 50;
    }
  if (month < 1 || month > 12 || day < 1)
    return gx_fail_field (error, GX_ERROR_INVALID, column, "date", "“%s” is no day of the calendar", text);
  *out_date = gx_date_from_ymd (year, month, day);
  gx_date_to_ymd (*out_date, &y, &m, &d);
  if (d != day)
    return gx_fail_field (error, GX_ERROR_INVALID, column, "date", "“%s” is no day of the calendar", text);

  return TRUE;
}

static gpointer
look_up (GxsBerka      *berka,
         GxsBerkaFile   file,
         gint64         id,
         const char    *column,
         GError       **error)
{
  gpointer found = g_hash_table_lookup (berka->tables[file], &id);

  if (found == NULL)
    gx_fail_field (error, GX_ERROR_INVALID, column, "reference", "there is no such row: %" G_GINT64_FORMAT, id);

  return found;
}

static void free_row (GxsBerkaFile file, gpointer row);

/* Keeps @row under its id, or frees it. */
static gboolean
keep (GxsBerka      *berka,
      GxsBerkaFile   file,
      gpointer       row,
      gint64        *id,
      const char    *column,
      GError       **error)
{
  if (g_hash_table_contains (berka->tables[file], id))
    {
      gx_fail_field (error, GX_ERROR_EXISTS, column, "unique", "%" G_GINT64_FORMAT " stands on an earlier line too", *id);
      free_row (file, row);
      return FALSE;
    }

  g_hash_table_insert (berka->tables[file], id, row);
  return TRUE;
}

static gboolean
on_district_read (gpointer           user_data,
                  guint              line,
                  const char *const *fields,
                  GError           **error)
{
  gint64 id;
  GxsBerkaDistrict *row;

  if (!read_number (fields[0], "A1", &id, error))
    return FALSE;
  if (fields[1][0] == '\0')
    return gx_fail_field (error, GX_ERROR_INVALID, "A2", "required", "the district has no name");

  row = g_new0 (GxsBerkaDistrict, 1);
  *row = (GxsBerkaDistrict) { .line = line, .id = id, .name = g_strdup (fields[1]), .region = g_strdup (fields[2]) };
  return keep (user_data, GXS_BERKA_DISTRICT, row, &row->id, "A1", error);
}

static gboolean
on_client_read (gpointer           user_data,
                guint              line,
                const char *const *fields,
                GError           **error)
{
  GxsBerkaClient client = { .line = line };
  GxsBerkaClient *row;

  if (!read_number (fields[0], "client_id", &client.id, error)
      || !read_date (fields[1], "birth_number", TRUE, &client.woman, &client.born, error)
      || !read_number (fields[2], "district_id", &client.district, error)
      || look_up (user_data, GXS_BERKA_DISTRICT, client.district, "district_id", error) == NULL)
    return FALSE;

  row = g_memdup2 (&client, sizeof client);
  return keep (user_data, GXS_BERKA_CLIENT, row, &row->id, "client_id", error);
}

static gboolean
on_account_read (gpointer           user_data,
                 guint              line,
                 const char *const *fields,
                 GError           **error)
{
  GxsBerkaAccount account = { .line = line };
  GxsBerkaAccount *row;

  if (!read_number (fields[0], "account_id", &account.id, error)
      || !read_number (fields[1], "district_id", &account.district, error)
      || look_up (user_data, GXS_BERKA_DISTRICT, account.district, "district_id", error) == NULL
      || !read_date (fields[3], "date", FALSE, NULL, &account.opened, error))
    return FALSE;

  account.frequency = g_strdup (fields[2]);
  account.months = g_array_new (FALSE, FALSE, sizeof (GxsBerkaMonth));
  row = g_memdup2 (&account, sizeof account);
  return keep (user_data, GXS_BERKA_ACCOUNT, row, &row->id, "account_id", error);
}

static gboolean
on_disp_read (gpointer           user_data,
              guint              line,
              const char *const *fields,
              GError           **error)
{
  GxsBerkaDisp disp = { .line = line };
  GxsBerkaDisp *row;
  GxsBerkaClient *client;
  GxsBerkaAccount *account;

  disp.owner = strcmp (fields[3], "OWNER") == 0;
  if (!disp.owner && strcmp (fields[3], "DISPONENT") != 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "type", "choice", "“%s” is neither OWNER nor DISPONENT", fields[3]);
  if (!read_number (fields[0], "disp_id", &disp.id, error)
      || !read_number (fields[1], "client_id", &disp.client, error)
      || !read_number (fields[2], "account_id", &disp.account, error)
      || (client = look_up (user_data, GXS_BERKA_CLIENT, disp.client, "client_id", error)) == NULL
      || (account = look_up (user_data, GXS_BERKA_ACCOUNT, disp.account, "account_id", error)) == NULL)
    return FALSE;
  if (disp.owner && account->owner != 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "account_id", "one-owner", "the account has an owner already");
  if (client->account != 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "client_id", "one-account", "the client has an account already");

  row = g_memdup2 (&disp, sizeof disp);
  if (!keep (user_data, GXS_BERKA_DISP, row, &row->id, "disp_id", error))
    return FALSE;

  client->account = disp.account;
  client->owner = disp.owner;
  client->since = account->opened;
  if (disp.owner)
    account->owner = disp.client;
  return TRUE;
}

static gboolean
on_order_read (gpointer           user_data,
               guint              line,
               const char *const *fields,
               GError           **error)
{
  GxsBerka *berka = user_data;
  gint64 id, account, amount;

  if (!read_number (fields[0], "order_id", &id, error)
      || !read_number (fields[1], "account_id", &account, error)
      || look_up (berka, GXS_BERKA_ACCOUNT, account, "account_id", error) == NULL
      || !read_amount (fields[2], "amount", &amount, error))
    return FALSE;

  berka->totals[GXS_BERKA_ORDER] += amount;
  return TRUE;
}

static gboolean
on_loan_read (gpointer           user_data,
              guint              line,
              const char *const *fields,
              GError           **error)
{
  GxsBerka *berka = user_data;
  GxsBerkaLoan loan = { .line = line };
  GxsBerkaLoan *row;
  gint64 duration;

  if (!read_number (fields[0], "loan_id", &loan.id, error)
      || !read_number (fields[1], "account_id", &loan.account, error)
      || look_up (berka, GXS_BERKA_ACCOUNT, loan.account, "account_id", error) == NULL
      || !read_date (fields[2], "date", FALSE, NULL, &loan.date, error)
      || !read_amount (fields[3], "amount", &loan.amount, error)
      || !read_number (fields[4], "duration", &duration, error)
      || !read_amount (fields[5], "payments", &loan.payments, error))
    return FALSE;
  if (strlen (fields[6]) != 1 || strchr ("ABCD", fields[6][0]) == NULL)
    return gx_fail_field (error, GX_ERROR_INVALID, "status", "choice", "“%s” is none of A, B, C, D", fields[6]);
  if (duration > 600)
    return gx_fail_field (error, GX_ERROR_INVALID, "duration", "range", "more than 600 months");

  loan.duration = (int) duration;
  loan.status = fields[6][0];
  row = g_memdup2 (&loan, sizeof loan);
  if (!keep (berka, GXS_BERKA_LOAN, row, &row->id, "loan_id", error))
    return FALSE;

  berka->totals[GXS_BERKA_LOAN] += loan.amount;
  berka->payments += loan.payments;
  return TRUE;
}

static gboolean
on_card_read (gpointer           user_data,
              guint              line,
              const char *const *fields,
              GError           **error)
{
  GxsBerkaCard card = { .line = line };
  GxsBerkaCard *row;
  GxsBerkaDisp *disp;
  g_autofree char *issued = g_strndup (fields[3], 6);

  if (!read_number (fields[0], "card_id", &card.id, error)
      || !read_number (fields[1], "disp_id", &card.disp, error)
      || (disp = look_up (user_data, GXS_BERKA_DISP, card.disp, "disp_id", error)) == NULL
      || !read_date (issued, "issued", FALSE, NULL, &card.issued, error))
    return FALSE;
  if (!disp->owner)
    return gx_fail_field (error, GX_ERROR_INVALID, "disp_id", "owner", "only an owner may have a card");
  if (strcmp (fields[2], "classic") != 0 && strcmp (fields[2], "junior") != 0 && strcmp (fields[2], "gold") != 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "type", "choice", "“%s” is none of classic, junior, gold", fields[2]);

  card.type = g_strdup (fields[2]);
  row = g_memdup2 (&card, sizeof card);
  return keep (user_data, GXS_BERKA_CARD, row, &row->id, "card_id", error);
}

static GxsBerkaMonth *
month_of (GxsBerkaAccount *account,
          gint32           date)
{
  GxsBerkaMonth month = { 0 };
  int year, number, day;

  gx_date_to_ymd (date, &year, &number, &day);
  month.month = gx_date_from_ymd (year, number, 1);
  for (guint i = account->months->len; i > 0; i--)
    {
      GxsBerkaMonth *found = &g_array_index (account->months, GxsBerkaMonth, i - 1);

      if (found->month == month.month)
        return found;
    }

  g_array_append_val (account->months, month);
  return &g_array_index (account->months, GxsBerkaMonth, account->months->len - 1);
}

static gboolean
on_trans_read (gpointer           user_data,
               guint              line,
               const char *const *fields,
               GError           **error)
{
  GxsBerka *berka = user_data;
  gboolean in = strcmp (fields[3], "PRIJEM") == 0;
  GxsBerkaAccount *account;
  GxsBerkaMonth *month;
  gint64 id, account_id, amount, balance;
  gint32 date;

  if (!in && strcmp (fields[3], "VYDAJ") != 0 && strcmp (fields[3], "VYBER") != 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "type", "choice", "“%s” is none of PRIJEM, VYDAJ, VYBER", fields[3]);
  if (!read_number (fields[0], "trans_id", &id, error)
      || !read_number (fields[1], "account_id", &account_id, error)
      || (account = look_up (berka, GXS_BERKA_ACCOUNT, account_id, "account_id", error)) == NULL
      || !read_date (fields[2], "date", FALSE, NULL, &date, error)
      || !read_amount (fields[4], "amount", &amount, error)
      || !read_amount (fields[5], "balance", &balance, error))
    return FALSE;
  if (amount < 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "amount", "range", "is negative");
  if (!g_hash_table_add (berka->trans_ids, g_memdup2 (&id, sizeof id)))
    return gx_fail_field (error, GX_ERROR_EXISTS, "trans_id", "unique", "%" G_GINT64_FORMAT " stands on an earlier line too", id);

  month = month_of (account, date);
  if (date > month->last_on || (date == month->last_on && id > month->last_trans) || month->last_on == 0)
    {
      month->last_on = date;
      month->last_trans = id;
      month->end_balance = balance;
    }
  *(in ? &month->in : &month->out) += amount;
  *(in ? &month->n_in : &month->n_out) += 1;
  /* Interest is credited by the bank itself; all else somebody ordered. */
  month->n_cash += fields[6][0] != '\0' ? 1 : 0;
  month->sum_balance += balance;
  berka->totals[GXS_BERKA_TRANS] += amount;
  *(in ? &berka->in : &berka->out) += amount;
  berka->balances += balance;
  return TRUE;
}

static void
free_district (gpointer data)
{
  g_free (((GxsBerkaDistrict *) data)->name);
  g_free (((GxsBerkaDistrict *) data)->region);
  g_free (data);
}

static void
free_account (gpointer data)
{
  g_free (((GxsBerkaAccount *) data)->frequency);
  g_array_unref (((GxsBerkaAccount *) data)->months);
  g_free (data);
}

static void
free_card (gpointer data)
{
  g_free (((GxsBerkaCard *) data)->type);
  g_free (data);
}

static const struct
{
  const char     *stems[3];
  const char     *columns[8];
  GxsImportRow    row;
  GDestroyNotify  free_row;
} sources[GXS_BERKA_N_FILES] = {
  [GXS_BERKA_DISTRICT] = { { "district" }, { "A1", "A2", "A3" }, on_district_read, free_district },
  [GXS_BERKA_CLIENT] = { { "client" }, { "client_id", "birth_number", "district_id" }, on_client_read, g_free },
  [GXS_BERKA_ACCOUNT] = { { "account" }, { "account_id", "district_id", "frequency", "date" }, on_account_read, free_account },
  [GXS_BERKA_DISP] = { { "disp" }, { "disp_id", "client_id", "account_id", "type" }, on_disp_read, g_free },
  [GXS_BERKA_ORDER] = { { "order" }, { "order_id", "account_id", "amount" }, on_order_read, NULL },
  [GXS_BERKA_LOAN] = { { "loan" }, { "loan_id", "account_id", "date", "amount", "duration", "payments", "status" }, on_loan_read, g_free },
  [GXS_BERKA_CARD] = { { "card" }, { "card_id", "disp_id", "type", "issued" }, on_card_read, free_card },
  [GXS_BERKA_TRANS] = { { "trans", "trans_partial_*" }, { "trans_id", "account_id", "date", "type", "amount", "balance", "operation" }, on_trans_read, NULL },
};

static void
free_row (GxsBerkaFile file,
          gpointer     row)
{
  sources[file].free_row (row);
}

static int
compare_months (gconstpointer a,
                gconstpointer b)
{
  return ((const GxsBerkaMonth *) a)->month - ((const GxsBerkaMonth *) b)->month;
}

static void
sort_months (gpointer key,
             gpointer value,
             gpointer user_data)
{
  g_array_sort (((GxsBerkaAccount *) value)->months, compare_months);
}

/**
 * gxs_berka_read:
 * @dir: holds the files, `.asc` or `.csv`, plain or `.xz`
 *
 * Returns: (transfer full) (nullable): all that could be read; broken rows are in each file's rejects
 *
 * Errors: %GX_ERROR_NOT_FOUND if a file is missing, %GX_ERROR_MALFORMED if one lacks a column
 */
GxsBerka *
gxs_berka_read (const char  *dir,
                GError     **error)
{
  g_autoptr(GxsBerka) berka = g_new0 (GxsBerka, 1);

  berka->trans_ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < GXS_BERKA_N_FILES; i++)
    {
      if (sources[i].free_row != NULL)
        berka->tables[i] = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, sources[i].free_row);
      berka->files[i] = gxs_import_file_open (dir, sources[i].stems, error);
      if (berka->files[i] == NULL
          || !gxs_import_file_each (berka->files[i], sources[i].columns, sources[i].row, berka, error))
        return NULL;
    }
  g_hash_table_foreach (berka->tables[GXS_BERKA_ACCOUNT], sort_months, NULL);

  return g_steal_pointer (&berka);
}

void
gxs_berka_free (GxsBerka *berka)
{
  for (guint i = 0; i < GXS_BERKA_N_FILES; i++)
    {
      g_clear_pointer (&berka->tables[i], g_hash_table_unref);
      g_clear_pointer (&berka->files[i], gxs_import_file_free);
    }
  g_hash_table_unref (berka->trans_ids);
  g_free (berka);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const gint64 *left = *(const gint64 *const *) a, *right = *(const gint64 *const *) b;

  return *left < *right ? -1 : *left > *right;
}

/**
 * gxs_berka_sorted:
 *
 * Returns: (transfer full): the structs of @file by their number, so that a second run does everything in the same order
 */
GPtrArray *
gxs_berka_sorted (GxsBerka     *berka,
                  GxsBerkaFile  file)
{
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (berka->tables[file], NULL);
  guint n = g_hash_table_size (berka->tables[file]);
  GPtrArray *rows = g_ptr_array_sized_new (n);

  qsort (keys, n, sizeof *keys, compare_ids);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, g_hash_table_lookup (berka->tables[file], keys[i]));

  return rows;
}
