/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-id.h"

G_BEGIN_DECLS

/**
 * GxcCarryWhy: why the content of a document shall be on this desk before anybody opens it; the first that holds.
 * @GXC_CARRY_NOT: nobody asked for it: it is here because it was looked at, or not at all
 * @GXC_CARRY_TAKEN: its customer was taken along by hand
 * @GXC_CARRY_TODAY, @GXC_CARRY_TOMORROW: its customer is visited
 * @GXC_CARRY_PINNED: its customer is pinned
 * @GXC_CARRY_CORE: its customer is a core customer of one's own
 * @GXC_CARRY_TASK: a task about its customer falls due until tomorrow's end
 */
typedef enum
{
  GXC_CARRY_NOT,
  GXC_CARRY_TAKEN,
  GXC_CARRY_TODAY,
  GXC_CARRY_TOMORROW,
  GXC_CARRY_PINNED,
  GXC_CARRY_CORE,
  GXC_CARRY_TASK,
  GXC_N_CARRY
} GxcCarryWhy;

/**
 * GxcCarried: one document of a customer, and its content on this desk. The rows of one's customers are always here and are not
 * spoken of.
 */
typedef struct
{
  GxId         id;            /* of the attachment; none: of a document that is no customer's, or of nobody's here */
  GxId         customer_id;
  char        *sha256;        /* hex */
  gint64       size;          /* bytes */
  GxcCarryWhy  why;
  gint64       taken_at;      /* ms UTC: when its customer was taken along, 0 = not by hand */
  gboolean     allowed;       /* the bank opens it to this person */
  gboolean     here;          /* its content is on this desk */
  gboolean     unsent;        /* it was added here and the bank has not all of it: it stays, and counts for no budget */
  gboolean     fits;          /* it is wanted and there is room for it */
  gboolean     again;         /* the same bytes as a document before it: they lie here once */
  gint64       since;         /* ms UTC: since when it is here, 0 = not */
} GxcCarried;

void gxc_carried_free (GxcCarried *carried);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcCarried, gxc_carried_free)

G_END_DECLS
