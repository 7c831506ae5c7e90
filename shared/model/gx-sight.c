/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sees what: one function for feed, query, search and conflict answers (domain.md 1), and the masking that follows.
 *
 * It decides about fields only. Whether a row comes at all is the scopes' matter; a reveal is a call of its own and never
 * passes here.
 */
#include "gx-sight.h"

#include <string.h>

/**
 * gx_entity_is_customer_data:
 *
 * Returns: whether rows of @entity tell something of a customer
 */
gboolean
gx_entity_is_customer_data (const GxEntity *entity)
{
  return strcmp (entity->name, "customer") == 0 || entity->parents[0] != NULL || entity->fact_of != NULL;
}

/**
 * gx_sight:
 * @relation: what the viewer is to the row; %GX_SEES_AS_CHECKER only for a field of the request before him
 *
 * Returns: how much of @field the viewer sees
 */
GxSight
gx_sight (GxRoleMask       roles,
          GxSightRelation  relation,
          const GxEntity  *entity,
          const GxField   *field)
{
  if ((roles & GX_ROLE_BIT (GX_ROLE_ADMIN)) && gx_entity_is_customer_data (entity))
    return GX_SIGHT_NONE;
  if (!(field->flags & (GX_MASKED | GX_HIDDEN)))
    return GX_SIGHT_CLEAR;
  if (relation == GX_SEES_AS_CHECKER)
    return GX_SIGHT_CLEAR;
  if (relation == GX_SEES_AS_OWNER && gx_role_can (roles, GX_CAN_READ_OWN) && !(field->flags & GX_HIDDEN))
    return GX_SIGHT_CLEAR;

  return GX_SIGHT_MASKED;
}

static GxSight
sight_of (const GxViewer *viewer,
          const GxEntity *entity,
          guint           index)
{
  GxSightRelation relation = viewer->relation;

  if (relation == GX_SEES_AS_CHECKER && !(viewer->requested & GX_FIELD_BIT (index)))
    relation = GX_SEES_AS_STRANGER;

  return gx_sight (viewer->roles, relation, entity, gx_entity_field (entity, index));
}

/**
 * gx_sight_of_facts:
 * @fact: an entity of facts
 *
 * Facts are never masked one by one: they travel whole or are left out.
 *
 * Returns: the least of what the viewer sees of any of their fields; send them only if it is %GX_SIGHT_CLEAR
 */
GxSight
gx_sight_of_facts (const GxViewer *viewer,
                   const GxEntity *fact)
{
  GxSight least = GX_SIGHT_CLEAR;

  for (guint i = 0; i < gx_entity_n_fields (fact); i++)
    least = MIN (least, sight_of (viewer, fact, i));

  return least;
}

/* A text becomes its mask, anything else nothing; what an amount still tells is its band. */
static void
mask_field (const GxField *field,
            gpointer       data,
            const char    *ccy,
            GString       *masked)
{
  const GxKindOps *ops = gx_field_ops (field);
  char *mask = NULL;

  g_string_append_printf (masked, "%s\"%s\":", masked->len > 1 ? "," : "", field->name);
  if (ops->band != NULL)
    g_string_append_printf (masked, "%u", ops->band (gx_field_member (field, data), ccy));
  else
    g_string_append (masked, "null");

  if (field->mask != NULL)
    mask = field->mask (*(char *const *) gx_field_member (field, data));
  gx_field_clear (field, data);
  if (mask != NULL)
    *(char **) gx_field_member (field, data) = mask;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const GxField *const *left = a, *const *right = b;

  return strcmp ((*left)->name, (*right)->name);
}

/* Those of which there is something to mask, by name: canonical JSON has its members sorted. */
static GPtrArray *
list_masked (const GxViewer *viewer,
             const GxEntity *entity,
             gconstpointer   data)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (sight_of (viewer, entity, i) == GX_SIGHT_MASKED && !gx_field_is_none (field, data))
        g_ptr_array_add (fields, (gpointer) field);
    }
  g_ptr_array_sort (fields, compare_names);

  return fields;
}

/**
 * gx_sight_mask:
 * @data: (inout): a row in clear, not a fact; masked in place, and meta.masked says what (canonical JSON {field: band or
 *   null}, %NULL if all is in clear)
 *
 * Returns: %FALSE if the viewer may see nothing of such rows: do not send it
 */
gboolean
gx_sight_mask (const GxViewer *viewer,
               const GxEntity *entity,
               gpointer        data)
{
  GxMeta *meta = data;
  g_autoptr(GPtrArray) fields = NULL;
  g_autoptr(GString) masked = NULL;

  g_assert (entity->fact_of == NULL);

  if ((viewer->roles & GX_ROLE_BIT (GX_ROLE_ADMIN)) && gx_entity_is_customer_data (entity))
    return FALSE;

  g_clear_pointer (&meta->masked, g_free);
  fields = list_masked (viewer, entity, data);
  if (fields->len == 0)
    return TRUE;

  masked = g_string_new ("{");
  for (guint i = 0; i < fields->len; i++)
    mask_field (g_ptr_array_index (fields, i), data, viewer->ccy, masked);
  g_string_append_c (masked, '}');
  meta->masked = g_string_free (g_steal_pointer (&masked), FALSE);

  return TRUE;
}
