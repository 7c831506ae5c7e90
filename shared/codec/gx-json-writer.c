/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes compact JSON into a GString as the caller walks its data: no tree is built, nothing is allocated but the text.
 *
 * It is not a pretty printer and has no floats, since nothing of ours travels as one. A canonical writer holds its
 * caller to sorted keys, because digests and signatures are made over what it writes: keys sorted by their UTF-8 bytes,
 * no whitespace, only the escapes that RFC 8259 demands, everything else as it is.
 */
#include "gx-json-writer.h"

#include <string.h>

/* What stands after the backslash for each byte that must be escaped; 'u' means \u00xx, 0 means none. */
static const char escapes[256] = {
  [0x00 ... 0x1f] = 'u',
  ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\',
};

/**
 * gx_json_writer_init:
 * @out: what is written is appended here; must outlive @writer
 */
void
gx_json_writer_init (GxJsonWriter *writer,
                     GString      *out)
{
  writer->out = out;
  writer->canonical = FALSE;
  writer->after_key = FALSE;
  writer->depth = 0;
  writer->filled = 0;
}

/**
 * gx_json_writer_init_canonical:
 *
 * As gx_json_writer_init(), for a text that will be hashed or signed: writing keys out of order is a programmer's error.
 */
void
gx_json_writer_init_canonical (GxJsonWriter *writer,
                               GString      *out)
{
  gx_json_writer_init (writer, out);
  writer->canonical = TRUE;
  writer->key_length[0] = 0;
}

/* The comma between two items of one level. */
static inline void
start_item (GxJsonWriter *writer)
{
  guint32 bit = 1u << writer->depth;

  if (writer->after_key)
    writer->after_key = FALSE;
  else if (writer->filled & bit)
    g_string_append_c (writer->out, ',');
  writer->filled |= bit;
}

static void
append_quoted (GString    *out,
               const char *text,
               gsize       length)
{
  const char *run = text, *end = text + length;

  g_string_append_c (out, '"');
  for (const char *p = text; p < end; p++)
    {
      char escape = escapes[(guchar) *p];

      if (G_LIKELY (escape == 0))
        continue;
      g_string_append_len (out, run, p - run);
      run = p + 1;
      g_string_append_c (out, '\\');
      g_string_append_c (out, escape);
      if (escape == 'u')
        {
          const char hex[4] = { '0', '0', '0' + (*p >> 4), "0123456789abcdef"[*p & 15] };
          g_string_append_len (out, hex, sizeof hex);
        }
    }
  g_string_append_len (out, run, end - run);
  g_string_append_c (out, '"');
}

static void
begin_level (GxJsonWriter *writer,
             char          bracket)
{
  start_item (writer);
  g_string_append_c (writer->out, bracket);
  writer->depth++;
  g_assert (writer->depth < GX_JSON_WRITER_DEPTH);
  writer->filled &= ~(1u << writer->depth);
  writer->key_length[writer->depth] = 0;
}

static void
end_level (GxJsonWriter *writer,
           char          bracket)
{
  g_assert (writer->depth > 0 && !writer->after_key);
  writer->depth--;
  g_string_append_c (writer->out, bracket);
}

void
gx_json_writer_begin_object (GxJsonWriter *writer)
{
  begin_level (writer, '{');
}

void
gx_json_writer_end_object (GxJsonWriter *writer)
{
  end_level (writer, '}');
}

void
gx_json_writer_begin_array (GxJsonWriter *writer)
{
  begin_level (writer, '[');
}

void
gx_json_writer_end_array (GxJsonWriter *writer)
{
  end_level (writer, ']');
}

/* Remembers the key by its place in the text, since the caller's memory may go. */
static void
assert_sorted (GxJsonWriter *writer,
               const char   *name,
               gsize         length)
{
  gsize before = writer->key_length[writer->depth];

  if (before > 0)
    {
      int order = memcmp (writer->out->str + writer->key_at[writer->depth], name, MIN (before, length));

      g_assert (order < 0 || (order == 0 && before < length));
    }
  writer->key_at[writer->depth] = writer->out->len + (writer->filled & (1u << writer->depth) ? 2 : 1);
  writer->key_length[writer->depth] = length;
}

static void
write_key (GxJsonWriter *writer,
           const char   *name,
           gsize         length)
{
  g_assert (writer->depth > 0 && !writer->after_key);
  start_item (writer);
  append_quoted (writer->out, name, length);
  g_string_append_c (writer->out, ':');
  writer->after_key = TRUE;
}

/**
 * gx_json_writer_member:
 * @name: the key; the next call writes its value. In a canonical writer it sorts after the key before it and needs no
 *   escape
 */
void
gx_json_writer_member (GxJsonWriter *writer,
                       const char   *name)
{
  gsize length = strlen (name);

  if (writer->canonical)
    assert_sorted (writer, name, length);
  write_key (writer, name, length);
}

/**
 * gx_json_writer_string:
 * @text: (nullable): valid UTF-8; %NULL is written as null
 */
void
gx_json_writer_string (GxJsonWriter *writer,
                       const char   *text)
{
  if (text == NULL)
    gx_json_writer_null (writer);
  else
    gx_json_writer_string_len (writer, text, strlen (text));
}

