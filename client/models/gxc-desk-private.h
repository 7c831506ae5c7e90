/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

GTask *gxc_desk_new_task (GxcDesk *self, gpointer tag, GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
