/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxt-sync.h"

G_BEGIN_DECLS

/**
 * GxtReplica: the simplest client there can be: what the feed said of each row, and which scopes hold it.
 */
typedef struct
{
  GxtSync    *sync;             /* (borrowed) */
  GxtPerson   person;
  char       *cursor;           /* (nullable) */
  GPtrArray  *have;             /* of char* */
  GHashTable *rows;             /* "tbl/id" -> its line without "s" */
  GHashTable *members;          /* "scope tbl/id" */
  void      (*between) (gpointer data);     /* (nullable) called after pages of a scope that is being loaded */
  gpointer    between_data;
  guint       n_between;        /* how often still */
} GxtReplica;

GxtReplica *gxt_replica_new        (GxtSync *sync, GxtPerson person);
void        gxt_replica_free       (GxtReplica *replica);

/* Until nothing is left: drops and adds scopes, loads new ones page by page, pulls. */
void        gxt_replica_sync       (GxtReplica *replica, guint limit);
char       *gxt_replica_pull       (GxtReplica *replica, guint limit);
const char *gxt_replica_get        (GxtReplica *replica, const char *table, const GxId *id);
/* Fails the test unless the replica equals one loaded from nothing, byte for byte. */
void        gxt_replica_assert_equal (GxtReplica *replica);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxtReplica, gxt_replica_free)

G_END_DECLS
