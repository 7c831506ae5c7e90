/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entities in and out of tables by walking their fields: one column a field, in the order of the walk.
 *
 * On the server a GX_SEALED text is encrypted on its way in and has a blind index `<f>_bi` beside it (and `<f>_tail` if
 * GX_TAILED), so that nobody who copies the file reads a telephone number.
 */
#include "gx-sql.h"

#include <string.h>

static void
bind_text (GxStatement   *statement,
           int            index,
           const GxField *field,
           gconstpointer  p)
{
  gx_statement_bind_text (statement, index, *(char *const *) p);
}

static void
read_text (GxStatement   *statement,
           int            column,
           const GxField *field,
           gpointer       p)
{
  *(char **) p = g_strdup (gx_statement_get_text (statement, column));
}

static void
bind_int64 (GxStatement   *statement,
            int            index,
            const GxField *field,
            gconstpointer  p)
{
  gx_statement_bind_int (statement, index, *(const gint64 *) p);
}

static void
read_int64 (GxStatement   *statement,
            int            column,
            const GxField *field,
            gpointer       p)
{
  *(gint64 *) p = gx_statement_get_int (statement, column);
}

static void
bind_int32 (GxStatement   *statement,
            int            index,
            const GxField *field,
            gconstpointer  p)
{
  gx_statement_bind_int (statement, index, *(const gint32 *) p);
}

static void
read_int32 (GxStatement   *statement,
            int            column,
            const GxField *field,
            gpointer       p)
{
  *(gint32 *) p = (gint32) gx_statement_get_int (statement, column);
}

static void
bind_id (GxStatement   *statement,
         int            index,
         const GxField *field,
         gconstpointer  p)
{
  gx_statement_bind_id (statement, index, p);
}

static void
read_id (GxStatement   *statement,
         int            column,
         const GxField *field,
         gpointer       p)
{
  *(GxId *) p = gx_statement_get_id (statement, column);
}

static void
bind_bytes (GxStatement   *statement,
            int            index,
            const GxField *field,
            gconstpointer  p)
{
  gx_statement_bind_bytes (statement, index, *(GBytes *const *) p);
}

static void
read_bytes (GxStatement   *statement,
            int            column,
            const GxField *field,
            gpointer       p)
{
  *(GBytes **) p = gx_statement_dup_bytes (statement, column);
}

const GxSqlOps gx_sql_ops[GX_N_KINDS] = {
  [GX_KIND_TEXT]  = { "TEXT", bind_text, read_text },
  [GX_KIND_INT]   = { "INT", bind_int64, read_int64 },
  [GX_KIND_BOOL]  = { "BOOL", bind_int32, read_int32 },
  [GX_KIND_ENUM]  = { "ENUM", bind_int32, read_int32 },
  [GX_KIND_MONEY] = { "MONEY", bind_int64, read_int64 },
  [GX_KIND_PPM]   = { "PPM", bind_int32, read_int32 },
  [GX_KIND_DATE]  = { "DATE", bind_int32, read_int32 },
  [GX_KIND_TIME]  = { "TIME", bind_int64, read_int64 },
  [GX_KIND_ID]    = { "ID", bind_id, read_id },
  [GX_KIND_JSON]  = { "JSON", bind_text, read_text },
  [GX_KIND_BYTES] = { "BYTES", bind_bytes, read_bytes },
};
G_STATIC_ASSERT (GX_N_KINDS == 11);

static gboolean
is_sealed (GxSide         side,
           const GxField *field)
{
  return side == GX_SIDE_SERVER && (field->flags & GX_SEALED) != 0;
}

/**
 * gx_sql_has_column:
 *
 * Returns: whether @field is a column on @side
 */
gboolean
gx_sql_has_column (GxSide         side,
                   const GxField *field)
{
  return !(field->flags & (side == GX_SIDE_SERVER ? GX_COMPOSED : GX_LOCAL));
}

/**
 * gx_sql_fields:
 *
 * Returns: the fields of @entity that are columns on @side
 */
GxFieldSet
gx_sql_fields (GxSide          side,
               const GxEntity *entity)
{
  GxFieldSet set = 0;

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    if (gx_sql_has_column (side, gx_entity_field (entity, i)))
      set |= GX_FIELD_BIT (i);

  return set;
}

static char *
make_columns (GxSide          side,
              const GxEntity *entity,
              const char     *alias)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (!gx_sql_has_column (side, field))
        continue;
      if (list->len > 0)
        g_string_append_c (list, ',');
      if (alias != NULL)
        g_string_append_c (g_string_append (list, alias), '.');
      g_string_append (list, field->name);
    }

  return g_string_free (list, FALSE);
}

/**
 * gx_sql_columns:
 * @alias: (nullable): of the table in the query
 *
 * Returns: (transfer full): the column list that gx_sql_read() reads
 */
char *
gx_sql_columns (GxDb           *db,
                const GxEntity *entity,
                const char     *alias)
{
  return make_columns (gx_db_get_side (db), entity, alias);
}

