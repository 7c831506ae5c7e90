/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-tab.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_DOCUMENTS (gxc_customer_documents_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerDocuments, gxc_customer_documents, GXC, CUSTOMER_DOCUMENTS, GxcCustomerTab)

GtkWidget *gxc_customer_documents_new   (GxcCustomerFile *file);
void       gxc_customer_documents_offer (GxcCustomerDocuments *self, GFile *file);

G_END_DECLS
