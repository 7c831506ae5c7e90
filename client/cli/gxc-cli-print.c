/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How values look in a terminal: labels and dates of the person's language, columns that stand under each other. What a
 * program wants to read is printed by --json, as it travels.
 */
#include "gxc-cli-print.h"

#include "gx-money.h"
#include "gx-problem.h"
#include "gx-sql.h"
#include "gx-text.h"

#include <glib/gi18n.h>
#include <stdarg.h>
#include <string.h>

#define CELL_MAX 48                 /* columns of a terminal */

struct _GxcTable
{
  guint      n_columns;
  GPtrArray *cells;                 /* of char * */
};

GxcTable *
gxc_table_new (guint n_columns)
{
  GxcTable *table = g_new0 (GxcTable, 1);

  table->n_columns = n_columns;
  table->cells = g_ptr_array_new_with_free_func (g_free);

  return table;
}

void
gxc_table_free (GxcTable *table)
{
  g_ptr_array_unref (table->cells);
  g_free (table);
}

/**
 * gxc_table_take:
 * @cell: (nullable) (transfer full): the next cell, row by row
 */
void
gxc_table_take (GxcTable *table,
                char     *cell)
{
  g_ptr_array_add (table->cells, cell != NULL ? cell : g_strdup (""));
}

/**
 * gxc_table_add:
 *
 * Adds the cells of one row, as many as there are columns, then %NULL.
 */
void
gxc_table_add (GxcTable *table,
               ...)
{
  const char *cell;
  va_list args;

  va_start (args, table);
  while ((cell = va_arg (args, const char *)) != NULL)
    gxc_table_take (table, g_strdup (cell));
  va_end (args);
}

/* A cell has one line, and not too much of it. */
static void
shorten (char *text)
{
  guint width = 0;

  g_strdelimit (text, "\r\n\t", ' ');
  for (char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      char one[8] = { 0 };

      g_unichar_to_utf8 (g_utf8_get_char (p), one);
      width += gx_text_width (one);
      if (width > CELL_MAX)
        {
          *p = '\0';
          return;
        }
    }
}

static void
print_cell (const char *text,
            guint       width,
            gboolean    last)
{
  guint used = gx_text_width (text);

  g_print ("%s%*s", text, last || used >= width ? 0 : (int) (width - used), "");
  if (!last)
    g_print ("  ");
}

/**
 * gxc_table_print:
 * @header: whether the first row is one
 */
void
gxc_table_print (GxcTable *table,
                 gboolean  header)
{
  g_autofree guint *widths = g_new0 (guint, table->n_columns);

  for (guint i = 0; i < table->cells->len; i++)
    {
      shorten (table->cells->pdata[i]);
      widths[i % table->n_columns] = MAX (widths[i % table->n_columns], gx_text_width (table->cells->pdata[i]));
    }
  if (header && table->cells->len == table->n_columns)
    return;
  for (guint i = 0; i < table->cells->len; i++)
    {
      gboolean last = (i + 1) % table->n_columns == 0;

      print_cell (table->cells->pdata[i], widths[i % table->n_columns], last);
      if (last)
        g_print ("\n");
    }
}

static char *
plain_text (const GxField *field,
            gconstpointer  p)
{
  return gx_kind_ops[field->kind].to_text (field, p);
}

static char *
choice_text (const GxField *field,
             gconstpointer  p)
{
  return g_strdup (_(gx_choice_label (field->choices, *(const int *) p)));
}

static char *
text_text (const GxField *field,
           gconstpointer  p)
{
  const char *text = *(char *const *) p;
  int index = field->choices != NULL ? gx_choice_find (field->choices, text) : 0;

  return g_strdup (index > 0 ? _(gx_choice_label (field->choices, index)) : text);
}

static char *
int_text (const GxField *field,
          gconstpointer  p)
{
  gint64 number = *(const gint64 *) p;
  const char *label = field->choices != NULL && number > 0 ? gx_choice_label (field->choices, number) : NULL;

  return label != NULL ? g_strdup (_(label)) : plain_text (field, p);
}

static char *
bool_text (const GxField *field,
           gconstpointer  p)
{
  return g_strdup (*(const gboolean *) p ? _("yes") : _("no"));
}