static const GxId *
row_of (const GxEntity *entity,
        gconstpointer   data)
{
  return entity->fact_of == NULL ? &((const GxMeta *) data)->id : gx_entity_member (entity, data, entity->fact_key);
}

static gboolean
read_sealed (GxStatement     *statement,
             int              column,
             const GxEntity  *entity,
             const GxField   *field,
             gpointer         data,
             GError         **error)
{
  GxSealer *sealer = gx_db_get_sealer (gx_statement_get_db (statement));
  gsize size;
  gconstpointer blob = gx_statement_get_blob (statement, column, &size);
  char *clear;

  g_assert (sealer != NULL);

  clear = sealer->open (sealer, entity->name, field->name, row_of (entity, data), blob, size, error);
  *(char **) gx_field_member (field, data) = clear;
  return clear != NULL;
}

/**
 * gx_sql_read:
 * @first_column: where the columns of gx_sql_columns() begin
 *
 * Returns: (transfer full) (nullable): the struct of the statement's present row
 */
gpointer
gx_sql_read (GxStatement     *statement,
             const GxEntity  *entity,
             int              first_column,
             GError         **error)
{
  GxSide side = gx_db_get_side (gx_statement_get_db (statement));
  gpointer data = gx_entity_new (entity);
  int column = first_column;

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (!gx_sql_has_column (side, field))
        continue;
      if (gx_statement_is_null (statement, column))
        ;
      else if (!is_sealed (side, field))
        gx_sql_ops[field->kind].read (statement, column, field, gx_field_member (field, data));
      else if (!read_sealed (statement, column, entity, field, data, error))
        {
          gx_entity_free (entity, data);
          return NULL;
        }
      column++;
    }

  return data;
}

/**
 * gx_sql_bind_field:
 *
 * Binds the member of @data as it stands in an unsealed column; nothing there is NULL.
 */
void
gx_sql_bind_field (GxStatement   *statement,
                   int            index,
                   const GxField *field,
                   gconstpointer  data)
{
  if (gx_field_is_none (field, data))
    gx_statement_bind_null (statement, index);
  else
    gx_sql_ops[field->kind].bind (statement, index, field, gx_field_member (field, data));
}

static const char *
last_four (const char *text)
{
  glong length = g_utf8_strlen (text, -1);

  return length > 4 ? g_utf8_offset_to_pointer (text, length - 4) : text;
}

static int
bind_sealed (GxStatement    *statement,
             int             index,
             const GxEntity *entity,
             const GxField  *field,
             gconstpointer   data)
{
  GxSealer *sealer = gx_db_get_sealer (gx_statement_get_db (statement));
  const char *clear = *(char *const *) gx_field_member (field, data);
  g_autofree char *tail_column = g_strconcat (field->name, "_tail", NULL);
  g_autoptr(GBytes) sealed = NULL;
  g_autoptr(GBytes) blind = NULL;
  g_autoptr(GBytes) tail = NULL;

  if (clear != NULL)
    {
      g_assert (sealer != NULL);
      sealed = sealer->seal (sealer, entity->name, field->name, row_of (entity, data), clear);
      blind = sealer->blind (sealer, entity->name, field->name, clear);
      tail = sealer->blind (sealer, entity->name, tail_column, last_four (clear));
    }

  gx_statement_bind_bytes (statement, index++, sealed);
  gx_statement_bind_bytes (statement, index++, blind);
  if (field->flags & GX_TAILED)
    gx_statement_bind_bytes (statement, index++, tail);

  return index;
}

/* Binds every field of @fields that is a column, in the order of the walk; returns the next index. */
static int
bind_fields (GxStatement    *statement,
             const GxEntity *entity,
             gconstpointer   data,
             GxFieldSet      fields)
{
  GxSide side = gx_db_get_side (gx_statement_get_db (statement));
  int index = 1;

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (!(fields & GX_FIELD_BIT (i)))
        continue;
      if (is_sealed (side, field))
        index = bind_sealed (statement, index, entity, field, data);
      else
        gx_sql_bind_field (statement, index++, field, data);
    }

  return index;
}

static guint
append_names (GString        *sql,
              const char     *format,
              GxSide          side,
              const GxEntity *entity,
              GxFieldSet      fields)
{
  static const char *const sealed_parts[] = { "", "_bi", "_tail" };
  guint n = 0;

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);
      guint n_parts = !is_sealed (side, field) ? 1 : field->flags & GX_TAILED ? 3 : 2;

      for (guint part = 0; (fields & GX_FIELD_BIT (i)) && part < n_parts; part++)
        {
          g_autofree char *column = g_strconcat (field->name, sealed_parts[part], NULL);

          if (n++ > 0)
            g_string_append_c (sql, ',');
          g_string_append_printf (sql, format, column);
        }
    }

  return n;
}

/* The texts that depend on nothing but side and entity, made once for the whole process: there are as many as entities,
 * and making one takes longer than running it. */
typedef char *(*MakeText) (GxSide side, const GxEntity *entity);

typedef struct
{
  GMutex      lock;
  GHashTable *texts[2];     /* a side: const GxEntity * -> text */
} TextCache;

