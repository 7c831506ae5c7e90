/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the map of keys says of a customer's page: of all of it, and of the tab that is open. It only tells; each widget binds
 * its own keys. */

#include "gxc-customer-keys.h"

#include <glib/gi18n.h>

#include "gxc-form.h"

#define TABS \
  { "<Ctrl>Page_Down <Ctrl>Page_Up", NC_("keys", "Next, previous tab") }, \
  { "Down", NC_("keys", "From the tabs into the open one") }, \
  { "<Ctrl>d", NC_("keys", "Pin the customer, or take the pin off") }

static const GxcKey any[] = { TABS, GXC_FORM_KEYS };

static const GxcKey timeline[] = {
  TABS,
  { "Left Right", NC_("keys", "Previous, next item") },
  { "Up Down", NC_("keys", "Lane above, below") },
  { "Home End", NC_("keys", "The first item, the latest") },
  { "Return", NC_("keys", "Open the item") },
  { "plus minus", NC_("keys", "Zoom in, zoom out") },
  { "0", NC_("keys", "The whole life") },
  { "t", NC_("keys", "Go to today") },
  { "l", NC_("keys", "As a list, as a canvas") },
  { "1 2 3 4 5 6", NC_("keys", "Show or hide a group of lanes") },
  { "<Ctrl>p", NC_("keys", "Print") },
  GXC_FORM_KEYS,
};

static const GxcKey documents[] = {
  TABS,
  { "Page_Down Page_Up", NC_("keys", "In a document: the next page, the one before") },
  { "Home End", NC_("keys", "In a document: the first page, the last") },
  { "plus minus 0", NC_("keys", "In a document: larger, smaller, fit to the window") },
  { "t", NC_("keys", "In a document: rotate right") },
  { "<Ctrl>v", NC_("keys", "Paste a copied file or picture") },
  GXC_FORM_KEYS,
};

static const struct { const char *tab; const GxcKey *keys; guint n_keys; } tabs[] = {
  { "timeline", timeline, G_N_ELEMENTS (timeline) },
  { "documents", documents, G_N_ELEMENTS (documents) },
};

/** gxc_customer_keys: (transfer none): @tab is the open one's name, (nullable) */
const GxcKey *
gxc_customer_keys (const char *tab,
                   guint      *out_n_keys)
{
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    if (g_strcmp0 (tabs[i].tab, tab) == 0)
      {
        *out_n_keys = tabs[i].n_keys;
        return tabs[i].keys;
      }
  *out_n_keys = G_N_ELEMENTS (any);
  return any;
}
