/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log: what stands in it, its tree and proofs, and that every way of tampering with it is found and named. */
#include "gx-customer.h"
#include "gx-entity-json.h"
#include "gx-json.h"
#include "gx-merkle.h"
#include "gx-note.h"
#include "gx-sql.h"
#include "gx-transaction.h"
#include "gxs-audit.h"
#include "gxs-audit-tree.h"
#include "gxs-audit-verify.h"
#include "gxs-restore.h"
#include "gxt-bank.h"
#include "gxt-number.h"

#include <string.h>

static const guint8 seed[32] = "audit seed of the test bank";

static void
get_key (GxPublicKey *out_key)
{
  g_auto(GxSecretKey) secret = { 0 };

  gx_secret_key_from_seed (seed, &secret);
  gx_secret_key_get_public (&secret, out_key);
}

static void
append (GxtBank *bank,
        guint    n)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      const GxsAuditEvent event = { .action = "sign-in", .actor = bank->people[GXT_RM1].login, .result = "applied" };

      gxs_audit_append (batch, &event, &error);
      g_assert_no_error (error);
    }
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
}

static gboolean
checkpoint (GxtBank *bank,
            gboolean force)
{
  g_autoptr(GError) error = NULL;
  gboolean made;

  gxs_audit_checkpoint (bank->db, seed, gx_clock_now (&bank->clock.parent), force, &made, &error);
  g_assert_no_error (error);
  return made;
}

static void
verify (GxtBank        *bank,
        GxsAuditReport *report)
{
  g_autoptr(GError) error = NULL;
  GxPublicKey key;

  get_key (&key);
  gxs_audit_verify (bank->db, &key, report, &error);
  g_assert_no_error (error);
  g_test_message ("%" G_GINT64_FORMAT ": %s", report->bad_seq, report->fault != NULL ? report->fault : "clean");
}

/* A rename of the customer through review, then ten entries, a checkpoint over all, five more. */
static GxtBank *
new_log (void)
{
  GxtBank *bank = gxt_bank_new (":memory:");
  const GxtRequest request = { "customer.identity", "patch", &gx_customer_entity, bank->customer, "{\"name\":\"张伟明\"}", "ID_IMAGE", NULL };
  GxId id = gxt_bank_id (bank);
  g_autoptr(JsonObject) body = gxt_bank_request (bank, GXT_RM1, &id, 1, &request);
  g_autoptr(JsonObject) decision = NULL;

  g_assert_cmpint (gxt_bank_submit (bank, GXT_RM1, &id, body, NULL), ==, GXT_OK);
  decision = gxt_bank_decision (bank, GXT_SUP1, &id, "approve", NULL);
  g_assert_cmpint (gxt_bank_decide (bank, GXT_SUP1, &id, decision, NULL), ==, GXT_OK);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM audit_log"), ==, 3);
  append (bank, 10);
  g_assert_true (checkpoint (bank, TRUE));
  append (bank, 5);
  return bank;
}

static void
test_untouched_log_is_clean (void)
{
  g_autoptr(GxtBank) bank = new_log ();
  g_auto(GxsAuditReport) report = { 0 };

  verify (bank, &report);
  g_assert_cmpstr (report.fault, ==, NULL);
  g_assert_cmpint (report.entries, ==, 18);
  g_assert_cmpint (report.checkpoints, ==, 1);
  g_assert_cmpint (report.requests, ==, 1);
}

/* One statement, the number that must be named (0: not one entry's matter), a word of what differs. Whoever may write to the
 * database may drop its triggers first, so that is done for him. */
