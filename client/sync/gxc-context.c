/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One profile: whose it is, where its server is, and its parts. A profile belongs to one server and one login for ever;
 * whoever else signs in takes another profile.
 *
 * The session's token and the device's key are in the keyring only; without a Secret Service the token lives as long as
 * the process, and there is no key, so nothing that must be signed can be done.
 */
#include "gxc-context.h"

#include "gx-base64.h"
#include "gx-role.h"
#include "gx-text.h"
#include "gx-transaction.h"
#include "gxc-clock.h"
#include "gxc-farewell.h"
#include "gxc-http.h"
#include "gxc-meta.h"
#include "gxc-paper-key.h"
#include "gxc-store-lease.h"
#include "gxc-store-private.h"
#include "gxc-sync.h"
#include "gxc-unlock.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GxcContext
{
  GxcStore       *store;                /* owned */
  GxcSync        *sync;                 /* owned */
  GxcConnectFunc  connect;
  gpointer        connect_data;
  gboolean        fetch_ahead;
  GxcProfileKey  *key;                  /* (owned) (nullable): of a profile in memory or in clear text there is none */

  struct
  {
    GMutex        lock;
    GxcKeyring   *keyring;              /* (owned) (nullable): known once there is a profile */
    char         *token;                /* (nullable) */
    gboolean      must_change;
    gboolean      key_renewed;      /* by the last sign-in */
  } shared;
};

static GxcTransport *
connect_https (const char  *server,
               const char  *ca_file,
               gpointer     data,
               GError     **error)
{
  return gxc_http_new (server, ca_file, error);
}

static void
make_keyring (GxcContext *context)
{
  g_autofree char *server = gxc_context_dup_server (context);
  g_autofree char *login = gxc_context_dup_login (context);

  if (context->shared.keyring == NULL && server != NULL && login != NULL)
    context->shared.keyring = gxc_keyring_new (server, login);
}

