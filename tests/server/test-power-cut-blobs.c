/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power cuts under the bank's documents (sync.md 4.3, T5): people send documents in chunks, the bank puts them away, and at any
 * write, sync, move or removal of its files, the database's as well as the documents', the power fails, again while the bank
 * recovers. The code is the bank's own on real files; the folder is a disk that loses what was not synced (gxt-power).
 *
 * After each cut: a document that was answered "done" is there, byte for byte; a chunk that was acknowledged is; what is not
 * whole is not served; and whoever goes on sending comes to the end.
 *
 *   GUANXI_SEED=n runs one schedule; GUANXI_CUTS=n runs that many, from GUANXI_FIRST on. A failing seed is printed.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "gx-attachment.h"
#include "gx-hash.h"
#include "gx-protocol.h"
#include "gx-vault.h"
#include "gxs-blob.h"
#include "gxt-bank.h"
#include "gxt-environment.h"
#include "gxt-power.h"

#define CUTS     60
#define SEEDS    3
#define N_PAPERS 4

typedef enum { NEW, BEGUN, ENDING, DONE } State;

typedef struct
{
  GBytes   *bytes;
  char     *sha256;
  GxtPerson sender;
  State     state;          /* as the sender knows it */
  GxId      upload;
  gint64    acked;          /* bytes that the bank acknowledged */
  GxId      row;            /* the attachment; none before it is written */
} Paper;

typedef struct
{
  guint64         seed;
  GxSeededRandom  random;
  char           *folder, *database;
  GBytes         *first;    /* of the database, before anything happened */
  GxVault        *vault;    /* (nullable) */
  GxtBank        *bank;
  GxsBlobs       *blobs;    /* (nullable): while the bank is open */
  Paper           papers[N_PAPERS];
} Cuts;

/* What all schedules together met; power cuts that hit nothing prove nothing. */
static struct
{
  guint   cuts, in_recovery, done, chunks, cut_ends, cut_ends_done, resumed, not_served;
  guint64 operations;
} totals;

static guint
below (Cuts  *cuts,
       guint  n)
{
  return gx_random_below (&cuts->random.parent, n);
}

/* ---- the bank ---- */

static GxDbOptions
options_of (Cuts *cuts)
{
  return (GxDbOptions) { .location = cuts->database, .flags = GX_DB_CREATE,
                         .vfs = cuts->vault != NULL ? gx_vault_get_vfs (cuts->vault) : NULL };
}

static gboolean
run_in_bank (gpointer       data,
             GxsStoreWork   work,
             gpointer       work_data,
             GError       **error)
{
  GxtBank *bank = data;
  g_autoptr(GxsBatch) batch = gxs_batch_begin (bank->db, &bank->clock.parent, &bank->random.parent, error);

  return batch != NULL && work (batch, work_data, error) && gxs_batch_commit (batch, error);
}

static gboolean
open_bank (Cuts *cuts)
{
  const GxsBlobsOptions options = { .data_dir = cuts->folder, .run = run_in_bank, .run_data = cuts->bank, .sealer = &cuts->bank->sealer,
                                    .clock = &cuts->bank->clock.parent, .random = &cuts->bank->random.parent };
  const GxDbOptions database = options_of (cuts);
  g_autoptr(GError) error = NULL;

  cuts->bank->db = gx_db_open (&gx_db_sqlite, &database, &error);
  if (cuts->bank->db != NULL)
    {
      gx_db_set_sealer (cuts->bank->db, &cuts->bank->sealer.parent);
      cuts->blobs = gxs_blobs_new (&options, &error);
    }
  if (cuts->blobs == NULL && !gxt_power_is_off ())
    g_error ("seed %" G_GUINT64_FORMAT ": %s", cuts->seed, error->message);

  return cuts->blobs != NULL;
}

static void
close_bank (Cuts *cuts)
{
  g_clear_pointer (&cuts->blobs, gxs_blobs_free);
  g_clear_pointer (&cuts->bank->db, gx_db_close);
}

static void
empty_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        empty_folder (path);
      g_remove (path);
    }
}

