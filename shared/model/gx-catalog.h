/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

extern const GxEntity *const gx_entities[];
extern const guint           gx_n_entities;

const GxEntity *gx_entity_by_name   (const char *name);
const GxEntity *gx_entity_by_number (guint number);

G_END_DECLS
