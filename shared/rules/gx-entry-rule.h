/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-customer.h"

G_BEGIN_DECLS

/**
 * GxEntryPart: what R-ENTRY wants to know of a new contact, for persons and for organisations.
 */
typedef enum
{
  GX_ENTRY_NAME       = 1 << 0,
  GX_ENTRY_GENDER     = 1 << 1,
  GX_ENTRY_IDENTIFIER = 1 << 2,
  GX_ENTRY_MOBILE     = 1 << 3,
  GX_ENTRY_OCCUPATION = 1 << 4,
  GX_ENTRY_REGION     = 1 << 5,
  GX_ENTRY_SOURCE     = 1 << 6,     /* a logged contact: its channel is where the customer came from */
  GX_ENTRY_NEED       = 1 << 7,     /* or a need that says that none was stated */
  GX_ENTRY_USCC       = 1 << 8,
  GX_ENTRY_LEGAL_REP  = 1 << 9,
  GX_ENTRY_INDUSTRY   = 1 << 10,
  GX_ENTRY_SIZE       = 1 << 11,    /* employees, and turnover or assets */
} GxEntryPart;

guint       gx_entry_missing  (int customer_type, guint there);
const char *gx_entry_code     (GxEntryPart part);
gint64      gx_entry_due_at   (gint64 first_contact_at);
gint64      gx_entry_warn_at  (gint64 due_at);
int         gx_entry_state    (gint64 due_at, gint64 done_at, gint64 now);

G_END_DECLS
