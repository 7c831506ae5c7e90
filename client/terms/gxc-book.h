/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GXC_BOOK_MONTHS 24
#define GXC_BOOK_WORDS  16      /* as many values as a tier or a stage may have, and 0 = none */

/**
 * GxcBookClass: what assets are made of, in the order in which they are stacked.
 */
typedef enum
{
  GXC_BOOK_CURRENT,
  GXC_BOOK_TIME,
  GXC_BOOK_WEALTH,
  GXC_BOOK_FUND,
  GXC_BOOK_INSURANCE,
  GXC_BOOK_OTHER,
  GXC_BOOK_N_CLASSES
} GxcBookClass;

/**
 * GxcBook: the signed-in person's portfolio in figures: of the customers whose relationship or wealth manager he is.
 * Of somebody who manages nobody (a supervisor) it is about all customers of this desk. Amounts are minor units of @ccy;
 * customers who count in another currency are not in them. Months run from the oldest to the business date's, whose figures
 * are those of the day.
 */
typedef struct
{
  char     *ccy;                                        /* ISO 4217 */
  guint     n_customers;                                /* not closed, not merged */
  guint     n_by_tier[GXC_BOOK_WORDS];                  /* by GxTier */
  guint     n_by_stage[GXC_BOOK_WORDS];                 /* by GxStage */
  guint     n_active;                                   /* status ACTIVE */
  gint32    month[GXC_BOOK_MONTHS];                     /* its first day */
  gint64    assets[GXC_BOOK_MONTHS][GXC_BOOK_N_CLASSES];
  gint64    debts[GXC_BOOK_MONTHS];                     /* as a positive amount */
  gint64    net_inflow[GXC_BOOK_MONTHS];
  guint     n_new[GXC_BOOK_MONTHS];                     /* onboarded in that month */
  guint     n_cadence;                                  /* customers whose tier has a contact rhythm */
  guint     n_in_cadence;                               /* of these, those whose next contact is not overdue */
  guint     n_masked;                                   /* customers some of whose amounts this session may not see */
} GxcBook;

const char *gxc_book_class_label (GxcBookClass klass);
gint64      gxc_book_total       (const GxcBook *book, guint month);
GxcBook    *gxc_book_copy        (const GxcBook *book);
void        gxc_book_free        (GxcBook *book);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcBook, gxc_book_free)

G_END_DECLS
