/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

#define GXC_DIGEST_MONTHS 24

/**
 * GxcDigest: what a list shows of a customer that stands in other rows: figures of his holdings, contacts and tasks as
 * this desk has them. Its id is the customer's. Derived here, never on the wire, changed by nobody.
 *
 * A figure is "nothing there" where it has none, and also where the rows behind it are masked for this session. The assets
 * then lie between two bands, which are in the map of masks as "aum" and "aum_to" (gx_record_is_masked()).
 */
typedef struct
{
  GxMeta  meta;
  char   *ccy;              /* of all amounts: that in which the customer has most holdings */
  gint64  aum;              /* what is in open holdings; minor units */
  gint64  debt;             /* open holdings that are owed, as a positive amount */
  gint64  aum_before;       /* assets at the end of the month before the business date's */
  char   *months;           /* JSON array of the last month-end assets, the oldest first, at most %GXC_DIGEST_MONTHS */
  gint32  months_to;        /* first day of the last month in @months */
  gint64  change_12m;       /* of the assets at the end of @months_to on those a year before; 1 = 0.01 % */
  gint64  last_contact_at;  /* ms UTC */
  int     last_channel;     /* gx_channels */
  gint64  contacts_12m;     /* in the 365 days up to the business date */
  gint64  open_tasks;
  GxId    next_task_id;     /* the open task that is due first */
  gint64  next_due_at;      /* ms UTC */
  gint32  matures_on;       /* the next maturity from the business date on */
  gint64  maturing;         /* what matures on that day; minor units */
  gint32  cadence_due_on;   /* by when the tier's rhythm wants the next contact */
  gint64  birthday;         /* month * 100 + day */
  int     risk_grade;       /* of the latest assessment */
  gint32  risk_expires_on;
  char   *classes;          /* JSON: of each GxcBookClass, then of debts, an array like @months; empty where there is none */
  char   *flows;            /* JSON array: money in less money out, by month, the oldest first */
  gint32  flows_to;         /* first day of the last month in @flows */
  gint64  pinned_at;        /* ms UTC: since when the person of this desk has pinned the customer, 0 = not */
} GxcDigest;

const GxEntity *gxc_digest_entity (void);
gint64         *gxc_digest_months (const GxcDigest *digest, guint *out_n);

G_END_DECLS
