/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"
#include "gxc-state-chip.h"

G_BEGIN_DECLS

char       *gxc_sync_dup_title   (GxcDesk *desk, const GxcQueueItem *item);
char       *gxc_sync_dup_detail  (GxcDesk *desk, const GxcQueueItem *item);
char       *gxc_sync_dup_value   (GxcDesk *desk, const GxcQueueItem *item, const GxcQueueField *field, const char *text);
char       *gxc_sync_dup_field_label (GxcDesk *desk, const GxcQueueItem *item, const GxcQueueField *field);
const char *gxc_sync_advice      (const GxcQueueItem *item);
GxcState    gxc_sync_state_look  (GxcQueueState state, const char **out_words);

G_END_DECLS
