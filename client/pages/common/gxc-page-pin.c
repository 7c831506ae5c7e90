/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one key for pins on whatever page: who is chosen is pinned; if all of them are, the pins go. One save, and one toast that
 * takes it back. */

#include "gxc-page-pin.h"

#include <glib/gi18n.h>

#include "gxc-format.h"
#include "gxc-page-save.h"
#include "gxc-page.h"
#include "gxc-pin-edits.h"

static char *
dup_words (GxcDesk *desk, const GxId *customers, guint n, gboolean on)
{
  g_autofree char *who = n == 1 ? gxc_desk_dup_customer (desk, customers) : NULL, *number = gxc_format_number (n);

  if (who)
    return on ? g_strdup_printf (_("%s is pinned"), who) : g_strdup_printf (_("%s is not pinned any more"), who);
  return on ? g_strdup_printf (ngettext ("%s customer is pinned", "%s customers are pinned", n), number)
            : g_strdup_printf (ngettext ("%s customer is not pinned any more", "%s customers are not pinned any more", n), number);
}

/** gxc_page_pin: pins @customers, or takes their pins off where all have one */
void
gxc_page_pin (GtkWidget  *widget,
              GxcDesk    *desk,
              const GxId *customers,
              guint       n)
{
  gboolean on = !gxc_pin_are_on (desk, customers, n);
  g_autofree char *many = g_strdup_printf (_("At most %d customers are pinned at once: tick fewer"), GXC_PIN_MOST);
  g_autoptr(GPtrArray) changes = NULL;

  if (n > GXC_PIN_MOST)
    {
      gxc_page_toast (widget, many);
      return;
    }
  changes = gxc_pin_changes (desk, customers, n, on);
  if (changes->len > 0)
    gxc_page_save (widget, desk, changes, dup_words (desk, customers, n, on));
}
