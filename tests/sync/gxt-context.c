/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk that a test begins with: signed in over a line, with the key of its person's device, by the bank's clock. What is tested
 * is what comes after. And how it is asked to sync, and its store what it holds.
 */
#include "gxt-context.h"

#include "gxc-sync.h"

/**
 * gxt_context_sign_in:
 * @line: whose bank and person are set
 * @other: (nullable): what is not as usual: a directory, a clock of the desk's own, another way to connect
 *
 * Returns: (transfer full)
 */
GxcContext *
gxt_context_sign_in (GxtLine                 *line,
                     const GxcContextOptions *other)
{
  GxcContextOptions options = other != NULL ? *other : (GxcContextOptions) { 0 };
  g_autofree char *key = gx_secret_key_to_text (&line->bank->people[line->person].key);
  g_autoptr(GError) error = NULL;
  GxcContext *context;

  if (options.clock == NULL)
    options.clock = &line->bank->clock.parent;
  options.random = &line->bank->random.parent;
  if (options.connect == NULL)
    {
      options.connect = gxt_direct_connect;
      options.connect_data = line;
    }
  options.keyring = gxc_keyring_new_memory ();
  gxc_keyring_store (options.keyring, GXC_SECRET_DEVICE, key, &error);
  g_assert_no_error (error);
  context = gxc_context_new (&options, &error);
  g_assert_no_error (error);
  gxc_context_sign_in (context, "https://bank", NULL, "login", "password", NULL, &error);
  g_assert_no_error (error);

  return context;
}

/** gxt_context_sync: all there is to do, documents too */
void
gxt_context_sync (GxcContext *context)
{
  g_autoptr(GError) error = NULL;

  gxc_sync_run (gxc_context_get_sync (context), NULL, &error);
  g_assert_no_error (error);
}

/** gxt_context_sync_changes: the queue and the feed, no document */
void
gxt_context_sync_changes (GxcContext *context)
{
  gboolean more = TRUE;
  g_autoptr(GError) error = NULL;

  while (more && gxc_sync_step (gxc_context_get_sync (context), &more, NULL, &error))
    ;
  g_assert_no_error (error);
}
