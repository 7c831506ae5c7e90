/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GxsNews: how far the bank's clock has come, for those who wait until it comes further (sync.md 1.9). It says nothing but
 * a number, so that losing it is harmless.
 */
typedef struct _GxsNews GxsNews;

/* On a thread of its own; to who waits, exactly once. */
typedef void (*GxsNewsFunc) (gint64 head, gpointer data);

GxsNews *gxs_news_new  (void);
void     gxs_news_free (GxsNews *news);
void     gxs_news_stop (GxsNews *news);
void     gxs_news_tell (GxsNews *news, gint64 head);
gint64   gxs_news_follow (GxsNews *news, GxsNewsFunc func, gpointer data);
void     gxs_news_wait (GxsNews *news, gint64 cursor, gint64 seconds, GxsNewsFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsNews, gxs_news_free)

G_END_DECLS