static const struct { const char *sql; gint64 bad; const char *words; } tampers[] = {
  { "UPDATE audit_log SET entry=CAST(replace(CAST(entry AS TEXT),'sign-in','sign-ix') AS BLOB) WHERE seq=7", 7, "hash" },
  { "UPDATE audit_log SET entry=CAST(CAST(entry AS TEXT) || ' ' AS BLOB) WHERE seq=7", 7, "hash" },
  { "UPDATE audit_log SET leaf=zeroblob(32) WHERE seq=9", 9, "hash" },
  { "UPDATE audit_log SET leaf=x'00' WHERE seq=9", 9, "hash" },
  { "UPDATE audit_log SET at=at+1 WHERE seq=4", 4, "column at" },
  { "UPDATE audit_log SET action='x' WHERE seq=5", 5, "column action" },
  { "UPDATE audit_log SET actor=NULL WHERE seq=5", 5, "column actor" },
  { "UPDATE audit_log SET cr_id=x'01010101010101010101010101010101' WHERE seq=6", 6, "column cr_id" },
  { "UPDATE audit_log SET entity_id=x'01010101010101010101010101010101' WHERE seq=2", 2, "column entity_id" },
  { "UPDATE audit_log SET tbl='login' WHERE seq=2", 2, "column tbl" },
  { "UPDATE audit_log SET branch_id=NULL WHERE seq=2", 2, "column branch_id" },
  { "DELETE FROM audit_log WHERE seq=1", 1, "missing" },
  { "DELETE FROM audit_log WHERE seq=8", 8, "missing" },
  { "DELETE FROM audit_log WHERE seq=18", 18, "missing" },
  { "DELETE FROM audit_log WHERE seq>13", 14, "missing" },
  { "DELETE FROM audit_log WHERE seq>10", 11, "missing" },
  { "DELETE FROM audit_log", 1, "missing" },
  { "UPDATE audit_log SET seq=99 WHERE seq=8", 8, "missing" },
  { "UPDATE audit_log SET seq=seq+100 WHERE seq>8; UPDATE audit_log SET seq=seq-99 WHERE seq>100;"
    "INSERT INTO audit_log SELECT 9,at,actor,on_behalf_of,device,session,action,tbl,entity_id,cr_id,mut_id,branch_id,entry,leaf"
    " FROM audit_log WHERE seq=8", 9, "column seq" },
  { "UPDATE audit_log SET seq=1000 WHERE seq=6; UPDATE audit_log SET seq=6 WHERE seq=7; UPDATE audit_log SET seq=7 WHERE seq=1000", 6, "column seq" },
  { "INSERT INTO audit_log SELECT 19,at,actor,on_behalf_of,device,session,action,tbl,entity_id,cr_id,mut_id,branch_id,"
    "CAST(replace(CAST(entry AS TEXT),'\"n\":18','\"n\":19') AS BLOB),leaf FROM audit_log WHERE seq=18", 19, "hash" },
  { "UPDATE audit_head SET size=17", 18, "without the head" },
  { "UPDATE audit_head SET size=19", 19, "missing" },
  { "UPDATE audit_head SET root=zeroblob(32)", 14, "head" },
  { "UPDATE audit_head SET frontier=zeroblob(length(frontier))", 14, "head" },
  { "DELETE FROM audit_head", 0, "no head" },
  { "UPDATE audit_sth SET note=replace(note,'guanxi','guanxj')", 13, "not signed" },
  { "UPDATE audit_sth SET root=zeroblob(32)", 13, "another one" },
  { "UPDATE audit_sth SET size=12", 12, "another one" },
  { "UPDATE audit_sth SET size=20", 19, "checkpoint" },
  { "UPDATE cr_decision SET dev_sig=maker_sig FROM cr_rev", 0, "did not sign" },
  { "UPDATE cr_decision SET note='x'", 0, "did not sign" },
  { "UPDATE cr_rev SET maker_sig=dev_sig FROM cr_decision", 0, "not signed by its maker" },
  { "UPDATE change_request SET required_n=2", 0, "1 of 2" },
  { "DELETE FROM cr_decision", 0, "0 of 1" },
  { "UPDATE cr_party SET role='contributor' WHERE role='checker'", 0, "one of its makers" },
};

