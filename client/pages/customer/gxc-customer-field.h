/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-customer-drafts.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_FIELD (gxc_customer_field_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerField, gxc_customer_field, GXC, CUSTOMER_FIELD, GtkListBoxRow)

GtkWidget *gxc_customer_field_new        (GxcCustomerFile *file, GxcCustomerDrafts *drafts, GxRecord *record, const GxField *field);
gboolean   gxc_customer_field_is_wanted  (GxcCustomerFile *file, GxcCustomerDrafts *drafts, GxRecord *record, const GxField *field);
gboolean   gxc_customer_field_can_edit   (GxcCustomerField *self);
gboolean   gxc_customer_field_is_editing (GxcCustomerField *self);
gboolean   gxc_customer_field_has_draft  (GxcCustomerField *self);
const GxField *gxc_customer_field_get_place (GxcCustomerField *self, GxId *out_record);
void       gxc_customer_field_edit       (GxcCustomerField *self, gboolean focus);
void       gxc_customer_field_close      (GxcCustomerField *self);

G_END_DECLS
