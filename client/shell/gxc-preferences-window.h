/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-desk.h"
#include "gxc-preferences.h"

G_BEGIN_DECLS

GtkWindow *gxc_preferences_window_show (GtkWindow *parent, GxcDesk *desk, GxcPreferences *preferences);

G_END_DECLS
