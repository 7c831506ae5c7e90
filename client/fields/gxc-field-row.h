/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"
#include "gxc-draft.h"

G_BEGIN_DECLS

typedef struct _GxcFieldRow GxcFieldRow;

/**
 * GxcRowOps: how a kind is edited.
 */
typedef struct
{
  GtkWidget *(*make) (GxcFieldRow *row);    /* (nullable): the kind is not edited by hand */
} GxcRowOps;

extern const GxcRowOps gxc_row_ops[GX_N_KINDS];

#define GXC_TYPE_FIELD_ROW (gxc_field_row_get_type ())
G_DECLARE_FINAL_TYPE (GxcFieldRow, gxc_field_row, GXC, FIELD_ROW, GtkWidget)

GtkWidget *gxc_field_row_new        (GxcDesk *desk, GxcDraft *draft, const GxField *field);
GtkWidget *gxc_field_row_get_editor (GxcFieldRow *self);
gboolean   gxc_field_can_edit    (const GxField *field);

G_END_DECLS
