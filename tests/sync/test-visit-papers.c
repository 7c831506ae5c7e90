/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos of a visit, against the real server core: made without a network, sent afterwards, on the other desk with the visit they
 * belong to; taken back before and after the bank has them; and what the bank does not let anybody take back.
 */
#include "gxt-context.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gx-attachment.h"
#include "gx-customer.h"
#include "gx-hash.h"
#include "gx-media.h"
#include "gx-visit.h"
#include "gxc-attach.h"
#include "gxc-blob.h"
#include "gxc-edit.h"
#include "gxc-list.h"
#include "gxc-queue.h"
#include "gxc-save.h"
#include "gxc-sync.h"
#include "gxc-transfer.h"

#define SIZE 3000000        /* of a photo: three chunks */

typedef struct
{
  char       *folder;       /* of the profile */
  GxtLine     line;
  GxcContext *context;
} Desk;

typedef struct
{
  GxtBank  *bank;
  GxtBlobs *blobs;
  Desk      laptop, office;     /* of one person */
  GxId      visit;
} Fixture;

static GxcStore *
store_of (Desk *desk)
{
  return gxc_context_get_store (desk->context);
}

static GxDb *
db_of (Desk *desk)
{
  return gxc_store_get_db (store_of (desk));
}

static void
open_desk (Fixture *fixture,
           Desk    *desk)
{
  desk->folder = g_dir_make_tmp ("guanxi-test-XXXXXX", NULL);
  desk->line = (GxtLine) { .bank = fixture->bank, .person = GXT_RM1, .blobs = fixture->blobs };
  desk->context = gxt_context_sign_in (&desk->line, &(GxcContextOptions) { .directory = desk->folder });
}

static void
close_desk (Desk *desk)
{
  gxc_context_free (desk->context);
  gxt_line_clear (&desk->line);
  gxt_empty_folder (desk->folder);
  g_rmdir (desk->folder);
  g_free (desk->folder);
}

/* --- what a person does ------------------------------------------------------------------------------------------- */

static GxId
plan_visit (Desk       *desk,
            const GxId *customer)
{
  GxVisit *row = gx_entity_new (&gx_visit_entity);
  g_autoptr(GError) error = NULL;
  GxcWritten written;

  row->customer_id = *customer;
  row->plan_at = desk->line.bank->clock.now;
  row->minutes = 30;
  gxc_store_create (store_of (desk), &gx_visit_entity, row, NULL, &written, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_visit_entity, row);
  return written.id;
}

/* A JPEG that says where it was taken, as a telephone writes it: one coordinate is enough. */
static GBytes *
make_photo (guint8 salt)
{
  static const guint8 head[] = {
    0xff, 0xd8, 0xff, 0xe1, 0x00, 0x3a, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
    0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0,                           /* the only entry: where GPS stands */
    0, 1, 0, 1, 0, 2, 0, 0, 0, 2, 'N', 0, 0, 0, 0, 0, 0, 0,                                 /* GPSLatitudeRef */
    0, 0, 0, 0,
    0xff, 0xc0, 0x00, 0x0b, 8, 0, 16, 0, 16, 1, 1, 0x11, 0,
  };
  GByteArray *photo = g_byte_array_sized_new (SIZE);

  g_byte_array_append (photo, head, sizeof head);
  g_byte_array_set_size (photo, SIZE);
  for (guint i = sizeof head; i < SIZE; i++)
    photo->data[i] = (guint8) (i * 7 + salt) & 0x7f;
  return g_byte_array_free_to_bytes (photo);
}

static GxId
add_photo (Desk       *desk,
           const GxId *customer,
           const GxId *visit,
           guint8      salt,
           char      **out_sha256)
{
  g_autoptr(GBytes) photo = make_photo (salt);
  GxMedia media;
  const GxcAttach attach = { .customer_id = *customer, .visit_id = *visit, .bytes = photo, .name = "照片.jpg", .kind = "PHOTO",
                             .valid_to = GX_INT32_NONE };
  g_autoptr(GError) error = NULL;
  GxId id;

  gx_media_look (photo, &media);
  g_assert_true (media.has_place);
  gxc_attach (store_of (desk), &attach, &id, out_sha256, &error);
  g_assert_no_error (error);
  return id;
}

/* (transfer full): what was done */
static GPtrArray *
save (Desk          *desk,
      GxcChangeItem *change,
      gboolean       undo)
{
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  g_autoptr(GError) error = NULL;
  GPtrArray *done;

  g_ptr_array_add (changes, change);
  done = gxc_store_save (store_of (desk), changes, undo, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (done->len, ==, 1);
  return done;
}

static GPtrArray *
take_back (Desk       *desk,
           const GxId *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxRecord) record = gxc_list_find (db_of (desk), &gx_attachment_entity, id, &error);

  g_assert_no_error (error);
  return save (desk, gxc_change_item_remove (record), FALSE);
}

