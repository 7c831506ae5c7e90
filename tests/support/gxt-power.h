/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

/**
 * GxtPower: what keeps the files of one folder, and may fail. Whoever is linked with it, or has it preloaded, makes and writes
 * them as ever, by libc: databases, documents, keys alike. What was not synced is lost in parts when the power fails.
 *
 *  - of each 512 bytes of a file any version since its last sync, independently of all others; it may be as long as it ever
 *    was since;
 *  - of the names of a folder any of those that were made, removed or moved since the folder's own last sync, in the order of
 *    time; that a file was synced keeps no name. A move is whole or is not. What a folder held is lost with its name.
 *
 * That is what POSIX leaves open, and more than a file system with a journal does. One folder a process.
 *
 * As a preloaded library: GXT_POWER="SEED OPERATION FOLDER", and when the power fails the process is no more.
 */

void     gxt_power_begin     (const char *folder, guint64 seed);
void     gxt_power_end       (void);

/* Fails at the @operation-th creation, write, truncation, sync, move or removal from now: it and all that follow fail. 0 = never. */
void     gxt_power_cut_at    (guint64 operation);
/* The same, of syncs alone. */
void     gxt_power_cut_at_sync (guint64 sync);
/* The control: syncs of what has @part in its path are taken, and keep nothing. */
void     gxt_power_ignore_syncs (const char *part);
gboolean gxt_power_is_off    (void);
guint64  gxt_power_get_count (void);

/* Every file must be closed. What the folder holds now is what survived; from now on all of it is safe. */
void     gxt_power_on        (void);

G_END_DECLS
