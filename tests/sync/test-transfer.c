/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents from a desk to the bank and back, against the real server core: whatever ends in between, and beside the queue. */
#include "gxt-context.h"
#include "gxt-door.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "gx-attachment.h"
#include "gx-base64.h"
#include "gx-customer.h"
#include "gx-hash.h"
#include "gx-protocol.h"
#include "gx-sql.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gxc-attach.h"
#include "gxc-blob.h"
#include "gxc-edit.h"
#include "gxc-issues.h"
#include "gxc-meta.h"
#include "gxc-queue-order.h"
#include "gxc-queue.h"
#include "gxc-sync.h"
#include "gxc-partial.h"
#include "gxc-transfer.h"
#include "gxc-unlock.h"

#define WHY   "客户本人到场，证件已核对"
#define KNOWN "known to everybody: "

typedef struct
{
  GxtBank    *bank;
  GxtBlobs   *blobs;
  char       *folder;       /* of the profile */
  GxcKeyring *secrets;      /* outlives the process */
  GxtLine     line;
  GxcContext *context;
} Fixture;

/* --- the desk ----------------------------------------------------------------------------------------------------- */

static GxcStore *
store_of (Fixture *fixture)
{
  return gxc_context_get_store (fixture->context);
}

static GxDb *
db_of (Fixture *fixture)
{
  return gxc_store_get_db (store_of (fixture));
}

static void
open_desk (Fixture *fixture)
{
  GxcContextOptions options = { .directory = fixture->folder, .clock = &fixture->bank->clock.parent, .random = &fixture->bank->random.parent,
                                .connect = gxt_direct_connect, .connect_data = &fixture->line, .keyring = gxt_door_to (fixture->secrets) };
  g_autoptr(GError) error = NULL;

  if (gxc_profile_look (fixture->folder) == GXC_PROFILE_SEALED)
    options.key = gxc_unlock (fixture->folder, fixture->secrets, "password", &fixture->bank->clock.parent, &error);
  g_assert_no_error (error);
  fixture->context = gxc_context_new (&options, &error);
  g_assert_no_error (error);
}

/* The program ends, and begins again; nothing but the files is left. */
static void
restart_desk (Fixture *fixture)
{
  gxc_context_free (fixture->context);
  open_desk (fixture);
}

/* After so many answers nothing more is heard. */
typedef struct
{
  guint         left;
  GCancellable *cancellable;
} Silence;