static const char *
cached_text (TextCache      *cache,
             GxSide          side,
             const GxEntity *entity,
             MakeText        make)
{
  const char *text;

  g_mutex_lock (&cache->lock);
  if (cache->texts[side] == NULL)
    cache->texts[side] = g_hash_table_new (NULL, NULL);
  text = g_hash_table_lookup (cache->texts[side], entity);
  if (text == NULL)
    {
      char *made = make (side, entity);

      g_hash_table_insert (cache->texts[side], (gpointer) entity, made);
      text = made;
    }
  g_mutex_unlock (&cache->lock);

  return text;
}

static char *
make_insert (GxSide          side,
             const GxEntity *entity)
{
  GString *sql = g_string_new ("INSERT INTO ");
  guint n;

  g_string_append_printf (sql, "%s(", entity->name);
  n = append_names (sql, "%s", side, entity, gx_sql_fields (side, entity));
  g_string_append (sql, ") VALUES(?");
  for (guint i = 1; i < n; i++)
    g_string_append (sql, ",?");
  g_string_append_c (sql, ')');

  return g_string_free (sql, FALSE);
}

/**
 * gx_sql_insert:
 *
 * Errors: %GX_ERROR_CONSTRAINT if a key, check or trigger of the table refuses
 */
gboolean
gx_sql_insert (GxDb            *db,
               const GxEntity  *entity,
               gconstpointer    data,
               GError         **error)
{
  static TextCache cache;
  GxSide side = gx_db_get_side (db);
  g_autoptr(GxStatement) statement = gx_db_prepare (db, cached_text (&cache, side, entity, make_insert), error);

  if (statement == NULL)
    return FALSE;

  bind_fields (statement, entity, data, gx_sql_fields (side, entity));
  return gx_statement_run (statement, error);
}

/**
 * gx_sql_update:
 * @fields: which of the fields to write; those without a column here are passed over
 *
 * Errors: %GX_ERROR_NOT_FOUND if there is no row with the id of @data
 */
gboolean
gx_sql_update (GxDb            *db,
               const GxEntity  *entity,
               gconstpointer    data,
               GxFieldSet       fields,
               GError         **error)
{
  g_autoptr(GString) sql = g_string_new ("UPDATE ");
  g_autoptr(GxStatement) statement = NULL;
  int index;

  g_assert (entity->fact_of == NULL);

  fields &= gx_sql_fields (gx_db_get_side (db), entity) & ~GX_FIELD_BIT (0);
  if (fields == 0)
    return TRUE;

  g_string_append_printf (sql, "%s SET ", entity->name);
  append_names (sql, "%s=?", gx_db_get_side (db), entity, fields);
  g_string_append (sql, " WHERE id=?");

  statement = gx_db_prepare (db, sql->str, error);
  if (statement == NULL)
    return FALSE;

  index = bind_fields (statement, entity, data, fields);
  gx_statement_bind_id (statement, index, &((const GxMeta *) data)->id);
  if (!gx_statement_run (statement, error))
    return FALSE;
  if (gx_db_changes (db) == 0)
    return gx_fail (error, GX_ERROR_NOT_FOUND, "%s %s", entity->name, GX_ID_STR (&((const GxMeta *) data)->id));

  return TRUE;
}

gboolean
gx_sql_delete (GxDb            *db,
               const GxEntity  *entity,
               const GxId      *id,
               GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE id=?", entity->name);

  return gx_db_run (db, error, sql, "u", id);
}

static char *
make_select (GxSide          side,
             const GxEntity *entity)
{
  g_autofree char *columns = make_columns (side, entity, NULL);

  return g_strdup_printf ("SELECT %s FROM %s WHERE id=?", columns, entity->name);
}

/**
 * gx_sql_find:
 * @out_data: (out) (nullable) (transfer full): the row, or %NULL if there is none
 */
gboolean
gx_sql_find (GxDb            *db,
             const GxEntity  *entity,
             const GxId      *id,
             gpointer        *out_data,
             GError         **error)
{
  static TextCache cache;
  const char *sql = cached_text (&cache, gx_db_get_side (db), entity, make_select);
  g_autoptr(GxStatement) statement = gx_db_query (db, error, sql, "u", id);
  GError *local = NULL;

  *out_data = NULL;
  if (statement == NULL)
    return FALSE;
  if (gx_statement_next (statement, &local))
    return (*out_data = gx_sql_read (statement, entity, 0, error)) != NULL;
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/**
 * gx_sql_load:
 *
 * Returns: (transfer full) (nullable): the row with @id
 *
 * Errors: %GX_ERROR_NOT_FOUND
 */
gpointer
gx_sql_load (GxDb            *db,
             const GxEntity  *entity,
             const GxId      *id,
             GError         **error)
{
  gpointer data;

  if (!gx_sql_find (db, entity, id, &data, error))
    return NULL;
  if (data == NULL)
    gx_fail (error, GX_ERROR_NOT_FOUND, "%s %s", entity->name, GX_ID_STR (id));

  return data;
}
