/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GXC_TYPE_REASON_BOX (gxc_reason_box_get_type ())
G_DECLARE_FINAL_TYPE (GxcReasonBox, gxc_reason_box, GXC, REASON_BOX, GtkWidget)

/**
 * GxcReason: what was typed and chosen in such a box.
 */
typedef struct
{
  char      *reason;        /* (owned) */
  GPtrArray *evidence;      /* (owned) of GxcDocument */
} GxcReason;

const char *gxc_reason_box_get_reason   (GxcReasonBox *self);
GPtrArray  *gxc_reason_box_get_evidence (GxcReasonBox *self);
void        gxc_reason_box_clear        (GxcReasonBox *self);
gboolean    gxc_reason_box_check        (GxcReasonBox *self, GError **error);

GxcReason  *gxc_reason_box_keep         (GxcReasonBox *self);
void        gxc_reason_box_take         (GxcReasonBox *self, GxcReason *reason);
void        gxc_reason_free             (GxcReason *reason);

G_END_DECLS
