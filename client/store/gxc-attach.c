/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file becomes a document of a customer: its bytes are kept until the bank has them, its row goes into the queue like any
 * other. The same bytes of the same kind and visit are the same document, however often they are handed in. A row that is
 * taken back takes its bytes off the way to the bank, and brings them there again when it comes back.
 */
#include "gxc-attach.h"

#include "gx-attachment.h"
#include "gx-error.h"
#include "gxc-blob.h"
#include "gxc-edit.h"

#define NAME_MAX_LENGTH 200     /* characters */

typedef struct
{
  const GxAttachment *row;
  GxId                id;       /* out: none if there is no such document yet */
} KnownArgs;

static gboolean
find_known_here (GxcStore  *store,
                 gpointer   data,
                 GError   **error)
{
  KnownArgs *args = data;
  g_autoptr(GxStatement) statement =
    gx_db_query (gxc_store_get_db (store), error, "SELECT id FROM attachment WHERE sha256=? AND customer_id=? AND kind=?"
                 " AND visit_id IS NOT DISTINCT FROM ? ORDER BY id LIMIT 1", "tunu", args->row->sha256, &args->row->customer_id,
                 args->row->kind, &args->row->visit_id);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  if (gx_statement_next (statement, &local))
    args->id = gx_statement_get_id (statement, 0);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

static char *
cut_name (const char *name)
{
  return name != NULL ? g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), NAME_MAX_LENGTH)) : NULL;
}

static GxAttachment *
make_row (GxcStore         *store,
          const GxcAttach  *attach,
          const char       *sha256,
          GError          **error)
{
  g_autoptr(GxcBlob) blob = gxc_blob_find (store, sha256, error);
  GxAttachment *row;

  if (blob == NULL)
    return NULL;
  row = gx_entity_new (&gx_attachment_entity);
  row->sha256 = g_strdup (sha256);
  row->name = cut_name (attach->name != NULL ? attach->name : blob->name);
  row->mime = g_strdup (blob->type);
  row->size = blob->size;
  row->kind = gx_choice_find (gx_attachment_kinds, attach->kind);
  row->valid_to = attach->valid_to;
  row->customer_id = attach->customer_id;
  row->visit_id = attach->visit_id;

  return row;
}

static gboolean
write_row (GxcStore      *store,
           GxAttachment  *row,
           GxId          *out_id,
           GError       **error)
{
  KnownArgs known = { .row = row };
  GxcWritten written;

  if (!gxc_store_call (store, find_known_here, &known, error))
    return FALSE;
  *out_id = known.id;
  if (!gx_id_is_none (&known.id))
    return TRUE;
  if (!gxc_store_create (store, &gx_attachment_entity, row, NULL, &written, error))
    return FALSE;

  *out_id = written.id;
  return TRUE;
}

/**
 * gxc_attach:
 * @out_id: (out) (optional): of the attachment
 * @out_sha256: (out) (transfer full) (optional)
 *
 * Errors: %GX_ERROR_INVALID for what a bank does not take, or for a kind that there is not; %GX_ERROR_IO; those of the
 * profile's key
 */
gboolean
gxc_attach (GxcStore         *store,
            const GxcAttach  *attach,
            GxId             *out_id,
            char            **out_sha256,
            GError          **error)
{
  g_autofree char *sha256 = NULL;
  GxAttachment *row;
  GxId id;
  gboolean written;

  if (gx_choice_find (gx_attachment_kinds, attach->kind) <= 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "kind", "choice", "there is no document of kind %s", attach->kind);
  sha256 = attach->bytes != NULL ? gxc_blob_add (store, attach->bytes, attach->name, error) : gxc_blob_add_file (store, attach->path, error);
  row = sha256 != NULL ? make_row (store, attach, sha256, error) : NULL;
  if (row == NULL)
    return FALSE;

  written = write_row (store, row, &id, error);
  gx_entity_free (&gx_attachment_entity, row);
  if (written && out_id != NULL)
    *out_id = id;
  if (written && out_sha256 != NULL)
    *out_sha256 = g_steal_pointer (&sha256);

  return written;
}

/* Unless another row, or a request that is still to be sent, speaks of the same bytes. */
static gboolean
hold_back (GxDb        *db,
           const char  *sha256,
           GError     **error)
{
  return gx_db_run (db, error, "UPDATE blob SET state='HELD' WHERE sha256=?1 AND state IN ('WAITING', 'REFUSED')"
                    " AND NOT EXISTS(SELECT 1 FROM attachment a WHERE a.sha256=?1)"
                    " AND NOT EXISTS(SELECT 1 FROM queue q WHERE q.op='cr.submit' AND q.body LIKE '%' || ?1 || '%')", "t", sha256);
}

/**
 * gxc_attach_follow:
 * @done: (element-type GxcChangeItem): what a save wrote
 *
 * The bytes of documents go with their rows: what was taken back before it was sent is not sent, and what came back is.
 * Inside a GxcStoreFunc, in the transaction of that save.
 */
gboolean
gxc_attach_follow (GxcStore   *store,
                   GPtrArray  *done,
                   GError    **error)
{
  GxDb *db = gxc_store_get_db (store);

  for (guint i = 0; i < done->len; i++)
    {
      const GxcChangeItem *item = g_ptr_array_index (done, i);
      const GxAttachment *row = item->entity != &gx_attachment_entity ? NULL : item->remove ? gx_record_get_data (item->original) : item->row;

      if (row == NULL || row->sha256 == NULL || (item->original != NULL && !item->remove))
        continue;
      if (!(item->remove ? hold_back (db, row->sha256, error)
            : gx_db_run (db, error, "UPDATE blob SET state='WAITING' WHERE sha256=? AND state='HELD' AND path IS NOT NULL", "t", row->sha256)))
        return FALSE;
      gxc_store_note (store, item->remove ? GXC_CHANGED_SENDING : GXC_CHANGED_BLOBS);
    }

  return TRUE;
}
