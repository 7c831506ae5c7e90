/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `guanxi-server init`: keys, authority, certificate, database, the first people; with --demo a whole bank.
 *
 * It runs once a folder and never touches an existing database.
 */
#include "gxs-admin.h"

#include "gx-config.h"

#include "gx-employee.h"
#include "gx-login.h"
#include "gx-org-unit.h"
#include "gx-role-grant.h"
#include "gx-role.h"
#include "gx-setting.h"
#include "gxs-audit.h"
#include "gxs-certs.h"
#include "gxs-demo.h"
#include "gxs-demo-paper.h"
#include "gxs-demo-review.h"
#include "gxs-keys.h"
#include "gxs-password.h"
#include "gxs-sealer.h"
#include "gxs-store.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Customers of one transaction: enough to be fast, few enough to keep the log small. */
#define CHUNK 500

/* Which of rm1's customers has the long life: not one of the first, which other parts of the demo take. */
#define STORY 4

/* The demo bank is the same every day but for its dates. */
#define DEMO_SEED 20261121

typedef struct
{
  char     *data_dir;
  char     *bank_name;
  char     *host;
  gboolean  demo;
  int       n_customers;
} Options;

typedef struct
{
  const Options  *options;
  GxsDemo         demo;
  GxsActor        actor;
  GxSeededRandom  random;
  GxBankSealer   *sealer;               /* borrowed */
  guint           first, n;             /* customers of the chunk */
  guint           made;
  char           *passwords[2];         /* of the two administrators of a bank that is not a demo */
} Init;

static gboolean
write_setting (Init        *init,
               const char  *code,
               const char  *value,
               GError     **error)
{
  GxSetting *row = gx_entity_new (&gx_setting_entity);

  row->code = g_strdup (code);
  row->value = g_strdup (value);
  return gxs_demo_put (&init->demo, &gx_setting_entity, row, error);
}

static gboolean
write_head_office (Init    *init,
                   GError **error)
{
  GxOrgUnit *unit = gx_entity_new (&gx_org_unit_entity);

  unit->meta.id = init->demo.hq;
  unit->code = g_strdup ("HQ");
  unit->name = g_strdup (_("Head office"));
  unit->kind = GX_ORG_HQ;
  unit->path = g_strdup ("/HQ/");
  unit->active = TRUE;
  return gxs_demo_put (&init->demo, &gx_org_unit_entity, unit, error);
}

static gboolean
write_administrator (Init    *init,
                     guint    number,
                     GError **error)
{
  GxEmployee *employee = gx_entity_new (&gx_employee_entity);
  GxLogin *login = gx_entity_new (&gx_login_entity);
  GxRoleGrant *grant = gx_entity_new (&gx_role_grant_entity);
  gboolean ok;

  init->passwords[number - 1] = gxs_password_draw (gx_random_system ());
  employee->meta.id = login->employee_id = gxs_batch_new_id (init->demo.batch);
  employee->staff_no = g_strdup_printf ("ADMIN%u", number);
  employee->name = g_strdup_printf (_("Administrator %u"), number);
  employee->org_id = grant->org_id = init->demo.hq;
  employee->status = GX_EMPLOYEE_ACTIVE;
  login->meta.id = grant->login_id = gxs_batch_new_id (init->demo.batch);
  login->login = g_strdup_printf ("admin%u", number);
  login->pw_hash = gxs_password_hash (init->passwords[number - 1]);
  login->pw_once = TRUE;
  login->status = GX_LOGIN_ACTIVE;
  login->perm_ver = 1;
  grant->role = GX_ROLE_ADMIN;
  grant->valid_from = init->demo.now;

  ok = gxs_demo_put (&init->demo, &gx_employee_entity, employee, error);
  ok = ok ? gxs_demo_put (&init->demo, &gx_login_entity, login, error) : (gx_entity_free (&gx_login_entity, login), FALSE);
  return ok ? gxs_demo_put (&init->demo, &gx_role_grant_entity, grant, error)
            : (gx_entity_free (&gx_role_grant_entity, grant), FALSE);
}

/* One entry for what a batch of the generator or of init wrote. */
static gboolean
log_batch (Init        *init,
           const char  *action,
           guint        count,
           GError     **error)
{
  g_autofree char *extra = g_strdup_printf ("{\"customers\":%u,\"first\":%u}", count, init->first);
  GxsAuditEvent event = { .action = action, .seq = gxs_batch_get_head (init->demo.batch), .result = "applied", .extra = extra };

  return gxs_audit_append (init->demo.batch, &event, error);
}

