/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of rows separated by semicolons, plain or xz-compressed, read line by line with libcsv.
 *
 * Each line is parsed on its own, so that a broken quotation mark costs one row and not the rest of the file. It knows
 * nothing of what the columns mean.
 */
#include "gxs-import-file.h"

#include "gx-error.h"

#include <csv.h>
#include <gio/gio.h>
#include <lzma.h>
#include <string.h>

#define MAX_FIELDS 64

typedef struct
{
  struct csv_parser parser;
  GPtrArray        *fields;     /* of char*, of the line at hand */
} Line;

/* The memory that a decoder may ask for, bytes; a file of ours needs a tenth of it. */
#define DECODER_MEMORY (256 * 1024 * 1024)

static GBytes *
unpack (const char  *path,
        const char  *packed,
        gsize        length,
        GError     **error)
{
  lzma_stream stream = LZMA_STREAM_INIT;
  g_autoptr(GByteArray) out = g_byte_array_new ();
  guint8 buffer[65536];
  lzma_ret rc = lzma_stream_decoder (&stream, DECODER_MEMORY, LZMA_CONCATENATED);

  stream.next_in = (const guint8 *) packed;
  stream.avail_in = length;
  while (rc == LZMA_OK)
    {
      stream.next_out = buffer;
      stream.avail_out = sizeof buffer;
      rc = lzma_code (&stream, LZMA_FINISH);
      g_byte_array_append (out, buffer, (guint) (sizeof buffer - stream.avail_out));
    }
  lzma_end (&stream);
  if (rc != LZMA_STREAM_END)
    {
      gx_fail (error, GX_ERROR_MALFORMED, "%s: is not a whole xz file (%d)", path, rc);
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static char *
find_file (const char        *dir,
           const char *const *stems)
{
  static const char *const endings[] = { ".asc", ".csv", ".asc.xz", ".csv.xz" };

  for (guint i = 0; stems[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (endings); j++)
      {
        g_autofree char *name = g_strconcat (stems[i], endings[j], NULL);
        g_autofree char *path = g_build_filename (dir, name, NULL);

        if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
          return g_steal_pointer (&path);
      }

  return NULL;
}

/* A stem that ends in * matches the first file, by name, that begins so. */
static char *
match_file (const char        *dir,
            const char *const *stems)
{
  char *path = find_file (dir, stems);

  for (guint i = 0; path == NULL && stems[i] != NULL; i++)
    {
      g_autoptr(GDir) folder = NULL;
      g_autofree char *prefix = g_strndup (stems[i], strcspn (stems[i], "*"));
      const char *name;

      if (!g_str_has_suffix (stems[i], "*") || (folder = g_dir_open (dir, 0, NULL)) == NULL)
        continue;
      while ((name = g_dir_read_name (folder)) != NULL)
        if (g_str_has_prefix (name, prefix) && (path == NULL || strcmp (name, path + strlen (dir) + 1) < 0))
          {
            g_free (path);
            path = g_build_filename (dir, name, NULL);
          }
    }

  return path;
}

/**
 * gxs_import_file_open:
 * @stems: names without their ending, the first that exists is taken; "name*" for any ending
 *
 * Returns: (transfer full) (nullable): the file, read and unpacked
 *
 * Errors: %GX_ERROR_NOT_FOUND naming what was looked for, %GX_ERROR_MALFORMED, %GX_ERROR_IO
 */
GxsImportFile *
gxs_import_file_open (const char         *dir,
                      const char *const  *stems,
                      GError            **error)
{
  g_autoptr(GxsImportFile) file = g_new0 (GxsImportFile, 1);
  g_autofree char *raw = NULL;
  g_autofree char *sha256 = NULL;
  gsize length;

  file->rejects = g_ptr_array_new_with_free_func (g_free);
  file->path = match_file (dir, stems);
  if (file->path == NULL)
    {
      gx_fail (error, GX_ERROR_NOT_FOUND, "%s: there is no %s.asc or .csv, plain or .xz", dir, stems[0]);
      return NULL;
    }
  if (!g_file_get_contents (file->path, &raw, &length, error))
    {
      gx_error_adopt (error);
      return NULL;
    }

  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) raw, length);
  g_strlcpy (file->sha256, sha256, sizeof file->sha256);
  if (g_str_has_suffix (file->path, ".xz"))
    file->bytes = unpack (file->path, raw, length, error);
  else
    file->bytes = g_bytes_new_take (g_steal_pointer (&raw), length);

  return file->bytes != NULL ? g_steal_pointer (&file) : NULL;
}

void
gxs_import_file_free (GxsImportFile *file)
{
  g_free (file->path);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_ptr_array_unref (file->rejects);
  g_free (file);
}

static void
on_field_ended_cb (void   *text,
                   size_t  length,
                   void   *user_data)
{
  g_ptr_array_add (user_data, g_strndup (text, length));
}

static gboolean
parse_line (Line        *line,
            const char  *text,
            gsize        length,
            GError     **error)
{
  g_ptr_array_set_size (line->fields, 0);
  /* In the database it would stop every desk that is sent it. */
  if (!g_utf8_validate (text, (gssize) length, NULL))
    return gx_fail_field (error, GX_ERROR_MALFORMED, "row", "utf8", "is not UTF-8");
  if (csv_parse (&line->parser, text, length, on_field_ended_cb, NULL, line->fields) != length
      || csv_fini (&line->parser, on_field_ended_cb, NULL, line->fields) != 0)
    {
      /* A strict parser that failed is of no more use. */
      csv_free (&line->parser);
      csv_init (&line->parser, CSV_STRICT | CSV_STRICT_FINI);
      csv_set_delim (&line->parser, ';');
      return gx_fail_field (error, GX_ERROR_MALFORMED, "row", "csv", "has a quotation mark that is not closed");
    }

  return TRUE;
}

static gboolean
locate_columns (GxsImportFile      *file,
                const Line         *line,
                const char *const  *columns,
                guint               places[static MAX_FIELDS],
                GError            **error)
{
  for (guint i = 0; columns[i] != NULL; i++)
    {
      guint place = 0;

      while (place < line->fields->len && strcmp (line->fields->pdata[place], columns[i]) != 0)
        place++;
      if (place == line->fields->len)
        return gx_fail (error, GX_ERROR_MALFORMED, "%s: its head line has no column %s", file->path, columns[i]);
      places[i] = place;
    }

  return TRUE;
}

static gboolean
handle_row (const Line         *line,
            const char *const  *columns,
            const guint         places[static MAX_FIELDS],
            guint               n_columns,
            GxsImportRow        row,
            gpointer            user_data,
            guint               number,
            GError            **error)
{
  const char *fields[MAX_FIELDS];

  if (line->fields->len != n_columns)
    return gx_fail_field (error, GX_ERROR_MALFORMED, "row", "columns", "has %u fields, the head line %u", line->fields->len, n_columns);

  for (guint i = 0; columns[i] != NULL; i++)
    fields[i] = line->fields->pdata[places[i]];

  return row (user_data, number, fields, error);
}

/**
 * gxs_import_file_reject:
 *
 * Remembers that the row at @line was refused, and why.
 */
void
gxs_import_file_reject (GxsImportFile *file,
                        guint          line,
                        const GError  *error)
{
  g_ptr_array_add (file->rejects, g_strdup_printf ("line %u: %s", line, error->message));
}

/**
 * gxs_import_file_each:
 * @columns: their names in the head line, %NULL-terminated
 * @row: called for each row; one that it refuses is remembered and the next is read
 *
 * Errors: %GX_ERROR_MALFORMED if the head line lacks a column; a broken row is no error
 */
gboolean
gxs_import_file_each (GxsImportFile      *file,
                      const char *const  *columns,
                      GxsImportRow        row,
                      gpointer            user_data,
                      GError            **error)
{
  Line line = { .fields = NULL };
  guint places[MAX_FIELDS];
  guint number = 0, n_columns = 0;
  gboolean ok = TRUE;
  gsize size;
  const char *p = g_bytes_get_data (file->bytes, &size), *end;

  if (size == 0)
    return gx_fail (error, GX_ERROR_MALFORMED, "%s: is empty, and has no head line", file->path);

  end = p + size;
  line.fields = g_ptr_array_new_with_free_func (g_free);
  csv_init (&line.parser, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_delim (&line.parser, ';');
  while (ok && p < end)
    {
      const char *newline = memchr (p, '\n', (gsize) (end - p));
      const char *stop = newline != NULL ? newline : end;
      gsize length = (gsize) (stop - p) - (stop > p && stop[-1] == '\r' ? 1 : 0);
      g_autoptr(GError) refused = NULL;
      gboolean parsed;

      number++;
      parsed = parse_line (&line, p, length, &refused);
      p = stop + 1;
      if (number == 1)
        {
          ok = parsed && locate_columns (file, &line, columns, places, error);
          if (!parsed)
            g_propagate_error (error, g_steal_pointer (&refused));
          n_columns = line.fields->len;
          continue;
        }
      if (parsed && line.fields->len == 0)
        continue;

      file->read++;
      if (file->first_line == 0)
        file->first_line = number;
      file->last_line = number;
      if (!parsed || !handle_row (&line, columns, places, n_columns, row, user_data, number, &refused))
        gxs_import_file_reject (file, number, refused);
    }

  csv_free (&line.parser);
  g_ptr_array_unref (line.fields);
  return ok;
}
