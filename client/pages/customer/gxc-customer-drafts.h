/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-file.h"
#include "gxc-draft.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_DRAFTS (gxc_customer_drafts_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerDrafts, gxc_customer_drafts, GXC, CUSTOMER_DRAFTS, GObject)

GxcCustomerDrafts *gxc_customer_drafts_new        (GxcCustomerFile *file);
void               gxc_customer_drafts_set_file   (GxcCustomerDrafts *self, GxcCustomerFile *file);
GxcDraft          *gxc_customer_drafts_get        (GxcCustomerDrafts *self, GxRecord *record);
GxcDraft          *gxc_customer_drafts_find       (GxcCustomerDrafts *self, const GxId *id);
const char        *gxc_customer_drafts_review     (GxcCustomerDrafts *self, const GxEntity *entity, const GxField *field);
void               gxc_customer_drafts_count      (GxcCustomerDrafts *self, guint *n_plain, guint *n_reviewed);
gboolean           gxc_customer_drafts_validate   (GxcCustomerDrafts *self, GError **error);
GPtrArray         *gxc_customer_drafts_plain      (GxcCustomerDrafts *self);
GPtrArray         *gxc_customer_drafts_reviewed   (GxcCustomerDrafts *self);
void               gxc_customer_drafts_clear      (GxcCustomerDrafts *self);

G_END_DECLS
