/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-blob.h"
#include "gxt-bank.h"

G_BEGIN_DECLS

/**
 * GxtBlobs: the bank's documents over the test bank, in a folder of their own; in one thread.
 */
typedef struct
{
  GxtBank  *bank;           /* (borrowed) */
  char     *folder;
  GxsBlobs *blobs;
  gint64    limit;          /* bytes of a document, 0 = the bank's own */
} GxtBlobs;

GxtBlobs *gxt_blobs_new        (GxtBank *bank);
GxtBlobs *gxt_blobs_new_in     (GxtBank *bank, const char *folder);
void      gxt_empty_folder     (const char *folder);
void      gxt_blobs_free       (GxtBlobs *self);
void      gxt_blobs_restart    (GxtBlobs *self);
void      gxt_blobs_limit      (GxtBlobs *self, gint64 max_size);
GxId      gxt_blobs_attach     (GxtBlobs *self, GxtPerson person, const GxId *customer, const char *sha256);
char     *gxt_blobs_path       (GxtBlobs *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxtBlobs, gxt_blobs_free)

G_END_DECLS
