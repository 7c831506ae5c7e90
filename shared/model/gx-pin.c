/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's mark on a customer. The customer is not its parent: else the pin would be in the scopes of all who hold the customer.
 * Two desks may pin the same customer while neither hears of the other; taking the mark off removes each of them.
 */
#include "gx-pin.h"

#include <glib/gi18n.h>

static const GxField fields[] = {
  GX_FIELD_REF  (GxPin, employee_id, N_("Employee"), .flags = GX_REQUIRED | GX_FIXED, .entity = "employee"),
  GX_FIELD_REF  (GxPin, customer_id, N_("Customer"), .flags = GX_REQUIRED | GX_FIXED | GX_LISTED, .entity = "customer"),
  GX_FIELD_TIME (GxPin, at,          N_("Since"),    .flags = GX_REQUIRED | GX_FIXED | GX_LISTED),
};

GX_DEFINE_ENTITY (gx_pin_entity, GxPin, 34, "pin", N_("Pinned customer"), fields, .owner = "employee_id");
