/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is signed in: a table in memory beside the rows of the database, found by the hash of the token.
 *
 * A session keeps the rights it was last given, and asks the database before each use whether they still hold
 * (gxs_authz_is_current()). It decides nothing about passwords: gxs-auth does.
 */
#include "gxs-session.h"

#include "gx-hash.h"
#include "gx-login.h"

#include <sodium.h>
#include <string.h>

/* How often the time of the last use is worth a write, ms. */
#define TOUCH_EVERY 60000

struct _GxsSession
{
  GxsSessionInfo info;        /* guarded by mutex: who.step_up_at, who.device_id, used_at, must_change */
  GMutex         mutex;
  GxsAuthz      *authz;       /* (nullable), guarded by mutex */
  gint64         saved_at;    /* when used_at was last worth writing */
};

struct _GxsSessions
{
  GxClock    *clock;          /* borrowed */
  gint64      idle;           /* ms without a person's action after which a session ends */
  gint64      max;            /* ms after which it ends in any case */
  GMutex      mutex;
  GHashTable *by_token;       /* GxsTokenHash (the session's) -> GxsSession, owned */

  GMutex          ended_lock; /* held while ended is called */
  GxsSessionFunc  ended;      /* (nullable) */
  gpointer        ended_data;
};

static guint
token_key (gconstpointer key)
{
  guint value;

  memcpy (&value, key, sizeof value);
  return value;
}

static gboolean
token_equal (gconstpointer a,
             gconstpointer b)
{
  return sodium_memcmp (a, b, sizeof (GxsTokenHash)) == 0;
}

void
gxs_token_hash (const char   *token,
                GxsTokenHash *out_hash)
{
  GxHash hash;

  gx_hash_bytes (token, strlen (token), &hash);
  memcpy (out_hash->b, hash.b, sizeof out_hash->b);
}

/**
 * gxs_token_draw:
 *
 * Returns: (transfer full): 256 random bits in 64 digits; tokens are never UUIDs
 */
char *
gxs_token_draw (GxRandom *random)
{
  guint8 bytes[GXS_TOKEN_BYTES];
  char *text = g_malloc (sizeof bytes * 2 + 1);

  gx_random_bytes (random, bytes, sizeof bytes);
  sodium_bin2hex (text, sizeof bytes * 2 + 1, bytes, sizeof bytes);
  sodium_memzero (bytes, sizeof bytes);
  return text;
}

static void
session_clear (gpointer data)
{
  GxsSession *session = data;

  g_clear_pointer (&session->authz, gxs_authz_free);
  g_mutex_clear (&session->mutex);
}

GxsSession *
gxs_session_ref (GxsSession *session)
{
  return g_atomic_rc_box_acquire (session);
}

void
gxs_session_unref (GxsSession *session)
{
  g_atomic_rc_box_release_full (session, session_clear);
}

/**
 * gxs_sessions_new:
 * @idle: ms without a person's action after which a session ends
 * @max: ms after which it ends in any case
 */
GxsSessions *
gxs_sessions_new (GxClock *clock,
                  gint64   idle,
                  gint64   max)
{
  GxsSessions *sessions = g_new0 (GxsSessions, 1);

  sessions->clock = clock;
  sessions->idle = idle;
  sessions->max = max;
  g_mutex_init (&sessions->mutex);
  g_mutex_init (&sessions->ended_lock);
  sessions->by_token = g_hash_table_new_full (token_key, token_equal, NULL, (GDestroyNotify) gxs_session_unref);
  return sessions;
}

void
gxs_sessions_free (GxsSessions *sessions)
{
  g_hash_table_unref (sessions->by_token);
  g_mutex_clear (&sessions->mutex);
  g_mutex_clear (&sessions->ended_lock);
  g_free (sessions);
}

/**
 * gxs_sessions_add:
 *
 * Returns: (transfer full): the session, live from now on
 */
GxsSession *
gxs_sessions_add (GxsSessions          *sessions,
                  const GxsSessionInfo *info)
{
  GxsSession *session = g_atomic_rc_box_new0 (GxsSession);

  session->info = *info;
  session->saved_at = info->used_at;
  g_mutex_init (&session->mutex);
  g_mutex_lock (&sessions->mutex);
  g_hash_table_replace (sessions->by_token, &session->info.token, gxs_session_ref (session));
  g_mutex_unlock (&sessions->mutex);

  return session;
}

