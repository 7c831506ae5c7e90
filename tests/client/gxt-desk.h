/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-edit.h"
#include "gxc-list.h"
#include "gxc-queue.h"
#include "gxc-store.h"

G_BEGIN_DECLS

/**
 * GxtDesk: a store in memory with a clock that stands still and one scope, as a test needs it.
 */
typedef struct
{
  GxcStore       *store;
  GxFakeClock     clock;
  GxSeededRandom  random;
  GxId            me;           /* employee */
} GxtDesk;

void     gxt_desk_init     (GxtDesk *desk);
void     gxt_desk_clear    (GxtDesk *desk);

/* What the server would say. */
void     gxt_desk_put      (GxtDesk *desk, const GxEntity *entity, gconstpointer data);
void     gxt_desk_put_json (GxtDesk *desk, const char *line);
void     gxt_desk_gone     (GxtDesk *desk, const GxEntity *entity, const GxId *id);
void     gxt_desk_settle   (GxtDesk *desk, gint64 mid, const char *st, gint64 seq, const char *result);
GxId     gxt_desk_customer (GxtDesk *desk, const char *name, const char *pinyin, int status, gint64 v);

/* What is shown. */
gpointer gxt_desk_load     (GxtDesk *desk, const GxEntity *entity, const GxId *id);
char    *gxt_desk_text     (GxtDesk *desk, const GxEntity *entity, const GxId *id, const char *field);
gboolean gxt_desk_set      (GxtDesk *desk, const GxEntity *entity, const GxId *id, const char *field, const char *text,
                            const char *reason, GxcWritten *out, GError **error);
char    *gxt_desk_queue    (GxtDesk *desk);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxtDesk, gxt_desk_clear)

G_END_DECLS
