/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of a request as the guards of the database compare them: what the columns will hold, as canonical JSON.
 *
 * Enumerations, dates and booleans are integers, ids and bytes are hex; of a sealed field its sealed bytes and, as `<f>_bi`,
 * its blind index. The wire form is another one (codec/gx-entity-json): digests are made over that.
 */
#include "gxs-review-private.h"

#include "gx-entity-json.h"
#include "gx-sealer.h"
#include "gx-sql.h"

#include <string.h>

static char *
to_hex (gconstpointer data,
        gsize         length)
{
  static const char digits[] = "0123456789abcdef";
  char *hex = g_malloc (length * 2 + 1);

  for (gsize i = 0; i < length; i++)
    {
      hex[i * 2] = digits[((const guint8 *) data)[i] >> 4];
      hex[i * 2 + 1] = digits[((const guint8 *) data)[i] & 15];
    }
  hex[length * 2] = '\0';
  return hex;
}

static GBytes *
from_hex (const char *hex)
{
  gsize length = hex != NULL ? strlen (hex) / 2 : 0;
  g_autofree guint8 *data = g_malloc (MAX (length, 1));

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (g_ascii_xdigit_value (hex[i * 2]) << 4 | g_ascii_xdigit_value (hex[i * 2 + 1]));

  return g_bytes_new (data, length);
}

static void
write_text (gconstpointer p, GxJsonWriter *writer)
{
  gx_json_writer_string (writer, *(char *const *) p);
}

static void
write_int64 (gconstpointer p, GxJsonWriter *writer)
{
  gx_json_writer_int (writer, *(const gint64 *) p);
}

static void
write_int32 (gconstpointer p, GxJsonWriter *writer)
{
  gx_json_writer_int (writer, *(const gint32 *) p);
}

static void
write_id (gconstpointer p, GxJsonWriter *writer)
{
  g_autofree char *hex = to_hex (p, sizeof (GxId));

  gx_json_writer_string (writer, hex);
}

static void
write_bytes (gconstpointer p, GxJsonWriter *writer)
{
  GBytes *bytes = *(GBytes *const *) p;
  g_autofree char *hex = to_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  gx_json_writer_string (writer, hex);
}

static void
read_text (JsonNode *node, gpointer p)
{
  *(char **) p = json_node_dup_string (node);
}

static void
read_int64 (JsonNode *node, gpointer p)
{
  *(gint64 *) p = json_node_get_int (node);
}

static void
read_int32 (JsonNode *node, gpointer p)
{
  *(gint32 *) p = (gint32) json_node_get_int (node);
}

static void
read_id (JsonNode *node, gpointer p)
{
  g_autoptr(GBytes) bytes = from_hex (json_node_get_string (node));

  if (g_bytes_get_size (bytes) == sizeof (GxId))
    memcpy (p, g_bytes_get_data (bytes, NULL), sizeof (GxId));
}

static void
read_bytes (JsonNode *node, gpointer p)
{
  *(GBytes **) p = from_hex (json_node_get_string (node));
}

/* The behaviour of each kind in this form. */
static const struct
{
  void (*write) (gconstpointer p, GxJsonWriter *writer);
  void (*read)  (JsonNode *node, gpointer p);
} form_ops[GX_N_KINDS] = {
  [GX_KIND_TEXT]  = { write_text, read_text },
  [GX_KIND_INT]   = { write_int64, read_int64 },
  [GX_KIND_BOOL]  = { write_int32, read_int32 },
  [GX_KIND_ENUM]  = { write_int32, read_int32 },
  [GX_KIND_MONEY] = { write_int64, read_int64 },
  [GX_KIND_PPM]   = { write_int32, read_int32 },
  [GX_KIND_DATE]  = { write_int32, read_int32 },
  [GX_KIND_TIME]  = { write_int64, read_int64 },
  [GX_KIND_ID]    = { write_id, read_id },
  [GX_KIND_JSON]  = { write_text, read_text },
  [GX_KIND_BYTES] = { write_bytes, read_bytes },
};
G_STATIC_ASSERT (GX_N_KINDS == 11);

static void
put_blob (GxJsonWriter *writer,
          const char   *name,
          GBytes       *bytes)
{
  g_autofree char *hex = to_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  gx_json_writer_put_string (writer, name, hex);
}