static void
cuts_init (Cuts     *cuts,
           gboolean  encrypted)
{
  const guint8 key[GX_VAULT_KEY_SIZE] = "power";
  g_autoptr(GError) error = NULL;
  GxDbOptions options;
  char *contents;
  gsize size;

  *cuts = (Cuts) { .folder = g_dir_make_tmp ("guanxi-test-XXXXXX", NULL) };
  cuts->database = g_build_filename (cuts->folder, "bank.db", NULL);
  if (encrypted)
    cuts->vault = gx_vault_new (key, &(GxId) { { 7 } }, NULL, &error);
  g_assert_no_error (error);
  options = options_of (cuts);
  cuts->bank = gxt_bank_new_on (&options);
  g_clear_pointer (&cuts->bank->db, gx_db_close);
  g_assert_true (g_file_get_contents (cuts->database, &contents, &size, NULL));
  cuts->first = g_bytes_new_take (contents, size);
}

static void
forget_papers (Cuts *cuts)
{
  for (guint i = 0; i < N_PAPERS; i++)
    {
      g_clear_pointer (&cuts->papers[i].bytes, g_bytes_unref);
      g_clear_pointer (&cuts->papers[i].sha256, g_free);
      cuts->papers[i] = (Paper) { .state = NEW };
    }
}

static void
cuts_clear (Cuts *cuts)
{
  const GxDbOptions memory = { .location = ":memory:", .flags = GX_DB_CREATE };

  gxt_power_end ();
  gxt_bank_open (cuts->bank, &memory);
  gxt_bank_free (cuts->bank);
  forget_papers (cuts);
  empty_folder (cuts->folder);
  g_rmdir (cuts->folder);
  g_clear_pointer (&cuts->vault, gx_vault_free);
  g_bytes_unref (cuts->first);
  g_free (cuts->database);
  g_free (cuts->folder);
}

/* ---- the papers ---- */

/* Most are small, some have several chunks. */
static void
write_papers (Cuts *cuts)
{
  for (guint i = 0; i < N_PAPERS; i++)
    {
      gsize size = 1 + below (cuts, below (cuts, 6) == 0 ? 2 * GX_CHUNK_SIZE + 5000 : 20000);
      g_autoptr(GString) text = g_string_sized_new (size + 64);
      Paper *paper = &cuts->papers[i];

      while (text->len < size)
        g_string_append_printf (text, "paper %u of %" G_GUINT64_FORMAT ": %" G_GSIZE_FORMAT "\n", i, cuts->seed, text->len);
      paper->bytes = g_bytes_new (text->str, size);
      paper->sha256 = gx_sha256_hex (text->str, (gssize) size);
      paper->sender = below (cuts, 2) == 0 ? GXT_RM1 : GXT_RM2;
    }
  /* Two people may hold the same paper in their hands. */
  if (below (cuts, 3) == 0)
    {
      Paper *first = &cuts->papers[0], *second = &cuts->papers[1];

      g_bytes_unref (second->bytes);
      g_free (second->sha256);
      *second = (Paper) { .bytes = g_bytes_ref (first->bytes), .sha256 = g_strdup (first->sha256),
                          .sender = first->sender == GXT_RM1 ? GXT_RM2 : GXT_RM1 };
    }
}

static gint64
size_of (const Paper *paper)
{
  return (gint64) g_bytes_get_size (paper->bytes);
}

/* Nothing else may go wrong. */
static gboolean
went_well (Cuts         *cuts,
           gboolean      ok,
           const GError *error)
{
  if (!ok && !gxt_power_is_off ())
    g_error ("seed %" G_GUINT64_FORMAT ": %s", cuts->seed, error != NULL ? error->message : "failed");

  return ok;
}

static void
begin (Cuts  *cuts,
       Paper *paper)
{
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (cuts->bank, paper->sender);
  const GxsAnnounced announced = { .sha256 = paper->sha256, .size = size_of (paper), .type = "text/plain" };
  g_autoptr(GError) error = NULL;
  GxsUpload upload;

  if (!went_well (cuts, gxs_blobs_begin (cuts->blobs, cuts->bank->db, authz, &announced, &upload, &error), error))
    return;
  /* A chunk that was acknowledged is there; unless the end was under way, and took the file away. */
  if (paper->state == BEGUN && !upload.here && upload.offset < paper->acked)
    g_error ("seed %" G_GUINT64_FORMAT ": %" G_GINT64_FORMAT " bytes were acknowledged, the bank has %" G_GINT64_FORMAT, cuts->seed, paper->acked,
             upload.offset);
  if (paper->state != NEW)
    totals.resumed++;
  paper->state = upload.here ? DONE : BEGUN;
  paper->upload = upload.id;
  paper->acked = upload.here ? size_of (paper) : upload.offset;
}

