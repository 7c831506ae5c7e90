/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*GxsInboxFunc) (gpointer data);

/**
 * GxsInbox: how other threads give work to the thread of a main context. Reference counted, so that a late sender finds
 * a closed door and not freed memory.
 */
typedef struct _GxsInbox GxsInbox;

GxsInbox *gxs_inbox_new   (GMainContext *context);
GxsInbox *gxs_inbox_ref   (GxsInbox *inbox);
void      gxs_inbox_unref (GxsInbox *inbox);
gboolean  gxs_inbox_post  (GxsInbox *inbox, GxsInboxFunc func, gpointer data);
void      gxs_inbox_close (GxsInbox *inbox);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsInbox, gxs_inbox_unref)

G_END_DECLS
