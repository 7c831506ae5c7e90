/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entities to and from JSON by walking their fields. Members stand in the order of their names, so equal rows are equal
 * bytes on both sides; what is "nothing there" is left out.
 *
 * It masks nothing: who may see what is decided before (gx_sight), and "masked" travels as it stands in the meta.
 */
#include "gx-entity-json.h"

#include "gx-catalog.h"

#include <string.h>

static gboolean
fail_type (const GxField  *field,
           const char     *wanted,
           GError        **error)
{
  return gx_fail_field (error, GX_ERROR_INVALID, field->name, "type", "must be %s", wanted);
}

static gboolean
text_from_json (const GxField  *field,
                JsonNode       *node,
                gpointer        p,
                GError        **error)
{
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return fail_type (field, "a string", error);

  return gx_kind_ops[field->kind].from_text (field, json_node_get_string (node), p, error);
}

static void
text_to_json (const GxField *field,
              gconstpointer  p,
              GxJsonWriter  *writer)
{
  gx_json_writer_string (writer, *(char *const *) p);
}

static gboolean
int64_from_json (const GxField  *field,
                 JsonNode       *node,
                 gpointer        p,
                 GError        **error)
{
  gint64 value;

  if (json_node_get_value_type (node) != G_TYPE_INT64)
    return fail_type (field, "an integer", error);

  value = json_node_get_int (node);
  if (value == GX_INT_NONE)
    return fail_type (field, "a smaller number", error);

  *(gint64 *) p = value;
  return TRUE;
}

static void
int64_to_json (const GxField *field,
               gconstpointer  p,
               GxJsonWriter  *writer)
{
  gx_json_writer_int (writer, *(const gint64 *) p);
}

static gboolean
int32_from_json (const GxField  *field,
                 JsonNode       *node,
                 gpointer        p,
                 GError        **error)
{
  gint64 value = 0;

  if (!int64_from_json (field, node, &value, error))
    return FALSE;
  if (value <= GX_INT32_NONE || value > G_MAXINT32)
    return fail_type (field, "a smaller number", error);

  *(gint32 *) p = (gint32) value;
  return TRUE;
}

static void
int32_to_json (const GxField *field,
               gconstpointer  p,
               GxJsonWriter  *writer)
{
  gx_json_writer_int (writer, *(const gint32 *) p);
}

static gboolean
bool_from_json (const GxField  *field,
                JsonNode       *node,
                gpointer        p,
                GError        **error)
{
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail_type (field, "true or false", error);

  *(gboolean *) p = json_node_get_boolean (node);
  return TRUE;
}

static void
bool_to_json (const GxField *field,
              gconstpointer  p,
              GxJsonWriter  *writer)
{
  gx_json_writer_bool (writer, *(const gboolean *) p);
}

static void
enum_to_json (const GxField *field,
              gconstpointer  p,
              GxJsonWriter  *writer)
{
  gx_json_writer_string (writer, gx_choice_code (field->choices, *(const int *) p));
}

static void
date_to_json (const GxField *field,
              gconstpointer  p,
              GxJsonWriter  *writer)
{
  g_autofree char *text = gx_date_format (*(const gint32 *) p);

  gx_json_writer_string (writer, text);
}

static void
id_to_json (const GxField *field,
            gconstpointer  p,
            GxJsonWriter  *writer)
{
  gx_json_writer_id (writer, p);
}

static gboolean
json_from_json (const GxField  *field,
                JsonNode       *node,
                gpointer        p,
                GError        **error)
{
  *(char **) p = gx_json_canonical (node);
  return TRUE;
}

static void
json_to_json (const GxField *field,
              gconstpointer  p,
              GxJsonWriter  *writer)
{
  gx_json_writer_raw (writer, *(char *const *) p, -1);
}

static void
bytes_to_json (const GxField *field,
               gconstpointer  p,
               GxJsonWriter  *writer)
{
  g_autofree char *text = gx_kind_ops[GX_KIND_BYTES].to_text (field, p);

  gx_json_writer_string (writer, text);
}

