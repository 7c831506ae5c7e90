/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power cuts under a desk's documents (sync.md 4.3, T5): a person hands in papers, opens those of others, the desk sends and
 * syncs, and at any write, sync, move or removal of a file of the profile the laptop's power fails, again while the desk opens.
 * It is the desk's own code on real files; the profile's folder is a disk that loses what was not synced (gxt-power). The bank is
 * the real server's core, and stays up.
 *
 * After each cut: a paper that was taken in is there, byte for byte; nothing that the desk names is torn; what it says the bank
 * has, the bank has. In the end each is at the bank once, with its row.
 *
 *   GUANXI_SEED=n runs one life of several cuts; GUANXI_CUTS=n runs that many cuts, from GUANXI_FIRST on. A failing seed is printed.
 */
#include "gxt-context.h"
#include "gxt-door.h"
#include "gxt-environment.h"
#include "gxt-power.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "gx-hash.h"
#include "gx-protocol.h"
#include "gxc-attach.h"
#include "gxc-blob.h"
#include "gxc-queue.h"
#include "gxc-sync.h"
#include "gxc-transfer.h"
#include "gxc-unlock.h"

#define CUTS         120
#define CUTS_IN_LIFE 6

typedef struct
{
  GBytes  *bytes;
  char    *sha256;
  GxId     row;
  gboolean taken;           /* the desk said so */
  gboolean of_others;       /* it came from the bank: a cache */
} Paper;

typedef struct
{
  guint64         seed;
  GxSeededRandom  random;
  char           *folder;   /* the profile */
  GxtBank        *bank;
  GxtBlobs       *blobs;    /* the bank's */
  GxcKeyring     *secrets;  /* lies elsewhere */
  GxtLine         line;
  GxcContext     *context;  /* (nullable): while the desk is open */
  GPtrArray      *papers;   /* of Paper */
} Life;

/* Instead of libsodium's own: a desk is opened hundreds of times here, and how hard the password is to guess is not what is
 * looked at. */
int
crypto_pwhash (unsigned char *const      out,
               unsigned long long        size,
               const char *const         password,
               unsigned long long        password_size,
               const unsigned char *const salt,
               unsigned long long        ops,
               size_t                    memory,
               int                       algorithm)
{
  return crypto_generichash (out, size, (const guint8 *) password, password_size, salt, crypto_pwhash_SALTBYTES);
}

/* What all lives together met; power cuts that hit nothing prove nothing. */
static struct { guint lives, cuts, in_recovery, in_attach, came_through, not_there, sent, fetched; } totals;

static guint
below (Life  *life,
       guint  n)
{
  return gx_random_below (&life->random.parent, n);
}

static void
paper_free (Paper *paper)
{
  g_bytes_unref (paper->bytes);
  g_free (paper->sha256);
  g_free (paper);
}

static GxcStore *
store_of (Life *life)
{
  return gxc_context_get_store (life->context);
}

/* ---- a desk ---- */

static gboolean
open_desk (Life *life)
{
  GxcContextOptions options = { .directory = life->folder, .clock = &life->bank->clock.parent, .random = &life->random.parent,
                                .connect = gxt_direct_connect, .connect_data = &life->line, .keyring = gxt_door_to (life->secrets) };
  g_autoptr(GError) error = NULL;

  if (gxc_profile_look (life->folder) == GXC_PROFILE_SEALED)
    options.key = gxc_unlock (life->folder, life->secrets, "password", &life->bank->clock.parent, &error);
  if (error == NULL)
    life->context = gxc_context_new (&options, &error);
  else
    gxc_keyring_free (options.keyring);
  if (life->context == NULL && !gxt_power_is_off ())
    g_error ("seed %" G_GUINT64_FORMAT ": %s", life->seed, error->message);

  return life->context != NULL;
}

static void
close_desk (Life *life)
{
  g_clear_pointer (&life->context, gxc_context_free);
}

