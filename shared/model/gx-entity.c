/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain structs, described by tables: everything that is done to every record alike is done here by walking the fields.
 *
 * The meta fields come first in every walk (facts have none), then the entity's own; a field's index in that walk is
 * its bit in a GxFieldSet.
 */
#include "gx-entity.h"

#include <glib/gi18n.h>
#include <string.h>

const GxField gx_meta_fields[] = {
  GX_FIELD_REF  (GxMeta, id,         N_("Id"),              .flags = GX_REQUIRED | GX_FIXED),
  GX_FIELD_INT  (GxMeta, v,          N_("Version"),         .flags = GX_SERVER),
  GX_FIELD_INT  (GxMeta, v0,         N_("First version"),   .flags = GX_SERVER),
  GX_FIELD_JSON (GxMeta, fv,         N_("Field versions"),  .flags = GX_SERVER),
  GX_FIELD_JSON (GxMeta, masked,     N_("Masked fields"),   .flags = GX_SERVER | GX_COMPOSED),
  GX_FIELD_TEXT (GxMeta, org_path,   N_("Unit path"),       .flags = GX_SERVER, .max = 200),
  GX_FIELD_TIME (GxMeta, created_at, N_("Created"),         .flags = GX_SERVER),
  GX_FIELD_REF  (GxMeta, created_by, N_("Created by"),      .flags = GX_SERVER, .entity = "login"),
  GX_FIELD_TIME (GxMeta, updated_at, N_("Updated"),         .flags = GX_SERVER),
  GX_FIELD_REF  (GxMeta, updated_by, N_("Updated by"),      .flags = GX_SERVER, .entity = "login"),
  GX_FIELD_BOOL (GxMeta, del,        N_("Removed"),         .flags = GX_SERVER | GX_LOCAL),
  GX_FIELD_REF  (GxMeta, last_cr_id, N_("Last request"),    .flags = GX_SERVER, .entity = "change_request"),
};
G_STATIC_ASSERT (G_N_ELEMENTS (gx_meta_fields) == GX_N_META_FIELDS);

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const GxEntity *entity = user_data;

  return strcmp (gx_entity_field (entity, *(const guint8 *) a)->name, gx_entity_field (entity, *(const guint8 *) b)->name);
}

static const GxEntityIndex *
index_of (const GxEntity *entity)
{
  if (g_once_init_enter (&entity->index->once))
    {
      GHashTable *by_name = g_hash_table_new (g_str_hash, g_str_equal);
      guint n = gx_entity_n_fields (entity);

      g_assert (n <= G_N_ELEMENTS (entity->index->sorted));
      for (guint i = 0; i < n; i++)
        {
          g_hash_table_insert (by_name, (gpointer) gx_entity_field (entity, i)->name, GUINT_TO_POINTER (i + 1));
          entity->index->sorted[i] = (guint8) i;
        }
      g_qsort_with_data (entity->index->sorted, (int) n, 1, compare_names, (gpointer) entity);
      entity->index->by_name = by_name;
      g_once_init_leave (&entity->index->once, 1);
    }

  return entity->index;
}

/**
 * gx_entity_sorted:
 * @position: from 0, in the order of the names
 *
 * Returns: the index of the field that stands there; canonical JSON is written in this order
 */
guint
gx_entity_sorted (const GxEntity *entity,
                  guint           position)
{
  return index_of (entity)->sorted[position];
}

/**
 * gx_entity_index_of:
 *
 * Returns: the index of the field called @name, -1 if there is none
 */
int
gx_entity_index_of (const GxEntity *entity,
                    const char     *name)
{
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (index_of (entity)->by_name, name)) - 1;
}

/**
 * gx_entity_find:
 *
 * Returns: (nullable): the field called @name
 */
const GxField *
gx_entity_find (const GxEntity *entity,
                const char     *name)
{
  int index = gx_entity_index_of (entity, name);

  return index >= 0 ? gx_entity_field (entity, (guint) index) : NULL;
}