static void
read_info (GxStatement    *statement,
           GxsSessionInfo *info)
{
  gsize size;
  gconstpointer token = gx_statement_get_blob (statement, 0, &size);

  *info = (GxsSessionInfo) { 0 };
  if (size == sizeof info->token)
    memcpy (&info->token, token, size);
  info->who.session_id = gx_statement_get_id (statement, 1);
  info->who.login_id = gx_statement_get_id (statement, 2);
  info->who.device_id = gx_statement_get_id (statement, 3);
  info->who.client_id = gx_statement_get_id (statement, 4);
  info->who.roles = (GxRoleMask) gx_statement_get_int (statement, 5);
  info->who.step_up_at = gx_statement_get_int (statement, 6);
  info->used_at = gx_statement_get_int (statement, 7);
  info->expires_at = gx_statement_get_int (statement, 8);
  info->must_change = gx_statement_get_int (statement, 9) != 0;
}

/**
 * gxs_sessions_load:
 *
 * Brings back the sessions that were live when the server stopped.
 */
gboolean
gxs_sessions_load (GxsSessions  *sessions,
                   GxDb         *db,
                   GError      **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT s.token_sha, s.id, s.login_id, s.device_id, s.client_id, s.roles, s.step_up_at, s.used_at,"
                 " s.expires_at, l.pw_once FROM session s JOIN login l ON l.id = s.login_id"
                 " WHERE s.ended_at IS NULL AND s.expires_at > ?", "i", gx_clock_now (sessions->clock));
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;

  while (gx_statement_next (statement, &local))
    {
      GxsSessionInfo info;

      read_info (statement, &info);
      gxs_session_unref (gxs_sessions_add (sessions, &info));
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

typedef struct
{
  const GxId *session;        /* (nullable), as are the others */
  const GxId *login;
  const GxId *client;
  const GxId *device;
  const GxId *except;
} Which;

static gboolean
is_among (gpointer key,
          gpointer value,
          gpointer user_data)
{
  const GxsSignedIn *who = &((GxsSession *) value)->info.who;
  const Which *which = user_data;

  if (which->except != NULL && gx_id_equal (&who->session_id, which->except))
    return FALSE;

  return (which->session != NULL && gx_id_equal (&who->session_id, which->session))
         || (which->login != NULL && gx_id_equal (&who->login_id, which->login))
         || (which->client != NULL && gx_id_equal (&who->client_id, which->client))
         || (which->device != NULL && gx_id_equal (&who->device_id, which->device));
}

static void
tell_ended (GxsSessions *sessions,
            GPtrArray   *gone)
{
  g_mutex_lock (&sessions->ended_lock);
  for (guint i = 0; sessions->ended != NULL && i < gone->len; i++)
    sessions->ended (gone->pdata[i], sessions->ended_data);
  g_mutex_unlock (&sessions->ended_lock);
}

static void
remove_those (GxsSessions *sessions,
              Which        which)
{
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func ((GDestroyNotify) gxs_session_unref);
  GHashTableIter iter;
  gpointer key, session;

  g_mutex_lock (&sessions->mutex);
  g_hash_table_iter_init (&iter, sessions->by_token);
  while (g_hash_table_iter_next (&iter, &key, &session))
    if (is_among (key, session, &which))
      {
        g_hash_table_iter_steal (&iter);
        g_ptr_array_add (gone, session);
      }
  g_mutex_unlock (&sessions->mutex);
  tell_ended (sessions, gone);
}

/**
 * gxs_sessions_set_ended:
 * @func: (nullable): told of each session that ends, by sign-out, by somebody who ends it, or as it is found to have run out; on
 *   any thread; not after this returned with %NULL
 */
void
gxs_sessions_set_ended (GxsSessions    *sessions,
                        GxsSessionFunc  func,
                        gpointer        data)
{
  g_mutex_lock (&sessions->ended_lock);
  sessions->ended = func;
  sessions->ended_data = data;
  g_mutex_unlock (&sessions->ended_lock);
}

void
gxs_sessions_remove (GxsSessions *sessions,
                     const GxId  *session_id)
{
  remove_those (sessions, (Which) { .session = session_id });
}

/**
 * gxs_sessions_remove_login:
 * @except_session: (nullable): stays
 */
void
gxs_sessions_remove_login (GxsSessions *sessions,
                           const GxId  *login_id,
                           const GxId  *except_session)
{
  remove_those (sessions, (Which) { .login = login_id, .except = except_session });
}

void
gxs_sessions_remove_client (GxsSessions *sessions,
                            const GxId  *client_id)
{
  remove_those (sessions, (Which) { .client = client_id });
}

void
gxs_sessions_remove_device (GxsSessions *sessions,
                            const GxId  *device_id)
{
  remove_those (sessions, (Which) { .device = device_id });
}

static gboolean
is_over (GxsSession *session,
         gint64      idle,
         gint64      now)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&session->mutex);

  return now >= session->info.expires_at || now - session->info.used_at >= idle;
}

