/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of one audit entry: canonical JSON that names who, what, where and which fields, and commits to values.
 *
 * A commitment is made under the customer's own key (gx_commitment()). So the log proves what a value was to whoever has
 * the key, shows nothing to whoever has not, and tells nothing any more once the key is destroyed. A value itself never stands here; without a subject only the fields' names do.
 */
#include "gxs-audit-entry.h"

#include "gx-entity-json.h"
#include "gx-sign.h"

const GxsAuditColumn gxs_audit_columns[] = {
  { "seq", "n", GXS_AUDIT_INT },               { "at", "at", GXS_AUDIT_INT },
  { "actor", "actor", GXS_AUDIT_ID },          { "on_behalf_of", "on_behalf_of", GXS_AUDIT_ID },
  { "device", "device", GXS_AUDIT_ID },        { "session", "session", GXS_AUDIT_ID },
  { "action", "action", GXS_AUDIT_TEXT },      { "tbl", "tbl", GXS_AUDIT_TEXT },
  { "entity_id", "entity_id", GXS_AUDIT_ID },  { "cr_id", "cr_id", GXS_AUDIT_ID },
  { "mut_id", "mut_id", GXS_AUDIT_ID },        { "branch_id", "branch_id", GXS_AUDIT_ID },
};
const guint gxs_n_audit_columns = G_N_ELEMENTS (gxs_audit_columns);

static void
put_id (GxJsonWriter *writer,
        const char   *name,
        const GxId   *id)
{
  if (!gx_id_is_none (id))
    gx_json_writer_put_id (writer, name, id);
}

static void
put_int (GxJsonWriter *writer,
         const char   *name,
         gint64        value)
{
  if (value != 0)
    gx_json_writer_put_int (writer, name, value);
}

static void
put_string (GxJsonWriter *writer,
            const char   *name,
            const char   *text)
{
  if (text != NULL)
    gx_json_writer_put_string (writer, name, text);
}

/* The fields that the entry names: those asked for, or those that differ, or (of a new row) those that hold something. */
static GxFieldSet
fields_of (const GxsAuditEvent *event)
{
  GxFieldSet fields = event->fields, own = ~(GX_FIELD_BIT (gx_entity_first_own (event->entity)) - 1);

  if (fields != 0 || event->after == NULL)
    return fields;
  if (event->before != NULL)
    return gx_entity_diff (event->entity, event->before, event->after) & own;

  for (guint i = gx_entity_first_own (event->entity); i < gx_entity_n_fields (event->entity); i++)
    if (!gx_field_is_none (gx_entity_field (event->entity, i), event->after))
      fields |= GX_FIELD_BIT (i);

  return fields;
}

static void
write_commitment (GxJsonWriter        *writer,
                  const GxsAuditEvent *event,
                  const GxField       *field,
                  gconstpointer        data,
                  const guint8        *key)
{
  g_autoptr(GString) value = g_string_new (NULL);
  g_autofree char *commitment = NULL;
  GxJsonWriter value_writer;

  gx_json_writer_init (&value_writer, value);
  gx_field_write_json (field, data, &value_writer);
  commitment = gx_commitment (key, event->entity->name, &event->entity_id, field->name, value->str);
  gx_json_writer_string (writer, commitment);
}

static void
write_commitments (GxJsonWriter        *writer,
                   const char          *name,
                   const GxsAuditEvent *event,
                   gconstpointer        data,
                   GxFieldSet           fields,
                   const guint8        *key)
{
  if (data == NULL || key == NULL || fields == 0)
    return;

  gx_json_writer_member (writer, name);
  gx_json_writer_begin_object (writer);
  for (guint i = 0; i < gx_entity_n_fields (event->entity); i++)
    {
      guint index = gx_entity_sorted (event->entity, i);
      const GxField *field = gx_entity_field (event->entity, index);

      if (!(fields & GX_FIELD_BIT (index)))
        continue;
      gx_json_writer_member (writer, field->name);
      write_commitment (writer, event, field, data, key);
    }
  gx_json_writer_end_object (writer);
}

static void
write_names (GxJsonWriter   *writer,
             const GxEntity *entity,
             GxFieldSet      fields)
{
  if (fields == 0)
    return;

  gx_json_writer_member (writer, "fields");
  gx_json_writer_begin_array (writer);
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    if (fields & GX_FIELD_BIT (gx_entity_sorted (entity, i)))
      gx_json_writer_string (writer, gx_entity_field (entity, gx_entity_sorted (entity, i))->name);
  gx_json_writer_end_array (writer);
}

static gint64
version_of (const GxEntity *entity,
            gconstpointer   data)
{
  return data != NULL && entity->fact_of == NULL ? ((const GxMeta *) data)->v : 0;
}

/**
 * gxs_audit_entry_write:
 * @subject_key: (nullable) (array fixed-size=32): key of the customer whose values are committed to
 *
 * Returns: (transfer full): the entry as it is kept and hashed
 */
char *
gxs_audit_entry_write (const GxsAuditEvent *event,
                       const GxsAuditPlace *place,
                       const guint8        *subject_key)
{
  GString *out = g_string_sized_new (512);
  GxFieldSet fields = event->entity != NULL ? fields_of (event) : 0;
  GxJsonWriter writer;

  gx_json_writer_init_canonical (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "action", event->action);
  put_id (&writer, "actor", &event->actor);
  write_commitments (&writer, "after", event, event->after, fields, subject_key);
  gx_json_writer_put_int (&writer, "at", place->at);
  write_commitments (&writer, "before", event, event->before, fields, subject_key);
  put_id (&writer, "branch_id", &event->branch);
  put_id (&writer, "cr_id", &event->cr_id);
  put_id (&writer, "device", &event->device);
  put_id (&writer, "entity_id", &event->entity_id);
  if (event->extra != NULL)
    gx_json_writer_put_raw (&writer, "extra", event->extra);
  if (event->entity != NULL)
    write_names (&writer, event->entity, fields);
  put_id (&writer, "mut_id", &event->mut_id);
  gx_json_writer_put_int (&writer, "n", place->seq);
  put_id (&writer, "on_behalf_of", &event->on_behalf_of);
  put_string (&writer, "result", event->result);
  put_id (&writer, "session", &event->session);
  put_id (&writer, "subject", &event->subject);
  put_string (&writer, "tbl", event->entity != NULL ? event->entity->name : NULL);
  put_int (&writer, "v", event->seq);
  if (event->entity != NULL)
    put_int (&writer, "was", version_of (event->entity, event->before));
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}
