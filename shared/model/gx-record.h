/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define GX_TYPE_RECORD (gx_record_get_type ())
G_DECLARE_FINAL_TYPE (GxRecord, gx_record, GX, RECORD, GObject)

GxRecord       *gx_record_new         (const GxEntity *entity, gpointer data);
const GxEntity *gx_record_get_entity  (GxRecord *self);
gconstpointer   gx_record_get_data    (GxRecord *self);
const GxMeta   *gx_record_get_meta    (GxRecord *self);
const GxId     *gx_record_get_id      (GxRecord *self);
char           *gx_record_dup_text    (GxRecord *self, const char *field);
gboolean        gx_record_is_masked   (GxRecord *self, const char *field, int *out_band);

G_END_DECLS
