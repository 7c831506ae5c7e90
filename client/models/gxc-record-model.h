/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_RECORD_MODEL (gxc_record_model_get_type ())
G_DECLARE_FINAL_TYPE (GxcRecordModel, gxc_record_model, GXC, RECORD_MODEL, GObject)

GxcRecordModel *gxc_record_model_new        (GxcDesk *desk, const GxEntity *entity);
void            gxc_record_model_set_search (GxcRecordModel *self, const char *search);
const char     *gxc_record_model_get_search (GxcRecordModel *self);
void            gxc_record_model_set_conditions (GxcRecordModel *self, const GxcCondition *conditions, guint n_conditions);
void            gxc_record_model_set_where  (GxcRecordModel *self, const char *field, const char *text);
void            gxc_record_model_set_sort   (GxcRecordModel *self, const char *field, gboolean descending);
gboolean        gxc_record_model_refresh    (GxcRecordModel *self, GError **error);
const GxId     *gxc_record_model_get_id     (GxcRecordModel *self, guint position);
guint           gxc_record_model_find       (GxcRecordModel *self, const GxId *id);
guint           gxc_record_model_n_reads    (GxcRecordModel *self);

G_END_DECLS
