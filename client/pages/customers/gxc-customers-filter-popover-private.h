/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customers-filter-popover.h"

G_BEGIN_DECLS

/* The popover: gxc-customers-filter-popover.c sets the filter and counts, gxc-customers-filter-rows.c makes what it holds. */

/* One thing that can be set, and its count. */
typedef struct
{
  const GxcFilterKind *kind;
  char                *word;        /* (nullable): of a kind that has words */
  GtkWidget           *toggle;      /* (borrowed): toggle or tick */
  GtkWidget           *number;      /* (borrowed) (nullable): the days */
  GtkWidget           *count;       /* (borrowed) */
  gboolean             counted;
} GxcFilterChoice;

struct _GxcCustomersFilterPopover
{
  GtkPopover          parent_instance;

  GtkWidget          *body;         /* (borrowed) */
  GtkWidget          *total;        /* (borrowed) */
  GtkWidget          *clear;        /* (borrowed) */
  GtkWidget          *from, *to;    /* (borrowed): amounts */

  /* Owned References */
  GxcDesk            *desk;
  GxcCustomersFilter *filter;
  GPtrArray          *choices;      /* of GxcFilterChoice; (nullable): until it is first opened */

  gboolean            filling;
  guint               counting;     /* idle */
};

void gxc_customers_filter_popover_fill            (GxcCustomersFilterPopover *self);
void gxc_customers_filter_popover_word_toggled    (GxcCustomersFilterPopover *self, GtkToggleButton *toggle);
void gxc_customers_filter_popover_tick_changed    (GxcCustomersFilterPopover *self, GtkWidget *widget);
void gxc_customers_filter_popover_amounts_changed (GxcCustomersFilterPopover *self);

G_END_DECLS
