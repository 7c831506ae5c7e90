/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key that a profile's documents lie under: 32 random bytes in the keyring, made with the first document. A profile that
 * has documents and lost their key gets no second one: what lies there would be lost without a word.
 *
 * This is the one place that says which key it is; a profile with a vault has a key of its own to derive it from.
 */
#include "gxc-paper-key.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#include "gx-base64.h"
#include "gx-sealed-file.h"

static gboolean
count_here (GxcStore  *store,
            gpointer   data,
            GError   **error)
{
  return gx_db_query_int (gxc_store_get_db (store), data, error, "SELECT COUNT(*) FROM blob WHERE key_wrapped IS NOT NULL", NULL);
}

static gboolean
make_key (GxcContext  *context,
          guint8      *out_key,
          GError     **error)
{
  GxcStore *store = gxc_context_get_store (context);
  g_autofree char *text = NULL;
  gint64 sealed = 0;
  gboolean ok;

  if (!gxc_store_call (store, count_here, &sealed, error))
    return FALSE;
  if (sealed > 0)
    return gx_fail (error, GX_ERROR_KEYRING_ITEM, "%s", _("The keyring has lost the key of this desk's documents."));

  gx_random_bytes (gxc_store_get_random (store), out_key, GX_SEALED_KEY_SIZE);
  text = gx_base64_encode (out_key, GX_SEALED_KEY_SIZE);
  ok = gxc_context_keep_secret (context, GXC_SECRET_PAPERS, text, error);
  sodium_memzero (text, strlen (text));

  return ok;
}

/**
 * gxc_paper_key_load:
 * @context: a #GxcContext; a GxcStoreKeyFunc
 *
 * Errors: the keyring's
 */
gboolean
gxc_paper_key_load (gpointer   context,
                    guint8    *out_key,
                    GError   **error)
{
  g_autoptr(GError) local = NULL;
  g_autofree char *text = gxc_context_dup_secret (context, GXC_SECRET_PAPERS, &local);
  g_autoptr(GBytes) key = text != NULL ? gx_base64_decode (text) : NULL;

  if (text != NULL)
    sodium_memzero (text, strlen (text));
  if (key != NULL && g_bytes_get_size (key) == GX_SEALED_KEY_SIZE)
    {
      memcpy (out_key, g_bytes_get_data (key, NULL), GX_SEALED_KEY_SIZE);
      return TRUE;
    }
  if (text == NULL && g_error_matches (local, GX_ERROR, GX_ERROR_KEYRING_ITEM) && gxc_context_has_profile (context))
    return make_key (context, out_key, error);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    gx_fail (error, GX_ERROR_KEYRING_ITEM, "%s", gx_error_info (GX_ERROR_KEYRING_ITEM)->title);

  return FALSE;
}
