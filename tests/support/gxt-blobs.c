/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bank's documents without a server around them: what is written is a batch of the test bank. */
#include "gxt-blobs.h"

#include <glib/gstdio.h>

#include "gx-attachment.h"

static gboolean
run_in_bank (gpointer       bank,
             GxsStoreWork   work,
             gpointer       data,
             GError       **error)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);

  return work (batch, data, error) && gxs_batch_commit (batch, error);
}

/* As after the end of the process: only the files and rows are left. */
void
gxt_blobs_restart (GxtBlobs *self)
{
  const GxsBlobsOptions options = { .data_dir = self->folder, .run = run_in_bank, .run_data = self->bank, .sealer = &self->bank->sealer,
                                    .clock = &self->bank->clock.parent, .random = &self->bank->random.parent,
                                    .max_size = self->limit };
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->blobs, gxs_blobs_free);
  self->blobs = gxs_blobs_new (&options, &error);
  g_assert_no_error (error);
}

/* In a folder that is made, and removed at the end. */
GxtBlobs *
gxt_blobs_new_in (GxtBank    *bank,
                  const char *folder)
{
  GxtBlobs *self = g_new0 (GxtBlobs, 1);

  self->bank = bank;
  self->folder = g_strdup (folder);
  g_mkdir (folder, 0700);
  gxt_blobs_restart (self);

  return self;
}

GxtBlobs *
gxt_blobs_new (GxtBank *bank)
{
  g_autofree char *folder = g_dir_make_tmp ("guanxi-test-XXXXXX", NULL);

  return gxt_blobs_new_in (bank, folder);
}

/* From now on the bank takes nothing larger. */
void
gxt_blobs_limit (GxtBlobs *self,
                 gint64    max_size)
{
  self->limit = max_size;
  gxt_blobs_restart (self);
}

/* With all that is in it; the folder itself stays. */
void
gxt_empty_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        gxt_empty_folder (path);
      g_remove (path);
    }
}

void
gxt_blobs_free (GxtBlobs *self)
{
  gxs_blobs_free (self->blobs);
  gxt_empty_folder (self->folder);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self);
}

/* A typed document of @customer, written by @person. */
GxId
gxt_blobs_attach (GxtBlobs   *self,
                  GxtPerson   person,
                  const GxId *customer,
                  const char *sha256)
{
  GxAttachment *row = gx_entity_new (&gx_attachment_entity);
  g_autoptr(GxsBatch) batch = gxt_bank_batch (self->bank);
  g_autoptr(GError) error = NULL;
  GxId id;

  row->customer_id = *customer;
  row->sha256 = g_strdup (sha256);
  row->kind = GX_ATTACHMENT_CONTRACT;
  id = gxt_bank_create (batch, &gx_attachment_entity, row);
  gx_db_run (self->bank->db, &error, "UPDATE attachment SET created_by=? WHERE id=?", "uu", &self->bank->people[person].login, &id);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);

  return id;
}

/* Of the file that has @name in the bank's folder of documents. */
char *
gxt_blobs_path (GxtBlobs   *self,
                const char *name)
{
  return g_build_filename (self->folder, "blobs", name, NULL);
}
