/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-field.h"

G_BEGIN_DECLS

/**
 * GxMeta: the common head of every synced row, described once by gx_meta_fields[]; first member of each entity's struct.
 */
typedef struct
{
  GxId     id;
  gint64   v;               /* server sequence of the row's last change; 0 = never seen by the server */
  gint64   v0;              /* of its creation */
  char    *fv;              /* JSON {field: seq}, only fields changed after creation */
  char    *masked;          /* JSON {field: band or null}: what the session may not see; client only */
  char    *org_path;        /* "/HQ/N/NB01/" */
  gint64   created_at;      /* ms UTC */
  GxId     created_by;      /* login */
  gint64   updated_at;
  GxId     updated_by;
  gboolean del;             /* server only: out of every scope */
  GxId     last_cr_id;      /* the request that last changed a reviewed field */
} GxMeta;

#define GX_N_META_FIELDS 12
extern const GxField gx_meta_fields[];

/** GxFieldSet: one bit a field, by its index in gx_entity_field(). */
typedef guint64 GxFieldSet;
#define GX_FIELD_BIT(index) (G_GUINT64_CONSTANT (1) << (index))

typedef struct _GxEntity GxEntity;
typedef struct { gsize once; GHashTable *by_name; guint8 sorted[64]; } GxEntityIndex;

/**
 * GxEntity: the description of one kind of record. From it come SQL, JSON, forms, lists, scopes and review.
 */
struct _GxEntity
{
  guint           number;      /* permanent, on disk and in signatures; never reused */
  const char     *name;        /* table, JSON and command-line word */
  const char     *label;       /* untranslated English */
  gsize           size;        /* of the struct */
  const GxField  *fields;      /* own fields, after the meta fields */
  guint           n_fields;
  gboolean        reviewed;    /* some field is GX_REVIEWED, so there is a last_cr_id */
  const char     *parents[2];  /* (nullable): ID fields naming the customer whose scopes this row shares */
  gboolean        same_id;     /* there is one a customer: its id is the first parent's */
  const char     *owner;       /* (nullable): ID field naming the employee who also holds the row */
  const char     *ended_by;    /* (nullable): the choice field that ends a row which no client may remove ... */
  int             ended;       /* ... and the choice that it then has */
  const GxEntity *fact_of;     /* (nullable): a fact of that entity's feed: no meta, travels inside its parent */
  const char     *fact_key;    /* (nullable): of a fact, the ID field naming the parent */
  GxEntityIndex  *index;
};

#define GX_DEFINE_ENTITY(symbol, Struct, number_, name_, label_, fields_, ...) \
  static GxEntityIndex symbol##_index; \
  const GxEntity symbol = { .number = number_, .name = name_, .label = label_, .size = sizeof (Struct), \
                            .fields = fields_, .n_fields = G_N_ELEMENTS (fields_), .index = &symbol##_index, __VA_ARGS__ }

/* Asked for each field of each row that is read, written or sent: inline, or they take a tenth of a bootstrap. */

/**
 * gx_entity_first_own:
 *
 * Returns: the index of the first field that is the entity's own, i.e. the number of meta fields it has
 */
static inline guint
gx_entity_first_own (const GxEntity *entity)
{
  if (entity->fact_of != NULL)
    return 0;

  return entity->reviewed ? GX_N_META_FIELDS : GX_N_META_FIELDS - 1;
}

static inline guint
gx_entity_n_fields (const GxEntity *entity)
{
  return gx_entity_first_own (entity) + entity->n_fields;
}

static inline const GxField *
gx_entity_field (const GxEntity *entity,
                 guint           index)
{
  guint own = gx_entity_first_own (entity);

  return index < own ? &gx_meta_fields[index] : &entity->fields[index - own];
}

const GxField *gx_entity_find        (const GxEntity *entity, const char *name);
int            gx_entity_index_of    (const GxEntity *entity, const char *name);
guint          gx_entity_sorted      (const GxEntity *entity, guint position);

gpointer       gx_entity_new         (const GxEntity *entity);
void           gx_entity_free        (const GxEntity *entity, gpointer data);
gpointer       gx_entity_copy        (const GxEntity *entity, gconstpointer data);
gboolean       gx_entity_equal       (const GxEntity *entity, gconstpointer a, gconstpointer b);
gboolean       gx_entity_validate    (const GxEntity *entity, gconstpointer data, GxFieldSet fields, GError **error);
GxFieldSet     gx_entity_group       (const GxEntity *entity, GxFieldSet fields);
GxFieldSet     gx_entity_diff        (const GxEntity *entity, gconstpointer a, gconstpointer b);
GxFieldSet     gx_entity_with_flags  (const GxEntity *entity, GxFieldFlags flags);
gconstpointer  gx_entity_member      (const GxEntity *entity, gconstpointer data, const char *name);

G_END_DECLS
