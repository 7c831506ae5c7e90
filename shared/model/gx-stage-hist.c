/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The changes of a customer's life-cycle stage. The server writes them with the stage itself; no client does. */
#include "gx-stage-hist.h"

#include "gx-customer.h"

#include <glib/gi18n.h>

static const GxField fields[] = {
  GX_FIELD_REF  (GxStageHist, customer_id, N_("Customer"),   .flags = GX_REQUIRED | GX_SERVER | GX_FIXED, .entity = "customer"),
  GX_FIELD_ENUM (GxStageHist, from_stage,  N_("From stage"), .flags = GX_SERVER | GX_LISTED, .choices = gx_stages),
  GX_FIELD_ENUM (GxStageHist, to_stage,    N_("To stage"),   .flags = GX_REQUIRED | GX_SERVER | GX_LISTED, .choices = gx_stages),
  GX_FIELD_TIME (GxStageHist, at,          N_("Since"),      .flags = GX_REQUIRED | GX_SERVER | GX_LISTED),
  GX_FIELD_JSON (GxStageHist, cause,       N_("Cause"),      .flags = GX_SERVER, .max = 4000),
  GX_FIELD_BOOL (GxStageHist, automatic,   N_("By rule"),    .flags = GX_SERVER | GX_LISTED),
};

GX_DEFINE_ENTITY (gx_stage_hist_entity, GxStageHist, 28, "stage_hist", N_("Change of stage"), fields,
                  .parents = { "customer_id" });