static gboolean
is_of_client (const GxsSession *session,
              const char       *client_id)
{
  GxId id;

  if (gx_id_is_none (&session->info.who.client_id))
    return TRUE;

  return client_id != NULL && gx_id_parse (client_id, &id) && gx_id_equal (&id, &session->info.who.client_id);
}

/**
 * gxs_sessions_find:
 * @client_id: (nullable): the header X-Client
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_UNAUTHENTICATED, %GX_ERROR_DEVICE for another client's token
 */
GxsSession *
gxs_sessions_find (GxsSessions  *sessions,
                   const char   *token,
                   const char   *client_id,
                   GError      **error)
{
  g_autoptr(GxsSession) session = NULL;
  GxsTokenHash hash;

  gxs_token_hash (token, &hash);
  g_mutex_lock (&sessions->mutex);
  session = g_hash_table_lookup (sessions->by_token, &hash);
  if (session != NULL)
    gxs_session_ref (session);
  g_mutex_unlock (&sessions->mutex);

  if (session != NULL && is_over (session, sessions->idle, gx_clock_now (sessions->clock)))
    {
      gxs_sessions_remove (sessions, &session->info.who.session_id);
      g_clear_pointer (&session, gxs_session_unref);
    }
  if (session == NULL)
    {
      gx_fail (error, GX_ERROR_UNAUTHENTICATED, "no such session, or it has ended");
      return NULL;
    }
  if (!is_of_client (session, client_id))
    {
      gx_fail (error, GX_ERROR_DEVICE, "the session is another client's");
      return NULL;
    }

  return g_steal_pointer (&session);
}

/**
 * gxs_sessions_holds:
 *
 * Returns: whether @session is live at this moment; asks memory only
 */
gboolean
gxs_sessions_holds (GxsSessions *sessions,
                    GxsSession  *session)
{
  gboolean known;

  g_mutex_lock (&sessions->mutex);
  known = g_hash_table_lookup (sessions->by_token, &session->info.token) == session;
  g_mutex_unlock (&sessions->mutex);

  return known && !is_over (session, sessions->idle, gx_clock_now (sessions->clock));
}

gint64
gxs_sessions_get_max (GxsSessions *sessions)
{
  return sessions->max;
}

guint
gxs_sessions_count (GxsSessions *sessions)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&sessions->mutex);

  return g_hash_table_size (sessions->by_token);
}

const GxsTokenHash *
gxs_session_get_token (GxsSession *session)
{
  return &session->info.token;
}

const GxId *
gxs_session_get_id (GxsSession *session)
{
  return &session->info.who.session_id;
}

const GxId *
gxs_session_get_login_id (GxsSession *session)
{
  return &session->info.who.login_id;
}

/**
 * gxs_session_dup_authz:
 * @db: a connection of the calling thread
 *
 * Returns: (transfer full) (nullable): the rights as they are now
 *
 * Errors: %GX_ERROR_UNAUTHENTICATED if the login is not active any more
 */
GxsAuthz *
gxs_session_dup_authz (GxsSession  *session,
                       GxDb        *db,
                       gint64       now,
                       GError     **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&session->mutex);

  if (session->authz != NULL && !gxs_authz_is_current (session->authz, db, now))
    g_clear_pointer (&session->authz, gxs_authz_free);
  if (session->authz == NULL)
    session->authz = gxs_authz_new (db, &session->info.who, now, error);

  return session->authz != NULL ? gxs_authz_ref (session->authz) : NULL;
}

/**
 * gxs_session_get_roles:
 *
 * Returns: the roles last looked up; all of them before the first time. For a first, quick refusal only.
 */
GxRoleMask
gxs_session_get_roles (GxsSession *session)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&session->mutex);

  return session->authz != NULL ? session->authz->roles : GX_ROLES_ALL;
}

/**
 * gxs_session_touch:
 *
 * Notes that a person did something.
 *
 * Returns: whether it is time to write that down
 */
gboolean
gxs_session_touch (GxsSession *session,
                   gint64      now)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&session->mutex);

  session->info.used_at = now;
  if (now - session->saved_at < TOUCH_EVERY)
    return FALSE;

  session->saved_at = now;
  return TRUE;
}

gboolean
gxs_session_must_change (GxsSession *session)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&session->mutex);

  return session->info.must_change;
}

void
gxs_session_set_must_change (GxsSession *session,
                             gboolean    must_change)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&session->mutex);

  session->info.must_change = must_change;
}

void
gxs_session_set_step_up (GxsSession *session,
                         gint64      at)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&session->mutex);

  session->info.who.step_up_at = at;
  g_clear_pointer (&session->authz, gxs_authz_free);
}

void
gxs_session_set_device (GxsSession *session,
                        const GxId *device_id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&session->mutex);

  session->info.who.device_id = *device_id;
  g_clear_pointer (&session->authz, gxs_authz_free);
}
