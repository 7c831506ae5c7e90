/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What opens a profile: its password, and the 32 bytes that only the person's keyring has. Each of the keyring's three
 * failures has its own words, since a person must do something else about each.
 *
 * How the key is wrapped is gxc-profile-key's matter; the keyring itself is client/net's.
 */
#include "gxc-unlock.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "gx-error.h"

static const struct { GxError code; const char *words; } advice[] = {
  { GX_ERROR_KEYRING_ABSENT, N_("There is no keyring in this session, and half of the key to this computer's data lies there. Install and start gnome-keyring, then try again.") },
  { GX_ERROR_KEYRING_LOCKED, N_("The keyring stayed locked, and half of the key to this computer's data lies there. Unlock it when you are asked, then try again.") },
  { GX_ERROR_KEYRING_ITEM, N_("The keyring has lost its half of the key to this computer's data. Bring the keyring back from a backup. Without it nobody here opens the data: save what was not sent for your bank, then start over.") },
};

static gboolean
fail_advised (GError  *local,
              GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (advice); i++)
    if (g_error_matches (local, GX_ERROR, advice[i].code))
      {
        gx_fail (error, advice[i].code, "%s", _(advice[i].words));
        g_error_free (local);
        return FALSE;
      }

  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
look_up (GxcKeyring  *keyring,
         guint8      *out_secret,
         GError     **error)
{
  g_autofree char *text = gxc_keyring_lookup (keyring, GXC_SECRET_STORE, error);
  gsize size = 0;
  gboolean ok;

  if (text == NULL)
    return FALSE;
  ok = sodium_hex2bin (out_secret, GXC_PROFILE_SECRET_SIZE, text, strlen (text), NULL, &size, NULL) == 0
       && size == GXC_PROFILE_SECRET_SIZE;
  sodium_memzero (text, strlen (text));

  return ok || gx_fail (error, GX_ERROR_KEYRING_ITEM, "%s", gx_error_info (GX_ERROR_KEYRING_ITEM)->title);
}

/**
 * gxc_unlock_find_secret:
 * @out_secret: (out caller-allocates): 32 bytes, to be wiped after use
 * @out_fresh: whether they were drawn now, and must be kept before anything relies on them
 *
 * Errors: %GX_ERROR_KEYRING_ABSENT, %GX_ERROR_KEYRING_LOCKED
 */
gboolean
gxc_unlock_find_secret (GxcKeyring  *keyring,
                        GxRandom    *random,
                        guint8      *out_secret,
                        gboolean    *out_fresh,
                        GError     **error)
{
  GError *local = NULL;

  *out_fresh = FALSE;
  if (look_up (keyring, out_secret, &local))
    return TRUE;
  if (!g_error_matches (local, GX_ERROR, GX_ERROR_KEYRING_ITEM))
    return fail_advised (local, error);

  g_error_free (local);
  gx_random_bytes (random, out_secret, GXC_PROFILE_SECRET_SIZE);
  *out_fresh = TRUE;
  return TRUE;
}

gboolean
gxc_unlock_keep_secret (GxcKeyring    *keyring,
                        const guint8  *secret,
                        GError       **error)
{
  char text[GXC_PROFILE_SECRET_SIZE * 2 + 1];
  GError *local = NULL;
  gboolean kept;

  sodium_bin2hex (text, sizeof text, secret, GXC_PROFILE_SECRET_SIZE);
  kept = gxc_keyring_store (keyring, GXC_SECRET_STORE, text, &local);
  sodium_memzero (text, sizeof text);

  return kept || fail_advised (local, error);
}

static gboolean
unlock_with (GxcProfileKey  *key,
             GxcKeyring     *keyring,
             const char     *password,
             GxClock        *clock,
             GError        **error)
{
  guint8 secret[GXC_PROFILE_SECRET_SIZE];
  GError *local = NULL;
  gboolean ok;

  sodium_mlock (secret, sizeof secret);
  ok = look_up (keyring, secret, &local) && gxc_profile_key_unlock (key, password, secret, clock, &local);
  sodium_munlock (secret, sizeof secret);
  return ok || fail_advised (local, error);
}

