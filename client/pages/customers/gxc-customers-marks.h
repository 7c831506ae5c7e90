/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-customers-shelf.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMERS_MARKS (gxc_customers_marks_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomersMarks, gxc_customers_marks, GXC, CUSTOMERS_MARKS, GObject)

GxcCustomersMarks *gxc_customers_marks_new        (GxcRecordModel *model, GxcCustomersShelf *shelf);
guint              gxc_customers_marks_get_n      (GxcCustomersMarks *self);
guint              gxc_customers_marks_n_listed   (GxcCustomersMarks *self);
GArray            *gxc_customers_marks_dup_ids    (GxcCustomersMarks *self);
void               gxc_customers_marks_take       (GxcCustomersMarks *self, GArray *ids);
void               gxc_customers_marks_toggle     (GxcCustomersMarks *self, guint position, gboolean range);

G_END_DECLS
