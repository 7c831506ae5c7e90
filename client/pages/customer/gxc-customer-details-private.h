/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-details.h"
#include "gxc-customer-drafts.h"
#include "gxc-reason-box.h"

G_BEGIN_DECLS

/* The details: gxc-customer-details.c has the groups, the bar and what is put aside, gxc-customer-details-save.c hands what
 * was typed to the desk. */
struct _GxcCustomerDetails
{
  GxcCustomerTab     parent_instance;

  GxcCustomerDrafts *drafts;        /* (owned) (nullable) until the first fill */
  GtkWidget         *columns;       /* (borrowed) */
  GtkWidget         *column[2];     /* (borrowed) */
  GPtrArray         *cards;         /* (owned) of borrowed cards */
  GtkWidget         *bar;           /* (borrowed): revealer */
  GtkWidget         *words;         /* (borrowed) */
  GtkWidget         *problem;       /* (borrowed) */
  GxcReasonBox      *reason;        /* (borrowed) */
  gboolean           aside;         /* the draft is put aside */
  gboolean           returning;     /* a draft of before another language waits for the groups */
  gboolean           busy;
};

gboolean gxc_customer_details_save         (GxcCustomerTab *tab);
void     gxc_customer_details_show_problem (GxcCustomerDetails *self, const char *words);
void     gxc_customer_details_settle       (GxcCustomerDetails *self);

G_END_DECLS
