/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-authz.h"

G_BEGIN_DECLS

#define GXS_TOKEN_BYTES 32

/**
 * GxsTokenHash: SHA-256 of a bearer token; the token itself is kept nowhere.
 */
typedef struct
{
  guint8 b[32];
} GxsTokenHash;

/**
 * GxsSession: one signed-in client, in memory. Counted by references; what may change is behind its functions.
 */
typedef struct _GxsSession GxsSession;

/**
 * GxsSessions: all live sessions: asked by every request, so it never touches the database.
 */
typedef struct _GxsSessions GxsSessions;

/* Must not ask for sessions. */
typedef void (*GxsSessionFunc) (GxsSession *session, gpointer data);

/**
 * GxsSessionInfo: a session as it is made or loaded.
 */
typedef struct
{
  GxsTokenHash token;
  GxsSignedIn  who;
  gint64       used_at;       /* ms UTC */
  gint64       expires_at;
  gboolean     must_change;   /* the one-time password, before anything else */
} GxsSessionInfo;

GxsSessions *gxs_sessions_new        (GxClock *clock, gint64 idle, gint64 max);
void         gxs_sessions_free       (GxsSessions *sessions);
gboolean     gxs_sessions_load       (GxsSessions *sessions, GxDb *db, GError **error);
GxsSession  *gxs_sessions_add        (GxsSessions *sessions, const GxsSessionInfo *info);
void         gxs_sessions_remove     (GxsSessions *sessions, const GxId *session_id);
void         gxs_sessions_remove_login (GxsSessions *sessions, const GxId *login_id, const GxId *except_session);
void         gxs_sessions_remove_client (GxsSessions *sessions, const GxId *client_id);
void         gxs_sessions_remove_device (GxsSessions *sessions, const GxId *device_id);
GxsSession  *gxs_sessions_find       (GxsSessions *sessions, const char *token, const char *client_id, GError **error);
gboolean     gxs_sessions_holds      (GxsSessions *sessions, GxsSession *session);
void         gxs_sessions_set_ended  (GxsSessions *sessions, GxsSessionFunc func, gpointer data);
gint64       gxs_sessions_get_max    (GxsSessions *sessions);
guint        gxs_sessions_count      (GxsSessions *sessions);

GxsSession  *gxs_session_ref         (GxsSession *session);
void         gxs_session_unref       (GxsSession *session);
const GxsTokenHash *gxs_session_get_token (GxsSession *session);
const GxId  *gxs_session_get_id      (GxsSession *session);
const GxId  *gxs_session_get_login_id (GxsSession *session);
GxsAuthz    *gxs_session_dup_authz   (GxsSession *session, GxDb *db, gint64 now, GError **error);
GxRoleMask   gxs_session_get_roles   (GxsSession *session);
gboolean     gxs_session_touch       (GxsSession *session, gint64 now);
gboolean     gxs_session_must_change (GxsSession *session);
void         gxs_session_set_must_change (GxsSession *session, gboolean must_change);
void         gxs_session_set_step_up (GxsSession *session, gint64 at);
void         gxs_session_set_device  (GxsSession *session, const GxId *device_id);

void         gxs_token_hash          (const char *token, GxsTokenHash *out_hash);
char        *gxs_token_draw          (GxRandom *random);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsSession, gxs_session_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsSessions, gxs_sessions_free)

G_END_DECLS
