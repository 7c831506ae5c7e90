/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An immutable GObject around (entity, struct), so that a record can stand in a list model and cross threads.
 *
 * It never changes after gx_record_new(): a new state is a new record.
 */
#include "gx-record.h"

#include <stdlib.h>
#include <string.h>

struct _GxRecord
{
  GObject parent_instance;

  const GxEntity *entity;   /* borrowed, static */
  gpointer        data;     /* owned */
};

G_DEFINE_FINAL_TYPE (GxRecord, gx_record, G_TYPE_OBJECT)

static void
gx_record_finalize (GObject *object)
{
  GxRecord *self = GX_RECORD (object);

  gx_entity_free (self->entity, self->data);
  G_OBJECT_CLASS (gx_record_parent_class)->finalize (object);
}

static void
gx_record_class_init (GxRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gx_record_finalize;
}

static void
gx_record_init (GxRecord *self)
{
}

/**
 * gx_record_new:
 * @data: (transfer full): a struct of @entity, which is not a fact
 */
GxRecord *
gx_record_new (const GxEntity *entity,
               gpointer        data)
{
  GxRecord *self = g_object_new (GX_TYPE_RECORD, NULL);

  g_assert (entity->fact_of == NULL);
  self->entity = entity;
  self->data = data;
  return self;
}

const GxEntity *
gx_record_get_entity (GxRecord *self)
{
  return self->entity;
}

/**
 * gx_record_get_data:
 *
 * Returns: (transfer none): the entity's struct; it lives as long as the record
 */
gconstpointer
gx_record_get_data (GxRecord *self)
{
  return self->data;
}

const GxMeta *
gx_record_get_meta (GxRecord *self)
{
  return self->data;
}

const GxId *
gx_record_get_id (GxRecord *self)
{
  return &((const GxMeta *) self->data)->id;
}

/**
 * gx_record_dup_text:
 * @field: a field of the record's entity
 *
 * Returns: (nullable) (transfer full): the machine's word for the value
 */
char *
gx_record_dup_text (GxRecord   *self,
                    const char *field)
{
  const GxField *row = gx_entity_find (self->entity, field);

  g_return_val_if_fail (row != NULL, NULL);
  return gx_field_to_text (row, self->data);
}

/**
 * gx_record_is_masked:
 * @out_band: (out) (optional): the amount's band (gx_money_band_label()), -1 if it is not an amount
 *
 * Returns: whether the session may not see @field in clear
 */
gboolean
gx_record_is_masked (GxRecord   *self,
                     const char *field,
                     int        *out_band)
{
  const char *masked = gx_record_get_meta (self)->masked;
  g_autofree char *key = NULL;
  const char *found;

  if (masked == NULL)
    return FALSE;

  /* The map is written by our own canonical writer: names hold no escapes and no other string stands in it. */
  key = g_strdup_printf ("\"%s\":", field);
  found = strstr (masked, key);
  if (found == NULL)
    return FALSE;

  if (out_band != NULL)
    *out_band = g_ascii_isdigit (found[strlen (key)]) ? atoi (found + strlen (key)) : -1;
  return TRUE;
}
