/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gx-db.h"
#include "gx-entity.h"
#include "gxc-profile-key.h"

G_BEGIN_DECLS

/**
 * GxcStore: the profile's database, and the one thread that writes to it.
 *
 * An entity's table holds its rows as they are shown: what the server said, with this client's own unanswered mutations
 * replayed over it. Of rows with such mutations, what the server said is kept beside (gxc-overlay.h).
 *
 * Everything in client/store may be called from any thread unless it takes a GxDb: it hops to the store thread and
 * waits. From the main loop use gxc_store_call_async(), and a reader for lists.
 */
typedef struct _GxcStore GxcStore;

/**
 * GxcStoreOptions: where, and by whose clock.
 */
typedef struct
{
  const char *directory;    /* (nullable): of the profile, made if missing; %NULL = in memory */
  GxClock    *clock;        /* (nullable): %NULL = the system's */
  GxRandom   *random;       /* (nullable): %NULL = the system's */
  GxcProfileKey *key;       /* (nullable), open: %NULL leaves the file in clear text, as one of before there was a vault */
  gboolean    threaded;     /* a thread of its own; otherwise everything runs in the thread that opened it */
  const char *vfs;          /* (nullable): without a directory: a registered file layer that the database lies in, for simulated power cuts */
  const char *papers;       /* (nullable): without a directory: the folder of documents; without both there are none */
} GxcStoreOptions;

typedef enum
{
  GXC_CHANGED_QUEUE  = 1 << 0,
  GXC_CHANGED_ISSUES = 1 << 1,
  GXC_CHANGED_SCOPES = 1 << 2,
  GXC_CHANGED_META   = 1 << 3,
  GXC_CHANGED_BLOBS  = 1 << 4,      /* documents came */
  GXC_CHANGED_SENDING = 1 << 5,     /* documents went on their way */
  GXC_CHANGED_PERSON = 1 << 6,      /* what the person is in the bank: other roles */
  GXC_CHANGED_CARRY  = 1 << 7,      /* what is taken along, or how much room there is for it */
} GxcChanged;

#define GXC_CHANGE_ROWS_MAX 256

typedef struct
{
  const GxEntity *entity;
  GxId            id;
} GxcRow;

/**
 * GxcChange: what one commit changed.
 */
typedef struct
{
  guint64    entities;      /* one bit an entity's number: rows of it were added, changed or removed */
  GxcChanged what;
  GArray    *rows;          /* of GxcRow: which rows; empty when there were more than %GXC_CHANGE_ROWS_MAX */
} GxcChange;

/* Called on the store thread, after the commit. */
typedef void     (*GxcChangeFunc) (const GxcChange *change, gpointer data);
typedef gboolean (*GxcStoreFunc)  (GxcStore *store, gpointer data, GError **error);

/* Gives the key that the profile's documents lie under, 32 bytes; from any thread but the store's. Whoever opens the profile
 * brings it. */
typedef gboolean (*GxcStoreKeyFunc) (gpointer data, guint8 *out_key, GError **error);

GxcStore *gxc_store_open         (const GxcStoreOptions *options, GError **error);
void      gxc_store_close        (GxcStore *store);

gboolean  gxc_store_call         (GxcStore *store, GxcStoreFunc func, gpointer data, GError **error);
void      gxc_store_call_async   (GxcStore *store, GxcStoreFunc func, gpointer data, GDestroyNotify free_data,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean  gxc_store_call_finish  (GxcStore *store, GAsyncResult *result, GError **error);

GxDb     *gxc_store_open_reader  (GxcStore *store, GError **error);

guint     gxc_store_listen       (GxcStore *store, GxcChangeFunc func, gpointer data);
void      gxc_store_unlisten     (GxcStore *store, guint listener);

/* Inside a GxcStoreFunc. */
GxDb     *gxc_store_get_db       (GxcStore *store);
void      gxc_store_note         (GxcStore *store, GxcChanged what);
void      gxc_store_note_row     (GxcStore *store, const GxEntity *entity, const GxId *id);

/* From any thread. */
void        gxc_store_set_key_func  (GxcStore *store, GxcStoreKeyFunc func, gpointer data);
gboolean    gxc_store_load_key      (GxcStore *store, guint8 *out_key, GError **error);
const char *gxc_store_get_directory (GxcStore *store);
const char *gxc_store_get_papers    (GxcStore *store);
GxClock    *gxc_store_get_clock     (GxcStore *store);
GxRandom   *gxc_store_get_random    (GxcStore *store);
GxId        gxc_store_new_id        (GxcStore *store);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcStore, gxc_store_close)

G_END_DECLS
