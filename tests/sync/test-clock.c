/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A laptop whose clock is wrong: it hears by how much, says so, and what is written goes with it to the bank (sync.md 1.11). */
#include "gxt-context.h"

#include <string.h>

#include "gx-protocol.h"
#include "gx-task.h"
#include "gxc-edit.h"
#include "gxc-meta.h"
#include "gxc-queue.h"
#include "gxc-sync.h"

#define HOUR G_GINT64_CONSTANT (3600000)

typedef struct
{
  GxtBank     *bank;
  GxtLine      line;
  GxFakeClock  clock;           /* the laptop's own */
  GxcContext  *context;
} Laptop;

static void
laptop_open (Laptop *laptop,
             gint64  slow)
{
  const GxcContextOptions other = { .clock = &laptop->clock.parent };

  laptop->bank = gxt_bank_new (":memory:");
  laptop->line = (GxtLine) { .bank = laptop->bank, .person = GXT_RM1 };
  gx_fake_clock_init (&laptop->clock, laptop->bank->clock.now - slow);
  laptop->context = gxt_context_sign_in (&laptop->line, &other);
}

static void
laptop_close (Laptop *laptop)
{
  gxc_context_free (laptop->context);
  gxt_line_clear (&laptop->line);
  gxt_bank_free (laptop->bank);
}

static void
sync_laptop (Laptop *laptop)
{
  g_autoptr(GError) error = NULL;

  gxc_sync_run (gxc_context_get_sync (laptop->context), NULL, &error);
  g_assert_no_error (error);
}

static void
write_task (Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  GxTask *task = gx_entity_new (&gx_task_entity);

  task->kind = 1;
  task->due_at = 1795223207000;
  task->title = g_strdup ("x");
  gxc_store_create (gxc_context_get_store (laptop->context), &gx_task_entity, task, NULL, NULL, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_task_entity, task);
}

static gint64
clock_off (Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  GxcCounts counts;

  gxc_counts_read (gxc_store_get_db (gxc_context_get_store (laptop->context)), &counts, &error);
  g_assert_no_error (error);

  return counts.clock_off;
}

/* Written offline on a clock that is an hour wrong: the bank can tell when it really was. */
static void
test_a_wrong_clock (gconstpointer data)
{
  gint64 slow = *(const gint64 *) data, written;
  Laptop laptop;

  laptop_open (&laptop, slow);
  sync_laptop (&laptop);
  g_assert_cmpint (ABS (clock_off (&laptop) - slow), <, 3000);
  g_assert_true (ABS (clock_off (&laptop)) > GX_CLOCK_TOLERANCE);

  written = laptop.bank->clock.now;
  write_task (&laptop);
  laptop.clock.now += 8 * HOUR;
  laptop.bank->clock.now += 8 * HOUR;
  sync_laptop (&laptop);
  g_assert_cmpint (gxt_number (laptop.bank->db, "SELECT made_at FROM mut_result"), ==, written - slow);
  g_assert_cmpint (ABS (gxt_number (laptop.bank->db, "SELECT made_at + clk FROM mut_result") - written), <, 3000);

  /* Set right, it is told so. */
  laptop.clock.now = laptop.bank->clock.now;
  sync_laptop (&laptop);
  g_assert_cmpint (clock_off (&laptop), ==, 0);
  laptop_close (&laptop);
}

static void
test_a_good_clock (void)
{
  Laptop laptop;

  laptop_open (&laptop, 700);
  sync_laptop (&laptop);
  g_assert_cmpint (clock_off (&laptop), ==, 0);
  write_task (&laptop);
  sync_laptop (&laptop);
  g_assert_cmpint (gxt_number (laptop.bank->db, "SELECT clk FROM mut_result"), ==, 0);
  laptop_close (&laptop);
}

int
main (int    argc,
      char **argv)
{
  static const gint64 slow = HOUR, fast = -HOUR;

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/sync/clock/an_hour_slow", &slow, test_a_wrong_clock);
  g_test_add_data_func ("/sync/clock/an_hour_fast", &fast, test_a_wrong_clock);
  g_test_add_func ("/sync/clock/right_to_the_second", test_a_good_clock);

  return g_test_run ();
}