static void
count_answer (gpointer          data,
              GxtLine          *line,
              const GxcRequest *request,
              GxcResponse      *response)
{
  Silence *silence = data;

  if (--silence->left == 0)
    g_cancellable_cancel (silence->cancellable);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *key = NULL;
  g_autoptr(GError) error = NULL;

  fixture->bank = gxt_bank_new (":memory:");
  fixture->blobs = gxt_blobs_new (fixture->bank);
  fixture->folder = g_dir_make_tmp ("guanxi-test-XXXXXX", NULL);
  fixture->secrets = gxc_keyring_new_memory ();
  fixture->line = (GxtLine) { .bank = fixture->bank, .person = GXT_RM1, .blobs = fixture->blobs };
  key = gx_secret_key_to_text (&fixture->bank->people[GXT_RM1].key);
  gxc_keyring_store (fixture->secrets, GXC_SECRET_DEVICE, key, NULL);
  open_desk (fixture);
  gxc_context_sign_in (fixture->context, "https://bank", NULL, "login", "password", NULL, &error);
  g_assert_no_error (error);
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
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gxc_context_free (fixture->context);
  gxt_line_clear (&fixture->line);
  gxc_keyring_free (fixture->secrets);
  gxt_blobs_free (fixture->blobs);
  gxt_bank_free (fixture->bank);
  empty_folder (fixture->folder);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

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

static GxId
attach (Fixture  *fixture,
        GBytes   *paper,
        char    **out_sha256)
{
  const GxcAttach attach = { .customer_id = fixture->bank->customer, .bytes = paper, .name = "合同.txt", .kind = "CONTRACT",
                             .valid_to = 20900 };
  g_autoptr(GError) error = NULL;
  GxId id;

  gxc_attach (store_of (fixture), &attach, &id, out_sha256, &error);
  g_assert_no_error (error);
  return id;
}

static GxcBlobState
state_of (Fixture    *fixture,
          const char *sha256)
{
  GxcBlobState state = GXC_BLOB_HELD;
  gint64 sent, size;

  g_assert_true (gxc_blob_look (db_of (fixture), sha256, &state, &sent, &size));
  if (state == GXC_BLOB_SENT)
    g_assert_cmpint (sent, ==, size);
  return state;
}

static GBytes *
read_at_bank (Fixture    *fixture,
              const char *sha256,
              const GxId *ref)
{
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (fixture->bank, GXT_RM1);
  g_autofree char *type = NULL;
  g_autoptr(GError) error = NULL;
  GBytes *bytes = gxs_blobs_read (fixture->blobs->blobs, fixture->bank->db, authz, sha256, ref, &type, &error);

  g_assert_no_error (error);
  return bytes;
}

/* --- there and back ----------------------------------------------------------------------------------------------- */

static void
test_to_the_bank (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GBytes) paper = make_paper (2 * GX_CHUNK_SIZE + 4711, 0);
  g_autofree char *sha256 = NULL;
  g_autoptr(GBytes) there = NULL;
  GxId id, again;
  GxcBlobCounts counts;
  GxAttachment *row;
  g_autoptr(GError) error = NULL;

  gxt_context_sync (fixture->context);
  id = attach (fixture, paper, &sha256);
  g_free (g_steal_pointer (&sha256));
  again = attach (fixture, paper, &sha256);
  g_assert_true (gx_id_equal (&id, &again));
  gxc_blob_count (db_of (fixture), &counts);
  g_assert_cmpint (counts.n_waiting, ==, 1);
  g_assert_cmpint (counts.total, ==, 2 * GX_CHUNK_SIZE + 4711);

  gxt_context_sync_changes (fixture->context);
  g_assert_cmpint (gxc_queue_length (db_of (fixture)), ==, 0);
  g_assert_cmpint (state_of (fixture, sha256), ==, GXC_BLOB_WAITING);
  gxt_context_sync (fixture->context);
  g_assert_cmpint (state_of (fixture, sha256), ==, GXC_BLOB_SENT);
  there = read_at_bank (fixture, sha256, &id);
  g_assert_true (g_bytes_equal (there, paper));

  row = gx_sql_load (fixture->bank->db, &gx_attachment_entity, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (row->name, ==, "合同.txt");
  g_assert_cmpstr (row->mime, ==, "text/plain");
  g_assert_cmpint (row->size, ==, 2 * GX_CHUNK_SIZE + 4711);
  g_assert_cmpint (row->kind, ==, GX_ATTACHMENT_CONTRACT);
  g_assert_cmpint (row->valid_to, ==, 20900);
  gx_entity_free (&gx_attachment_entity, row);
  /* And it came back as one of the customer's own. */
  g_assert_cmpint (gxt_number (db_of (fixture), "SELECT COUNT(*) FROM attachment WHERE v > 0"), ==, 1);
}

/* What another desk of the customer's manager sees, and keeps for the next look. */
static void
test_from_the_bank (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(GBytes) paper = make_paper (GX_CHUNK_SIZE, 1);
  g_autofree char *sha256 = NULL;
  g_autoptr(GBytes) fetched = NULL, again = NULL;
  g_autoptr(GError) error = NULL;
  guint exchanges;
  GxId id;

  gxt_context_sync (fixture->context);
  id = attach (fixture, paper, &sha256);
  gxt_context_sync (fixture->context);
  gxc_context_free (fixture->context);
  empty_folder (fixture->folder);
  gxc_keyring_clear (fixture->secrets, GXC_SECRET_PAPERS, NULL);
  open_desk (fixture);
  gxc_context_sign_in (fixture->context, "https://bank", NULL, "login", "password", NULL, &error);
  g_assert_no_error (error);
  gxt_context_sync (fixture->context);
  g_assert_cmpint (gxt_number (db_of (fixture), "SELECT COUNT(*) FROM attachment"), ==, 1);
  g_assert_cmpint (gxt_number (db_of (fixture), "SELECT COUNT(*) FROM blob"), ==, 0);

  fetched = gxc_transfer_fetch (fixture->context, sha256, &id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (fetched, paper));
  g_assert_cmpint (state_of (fixture, sha256), ==, GXC_BLOB_HELD);
  exchanges = fixture->line.n_exchanges;
  again = gxc_transfer_fetch (fixture->context, sha256, &id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (again, paper));
  g_assert_cmpuint (fixture->line.n_exchanges, ==, exchanges);
}

/* The desk of somebody who did not hand it in. */
static void
begin_anew (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  gxc_context_free (fixture->context);
  empty_folder (fixture->folder);
  gxc_keyring_clear (fixture->secrets, GXC_SECRET_PAPERS, NULL);
  open_desk (fixture);
  gxc_context_sign_in (fixture->context, "https://bank", NULL, "login", "password", NULL, &error);
  g_assert_no_error (error);
  gxt_context_sync (fixture->context);
}

/* The program ends after @n pieces. */
static void
fetch_and_die (Fixture    *fixture,
               const char *sha256,
               const GxId *id,
               guint       n)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Silence silence = { n, cancellable };
  const GxtWatch watch = { .after = count_answer, .data = &silence };
  g_autoptr(GError) error = NULL;

  fixture->line.watch = &watch;
  g_assert_null (gxc_transfer_fetch (fixture->context, sha256, id, NULL, NULL, cancellable, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_CANCELLED);
  fixture->line.watch = NULL;
  restart_desk (fixture);
}

static guint
count_pieces (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (gxc_store_get_papers (store_of (fixture)), "blobs", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, GXC_PARTIAL_SUFFIX);

  return n;
}

static void
test_goes_on_where_it_was (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr(GBytes) paper = make_paper (3 * GXC_PARTIAL_SIZE + 1000, 7);
  g_autofree char *sha256 = NULL;
  g_autoptr(GBytes) fetched = NULL;
  g_autoptr(GError) error = NULL;
  guint before;
  GxId id;

  gxt_context_sync (fixture->context);
  id = attach (fixture, paper, &sha256);
  gxt_context_sync (fixture->context);
  begin_anew (fixture);
  fetch_and_die (fixture, sha256, &id, 1);
  g_assert_cmpuint (count_pieces (fixture), ==, 1);
  fetch_and_die (fixture, sha256, &id, 1);
  g_assert_cmpuint (count_pieces (fixture), ==, 2);

  before = fixture->line.n_exchanges;
  fetched = gxc_transfer_fetch (fixture->context, sha256, &id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (fetched, paper));
  g_assert_cmpuint (fixture->line.n_exchanges - before, ==, 2);         /* the third piece and the rest */
  g_assert_cmpuint (count_pieces (fixture), ==, 0);
}

/* A piece that was torn is fetched again; all of a document that ends where a piece does is one. */
static void
test_torn_piece (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GBytes) paper = make_paper (2 * GXC_PARTIAL_SIZE, 8), fetched = NULL;
  g_autofree char *sha256 = NULL, *name = NULL, *path = NULL;
  g_autoptr(GError) error = NULL;
  guint before;
  GxId id;

  gxt_context_sync (fixture->context);
  id = attach (fixture, paper, &sha256);
  gxt_context_sync (fixture->context);
  begin_anew (fixture);
  fetch_and_die (fixture, sha256, &id, 1);
  name = g_strdup_printf ("%s.0" GXC_PARTIAL_SUFFIX, sha256);
  path = g_build_filename (gxc_store_get_papers (store_of (fixture)), "blobs", name, NULL);
  g_assert_no_errno (truncate (path, 3000000));

  before = fixture->line.n_exchanges;
  fetched = gxc_transfer_fetch (fixture->context, sha256, &id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (fetched, paper));
  g_assert_cmpuint (fixture->line.n_exchanges - before, ==, 3);
}

