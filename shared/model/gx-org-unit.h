/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_ORG_HQ = 1, GX_ORG_REGION, GX_ORG_BRANCH, GX_ORG_SUB_BRANCH, GX_ORG_DEPT } GxOrgKind;
typedef enum { GX_REGION_EAST = 1, GX_REGION_NORTH, GX_REGION_SOUTH, GX_REGION_CENTRAL, GX_REGION_NORTHWEST, GX_REGION_SOUTHWEST, GX_REGION_NORTHEAST } GxRegion;

/**
 * GxOrgUnit: head office, a branch, a department. Its path, made of codes, decides who sees what.
 */
typedef struct
{
  GxMeta    meta;
  char     *code;
  char     *name;
  int       kind;         /* GxOrgKind */
  GxId      parent_id;
  char     *path;         /* "/HQ/N/NB01/" */
  int       region;       /* GxRegion */
  int       dept_kind;
  char     *duty_text;
  gint64    duty_ver;
  gboolean  active;
} GxOrgUnit;

extern const GxEntity gx_org_unit_entity;

G_END_DECLS