/**
 * gxc_unlock:
 * @keyring: (nullable) (transfer none): %NULL = the Secret Service
 * @clock: (nullable)
 *
 * Blocking: the keyring may ask the person, and the password's hash takes a quarter of a second.
 *
 * Returns: (transfer full) (nullable): the open key of a profile that is %GXC_PROFILE_SEALED
 *
 * Errors: %GX_ERROR_STORE_LOCKED for a wrong password, the keyring's three, %GX_ERROR_STATE if no password
 *   is asked for here
 */
GxcProfileKey *
gxc_unlock (const char  *directory,
            GxcKeyring  *keyring,
            const char  *password,
            GxClock     *clock,
            GError     **error)
{
  g_autoptr(GxcProfileKey) key = NULL;
  g_autoptr(GxcKeyring) own = NULL;

  if (gxc_profile_look (directory) != GXC_PROFILE_SEALED)
    {
      gx_fail (error, GX_ERROR_STATE, "%s: there is nothing to unlock", directory);
      return NULL;
    }
  key = gxc_profile_key_load (directory, error);
  if (key == NULL)
    return NULL;

  if (keyring == NULL)
    keyring = own = gxc_keyring_new (gxc_profile_key_get_server (key), gxc_profile_key_get_login (key));
  if (!unlock_with (key, keyring, password, clock != NULL ? clock : gx_clock_system (), error))
    return NULL;

  return g_steal_pointer (&key);
}

/**
 * gxc_unlock_begin:
 *
 * For a profile that asks for no password yet.
 *
 * Returns: (transfer full) (nullable): a fresh key for a profile that is new; %NULL without an error for one in clear text
 *
 * Errors: %GX_ERROR_STORE_LOCKED if there is a password to be asked for, %GX_ERROR_STORE_LOST
 */
GxcProfileKey *
gxc_unlock_begin (const char  *directory,
                  GxRandom    *random,
                  GError     **error)
{
  switch (gxc_profile_look (directory))
    {
    case GXC_PROFILE_NEW:
      return gxc_profile_key_new (directory, random);
    case GXC_PROFILE_CLEAR:
      return NULL;
    case GXC_PROFILE_SEALED:
      gx_fail (error, GX_ERROR_STORE_LOCKED, "%s", gx_error_info (GX_ERROR_STORE_LOCKED)->title);
      return NULL;
    case GXC_PROFILE_LOST:
    default:
      gx_fail (error, GX_ERROR_STORE_LOST, _("The file of the key is missing from %s: bring it back from a backup; without it the data here cannot be opened."),
               directory);
      return NULL;
    }
}

/* Nobody may have it open. */
static int
take_lock (const char  *directory,
           GError     **error)
{
  g_autofree char *path = g_build_filename (directory, "lock", NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  gx_fail (error, fd >= 0 ? GX_ERROR_IN_USE : GX_ERROR_IO, "another program has this profile open: %s", directory);
  if (fd >= 0)
    close (fd);
  return -1;
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

/**
 * gxc_unlock_forget:
 *
 * Starts a profile over: key and store go, and with them every change that was not sent. The key goes first: without it
 * the rest says nothing, whatever the disk keeps of it.
 *
 * Errors: %GX_ERROR_IN_USE, %GX_ERROR_IO
 */
gboolean
gxc_unlock_forget (const char  *directory,
                   GError     **error)
{
  static const char *const names[] = { "store.key", "store.db", "store.db-wal", "store.db-shm", "store.db-journal", "store.db.sealing", "blobs" };
  int fd = take_lock (directory, error);

  if (fd < 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (directory, names[i], NULL);

      remove_tree (path);
    }
  close (fd);
  return gxc_profile_look (directory) == GXC_PROFILE_NEW
         || gx_fail (error, GX_ERROR_IO, "%s: cannot be removed", directory);
}
