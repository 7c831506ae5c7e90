/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed's NDJSON, read strictly: a body without a valid last line (count and hash) is nothing at all, so an answer
 * that was cut anywhere can neither change a row nor move a cursor (sync.md 1.6, I11).
 *
 * Pure: bytes in, a page or an error out. Applying it is gxc-apply's matter.
 */
#include "gxc-feed-page.h"

#include <string.h>

#include "gx-bug.h"
#include "gx-catalog.h"
#include "gx-hash.h"
#include "gx-json.h"

typedef struct
{
  GxcFeedPage *page;
  guint    n;               /* lines before the last one */
} Parser;

static void
line_clear (gpointer data)
{
  GxcLine *line = data;

  gx_put_clear (&line->put);
  g_strfreev (line->scopes);
  g_free (line->scope);
  g_free (line->text);
}

void
gxc_feed_page_free (GxcFeedPage *page)
{
  g_free (page->epoch);
  g_free (page->cursor);
  g_free (page->after);
  g_strfreev (page->roles);
  g_array_unref (page->lines);
  g_free (page);
}

static gboolean
dup_string (JsonObject  *object,
            const char  *member,
            char       **out,
            GError     **error)
{
  const char *text;

  if (!gx_json_get_string (object, member, &text, error))
    return FALSE;
  *out = g_strdup (text);

  return TRUE;
}

static gboolean
read_header (Parser      *parser,
             JsonObject  *object,
             const char  *text,
             gsize        length,
             GError     **error)
{
  if (parser->n > 0)
    return gx_fail (error, GX_ERROR_MALFORMED, "the feed's header is not its first line");

  return dup_string (object, "epoch", &parser->page->epoch, error)
         && gx_json_get_int (object, "perm_ver", &parser->page->perm_ver, error)
         && (!json_object_has_member (object, "roles") || gx_json_get_strings (object, "roles", &parser->page->roles, error));
}

static GxcLine *
add_line (Parser      *parser,
          GxcLineKind  kind)
{
  GxcLine line = { .kind = kind };

  g_array_append_val (parser->page->lines, line);
  return &g_array_index (parser->page->lines, GxcLine, parser->page->lines->len - 1);
}

static gboolean
read_put (Parser      *parser,
          JsonObject  *object,
          const char  *text,
          gsize        length,
          GError     **error)
{
  GxcLine *line = add_line (parser, GXC_LINE_PUT);

  return gx_put_read (object, &line->put, error) && gx_json_get_strings (object, "s", &line->scopes, error);
}

static gboolean
read_gone (Parser      *parser,
           JsonObject  *object,
           const char  *text,
           gsize        length,
           GError     **error)
{
  GxcLine *line = add_line (parser, GXC_LINE_GONE);
  const char *table;

  if (!dup_string (object, "s", &line->scope, error)
      || !gx_json_get_string (object, "tbl", &table, error)
      || !gx_json_get_id (object, "id", &line->id, error))
    return FALSE;
  line->put.entity = gx_entity_by_name (table);

  return line->put.entity != NULL
         || gx_fail_field (error, GX_ERROR_SCHEMA, "tbl", "schema", "there is no entity “%s”", table);
}

static gboolean
read_result (Parser      *parser,
             JsonObject  *object,
             const char  *text,
             gsize        length,
             GError     **error)
{
  add_line (parser, GXC_LINE_RESULT)->text = g_strndup (text, length);
  return TRUE;
}

static gboolean
read_scope_added (Parser      *parser,
                  JsonObject  *object,
                  const char  *text,
                  gsize        length,
                  GError     **error)
{
  GxcLine *line = add_line (parser, GXC_LINE_SCOPE_ADDED);

  return dup_string (object, "s", &line->scope, error) && gx_json_opt_int (object, "rows", &line->rows, error);
}

static gboolean
read_scope_dropped (Parser      *parser,
                    JsonObject  *object,
                    const char  *text,
                    gsize        length,
                    GError     **error)
{
  return dup_string (object, "s", &add_line (parser, GXC_LINE_SCOPE_DROPPED)->scope, error);
}

static gboolean
read_checkpoint (Parser      *parser,
                 JsonObject  *object,
                 const char  *text,
                 gsize        length,
                 GError     **error)
{
  return dup_string (object, "cp", &add_line (parser, GXC_LINE_CHECKPOINT)->text, error);
}

