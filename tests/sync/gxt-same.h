/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxt-direct.h"

G_BEGIN_DECLS

/* I4, I8: the desk's store holds the rows of its session's scopes and no other, byte for byte; fails the test where it does
 * not, and gives how many rows were compared. */
guint gxt_same_rows (GxtLine *line, GxDb *store);

G_END_DECLS
