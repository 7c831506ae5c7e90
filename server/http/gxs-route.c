/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a method and a path to a row of the route table.
 *
 * Patterns are cut into segments once; a path is cut once and compared segment by segment. Where two patterns fit, the
 * one whose earliest differing segment is literal goes first, so the order of the table does not matter. There is no
 * regular expression, no prefix match and no trailing slash: a path either is a row or is not.
 */
#include "gxs-route.h"

#include <stdlib.h>
#include <string.h>

#define MAX_SEGMENTS 8

typedef struct
{
  const char *text;         /* (borrowed) without braces */
  gsize       length;
  gboolean    is_arg;
} Segment;

typedef struct
{
  guint   n;
  Segment at[MAX_SEGMENTS];
} Segments;

typedef struct
{
  Segments        pattern;
  const GxsRoute *route;    /* (borrowed) */
  char           *allow;    /* (owned) the methods of all rows with this pattern */
} Entry;

struct _GxsRouter
{
  const GxsRoute *routes;   /* (borrowed) */
  guint           n_routes;
  Entry          *entries;  /* (owned) sorted, the more literal first */
};

static gboolean
cut (const char *path,
     Segments   *out)
{
  out->n = 0;
  while (*path == '/')
    {
      const char *end;

      path++;
      end = path + strcspn (path, "/");

      if (out->n == MAX_SEGMENTS)
        return FALSE;
      out->at[out->n++] = (Segment) { path, (gsize) (end - path), FALSE };
      path = end;
    }

  return *path == '\0' && out->n > 0;
}

static void
mark_args (Segments *pattern)
{
  for (guint i = 0; i < pattern->n; i++)
    {
      Segment *segment = &pattern->at[i];

      if (segment->length > 2 && segment->text[0] == '{' && segment->text[segment->length - 1] == '}')
        {
          segment->text++;
          segment->length -= 2;
          segment->is_arg = TRUE;
        }
    }
}

static gboolean
fits (const Segments *pattern,
      const Segments *path)
{
  if (pattern->n != path->n)
    return FALSE;

  for (guint i = 0; i < pattern->n; i++)
    {
      const Segment *want = &pattern->at[i];
      const Segment *have = &path->at[i];

      if (want->is_arg ? have->length == 0
                       : want->length != have->length || memcmp (want->text, have->text, want->length) != 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_same_pattern (const Segments *a,
                 const Segments *b)
{
  if (a->n != b->n)
    return FALSE;

  for (guint i = 0; i < a->n; i++)
    if (a->at[i].is_arg != b->at[i].is_arg
        || (!a->at[i].is_arg && (a->at[i].length != b->at[i].length
                                 || memcmp (a->at[i].text, b->at[i].text, a->at[i].length) != 0)))
      return FALSE;

  return TRUE;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Segments *one = &((const Entry *) a)->pattern;
  const Segments *two = &((const Entry *) b)->pattern;

  for (guint i = 0; i < MIN (one->n, two->n); i++)
    if (one->at[i].is_arg != two->at[i].is_arg)
      return one->at[i].is_arg ? 1 : -1;

  return (int) one->n - (int) two->n;
}

static char *
list_methods (const GxsRouter *self,
              const Segments  *pattern)
{
  g_autoptr(GString) allow = g_string_new (NULL);

  for (guint i = 0; i < self->n_routes; i++)
    if (is_same_pattern (&self->entries[i].pattern, pattern))
      g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", self->entries[i].route->method);

  return g_string_free (g_steal_pointer (&allow), FALSE);
}

/**
 * gxs_router_new:
 * @routes: (array length=n_routes): the table; must outlive the router
 *
 * A table with a malformed pattern or with the same method and pattern twice is a mistake of the programmer and aborts.
 */
GxsRouter *
gxs_router_new (const GxsRoute *routes,
                guint           n_routes)
{
  GxsRouter *self = g_new0 (GxsRouter, 1);

  self->routes = routes;
  self->n_routes = n_routes;
  self->entries = g_new0 (Entry, n_routes);
  for (guint i = 0; i < n_routes; i++)
    {
      if (!cut (routes[i].pattern, &self->entries[i].pattern))
        g_error ("route pattern %s", routes[i].pattern);
      mark_args (&self->entries[i].pattern);
      self->entries[i].route = &routes[i];
      for (guint j = 0; j < i; j++)
        if (is_same_pattern (&self->entries[i].pattern, &self->entries[j].pattern)
            && strcmp (routes[i].method, self->entries[j].route->method) == 0)
          g_error ("route %s %s stands twice", routes[i].method, routes[i].pattern);
    }
  for (guint i = 0; i < n_routes; i++)
    self->entries[i].allow = list_methods (self, &self->entries[i].pattern);
  qsort (self->entries, n_routes, sizeof (Entry), compare_entries);

  return self;
}

void
gxs_router_free (GxsRouter *self)
{
  for (guint i = 0; i < self->n_routes; i++)
    g_free (self->entries[i].allow);
  g_free (self->entries);
  g_free (self);
}

static gboolean
take_args (const Segments *pattern,
           const Segments *path,
           GxsMatch       *out_match)
{
  guint n = 0;

  for (guint i = 0; i < pattern->n; i++)
    if (pattern->at[i].is_arg && n < GXS_ROUTE_ARGS)
      {
        const char *text = path->at[i].text;

        out_match->args[n] = g_uri_unescape_segment (text, text + path->at[i].length, "/");
        if (out_match->args[n] == NULL || !g_utf8_validate (out_match->args[n], -1, NULL))
          return FALSE;
        n++;
      }

  return TRUE;
}

/**
 * gxs_router_match:
 * @path: percent-encoded, as it was sent, without the query
 * @out_match: (out caller-allocates): clear it with gxs_match_clear(), whatever is returned
 *
 * Returns: whether a row answers. If not, `out_match->allow` tells the methods there are; %NULL: there is no such path
 */
gboolean
gxs_router_match (const GxsRouter *self,
                  const char      *method,
                  const char      *path,
                  GxsMatch        *out_match)
{
  const Entry *first = NULL;
  Segments segments;

  memset (out_match, 0, sizeof *out_match);
  if (!cut (path, &segments))
    return FALSE;

  for (guint i = 0; i < self->n_routes; i++)
    {
      const Entry *entry = &self->entries[i];

      if (!fits (&entry->pattern, &segments) || (first != NULL && !is_same_pattern (&entry->pattern, &first->pattern)))
        continue;
      first = entry;
      if (strcmp (entry->route->method, method) != 0)
        continue;
      if (!take_args (&entry->pattern, &segments, out_match))
        return FALSE;
      out_match->route = entry->route;
      return TRUE;
    }

  out_match->allow = first != NULL ? first->allow : NULL;
  return FALSE;
}

void
gxs_match_clear (GxsMatch *match)
{
  for (guint i = 0; i < GXS_ROUTE_ARGS; i++)
    g_clear_pointer (&match->args[i], g_free);
}

/**
 * gxs_router_get_routes:
 *
 * Returns: (array length=out_n_routes) (transfer none): the table
 */
const GxsRoute *
gxs_router_get_routes (const GxsRouter *self,
                       guint           *out_n_routes)
{
  *out_n_routes = self->n_routes;
  return self->routes;
}
