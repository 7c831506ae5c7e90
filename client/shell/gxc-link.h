/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GXC_LINK_SCHEME "guanxi"

char *gxc_link_to_action (const char *link);

G_END_DECLS
