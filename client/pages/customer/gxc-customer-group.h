/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-field.h"

G_BEGIN_DECLS

typedef void (*GxcFieldFunc) (GxcCustomerField *field, gpointer data);

GtkWidget *gxc_customer_group_new       (GxcCustomerFile *file, GxcCustomerDrafts *drafts, GxRecord *record);
GtkWidget *gxc_customer_parts_new       (GxcCustomerFile *file, GxcCustomerDrafts *drafts, const GxEntity *entity);
void       gxc_customer_group_each      (GtkWidget *card, GxcFieldFunc func, gpointer data);
void       gxc_customer_group_open        (GtkWidget *card, const GxId *record);
void       gxc_customer_group_open_drafts (GtkWidget *card);

G_END_DECLS
