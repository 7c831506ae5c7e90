/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

/**
 * GxPin: that a person keeps an eye on a customer. It follows the person from desk to desk, as a saved view does, and says nothing
 * about the customer: nobody else has it.
 */
typedef struct
{
  GxMeta  meta;
  GxId    employee_id;    /* whose */
  GxId    customer_id;
  gint64  at;             /* ms UTC: since when */
} GxPin;

extern const GxEntity gx_pin_entity;

G_END_DECLS
