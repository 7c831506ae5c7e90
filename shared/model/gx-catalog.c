/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every entity there is, parents before children: the one list. */
#include "gx-catalog.h"

#include "gx-address.h"
#include "gx-attachment.h"
#include "gx-calendar-day.h"
#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-device.h"
#include "gx-employee.h"
#include "gx-holding.h"
#include "gx-identifier.h"
#include "gx-interaction.h"
#include "gx-life-event.h"
#include "gx-login.h"
#include "gx-need.h"
#include "gx-notification.h"
#include "gx-org-profile.h"
#include "gx-org-unit.h"
#include "gx-person-profile.h"
#include "gx-pin.h"
#include "gx-plan-tmpl.h"
#include "gx-plan.h"
#include "gx-product.h"
#include "gx-relationship.h"
#include "gx-risk-assessment.h"
#include "gx-role-grant.h"
#include "gx-saved-view.h"
#include "gx-setting.h"
#include "gx-stage-hist.h"
#include "gx-task.h"
#include "gx-tier-policy.h"
#include "gx-txn-month.h"
#include "gx-visit.h"

#include <string.h>

const GxEntity *const gx_entities[] = {
  &gx_setting_entity,
  &gx_org_unit_entity,
  &gx_employee_entity,
  &gx_login_entity,
  &gx_role_grant_entity,
  &gx_device_entity,
  &gx_product_entity,
  &gx_customer_entity,
  &gx_person_profile_entity,
  &gx_org_profile_entity,
  &gx_change_request_entity,
  &gx_task_entity,
  &gx_visit_entity,
  &gx_attachment_entity,
  &gx_identifier_entity,
  &gx_contact_point_entity,
  &gx_address_entity,
  &gx_relationship_entity,
  &gx_holding_entity,
  &gx_holding_month_entity,
  &gx_txn_month_entity,
  &gx_interaction_entity,
  &gx_life_event_entity,
  &gx_need_entity,
  &gx_notification_entity,
  &gx_calendar_day_entity,
  &gx_tier_policy_entity,
  &gx_saved_view_entity,
  &gx_stage_hist_entity,
  &gx_risk_assessment_entity,
  &gx_plan_tmpl_entity,
  &gx_plan_item_tmpl_entity,
  &gx_plan_entity,
  &gx_pin_entity,
};
const guint gx_n_entities = G_N_ELEMENTS (gx_entities);

/**
 * gx_entity_by_name:
 *
 * Returns: (nullable): the entity called @name
 */
const GxEntity *
gx_entity_by_name (const char *name)
{
  for (guint i = 0; i < gx_n_entities; i++)
    if (strcmp (gx_entities[i]->name, name) == 0)
      return gx_entities[i];

  return NULL;
}

/**
 * gx_entity_by_number:
 *
 * Returns: (nullable): the entity with the permanent number @number
 */
const GxEntity *
gx_entity_by_number (guint number)
{
  for (guint i = 0; i < gx_n_entities; i++)
    if (gx_entities[i]->number == number)
      return gx_entities[i];

  return NULL;
}
