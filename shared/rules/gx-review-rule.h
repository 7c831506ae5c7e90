/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

#define GX_REVIEW_REASON_MIN 10     /* characters of a request's reason (R-DUAL) */

/* Which changes need a second person (domain.md 1 and 5, R-DUAL). @prospect: the row's customer is a prospect, and stays one. */
const char *gx_review_of_field  (const GxEntity *entity, const GxField *field, gboolean prospect);
const char *gx_review_of_create (const GxEntity *entity, gconstpointer data, gboolean prospect);
const char *gx_review_of_delete (const GxEntity *entity, gconstpointer data, gboolean prospect);

G_END_DECLS