/* The same for what a start looks at: the entries around the last checkpoint. */
static const struct { const char *sql; gint64 bad; const char *words; } end_tampers[] = {
  { "SELECT 1", 0, NULL },
  { "UPDATE audit_sth SET frontier=NULL", 0, NULL },
  { "UPDATE audit_log SET entry=CAST('{}' AS BLOB) WHERE seq=7", 7, "hash" },
  { "DELETE FROM audit_log WHERE seq=13", 13, "missing" },
  { "UPDATE audit_log SET entry=CAST('{}' AS BLOB) WHERE seq=15", 15, "hash" },
  { "UPDATE audit_log SET action='x' WHERE seq=16", 16, "column action" },
  { "DELETE FROM audit_log WHERE seq=14", 14, "missing" },
  { "DELETE FROM audit_log WHERE seq=18", 18, "missing" },
  { "DELETE FROM audit_log WHERE seq>13", 14, "missing" },
  { "DELETE FROM audit_log", 1, "missing" },
  { "UPDATE audit_head SET root=zeroblob(32)", 14, "head" },
  { "DELETE FROM audit_head", 0, "no head" },
  { "UPDATE audit_sth SET note=replace(note,'guanxi','guanxj')", 13, "not signed" },
  { "UPDATE audit_sth SET root=zeroblob(32)", 13, "another one" },
  { "UPDATE audit_sth SET frontier=zeroblob(length(frontier))", 1, "not those that were signed" },
  { "UPDATE audit_sth SET frontier=x'00'", 13, "another one" },
  { "UPDATE audit_sth SET frontier=NULL, size=13; UPDATE audit_log SET leaf=zeroblob(32) WHERE seq=7", 7, "hash" },
  { "UPDATE audit_sth SET frontier=NULL; DELETE FROM audit_log WHERE seq>9", 10, "missing" },
};

static void
drop_triggers (GxtBank *bank)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *drops = NULL;

  g_assert_true (gx_db_query_text (bank->db, &drops, &error, "SELECT group_concat('DROP TRIGGER ' || name || ';', '') FROM sqlite_schema"
                                   " WHERE type='trigger'", NULL));
  gx_db_exec (bank->db, drops, &error);
  gx_db_exec (bank->db, "PRAGMA foreign_keys=OFF", &error);
  g_assert_no_error (error);
}

static void
test_tampering_is_named (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tampers); i++)
    {
      g_autoptr(GxtBank) bank = new_log ();
      g_auto(GxsAuditReport) report = { 0 };
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", tampers[i].sql);
      drop_triggers (bank);
      gx_db_exec (bank->db, tampers[i].sql, &error);
      g_assert_no_error (error);
      verify (bank, &report);
      g_assert_nonnull (report.fault);
      g_assert_cmpint (report.bad_seq, ==, tampers[i].bad);
      g_assert_nonnull (strstr (report.fault, tampers[i].words));
    }
}

static void
test_a_start_looks_at_the_end (void)
{
  g_autoptr(GxtBank) bank = new_log ();
  GxPublicKey key;

  get_key (&key);
  drop_triggers (bank);
  for (guint i = 0; i < G_N_ELEMENTS (end_tampers); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GxTransaction) undone = gx_transaction_begin (bank->db, &error);
      g_auto(GxsAuditReport) report = { 0 };

      gx_db_exec (bank->db, end_tampers[i].sql, &error);
      g_assert_no_error (error);
      g_assert_true (gxs_audit_verify_end (bank->db, &key, &report, &error));
      g_test_message ("%s: %s", end_tampers[i].sql, report.fault != NULL ? report.fault : "clean");
      g_assert_cmpint (report.fault != NULL, ==, end_tampers[i].words != NULL);
      g_assert_cmpint (report.bad_seq, ==, end_tampers[i].bad);
      g_assert_true (report.fault == NULL || strstr (report.fault, end_tampers[i].words) != NULL);
    }
}

/* Whoever cuts the log off at its last checkpoint, head and all, leaves what it was about. */
static void
test_a_cut_end_is_found_by_what_it_did (void)
{
  g_autoptr(GxtBank) bank = new_log ();
  g_auto(GxsAuditReport) report = { 0 };
  g_autoptr(GError) error = NULL;
  GxId client = gxt_bank_id (bank), mut_id = gxt_bank_id (bank);

  drop_triggers (bank);
  g_assert_true (gx_db_run (bank->db, &error, "INSERT INTO mut_result(client_id, mid, mut_id, body_sha, st, at) VALUES(?, 1, ?, x'00', 'applied', 0)",
                            "uu", &client, &mut_id));
  gx_db_exec (bank->db, "DELETE FROM audit_log WHERE seq>13;"
              "UPDATE audit_head SET size=13, root=(SELECT root FROM audit_sth), frontier=(SELECT frontier FROM audit_sth)", &error);
  g_assert_no_error (error);
  verify (bank, &report);
  g_assert_cmpint (report.bad_seq, ==, 14);
  g_assert_nonnull (strstr (report.fault, "1 changes of desks have results and no entry"));
}

