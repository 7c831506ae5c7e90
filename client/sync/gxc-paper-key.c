/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key that a profile's documents lie under: derived from the key of its store, so that both open by the same password and
 * end by the same wipe.
 *
 * An earlier program drew one and left it in the keyring: what lies under that one is taken over once, and only then is it
 * forgotten there. A profile without a vault (in memory, or in clear text until its next start) still keeps it there; one
 * that has documents and lost their key gets no second one: what lies there would be lost without a word.
 */
#include "gxc-paper-key.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#include "gx-base64.h"
#include "gxc-blob.h"
#include "gxc-meta.h"

static gboolean
count_here (GxcStore  *store,
            gpointer   data,
            GError   **error)
{
  return gx_db_query_int (gxc_store_get_db (store), data, error, "SELECT COUNT(*) FROM blob WHERE key_wrapped IS NOT NULL", NULL);
}

/* FALSE without an error where the keyring is open and has none. */
static gboolean
find_old (GxcContext  *context,
          guint8      *out_key,
          GError     **error)
{
  GError *local = NULL;
  g_autofree char *text = gxc_context_dup_secret (context, GXC_SECRET_PAPERS, &local);
  g_autoptr(GBytes) key = text != NULL ? gx_base64_decode (text) : NULL;

  if (text != NULL)
    sodium_memzero (text, strlen (text));
  if (key != NULL && g_bytes_get_size (key) == GX_SEALED_KEY_SIZE)
    {
      memcpy (out_key, g_bytes_get_data (key, NULL), GX_SEALED_KEY_SIZE);
      return TRUE;
    }
  if (text == NULL && !g_error_matches (local, GX_ERROR, GX_ERROR_KEYRING_ITEM))
    {
      g_propagate_error (error, local);
      return FALSE;
    }

  g_clear_error (&local);
  return FALSE;
}

static gboolean
check_nothing_lost (GxcContext  *context,
                    GError     **error)
{
  gint64 sealed = 0;

  if (!gxc_store_call (gxc_context_get_store (context), count_here, &sealed, error))
    return FALSE;

  return sealed == 0 || gx_fail (error, GX_ERROR_KEYRING_ITEM, "%s", _("The keyring has lost the key of this desk's documents."));
}

/* --- under the vault's key ----------------------------------------------------------------------------------------- */

static gboolean
take_over (GxcContext    *context,
           const guint8  *key,
           GError       **error)
{
  GxcStore *store = gxc_context_get_store (context);
  guint8 old[GX_SEALED_KEY_SIZE];
  GError *local = NULL;
  gboolean found = find_old (context, old, &local), done;

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  done = (found || check_nothing_lost (context, error)) && gxc_blob_rewrap (store, found ? old : key, key, error);
  sodium_memzero (old, sizeof old);
  if (done && found)
    gxc_context_forget_secret (context, GXC_SECRET_PAPERS);

  return done;
}

static gboolean
load_derived (GxcContext    *context,
              const guint8  *key,
              GError       **error)
{
  g_autofree char *papers = gxc_store_dup_meta (gxc_context_get_store (context), GXC_META_PAPERS);

  return g_strcmp0 (papers, GXC_PAPERS_VAULT) == 0 || take_over (context, key, error);
}

/* --- without a vault ----------------------------------------------------------------------------------------------- */

static gboolean
make_key (GxcContext  *context,
          guint8      *out_key,
          GError     **error)
{
  g_autofree char *text = NULL;
  gboolean ok;

  if (!gxc_context_has_profile (context))
    return gx_fail (error, GX_ERROR_KEYRING_ITEM, "%s", gx_error_info (GX_ERROR_KEYRING_ITEM)->title);
  if (!check_nothing_lost (context, error))
    return FALSE;

  gx_random_bytes (gxc_store_get_random (gxc_context_get_store (context)), out_key, GX_SEALED_KEY_SIZE);
  text = gx_base64_encode (out_key, GX_SEALED_KEY_SIZE);
  ok = gxc_context_keep_secret (context, GXC_SECRET_PAPERS, text, error);
  sodium_memzero (text, strlen (text));

  return ok;
}

/**
 * gxc_paper_key_load:
 * @context: a #GxcContext; a GxcStoreKeyFunc
 *
 * Errors: the keyring's, where it is asked
 */
gboolean
gxc_paper_key_load (gpointer   context,
                    guint8    *out_key,
                    GError   **error)
{
  GError *local = NULL;

  if (gxc_context_derive_key (context, GXC_SUBKEY_PAPERS, out_key))
    return load_derived (context, out_key, error);
  if (find_old (context, out_key, &local))
    return TRUE;
  if (local == NULL)
    return make_key (context, out_key, error);

  g_propagate_error (error, local);
  return FALSE;
}
