/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customers-columns.h"
#include "gxc-customers-filter.h"

G_BEGIN_DECLS

/**
 * GxcCustomersView: one way to look at the list: which customers, which columns, which order. A built-in one cannot be
 * renamed or removed, but its columns and order are kept for the person like those of a saved one.
 */
typedef struct
{
  char               *name;         /* of a built-in one its word, else the id of its record */
  char               *label;        /* as a person reads it */
  GxcCustomersFilter *filter;
  GPtrArray          *columns;      /* of GxcCustomersColumn (borrowed), shown, in order; without tick and customer */
  char               *sort;         /* (nullable): a field */
  gboolean            descending;
  GxRecord           *record;       /* (nullable): of a built-in one that was never changed */
  gboolean            built_in;
  gint64              count;        /* customers in it; -1: not counted yet */
} GxcCustomersView;

GPtrArray        *gxc_customers_views_read    (GxcDesk *desk);
GxcCustomersView *gxc_customers_views_find    (GPtrArray *views, const char *name);
GxcCustomersView *gxc_customers_view_copy     (const GxcCustomersView *self);
void              gxc_customers_view_free     (GxcCustomersView *self);
gboolean          gxc_customers_view_equal    (const GxcCustomersView *a, const GxcCustomersView *b);
void              gxc_customers_view_follow    (GxcCustomersView *self, const GxcCustomersView *kept);
gint64            gxc_customers_view_count    (const GxcCustomersView *self, GxcDesk *desk);
gboolean          gxc_customers_view_shows    (const GxcCustomersView *self, const GxcCustomersColumn *column);
void              gxc_customers_view_set_columns (GxcCustomersView *self, GPtrArray *columns);

/* What to hand to gxc_desk_save(). */
GxcChangeItem    *gxc_customers_view_keep     (const GxcCustomersView *self, GxcDesk *desk);
GxcChangeItem    *gxc_customers_view_make     (const GxcCustomersView *self, GxcDesk *desk, const char *label, gint64 position);
GxcChangeItem    *gxc_customers_view_rename   (const GxcCustomersView *self, const char *label);
GxcChangeItem    *gxc_customers_view_place    (const GxcCustomersView *self, gint64 position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcCustomersView, gxc_customers_view_free)

G_END_DECLS
