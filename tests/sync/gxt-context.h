/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"
#include "gxt-direct.h"

G_BEGIN_DECLS

GxcContext *gxt_context_sign_in (GxtLine *line, const GxcContextOptions *other);

G_END_DECLS
