/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "gx-id.h"
#include "gxc-transport.h"

G_BEGIN_DECLS

/**
 * GxcApi: the server's routes as calls. Blocking; used from one thread at a time. A refusal arrives as the error that
 * the server had (gx_problem_read()).
 */
typedef struct _GxcApi GxcApi;

/**
 * GxcSession: what sign-in tells.
 */
typedef struct
{
  char    *token;
  GxId     login_id;
  GxId     employee_id;
  char    *name;
  char   **roles;           /* codes */
  char    *org_path;
  char   **scopes;
  gint64   perm_ver;
  char    *epoch;
  char    *log_key;         /* (nullable): what the audit log is signed with, as a note verifier */
  char    *export_key;      /* (nullable): what is left to the bank in a file is sealed to it, base64 */
  gboolean must_change;     /* the password, before anything else */
  GxId     device_id;       /* none until the device key is registered */
} GxcSession;

GxcApi     *gxc_api_new            (GxcTransport *transport);
void        gxc_api_free           (GxcApi *api);
void        gxc_api_set_token      (GxcApi *api, const char *token);
void        gxc_api_set_client     (GxcApi *api, const GxId *client_id);
void        gxc_api_set_progress   (GxcApi *api, GFileProgressCallback progress, gpointer data);

GxcSession *gxc_api_sign_in        (GxcApi *api, const char *login, const char *password, GCancellable *cancellable, GError **error);
gboolean    gxc_api_sign_out       (GxcApi *api, GCancellable *cancellable, GError **error);
gboolean    gxc_api_step_up        (GxcApi *api, const char *password, GCancellable *cancellable, GError **error);
gboolean    gxc_api_set_password   (GxcApi *api, const char *old_password, const char *new_password, GCancellable *cancellable, GError **error);
gboolean    gxc_api_enrol          (GxcApi *api, const char *public_key, const char *name, gboolean replace, GxId *out_device_id,
                                    GCancellable *cancellable, GError **error);

/* The sync routes: bytes in, bytes out; gxc-push, gxc-pull and gxc-bootstrap know what is in them. */
GBytes     *gxc_api_push           (GxcApi *api, GBytes *body, GCancellable *cancellable, GError **error);
GBytes     *gxc_api_pull           (GxcApi *api, GBytes *body, GCancellable *cancellable, GError **error);
gboolean    gxc_api_wait           (GxcApi *api, const char *cursor, guint seconds, gint64 *out_head, GCancellable *cancellable, GError **error);
GxcStream  *gxc_api_open_stream    (GxcApi *api, GCancellable *cancellable, GError **error);
gboolean    gxc_api_hear_head      (GxcStream *stream, gint64 *out_head, GCancellable *cancellable, GError **error);
GBytes     *gxc_api_bootstrap      (GxcApi *api, const char *scope, const char *after, guint limit, GCancellable *cancellable, GError **error);

/* Of a device that may have been revoked (gxc-api-devices.c): without a session. */
JsonNode   *gxc_api_farewell       (GxcApi *api, const char *body, GCancellable *cancellable, GError **error);
gboolean    gxc_api_send_farewell  (GxcApi *api, const char *ticket, gint64 offset, GBytes *part, GCancellable *cancellable, GError **error);
JsonNode   *gxc_api_end_farewell   (GxcApi *api, const char *ticket, gint64 size, const char *sha256, GCancellable *cancellable, GError **error);
gboolean    gxc_api_revoke_device  (GxcApi *api, const GxId *device_id, GCancellable *cancellable, GError **error);

/* Documents (gxc-api-blobs.c): each a single exchange. */
gboolean    gxc_api_begin_upload   (GxcApi *api, const char *sha256, gint64 size, const char *type, gboolean with_place, char **out_upload,
                                    gint64 *out_offset, GCancellable *cancellable, GError **error);
gboolean    gxc_api_send_chunk     (GxcApi *api, const char *upload, gint64 offset, GBytes *chunk, GCancellable *cancellable, GError **error);
gboolean    gxc_api_end_upload     (GxcApi *api, const char *upload, GCancellable *cancellable, GError **error);
GBytes     *gxc_api_download       (GxcApi *api, const char *sha256, const GxId *ref, gboolean ahead, gint64 offset, gint64 size, gboolean *out_whole,
                                    GCancellable *cancellable, GError **error);

/* Reviews, online only. Each returns the answer's object. */
JsonNode   *gxc_api_list_requests  (GxcApi *api, const char *box, const char *cursor, GCancellable *cancellable, GError **error);
JsonNode   *gxc_api_get_request    (GxcApi *api, const GxId *cr_id, GCancellable *cancellable, GError **error);
JsonNode   *gxc_api_post_request   (GxcApi *api, const GxId *cr_id, const char *action, const char *body, const GxId *idempotency_key,
                                    GCancellable *cancellable, GError **error);
char       *gxc_api_get_text       (GxcApi *api, const char *path, GCancellable *cancellable, GError **error);
JsonNode   *gxc_api_get_json       (GxcApi *api, const char *path, GCancellable *cancellable, GError **error);

gboolean    gxc_api_hear_clock     (GxcApi *api, gint64 now, gint64 *out_offset);

void        gxc_session_free       (GxcSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcApi, gxc_api_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcSession, gxc_session_free)

G_END_DECLS
