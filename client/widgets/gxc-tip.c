/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tooltip of words that may be Chinese in an English window. GTK 4.8 makes its own label as wide as the text has letters,
 * of average Latin width: a name of three characters then stands one above the other. Not for a program's own words, which
 * are in the window's language: gtk_widget_set_tooltip_text() does for those. */

#include "gxc-tip.h"

#define MOST_CHARS 50

/** gxc_tip_show: for a handler of "query-tooltip" */
void
gxc_tip_show (GtkTooltip *tooltip,
              const char *words)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0,
                                   "max-width-chars", MOST_CHARS, NULL);

  gtk_tooltip_set_custom (tooltip, label);
}