void
gx_json_writer_string_len (GxJsonWriter *writer,
                           const char   *text,
                           gsize         length)
{
  start_item (writer);
  append_quoted (writer->out, text, length);
}

void
gx_json_writer_int (GxJsonWriter *writer,
                    gint64        value)
{
  char buffer[20], *p = buffer + sizeof buffer;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  start_item (writer);
  do
    *--p = '0' + (char) (rest % 10);
  while ((rest /= 10) > 0);
  if (value < 0)
    *--p = '-';
  g_string_append_len (writer->out, p, buffer + sizeof buffer - p);
}

void
gx_json_writer_bool (GxJsonWriter *writer,
                     gboolean      value)
{
  gx_json_writer_raw (writer, value ? "true" : "false", value ? 4 : 5);
}

void
gx_json_writer_null (GxJsonWriter *writer)
{
  gx_json_writer_raw (writer, "null", 4);
}

/**
 * gx_json_writer_id:
 * @id: its 36 characters; none is written as null
 */
void
gx_json_writer_id (GxJsonWriter *writer,
                   const GxId   *id)
{
  char text[GX_ID_STRING_SIZE];

  if (gx_id_is_none (id))
    gx_json_writer_null (writer);
  else
    gx_json_writer_string_len (writer, gx_id_write (id, text), GX_ID_STRING_SIZE - 1);
}

/**
 * gx_json_writer_raw:
 * @json: a whole value that is JSON already, and canonical if the writer is
 * @length: in bytes, or -1 for all of it
 */
void
gx_json_writer_raw (GxJsonWriter *writer,
                    const char   *json,
                    gssize        length)
{
  start_item (writer);
  g_string_append_len (writer->out, json, length);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
write_object (GxJsonWriter *writer,
              JsonObject   *object)
{
  g_autoptr(GPtrArray) names = g_ptr_array_sized_new (json_object_get_size (object));
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, (gpointer) name);
  g_ptr_array_sort (names, compare_names);

  gx_json_writer_begin_object (writer);
  for (guint i = 0; i < names->len; i++)
    {
      name = g_ptr_array_index (names, i);
      write_key (writer, name, strlen (name));
      gx_json_writer_node (writer, json_object_get_member (object, name));
    }
  gx_json_writer_end_object (writer);
}

static void
write_array (GxJsonWriter *writer,
             JsonArray    *array)
{
  guint n = json_array_get_length (array);

  gx_json_writer_begin_array (writer);
  for (guint i = 0; i < n; i++)
    gx_json_writer_node (writer, json_array_get_element (array, i));
  gx_json_writer_end_array (writer);
}

static void
write_scalar (GxJsonWriter *writer,
              JsonNode     *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    gx_json_writer_string (writer, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    gx_json_writer_bool (writer, json_node_get_boolean (node));
  else if (type == G_TYPE_INT64)
    gx_json_writer_int (writer, json_node_get_int (node));
  else
    g_error ("a JSON value of type %s has no canonical form", g_type_name (type));
}

/**
 * gx_json_writer_node:
 * @node: without floats; its objects are written with sorted keys
 */
void
gx_json_writer_node (GxJsonWriter *writer,
                     JsonNode     *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      write_object (writer, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      write_array (writer, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      write_scalar (writer, node);
      break;
    case JSON_NODE_NULL:
      gx_json_writer_null (writer);
      break;
    }
}

void
gx_json_writer_put_string (GxJsonWriter *writer,
                           const char   *name,
                           const char   *text)
{
  gx_json_writer_member (writer, name);
  gx_json_writer_string (writer, text);
}

void
gx_json_writer_put_int (GxJsonWriter *writer,
                        const char   *name,
                        gint64        value)
{
  gx_json_writer_member (writer, name);
  gx_json_writer_int (writer, value);
}

void
gx_json_writer_put_bool (GxJsonWriter *writer,
                         const char   *name,
                         gboolean      value)
{
  gx_json_writer_member (writer, name);
  gx_json_writer_bool (writer, value);
}

void
gx_json_writer_put_id (GxJsonWriter *writer,
                       const char   *name,
                       const GxId   *id)
{
  gx_json_writer_member (writer, name);
  gx_json_writer_id (writer, id);
}

void
gx_json_writer_put_raw (GxJsonWriter *writer,
                        const char   *name,
                        const char   *json)
{
  gx_json_writer_member (writer, name);
  gx_json_writer_raw (writer, json, -1);
}

/**
 * gx_json_write_node:
 *
 * Appends the canonical form of @node to @out.
 */
void
gx_json_write_node (GString  *out,
                    JsonNode *node)
{
  GxJsonWriter writer;

  gx_json_writer_init_canonical (&writer, out);
  gx_json_writer_node (&writer, node);
}

/**
 * gx_json_canonical:
 *
 * Returns: (transfer full): the canonical form of @node, the same for every text that says the same
 */
char *
gx_json_canonical (JsonNode *node)
{
  GString *out = g_string_sized_new (256);

  gx_json_write_node (out, node);
  return g_string_free (out, FALSE);
}
