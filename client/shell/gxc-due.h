/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcDue: one clock that has run down.
 * @what: (not owned): what it is of: "Call", "Review"
 * @tail: (nullable): the last four digits of the customer's number: enough to tell, not to name
 * @place: where it is dealt with: see gxc_link_parse()
 */
typedef struct
{
  const char *what;
  char       *tail;
  char       *place;
  gint64      at;           /* ms UTC */
} GxcDue;

GPtrArray *gxc_due_between     (GxcDesk *desk, gint64 after, gint64 until);
guint      gxc_due_count_reviews (GxcDesk *desk, gboolean *out_red);

void       gxc_due_free        (GxcDue *due);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcDue, gxc_due_free)

G_END_DECLS