static void
test_a_restore_says_of_which_backup (void)
{
  g_autoptr(GxtBank) bank = new_log ();
  g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);
  g_autofree char *epoch = g_strdup (gxs_batch_get_epoch (batch)), *entry = NULL, *says = NULL;
  g_autoptr(GError) error = NULL;

  says = g_strdup_printf ("\"extra\":{\"entries\":18,\"epoch\":\"%s\",\"head\":%" G_GINT64_FORMAT ",\"signed\":13}", epoch, gxs_batch_get_head (batch));
  g_assert_true (gxs_restore_mark (batch, &error));
  g_assert_cmpstr (gxs_batch_get_epoch (batch), !=, epoch);
  g_assert_true (gxs_batch_commit (batch, &error));
  g_assert_true (gx_db_query_text (bank->db, &entry, &error, "SELECT CAST(entry AS TEXT) FROM audit_log WHERE action='restore'", NULL));
  g_assert_nonnull (strstr (entry, says));
}

/* Each single byte of an entry counts. */
static void
test_every_byte_counts (void)
{
  g_autoptr(GxtBank) bank = new_log ();
  gint64 length = gxt_number (bank->db, "SELECT length(entry) FROM audit_log WHERE seq=3");

  for (gint64 i = 0; i < length; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GxTransaction) undone = gx_transaction_begin (bank->db, &error);
      g_auto(GxsAuditReport) report = { 0 };
      g_autoptr(GxStatement) statement = gx_db_query (bank->db, &error, "SELECT entry FROM audit_log WHERE seq=3", NULL);
      g_autofree guint8 *bytes = NULL;
      g_autoptr(GBytes) flipped = NULL;
      gsize size;

      g_assert_true (gx_statement_next (statement, &error));
      bytes = g_memdup2 (gx_statement_get_blob (statement, 0, &size), (gsize) length);
      bytes[i] ^= 1;
      flipped = g_bytes_new (bytes, (gsize) length);
      gx_statement_rewind (statement);
      gx_db_run (bank->db, &error, "UPDATE audit_log SET entry=? WHERE seq=3", "b", flipped);
      g_assert_no_error (error);
      verify (bank, &report);
      g_assert_cmpint (report.bad_seq, ==, 3);
    }
}

/* Somebody who rewrites an entry, its leaf, all that follows and the head, but has not the key. */
static void
test_rewritten_history_meets_the_checkpoint (void)
{
  g_autoptr(GxtBank) bank = new_log ();
  g_auto(GxsAuditReport) report = { 0 };
  g_autoptr(GError) error = NULL;
  GxFrontier tree;
  g_autoptr(GBytes) frontier = NULL;
  g_autoptr(GBytes) root_bytes = NULL;
  GxHash root;

  drop_triggers (bank);
  gx_db_exec (bank->db, "UPDATE audit_log SET entry=CAST(replace(CAST(entry AS TEXT),'\"applied\"','\"refused\"') AS BLOB) WHERE seq=7", &error);
  g_assert_no_error (error);
  gx_frontier_init (&tree);
  for (gint64 seq = 1; seq <= 18; seq++)
    {
      g_autoptr(GxStatement) statement = gx_db_query (bank->db, &error, "SELECT entry FROM audit_log WHERE seq=?", "i", seq);
      g_autoptr(GBytes) leaf_bytes = NULL;
      gconstpointer entry;
      gsize size;
      GxHash leaf;

      g_assert_true (gx_statement_next (statement, &error));
      entry = gx_statement_get_blob (statement, 0, &size);
      gx_merkle_leaf (entry, size, &leaf);
      gx_frontier_append (&tree, &leaf);
      leaf_bytes = g_bytes_new (&leaf, sizeof leaf);
      gx_statement_rewind (statement);
      g_assert_true (gx_db_run (bank->db, &error, "UPDATE audit_log SET leaf=? WHERE seq=?", "bi", leaf_bytes, seq));
    }
  gx_frontier_get_root (&tree, &root);
  frontier = gx_frontier_to_bytes (&tree);
  root_bytes = g_bytes_new (&root, sizeof root);
  g_assert_true (gx_db_run (bank->db, &error, "UPDATE audit_head SET root=?, frontier=?", "bb", root_bytes, frontier));

  verify (bank, &report);
  g_assert_cmpint (report.bad_seq, ==, 1);
  g_assert_nonnull (strstr (report.fault, "entries 1 to 13"));
}

