/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in and out, the password again, a new password, a desktop's key (trust.md 3.4).
 *
 *   delay of earlier failures -> Argon2id (for an unknown login the same work) -> one commit -> the session is live
 *
 * Failures are counted apart for a login from a client it was used on before and from anywhere else, so a stranger
 * cannot keep a person out. Every outcome is in the audit log.
 */
#include "gxs-auth.h"

#include "gx-base64.h"
#include "gx-device.h"
#include "gx-employee.h"
#include "gx-json.h"
#include "gx-login.h"
#include "gx-note.h"
#include "gx-notification.h"
#include "gx-sign.h"
#include "gx-sql.h"
#include "gxs-audit.h"
#include "gxs-audit-tree.h"
#include "gxs-password.h"
#include "gxs-write.h"

#include <string.h>

#define DELAY_MAX_MS (15 * G_GINT64_CONSTANT (60000))
#define FREE_FAILURES 2         /* typing errors that cost nothing */

/* What is known of whoever claims to be somebody. */
typedef struct
{
  const GxsAuth *auth;
  char          *key;           /* of the failure counter */
  GxId           login_id;      /* none if there is no such login */
  GxId           employee_id;   /* whose it is */
  gint64         failures;      /* in a row, with this one */
  char          *hash;          /* (nullable) */
  gboolean       once;
  gboolean       active;
  GxId           client_id;
  GxId           device_id;
  gboolean       ok;
  const char    *action;        /* of the audit entry */
  GxsSessionInfo session;
  char          *new_hash;      /* (nullable): of a change of password */
} Claim;

static void
wipe (char *text)
{
  if (text != NULL)
    memset (text, 0, strlen (text));
  g_free (text);
}

