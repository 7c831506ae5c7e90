/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is taken along: which documents are fetched before anybody opens them, in which order, within which budget, and what makes
 * room for them. Against the real server core, one exchange after the other.
 */
#include "gxt-context.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gx-attachment.h"
#include "gx-customer.h"
#include "gx-hash.h"
#include "gx-pin.h"
#include "gx-protocol.h"
#include "gx-task.h"
#include "gx-visit.h"
#include "gxc-attach.h"
#include "gxc-blob.h"
#include "gxc-carry.h"
#include "gxc-edit.h"
#include "gxc-sync.h"
#include "gxc-transfer.h"

#define SIZE 400000         /* two of them in a MB */
#define HOUR G_GINT64_CONSTANT (3600000)
#define DAY  (24 * HOUR)

/* In the order in which they are fetched; the last wants nothing. */
enum { TAKEN, TODAY, TOMORROW, PINNED, CORE, LATE, OTHER, N_CUSTOMERS };

typedef struct
{
  GxtBank    *bank;
  GxtBlobs   *blobs;
  char       *folder;
  GxtLine     line;
  GxtWatch    watch;
  GxcContext *context;
  GxId        customers[N_CUSTOMERS];
  char       *hashes[N_CUSTOMERS];
  GString    *fetched;          /* a letter a document that was asked for, 'a' is TAKEN's */
  guint       background;       /* of these, said to be no person's action */
} Fixture;

static GxcStore *
store_of (Fixture *fixture)
{
  return gxc_context_get_store (fixture->context);
}

static gint64
today (Fixture *fixture)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return gx_time_from_date (gx_date_from_time (fixture->bank->clock.now, zone), zone);
}

static void
note_fetch (gpointer          data,
            GxtLine          *line,
            const GxcRequest *request,
            GxcResponse      *response)
{
  Fixture *fixture = data;

  for (guint i = 0; i < N_CUSTOMERS; i++)
    if (g_str_has_prefix (request->path, GX_PATH_BLOBS "/") && strstr (request->path, fixture->hashes[i]) != NULL)
      {
        g_string_append_c (fixture->fetched, (char) ('a' + i));
        fixture->background += strstr (request->path, "ahead=1") != NULL;
      }
}

/* --- the bank ----------------------------------------------------------------------------------------------------- */

static GxId
make_customer (Fixture  *fixture,
               GxsBatch *batch,
               guint     i)
{
  GxCustomer *row = gx_entity_new (&gx_customer_entity);

  row->type = GX_CUSTOMER_PERSON;
  row->name = g_strdup_printf ("customer %u", i);
  row->status = GX_CUSTOMER_ACTIVE;
  row->value_class = i == CORE ? GX_VALUE_CORE : GX_VALUE_BASIC;
  row->primary_rm_id = fixture->bank->people[GXT_RM1].employee;
  row->org_id = fixture->bank->branch1;
  row->first_contact_at = fixture->bank->clock.now;
  return gxt_bank_create (batch, &gx_customer_entity, row);
}

static void
make_visit (Fixture  *fixture,
            GxsBatch *batch,
            guint     i,
            gint64    plan_at)
{
  GxVisit *row = gx_entity_new (&gx_visit_entity);

  row->customer_id = fixture->customers[i];
  row->owner_id = fixture->bank->people[GXT_RM1].employee;
  row->plan_at = plan_at;
  row->status = GX_VISIT_PLANNED;
  gxt_bank_create (batch, &gx_visit_entity, row);
}

static void
make_pin (Fixture  *fixture,
          GxsBatch *batch,
          guint     i)
{
  GxPin *row = gx_entity_new (&gx_pin_entity);

  row->customer_id = fixture->customers[i];
  row->employee_id = fixture->bank->people[GXT_RM1].employee;
  row->at = fixture->bank->clock.now;
  gxt_bank_create (batch, &gx_pin_entity, row);
}

static void
make_task (Fixture  *fixture,
           GxsBatch *batch,
           guint     i)
{
  GxTask *row = gx_entity_new (&gx_task_entity);

  row->title = g_strdup ("due");
  row->customer_id = fixture->customers[i];
  row->assignee_id = fixture->bank->people[GXT_RM1].employee;
  row->kind = GX_TASK_CALL;
  row->status = GX_TASK_OPEN;
  row->due_at = today (fixture) - DAY;
  gxt_bank_create (batch, &gx_task_entity, row);
}

