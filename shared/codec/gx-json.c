/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one door for JSON from outside: a strict parser that builds json-glib's tree, and readers of its members.
 *
 * json-glib's own parser is not used: 1.6.6 takes comments, single quotes, hex, trailing text and duplicate members,
 * reads 99999999999999999999 as -1, and overflows the stack on nested brackets. A guard in front of it would have to
 * decode every key to find duplicates, which is the whole work; so the guard builds the tree while it is there, in one
 * pass. Everything RFC 8259 leaves open is refused, floats too, for nothing of ours travels as one.
 */
#include "gx-json.h"

#include "gx-error.h"

#include <string.h>

typedef struct
{
  const char *start;
  const char *p;
  const char *end;
  guint       depth;
  GString    *text;         /* the string read last, decoded */
  GError    **error;
} Parser;

static gboolean parse_value (Parser *parser, JsonNode **out);

static gboolean
fail_here (Parser     *parser,
           const char *what)
{
  return gx_fail (parser->error, GX_ERROR_MALFORMED, "JSON, byte %" G_GSIZE_FORMAT ": %s",
                  (gsize) (parser->p - parser->start), what);
}

static void
skip_space (Parser *parser)
{
  while (parser->p < parser->end
         && (*parser->p == ' ' || *parser->p == '\n' || *parser->p == '\r' || *parser->p == '\t'))
    parser->p++;
}

/* The next byte, or 0 at the end; the text itself holds no NUL. */
static inline char
peek (Parser *parser)
{
  return parser->p < parser->end ? *parser->p : '\0';
}

static gboolean
parse_hex4 (Parser   *parser,
            gunichar *out)
{
  *out = 0;
  if (parser->end - parser->p < 4)
    return fail_here (parser, "an escape is cut short");
  for (guint i = 0; i < 4; i++, parser->p++)
    {
      if (!g_ascii_isxdigit (*parser->p))
        return fail_here (parser, "\\u needs four hexadecimal digits");
      *out = *out << 4 | (gunichar) g_ascii_xdigit_value (*parser->p);
    }

  return TRUE;
}