/* Nothing else may go wrong. */
static gboolean
went_well (Life         *life,
           gboolean      ok,
           const GError *error)
{
  if (!ok && !gxt_power_is_off ())
    g_error ("seed %" G_GUINT64_FORMAT ": %s", life->seed, error != NULL ? error->message : "failed");

  return ok;
}

static void
life_init (Life     *life,
           guint64   seed)
{
  g_autofree char *key = NULL;
  g_autoptr(GError) error = NULL;

  *life = (Life) { .seed = seed, .folder = g_dir_make_tmp ("guanxi-test-XXXXXX", NULL), .secrets = gxc_keyring_new_memory (),
                   .papers = g_ptr_array_new_with_free_func ((GDestroyNotify) paper_free) };
  gx_seeded_random_init (&life->random, seed);
  life->bank = gxt_bank_new (":memory:");
  life->blobs = gxt_blobs_new (life->bank);
  life->line = (GxtLine) { .bank = life->bank, .person = GXT_RM1, .blobs = life->blobs };
  key = gx_secret_key_to_text (&life->bank->people[GXT_RM1].key);
  gxc_keyring_store (life->secrets, GXC_SECRET_DEVICE, key, &error);
  open_desk (life);
  gxc_context_sign_in (life->context, "https://bank", NULL, "login", "password", NULL, &error);
  g_assert_no_error (error);
  gxc_sync_run (gxc_context_get_sync (life->context), NULL, &error);
  g_assert_no_error (error);
  close_desk (life);
  gxt_power_begin (life->folder, seed);
  open_desk (life);
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
life_clear (Life *life)
{
  close_desk (life);
  gxt_power_end ();
  gxt_line_clear (&life->line);
  gxc_keyring_free (life->secrets);
  gxt_blobs_free (life->blobs);
  gxt_bank_free (life->bank);
  g_ptr_array_unref (life->papers);
  empty_folder (life->folder);
  g_rmdir (life->folder);
  g_free (life->folder);
}

/* ---- what a person does ---- */

static Paper *
write_paper (Life *life)
{
  Paper *paper = g_new0 (Paper, 1);
  gsize size = 1 + below (life, below (life, 8) == 0 ? GX_CHUNK_SIZE + 5000 : 20000);
  g_autoptr(GString) text = g_string_sized_new (size + 64);

  while (text->len < size)
    g_string_append_printf (text, "paper %u of %" G_GUINT64_FORMAT ": %" G_GSIZE_FORMAT "\n", life->papers->len, life->seed, text->len);
  paper->bytes = g_bytes_new (text->str, size);
  paper->sha256 = gx_sha256_hex (text->str, (gssize) size);
  g_ptr_array_add (life->papers, paper);
  return paper;
}

static void
hand_in (Life *life)
{
  Paper *paper = write_paper (life);
  const GxcAttach attach = { .customer_id = below (life, 2) ? life->bank->customer : life->bank->prospect, .bytes = paper->bytes,
                             .name = "合同.txt", .kind = "CONTRACT", .valid_to = GX_INT32_NONE };
  g_autoptr(GError) error = NULL;

  paper->taken = went_well (life, gxc_attach (store_of (life), &attach, &paper->row, NULL, &error), error);
  totals.in_attach += !paper->taken;
}

/* A colleague's document, which this desk has not seen: fetched, and kept. */
static void
open_one_of_others (Life *life)
{
  Paper *paper = write_paper (life);
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (life->bank, GXT_RM2);
  const GxsAnnounced announced = { .sha256 = paper->sha256, .size = (gint64) g_bytes_get_size (paper->bytes), .type = "text/plain" };
  g_autofree char *sha256 = NULL;
  g_autoptr(GBytes) got = NULL;
  g_autoptr(GError) error = NULL;
  GxsUpload upload;
  gint64 size = announced.size;

  paper->of_others = TRUE;
  gxs_blobs_begin (life->blobs->blobs, life->bank->db, authz, &announced, &upload, &error);
  for (gint64 at = 0; error == NULL && at < size;)
    {
      g_autoptr(GBytes) part = g_bytes_new_from_bytes (paper->bytes, (gsize) at, (gsize) MIN (size - at, (gint64) GX_CHUNK_SIZE));
      g_autofree char *sha = gx_sha256_hex (g_bytes_get_data (part, NULL), (gssize) g_bytes_get_size (part));

      gxs_blobs_write (life->blobs->blobs, life->bank->db, authz, &upload.id, at, part, sha, &at, &error);
    }
  gxs_blobs_finish (life->blobs->blobs, life->bank->db, authz, &upload.id, &sha256, &error);
  g_assert_no_error (error);
  paper->row = gxt_blobs_attach (life->blobs, GXT_RM2, &life->bank->customer, paper->sha256);
  got = gxc_transfer_fetch (life->context, paper->sha256, &paper->row, NULL, NULL, NULL, &error);
  if (went_well (life, got != NULL, error))
    g_assert_true (g_bytes_equal (got, paper->bytes));
  totals.fetched++;
}

/* ---- what the desk does ---- */

static void
sync_some (Life *life)
{
  g_autoptr(GError) error = NULL;

  went_well (life, gxc_sync_run (gxc_context_get_sync (life->context), NULL, &error), error);
}

static void
make_room (Life *life)
{
  g_autoptr(GError) error = NULL;

  went_well (life, gxc_blob_trim (store_of (life), below (life, 2) ? 0 : 50000, NULL, &error), error);
}

static void
work (Life *life)
{
  static const struct { void (*act) (Life *life); guint weight; } acts[] = { { hand_in, 6 }, { sync_some, 3 }, { open_one_of_others, 2 }, { make_room, 1 } };

  if (below (life, 3) > 0)
    gxt_power_cut_at (1 + below (life, 160));
  else
    gxt_power_cut_at_sync (1 + below (life, 30));
  while (!gxt_power_is_off ())
    {
      guint drawn = below (life, 12), i = 0;

      for (; drawn >= acts[i].weight; i++)
        drawn -= acts[i].weight;
      acts[i].act (life);
    }
  close_desk (life);
}

/* The power comes back, and may fail again while the desk opens. */
static void
recover (Life *life)
{
  totals.cuts++;
  gxt_power_on ();
  for (guint again = below (life, 3); again > 0; again--)
    {
      gxt_power_cut_at (1 + below (life, 8));
      if (open_desk (life))
        make_room (life);
      totals.in_recovery += gxt_power_is_off () ? 1 : 0;
      close_desk (life);
      gxt_power_on ();
    }
  open_desk (life);
}

/* ---- what must hold ---- */

static gboolean
is_at_bank (Life        *life,
            const Paper *paper)
{
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (life->bank, GXT_RM1);
  g_autofree char *type = NULL;
  g_autoptr(GBytes) bytes = gxs_blobs_read (life->blobs->blobs, life->bank->db, authz, paper->sha256, &paper->row, &type, NULL);

  return bytes != NULL && g_bytes_equal (bytes, paper->bytes);
}

/* Gone from the desk only if room was made, and then the bank has it. */
static gboolean
is_there (Life        *life,
          const Paper *paper)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = gxc_blob_read (store_of (life), paper->sha256, &error);
  GxcBlobState state = GXC_BLOB_WAITING;
  gint64 sent, size;

  if (bytes != NULL)
    return g_bytes_equal (bytes, paper->bytes);
  if (!g_error_matches (error, GX_ERROR, GX_ERROR_NOT_FOUND))
    g_error ("seed %" G_GUINT64_FORMAT ": %s", life->seed, error->message);

  return gxc_blob_look (gxc_store_get_db (store_of (life)), paper->sha256, &state, &sent, &size) && state == GXC_BLOB_SENT;
}

