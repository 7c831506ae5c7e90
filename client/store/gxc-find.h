/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"

G_BEGIN_DECLS

/**
 * GxcFind: what a person typed, as it is asked of the indexes. With @match %NULL nothing can be found.
 */
typedef struct
{
  char *match;      /* (owned) (nullable): of the index of words */
  char *tail;       /* (owned) (nullable): the last digits of a customer number */
} GxcFind;

void        gxc_find_init  (GxcFind *find, const char *typed);
void        gxc_find_clear (GxcFind *find);
const char *gxc_find_sql   (const GxcFind *find);
void        gxc_find_bind  (const GxcFind *find, GxStatement *statement, int index);
GArray     *gxc_find_ids   (const GxcFind *find, GxDb *db, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxcFind, gxc_find_clear)

G_END_DECLS