static const struct
{
  const char *word;
  gboolean  (*read) (Parser *parser, JsonObject *object, const char *text, gsize length, GError **error);
} readers[] = {
  { "put",    read_put },
  { "gone",   read_gone },
  { "hdr",    read_header },
  { "res",    read_result },
  { "scope+", read_scope_added },
  { "scope-", read_scope_dropped },
  { "sth",    read_checkpoint },
};

static gboolean
read_line (Parser      *parser,
           const char  *text,
           gsize        length,
           GError     **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (text, (gssize) length, error);
  JsonObject *object = node != NULL ? gx_json_root_object (node, error) : NULL;
  const char *word;

  if (object == NULL || !gx_json_get_string (object, "t", &word, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    if (g_str_equal (readers[i].word, word))
      {
        gboolean ok = readers[i].read (parser, object, text, length, error);

        parser->n++;
        return ok;
      }

  return gx_fail (error, GX_ERROR_SCHEMA, "the feed has a line of kind “%s”, which this program does not know", word);
}

/* The last line vouches for all before it: how many, and their bytes. */
static gboolean
read_trailer (GxcFeedPage     *page,
              const char  *text,
              gsize        length,
              const char  *all,
              gsize        all_length,
              gint64      *out_n,
              GError     **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (text, (gssize) length, error);
  JsonObject *object = node != NULL ? gx_json_root_object (node, error) : NULL;
  g_autofree char *computed = NULL;
  const char *word, *sha, *cursor = NULL, *after = NULL;

  if (object == NULL
      || !gx_json_get_string (object, "t", &word, error)
      || (!g_str_equal (word, "end") && !gx_fail (error, GX_ERROR_MALFORMED, "the feed's answer was cut short"))
      || !gx_json_get_int (object, "n", out_n, error)
      || !gx_json_get_string (object, "sha", &sha, error)
      || !gx_json_get_bool (object, "more", &page->more, error)
      || !gx_json_opt_string (object, "cursor", &cursor, error)
      || !gx_json_opt_string (object, "after", &after, error))
    return FALSE;

  computed = gx_sha256_hex (all, (gssize) all_length);
  if (!g_str_equal (computed, sha) && !GX_BUG (GX_BUG_TRAILER))
    return gx_fail (error, GX_ERROR_MALFORMED, "the feed's answer was changed on its way");
  page->cursor = g_strdup (cursor);
  page->after = g_strdup (after);

  return TRUE;
}

/* Where the last line begins; the body must end with a newline. */
static const char *
find_last_line (const char *data,
                gsize       size)
{
  if (size < 2 || data[size - 1] != '\n')
    return NULL;
  for (gsize at = size - 1; at > 0; at--)
    if (data[at - 1] == '\n')
      return data + at;

  return NULL;
}

static gboolean
read_lines (Parser      *parser,
            const char  *data,
            const char  *end,
            GError     **error)
{
  while (data < end)
    {
      const char *newline = memchr (data, '\n', (gsize) (end - data));

      if (!read_line (parser, data, (gsize) (newline - data), error))
        return FALSE;
      data = newline + 1;
    }

  return TRUE;
}

/**
 * gxc_feed_page_parse:
 *
 * Returns: (transfer full) (nullable): the page
 *
 * Errors: %GX_ERROR_MALFORMED if the answer is not whole, %GX_ERROR_SCHEMA if it says what this program does not know
 */
GxcFeedPage *
gxc_feed_page_parse (GBytes  *body,
                GError **error)
{
  g_autoptr(GxcFeedPage) page = g_new0 (GxcFeedPage, 1);
  Parser parser = { .page = page };
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  const char *last = find_last_line (data, size);
  gint64 n;

  page->lines = g_array_new (FALSE, FALSE, sizeof (GxcLine));
  g_array_set_clear_func (page->lines, line_clear);
  if (last == NULL)
    {
      gx_fail (error, GX_ERROR_MALFORMED, "the feed's answer was cut short");
      return NULL;
    }
  if (!read_trailer (page, last, (gsize) (data + size - 1 - last), data, (gsize) (last - data), &n, error)
      || !read_lines (&parser, data, last, error))
    return NULL;
  if (parser.n != n || page->epoch == NULL)
    {
      gx_fail (error, GX_ERROR_MALFORMED, "the feed's answer lacks lines");
      return NULL;
    }

  return g_steal_pointer (&page);
}
