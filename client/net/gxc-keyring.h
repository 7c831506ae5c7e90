/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gx-error.h"

G_BEGIN_DECLS

typedef struct _GxcKeyring GxcKeyring;

#define GXC_SECRET_TOKEN  "token"       /* of the session */
#define GXC_SECRET_PAPERS "papers"      /* what documents lie under, 32 bytes in base64 */
#define GXC_SECRET_STORE  "store"       /* the keyring's half of the key to the store, 32 bytes in hexadecimal */
#define GXC_SECRET_DEVICE "device"      /* Ed25519 seed, 32 bytes in base64 */

/**
 * GxcKeyring: where the secrets of one profile are kept. The password is none of them: it is never kept.
 *
 * Errors of all: %GX_ERROR_KEYRING_ABSENT (no Secret Service), %GX_ERROR_KEYRING_LOCKED (it stayed locked); of @lookup also
 * %GX_ERROR_KEYRING_ITEM (open, but no such item).
 */
struct _GxcKeyring
{
  char    *(*lookup) (GxcKeyring *keyring, const char *what, GError **error);
  gboolean (*store)  (GxcKeyring *keyring, const char *what, const char *secret, GError **error);
  gboolean (*clear)  (GxcKeyring *keyring, const char *what, GError **error);
  void     (*free)   (GxcKeyring *keyring);
};

GxcKeyring *gxc_keyring_new        (const char *server, const char *login);
GxcKeyring *gxc_keyring_new_memory (void);

char       *gxc_keyring_lookup     (GxcKeyring *keyring, const char *what, GError **error);
gboolean    gxc_keyring_store      (GxcKeyring *keyring, const char *what, const char *secret, GError **error);
gboolean    gxc_keyring_clear      (GxcKeyring *keyring, const char *what, GError **error);
void        gxc_keyring_free       (GxcKeyring *keyring);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcKeyring, gxc_keyring_free)

G_END_DECLS
