/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power cuts under the bank's database (sync.md 4.3, T5): clients push, the log is taken into the database, and at any
 * operation of the disk the power fails. After each cut, and cuts while the database recovers: every answered mutation is
 * there once (I1), the one under way is there wholly or not at all and is done once when it comes again (I2), the audit log
 * verifies (I15).
 *
 *   GUANXI_SEED=n runs one schedule; GUANXI_CUTS=n runs that many, from GUANXI_FIRST on. A failing seed is printed.
 */
#include "gx-customer.h"
#include "gx-json.h"
#include "gx-vault.h"
#include "gxs-audit-verify.h"
#include "gxt-disk.h"
#include "gxt-environment.h"
#include "gxt-sync.h"

#include <string.h>

#define CUTS 300
#define DATABASE "bank.db"

typedef struct
{
  gint64  mid;
  GxId    id;
  char   *text;             /* the whole mutation, to be sent again */
  char   *subject;          /* what the row then says */
} Sent;

typedef struct
{
  GxtSync        *sync;
  GxtDisk        *disk;
  GxVault        *vault;    /* (nullable): none = a plain database */
  GxDbFlags       flags;
  GxSeededRandom  random;
  GxId            customer;
  gint64          first_mid, first_rows;
  GPtrArray      *answered; /* of Sent */
  Sent           *under_way;
} Cuts;

/* What all schedules together met; power cuts that hit nothing prove nothing. */
static struct { guint cuts, answered, came_again_done, came_again_new, in_recovery; } totals;

static guint
below (Cuts  *cuts,
       guint  n)
{
  return gx_random_below (&cuts->random.parent, n);
}

static void
sent_free (Sent *sent)
{
  g_free (sent->text);
  g_free (sent->subject);
  g_free (sent);
}

static GxDbOptions
options_of (Cuts *cuts)
{
  return (GxDbOptions) { .location = DATABASE, .flags = GX_DB_CREATE | cuts->flags,
                         .vfs = cuts->vault != NULL ? gx_vault_get_vfs (cuts->vault) : gxt_disk_get_vfs (cuts->disk) };
}

static void
cuts_init (Cuts      *cuts,
           gboolean   encrypted,
           GxDbFlags  flags)
{
  const guint8 key[GX_VAULT_KEY_SIZE] = "power";
  g_autoptr(GError) error = NULL;
  GxDbOptions options;

  *cuts = (Cuts) { .flags = flags, .answered = g_ptr_array_new_with_free_func ((GDestroyNotify) sent_free) };
  gx_seeded_random_init (&cuts->random, 1);
  cuts->disk = gxt_disk_new (&cuts->random.parent);
  if (encrypted)
    cuts->vault = gx_vault_new (key, &(GxId) { { 7 } }, gxt_disk_get_vfs (cuts->disk), &error);
  g_assert_no_error (error);

  options = options_of (cuts);
  cuts->sync = gxt_sync_new_on (&options);
  cuts->customer = gxt_sync_customer (cuts->sync, GXT_RM1, GXT_NOBODY, "王小明", GX_CUSTOMER_ACTIVE);
  cuts->first_mid = cuts->sync->mid[GXT_RM1];
  cuts->first_rows = gxt_number (cuts->sync->db, "SELECT COUNT(*) FROM interaction");
  gx_db_close (cuts->sync->db);
  gxt_disk_keep (cuts->disk);
}

static void
cuts_clear (Cuts *cuts)
{
  GxDbOptions options = options_of (cuts);

  gxt_disk_go_back (cuts->disk);
  gxt_bank_open (cuts->sync->bank, &options);
  gxt_sync_free (cuts->sync);
  g_clear_pointer (&cuts->vault, gx_vault_free);
  gxt_disk_free (cuts->disk);
  g_ptr_array_unref (cuts->answered);
  g_clear_pointer (&cuts->under_way, sent_free);
}

static void
reopen (Cuts *cuts)
{
  GxDbOptions options = options_of (cuts);

  gxt_bank_open (cuts->sync->bank, &options);
  cuts->sync->db = cuts->sync->bank->db;
}

/* ---- a day at the bank ---- */

