/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"
#include "gxt-direct.h"
#include "gxt-number.h"

G_BEGIN_DECLS

GxcContext *gxt_context_sign_in      (GxtLine *line, const GxcContextOptions *other);
void        gxt_context_sync         (GxcContext *context);
void        gxt_context_sync_changes (GxcContext *context);

G_END_DECLS
