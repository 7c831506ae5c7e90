/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk whose session ended asks whether its device was revoked, and proves itself by the device's key, since it has nothing
 * else left. If so:
 *
 *   what waits goes into a parcel -> the bank has it -> the file "revoked" -> the keyring's half of the key -> store.key -> the rest
 *
 * Nothing is wiped that the bank has not got; once it has, a wipe that was cut short goes on at the next start. Whoever has the
 * profile open closes it before gxc_farewell_wipe().
 */
#include "gxc-farewell.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "gx-hash.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gx-sealed-file.h"
#include "gxc-export.h"
#include "gxc-meta.h"

#define MARK   "revoked"
#define PARCEL "farewell.parcel"

static const char advice[] =
  N_("What waited here is with the bank now; what lay here is removed. Ask your administrator before you sign in on another computer.");

/* --- asking ------------------------------------------------------------------------------------------------------- */

static GxId
device_of (GxcContext *context)
{
  g_autofree char *text = gxc_store_dup_meta (gxc_context_get_store (context), GXC_META_DEVICE_ID);
  GxId id;

  return text != NULL && gx_id_parse (text, &id) ? id : GX_ID_NONE;
}

/* Returns: (transfer full) (nullable): NULL without @error for a desk that has no key to prove itself by */
static char *
write_claim (GxcContext *context)
{
  g_auto(GxSecretKey) key = { 0 };
  GxId client = gxc_context_get_client_id (context), device = device_of (context);
  gint64 at = gx_clock_now (gxc_store_get_clock (gxc_context_get_store (context)));
  g_autofree char *text = gx_farewell_text (&client, &device, at), *signature = NULL;
  GString *out;
  GxJsonWriter writer;

  if (gx_id_is_none (&device) || !gxc_context_load_key (context, &key, NULL))
    return NULL;
  signature = gx_sign (&key, text, -1);
  out = g_string_new (NULL);
  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_id (&writer, "client_id", &client);
  gx_json_writer_put_id (&writer, "device_id", &device);
  gx_json_writer_put_int (&writer, "at", at);
  gx_json_writer_put_string (&writer, "sig", signature);
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

/* --- handing in --------------------------------------------------------------------------------------------------- */

static char *
path_in (GxcContext *context,
         const char *name)
{
  return g_build_filename (gxc_store_get_directory (gxc_context_get_store (context)), name, NULL);
}

static gboolean
send_parts (GxcApi        *api,
            const char    *ticket,
            GMappedFile   *file,
            GCancellable  *cancellable,
            GError       **error)
{
  gsize size = g_mapped_file_get_length (file);
  g_autoptr(GBytes) whole = g_mapped_file_get_bytes (file);

  for (gsize at = 0; at < size; at += GX_FAREWELL_PART)
    {
      g_autoptr(GBytes) part = g_bytes_new_from_bytes (whole, at, MIN (size - at, GX_FAREWELL_PART));

      if (!gxc_api_send_farewell (api, ticket, (gint64) at, part, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
send_parcel (GxcApi        *api,
             const char    *ticket,
             const char    *path,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  g_autofree char *sha256 = NULL;
  g_autoptr(JsonNode) answer = NULL;

  if (file == NULL)
    return gx_error_adopt (error);
  sha256 = gx_sha256_hex (g_mapped_file_get_contents (file), (gssize) g_mapped_file_get_length (file));
  if (!send_parts (api, ticket, file, cancellable, error))
    return FALSE;
  answer = gxc_api_end_farewell (api, ticket, (gint64) g_mapped_file_get_length (file), sha256, cancellable, error);

  return answer != NULL;
}

/* A desk that was never told the bank's key hears it now, over the connection that it trusts its bank by. */
static gboolean
learn_bank (GxcContext  *context,
            const char  *key,
            GError     **error)
{
  GxcStore *store = gxc_context_get_store (context);
  g_autofree char *known = gxc_store_dup_meta (store, GXC_META_EXPORT_KEY);

  return known != NULL || key == NULL || gxc_meta_set (store, GXC_META_EXPORT_KEY, key, error);
}

static gboolean
hand_in (GxcContext    *context,
         GxcApi        *api,
         JsonObject    *answer,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autofree char *path = path_in (context, PARCEL);
  const char *ticket, *key = NULL;
  gboolean done;

  if (!gx_json_get_string (answer, "ticket", &ticket, error) || !gx_json_opt_string (answer, "export_key", &key, error)
      || !learn_bank (context, key, error) || !gxc_export_write (context, path, NULL, error))
    return FALSE;
  done = send_parcel (api, ticket, path, cancellable, error);
  g_unlink (path);

  return done;
}

static gboolean
leave_mark (GxcContext  *context,
            GError     **error)
{
  g_autofree char *path = path_in (context, MARK);

  return g_file_set_contents_full (path, "", 0, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error) || gx_error_adopt (error);
}

/* Returns whether the profile is to be wiped; FALSE without @error if the device is none of the revoked. */
static gboolean
ask (GxcContext    *context,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autofree char *claim = write_claim (context);
  g_autoptr(GxcApi) api = claim != NULL ? gxc_context_connect (context, error) : NULL;
  g_autoptr(JsonNode) node = api != NULL ? gxc_api_farewell (api, claim, cancellable, error) : NULL;
  JsonObject *answer = node != NULL ? gx_json_root_object (node, error) : NULL;
  const char *state;

  if (answer == NULL || !gx_json_get_string (answer, "state", &state, error))
    return FALSE;
  if (g_str_equal (state, "revoked"))
    return hand_in (context, api, answer, cancellable, error) && leave_mark (context, error);

  return g_str_equal (state, "wiped") && leave_mark (context, error);
}

/**
 * gxc_farewell_look:
 * @problem: (transfer full): what an exchange, or a sign-in, ended with
 *
 * Blocking. Of a store in memory there is nothing to wipe, and nothing is asked.
 *
 * Returns: (transfer full): @problem, or %GX_ERROR_REVOKED: then the bank has what waited, and the profile is to be closed and
 *   wiped
 */
GError *
gxc_farewell_look (GxcContext   *context,
                   GError       *problem,
                   GCancellable *cancellable)
{
  if (gxc_store_get_directory (gxc_context_get_store (context)) == NULL
      || (!g_error_matches (problem, GX_ERROR, GX_ERROR_UNAUTHENTICATED) && !g_error_matches (problem, GX_ERROR, GX_ERROR_REVOKED)))
    return problem;
  if (!ask (context, cancellable, NULL))
    {
      /* It cannot be done now; nothing is wiped before it is. */
      if (g_error_matches (problem, GX_ERROR, GX_ERROR_REVOKED))
        {
          g_clear_error (&problem);
          gx_fail (&problem, GX_ERROR_OFFLINE, "%s", _("The bank has revoked this desk, and what waits here could not be handed in yet: it is tried again."));
        }
      return problem;
    }

  g_error_free (problem);
  problem = NULL;
  gx_fail (&problem, GX_ERROR_REVOKED, "%s", _(advice));
  return problem;
}

/* --- wiping ------------------------------------------------------------------------------------------------------- */

/** gxc_farewell_is_due: whether the bank has what waited in the profile, and the wipe is not done */
gboolean
gxc_farewell_is_due (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, MARK, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
forget_secrets (const char *directory,
                GxcKeyring *keyring)
{
  static const char *const secrets[] = { GXC_SECRET_STORE, GXC_SECRET_DEVICE, GXC_SECRET_TOKEN, GXC_SECRET_PAPERS };
  g_autoptr(GxcProfileKey) key = gxc_profile_key_load (directory, NULL);
  g_autoptr(GxcKeyring) own = NULL;

  if (keyring == NULL && key != NULL && gxc_profile_key_get_server (key) != NULL)
    keyring = own = gxc_keyring_new (gxc_profile_key_get_server (key), gxc_profile_key_get_login (key));
  for (guint i = 0; keyring != NULL && i < G_N_ELEMENTS (secrets); i++)
    gxc_keyring_clear (keyring, secrets[i], NULL);
}

/* What it held is written over before its name goes: a small file is likely to stay where it was. */
static void
overwrite (const char *path)
{
  GStatBuf info;
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  g_autofree char *zeros = NULL;

  if (fd < 0)
    return;
  if (g_stat (path, &info) == 0 && info.st_size > 0)
    {
      zeros = g_malloc0 ((gsize) info.st_size);
      if (write (fd, zeros, (gsize) info.st_size) == info.st_size)
        fsync (fd);
    }
  close (fd);
}

static void
remove_all (const char *path,
            const char *but)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (but != NULL && (g_str_equal (name, but) || g_str_equal (name, MARK)))
        continue;
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_all (child, NULL);
      g_remove (child);
    }
}

/**
 * gxc_farewell_wipe:
 * @keyring: (nullable) (transfer none): %NULL = the Secret Service
 *
 * The keyring's half of the key goes first, then the file of the key: without them the rest says nothing, whatever the disk
 * keeps of it. A keyring that cannot be had holds up nothing.
 *
 * Errors: %GX_ERROR_IN_USE while somebody has the profile open, %GX_ERROR_IO
 */
gboolean
gxc_farewell_wipe (const char  *directory,
                   GxcKeyring  *keyring,
                   GError     **error)
{
  g_autofree char *lock = g_build_filename (directory, "lock", NULL), *key = g_build_filename (directory, "store.key", NULL);
  g_autofree char *mark = g_build_filename (directory, MARK, NULL);
  int fd = g_open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      gx_fail (error, fd >= 0 ? GX_ERROR_IN_USE : GX_ERROR_IO, "another program has this profile open: %s", directory);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  forget_secrets (directory, keyring);
  overwrite (key);
  g_unlink (key);
  remove_all (directory, "lock");
  gx_sync_folder (directory, NULL);
  if (gxc_profile_look (directory) == GXC_PROFILE_NEW)
    g_unlink (mark);
  close (fd);

  return !gxc_farewell_is_due (directory) || gx_fail (error, GX_ERROR_IO, "%s: cannot be removed", directory);
}
