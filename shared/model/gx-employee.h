/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_EMPLOYEE_ACTIVE = 1, GX_EMPLOYEE_LEFT } GxEmployeeStatus;

/**
 * GxEmployee: a human of the bank. "Person" in a review means this, never a login.
 */
typedef struct
{
  GxMeta  meta;
  char   *staff_no;
  char   *name;
  GxId    org_id;
  char   *mobile;       /* server only */
  char   *email;        /* server only */
  int     status;       /* GxEmployeeStatus */
} GxEmployee;

extern const GxEntity gx_employee_entity;

G_END_DECLS
