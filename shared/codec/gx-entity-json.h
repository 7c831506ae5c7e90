/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"
#include "gx-json.h"

G_BEGIN_DECLS

/**
 * GxJsonOps: the behaviour of one kind on the wire.
 */
typedef struct
{
  gboolean (*from_json) (const GxField *field, JsonNode *node, gpointer p, GError **error);
  void     (*to_json)   (const GxField *field, gconstpointer p, GxJsonWriter *writer);
} GxJsonOps;

extern const GxJsonOps gx_json_ops[GX_N_KINDS];

gboolean    gx_field_from_json     (const GxField *field, JsonNode *node, gpointer data, GError **error);
void        gx_field_write_json    (const GxField *field, gconstpointer data, GxJsonWriter *writer);

gboolean    gx_entity_from_json    (const GxEntity *entity, JsonObject *object, gpointer data, GxFieldSet *out_fields, GError **error);
void        gx_entity_write_json   (const GxEntity *entity, gconstpointer data, GxFieldSet fields, GxJsonWriter *writer);
GxFieldSet  gx_entity_wire_fields  (const GxEntity *entity);

/**
 * GxPut: one row as it travels: in a pull or bootstrap line, in /v1/records and in `list --json`.
 */
typedef struct
{
  const GxEntity    *entity;
  gpointer           data;          /* struct of entity; id, v, v0, fv and masked stand beside "d" on the wire */
  const GxEntity    *fact;          /* (nullable): the facts that travel inside */
  GPtrArray         *facts;         /* (nullable): structs of fact; NULL = left out, which is not the same as none */
  const char *const *scopes;        /* (nullable): "s" of a feed line */
} GxPut;

void        gx_put_write           (const GxPut *put, GxJsonWriter *writer);
gboolean    gx_put_read            (JsonObject *object, GxPut *out_put, GError **error);
void        gx_put_clear           (GxPut *put);

const GxEntity *gx_entity_fact_of  (const GxEntity *parent);

G_END_DECLS
