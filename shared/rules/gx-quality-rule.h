/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GxQualityPart: what R-DQ weighs of what is known of a customer.
 */
typedef enum
{
  GX_QUALITY_IDENTITY = 1 << 0,
  GX_QUALITY_CONTACT  = 1 << 1,
  GX_QUALITY_WORK     = 1 << 2,     /* occupation, or industry */
  GX_QUALITY_INCOME   = 1 << 3,     /* income, or revenue */
  GX_QUALITY_FAMILY   = 1 << 4,     /* family, or group */
  GX_QUALITY_RISK     = 1 << 5,
  GX_QUALITY_NEED     = 1 << 6,
} GxQualityPart;

gint64 gx_quality_score (guint there, guint n_invalid, guint n_inconsistent, gint32 verified_days);

G_END_DECLS
