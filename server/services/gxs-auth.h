/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-parcel.h"
#include "gx-sign.h"
#include "gxs-session.h"
#include "gxs-store.h"

G_BEGIN_DECLS

/**
 * GxsAuth: what signing in works with; all borrowed.
 */
typedef struct
{
  GxsStore    *store;
  GxsSessions *sessions;
  GxClock     *clock;
  GxRandom    *random;
  GxPublicKey  log_key;         /* of the audit log, which every desk keeps */
  guint8       export_key[GX_PARCEL_KEY_SIZE];  /* public: what desks leave to the bank in files is sealed to it */
} GxsAuth;

/* Each blocks for a password's hash and a commit: the hash pool's work. @db is a reader of the calling thread; answers
 * are whole JSON texts. */
gboolean gxs_auth_sign_in  (const GxsAuth *auth, GxDb *db, const char *login, const char *password, const GxId *client_id,
                            char **out_json, GError **error);
gboolean gxs_auth_step_up  (const GxsAuth *auth, GxDb *db, GxsSession *session, const char *password, GError **error);
gboolean gxs_auth_password (const GxsAuth *auth, GxDb *db, GxsSession *session, const char *old_password,
                            const char *new_password, GError **error);

/* These block for a commit only. */
gboolean gxs_auth_sign_out (const GxsAuth *auth, GxsSession *session, GError **error);
gboolean gxs_auth_enrol    (const GxsAuth *auth, GxsSession *session, const char *pubkey, const char *name, gboolean replace,
                            GxId *out_device_id, GError **error);

gboolean gxs_auth_revoke   (const GxsAuth *auth, GxsSession *session, const GxId *device_id, GError **error);

char    *gxs_auth_list_devices (GxDb *db, const GxsAuthz *authz, GError **error);
gboolean gxs_auth_describe (const GxsAuth *auth, GxDb *db, const GxsAuthz *authz, gboolean must_change, const char *token,
                            char **out_json, GError **error);
void     gxs_auth_touch    (const GxsAuth *auth, GxsSession *session);

G_END_DECLS
