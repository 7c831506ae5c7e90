/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity-json.h"

G_BEGIN_DECLS

/**
 * GxcLineKind: what one line of the feed says.
 */
typedef enum
{
  GXC_LINE_PUT,
  GXC_LINE_GONE,
  GXC_LINE_RESULT,
  GXC_LINE_SCOPE_ADDED,
  GXC_LINE_SCOPE_DROPPED,
  GXC_LINE_CHECKPOINT,
} GxcLineKind;

typedef struct
{
  GxcLineKind     kind;
  GxPut           put;          /* PUT; of GONE the entity alone */
  GxId            id;           /* GONE */
  char          **scopes;       /* PUT */
  char           *scope;        /* GONE, SCOPE_ADDED, SCOPE_DROPPED */
  gint64          rows;         /* SCOPE_ADDED */
  char           *text;         /* RESULT: the line itself; CHECKPOINT: the signed note */
} GxcLine;

/**
 * GxcFeedPage: one answer of the feed, whole and checked, or not at all.
 */
typedef struct
{
  char      *epoch;
  gint64     perm_ver;
  char     **roles;             /* (nullable): of a pull: codes of what the session is now */
  char      *cursor;            /* (nullable): of a pull */
  char      *after;             /* (nullable): of a bootstrap that goes on */
  gboolean   more;
  GArray    *lines;             /* of GxcLine */
} GxcFeedPage;

GxcFeedPage *gxc_feed_page_parse (GBytes *body, GError **error);
void     gxc_feed_page_free  (GxcFeedPage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcFeedPage, gxc_feed_page_free)

G_END_DECLS
