/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void gxc_toast_place_watch (AdwToastOverlay *overlay);

G_END_DECLS
