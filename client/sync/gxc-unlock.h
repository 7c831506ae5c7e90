/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-keyring.h"
#include "gxc-profile-key.h"

G_BEGIN_DECLS

/* Opening a profile: the password, and the keyring's part of the key. */
GxcProfileKey *gxc_unlock        (const char *directory, GxcKeyring *keyring, const char *password, GxClock *clock, GError **error);
GxcProfileKey *gxc_unlock_begin  (const char *directory, GxRandom *random, GError **error);

/* The keyring's part: found, or drawn and then kept. */
gboolean       gxc_unlock_find_secret (GxcKeyring *keyring, GxRandom *random, guint8 *out_secret, gboolean *out_fresh, GError **error);
gboolean       gxc_unlock_keep_secret (GxcKeyring *keyring, const guint8 *secret, GError **error);

gboolean       gxc_unlock_forget (const char *directory, GError **error);

G_END_DECLS
