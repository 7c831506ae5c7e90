/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list as text: a table for the clipboard, as it is shown, and a file for a spreadsheet, which says less. Amounts stay on
 * the desk though their owner sees them in clear: R-EXPORT lets 200 rows go without sensitive fields (S3), and balances are
 * such; a file with any of them is a request that compliance decides. So does what a mask or the curtain covers. No cell
 * begins as a formula does, since a customer's name is somebody else's words. Neither chooses the rows. */

#include "gxc-customers-export.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-error.h"

#define BOM     "\xef\xbb\xbf"      /* or Excel takes UTF-8 for the machine's own code page */
#define NOTHING "\u2014"

static gboolean
check_number (guint n_ids, GError **error)
{
  if (n_ids <= GXC_CUSTOMERS_EXPORT_MAX)
    return TRUE;
  return gx_fail (error, GX_ERROR_FORBIDDEN, _("R-EXPORT: at most %d customers at once, and these are %u. Tick those you need, or narrow the view by a filter."),
                  GXC_CUSTOMERS_EXPORT_MAX, n_ids);
}

/* --- a cell --------------------------------------------------------------------------------------------------------- */

/* A tab or a line's end would be another cell. */
static void
append_plain (GString *text, const char *words)
{
  for (const char *c = words; *c; c++)
    g_string_append_c (text, *c == '\t' || *c == '\n' || *c == '\r' ? ' ' : *c);
}

static void
append_quoted (GString *text, const char *words)
{
  g_autoptr(GString) quoted = g_string_new (words);

  if (*words && strchr ("=+-@\t\r", *words))
    g_string_prepend_c (quoted, '\'');
  if (strpbrk (quoted->str, ",\"\n\r"))
    {
      g_string_replace (quoted, "\"", "\"\"", 0);
      g_string_prepend_c (quoted, '"');
      g_string_append_c (quoted, '"');
    }
  g_string_append (text, quoted->str);
}

static char *
words_for_file (const GxcCustomersColumn *column, GxcCustomersPaint *paint, const GxcCustomersRow *row)
{
  char *words;

  if (gxc_customers_column_masked (column, paint, row))
    return g_strdup ("");
  words = gxc_customers_column_words (column, paint, row);
  if (g_str_equal (words, NOTHING))
    *words = '\0';
  return words;
}

/* --- the rows ------------------------------------------------------------------------------------------------------- */

typedef void (*AppendFunc) (GString *text, const char *words);

typedef struct
{
  GString   *text;
  AppendFunc append;
  char       between;
  const char *end;
  char    *(*dup_words) (const GxcCustomersColumn *column, GxcCustomersPaint *paint, const GxcCustomersRow *row);
} Writer;

static void
write_heads (Writer *writer, GxcDesk *desk, GPtrArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    {
      g_autofree char *title = gxc_customers_column_dup_title (columns->pdata[i], desk);

      if (i)
        g_string_append_c (writer->text, writer->between);
      writer->append (writer->text, title);
    }
  g_string_append (writer->text, writer->end);
}

static void
write_row (Writer *writer, GxcCustomersPaint *paint, GPtrArray *columns, const GxcCustomersRow *row)
{
  for (guint i = 0; i < columns->len; i++)
    {
      g_autofree char *words = writer->dup_words (columns->pdata[i], paint, row);

      if (i)
        g_string_append_c (writer->text, writer->between);
      writer->append (writer->text, words);
    }
  g_string_append (writer->text, writer->end);
}

static gboolean
write_all (Writer *writer, GxcCustomersPaint *paint, GPtrArray *columns, const GxId *ids, guint n_ids, GError **error)
{
  g_autoptr(GArray) rows = check_number (n_ids, error) ? gxc_customers_rows_read (paint->desk, ids, n_ids, error) : NULL;

  if (!rows)
    return FALSE;
  gxc_customers_paint_update (paint);
  write_heads (writer, paint->desk, columns);
  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, GxcCustomersRow, i).customer)
      write_row (writer, paint, columns, &g_array_index (rows, GxcCustomersRow, i));
  return TRUE;
}

/**
 * gxc_customers_to_table:
 * @columns: (element-type GxcCustomersColumn)
 *
 * Returns: (transfer full) (nullable): heads and rows with tabs between, as a spreadsheet takes them from the clipboard
 *
 * Errors: %GX_ERROR_FORBIDDEN above %GXC_CUSTOMERS_EXPORT_MAX; those of reading
 */
char *
gxc_customers_to_table (GxcCustomersPaint  *paint,
                        GPtrArray          *columns,
                        const GxId         *ids,
                        guint               n_ids,
                        GError            **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  Writer writer = { text, append_plain, '\t', "\n", gxc_customers_column_words };

  return write_all (&writer, paint, columns, ids, n_ids, error) ? g_strdup (text->str) : NULL;
}

/**
 * gxc_customers_to_csv:
 *
 * The same as a file (RFC 4180, UTF-8 with its mark), with the customer's number first, without the
 * columns of amounts, and empty where a mask is shown.
 */
char *
gxc_customers_to_csv (GxcCustomersPaint  *paint,
                      GPtrArray          *columns,
                      const GxId         *ids,
                      guint               n_ids,
                      GError            **error)
{
  g_autoptr(GString) text = g_string_new (BOM);
  g_autoptr(GPtrArray) plain = g_ptr_array_new ();
  Writer writer = { text, append_quoted, ',', "\r\n", words_for_file };

  g_ptr_array_add (plain, (gpointer) gxc_customers_find_column ("cif"));
  for (guint i = 0; i < columns->len; i++)
    if (!((const GxcCustomersColumn *) columns->pdata[i])->amounts && columns->pdata[i] != plain->pdata[0])
      g_ptr_array_add (plain, columns->pdata[i]);
  return write_all (&writer, paint, plain, ids, n_ids, error) ? g_strdup (text->str) : NULL;
}
