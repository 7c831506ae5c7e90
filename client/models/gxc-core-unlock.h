/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The open key of a profile, to be handed to gxc_core_desk_new(). */
typedef struct _GxcProfileKey GxcProfileKey;

void           gxc_core_unlock        (const char *profile, const char *password, GAsyncReadyCallback callback, gpointer data);
GxcProfileKey *gxc_core_unlock_finish (GAsyncResult *result, GError **error);
char          *gxc_core_unlock_whose  (const char *profile);
/* Of a profile that nobody here can open any more. */
gboolean       gxc_core_unlock_can_export (const char *profile);
void           gxc_core_unlock_export (const char *profile, const char *file, GAsyncReadyCallback callback, gpointer data);
gboolean       gxc_core_unlock_export_finish (GAsyncResult *result, GError **error);

/* Of a profile that nobody has open, and whose device the bank has revoked. */
gboolean       gxc_core_unlock_is_revoked (const char *profile);
gboolean       gxc_core_unlock_wipe   (const char *profile, GError **error);

gboolean       gxc_core_unlock_forget (const char *profile, GError **error);

G_END_DECLS
