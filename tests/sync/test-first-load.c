/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A first load whose desk dies after each page of it (sync.md 1.7): what was loaded is there when it comes back, what was shown as
 * done goes on, no page is asked for a second time, and in the end it has the bank's rows.
 *
 * The power is cut, so that nothing is written that the page itself did not write. What is cut in the midst of a page is
 * test-power-cut-desk's matter.
 */
#include "gxt-direct.h"
#include "gxt-disk.h"
#include "gxt-same.h"

#include <string.h>

#include "gx-protocol.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gxc-list.h"
#include "gxc-meta.h"
#include "gxc-sync.h"

#define N_TASKS 23          /* of the person's own; a page has five rows */

typedef struct
{
  GxtBank      *bank;
  GxtLine       line;
  GxSeededRandom random;
  GxtDisk      *disk;
  GxcContext   *context;
  GxtWatch      watch;
  GHashTable   *asked;      /* of the paths of pages */
  guint         n_pages;
  guint         n_twice;    /* pages that were asked for more than once */
  guint         n_kills;
  gboolean      busy;       /* the bank goes on meanwhile */
} Desk;

static void
note_page (gpointer          data,
           GxtLine          *line,
           const GxcRequest *request,
           GxcResponse      *response)
{
  Desk *desk = data;

  if (!g_str_has_prefix (request->path, GX_PATH_BOOTSTRAP))
    return;
  desk->n_pages++;
  desk->n_twice += !g_hash_table_add (desk->asked, g_strdup (request->path));
}

static void
open_desk (Desk *desk)
{
  GxcKeyring *keyring = gxc_keyring_new_memory ();
  GxcContextOptions options = { .clock = &desk->bank->clock.parent, .random = &desk->random.parent, .connect = gxt_direct_connect,
                                .connect_data = &desk->line, .keyring = keyring, .vfs = gxt_disk_get_vfs (desk->disk) };
  g_autoptr(GError) error = NULL;

  gxc_keyring_store (keyring, GXC_SECRET_TOKEN, "t", &error);
  g_assert_no_error (error);
  desk->context = gxc_context_new (&options, &error);
  g_assert_no_error (error);
}

static void
add_task (Desk *desk,
          guint n)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (desk->bank);
  g_autoptr(GError) error = NULL;
  GxTask *task = gx_entity_new (&gx_task_entity);

  task->title = g_strdup_printf ("Task %u", n);
  task->kind = 1;
  task->due_at = desk->bank->clock.now + 3600000;
  task->status = GX_TASK_OPEN;
  task->assignee_id = desk->bank->people[desk->line.person].employee;
  gxt_bank_create (batch, &gx_task_entity, task);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
}

static void
begin (Desk      *desk,
       GxtPerson  person)
{
  g_autoptr(GError) error = NULL;

  *desk = (Desk) { .bank = gxt_bank_new (":memory:") };
  gx_seeded_random_init (&desk->random, 4711);
  desk->disk = gxt_disk_new (&desk->random.parent);
  desk->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  desk->watch = (GxtWatch) { .after = note_page, .data = desk };
  desk->line = (GxtLine) { .bank = desk->bank, .person = person, .watch = &desk->watch };
  for (guint i = 0; i < N_TASKS; i++)
    add_task (desk, i);
  open_desk (desk);
  gxc_context_sign_in (desk->context, "https://bank", NULL, "login", "password", NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Desk          *desk,
        gconstpointer  busy)
{
  begin (desk, GXT_RM1);
  desk->busy = GPOINTER_TO_INT (busy);
}

static void
tear_down (Desk          *desk,
           gconstpointer  busy)
{
  gxc_context_free (desk->context);
  gxt_line_clear (&desk->line);
  gxt_bank_free (desk->bank);
  gxt_disk_free (desk->disk);
  g_hash_table_unref (desk->asked);
}

static GxDb *
db_of (Desk *desk)
{
  return gxc_store_get_db (gxc_context_get_store (desk->context));
}

static GxcCounts
counts_of (Desk *desk)
{
  g_autoptr(GError) error = NULL;
  GxcCounts counts;

  gxc_counts_read (db_of (desk), &counts, &error);
  g_assert_no_error (error);

  return counts;
}

/* What a person sees of the load is the same before the end and after it. */
static void
die (Desk *desk)
{
  GxcCounts before = counts_of (desk), after;

  gxt_disk_cut_at (desk->disk, 1);
  gxc_context_free (desk->context);
  gxt_disk_power_on (desk->disk);
  open_desk (desk);
  desk->n_kills++;
  after = counts_of (desk);
  g_assert_cmpint (after.rows_loaded, ==, before.rows_loaded);
  g_assert_cmpint (after.rows_expected, ==, before.rows_expected);
  g_assert_cmpint (after.scopes_complete, ==, before.scopes_complete);
  g_assert_cmpint (after.scopes, ==, before.scopes);
}

/* Returns how many pages there were. */
static guint
load (Desk     *desk,
      gboolean  kill)
{
  gint64 loaded = 0;
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr(GError) error = NULL;
      guint pages = desk->n_pages;

      gxc_sync_step (gxc_context_get_sync (desk->context), &more, NULL, &error);
      g_assert_no_error (error);
      if (desk->n_pages == pages)
        continue;
      g_assert_cmpint (counts_of (desk).rows_loaded, >=, loaded);
      loaded = counts_of (desk).rows_loaded;
      if (desk->busy)
        add_task (desk, 1000 + pages);
      if (kill)
        die (desk);
    }

  return desk->n_pages;
}

