/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed's answers: whole and checked, or nothing; cut at every byte, changed at every byte. And how long to wait. */
#include "gxc-feed-page.h"

#include <string.h>

#include "gx-customer.h"
#include "gxc-backoff.h"

#define ID "01a2007a-64b5-7003-a0ed-c243b156f1e5"

static const char *const lines[] = {
  "{\"t\":\"hdr\",\"epoch\":\"e1\",\"perm_ver\":88}",
  "{\"t\":\"scope-\",\"s\":\"br:0001\"}",
  "{\"t\":\"scope+\",\"s\":\"br:0456\",\"rows\":41233}",
  "{\"t\":\"gone\",\"s\":\"ow:me\",\"tbl\":\"customer\",\"id\":\"" ID "\"}",
  "{\"d\":{\"name\":\"张三\",\"status\":\"ACTIVE\",\"type\":\"PERSON\"},\"fv\":{\"name\":31},\"id\":\"" ID "\",\"masked\":{\"name\":null},"
    "\"months\":[],\"s\":[\"ow:me\",\"br:0456\"],\"t\":\"put\",\"tbl\":\"customer\",\"v\":31,\"v0\":17}",
  "{\"t\":\"res\",\"mid\":41,\"st\":\"applied\",\"seq\":30}",
};

static GString *
make_body (const char *tail)
{
  GString *body = g_string_new (NULL);
  g_autofree char *sha = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_string_append_printf (body, "%s\n", lines[i]);
  sha = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body->str, (gssize) body->len);
  g_string_append_printf (body, "{\"t\":\"end\",%s,\"n\":%u,\"sha\":\"%s\"}\n", tail, (guint) G_N_ELEMENTS (lines), sha);

  return body;
}

static GxcFeedPage *
parse (const char  *data,
       gsize        size,
       GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);

  return gxc_feed_page_parse (bytes, error);
}

static void
test_whole (void)
{
  g_autoptr(GString) body = make_body ("\"cursor\":\"5122\",\"more\":false");
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcFeedPage) page = parse (body->str, body->len, &error);
  const GxcLine *line;

  g_assert_no_error (error);
  g_assert_cmpstr (page->epoch, ==, "e1");
  g_assert_cmpint (page->perm_ver, ==, 88);
  g_assert_cmpstr (page->cursor, ==, "5122");
  g_assert_false (page->more);
  g_assert_cmpuint (page->lines->len, ==, G_N_ELEMENTS (lines) - 1);
  line = &g_array_index (page->lines, GxcLine, 1);
  g_assert_cmpint (line->kind, ==, GXC_LINE_SCOPE_ADDED);
  g_assert_cmpint (line->rows, ==, 41233);
  line = &g_array_index (page->lines, GxcLine, 3);
  g_assert_cmpint (line->kind, ==, GXC_LINE_PUT);
  g_assert_cmpstr (line->scopes[1], ==, "br:0456");
  g_assert_cmpstr (((GxCustomer *) line->put.data)->name, ==, "张三");
  g_assert_nonnull (line->put.facts);
}

static void
test_cut_at_every_byte (void)
{
  g_autoptr(GString) body = make_body ("\"cursor\":\"5122\",\"more\":false");

  for (gsize size = 0; size < body->len; size++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (parse (body->str, size, &error));
      g_assert_nonnull (error);
    }
}

/* Whatever is flipped on the way: refused, or (in the last line's own numbers) not believed to be something else. */
static void
test_changed_at_every_byte (void)
{
  g_autoptr(GString) body = make_body ("\"cursor\":\"5122\",\"more\":false");
  gsize vouched = (gsize) (strstr (body->str, "{\"t\":\"end\"") - body->str);

  for (gsize at = 0; at < vouched; at++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autoptr(GError) error = NULL;

        body->str[at] ^= (char) (1 << bit);
        g_assert_null (parse (body->str, body->len, &error));
        g_assert_nonnull (error);
        body->str[at] ^= (char) (1 << bit);
      }
}

static void
test_lines_may_not_be_missing (void)
{
  g_autoptr(GString) body = g_string_new ("{\"t\":\"hdr\",\"epoch\":\"e1\",\"perm_ver\":1}\n");
  g_autofree char *sha = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body->str, (gssize) body->len);
  g_autoptr(GError) error = NULL;

  g_string_append_printf (body, "{\"t\":\"end\",\"cursor\":\"1\",\"more\":false,\"n\":2,\"sha\":\"%s\"}\n", sha);
  g_assert_null (parse (body->str, body->len, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_MALFORMED);
}

static void
test_nothing_follows_the_end (void)
{
  g_autoptr(GString) body = make_body ("\"cursor\":\"5122\",\"more\":false");
  g_autoptr(GError) error = NULL;

  g_string_append (body, "{\"t\":\"gone\",\"s\":\"ow:me\",\"tbl\":\"customer\",\"id\":\"" ID "\"}\n");
  g_assert_null (parse (body->str, body->len, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_MALFORMED);
}

static void
test_backoff (void)
{
  static const struct { guint attempts; gint64 retry_after; guint32 jitter; gint64 delay; } rows[] = {
    { 1, 0, 0, 0 },
    { 1, 0, G_MAXUINT32, 1000 },
    { 2, 0, G_MAXUINT32, 2000 },
    { 5, 0, G_MAXUINT32, 16000 },
    { 5, 0, G_MAXUINT32 / 2, 7999 },
    { 9, 0, G_MAXUINT32, 256000 },
    { 10, 0, G_MAXUINT32, 300000 },
    { 4000000, 0, G_MAXUINT32, 300000 },
    { 1, 5000, 0, 5000 },
    { 1, 5000, G_MAXUINT32, 6000 },
    { 1, -5, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (gxc_backoff_delay (rows[i].attempts, rows[i].retry_after, rows[i].jitter), ==, rows[i].delay);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/page/whole", test_whole);
  g_test_add_func ("/sync/page/cut_at_every_byte", test_cut_at_every_byte);
  g_test_add_func ("/sync/page/changed_at_every_byte", test_changed_at_every_byte);
  g_test_add_func ("/sync/page/lines_may_not_be_missing", test_lines_may_not_be_missing);
  g_test_add_func ("/sync/page/nothing_follows_the_end", test_nothing_follows_the_end);
  g_test_add_func ("/sync/backoff/table", test_backoff);

  return g_test_run ();
}
