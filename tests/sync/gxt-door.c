/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A keyring that is there after the program ended: a context frees the door, not what is behind it. */
#include "gxt-door.h"

typedef struct
{
  GxcKeyring  parent;
  GxcKeyring *secrets;      /* (borrowed) */
} Door;

static char *
door_lookup (GxcKeyring *keyring, const char *what, GError **error)
{
  return gxc_keyring_lookup (((Door *) keyring)->secrets, what, error);
}

static gboolean
door_store (GxcKeyring *keyring, const char *what, const char *secret, GError **error)
{
  return gxc_keyring_store (((Door *) keyring)->secrets, what, secret, error);
}

static gboolean
door_clear (GxcKeyring *keyring, const char *what, GError **error)
{
  return gxc_keyring_clear (((Door *) keyring)->secrets, what, error);
}

/**
 * gxt_door_to:
 * @secrets: (transfer none): outlives every door to it
 *
 * Returns: (transfer full)
 */
GxcKeyring *
gxt_door_to (GxcKeyring *secrets)
{
  Door *door = g_new (Door, 1);

  *door = (Door) { { door_lookup, door_store, door_clear, (void (*) (GxcKeyring *)) g_free }, secrets };
  return &door->parent;
}