/**
 * gx_entity_new:
 *
 * Returns: (transfer full): a struct with nothing in any field
 */
gpointer
gx_entity_new (const GxEntity *entity)
{
  gpointer data = g_malloc0 (entity->size);

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    gx_field_clear (gx_entity_field (entity, i), data);
  if (entity->fact_of == NULL)
    ((GxMeta *) data)->v = ((GxMeta *) data)->v0 = 0;

  return data;
}

void
gx_entity_free (const GxEntity *entity,
                gpointer        data)
{
  if (data == NULL)
    return;

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    gx_field_clear (gx_entity_field (entity, i), data);
  g_free (data);
}

gpointer
gx_entity_copy (const GxEntity *entity,
                gconstpointer   data)
{
  gpointer copy = g_malloc0 (entity->size);

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    gx_field_copy (gx_entity_field (entity, i), copy, data);

  return copy;
}

gboolean
gx_entity_equal (const GxEntity *entity,
                 gconstpointer   a,
                 gconstpointer   b)
{
  return gx_entity_diff (entity, a, b) == 0;
}

/**
 * gx_entity_diff:
 *
 * Returns: the fields in which @a and @b differ
 */
GxFieldSet
gx_entity_diff (const GxEntity *entity,
                gconstpointer   a,
                gconstpointer   b)
{
  GxFieldSet set = 0;

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    if (!gx_field_equal (gx_entity_field (entity, i), a, b))
      set |= GX_FIELD_BIT (i);

  return set;
}

/**
 * gx_entity_group:
 * @fields: at least one
 *
 * Returns: those of the same group as the first of @fields: what one patch may change
 */
GxFieldSet
gx_entity_group (const GxEntity *entity,
                 GxFieldSet      fields)
{
  const char *group = gx_entity_field (entity, (guint) __builtin_ctzll (fields))->group;
  GxFieldSet set = 0;

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    if (g_strcmp0 (gx_entity_field (entity, i)->group, group) == 0)
      set |= GX_FIELD_BIT (i);

  return set;
}

/**
 * gx_entity_with_flags:
 *
 * Returns: the fields that have any of @flags
 */
GxFieldSet
gx_entity_with_flags (const GxEntity *entity,
                      GxFieldFlags    flags)
{
  GxFieldSet set = 0;

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    if (gx_entity_field (entity, i)->flags & flags)
      set |= GX_FIELD_BIT (i);

  return set;
}

static void
merge_violations (GError      **error,
                  GError       *more)
{
  const GPtrArray *violations = gx_error_get_violations (more);

  for (guint i = 0; i < violations->len; i++)
    {
      const GxViolation *violation = g_ptr_array_index (violations, i);
      gx_error_add_violation (*error, violation->field, violation->rule, violation->detail);
    }
  g_error_free (more);
}

/**
 * gx_entity_validate:
 * @fields: which fields to look at; all ones for all
 *
 * Checks each field by itself (gx_field_validate()) and tells all that is wrong at once.
 *
 * Errors: %GX_ERROR_INVALID with one violation a field
 */
gboolean
gx_entity_validate (const GxEntity *entity,
                    gconstpointer   data,
                    GxFieldSet      fields,
                    GError        **error)
{
  g_autoptr(GError) all = NULL;

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      GError *local = NULL;

      if (!(fields & GX_FIELD_BIT (i)) || gx_field_validate (gx_entity_field (entity, i), data, &local))
        continue;
      if (all == NULL)
        all = local;
      else
        merge_violations (&all, local);
    }

  if (all == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&all));
  return FALSE;
}

/**
 * gx_entity_member:
 * @name: a field that the entity has
 *
 * Returns: (transfer none): where @data holds it
 */
gconstpointer
gx_entity_member (const GxEntity *entity,
                  gconstpointer   data,
                  const char     *name)
{
  const GxField *field = gx_entity_find (entity, name);

  g_return_val_if_fail (field != NULL, NULL);
  return gx_field_member (field, data);
}