static gboolean
write_bank (GxsBatch  *batch,
            gpointer   data,
            GError   **error)
{
  Init *init = data;
  GxsDemo *demo = &init->demo;

  demo->batch = batch;
  demo->now = gxs_batch_get_now (batch);
  demo->today = gx_date_from_time (demo->now, demo->zone);
  if (!write_setting (init, "bank_name", init->options->bank_name, error)
      || !write_setting (init, "bank_tz", "Asia/Shanghai", error)
      || !write_setting (init, "ccy", "CNY", error)
      || !write_setting (init, "lease_read_only_days", "7", error)
      || !write_setting (init, "lease_locked_days", "14", error))
    return FALSE;
  if (init->options->demo)
    return gxs_demo_make_staff (demo, error) && gxs_demo_make_products (demo, error) && gxs_demo_make_calendar (demo, error)
        && gxs_demo_make_policy (demo, error) && log_batch (init, "init", 0, error);

  demo->hq = gxs_batch_new_id (batch);
  return write_head_office (init, error) && write_administrator (init, 1, error) && write_administrator (init, 2, error)
      && log_batch (init, "init", 0, error);
}

/* rm1 has at least 60 customers, so that 50 of them can have a wealth manager; the others share the rest evenly. */
static guint
rm_of (guint index,
       guint n_customers)
{
  guint first = MAX (n_customers / GXS_DEMO_RMS, MIN (60, n_customers * 3 / 10));

  return index < first ? 0 : 1 + (index - first) % (GXS_DEMO_RMS - 1);
}

static gboolean
write_customer (GxsDemo          *demo,
                guint             rm,
                GxsDemoCustomer  *out_customer,
                GError          **error)
{
  gxs_demo_draw_customer (demo, rm, out_customer);
  return gxs_demo_make_customer (demo, out_customer, error)
      && gxs_demo_make_stages (demo, out_customer, error)
      && gxs_demo_make_risk (demo, out_customer, error)
      && gxs_demo_make_holdings (demo, out_customer, error)
      && gxs_demo_make_life (demo, out_customer, error)
      && gxs_demo_make_tasks (demo, out_customer, error)
      && gxs_demo_make_visits (demo, out_customer, error);
}

static gboolean
write_chunk (GxsBatch  *batch,
             gpointer   data,
             GError   **error)
{
  Init *init = data;
  GxsDemo *demo = &init->demo;
  GxsDemoCustomer previous[GXS_DEMO_RMS] = { 0 };

  demo->batch = batch;
  for (guint i = init->first; i < init->first + init->n; i++)
    {
      guint rm = rm_of (i, (guint) init->options->n_customers);
      GxsDemoCustomer customer;

      if (!(i == STORY ? gxs_demo_make_story (demo, &customer, error) : write_customer (demo, rm, &customer, error)))
        return FALSE;
      if (i % 9 == 0 && !gx_id_is_none (&previous[rm].id) && !gxs_demo_make_relation (demo, &previous[rm], &customer, error))
        return FALSE;
      if (!gxs_demo_judge (demo, &customer, error))
        return FALSE;
      previous[rm] = customer;
    }

  return log_batch (init, "generate", init->n, error);
}

static gboolean
write_customers (Init      *init,
                 GxsStore  *store,
                 GError   **error)
{
  guint total = (guint) init->options->n_customers;

  for (init->first = 0; init->first < total; init->first += init->n)
    {
      init->n = MIN (CHUNK, total - init->first);
      if (!gxs_store_run (store, write_chunk, init, error))
        return FALSE;
      if (total > 10 * CHUNK && isatty (2))
        g_printerr ("\r%u / %u", init->first + init->n, total);
      if (init->first % (20 * CHUNK) == 0 && !gx_db_checkpoint (gxs_store_get_writer (store), FALSE, error))
        return FALSE;
    }
  if (total > 10 * CHUNK && isatty (2))
    g_printerr ("\n");

  return TRUE;
}

static gboolean
write_requests (GxsBatch  *batch,
                gpointer   data,
                GError   **error)
{
  Init *init = data;

  init->demo.batch = batch;
  return gxs_demo_make_requests (&init->demo, error)
         && gxs_demo_make_papers (&init->demo, init->options->data_dir, init->sealer, error);
}

static gboolean
fill (Init      *init,
      GxsStore  *store,
      GError   **error)
{
  if (!gxs_store_run (store, write_bank, init, error))
    return FALSE;
  if (init->options->demo && (!write_customers (init, store, error) || !gxs_store_run (store, write_requests, init, error)))
    return FALSE;

  return gx_db_checkpoint (gxs_store_get_writer (store), TRUE, error);
}

static gboolean
prepare (const Options  *options,
         GError        **error)
{
  g_autofree char *database = g_build_filename (options->data_dir, GXS_STORE_FILE, NULL);

  if (g_file_test (database, G_FILE_TEST_EXISTS))
    return gx_fail (error, GX_ERROR_EXISTS, "%s exists: init makes a new bank only in a new folder", database);
  if (g_mkdir_with_parents (options->data_dir, 0700) != 0)
    return gx_fail (error, GX_ERROR_IO, "%s: %s", options->data_dir, g_strerror (errno));

  return TRUE;
}

