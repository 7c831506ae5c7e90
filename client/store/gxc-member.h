/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-store.h"

G_BEGIN_DECLS

/**
 * GxcScope: one scope of the session and how far its first load came.
 */
typedef struct
{
  char    *name;            /* "ref", "ow:…", "cr:…", "br:…" */
  gboolean complete;        /* its rows are here and pull keeps them current */
  char    *after;           /* (nullable): where the first load goes on */
  char    *rewind;          /* (nullable): the pull cursor when the load began */
  gint64   rows;            /* expected, 0 = unknown */
  gint64   loaded;
} GxcScope;

void       gxc_scope_free      (GxcScope *scope);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcScope, gxc_scope_free)

/* Readers, see gxc-list.h. */
GPtrArray *gxc_member_scopes   (GxDb *db, GError **error);
GxcScope  *gxc_member_next     (GxDb *db, GError **error);

/* Inside a GxcStoreFunc. */
gboolean   gxc_member_join     (GxcStore *store, const char *scope, gint64 rows, GError **error);
gboolean   gxc_member_leave    (GxcStore *store, const char *scope, GError **error);
gboolean   gxc_member_advance  (GxcStore *store, const char *scope, const char *after, const char *rewind, gint64 n_rows,
                                GError **error);
gboolean   gxc_member_complete (GxcStore *store, const char *scope, GError **error);
gboolean   gxc_member_add      (GxcStore *store, const char *scope, const GxEntity *entity, const GxId *id, GError **error);
gboolean   gxc_member_gone     (GxcStore *store, const char *scope, const GxEntity *entity, const GxId *id, GError **error);
gboolean   gxc_member_reset    (GxcStore *store, GError **error);
gboolean   gxc_member_reload   (GxcStore *store, GError **error);

G_END_DECLS
