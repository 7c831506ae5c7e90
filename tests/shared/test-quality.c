/* SPDX-License-Identifier: GPL-3.0-or-later */
/* R-DQ: what is there, what is right and what is fresh, each with its share. */
#include "gx-kind.h"
#include "gx-quality-rule.h"

#define ALL 0x7f

static void
test_score (void)
{
  static const struct { guint there, invalid, inconsistent; gint32 days; gint64 score; } rows[] = {
    { ALL, 0, 0, 0, 100 },
    { ALL, 0, 0, 90, 100 },
    { ALL, 0, 0, 365, 80 },
    { ALL, 0, 0, 4000, 80 },
    { ALL, 0, 0, GX_INT32_NONE, 80 },
    { ALL, 0, 0, 228, 90 },                                                 /* 137 of 275 days left: 0.498 */
    { 0, 0, 0, 0, 50 },
    { 0, 0, 0, GX_INT32_NONE, 30 },
    { ALL & ~GX_QUALITY_NEED, 0, 0, 0, 96 },                                /* 13 of 14 */
    { ALL & ~(GX_QUALITY_NEED | GX_QUALITY_RISK), 0, 0, 0, 89 },            /* 11 of 14 */
    { GX_QUALITY_IDENTITY | GX_QUALITY_CONTACT, 0, 0, 0, 71 },              /* 6 of 14 */
    { ALL, 1, 0, 0, 94 },
    { ALL, 1, 2, 0, 88 },
    { ALL, 9, 9, 0, 70 },                                                   /* never below nothing */
    { 0, 9, 0, GX_INT32_NONE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (gx_quality_score (rows[i].there, rows[i].invalid, rows[i].inconsistent, rows[i].days), ==, rows[i].score);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rules/quality/weighs_what_is_there_right_and_fresh", test_score);

  return g_test_run ();
}
