/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "gx-record.h"

G_BEGIN_DECLS

#define GXC_TYPE_DRAFT (gxc_draft_get_type ())
G_DECLARE_FINAL_TYPE (GxcDraft, gxc_draft, GXC, DRAFT, GObject)

GxcDraft       *gxc_draft_new           (const GxEntity *entity, GxRecord *original);
const GxEntity *gxc_draft_get_entity    (GxcDraft *self);
GxRecord       *gxc_draft_get_original  (GxcDraft *self);
gpointer        gxc_draft_get_row       (GxcDraft *self);
gpointer        gxc_draft_steal_row     (GxcDraft *self);
GxFieldSet      gxc_draft_get_changed   (GxcDraft *self);
void            gxc_draft_touch         (GxcDraft *self, const GxField *field, const char *problem);
const char     *gxc_draft_get_problem   (GxcDraft *self, const GxField *field);
gboolean        gxc_draft_validate      (GxcDraft *self, GxFieldSet fields, GError **error);

G_END_DECLS
