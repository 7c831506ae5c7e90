/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of what a desk plans with: the calendar, saved views, risk grades, stages, plans and their templates, visits. What needs a
 * second row (is the template published) is not here.
 */
#include "gx-checker.h"

#include "gx-calendar-day.h"
#include "gx-clock.h"
#include "gx-plan.h"
#include "gx-risk-assessment.h"
#include "gx-stage-hist.h"
#include "gx-visit.h"

#include <glib/gi18n.h>

#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)

/* A date far away is somebody's typing error. */
static void
check_near (GxChecker  *checker,
            const char *field,
            gint32      date)
{
  if (date != GX_INT32_NONE && (date < gx_date_from_ymd (2000, 1, 1) || date > gx_date_from_ymd (2100, 1, 1)))
    gx_checker_add (checker, GX_SEVERITY_BLOCK, field, "range", N_("lies before 2000 or after 2100"));
}

void
gx_check_calendar_day (GxChecker *checker)
{
  const GxCalendarDay *day = checker->data;

  check_near (checker, "date", day->date);
  if (day->kind == GX_DAY_HOLIDAY && day->name == NULL)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "name", "required", N_("is missing: a holiday has a name"));
}

void
gx_check_saved_view (GxChecker *checker)
{
  gx_checker_match (checker, "screen", "^[a-z][a-z0-9_-]*$", N_("must be a word of small letters"));
  gx_checker_match (checker, "filter", "^[\\[{]", N_("must be a list or an object"));
  gx_checker_match (checker, "columns", "^\\[", N_("must be a list"));
  gx_checker_match (checker, "sort", "^[a-z][a-z0-9_.]*$", N_("must be the name of a field"));
}

void
gx_check_stage_hist (GxChecker *checker)
{
  const GxStageHist *change = checker->data;

  if (change->from_stage == change->to_stage)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "to_stage", "same", N_("is the stage that it was before"));
  gx_checker_match (checker, "cause", "^\\{", N_("must be an object"));
}

/* One day of grace between the clock's day and the bank's. */
void
gx_check_risk_assessment (GxChecker *checker)
{
  const GxRiskAssessment *risk = checker->data;

  if (risk->at != 0 && risk->expires_on != GX_INT32_NONE && risk->expires_on + 1 < risk->at / DAY_MS)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "expires_on", "order", N_("lies before the beginning"));
}

void
gx_check_plan_tmpl (GxChecker *checker)
{
  gx_checker_match (checker, "code", "^[A-Z][A-Z0-9_]*$", N_("must have capitals, digits and _ only"));
}

void
gx_check_plan (GxChecker *checker)
{
  const GxPlan *plan = checker->data;

  check_near (checker, "started_on", plan->started_on);
  if (plan->status == GX_PLAN_DONE && plan->pct != 100)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "pct", "done", N_("must be 100 in a plan that is done"));
}

/* A visit that began says when, and one that ended both; a place on earth is there by consent only (Art. 29 PIPL). */
void
gx_check_visit (GxChecker *checker)
{
  const GxVisit *visit = checker->data;
  gboolean began = visit->status == GX_VISIT_CHECKED_IN || visit->status == GX_VISIT_DONE;

  gx_checker_order (checker, "check_in_at", "check_out_at");
  if (began && visit->check_in_at == 0)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "check_in_at", "required", N_("is missing: a visit that began has a check-in"));
  if (visit->status == GX_VISIT_DONE && visit->check_out_at == 0)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "check_out_at", "required", N_("is missing: a visit that is done has a check-out"));
  if (visit->check_in_geo != NULL && visit->geo_state <= GX_GEO_NOT_COLLECTED)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "check_in_geo", "consent", N_("is kept only with the customer's consent"));
  gx_checker_match (checker, "check_in_geo", "^-?[0-9]{1,2}\\.[0-9]+,-?[0-9]{1,3}\\.[0-9]+$",
                    N_("must be latitude and longitude in degrees, like 30.2741,120.1551"));
}
