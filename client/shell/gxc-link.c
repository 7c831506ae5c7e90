/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a link or a notification may ask for, as an action of the window:
 *
 *   guanxi://customer/ID        guanxi://customer/ID/TAB        guanxi://page/NAME        guanxi://page/NAME/PART
 *
 * A link comes from anywhere (a letter, a web page), so it can only show something, never change anything, and whatever is
 * not spelt just so is refused. Whether the person may see it is decided where it is shown. */

#include "gxc-link.h"

#include "gx-id.h"

#include <string.h>

#define MOST_WORD 64

/* Small letters, digits, "-": names of places, tabs and ids. */
static gboolean
is_word (const char *text)
{
  return text && *text && strlen (text) <= MOST_WORD && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text);
}

static char *
customer_action (const char *id_text, const char *tab)
{
  GxId id;

  if (!gx_id_parse (id_text, &id))
    return NULL;
  return tab ? g_strdup_printf ("win.open-customer-tab(('%s', '%s'))", GX_ID_STR (&id), tab)
             : g_strdup_printf ("win.open-customer::%s", GX_ID_STR (&id));
}

/**
 * gxc_link_to_action:
 * @link: with or without "guanxi://"
 *
 * Returns: (transfer full) (nullable): a detailed action name; %NULL if @link is none of ours
 */
char *
gxc_link_to_action (const char *link)
{
  const char *path = g_str_has_prefix (link, GXC_LINK_SCHEME "://") ? link + strlen (GXC_LINK_SCHEME "://") : link;
  g_auto(GStrv) words = g_strsplit (path, "/", 4);
  guint n = g_strv_length (words);

  if (n == 3 && !*words[2])         /* a slash at the end, as browsers put one */
    n = 2;
  for (guint i = 0; i < n; i++)
    if (!is_word (words[i]))
      return NULL;
  if (n != 2 && n != 3)
    return NULL;
  if (g_str_equal (words[0], "customer"))
    return customer_action (words[1], n == 3 ? words[2] : NULL);
  if (g_str_equal (words[0], "page"))
    return g_strdup_printf (n == 3 ? "win.show-page::%s#%s" : "win.show-page::%s", words[1], words[2]);
  return NULL;
}
