/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customers-cell.h"
#include "gxc-customers-list.h"

G_BEGIN_DECLS

/* The list: gxc-customers-list.c has its columns and its width, gxc-customers-list-rows.c what stands in its rows. */
struct _GxcCustomersList
{
  GtkWidget           parent_instance;

  GtkWidget          *scroller;     /* (owned) the only child */
  GtkColumnView      *view;         /* (borrowed) (nullable): goes with the scroller */

  /* Owned References */
  GxcRecordModel     *model;
  GxcCustomersShelf  *shelf;
  GxcCustomersMarks  *marks;
  GxcCustomersRows   *rows;
  GxcCustomersPaint  *paint;
  GPtrArray          *columns;      /* of GxcCustomersColumn: what the view wants, whatever the width */
  char               *sort;         /* (nullable) */

  gboolean            descending;
  gboolean            building;     /* heads that we click ourselves are no order of the person */
  GxcCustomersWidth   width;
  GxId                place;        /* of the customer whose row the view was at, before a great change */
  gboolean            focused;      /* and it had the focus */
  gboolean            from_top;     /* the next change is the person's own: it is looked at from its top */
  guint               fit, bind;    /* idles */
  guint               tick;
};

void gxc_customers_list_bind        (GxcCustomersList *self, GxcCustomersCell *cell, guint position);
void gxc_customers_list_watch_rows  (GxcCustomersList *self);
void gxc_customers_list_add_pointer (GxcCustomersList *self);

G_END_DECLS
