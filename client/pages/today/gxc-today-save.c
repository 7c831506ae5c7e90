/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the list of Today saves: many changes at once, or a word about why there is nothing to save. */

#include "gxc-today-save.h"

#include <glib/gi18n.h>

#include "gxc-page-save.h"
#include "gxc-page.h"

/**
 * gxc_today_save:
 * @changes: (transfer none) (element-type GxcChangeItem)
 * @words: (transfer full): what the toast says when it is done
 */
void
gxc_today_save (GtkWidget *widget,
                GxcDesk   *desk,
                GPtrArray *changes,
                char      *words)
{
  if (changes->len > 0)
    {
      gxc_page_save (widget, desk, changes, words);
      return;
    }
  g_free (words);
  gxc_page_toast (widget, _("Only tasks can be done, put off or moved here"));
}
