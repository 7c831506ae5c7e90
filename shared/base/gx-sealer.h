/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-id.h"

G_BEGIN_DECLS

typedef struct _GxSealer GxSealer;

/**
 * GxSealer: encrypts the values of GX_SEALED columns on their way into the server's database (trust.md 3.5). The
 * database layer calls it, shared/trust has the real one.
 */
struct _GxSealer
{
  GBytes *(*seal)  (GxSealer *sealer, const char *table, const char *column, const GxId *row, const char *clear);
  char   *(*open)  (GxSealer *sealer, const char *table, const char *column, const GxId *row,
                    gconstpointer data, gsize size, GError **error);
  GBytes *(*blind) (GxSealer *sealer, const char *table, const char *column, const char *clear);
};

G_END_DECLS
