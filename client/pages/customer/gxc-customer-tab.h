/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-customer-file.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_TAB (gxc_customer_tab_get_type ())
G_DECLARE_DERIVABLE_TYPE (GxcCustomerTab, gxc_customer_tab, GXC, CUSTOMER_TAB, AdwBin)

/**
 * GxcCustomerTabClass:
 * @fill: shows what the file says now; called when the tab is first seen and after each change while it is seen
 * @set_room: (nullable): there is room for one column only, or for two again
 * @save: (nullable): Ctrl+S; whether there was anything to save
 * @leave: (nullable): Esc; whether there was anything to leave
 */
struct _GxcCustomerTabClass
{
  AdwBinClass parent_class;

  void     (*fill)     (GxcCustomerTab *self);
  void     (*set_room) (GxcCustomerTab *self, gboolean one_column);
  gboolean (*save)     (GxcCustomerTab *self);
  gboolean (*leave)    (GxcCustomerTab *self);
};

typedef GtkWidget *(*GxcCustomerTabMake) (GxcCustomerFile *file);

GtkWidget       *gxc_customer_tab_new      (GType type, GxcCustomerFile *file);
GxcCustomerFile *gxc_customer_tab_get_file (GxcCustomerTab *self);
GxcDesk         *gxc_customer_tab_get_desk (GxcCustomerTab *self);
GtkWidget       *gxc_customer_tab_get_body (GxcCustomerTab *self);
void             gxc_customer_tab_fill_with (GxcCustomerTab *self, GtkWidget *child);
void             gxc_customer_tab_refresh  (GxcCustomerTab *self);
void             gxc_customer_tab_set_room (GxcCustomerTab *self, gboolean one_column);
gboolean         gxc_customer_tab_save     (GxcCustomerTab *self);
gboolean         gxc_customer_tab_leave    (GxcCustomerTab *self);

G_END_DECLS