static void
change_a_byte (gpointer          data,
               GxtLine          *line,
               const GxcRequest *request,
               GxcResponse      *response)
{
  gsize size;
  guint8 *bytes;

  if (!g_str_has_prefix (request->path, GX_PATH_BLOBS) || response->body == NULL)
    return;
  bytes = g_bytes_unref_to_data (response->body, &size);
  bytes[size / 2] ^= 1;
  response->body = g_bytes_new_take (bytes, size);
}

/* A server that gives other bytes, of one piece or of several: they are not shown, not kept, and asked for anew. */
static void
test_other_bytes (Fixture       *fixture,
                  gconstpointer  size)
{
  g_autoptr(GBytes) paper = make_paper (GPOINTER_TO_SIZE (size), 12), fetched = NULL;
  const GxtWatch watch = { .after = change_a_byte };
  g_autofree char *sha256 = NULL;
  g_autoptr(GError) error = NULL;
  GxId id;

  gxt_context_sync (fixture->context);
  id = attach (fixture, paper, &sha256);
  gxt_context_sync (fixture->context);
  begin_anew (fixture);
  fixture->line.watch = &watch;
  g_assert_null (gxc_transfer_fetch (fixture->context, sha256, &id, NULL, NULL, NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_MALFORMED);
  g_assert_cmpint (gxt_number (db_of (fixture), "SELECT COUNT(*) FROM blob"), ==, 0);
  g_assert_cmpuint (count_pieces (fixture), ==, 0);

  fixture->line.watch = NULL;
  g_clear_error (&error);
  fetched = gxc_transfer_fetch (fixture->context, sha256, &id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (fetched, paper));
}

static void
test_nothing_is_readable_in_the_profile (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr(GBytes) paper = make_paper (GX_CHUNK_SIZE + 99, 2);
  g_autofree char *sha256 = NULL, *folder = g_build_filename (fixture->folder, "blobs", NULL);
  g_autoptr(GDir) dir = NULL;
  const char *name;
  guint n = 0;

  attach (fixture, paper, &sha256);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL), *raw = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &raw, &size, NULL));
      g_assert_cmpuint (size, >, GX_CHUNK_SIZE);
      g_assert_null (strstr (name, sha256));
      for (gsize at = 0; at + 8 <= size; at++)
        g_assert_false (memcmp (raw + at, KNOWN, 8) == 0 || memcmp (raw + at, &KNOWN[8], 8) == 0);
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
}

