/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "gx-entity.h"

G_BEGIN_DECLS

/**
 * GxUpcast: one field whose value is said otherwise since schema @until + 1 of the wire.
 */
typedef struct
{
  int         until;        /* the last schema that said it the old way */
  const char *table;
  const char *field;
  JsonNode *(*convert) (JsonNode *old);     /* (transfer full) (nullable): %NULL where it is not said the old way */
} GxUpcast;

extern const GxUpcast gx_upcasts[];
extern const guint    gx_n_upcasts;

int  gx_upcast_oldest   (void);
void gx_upcast_mutation (int schema, JsonObject *mutation);
void gx_upcast_values   (int schema, const char *table, JsonObject *values);

G_END_DECLS
