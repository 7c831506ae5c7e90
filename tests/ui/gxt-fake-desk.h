/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXT_TYPE_FAKE_DESK (gxt_fake_desk_get_type ())
G_DECLARE_FINAL_TYPE (GxtFakeDesk, gxt_fake_desk, GXT, FAKE_DESK, GObject)

GxtFakeDesk    *gxt_fake_desk_new       (const char *role);
guint           gxt_fake_desk_roll      (GxtFakeDesk *self, guint sides);
GPtrArray      *gxt_fake_desk_months    (GxtFakeDesk *self);
gpointer        gxt_fake_desk_add       (GxtFakeDesk *self, const GxEntity *entity);
void            gxt_fake_desk_put       (GxtFakeDesk *self, const GxEntity *entity, gpointer row);
void            gxt_fake_desk_fill      (GxtFakeDesk *self, guint n_customers);
GxcSyncSummary *gxt_fake_desk_summary   (GxtFakeDesk *self);
void            gxt_fake_desk_fail_next (GxtFakeDesk *self, const GError *error);
void            gxt_fake_desk_fail_reading (GxtFakeDesk *self, const GError *error);
void            gxt_fake_desk_break     (GxtFakeDesk *self, const GxEntity *entity);
void            gxt_fake_desk_fail_fetching (GxtFakeDesk *self, const GError *error);
guint           gxt_fake_desk_n_calls   (GxtFakeDesk *self, const char *operation);
GPtrArray      *gxt_fake_desk_rows      (GxtFakeDesk *self, const GxEntity *entity);
GBytes         *gxt_fake_desk_paper     (void);
GxcSending     *gxt_fake_desk_sending   (GxtFakeDesk *self);
void            gxt_fake_desk_set_slow  (GxtFakeDesk *self, gboolean slow);
void            gxt_fake_desk_sign_out  (GxtFakeDesk *self);
void            gxt_fake_desk_set_role  (GxtFakeDesk *self, const char *role);
void            gxt_fake_desk_set_now   (GxtFakeDesk *self, gint64 ms);
void            gxt_fake_desk_set_today (GxtFakeDesk *self, gint32 today);
GxcQueueItem   *gxt_fake_desk_queue     (GxtFakeDesk *self, GxcQueueState state, const GxEntity *entity, const GxId *id,
                                         const char *op, const char *detail);
void            gxt_fake_desk_queue_field (GxcQueueItem *item, const char *name, const char *base, const char *mine, const char *theirs);

G_END_DECLS