static void
test_every_page (Desk          *desk,
                 gconstpointer  busy)
{
  guint pages = load (desk, TRUE);

  g_test_message ("%u pages, %u kills, %" G_GINT64_FORMAT " rows", pages, desk->n_kills, counts_of (desk).rows_loaded);
  g_assert_cmpuint (pages, >, N_TASKS / 5);
  g_assert_cmpuint (desk->n_kills, ==, pages);
  g_assert_cmpuint (desk->n_twice, ==, 0);
  g_assert_cmpint (counts_of (desk).scopes_complete, ==, counts_of (desk).scopes);
  g_assert_cmpuint (gxt_same_rows (&desk->line, db_of (desk)), >, N_TASKS);
}

/* As many pages as a desk needs that nobody disturbs. */
static void
test_no_page_more (void)
{
  Desk calm, killed;
  guint pages;

  set_up (&calm, GINT_TO_POINTER (FALSE));
  pages = load (&calm, FALSE);
  tear_down (&calm, NULL);
  set_up (&killed, GINT_TO_POINTER (FALSE));
  g_assert_cmpuint (load (&killed, TRUE), ==, pages);
  tear_down (&killed, NULL);
}

/* The pull that follows a load may hang: by then the figures of what came are made. */
static gboolean
note_pull (gpointer          data,
           GxtLine          *line,
           const GxcRequest *request,
           GxcResponse      *response)
{
  Desk *desk = data;
  GxcCounts counts = counts_of (desk);

  if (!g_str_has_prefix (request->path, GX_PATH_PULL) || counts.scopes == 0 || counts.scopes_complete < counts.scopes)
    return FALSE;
  desk->n_pages++;
  g_assert_true (counts.has_figures);
  return FALSE;
}

static void
test_figures_before_the_pull (void)
{
  g_autoptr(GError) error = NULL;
  gboolean more = TRUE;
  Desk desk;

  set_up (&desk, GINT_TO_POINTER (FALSE));
  desk.watch = (GxtWatch) { .before = note_pull, .data = &desk };
  g_assert_false (counts_of (&desk).has_figures);
  while (more)
    {
      gxc_sync_step (gxc_context_get_sync (desk.context), &more, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (desk.n_pages, >, 0);
  tear_down (&desk, NULL);
}

static gint64
count (Desk       *desk,
       const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxStatement) statement = gx_db_query (db_of (desk), &error, sql, NULL);

  g_assert_true (gx_statement_next (statement, &error));
  return gx_statement_get_int (statement, 0);
}

static guint
n_listed (Desk *desk)
{
  const GxcListQuery query = { .entity = &gx_task_entity, .sort = "due_at" };
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = gxc_list_ids (db_of (desk), &query, &error);

  g_assert_no_error (error);
  return ids->len;
}

/* A supervisor's branch comes last: by then one's own rows are all here, and the window has what its first pages list. */
static void
test_usable_before_the_branch (void)
{
  gboolean more = TRUE, used = FALSE;
  Desk desk;

  begin (&desk, GXT_SUP1);
  while (more)
    {
      g_autoptr(GError) error = NULL;

      gxc_sync_step (gxc_context_get_sync (desk.context), &more, NULL, &error);
      g_assert_no_error (error);
      if (count (&desk, "SELECT COUNT(*) FROM scope WHERE held=1 AND name LIKE 'br:%'") > 0)
        g_assert_true (used);
      if (used || count (&desk, "SELECT COUNT(*) FROM scope WHERE held=1 AND name LIKE 'ow:%'") == 0)
        continue;
      g_assert_cmpint (count (&desk, "SELECT COUNT(*) FROM scope WHERE held=0 AND name LIKE 'br:%'"), ==, 1);
      g_assert_cmpint (count (&desk, "SELECT COUNT(*) FROM scope WHERE held=0 AND name='ref'"), ==, 0);
      g_assert_cmpuint (n_listed (&desk), ==, N_TASKS);
      g_assert_cmpint (count (&desk, "SELECT COUNT(*) FROM customer"), ==, 0);
      used = TRUE;
    }
  g_assert_true (used);
  g_assert_cmpint (count (&desk, "SELECT COUNT(*) FROM customer"), >, 0);
  g_assert_cmpuint (gxt_same_rows (&desk.line, db_of (&desk)), >, N_TASKS);
  tear_down (&desk, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/first_load/goes_on_after_every_page", Desk, GINT_TO_POINTER (FALSE), set_up, test_every_page, tear_down);
  g_test_add ("/sync/first_load/goes_on_while_the_bank_does", Desk, GINT_TO_POINTER (TRUE), set_up, test_every_page, tear_down);
  g_test_add_func ("/sync/first_load/has_its_figures_before_the_pull_that_follows", test_figures_before_the_pull);
  g_test_add_func ("/sync/first_load/is_usable_before_the_branch_is_here", test_usable_before_the_branch);
  g_test_add_func ("/sync/first_load/asks_for_no_page_more", test_no_page_more);

  return g_test_run ();
}
