/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine does by itself about a refusal of the whole exchange:
 *
 *   CURSOR_EXPIRED  away for too long            -> what the server said is loaded anew
 *   EPOCH           the server was restored      -> the same, and the last days are offered once more
 *   CLIENT_FORKED   this profile is a copy       -> a client of its own; somebody has to sign in
 *
 * None of it takes anything from the queue (I10). Whatever else comes is the engine's caller's.
 */
#include "gxc-steps.h"

#include "gx-json.h"
#include "gx-protocol.h"
#include "gxc-member.h"
#include "gxc-renumber.h"
#include "gxc-store-private.h"

#include <glib/gi18n.h>

typedef gboolean (*Mend) (GxcStore *store, GError **error);

static gboolean
mend_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction != NULL && (*(Mend *) data) (store, error) && gxc_store_commit (store, transaction, error);
}

static gboolean
mend (GxcContext  *context,
      Mend         func,
      GError     **error)
{
  return gxc_store_call (gxc_context_get_store (context), mend_here, &func, error);
}

static gboolean
become_another (GxcContext  *context,
                GError     **error)
{
  if (!mend (context, gxc_renumber_fork, error))
    return FALSE;
  gxc_context_forget_session (context);

  return gx_fail (error, GX_ERROR_CLIENT_FORKED, "%s",
                  _("This profile is a copy of another one. Nothing is lost: sign in again, and it goes on by itself."));
}

/* Who is too old: this program, or the server? */
static const char *
upgrade_words (const GError *problem)
{
  g_autoptr(JsonNode) node = gx_error_get_params (problem) != NULL ? gx_json_parse (gx_error_get_params (problem), -1, NULL) : NULL;
  gint64 to = GX_SCHEMA;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    gx_json_opt_int (json_node_get_object (node), "to", &to, NULL);

  return to < GX_SCHEMA ? _("The bank's server is older than this program. What you have written is safe here and goes out once the server has been updated.")
                        : _("This program is too old for the bank's server. Have it updated: what you have written is safe here, and the new program sends it.");
}

/**
 * gxc_recover_explain:
 * @problem: (transfer full): what an exchange ended with
 *
 * Returns: (transfer full): the same, in words that say what to do where the server has none for a person
 */
GError *
gxc_recover_explain (GError *problem)
{
  GError *explained;

  if (!g_error_matches (problem, GX_ERROR, GX_ERROR_UPGRADE))
    return problem;
  explained = g_error_new_literal (GX_ERROR, GX_ERROR_UPGRADE, upgrade_words (problem));
  g_error_free (problem);

  return explained;
}

/** gxc_recover_can: whether @problem is one of those */
gboolean
gxc_recover_can (const GError *problem)
{
  return g_error_matches (problem, GX_ERROR, GX_ERROR_CURSOR_EXPIRED) || g_error_matches (problem, GX_ERROR, GX_ERROR_EPOCH)
         || g_error_matches (problem, GX_ERROR, GX_ERROR_CLIENT_FORKED);
}

/**
 * gxc_recover:
 * @problem: (transfer full): one of those
 *
 * Returns: whether it is mended, and the next exchange may go on; else @error says what stands against it
 */
gboolean
gxc_recover (GxcContext  *context,
             GError      *problem,
             GError     **error)
{
  g_autoptr(GError) owned = problem;

  if (g_error_matches (owned, GX_ERROR, GX_ERROR_CURSOR_EXPIRED))
    return mend (context, gxc_member_reset, error);
  if (g_error_matches (owned, GX_ERROR, GX_ERROR_EPOCH))
    return mend (context, gxc_renumber_epoch, error);

  return become_another (context, error);
}
