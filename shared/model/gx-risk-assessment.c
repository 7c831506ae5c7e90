/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A customer's risk grade. It comes from a questionnaire outside; no client writes it. */
#include "gx-risk-assessment.h"

#include "gx-customer.h"

#include <glib/gi18n.h>

const GxChoice gx_risk_grades[] = {
  { "C1", N_("C1 conservative") }, { "C2", N_("C2 prudent") }, { "C3", N_("C3 balanced") }, { "C4", N_("C4 growth") },
  { "C5", N_("C5 aggressive") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_REF  (GxRiskAssessment, customer_id, N_("Customer"),              .flags = GX_REQUIRED | GX_SERVER | GX_FIXED, .entity = "customer"),
  GX_FIELD_ENUM (GxRiskAssessment, grade,       N_("Risk grade"),            .flags = GX_REQUIRED | GX_SERVER | GX_LISTED, .choices = gx_risk_grades),
  GX_FIELD_INT  (GxRiskAssessment, score,       N_("Score"),                 .flags = GX_SERVER | GX_LISTED, .max = 100),
  GX_FIELD_TIME (GxRiskAssessment, at,          N_("Assessed"),              .flags = GX_REQUIRED | GX_SERVER | GX_LISTED),
  GX_FIELD_REF  (GxRiskAssessment, by_id,       N_("Assessed by"),           .flags = GX_SERVER | GX_LISTED, .entity = "employee"),
  GX_FIELD_ENUM (GxRiskAssessment, channel,     N_("Channel"),               .flags = GX_SERVER, .choices = gx_channels),
  GX_FIELD_DATE (GxRiskAssessment, expires_on,  N_("Expires"),               .flags = GX_REQUIRED | GX_SERVER | GX_LISTED),
  GX_FIELD_INT  (GxRiskAssessment, q_ver,       N_("Questionnaire version"), .flags = GX_SERVER, .min = 1, .max = 1000),
};

GX_DEFINE_ENTITY (gx_risk_assessment_entity, GxRiskAssessment, 29, "risk_assessment", N_("Risk assessment"), fields,
                  .parents = { "customer_id" });
