/* SPDX-License-Identifier: GPL-3.0-or-later */
/* R-ENTRY: what is wanted of whom, and how it stands at a moment. */
#include "gx-entry-rule.h"

#define HOUR (G_GINT64_CONSTANT (3600) * 1000)

static void
test_what_is_missing (void)
{
  static const struct { int type; guint there, missing; } rows[] = {
    { GX_CUSTOMER_PERSON, 0, 0xff },
    { GX_CUSTOMER_PERSON, 0xff, 0 },
    { GX_CUSTOMER_PERSON, 0xff & ~GX_ENTRY_NEED, GX_ENTRY_NEED },
    { GX_CUSTOMER_PERSON, GX_ENTRY_USCC | GX_ENTRY_LEGAL_REP | GX_ENTRY_INDUSTRY | GX_ENTRY_SIZE, 0xff },
    { GX_CUSTOMER_ORG, 0xff, GX_ENTRY_USCC | GX_ENTRY_LEGAL_REP | GX_ENTRY_INDUSTRY | GX_ENTRY_SIZE },
    { GX_CUSTOMER_ORG, GX_ENTRY_NAME | GX_ENTRY_MOBILE | GX_ENTRY_SOURCE | GX_ENTRY_USCC | GX_ENTRY_LEGAL_REP | GX_ENTRY_INDUSTRY | GX_ENTRY_SIZE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmphex (gx_entry_missing (rows[i].type, rows[i].there), ==, rows[i].missing);
}

static void
test_each_part_has_a_word (void)
{
  g_assert_cmpstr (gx_entry_code (GX_ENTRY_NAME), ==, "name");
  g_assert_cmpstr (gx_entry_code (GX_ENTRY_NEED), ==, "need");
  g_assert_cmpstr (gx_entry_code (GX_ENTRY_SIZE), ==, "size");
}

/* A walk-in at 10:00 (scenarios 1 and 2). */
static void
test_how_it_stands (void)
{
  const gint64 first = 1795223207000, due = gx_entry_due_at (first);
  const struct { gint64 done, now; int state; } rows[] = {
    { 0, first, GX_ENTRY_STATE_OPEN },
    { 0, due, GX_ENTRY_STATE_OPEN },
    { 0, due + 1, GX_ENTRY_STATE_BREACHED },
    { first + 10 * HOUR, first + 25 * HOUR, GX_ENTRY_STATE_DONE },
    { due, due + HOUR, GX_ENTRY_STATE_DONE },
    { due + 1, due + HOUR, GX_ENTRY_STATE_BREACHED },
  };

  g_assert_cmpint (due - first, ==, 24 * HOUR);
  g_assert_cmpint (gx_entry_warn_at (due) - first, ==, 18 * HOUR);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (gx_entry_state (due, rows[i].done, rows[i].now), ==, rows[i].state);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/entry/wants_other_things_of_persons_and_organisations", test_what_is_missing);
  g_test_add_func ("/rules/entry/names_each_part", test_each_part_has_a_word);
  g_test_add_func ("/rules/entry/is_late_after_24_hours_and_stays_so", test_how_it_stands);

  return g_test_run ();
}