/* Returns: how many papers that were taken in are not there */
static guint
count_lost (Life *life)
{
  guint lost = 0;

  for (guint i = 0; i < life->papers->len; i++)
    {
      Paper *paper = life->papers->pdata[i];
      GxcBlobState state;
      gint64 sent, size;
      gboolean known = gxc_blob_look (gxc_store_get_db (store_of (life)), paper->sha256, &state, &sent, &size);

      if (paper->taken && !is_there (life, paper))
        lost++;
      else if (known && !paper->taken)
        is_there (life, paper);         /* whatever is named must open, or not be there */
      if (!paper->taken && !paper->of_others)
        *(known ? &totals.came_through : &totals.not_there) += 1;
    }

  return lost;
}

/* A paper whose handing in was cut off is handed in again, or not at all. */
static void
forget_unconfirmed (Life *life)
{
  for (guint i = life->papers->len; i > 0; i--)
    if (!((Paper *) life->papers->pdata[i - 1])->taken)
      g_ptr_array_remove_index (life->papers, i - 1);
}

static void
check_whole (Life *life)
{
  sync_some (life);
  sync_some (life);
  g_assert_cmpint (gxc_queue_length (gxc_store_get_db (store_of (life))), ==, 0);
  g_assert_cmpint (gxt_number (gxc_store_get_db (store_of (life)), "SELECT COUNT(*) FROM blob WHERE state IN ('WAITING', 'REFUSED')"), ==, 0);
  for (guint i = 0; i < life->papers->len; i++)
    {
      if (!is_at_bank (life, life->papers->pdata[i]))
        g_error ("seed %" G_GUINT64_FORMAT ": document %u is not at the bank", life->seed, i);
      totals.sent++;
    }
}

