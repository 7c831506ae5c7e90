/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strict JSON parser, the writer and the readers. Every form that json-glib lets pass has its row here. */
#include "gx-error.h"
#include "gx-json.h"
#include "gx-random.h"

#include <string.h>

static const char * const good[][2] = {
  { "{}", "{}" },
  { " [ ] \n", "[]" },
  { "null", "null" },
  { "{\"b\":1,\"a\":[true,false,null]}", "{\"a\":[true,false,null],\"b\":1}" },
  { "[0,-1,9223372036854775807,-9223372036854775808]", "[0,-1,9223372036854775807,-9223372036854775808]" },
  { "\"\\u5f20\\u4E09\\/\\\"\\\\\"", "\"张三/\\\"\\\\\"" },
  { "\"\\ud83d\\ude00\"", "\"😀\"" },
  { "\"\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\"", "\"\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"" },
  { "{\"\":0,\"\\u0061\":{\"z\":{},\"y\":[[]]}}", "{\"\":0,\"a\":{\"y\":[[]],\"z\":{}}}" },
  { "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]" },
};

static const char * const bad[] = {
  "", " ", "\n", "{", "}", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}",
  "{,}", "{1:2}", "{a:1}", "{null:1}", "{\"a\" 1}", "{\"a\":}", "[1 2]", "{\"a\":1 \"b\":2}",
  "{\"a\":1}{\"b\":2}", "{} x", "1 2", "[]]", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"o\":{\"a\":1,\"b\":2,\"a\":1}}",
  "/* c */ {}", "{} // c", "{}#c", "var x = {};", "'a'", "{'a':1}", "{\"a\":'b'}",
  "0x10", "010", "-", "+1", "-0", "00", "-01", "1.0", "0.5", ".5", "1.", "1e3", "1E400", "1e400", "NaN", "nan", "Infinity", "-Infinity", "inf",
  "9223372036854775808", "-9223372036854775809", "99999999999999999999", "18446744073709551616", "[1a]",
  "True", "TRUE", "nul", "nulll", "truefalse", "true_", "undefined", "tru",
  "\"", "\"a", "\"a\nb\"", "\"a\tb\"", "\"\\\"", "\"\\x41\"", "\"\\'\"", "\"\\", "\"\\u", "\"\\u12\"", "\"\\u12g4\"", "\"\\u0000\"",
  "\"\\ud83d\"", "\"\\ud83d\\ud83d\"", "\"\\ud83dx\"", "\"\\ude00\"", "\"\\ud83d\\u0041\"", "\"\\ud83d\\", "\"\\U0041\"",
  "\xef\xbb\xbf{}", "\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", "\"\xe5\xbc\"", "\xa0[]", "\f[]", "\v{}",
  "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]",
};

static void
test_parses_what_is_json (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) node = gx_json_parse (good[i][0], -1, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = gx_json_canonical (node);
      g_assert_cmpstr (text, ==, good[i][1]);
    }
}

static void
test_refuses_what_is_not (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      JsonNode *node = gx_json_parse (bad[i], -1, &error);

      if (node != NULL)
        g_error ("accepted: %s", bad[i]);
      g_assert_error (error, GX_ERROR, GX_ERROR_MALFORMED);
      g_assert_nonnull (strstr (error->message, "byte "));
    }
}

