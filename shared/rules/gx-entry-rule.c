/* SPDX-License-Identifier: GPL-3.0-or-later */
/* R-ENTRY (domain.md 4, seed A-12): the key data of a new contact is entered within 24 hours of the first contact, by the wall
 * clock and without a pause. It says what is missing and how it stands; who is told of it is the server's matter.
 */
#include "gx-entry-rule.h"

#define HOUR (G_GINT64_CONSTANT (3600) * 1000)
#define PERSON_PARTS (GX_ENTRY_NAME | GX_ENTRY_GENDER | GX_ENTRY_IDENTIFIER | GX_ENTRY_MOBILE | GX_ENTRY_OCCUPATION | GX_ENTRY_REGION \
                      | GX_ENTRY_SOURCE | GX_ENTRY_NEED)
#define ORG_PARTS (GX_ENTRY_NAME | GX_ENTRY_USCC | GX_ENTRY_LEGAL_REP | GX_ENTRY_MOBILE | GX_ENTRY_INDUSTRY | GX_ENTRY_SIZE | GX_ENTRY_SOURCE)

static const char *const codes[] = {
  "name", "gender", "identifier", "mobile", "occupation", "region", "source", "need", "uscc", "legal_rep", "industry", "size",
};

/**
 * gx_entry_missing:
 * @customer_type: GxCustomerType
 * @there: of #GxEntryPart, what is known
 *
 * Returns: of #GxEntryPart, what is wanted of such a customer and not known; 0 = complete
 */
guint
gx_entry_missing (int   customer_type,
                  guint there)
{
  return (customer_type == GX_CUSTOMER_PERSON ? PERSON_PARTS : ORG_PARTS) & ~there;
}

/** gx_entry_code: the machine's word for one part, as in customer.dq_missing */
const char *
gx_entry_code (GxEntryPart part)
{
  guint i = (guint) g_bit_nth_lsf (part, -1);

  g_return_val_if_fail (i < G_N_ELEMENTS (codes), NULL);
  return codes[i];
}

/**
 * gx_entry_due_at:
 * @first_contact_at: ms UTC, by a clock that is right: a device's is corrected by its offset
 */
gint64
gx_entry_due_at (gint64 first_contact_at)
{
  return first_contact_at + 24 * HOUR;
}

/** gx_entry_warn_at: when three quarters of the time are over */
gint64
gx_entry_warn_at (gint64 due_at)
{
  return due_at - 6 * HOUR;
}

/**
 * gx_entry_state:
 * @done_at: when the last part was entered, ms UTC and corrected likewise; 0 = not yet
 *
 * Returns: GxEntryState. What was late stays late, also once it is complete.
 */
int
gx_entry_state (gint64 due_at,
                gint64 done_at,
                gint64 now)
{
  if (done_at != 0)
    return done_at <= due_at ? GX_ENTRY_STATE_DONE : GX_ENTRY_STATE_BREACHED;

  return now <= due_at ? GX_ENTRY_STATE_OPEN : GX_ENTRY_STATE_BREACHED;
}
