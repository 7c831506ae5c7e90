/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

/**
 * GxNotification: a word to one employee. A code and parameters, never a customer's data: the client words it.
 */
typedef struct
{
  GxMeta  meta;
  GxId    employee_id;
  char   *kind;           /* gx_notification_kinds */
  char   *params;         /* {word: value} */
  char   *link;           /* "change_request/<id>" */
  gint64  read_at;        /* 0 = not yet */
} GxNotification;

extern const GxEntity gx_notification_entity;
extern const GxChoice gx_notification_kinds[];

G_END_DECLS
