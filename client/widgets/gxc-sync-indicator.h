/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GxcSyncSummary: what the sync chip tells. Counts of this desk, not of the bank.
 */
typedef struct
{
  gboolean online;
  gboolean busy;
  guint    waiting;         /* changes not yet on the server */
  guint    conflicts;       /* two new values: a person must choose */
  guint    refused;         /* kept, with the rule that refused them */
  gint64   done, total;     /* of a first sync; total 0: not one */
  gint64   synced_at;       /* ms UTC, 0: never */
} GxcSyncSummary;

#define GXC_TYPE_SYNC_INDICATOR (gxc_sync_indicator_get_type ())
G_DECLARE_FINAL_TYPE (GxcSyncIndicator, gxc_sync_indicator, GXC, SYNC_INDICATOR, GtkButton)

GtkWidget *gxc_sync_indicator_new    (void);
void       gxc_sync_indicator_update (GxcSyncIndicator     *self,
                                      const GxcSyncSummary *summary,
                                      gint64                now);
char      *gxc_sync_summary_words    (const GxcSyncSummary *summary,
                                      gint64                now);

G_END_DECLS
