/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of SQLite as a JSON object, by the shortest way.
 *
 * Nothing is escaped: the floor's own bank holds no character that asks for it. */

#include "gxb-answer.h"

#include <string.h>

static void
append_integer (GString *out, gint64 value)
{
  char digits[24];
  int at = sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  do
    digits[--at] = '0' + rest % 10;
  while ((rest /= 10) > 0);
  if (value < 0)
    digits[--at] = '-';
  g_string_append_len (out, digits + at, sizeof digits - at);
}

static void
append_value (GString *out, sqlite3_stmt *row, int column)
{
  char text[GX_ID_STRING_SIZE];
  GxId id;

  switch (sqlite3_column_type (row, column))
    {
    case SQLITE_INTEGER:
      append_integer (out, sqlite3_column_int64 (row, column));
      break;
    case SQLITE_TEXT:
      g_string_append_c (out, '"');
      g_string_append_len (out, (const char *) sqlite3_column_text (row, column), sqlite3_column_bytes (row, column));
      g_string_append_c (out, '"');
      break;
    case SQLITE_BLOB:
      memcpy (id.b, sqlite3_column_blob (row, column), sizeof id.b);
      g_string_append_c (out, '"');
      g_string_append_len (out, gx_id_write (&id, text), GX_ID_STRING_SIZE - 1);
      g_string_append_c (out, '"');
      break;
    default:
      g_string_append_len (out, "null", 4);
    }
}

/**
 * gxb_answer_row:
 * @row: a statement that stands on a row
 *
 * Appends the row as one JSON object, a member a column.
 */
void
gxb_answer_row (GString *out, sqlite3_stmt *row)
{
  int columns = sqlite3_column_count (row);

  for (int i = 0; i < columns; i++)
    {
      const char *name = sqlite3_column_name (row, i);

      g_string_append_c (out, i == 0 ? '{' : ',');
      g_string_append_c (out, '"');
      g_string_append_len (out, name, strlen (name));
      g_string_append_len (out, "\":", 2);
      append_value (out, row, i);
    }
  g_string_append_c (out, '}');
}
