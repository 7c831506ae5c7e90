/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that somebody gives to an import: each row has its fields, or is told with its line; none is counted twice. */
#include "gxt-fuzz.h"

#include "gxs-import-file.h"

#include "gx-error.h"

static gboolean
take_row (gpointer            data,
          guint               line,
          const char *const  *fields,
          GError            **error)
{
  guint *last = data;

  g_assert_cmpuint (line, >, *last);
  *last = line;
  for (guint i = 0; i < 3; i++)
    g_assert_true (fields[i] == NULL || g_utf8_validate (fields[i], -1, NULL));

  return fields[0] != NULL && fields[0][0] != 'x' ? TRUE : gx_fail (error, GX_ERROR_INVALID, "not this one");
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static const char *const columns[] = { "account_id", "date", "amount", NULL };
  g_autoptr(GxsImportFile) file = g_new0 (GxsImportFile, 1);
  g_autoptr(GError) error = NULL;
  guint last = 0;
  gboolean done;

  file->path = g_strdup ("account.csv");
  file->bytes = g_bytes_new (data, size);
  file->rejects = g_ptr_array_new_with_free_func (g_free);
  done = gxs_import_file_each (file, columns, take_row, &last, &error);
  g_assert_true (done == (error == NULL));
  g_assert_true (error == NULL || error->domain == GX_ERROR);
  g_assert_cmpuint (file->rejects->len, <=, file->read);

  return 0;
}
