/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_GRADE_C1 = 1, GX_GRADE_C2, GX_GRADE_C3, GX_GRADE_C4, GX_GRADE_C5 } GxRiskGrade;

/**
 * GxRiskAssessment: how much risk a customer bears, found by a questionnaire; the newest one that has not expired counts.
 */
typedef struct
{
  GxMeta  meta;
  GxId    customer_id;
  int     grade;            /* GxRiskGrade */
  gint64  score;            /* 0-100 */
  gint64  at;               /* ms UTC */
  GxId    by_id;            /* (nullable): employee who asked; none if the customer answered alone */
  int     channel;          /* of gx_channels */
  gint32  expires_on;       /* the last day on which it counts */
  gint64  q_ver;            /* version of the questionnaire */
} GxRiskAssessment;

extern const GxEntity gx_risk_assessment_entity;
extern const GxChoice gx_risk_grades[];

G_END_DECLS
