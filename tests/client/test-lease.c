/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a desk works without the server: what time it is to a lease, when it ends, and that every writer of a store that
 * lies on a disk asks it.
 */
#include "gxt-desk.h"

#include "gx-task.h"
#include "gxc-blob.h"
#include "gxc-issues.h"
#include "gxc-meta.h"
#include "gxc-store-lease.h"

#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define NOW G_GINT64_CONSTANT (1795223207000)

static void
test_time (void)
{
  static const struct { const char *what; gint64 now, clock_off, awake, told; } cases[] = {
    { "goes with the clock", 3 * DAY, 0, 0, 3 * DAY },
    { "is not what a clock says that was set back", -9 * DAY, 0, 0, 0 },
    { "goes on while the desk is open, whatever the clock says", -9 * DAY, 0, 2 * DAY, 2 * DAY },
    { "is corrected where the clock is known to be slow", -19 * DAY, 20 * DAY, 0, DAY },
    { "is the clock's once it was put right", DAY, 20 * DAY, 0, DAY },
    { "is corrected where the clock is known to be fast", 21 * DAY, -20 * DAY, 0, DAY },
    { "is the clock's once a fast one was put right", DAY, -20 * DAY, 0, DAY },
    { "does not go back with what nobody can have been awake", DAY, 0, -5 * DAY, DAY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 told = gxc_lease_tell_time (NOW, NOW + cases[i].now, cases[i].clock_off, cases[i].awake);

      if (told != NOW + cases[i].told)
        g_test_message ("%s: %" G_GINT64_FORMAT, cases[i].what, told - NOW);
      g_assert_cmpint (told, ==, NOW + cases[i].told);
    }
}

static void
test_ends (void)
{
  static const struct { gint64 after; GxcLeaseState state; guint left; gboolean told; } cases[] = {
    { 0, GXC_LEASE_OPEN, 7, FALSE },
    { 5 * DAY - 1, GXC_LEASE_OPEN, 3, FALSE },
    { 5 * DAY, GXC_LEASE_OPEN, 2, TRUE },
    { 7 * DAY - 1, GXC_LEASE_OPEN, 1, TRUE },
    { 7 * DAY, GXC_LEASE_READ_ONLY, 7, TRUE },
    { 14 * DAY - 1, GXC_LEASE_READ_ONLY, 1, TRUE },
    { 14 * DAY, GXC_LEASE_LOCKED, 0, TRUE },
    { 900 * DAY, GXC_LEASE_LOCKED, 0, TRUE },
  };
  GxcLease lease;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title = NULL, *words = NULL;

      gxc_lease_judge (NOW, NOW + cases[i].after, 7, 14, &lease);
      title = gxc_lease_title (&lease);
      words = gxc_lease_words (&lease);
      g_assert_cmpint (lease.state, ==, cases[i].state);
      g_assert_cmpuint (gxc_lease_days_left (&lease), ==, cases[i].left);
      g_assert_true ((title != NULL) == cases[i].told && (words != NULL) == cases[i].told);
    }

  gxc_lease_judge (0, NOW, 7, 14, &lease);
  g_assert_false (gxc_lease_ends_soon (&lease));
  g_assert_cmpint (lease.state, ==, GXC_LEASE_OPEN);
}

/* --- of a store on a disk ------------------------------------------------------------------------------------------ */

typedef struct
{
  GxClock     parent;
  gint64      now;              /* ms UTC: whoever has the computer sets it */
  gint64      awake;            /* ms: nobody does */
  char       *folder;
  GxcStore   *store;
} Desk;

static gint64
desk_now (GxClock *clock)
{
  return ((Desk *) clock)->now;
}

static gint64
desk_monotonic (GxClock *clock)
{
  return ((Desk *) clock)->awake * 1000;
}

static void
desk_open (Desk *desk)
{
  GxcStoreOptions options = { .directory = desk->folder, .clock = &desk->parent };
  g_autoptr(GError) error = NULL;

  desk->store = gxc_store_open (&options, &error);
  g_assert_no_error (error);
  g_assert_true (gxc_lease_touch (desk->store, &error));
}

static GxcLeaseState
state_of (Desk *desk)
{
  GxcLease lease;

  gxc_store_read_lease (desk->store, &lease);
  return lease.state;
}

static void
desk_init (Desk *desk)
{
  g_autoptr(GError) error = NULL;
  GxId me;

  *desk = (Desk) { .parent = { desk_now, desk_monotonic }, .now = NOW, .awake = DAY };
  desk->folder = g_dir_make_tmp ("guanxi-test-XXXXXX", &error);
  desk_open (desk);
  me = gxc_store_new_id (desk->store);
  g_assert_true (gxc_meta_set (desk->store, GXC_META_EMPLOYEE_ID, GX_ID_STR (&me), &error));
}

static void
desk_clear (Desk *desk)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", desk->folder);

  gxc_store_close (desk->store);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (desk->folder);
}

static void
pass (Desk  *desk,
      gint64 ms)
{
  g_autoptr(GError) error = NULL;

  desk->now += ms;
  g_assert_true (gxc_lease_touch (desk->store, &error));
}

static gboolean
write_task (Desk    *desk,
            GxId    *out_id,
            GError **error)
{
  GxTask *task = gx_entity_new (&gx_task_entity);
  GxcWritten out;
  gboolean written;

  task->kind = 1;
  task->due_at = NOW;
  task->title = g_strdup ("a");
  written = gxc_store_create (desk->store, &gx_task_entity, task, NULL, &out, error);
  gx_entity_free (&gx_task_entity, task);
  if (written && out_id != NULL)
    *out_id = out.id;

  return written;
}