/* A profile of before: the file lay there as it was. */
static void
test_what_lay_open_is_sealed (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(GBytes) paper = make_paper (5000, 3);
  g_autofree char *sha256 = gx_sha256_hex (g_bytes_get_data (paper, NULL), 5000);
  g_autofree char *path = g_build_filename (fixture->folder, "blobs", sha256, NULL), *folder = g_path_get_dirname (path);
  g_autoptr(GBytes) read = NULL;
  g_autoptr(GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (paper, NULL), 5000, NULL));
  gx_db_run (db_of (fixture), &error, "INSERT INTO blob(sha256, size, type, state, path) VALUES(?, 5000, 'application/octet-stream', 'WAITING', ?)",
             "tt", sha256, sha256);
  g_assert_no_error (error);
  gxt_context_sync (fixture->context);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (state_of (fixture, sha256), ==, GXC_BLOB_SENT);
  read = gxc_blob_read (store_of (fixture), sha256, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, paper));
}

/* As an earlier program left it: documents under a key that lies in the keyring. */
static void
move_to_keyring (Fixture *fixture)
{
  guint8 before[GX_SEALED_KEY_SIZE], after[GX_SEALED_KEY_SIZE] = { 7 };
  g_autofree char *text = gx_base64_encode (after, sizeof after);
  g_autoptr(GError) error = NULL;

  g_assert_true (gxc_store_load_key (store_of (fixture), before, &error));
  g_assert_true (gxc_blob_rewrap (store_of (fixture), before, after, &error));
  g_assert_true (gxc_meta_set (store_of (fixture), GXC_META_PAPERS, NULL, &error));
  g_assert_true (gxc_keyring_store (fixture->secrets, GXC_SECRET_PAPERS, text, &error));
}

static void
test_a_key_of_the_keyring (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr(GBytes) paper = make_paper (5000, 4), read = NULL;
  g_autofree char *sha256 = NULL, *left = NULL;
  g_autoptr(GError) error = NULL;

  attach (fixture, paper, &sha256);
  g_assert_null (gxc_keyring_lookup (fixture->secrets, GXC_SECRET_PAPERS, NULL));       /* the store's own key is enough */
  move_to_keyring (fixture);
  read = gxc_blob_read (store_of (fixture), sha256, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, paper));
  left = gxc_keyring_lookup (fixture->secrets, GXC_SECRET_PAPERS, &error);
  g_assert_null (left);
  g_assert_error (error, GX_ERROR, GX_ERROR_KEYRING_ITEM);
  g_clear_error (&error);
  g_bytes_unref (read);
  read = gxc_blob_read (store_of (fixture), sha256, &error);
  g_assert_true (g_bytes_equal (read, paper));
}

