/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxt-power.h"

G_BEGIN_DECLS

/**
 * GxtPlate: the bytes of one file, under whatever name.
 */
typedef struct _GxtPlate GxtPlate;

/* All of them with the lock held. FALSE: the power has failed, nothing may be done. */
gboolean  gxt_power_covers  (const char *path);
gboolean  gxt_power_is_root (const char *path);
GxtPlate *gxt_power_find    (const char *path);           /* (nullable): there is no such file */
gboolean  gxt_power_make    (const char *path, mode_t mode, GxtPlate **out_plate);
gboolean  gxt_power_write   (GxtPlate *plate, off_t offset, gconstpointer data, gsize size);
gboolean  gxt_power_cut     (GxtPlate *plate, off_t length);
gboolean  gxt_power_sync    (GxtPlate *plate);
gboolean  gxt_power_sync_folder (const char *folder);
gboolean  gxt_power_remove  (const char *path);
gboolean  gxt_power_move    (const char *from, const char *to);
gboolean  gxt_power_make_folder (const char *path);

void      gxt_power_lock    (void);
void      gxt_power_unlock  (void);
void      gxt_power_forget_handles (void);

G_END_DECLS