const GxJsonOps gx_json_ops[GX_N_KINDS] = {
  [GX_KIND_TEXT]  = { text_from_json, text_to_json },
  [GX_KIND_INT]   = { int64_from_json, int64_to_json },
  [GX_KIND_BOOL]  = { bool_from_json, bool_to_json },
  [GX_KIND_ENUM]  = { text_from_json, enum_to_json },
  [GX_KIND_MONEY] = { int64_from_json, int64_to_json },
  [GX_KIND_PPM]   = { int32_from_json, int32_to_json },
  [GX_KIND_DATE]  = { text_from_json, date_to_json },
  [GX_KIND_TIME]  = { int64_from_json, int64_to_json },
  [GX_KIND_ID]    = { text_from_json, id_to_json },
  [GX_KIND_JSON]  = { json_from_json, json_to_json },
  [GX_KIND_BYTES] = { text_from_json, bytes_to_json },
};
G_STATIC_ASSERT (GX_N_KINDS == 11);

/**
 * gx_field_from_json:
 * @node: null clears the member
 *
 * Errors: %GX_ERROR_INVALID naming the field; the member is cleared then
 */
gboolean
gx_field_from_json (const GxField  *field,
                    JsonNode       *node,
                    gpointer        data,
                    GError        **error)
{
  gx_field_clear (field, data);
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (field->kind != GX_KIND_JSON && !JSON_NODE_HOLDS_VALUE (node))
    return fail_type (field, "a plain value", error);

  return gx_json_ops[field->kind].from_json (field, node, gx_field_member (field, data), error);
}

/**
 * gx_field_write_json:
 *
 * Writes the value alone, null if there is nothing.
 */
void
gx_field_write_json (const GxField *field,
                     gconstpointer  data,
                     GxJsonWriter  *writer)
{
  if (gx_field_is_none (field, data))
    gx_json_writer_null (writer);
  else
    gx_json_ops[field->kind].to_json (field, gx_field_member (field, data), writer);
}

/**
 * gx_entity_from_json:
 * @out_fields: (out) (optional): the fields that @object names
 *
 * Reads the members of @object into @data; other members keep what they hold.
 *
 * Errors: %GX_ERROR_SCHEMA for a member that is no field on the wire, %GX_ERROR_INVALID for a value of the wrong type
 */
gboolean
gx_entity_from_json (const GxEntity  *entity,
                     JsonObject      *object,
                     gpointer         data,
                     GxFieldSet      *out_fields,
                     GError         **error)
{
  GxFieldSet fields = 0;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      int index = gx_entity_index_of (entity, name);

      if (index < 0 || (gx_entity_field (entity, (guint) index)->flags & GX_LOCAL))
        return gx_fail_field (error, GX_ERROR_SCHEMA, name, "schema", "%s has no such field", entity->name);
      if (!gx_field_from_json (gx_entity_field (entity, (guint) index), node, data, error))
        return FALSE;
      fields |= GX_FIELD_BIT (index);
    }

  if (out_fields != NULL)
    *out_fields = fields;
  return TRUE;
}

/**
 * gx_entity_write_json:
 * @fields: which to write; those with nothing there are left out
 *
 * Writes one object, members in the order of their names.
 */
void
gx_entity_write_json (const GxEntity *entity,
                      gconstpointer   data,
                      GxFieldSet      fields,
                      GxJsonWriter   *writer)
{
  gx_json_writer_begin_object (writer);
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      guint index = gx_entity_sorted (entity, i);
      const GxField *field = gx_entity_field (entity, index);

      if (!(fields & GX_FIELD_BIT (index)) || gx_field_is_none (field, data))
        continue;
      gx_json_writer_member (writer, field->name);
      gx_json_ops[field->kind].to_json (field, gx_field_member (field, data), writer);
    }
  gx_json_writer_end_object (writer);
}

/* id, v, v0, fv and masked stand beside "d". */
#define HEAD_FIELDS 5

/**
 * gx_entity_wire_fields:
 *
 * Returns: the fields that travel inside "d"
 */
GxFieldSet
gx_entity_wire_fields (const GxEntity *entity)
{
  GxFieldSet fields = 0;

  for (guint i = entity->fact_of == NULL ? HEAD_FIELDS : 0; i < gx_entity_n_fields (entity); i++)
    if (!(gx_entity_field (entity, i)->flags & GX_LOCAL))
      fields |= GX_FIELD_BIT (i);

  return fields;
}

/**
 * gx_entity_fact_of:
 *
 * Returns: (nullable): the entity whose rows travel inside those of @parent
 */