static void
send_chunk (Cuts  *cuts,
            Paper *paper)
{
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (cuts->bank, paper->sender);
  g_autoptr(GBytes) part = g_bytes_new_from_bytes (paper->bytes, (gsize) paper->acked,
                                                   (gsize) MIN (size_of (paper) - paper->acked, (gint64) GX_CHUNK_SIZE));
  g_autofree char *sha256 = gx_sha256_hex (g_bytes_get_data (part, NULL), (gssize) g_bytes_get_size (part));
  g_autoptr(GError) error = NULL;
  gint64 offset = -1;

  if (!went_well (cuts, gxs_blobs_write (cuts->blobs, cuts->bank->db, authz, &paper->upload, paper->acked, part, sha256, &offset, &error), error))
    return;
  paper->acked = offset;
  totals.chunks++;
}

static void
end (Cuts  *cuts,
     Paper *paper)
{
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (cuts->bank, paper->sender);
  g_autofree char *sha256 = NULL;
  g_autoptr(GError) error = NULL;

  paper->state = ENDING;
  if (!went_well (cuts, gxs_blobs_finish (cuts->blobs, cuts->bank->db, authz, &paper->upload, &sha256, &error), error))
    return;
  paper->state = DONE;
  totals.done++;
}

/* The row that names it: from now on colleagues may ask for it. */
static gboolean
name_it (Cuts   *cuts,
         Paper  *paper)
{
  GxAttachment *row = gx_entity_new (&gx_attachment_entity);
  const GxsActor nobody = { .unaudited = TRUE };
  g_autoptr(GError) error = NULL;
  g_autoptr(GxsBatch) batch = gxs_batch_begin (cuts->bank->db, &cuts->bank->clock.parent, &cuts->bank->random.parent, &error);
  gboolean ok;

  row->customer_id = cuts->bank->customer;
  row->sha256 = g_strdup (paper->sha256);
  row->kind = GX_ATTACHMENT_CONTRACT;
  ok = batch != NULL && gxs_write_create (batch, &nobody, &gx_attachment_entity, row, &error)
       && gx_db_run (cuts->bank->db, &error, "UPDATE attachment SET created_by=? WHERE id=?", "uu", &cuts->bank->people[paper->sender].login,
                     &row->meta.id)
       && gxs_batch_commit (batch, &error);
  if (went_well (cuts, ok, error))
    paper->row = row->meta.id;
  gx_entity_free (&gx_attachment_entity, row);
  return ok;
}

static void
go_on_with (Cuts  *cuts,
            Paper *paper)
{
  if (paper->state == NEW || paper->state == ENDING)
    begin (cuts, paper);
  else if (paper->state == BEGUN && paper->acked < size_of (paper))
    send_chunk (cuts, paper);
  else if (paper->state == BEGUN)
    end (cuts, paper);
}

/* ---- a day, a cut ---- */

static void
tidy (Cuts *cuts)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxsBatch) batch = gxs_batch_begin (cuts->bank->db, &cuts->bank->clock.parent, &cuts->bank->random.parent, &error);

  went_well (cuts, batch != NULL && gxs_uploads_sweep (batch, &error) && gxs_batch_commit (batch, &error), error);
  g_clear_pointer (&batch, gxs_batch_free);
  gxs_blobs_tidy (cuts->blobs, cuts->bank->db);
}

static void
work (Cuts *cuts)
{
  for (guint i = 0; i < 40 && !gxt_power_is_off (); i++)
    {
      Paper *paper = &cuts->papers[below (cuts, N_PAPERS)];

      if (below (cuts, 12) == 0)
        tidy (cuts);
      else if (below (cuts, 12) == 0)
        gx_db_checkpoint (cuts->bank->db, below (cuts, 2), NULL);
      else if (gx_id_is_none (&paper->row) && below (cuts, 4) == 0)
        name_it (cuts, paper);
      else
        go_on_with (cuts, paper);
    }
}