/* As an undo does it: the row as it was, once more. */
static void
bring_back (Desk      *desk,
            GPtrArray *done)
{
  const GxcChangeItem *gone = g_ptr_array_index (done, 0);
  g_autoptr(GPtrArray) again =
    save (desk, gxc_change_item_create (&gx_attachment_entity, gx_entity_copy (&gx_attachment_entity, gx_record_get_data (gone->original))), TRUE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->bank = gxt_bank_new (":memory:");
  fixture->blobs = gxt_blobs_new (fixture->bank);
  open_desk (fixture, &fixture->laptop);
  open_desk (fixture, &fixture->office);
  gxt_context_sync (fixture->laptop.context);
  fixture->visit = plan_visit (&fixture->laptop, &fixture->bank->customer);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_desk (&fixture->laptop);
  close_desk (&fixture->office);
  gxt_blobs_free (fixture->blobs);
  gxt_bank_free (fixture->bank);
}

/* --- there and back ----------------------------------------------------------------------------------------------- */

static void
test_made_offline_arrives_with_its_visit (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autofree char *sha256 = NULL;
  GxId id = add_photo (&fixture->laptop, &fixture->bank->customer, &fixture->visit, 1, &sha256);
  g_autoptr(GError) error = NULL;
  g_autoptr(GxRecord) record = NULL;
  g_autoptr(GBytes) bytes = NULL;
  const GxAttachment *row;
  GxMedia media;

  /* There is no network yet. */
  fixture->laptop.line.fault = GXT_FAULT_LOST_REQUEST;
  g_assert_false (gxc_sync_run (gxc_context_get_sync (fixture->laptop.context), NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_OFFLINE);
  g_clear_error (&error);
  gxt_context_sync (fixture->office.context);
  g_assert_cmpint (gxt_number (db_of (&fixture->office), "SELECT COUNT(*) FROM attachment"), ==, 0);

  /* Now there is. */
  gxt_context_sync (fixture->laptop.context);
  g_assert_cmpint (gxt_number (db_of (&fixture->laptop), "SELECT COUNT(*) FROM queue"), ==, 0);
  gxt_context_sync (fixture->office.context);
  record = gxc_list_find (db_of (&fixture->office), &gx_attachment_entity, &id, &error);
  g_assert_no_error (error);
  row = gx_record_get_data (record);
  g_assert_true (gx_id_equal (&row->visit_id, &fixture->visit));
  g_assert_true (gx_id_equal (&row->customer_id, &fixture->bank->customer));
  g_assert_cmpstr (row->sha256, ==, sha256);
  bytes = gxc_transfer_fetch (fixture->office.context, sha256, &id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  gx_media_look (bytes, &media);
  g_assert_cmpstr (media.type, ==, "image/jpeg");
  g_assert_false (media.has_place);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, SIZE);
}

/* The same picture twice on one visit is one document; on the next visit it is another. */
static void
test_the_same_picture (Fixture       *fixture,
                       gconstpointer  data)
{
  GxId next = plan_visit (&fixture->laptop, &fixture->bank->customer), none = GX_ID_NONE;
  GxId first = add_photo (&fixture->laptop, &fixture->bank->customer, &fixture->visit, 1, NULL);
  GxId again = add_photo (&fixture->laptop, &fixture->bank->customer, &fixture->visit, 1, NULL);
  GxId other = add_photo (&fixture->laptop, &fixture->bank->customer, &next, 1, NULL);
  GxId without = add_photo (&fixture->laptop, &fixture->bank->customer, &none, 1, NULL);

  g_assert_true (gx_id_equal (&first, &again));
  g_assert_false (gx_id_equal (&first, &other));
  g_assert_false (gx_id_equal (&first, &without));
  g_assert_cmpint (gxt_number (db_of (&fixture->laptop), "SELECT COUNT(*) FROM blob"), ==, 1);
}

/* --- taken back --------------------------------------------------------------------------------------------------- */

static void
test_taken_back_before_it_left (Fixture       *fixture,
                                gconstpointer  data)
{
  GxId id = add_photo (&fixture->laptop, &fixture->bank->customer, &fixture->visit, 1, NULL);
  g_autoptr(GPtrArray) done = take_back (&fixture->laptop, &id);

  gxt_context_sync (fixture->laptop.context);
  g_assert_cmpint (gxt_number (db_of (&fixture->laptop), "SELECT COUNT(*) FROM blob WHERE state='HELD'"), ==, 1);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM attachment"), ==, 0);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM blob"), ==, 0);

  bring_back (&fixture->laptop, done);
  gxt_context_sync (fixture->laptop.context);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM attachment WHERE del=0 AND visit_id IS NOT NULL"), ==, 1);
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM blob"), ==, 1);
}

/* Another row speaks of the same bytes: they go on their way. */
static void
test_bytes_of_two_rows (Fixture       *fixture,
                        gconstpointer  data)
{
  GxId none = GX_ID_NONE, id = add_photo (&fixture->laptop, &fixture->bank->customer, &fixture->visit, 1, NULL);
  g_autoptr(GPtrArray) done = NULL;

  add_photo (&fixture->laptop, &fixture->bank->customer, &none, 1, NULL);
  done = take_back (&fixture->laptop, &id);
  g_assert_cmpint (gxt_number (db_of (&fixture->laptop), "SELECT COUNT(*) FROM blob WHERE state='WAITING'"), ==, 1);
}

