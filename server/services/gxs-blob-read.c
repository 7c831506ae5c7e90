/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may read the bytes of an attachment, and the reading.
 *
 * One names what one reads them for: a request that they are evidence of and that one may see, or an attachment of a
 * customer whom one sees in the clear (a paper has no masked form), that came from somebody who truly sent these bytes:
 * otherwise writing down a hash would open whatever has it. What one may not read is not there.
 */
#include "gxs-blob-private.h"

#include "gx-attachment.h"
#include "gx-bug.h"
#include "gx-change-request.h"
#include "gxs-row.h"

#include <sodium.h>
#include <string.h>

static gboolean
may_read_evidence (GxDb            *db,
                   const GxsAuthz  *authz,
                   const char      *sha256,
                   const GxId      *request,
                   gboolean        *out_may,
                   GError         **error)
{
  g_auto(GxsRow) row = { 0 };
  gint64 n;

  if (!gx_db_query_int (db, &n, error, "SELECT COUNT(*) FROM cr_evidence WHERE cr_id = ? AND sha256 = ?", "ut", request, sha256)
      || !gxs_row_find (db, &gx_change_request_entity, request, &row, error))
    return FALSE;

  *out_may = n > 0 && row.data != NULL && gxs_authz_may_read (authz, row.entity, row.data, &row.holders);
  return TRUE;
}

static gboolean
sees_clear (const GxsAuthz *authz,
            const GxsRow   *row)
{
  if (!gxs_authz_may_read (authz, row->entity, row->data, &row->holders))
    return FALSE;

  return gxs_authz_manages (authz, &row->holders) || gx_id_equal (&((const GxMeta *) row->data)->created_by, &authz->login_id)
         || gx_role_can (authz->roles, GX_CAN_READ_AUDIT);
}

static gboolean
may_read_attachment (GxDb            *db,
                     const GxsAuthz  *authz,
                     const char      *sha256,
                     const GxId      *id,
                     gboolean        *out_may,
                     GError         **error)
{
  g_auto(GxsRow) row = { 0 };
  const GxAttachment *attachment;

  *out_may = FALSE;
  if (!gxs_row_find (db, &gx_attachment_entity, id, &row, error))
    return FALSE;
  attachment = row.data;
  if (attachment == NULL || attachment->meta.del || g_strcmp0 (attachment->sha256, sha256) != 0 || !sees_clear (authz, &row))
    return TRUE;

  *out_may = GX_BUG (GX_BUG_NAMED);
  return *out_may || gxs_blob_is_sent_by (db, sha256, &attachment->meta.created_by, out_may, error);
}

static gboolean
check_may_read (GxDb            *db,
                const GxsAuthz  *authz,
                const char      *sha256,
                const GxId      *ref,
                GError         **error)
{
  gboolean may;

  if (!may_read_evidence (db, authz, sha256, ref, &may, error)
      || (!may && !may_read_attachment (db, authz, sha256, ref, &may, error)))
    return FALSE;

  return may || gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such attachment");
}

typedef struct
{
  guint8  key[GX_SEALED_KEY_SIZE];
  gint64  size;
  gint64  form;
  char   *type;
} Kept;

static void
kept_clear (Kept *kept)
{
  sodium_memzero (kept->key, sizeof kept->key);
  g_free (kept->type);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

static gboolean
load_kept (GxsBlobs    *blobs,
           GxDb        *db,
           const char  *sha256,
           Kept        *out,
           GError     **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT type, size, form, key_wrapped FROM blob WHERE sha256 = ?", "t", sha256);
  GError *local = NULL;
  gconstpointer wrapped;
  gsize size;

  if (statement == NULL)
    return FALSE;
  if (!gx_statement_next (statement, &local))
    {
      if (local == NULL)
        return gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such attachment");
      g_propagate_error (error, local);
      return FALSE;
    }

  out->type = g_strdup (gx_statement_get_text (statement, 0));
  out->size = gx_statement_get_int (statement, 1);
  out->form = gx_statement_get_int (statement, 2);
  wrapped = gx_statement_get_blob (statement, 3, &size);
  return gxs_blob_unwrap_key (blobs->options.sealer, sha256, wrapped, size, out->key, error);
}

/* As the first version of this program kept documents of at most one chunk. */
static GBytes *
open_piece (const char    *path,
            const guint8  *key,
            const char    *sha256,
            GError       **error)
{
  const gsize nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  g_autofree char *sealed = NULL;
  g_autofree guint8 *clear = NULL;
  unsigned long long length;
  gsize size;

  if (!g_file_get_contents (path, &sealed, &size, error))
    {
      gx_error_adopt (error);
      return NULL;
    }
  if (size >= nonce_size + crypto_aead_xchacha20poly1305_ietf_ABYTES)
    {
      clear = g_malloc (size);
      if (crypto_aead_xchacha20poly1305_ietf_decrypt (clear, &length, NULL, (guint8 *) sealed + nonce_size, size - nonce_size,
                                                      (const guint8 *) sha256, strlen (sha256), (guint8 *) sealed, key) == 0)
        return g_bytes_new_take (g_steal_pointer (&clear), length);
    }

  gx_fail (error, GX_ERROR_TAMPERED, "attachment %s does not open", sha256);
  return NULL;
}

/**
 * gxs_blobs_read:
 * @ref: the request or attachment that they are read for
 * @out_type: (out) (transfer full): the media type
 *
 * Returns: (transfer full) (nullable): the bytes
 *
 * Errors: %GX_ERROR_NOT_FOUND also for what the session may not read, %GX_ERROR_TAMPERED
 */
GBytes *
gxs_blobs_read (GxsBlobs        *blobs,
                GxDb            *db,
                const GxsAuthz  *authz,
                const char      *sha256,
                const GxId      *ref,
                char           **out_type,
                GError         **error)
{
  g_auto(Kept) kept = { 0 };
  g_autofree char *path = NULL;
  GBytes *clear;

  if (!gxs_blob_check_hash (sha256, error)
      || !check_may_read (db, authz, sha256, ref, error)
      || !load_kept (blobs, db, sha256, &kept, error))
    return NULL;

  path = gxs_blob_path (blobs->folder, sha256);
  clear = kept.form == GXS_FORM_PIECE ? open_piece (path, kept.key, sha256, error)
                                      : gx_sealed_file_read (path, kept.key, kept.size, sha256, error);
  if (clear != NULL)
    *out_type = g_steal_pointer (&kept.type);
  return clear;
}