const GxEntity *
gx_entity_fact_of (const GxEntity *parent)
{
  for (guint i = 0; i < gx_n_entities; i++)
    if (gx_entities[i]->fact_of == parent)
      return gx_entities[i];

  return NULL;
}

/* The parent's id is known from the parent. */
static GxFieldSet
fact_wire_fields (const GxEntity *fact)
{
  return gx_entity_wire_fields (fact) & ~GX_FIELD_BIT (gx_entity_index_of (fact, fact->fact_key));
}

/* The fields that some month holds. */
static GxFieldSet
held_fields (const GxPut *put)
{
  GxFieldSet held = 0;

  for (guint i = 0; i < put->facts->len; i++)
    for (guint f = 0; f < gx_entity_n_fields (put->fact); f++)
      if (!gx_field_is_none (gx_entity_field (put->fact, f), g_ptr_array_index (put->facts, i)))
        held |= GX_FIELD_BIT (f);

  return held & fact_wire_fields (put->fact);
}

/* A table, names first: [["end_balance","month"],[700,"2026-10-01"],…]. Objects would say each name again for
 * each month, and months are most of a first load.
 */
static void
write_facts (const GxPut  *put,
             GxJsonWriter *writer)
{
  GxFieldSet fields = held_fields (put);

  gx_json_writer_member (writer, "months");
  gx_json_writer_begin_array (writer);
  for (guint row = 0; row <= put->facts->len && put->facts->len > 0; row++)
    {
      gx_json_writer_begin_array (writer);
      for (guint i = 0; i < gx_entity_n_fields (put->fact); i++)
        {
          guint index = gx_entity_sorted (put->fact, i);
          const GxField *field = gx_entity_field (put->fact, index);

          if (!(fields & GX_FIELD_BIT (index)))
            continue;
          if (row == 0)
            gx_json_writer_string (writer, field->name);
          else
            gx_field_write_json (field, g_ptr_array_index (put->facts, row - 1), writer);
        }
      gx_json_writer_end_array (writer);
    }
  gx_json_writer_end_array (writer);
}

/**
 * gx_put_write:
 *
 * Writes the row as one object; with scopes it is a line of the feed ("s" and "t" are written).
 */
void
gx_put_write (const GxPut  *put,
              GxJsonWriter *writer)
{
  const GxMeta *meta = put->data;

  gx_json_writer_begin_object (writer);
  gx_json_writer_member (writer, "d");
  gx_entity_write_json (put->entity, put->data, gx_entity_wire_fields (put->entity), writer);
  if (meta->fv != NULL)
    gx_json_writer_put_raw (writer, "fv", meta->fv);
  gx_json_writer_put_id (writer, "id", &meta->id);
  if (meta->masked != NULL)
    gx_json_writer_put_raw (writer, "masked", meta->masked);
  if (put->facts != NULL)
    write_facts (put, writer);
  if (put->scopes != NULL)
    {
      gx_json_writer_member (writer, "s");
      gx_json_writer_begin_array (writer);
      for (guint i = 0; put->scopes[i] != NULL; i++)
        gx_json_writer_string (writer, put->scopes[i]);
      gx_json_writer_end_array (writer);
      gx_json_writer_put_string (writer, "t", "put");
    }
  gx_json_writer_put_string (writer, "tbl", put->entity->name);
  gx_json_writer_put_int (writer, "v", meta->v);
  gx_json_writer_put_int (writer, "v0", meta->v0);
  gx_json_writer_end_object (writer);
}

static void
free_fact (gpointer fact,
           gpointer entity)
{
  gx_entity_free (entity, fact);
}

/**
 * gx_put_clear:
 *
 * Frees the row and its facts; the scopes are borrowed.
 */
void
gx_put_clear (GxPut *put)
{
  if (put->facts != NULL)
    g_ptr_array_foreach (put->facts, free_fact, (gpointer) put->fact);
  g_clear_pointer (&put->facts, g_ptr_array_unref);
  if (put->data != NULL)
    gx_entity_free (put->entity, g_steal_pointer (&put->data));
}

static gboolean
fail_months (const char  *rule,
             const char  *what,
             GError     **error)
{
  return gx_fail_field (error, GX_ERROR_SCHEMA, "months", rule, "%s", what);
}

