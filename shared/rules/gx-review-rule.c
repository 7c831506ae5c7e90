/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which changes go through dual review: the client asks before it makes a mutation, the server before it applies one.
 *
 * A prospect's row is its owner's to edit, but for what only the server may set (the tier). It does not know policies
 * (who decides, with how much evidence), nor whether a request is open already.
 */
#include "gx-review-rule.h"

#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-identifier.h"
#include "gx-org-profile.h"
#include "gx-person-profile.h"

/**
 * gx_review_of_field:
 *
 * Returns: (nullable): the kind of request that changes @field, %NULL if a plain patch may
 */
const char *
gx_review_of_field (const GxEntity *entity,
                    const GxField  *field,
                    gboolean        prospect)
{
  if (!(field->flags & GX_REVIEWED))
    return NULL;
  if (prospect && !(field->flags & GX_SERVER))
    return NULL;

  return field->review;
}

/* Of a whole row: the kind of its reviewed fields. */
static const char *
kind_of_row (const GxEntity *entity)
{
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    if (gx_entity_field (entity, i)->flags & GX_REVIEWED)
      return gx_entity_field (entity, i)->review;

  return NULL;
}

static gboolean
has_reviewed_value (const GxEntity *entity,
                    gconstpointer   data)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i].flags & GX_REVIEWED) && !gx_field_is_none (&entity->fields[i], data))
      return TRUE;

  return FALSE;
}

/**
 * gx_review_of_create:
 *
 * No identifier, no primary contact (domain.md 1) and no profile with reviewed values comes without a request: a new one
 * brings what else would be a change.
 *
 * Returns: (nullable): the kind of request that adds the row, %NULL if a plain create may
 */
const char *
gx_review_of_create (const GxEntity *entity,
                     gconstpointer   data,
                     gboolean        prospect)
{
  if (prospect)
    return NULL;
  if (entity == &gx_identifier_entity)
    return kind_of_row (entity);
  if (entity == &gx_contact_point_entity && ((const GxContactPoint *) data)->is_primary)
    return kind_of_row (entity);
  if ((entity == &gx_person_profile_entity || entity == &gx_org_profile_entity) && has_reviewed_value (entity, data))
    return kind_of_row (entity);

  return NULL;
}

/**
 * gx_review_of_delete:
 *
 * Returns: (nullable): the kind of request that removes the row, %NULL if a plain delete may
 */
const char *
gx_review_of_delete (const GxEntity *entity,
                     gconstpointer   data,
                     gboolean        prospect)
{
  if (prospect)
    return NULL;
  if (entity == &gx_contact_point_entity && !((const GxContactPoint *) data)->is_primary)
    return NULL;

  return kind_of_row (entity);
}