static char *
money_text (const GxField *field,
            gconstpointer  p)
{
  return gx_money_format (*(const gint64 *) p, "CNY");
}

static char *
ppm_text (const GxField *field,
          gconstpointer  p)
{
  return g_strdup_printf ("%.4g %%", *(const gint32 *) p / 10000.0);
}

static char *
time_text (const GxField *field,
           gconstpointer  p)
{
  return gxc_print_time (*(const gint64 *) p);
}

static char *(*const text_ops[GX_N_KINDS]) (const GxField *field, gconstpointer p) = {
  [GX_KIND_TEXT] = text_text,
  [GX_KIND_INT] = int_text,
  [GX_KIND_BOOL] = bool_text,
  [GX_KIND_ENUM] = choice_text,
  [GX_KIND_MONEY] = money_text,
  [GX_KIND_PPM] = ppm_text,
  [GX_KIND_DATE] = plain_text,
  [GX_KIND_TIME] = time_text,
  [GX_KIND_ID] = plain_text,
  [GX_KIND_JSON] = plain_text,
  [GX_KIND_BYTES] = plain_text,
};
G_STATIC_ASSERT (GX_N_KINDS == 11);

/**
 * gxc_print_time:
 *
 * Returns: (transfer full): @time as a person reads it, in the machine's time zone; empty for 0
 */
char *
gxc_print_time (gint64 time)
{
  g_autoptr(GDateTime) date = time != 0 ? g_date_time_new_from_unix_local (time / 1000) : NULL;

  return date != NULL ? g_date_time_format (date, "%Y-%m-%d %H:%M") : g_strdup ("");
}

/* Whom or what an id names, if the desk knows a name of it. */
static char *
dup_name_of (GxDb          *db,
             const GxField *field,
             const GxId    *id)
{
  g_autofree char *sql = NULL;
  char *name = NULL;

  if (field->entity == NULL)
    return NULL;
  sql = g_strdup_printf ("SELECT name FROM %s WHERE id=?", field->entity);
  gx_db_query_text (db, &name, NULL, sql, "u", id);

  return name;
}

/* Amounts in another currency than the bank's say so. */
static char *
amount_text (const GxEntity *entity,
             gconstpointer   data,
             const GxField  *field)
{
  const GxField *ccy = gx_entity_find (entity, "ccy");
  const char *code = ccy != NULL ? *(char *const *) gx_field_member (ccy, data) : NULL;

  return code != NULL ? gx_money_format (*(const gint64 *) gx_field_member (field, data), code) : NULL;
}

/**
 * gxc_print_field:
 *
 * Returns: (transfer full): the value as a person reads it; empty if there is none
 */
char *
gxc_print_field (GxDb           *db,
                 const GxEntity *entity,
                 gconstpointer   data,
                 const GxField  *field)
{
  char *text = NULL;

  if (gx_field_is_none (field, data))
    return g_strdup ("");
  if (field->entity != NULL)
    text = dup_name_of (db, field, gx_field_member (field, data));
  else if (field->kind == GX_KIND_MONEY)
    text = amount_text (entity, data, field);

  return text != NULL ? text : text_ops[field->kind] (field, gx_field_member (field, data));
}

void
gxc_print_line (const char *format,
                ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("%s\n", text);
}

static void
print_violations (const GError *error)
{
  const GPtrArray *violations = gx_error_get_violations (error);

  for (guint i = 0; violations != NULL && i < violations->len; i++)
    {
      const GxViolation *violation = g_ptr_array_index (violations, i);

      g_printerr ("  %s: %s [%s]\n", violation->field, _(violation->detail), violation->rule);
    }
}

/**
 * gxc_print_error:
 *
 * Says what was refused: on standard error, as a problem object with @json.
 */
void
gxc_print_error (const GError *error,
                 gboolean      json)
{
  const GxErrorInfo *info = gx_error_info_by_slug (gx_error_slug (error));

  if (json)
    {
      g_autofree char *problem = gx_problem_write (error);

      g_printerr ("%s\n", problem);
      return;
    }
  if (g_str_equal (info->title, error->message))
    g_printerr ("guanxi-cli: %s\n", _(info->title));
  else
    g_printerr ("guanxi-cli: %s: %s\n", _(info->title), error->message);
  print_violations (error);
}
