/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bank's own words: business_date, bank_tz and the like. Everybody reads them; no client writes them. The settings that
 * R-DUAL lists (calendar, SLA, rules) come with their own entities, so no value here is reviewed yet. */
#include "gx-setting.h"

#include <glib/gi18n.h>

static const GxField fields[] = {
  GX_FIELD_TEXT (GxSetting, code,  N_("Code"),  .flags = GX_REQUIRED | GX_SERVER | GX_LISTED, .max = 60),
  GX_FIELD_TEXT (GxSetting, value, N_("Value"), .flags = GX_REQUIRED | GX_SERVER | GX_LISTED),
};

GX_DEFINE_ENTITY (gx_setting_entity, GxSetting, 2, "setting", N_("Setting"), fields);