static gboolean
run_init (Init    *init,
          GError **error)
{
  const Options *options = init->options;
  g_autoptr(GxsKeys) keys = NULL;
  g_autoptr(GxsStore) store = NULL;
  g_auto(GxBankSealer) sealer = { 0 };

  keys = gxs_keys_new (gx_random_system ());
  gxs_sealer_init (&sealer, keys, gx_random_system ());
  init->sealer = &sealer;
  if (!prepare (options, error)
      || !gxs_keys_save (keys, options->data_dir, error)
      || !gxs_certs_create (options->data_dir, options->bank_name, options->host, gx_clock_now (gx_clock_system ()), error))
    return FALSE;

  store = gxs_store_open (&(GxsStoreOptions) { .data_dir = options->data_dir, .create = TRUE, .keys = keys, .sealer = &sealer.parent,
                                               .clock = gx_clock_system (), .random = gx_random_system () }, error);
  return store != NULL && fill (init, store, error);
}

static void
report (const Init *init)
{
  const Options *options = init->options;
  g_autofree char *ca = gxs_keys_path (options->data_dir, "ca.pem");
  g_autofree char *fingerprint = gxs_certs_fingerprint (ca, NULL);

  g_print (_("The bank “%s” is set up in %s\n"), options->bank_name, options->data_dir);
  g_print (_("Certificate authority: %s\n  SHA-256 %s\n"), ca, fingerprint);
  if (options->demo)
    g_print (_("%d customers; logins rm1 … rm12, sup1, mgr1, hq1, admin1 … with the password %s\n"), options->n_customers, GXS_DEMO_PASSWORD);
  for (guint i = 0; i < G_N_ELEMENTS (init->passwords) && init->passwords[i] != NULL; i++)
    g_print (_("admin%u, one-time password: %s\n"), i + 1, init->passwords[i]);
}

static gboolean
parse_options (int       argc,
               char    **argv,
               Options  *options,
               GError  **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data_dir, N_("Folder of the new bank"), "DIR" },
    { "bank-name", 0, 0, G_OPTION_ARG_STRING, &options->bank_name, N_("The bank's name"), "NAME" },
    { "host", 0, 0, G_OPTION_ARG_STRING, &options->host, N_("Name by which desktops reach the server"), "HOST" },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &options->demo, N_("Fill it with an invented bank"), NULL },
    { "customers", 0, 0, G_OPTION_ARG_INT, &options->n_customers, N_("How many customers the demo has"), "N" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, GX_GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (options->data_dir == NULL || argc > 1)
    return gx_fail (error, GX_ERROR_USAGE, "init --data DIR [--demo [--customers N]]");
  if (options->n_customers < 20 || options->n_customers > 1000000)
    return gx_fail (error, GX_ERROR_USAGE, "--customers: from 20 to 1,000,000");

  return TRUE;
}

static void
options_clear (Options *options)
{
  g_free (options->data_dir);
  g_free (options->bank_name);
  g_free (options->host);
}

/**
 * gxs_admin_init:
 *
 * Returns: %GXS_EXIT_DONE, %GXS_EXIT_FAILED, %GXS_EXIT_USAGE
 */
int
gxs_admin_init (int   argc,
                char *argv[])
{
  Options options = { .bank_name = g_strdup (GXS_DEMO_BANK_NAME), .host = g_strdup ("localhost"), .n_customers = 2000 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autofree char *hash = NULL;
  g_autoptr(GxWorkdays) workdays = gx_workdays_new ();
  Init init = { .options = &options, .actor = { .action = "generate", .unaudited = TRUE } };
  int status = GXS_EXIT_DONE;

  if (!parse_options (argc, argv, &options, &error))
    status = GXS_EXIT_USAGE;
  else
    {
      gx_seeded_random_init (&init.random, DEMO_SEED);
      hash = options.demo ? gxs_password_hash (GXS_DEMO_PASSWORD) : NULL;
      init.demo = (GxsDemo) { .actor = &init.actor, .random = &init.random.parent, .zone = zone, .pw_hash = hash, .wealth_left = 50,
                               .workdays = workdays };
      if (run_init (&init, &error))
        report (&init);
      else
        status = GXS_EXIT_FAILED;
    }
  if (error != NULL)
    g_printerr ("guanxi-server: %s\n", error->message);
  for (guint i = 0; i < G_N_ELEMENTS (init.passwords); i++)
    g_free (init.passwords[i]);
  options_clear (&options);

  return status;
}
