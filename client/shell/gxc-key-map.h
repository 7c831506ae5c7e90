/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-page.h"

G_BEGIN_DECLS

void gxc_key_map_show (GtkWindow *parent, GxcDesk *desk, GxcPage *page);

G_END_DECLS
