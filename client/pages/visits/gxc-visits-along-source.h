/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcAlong: one customer who can be taken along, and what is here of him.
 */
typedef struct
{
  GxId         customer_id;
  char        *who;
  GxcCarrySum  sum;
  GxcCarryWhy  why;         /* why his documents are here, or come, by themselves */
  gboolean     taken;       /* by hand */
} GxcAlong;

void       gxc_along_free (GxcAlong *along);
GPtrArray *gxc_along_read (GxcDesk *desk, GPtrArray *stops, const char *text, GError **error);
gboolean   gxc_along_sum  (GxcDesk *desk, GxcCarrySum *out_wanted, GxcCarrySum *out_here, GError **error);
gboolean   gxc_along_sum_of (GxcDesk *desk, const GxId *customers, guint n, GxcCarrySum *out_sum, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcAlong, gxc_along_free)

G_END_DECLS
