/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-bank-file.h"
#include "gxs-batch.h"

G_BEGIN_DECLS

/**
 * GxsStore: the bank's database and the one thread that writes to it.
 */
typedef struct _GxsStore GxsStore;

/**
 * GxsStoreOptions: where the database is and what it works with; all borrowed, and outliving the store.
 */
typedef struct
{
  const char *data_dir;     /* (nullable): NULL keeps everything in memory, for tests and simulations */
  gboolean    create;       /* make the database if there is none */
  const GxsKeys *keys;      /* (nullable): of the vault that the file lies in; NULL leaves it in clear text, for tests */
  GxSealer   *sealer;       /* (nullable) */
  GxClock    *clock;
  GxRandom   *random;
  guint       max_batch;    /* jobs of one transaction; 0 = 256 */
  guint       max_queue;    /* jobs that may wait; 0 = 4096 */
} GxsStoreOptions;

/* What is to be written; runs on the committer's thread. What it wrote is undone when it fails, what others of the same
 * batch wrote stays. It may run twice, when the commit of the whole batch failed: so it starts from nothing each time. */
typedef gboolean (*GxsStoreWork) (GxsBatch *batch, gpointer data, GError **error);
/* Runs on the committer's thread after COMMIT has returned, never before. @error: (nullable) (transfer none) */
typedef void     (*GxsStoreDone) (gpointer data, const GError *error);

/* Runs on the committer's thread between two batches, outside any transaction. */
typedef void     (*GxsStoreBetween) (GxDb *db, gpointer data);

GxsStore *gxs_store_open        (const GxsStoreOptions *options, GError **error);
void      gxs_store_close       (GxsStore *store);
GxDb     *gxs_store_get_writer  (GxsStore *store);
GxDb     *gxs_store_open_reader (GxsStore *store, GError **error);

void      gxs_store_start       (GxsStore *store);
void      gxs_store_stop        (GxsStore *store);
gboolean  gxs_store_submit      (GxsStore *store, GxsStoreWork work, GxsStoreDone done, gpointer data, GError **error);
gboolean  gxs_store_run         (GxsStore *store, GxsStoreWork work, gpointer data, GError **error);
void      gxs_store_set_between (GxsStore *store, GxsStoreBetween between, gpointer data);
guint     gxs_store_get_queued  (GxsStore *store);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsStore, gxs_store_close)

G_END_DECLS