/* Who is wanted for several reasons is fetched for the first: each later one is wanted as the ones before it are not. */
static void
make_people (Fixture *fixture)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (fixture->bank);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < N_CUSTOMERS; i++)
    fixture->customers[i] = make_customer (fixture, batch, i);
  make_visit (fixture, batch, TODAY, today (fixture) + 15 * HOUR);
  make_visit (fixture, batch, TOMORROW, today (fixture) + DAY + 9 * HOUR);
  make_visit (fixture, batch, OTHER, today (fixture) + 2 * DAY);
  make_pin (fixture, batch, PINNED);
  make_pin (fixture, batch, TODAY);
  for (guint i = TAKEN; i <= LATE; i++)
    make_task (fixture, batch, i);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
}

static char *
attach (Fixture *fixture,
        guint    i,
        gsize    size,
        char     letter)
{
  g_autofree char *text = g_strnfill (size, letter);
  g_autoptr(GBytes) paper = g_bytes_new (text, size);
  const GxcAttach papers = { .customer_id = fixture->customers[i], .bytes = paper, .name = "paper.txt", .kind = "CONTRACT",
                             .valid_to = GX_INT32_NONE };
  g_autoptr(GError) error = NULL;
  char *sha256;

  gxc_attach (store_of (fixture), &papers, NULL, &sha256, &error);
  g_assert_no_error (error);
  return sha256;
}

/* Each has a document that the bank has, and this desk had. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->bank = gxt_bank_new (":memory:");
  fixture->blobs = gxt_blobs_new (fixture->bank);
  fixture->folder = g_dir_make_tmp ("guanxi-test-XXXXXX", NULL);
  fixture->line = (GxtLine) { .bank = fixture->bank, .person = GXT_RM1, .blobs = fixture->blobs };
  fixture->context = gxt_context_sign_in (&fixture->line, &(GxcContextOptions) { .directory = fixture->folder });
  fixture->fetched = g_string_new (NULL);
  make_people (fixture);
  gxt_context_sync (fixture->context);
  for (guint i = 0; i < N_CUSTOMERS; i++)
    fixture->hashes[i] = attach (fixture, i, SIZE, (char) ('a' + i));
  gxt_context_sync (fixture->context);
  gxc_blob_trim (store_of (fixture), 0, NULL, &error);
  g_assert_no_error (error);
  gxc_carry_take (store_of (fixture), &fixture->customers[TAKEN], 1, TRUE, &error);
  g_assert_no_error (error);
  fixture->watch = (GxtWatch) { NULL, note_fetch, fixture };
  fixture->line.watch = &fixture->watch;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gxc_context_free (fixture->context);
  gxt_line_clear (&fixture->line);
  gxt_blobs_free (fixture->blobs);
  gxt_bank_free (fixture->bank);
  gxt_empty_folder (fixture->folder);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_string_free (fixture->fetched, TRUE);
  for (guint i = 0; i < N_CUSTOMERS; i++)
    g_free (fixture->hashes[i]);
}

/* --- the desk ----------------------------------------------------------------------------------------------------- */

static gboolean
fetch_piece (Fixture  *fixture,
             gboolean *out_more,
             GError  **error)
{
  return gxc_transfer_fetch_ahead (gxc_sync_get_transfer (gxc_context_get_sync (fixture->context)), out_more, NULL, error);
}

/* All there is; which documents were asked for. */
static const char *
fetch (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  gboolean more = TRUE;

  g_string_truncate (fixture->fetched, 0);
  while (more && fetch_piece (fixture, &more, &error))
    ;
  g_assert_no_error (error);
  return fixture->fetched->str;
}

static void
set_budget (Fixture *fixture,
            gint64   mb)
{
  g_autoptr(GError) error = NULL;

  gxc_carry_set_budget (store_of (fixture), mb, &error);
  g_assert_no_error (error);
}

static gboolean
is_here (Fixture *fixture,
         guint    i)
{
  g_autoptr(GxcBlob) blob = gxc_blob_find (store_of (fixture), fixture->hashes[i], NULL);

  return blob != NULL && blob->path != NULL;
}

static const char *
here (Fixture *fixture)
{
  static char letters[N_CUSTOMERS + 1];
  guint n = 0;

  for (guint i = 0; i < N_CUSTOMERS; i++)
    if (is_here (fixture, i))
      letters[n++] = (char) ('a' + i);
  letters[n] = '\0';
  return letters;
}

