/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

/**
 * GxSetting: one word of the bank's own, e.g. business_date or bank_tz. Read by everybody.
 */
typedef struct
{
  GxMeta  meta;
  char   *code;
  char   *value;
} GxSetting;

extern const GxEntity gx_setting_entity;

G_END_DECLS
