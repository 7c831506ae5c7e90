/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a request's place where there is none: why, and what to do. Of one box: the others can still be read. */

#include "gxc-review-nothing.h"

#include <glib/gi18n.h>

#include "gx-error.h"
#include "gxc-cards.h"
#include "gxc-page.h"

static const struct { const char *box, *icon_name, *title, *what_to_do, *button, *page; } empty_states[] = {
  { "to_check", "emblem-ok-symbolic", N_("Nothing waits for your decision"), N_("What you may decide appears here by itself."), NULL, NULL },
  { "mine", "document-edit-symbolic", N_("You have not asked for any change yet"),
    N_("Change a value that is reviewed on a customer's Details tab: it becomes a request."),
    N_("Go to the customers"), "customers" },
  { "done", "security-high-symbolic", N_("Nothing has been decided yet"), N_("Decided requests stay here for reference."), NULL, NULL },
};

/**
 * gxc_review_empty_new:
 * @box: "to_check", "mine" or "done"
 * @has_customers: whether the person has a page of them to go to
 */
GtkWidget *
gxc_review_empty_new (const char *box,
                      gboolean    has_customers)
{
  guint i = 0;

  while (!g_str_equal (empty_states[i].box, box))
    i++;
  return gxc_empty_new (empty_states[i].icon_name, _(empty_states[i].title), _(empty_states[i].what_to_do),
                        has_customers && empty_states[i].button ? _(empty_states[i].button) : NULL, "win.show-page", empty_states[i].page);
}

GtkWidget *
gxc_review_refusal_new (const GError *error)
{
  g_autofree char *words = gxc_error_words (error);

  if (g_error_matches (error, GX_ERROR, GX_ERROR_OFFLINE))
    return gxc_empty_new ("network-offline-symbolic", _("This needs the network"),
                          _("These requests are kept at the bank, not on this desk. They appear as soon as it can be reached."), _("Try again"),
                          "reviews.refresh", NULL);
  return gxc_empty_new ("dialog-error-symbolic", _("This could not be read"), words, _("Try again"), "reviews.refresh", NULL);
}
