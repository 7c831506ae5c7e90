/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tries every row of a route table from outside: no token, a false token, each role that the row does not name, a wrong
 * method, a wrong path, a body too long, without length, of a wrong type, malformed. Each must be refused with its own
 * status before a handler runs, so the walk needs no data and changes none. A new row is walked without a new test.
 */
#include "gxt-route-walk.h"

#include <string.h>

#include "gxt-http-client.h"

typedef struct
{
  const GxtRouteWalk *walk;
  const GxsRoute     *route;
  char               *path;       /* (owned) with examples for its arguments */
  char               *allowed;    /* (owned) (nullable) Authorization line of a role that may */
  guint               n;
} Step;

static char *
fill_in (const GxtRouteWalk *walk,
         const GxsRoute     *route)
{
  g_auto(GStrv) segments = g_strsplit (route->pattern, "/", -1);

  for (guint i = 0; segments[i] != NULL; i++)
    if (segments[i][0] == '{')
      {
        g_autofree char *arg = g_strndup (segments[i] + 1, strlen (segments[i]) - 2);
        const char *example = walk->get_arg != NULL ? walk->get_arg (route, arg, walk->user_data) : NULL;

        g_free (segments[i]);
        segments[i] = g_strdup (example != NULL ? example : "x");
      }

  return g_strjoinv ("/", segments);
}

static char *
authorization_of (const GxtRouteWalk *walk,
                  guint64             role)
{
  g_autofree char *token = walk->dup_token (role, walk->user_data);

  return g_strdup_printf ("Authorization: Bearer %s\r\n", token);
}

static char *
find_allowed (const GxtRouteWalk *walk,
              const GxsRoute     *route)
{
  if ((route->flags & GXS_ROUTE_PUBLIC) != 0)
    return g_strdup ("");

  for (guint i = 0; i < walk->n_roles; i++)
    if (route->roles == 0 || (route->roles & walk->roles[i]) != 0)
      return authorization_of (walk, walk->roles[i]);

  return NULL;
}

static void
expect (Step       *step,
        const char *what,
        guint       status,
        const char *method,
        const char *path,
        const char *authorization,
        const char *headers,
        const char *body)
{
  const char *always = step->walk->headers != NULL ? step->walk->headers : "";
  g_autofree char *lines = g_strconcat (always, authorization, headers, NULL);
  g_autoptr(GxtAnswer) answer = gxt_http_ask (step->walk->port, method, path, lines, body, -1);

  step->n++;
  if (answer->status != status)
    {
      g_test_message ("%s %s, %s: %u instead of %u: %s", step->route->method, step->route->pattern, what, answer->status,
                      status, gxt_answer_get_body (answer));
      g_test_fail ();
    }
}

static gboolean
has_body (const GxsRoute *route)
{
  return route->body != GXS_BODY_NONE;
}

static void
try_strangers (Step *step)
{
  const GxsRoute *route = step->route;
  const char *type = route->body == GXS_BODY_RAW ? "Content-Type: application/octet-stream\r\n" : "Content-Type: application/json\r\n";
  const char *body = has_body (route) ? "{}" : NULL;

  if ((route->flags & GXS_ROUTE_PUBLIC) != 0)
    return;

  expect (step, "no token", 401, route->method, step->path, "", has_body (route) ? type : "", body);
  expect (step, "a false token", 401, route->method, step->path, "Authorization: Bearer false\r\n",
          has_body (route) ? type : "", body);
  for (guint i = 0; i < step->walk->n_roles && route->roles != 0; i++)
    if ((route->roles & step->walk->roles[i]) == 0)
      {
        g_autofree char *authorization = authorization_of (step->walk, step->walk->roles[i]);

        expect (step, "another role", 403, route->method, step->path, authorization, has_body (route) ? type : "", body);
      }
}

static gboolean
is_free_method (Step       *step,
                const char *method)
{
  for (guint i = 0; i < step->walk->n_routes; i++)
    if (strcmp (step->walk->routes[i].pattern, step->route->pattern) == 0 && strcmp (step->walk->routes[i].method, method) == 0)
      return FALSE;

  return TRUE;
}

static void
try_methods (Step *step)
{
  static const char * const methods[] = { "DELETE", "PUT", "TRACE", "OPTIONS", "FROB", "PATCH", "POST" };
  g_autofree char *wrong = g_strconcat (step->path, "/no/such/path/at/all", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (is_free_method (step, methods[i]))
      expect (step, methods[i], 405, methods[i], step->path, step->allowed, "", NULL);
  expect (step, "a wrong path", 404, "GET", wrong, step->allowed, "", NULL);
}

static void
try_sizes (Step *step)
{
  const GxsRoute *route = step->route;
  gsize max = !has_body (route) ? 0 : route->max_body > 0 ? route->max_body : step->walk->max_body;
  g_autofree char *body = g_malloc (max + 2);

  memset (body, ' ', max + 1);
  body[max + 1] = '\0';
  expect (step, "a body too long", 413, route->method, step->path, step->allowed, "Content-Type: application/json\r\n", body);
  expect (step, "a chunked body", 411, route->method, step->path, step->allowed,
          "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", NULL);
  if (route->body == GXS_BODY_JSON || route->body == GXS_BODY_RAW)
    expect (step, "no length", 411, route->method, step->path, step->allowed, "Content-Type: application/json\r\n", NULL);
}

static void
try_bodies (Step *step)
{
  const GxsRoute *route = step->route;
  static const char * const malformed[] = { "{", "{\"a\":1,\"a\":2}", "{\"a\":1}{", "{'a':1}", "{\"a\":1e400}", "[[[[[[[[[[[[[[[[[[1" };

  if (!has_body (route))
    return;

  expect (step, "a wrong type", 415, route->method, step->path, step->allowed, "Content-Type: text/html\r\n", "{}");
  expect (step, "no type", 415, route->method, step->path, step->allowed, "", "{}");
  if (route->body == GXS_BODY_RAW)
    return;

  expect (step, "a wrong coding", 415, route->method, step->path, step->allowed,
          "Content-Type: application/json\r\nContent-Encoding: br\r\n", "{}");
  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    expect (step, malformed[i], 400, route->method, step->path, step->allowed, "Content-Type: application/json\r\n", malformed[i]);
}

guint
gxt_route_walk (const GxtRouteWalk *walk)
{
  guint n = 0;

  for (guint i = 0; i < walk->n_routes; i++)
    {
      const GxsRoute *route = &walk->routes[i];
      g_autofree char *path = fill_in (walk, route);
      g_autofree char *allowed = find_allowed (walk, route);
      Step step = { walk, route, path, allowed, 0 };

      if (allowed == NULL)
        {
          g_test_message ("%s %s: no role may do this", route->method, route->pattern);
          g_test_fail ();
          continue;
        }
      try_strangers (&step);
      try_methods (&step);
      try_sizes (&step);
      try_bodies (&step);
      n += step.n;
    }

  return n;
}