/* The first row of the table: @out_columns of const GxField. */
static gboolean
read_columns (const GxEntity  *fact,
              JsonArray       *names,
              GPtrArray       *columns,
              GError         **error)
{
  GxFieldSet wire = fact_wire_fields (fact);

  for (guint i = 0; i < json_array_get_length (names); i++)
    {
      const char *name;
      int index;

      if (!gx_json_item_string (names, i, "months", &name, error))
        return FALSE;
      index = gx_entity_index_of (fact, name);
      if (index < 0 || !(wire & GX_FIELD_BIT (index)))
        return fail_months ("schema", "a month has no such field, or it stands there twice", error);
      wire &= ~GX_FIELD_BIT (index);
      g_ptr_array_add (columns, (gpointer) gx_entity_field (fact, (guint) index));
    }

  return TRUE;
}

static gboolean
read_fact (GPtrArray  *columns,
           JsonArray  *values,
           gpointer    fact,
           GError    **error)
{
  if (json_array_get_length (values) != columns->len)
    return fail_months ("schema", "a month has another number of values than the table has names", error);
  for (guint i = 0; i < columns->len; i++)
    if (!gx_field_from_json (g_ptr_array_index (columns, i), json_array_get_element (values, i), fact, error))
      return FALSE;

  return TRUE;
}

static gboolean
item_array (JsonArray  *array,
            guint       index,
            JsonArray **out,
            GError    **error)
{
  JsonNode *node = json_array_get_element (array, index);

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail_months ("type", "must be a table: a list of lists", error);
  *out = json_node_get_array (node);
  return TRUE;
}

static gboolean
read_facts (JsonObject  *object,
            GxPut       *put,
            GError     **error)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();
  JsonArray *months = NULL, *row = NULL;

  if (!gx_json_opt_array (object, "months", &months, error))
    return FALSE;
  if (months == NULL)
    return TRUE;

  put->fact = gx_entity_fact_of (put->entity);
  if (put->fact == NULL)
    return fail_months ("schema", "such a row has no months", error);

  put->facts = g_ptr_array_new ();
  for (guint i = 0; i < json_array_get_length (months); i++)
    {
      gpointer fact;

      if (!item_array (months, i, &row, error) || (i == 0 && !read_columns (put->fact, row, columns, error)))
        return FALSE;
      if (i == 0)
        continue;
      fact = gx_entity_new (put->fact);
      g_ptr_array_add (put->facts, fact);
      if (!read_fact (columns, row, fact, error))
        return FALSE;
      *(GxId *) gx_entity_member (put->fact, fact, put->fact->fact_key) = ((GxMeta *) put->data)->id;
    }

  return TRUE;
}

static gboolean
read_head (JsonObject  *object,
           GxPut       *put,
           GError     **error)
{
  GxMeta *meta = put->data;
  JsonObject *d;

  if (!gx_json_get_id (object, "id", &meta->id, error)
      || !gx_json_get_int (object, "v", &meta->v, error)
      || !gx_json_get_int (object, "v0", &meta->v0, error)
      || !gx_json_get_object (object, "d", &d, error)
      || !gx_entity_from_json (put->entity, d, put->data, NULL, error))
    return FALSE;
  if (json_object_has_member (object, "fv"))
    meta->fv = gx_json_canonical (json_object_get_member (object, "fv"));
  if (json_object_has_member (object, "masked"))
    meta->masked = gx_json_canonical (json_object_get_member (object, "masked"));

  return TRUE;
}

/**
 * gx_put_read:
 * @out_put: (out caller-allocates): to be cleared with gx_put_clear(); "s" is left to the caller
 *
 * Errors: %GX_ERROR_SCHEMA, %GX_ERROR_INVALID, %GX_ERROR_MALFORMED
 */
gboolean
gx_put_read (JsonObject  *object,
             GxPut       *out_put,
             GError     **error)
{
  GxPut put = { 0 };
  const char *table;

  if (!gx_json_get_string (object, "tbl", &table, error))
    return FALSE;
  put.entity = gx_entity_by_name (table);
  if (put.entity == NULL || put.entity->fact_of != NULL)
    return gx_fail_field (error, GX_ERROR_SCHEMA, "tbl", "schema", "there is no entity “%s”", table);

  put.data = gx_entity_new (put.entity);
  if (!read_head (object, &put, error) || !read_facts (object, &put, error))
    {
      gx_put_clear (&put);
      return FALSE;
    }

  *out_put = put;
  return TRUE;
}
