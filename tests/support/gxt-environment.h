/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint64 gxt_environment (const char *name, guint64 otherwise);

G_END_DECLS
