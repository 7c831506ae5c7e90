/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents on their way into the bank and out of it: chunks, leases, hashes, who may read, and what a disk and a process
 * that end at any moment leave. */
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "gx-hash.h"
#include "gx-protocol.h"
#include "gxt-blobs.h"
#include "gxt-number.h"

#define SIZE  (2 * GX_CHUNK_SIZE + 4711)
#define KNOWN "known to everybody: "

typedef struct
{
  GxtBank  *bank;
  GxtBlobs *store;
  GBytes   *paper;          /* text of three chunks */
  char     *sha256;
  GxsAuthz *rm1;
} Fixture;

static GBytes *
make_paper (gsize   size,
            guint64 salt)
{
  GString *text = g_string_sized_new (size + 64);

  while (text->len < size)
    g_string_append_printf (text, KNOWN "%" G_GUINT64_FORMAT " %" G_GSIZE_FORMAT "\n", salt, text->len);
  g_string_truncate (text, size);
  return g_string_free_to_bytes (text);
}

static char *
hash_of (GBytes *bytes)
{
  return gx_sha256_hex (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->bank = gxt_bank_new (":memory:");
  fixture->store = gxt_blobs_new (fixture->bank);
  fixture->paper = make_paper (SIZE, 0);
  fixture->sha256 = hash_of (fixture->paper);
  fixture->rm1 = gxt_bank_authz (fixture->bank, GXT_RM1);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gxs_authz_free (fixture->rm1);
  g_bytes_unref (fixture->paper);
  g_free (fixture->sha256);
  gxt_blobs_free (fixture->store);
  gxt_bank_free (fixture->bank);
}

static gboolean
begin (Fixture        *fixture,
       const GxsAuthz *authz,
       const char     *sha256,
       gint64          size,
       const char     *type,
       GxsUpload      *out,
       GError        **error)
{
  const GxsAnnounced announced = { .sha256 = sha256, .size = size, .type = type };

  return gxs_blobs_begin (fixture->store->blobs, fixture->bank->db, authz, &announced, out, error);
}

static GxsUpload
begin_ok (Fixture        *fixture,
          const GxsAuthz *authz)
{
  g_autoptr(GError) error = NULL;
  GxsUpload upload;

  begin (fixture, authz, fixture->sha256, SIZE, "text/plain", &upload, &error);
  g_assert_no_error (error);
  return upload;
}

static gboolean
write_at (Fixture        *fixture,
          const GxsAuthz *authz,
          const GxId     *upload,
          gint64          offset,
          GBytes         *part,
          gint64         *out_offset,
          GError        **error)
{
  g_autofree char *sha = hash_of (part);

  return gxs_blobs_write (fixture->store->blobs, fixture->bank->db, authz, upload, offset, part, sha, out_offset, error);
}

static GBytes *
part_of (Fixture *fixture,
         gint64   offset)
{
  return g_bytes_new_from_bytes (fixture->paper, (gsize) offset, (gsize) MIN (SIZE - offset, (gint64) GX_CHUNK_SIZE));
}

static gint64
write_next (Fixture        *fixture,
            const GxsAuthz *authz,
            const GxId     *upload,
            gint64          offset)
{
  g_autoptr(GBytes) part = part_of (fixture, offset);
  g_autoptr(GError) error = NULL;

  write_at (fixture, authz, upload, offset, part, &offset, &error);
  g_assert_no_error (error);
  return offset;
}

static gboolean
finish (Fixture        *fixture,
        const GxsAuthz *authz,
        const GxId     *upload,
        GError        **error)
{
  g_autofree char *sha256 = NULL;
  gboolean done = gxs_blobs_finish (fixture->store->blobs, fixture->bank->db, authz, upload, &sha256, error);

  g_assert_cmpint (done, ==, sha256 != NULL);
  return done;
}

static void
send_all (Fixture        *fixture,
          const GxsAuthz *authz)
{
  GxsUpload upload = begin_ok (fixture, authz);
  g_autoptr(GError) error = NULL;

  while (upload.offset < SIZE)
    upload.offset = write_next (fixture, authz, &upload.id, upload.offset);
  finish (fixture, authz, &upload.id, &error);
  g_assert_no_error (error);
}

static void
assert_violation (const GError *error,
                  const char   *field,
                  const char   *rule)
{
  const GPtrArray *violations = gx_error_get_violations (error);

  g_assert_cmpuint (violations->len, >=, 1);
  g_assert_cmpstr (((GxViolation *) violations->pdata[0])->field, ==, field);
  g_assert_cmpstr (((GxViolation *) violations->pdata[0])->rule, ==, rule);
}

static guint
count_files (Fixture    *fixture,
             const char *folder)
{
  g_autofree char *path = gxt_blobs_path (fixture->store, folder);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
reads (Fixture    *fixture,
       GxtPerson   person,
       const GxId *ref)
{
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (fixture->bank, person);
  g_autofree char *type = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = gxs_blobs_read (fixture->store->blobs, fixture->bank->db, authz, fixture->sha256, ref, &type, &error);

  if (bytes == NULL)
    g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);
  else
    g_assert_true (g_bytes_equal (bytes, fixture->paper));
  return bytes != NULL;
}

/* --- what is refused ---------------------------------------------------------------------------------------------- */

static void
test_refusals_name_field_and_rule (Fixture       *fixture,
                                   gconstpointer  data)
{
  const struct { const char *sha256; gint64 size; const char *type, *field, *rule; } rows[] = {
    { "nothing", SIZE, "text/plain", "sha256", "form" },
    { "../../../../etc/passwd", SIZE, "text/plain", "sha256", "form" },
    { fixture->sha256, 0, "text/plain", "size", "range" },
    { fixture->sha256, -1, "text/plain", "size", "range" },
    { fixture->sha256, (gint64) GX_BLOB_MAX + 1, "text/plain", "size", "max-size" },
    { fixture->sha256, SIZE, "application/x-msdownload", "type", "media-type" },
    { fixture->sha256, SIZE, "", "type", "media-type" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      GxsUpload upload;

      g_assert_false (begin (fixture, fixture->rm1, rows[i].sha256, rows[i].size, rows[i].type, &upload, &error));
      assert_violation (error, rows[i].field, rows[i].rule);
    }
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM upload"), ==, 0);
}

static void
test_parts_are_checked (Fixture       *fixture,
                        gconstpointer  data)
{
  GxsUpload upload = begin_ok (fixture, fixture->rm1);
  g_autoptr(GBytes) first = part_of (fixture, 0);
  g_autoptr(GBytes) shorter = g_bytes_new_from_bytes (fixture->paper, 0, GX_CHUNK_SIZE - 1);
  g_autoptr(GError) error = NULL;
  gint64 offset = -1;

  g_assert_false (gxs_blobs_write (fixture->store->blobs, fixture->bank->db, fixture->rm1, &upload.id, 0, first, NULL, &offset, &error));
  assert_violation (error, GX_HEADER_CHUNK_SHA256, "required");
  g_clear_error (&error);
  g_assert_false (gxs_blobs_write (fixture->store->blobs, fixture->bank->db, fixture->rm1, &upload.id, 0, first, fixture->sha256, &offset, &error));
  assert_violation (error, GX_HEADER_CHUNK_SHA256, "hash");
  g_clear_error (&error);
  g_assert_false (write_at (fixture, fixture->rm1, &upload.id, 0, shorter, &offset, &error));
  assert_violation (error, "body", "chunk-size");
  g_clear_error (&error);
  g_assert_cmpint (offset, ==, 0);

  g_assert_cmpint (write_next (fixture, fixture->rm1, &upload.id, 0), ==, GX_CHUNK_SIZE);
  g_assert_false (write_at (fixture, fixture->rm1, &upload.id, 0, first, &offset, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
  g_assert_cmpstr (gx_error_get_params (error), ==, "{\"offset\":1048576}");
  g_assert_cmpint (offset, ==, GX_CHUNK_SIZE);
  g_clear_error (&error);
  g_assert_false (finish (fixture, fixture->rm1, &upload.id, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
}

/* Announced as one thing, sent as another: it is gone, and can be announced anew. */
static void
test_what_it_is_not (Fixture       *fixture,
                     gconstpointer  data)
{
  static const struct { const char *bytes, *type; gboolean lie; const char *field, *rule; } rows[] = {
    { "plain words", "image/png", FALSE, "type", "magic" },
    { "MZ\x01\x02", "application/pdf", FALSE, "type", "media-type" },
    { "other words", "text/plain", TRUE, "sha256", "hash" },
    { "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x01\0\0\0\x01\0\0\x08\x02\0\0\0\0\0\0\0", "image/png", FALSE, "width", "max-pixels" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize size = i == 3 ? 33 : strlen (rows[i].bytes);
      g_autoptr(GBytes) bytes = g_bytes_new_static (rows[i].bytes, size);
      g_autofree char *sha256 = rows[i].lie ? g_strdup (fixture->sha256) : hash_of (bytes);
      g_autoptr(GError) error = NULL;
      GxsUpload upload;
      gint64 offset;

      g_assert_true (begin (fixture, fixture->rm1, sha256, (gint64) size, rows[i].type, &upload, NULL));
      g_assert_true (write_at (fixture, fixture->rm1, &upload.id, 0, bytes, &offset, NULL));
      g_assert_false (finish (fixture, fixture->rm1, &upload.id, &error));
      assert_violation (error, rows[i].field, rows[i].rule);
      g_clear_error (&error);
      g_assert_false (finish (fixture, fixture->rm1, &upload.id, &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);
    }
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM upload"), ==, 0);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM blob"), ==, 0);
  g_assert_cmpuint (count_files (fixture, "uploads"), ==, 0);
}

static void
test_two_writers (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GxsAuthz) other = gxt_bank_authz (fixture->bank, GXT_RM1);
  g_autoptr(GxsAuthz) stranger = gxt_bank_authz (fixture->bank, GXT_RM2);
  GxsUpload upload, again;
  g_autoptr(GBytes) second = part_of (fixture, GX_CHUNK_SIZE);
  g_autoptr(GError) error = NULL;
  gint64 offset = 0;

  fixture->rm1->client_id = gxt_bank_id (fixture->bank);
  other->client_id = gxt_bank_id (fixture->bank);
  upload = begin_ok (fixture, fixture->rm1);
  offset = write_next (fixture, fixture->rm1, &upload.id, 0);

  again = begin_ok (fixture, other);
  g_assert_true (gx_id_equal (&again.id, &upload.id));
  g_assert_cmpint (again.offset, ==, GX_CHUNK_SIZE);
  g_assert_false (write_at (fixture, other, &upload.id, offset, second, &offset, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_BUSY);
  g_assert_cmpuint (gx_error_get_retry_after (error), ==, 30);
  g_clear_error (&error);
  g_assert_false (write_at (fixture, stranger, &upload.id, offset, second, &offset, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* The one that has the lease may always try again; after half a minute the other one goes on. */
  g_assert_false (write_at (fixture, fixture->rm1, &upload.id, 0, second, &offset, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
  g_clear_error (&error);
  fixture->bank->clock.now += GXS_LEASE_MS;
  offset = write_next (fixture, other, &upload.id, offset);
  g_assert_cmpint (offset, ==, 2 * GX_CHUNK_SIZE);
  g_assert_false (write_at (fixture, fixture->rm1, &upload.id, GX_CHUNK_SIZE, second, &offset, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_BUSY);
  write_next (fixture, other, &upload.id, offset);
  g_assert_true (finish (fixture, other, &upload.id, NULL));
}

/* --- who learns what ---------------------------------------------------------------------------------------------- */

static void
test_a_hash_opens_nothing (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr(GxsAuthz) rm2 = gxt_bank_authz (fixture->bank, GXT_RM2);
  GxsUpload known, unknown;
  g_autofree char *nothing = g_strdup (fixture->sha256);
  GxId own, guessed;

  send_all (fixture, fixture->rm1);
  g_assert_true (begin_ok (fixture, fixture->rm1).here);

  /* Somebody else is answered as if nobody had it. */
  nothing[0] = nothing[0] == '0' ? '1' : '0';
  known = begin_ok (fixture, rm2);
  g_assert_true (begin (fixture, rm2, nothing, SIZE, "text/plain", &unknown, NULL));
  g_assert_false (known.here);
  g_assert_false (unknown.here);
  g_assert_cmpint (known.offset, ==, unknown.offset);

  /* A document that names the hash opens it only if its writer sent the bytes. */
  own = gxt_blobs_attach (fixture->store, GXT_RM1, &fixture->bank->customer, fixture->sha256);
  guessed = gxt_blobs_attach (fixture->store, GXT_RM2, &fixture->bank->prospect, fixture->sha256);
  g_assert_true (reads (fixture, GXT_RM1, &own));
  g_assert_false (reads (fixture, GXT_RM2, &own));
  g_assert_false (reads (fixture, GXT_RM2, &guessed));
  g_assert_false (reads (fixture, GXT_RM1, &guessed));
  g_assert_false (reads (fixture, GXT_RM1, &fixture->bank->customer));

  /* Once he sent them himself he has them; there is one file still, and it is the first. */
  send_all (fixture, rm2);
  g_assert_true (begin_ok (fixture, rm2).here);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM blob"), ==, 1);
  g_assert_cmpuint (count_files (fixture, ""), ==, 2);
  g_assert_true (reads (fixture, GXT_RM1, &own));
}

static void
test_who_reads (Fixture       *fixture,
                gconstpointer  data)
{
  GxId id = gxt_blobs_attach (fixture->store, GXT_RM1, &fixture->bank->customer, fixture->sha256);

  g_assert_false (reads (fixture, GXT_RM1, &id));       /* it has not arrived */
  send_all (fixture, fixture->rm1);
  g_assert_true (reads (fixture, GXT_RM1, &id));
  g_assert_true (reads (fixture, GXT_AUDITOR1, &id));
  g_assert_false (reads (fixture, GXT_RM2, &id));
  g_assert_false (reads (fixture, GXT_SUP1, &id));      /* who sees the customer masked sees no paper */
  g_assert_false (reads (fixture, GXT_HQ1, &id));
  g_assert_false (reads (fixture, GXT_ADMIN1, &id));
}

static void
test_nothing_is_readable_on_the_disk (Fixture       *fixture,
                                      gconstpointer  data)
{
  GxsUpload upload;
  g_autoptr(GBytes) other = make_paper (GX_CHUNK_SIZE + 5, 1);
  g_autofree char *sha256 = hash_of (other);
  g_autoptr(GBytes) part = g_bytes_new_from_bytes (other, 0, GX_CHUNK_SIZE);
  gint64 offset;

  send_all (fixture, fixture->rm1);
  begin (fixture, fixture->rm1, sha256, GX_CHUNK_SIZE + 5, "text/plain", &upload, NULL);
  g_assert_true (write_at (fixture, fixture->rm1, &upload.id, 0, part, &offset, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = i == 0 ? g_strdup (fixture->sha256) : g_strconcat ("uploads/", GX_ID_STR (&upload.id), NULL);
      g_autofree char *path = gxt_blobs_path (fixture->store, name);
      g_autofree char *raw = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &raw, &size, NULL));
      g_assert_cmpuint (size, >, GX_CHUNK_SIZE);
      for (gsize at = 0; at + 8 <= size; at++)
        g_assert_false (memcmp (raw + at, KNOWN, 8) == 0 || memcmp (raw + at, &KNOWN[8], 8) == 0);
    }
}

static void
test_what_nobody_finishes_is_forgotten (Fixture       *fixture,
                                        gconstpointer  data)
{
  GxsUpload upload = begin_ok (fixture, fixture->rm1);
  g_autoptr(GError) error = NULL;

  write_next (fixture, fixture->rm1, &upload.id, 0);
  for (guint day = 0; day < 8; day++)
    {
      g_autoptr(GxsBatch) batch = gxt_bank_batch (fixture->bank);

      g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM upload"), ==, 1);
      gxs_uploads_sweep (batch, &error);
      g_assert_no_error (error);
      gxs_batch_commit (batch, &error);
      gxs_blobs_tidy (fixture->store->blobs, fixture->bank->db);
      g_assert_cmpuint (count_files (fixture, "uploads"), ==, 1);
      fixture->bank->clock.now += 24 * 3600 * 1000;
      if (day == 7)
        break;
    }
  {
    g_autoptr(GxsBatch) batch = gxt_bank_batch (fixture->bank);

    gxs_uploads_sweep (batch, &error);
    gxs_batch_commit (batch, &error);
    g_assert_no_error (error);
  }
  gxs_blobs_tidy (fixture->store->blobs, fixture->bank->db);
  g_assert_cmpuint (count_files (fixture, "uploads"), ==, 0);
  g_assert_cmpint (begin_ok (fixture, fixture->rm1).offset, ==, 0);
}

/* nonce | XChaCha20-Poly1305 with the hash as associated data: what the first version of this program left is read still. */
static void
test_an_old_file (Fixture       *fixture,
                  gconstpointer  data)
{
  const GxId no_row = { 0 };
  guint8 key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES] = { 9 };
  gsize head = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  g_autofree guint8 *sealed = g_malloc0 (head + SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  g_autofree char *path = gxt_blobs_path (fixture->store, fixture->sha256);
  g_autoptr(GBytes) wrapped = gx_seal_bytes (&fixture->bank->sealer, "blob", fixture->sha256, &no_row, key, sizeof key);
  GxId id = gxt_blobs_attach (fixture->store, GXT_RM1, &fixture->bank->customer, fixture->sha256);
  g_autoptr(GError) error = NULL;
  unsigned long long length;

  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + head, &length, g_bytes_get_data (fixture->paper, NULL), SIZE,
                                              (const guint8 *) fixture->sha256, strlen (fixture->sha256), NULL, sealed, key);
  g_assert_true (g_file_set_contents (path, (char *) sealed, (gssize) (head + length), NULL));
  gx_db_run (fixture->bank->db, &error, "INSERT INTO blob(sha256, size, type, key_wrapped, state, created_at) VALUES(?, ?, 'text/plain', ?, 'DONE', 1)",
             "tib", fixture->sha256, (gint64) SIZE, wrapped);
  g_assert_no_error (error);
  gx_db_run (fixture->bank->db, &error, "INSERT INTO blob_ref(sha256, tbl, id) VALUES(?, 5, ?)", "tu", fixture->sha256,
             &fixture->bank->people[GXT_RM1].login);
  g_assert_no_error (error);
  g_assert_true (reads (fixture, GXT_RM1, &id));
}

/* --- the states, at random ---------------------------------------------------------------------------------------- */

typedef struct
{
  Fixture       *fixture;
  GxSeededRandom random;
  GBytes        *paper;
  char          *sha256;
  gint64         size;
  GxsUpload      upload;
  gboolean       begun, torn, done;
  gint64         acked;           /* bytes that were acknowledged since it was torn last */
  guint          n[8];
} Walk;

static void
walk_begin (Walk *walk)
{
  g_autoptr(GError) error = NULL;

  begin (walk->fixture, walk->fixture->rm1, walk->sha256, walk->size, "text/plain", &walk->upload, &error);
  g_assert_no_error (error);
  g_assert_cmpint (walk->upload.here, ==, walk->done);
  walk->begun = !walk->upload.here;
  if (walk->begun)
    {
      if (!walk->torn)
        g_assert_cmpint (walk->upload.offset, ==, walk->acked);
      g_assert_cmpint (walk->upload.offset, <=, walk->size);
      walk->acked = walk->upload.offset;
      walk->torn = FALSE;
    }
}

static void
walk_write (Walk *walk)
{
  gint64 at = gx_random_below (&walk->random.parent, 3) == 0 ? gx_random_below (&walk->random.parent, 4) * (gint64) GX_CHUNK_SIZE : walk->acked;
  gint64 rest = walk->size - at;
  gint64 due = MIN (walk->size - walk->acked, (gint64) GX_CHUNK_SIZE);
  gint64 length = gx_random_below (&walk->random.parent, 5) == 0 ? 1 + gx_random_below (&walk->random.parent, GX_CHUNK_SIZE) : MIN (rest, (gint64) GX_CHUNK_SIZE);
  g_autoptr(GBytes) part = NULL;
  g_autoptr(GError) error = NULL;
  gint64 offset = -1;
  gboolean written;

  if (rest <= 0 || length > rest)
    return;
  part = g_bytes_new_from_bytes (walk->paper, (gsize) at, (gsize) length);
  written = write_at (walk->fixture, walk->fixture->rm1, &walk->upload.id, at, part, &offset, &error);
  if (walk->torn)
    {
      /* Where it stands is what the answer says. */
      if (written || g_error_matches (error, GX_ERROR, GX_ERROR_STATE))
        {
          walk->acked = offset;
          walk->torn = FALSE;
        }
      return;
    }
  g_assert_cmpint (written, ==, at == walk->acked && length == due);
  if (written)
    walk->acked += length;
  if (written || at != walk->acked)
    g_assert_cmpint (offset, ==, walk->acked);
}

static void
walk_finish (Walk *walk)
{
  g_autoptr(GError) error = NULL;
  gboolean done = finish (walk->fixture, walk->fixture->rm1, &walk->upload.id, &error);

  if (!walk->torn)
    g_assert_cmpint (done, ==, walk->acked == walk->size);
  if (done)
    walk->done = TRUE;
  else
    g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
}

/* The process ends; sometimes in the middle of a write, so that less, or rubbish, is there. */
static void
walk_end (Walk *walk)
{
  g_autofree char *name = g_strconcat ("uploads/", GX_ID_STR (&walk->upload.id), NULL);
  g_autofree char *path = gxt_blobs_path (walk->fixture->store, name);
  g_autofree char *raw = NULL;
  gsize size = 0;

  g_clear_pointer (&walk->fixture->store->blobs, gxs_blobs_free);
  if (gx_random_below (&walk->random.parent, 2) == 0 && g_file_get_contents (path, &raw, &size, NULL))
    {
      gsize kept = gx_random_below (&walk->random.parent, (guint32) size + 1);

      if (kept < size && gx_random_below (&walk->random.parent, 2) == 0)
        raw[kept] ^= 1;
      else
        size = kept;
      g_assert_true (g_file_set_contents (path, raw, (gssize) size, NULL));
      walk->torn = TRUE;
    }
  gxt_blobs_restart (walk->fixture->store);
}

static void
walk_step (Walk *walk)
{
  guint what = gx_random_below (&walk->random.parent, 8);

  walk->n[what]++;
  walk->fixture->bank->clock.now += gx_random_below (&walk->random.parent, 5000);
  if (what == 0 || !walk->begun)
    walk_begin (walk);
  else if (what <= 4)
    walk_write (walk);
  else if (what <= 6)
    walk_finish (walk);
  else
    walk_end (walk);
}

static void
test_walk (Fixture       *fixture,
           gconstpointer  data)
{
  guint64 seed = 20261122;
  guint total[8] = { 0 };

  for (guint round = 0; round < 40; round++)
    {
      Walk walk = { .fixture = fixture };
      GxId ref;
      g_autofree char *type = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) back = NULL;

      gx_seeded_random_init (&walk.random, seed + round);
      walk.size = 1 + gx_random_below (&walk.random.parent, 3 * GX_CHUNK_SIZE);
      walk.paper = make_paper ((gsize) walk.size, round + 2);
      walk.sha256 = hash_of (walk.paper);
      for (guint step = 0; step < 400 && !walk.done; step++)
        walk_step (&walk);
      g_assert_true (walk.done);

      ref = gxt_blobs_attach (fixture->store, GXT_RM1, &fixture->bank->customer, walk.sha256);
      back = gxs_blobs_read (fixture->store->blobs, fixture->bank->db, fixture->rm1, walk.sha256, &ref, &type, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (back, walk.paper));
      for (guint i = 0; i < G_N_ELEMENTS (total); i++)
        total[i] += walk.n[i];
      g_bytes_unref (walk.paper);
      g_free (walk.sha256);
    }
  g_test_message ("seed %" G_GUINT64_FORMAT ": 40 documents, %u begins, %u writes, %u finishes, %u ends of the process", seed, total[0],
                  total[1] + total[2] + total[3] + total[4], total[5] + total[6], total[7]);
  g_assert_cmpuint (count_files (fixture, "uploads"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/server/blobs/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("refusals_name_field_and_rule", test_refusals_name_field_and_rule);
  ADD ("parts_are_checked", test_parts_are_checked);
  ADD ("what_it_is_not", test_what_it_is_not);
  ADD ("two_writers", test_two_writers);
  ADD ("a_hash_opens_nothing", test_a_hash_opens_nothing);
  ADD ("who_reads", test_who_reads);
  ADD ("nothing_is_readable_on_the_disk", test_nothing_is_readable_on_the_disk);
  ADD ("what_nobody_finishes_is_forgotten", test_what_nobody_finishes_is_forgotten);
  ADD ("an_old_file", test_an_old_file);
  ADD ("any_order_of_events", test_walk);
#undef ADD

  return g_test_run ();
}
