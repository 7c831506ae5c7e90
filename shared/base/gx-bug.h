/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GxBug: a mistake that is made on purpose, one at a time, to see whether the tests find it (tests/sync/bugs.py has the list
 * of what each does and which test must fail). Only a build with -Dseeded_bugs=true has any, and makes the one whose number
 * GUANXI_BUG says; in every other build GX_BUG() is the constant FALSE.
 */
typedef enum
{
  GX_BUG_GAP = 1,
  GX_BUG_TWICE,
  GX_BUG_FORK,
  GX_BUG_EPOCH,
  GX_BUG_HORIZON,
  GX_BUG_LWW,
  GX_BUG_GONE,
  GX_BUG_CURSOR,
  GX_BUG_LATE_HEAD,
  GX_BUG_SCOPES,
  GX_BUG_SIGHT,
  GX_BUG_BUNDLE,
  GX_BUG_TRAILER,
  GX_BUG_RESET,
  GX_BUG_ISSUE,
  GX_BUG_OVERLAY,
  GX_BUG_OFFER,
  GX_BUG_DELETE,
  GX_BUG_AUDIT,
  GX_BUG_FOUR_EYES,
  GX_BUG_SYNC,
  GX_BUG_MISSED,
  GX_BUG_LIFT,
  GX_BUG_LEAVE,
  GX_BUG_PLACE,
  GX_BUG_APART,
  GX_BUG_EARLY,
  GX_BUG_DIGEST,
  GX_BUG_STEP_UP,
  GX_BUG_SEEN,
  GX_BUG_CHILDREN,
  GX_BUG_REVOKED,
  GX_BUG_PAPER,
  GX_BUG_OVER,
  GX_BUG_LOST_SCOPE,
  GX_BUG_UNDER,
  GX_BUG_BLOCK,
  GX_BUG_STREAM,
  GX_BUG_UPCAST,
  GX_BUG_GROUPS,
  GX_BUG_REVIVE,
  GX_BUG_COPY,
  GX_BUG_OFFSET,
  GX_BUG_NAMED,
  GX_BUG_FETCHED,
  GX_BUG_AHEAD,
  GX_BUG_CLOCK,
  GX_BUG_UNSENT,
} GxBug;

#ifdef GX_SEEDED_BUGS
gboolean gx_bug (GxBug bug);
#define GX_BUG(bug) gx_bug (bug)
#else
#define GX_BUG(bug) FALSE
#endif

G_END_DECLS