/* --- order -------------------------------------------------------------------------------------------------------- */

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_cmpstr (here (fixture), ==, "");
  g_assert_cmpstr (fetch (fixture), ==, "abcdef");
  g_assert_cmpuint (fixture->background, ==, 6);
  g_assert_cmpstr (here (fixture), ==, "abcdef");
  g_assert_cmpstr (fetch (fixture), ==, "");
}

/* The next day begins, and tomorrow's visits are today's. */
static void
test_another_day (Fixture       *fixture,
                  gconstpointer  data)
{
  fetch (fixture);
  fixture->bank->clock.now += DAY;
  g_assert_cmpstr (fetch (fixture), ==, "g");
}

/* A pin that comes from another desk has its turn before what is later in the order. */
static void
test_a_new_pin (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GxsBatch) batch = NULL;
  g_autoptr(GError) error = NULL;
  gboolean more = TRUE;

  for (guint i = 0; i < 3; i++)
    g_assert_true (fetch_piece (fixture, &more, NULL));
  batch = gxt_bank_batch (fixture->bank);
  fixture->bank->clock.now++;
  make_pin (fixture, batch, OTHER);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
  gxt_context_sync (fixture->context);
  g_assert_cmpstr (fetch (fixture), ==, "dgef");
}

static void
test_a_lost_line (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gboolean more = TRUE;

  fixture->line.fault = GXT_FAULT_LOST_REQUEST;
  g_assert_false (fetch_piece (fixture, &more, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_OFFLINE);
  g_assert_cmpstr (fetch (fixture), ==, "abcdef");
}

/* --- room --------------------------------------------------------------------------------------------------------- */

static gint64
left_out (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = gxc_carry_list (gxc_store_get_db (store_of (fixture)), &fixture->bank->clock.parent, NULL, 0, &error);
  gint64 n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    n += ((GxcCarried *) list->pdata[i])->why != GXC_CARRY_NOT && !((GxcCarried *) list->pdata[i])->fits;
  return n;
}

static void
test_budget (Fixture       *fixture,
             gconstpointer  data)
{
  g_assert_cmpint (left_out (fixture), ==, 0);
  set_budget (fixture, 1);
  g_assert_cmpint (left_out (fixture), ==, 4);
  g_assert_cmpstr (fetch (fixture), ==, "ab");
  g_assert_cmpstr (fetch (fixture), ==, "");
  set_budget (fixture, 2);
  g_assert_cmpstr (fetch (fixture), ==, "cde");
  set_budget (fixture, 0);
  g_assert_cmpstr (here (fixture), ==, "");
  g_assert_cmpstr (fetch (fixture), ==, "");
}

/* What is too large for the room that is left does not keep a smaller one out. */
static void
test_a_small_one_fits (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *large = attach (fixture, TODAY, 900000, 'L');
  g_autoptr(GError) error = NULL;

  gxt_context_sync (fixture->context);
  gxc_blob_trim (store_of (fixture), 0, NULL, &error);
  g_assert_no_error (error);
  set_budget (fixture, 1);
  g_assert_cmpstr (fetch (fixture), ==, "ab");       /* of TODAY's the large one is newer */
}

static void
look_at (Fixture *fixture,
         guint    i)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxStatement) row = gx_db_query (gxc_store_get_db (store_of (fixture)), &error, "SELECT id FROM attachment WHERE sha256=?", "t",
                                            fixture->hashes[i]);
  g_autoptr(GBytes) bytes = NULL;
  GxId id;

  g_assert_true (gx_statement_next (row, &error));
  id = gx_statement_get_id (row, 0);
  gx_statement_rewind (row);
  fixture->bank->clock.now += 1000;
  bytes = gxc_transfer_fetch (fixture->context, fixture->hashes[i], &id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, SIZE);
}

/* Wanted is kept, whatever was looked at since; of the rest the longest unseen goes first. */
static void
test_room_is_made (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  set_budget (fixture, 3);          /* of seven documents */
  fetch (fixture);
  look_at (fixture, OTHER);
  g_assert_cmpstr (here (fixture), ==, "abcdefg");
  gxc_carry_take (store_of (fixture), &fixture->customers[TAKEN], 1, FALSE, &error);
  g_assert_no_error (error);
  look_at (fixture, LATE);          /* whom TAKEN's task comes after, by its customer */
  set_budget (fixture, 2);
  g_assert_false (is_here (fixture, OTHER));
  g_assert_true (is_here (fixture, TODAY) && is_here (fixture, TOMORROW) && is_here (fixture, PINNED) && is_here (fixture, CORE));
  look_at (fixture, OTHER);         /* there is room for it no more: it is looked at all the same */
  g_assert_false (is_here (fixture, OTHER));
  g_assert_cmpstr (fetch (fixture), ==, "");
}

