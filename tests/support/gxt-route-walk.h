/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-route.h"

G_BEGIN_DECLS

/**
 * GxtRouteWalk: what gxt_route_walk() needs to know about a server to try every row of its table. Rates should be
 * unlimited, or the walk runs into them.
 */
typedef struct
{
  guint16          port;
  const GxsRoute  *routes;
  guint            n_routes;
  const guint64   *roles;         /* (array length=n_roles) each single role there is */
  guint            n_roles;
  gsize            max_body;      /* where a row says nothing */
  char          *(*dup_token) (guint64 role, gpointer user_data);     /* (transfer full) of a session with just that role */
  const char    *(*get_arg)   (const GxsRoute *route, const char *arg, gpointer user_data);  /* (nullable) a well-formed example */
  const char      *headers;       /* (nullable) lines that every request needs, e.g. "X-Client: …\r\n" */
  gpointer         user_data;
} GxtRouteWalk;

/* Returns how many requests were made; a wrong answer fails the test, naming route and case. */
guint gxt_route_walk (const GxtRouteWalk *walk);

G_END_DECLS
