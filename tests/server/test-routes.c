/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks THE table of the real server: every route × no token, each role it does not name, wrong method, wrong type,
 * oversized, malformed.
 */
#include "gxs-routes.h"
#include "gxt-live.h"
#include "gxt-route-walk.h"

#include <string.h>

static const struct { GxRole role; GxtPerson person; } holders[] = {
  { GX_ROLE_RM, GXT_RM1 }, { GX_ROLE_SUPERVISOR, GXT_SUP1 }, { GX_ROLE_MANAGER, GXT_MGR1 }, { GX_ROLE_HQ, GXT_HQ1 },
  { GX_ROLE_AUDITOR, GXT_AUDITOR1 }, { GX_ROLE_ADMIN, GXT_ADMIN1 },
};

static char *
dup_token (guint64  role,
           gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (holders); i++)
    if (GX_ROLE_BIT (holders[i].role) == role)
      return gxt_live_token (user_data, holders[i].person);

  g_assert_not_reached ();
}

static const char *
get_arg (const GxsRoute *route,
         const char     *arg,
         gpointer        user_data)
{
  if (strcmp (arg, "entity") == 0)
    return "customer";
  if (strcmp (arg, "sha256") == 0)
    return "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  return "01920000-0000-7000-8000-000000000001";
}

static void
test_every_route (void)
{
  g_autoptr(GxtLive) live = gxt_live_new ();
  guint64 roles[G_N_ELEMENTS (holders)];
  GxtRouteWalk walk = {
    .port = live->port, .routes = gxs_routes, .n_routes = gxs_n_routes, .roles = roles, .n_roles = G_N_ELEMENTS (roles),
    .max_body = live->config.limits.max_body, .dup_token = dup_token, .get_arg = get_arg,
    .headers = "X-Schema: 2\r\n", .user_data = live,
  };
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    roles[i] = GX_ROLE_BIT (holders[i].role);
  n = gxt_route_walk (&walk);
  g_test_message ("%u requests", n);
  g_assert_cmpuint (n, >, 7 * gxs_n_routes);
}

/* A route that the table names and a path of the protocol that no route has would both be mistakes. */
static void
test_patterns_are_unique (void)
{
  for (guint i = 0; i < gxs_n_routes; i++)
    for (guint k = 0; k < i; k++)
      g_assert_false (strcmp (gxs_routes[i].method, gxs_routes[k].method) == 0
                      && strcmp (gxs_routes[i].pattern, gxs_routes[k].pattern) == 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/routes/patterns_are_unique", test_patterns_are_unique);
  g_test_add_func ("/server/routes/every_route_refuses_what_it_must", test_every_route);

  return g_test_run ();
}
