/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-change-item.h"

G_BEGIN_DECLS

/**
 * GxcUndo: what takes a save back, and makes it again. A page keeps a reference for its toast; the desk keeps the last
 * fifty (gxc_desk_undo_last()).
 */
#define GXC_TYPE_UNDO (gxc_undo_get_type ())
G_DECLARE_FINAL_TYPE (GxcUndo, gxc_undo, GXC, UNDO, GObject)

GxcUndo   *gxc_undo_new       (GPtrArray *done);
char      *gxc_undo_dup_words (GxcUndo *self);
gboolean   gxc_undo_is_undone (GxcUndo *self);
guint      gxc_undo_n_changes (GxcUndo *self);

/* For the desk. */
GPtrArray *gxc_undo_steps     (GxcUndo *self);
void       gxc_undo_turn      (GxcUndo *self, GPtrArray *done);
void       gxc_undo_rename    (GxcUndo *self, const GxId *from, const GxId *to);

G_END_DECLS