static Sent *
compose (Cuts *cuts)
{
  GxtSync *sync = cuts->sync;
  Sent *sent = g_new0 (Sent, 1), *earlier = NULL;
  GxId mut_id = gxt_sync_id (sync);
  g_autofree char *set = NULL;

  if (cuts->answered->len > 0 && below (cuts, 3) == 0)
    earlier = cuts->answered->pdata[below (cuts, cuts->answered->len)];
  sent->mid = ++sync->mid[GXT_RM1];
  sent->id = earlier != NULL ? earlier->id : gxt_sync_id (sync);
  sent->subject = g_strdup_printf ("到期提醒 %" G_GINT64_FORMAT, sent->mid);
  if (earlier != NULL)
    set = g_strdup_printf ("'subject':{'v':'%s','b':{'s':999999}}", sent->subject);
  else
    set = g_strdup_printf ("'customer_id':'%s','owner_id':'%s','channel':'PHONE','purpose':'MAINTENANCE','subject':'%s','started_at':%"
                           G_GINT64_FORMAT, GX_ID_STR (&cuts->customer), GX_ID_STR (&sync->employee[GXT_RM1]), sent->subject,
                           sync->bank->clock.now);
  sent->text = gxt_json ("{'mid':%" G_GINT64_FORMAT ",'mut_id':'%s','op':'%s','tbl':'interaction','id':'%s','at':%" G_GINT64_FORMAT
                         ",'off':480,'set':{%s}}", sent->mid, GX_ID_STR (&mut_id), earlier != NULL ? "patch" : "create",
                         GX_ID_STR (&sent->id), sync->bank->clock.now, set);
  return sent;
}

static gboolean
send (Cuts *cuts,
      Sent *sent)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = gxt_sync_push (cuts->sync, GXT_RM1, sent->text, &error);
  JsonObject *result;

  if (answer == NULL)
    return FALSE;
  result = json_array_get_object_element (json_object_get_array_member (answer, "results"), 0);
  g_assert_cmpstr (json_object_get_string_member (result, "st"), ==, "applied");
  return TRUE;
}

/* Until the power fails, or the day is over. */
static void
work (Cuts *cuts)
{
  for (guint i = 0; i < 14 && !gxt_disk_is_off (cuts->disk); i++)
    {
      Sent *sent;

      if (below (cuts, 5) == 0)
        {
          gx_db_checkpoint (cuts->sync->db, below (cuts, 2), NULL);
          continue;
        }
      sent = compose (cuts);
      if (send (cuts, sent))
        g_ptr_array_add (cuts->answered, sent);
      else
        cuts->under_way = sent;
    }
}

/* The power comes back, and may fail again while the log is read. */
static void
recover (Cuts *cuts)
{
  gxt_disk_power_on (cuts->disk);
  for (guint again = below (cuts, 3); again > 0; again--)
    {
      GxDbOptions options = options_of (cuts);
      GxDb *db;

      gxt_disk_cut_at (cuts->disk, 1 + below (cuts, 6));
      db = gx_db_open (&gx_db_sqlite, &options, NULL);
      if (db != NULL)
        {
          gx_db_checkpoint (db, TRUE, NULL);
          gx_db_close (db);
        }
      totals.in_recovery += gxt_disk_is_off (cuts->disk) ? 1 : 0;
      gxt_disk_power_on (cuts->disk);
    }
  reopen (cuts);
}

/* ---- what must hold ---- */

static char *
subject_of (Cuts       *cuts,
            const GxId *id)
{
  char *subject = NULL;

  gx_db_query_text (cuts->sync->db, &subject, NULL, "SELECT subject FROM interaction WHERE id=?", "u", id);
  return subject;
}

/* The last word on the row, of those that were answered. */
static const char *
expected_subject (Cuts       *cuts,
                  const GxId *id)
{
  for (guint i = cuts->answered->len; i > 0; i--)
    if (gx_id_equal (&((Sent *) cuts->answered->pdata[i - 1])->id, id))
      return ((Sent *) cuts->answered->pdata[i - 1])->subject;

  return NULL;
}

/* How many answered mutations are not there. */
static guint
count_lost (Cuts *cuts)
{
  guint lost = 0;

  for (guint i = 0; i < cuts->answered->len; i++)
    {
      const Sent *sent = cuts->answered->pdata[i];
      g_autofree char *subject = subject_of (cuts, &sent->id);

      if (g_strcmp0 (subject, expected_subject (cuts, &sent->id)) != 0
          && (cuts->under_way == NULL || g_strcmp0 (subject, cuts->under_way->subject) != 0))
        lost++;
    }

  return lost;
}

/* Whoever got no answer sends it again: it is done once, whether or not it was done before. */
static void
send_again (Cuts *cuts)
{
  Sent *sent = g_steal_pointer (&cuts->under_way);
  gint64 before;

  if (sent == NULL)
    return;
  before = gxt_number (cuts->sync->db, "SELECT COUNT(*) FROM mut_result");
  g_assert_true (send (cuts, sent));
  if (gxt_number (cuts->sync->db, "SELECT COUNT(*) FROM mut_result") == before)
    totals.came_again_done++;
  else
    totals.came_again_new++;
  g_ptr_array_add (cuts->answered, sent);
}

