/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of an answer, where the route says so (RFC 9110 14): one range. Several, or none that can be read, give the whole, as
 * a server may. SoupServer's own reading of the header is kept out: libsoup 3.2 hands on an end behind the answer's as it is.
 */
#include "gxs-range.h"

#include <string.h>

#include "gxs-context-private.h"

/* "bytes=3-9", "bytes=3-" or "bytes=-7": *out_from and *out_to of @size bytes, both inclusive; from > to = none of them. */
static gboolean
read_range (const char *text,
            guint64     size,
            guint64    *out_from,
            guint64    *out_to)
{
  g_auto(GStrv) ends = NULL;

  if (!g_str_has_prefix (text, "bytes=") || strchr (text, ',') != NULL)
    return FALSE;
  ends = g_strsplit (text + strlen ("bytes="), "-", 2);
  if (g_strv_length (ends) != 2 || (*ends[0] == '\0' && *ends[1] == '\0'))
    return FALSE;

  *out_from = 0;
  *out_to = G_MAXUINT64;
  if ((*ends[0] != '\0' && !g_ascii_string_to_unsigned (ends[0], 10, 0, G_MAXUINT64, out_from, NULL))
      || (*ends[1] != '\0' && !g_ascii_string_to_unsigned (ends[1], 10, 0, G_MAXUINT64, out_to, NULL)))
    return FALSE;
  if (*ends[0] == '\0')
    {
      *out_from = size - MIN (*out_to, size);
      *out_to = G_MAXUINT64;
    }
  else if (*out_to < *out_from)
    return FALSE;
  *out_to = MIN (*out_to, size - 1);

  return TRUE;
}

/**
 * gxs_range_apply:
 *
 * Cuts a settled answer down to what was asked for: 206, or 416 if that lies behind its end.
 */
void
gxs_range_apply (GxsContext *ctx)
{
  const char *text = ctx->headers[GXS_HEADER_RANGE];
  gsize size = ctx->answer != NULL ? g_bytes_get_size (ctx->answer) : 0;
  g_autoptr(GBytes) whole = NULL;
  char told[80];
  guint64 from, to;

  if (text == NULL || ctx->status != 200 || size == 0 || ctx->match.route == NULL || (ctx->match.route->flags & GXS_ROUTE_RANGE) == 0
      || !read_range (text, size, &from, &to))
    return;

  whole = g_steal_pointer (&ctx->answer);
  ctx->status = from > to ? 416 : 206;
  if (ctx->status == 206)
    {
      ctx->answer = g_bytes_new_from_bytes (whole, (gsize) from, (gsize) (to - from + 1));
      g_snprintf (told, sizeof told, "bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GSIZE_FORMAT, from, to, size);
    }
  else
    g_snprintf (told, sizeof told, "bytes */%" G_GSIZE_FORMAT, size);
  gxs_context_add_header (ctx, "Content-Range", told);
}