/* Nobody else has what the bank does not have yet: it has its place without any budget, and is one of the others afterwards. */
static void
test_unsent_stays (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcBlob) waiting = NULL, sent = NULL;
  g_autofree char *sha256 = NULL;

  fetch (fixture);
  sha256 = attach (fixture, OTHER, SIZE, 'x');
  set_budget (fixture, 0);
  g_assert_cmpstr (here (fixture), ==, "");
  waiting = gxc_blob_find (store_of (fixture), sha256, &error);
  g_assert_no_error (error);
  g_assert_nonnull (waiting->path);
  g_assert_true (gxc_carry_trim (store_of (fixture), &error));
  g_assert_true (g_file_test (waiting->path, G_FILE_TEST_EXISTS));

  gxt_context_sync (fixture->context);
  sent = gxc_blob_find (store_of (fixture), sha256, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sent->state, ==, GXC_BLOB_SENT);
  g_assert_null (sent->path);
  g_assert_false (g_file_test (waiting->path, G_FILE_TEST_EXISTS));
}

/* --- right -------------------------------------------------------------------------------------------------------- */

/* What the bank does not give holds up nobody, and is asked for again when somebody chooses anew. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = gxt_blobs_path (fixture->blobs, fixture->hashes[TODAY]), *aside = g_strconcat (path, ".aside", NULL);
  GxcAhead *ahead = gxc_transfer_get_ahead (gxc_sync_get_transfer (gxc_context_get_sync (fixture->context)));
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_rename (path, aside), ==, 0);
  g_assert_cmpstr (fetch (fixture), ==, "abcdef");
  g_assert_cmpstr (here (fixture), ==, "acdef");
  g_assert_true (gxc_ahead_is_refused (ahead, fixture->hashes[TODAY]));
  g_assert_cmpstr (fetch (fixture), ==, "");
  g_assert_cmpint (g_rename (aside, path), ==, 0);
  gxc_ahead_try_again (ahead);
  g_assert_cmpstr (fetch (fixture), ==, "b");
}

/* A supervisor holds the branch's customers behind masks: a pin on one wants no document that the bank would not open. */
static void
test_not_ones_own (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *folder = g_dir_make_tmp ("guanxi-test-XXXXXX", NULL);
  GxtLine line = { .bank = fixture->bank, .person = GXT_SUP1, .blobs = fixture->blobs };
  g_autoptr(GxcContext) context = gxt_context_sign_in (&line, &(GxcContextOptions) { .directory = folder });
  GxcStore *store = gxc_context_get_store (context);
  GxPin *pin = gx_entity_new (&gx_pin_entity);
  g_autoptr(GPtrArray) list = NULL, missing = NULL;
  g_autoptr(GError) error = NULL;
  GxcWritten written;

  gxc_sync_run (gxc_context_get_sync (context), NULL, &error);
  g_assert_no_error (error);
  pin->customer_id = fixture->customers[OTHER];
  gxc_store_create (store, &gx_pin_entity, pin, NULL, &written, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_pin_entity, pin);
  missing = gxc_carry_missing (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (missing->len, ==, 0);
  list = gxc_carry_list (gxc_store_get_db (store), &fixture->bank->clock.parent, &fixture->customers[OTHER], 1, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_false (((GxcCarried *) list->pdata[0])->allowed);
  g_clear_pointer (&context, gxc_context_free);
  gxt_line_clear (&line);
  gxt_empty_folder (folder);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *name; void (*test) (Fixture *fixture, gconstpointer data); } tests[] = {
    { "order/visits_then_pins_then_core_customers_then_tasks", test_order },
    { "order/goes_with_the_day", test_another_day },
    { "order/a_pin_from_another_desk_has_its_turn", test_a_new_pin },
    { "line/goes_on_when_it_is_back", test_a_lost_line },
    { "room/ends_with_the_budget", test_budget },
    { "room/a_small_document_fits_behind_a_large_one", test_a_small_one_fits },
    { "room/is_made_by_the_oldest_that_nobody_wants", test_room_is_made },
    { "room/is_never_made_by_what_the_bank_does_not_have", test_unsent_stays },
    { "right/a_refusal_holds_up_nobody", test_refused },
    { "right/nobody_fetches_what_is_not_ones_own", test_not_ones_own },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *name = g_strconcat ("/sync/ahead/", tests[i].name, NULL);

      g_test_add (name, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
