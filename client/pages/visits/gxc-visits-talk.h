/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-visit.h"
#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcTalk: what a person notes of a visit: the six fields of the fast path. It stands in the interaction, in a need and in
 * a task, and is typed here in one piece. Texts are never %NULL.
 */
typedef struct
{
  char   *met;              /* (owned): names, with commas between them */
  int     purpose;          /* GxPurpose */
  char   *notes;            /* (owned) */
  int     need;             /* GxNeedCategory, 0 = none */
  char   *need_detail;      /* (owned) */
  char   *next;             /* (owned): the next step */
  gint32  next_day;         /* GX_INT32_NONE: not said */
  gint64  mood;             /* -2 to 2, or GX_INT_NONE */
} GxcTalk;

GxcTalk   *gxc_talk_new     (void);
GxcTalk   *gxc_talk_copy    (const GxcTalk *talk);
void       gxc_talk_free    (GxcTalk *talk);
gboolean   gxc_talk_equal   (const GxcTalk *a, const GxcTalk *b);

GxcTalk   *gxc_talk_read    (GxcDesk *desk, const GxVisit *visit);
GPtrArray *gxc_talk_changes (GxcDesk *desk, GxRecord *visit, const GxcTalk *talk, gboolean end);

const char *gxc_talk_template    (int purpose);
gboolean    gxc_talk_is_template (const char *notes);
guint       gxc_talk_n_met       (const char *met);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcTalk, gxc_talk_free)

G_END_DECLS