/* After "\u": one character of the basic plane, or a pair of surrogates. */
static gboolean
parse_unicode_escape (Parser *parser)
{
  gunichar high, low;

  if (!parse_hex4 (parser, &high))
    return FALSE;
  if (high == 0)
    return fail_here (parser, "a string holds U+0000");
  if (high >= 0xdc00 && high <= 0xdfff)
    return fail_here (parser, "a low surrogate stands alone");
  if (high >= 0xd800 && high <= 0xdbff)
    {
      if (parser->end - parser->p < 2 || parser->p[0] != '\\' || parser->p[1] != 'u')
        return fail_here (parser, "a high surrogate stands alone");
      parser->p += 2;
      if (!parse_hex4 (parser, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return fail_here (parser, "a high surrogate stands alone");
      high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    }
  g_string_append_unichar (parser->text, high);

  return TRUE;
}

static gboolean
parse_escape (Parser *parser)
{
  static const char plain[128] = {
    ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t',
  };
  guchar c = (guchar) peek (parser);

  if (c == 'u')
    {
      parser->p++;
      return parse_unicode_escape (parser);
    }
  if (c >= 128 || plain[c] == 0)
    return fail_here (parser, "an unknown escape");
  g_string_append_c (parser->text, plain[c]);
  parser->p++;

  return TRUE;
}

/* Copies up to the next quote, backslash or control character. */
static void
copy_run (Parser *parser)
{
  const char *run = parser->p;

  while (parser->p < parser->end && *parser->p != '"' && *parser->p != '\\' && (guchar) *parser->p >= 0x20)
    parser->p++;
  g_string_append_len (parser->text, run, parser->p - run);
}

/* The string whose quote is next, decoded into parser->text. */
static gboolean
parse_string (Parser *parser)
{
  parser->p++;
  g_string_truncate (parser->text, 0);
  while (TRUE)
    {
      copy_run (parser);
      if (parser->text->len > GX_JSON_STRING_MAX)
        return fail_here (parser, "a string is longer than 64 KiB");
      if (parser->p == parser->end)
        return fail_here (parser, "a string has no end");
      if (*parser->p == '"')
        break;
      if (*parser->p != '\\')
        return fail_here (parser, "a control character in a string");
      parser->p++;
      if (!parse_escape (parser))
        return FALSE;
    }
  parser->p++;

  return TRUE;
}

static gboolean
parse_number (Parser    *parser,
              JsonNode **out)
{
  gboolean negative = *parser->p == '-';
  guint64 limit = negative ? (guint64) G_MAXINT64 + 1 : G_MAXINT64;
  guint64 value = 0;
  const char *digits = parser->p += negative;

  for (; g_ascii_isdigit (peek (parser)); parser->p++)
    {
      guint digit = (guint) (*parser->p - '0');

      if (value > (limit - digit) / 10)
        return fail_here (parser, "an integer does not fit in 64 bits");
      value = value * 10 + digit;
    }
  if (parser->p == digits)
    return fail_here (parser, "a number has no digits");
  if (*digits == '0' && (parser->p - digits > 1 || negative))
    return fail_here (parser, "a number begins with a zero too many");
  if (peek (parser) == '.' || peek (parser) == 'e' || peek (parser) == 'E')
    return fail_here (parser, "only integers are numbers here");

  *out = json_node_init_int (json_node_alloc (), (gint64) (negative ? -value : value));
  return TRUE;
}

static gboolean
parse_word (Parser    *parser,
            JsonNode **out)
{
  static const struct { const char *word; gsize length; } words[] = { { "null", 4 }, { "false", 5 }, { "true", 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((gsize) (parser->end - parser->p) >= words[i].length
        && memcmp (parser->p, words[i].word, words[i].length) == 0)
      {
        parser->p += words[i].length;
        if (g_ascii_isalnum (peek (parser)) || peek (parser) == '_')
          break;
        *out = i == 0 ? json_node_init_null (json_node_alloc ()) : json_node_init_boolean (json_node_alloc (), i == 2);
        return TRUE;
      }

  return fail_here (parser, parser->p == parser->end ? "a value is missing" : "not a JSON value");
}

static gboolean
parse_member (Parser     *parser,
              JsonObject *object)
{
  g_autofree char *name = NULL;
  JsonNode *value;

  skip_space (parser);
  if (peek (parser) != '"')
    return fail_here (parser, "a member's name in double quotes is missing");
  if (!parse_string (parser))
    return FALSE;
  if (json_object_has_member (object, parser->text->str))
    return fail_here (parser, "a member stands twice in one object");
  /* json-glib's hash is no secret: a cap keeps crafted collisions cheap. */
  if (json_object_get_size (object) >= GX_JSON_MEMBERS_MAX)
    return fail_here (parser, "an object has too many members");
  name = g_strndup (parser->text->str, parser->text->len);

  skip_space (parser);
  if (peek (parser) != ':')
    return fail_here (parser, "a colon is missing");
  parser->p++;
  if (!parse_value (parser, &value))
    return FALSE;
  json_object_set_member (object, name, value);

  return TRUE;
}

static gboolean
parse_item (Parser    *parser,
            JsonArray *array)
{
  JsonNode *value;

  if (!parse_value (parser, &value))
    return FALSE;
  json_array_add_element (array, value);

  return TRUE;
}

/* The items between two brackets, with the commas between them. */
static gboolean
parse_items (Parser     *parser,
             char        close,
             JsonObject *object,
             JsonArray  *array)
{
  if (parser->depth >= GX_JSON_DEPTH_MAX)
    return fail_here (parser, "nested too deep");
  parser->depth++;
  parser->p++;
  skip_space (parser);
  for (gboolean first = TRUE; peek (parser) != close || !first; first = FALSE)
    {
      if (!(object != NULL ? parse_member (parser, object) : parse_item (parser, array)))
        return FALSE;
      skip_space (parser);
      if (peek (parser) == close)
        break;
      if (peek (parser) != ',')
        return fail_here (parser, "a comma or a closing bracket is missing");
      parser->p++;
    }
  parser->p++;
  parser->depth--;

  return TRUE;
}

static gboolean
parse_object (Parser    *parser,
              JsonNode **out)
{
  g_autoptr(JsonObject) object = json_object_new ();

  if (!parse_items (parser, '}', object, NULL))
    return FALSE;
  *out = json_node_alloc ();
  json_node_init (*out, JSON_NODE_OBJECT);
  json_node_take_object (*out, g_steal_pointer (&object));

  return TRUE;
}

static gboolean
parse_array (Parser    *parser,
             JsonNode **out)
{
  g_autoptr(JsonArray) array = json_array_new ();

  if (!parse_items (parser, ']', NULL, array))
    return FALSE;
  *out = json_node_alloc ();
  json_node_init (*out, JSON_NODE_ARRAY);
  json_node_take_array (*out, g_steal_pointer (&array));

  return TRUE;
}

static gboolean
parse_value (Parser    *parser,
             JsonNode **out)
{
  char c;

  skip_space (parser);
  c = peek (parser);
  if (c == '{')
    return parse_object (parser, out);
  if (c == '[')
    return parse_array (parser, out);
  if (c == '-' || g_ascii_isdigit (c))
    return parse_number (parser, out);
  if (c != '"')
    return parse_word (parser, out);
  if (!parse_string (parser))
    return FALSE;
  *out = json_node_init_string (json_node_alloc (), parser->text->str);

  return TRUE;
}

/**
 * gx_json_parse:
 * @data: (array length=length) (nullable): bytes from outside, of which nothing is assumed
 * @length: in bytes, or -1 if @data ends with a NUL
 * @error: %GX_ERROR_TOO_LARGE above %GX_JSON_SIZE_MAX, else %GX_ERROR_MALFORMED naming the byte
 *
 * Returns: (transfer full): the tree, without a float in it
 */
JsonNode *
gx_json_parse (const char  *data,
               gssize       length,
               GError     **error)
{
  return gx_json_parse_sized (data, length, GX_JSON_SIZE_MAX, error);
}

/**
 * gx_json_parse_sized:
 * @max_size: the most bytes taken
 *
 * As gx_json_parse(), with another limit.
 */
JsonNode *
gx_json_parse_sized (const char  *data,
                     gssize       length,
                     gsize        max_size,
                     GError     **error)
{
  const char *text = data != NULL ? data : "";
  gsize size = length >= 0 ? (gsize) length : strlen (text);
  Parser parser = { .start = text, .p = text, .end = text + size, .error = error };
  JsonNode *root = NULL;
  const char *bad;

  if (size > max_size)
    {
      gx_fail (error, GX_ERROR_TOO_LARGE, "JSON of %" G_GSIZE_FORMAT " bytes is over the limit of %" G_GSIZE_FORMAT,
               size, max_size);
      return NULL;
    }
  if (size > 0 && !g_utf8_validate_len (text, size, &bad))
    {
      parser.p = bad;
      fail_here (&parser, "not UTF-8");
      return NULL;
    }

  parser.text = g_string_sized_new (256);
  if (parse_value (&parser, &root))
    {
      skip_space (&parser);
      if (parser.p != parser.end)
        {
          fail_here (&parser, "something follows the value");
          g_clear_pointer (&root, json_node_unref);
        }
    }
  g_string_free (parser.text, TRUE);

  return root;
}

/**
 * gx_json_root_object:
 *
 * Returns: (transfer none) (nullable): the object that @node is; %GX_ERROR_MALFORMED if it is none
 */
JsonObject *
gx_json_root_object (JsonNode  *node,
                     GError   **error)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  gx_fail (error, GX_ERROR_MALFORMED, "JSON: an object is wanted");
  return NULL;
}

/* What a reader wants: a node type, and for values a GType. */
typedef struct
{
  JsonNodeType node_type;
  GType        value_type;
  const char  *noun;
} Want;

static const Want want_string = { JSON_NODE_VALUE, G_TYPE_STRING, "a text" };
static const Want want_int = { JSON_NODE_VALUE, G_TYPE_INT64, "an integer" };
static const Want want_bool = { JSON_NODE_VALUE, G_TYPE_BOOLEAN, "true or false" };
static const Want want_object = { JSON_NODE_OBJECT, 0, "an object" };
static const Want want_array = { JSON_NODE_ARRAY, 0, "an array" };

static gboolean
check_node (JsonNode    *node,
            const char  *member,
            const Want  *want,
            GError     **error)
{
  if (json_node_get_node_type (node) != want->node_type
      || (want->node_type == JSON_NODE_VALUE && json_node_get_value_type (node) != want->value_type))
    return gx_fail_field (error, GX_ERROR_INVALID, member, "type", "must be %s", want->noun);

  return TRUE;
}

/* *out_node is NULL when an optional member is absent or null. */
static gboolean
find_member (JsonObject  *object,
             const char  *member,
             const Want  *want,
             gboolean     required,
             JsonNode   **out_node,
             GError     **error)
{
  JsonNode *node = json_object_get_member (object, member);

  *out_node = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return required ? gx_fail_field (error, GX_ERROR_INVALID, member, "required", "is missing") : TRUE;
  if (!check_node (node, member, want, error))
    return FALSE;
  *out_node = node;

  return TRUE;
}

static gboolean
read_id (JsonNode    *node,
         const char  *member,
         GxId        *out,
         GError     **error)
{
  return gx_id_parse (json_node_get_string (node), out)
         || gx_fail_field (error, GX_ERROR_INVALID, member, "type", "must be an id of 36 characters");
}

#define DEFINE_READER(type, Type, want, getter)                                                                        \
gboolean                                                                                                               \
gx_json_get_##type (JsonObject *object, const char *member, Type out, GError **error)                                  \
{                                                                                                                      \
  JsonNode *node;                                                                                                      \
  if (!find_member (object, member, &want, TRUE, &node, error))                                                        \
    return FALSE;                                                                                                      \
  *out = getter (node);                                                                                                \
  return TRUE;                                                                                                         \
}                                                                                                                      \
gboolean                                                                                                               \
gx_json_opt_##type (JsonObject *object, const char *member, Type out, GError **error)                                  \
{                                                                                                                      \
  JsonNode *node;                                                                                                      \
  if (!find_member (object, member, &want, FALSE, &node, error))                                                       \
    return FALSE;                                                                                                      \
  if (node != NULL)                                                                                                    \
    *out = getter (node);                                                                                              \
  return TRUE;                                                                                                         \
}

/* The texts, objects and arrays handed out are borrowed from the tree. */
DEFINE_READER (string, const char **, want_string, json_node_get_string)
DEFINE_READER (int, gint64 *, want_int, json_node_get_int)
DEFINE_READER (bool, gboolean *, want_bool, json_node_get_boolean)
DEFINE_READER (object, JsonObject **, want_object, json_node_get_object)
DEFINE_READER (array, JsonArray **, want_array, json_node_get_array)

gboolean
gx_json_get_id (JsonObject  *object,
                const char  *member,
                GxId        *out,
                GError     **error)
{
  JsonNode *node;

  return find_member (object, member, &want_string, TRUE, &node, error) && read_id (node, member, out, error);
}

gboolean
gx_json_opt_id (JsonObject  *object,
                const char  *member,
                GxId        *out,
                GError     **error)
{
  JsonNode *node;

  return find_member (object, member, &want_string, FALSE, &node, error)
         && (node == NULL || read_id (node, member, out, error));
}

static JsonNode *
find_item (JsonArray   *array,
           guint        index,
           const char  *member,
           const Want  *want,
           GError     **error)
{
  g_autofree char *field = g_strdup_printf ("%s[%u]", member, index);
  JsonNode *node = json_array_get_element (array, index);

  return check_node (node, field, want, error) ? node : NULL;
}

/**
 * gx_json_item_object:
 * @index: less than the array's length
 * @member: the name of the array, for the error
 * @out: (out) (transfer none): the object at @index
 */
gboolean
gx_json_item_object (JsonArray   *array,
                     guint        index,
                     const char  *member,
                     JsonObject **out,
                     GError     **error)
{
  JsonNode *node = find_item (array, index, member, &want_object, error);

  if (node == NULL)
    return FALSE;
  *out = json_node_get_object (node);

  return TRUE;
}

gboolean
gx_json_item_string (JsonArray   *array,
                     guint        index,
                     const char  *member,
                     const char **out,
                     GError     **error)
{
  JsonNode *node = find_item (array, index, member, &want_string, error);

  if (node == NULL)
    return FALSE;
  *out = json_node_get_string (node);

  return TRUE;
}

/** gx_json_get_strings: @out: (out) (transfer full) (array zero-terminated=1): @member is an array of strings */
gboolean
gx_json_get_strings (JsonObject   *object,
                     const char   *member,
                     char       ***out,
                     GError      **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (!gx_json_get_array (object, member, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *text;

      if (!gx_json_item_string (array, i, member, &text, error))
        return FALSE;
      g_strv_builder_add (builder, text);
    }
  *out = g_strv_builder_end (builder);

  return TRUE;
}

/**
 * gx_json_allow_members:
 * @names: (array zero-terminated=1): every member that may be there
 *
 * Refuses what nobody would read, so that a misspelt or smuggled member is an error and not silence.
 */
gboolean
gx_json_allow_members (JsonObject          *object,
                       const char * const  *names,
                       GError             **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (!g_strv_contains (names, name))
      return gx_fail_field (error, GX_ERROR_INVALID, strlen (name) <= 64 ? name : "(a long name)", "unknown",
                            "is not a member of this object");

  return TRUE;
}
