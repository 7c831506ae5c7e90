/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the scripts, which have no vault: a profile's store as a plain file. It opens the profile as the programs do, by the
 * password in the file that GUANXI_PASSWORD_FILE names and by the keyring.
 *
 *   gxt-store out PROFILE FILE     FILE becomes the store in clear text, a store of before there was a vault
 *   gxt-store in PROFILE FILE      PROFILE's store becomes FILE, which is in clear text, under the profile's key
 *   gxt-store days PROFILE N       the desk met its bank N days earlier than it did, and has seen no later time since
 *   gxt-store forget PROFILE WHAT  the keyring loses that secret of the profile's (token, device, store …)
 */
#include <glib/gstdio.h>
#include <string.h>

#include "gx-db.h"
#include "gx-vault.h"
#include "gxc-unlock.h"

static gboolean
forget (const char  *profile,
        const char  *what,
        GError     **error)
{
  g_autoptr(GxcProfileKey) key = gxc_profile_key_load (profile, error);
  g_autoptr(GxcKeyring) keyring = NULL;

  if (key == NULL)
    return FALSE;
  keyring = gxc_keyring_new (gxc_profile_key_get_server (key), gxc_profile_key_get_login (key));
  return gxc_keyring_clear (keyring, what, error);
}

static GxVault *
open_vault (const char  *profile,
            GError     **error)
{
  g_autofree char *password = NULL;
  g_autoptr(GxcProfileKey) key = NULL;

  if (!g_file_get_contents (g_getenv ("GUANXI_PASSWORD_FILE"), &password, NULL, error))
    return NULL;
  key = gxc_unlock (profile, NULL, g_strchomp (password), NULL, error);

  return key != NULL ? gx_vault_new (gxc_profile_key_get_key (key), gxc_profile_key_get_database (key), NULL, error) : NULL;
}

static gboolean
move_days (const char  *profile,
           const char  *days,
           GError     **error)
{
  g_autofree char *store = gxc_profile_path (profile);
  g_autoptr(GxVault) vault = open_vault (profile, error);
  g_autoptr(GxDb) db = NULL;

  if (vault != NULL)
    db = gx_db_open (&gx_db_sqlite, &(GxDbOptions) { .location = store, .vfs = gx_vault_get_vfs (vault), .side = GX_SIDE_CLIENT }, error);

  return db != NULL
         && gx_db_run (db, error, "UPDATE meta SET v=CAST(v AS INTEGER) - ? WHERE k IN ('contact', 'seen', 'last_sync')", "i",
                       g_ascii_strtoll (days, NULL, 10) * 24 * 60 * 60 * 1000);
}

static gboolean
copy (const char  *way,
      const char  *profile,
      const char  *file,
      GError     **error)
{
  g_autofree char *store = gxc_profile_path (profile);
  g_autoptr(GxVault) vault = open_vault (profile, error);
  GxDbOptions sealed = { .location = store }, clear = { .location = file };

  if (vault == NULL)
    return FALSE;

  sealed.vfs = gx_vault_get_vfs (vault);
  if (strcmp (way, "out") == 0)
    return gx_db_copy (&gx_db_sqlite, &sealed, &clear, error);

  g_unlink (store);
  return gx_db_copy (&gx_db_sqlite, &clear, &sealed, error);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;

  if (argc == 4 && (strcmp (argv[1], "out") == 0 || strcmp (argv[1], "in") == 0) && copy (argv[1], argv[2], argv[3], &error))
    return 0;
  if (argc == 4 && strcmp (argv[1], "days") == 0 && move_days (argv[2], argv[3], &error))
    return 0;
  if (argc == 4 && strcmp (argv[1], "forget") == 0 && forget (argv[2], argv[3], &error))
    return 0;

  g_printerr ("gxt-store: %s\n", error != NULL ? error->message : "out|in PROFILE FILE | days PROFILE N | forget PROFILE WHAT");
  return 1;
}
