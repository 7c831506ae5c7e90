/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a profile before there is a desk: in a thread, since the keyring may ask the person and the password's hash takes
 * a quarter of a second. */

#include "gxc-core-unlock.h"

#include <string.h>

#include "gxc-export.h"
#include "gxc-farewell.h"
#include "gxc-unlock.h"

typedef struct
{
  char *profile;
  char *password;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  explicit_bzero (call->password, strlen (call->password));
  g_free (call->password);
  g_free (call->profile);
  g_free (call);
}

static void
unlock_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;
  GError *error = NULL;
  GxcProfileKey *key = gxc_unlock (call->profile, NULL, call->password, NULL, &error);

  if (key)
    g_task_return_pointer (task, key, (GDestroyNotify) gxc_profile_key_free);
  else
    g_task_return_error (task, error);
}

/** gxc_core_unlock: @callback is called on the main loop, with no source */
void
gxc_core_unlock (const char *profile, const char *password, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, data);
  Call *call = g_new0 (Call, 1);

  call->profile = g_strdup (profile);
  call->password = g_strdup (password);
  g_task_set_source_tag (task, gxc_core_unlock);
  g_task_set_task_data (task, call, call_free);
  g_task_run_in_thread (task, unlock_thread);
}

/**
 * gxc_core_unlock_finish:
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: as of gxc_unlock()
 */
GxcProfileKey *
gxc_core_unlock_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gxc_core_unlock), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * gxc_core_unlock_whose:
 *
 * Returns: (transfer full) (nullable): "rm1 · bank.example:8443", for a profile that is locked
 */
char *
gxc_core_unlock_whose (const char *profile)
{
  g_autoptr(GxcProfileKey) key = gxc_profile_key_load (profile, NULL);
  const char *server = key ? gxc_profile_key_get_server (key) : NULL;

  if (!server)
    return NULL;
  return g_strdup_printf ("%s · %s", gxc_profile_key_get_login (key), g_str_has_prefix (server, "https://") ? server + strlen ("https://") : server);
}

/** gxc_core_unlock_forget: see gxc_unlock_forget() */
gboolean
gxc_core_unlock_forget (const char *profile, GError **error)
{
  return gxc_unlock_forget (profile, error);
}

/* --- what was not sent, for the bank ------------------------------------------------------------------------------ */

/** gxc_core_unlock_can_export: see gxc_export_can_locked() */
gboolean
gxc_core_unlock_can_export (const char *profile)
{
  return gxc_export_can_locked (profile);
}

static void
export_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  char **paths = data;
  GError *error = NULL;

  if (gxc_export_write_locked (paths[0], paths[1], &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/** gxc_core_unlock_export: @callback is called on the main loop, with no source */
void
gxc_core_unlock_export (const char *profile, const char *file, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, data);
  char **paths = g_new0 (char *, 3);

  paths[0] = g_strdup (profile);
  paths[1] = g_strdup (file);
  g_task_set_source_tag (task, gxc_core_unlock_export);
  g_task_set_task_data (task, paths, (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, export_thread);
}

/** gxc_core_unlock_export_finish: errors as of gxc_export_write_locked() */
gboolean
gxc_core_unlock_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gxc_core_unlock_export), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/** gxc_core_unlock_is_revoked: see gxc_farewell_is_due() */
gboolean
gxc_core_unlock_is_revoked (const char *profile)
{
  return gxc_farewell_is_due (profile);
}

/** gxc_core_unlock_wipe: see gxc_farewell_wipe() */
gboolean
gxc_core_unlock_wipe (const char *profile, GError **error)
{
  return gxc_farewell_wipe (profile, NULL, error);
}