static void
test_a_lost_key (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GBytes) paper = make_paper (5000, 4), other = make_paper (5000, 5);
  g_autofree char *sha256 = NULL;
  g_autoptr(GError) error = NULL;

  attach (fixture, paper, &sha256);
  move_to_keyring (fixture);
  gxc_keyring_clear (fixture->secrets, GXC_SECRET_PAPERS, NULL);
  g_assert_null (gxc_blob_read (store_of (fixture), sha256, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_KEYRING_ITEM);
  g_clear_error (&error);
  g_assert_null (gxc_blob_add (store_of (fixture), other, NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_KEYRING_ITEM);
}

static void
test_what_a_bank_does_not_take (Fixture       *fixture,
                                gconstpointer  data)
{
  static const struct { const char *bytes; gsize size; const char *rule; } rows[] = {
    { "MZ\x01\x02", 4, "media-type" }, { "", 0, "max-size" },
    { "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x01\0\0\0\x01\0\0\x08\x02\0\0\0\0\0\0\0", 33, "max-pixels" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (rows[i].bytes, rows[i].size);
      g_autoptr(GError) error = NULL;

      g_assert_null (gxc_blob_add (store_of (fixture), bytes, NULL, &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
      g_assert_cmpstr (((GxViolation *) gx_error_get_violations (error)->pdata[0])->rule, ==, rows[i].rule);
    }
  g_assert_cmpint (gxt_number (db_of (fixture), "SELECT COUNT(*) FROM blob"), ==, 0);
}

/* --- beside the queue --------------------------------------------------------------------------------------------- */

static void
add_task (Fixture    *fixture,
          const char *title)
{
  GxTask *task = gx_entity_new (&gx_task_entity);
  g_autoptr(GError) error = NULL;

  task->title = g_strdup (title);
  task->customer_id = fixture->bank->customer;
  task->kind = 1;
  task->due_at = gx_clock_now (&fixture->bank->clock.parent);
  gxc_store_create (store_of (fixture), &gx_task_entity, task, NULL, NULL, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_task_entity, task);
}

static GxId
ask_for_name (Fixture    *fixture,
              const char *name,
              const char *sha256)
{
  const GxcEvidence evidence = { sha256, "ID_IMAGE" };
  const GxcReason why = { .reason = WHY, .evidence = &evidence, .n_evidence = 1 };
  g_autoptr(GError) error = NULL;
  GxCustomer *original = gx_sql_load (db_of (fixture), &gx_customer_entity, &fixture->bank->customer, &error);
  GxCustomer *current = gx_entity_copy (&gx_customer_entity, original);
  GxcWritten written;

  gx_set_str (&current->name, name);
  gxc_store_edit (store_of (fixture), &gx_customer_entity, original, current, &why, &written, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_customer_entity, original);
  gx_entity_free (&gx_customer_entity, current);

  return written.cr_id;
}

static void
test_a_request_waits_for_its_evidence (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr(GBytes) paper = make_paper (3 * GX_CHUNK_SIZE, 6);
  g_autofree char *sha256 = NULL;
  gint64 ready;
  g_autoptr(GError) error = NULL;

  gxt_context_sync (fixture->context);
  add_task (fixture, "before");
  attach (fixture, paper, &sha256);
  ask_for_name (fixture, "张伟明", sha256);
  add_task (fixture, "after");
  add_task (fixture, "after that");
  g_assert_true (gxc_queue_let_pass (store_of (fixture), &ready, &error));
  g_assert_cmpint (ready, ==, 4);

  /* All but the request is at the bank; it alone is left, with the last number. */
  gxt_context_sync_changes (fixture->context);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM task"), ==, 3);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM attachment"), ==, 1);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM change_request"), ==, 0);
  g_assert_cmpint (gxc_queue_length (db_of (fixture)), ==, 1);
  g_assert_cmpint (gxt_number (db_of (fixture), "SELECT COUNT(*) FROM queue WHERE op='cr.submit' AND mid=5 AND json_extract(body, '$.mid')=5"), ==, 1);
  g_assert_cmpint (gxt_number (db_of (fixture), "SELECT COUNT(*) FROM cover WHERE mid=5"), ==, 1);

  gxt_context_sync (fixture->context);
  g_assert_cmpint (gxc_queue_length (db_of (fixture)), ==, 0);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM change_request WHERE state='PENDING'"), ==, 1);
  g_assert_cmpint (gxt_number (db_of (fixture), "SELECT COUNT(*) FROM issue"), ==, 0);
}

/* A second request for the same record does not overtake the first; an edit of one's own that a request is based on does not
 * lose its place. */
static void
test_what_depends_waits_too (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(GBytes) paper = make_paper (GX_CHUNK_SIZE, 7), other = make_paper (10, 8);
  g_autofree char *sha256 = NULL, *second = NULL;
  g_autoptr(GError) error = NULL;

  gxt_context_sync (fixture->context);
  attach (fixture, other, &second);
  gxt_context_sync (fixture->context);
  attach (fixture, paper, &sha256);
  ask_for_name (fixture, "张伟明", sha256);
  ask_for_name (fixture, "张明伟", second);
  add_task (fixture, "after");
  gxt_context_sync_changes (fixture->context);
  g_assert_cmpint (gxc_queue_length (db_of (fixture)), ==, 2);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM task"), ==, 1);

  gxt_context_sync (fixture->context);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM change_request WHERE state='PENDING'"), ==, 1);
  {
    g_autofree char *after = NULL;

    gx_db_query_text (fixture->bank->db, &after, &error, "SELECT after_j FROM cr_rev", NULL);
    g_assert_no_error (error);
    g_assert_nonnull (strstr (after, "张伟明"));
  }
}

static void
test_a_refused_document_holds_up_nobody (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr(GBytes) paper = make_paper (10000, 9);
  g_autofree char *sha256 = NULL;
  g_autoptr(GPtrArray) issues = NULL;
  g_autoptr(GxcBlob) blob = NULL;
  g_autoptr(GError) error = NULL;

  gxt_context_sync (fixture->context);
  attach (fixture, paper, &sha256);
  ask_for_name (fixture, "张伟明", sha256);
  gxt_blobs_limit (fixture->blobs, 9999);
  gxt_context_sync (fixture->context);
  g_assert_cmpint (state_of (fixture, sha256), ==, GXC_BLOB_REFUSED);
  blob = gxc_blob_find (store_of (fixture), sha256, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (blob->problem, "9999"));
  g_assert_cmpint (gxc_queue_length (db_of (fixture)), ==, 0);
  issues = gxc_issues_list (db_of (fixture), &error);
  g_assert_cmpuint (issues->len, ==, 1);
  g_assert_cmpstr (((GxcIssue *) issues->pdata[0])->code, ==, "EVIDENCE");
}

static void
test_the_cache_has_a_limit (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  char *hashes[4];

  gxt_context_sync (fixture->context);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(GBytes) paper = make_paper (100000, 20 + i);

      fixture->bank->clock.now += 1000;
      attach (fixture, paper, &hashes[i]);
      if (i == 2)
        gxt_context_sync (fixture->context);
    }
  fixture->bank->clock.now += 1000;
  g_bytes_unref (gxc_blob_read (store_of (fixture), hashes[0], &error));
  g_assert_no_error (error);
  g_assert_true (gxc_blob_trim (store_of (fixture), 200000, NULL, &error));
  for (guint i = 0; i < 4; i++)
    {
      /* 1 was looked at longest ago; 3 waits, and is no cache. */
      g_autoptr(GBytes) read = gxc_blob_read (store_of (fixture), hashes[i], NULL);

      g_assert_cmpint (read != NULL, ==, i != 1);
      g_free (hashes[i]);
    }
}

/* --- whatever ends in between ------------------------------------------------------------------------------------- */

typedef struct
{
  GxSeededRandom random;
  guint          faults, ends, restarts, torn;
} Storm;

/* The server's process ends; perhaps in the middle of a write. */
static void
end_server (Fixture *fixture,
            Storm   *storm)
{
  g_autofree char *folder = gxt_blobs_path (fixture->blobs, "uploads");
  g_autoptr(GDir) dir = NULL;
  const char *name;

  storm->restarts++;
  g_clear_pointer (&fixture->blobs->blobs, gxs_blobs_free);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL && gx_random_below (&storm->random.parent, 2) == 0)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL), *raw = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &raw, &size, NULL));
      g_assert_true (g_file_set_contents (path, raw, gx_random_below (&storm->random.parent, (guint32) size + 1), NULL));
      storm->torn++;
    }
  gxt_blobs_restart (fixture->blobs);
}

