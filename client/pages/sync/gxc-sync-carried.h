/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

GtkWidget *gxc_sync_carried_new (GxcDesk *desk);

G_END_DECLS
