/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory in which keys lie is locked: it is never written to a swap disk (sync.md 3.3). The kernel is asked how much of this
 * process is, while a key is there and when it is not.
 */
#include <string.h>
#include <sys/mman.h>

#include "gx-vault.h"
#include "gxc-profile-key.h"
#include "gxs-keys.h"

/* kB */
static guint64
locked (void)
{
  g_autofree char *status = NULL;
  g_autoptr(GError) error = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, &error);
  g_assert_no_error (error);
  line = strstr (status, "\nVmLck:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("\nVmLck:"), NULL, 10);
}

/* A person whose limit of locked memory is nothing has none, and his programs run all the same. */
static gboolean
may_lock (void)
{
  static char page[8192];
  const guint64 before = locked ();
  gboolean ok = mlock (page, sizeof page) == 0 && locked () > before;

  munlock (page, sizeof page);
  return ok;
}

static void
test_vault (void)
{
  const guint8 key[GX_VAULT_KEY_SIZE] = { 7 };
  const GxId database = gx_id_new ();
  const guint64 before = locked ();
  g_autoptr(GError) error = NULL;
  GxVault *vault = gx_vault_new (key, &database, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (locked (), >, before);
  gx_vault_free (vault);
  g_assert_cmpuint (locked (), ==, before);
}

static void
test_profile (void)
{
  const guint64 before = locked ();
  GxcProfileKey *key = gxc_profile_key_new ("/nowhere", gx_random_system ());

  g_assert_cmpuint (locked (), >, before);
  gxc_profile_key_free (key);
  g_assert_cmpuint (locked (), ==, before);
}

static void
test_bank (void)
{
  const guint64 before = locked ();
  GxsKeys *keys = gxs_keys_new (gx_random_system ());

  g_assert_cmpuint (locked (), >, before);
  gxs_keys_free (keys);
  g_assert_cmpuint (locked (), ==, before);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!may_lock ())
    {
      g_print ("1..0 # SKIP this machine lets nobody lock memory\n");
      return 77;
    }
  g_test_add_func ("/secrets/the_key_that_opens_pages", test_vault);
  g_test_add_func ("/secrets/the_key_of_a_profile", test_profile);
  g_test_add_func ("/secrets/the_keys_of_the_bank", test_bank);
  return g_test_run ();
}