/* A bank to which nothing has happened yet. */
static void
prepare (Cuts    *cuts,
         guint64  seed)
{
  cuts->seed = seed;
  gx_seeded_random_init (&cuts->random, seed);
  gxt_power_end ();
  empty_folder (cuts->folder);
  g_assert_true (g_file_set_contents (cuts->database, g_bytes_get_data (cuts->first, NULL), (gssize) g_bytes_get_size (cuts->first), NULL));
  forget_papers (cuts);
  write_papers (cuts);

  gxt_power_begin (cuts->folder, seed);
}

static void
go_through (Cuts    *cuts,
            guint64  seed)
{
  prepare (cuts, seed);
  if (below (cuts, 3) > 0)
    gxt_power_cut_at (1 + below (cuts, 260));
  else
    gxt_power_cut_at_sync (1 + below (cuts, 40));
  if (open_bank (cuts))
    work (cuts);
  close_bank (cuts);
  totals.cuts++;
}

/* The power comes back, and may fail again while the bank opens. */
static void
recover (Cuts *cuts)
{
  totals.operations += gxt_power_get_count ();
  gxt_power_on ();
  for (guint again = below (cuts, 3); again > 0; again--)
    {
      gxt_power_cut_at (1 + below (cuts, 8));
      if (open_bank (cuts))
        tidy (cuts);
      totals.in_recovery += gxt_power_is_off () ? 1 : 0;
      close_bank (cuts);
      gxt_power_on ();
    }
  open_bank (cuts);
}

/* ---- what must hold ---- */

/* Nobody gets anything but the very bytes. Returns: whether they were served */
static gboolean
is_served (Cuts        *cuts,
           const Paper *paper)
{
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (cuts->bank, GXT_RM1);
  g_autofree char *type = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = gxs_blobs_read (cuts->blobs, cuts->bank->db, authz, paper->sha256, &paper->row, &type, &error);

  if (bytes != NULL && !g_bytes_equal (bytes, paper->bytes))
    g_error ("seed %" G_GUINT64_FORMAT ": other bytes are served", cuts->seed);
  if (bytes == NULL && !g_error_matches (error, GX_ERROR, GX_ERROR_NOT_FOUND))
    g_test_message ("seed %" G_GUINT64_FORMAT ": %s", cuts->seed, error->message);

  return bytes != NULL;
}

/* Returns: how many documents that were answered are not there */
static guint
count_lost (Cuts *cuts)
{
  guint lost = 0;

  for (guint i = 0; i < N_PAPERS; i++)
    {
      Paper *paper = &cuts->papers[i];
      gboolean served;

      if (gx_id_is_none (&paper->row) && !name_it (cuts, paper))
        continue;
      served = is_served (cuts, paper);
      lost += paper->state == DONE && !served;
      if (paper->state == ENDING)
        {
          totals.cut_ends++;
          totals.cut_ends_done += served;
        }
      totals.not_served += !served;
    }

  return lost;
}

/* Whoever was cut off asks where it stands, and goes on. */
static void
send_the_rest (Cuts *cuts)
{
  for (guint i = 0; i < N_PAPERS; i++)
    {
      Paper *paper = &cuts->papers[i];

      begin (cuts, paper);
      for (guint step = 0; paper->state != DONE; step++)
        {
          g_assert_cmpuint (step, <, 10);
          go_on_with (cuts, paper);
        }
    }
}

