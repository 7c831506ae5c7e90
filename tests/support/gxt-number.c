/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a test asks of a database in one number. SQL that fails, or finds no row, fails the test: no number stands for it. Not for
 * what may be missing: gx_db_query_int () says so itself. */

#include "gxt-number.h"

/** gxt_number: the first column of the first row of @sql */
gint64
gxt_number (GxDb       *db,
            const char *sql)
{
  return gxt_number_of (db, sql, NULL);
}

/**
 * gxt_number_of:
 * @id: (nullable): what the one ? in @sql stands for
 */
gint64
gxt_number_of (GxDb       *db,
               const char *sql,
               const GxId *id)
{
  g_autoptr(GError) error = NULL;
  gint64 n = -1;

  gx_db_query_int (db, &n, &error, sql, id != NULL ? "u" : NULL, id);
  g_assert_no_error (error);
  return n;
}
