/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"

G_BEGIN_DECLS

/* Of an open profile whose session ended: was its device revoked? */
GError  *gxc_farewell_look  (GxcContext *context, GError *problem, GCancellable *cancellable);

/* Of a profile that nobody has open. */
gboolean gxc_farewell_is_due (const char *directory);
gboolean gxc_farewell_wipe  (const char *directory, GxcKeyring *keyring, GError **error);

G_END_DECLS
