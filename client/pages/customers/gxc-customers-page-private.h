/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customers-bulk.h"
#include "gxc-customers-columns-popover.h"
#include "gxc-customers-filter-bar.h"
#include "gxc-customers-list.h"
#include "gxc-customers-name-popover.h"
#include "gxc-customers-page.h"
#include "gxc-customers-views-bar.h"

G_BEGIN_DECLS

/* The page's parts: gxc-customers-page.c joins them, gxc-customers-actions.c does what its menu asks for,
 * gxc-customers-page-ways.c goes through them by keys, gxc-customers-page-begun.c takes them into another language. */
struct _GxcCustomersPage
{
  GxcPage                     parent_instance;

  /* Template widgets */
  GtkWidget                  *content;
  GtkWidget                  *views_box;
  GtkWidget                  *save_view;
  GtkWidget                  *save_words;
  GtkWidget                  *search;
  GtkWidget                  *filter_box;
  GtkWidget                  *count;
  GtkWidget                  *menu;
  GMenu                      *order_menu;
  GtkWidget                  *hint;
  GtkWidget                  *hint_words;
  GtkWidget                  *beside;       /* the list and the form */
  GtkWidget                  *results;
  GtkWidget                  *list_box;
  GtkWidget                  *nothing_title;
  GtkWidget                  *nothing_words;
  GtkWidget                  *nothing_button;
  GxcForm                    *form;

  /* Borrowed References: they go with the template */
  GxcCustomersViewsBar       *views;
  GxcCustomersFilterBar      *filter;
  GxcCustomersList           *list;
  GxcCustomersColumnsPopover *columns;
  GxcCustomersNamePopover    *naming;

  /* Owned References */
  GxcRecordModel             *model;
  GxcCustomersView           *view;         /* as it is looked at: the chosen one and what was changed since */
  GxcCustomersBulk           *bulk;

  gboolean                    renaming;     /* or the name is of a new view */
  guint                       settling;     /* timer */
};

void      gxc_customers_page_list_again      (GxcCustomersPage *self);
void      gxc_customers_page_list_anew       (GxcCustomersPage *self);
void      gxc_customers_page_take_view       (GxcCustomersPage *self);
void      gxc_customers_page_install_actions (GtkWidgetClass *widget_class);
void      gxc_customers_page_update_actions  (GxcCustomersPage *self);
void      gxc_customers_page_update_order    (GxcCustomersPage *self);
void      gxc_customers_page_on_named        (GxcCustomersPage *self, const char *name);
void      gxc_customers_page_search          (GxcCustomersPage *self);
void      gxc_customers_page_watch_ways      (GxcCustomersPage *self);
void      gxc_customers_page_install_ways    (GxcPageClass *klass);
GxcBegun *gxc_customers_page_keep_begun      (GxcPage *page);
void      gxc_customers_page_take_begun      (GxcPage *page, GxcBegun *begun);

G_END_DECLS
