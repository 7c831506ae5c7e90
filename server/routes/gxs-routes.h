/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-route.h"

G_BEGIN_DECLS

/* THE table: everything the server answers to. */
extern const GxsRoute gxs_routes[];
extern const guint    gxs_n_routes;

G_END_DECLS
