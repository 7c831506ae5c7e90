/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document on its way into the bank, in any order of steps: announced, chunks at right and wrong offsets with right and wrong
 * hashes, ended too early, the server begun anew, read. Beside it stands a model: what was acknowledged is there, the end succeeds
 * if and only if all bytes are there and are those that were announced, and nothing else is ever read.
 */
#include "gxt-fuzz.h"
#include "gxt-blobs.h"

#include "gx-hash.h"
#include "gx-protocol.h"

#include <stdlib.h>
#include <string.h>

#define MOST_STEPS 12

static GxtBank *bank;
static GxtBlobs *blobs;

typedef struct
{
  GxsAuthz *authz;
  GBytes   *paper;
  char     *sha256;
  GxId      upload;
  gint64    there;          /* acknowledged; -1 = nothing is announced */
  gboolean  done;
} Model;

static char *
hash_of (GBytes *bytes)
{
  return gx_sha256_hex (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
}

static void
announce (Model        *model,
          GxtFuzzBytes *bytes)
{
  GxsAnnounced announced = { .sha256 = model->sha256, .size = (gint64) g_bytes_get_size (model->paper), .type = "text/plain" };
  g_autoptr(GError) error = NULL;
  GxsUpload upload;
  gboolean begun = gxs_blobs_begin (blobs->blobs, bank->db, model->authz, &announced, &upload, &error);

  g_assert_true (begun == (error == NULL));
  if (!begun)
    return;
  g_assert_true (upload.here == model->done);
  if (upload.here)
    return;
  g_assert_true (model->there < 0 || upload.offset == model->there);
  model->upload = upload.id;
  model->there = upload.offset;
}

static void
write_part (Model        *model,
            GxtFuzzBytes *bytes)
{
  gint64 size = (gint64) g_bytes_get_size (model->paper), offset = MAX (model->there, 0), now = -1;
  gboolean wrong_place = gxt_fuzz_below (bytes, 8) == 0, wrong_hash = gxt_fuzz_below (bytes, 8) == 0;
  gint64 wish = gxt_fuzz_below (bytes, 8) == 0 ? 1 + gxt_fuzz_below (bytes, 256) : GX_CHUNK_SIZE, length = MIN (size - offset, wish);
  g_autoptr(GBytes) part = length > 0 ? g_bytes_new_from_bytes (model->paper, (gsize) offset, (gsize) length) : g_bytes_new (NULL, 0);
  g_autofree char *hash = hash_of (part);
  g_autoptr(GError) error = NULL;
  gboolean written;

  if (wrong_hash)
    hash[0] = hash[0] == '0' ? '1' : '0';
  written = gxs_blobs_write (blobs->blobs, bank->db, model->authz, &model->upload, offset + wrong_place, part, hash, &now, &error);
  g_assert_true (written == (error == NULL));
  if (!written)
    return;
  g_assert_false (wrong_place || wrong_hash || model->there < 0);
  g_assert_cmpint (now, ==, offset + (gint64) g_bytes_get_size (part));
  model->there = now;
}

static void
finish (Model        *model,
        GxtFuzzBytes *bytes)
{
  g_autofree char *sha256 = NULL;
  g_autoptr(GError) error = NULL;
  gboolean ended = gxs_blobs_finish (blobs->blobs, bank->db, model->authz, &model->upload, &sha256, &error);

  g_assert_true (ended == (error == NULL));
  if (!ended)
    {
      g_assert_true (model->done || model->there != (gint64) g_bytes_get_size (model->paper));
      return;
    }
  g_assert_cmpstr (sha256, ==, model->sha256);
  g_assert_cmpint (model->there, ==, (gint64) g_bytes_get_size (model->paper));
  model->done = TRUE;
}

static void
ask (Model        *model,
     GxtFuzzBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  gint64 offset = -1;

  if (gxs_blobs_get_offset (blobs->blobs, bank->db, model->authz, &model->upload, &offset, &error))
    g_assert_cmpint (offset, ==, model->there);
}

static void
begin_anew (Model        *model,
            GxtFuzzBytes *bytes)
{
  gxt_blobs_restart (blobs);
}

static void
pass_time (Model        *model,
           GxtFuzzBytes *bytes)
{
  bank->clock.now += 60000;
}

static void (*const steps[]) (Model *model, GxtFuzzBytes *bytes) = { announce, write_part, write_part, write_part, finish, ask, begin_anew, pass_time };

static void
check_read (Model *model)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) read = NULL;
  g_autofree char *type = NULL;
  GxId row;

  if (!model->done)
    return;
  row = gxt_blobs_attach (blobs, GXT_RM1, &bank->prospect, model->sha256);
  read = gxs_blobs_read (blobs->blobs, bank->db, model->authz, model->sha256, &row, &type, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, model->paper));
}

/* No two inputs send the same document: to each the bank is new. */
static GBytes *
make_paper (GxtFuzzBytes *bytes)
{
  static const gsize sizes[] = { 100, GX_CHUNK_SIZE, GX_CHUNK_SIZE + 1, 2 * GX_CHUNK_SIZE + 4711 };
  static guint64 number;
  gsize size = sizes[gxt_fuzz_below (bytes, G_N_ELEMENTS (sizes))];
  g_autofree char *name = g_strdup_printf ("%" G_GUINT64_FORMAT, ++number);
  char *text = g_malloc (size);

  memset (text, 'a', size);
  memcpy (text, name, strlen (name));

  return g_bytes_new_take (text, size);
}

/* Its folder too. */
static void
close_bank (void)
{
  gxt_blobs_free (blobs);
  gxt_bank_free (bank);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  GxtFuzzBytes bytes = { data, size };
  Model model = { .there = -1 };

  if (bank == NULL)
    {
      bank = gxt_bank_new (":memory:");
      blobs = gxt_blobs_new (bank);
      atexit (close_bank);
    }
  model.authz = gxt_bank_authz (bank, GXT_RM1);
  model.paper = make_paper (&bytes);
  model.sha256 = hash_of (model.paper);
  announce (&model, &bytes);
  for (guint i = 0; i < MOST_STEPS && bytes.size > 0; i++)
    steps[gxt_fuzz_below (&bytes, G_N_ELEMENTS (steps))] (&model, &bytes);
  check_read (&model);
  gxs_authz_free (model.authz);
  g_bytes_unref (model.paper);
  g_free (model.sha256);

  return 0;
}