static void
test_refuses_nul_and_nothing (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (gx_json_parse ("[\0]", 3, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_null (gx_json_parse ("[]\0", 3, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_null (gx_json_parse (NULL, 0, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_MALFORMED);
  g_assert_null (gx_json_parse ("[", -1, NULL));
}

static char *
repeat (const char *piece,
        guint       n)
{
  GString *text = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

static void
test_refuses_a_hundred_thousand_brackets (void)
{
  static const char * const pieces[] = { "[", "{\"a\":", "[{\"a\":" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *text = repeat (pieces[i], 100000);

      g_assert_null (gx_json_parse (text, -1, &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_MALFORMED);
    }
}

static void
check_long_string (guint    length,
                   gboolean fits)
{
  g_autofree char *inside = repeat ("x", length);
  g_autofree char *value = g_strdup_printf ("[\"%s\"]", inside);
  g_autofree char *key = g_strdup_printf ("{\"%s\":0}", inside);
  g_autoptr(JsonNode) a = gx_json_parse (value, -1, NULL);
  g_autoptr(JsonNode) b = gx_json_parse (key, -1, NULL);

  g_assert_cmpint (a != NULL, ==, fits);
  g_assert_cmpint (b != NULL, ==, fits);
}

static void
test_limits_size_strings_and_members (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) wide = g_string_new ("{");
  g_autoptr(JsonNode) node = NULL;

  check_long_string (GX_JSON_STRING_MAX, TRUE);
  check_long_string (GX_JSON_STRING_MAX + 1, FALSE);

  g_assert_null (gx_json_parse_sized ("[1234]", -1, 5, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_TOO_LARGE);
  node = gx_json_parse_sized ("[1234]", -1, 6, NULL);
  g_assert_nonnull (node);

  for (guint i = 0; i <= GX_JSON_MEMBERS_MAX; i++)
    g_string_append_printf (wide, "%s\"k%u\":0", i > 0 ? "," : "", i);
  g_string_append_c (wide, '}');
  g_assert_null (gx_json_parse (wide->str, -1, NULL));
}

/* What we accept, json-glib reads the same way; and canonical text is a fixed point. */
static void
check_accepted (const char *data,
                gsize       length,
                JsonNode   *node)
{
  g_autoptr(JsonParser) theirs = json_parser_new ();
  g_autofree char *text = gx_json_canonical (node);
  g_autoptr(JsonNode) again = gx_json_parse (text, -1, NULL);
  g_autofree char *text_again = NULL;

  g_assert_nonnull (again);
  text_again = gx_json_canonical (again);
  g_assert_cmpstr (text, ==, text_again);
  g_assert_true (json_node_equal (node, again));
  g_assert_true (json_parser_load_from_data (theirs, data, (gssize) length, NULL));
  g_assert_true (json_node_equal (node, json_parser_get_root (theirs)));
}

static void
test_survives_mutation (void)
{
  static const char * const seeds[] = {
    "{\"client_id\":\"0192f000-0000-7000-8000-000000000001\",\"epoch\":\"a91c\",\"schema\":1,\"ack_mid\":40,\"mutations\":[{\"mid\":41,"
    "\"op\":\"patch\",\"set\":{\"phone\":{\"v\":\"\\u5f20\\ud83d\\ude00\",\"b\":{\"s\":1201}}}}]}",
    "[0,-1,9223372036854775807,true,false,null,\"a\\n\\\"b\\\\\",{},[]]",
    "{\"t\":\"put\",\"s\":[\"br:0123\"],\"d\":{\"name\":\"张三丰\",\"balance\":-12345},\"masked\":{\"balance\":4}}",
  };
  GxSeededRandom random;
  guint accepted = 0;

  gx_seeded_random_init (&random, 20261121);
  for (guint round = 0; round < 20000; round++)
    {
      static const char interesting[] = "{}[]\",:\\u0eE-+.' \n\t/*tfn09\x80\xff";
      const char *seed = seeds[round % G_N_ELEMENTS (seeds)];
      gsize length = strlen (seed);
      g_autofree char *data = g_strdup (seed);
      g_autoptr(JsonNode) node = NULL;
      g_autoptr(GError) error = NULL;

      for (guint n = 1 + gx_random_below (&random.parent, 4); n > 0; n--)
        {
          guint at = gx_random_below (&random.parent, (guint32) length);

          if (gx_random_below (&random.parent, 2))
            data[at] = interesting[gx_random_below (&random.parent, sizeof interesting)];
          else
            data[at] ^= (char) (1 << gx_random_below (&random.parent, 8));
        }
      if (gx_random_below (&random.parent, 8) == 0)
        length = gx_random_below (&random.parent, (guint32) length);

      node = gx_json_parse (data, (gssize) length, &error);
      g_assert_true ((node == NULL) == (error != NULL));
      if (node != NULL)
        {
          check_accepted (data, length, node);
          accepted++;
        }
    }
  /* Neither everything nor nothing, or the loop shows nothing. */
  g_assert_cmpuint (accepted, >, 500);
  g_assert_cmpuint (accepted, <, 15000);
}

static void
test_writer_streams (void)
{
  g_autoptr(GString) out = g_string_new (NULL);
  GxId id, none = GX_ID_NONE;
  GxJsonWriter writer;

  g_assert_true (gx_id_parse ("0192f000-0000-7000-8000-000000000001", &id));
  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "t", "put");
  gx_json_writer_member (&writer, "s");
  gx_json_writer_begin_array (&writer);
  gx_json_writer_string (&writer, "br:\"1\"");
  gx_json_writer_begin_object (&writer);
  gx_json_writer_end_object (&writer);
  gx_json_writer_int (&writer, G_MININT64);
  gx_json_writer_int (&writer, G_MAXINT64);
  gx_json_writer_end_array (&writer);
  gx_json_writer_put_id (&writer, "id", &id);
  gx_json_writer_put_id (&writer, "none", &none);
  gx_json_writer_put_bool (&writer, "ok", TRUE);
  gx_json_writer_put_string (&writer, "nothing", NULL);
  gx_json_writer_put_raw (&writer, "raw", "{\"a\":1}");
  gx_json_writer_put_int (&writer, "zero", 0);
  gx_json_writer_end_object (&writer);

  g_assert_cmpstr (out->str, ==,
                   "{\"t\":\"put\",\"s\":[\"br:\\\"1\\\"\",{},-9223372036854775808,9223372036854775807],"
                   "\"id\":\"0192f000-0000-7000-8000-000000000001\",\"none\":null,\"ok\":true,\"nothing\":null,"
                   "\"raw\":{\"a\":1},\"zero\":0}");
}

static void
write_two_keys (const char *first,
                const char *second)
{
  g_autoptr(GString) out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init_canonical (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_member (&writer, first);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "zz", 1);
  gx_json_writer_end_object (&writer);
  gx_json_writer_put_int (&writer, second, 2);
  gx_json_writer_end_object (&writer);
  g_assert_cmpuint (out->len, >, 0);
}

static void
test_canonical_writer_wants_sorted_keys (void)
{
  static const char * const unsorted[][2] = { { "b", "a" }, { "a", "a" }, { "ab", "a" } };

  if (g_test_subprocess ())
    {
      const char * const *pair = unsorted[g_ascii_strtoull (g_getenv ("GXT_PAIR"), NULL, 10)];

      write_two_keys (pair[0], pair[1]);
      return;
    }
  write_two_keys ("a", "b");
  write_two_keys ("a", "ab");
  for (guint i = 0; i < G_N_ELEMENTS (unsorted); i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      g_setenv ("GXT_PAIR", number, TRUE);
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_failed ();
      g_test_trap_assert_stderr ("*assertion failed*");
    }
}

static void
assert_violation (GError     **error,
                  const char  *field,
                  const char  *rule)
{
  const GxViolation *violation;

  g_assert_error (*error, GX_ERROR, GX_ERROR_INVALID);
  violation = g_ptr_array_index (gx_error_get_violations (*error), 0);
  g_assert_cmpstr (violation->field, ==, field);
  g_assert_cmpstr (violation->rule, ==, rule);
  g_clear_error (error);
}

static void
test_readers_read (void)
{
  g_autoptr(JsonNode) node = gx_json_parse (
    "{\"s\":\"x\",\"i\":-7,\"b\":true,\"id\":\"0192f000-0000-7000-8000-000000000001\",\"o\":{\"k\":1},\"a\":[{\"k\":2},\"t\"],\"n\":null,\"l\":[\"u\",\"v\"]}",
    -1, NULL);
  JsonObject *object = gx_json_root_object (node, NULL), *inner;
  g_auto(GStrv) strings = NULL;
  JsonArray *array;
  const char *text = NULL;
  gint64 number = 0;
  gboolean flag = FALSE;
  GxId id;

  g_assert_true (gx_json_get_string (object, "s", &text, NULL));
  g_assert_cmpstr (text, ==, "x");
  g_assert_true (gx_json_get_int (object, "i", &number, NULL));
  g_assert_cmpint (number, ==, -7);
  g_assert_true (gx_json_get_bool (object, "b", &flag, NULL));
  g_assert_true (flag);
  g_assert_true (gx_json_get_id (object, "id", &id, NULL));
  g_assert_cmpstr (GX_ID_STR (&id), ==, "0192f000-0000-7000-8000-000000000001");
  g_assert_true (gx_json_get_object (object, "o", &inner, NULL));
  g_assert_true (gx_json_get_array (object, "a", &array, NULL));
  g_assert_true (gx_json_item_object (array, 0, "a", &inner, NULL));
  g_assert_true (gx_json_item_string (array, 1, "a", &text, NULL));
  g_assert_cmpstr (text, ==, "t");
  g_assert_true (gx_json_get_strings (object, "l", &strings, NULL));
  g_assert_cmpuint (g_strv_length (strings), ==, 2);
  g_assert_cmpstr (strings[1], ==, "v");

  number = 42;
  g_assert_true (gx_json_opt_int (object, "absent", &number, NULL));
  g_assert_true (gx_json_opt_int (object, "n", &number, NULL));
  g_assert_cmpint (number, ==, 42);
  g_assert_true (gx_json_opt_int (object, "i", &number, NULL));
  g_assert_cmpint (number, ==, -7);
}

static void
test_readers_name_the_member (void)
{
  static const char * const names[] = { "s", "i", NULL };
  g_autoptr(JsonNode) node = gx_json_parse ("{\"s\":\"x\",\"i\":1,\"a\":[1],\"n\":null}", -1, NULL);
  JsonObject *object = gx_json_root_object (node, NULL), *inner;
  g_autoptr(JsonNode) list = gx_json_parse ("[]", -1, NULL);
  g_autoptr(GError) error = NULL;
  JsonArray *array;
  char **strings = NULL;
  const char *text;
  gint64 number;
  gboolean flag;
  GxId id;

  g_assert_false (gx_json_get_string (object, "absent", &text, &error));
  assert_violation (&error, "absent", "required");
  g_assert_false (gx_json_get_string (object, "n", &text, &error));
  assert_violation (&error, "n", "required");
  g_assert_false (gx_json_get_string (object, "i", &text, &error));
  assert_violation (&error, "i", "type");
  g_assert_false (gx_json_opt_int (object, "s", &number, &error));
  assert_violation (&error, "s", "type");
  g_assert_false (gx_json_get_bool (object, "i", &flag, &error));
  assert_violation (&error, "i", "type");
  g_assert_false (gx_json_get_id (object, "s", &id, &error));
  assert_violation (&error, "s", "type");
  g_assert_false (gx_json_opt_object (object, "a", &inner, &error));
  assert_violation (&error, "a", "type");
  g_assert_true (gx_json_get_array (object, "a", &array, NULL));
  g_assert_false (gx_json_item_object (array, 0, "a", &inner, &error));
  assert_violation (&error, "a[0]", "type");
  g_assert_false (gx_json_get_strings (object, "a", &strings, &error));
  assert_violation (&error, "a[0]", "type");
  g_assert_null (strings);
  g_assert_false (gx_json_allow_members (object, names, &error));
  assert_violation (&error, "a", "unknown");
  g_assert_null (gx_json_root_object (list, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_MALFORMED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/json/parses_what_is_json", test_parses_what_is_json);
  g_test_add_func ("/codec/json/refuses_what_is_not", test_refuses_what_is_not);
  g_test_add_func ("/codec/json/refuses_nul_and_nothing", test_refuses_nul_and_nothing);
  g_test_add_func ("/codec/json/refuses_a_hundred_thousand_brackets", test_refuses_a_hundred_thousand_brackets);
  g_test_add_func ("/codec/json/limits_size_strings_and_members", test_limits_size_strings_and_members);
  g_test_add_func ("/codec/json/survives_mutation", test_survives_mutation);
  g_test_add_func ("/codec/json-writer/streams", test_writer_streams);
  g_test_add_func ("/codec/json-writer/canonical_wants_sorted_keys", test_canonical_writer_wants_sorted_keys);
  g_test_add_func ("/codec/json/readers_read", test_readers_read);
  g_test_add_func ("/codec/json/readers_name_the_member", test_readers_name_the_member);
  return g_test_run ();
}
