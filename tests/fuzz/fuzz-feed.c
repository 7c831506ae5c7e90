/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of the feed, as a server that is not ours might send them: as they come, and once more with the trailer that makes
 * them whole. A page that is taken is put into a store, wholly or not at all.
 */
#include "gxt-fuzz.h"

#include "gx-hash.h"
#include "gxc-apply.h"
#include "gxc-member.h"
#include "gxc-store-private.h"

static GxcStore *store;
static GxFakeClock fake_clock;
static GxSeededRandom random_numbers;

static gboolean
begin_here (GxcStore  *self,
            gpointer   data,
            GError   **error)
{
  return gxc_member_join (self, "ref", 10, error) && gxc_member_join (self, "br:NB01", 10, error)
         && gxc_member_complete (self, "br:NB01", error);
}

static void
open_store (void)
{
  const GxcStoreOptions options = { .clock = &fake_clock.parent, .random = &random_numbers.parent };
  g_autoptr(GError) error = NULL;

  gx_fake_clock_init (&fake_clock, 1795223207000);
  gx_seeded_random_init (&random_numbers, 1);
  store = gxc_store_open (&options, &error);
  g_assert_no_error (error);
  gxc_store_call (store, begin_here, NULL, &error);
  g_assert_no_error (error);
}

/* All of an input in one transaction that is taken back, so that the next one meets the same store. */
static gboolean
apply_here (GxcStore  *self,
            gpointer   data,
            GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (self), error);
  g_autoptr(GError) local = NULL;
  gboolean done;

  g_assert_nonnull (transaction);
  done = gxc_apply_page (self, data, NULL, 0, &local);
  g_assert_true (done == (local == NULL));
  g_assert_true (local == NULL || local->domain == GX_ERROR);

  return TRUE;
}

static gboolean
parse (GBytes *body)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcFeedPage) page = gxc_feed_page_parse (body, &error);

  g_assert_true ((page != NULL) == (error == NULL));
  g_assert_true (error == NULL || error->domain == GX_ERROR);
  if (page != NULL && page->cursor != NULL)
    gxc_store_call (store, apply_here, page, NULL);

  return page != NULL;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(GBytes) raw = g_bytes_new (data, size), whole = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *sha = NULL;
  guint lines = 0;

  if (store == NULL)
    open_store ();
  parse (raw);

  g_string_append (text, "{\"t\":\"hdr\",\"epoch\":\"e1\",\"perm_ver\":1}\n");
  g_string_append_len (text, (const char *) data, (gssize) size);
  if (text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
  for (gsize i = 0; i < text->len; i++)
    lines += text->str[i] == '\n';
  sha = gx_sha256_hex (text->str, (gssize) text->len);
  g_string_append_printf (text, "{\"t\":\"end\",\"cursor\":\"7\",\"more\":false,\"n\":%u,\"sha\":\"%s\"}\n", lines, sha);
  whole = g_bytes_new (text->str, text->len);
  parse (whole);

  return 0;
}