static void
check_files (Cuts *cuts)
{
  g_autofree char *uploads = g_build_filename (cuts->folder, "blobs", "uploads", NULL);
  g_autoptr(GDir) dir = NULL;

  tidy (cuts);
  dir = g_dir_open (uploads, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
}

static void
check_after_cut (Cuts *cuts)
{
  g_autofree char *verdict = NULL;
  guint lost;

  recover (cuts);
  gx_db_query_text (cuts->bank->db, &verdict, NULL, "PRAGMA integrity_check", NULL);
  g_assert_cmpstr (verdict, ==, "ok");
  lost = count_lost (cuts);
  if (lost > 0)
    g_error ("seed %" G_GUINT64_FORMAT ": %u documents that were answered are lost", cuts->seed, lost);

  send_the_rest (cuts);
  g_assert_cmpuint (count_lost (cuts), ==, 0);
  check_files (cuts);
  close_bank (cuts);
}

static void
run_schedule (Cuts    *cuts,
              guint64  seed)
{
  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  go_through (cuts, seed);
  check_after_cut (cuts);
}

static void
test_cuts (gconstpointer encrypted)
{
  guint64 one = gxt_environment ("GUANXI_SEED", 0), n = one != 0 ? 1 : gxt_environment ("GUANXI_CUTS", CUTS);
  guint64 first = one != 0 ? one : gxt_environment ("GUANXI_FIRST", 1);
  Cuts cuts;

  memset (&totals, 0, sizeof totals);
  cuts_init (&cuts, encrypted != NULL);
  for (guint64 seed = first; seed < first + n; seed++)
    run_schedule (&cuts, seed);
  g_print ("# seeds %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT ": %u power cuts, %u of them while recovering; %u documents answered, none lost, none"
           " torn; %u chunks acknowledged, none lost; of ends under way %u were there, %u were not; %u unfinished ones resumed; %" G_GUINT64_FORMAT
           " operations of the disk\n", first, first + n - 1, totals.cuts + totals.in_recovery, totals.in_recovery, totals.done, totals.chunks,
           totals.cut_ends_done, totals.cut_ends - totals.cut_ends_done, totals.resumed, totals.operations);
  if (n >= CUTS)
    g_assert_true (totals.in_recovery > 0 && totals.cut_ends > totals.cut_ends_done && totals.resumed > 0 && totals.not_served > 0);
  cuts_clear (&cuts);
}

/* One document of two chunks, from the first word of it to "done". Returns: operations of the disk it took, or were left */
static guint64
send_one (Cuts    *cuts,
          guint64  seed,
          guint64  cut_at)
{
  Paper *paper = &cuts->papers[0];

  prepare (cuts, seed);
  g_clear_pointer (&paper->bytes, g_bytes_unref);
  g_free (paper->sha256);
  paper->bytes = g_bytes_new_take (g_strnfill (GX_CHUNK_SIZE + 5000, 'p'), GX_CHUNK_SIZE + 5000);
  paper->sha256 = gx_sha256_hex (g_bytes_get_data (paper->bytes, NULL), GX_CHUNK_SIZE + 5000);
  gxt_power_cut_at (cut_at);
  if (open_bank (cuts))
    name_it (cuts, paper);
  while (!gxt_power_is_off () && paper->state != DONE)
    go_on_with (cuts, paper);
  close_bank (cuts);
  totals.cuts++;

  return gxt_power_get_count ();
}

static void
test_each_operation (void)
{
  guint64 n;
  Cuts cuts;

  memset (&totals, 0, sizeof totals);
  cuts_init (&cuts, TRUE);
  n = send_one (&cuts, 1, 0);
  g_assert_cmpuint (cuts.papers[0].state, ==, DONE);
  for (guint64 operation = 1; operation <= n; operation++)
    for (guint64 seed = 1; seed <= SEEDS; seed++)
      {
        send_one (&cuts, seed, operation);
        g_assert_true (gxt_power_is_off ());
        check_after_cut (&cuts);
      }
  g_print ("# a cut at each of the %" G_GUINT64_FORMAT " operations from the announcement to \"done\", %u ways: nothing lost, nothing torn; of ends under"
           " way %u were there, %u were not\n", n, SEEDS, totals.cut_ends_done, totals.cut_ends - totals.cut_ends_done);
  g_assert_true (totals.cut_ends_done > 0 && totals.cut_ends > totals.cut_ends_done);
  cuts_clear (&cuts);
}

/* The disk of this test does lose what was not synced: a bank that does not wait for it is seen to. */
static void
test_it_would_be_seen (void)
{
  Cuts cuts;
  guint lost = 0;

  cuts_init (&cuts, FALSE);
  gxt_power_ignore_syncs ("/blobs");
  for (guint64 seed = 1; seed <= 40; seed++)
    {
      go_through (&cuts, seed);
      gxt_power_on ();
      open_bank (&cuts);
      lost += count_lost (&cuts);
      close_bank (&cuts);
    }
  gxt_power_ignore_syncs (NULL);
  g_test_message ("%u lost", lost);
  g_assert_cmpuint (lost, >, 0);
  cuts_clear (&cuts);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/power/documents/plain_bank_loses_nothing_answered", NULL, test_cuts);
  g_test_add_data_func ("/power/documents/encrypted_bank_loses_nothing_answered", GINT_TO_POINTER (1), test_cuts);
  g_test_add_func ("/power/documents/at_each_operation", test_each_operation);
  g_test_add_func ("/power/documents/without_syncs_it_would_be_seen", test_it_would_be_seen);

  return g_test_run ();
}
