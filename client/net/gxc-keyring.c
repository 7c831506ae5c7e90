/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secrets of a profile in the Secret Service: the only file with libsecret. The password is never among them.
 *
 * "No service", "it stayed locked" and "no such item" are three different things to a person (libsecret answers NULL
 * without an error for two of them): the service is asked for first, then searched with unlocking and loading. With
 * SECRET_BACKEND=file there is no service to ask; libsecret then keeps a file.
 */
#include "gxc-keyring.h"

#include <libsecret/secret.h>

#include "gx-text.h"

typedef struct
{
  GxcKeyring  parent;
  char       *server;
  char       *login;
} GxcSecretKeyring;

static const SecretSchema schema = {
  "org.guanxi.Store", SECRET_SCHEMA_NONE,
  {
    { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "what", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  }
};

static GHashTable *
attributes_of (GxcSecretKeyring *self,
               const char       *what)
{
  return secret_attributes_build (&schema, "server", self->server, "account", self->login, "what", what, NULL);
}

static gboolean
uses_file (void)
{
  return g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0;
}

static GxError
code_of (const GError *error)
{
  if (error->domain == SECRET_ERROR && error->code == SECRET_ERROR_IS_LOCKED)
    return GX_ERROR_KEYRING_LOCKED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return GX_ERROR_KEYRING_LOCKED;

  return GX_ERROR_KEYRING_ABSENT;
}

static gboolean
convert (GError  *local,
         GError **error)
{
  gx_fail (error, code_of (local), "%s", local->message);
  g_error_free (local);

  return FALSE;
}

/* Returns 0 if the item is there, else what stands in the way. */
static GxError
examine (GHashTable *attributes)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(SecretService) service = NULL;
  GList *items;
  gboolean locked;

  if (uses_file ())
    return GX_ERROR_KEYRING_ITEM;
  service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, &local);
  if (service == NULL)
    return GX_ERROR_KEYRING_ABSENT;

  items = secret_service_search_sync (service, &schema, attributes, SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK | SECRET_SEARCH_LOAD_SECRETS,
                                      NULL, &local);
  if (local != NULL)
    return code_of (local);
  if (items == NULL)
    return GX_ERROR_KEYRING_ITEM;
  locked = secret_item_get_locked (items->data);
  g_list_free_full (items, g_object_unref);

  return locked ? GX_ERROR_KEYRING_LOCKED : 0;
}

static gboolean
fail_keyring (GxError   code,
              GError  **error)
{
  return gx_fail (error, code, "%s", gx_error_info (code)->title);
}

static char *
secret_lookup (GxcKeyring  *keyring,
               const char  *what,
               GError     **error)
{
  g_autoptr(GHashTable) attributes = attributes_of ((GxcSecretKeyring *) keyring, what);
  GError *local = NULL;
  GxError code = uses_file () ? 0 : examine (attributes);
  char *found, *secret;

  if (code != 0)
    {
      fail_keyring (code, error);
      return NULL;
    }
  found = secret_password_lookupv_sync (&schema, attributes, NULL, &local);
  if (local != NULL)
    {
      convert (local, error);
      return NULL;
    }
  if (found == NULL)
    {
      fail_keyring (GX_ERROR_KEYRING_ITEM, error);
      return NULL;
    }
  secret = g_strdup (found);
  secret_password_free (found);

  return secret;
}

static gboolean
secret_store (GxcKeyring  *keyring,
              const char  *what,
              const char  *secret,
              GError     **error)
{
  GxcSecretKeyring *self = (GxcSecretKeyring *) keyring;
  g_autoptr(GHashTable) attributes = attributes_of (self, what);
  g_autofree char *label = g_strdup_printf ("Guanxi: %s, %s (%s)", self->login, self->server, what);
  GError *local = NULL;

  if (!secret_password_storev_sync (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, secret, NULL, &local))
    {
      if (local == NULL)
        return fail_keyring (GX_ERROR_KEYRING_LOCKED, error);
      return convert (local, error);
    }

  return TRUE;
}

static gboolean
secret_clear (GxcKeyring  *keyring,
              const char  *what,
              GError     **error)
{
  g_autoptr(GHashTable) attributes = attributes_of ((GxcSecretKeyring *) keyring, what);
  GError *local = NULL;

  secret_password_clearv_sync (&schema, attributes, NULL, &local);
  if (local != NULL)
    return convert (local, error);

  return TRUE;
}

static void
secret_free (GxcKeyring *keyring)
{
  GxcSecretKeyring *self = (GxcSecretKeyring *) keyring;

  g_free (self->server);
  g_free (self->login);
  g_free (self);
}

/**
 * gxc_keyring_new:
 *
 * Returns: (transfer full): the person's Secret Service, for this account; nothing is asked of it yet
 */
GxcKeyring *
gxc_keyring_new (const char *server,
                 const char *login)
{
  GxcSecretKeyring *self = g_new0 (GxcSecretKeyring, 1);

  self->parent = (GxcKeyring) { secret_lookup, secret_store, secret_clear, secret_free };
  self->server = g_strdup (server);
  self->login = g_strdup (login);

  return &self->parent;
}

typedef struct
{
  GxcKeyring  parent;
  GHashTable *secrets;
} GxcMemoryKeyring;

static char *
memory_lookup (GxcKeyring  *keyring,
               const char  *what,
               GError     **error)
{
  const char *secret = g_hash_table_lookup (((GxcMemoryKeyring *) keyring)->secrets, what);

  if (secret == NULL)
    fail_keyring (GX_ERROR_KEYRING_ITEM, error);

  return g_strdup (secret);
}

static gboolean
memory_store (GxcKeyring  *keyring,
              const char  *what,
              const char  *secret,
              GError     **error)
{
  g_hash_table_replace (((GxcMemoryKeyring *) keyring)->secrets, g_strdup (what), g_strdup (secret));
  return TRUE;
}

static gboolean
memory_clear (GxcKeyring  *keyring,
              const char  *what,
              GError     **error)
{
  g_hash_table_remove (((GxcMemoryKeyring *) keyring)->secrets, what);
  return TRUE;
}

static void
memory_free (GxcKeyring *keyring)
{
  g_hash_table_unref (((GxcMemoryKeyring *) keyring)->secrets);
  g_free (keyring);
}

/**
 * gxc_keyring_new_memory:
 *
 * Returns: (transfer full): a keyring that forgets everything with the process: for tests
 */
GxcKeyring *
gxc_keyring_new_memory (void)
{
  GxcMemoryKeyring *self = g_new0 (GxcMemoryKeyring, 1);

  self->parent = (GxcKeyring) { memory_lookup, memory_store, memory_clear, memory_free };
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return &self->parent;
}

/**
 * gxc_keyring_lookup:
 *
 * Returns: (transfer full) (nullable): the secret
 */
char *
gxc_keyring_lookup (GxcKeyring  *keyring,
                    const char  *what,
                    GError     **error)
{
  return keyring->lookup (keyring, what, error);
}

gboolean
gxc_keyring_store (GxcKeyring  *keyring,
                   const char  *what,
                   const char  *secret,
                   GError     **error)
{
  return keyring->store (keyring, what, secret, error);
}

gboolean
gxc_keyring_clear (GxcKeyring  *keyring,
                   const char  *what,
                   GError     **error)
{
  return keyring->clear (keyring, what, error);
}

void
gxc_keyring_free (GxcKeyring *keyring)
{
  keyring->free (keyring);
}