static void
test_writers_are_refused (void)
{
  g_autoptr(GBytes) paper = g_bytes_new_static ("%PDF-1.4\n", 9);
  g_autoptr(GError) error = NULL;
  Desk desk;
  GxId task;

  desk_init (&desk);
  g_assert_cmpint (state_of (&desk), ==, GXC_LEASE_OPEN);       /* nobody signed in yet */
  g_assert_true (gxc_lease_renew (desk.store, &error));
  g_assert_true (write_task (&desk, &task, &error));

  pass (&desk, 7 * DAY - 1);
  g_assert_true (write_task (&desk, NULL, &error));
  g_assert_no_error (error);
  pass (&desk, 1);
  g_assert_cmpint (state_of (&desk), ==, GXC_LEASE_READ_ONLY);
  g_assert_false (write_task (&desk, NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_LEASE);
  g_clear_error (&error);
  g_assert_false (gxc_store_delete (desk.store, &gx_task_entity, &task, NULL, NULL, &error));   /* it never left: it would be taken back */
  g_assert_error (error, GX_ERROR, GX_ERROR_LEASE);
  g_clear_error (&error);
  g_assert_null (gxc_blob_add (desk.store, paper, "a.pdf", &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_LEASE);
  g_clear_error (&error);
  g_assert_false (gxc_issues_drop (desk.store, 1, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_LEASE);
  g_clear_error (&error);
  g_assert_true (gxc_lease_may_show (desk.store, &error));

  pass (&desk, 7 * DAY);
  g_assert_cmpint (state_of (&desk), ==, GXC_LEASE_LOCKED);
  g_assert_false (gxc_lease_may_show (desk.store, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_LEASE);
  g_clear_error (&error);
  g_assert_cmpint (gxc_queue_length (gxc_store_get_db (desk.store)), ==, 2);

  g_assert_true (gxc_lease_renew (desk.store, &error));
  g_assert_cmpint (state_of (&desk), ==, GXC_LEASE_OPEN);
  g_assert_true (write_task (&desk, NULL, &error));
  desk_clear (&desk);
}

/* Back by a year, again and again, and the program begun anew: not an hour more. */
static void
test_a_clock_that_is_set_back (void)
{
  g_autoptr(GError) error = NULL;
  Desk desk;

  desk_init (&desk);
  g_assert_true (gxc_lease_renew (desk.store, &error));
  pass (&desk, 6 * DAY);
  pass (&desk, -365 * DAY);
  g_assert_cmpint (state_of (&desk), ==, GXC_LEASE_OPEN);

  gxc_store_close (desk.store);
  desk_open (&desk);
  desk.awake += DAY - 1;
  pass (&desk, -1);
  g_assert_cmpint (state_of (&desk), ==, GXC_LEASE_OPEN);
  desk.awake += 1;
  pass (&desk, -1);
  g_assert_cmpint (state_of (&desk), ==, GXC_LEASE_READ_ONLY);
  gxc_store_close (desk.store);
  desk_open (&desk);
  g_assert_cmpint (state_of (&desk), ==, GXC_LEASE_READ_ONLY);

  g_assert_true (gxc_lease_renew (desk.store, &error));
  g_assert_cmpint (state_of (&desk), ==, GXC_LEASE_OPEN);
  desk_clear (&desk);
}

static gboolean
set_days_here (GxcStore  *store,
               gpointer   data,
               GError   **error)
{
  const char *const *pair = data;
  GxId id = gxc_store_new_id (store);

  return gx_db_run (gxc_store_get_db (store), error, "INSERT INTO setting(id, v, v0, code, value) VALUES(?, 1, 1, ?, ?)", "utt", &id, pair[0], pair[1]);
}

static void
test_the_banks_days (void)
{
  const char *read_only[] = { "lease_read_only_days", "2" }, *locked[] = { "lease_locked_days", "no number" };
  g_autoptr(GError) error = NULL;
  Desk desk;

  desk_init (&desk);
  g_assert_true (gxc_lease_renew (desk.store, &error));
  g_assert_true (gxc_store_call (desk.store, set_days_here, read_only, &error));
  g_assert_true (gxc_store_call (desk.store, set_days_here, locked, &error));
  pass (&desk, 2 * DAY);
  g_assert_cmpint (state_of (&desk), ==, GXC_LEASE_READ_ONLY);
  pass (&desk, 12 * DAY - 1);
  g_assert_cmpint (state_of (&desk), ==, GXC_LEASE_READ_ONLY);
  pass (&desk, 1);
  g_assert_cmpint (state_of (&desk), ==, GXC_LEASE_LOCKED);
  desk_clear (&desk);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/lease/its_time_is_the_greatest_ever_seen", test_time);
  g_test_add_func ("/client/lease/its_ends_and_when_they_are_told", test_ends);
  g_test_add_func ("/client/lease/every_writer_is_refused_and_the_queue_stays", test_writers_are_refused);
  g_test_add_func ("/client/lease/a_clock_set_back_gives_no_hour_more", test_a_clock_that_is_set_back);
  g_test_add_func ("/client/lease/the_days_are_the_banks", test_the_banks_days);

  return g_test_run ();
}