static void
live (guint64 seed)
{
  Life life;

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  life_init (&life, seed);
  for (guint i = 0; i < CUTS_IN_LIFE; i++)
    {
      guint lost;

      work (&life);
      recover (&life);
      lost = count_lost (&life);
      if (lost > 0)
        g_error ("seed %" G_GUINT64_FORMAT ": %u documents that were taken in are lost", seed, lost);
      forget_unconfirmed (&life);
    }
  check_whole (&life);
  totals.lives++;
  life_clear (&life);
}

static void
test_cuts (void)
{
  guint64 one = gxt_environment ("GUANXI_SEED", 0), first = one != 0 ? one : gxt_environment ("GUANXI_FIRST", 1);
  guint64 lives = one != 0 ? 1 : MAX (1, gxt_environment ("GUANXI_CUTS", CUTS) / CUTS_IN_LIFE);

  for (guint64 seed = first; seed < first + lives; seed++)
    live (seed);
  g_print ("# seeds %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT ": %u power cuts, %u of them while recovering, %u while a document was handed in: of"
           " these %u were there, %u were not; %u documents that were taken in are at the bank, none lost, none torn; %u fetched\n", first,
           first + lives - 1, totals.cuts + totals.in_recovery, totals.in_recovery, totals.in_attach, totals.came_through, totals.not_there,
           totals.sent, totals.fetched);
  if (totals.cuts >= CUTS)
    g_assert_true (totals.in_recovery > 0 && totals.came_through > 0 && totals.not_there > 0 && totals.sent > 0 && totals.fetched > 0);
}

/* The disk of this test does lose what was not synced: a desk that does not wait for it is seen to. */
static void
test_it_would_be_seen (void)
{
  guint lost = 0;

  gxt_power_ignore_syncs ("/blobs");
  for (guint64 seed = 1; seed <= 20; seed++)
    {
      Life life;

      life_init (&life, seed);
      work (&life);
      gxt_power_on ();
      open_desk (&life);
      for (guint i = 0; i < life.papers->len; i++)
        {
          const Paper *paper = life.papers->pdata[i];
          g_autoptr(GBytes) bytes = paper->taken ? gxc_blob_read (store_of (&life), paper->sha256, NULL) : NULL;

          lost += paper->taken && bytes == NULL;
        }
      life_clear (&life);
    }
  gxt_power_ignore_syncs (NULL);
  g_test_message ("%u lost", lost);
  g_assert_cmpuint (lost, >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/power/papers/nothing_taken_in_is_lost", test_cuts);
  g_test_add_func ("/power/papers/without_syncs_it_would_be_seen", test_it_would_be_seen);

  return g_test_run ();
}