static void
blow (Fixture *fixture,
      Storm   *storm)
{
  static const GxtFault faults[] = { GXT_FAULT_LOST_REQUEST, GXT_FAULT_LOST_ANSWER, GXT_FAULT_CUT_ANSWER, GXT_FAULT_TWICE };
  guint what = gx_random_below (&storm->random.parent, 10);

  if (what < 4)
    {
      fixture->line.fault = faults[what];
      fixture->line.cut = (guint) gx_random_uint64 (&storm->random.parent);
      storm->faults++;
    }
  else if (what == 4)
    {
      restart_desk (fixture);
      storm->ends++;
    }
  else if (what == 5)
    end_server (fixture, storm);
}

static void
test_storm (Fixture       *fixture,
            gconstpointer  data)
{
  const guint64 seed = 20261122;
  Storm storm = { 0 };

  gxt_context_sync (fixture->context);
  gx_seeded_random_init (&storm.random, seed);
  for (guint round = 0; round < 30; round++)
    {
      g_autoptr(GBytes) paper = make_paper (1 + gx_random_below (&storm.random.parent, 3 * GX_CHUNK_SIZE), 100 + round);
      g_autofree char *sha256 = NULL;
      GxId id = attach (fixture, paper, &sha256);
      g_autoptr(GBytes) there = NULL;

      for (guint step = 0; step < 400 && state_of (fixture, sha256) == GXC_BLOB_WAITING; step++)
        {
          gboolean more;

          blow (fixture, &storm);
          gxc_transfer_step (gxc_sync_get_transfer (gxc_context_get_sync (fixture->context)), &more, NULL, NULL);
        }
      fixture->line.fault = GXT_FAULT_NONE;
      g_assert_cmpint (state_of (fixture, sha256), ==, GXC_BLOB_SENT);
      gxt_context_sync (fixture->context);
      there = read_at_bank (fixture, sha256, &id);
      g_assert_true (g_bytes_equal (there, paper));
    }
  g_test_message ("seed %" G_GUINT64_FORMAT ": 30 documents through %u lost, cut or doubled messages, %u ends of the desk, %u of the server, "
                  "%u files torn", seed, storm.faults, storm.ends, storm.restarts, storm.torn);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM upload"), ==, 0);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM blob"), ==, 30);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/sync/transfer/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("to_the_bank", test_to_the_bank);
  ADD ("from_the_bank", test_from_the_bank);
  ADD ("goes_on_where_it_was", test_goes_on_where_it_was);
  ADD ("fetches_a_torn_piece_again", test_torn_piece);
  g_test_add ("/sync/transfer/other_bytes_are_not_the_document", Fixture, GSIZE_TO_POINTER (1000), set_up, test_other_bytes, tear_down);
  g_test_add ("/sync/transfer/other_bytes_in_a_piece_neither", Fixture, GSIZE_TO_POINTER (2 * GXC_PARTIAL_SIZE + 5), set_up, test_other_bytes, tear_down);
  ADD ("nothing_is_readable_in_the_profile", test_nothing_is_readable_in_the_profile);
  ADD ("what_lay_open_is_sealed", test_what_lay_open_is_sealed);
  ADD ("a_key_of_the_keyring_is_taken_over", test_a_key_of_the_keyring);
  ADD ("a_lost_key", test_a_lost_key);
  ADD ("what_a_bank_does_not_take", test_what_a_bank_does_not_take);
  ADD ("a_request_waits_for_its_evidence", test_a_request_waits_for_its_evidence);
  ADD ("what_depends_waits_too", test_what_depends_waits_too);
  ADD ("a_refused_document_holds_up_nobody", test_a_refused_document_holds_up_nobody);
  ADD ("the_cache_has_a_limit", test_the_cache_has_a_limit);
  ADD ("through_a_storm", test_storm);
#undef ADD

  return g_test_run ();
}
