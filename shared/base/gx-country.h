/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *gx_country_dup_name (const char *code, const char *language);

G_END_DECLS