static void
write_sealed (GxDb           *db,
              const GxEntity *entity,
              const GxField  *field,
              gconstpointer   data,
              GxJsonWriter   *writer)
{
  GxSealer *sealer = gx_db_get_sealer (db);
  const char *clear = *(char *const *) gx_field_member (field, data);
  g_autofree char *blind_name = g_strconcat (field->name, "_bi", NULL);

  if (clear == NULL)
    {
      gx_json_writer_member (writer, field->name);
      gx_json_writer_null (writer);
      gx_json_writer_member (writer, blind_name);
      gx_json_writer_null (writer);
    }
  else
    {
      g_autoptr(GBytes) sealed = sealer->seal (sealer, entity->name, field->name, &((const GxMeta *) data)->id, clear);
      g_autoptr(GBytes) blind = sealer->blind (sealer, entity->name, field->name, clear);

      put_blob (writer, field->name, sealed);
      put_blob (writer, blind_name, blind);
    }
}

/**
 * gxs_form_write:
 * @data: with its id, under which sealed fields are sealed
 *
 * Returns: (transfer full): the values of @fields as their columns will hold them
 */
char *
gxs_form_write (GxDb           *db,
                const GxEntity *entity,
                gconstpointer   data,
                GxFieldSet      fields)
{
  GString *out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init_canonical (&writer, out);
  gx_json_writer_begin_object (&writer);
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      guint index = gx_entity_sorted (entity, i);
      const GxField *field = gx_entity_field (entity, index);

      if (!(fields & GX_FIELD_BIT (index)))
        continue;
      if (field->flags & GX_SEALED)
        {
          write_sealed (db, entity, field, data, &writer);
          continue;
        }
      gx_json_writer_member (&writer, field->name);
      if (gx_field_is_none (field, data))
        gx_json_writer_null (&writer);
      else
        form_ops[field->kind].write (gx_field_member (field, data), &writer);
    }
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

static gboolean
read_member (GxDb            *db,
             const GxEntity  *entity,
             const GxField   *field,
             JsonNode        *node,
             gpointer         data,
             GError         **error)
{
  GxSealer *sealer = gx_db_get_sealer (db);
  gpointer member = gx_field_member (field, data);
  g_autoptr(GBytes) sealed = NULL;

  gx_field_clear (field, data);
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!(field->flags & GX_SEALED))
    {
      form_ops[field->kind].read (node, member);
      return TRUE;
    }

  sealed = from_hex (json_node_get_string (node));
  *(char **) member = sealer->open (sealer, entity->name, field->name, &((const GxMeta *) data)->id,
                                    g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), error);
  return *(char **) member != NULL;
}

/**
 * gxs_form_read:
 * @data: (inout): with its id; the members named in @json are overwritten
 * @out_fields: (out): which those are
 */
gboolean
gxs_form_read (GxDb            *db,
               const GxEntity  *entity,
               const char      *json,
               gpointer         data,
               GxFieldSet      *out_fields,
               GError         **error)
{
  g_autoptr(JsonNode) root = gx_json_parse (json, -1, error);
  JsonObject *object = root != NULL ? gx_json_root_object (root, error) : NULL;
  GxFieldSet fields = 0;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (object == NULL)
    return FALSE;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      int index = gx_entity_index_of (entity, name);

      if (index < 0)                    /* a blind index: the guards' alone */
        continue;
      if (!read_member (db, entity, gx_entity_field (entity, (guint) index), node, data, error))
        return FALSE;
      fields |= GX_FIELD_BIT (index);
    }

  *out_fields = fields;
  return TRUE;
}

/**
 * gxs_form_wire:
 *
 * Returns: (transfer full): {field: value} in the wire's words, canonical; what holds nothing is null
 */
char *
gxs_form_wire (const GxEntity *entity,
               gconstpointer   data,
               GxFieldSet      fields)
{
  GString *out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init_canonical (&writer, out);
  gx_json_writer_begin_object (&writer);
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      guint index = gx_entity_sorted (entity, i);

      if (!(fields & GX_FIELD_BIT (index)))
        continue;
      gx_json_writer_member (&writer, gx_entity_field (entity, index)->name);
      gx_field_write_json (gx_entity_field (entity, index), data, &writer);
    }
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}
