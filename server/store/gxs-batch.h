/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"

G_BEGIN_DECLS

/**
 * GxsBatch: one write transaction of the committer: the connection, one moment, and the sequence numbers it hands out.
 *
 * Its first statement takes the clock row, so sequence order is commit order; its last writes the row back. Effects,
 * results, scope rows and audit entries of everything done in it commit together or not at all.
 */
typedef struct _GxsBatch GxsBatch;

typedef gboolean (*GxsBatchHook) (GxsBatch *batch, gpointer data, GError **error);

GxsBatch   *gxs_batch_begin       (GxDb *db, GxClock *clock, GxRandom *random, GError **error);
gboolean    gxs_batch_commit      (GxsBatch *batch, GError **error);
void        gxs_batch_free        (GxsBatch *batch);        /* without commit: rolls back */

GxDb       *gxs_batch_get_db      (GxsBatch *batch);
gint64      gxs_batch_get_now     (GxsBatch *batch);        /* ms UTC, the same for the whole batch */
GxRandom   *gxs_batch_get_random  (GxsBatch *batch);
const char *gxs_batch_get_epoch   (GxsBatch *batch);
char       *gxs_batch_draw_epoch  (GxRandom *random);
void        gxs_batch_new_epoch   (GxsBatch *batch);
gint64      gxs_batch_get_head    (GxsBatch *batch);        /* the last sequence handed out */
gint64      gxs_batch_next_seq    (GxsBatch *batch);
GxId        gxs_batch_new_id      (GxsBatch *batch);

/* State that a service keeps for the length of a batch (the audit tree's frontier): made once, freed with the batch;
 * @before_commit runs inside the transaction before the clock row is written. */
gpointer    gxs_batch_get_state   (GxsBatch *batch, const char *key);
void        gxs_batch_set_state   (GxsBatch *batch, const char *key, gpointer state, GDestroyNotify free_state,
                                   GxsBatchHook before_commit);

/**
 * GxsPart: a part of a batch that may fail alone: freeing it without gxs_part_commit() undoes what was written since.
 * State that services keep goes back too: by its marks where it has any; without, it is written (@before_commit) when a
 * part begins and forgotten when a part is undone, to be read again.
 */
typedef struct _GxsPart GxsPart;

typedef gpointer (*GxsBatchMark)    (gpointer state);
typedef void     (*GxsBatchRestore) (gpointer state, gpointer mark);

void        gxs_batch_set_marks   (GxsBatch *batch, const char *key, GxsBatchMark mark, GxsBatchRestore restore,
                                   GDestroyNotify free_mark);
GxsPart    *gxs_part_begin        (GxsBatch *batch, GError **error);
gboolean    gxs_part_commit       (GxsPart *part, GError **error);
void        gxs_part_free         (GxsPart *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsBatch, gxs_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsPart, gxs_part_free)

G_END_DECLS
