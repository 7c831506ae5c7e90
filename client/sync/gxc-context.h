/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-sign.h"
#include "gxc-api.h"
#include "gxc-keyring.h"
#include "gxc-store.h"

G_BEGIN_DECLS

typedef struct _GxcSync GxcSync;

/**
 * GxcContext: one signed-in (or not yet signed-in) profile: its store, keyring, way to the server and sync. Handed down;
 * there are no singletons.
 */
typedef struct _GxcContext GxcContext;

/* How a context reaches its server; tests and the simulation give their own. */
typedef GxcTransport *(*GxcConnectFunc) (const char *server, const char *ca_file, gpointer data, GError **error);

/**
 * GxcContextOptions: what a context is made from.
 */
typedef struct
{
  const char     *directory;    /* (nullable): of the profile; %NULL = in memory */
  GxClock        *clock;        /* (nullable) */
  GxRandom       *random;       /* (nullable) */
  GxcConnectFunc  connect;      /* (nullable): %NULL = HTTPS */
  gpointer        connect_data;
  GxcKeyring     *keyring;      /* (nullable) (transfer full): %NULL = the Secret Service */
  GxcProfileKey  *key;          /* (nullable) (transfer full): of gxc_unlock(); %NULL for a profile that asks for no password */
  gboolean        threaded;     /* store and sync in threads of their own */
  const char     *vfs;          /* (nullable): of GxcStoreOptions */
  const char     *papers;       /* (nullable): the same */
  gboolean        fetch_ahead;  /* a first load's next page comes while one is written; not in the order of one thread */
} GxcContextOptions;

GxcContext *gxc_context_new            (const GxcContextOptions *options, GError **error);
void        gxc_context_free           (GxcContext *context);

GxcStore   *gxc_context_get_store      (GxcContext *context);
gboolean    gxc_context_fetches_ahead  (GxcContext *context);
GxcSync    *gxc_context_get_sync       (GxcContext *context);

/* Who works here: as sign-in said, known offline too. */
gboolean    gxc_context_has_profile    (GxcContext *context);
char       *gxc_context_dup_server     (GxcContext *context);
char       *gxc_context_dup_login      (GxcContext *context);
char       *gxc_context_dup_name       (GxcContext *context);
GxId        gxc_context_get_employee   (GxcContext *context);
GxId        gxc_context_get_client_id  (GxcContext *context);
guint       gxc_context_get_roles      (GxcContext *context);           /* GxRoleMask */

/* Blocking; from a worker thread or a single-threaded program. */
gboolean    gxc_context_sign_in        (GxcContext *context, const char *server, const char *ca_file, const char *login,
                                        const char *password, GCancellable *cancellable, GError **error);
gboolean    gxc_context_sign_out       (GxcContext *context, GCancellable *cancellable, GError **error);
void        gxc_context_forget_session (GxcContext *context);
GxcApi     *gxc_context_connect        (GxcContext *context, GError **error);
GxcApi     *gxc_context_open_api       (GxcContext *context, GError **error);
gboolean    gxc_context_load_key       (GxcContext *context, GxSecretKey *out_key, GError **error);
char       *gxc_context_dup_secret     (GxcContext *context, const char *what, GError **error);
void        gxc_context_forget_secret  (GxcContext *context, const char *what);
gboolean    gxc_context_keep_secret    (GxcContext *context, const char *what, const char *secret, GError **error);
gboolean    gxc_context_derive_key     (GxcContext *context, GxcSubkey which, guint8 *out_key);
gboolean    gxc_context_can_sign       (GxcContext *context, GError **error);
gboolean    gxc_context_must_change_password (GxcContext *context);
gboolean    gxc_context_take_key_renewed (GxcContext *context);
gboolean    gxc_context_change_password (GxcContext *context, const char *old_password, const char *new_password,
                                        GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcContext, gxc_context_free)

G_END_DECLS
