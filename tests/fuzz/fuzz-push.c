/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client says, to the bank's core: the input is the array of a push's mutations, or with a '?' in front the whole body of
 * a pull (cursor, scopes), with a '!' the place where a first load goes on. A bank answers each, or refuses in the one way; what it
 * answers is JSON again; a pull after it is a whole page. Everything is then taken back, so that each input meets the same bank.
 */
#include "gxt-fuzz.h"
#include "gxt-sync.h"

#include "gx-json.h"
#include "gxc-feed-page.h"
#include "gxs-feed.h"
#include "gxs-mutate.h"

#include <string.h>

static GxtSync *sync_;

static void
check_error (gboolean      done,
             const GError *error)
{
  g_assert_true (done == (error == NULL));
  g_assert_true (error == NULL || error->domain == GX_ERROR);
}

static void
check_page (const GString *out)
{
  g_autoptr(GBytes) body = g_bytes_new (out->str, out->len);
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcFeedPage) page = gxc_feed_page_parse (body, &error);

  g_assert_no_error (error);
  g_assert_nonnull (page);
}

static void
pull (const GxsAuthz *authz,
      const char     *text,
      gsize           size)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = gx_json_parse (text, (gssize) size, &error);
  JsonObject *object = node != NULL ? gx_json_root_object (node, &error) : NULL;
  gboolean done = object != NULL && gxs_feed_pull (sync_->db, authz, object, out, &error);

  check_error (done, error);
  if (done)
    check_page (out);
}

static void
load (const GxsAuthz *authz,
      const char     *after)
{
  static const char *const scopes[] = { "ref", "br:NB01" };

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autoptr(GString) out = g_string_new (NULL);
      g_autoptr(GError) error = NULL;
      gboolean done = g_utf8_validate (after, -1, NULL) && gxs_feed_bootstrap (sync_->db, authz, scopes[i], after, 3, out, &error);

      if (done)
        check_page (out);
      else
        g_assert_true (error == NULL || error->domain == GX_ERROR);
    }
}

static void
push (const GxsAuthz *authz,
      const char     *text,
      gsize           size)
{
  g_autoptr(GString) body = g_string_new (NULL), out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL, answer = NULL;
  g_autofree char *epoch = NULL, *all = NULL;
  g_autoptr(GxsBatch) batch = NULL;
  JsonObject *object;
  gboolean done;

  gx_db_query_text (sync_->db, &epoch, NULL, "SELECT epoch FROM sync_clock", NULL);
  g_string_printf (body, "{\"client_id\":\"%s\",\"epoch\":\"%s\",\"schema\":2,\"ack_mid\":0,\"mutations\":[", GX_ID_STR (&sync_->client[GXT_RM1]), epoch);
  g_string_append_len (body, text, (gssize) size);
  g_string_append (body, "]}");
  node = gx_json_parse (body->str, (gssize) body->len, &error);
  object = node != NULL ? gx_json_root_object (node, &error) : NULL;
  if (object == NULL)
    {
      check_error (FALSE, error);
      return;
    }
  batch = gxt_bank_batch (sync_->bank);
  done = gxs_mutate_push (batch, authz, object, out, &error);
  check_error (done, error);
  if (!done)
    return;
  answer = gx_json_parse (out->str, (gssize) out->len, &error);
  g_assert_no_error (error);
  /* I2, I3: the clients' results are a row without holes, and so far as the client's number says; one whose id was used before
   * is answered by the first's result under its own number too. */
  g_assert_cmpint (gxt_number (sync_->db, "SELECT COUNT(*) FROM client c WHERE c.last_mid <>"
                                   " (SELECT COUNT(*) FROM mut_result r WHERE r.client_id=c.id) + (SELECT COUNT(*) FROM mut_again a WHERE a.client_id=c.id)"),
                   ==, 0);
  g_assert_cmpint (gxt_number (sync_->db, "SELECT COUNT(*) FROM mut_again a JOIN mut_result r ON r.client_id=a.client_id AND r.mid=a.mid"), ==, 0);
  g_assert_cmpint (gxt_number (sync_->db, "SELECT COUNT(*) - COUNT(DISTINCT mut_id) FROM mut_result"), ==, 0);
  all = g_strdup_printf ("{\"client_id\":\"%s\",\"schema\":2,\"have\":[\"ref\",\"br:NB01\"],\"limit\":2000,\"ack_mid\":0}", GX_ID_STR (&sync_->client[GXT_RM1]));
  pull (authz, all, strlen (all));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  const char *text = (const char *) data;
  g_autoptr(GxsAuthz) authz = NULL;

  if (sync_ == NULL)
    sync_ = gxt_sync_new ();
  authz = gxt_sync_authz (sync_, GXT_RM1);
  if (size > 0 && text[0] == '?')
    pull (authz, text + 1, size - 1);
  else if (size > 0 && text[0] == '!')
    {
      g_autofree char *after = g_strndup (text + 1, size - 1);

      load (authz, after);
    }
  else
    push (authz, text, size);

  return 0;
}
