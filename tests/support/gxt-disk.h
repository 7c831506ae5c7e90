/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gx-random.h"

G_BEGIN_DECLS

/**
 * GxtDisk: a disk in memory whose power can be cut, as a file layer of SQLite's. What was written since a file's last sync is
 * then on the platter in parts: of each 512 bytes any of the versions written, independently of all others, and a file may
 * be as long as it ever was since.
 *
 * A kill -9 does not show any of this: the system's cache outlives it. One connection a database at a time, no threads.
 */
typedef struct _GxtDisk GxtDisk;

GxtDisk    *gxt_disk_new       (GxRandom *random);
void        gxt_disk_free      (GxtDisk *disk);
const char *gxt_disk_get_vfs   (GxtDisk *disk);

void        gxt_disk_set_steady (GxtDisk *disk);

/* Power fails at the @operation-th write, sync, truncation or removal from now: it and all that follow fail. 0 = never. */
void        gxt_disk_cut_at    (GxtDisk *disk, guint64 operation);
/* The same, of syncs alone: then all is written, and nothing of it is safe. */
void        gxt_disk_cut_at_sync (GxtDisk *disk, guint64 sync);
gboolean    gxt_disk_is_off    (GxtDisk *disk);
guint64     gxt_disk_get_count (GxtDisk *disk);       /* operations so far */

/* Every file must be closed. */
void        gxt_disk_power_on  (GxtDisk *disk);
void        gxt_disk_keep      (GxtDisk *disk);       /* remembers all files … */
void        gxt_disk_go_back   (GxtDisk *disk);       /* … to which this returns */

void        gxt_disk_copy      (GxtDisk *disk, const char *from, const char *to);
void        gxt_disk_remove    (GxtDisk *disk, const char *name);

gboolean    gxt_disk_spoil     (GxtDisk *disk, const char *name, gsize offset, guint8 mask, gboolean cut);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxtDisk, gxt_disk_free)

G_END_DECLS
