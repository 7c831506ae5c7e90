/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void gxc_shell_register (void);
void gxc_shell_init     (void);

G_END_DECLS