static void
test_another_key_is_not_the_banks (void)
{
  g_autoptr(GxtBank) bank = new_log ();
  g_auto(GxsAuditReport) report = { 0 };
  g_autoptr(GError) error = NULL;
  g_auto(GxSecretKey) secret = { 0 };
  const guint8 other[32] = "another";
  GxPublicKey key;

  gx_secret_key_from_seed (other, &secret);
  gx_secret_key_get_public (&secret, &key);
  g_assert_true (gxs_audit_verify (bank->db, &key, &report, &error));
  g_assert_nonnull (strstr (report.fault, "not signed"));
}

/* An entry without its effect, or an effect without its entry, cannot be: both go with the batch, or with its part. */
static void
test_undone_parts_leave_no_entry (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  const GxsAuditEvent event = { .action = "sign-in" };
  g_auto(GxsAuditReport) report = { 0 };
  g_autoptr(GError) error = NULL;

  {
    g_autoptr(GxsBatch) lost = gxt_bank_batch (bank);
    g_assert_true (gxs_audit_append (lost, &event, &error));
  }
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM audit_log"), ==, 0);
  {
    g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);

    g_assert_true (gxs_audit_append (batch, &event, &error));
    {
      g_autoptr(GxsPart) lost = gxs_part_begin (batch, &error);
      g_assert_true (gxs_audit_append (batch, &event, &error));
      g_assert_true (gxs_audit_append (batch, &event, &error));
    }
    {
      g_autoptr(GxsPart) kept = gxs_part_begin (batch, &error);
      g_assert_true (gxs_audit_append (batch, &event, &error));
      g_assert_true (gxs_part_commit (kept, &error));
    }
    g_assert_true (gxs_batch_commit (batch, &error));
  }
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM audit_log"), ==, 2);
  verify (bank, &report);
  g_assert_cmpstr (report.fault, ==, NULL);
}

static void
test_time_never_goes_back (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");

  append (bank, 1);
  bank->clock.now -= 1000000;
  append (bank, 1);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(DISTINCT at) FROM audit_log"), ==, 1);
}

static void
test_checkpoints_are_made_when_due (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");

  g_assert_false (checkpoint (bank, TRUE));                 /* nothing grew */
  append (bank, 1);
  g_assert_true (checkpoint (bank, FALSE));                 /* the first */
  append (bank, 1);
  g_assert_false (checkpoint (bank, FALSE));
  bank->clock.now += GXS_CHECKPOINT_MS;
  g_assert_true (checkpoint (bank, FALSE));
  g_assert_false (checkpoint (bank, TRUE));
  append (bank, GXS_CHECKPOINT_ENTRIES);
  g_assert_true (checkpoint (bank, FALSE));
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM audit_sth"), ==, 3);
}

static GArray *
hashes_of (const char *json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) root = gx_json_parse (json, -1, &error);
  JsonArray *list = json_object_get_array_member (json_node_get_object (root), "hashes");
  GArray *hashes = g_array_new (FALSE, FALSE, sizeof (GxHash));

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      GxHash hash;

      g_assert_true (gx_hash_parse (json_array_get_string_element (list, i), &hash));
      g_array_append_val (hashes, hash);
    }
  return hashes;
}

/* A desktop that kept the first checkpoint is shown that the second log begins with it; an entry is shown to be in it. */
static void
test_proofs_hold (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  g_auto(GxCheckpoint) first = { 0 }, second = { 0 };
  g_autofree char *first_note = NULL, *second_note = NULL, *proof = NULL, *inclusion = NULL, *entries = NULL;
  g_autoptr(GArray) hashes = NULL, path = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) list = NULL;
  const char *entry;
  GxPublicKey key;
  GxHash leaf;

  get_key (&key);
  append (bank, 7);
  checkpoint (bank, TRUE);
  g_assert_true (gxs_audit_get_checkpoint (bank->db, &first_note, &error));
  append (bank, 6);
  checkpoint (bank, TRUE);
  g_assert_true (gxs_audit_get_checkpoint (bank->db, &second_note, &error));
  g_assert_true (gx_checkpoint_open (first_note, -1, GXS_AUDIT_ORIGIN, &key, &first, &error));
  g_assert_true (gx_checkpoint_open (second_note, -1, GXS_AUDIT_ORIGIN, &key, &second, &error));
  g_assert_cmpuint (first.size, ==, 7);
  g_assert_cmpuint (second.size, ==, 13);

  g_assert_true (gxs_audit_prove_consistency (bank->db, 7, 13, &proof, &error));
  hashes = hashes_of (proof);
  g_assert_true (gx_merkle_verify_consistency (7, 13, &first.root, &second.root, hashes, &error));

  g_assert_true (gxs_audit_list_entries (bank->db, 5, 1, &entries, &error));
  list = gx_json_parse (entries, -1, &error);
  entry = json_object_get_string_member (json_array_get_object_element (json_object_get_array_member (json_node_get_object (list), "entries"), 0), "entry");
  gx_merkle_leaf (entry, strlen (entry), &leaf);
  g_assert_true (gxs_audit_prove_inclusion (bank->db, 5, 13, &inclusion, &error));
  path = hashes_of (inclusion);
  g_assert_true (gx_merkle_verify_inclusion (&leaf, 4, 13, path, &second.root, &error));

  g_assert_false (gxs_audit_prove_consistency (bank->db, 7, 14, &proof, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);
}

