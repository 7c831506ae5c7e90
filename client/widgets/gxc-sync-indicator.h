/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_SYNC_INDICATOR (gxc_sync_indicator_get_type ())
G_DECLARE_FINAL_TYPE (GxcSyncIndicator, gxc_sync_indicator, GXC, SYNC_INDICATOR, GtkButton)

GtkWidget *gxc_sync_indicator_new    (void);
void       gxc_sync_indicator_update (GxcSyncIndicator     *self,
                                      const GxcSyncSummary *summary,
                                      gint64                now);
char      *gxc_sync_summary_words    (const GxcSyncSummary *summary,
                                      gint64                now);

G_END_DECLS
