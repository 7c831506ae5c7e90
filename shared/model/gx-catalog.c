/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every entity there is, parents before children: the one list. */
#include "gx-catalog.h"

#include "gx-customer.h"

#include <string.h>

const GxEntity *const gx_entities[] = {
  &gx_customer_entity,
};
const guint gx_n_entities = G_N_ELEMENTS (gx_entities);

/**
 * gx_entity_by_name:
 *
 * Returns: (nullable): the entity called @name
 */
const GxEntity *
gx_entity_by_name (const char *name)
{
  for (guint i = 0; i < gx_n_entities; i++)
    if (strcmp (gx_entities[i]->name, name) == 0)
      return gx_entities[i];

  return NULL;
}

/**
 * gx_entity_by_number:
 *
 * Returns: (nullable): the entity with the permanent number @number
 */
const GxEntity *
gx_entity_by_number (guint number)
{
  for (guint i = 0; i < gx_n_entities; i++)
    if (gx_entities[i]->number == number)
      return gx_entities[i];

  return NULL;
}
