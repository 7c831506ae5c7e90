/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bank's audit log, checked on an auditor's desk: every entry is fetched and hashed here, the root made of them must be
 * the latest checkpoint's, and on the way the root of the checkpoint that this desk saw last must come by. So a log that
 * was rewritten, shortened or reordered since then is noticed here, whoever holds the server. The checkpoint must be signed
 * with the key that the desk was told at its first sign-in: another key, however good its signature, is not the bank's. */
#include "gxc-audit.h"

#include "gx-json.h"
#include "gx-merkle.h"
#include "gx-note.h"
#include "gx-protocol.h"
#include "gxc-meta.h"

#include <glib/gi18n.h>
#include <string.h>

#define META_SEEN "audit_seen"          /* the note of the last checkpoint that agreed with its entries */
#define PAGE 1000

typedef struct
{
  GxFrontier          frontier;
  const GxCheckpoint *seen;             /* (nullable) */
  const GxCheckpoint *latest;
} Walk;

static gboolean
check_root (const Walk          *walk,
            const GxCheckpoint  *checkpoint,
            const char          *problem,
            GError             **error)
{
  GxHash root;

  gx_frontier_get_root (&walk->frontier, &root);
  return gx_hash_equal (&root, &checkpoint->root) || gx_fail (error, GX_ERROR_TAMPERED, "%s", problem);
}

static gboolean
take_entry (Walk        *walk,
            JsonObject  *object,
            GError     **error)
{
  const char *text;
  gint64 seq;
  GxHash leaf;

  if (!gx_json_get_int (object, "seq", &seq, error) || !gx_json_get_string (object, "entry", &text, error))
    return FALSE;
  if ((guint64) seq != walk->frontier.size + 1)
    return gx_fail (error, GX_ERROR_TAMPERED, _("Entry %d of the audit log is missing."), (int) walk->frontier.size + 1);
  gx_merkle_leaf (text, strlen (text), &leaf);
  gx_frontier_append (&walk->frontier, &leaf);

  return walk->seen == NULL || walk->frontier.size != walk->seen->size
         || check_root (walk, walk->seen, _("The audit log is not the one this desk saw before: its beginning was changed."), error);
}

/* Entries past the checkpoint are the next one's matter. */
static gboolean
take_page (Walk      *walk,
           JsonNode  *node,
           GError   **error)
{
  JsonObject *root = gx_json_root_object (node, error), *object;
  JsonArray *entries;

  if (root == NULL || !gx_json_get_array (root, "entries", &entries, error))
    return FALSE;
  if (json_array_get_length (entries) == 0)
    return gx_fail (error, GX_ERROR_TAMPERED, _("The audit log ends before its checkpoint."));
  for (guint i = 0; i < json_array_get_length (entries) && walk->frontier.size < walk->latest->size; i++)
    if (!gx_json_item_object (entries, i, "entries", &object, error) || !take_entry (walk, object, error))
      return FALSE;

  return TRUE;
}

static gboolean
walk_log (Walk          *walk,
          GxcApi        *api,
          GCancellable  *cancellable,
          GError       **error)
{
  while (walk->frontier.size < walk->latest->size)
    {
      g_autofree char *path = g_strdup_printf (GX_PATH_AUDIT_ENTRIES "?from=%" G_GUINT64_FORMAT "&limit=%d", walk->frontier.size + 1, PAGE);
      g_autoptr(JsonNode) node = gxc_api_get_json (api, path, cancellable, error);

      if (node == NULL || !take_page (walk, node, error))
        return FALSE;
    }

  return check_root (walk, walk->latest, _("The entries of the audit log do not make its checkpoint."), error);
}

static gboolean
read_seen_here (GxcStore  *store,
                gpointer   data,
                GError   **error)
{
  *(char **) data = gxc_meta_dup (gxc_store_get_db (store), META_SEEN);
  return TRUE;
}

static gboolean
keep_seen_here (GxcStore  *store,
                gpointer   data,
                GError   **error)
{
  return gxc_meta_set (store, META_SEEN, data, error);
}

/* The key that was told first: what the server says today is what is in question. */
static gboolean
read_signed (GxcContext    *context,
             const char    *text,
             GxCheckpoint  *out,
             GError       **error)
{
  g_autofree char *pinned = gxc_store_dup_meta (gxc_context_get_store (context), GXC_META_LOG_KEY), *name = NULL;
  g_autoptr(GError) local = NULL;
  GxPublicKey key;

  if (pinned == NULL || *pinned == '\0')
    return gx_fail (error, GX_ERROR_STATE, _("This desk does not know the key of the bank's log yet: sign in again, then check."));
  if (!gx_note_verifier_parse (pinned, &name, &key, error))
    return FALSE;

  return gx_checkpoint_open (text, -1, name, &key, out, &local)
         || gx_fail (error, GX_ERROR_TAMPERED, _("The checkpoint is not signed with the log's key that this desk was given when it first signed in."));
}

static gboolean
read_note (const char    *text,
           GxCheckpoint  *out,
           GError       **error)
{
  g_autoptr(GxNote) note = gx_note_parse (text, -1, error);

  return note != NULL && gx_checkpoint_parse (note->text, out, error);
}

/**
 * gxc_audit_verify:
 * @out_size: (out): entries, all of which were hashed here
 * @out_root: (out) (transfer full): hex
 * @out_seen: (out): entries of the checkpoint that this desk saw last, 0 = none yet
 *
 * Errors: %GX_ERROR_TAMPERED if the log is not what it was or not signed by the bank, %GX_ERROR_STATE if this desk never
 * signed in since banks tell their key, and those of the network; %GX_ERROR_FORBIDDEN if the session is
 * no auditor's
 */
gboolean
gxc_audit_verify (GxcContext    *context,
                  gint64        *out_size,
                  char         **out_root,
                  gint64        *out_seen,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(GxcApi) api = gxc_context_open_api (context, error);
  g_autofree char *seen_text = NULL, *text = NULL;
  g_auto(GxCheckpoint) seen = { 0 }, latest = { 0 };
  Walk walk = { .latest = &latest };

  if (api == NULL
      || (text = gxc_api_get_text (api, GX_PATH_AUDIT_CHECKPOINT, cancellable, error)) == NULL
      || !read_signed (context, text, &latest, error)
      || !gxc_store_call (gxc_context_get_store (context), read_seen_here, &seen_text, error)
      || (seen_text != NULL && !read_note (seen_text, &seen, error)))
    return FALSE;
  walk.seen = seen_text != NULL ? &seen : NULL;
  if (walk.seen != NULL && seen.size > latest.size)
    return gx_fail (error, GX_ERROR_TAMPERED, _("The audit log is shorter than this desk saw it before."));
  gx_frontier_init (&walk.frontier);
  if (!walk_log (&walk, api, cancellable, error)
      || !gxc_store_call (gxc_context_get_store (context), keep_seen_here, text, error))
    return FALSE;
  *out_size = latest.size;
  *out_root = gx_hash_to_hex (&latest.root);
  *out_seen = seen.size;

  return TRUE;
}