static GxcStore *
open_store (const GxcContextOptions  *options,
            GxcProfileKey           **inout_key,
            GError                  **error)
{
  GxcStoreOptions store = { options->directory, options->clock, options->random, NULL, options->threaded, options->vfs, options->papers };
  GError *local = NULL;

  if (options->directory != NULL && *inout_key == NULL)
    *inout_key = gxc_unlock_begin (options->directory, options->random != NULL ? options->random : gx_random_system (), &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  store.key = *inout_key;

  return gxc_store_open (&store, error);
}

/**
 * gxc_context_new:
 *
 * Returns: (transfer full) (nullable): the profile, opened
 *
 * Errors: as of gxc_store_open(); %GX_ERROR_STORE_LOCKED if it wants gxc_unlock() first, %GX_ERROR_STORE_LOST
 */
GxcContext *
gxc_context_new (const GxcContextOptions  *options,
                 GError                  **error)
{
  g_autoptr(GxcKeyring) keyring = options->keyring;
  g_autoptr(GxcProfileKey) key = options->key;
  GxcContext *context;
  GxcStore *store;

  if (options->connect == NULL)
    gxc_http_prepare ();
  store = open_store (options, &key, error);
  if (store == NULL)
    return NULL;

  context = g_new0 (GxcContext, 1);
  context->key = g_steal_pointer (&key);
  g_mutex_init (&context->shared.lock);
  context->store = store;
  context->fetch_ahead = options->fetch_ahead;
  context->connect = options->connect != NULL ? options->connect : connect_https;
  context->connect_data = options->connect_data;
  context->shared.keyring = g_steal_pointer (&keyring);
  make_keyring (context);
  gxc_store_set_key_func (store, gxc_paper_key_load, context);
  context->sync = gxc_sync_new (context);
  if (!gxc_lease_touch (store, error))
    g_clear_pointer (&context, gxc_context_free);

  return context;
}

void
gxc_context_free (GxcContext *context)
{
  gxc_sync_free (context->sync);
  gxc_store_close (context->store);
  g_clear_pointer (&context->key, gxc_profile_key_free);
  g_clear_pointer (&context->shared.keyring, gxc_keyring_free);
  g_free (context->shared.token);
  g_mutex_clear (&context->shared.lock);
  g_free (context);
}

gboolean
gxc_context_fetches_ahead (GxcContext *context)
{
  return context->fetch_ahead;
}

GxcStore *
gxc_context_get_store (GxcContext *context)
{
  return context->store;
}

GxcSync *
gxc_context_get_sync (GxcContext *context)
{
  return context->sync;
}

/**
 * gxc_context_has_profile:
 *
 * Returns: whether somebody signed in here before
 */
gboolean
gxc_context_has_profile (GxcContext *context)
{
  g_autofree char *login = gxc_context_dup_login (context);

  return login != NULL;
}

/**
 * gxc_context_dup_server:
 *
 * Returns: (transfer full) (nullable)
 */
char *
gxc_context_dup_server (GxcContext *context)
{
  return gxc_store_dup_meta (context->store, GXC_META_SERVER);
}

/**
 * gxc_context_dup_login:
 *
 * Returns: (transfer full) (nullable): the word typed at sign-in
 */
char *
gxc_context_dup_login (GxcContext *context)
{
  return gxc_store_dup_meta (context->store, GXC_META_LOGIN);
}

/**
 * gxc_context_dup_name:
 *
 * Returns: (transfer full) (nullable): of the person
 */
char *
gxc_context_dup_name (GxcContext *context)
{
  return gxc_store_dup_meta (context->store, GXC_META_NAME);
}

static GxId
get_id (GxcContext *context,
        const char *key)
{
  g_autofree char *text = gxc_store_dup_meta (context->store, key);
  GxId id = GX_ID_NONE;

  if (text == NULL || !gx_id_parse (text, &id))
    return GX_ID_NONE;

  return id;
}

GxId
gxc_context_get_employee (GxcContext *context)
{
  return get_id (context, GXC_META_EMPLOYEE_ID);
}

GxId
gxc_context_get_client_id (GxcContext *context)
{
  return get_id (context, GXC_META_CLIENT_ID);
}

/**
 * gxc_context_take_key_renewed:
 *
 * Returns: whether the last sign-in found the device's key lost and registered a new one; asked once
 */
gboolean
gxc_context_take_key_renewed (GxcContext *context)
{
  gboolean renewed;

  g_mutex_lock (&context->shared.lock);
  renewed = context->shared.key_renewed;
  context->shared.key_renewed = FALSE;
  g_mutex_unlock (&context->shared.lock);

  return renewed;
}

/**
 * gxc_context_get_roles:
 *
 * Returns: a GxRoleMask, as sign-in or the last pull told: what to show, not what is allowed; the server decides that
 */
guint
gxc_context_get_roles (GxcContext *context)
{
  g_autofree char *text = gxc_store_dup_meta (context->store, GXC_META_ROLES);
  g_auto(GStrv) codes = g_strsplit (text != NULL ? text : "", ",", -1);

  return gx_role_mask_from_codes ((const char *const *) codes);
}

gboolean
gxc_context_must_change_password (GxcContext *context)
{
  gboolean must_change;

  g_mutex_lock (&context->shared.lock);
  must_change = context->shared.must_change;
  g_mutex_unlock (&context->shared.lock);

  return must_change;
}

static char *
ca_path (GxcContext *context)
{
  const char *directory = gxc_store_get_directory (context->store);

  return directory != NULL ? g_build_filename (directory, "ca.pem", NULL) : NULL;
}

static GxcApi *
connect_api (GxcContext  *context,
             const char  *server,
             const char  *ca_file,
             GError     **error)
{
  GxId client_id = gxc_context_get_client_id (context);
  GxcTransport *transport = context->connect (server, ca_file, context->connect_data, error);
  GxcApi *api;

  if (transport == NULL)
    return NULL;
  api = gxc_api_new (transport);
  gxc_api_set_client (api, &client_id);

  return api;
}

/** gxc_context_connect: (transfer full) (nullable): the way to this profile's server, without a session */
GxcApi *
gxc_context_connect (GxcContext  *context,
                     GError     **error)
{
  g_autofree char *server = gxc_context_dup_server (context);
  g_autofree char *ca_file = ca_path (context);

  if (server != NULL)
    return connect_api (context, server, ca_file, error);
  gx_fail (error, GX_ERROR_UNAUTHENTICATED, _("Nobody has signed in to this profile yet."));

  return NULL;
}

static char *
dup_token (GxcContext  *context,
           GError     **error)
{
  char *token;

  g_mutex_lock (&context->shared.lock);
  if (context->shared.token == NULL && context->shared.keyring != NULL)
    context->shared.token = gxc_keyring_lookup (context->shared.keyring, GXC_SECRET_TOKEN, error);
  token = g_strdup (context->shared.token);
  g_mutex_unlock (&context->shared.lock);

  return token;
}

/**
 * gxc_context_open_api:
 *
 * Returns: (transfer full) (nullable): calls with this profile's session, for the calling thread
 *
 * Errors: %GX_ERROR_UNAUTHENTICATED if nobody is signed in, or the keyring's errors
 */
GxcApi *
gxc_context_open_api (GxcContext  *context,
                      GError     **error)
{
  g_autofree char *server = gxc_context_dup_server (context);
  g_autofree char *ca_file = ca_path (context);
  g_autofree char *token = NULL;
  g_autoptr(GError) local = NULL;
  GxcApi *api;

  if (server == NULL)
    {
      gx_fail (error, GX_ERROR_UNAUTHENTICATED, _("Nobody has signed in to this profile yet."));
      return NULL;
    }
  token = dup_token (context, &local);
  if (token == NULL && (local == NULL || g_error_matches (local, GX_ERROR, GX_ERROR_KEYRING_ITEM)))
    {
      gx_fail (error, GX_ERROR_UNAUTHENTICATED, _("Sign in again, please."));
      return NULL;
    }
  if (token == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  api = connect_api (context, server, ca_file, error);
  if (api != NULL)
    gxc_api_set_token (api, token);

  return api;
}

static gboolean
check_owner (GxcContext  *context,
             const char  *server,
             const char  *login,
             GError     **error)
{
  g_autofree char *known_server = gxc_context_dup_server (context);
  g_autofree char *known_login = gxc_context_dup_login (context);

  if (known_server == NULL || (g_str_equal (known_server, server) && g_strcmp0 (known_login, login) == 0))
    return TRUE;

  return gx_fail (error, GX_ERROR_STATE, _("This profile belongs to %s at %s: take another one for anybody else."), known_login,
                  known_server);
}

static gboolean
keep_ca (GxcContext  *context,
         const char  *ca_file,
         GError     **error)
{
  g_autofree char *path = ca_path (context);
  g_autofree char *contents = NULL;
  gsize size;

  if (path == NULL || ca_file == NULL || g_str_equal (path, ca_file))
    return TRUE;
  if (!g_file_get_contents (ca_file, &contents, &size, error) || !g_file_set_contents (path, contents, (gssize) size, error))
    return gx_error_adopt (error);

  return TRUE;
}

static gboolean
keep_client_id (GxcContext  *context,
                GError     **error)
{
  GxId id = gxc_context_get_client_id (context);

  if (!gx_id_is_none (&id))
    return TRUE;
  id = gxc_store_new_id (context->store);

  return gxc_meta_set (context->store, GXC_META_CLIENT_ID, GX_ID_STR (&id), error);
}

typedef struct
{
  const char *server;
  const char *login;
  GxcSession *session;
} SessionArgs;

static gboolean
keep_session_here (GxcStore  *store,
                   gpointer   data,
                   GError   **error)
{
  const SessionArgs *args = data;
  const GxcSession *session = args->session;
  g_autofree char *roles = g_strjoinv (",", session->roles);
  g_autofree char *epoch = gxc_meta_dup (gxc_store_get_db (store), GXC_META_EPOCH);
  g_autofree char *log_key = gxc_meta_dup (gxc_store_get_db (store), GXC_META_LOG_KEY);
  g_autofree char *export_key = gxc_meta_dup (gxc_store_get_db (store), GXC_META_EXPORT_KEY);
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  /* All or nothing: a profile with a server and no login would be nobody's for ever. */
  return transaction != NULL
         && gxc_meta_set (store, GXC_META_SERVER, args->server, error)
         && gxc_meta_set (store, GXC_META_LOGIN, args->login, error)
         && gxc_meta_set (store, GXC_META_LOGIN_ID, GX_ID_STR (&session->login_id), error)
         && gxc_meta_set (store, GXC_META_EMPLOYEE_ID, GX_ID_STR (&session->employee_id), error)
         && gxc_meta_set (store, GXC_META_NAME, session->name, error)
         && gxc_meta_set (store, GXC_META_ROLES, roles, error)
         && gxc_meta_set (store, GXC_META_ORG_PATH, session->org_path, error)
         && (epoch != NULL || gxc_meta_set (store, GXC_META_EPOCH, session->epoch, error))
         && (log_key != NULL || session->log_key == NULL || gxc_meta_set (store, GXC_META_LOG_KEY, session->log_key, error))
         && (export_key != NULL || session->export_key == NULL || gxc_meta_set (store, GXC_META_EXPORT_KEY, session->export_key, error))
         && gxc_store_commit (store, transaction, error);
}

static gboolean
is_keyring_error (const GError *error)
{
  return g_error_matches (error, GX_ERROR, GX_ERROR_KEYRING_ABSENT) || g_error_matches (error, GX_ERROR, GX_ERROR_KEYRING_LOCKED);
}

/* Without a keyring the session lasts as long as the process. */
static gboolean
keep_token (GxcContext  *context,
            const char  *token,
            GError     **error)
{
  g_autoptr(GError) local = NULL;

  g_mutex_lock (&context->shared.lock);
  make_keyring (context);
  gx_set_str (&context->shared.token, token);
  gxc_keyring_store (context->shared.keyring, GXC_SECRET_TOKEN, token, &local);
  g_mutex_unlock (&context->shared.lock);

  if (local == NULL || is_keyring_error (local))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
make_key (GxcContext   *context,
          GxSecretKey  *out_key,
          GError      **error)
{
  g_autofree char *text = NULL;
  gboolean ok;

  gx_secret_key_make (gxc_store_get_random (context->store), out_key);
  text = gx_secret_key_to_text (out_key);
  ok = gxc_keyring_store (context->shared.keyring, GXC_SECRET_DEVICE, text, error);
  memset (text, 0, strlen (text));

  return ok;
}

/* The key of the keyring, or a new one where there is none; FALSE with no error without a keyring: then nothing is signed. */
static gboolean
find_or_make_key (GxcContext   *context,
                  GxSecretKey  *out_key,
                  gboolean     *out_fresh,
                  GError      **error)
{
  g_autoptr(GError) local = NULL;

  *out_fresh = FALSE;
  if (gxc_context_load_key (context, out_key, &local))
    return TRUE;
  if (!is_keyring_error (local))
    {
      *out_fresh = TRUE;
      g_clear_error (&local);
      if (make_key (context, out_key, &local))
        return TRUE;
    }
  if (!is_keyring_error (local))
    g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

typedef struct
{
  const GxId *device_id;
  const char *key;
} DeviceArgs;

static gboolean
keep_device_here (GxcStore  *store,
                  gpointer   data,
                  GError   **error)
{
  const DeviceArgs *args = data;
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction != NULL
         && gxc_meta_set (store, GXC_META_DEVICE_ID, GX_ID_STR (args->device_id), error)
         && gxc_meta_set (store, GXC_META_DEVICE_KEY, args->key, error)
         && gxc_store_commit (store, transaction, error);
}

/* The device's key: made at the first sign-in, registered with the server, and never anywhere but in the keyring. Where the
 * server knows another one, that one is lost: the new one takes its place, and the person is told. */
static gboolean
enrol (GxcContext        *context,
       GxcApi            *api,
       const GxcSession  *session,
       GCancellable      *cancellable,
       GError           **error)
{
  g_auto(GxSecretKey) key = { 0 };
  g_autoptr(GError) local = NULL;
  g_autofree char *text = NULL, *known = NULL;
  gboolean registered = !gx_id_is_none (&session->device_id), fresh;
  GxPublicKey public;
  GxId device_id;
  DeviceArgs args;

  if (!find_or_make_key (context, &key, &fresh, &local))
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  gx_secret_key_get_public (&key, &public);
  text = gx_public_key_to_text (&public);
  known = gxc_store_dup_meta (context->store, GXC_META_DEVICE_KEY);
  if (registered && !fresh && (known == NULL || g_str_equal (known, text)))
    return TRUE;
  if (fresh && !gxc_meta_set (context->store, GXC_META_DEVICE_KEY, "", error))      /* should the server not be told now */
    return FALSE;

  args = (DeviceArgs) { &device_id, text };
  if (!gxc_api_enrol (api, text, g_get_host_name (), registered, &device_id, cancellable, error)
      || !gxc_store_call (context->store, keep_device_here, &args, error))
    return FALSE;
  g_mutex_lock (&context->shared.lock);
  context->shared.key_renewed = registered && !gx_id_equal (&device_id, &session->device_id);
  g_mutex_unlock (&context->shared.lock);

  return TRUE;
}

/* The keyring's half of the key to the store; a keyring that cannot be had is told before the server is asked. */
static gboolean
find_secret (GxcContext  *context,
             const char  *server,
             const char  *login,
             guint8      *out_secret,
             gboolean    *out_fresh,
             GError     **error)
{
  g_autoptr(GxcKeyring) own = NULL;
  gboolean found;

  if (gxc_store_get_directory (context->store) == NULL)
    return TRUE;
  g_mutex_lock (&context->shared.lock);
  if (context->shared.keyring == NULL)
    own = gxc_keyring_new (server, login);
  found = gxc_unlock_find_secret (own != NULL ? own : context->shared.keyring, gxc_store_get_random (context->store), out_secret, out_fresh, error);
  g_mutex_unlock (&context->shared.lock);

  return found;
}

/* So that the bank can open what nobody here can any more. */
static void
tell_bank (GxcContext *context)
{
  g_autofree char *text = gxc_store_dup_meta (context->store, GXC_META_EXPORT_KEY);
  g_autoptr(GBytes) bank = text != NULL ? gx_base64_decode (text) : NULL;

  if (bank != NULL && g_bytes_get_size (bank) == GXC_PROFILE_BANK_SIZE)
    gxc_profile_key_set_bank (context->key, g_bytes_get_data (bank, NULL));
}

/* The password that the server took is the one that opens the store from now on. A store in clear text is taken into the
 * vault the next time it is opened. */
static gboolean
keep_key (GxcContext    *context,
          const char    *server,
          const char    *login,
          const char    *password,
          const guint8  *secret,
          gboolean       fresh,
          GError       **error)
{
  const char *directory = gxc_store_get_directory (context->store);
  gboolean kept = TRUE;

  if (directory == NULL)
    return TRUE;
  g_mutex_lock (&context->shared.lock);
  make_keyring (context);
  if (fresh)
    kept = gxc_unlock_keep_secret (context->shared.keyring, secret, error);
  if (context->key == NULL)
    context->key = gxc_profile_key_new (directory, gxc_store_get_random (context->store));
  tell_bank (context);
  kept = kept && gxc_profile_key_keep (context->key, password, secret, server, login, gxc_store_get_random (context->store), error);
  g_mutex_unlock (&context->shared.lock);

  return kept;
}

/**
 * gxc_context_sign_in:
 * @ca_file: (nullable): the bank's CA; needed the first time
 *
 * Signs in, remembers whose profile this is, and registers the device's key. Blocking.
 *
 * The password also opens the store from then on.
 *
 * Errors: %GX_ERROR_STATE if the profile is somebody else's, %GX_ERROR_UNAUTHENTICATED, %GX_ERROR_OFFLINE, %GX_ERROR_TLS …;
 *   %GX_ERROR_REVOKED, then the profile is to be wiped; the keyring's %GX_ERROR_KEYRING_ABSENT and %GX_ERROR_KEYRING_LOCKED
 */
gboolean
gxc_context_sign_in (GxcContext    *context,
                     const char    *server,
                     const char    *ca_file,
                     const char    *login,
                     const char    *password,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autofree char *own_ca = ca_path (context);
  g_autoptr(GxcApi) api = NULL;
  g_autoptr(GxcSession) session = NULL;
  SessionArgs args = { server, login };
  guint8 secret[GXC_PROFILE_SECRET_SIZE] = { 0 };
  gboolean fresh = FALSE, kept;
  GError *local = NULL;

  if (!check_owner (context, server, login, error) || !keep_client_id (context, error)
      || !find_secret (context, server, login, secret, &fresh, error))
    return FALSE;
  api = connect_api (context, server, ca_file != NULL ? ca_file : own_ca, error);
  if (api == NULL)
    return FALSE;
  session = gxc_api_sign_in (api, login, password, cancellable, &local);
  if (session == NULL)
    {
      g_propagate_error (error, gxc_farewell_look (context, local, cancellable));
      return FALSE;
    }

  args.session = session;
  g_mutex_lock (&context->shared.lock);
  context->shared.must_change = session->must_change;
  g_mutex_unlock (&context->shared.lock);
  kept = keep_ca (context, ca_file, error)
         && gxc_store_call (context->store, keep_session_here, &args, error)
         && gxc_clock_keep (context->store, api, error)
         && keep_key (context, server, login, password, secret, fresh, error);
  explicit_bzero (secret, sizeof secret);
  if (!kept || !keep_token (context, session->token, error))
    return FALSE;

  return session->must_change || enrol (context, api, session, cancellable, error);
}

/**
 * gxc_context_sign_out:
 *
 * Ends the session here and, if it can be reached, on the server. What is in the store stays.
 */
gboolean
gxc_context_sign_out (GxcContext    *context,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr(GxcApi) api = gxc_context_open_api (context, NULL);

  if (api != NULL)
    gxc_api_sign_out (api, cancellable, NULL);

  g_mutex_lock (&context->shared.lock);
  g_clear_pointer (&context->shared.token, g_free);
  if (context->shared.keyring != NULL)
    gxc_keyring_clear (context->shared.keyring, GXC_SECRET_TOKEN, NULL);
  g_mutex_unlock (&context->shared.lock);

  return TRUE;
}

/**
 * gxc_context_forget_session:
 *
 * Of a profile that turned out to be a copy: session and key are its twin's.
 */
void
gxc_context_forget_session (GxcContext *context)
{
  g_mutex_lock (&context->shared.lock);
  g_clear_pointer (&context->shared.token, g_free);
  if (context->shared.keyring != NULL)
    {
      gxc_keyring_clear (context->shared.keyring, GXC_SECRET_TOKEN, NULL);
      gxc_keyring_clear (context->shared.keyring, GXC_SECRET_DEVICE, NULL);
    }
  g_mutex_unlock (&context->shared.lock);
}

/**
 * gxc_context_change_password:
 *
 * Changes the password and signs in with the new one.
 */
gboolean
gxc_context_change_password (GxcContext    *context,
                             const char    *old_password,
                             const char    *new_password,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr(GxcApi) api = gxc_context_open_api (context, error);
  g_autofree char *server = gxc_context_dup_server (context);
  g_autofree char *login = gxc_context_dup_login (context);

  return api != NULL
         && gxc_api_set_password (api, old_password, new_password, cancellable, error)
         && gxc_context_sign_in (context, server, NULL, login, new_password, cancellable, error);
}

/**
 * gxc_context_dup_secret:
 * @what: which, of gxc-keyring.h
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: the keyring's
 */
char *
gxc_context_dup_secret (GxcContext  *context,
                        const char  *what,
                        GError     **error)
{
  char *text = NULL;

  g_mutex_lock (&context->shared.lock);
  if (context->shared.keyring != NULL)
    text = gxc_keyring_lookup (context->shared.keyring, what, error);
  else
    gx_fail (error, GX_ERROR_KEYRING_ITEM, "%s", _("Nobody has signed in to this profile yet."));
  g_mutex_unlock (&context->shared.lock);

  return text;
}

gboolean
gxc_context_keep_secret (GxcContext  *context,
                         const char  *what,
                         const char  *secret,
                         GError     **error)
{
  gboolean kept;

  g_mutex_lock (&context->shared.lock);
  kept = context->shared.keyring != NULL ? gxc_keyring_store (context->shared.keyring, what, secret, error)
         : gx_fail (error, GX_ERROR_KEYRING_ITEM, "%s", _("Nobody has signed in to this profile yet."));
  g_mutex_unlock (&context->shared.lock);

  return kept;
}

/** gxc_context_forget_secret: what is not there is forgotten */
void
gxc_context_forget_secret (GxcContext *context,
                           const char *what)
{
  g_mutex_lock (&context->shared.lock);
  if (context->shared.keyring != NULL)
    gxc_keyring_clear (context->shared.keyring, what, NULL);
  g_mutex_unlock (&context->shared.lock);
}

/**
 * gxc_context_derive_key:
 *
 * Returns: whether there is a key to derive from: none of a store in memory, nor of one that lies in clear text yet
 */
gboolean
gxc_context_derive_key (GxcContext *context,
                        GxcSubkey   which,
                        guint8     *out_key)
{
  gboolean kept;

  g_mutex_lock (&context->shared.lock);
  kept = context->key != NULL && gxc_profile_key_is_kept (context->key);
  if (kept)
    gxc_profile_key_derive (context->key, which, out_key);
  g_mutex_unlock (&context->shared.lock);

  return kept;
}

/**
 * gxc_context_load_key:
 * @out_key: (out caller-allocates): the device's key; clear it after use
 *
 * Errors: the keyring's: %GX_ERROR_KEYRING_ABSENT, %GX_ERROR_KEYRING_LOCKED, %GX_ERROR_KEYRING_ITEM
 */
gboolean
gxc_context_load_key (GxcContext   *context,
                      GxSecretKey  *out_key,
                      GError      **error)
{
  g_autofree char *text = gxc_context_dup_secret (context, GXC_SECRET_DEVICE, error);
  gboolean ok;

  if (text == NULL)
    return FALSE;
  ok = gx_secret_key_parse (text, out_key);
  memset (text, 0, strlen (text));

  return ok || gx_fail (error, GX_ERROR_KEYRING_ITEM, "%s", gx_error_info (GX_ERROR_KEYRING_ITEM)->title);
}

/**
 * gxc_context_can_sign:
 *
 * Returns: whether this device has its key: without one, nothing is submitted and nothing decided
 */
gboolean
gxc_context_can_sign (GxcContext  *context,
                      GError     **error)
{
  g_auto(GxSecretKey) key = { 0 };
  g_autoptr(GError) local = NULL;

  if (gxc_context_load_key (context, &key, &local))
    return TRUE;
  if (g_error_matches (local, GX_ERROR, GX_ERROR_KEYRING_ITEM))
    return gx_fail (error, GX_ERROR_KEYRING_ITEM, "%s",
                    _("This computer has lost its signing key. Sign in again: a new one is registered then."));
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}