/* Commitments: the same value of another field, row or customer looks different; the right one can be shown. */
static void
test_commitments (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);
  g_autoptr(GError) error = NULL;
  GxCustomer *customer;
  GxsAuditEvent event = { .action = "patch", .entity = &gx_customer_entity, .entity_id = bank->customer, .subject = bank->customer };

  customer = gx_sql_load (bank->db, &gx_customer_entity, &bank->customer, &error);
  event.after = customer;
  event.fields = GX_FIELD_BIT (gx_entity_index_of (&gx_customer_entity, "name"));
  g_assert_true (gxs_audit_append (batch, &event, &error));
  event.subject = bank->prospect;
  g_assert_true (gxs_audit_append (batch, &event, &error));
  event.subject = GX_ID_NONE;
  g_assert_true (gxs_audit_append (batch, &event, &error));
  g_assert_true (gxs_batch_commit (batch, &error));
  g_clear_pointer (&batch, gxs_batch_free);

  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM audit_log WHERE CAST(entry AS TEXT) LIKE '%张伟%'"), ==, 0);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM audit_log WHERE CAST(entry AS TEXT) LIKE '%\"fields\":[\"name\"]%'"), ==, 3);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM audit_log WHERE CAST(entry AS TEXT) LIKE '%\"after\":{\"name\":\"%'"), ==, 2);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(DISTINCT substr(CAST(entry AS TEXT), instr(CAST(entry AS TEXT), '\"after\"'), 80)) FROM audit_log"
                           " WHERE seq<3"), ==, 2);

  {
    g_autoptr(GxsBatch) another = gxt_bank_batch (bank);

    event.subject = gxt_bank_id (bank);
    g_assert_false (gxs_audit_append (another, &event, &error));
    g_assert_error (error, GX_ERROR, GX_ERROR_INTERNAL);
  }
  gx_entity_free (&gx_customer_entity, customer);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/audit/untouched_log_is_clean", test_untouched_log_is_clean);
  g_test_add_func ("/server/audit/tampering_is_named", test_tampering_is_named);
  g_test_add_func ("/server/audit/every_byte_counts", test_every_byte_counts);
  g_test_add_func ("/server/audit/rewritten_history_meets_the_checkpoint", test_rewritten_history_meets_the_checkpoint);
  g_test_add_func ("/server/audit/another_key_is_not_the_banks", test_another_key_is_not_the_banks);
  g_test_add_func ("/server/audit/undone_parts_leave_no_entry", test_undone_parts_leave_no_entry);
  g_test_add_func ("/server/audit/a_start_looks_at_the_end", test_a_start_looks_at_the_end);
  g_test_add_func ("/server/audit/a_cut_end_is_found_by_what_it_did", test_a_cut_end_is_found_by_what_it_did);
  g_test_add_func ("/server/audit/a_restore_says_of_which_backup", test_a_restore_says_of_which_backup);
  g_test_add_func ("/server/audit/time_never_goes_back", test_time_never_goes_back);
  g_test_add_func ("/server/audit/checkpoints_are_made_when_due", test_checkpoints_are_made_when_due);
  g_test_add_func ("/server/audit/proofs_hold", test_proofs_hold);
  g_test_add_func ("/server/audit/commitments", test_commitments);
  return g_test_run ();
}
