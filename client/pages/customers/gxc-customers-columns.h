/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customers-paint.h"

G_BEGIN_DECLS

/**
 * GxcCustomersWidth: how wide a window a column wants, at 100 % text.
 */
typedef enum
{
  GXC_CUSTOMERS_SLIM,       /* below 900 */
  GXC_CUSTOMERS_NARROW,     /* below 1100 */
  GXC_CUSTOMERS_WIDE,
} GxcCustomersWidth;

/**
 * GxcCustomersColumn: one column the list can show. Described once: head, cell, tooltip, what is copied and what a screen
 * reader says all come from here.
 */
typedef struct
{
  const char        *name;          /* permanent: saved views name it */
  const char        *title;         /* of the head, untranslated, context "short" */
  const char        *field;         /* of the customer or its digest: what it sorts by and what its words are */
  int                width;         /* px at 100 % text; negative: at least that, and a share of the rest */
  int                width_en;      /* where Latin words need more; 0: the same */
  GxcCustomersWidth  from;          /* the least width at which it is shown */
  gboolean           usual;         /* in a view that says nothing of columns */
  gboolean           right;
  gboolean           amounts;       /* of one customer's money: never in a file */
  void             (*paint) (GxcPaintCell *cell);                                         /* (nullable): the words as text */
  char            *(*dup_words) (GxcCustomersPaint *paint, const GxcCustomersRow *row);  /* (nullable): the field's */
  const char        *title_other;   /* (nullable): where the bank's currency, %s, is not the yuan */
} GxcCustomersColumn;

guint                     gxc_customers_n_columns     (void);
const GxcCustomersColumn *gxc_customers_column        (guint i);
const GxcCustomersColumn *gxc_customers_find_column   (const char *name);
const GxField            *gxc_customers_column_field  (const GxcCustomersColumn *column);
char                     *gxc_customers_column_dup_title (const GxcCustomersColumn *column, GxcDesk *desk);
char                     *gxc_customers_column_words  (const GxcCustomersColumn *column, GxcCustomersPaint *paint,
                                                       const GxcCustomersRow *row);
gboolean                  gxc_customers_column_masked (const GxcCustomersColumn *column, GxcCustomersPaint *paint,
                                                       const GxcCustomersRow *row);

G_END_DECLS