static void
test_taken_back_after_the_bank_has_it (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autofree char *sha256 = NULL;
  GxId id = add_photo (&fixture->laptop, &fixture->bank->customer, &fixture->visit, 1, &sha256);
  g_autoptr(GPtrArray) done = NULL;
  g_autoptr(GError) error = NULL;

  gxt_context_sync (fixture->laptop.context);
  gxt_context_sync (fixture->office.context);
  done = take_back (&fixture->laptop, &id);
  gxt_context_sync (fixture->laptop.context);
  gxt_context_sync (fixture->office.context);
  g_assert_cmpint (gxt_number (db_of (&fixture->laptop), "SELECT COUNT(*) FROM queue"), ==, 0);
  g_assert_cmpint (gxt_number (db_of (&fixture->office), "SELECT COUNT(*) FROM attachment"), ==, 0);
  g_assert_null (gxc_transfer_fetch (fixture->office.context, sha256, &id, NULL, NULL, NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);

  bring_back (&fixture->laptop, done);
  gxt_context_sync (fixture->laptop.context);
  gxt_context_sync (fixture->office.context);
  g_assert_cmpint (gxt_number (db_of (&fixture->office), "SELECT COUNT(*) FROM attachment WHERE visit_id IS NOT NULL"), ==, 1);
}

/* --- what the bank says no to ------------------------------------------------------------------------------------- */

static void
assert_refused (Desk       *desk,
                const char *code)
{
  g_autofree char *body = NULL;
  g_autoptr(GError) error = NULL;

  gxt_context_sync_changes (desk->context);
  gx_db_query_text (db_of (desk), &body, &error, "SELECT body FROM issue WHERE closed_at IS NULL ORDER BY mid DESC LIMIT 1", NULL);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (body, code));
}

static void
end_visit (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxRecord) record = gxc_list_find (db_of (&fixture->laptop), &gx_visit_entity, &fixture->visit, &error);
  GxVisit *row = gx_entity_copy (&gx_visit_entity, gx_record_get_data (record));
  g_autoptr(GPtrArray) done = NULL;

  row->status = GX_VISIT_DONE;
  row->check_in_at = row->check_out_at = fixture->bank->clock.now;
  done = save (&fixture->laptop, gxc_change_item_patch (record, row, 0), FALSE);
}

static void
test_after_the_visit_they_stay (Fixture       *fixture,
                                gconstpointer  data)
{
  GxId id = add_photo (&fixture->laptop, &fixture->bank->customer, &fixture->visit, 1, NULL);
  g_autoptr(GPtrArray) done = NULL;

  end_visit (fixture);
  gxt_context_sync (fixture->laptop.context);
  done = take_back (&fixture->laptop, &id);
  assert_refused (&fixture->laptop, "FORBIDDEN");
  g_assert_cmpint (gxt_number (fixture->bank->db, "SELECT COUNT(*) FROM attachment WHERE del=0"), ==, 1);
}

static void
test_documents_of_no_visit_stay (Fixture       *fixture,
                                 gconstpointer  data)
{
  GxId none = GX_ID_NONE, id = add_photo (&fixture->laptop, &fixture->bank->customer, &none, 1, NULL);
  g_autoptr(GPtrArray) done = NULL;

  gxt_context_sync (fixture->laptop.context);
  done = take_back (&fixture->laptop, &id);
  assert_refused (&fixture->laptop, "FORBIDDEN");
}

static void
test_the_visit_of_another_customer (Fixture       *fixture,
                                    gconstpointer  data)
{
  GxCustomer *row = gx_entity_new (&gx_customer_entity);
  g_autoptr(GError) error = NULL;
  GxcWritten written;

  row->type = GX_CUSTOMER_PERSON;
  row->name = g_strdup ("李四");
  gxc_store_create (store_of (&fixture->laptop), &gx_customer_entity, row, NULL, &written, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_customer_entity, row);
  add_photo (&fixture->laptop, &written.id, &fixture->visit, 1, NULL);
  assert_refused (&fixture->laptop, "visit_id");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/sync/visit-papers/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("made_offline_a_photo_arrives_with_its_visit", test_made_offline_arrives_with_its_visit);
  ADD ("the_same_picture_is_one_document_a_visit", test_the_same_picture);
  ADD ("what_was_taken_back_is_not_sent_and_comes_back", test_taken_back_before_it_left);
  ADD ("bytes_that_another_row_speaks_of_are_sent", test_bytes_of_two_rows);
  ADD ("what_the_bank_has_is_taken_back_and_opens_to_nobody", test_taken_back_after_the_bank_has_it);
  ADD ("after_the_visit_they_stay", test_after_the_visit_they_stay);
  ADD ("documents_of_no_visit_stay", test_documents_of_no_visit_stay);
  ADD ("a_visit_of_another_customer_is_refused", test_the_visit_of_another_customer);

  return g_test_run ();
}
