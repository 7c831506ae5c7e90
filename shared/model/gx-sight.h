/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"
#include "gx-role.h"

G_BEGIN_DECLS

/**
 * GxSight: how much of a value somebody sees. The greater is the better, so that the best of several scopes is a MAX().
 */
typedef enum
{
  GX_SIGHT_NONE,
  GX_SIGHT_MASKED,
  GX_SIGHT_CLEAR,
} GxSight;

/**
 * GxSightRelation: what the viewer is to the row.
 * @GX_SEES_AS_STRANGER: none of the following, though some scope or query brought the row
 * @GX_SEES_AS_OWNER: the customer's relationship manager or wealth manager
 * @GX_SEES_AS_CHECKER: may decide a request that touches the row
 */
typedef enum
{
  GX_SEES_AS_STRANGER,
  GX_SEES_AS_OWNER,
  GX_SEES_AS_CHECKER,
} GxSightRelation;

/**
 * GxViewer: who looks at a row.
 */
typedef struct
{
  GxRoleMask       roles;         /* active in the session */
  GxSightRelation  relation;
  GxFieldSet       requested;     /* of a checker: the fields of the request before him */
  const char      *ccy;           /* of the row's amounts, ISO 4217; decides the bands' edges */
} GxViewer;

GxSight  gx_sight          (GxRoleMask roles, GxSightRelation relation, const GxEntity *entity, const GxField *field);
GxSight  gx_sight_of_facts (const GxViewer *viewer, const GxEntity *fact);
gboolean gx_sight_mask     (const GxViewer *viewer, const GxEntity *entity, gpointer data);

gboolean gx_entity_is_customer_data (const GxEntity *entity);

G_END_DECLS