static void
claim_clear (Claim *claim)
{
  g_free (claim->key);
  wipe (claim->hash);
  wipe (claim->new_hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Claim, claim_clear)

static gboolean
load_login (Claim        *claim,
            GxDb         *db,
            const char   *condition,
            const char   *name,
            const GxId   *id,
            GError      **error)
{
  g_autofree char *sql = g_strconcat ("SELECT l.id, l.pw_hash, l.pw_once, l.status = 1 AND l.del = 0 AND e.status = 1, e.id"
                                      " FROM login l JOIN employee e ON e.id = l.employee_id WHERE ", condition, NULL);
  g_autoptr(GxStatement) statement = gx_db_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  if (name != NULL)
    gx_statement_bind_text (statement, 1, name);
  else
    gx_statement_bind_id (statement, 1, id);
  if (gx_statement_next (statement, &local))
    {
      claim->login_id = gx_statement_get_id (statement, 0);
      claim->hash = g_strdup (gx_statement_get_text (statement, 1));
      claim->once = gx_statement_get_int (statement, 2) != 0;
      claim->active = gx_statement_get_int (statement, 3) != 0;
      claim->employee_id = gx_statement_get_id (statement, 4);
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/* Whether the client was used with this login before, and whose it is. */
static gboolean
load_client (Claim     *claim,
             GxDb      *db,
             gboolean  *out_known,
             GError   **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT login_id, device_id FROM client WHERE id = ?", "u",
                                                  &claim->client_id);
  GError *local = NULL;

  *out_known = FALSE;
  if (statement == NULL)
    return FALSE;
  if (gx_statement_next (statement, &local))
    {
      GxId login = gx_statement_get_id (statement, 0);

      *out_known = gx_id_equal (&login, &claim->login_id);
      claim->device_id = gx_statement_get_id (statement, 1);
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
name_counter (Claim       *claim,
              GxDb        *db,
              const char  *login,
              GError     **error)
{
  g_autofree char *folded = g_utf8_casefold (login, -1);
  gboolean known;

  if (!load_client (claim, db, &known, error))
    return FALSE;

  claim->key = g_strdup_printf ("%s/%s", folded, known ? GX_ID_STR (&claim->client_id) : "anywhere");
  return TRUE;
}

static gboolean
check_delay (Claim   *claim,
             GxDb    *db,
             GError **error)
{
  gint64 now = gx_clock_now (claim->auth->clock);
  gint64 until = 0;
  g_autoptr(GError) local = NULL;

  if (!gx_db_query_int (db, &until, &local, "SELECT until FROM auth_fail WHERE key = ?", "t", claim->key)
      && !g_error_matches (local, GX_ERROR, GX_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (now >= until)
    return TRUE;

  gx_fail (error, GX_ERROR_RATE, "too many failures: wait before the next try");
  if (error != NULL)
    gx_error_set_retry_after (*error, (guint) ((until - now + 999) / 1000));
  return FALSE;
}

static gboolean
count_failure (GxsBatch  *batch,
               Claim     *claim,
               GError   **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  gint64 now = gxs_batch_get_now (batch);
  gint64 n = 0, delay;
  g_autoptr(GError) local = NULL;

  if (!gx_db_query_int (db, &n, &local, "SELECT n FROM auth_fail WHERE key = ?", "t", claim->key)
      && !g_error_matches (local, GX_ERROR, GX_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  claim->failures = ++n;
  delay = n <= FREE_FAILURES ? 0 : MIN (DELAY_MAX_MS, (gint64) 1000 << MIN (n - FREE_FAILURES, 20));
  if (!gx_db_run (db, error, "UPDATE auth_fail SET n = ?, until = ? WHERE key = ?", "iit", n, now + delay, claim->key))
    return FALSE;

  return gx_db_changes (db) > 0
         || gx_db_run (db, error, "INSERT INTO auth_fail(n, until, key) VALUES(?, ?, ?)", "iit", n, now + delay, claim->key);
}

static gboolean
clear_failures (GxsBatch  *batch,
                Claim     *claim,
                GError   **error)
{
  return gx_db_run (gxs_batch_get_db (batch), error, "DELETE FROM auth_fail WHERE key = ?", "t", claim->key);
}

static gboolean
log_claim (GxsBatch    *batch,
           Claim       *claim,
           const char  *result,
           GError     **error)
{
  const GxsAuditEvent event = {
    .action = claim->action,
    .actor = claim->login_id,
    .device = claim->device_id,
    .session = claim->session.who.session_id,
    .entity = &gx_login_entity,
    .entity_id = claim->login_id,
    .result = result,
  };

  return gxs_audit_append (batch, &event, error);
}

/* Once for each row of failures, when it begins to look like more than a slip (ASVS 6.3.5). */
static gboolean
tell_person (GxsBatch  *batch,
             Claim     *claim,
             GError   **error)
{
  const GxsActor actor = { .action = "notify" };
  GxNotification *notification;
  gboolean done;

  if (claim->failures != FREE_FAILURES + 1 || gx_id_is_none (&claim->employee_id))
    return TRUE;

  notification = gx_entity_new (&gx_notification_entity);
  notification->employee_id = claim->employee_id;
  notification->kind = g_strdup ("SIGN_IN_FAILED");
  done = gxs_write_create (batch, &actor, &gx_notification_entity, notification, error);
  gx_entity_free (&gx_notification_entity, notification);
  return done;
}

static gboolean
write_failure (GxsBatch  *batch,
               gpointer   data,
               GError   **error)
{
  return count_failure (batch, data, error)
         && log_claim (batch, data, "UNAUTHENTICATED", error)
         && tell_person (batch, data, error);
}

/* Argon2id, and what follows from a wrong password. */
static gboolean
check_password (Claim       *claim,
                const char  *password,
                GError     **error)
{
  gboolean right = gxs_password_verify (password, claim->hash) && claim->active;

  if (right)
    return TRUE;
  if (!gxs_store_run (claim->auth->store, write_failure, claim, error))
    return FALSE;

  return gx_fail (error, GX_ERROR_UNAUTHENTICATED, "login or password is wrong");
}

/* A client belongs to the login that used it first, for ever. */
static gboolean
bind_client (GxsBatch  *batch,
             Claim     *claim,
             GError   **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  gint64 now = gxs_batch_get_now (batch);
  gint64 mine = 0;
  g_autoptr(GError) local = NULL;

  if (gx_db_query_int (db, &mine, &local, "SELECT login_id = ? AND blocked = 0 FROM client WHERE id = ?", "uu", &claim->login_id,
                       &claim->client_id))
    return mine ? gx_db_run (db, error, "UPDATE client SET last_seen = ? WHERE id = ?", "iu", now, &claim->client_id)
                : gx_fail (error, GX_ERROR_DEVICE, "this profile belongs to another login, or is blocked");
  if (!g_error_matches (local, GX_ERROR, GX_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return gx_db_run (db, error, "INSERT INTO client(id, login_id, schema, last_seen) VALUES(?, ?, 1, ?)", "uui",
                    &claim->client_id, &claim->login_id, now);
}

static gboolean
insert_session (GxsBatch  *batch,
                Claim     *claim,
                GError   **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  const GxsSessionInfo *info = &claim->session;
  g_autoptr(GBytes) token = g_bytes_new (info->token.b, sizeof info->token.b);

  return gx_db_run (db, error, "UPDATE session SET ended_at = ? WHERE client_id = ? AND ended_at IS NULL", "iu", info->used_at,
                    &claim->client_id)
         && gx_db_run (db, error, "INSERT INTO session(token_sha, id, login_id, device_id, client_id, roles, created_at, used_at,"
                       " step_up_at, expires_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "buuuuniiii", token,
                       &info->who.session_id, &claim->login_id, &claim->device_id, &claim->client_id, (int) info->who.roles,
                       info->used_at, info->used_at, info->who.step_up_at, info->expires_at)
         && gx_db_run (db, error, "UPDATE login SET last_login = ? WHERE id = ?", "iu", info->used_at, &claim->login_id);
}

/* Nobody signs in from a device that was revoked, whoever knows the password. */
static gboolean
check_device (GxsBatch  *batch,
              Claim     *claim,
              GError   **error)
{
  gint64 revoked = 0;

  if (!gx_db_find_int (gxs_batch_get_db (batch), &revoked, error, "SELECT d.status IN (?, ?) FROM client c JOIN device d ON d.id = c.device_id WHERE c.id = ?",
                       "nnu", GX_DEVICE_WIPE_PENDING, GX_DEVICE_WIPED, &claim->client_id))
    return FALSE;

  return revoked == 0 || gx_fail (error, GX_ERROR_REVOKED, "this device was revoked");
}

static gboolean
write_revoked (GxsBatch  *batch,
               gpointer   data,
               GError   **error)
{
  return log_claim (batch, data, "REVOKED", error);
}

static gboolean
write_sign_in (GxsBatch  *batch,
               gpointer   data,
               GError   **error)
{
  Claim *claim = data;
  gint64 now = gxs_batch_get_now (batch);

  claim->session.used_at = now;
  claim->session.expires_at = now + gxs_sessions_get_max (claim->auth->sessions);
  claim->session.must_change = claim->once;
  claim->session.who = (GxsSignedIn) {
    .login_id = claim->login_id,
    .session_id = gxs_batch_new_id (batch),
    .device_id = claim->device_id,
    .client_id = claim->client_id,
    .step_up_at = now,
  };
  return check_device (batch, claim, error)
         && clear_failures (batch, claim, error)
         && bind_client (batch, claim, error)
         && (claim->new_hash == NULL
             || gx_db_run (gxs_batch_get_db (batch), error, "UPDATE login SET pw_hash = ? WHERE id = ?", "tu", claim->new_hash, &claim->login_id))
         && insert_session (batch, claim, error)
         && log_claim (batch, claim, "applied", error);
}

static gboolean
describe_new (const GxsAuth  *auth,
              GxDb           *db,
              GxsSession     *session,
              const char     *token,
              char          **out_json,
              GError        **error)
{
  g_autoptr(GxsAuthz) authz = gxs_session_dup_authz (session, db, gx_clock_now (auth->clock), error);

  return authz != NULL && gxs_auth_describe (auth, db, authz, gxs_session_must_change (session), token, out_json, error);
}

/* The only moment at which a hash can be brought to another cost: the password is at hand. */
static void
renew_hash (Claim      *claim,
            const char *password)
{
  if (gxs_password_is_old (claim->hash))
    claim->new_hash = gxs_password_hash (password);
}

/**
 * gxs_auth_sign_in:
 * @client_id: of the client's profile; bound to the login at first use
 *
 * Errors: %GX_ERROR_UNAUTHENTICATED for an unknown login, a wrong password and a locked login alike; %GX_ERROR_RATE after
 *   failures; %GX_ERROR_DEVICE if the client is another login's; %GX_ERROR_REVOKED if its device was revoked
 */
gboolean
gxs_auth_sign_in (const GxsAuth  *auth,
                  GxDb           *db,
                  const char     *login,
                  const char     *password,
                  const GxId     *client_id,
                  char          **out_json,
                  GError        **error)
{
  g_auto(Claim) claim = { .auth = auth, .client_id = *client_id, .action = "sign-in" };
  g_autofree char *token = gxs_token_draw (auth->random);
  g_autoptr(GxsSession) session = NULL;
  GError *local = NULL;

  gxs_token_hash (token, &claim.session.token);
  if (!load_login (&claim, db, "l.login = ?", login, NULL, error)
      || !name_counter (&claim, db, login, error)
      || !check_delay (&claim, db, error)
      || !check_password (&claim, password, error))
    return FALSE;
  renew_hash (&claim, password);
  if (!gxs_store_run (auth->store, write_sign_in, &claim, &local))
    {
      if (g_error_matches (local, GX_ERROR, GX_ERROR_REVOKED))
        gxs_store_run (auth->store, write_revoked, &claim, NULL);
      g_propagate_error (error, local);
      return FALSE;
    }

  gxs_sessions_remove_client (auth->sessions, client_id);
  session = gxs_sessions_add (auth->sessions, &claim.session);
  return describe_new (auth, db, session, token, out_json, error);
}

static void
write_scopes (GxJsonWriter *writer,
              char        **scopes)
{
  gx_json_writer_member (writer, "scopes");
  gx_json_writer_begin_array (writer);
  for (guint i = 0; scopes[i] != NULL; i++)
    gx_json_writer_string (writer, scopes[i]);
  gx_json_writer_end_array (writer);
}

/**
 * gxs_auth_describe:
 * @token: (nullable): of a session that was just made
 * @out_json: (out) (transfer full): what a client must know of its session
 */
gboolean
gxs_auth_describe (const GxsAuth   *auth,
                   GxDb            *db,
                   const GxsAuthz  *authz,
                   gboolean         must_change,
                   const char      *token,
                   char           **out_json,
                   GError         **error)
{
  g_autofree char *name = NULL;
  g_autofree char *epoch = NULL;
  g_autofree char *log_key = gx_note_verifier_text (GXS_AUDIT_ORIGIN, &auth->log_key);
  g_autofree char *export_key = gx_base64_encode (auth->export_key, sizeof auth->export_key);
  g_autoptr(GString) out = g_string_new (NULL);
  GxJsonWriter writer;

  if (!gx_db_query_text (db, &name, error, "SELECT name FROM employee WHERE id = ?", "u", &authz->employee_id)
      || !gx_db_query_text (db, &epoch, error, "SELECT epoch FROM sync_clock WHERE shard = 0", NULL))
    return FALSE;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  if (token != NULL)
    gx_json_writer_put_string (&writer, "token", token);
  gx_json_writer_put_id (&writer, "login_id", &authz->login_id);
  gx_json_writer_put_id (&writer, "employee_id", &authz->employee_id);
  gx_json_writer_put_string (&writer, "name", name);
  gxs_authz_write_roles (authz, &writer);
  gx_json_writer_put_string (&writer, "org_path", authz->org_path);
  write_scopes (&writer, authz->scopes);
  gx_json_writer_put_int (&writer, "perm_ver", authz->perm_ver);
  gx_json_writer_put_string (&writer, "epoch", epoch);
  gx_json_writer_put_string (&writer, "log_key", log_key);
  gx_json_writer_put_string (&writer, "export_key", export_key);
  gx_json_writer_put_bool (&writer, "must_change", must_change);
  if (!gx_id_is_none (&authz->device_id))
    gx_json_writer_put_id (&writer, "device_id", &authz->device_id);
  gx_json_writer_end_object (&writer);

  *out_json = g_string_free (g_steal_pointer (&out), FALSE);
  return TRUE;
}

/* Whoever holds a session shows the password again. */
static gboolean
claim_again (Claim         *claim,
             GxDb          *db,
             GxsSession    *session,
             const char    *password,
             GError       **error)
{
  g_autoptr(GxsAuthz) authz = gxs_session_dup_authz (session, db, gx_clock_now (claim->auth->clock), error);

  if (authz == NULL || !load_login (claim, db, "l.id = ?", NULL, gxs_session_get_login_id (session), error))
    return FALSE;

  claim->client_id = authz->client_id;
  claim->device_id = authz->device_id;
  claim->session.who.session_id = authz->session_id;
  claim->key = g_strdup_printf ("%s/step-up", GX_ID_STR (&claim->login_id));
  return check_delay (claim, db, error) && check_password (claim, password, error);
}

static gboolean
write_step_up (GxsBatch  *batch,
               gpointer   data,
               GError   **error)
{
  Claim *claim = data;

  claim->session.who.step_up_at = gxs_batch_get_now (batch);
  return clear_failures (batch, claim, error)
         && gx_db_run (gxs_batch_get_db (batch), error, "UPDATE session SET step_up_at = ? WHERE id = ?", "iu",
                       claim->session.who.step_up_at, &claim->session.who.session_id)
         && log_claim (batch, claim, "applied", error);
}

/**
 * gxs_auth_step_up:
 *
 * Errors: %GX_ERROR_UNAUTHENTICATED if the password is wrong, %GX_ERROR_RATE after failures
 */
gboolean
gxs_auth_step_up (const GxsAuth  *auth,
                  GxDb           *db,
                  GxsSession     *session,
                  const char     *password,
                  GError        **error)
{
  g_auto(Claim) claim = { .auth = auth, .action = "step-up" };

  if (!claim_again (&claim, db, session, password, error)
      || !gxs_store_run (auth->store, write_step_up, &claim, error))
    return FALSE;

  gxs_session_set_step_up (session, claim.session.who.step_up_at);
  return TRUE;
}

static gboolean
write_password (GxsBatch  *batch,
                gpointer   data,
                GError   **error)
{
  Claim *claim = data;
  GxDb *db = gxs_batch_get_db (batch);

  return clear_failures (batch, claim, error)
         && gx_db_run (db, error, "UPDATE login SET pw_hash = ?, pw_once = 0 WHERE id = ?", "tu", claim->new_hash,
                       &claim->login_id)
         && gx_db_run (db, error, "UPDATE session SET ended_at = ? WHERE login_id = ? AND id <> ? AND ended_at IS NULL", "iuu",
                       gxs_batch_get_now (batch), &claim->login_id, &claim->session.who.session_id)
         && log_claim (batch, claim, "applied", error);
}

/**
 * gxs_auth_password:
 *
 * Ends the login's other sessions.
 *
 * Errors: %GX_ERROR_INVALID naming the rule that the new password breaks, %GX_ERROR_UNAUTHENTICATED, %GX_ERROR_RATE
 */
gboolean
gxs_auth_password (const GxsAuth  *auth,
                   GxDb           *db,
                   GxsSession     *session,
                   const char     *old_password,
                   const char     *new_password,
                   GError        **error)
{
  g_auto(Claim) claim = { .auth = auth, .action = "password" };

  if (!gxs_password_check (new_password, error))
    return FALSE;
  if (strcmp (old_password, new_password) == 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "new_password", "new", "is the old one");
  if (!claim_again (&claim, db, session, old_password, error))
    return FALSE;

  claim.new_hash = gxs_password_hash (new_password);
  if (!gxs_store_run (auth->store, write_password, &claim, error))
    return FALSE;

  gxs_sessions_remove_login (auth->sessions, &claim.login_id, gxs_session_get_id (session));
  gxs_session_set_must_change (session, FALSE);
  return TRUE;
}

typedef struct
{
  const GxsAuth *auth;
  GxsSession    *session;
} Change;

static gboolean
write_sign_out (GxsBatch  *batch,
                gpointer   data,
                GError   **error)
{
  Change *change = data;
  GxsAuditEvent event = {
    .action = "sign-out",
    .actor = *gxs_session_get_login_id (change->session),
    .session = *gxs_session_get_id (change->session),
    .result = "applied",
  };

  return gx_db_run (gxs_batch_get_db (batch), error, "UPDATE session SET ended_at = ? WHERE id = ?", "iu",
                    gxs_batch_get_now (batch), &event.session)
         && gxs_audit_append (batch, &event, error);
}

gboolean
gxs_auth_sign_out (const GxsAuth  *auth,
                   GxsSession     *session,
                   GError        **error)
{
  Change change = { .auth = auth, .session = session };

  if (!gxs_store_run (auth->store, write_sign_out, &change, error))
    return FALSE;

  gxs_sessions_remove (auth->sessions, gxs_session_get_id (session));
  return TRUE;
}

static gboolean
write_touch (GxsBatch  *batch,
             gpointer   data,
             GError   **error)
{
  GxsSession *session = data;

  return gx_db_run (gxs_batch_get_db (batch), error, "UPDATE session SET used_at = ? WHERE id = ?", "iu",
                    gxs_batch_get_now (batch), gxs_session_get_id (session));
}

static void
on_touched_cb (gpointer      data,
               const GError *error)
{
  gxs_session_unref (data);
}

/**
 * gxs_auth_touch:
 *
 * Notes that the person did something; now and then that is written down, and nobody waits for it.
 */
void
gxs_auth_touch (const GxsAuth *auth,
                GxsSession    *session)
{
  if (gxs_session_touch (session, gx_clock_now (auth->clock))
      && !gxs_store_submit (auth->store, write_touch, on_touched_cb, gxs_session_ref (session), NULL))
    gxs_session_unref (session);
}
