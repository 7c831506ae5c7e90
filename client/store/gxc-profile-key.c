/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key of a profile's store, and how it is wrapped (sync.md 3.3).
 *
 *   KEK = BLAKE2b (Argon2id (password, salt) || secret of the keyring)        store.key: salt, secretbox (KEK, key),
 *                                                                             sealed box (the bank's public key, key)
 *
 * A stolen disk needs the password and the keyring; a stolen keyring still needs the password. A wrong password costs a
 * growing wait, never the data. Not here: the keyring (client/net), and asking anybody for anything.
 */
#include "gxc-profile-key.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "gx-error.h"
#include "gx-parcel.h"
#include "gx-vault.h"

#define GROUP         "Store"
#define FORMAT        1
#define OPS           3
#define MEMORY        (64 * 1024 * 1024)
#define FREE_TRIES    10                    /* wrong passwords before there is a wait */
#define FIRST_WAIT_MS (30 * G_GINT64_CONSTANT (1000))
#define MAX_WAIT_MS   (60 * 60 * G_GINT64_CONSTANT (1000))

#define WRAPPED_SIZE (crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + GX_VAULT_KEY_SIZE)
#define MARK_SIZE    crypto_generichash_BYTES_MIN

struct _GxcProfileKey
{
  char     *directory;
  char     *server, *login;       /* (nullable): whose it is, once it is kept */
  GxId      database;
  guint8    salt[crypto_pwhash_SALTBYTES];
  guint8    mark[MARK_SIZE];      /* of the keyring's secret: tells another secret from another password */
  guint8    wrapped[WRAPPED_SIZE];
  gboolean  has_bank, has_escrow;
  guint8    bank[GXC_PROFILE_BANK_SIZE];      /* public key of whoever may open what nobody here can any more */
  guint8    escrow[GX_PARCEL_SEALED_SIZE];    /* the key, sealed to it */
  gboolean  kept;                 /* the file has it, wrapped */
  gboolean  open;
  gint64    wrong;                /* passwords in a row */
  gint64    wait_until;           /* ms UTC, 0 = no wait */
  guint8   *key;                  /* (owned): of sodium_malloc() */
};

static char *
file_path (const char *directory)
{
  return g_build_filename (directory, "store.key", NULL);
}

/**
 * gxc_profile_path:
 *
 * Returns: (transfer full): the store of the profile @directory
 */
char *
gxc_profile_path (const char *directory)
{
  return g_build_filename (directory, "store.db", NULL);
}

static GxcProfileKey *
key_alloc (const char *directory)
{
  GxcProfileKey *key = g_new0 (GxcProfileKey, 1);

  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
  key->directory = g_strdup (directory);
  key->key = sodium_malloc (GX_VAULT_KEY_SIZE);
  g_assert (key->key != NULL);
  return key;
}

/**
 * gxc_profile_key_new:
 *
 * Returns: (transfer full): a fresh key that no file has yet
 */
GxcProfileKey *
gxc_profile_key_new (const char *directory,
                     GxRandom   *random)
{
  GxcProfileKey *key = key_alloc (directory);

  gx_random_bytes (random, key->key, GX_VAULT_KEY_SIZE);
  gx_random_bytes (random, key->database.b, sizeof key->database.b);
  key->open = TRUE;
  return key;
}

void
gxc_profile_key_free (GxcProfileKey *key)
{
  sodium_free (key->key);
  g_free (key->directory);
  g_free (key->server);
  g_free (key->login);
  g_free (key);
}

/* --- the file ------------------------------------------------------------------------------------------------------ */

static gboolean
read_bytes (GKeyFile   *file,
            const char *name,
            guint8     *out,
            gsize       size)
{
  g_autofree char *text = g_key_file_get_string (file, GROUP, name, NULL);
  gsize length = 0;

  return text != NULL && sodium_hex2bin (out, size, text, strlen (text), NULL, &length, NULL) == 0 && length == size;
}

static void
write_bytes (GKeyFile     *file,
             const char   *name,
             const guint8 *bytes,
             gsize         size)
{
  g_autofree char *text = g_malloc (size * 2 + 1);

  g_key_file_set_string (file, GROUP, name, sodium_bin2hex (text, size * 2 + 1, bytes, size));
}

static gboolean
read_key (GxcProfileKey *key,
          GKeyFile      *file)
{
  key->server = g_key_file_get_string (file, GROUP, "server", NULL);
  key->login = g_key_file_get_string (file, GROUP, "login", NULL);
  key->wrong = g_key_file_get_int64 (file, GROUP, "wrong", NULL);
  key->wait_until = g_key_file_get_int64 (file, GROUP, "wait-until", NULL);
  if (g_key_file_get_integer (file, GROUP, "format", NULL) != FORMAT
      || !read_bytes (file, "database", key->database.b, sizeof key->database.b))
    return FALSE;

  key->has_bank = key->has_escrow = read_bytes (file, "bank", key->bank, sizeof key->bank)
                                    && read_bytes (file, "escrow", key->escrow, sizeof key->escrow);
  key->kept = g_key_file_has_key (file, GROUP, "key", NULL);
  return !key->kept || (read_bytes (file, "salt", key->salt, sizeof key->salt)
                        && read_bytes (file, "keyring", key->mark, sizeof key->mark)
                        && read_bytes (file, "key", key->wrapped, sizeof key->wrapped)
                        && key->server != NULL && key->login != NULL);
}

/**
 * gxc_profile_key_load:
 *
 * Returns: (transfer full) (nullable): what the file says; the key itself is wrapped
 *
 * Errors: %GX_ERROR_NOT_FOUND, %GX_ERROR_TAMPERED for a file that says nothing
 */
GxcProfileKey *
gxc_profile_key_load (const char  *directory,
                      GError     **error)
{
  g_autofree char *path = file_path (directory);
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GxcProfileKey) key = key_alloc (directory);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      gx_fail (error, GX_ERROR_NOT_FOUND, "%s: %s", path, g_strerror (ENOENT));
      return NULL;
    }
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL) || !read_key (key, file))
    {
      gx_fail (error, GX_ERROR_TAMPERED, "%s: is not the file of a key", path);
      return NULL;
    }

  return g_steal_pointer (&key);
}

