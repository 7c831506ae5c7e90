/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-clock.h"
#include "gx-id.h"
#include "gx-random.h"

G_BEGIN_DECLS

#define GXC_PROFILE_SECRET_SIZE 32      /* bytes that the keyring keeps */
#define GXC_PROFILE_BANK_SIZE   32      /* bytes of the bank's public key */

/**
 * GxcProfileState: what lies in a profile's folder.
 */
typedef enum
{
  GXC_PROFILE_NEW,          /* nothing that counts: nobody has signed in here */
  GXC_PROFILE_CLEAR,        /* a store of before there was a vault, in clear text; the next sign-in makes its key */
  GXC_PROFILE_SEALED,       /* a store and its key: it takes the password */
  GXC_PROFILE_LOST,         /* an encrypted store without the file of its key: nothing opens it */
} GxcProfileState;

/**
 * GxcProfileKey: the key of one profile's store, and the file `store.key` in which it lies wrapped under the password and
 * the keyring's secret. The key itself is in memory that is locked and wiped.
 */
typedef struct _GxcProfileKey GxcProfileKey;

/**
 * GxcSubkey: what a key is derived from the profile's for. Numbers are permanent: what they seal is lost with them.
 */
typedef enum
{
  GXC_SUBKEY_PAPERS = 1,    /* wraps the keys of documents */
} GxcSubkey;

#define GXC_SUBKEY_SIZE 32  /* bytes */

GxcProfileState gxc_profile_look        (const char *directory);
char           *gxc_profile_path        (const char *directory);

GxcProfileKey  *gxc_profile_key_new     (const char *directory, GxRandom *random);
GxcProfileKey  *gxc_profile_key_load    (const char *directory, GError **error);
void            gxc_profile_key_free    (GxcProfileKey *key);

gboolean        gxc_profile_key_unlock  (GxcProfileKey *key, const char *password, const guint8 *secret, GxClock *clock, GError **error);
gboolean        gxc_profile_key_keep    (GxcProfileKey *key, const char *password, const guint8 *secret, const char *server,
                                         const char *login, GxRandom *random, GError **error);
gboolean        gxc_profile_key_begin   (GxcProfileKey *key, GError **error);

gboolean        gxc_profile_key_is_kept (GxcProfileKey *key);
const char     *gxc_profile_key_get_server (GxcProfileKey *key);
const char     *gxc_profile_key_get_login  (GxcProfileKey *key);
const guint8   *gxc_profile_key_get_key    (GxcProfileKey *key);
void            gxc_profile_key_set_bank (GxcProfileKey *key, const guint8 bank[static GXC_PROFILE_BANK_SIZE]);
const guint8   *gxc_profile_key_get_escrow (GxcProfileKey *key, const guint8 **out_bank);
void            gxc_profile_key_derive  (GxcProfileKey *key, GxcSubkey which, guint8 out_key[static GXC_SUBKEY_SIZE]);
const GxId     *gxc_profile_key_get_database (GxcProfileKey *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcProfileKey, gxc_profile_key_free)

G_END_DECLS
