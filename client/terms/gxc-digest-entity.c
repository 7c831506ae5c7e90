/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customer's digest, described like any entity, so that a column, a sort and a filter need no code of their own. Not in
 * the catalogue: it is this desk's own table and has no place on the wire. How it is made is gxc-digest's. */
#include "gxc-digest-entity.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "gx-customer.h"
#include "gx-risk-assessment.h"

#define OURS GX_SERVER | GX_LISTED

static const GxField fields[] = {
  GX_FIELD_TEXT  (GxcDigest, ccy,             N_("Currency"),           .flags = GX_SERVER, .max = 3),
  GX_FIELD_MONEY (GxcDigest, aum,             N_("Assets"),             .flags = OURS | GX_MASKED),
  GX_FIELD_MONEY (GxcDigest, debt,            N_("Debts"),              .flags = OURS | GX_MASKED),
  GX_FIELD_MONEY (GxcDigest, aum_before,      N_("Assets a month ago"), .flags = OURS | GX_MASKED),
  GX_FIELD_JSON  (GxcDigest, months,          N_("Assets by month"),    .flags = OURS | GX_MASKED),
  GX_FIELD_DATE  (GxcDigest, months_to,       N_("Latest month"),       .flags = GX_SERVER),
  GX_FIELD_INT   (GxcDigest, change_12m,      N_("Change in a year"),   .flags = GX_SERVER | GX_MASKED),
  GX_FIELD_TIME  (GxcDigest, last_contact_at, N_("Last contact"),       .flags = OURS),
  GX_FIELD_ENUM  (GxcDigest, last_channel,    N_("Last channel"),       .flags = OURS, .choices = gx_channels),
  GX_FIELD_INT   (GxcDigest, contacts_12m,    N_("Contacts in a year"), .flags = OURS),
  GX_FIELD_INT   (GxcDigest, open_tasks,      N_("Open tasks"),         .flags = OURS),
  GX_FIELD_REF   (GxcDigest, next_task_id,    N_("Next task"),          .flags = OURS, .entity = "task"),
  GX_FIELD_TIME  (GxcDigest, next_due_at,     N_("Next task due"),      .flags = OURS),
  GX_FIELD_DATE  (GxcDigest, matures_on,      N_("Next maturity"),      .flags = OURS),
  GX_FIELD_MONEY (GxcDigest, maturing,        N_("Maturing amount"),    .flags = OURS | GX_MASKED),
  GX_FIELD_DATE  (GxcDigest, cadence_due_on,  N_("Contact due"),        .flags = OURS),
  GX_FIELD_INT   (GxcDigest, birthday,        N_("Birthday"),           .flags = GX_SERVER),
  GX_FIELD_ENUM  (GxcDigest, risk_grade,      N_("Risk grade"),         .flags = OURS, .choices = gx_risk_grades),
  GX_FIELD_DATE  (GxcDigest, risk_expires_on, N_("Risk grade expires"), .flags = OURS),
  GX_FIELD_JSON  (GxcDigest, classes,         N_("Assets by class"),    .flags = GX_SERVER | GX_MASKED),
  GX_FIELD_JSON  (GxcDigest, flows,           N_("Net flow by month"),  .flags = GX_SERVER | GX_MASKED),
  GX_FIELD_DATE  (GxcDigest, flows_to,        N_("Latest flow"),        .flags = GX_SERVER),
  GX_FIELD_TIME  (GxcDigest, pinned_at,       N_("Pinned"),             .flags = GX_SERVER),
};

extern const GxEntity gxc_customer_digest;     /* by gxc_digest_entity() */

/* The highest number that a set of entities in 64 bits can hold: no entity of the bank will ever need it. */
GX_DEFINE_ENTITY (gxc_customer_digest, GxcDigest, 63, "customer_digest", N_("Customer's figures"), fields);

const GxEntity *
gxc_digest_entity (void)
{
  return &gxc_customer_digest;
}

/**
 * gxc_digest_months:
 * @out_n: (out): 0 to %GXC_DIGEST_MONTHS
 *
 * Returns: (transfer full) (nullable): month-end assets in minor units, the oldest first; the last is of @months_to
 */
gint64 *
gxc_digest_months (const GxcDigest *digest,
                   guint           *out_n)
{
  g_autoptr(JsonNode) node = digest->months != NULL ? json_from_string (digest->months, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gint64 *months;

  *out_n = array != NULL ? json_array_get_length (array) : 0;
  if (*out_n == 0)
    return NULL;

  months = g_new (gint64, *out_n);
  for (guint i = 0; i < *out_n; i++)
    months[i] = json_array_get_int_element (array, i);

  return months;
}