static gboolean
save (GxcProfileKey  *key,
      GError        **error)
{
  g_autofree char *path = file_path (key->directory);
  g_autofree char *text = NULL;
  g_autoptr(GKeyFile) file = g_key_file_new ();
  gsize size;

  g_key_file_set_integer (file, GROUP, "format", FORMAT);
  write_bytes (file, "database", key->database.b, sizeof key->database.b);
  if (key->kept)
    {
      g_key_file_set_string (file, GROUP, "server", key->server);
      g_key_file_set_string (file, GROUP, "login", key->login);
      write_bytes (file, "salt", key->salt, sizeof key->salt);
      write_bytes (file, "keyring", key->mark, sizeof key->mark);
      write_bytes (file, "key", key->wrapped, sizeof key->wrapped);
      if (key->has_escrow)
        {
          write_bytes (file, "bank", key->bank, sizeof key->bank);
          write_bytes (file, "escrow", key->escrow, sizeof key->escrow);
        }
      g_key_file_set_int64 (file, GROUP, "wrong", key->wrong);
      g_key_file_set_int64 (file, GROUP, "wait-until", key->wait_until);
    }
  text = g_key_file_to_data (file, &size, NULL);

  return g_file_set_contents_full (path, text, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error)
         || gx_error_adopt (error);
}

/**
 * gxc_profile_look:
 * @directory: that need not be there
 */
GxcProfileState
gxc_profile_look (const char *directory)
{
  g_autofree char *store = gxc_profile_path (directory);
  g_autoptr(GxcProfileKey) key = gxc_profile_key_load (directory, NULL);
  GStatBuf info;

  if (key != NULL && key->kept)
    return GXC_PROFILE_SEALED;
  if (gx_vault_is_clear (store))
    return GXC_PROFILE_CLEAR;
  if (key != NULL || g_stat (store, &info) != 0 || info.st_size == 0)
    return GXC_PROFILE_NEW;

  return GXC_PROFILE_LOST;
}

/**
 * gxc_profile_key_begin:
 *
 * To be called under the profile's lock, before a store is made under a key that is not kept: what an earlier start left of
 * such a store is thrown away, since its key was never written. A store whose key was is never touched.
 *
 * Errors: %GX_ERROR_STATE if there is such a store by now
 */