static void
check_whole (Cuts *cuts)
{
  const GxtSync *sync = cuts->sync;
  g_autoptr(GHashTable) rows = g_hash_table_new (gx_id_hash, gx_id_equal);
  g_autofree char *verdict = NULL;
  g_auto(GxsAuditReport) report = { 0 };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < cuts->answered->len; i++)
    g_hash_table_add (rows, &((Sent *) cuts->answered->pdata[i])->id);
  g_assert_cmpint (gxt_number (cuts->sync->db, "SELECT COUNT(*) FROM interaction"), ==, cuts->first_rows + g_hash_table_size (rows));
  g_assert_cmpint (gxt_number (cuts->sync->db, "SELECT COUNT(*) FROM mut_result"), ==, cuts->answered->len);
  g_assert_cmpint (gxt_number (cuts->sync->db, "SELECT COUNT(*) FROM audit_log WHERE mut_id IS NOT NULL"), ==, cuts->answered->len);
  gx_db_query_text (sync->db, &verdict, &error, "PRAGMA integrity_check", NULL);
  g_assert_cmpstr (verdict, ==, "ok");
  gxs_audit_verify (sync->db, &(GxPublicKey) { { 0 } }, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report.fault, ==, NULL);
}

/* A day, a cut, and the bank that comes back. */
static void
go_through (Cuts    *cuts,
            guint64  seed)
{
  gx_seeded_random_init (&cuts->random, seed);
  gxt_disk_go_back (cuts->disk);
  g_ptr_array_set_size (cuts->answered, 0);
  g_clear_pointer (&cuts->under_way, sent_free);
  cuts->sync->mid[GXT_RM1] = cuts->first_mid;
  reopen (cuts);
  if (below (cuts, 3) > 0)
    gxt_disk_cut_at (cuts->disk, 1 + below (cuts, 400));
  else
    gxt_disk_cut_at_sync (cuts->disk, 1 + below (cuts, 12));

  work (cuts);
  gx_db_close (cuts->sync->db);
  recover (cuts);
}

static void
run_schedule (Cuts    *cuts,
              guint64  seed)
{
  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  go_through (cuts, seed);
  totals.cuts++;
  totals.answered += cuts->answered->len;

  g_assert_cmpuint (count_lost (cuts), ==, 0);
  send_again (cuts);
  g_assert_cmpuint (count_lost (cuts), ==, 0);
  check_whole (cuts);
  gx_db_close (cuts->sync->db);
}

static void
test_cuts (gconstpointer encrypted)
{
  guint64 one = gxt_environment ("GUANXI_SEED", 0), n = one != 0 ? 1 : gxt_environment ("GUANXI_CUTS", CUTS);
  guint64 first = one != 0 ? one : gxt_environment ("GUANXI_FIRST", 1);
  Cuts cuts;

  memset (&totals, 0, sizeof totals);
  cuts_init (&cuts, encrypted != NULL, 0);
  for (guint64 seed = first; seed < first + n; seed++)
    run_schedule (&cuts, seed);
  g_print ("# seeds %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT ": %u power cuts, %u of them while recovering; %u mutations answered, none lost;"
           " of those under way %u were there, %u were not, each done once; %" G_GUINT64_FORMAT " operations of the disk\n",
           first, first + n - 1, totals.cuts + totals.in_recovery, totals.in_recovery, totals.answered, totals.came_again_done,
           totals.came_again_new, gxt_disk_get_count (cuts.disk));
  if (n >= 100)
    {
      g_assert_cmpuint (totals.came_again_done, >, 0);
      g_assert_cmpuint (totals.came_again_new, >, 0);
      g_assert_cmpuint (totals.in_recovery, >, 0);
    }
  cuts_clear (&cuts);
}

/* The disk of this test does lose what was not synced: a database that does not wait for it is seen to. */
static void
test_it_would_be_seen (void)
{
  Cuts cuts;
  guint lost = 0;

  cuts_init (&cuts, FALSE, GX_DB_RELAXED);
  for (guint64 seed = 1; seed <= 40; seed++)
    {
      go_through (&cuts, seed);
      lost += count_lost (&cuts);
      gx_db_close (cuts.sync->db);
    }
  g_test_message ("%u lost", lost);
  g_assert_cmpuint (lost, >, 0);
  cuts_clear (&cuts);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/power/bank/plain_loses_nothing_answered", NULL, test_cuts);
  g_test_add_data_func ("/power/bank/encrypted_loses_nothing_answered", GINT_TO_POINTER (1), test_cuts);
  g_test_add_func ("/power/bank/without_syncs_it_would_be_seen", test_it_would_be_seen);

  return g_test_run ();
}