gboolean
gxc_profile_key_begin (GxcProfileKey  *key,
                       GError        **error)
{
  static const char *const ends[] = { "", "-wal", "-shm", "-journal" };

  if (key->kept)
    return TRUE;
  if (gxc_profile_look (key->directory) != GXC_PROFILE_NEW)
    return gx_fail (error, GX_ERROR_STATE, "%s: there is a store already", key->directory);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *store = gxc_profile_path (key->directory);
      g_autofree char *path = g_strconcat (store, ends[i], NULL);

      g_unlink (path);
    }
  return save (key, error);
}

/* --- wrapping ------------------------------------------------------------------------------------------------------ */

static void
mark_of (const guint8 *secret,
         guint8        out_mark[static MARK_SIZE])
{
  static const guint8 purpose[] = "which keyring secret";

  crypto_generichash (out_mark, MARK_SIZE, purpose, sizeof purpose, secret, GXC_PROFILE_SECRET_SIZE);
}

static gboolean
make_kek (GxcProfileKey  *key,
          const char     *password,
          const guint8   *secret,
          guint8          out_kek[static crypto_secretbox_KEYBYTES],
          GError        **error)
{
  guint8 both[32 + GXC_PROFILE_SECRET_SIZE];

  sodium_mlock (both, sizeof both);
  if (crypto_pwhash (both, 32, password, strlen (password), key->salt, OPS, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return gx_fail (error, GX_ERROR_INTERNAL, "there is not enough memory for the password's hash");

  memcpy (both + 32, secret, GXC_PROFILE_SECRET_SIZE);
  crypto_generichash (out_kek, crypto_secretbox_KEYBYTES, both, sizeof both, NULL, 0);
  sodium_munlock (both, sizeof both);       /* wipes it, too */
  return TRUE;
}

/**
 * gxc_profile_key_keep:
 * @password: that the server has just taken
 * @secret: 32 bytes of the keyring
 *
 * Writes the key, wrapped, in place of what the file had. A power cut leaves the one or the other.
 */
gboolean
gxc_profile_key_keep (GxcProfileKey  *key,
                      const char     *password,
                      const guint8   *secret,
                      const char     *server,
                      const char     *login,
                      GxRandom       *random,
                      GError        **error)
{
  guint8 kek[crypto_secretbox_KEYBYTES];

  g_assert (key->open);

  sodium_mlock (kek, sizeof kek);
  gx_random_bytes (random, key->salt, sizeof key->salt);
  if (!make_kek (key, password, secret, kek, error))
    return FALSE;
  gx_random_bytes (random, key->wrapped, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy (key->wrapped + crypto_secretbox_NONCEBYTES, key->key, GX_VAULT_KEY_SIZE, key->wrapped, kek);
  sodium_munlock (kek, sizeof kek);
  mark_of (secret, key->mark);
  key->has_escrow = key->has_bank;
  if (key->has_escrow)
    gx_parcel_seal_key (key->bank, key->key, key->escrow);
  g_free (key->server);
  g_free (key->login);
  key->server = g_strdup (server);
  key->login = g_strdup (login);
  key->wrong = key->wait_until = 0;
  key->kept = TRUE;

  return save (key, error);
}

static gboolean
fail_wait (gint64    ms,
           GError  **error)
{
  guint seconds = (guint) ((ms + 999) / 1000);

  gx_fail (error, GX_ERROR_STORE_LOCKED, ngettext ("Too many wrong passwords: wait %u second.", "Too many wrong passwords: wait %u seconds.", seconds),
           seconds);
  if (error != NULL)
    gx_error_set_retry_after (*error, seconds);
  return FALSE;
}

static gint64
wait_after (gint64 wrong)
{
  gint64 doublings = wrong - FREE_TRIES;

  if (doublings < 0)
    return 0;
  return doublings > 10 ? MAX_WAIT_MS : MIN (FIRST_WAIT_MS << doublings, MAX_WAIT_MS);
}

/* A clock that was set back does not make the wait longer than it was. */
static gboolean
check_wait (GxcProfileKey  *key,
            gint64          now,
            GError        **error)
{
  gint64 left = MIN (key->wait_until - now, wait_after (key->wrong));

  return left <= 0 || fail_wait (left, error);
}

static gboolean
fail_wrong (GxcProfileKey  *key,
            gint64          now,
            GError        **error)
{
  key->wrong++;
  key->wait_until = wait_after (key->wrong) > 0 ? now + wait_after (key->wrong) : 0;
  if (!save (key, error))
    return FALSE;
  if (key->wait_until > 0)
    return fail_wait (key->wait_until - now, error);

  return gx_fail (error, GX_ERROR_STORE_LOCKED, "%s",
                  _("The password is wrong. If it was changed elsewhere, the one from before opens this computer's data."));
}

/**
 * gxc_profile_key_unlock:
 * @secret: 32 bytes of the keyring
 *
 * A quarter of a second of work. Wrong passwords are counted in the file: from the tenth on, each doubles the wait.
 *
 * Errors: %GX_ERROR_STORE_LOCKED for a wrong password, with seconds to wait (gx_error_get_retry_after()) where there were many;
 *   %GX_ERROR_KEYRING_ITEM if the keyring's secret is another one
 */
gboolean
gxc_profile_key_unlock (GxcProfileKey  *key,
                        const char     *password,
                        const guint8   *secret,
                        GxClock        *clock,
                        GError        **error)
{
  guint8 kek[crypto_secretbox_KEYBYTES], mark[MARK_SIZE];
  gint64 now = gx_clock_now (clock);

  mark_of (secret, mark);
  if (memcmp (mark, key->mark, sizeof mark) != 0)
    return gx_fail (error, GX_ERROR_KEYRING_ITEM, "%s", gx_error_info (GX_ERROR_KEYRING_ITEM)->title);
  if (!check_wait (key, now, error))
    return FALSE;
  sodium_mlock (kek, sizeof kek);
  if (!make_kek (key, password, secret, kek, error))
    return FALSE;

  key->open = crypto_secretbox_open_easy (key->key, key->wrapped + crypto_secretbox_NONCEBYTES,
                                          WRAPPED_SIZE - crypto_secretbox_NONCEBYTES, key->wrapped, kek) == 0;
  sodium_munlock (kek, sizeof kek);
  if (!key->open)
    return fail_wrong (key, now, error);
  if (key->wrong == 0)
    return TRUE;

  key->wrong = key->wait_until = 0;
  return save (key, error);
}

gboolean
gxc_profile_key_is_kept (GxcProfileKey *key)
{
  return key->kept;
}

/** gxc_profile_key_get_server: (nullable) */
const char *
gxc_profile_key_get_server (GxcProfileKey *key)
{
  return key->server;
}

/** gxc_profile_key_get_login: (nullable) */
const char *
gxc_profile_key_get_login (GxcProfileKey *key)
{
  return key->login;
}

/** gxc_profile_key_get_key: (transfer none): %GX_VAULT_KEY_SIZE bytes, of a key that is open */
const guint8 *
gxc_profile_key_get_key (GxcProfileKey *key)
{
  g_assert (key->open);

  return key->key;
}

/** gxc_profile_key_set_bank: the next gxc_profile_key_keep() seals the key to it, too */
void
gxc_profile_key_set_bank (GxcProfileKey *key,
                          const guint8   bank[static GXC_PROFILE_BANK_SIZE])
{
  memcpy (key->bank, bank, sizeof key->bank);
  key->has_bank = TRUE;
}

/**
 * gxc_profile_key_get_escrow:
 * @out_bank: (out) (optional) (transfer none): the public key it is sealed to
 *
 * Returns: (transfer none) (nullable): the key, sealed to the bank (%GX_PARCEL_SEALED_SIZE bytes); needs no password
 */
const guint8 *
gxc_profile_key_get_escrow (GxcProfileKey  *key,
                            const guint8  **out_bank)
{
  if (out_bank != NULL)
    *out_bank = key->bank;

  return key->has_escrow ? key->escrow : NULL;
}

/**
 * gxc_profile_key_derive:
 * @out_key: to be wiped after use
 *
 * A key of an open one's for one purpose: none tells anything of another.
 */
void
gxc_profile_key_derive (GxcProfileKey *key,
                        GxcSubkey      which,
                        guint8         out_key[static GXC_SUBKEY_SIZE])
{
  g_assert (key->open);

  crypto_kdf_derive_from_key (out_key, GXC_SUBKEY_SIZE, (guint64) which, "gxc-desk", key->key);
}

const GxId *
gxc_profile_key_get_database (GxcProfileKey *key)
{
  return &key->database;
}
